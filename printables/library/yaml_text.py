"""Decode a YAML file and parse it into events, or refuse it with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from printables import limits
from printables.library import characters

_ESCAPED_SURROGATE = re.compile(r"\\u([dD][89a-fA-F][0-9a-fA-F]{2})")


class Refused(Exception):
    """The file cannot be read; `problem` holds the message."""

    def __init__(self, line: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.line, self.what, self.mend = line, what, mend


class Stopped(Refused):
    """The place of a syntax error; its cause may be some lines above."""


def decode(data: bytes) -> str:
    """Return the text in `data` with Unix line ends. Raises `Refused`."""
    if len(data) > limits.FILE_BYTES:
        raise Refused(0, f"The file is larger than {limits.FILE_BYTES // 1024} KiB.", "Shorten it, or split it in two.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(1, "The file is saved as UTF-16.", "Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(line, f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = characters.CONTROL.search(text)
    if found:
        raise Refused(text.count("\n", 0, found.start()) + 1, *characters.refusal(found.group()))
    if not text.strip():
        raise Refused(0, "The file is empty.", "Fill it in, or delete it.")
    return text


def events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events of `text`. Raises `Refused`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        number = mark.line + 1 if mark else 0
        raise _syntax(text, number, mark.column + 1 if mark else 0, error.problem or "cannot be read") from None
    except yaml.YAMLError as error:
        raise Refused(
            0, f"The file cannot be read as YAML: {str(error).splitlines()[0]}.", "See YAML's rules."
        ) from None


def _syntax(text: str, line: int, column: int, reason: str) -> Refused:
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        tab = here.index("\t") + 1
        return Refused(line, f"A tab stands at the start of the line (column {tab}).", "Use spaces to indent.")
    half = _ESCAPED_SURROGATE.match(here, column - 1) or _ESCAPED_SURROGATE.match(here, max(column - 3, 0))
    if half:
        return Refused(line, *characters.refusal(chr(int(half[1], 16))))
    mend = 'Check the indent, and put quotes around text that holds ": " or begins with a sign.'
    return Stopped(line, f"YAML stops here at column {column}: {reason}.", mend)
