"""The fixed words of the templates in one language."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from printables.library.fields import Form, Language, Line, Names, Record, Slug, wrong
from printables.library.languages import refused_forms
from printables.library.phone import PhoneWords


class Counted(Record):
    """Singular and plural of a unit, such as session, sessions."""

    one: Line
    other: Line


class Scale(Record):
    """A five-point scale of the session profile: its name and the words at its five points."""

    name: Line
    points: list[Line] = Field(min_length=5, max_length=5)


class Locale(Record):
    """Every fixed word of the templates in one language: content/locales/<language>.yaml."""

    language: Language
    name: Line
    forms: Form = Field(description="Babel's name for the forms of dates and numbers, such as en_GB.")
    quotes: list[Line] = Field(
        default=["“", "”", "‘", "’"],
        min_length=4,
        max_length=4,
        description="Quotation marks as printed, opening and closing: of a quotation, and of one within it.",
    )
    headings: dict[Slug, Names] = Field(description="For each section: a heading by audience; any serves the others.")
    words: dict[Slug, Line] = Field(description="The other fixed words; {names} are filled in.")
    units: dict[Literal["sessions", "minutes", "weeks", "months", "years"], Counted]
    scales: dict[Literal["structure", "between_sessions", "past_or_present", "feelings", "length"], Scale]
    evidence_words: list[Line] = Field(description="Words that announce evidence: such a sentence needs a source (A5).")
    phone: PhoneWords = Field(description="Verbs before a number that is called, or texted: on screens it is a link.")
    well_known: list[Line] = Field(description="Acronyms that need no explanation, such as NHS.")

    @field_validator("forms")
    @classmethod
    def _of_a_measured_language(cls, forms: str) -> str:
        if refusal := refused_forms(forms):
            raise wrong(*refusal)
        return forms
