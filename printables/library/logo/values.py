"""Parse the attribute values of a drawing by a strict grammar, and write them in a normal form.

The typesetting engine gets only values that were parsed here, so that no logo can make it fail, and no number is so
large or so small that it overflows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

LARGEST = 1_000_000
SMALLEST = 1e-6
FLATTEST = 1e-9
"""The smallest scale of area of a transformation; its inverse is the largest."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_FLAG = re.compile("[01]")
_BETWEEN = re.compile(r"[\s,]*")
_ID = r"[A-Za-z_][A-Za-z0-9_.-]{0,99}"
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
"""Pixels in one of each unit."""
_ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
"""How many numbers each command of a path takes."""
_TRANSFORMS = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}


class UnusableLogo(Exception):
    """A logo cannot be used. Holds the rest of a sentence that begins "The logo …", and the remedy."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def number(text: str) -> float:
    """Parse a number. Raises ValueError for anything else, and UnusableLogo if it is too large."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    value = float(text)
    if abs(value) > LARGEST:
        raise UnusableLogo(f"holds a number larger than {LARGEST:,}", "Save it again at its usual size.")
    return 0.0 if abs(value) < SMALLEST else value


def written(value: float) -> str:
    """Return a number as decimal digits without an exponent."""
    return f"{value:.7f}".rstrip("0").rstrip(".") if value else "0"


def pixels(text: str) -> float:
    """Parse a length, in pixels. Raises ValueError for percentages and for units that depend on a font."""
    text = text.strip()
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = text[len(digits) :]
    if unit not in _UNITS:
        raise ValueError(text)
    return number(digits) * _UNITS[unit]


def length(text: str) -> str:
    """Normalise a length or a percentage."""
    text = text.strip()
    return f"{written(number(text[:-1]))}%" if text.endswith("%") else written(pixels(text))


def share(text: str) -> str:
    """Normalise an opacity: 0 to 1, or a percentage."""
    text = text.strip()
    value = number(text[:-1]) / 100 if text.endswith("%") else number(text)
    return written(min(1.0, max(0.0, value)))


def miter(text: str) -> str:
    """Normalise a miter limit."""
    return written(max(1.0, number(text.strip())))


def numbers(text: str, takes: int = 1, flags: tuple[int, ...] = ()) -> list[float]:
    """Parse numbers separated by spaces or commas, or by nothing before a sign or a point.

    Of each `takes` numbers, those at `flags` are a single 0 or 1 (of an arc), after which no space is needed.
    Takes linear time, because it never goes back.
    """
    found: list[float] = []
    at = _end_of(_BETWEEN, text, 0)
    while at < len(text):
        end = _end_of(_FLAG if len(found) % takes in flags else _NUMBER, text, at)
        found.append(number(text[at:end]))
        at = _end_of(_BETWEEN, text, end)
    return found


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    if match is None:
        raise ValueError(text[at : at + 20])
    return match.end()


def points(text: str) -> str:
    """Normalise the points of a polygon: pairs of numbers."""
    found = numbers(text)
    if len(found) % 2 or not found:
        raise ValueError(text)
    return " ".join(map(written, found))


def view_box(text: str) -> str:
    """Normalise a view box: four numbers, of which the last two are positive."""
    found = numbers(text)
    if len(found) != 4 or min(found[2:]) <= 0:
        raise ValueError(text)
    return " ".join(map(written, found))


def path(text: str) -> str:
    """Normalise the data of a path: each command with its letter and numbers, separated by spaces.

    Arcs of length zero are left out, because the typesetting engine divides by their length.
    """
    text, letters = text.strip(), "".join(_ARGUMENTS) + "".join(_ARGUMENTS).upper()
    pieces = re.findall(rf"([{letters}])([^{letters}]*)", text)
    if "".join(letter + rest for letter, rest in pieces) != text or text[:1] not in "mM":
        raise ValueError(text[:20])
    written_parts, here, start = [], (0.0, 0.0), (0.0, 0.0)
    for letter, values in (part for piece in pieces for part in _commands(*piece)):
        there = start if letter in "zZ" else _end(letter, values, here)
        start = there if letter in "mM" else start
        if letter not in "aA" or max(abs(there[0] - here[0]), abs(there[1] - here[1])) > SMALLEST:
            written_parts.append(" ".join([letter, *map(written, values)]))
        here = there
    return " ".join(written_parts)


def corners(text: str) -> list[tuple[float, float]]:
    """Return the points of a normalised path, those that bend its curves among them; for an arc, one beside it."""
    found: list[tuple[float, float]] = []
    here = start = (0.0, 0.0)
    for piece in re.findall(r"([A-Za-z])([^A-Za-z]*)", text):
        for letter, values in _commands(*piece):
            x, y = here if letter.islower() else (0.0, 0.0)
            if letter in "cCsSqQ":
                found += [(x + values[at], y + values[at + 1]) for at in range(0, len(values), 2)]
            there = start if letter in "zZ" else _end(letter, values, here)
            if letter in "aA":
                found.append((there[0] + here[1] - there[1] + 1, there[1] + there[0] - here[0] + 1))
            start = there if letter in "mM" else start
            found.append(there)
            here = there
    return found


def _commands(letter: str, rest: str) -> Iterator[tuple[str, list[float]]]:
    """Yield a command with its numbers, repeated for each group of numbers."""
    takes = _ARGUMENTS[letter.lower()]
    found = numbers(rest, takes or 1, (3, 4) if letter in "aA" else ())
    if bool(found) != bool(takes) or (takes and len(found) % takes):
        raise ValueError(rest[:20])
    yield letter, found[:takes]
    again = {"m": "l", "M": "L"}.get(letter, letter)
    for at in range(takes, len(found), takes or 1):
        yield again, found[at : at + takes]


def _end(letter: str, values: list[float], here: tuple[float, float]) -> tuple[float, float]:
    """Return the end point of a command that starts at `here`; lower-case commands are relative."""
    x, y = here if letter.islower() else (0.0, 0.0)
    if letter in "hH":
        return x + values[0], here[1]
    if letter in "vV":
        return here[0], y + values[0]
    return x + values[-2], y + values[-1]


def transform(text: str) -> str:
    """Normalise transformations such as `translate(3 4) rotate(45)`. Extreme scales are refused."""
    if not re.fullmatch(r"[\s,]*(?:[A-Za-z]+\s*\([^()]*\)[\s,]*)*", text):
        raise ValueError(text)
    return " ".join(
        _movement(name, numbers(inside)) for name, inside in re.findall(r"([A-Za-z]+)\s*\(([^()]*)\)", text)
    )


def _movement(name: str, values: list[float]) -> str:
    if len(values) not in _TRANSFORMS.get(name, ()):
        raise ValueError(name)
    area = 1.0
    if name == "scale":
        area = values[0] * values[-1]
    elif name == "matrix":
        area = values[0] * values[3] - values[1] * values[2]
    if not FLATTEST < abs(area) < 1 / FLATTEST or (name.startswith("skew") and abs(values[0]) > 80):
        raise ValueError(name)
    return f"{name}({' '.join(map(written, values))})"


def colour(text: str) -> str:
    """Normalise a colour or none; currentColor is black, because a picture has no surrounding text."""
    text = text.strip()
    if text.lower() == "currentcolor":
        return "#000000"
    forms = r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]{3,24}|(?:rgb|hsl)a?\([\d\s.,%/+-]{5,60}\)"
    if not re.fullmatch(forms, text):
        raise ValueError(text)
    return text


def paint(text: str) -> str:
    """Normalise a colour or a reference to a gradient of the same file."""
    return reference(text) if text.strip().startswith("url") else colour(text)


def reference(text: str) -> str:
    """Normalise `url(#id)`, which must refer to the same file. A fallback colour is left out."""
    match = re.match(rf"""\s*url\(\s*(["']?)#({_ID})\1\s*\)""", text)
    if match is None:
        raise ValueError(text)
    return f"url(#{match[2]})"


def target(text: str) -> str:
    """Normalise `#id`, a reference within the file."""
    if not re.fullmatch(f"#{_ID}", text.strip()):
        raise ValueError(text)
    return text.strip()


def name(text: str) -> str:
    """Check an id."""
    return target(f"#{text}")[1:]


def one_of(*words: str) -> Callable[[str], str]:
    """Return a parser that accepts one of these words."""

    def read(text: str) -> str:
        if text.strip() not in words:
            raise ValueError(text)
        return text.strip()

    return read
