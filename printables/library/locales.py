"""The fixed words of the templates in one language."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from printables.library.fields import Flag, Form, Language, Line, Names, ProperName, Record, Slug, Unit, wrong
from printables.library.language_settings import Direction, plural_forms
from printables.library.languages import refused_forms
from printables.library.phone import PhoneWords
from printables.library.type_notes import OWN


class Counted(Record):
    """The plural forms of a unit, such as session, sessions; which of them a language has, Babel knows."""

    zero: Line | None = None
    one: Line | None = None
    two: Line | None = None
    few: Line | None = None
    many: Line | None = None
    other: Line

    def form(self, name: str) -> str:
        """Return the plural form of this name; `other` where the language has no such form."""
        return getattr(self, name) or self.other


class Scale(Record):
    """A five-point scale of the session profile: its name and the words at its five points."""

    name: Line
    points: list[Line] = Field(min_length=5, max_length=5)


class Locale(Record):
    """Every fixed word of the templates in one language: content/locales/<language>.yaml."""

    language: Language
    name: ProperName
    forms: Form = Field(description="Babel's name for the forms of dates and numbers, such as en_GB.")
    direction: Direction = Field("ltr", description="rtl where the language is written from right to left.")
    braille: Form | None = Field(None, description="The table of liblouis for the language; English needs none.")
    small_inside: Flag = Field(True, description="no: words keep their capitals inside of a sentence, as in German.")
    quotes: Annotated[list[ProperName], OWN] = Field(
        default=["“", "”", "‘", "’"],
        min_length=4,
        max_length=4,
        description="Quotation marks as printed, opening and closing: of a quotation, and of one within it.",
    )
    headings: dict[Slug, Names] = Field(description="For each section: a heading by audience; any serves the others.")
    words: dict[Slug, Line] = Field(description="The other fixed words; {names} are filled in.")
    counted: dict[Slug, Counted] = Field(description="Fixed words with a {count}, in each plural form.")
    units: dict[Unit, Counted]
    scales: dict[Literal["structure", "between_sessions", "past_or_present", "feelings", "length"], Scale]
    evidence_words: Annotated[list[ProperName], OWN] = Field(
        description="Words that announce evidence: such a sentence needs a source (A5)."
    )
    phone: Annotated[PhoneWords, OWN] = Field(
        description="Verbs before a number that is called, or texted: on screens it is a link."
    )
    well_known: Annotated[list[ProperName], OWN] = Field(description="Acronyms that need no explanation, such as NHS.")

    @field_validator("forms")
    @classmethod
    def _of_a_measured_language(cls, forms: str, info: ValidationInfo) -> str:
        if refusal := refused_forms(forms, info.context):
            raise wrong(*refusal)
        return forms

    @model_validator(mode="after")
    def _in_every_plural_form(self) -> Locale:
        known = ["one", "other"] if self.language == "en" else plural_forms(self.forms)  # Babel takes its time
        for group, words in (("units", self.units), ("counted", self.counted)):
            for name, forms in words.items():
                if (given := sorted(forms.model_fields_set)) != sorted(known):
                    what = f'"{name}" under {group} has the plural forms {", ".join(given)}.'
                    raise wrong(what, f"The language has these, and needs all of them: {', '.join(known)}.")
        return self
