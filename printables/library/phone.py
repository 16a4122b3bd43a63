"""Phone numbers in a line of text: which part becomes a link, and what the link dials.

A wrong number would do harm, so ambiguous digits are not treated as a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from pydantic import Field

from printables.library.fields import ProperName, Record

_GROUP = r"\d+(?!\w|[/:.]\d)"
_RUN = re.compile(rf"(?<![\w+/:.@-])\+?\(?{_GROUP}\)?(?:(?:[ \u00a0-]|(?<=\)))\(?{_GROUP}\)?)*")
"""Groups of digits with a space or a hyphen between them. Not part of one: 9am, 24/7, 9:30."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_STOP = re.compile(r"[.;!?] ")
SHORT = 6
"""Digits of the longest number that needs a verb before it to be recognised: 999, 85258."""
LONG = 8
"""So many digits in groups are a number, whatever they begin with."""
LONGEST = 15
"""The most digits of any phone number (E.164)."""
WHOLE = ("116", "118")
"""The beginning of European numbers with six digits: 116 123."""
NEAR = 30
"""The most characters between verb and number if both become one link."""

Kind = Literal["call", "text"]


class PhoneWords(Record):
    """The verbs of one language that say what to do with a number."""

    call: list[ProperName] = Field(min_length=1, description="Verbs for a number that is called: Call, Ring.")
    text: list[ProperName] = Field(min_length=1, description="Verbs for a number that a message is sent to: Text.")


@dataclass(frozen=True)
class Reach:
    """A link in a text: its span, its address, and an accessible name if its own words are not enough."""

    start: int
    end: int
    address: str
    name: str = ""


def unbroken(text: str) -> str:
    """Return the text with spaces at which no line ends between the groups of a number."""
    return _BETWEEN_DIGITS.sub("\u00a0", text)


def reaches(text: str, words: PhoneWords) -> tuple[Reach, ...]:
    """Return every number in `text` that can be called or texted, with the verb before it, in order."""
    return tuple(_reaches(text, words))


def is_unclear(text: str, words: PhoneWords) -> bool:
    """Return whether `text` has digits that look like a number but none that is recognised."""
    return any(len(_figures(run[0])) >= 3 for run in _RUN.finditer(text)) and not reaches(text, words)


def _reaches(text: str, words: PhoneWords) -> Iterator[Reach]:
    begin = 0
    before: list[Kind] = []
    for run in _RUN.finditer(text):
        found = _number(run[0])
        if found is None:
            continue
        number, length = found
        end = run.start() + length
        spoken = list(_verbs(text, begin, run.start(), words))
        again = before if begin and run.start() - begin <= SHORT and not spoken else []  # "999 or 112"
        kinds: list[Kind] = [kind for kind, _ in spoken] or again
        if not kinds and len(number) <= SHORT and number[:3] not in WHOLE:
            continue
        yield from _of_number(text, (run.start(), end), number, spoken, kinds)
        begin, before = end, kinds


def _of_number(
    text: str, span: tuple[int, int], number: str, spoken: Sequence[tuple[Kind, re.Match[str]]], kinds: Sequence[Kind]
) -> Iterator[Reach]:
    """Yield one link for a number; two if it can be called and texted: then the first verb is a link by itself."""
    start, end = span
    kind: Kind = kinds[-1] if kinds else "call"
    if len({*kinds}) > 1 and spoken:
        first, verb = next((one, verb) for one, verb in spoken if one != kind)
        yield Reach(verb.start(), verb.end(), _address(first, number), f"{verb[0]} {text[start:end]}")
    verbs = [verb for one, verb in spoken if one == kind]
    gap = text[verbs[-1].end() : start] if verbs else ""
    near = verbs and len(gap) <= NEAR and "," not in gap
    word = next((word for word in re.findall(r"\w+", gap) if len(word) > 1 and word.isupper()), "")
    yield Reach(verbs[-1].start() if near else start, end, _address(kind, number, word))


def _address(kind: Kind, number: str, word: str = "") -> str:
    """Return the tel: or sms: address, with a text to send in the form that iPhones and Android phones accept."""
    if kind == "call":
        return f"tel:{number}"
    return f"sms:{number}?&body={quote(word)}" if word else f"sms:{number}"


def _verbs(text: str, begin: int, end: int, words: PhoneWords) -> Iterator[tuple[Kind, re.Match[str]]]:
    """Yield the verbs in the sentence before a number, in order."""
    stops = [begin, *(stop.end() for stop in _STOP.finditer(text, begin, end))]
    kinds: dict[str, Kind] = {verb.casefold(): "call" for verb in words.call}
    kinds |= {verb.casefold(): "text" for verb in words.text}
    for word in re.compile(r"\w+").finditer(text, stops[-1], end):
        if word[0].casefold() in kinds:
            yield kinds[word[0].casefold()], word


def _number(run: str) -> tuple[str, int] | None:
    """Return the number to dial and its length in `run`; None if it is ambiguous."""
    groups = list(re.finditer(r"\d+", run))
    figures = _figures(run)
    last = 1 if groups[0][0] not in WHOLE else 2
    if _is_one(run, groups, figures):
        last = len(groups)
        if _has_more(run, [len(group[0]) for group in groups]):
            return None
    dialled = _figures(run[: groups[last - 1].end()]) if last <= len(groups) else ""
    if not 3 <= len(dialled) <= LONGEST or (dialled[0] == "0" and 3 < len(dialled) <= SHORT):
        return None
    plus = "+" if run.startswith("+") else ""
    closing = run[groups[last - 1].end() :].startswith(")") and "(" in run[: groups[last - 1].end()]
    return plus + dialled, groups[last - 1].end() + closing


def _is_one(run: str, groups: Sequence[re.Match[str]], figures: str) -> bool:
    """Return whether all groups are one number."""
    if groups[0][0] in WHOLE:
        return False
    return run[0] == "+" or figures[0] == "0" or len(figures) >= LONG


def _has_more(run: str, sizes: Sequence[int]) -> bool:
    """Return whether the last groups may not belong to the number: "0800 1111 24 hours", "0800 1111 9-5"."""
    hours = " " in run and re.search(r"(?<!\d)\d\d?-\d\d?(?!\d)", run)
    return bool(hours) or (len(sizes) > 1 and sizes[-1] <= 2 and sizes[-2] != 2)


def _figures(run: str) -> str:
    """Return the digits to dial, without the zero in "+44 (0)20"."""
    return "".join(re.findall(r"\d", run.replace("(0)", "") if run.startswith("+") else run))
