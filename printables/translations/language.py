"""What the program needs to know of a language: content/translations/<code>/language.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from printables.library.fields import Figure, Form, ProperName, Record, Slug, wrong
from printables.library.phone import PhoneWords
from printables.library.settings import Avoid

Direction = Literal["ltr", "rtl"]


class LanguageSettings(Record):
    """One language other than English: content/translations/<code>/language.yaml."""

    language: Form = Field(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$", description="Its code, such as cy: its folder.")
    name: ProperName = Field(description="What it is called in itself: Cymraeg.")
    direction: Direction = Field(description="ltr, or rtl where it is written from right to left.")
    forms: Form = Field(description="Babel's name for the forms of dates, numbers and plurals, such as cy_GB.")
    quotes: list[ProperName] = Field(
        min_length=4,
        max_length=4,
        description="Quotation marks as printed, opening and closing: of a quotation, and of one within it.",
    )
    sentence_ends: list[Form] = Field(min_length=1, description="The signs that end a sentence: [., !, ?].")
    you: list[ProperName] = Field(
        min_length=1, description="Words that speak to the reader, in every form: ti, chi, eich."
    )
    abbreviations: list[ProperName] = Field(
        default_factory=list, description="Words whose full stop ends no sentence: e.e., Dr."
    )
    words_per_100: Figure = Field(
        100, ge=50, le=200, description="How many words it takes for 100 English ones; limits on sentences follow."
    )
    evidence_words: list[ProperName] = Field(
        min_length=1, description="Words that announce evidence: such a sentence needs a source."
    )
    phone: PhoneWords = Field(description="Verbs before a number that is called, or texted: on screens it is a link.")
    well_known: list[ProperName] = Field(
        default_factory=list, description="Acronyms that need no explanation, such as NHS."
    )
    avoid: dict[Slug, list[Avoid]] = Field(default_factory=dict, description="By audience: words to avoid.")
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


def numbers_of(form: str, forms: str) -> list[int]:
    """Return the first numbers that take a plural form, as examples."""
    from babel import Locale  # 30 ms that only a translation needs

    rule = Locale.parse(forms).plural_form
    return list(_first(number for number in range(1200) if rule(number) == form))


def _first(numbers: Iterator[int]) -> Iterator[int]:
    for _, number in zip(range(4), numbers, strict=False):
        yield number


def settings_file(code: str) -> str:
    """Return a language.yaml with what Babel knows filled in. Raises KeyError for a code that Babel does not know."""
    from babel import Locale, UnknownLocaleError  # 30 ms that only a translation needs
    from babel.core import get_global

    try:
        likely = Locale.parse(get_global("likely_subtags").get(code, code))
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        raise KeyError(code) from None
    rtl = locale.text_direction == "rtl"
    forms = ", ".join(f"{form} ({_shown(form, code)})" for form in plural_forms(code))
    called = locale.get_display_name("en") or code
    return _SETTINGS.format(
        code=code,
        called=called,
        name=locale.display_name or code,
        direction=locale.text_direction,
        forms=code,
        plural=forms,
        quotes=_QUOTES.get(code, "“, ”, ‘, ’"),
        listed=", ".join(f'"{sign}"' for sign in _ENDS.get(likely.script or "", ".!?؟" if rtl else ".!?")),
    )


def _shown(form: str, code: str) -> str:
    numbers = numbers_of(form, code)
    return ", ".join(map(str, numbers)) + " …" if len(numbers) > 1 else ", ".join(map(str, numbers)) or "fractions"


_QUOTES = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "hr", "bg"), "„, “, ‚, ‘"),
    **dict.fromkeys(("pl", "ro", "hu"), "„, ”, «, »"),
    **dict.fromkeys(("fr", "it", "pt", "es", "ru", "uk", "fa"), "«, », “, ”"),
    "cy": "‘, ’, “, ”",
}
"""Quotation marks where they are not those of English. Babel does not know them."""
_ENDS = {
    "Arab": ".!؟۔",
    "Deva": ".!?।",
    "Beng": ".!?।",
    "Guru": ".!?।",
    "Hans": "。！？",
    "Hant": "。！？",
    "Jpan": "。！？",
    "Ethi": "።!?",
    "Armn": ":!?",
}
"""Signs that end a sentence, by script."""
_SETTINGS = """\
# yaml-language-server: $schema=../../../docs/schema/language.json
# {called}. What stands here is known to Babel or usual for the script: look at it. What is empty must be filled in.
language: {code}
name: {name}
direction: {direction}
# Dates, numbers and plurals follow Babel's rules for this language; a country may stand behind it: {code}_GB.
# Its plural forms: {plural}.
forms: {forms}
quotes: [{quotes}]
sentence_ends: [{listed}]

# Words that speak to the reader, in every form that they take.
you: []
# Words whose full stop ends no sentence, such as Dr.
abbreviations: []
# How many words the language takes for 100 English words; limits on the length of sentences follow.
words_per_100: 100

# Words that announce evidence (research, study, guideline): a sentence with one of them must name its source.
evidence_words: []
# Verbs before a number: what one does with it. On a screen, touching it then does so.
phone:
  call: []
  text: []
# Acronyms that every reader knows.
well_known: [NHS]
# Words to avoid, and what to say instead, by reader: adults: [{{word: …, say: …}}]
avoid: {{}}
# The table of liblouis, such as cy-cy-g2.utb; without one there is no Braille in this language.
# braille:
"""
