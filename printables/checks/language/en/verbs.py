"""Guess whether a few words say something (You ride the wave) or only name it (Riding the wave), by rule.

No tagger: a short text says something if it holds a pronoun that is a subject, an auxiliary, a past in -ed, a common
verb, or a word in -s where a verb stands: "your child notes", "work piles up". A word in -ing is no verb. In doubt it
is taken to say something, since nobody reads warnings that are often wrong.
"""

from __future__ import annotations

import re

_SUBJECT = (
    r"(?<!for )(?<!with )(?<!to )(?<!of )(?<!from )(?<!about )(?<!near )"
    r"(?:i|you|we|they|he|she|who|(?:no|some|every)(?:body|one))"
)
_AUXILIARY = (
    r"am|is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|may|might|must|will|would|shall|should|"
    r"need|\w+n't|\w+'(?:re|ll|ve|m)|(?:it|that|there|what)'s"
)
_STEMS = (  # with -e, -s, -es or nothing behind
    "ask becom begin bring build choos com decid draw eat feel find follow get giv go hear hold keep know learn leav "
    "let mak mean meet mov put read remember run say see sit stay tak tell think tri try turn us wak writ"
)
_PASTS = (
    r"began came fell felt found gave got held kept knew learnt left lost made met ran said sat saw told took went "
    r"\w{3,}ed"
)
_SINGULAR = "your|the|an?|one|his|her|my|our|this|that|each|every"
_BEHIND = "up|down|away|out|back|off|through|over|them|you|him|her|it|me|us|the|an?|your|their|how|what|who"
_VERB = re.compile(
    rf"\b(?:{_SUBJECT}|{_AUXILIARY}|{_PASTS.replace(' ', '|')}"
    rf"|(?<!\ba )(?:{_STEMS.replace(' ', '|')})e?s?"  # a move, a turn and a find are none
    rf"|it \w+s"
    rf"|(?:{_SINGULAR}) (?:\w+ ){{1,2}}\w*[^s\W]s"  # your child notes; one look at a plate ends
    rf"|\w+[^s\W]s (?:{_BEHIND}))\b",  # work piles up; noise startles them
    re.IGNORECASE,
)


def has_verb(text: str) -> bool:
    """A guess whether a text of a few words holds a verb."""
    return _VERB.search(text.replace("\u2019", "'")) is not None
