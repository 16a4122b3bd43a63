"""How hard a text is to read: SMOG, sentence length, "you" and passive verbs.

Everything here takes plain text in which a line end also ends a sentence, the way the NHS prepares a text for SMOG:
each heading, list item and paragraph is on its own line. SMOG is from G. Harry McLaughlin, "SMOG grading: a new
readability formula", Journal of Reading 12(8), 1969, pages 639-646; under 30 sentences it is unstable, so only a hint.

How well `syllables` finds a polysyllabic word (three syllables or more) was measured against the CMU Pronouncing
Dictionary: 99.0 % agreement over the 5,000 most frequent words; `syllables.py` gives the rest of the measurement.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

from printables.checks.language.passive import is_passive
from printables.checks.language.syllables import syllables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Measures", "measure", "sentences", "share_of_adults", "smog", "syllables", "words", "worst_sentences",
           "worst_words"]  # fmt: skip

_POLYSYLLABIC = 3  # syllables, at least
_MOST_READ = 11  # SMOG grade that 76 % of adults in England read
_HALF_READ = 13  # and that 51 % read

_SAME = str.maketrans({"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u00ad": None, "\u200b": None})
_WORD = re.compile(
    r"(?:https?://|www\.)\S*[\w/]"  # web address
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail address
    r"|[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|gov|edu|eu|ie|int|info|scot|wales)\b(?:/(?:\S*[\w/])?)?"  # without www
    r"|(?<!\w)(?:[^\W\d_]\.){2,}"  # e.g., a.m.
    r"|[^\W_]+(?:['&-][^\W_]+|(?<=\d)[.,:/\u2013][£$€]?(?=\d)[^\W_]+)*",  # word, contraction, figure
    re.IGNORECASE,
)

_STOP = re.compile(r"(?P<mark>[.!?…]+)(?P<closed>[\"'\u2019\u201d)\]]*)\s+(?=[\"'\u2018\u201c(\[]*(?P<after>.))")
_TITLES = {"dr", "mr", "mrs", "ms", "mx", "prof", "rev", "st"}
_NEVER_LAST = _TITLES | {"e.g", "i.e", "eg", "ie", "cf", "vs", "approx", "tel"}
_BEFORE_FIGURE = {"no", "nos", "p", "pp", "vol", "ch", "fig", "figs"}
_MAY_BE_LAST = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|etc|al|hrs?|mins?", re.IGNORECASE)
_INITIAL = re.compile(r"(?!I)[A-Z]")
_LIST_NUMBER = re.compile(r"\d{1,3}|[a-z]", re.IGNORECASE)

_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Measures:
    """What was measured of one text. Lengths are in words; shares go from 0 to 1 and are of sentences."""

    sentences: int
    words: int
    polysyllables: int
    smog: float
    mean_sentence: float
    longest_sentence: int
    you_share: float
    passive_share: float


@dataclass(frozen=True)
class _Sentence:
    """One sentence, the number of its words, and those that are polysyllabic and not left out, in order."""

    text: str
    length: int
    hard: tuple[str, ...]


def measure(text: str, leave_out: Collection[str] = ()) -> Measures:
    """The reading level of a text and the figures behind it.

    `leave_out` holds words or phrases, in any case, singular or plural: where one stands in the text its words still
    count as words, but not as polysyllables. A word of a phrase that stands alone is not left out.
    """
    parsed = _parse(text, leave_out)
    count = len(parsed)
    lengths = [sentence.length for sentence in parsed]
    hard = sum(len(sentence.hard) for sentence in parsed)
    return Measures(
        sentences=count,
        words=sum(lengths),
        polysyllables=hard,
        smog=smog(hard, count),
        mean_sentence=sum(lengths) / count if count else 0.0,
        longest_sentence=max(lengths, default=0),
        you_share=_share([_YOU.search(sentence.text) is not None for sentence in parsed]),
        passive_share=_share([is_passive(sentence.text) for sentence in parsed]),
    )


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


def worst_sentences(
    text: str, leave_out: Collection[str] = (), most: int = 3
) -> list[tuple[str, int, tuple[str, ...]]]:
    """The sentences that raise SMOG most: (sentence, number of words, its polysyllabic words in order).

    Most polysyllabic words first, then the longest, then the first in the text. One without any is never listed.
    """
    ranked = sorted(_parse(text, leave_out), key=lambda sentence: (-len(sentence.hard), -sentence.length))
    return [(sentence.text, sentence.length, sentence.hard) for sentence in ranked[:most] if sentence.hard]


def worst_words(text: str, leave_out: Collection[str] = (), most: int = 5) -> list[tuple[str, int]]:
    """The most frequent polysyllabic words, in small letters, with how often each stands in the text.

    Of words equally frequent the one with more syllables comes first, then by the alphabet.
    """
    counts = Counter(word.lower() for sentence in _parse(text, leave_out) for word in sentence.hard)
    return sorted(counts.items(), key=lambda item: (-item[1], -syllables(item[0]), item[0]))[:most]


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its closing mark, quotes and brackets.

    A line end, ".", "!", "?" or "…" ends one; a colon does not, nor does a point inside a figure or an address, after
    an abbreviation (Dr., e.g.), an initial (J. Smith) or the number of a list item. After "a.m." or "etc." a sentence
    ends where a capital follows. Lines without a word are dropped, and so are list bullets.
    """
    return [sentence for line in text.splitlines() for sentence in _in_line(line.strip().lstrip("•*-\u2013 \t"))]


@lru_cache(maxsize=4096)
def _in_line(line: str) -> tuple[str, ...]:
    """The sentences of one line. A leaflet is looked at as a whole, by section and by text, so each comes often."""
    return tuple(_split(line))


def words(text: str) -> list[str]:
    """The words of a text as a reader counts them, with plain apostrophes and hyphens.

    A hyphenated word, a contraction, a figure (3.5, 12/03/2026, 24/7), an abbreviation with points and a web or
    e-mail address are one word each.
    """
    return list(_words(text))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).translate(_SAME)))


def _parse(text: str, leave_out: Collection[str]) -> list[_Sentence]:
    phrases = _by_first_word(frozenset(leave_out))
    return [_sentence(sentence, phrases) for sentence in sentences(text)]


def _sentence(text: str, phrases: dict[str, list[list[str]]]) -> _Sentence:
    found = words(text)
    left_out = set(_left_out([_key(word) for word in found], phrases)) if phrases else set()
    hard = (word for at, word in enumerate(found) if at not in left_out and syllables(word) >= _POLYSYLLABIC)
    return _Sentence(text, len(found), tuple(hard))


def _split(line: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(line):
        if _ends(stop, line[start : stop.start()].split()):
            yield from _with_words(line[start : stop.end()])
            start = stop.end()
    yield from _with_words(line[start:])


def _with_words(piece: str) -> Iterator[str]:
    if _WORD.search(piece):
        yield piece.strip()


def _ends(stop: re.Match[str], before: list[str]) -> bool:
    """Whether a mark ends a sentence; `before` holds what stands between the sentence's start and the mark."""
    if stop["mark"] == "." and not stop["closed"]:
        return _point_ends(stop["after"], before)
    soft = stop["closed"] or "…" in stop["mark"] or ".." in stop["mark"]
    return not (soft and stop["after"].islower())  # “Will it help?” you may ask. Well ... it may.


def _point_ends(after: str, before: list[str]) -> bool:
    last = before[-1].lstrip("\"'\u2018\u201c([") if before else ""
    if last.lower() in _NEVER_LAST or _INITIAL.fullmatch(last):
        return False
    if last.lower() in _BEFORE_FIGURE and after.isdigit():
        return False
    if _MAY_BE_LAST.fullmatch(last):
        return after.isupper()
    return len(before) > 1 or not _LIST_NUMBER.fullmatch(last)


@lru_cache(maxsize=16)
def _by_first_word(leave_out: frozenset[str]) -> dict[str, list[list[str]]]:
    """The phrases as lists of keys, under their first key, the longest first."""
    phrases: dict[str, list[list[str]]] = {}
    for phrase in sorted(([_key(word) for word in words(phrase)] for phrase in leave_out), key=len, reverse=True):
        if phrase:
            phrases.setdefault(phrase[0], []).append(phrase)
    return phrases


def _left_out(keys: list[str], phrases: dict[str, list[list[str]]]) -> Iterator[int]:
    """The places of the words that belong to a phrase which is left out."""
    for at, key in enumerate(keys):
        for phrase in phrases.get(key, ()):
            if keys[at : at + len(phrase)] == phrase:
                yield from range(at, at + len(phrase))
                break


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """A word without its case, possessive or plural: "Therapies" and "therapy's" are found by "therapy"."""
    bare = word.lower().removesuffix("'s")
    if bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare if bare.endswith("ss") else bare.removesuffix("s")


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
