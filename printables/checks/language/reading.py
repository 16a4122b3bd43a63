"""How hard a text is to read: its grade, sentence length, "you" and passive verbs, by the profile of its language.

Everything here takes plain text in which a line end also ends a sentence, the way the NHS prepares a text for SMOG:
each heading, list item and paragraph is on its own line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from printables.checks.language.profile import Abbreviations, LanguageProfile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_SAME = str.maketrans({"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u00ad": None, "\u200b": None})
_LIST_NUMBER = re.compile(r"\d{1,3}|[a-z]", re.IGNORECASE)


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
class Sentence:
    """One sentence, the number of its words, and those that are polysyllabic and not left out, in order.

    `start` is where in the text it begins.
    """

    start: int
    text: str
    length: int
    hard: tuple[str, ...]


def measure(text: str, language: LanguageProfile, leave_out: Collection[str] = ()) -> Measures:
    """The reading level of a text and the figures behind it.

    `leave_out` holds words or phrases, in any case, singular or plural: where one stands in the text its words still
    count as words, but not as polysyllables. A word of a phrase that stands alone is not left out.
    """
    parsed = _parse(text, language, leave_out)
    count = len(parsed)
    lengths = [sentence.length for sentence in parsed]
    hard = sum(len(sentence.hard) for sentence in parsed)
    return Measures(
        sentences=count,
        words=sum(lengths),
        polysyllables=hard,
        smog=language.grade(hard, count) if language.grade else 0.0,
        mean_sentence=sum(lengths) / count if count else 0.0,
        longest_sentence=max(lengths, default=0),
        you_share=_share([language.you.search(sentence.text) is not None for sentence in parsed]),
        passive_share=_share([language.is_passive(sentence.text) for sentence in parsed]),
    )


def worst_sentences(
    text: str, language: LanguageProfile, leave_out: Collection[str] = (), most: int = 3
) -> list[Sentence]:
    """The sentences that raise SMOG most.

    Most polysyllabic words first, then the longest, then the first in the text. One without any is never listed.
    """
    ranked = sorted(_parse(text, language, leave_out), key=lambda sentence: (-len(sentence.hard), -sentence.length))
    return [sentence for sentence in ranked[:most] if sentence.hard]


def worst_words(
    text: str, language: LanguageProfile, leave_out: Collection[str] = (), most: int = 5
) -> list[tuple[str, int]]:
    """The most frequent polysyllabic words, in small letters, with how often each stands in the text.

    Of words equally frequent the one with more syllables comes first, then by the alphabet.
    """
    counts = Counter(word.lower() for sentence in _parse(text, language, leave_out) for word in sentence.hard)
    return sorted(counts.items(), key=lambda item: (-item[1], -language.syllables(item[0]), item[0]))[:most]


def sentences(text: str, language: LanguageProfile) -> list[str]:
    """The sentences of a text, each with its closing mark, quotes and brackets (see `sentences_at`)."""
    return [sentence for line in text.splitlines() for _, sentence in _in_line(_bare(line), language)]


def sentences_at(text: str, language: LanguageProfile) -> Iterator[tuple[int, str]]:
    """The sentences of a text with the offsets at which they begin.

    A line end, ".", "!", "?" or "…" ends one; a colon does not, nor does a point inside a figure or an address, after
    an abbreviation (Dr., e.g.), an initial (J. Smith) or the number of a list item. After "a.m." or "etc." a sentence
    ends where a capital follows. Lines without a word are dropped, and so are list bullets.
    """
    start = 0
    for line in text.splitlines(keepends=True):
        bare = _bare(line)
        lead = start + len(line.rstrip()) - len(bare)
        yield from ((lead + at, sentence) for at, sentence in _in_line(bare, language))
        start += len(line)


def _bare(line: str) -> str:
    """A line without the mark of a list."""
    return line.strip().lstrip("•*-\u2013 \t")


@lru_cache(maxsize=4096)
def _in_line(line: str, language: LanguageProfile) -> tuple[tuple[int, str], ...]:
    """The sentences of one line, and where in it they begin. Several checks look at a text, so each comes often."""
    return tuple(_split(line, language))


def words(text: str, language: LanguageProfile) -> list[str]:
    """The words of a text as a reader counts them, with plain apostrophes and hyphens.

    A hyphenated word, a contraction, a figure (3.5, 12/03/2026, 24/7), an abbreviation with points and a web or
    e-mail address are one word each.
    """
    return list(_words(text, language))


@lru_cache(maxsize=8192)
def _words(text: str, language: LanguageProfile) -> tuple[str, ...]:
    return tuple(language.word.findall(unicodedata.normalize("NFC", text).translate(_SAME)))


def _parse(text: str, language: LanguageProfile, leave_out: Collection[str]) -> list[Sentence]:
    phrases = _by_first_word(frozenset(leave_out), language)
    return [_sentence(start, sentence, language, phrases) for start, sentence in sentences_at(text, language)]


def _sentence(start: int, text: str, language: LanguageProfile, phrases: dict[str, list[list[str]]]) -> Sentence:
    found = words(text, language)
    left_out = set(_left_out([language.base_form(word) for word in found], phrases)) if phrases else set()
    hard = (
        word
        for at, word in enumerate(found)
        if at not in left_out and language.syllables(word) >= language.polysyllabic
    )
    return Sentence(start, text, len(found), tuple(hard))


def _split(line: str, language: LanguageProfile) -> Iterator[tuple[int, str]]:
    start = 0
    for stop in language.sentence_end.finditer(line):
        if _ends(stop, line[start : stop.start()].split(), language.abbreviations):
            yield from _with_words(start, line[start : stop.end()], language)
            start = stop.end()
    yield from _with_words(start, line[start:], language)


def _with_words(start: int, piece: str, language: LanguageProfile) -> Iterator[tuple[int, str]]:
    if language.word.search(piece):
        yield start + len(piece) - len(piece.lstrip()), piece.strip()


def _ends(stop: re.Match[str], before: list[str], known: Abbreviations) -> bool:
    """Whether a mark ends a sentence; `before` holds what stands between the sentence's start and the mark."""
    if stop["mark"] == "." and not stop["closed"]:
        return _point_ends(stop["after"], before, known)
    soft = stop["closed"] or "…" in stop["mark"] or ".." in stop["mark"]
    return not (soft and stop["after"].islower())  # “Will it help?” you may ask. Well ... it may.


def _point_ends(after: str, before: list[str], known: Abbreviations) -> bool:
    last = before[-1].lstrip("\"'\u2018\u201c([") if before else ""
    if last.lower() in known.never_last or known.initial.fullmatch(last):
        return False
    if last.lower() in known.before_figure and after.isdigit():
        return False
    if known.may_be_last.fullmatch(last):
        return after.isupper()
    return len(before) > 1 or not _LIST_NUMBER.fullmatch(last)


@lru_cache(maxsize=16)
def _by_first_word(leave_out: frozenset[str], language: LanguageProfile) -> dict[str, list[list[str]]]:
    """The phrases as lists of keys, under their first key, the longest first."""
    phrases: dict[str, list[list[str]]] = {}
    for phrase in sorted((_keys(phrase, language) for phrase in leave_out), key=len, reverse=True):
        if phrase:
            phrases.setdefault(phrase[0], []).append(phrase)
    return phrases


def _keys(phrase: str, language: LanguageProfile) -> list[str]:
    return [language.base_form(word) for word in words(phrase, language)]


def _left_out(keys: list[str], phrases: dict[str, list[list[str]]]) -> Iterator[int]:
    """The places of the words that belong to a phrase which is left out."""
    for at, key in enumerate(keys):
        for phrase in phrases.get(key, ()):
            if keys[at : at + len(phrase)] == phrase:
                yield from range(at, at + len(phrase))
                break


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
