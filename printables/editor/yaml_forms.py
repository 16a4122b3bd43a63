"""Values as YAML: the forms in which a text or an entry can be written, the most fitting one first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from printables.library.yaml_reader import Value

_BARE = re.compile(r"[^\W_](?:[\w’‘“”.,;!?()/–—… '&+%-]*[\w’”.!?)…%])?")
"""A text that needs no quotation marks anywhere: it begins with a letter or figure, and has no sign of YAML's."""
_BARE_IN_BRACKETS = re.compile(r"[^\W_](?:[\w’‘“”.;!()/–—… '&+%-]*[\w’”.!)…%])?")
"""The same inside brackets, where a comma ends a text."""


def text_forms(text: str, style: str, indent: int, head: str = "|") -> Iterator[str]:
    """Yield a text as a value behind its key, in the style in which the old one stood, then in others.

    `style` is the parser's: "" for a bare text, a quotation mark, "|" or ">". Lines of a block are indented by
    `indent` and end with a line feed; `head` is the first line of a block, with what stood there.
    """
    lines = text.strip("\n").split("\n")
    if style in ("|", ">"):
        yield from _blocks(lines, style, indent, head)
    if len(lines) == 1:
        if style == "'":
            yield "'" + lines[0].replace("'", "''") + "'"
        if style in ("", "|", ">") and (not style or _BARE.fullmatch(lines[0])):
            yield lines[0]
        yield quoted(lines[0])
    elif style not in ("|", ">"):
        yield from _blocks(lines, "|", indent, "|")
    yield quoted("\n".join(lines))


def _blocks(lines: Sequence[str], style: str, indent: int, head: str) -> Iterator[str]:
    if style == ">":
        folded = "\n\n".join(lines).split("\n")  # a line end of the text is a blank line there
        yield "\n".join([head, *(_indented(line, indent) for line in folded)])
        head = "|" + head[1:]
    yield "\n".join([head, *(_indented(line, indent) for line in lines)])


def _indented(line: str, indent: int) -> str:
    return f"{' ' * indent}{line}" if line.strip() else ""


def quoted(text: str) -> str:
    """Return a text in quotation marks; JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def in_brackets(value: Value) -> str:
    """Return a value on one line, as it can stand anywhere."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {in_brackets(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_brackets(inner) for inner in value) + "]"
    return value if _BARE_IN_BRACKETS.fullmatch(value) else quoted(value)


def block(value: Value, indent: int) -> list[str]:
    """Return the lines of a mapping or a list, indented."""
    pad = " " * indent
    if isinstance(value, dict):
        return [line for name, inner in value.items() for line in entry(name, inner, indent)]
    if isinstance(value, list):
        return [line for inner in value for line in item(inner, indent)]
    return [f"{pad}{line}" if not at else line for at, line in enumerate(new_text(value, indent))]


def entry(name: str, value: Value, indent: int) -> list[str]:
    """Return the lines of one entry of a mapping."""
    key = f"{' ' * indent}{name if _BARE.fullmatch(name) else quoted(name)}:"
    if isinstance(value, str):
        first, *rest = new_text(value, indent + 2)
        return [f"{key} {first}", *rest]
    if not value or (isinstance(value, list) and all(isinstance(one, str) and len(one) < 40 for one in value)):
        return [f"{key} {in_brackets(value)}"]
    return [key, *block(value, indent + 2)]


def item(value: Value, indent: int) -> list[str]:
    """Return the lines of one entry of a list."""
    first, *rest = block(value, indent + 2) if value else [in_brackets(value)]
    return [f"{' ' * indent}- {first.strip()}", *rest]


def new_text(text: str, indent: int) -> list[str]:
    """Return the lines of a text that has not stood anywhere yet; the first one without its indent."""
    lines = text.strip("\n").split("\n")
    if len(lines) > 1 and not lines[0].startswith(" "):
        return ["|", *(_indented(line, indent) for line in lines)]
    return [text if _BARE.fullmatch(text) else quoted(text)]
