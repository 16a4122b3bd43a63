"""Lines that look like a list and are none for the Markdown package: "-a", "1.a", "– a", "a) b", "(1) c", "✓ d".

Where two or more stand below each other and can only be a list, they become one. Where the sign may mean something,
or nobody can tell, they are named: as they are, they would run together in one paragraph.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NEAR = (
    "These lines look like a list and would run together.",
    'Begin each of them with "- ", or with "1. ", "2. " and so on.',
)
HYPHEN = (
    "This line looks like one of a list and would run into the words above it.",
    'Write "- " with a space, below an empty line; a word with a hyphen belongs on one line.',
)


class _Kind(NamedTuple):
    """One way to begin the lines of a list; `becomes` is what to write instead, where that is certain."""

    pattern: re.Pattern[str]
    becomes: str = ""


_KINDS = (
    _Kind(re.compile(r"( *)(?P<sign>-)(?=[^\W\d_])"), r"\1- "),
    _Kind(re.compile(r"( *)(?P<figure>[1-9]\d?)[.)](?=[^\W\d_])"), r"\1\2. "),
    _Kind(re.compile(r"( *)(?P<sign>\*)(?=[^\W\d_])(?![^*]*\*)"), r"\1- "),
    _Kind(re.compile(r"( *)(?P<sign>[–—]) *(?=\S)"), r"\1- "),
    _Kind(re.compile(r" *(?P<figure>0\d?)[.)] +\S")),
    _Kind(re.compile(r" *\((?P<figure>\d\d?)\) *\S")),
    _Kind(re.compile(r" *\(?(?P<letter>[A-Za-z])[.)] +\S")),
    _Kind(re.compile(r" *\(?(?P<roman>[ivxIVX]{1,4})[.)] +\S")),
    _Kind(re.compile(r" *(?P<sign>[→⇒➔➜➝➢➤►▶▸»✓✔✗✘✅❌☐☑☒★☆✦❖♦♥⭐§¤¶※~]) *(?=\S)")),
)
_WORD_SECOND = re.compile(r"\A[ \t]*o\t+")
"""Word's bullet of the second level."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def spaced(lines: list[str]) -> tuple[list[str], list[tuple[int, str, str]]]:
    """The lines, with what is certainly a list written as one, and what is wrong with others, by line from 0."""
    made = [_WORD_SECOND.sub("    - ", line).expandtabs(4) for line in lines]
    faults = []
    at = 0
    while at < len(made):
        kind, end = _run(made, at)
        above = made[at - 1].strip() if at else ""
        if kind and kind.becomes and (end - at > 1 or _is_beside_one(kind, made, at)):
            made[at:end] = [kind.pattern.sub(kind.becomes, line, count=1) for line in made[at:end]]
        elif kind and end - at > 1:
            faults.append((at, *NEAR))
        elif kind is _KINDS[0] and above and not above.startswith("#"):
            faults.append((at, *HYPHEN))
        at = max(end, at + 1)
    return made, faults


def _is_beside_one(kind: _Kind, lines: list[str], at: int) -> bool:
    """Whether the line above or below is an item as it should be, or the one above announces a list."""
    beside = [line.strip() for line in (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])]
    found = kind.pattern.match(lines[at])
    if found and "figure" in found.groupdict():
        number = int(found["figure"])
        return any(re.match(rf"({number - 1}|{number + 1})[.)] ", line) for line in beside)
    return any(line.startswith(("- ", "* ")) for line in beside) or (at > 0 and lines[at - 1].rstrip().endswith(":"))


def _run(lines: list[str], at: int) -> tuple[_Kind | None, int]:
    """The kind of list that line `at` begins, and the line behind the last that goes on with it."""
    best: tuple[_Kind | None, int] = (None, at)
    for kind in _KINDS:
        end, last = at, kind.pattern.match(lines[at])
        while last:
            end += 1
            after = kind.pattern.match(lines[end]) if end < len(lines) else None
            last = after if after and _follows(last, after) else None
        if end > best[1]:
            best = (kind, end)
    return best


def _follows(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether the second line goes on with the first: the same sign, or the next number or letter."""
    (name, first), (_, second) = (next(iter(found.groupdict().items())) for found in (one, other))
    if name == "sign":
        return bool(first == second)
    return _place(name, second) == _place(name, first) + 1


def _place(name: str, mark: str) -> int:
    if name == "figure":
        return int(mark)
    if name == "letter":
        return ord(mark.lower())
    return _ROMAN.index(mark.lower()) if mark.lower() in _ROMAN else -9
