"""The plain text of a finished page, for e-mail and for readers who listen. Why it looks so: docs/decisions/0011."""

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise

from printables.library.phone import unbroken
from printables.pages.formats.direction import isolated_in_text
from printables.pages.formats.reading_order import TextBlock, TextRun, read_in_order
from printables.pages.formats.registry import Format

_UNDER_HEADING = {1: "===", 2: "---"}
"""Short to listen to, and of one length, so that it can be searched for. Lower headings are said as a lead-in."""
_UNBROKEN = "\u00a0"
_BEFORE_WORDS = re.compile(r".*?<body[^>]*>", re.DOTALL)
"""What says how a page looks."""


def plain_text(html: str, width: int = 72) -> str:
    """The words of a finished document as text of `width` columns. Only an address may be longer than a line."""
    return _text(_BEFORE_WORDS.sub("<body>", html, count=1), width)


@functools.lru_cache(maxsize=32)
def _text(html: str, width: int) -> str:
    """The text of a body, which most editions of a leaflet share: they follow each other."""
    blocks = read_in_order(html).blocks
    lines = [line for block in blocks[:1] for line in _lines(block, width)]
    for before, block in pairwise(blocks):
        lines += [""] * _blank_lines(before, block)
        lines += _lines(block, width)
    return isolated_in_text("\n".join(lines).replace(_UNBROKEN, " ") + "\n")


def _blank_lines(before: TextBlock, block: TextBlock) -> int:
    """Two before a section; none inside a list or a row of a table, or under the heading of a part."""
    if _opens_section(block):
        return 2
    same = block.kind == before.kind == "item" or (block.kind == "cell" and block.level > 0)
    return 0 if same or (before.kind == "heading" and not _opens_section(before)) else 1


def _opens_section(block: TextBlock) -> bool:
    return block.kind == "heading" and block.level in _UNDER_HEADING


def _lines(block: TextBlock, width: int) -> list[str]:
    text, addresses = _text_and_addresses(block.runs)
    if block.kind == "heading" and not _opens_section(block) and text[-1:].isalnum():
        text += ":"
    outer = "  " * (block.level - 1) if block.kind == "item" else ""
    mark = f"{block.mark} " if block.mark else "  " if block.kind == "item" else ""
    inner = outer + " " * len(mark)
    starts = [outer + mark, *[inner] * text.count("\n")]
    lines = [
        line
        for start, part in zip(starts, text.split("\n"), strict=True)
        for line in _wrapped(part, width, start, inner)
    ]
    lines += [inner + address for address in addresses]
    return [*lines, _UNDER_HEADING[block.level]] if _opens_section(block) else lines


def _wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    """The lines of a text, without a break inside a word, an address or a telephone number."""
    return textwrap.wrap(
        unbroken(text),
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _text_and_addresses(runs: Sequence[TextRun]) -> tuple[str, list[str]]:
    """The words of a block, and the addresses that stand on lines of their own below them.

    In print, an address may be shown without its beginning or its end. Here the whole one takes its place: there, or,
    where it is the last word, on its own line.
    """
    words, below = [], []
    for run, is_last in _with_last(runs):
        address = run.address.removeprefix("mailto:").removeprefix("tel:")
        shortened = _bare(run.text) in _bare(address)
        if not address or (_bare(run.text) == _bare(address) and "://" not in address):
            words.append(f"{run.text}." if run.on_page else run.text)
        elif shortened and not is_last:
            words.append(address)
        else:
            words += [] if shortened else [run.text]
            below.append(address)
    below = list(dict.fromkeys(below))
    return ("".join(words).rstrip(" "), below) if words else (below[0], below[1:])


def _with_last(runs: Sequence[TextRun]) -> Iterator[tuple[TextRun, bool]]:
    """Each run, and whether nothing but punctuation follows it."""
    for number, run in enumerate(runs):
        yield run, not any(_bare(later.text) for later in runs[number + 1 :])


def _bare(text: str) -> str:
    """Letters and figures only: what two ways to write an address have in common."""
    return "".join(character for character in text.casefold() if character.isalnum())


FORMAT = Format(
    name="text",
    suffix=".txt",
    title="plain text",
    media_type="text/plain; charset=utf-8",
    make=lambda page: plain_text(page.html).encode(),
)
