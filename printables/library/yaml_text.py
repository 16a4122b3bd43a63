"""Decode a YAML file and parse it into events, or refuse it with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from printables import limits
from printables.library import characters

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTED = {'"': '\\"', "'": "''"}
"""How a quotation mark is written inside of a text between two of its kind."""
_BRACKETS = {yaml.FlowSequenceStartToken: ("[", "]"), yaml.FlowMappingStartToken: ("{", "}")}
_CLOSING = {
    yaml.FlowSequenceStartToken: yaml.FlowSequenceEndToken,
    yaml.FlowMappingStartToken: yaml.FlowMappingEndToken,
}
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
    event: yaml.Event | None = None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            yield event
    except yaml.MarkedYAMLError as error:
        raise _never_closed(text, error, event) or _syntax(text, error) from None
    except yaml.YAMLError as error:
        raise Refused(
            0, f"The file cannot be read as YAML: {str(error).splitlines()[0]}.", "See YAML's rules."
        ) from None


def _never_closed(text: str, error: yaml.MarkedYAMLError, last: yaml.Event | None) -> Refused | None:
    """Return a refusal that names the line on which a quotation mark or a bracket opens; None if all are closed.

    `last` is the event before the error.
    """
    stop, start = error.problem_mark, error.context_mark
    if start and "quoted scalar" in (error.context or "") and "unexpected" in (error.problem or ""):
        what = "The quotation mark that opens here is never closed."
        return Refused(start.line + 1, what, "Put another at the end of the text.")
    if stop is None:
        return None
    in_brackets = "flow" in (error.context or "")
    early = _closed_early(last, stop.line, stop.column if in_brackets else None)
    return early or _never_closed_bracket(text, stop.line)


def _closed_early(last: yaml.Event | None, line: int, column: int | None) -> Refused | None:
    """Return a refusal if YAML stopped behind a text in quotation marks, because a mark inside of it closed it.

    Inside brackets, where a comma may be missing instead, the text must end at the `column` at which YAML stopped.
    """
    if not (isinstance(last, yaml.ScalarEvent) and last.style in _QUOTED and last.start_mark and last.end_mark):
        return None
    if last.end_mark.line != line or column not in (None, last.end_mark.column):
        return None
    what = f"The quotation mark that opens here is closed on line {line + 1}, in the middle of a text."
    mend = f"Put another at the end of the text; inside of it, write {_QUOTED[last.style]}."
    return Refused(last.start_mark.line + 1, what, mend)


def _never_closed_bracket(text: str, until: int) -> Refused | None:
    for bracket in _open_brackets(text, until)[:1]:
        sign, other = _BRACKETS[type(bracket)]
        what = f'The bracket "{sign}" that opens here is never closed.'
        return Stopped(bracket.start_mark.line + 1, what, f'Put "{other}" behind the last of what it holds.')
    return None


def _open_brackets(text: str, until: int) -> list[yaml.Token]:
    """Return the brackets opened up to line `until` that are never closed by one of their kind, the first one first."""
    opened: list[yaml.Token] = []
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            if not opened and token.start_mark.line > until:
                break
            if type(token) in _BRACKETS:
                opened.append(token)
            elif opened and isinstance(token, _CLOSING[type(opened[-1])]):
                opened.pop()
    except yaml.YAMLError:
        pass  # what is open here, where nothing more can be read, is not closed
    return opened


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Refused:
    mark = error.problem_mark or error.context_mark
    line, column, reason = (*((mark.line + 1, mark.column + 1) if mark else (0, 0)), error.problem or "cannot be read")
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
