"""Guess whether a sentence has a passive verb (The form is signed by you), by rule."""

from __future__ import annotations

import re

_IRREGULAR = (
    "agreed beaten begun bitten bought bound broken brought built caught chosen cut dealt done drawn driven eaten fed "
    "felt forgotten forgiven found freed given guaranteed heard held hidden hit hurt kept known laid led left lent let "
    "lost made meant met overseen paid put read rewritten run said seen sent set shaken shown shut sold sought "
    "spent split spoken spread stolen struck sworn taken taught thought thrown told torn understood "
    "withdrawn won worn written"
)
# They look like a past participle, but after "be" they tell how someone is, not what is done to them.
_STATES = (
    "ashamed bored concerned confused depressed disappointed distressed divorced embarrassed excited exhausted "
    "experienced frightened hundred interested isolated limited married naked overwhelmed pleased qualified related "
    "relaxed retired sacred scared separated stressed surprised tired wicked worried"
)
_BE_OR_GET = (
    r"am|is|are|was|were|be|been|being|gets?|getting|got|(?:is|are|was|were)n't|"
    r"(?<=i')m|(?<=[uey]')re|(?<=it')s|(?<=that')s|(?<=he')s|(?<=what')s"
)
_BETWEEN = (
    r"i|you|he|she|it|we|they|not|\w+ly|all|also|always|being|been|both|ever|just|never|now|often|sometimes|soon|still|"
    r"then|well"
)
_CLAUSE = re.compile(
    rf"\b(?:{_BE_OR_GET})(?:\s+(?:{_BETWEEN}))*\s+"
    rf"(?!(?:{_STATES.replace(' ', '|')})\b)(?:\w+[^\We]ed|{_IRREGULAR.replace(' ', '|')})\b",
    re.IGNORECASE,
)


def is_passive(sentence: str) -> bool:
    """A guess: a form of "be" or "get", perhaps an adverb or pronoun, then a past participle that is not a state.

    It misses a passive with a noun between (Is the form filled in?) and takes a few adjectives for one (get used to).
    """
    return _CLAUSE.search(sentence.replace("\u2019", "'")) is not None
