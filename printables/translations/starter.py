"""A language.yaml to begin with: what Babel knows of a language, and what is usual for its script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printables.library.language_settings import CODE, plural_forms


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
        locale = Locale.parse(code if re.match(CODE, code) else "", sep="-")
        babel = str(locale)
        likely = str(get_global("likely_subtags").get(babel, babel)).split("_")
    except (UnknownLocaleError, ValueError, TypeError):
        raise KeyError(code) from None
    script = next((part for part in likely if len(part) == len("Arab")), "")
    rtl = locale.text_direction == "rtl"
    forms = ", ".join(f"{form} ({_shown(form, babel)})" for form in plural_forms(babel))
    called = locale.get_display_name("en") or code
    return _SETTINGS.format(
        code=code,
        called=called,
        name=locale.display_name or code,
        direction=locale.text_direction,
        forms=babel,
        plural=forms,
        quotes=_QUOTES.get(locale.language, "“, ”, ‘, ’"),
        signs='comma: "،"\nsemicolon: "؛"\n' if script == "Arab" else "",
        listed=", ".join(f'"{sign}"' for sign in _ENDS.get(script, ".!?؟" if rtl else ".!?")),
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
# Dates, numbers and plurals follow Babel's rules for this language; a country may stand behind it, as in en_GB.
# Its plural forms: {plural}.
forms: {forms}
quotes: [{quotes}]
{signs}sentence_ends: [{listed}]

# Words that speak to the reader, in every form that they take. A star stands for any letters: badania*.
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
