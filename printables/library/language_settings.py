"""What the program needs to know of a language: content/translations/<code>/language.yaml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from printables.library.fields import Figure, Flag, Form, ProperName, Record, Slug, wrong
from printables.library.phone import PhoneWords
from printables.library.settings import Avoid

CODE = r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$"
"""The code of a language, such as cy or pt-br: the name of its folder."""
Direction = Literal["ltr", "rtl"]


class LanguageSettings(Record):
    """One language other than English: content/translations/<code>/language.yaml."""

    language: Form = Field(pattern=CODE, description="Its code, such as cy: its folder.")
    name: ProperName = Field(description="What it is called in itself: Cymraeg.")
    direction: Direction = Field(description="ltr, or rtl where it is written from right to left.")
    forms: Form = Field(description="Babel's name for the forms of dates, numbers and plurals, such as cy_GB.")
    quotes: list[ProperName] = Field(
        min_length=4,
        max_length=4,
        description="Quotation marks as printed, opening and closing: of a quotation, and of one within it.",
    )
    comma: Form = Field(",", description="What stands between things in a list: ، in Arabic.")
    semicolon: Form = Field(";", description="The same where they hold commas: ؛ in Arabic.")
    small_inside: Flag = Field(True, description="no: words keep their capitals inside of a sentence, as in German.")
    sentence_ends: list[Form] = Field(min_length=1, description="The signs that end a sentence: [., !, ?].")
    you: list[ProperName] = Field(
        min_length=1,
        description="Words that speak to the reader, in every form: ti, chi, eich. A star stands for any letters.",
    )
    abbreviations: list[ProperName] = Field(
        default_factory=list, description="Words whose full stop ends no sentence: e.e., Dr."
    )
    words_per_100: Figure = Field(
        100, ge=50, le=200, description="How many words it takes for 100 English ones; limits on sentences follow."
    )
    evidence_words: list[ProperName] = Field(
        min_length=1, description="Words that announce evidence: such a sentence needs a source. A star as above."
    )
    phone: PhoneWords = Field(description="Verbs before a number that is called, or texted: on screens it is a link.")
    well_known: list[ProperName] = Field(
        default_factory=list, description="Acronyms that need no explanation, such as NHS."
    )
    avoid: dict[Slug, list[Avoid]] = Field(default_factory=dict, description="By audience: words to avoid.")
    region: Slug | None = Field(
        None,
        description="Whose help lines its leaflets give where none is named; else the publisher's.",
    )
    braille: Form | None = Field(None, description="The table of liblouis for it; without one there is no Braille.")

    @field_validator("forms")
    @classmethod
    def _known(cls, forms: str, info: ValidationInfo) -> str:
        from babel.localedata import exists  # 30 ms that only a translation needs

        code = str(info.data.get("language", ""))
        if exists(forms) and forms.split("_", maxsplit=1)[0] == code.split("-", maxsplit=1)[0]:
            return forms
        raise wrong(f'"{forms}" is no name of Babel\'s for forms of "{code}".', f"Write {code}, or see Babel's list.")


def plural_forms(forms: str) -> list[str]:
    """Return the names of the plural forms of a language, by Babel, in the usual order."""
    from babel import Locale  # 30 ms that only a translation needs

    known = {*Locale.parse(forms).plural_form.tags, "other"}
    return [name for name in ("zero", "one", "two", "few", "many", "other") if name in known]
