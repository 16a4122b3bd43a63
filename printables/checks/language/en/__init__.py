"""English: its words and sentences, SMOG, "you", passive verbs and numbers.

SMOG is from G. Harry McLaughlin, "SMOG grading: a new readability formula", Journal of Reading 12(8), 1969, pages
639-646; under 30 sentences it is unstable, so only a hint. How well `syllables` finds a polysyllabic word (three
syllables or more) was measured against the CMU Pronouncing Dictionary: 99.0 % agreement over the 5,000 most frequent
words; `syllables.py` gives the rest of the measurement.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import sqrt

from printables.checks.language.en.passive import is_passive
from printables.checks.language.en.safety_texts import SAFETY_TEXTS
from printables.checks.language.en.syllables import syllables
from printables.checks.language.en.verbs import has_verb
from printables.checks.language.profile import Abbreviations, LanguageProfile

_MOST_READ = 11  # SMOG grade that 76 % of adults in England read
_HALF_READ = 13  # and that 51 % read

_WORD = re.compile(
    r"(?:https?://|www\.)\S*[\w/]"  # web address
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail address
    r"|[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|gov|edu|eu|ie|int|info|scot|wales)\b(?:/(?:\S*[\w/])?)?"  # without www
    r"|(?<!\w)(?:[^\W\d_]\.){2,}"  # e.g., a.m.
    r"|[^\W_]+(?:['&-][^\W_]+|(?<=\d)[.,:/\u2013][£$€]?(?=\d)[^\W_]+)*",  # word, contraction, figure
    re.IGNORECASE,
)
_TITLES = ("dr", "mr", "mrs", "ms", "mx", "prof", "rev", "st")
_ABBREVIATIONS = Abbreviations(
    never_last=frozenset((*_TITLES, "e.g", "i.e", "eg", "ie", "cf", "vs", "approx", "tel")),
    before_figure=frozenset(("no", "nos", "p", "pp", "vol", "ch", "fig", "figs")),
    may_be_last=re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|etc|al|hrs?|mins?", re.IGNORECASE),
    initial=re.compile(r"(?!I)[A-Z]"),
)

_FREQUENT = """
    the and of you your with that this for are or can may not have what how they it be we our who when from if but at by
    as their there which about more some any into them these those than were did does has had have been being would
    should could must only after before between through over then now most other very each both less few because while
    where why without within such often
"""
# Of 100 words of running English, 5 at least are among these, in lists of figures for professionals too, and 23 at
# least of all texts of a leaflet (measured on what we ship). Of French, Welsh, Polish, German, Spanish, Somali,
# Romanian and Ukrainian it was none, of Dutch 4.
_LEAST_FREQUENT = 0.02
_LEAST_FREQUENT_OF_ALL = 0.1

_SMALL = "and|any|as|at|can|first|for|free|from|if|in|is|now|on|or|straight|then|to|today|tonight|when|will|with"


def smog(polysyllables: int, sentences: int) -> float:
    """SMOG grade (years of United States schooling), McLaughlin 1969; 0.0 where there is no sentence."""
    if not sentences:
        return 0.0
    return 1.0430 * sqrt(polysyllables * 30 / sentences) + 3.1291


def share_of_adults(smog: float) -> str:
    """How many adults in England can read a text of this SMOG grade, in words.

    From the NHS table in our standards (rule B1): 76 % read up to 11, 51 % read 12 to 13. It says nothing above 13. A
    grade between two rows takes the harder one, so that 11.2 is not said to be read by 76 %.
    """
    if smog <= _MOST_READ:
        return "about 76 in 100 adults"
    return "about 51 in 100 adults" if smog <= _HALF_READ else "fewer than 51 in 100 adults"


@lru_cache(maxsize=65536)
def base_form(word: str) -> str:
    """A word without its case, possessive or plural: "Therapies" and "therapy's" are found by "therapy"."""
    bare = word.lower().removesuffix("'s")
    if bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare if bare.endswith("ss") else bare.removesuffix("s")


PROFILE = LanguageProfile(
    sentence_end=re.compile(
        r"(?P<mark>[.!?…]+)(?P<closed>[\"'\u2019\u201d)\]]*)\s+(?=[\"'\u2018\u201c(\[]*(?P<after>.))"
    ),
    abbreviations=_ABBREVIATIONS,
    word=_WORD,
    base_form=base_form,
    plural="s",
    plain_word=re.compile(r"[a-z0-9']+"),
    last_letter="\u024f",
    frequent=frozenset(_FREQUENT.split()),
    least_frequent=_LEAST_FREQUENT,
    least_frequent_of_all=_LEAST_FREQUENT_OF_ALL,
    syllables=syllables,
    polysyllabic=3,
    grade=smog,
    readers=share_of_adults,
    is_passive=is_passive,
    has_verb=has_verb,
    you=re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE),
    number_words=re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE),
    decimal=re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])"),
    frequency=re.compile(r"\b\d+ (?:in|out of) (?:every )?\d+\b"),
    weekly_group=re.compile(
        r"^(?=.*\b(?:(?:each|every|once a) week|weekly)\b)(?=.*\bgroup\b)(?=.*\b(?:therapist|session|one-to-one)\b)",
        re.IGNORECASE | re.DOTALL,
    ),
    quotation=re.compile('[\u201c"]([^\u201c\u201d"]+)[\u201d"]'),
    before_called=re.compile(r"\b(?:call|ring|dial|phone|text|contact|NHS|number)\s+$", re.IGNORECASE),
    behind_count=re.compile(rf"\s+(?!(?:{_SMALL})\b)(?:\w+\s+){{0,2}}?(?:[a-z]+s|children|men|people|women)\b"),
    safety_texts=SAFETY_TEXTS,
    range_example="12 to 16",
    active_example="we will call you",
)
