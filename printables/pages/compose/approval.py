"""Whose approval a leaflet has: one holds for one reader and the very words that were approved."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from printables.library.approvals import Approval
from printables.library.library import Library, Place
from printables.library.therapies import RecordApproval
from printables.pages.compose import wording
from printables.pages.compose.leaflet import Block, Leaflet, Section
from printables.plan import Item

NOT_APPROVED = ("about", "other-leaflets", "related-leaflets", "worksheets")
"""Blocks that an approval does not speak of: itself, dates and contacts; and what other leaflets are called."""
NOT_WORDS = "checked"
"""Whether a fact was looked up. To look it up and find it right must not cost the approval of its words."""
DIGITS = 16

_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r'href="([^"]*)"')


def content_hash(leaflet: Leaflet) -> str:
    """The words and facts of a leaflet as one short number that changes with any of them.

    It is made from the data that the templates print: title, purpose, the numbers on page 1, the drawing's words,
    headings, blocks (with the region's privacy, consent and help lines) and the sources with their addresses. So it
    does not change with the edition, the style sheets, the days of the review or a line that breaks elsewhere in the
    file. `leaflet` must be without a clinic.
    """
    said = [
        leaflet.audience.id,
        leaflet.title,
        leaflet.purpose,
        [dataclasses.asdict(number) for number in leaflet.numbers],
        [_section(section) for section in leaflet.sections],
        [dataclasses.asdict(source) for source in leaflet.sources],
        *_on_the_drawing(leaflet.scene),
    ]
    data = json.dumps(bare(said), sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def _on_the_drawing(scene: Block | None) -> list[Any]:
    """The words over the drawing beside the title, and its caption."""
    data = scene.data if scene else {}
    return [data[name] for name in ("words", "caption") if data.get(name)]


def _section(section: Section) -> list[Any]:
    return [section.heading, *([block.show, block.data] for block in section.blocks if block.show not in NOT_APPROVED)]


def bare(value: Any) -> Any:
    """Plain values with single spaces; of HTML only the words and where its links lead."""
    if isinstance(value, Markup):
        value = _TAG.sub(lambda tag: f" {' '.join(_ADDRESS.findall(tag[0]))} ", value)
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {key: bare(inner) for key, inner in value.items() if key != NOT_WORDS}
    if isinstance(value, list | tuple | range):
        return [bare(inner) for inner in value]
    return value


def approvals_of(library: Library, item: Item) -> Iterator[tuple[Approval | RecordApproval, Place]]:
    """Yield each approval for this reader with its place: of approvals.yaml in this region, then of the record."""
    for index, given in library.approvals.items():
        if given.of == (item.record, item.audience, item.region) and bool(given.worksheet) == bool(item.worksheet):
            yield given, library.place("approvals", "", ("approvals", index))
    kind = "worksheet" if item.worksheet else "therapy"
    record = library.worksheets[item.record] if item.worksheet else library.therapies[item.therapy]
    for index, older in enumerate(record.review.approvals):
        if older.audience == item.audience:
            yield older, library.place(kind, item.record, ("review", "approvals", index))


def approved(leaflet: Leaflet, shared: Leaflet, approvals: Iterable[Approval | RecordApproval]) -> Leaflet:
    """The leaflet with the approval that its words have, where they have one.

    `shared` is the same leaflet without a clinic: a clinic adds its number to the help lines, and changes no word.
    """
    content = content_hash(shared)
    given = next((a for a in approvals if is_for(a, leaflet.version) and is_of(a, content)), None)
    leaflet = dataclasses.replace(leaflet, content=content, approved=given is not None)
    return _signed(leaflet, given) if given else leaflet


def is_for(given: Approval | RecordApproval, version: str) -> bool:
    """Return whether an approval speaks of this version. In approvals.yaml the words alone decide.

    A newer record that changes another reader's words, and so its version, must not cost this reader's approval.
    """
    return isinstance(given, Approval) or given.version == version


def is_of(given: Approval | RecordApproval, content: str) -> bool:
    """Return whether an approval was given to the words with this hash; it may name the beginning only."""
    return bool(given.words) and content.startswith(given.words)


def _signed(leaflet: Leaflet, given: Approval | RecordApproval) -> Leaflet:
    """The leaflet that says in its "about" block who approved it."""
    shown = {"name": given.name, "role": given.role, "date": wording.day(given.date, leaflet.locale)}

    def signed(block: Block) -> Block:
        return dataclasses.replace(block, data={**block.data, "approval": shown}) if block.show == "about" else block

    sections = (dataclasses.replace(s, blocks=tuple(signed(block) for block in s.blocks)) for s in leaflet.sections)
    return dataclasses.replace(leaflet, sections=tuple(sections))
