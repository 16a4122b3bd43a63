"""The registry of blocks: what each says of itself, and all that the modules of this folder list.

A block is a function that composes it, and an entry in its module's `BLOCKS`. That is all it needs to stand in an
`audience.yaml` under `show`. Its component, `templates/_components/<name>`, draws what the function returns.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.library.sections import Sections
from printables.library.yaml_reader import Key
from printables.pages.compose import blocks
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block
from printables.problems import Problem


@dataclass(frozen=True)
class BlockKind:
    """One kind of block."""

    name: str
    """What `show` calls it."""
    shows: str
    """What it shows, for docs/fields.md."""
    compose: Callable[[Composer, str], Block | None]
    """The block for one leaflet and its `show`, with the data for its component; None where there is nothing to say."""
    record: Literal["therapy", "region"] = "therapy"
    """In which record its words are missing where there is nothing to say, and `key` the place in it."""
    key: Key = ("sections",)
    mend: str = 'Write "optional: yes" behind it in templates/{audience}/audience.yaml.'
    """How to mend that. `{audience}`, `{populations}` and `{show}` are filled in."""
    why_left_out: str = "the record has no words for this reader, and the block is optional"
    reads: tuple[str, ...] = ()
    """The sections of the record whose words it shows, if they are there."""
    last: bool = False
    """Whether it lists what other blocks used, so that it is composed after them."""


@functools.cache
def all_blocks() -> Mapping[str, BlockKind]:
    """Every block that is made and not written, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(blocks.__path__))
    modules = [importlib.import_module(f"{blocks.__name__}.{name}") for name in names]
    found = [kind for module in modules for kind in getattr(module, "BLOCKS", ())]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: kind.name)}


def kind_of(show: str) -> BlockKind:
    """The block that `show` names, or the section of the record."""
    return all_blocks().get(show) or _section(show)


@functools.cache
def _section(name: str) -> BlockKind:
    mend = 'Write "{audience}:" under sections, {show}.'
    return BlockKind(name, "a section of the record", _text, key=("sections", name), mend=mend)


def _text(composer: Composer, show: str) -> Block | None:
    """A section of the record as it was written."""
    words = composer.words(getattr(composer.therapy.sections, show), "therapy", composer.therapy.id, ("sections", show))
    return Block("prose", show, {"html": words.html}, (words,)) if words else None


def unknown_blocks(library: Library) -> Iterator[Problem]:
    """A problem for each block of an audience that is neither a section of the record nor registered here."""
    known = [*Sections.model_fields, *all_blocks()]
    for audience in library.audiences.values():
        report = Reporter(library, "audience", audience.id)
        for index, section in enumerate(audience.sections):
            for number, block in enumerate(section.blocks):
                key = ("sections", index, "blocks", number, "show")
                yield from report.unknown(key, "block", block.show, known, "the record")
