"""The short form of a leaflet: what stands on the panels of a tri-fold, chosen by rule from the leaflet's own blocks.

No sentence is cut: a block is there as it was written, or it is not there. Which blocks the short form has, and which
give way first where six panels are too few, is said in `audience.yaml` (`trifold`). How many give way is found out when
the panels are laid out; what must stand on one panel is chosen here, by an estimate that errs on the safe side.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from printables.library.library import Library
from printables.library.trifold import BESIDES, TrifoldSetting
from printables.pages.compose.blocks.references import shown_address
from printables.pages.compose.leaflet import Block, Leaflet, Section
from printables.pages.compose.qr import QR, qr
from printables.pages.compose.text_height import height_of, lines_of
from printables.pages.compose.trifold_back import GAP, PANEL, SMALL, WRITE, Contact, placed

FLAP_WIDTH, CARD_WIDTH = 232, 205
"""Points of the width of text on the flap, and in the card."""
TEXT = (13.0, 18.0)
"""Size and leading of running text."""
HEADING = 33
"""Points of a heading of one line on the flap, with the gap above it."""
CARD_FRAME, CARD_ROW = 54, 6.75
"""Points of the card's heading and padding, and of the rule and gaps between two help lines."""
BELOW_CARD = 12
"""Points of the gap below the card."""
NOTES_FRAME = 75
"""Points of the heading and the gaps of a panel of notes."""
OWN_FRAME, OWN_LINE, OWN_LABELS = 42, 25, 4
"""Points of the heading and padding of the card behind, and of a line in it; how many lines have a label."""
OWN_CARD, LOCAL_NOTE, CONTACTS = BESIDES
"""The card behind that of the flap, which is not cut out without it; a clinic's note; what the back cannot hold."""
IN_WORDS = {
    OWN_CARD: "the card for an own plan",
    LOCAL_NOTE: "the clinic's note",
    CONTACTS: "contacts for which the back has no room",
}
"""What these are called where a note says that they were left out."""
NOT_INSIDE = ("help-now", "sources", "about")
"""Blocks that have places of their own on the panels."""

_CITED = re.compile(r'<span class="cite">.*?</span>', re.DOTALL)
_LEAD_IN = re.compile(r"\n?<p>(?:(?!<p>).)*:</p>\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Trifold:
    """The panels of one leaflet. `card` is the height in points of the card on the flap, and of the one behind it."""

    card: int
    help_heading: str
    help: Mapping[str, Any]
    flap: tuple[Section, ...]
    inside: tuple[Section, ...]
    about: Mapping[str, Any]
    contact: Contact
    sources: tuple[str, ...]
    address: str
    qr: QR | None
    qr_words: str
    """What the address leads to."""
    own_lines: int | None
    """How many empty lines there are behind the card, below those with a label; None where there is no card behind."""
    note_lines: int
    """How many lines to write on there are on a panel that the words leave free, below the card behind."""
    without: tuple[str, ...] = ()
    """The blocks that gave way, by their names in `audience.yaml`."""


def trifolds(library: Library, leaflet: Leaflet) -> Iterator[Trifold]:
    """Yield the panels with all that the short form has, and then with one part less each time."""
    setting = leaflet.audience.trifold
    if setting is None:
        raise ValueError(f'"{leaflet.audience.id}" has no short form.')
    whole = _panels(library, leaflet, setting, ())
    yield whole
    inside = {OWN_CARD, *(block.show for section in whole.inside for block in section.blocks)}
    inside |= {LOCAL_NOTE} if whole.contact.local_inside else set()
    inside |= {CONTACTS} if whole.contact.moved else set()
    giving_way = [name for name in setting.gives_way if name in inside]  # what is elsewhere takes no room inside
    for count in range(1, len(giving_way) + 1):
        yield _panels(library, leaflet, setting, tuple(giving_way[:count]))


def left_out(leaflet: Leaflet, without: Collection[str]) -> tuple[str, ...]:
    """Return what gave way, as the reader of the whole leaflet sees it: by headings."""
    shows = leaflet.audience.trifold.shows if leaflet.audience.trifold else ()
    found = []
    for section in leaflet.sections:
        shown = {block.show for block in section.blocks if block.show in shows}
        if gone := shown.intersection(without):
            name = f'"{section.heading or section.id}"'
            found.append(name if gone == shown else f"a part of {name}")
    return (*dict.fromkeys(found), *(words for name, words in IN_WORDS.items() if name in without))


def _panels(library: Library, leaflet: Leaflet, setting: TrifoldSetting, without: tuple[str, ...]) -> Trifold:
    kept = [name for name in setting.shows if name not in without]
    sections = tuple(_sections(leaflet, kept))
    help_now, about = _help_of(leaflet), _data_of(leaflet, "about")
    card = _card_height(help_now)
    flap = tuple(_on_flap(sections, setting.flap, PANEL - card - _height_below_card(help_now)))
    if LOCAL_NOTE in without:
        about = {**about, "local": None}
    sources = tuple(dict.fromkeys(row["by"] for row in _data_of(leaflet, "sources").get("rows", ())))
    address = _address(library, leaflet)
    code = qr(address, leaflet.locale.words["qr-label"].format(address=shown_address(address))) if address else None
    contact = placed(leaflet, about, sources, code)
    if CONTACTS in without:
        contact = dataclasses.replace(contact, moved=())
    return Trifold(
        card=card,
        help_heading=next((one.heading for one in leaflet.sections if one.id == "help-now"), ""),
        help=help_now,
        flap=flap,
        inside=tuple(section for section in sections if section not in flap),
        about=about,
        contact=contact,
        sources=sources,
        address=shown_address(address) if address else "",
        qr=code,
        qr_words=leaflet.locale.words["trifold-full" if library.site.address else "trifold-web"],
        own_lines=None if OWN_CARD in without else max(0, (card - OWN_FRAME) // OWN_LINE - OWN_LABELS),
        note_lines=max(1, (PANEL - card - NOTES_FRAME) // WRITE),
        without=without,
    )


def _sections(leaflet: Leaflet, kept: Sequence[str]) -> Iterator[Section]:
    """Yield the sections with these blocks only, without the numbers of sources, in the order of their first block."""
    found = []
    for section in leaflet.sections:
        blocks = tuple(_shown_blocks(section.blocks, kept))
        if blocks:
            found.append(dataclasses.replace(section, blocks=blocks))
    yield from sorted(found, key=lambda section: min(kept.index(block.show) for block in section.blocks))


def _shown_blocks(blocks: Sequence[Block], kept: Collection[str]) -> Iterator[Block]:
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if block.show in kept and block.show not in NOT_INSIDE:
            data = _without_numbers(block.data)
            if following and following.show not in kept:
                data = _without_lead_in(data)
            yield dataclasses.replace(block, data=data)


def _without_lead_in(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return running text without the paragraph that leads into the next block, which is not there."""
    html = data.get("html")
    if not isinstance(html, Markup):
        return data
    return {**data, "html": Markup(_LEAD_IN.sub("", html))}  # noqa: S704 - safe markup without its last paragraph


def _without_numbers(value: Any) -> Any:
    """Return the data of a block without the numbers of sources, as the panels list these by name only."""
    if isinstance(value, Markup):
        return Markup(_CITED.sub("", value))  # noqa: S704 - safe markup stays so without some of its elements
    if isinstance(value, Mapping):
        return {name: _without_numbers(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_without_numbers(one) for one in value)
    return value


def _data_of(leaflet: Leaflet, show: str) -> Mapping[str, Any]:
    found = (block.data for section in leaflet.sections for block in section.blocks if block.show == show)
    return next(found, {})


def _help_of(leaflet: Leaflet) -> Mapping[str, Any]:
    """Return the words and all help lines, since a card is cut out without what stands above it on the leaflet."""
    found = _data_of(leaflet, "help-now")
    return {**found, **found.get("every_line", {})}


def _on_flap(sections: Sequence[Section], names: Sequence[str], room: float) -> Iterator[Section]:
    """Yield the sections that fit below the card. One is whole on the flap, or inside."""
    by_id = {section.id: section for section in sections}
    for name in names:
        if name in by_id:
            texts = [_markup(block.data) for block in by_id[name].blocks]
            height = HEADING - GAP + sum(height_of(text, FLAP_WIDTH, *TEXT, GAP) for text in texts)
            if height <= room:
                room -= height
                yield by_id[name]


def _card_height(help_now: Mapping[str, Any]) -> int:
    """Return the height of the card in points, in whole steps of the grid."""
    rows = (f"{line['name']}: {line['how']}. {line['for_whom']}. {line['hours']}." for line in _shown(help_now))
    height = CARD_FRAME + sum(lines_of(row, CARD_WIDTH, SMALL[0]) * SMALL[1] + CARD_ROW for row in rows)
    height += SMALL[1] * (2 if any(line["hours"] for line in _shown(help_now)) else 1) if help_now["hours"] else 0
    return 3 * math.ceil(height / 3)


def _shown(help_now: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Yield the help lines as they are printed: hours that most of them share stand once, below."""
    shared = (help_now["hours"] or "").lower()
    yield from (
        {**line, "hours": "" if line["hours"].lower() == shared else line["hours"]} for line in help_now["lines"]
    )


def _height_below_card(help_now: Mapping[str, Any]) -> float:
    """Return the height of the words that lead to the numbers and follow them."""
    texts = (help_now[part] or "" for part in ("lead", "end"))
    return BELOW_CARD + sum(height_of(text, FLAP_WIDTH, *TEXT, GAP) for text in texts)


def _address(library: Library, leaflet: Leaflet) -> str:
    """Return where the whole leaflet can be read: its page on the website, or else the clinic's own address."""
    if library.site.address:
        page = leaflet.item.path.removeprefix(leaflet.item.folder).removesuffix(".pdf")
        return f"{library.site.address.rstrip('/')}/{page.removesuffix(leaflet.item.edition.suffix)}.html"
    clinic = library.clinics.get(leaflet.item.clinic or "")
    return (clinic.web if clinic else None) or ""


def _markup(data: Mapping[str, Any]) -> str:
    """Return all running text of a block."""
    return "".join(value for value in data.values() if isinstance(value, Markup))
