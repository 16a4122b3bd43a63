"""The profile of a language that a translation is in, made from its language.yaml: without a reading grade.

What no rules exist for is named in `lacks`, so that it is said and not passed in silence.
"""

from __future__ import annotations

import re

from printables.checks.language.profile import SKILLS, Abbreviations, LanguageProfile, Pattern, sentence_end
from printables.library.characters import COMBINING
from printables.library.language_settings import LanguageSettings

NEVER: Pattern = re.compile(r"(?!)")
_LETTERS = rf"[\w{COMBINING}]"
_WORD = re.compile(rf"{_LETTERS}+(?:['’.,:/@-]{_LETTERS}+)*")
_KNOWN: dict[str, LanguageProfile] = {}


def profile_of(settings: LanguageSettings) -> LanguageProfile:
    """Return the profile of this language; the same object for the same settings, as results are cached by it."""
    key = settings.model_dump_json()
    if key not in _KNOWN:
        _KNOWN[key] = _made_of(settings)
    return _KNOWN[key]


def _made_of(settings: LanguageSettings) -> LanguageProfile:
    known = frozenset(word.lower().rstrip(".") for word in settings.abbreviations)
    first, last = re.escape(settings.quotes[0]), re.escape(settings.quotes[1])
    return LanguageProfile(
        sentence_end=sentence_end("".join(settings.sentence_ends) + "…"),
        abbreviations=Abbreviations(known, frozenset(), NEVER, NEVER),
        word=_WORD,
        base_form=str.lower,
        plural="",
        plain_word=_WORD,
        last_letter=chr(0x10FFFF),
        frequent=frozenset(),
        least_frequent=0.0,
        least_frequent_of_all=0.0,
        syllables=lambda _: 1,
        polysyllabic=2,
        grade=None,
        readers=lambda _: "",
        is_passive=lambda _: False,
        has_verb=lambda _: True,
        you=_any_of(settings.you),
        number_words=NEVER,
        decimal=NEVER,
        frequency=NEVER,
        weekly_group=NEVER,
        quotation=re.compile(f"{first}([^{first}{last}]+){last}"),
        before_called=_before(settings),
        behind_count=NEVER,
        safety_texts={},
        range_example="",
        active_example="",
        lacks=frozenset(SKILLS),
    )


def _any_of(words: list[str]) -> Pattern:
    """Return a pattern for any of these words. A star stands for any letters, such as those of an ending."""
    found = (re.escape(word).replace(r"\*", rf"{_LETTERS}*") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!{_LETTERS})(?:{'|'.join(found)})(?!{_LETTERS})", re.IGNORECASE)


def _before(settings: LanguageSettings) -> Pattern:
    verbs = "|".join(re.escape(verb) for verb in (*settings.phone.call, *settings.phone.text))
    return re.compile(rf"(?<!{_LETTERS})(?:{verbs})\s+$", re.IGNORECASE)
