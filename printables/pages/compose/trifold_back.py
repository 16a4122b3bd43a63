"""The back panel of a tri-fold: which ways to reach the service stand there, and which had to move inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from printables.pages.compose import wording
from printables.pages.compose.leaflet import Leaflet
from printables.pages.compose.qr import QR
from printables.pages.compose.text_height import height_of, lines_of

PANEL, BACK_WIDTH = 541, 235
"""Points of a panel's height between its margins, and of the width of its text."""
SMALL = (12.0, 15.0)
"""Size and leading of small print."""
GAP, LIST_GAP = 6.0, 3.0
BACK_FIXED = 36
"""Points of the gaps, rules and heading of the back panel besides its texts."""
CODE = 102
"""Points of a QR code with its gaps."""
WRITE = 27
"""Points of a line to write on."""


@dataclass(frozen=True)
class Contact:
    """The service on the back panel: rows as in the block `about`, and what had to move inside."""

    rows: tuple[Mapping[str, Any], ...]
    moved: tuple[Mapping[str, Any], ...]
    local: Markup | None
    local_inside: bool


def placed(leaflet: Leaflet, about: Mapping[str, Any], sources: Sequence[str], code: QR | None) -> Contact:
    """Place the service on the back as far as its panel goes, and the rest inside: nothing is left out."""
    room = PANEL - BACK_FIXED - (CODE if code else 0) - _small_print(leaflet, about, sources)
    room -= lines_of(leaflet.publisher, BACK_WIDTH, 16, bold=True) * 21
    local = about.get("local")
    note = height_of(local or "", BACK_WIDTH, *SMALL, GAP) if local else 0.0
    rows: list[Mapping[str, Any]] = []
    moved: list[Mapping[str, Any]] = []
    for row in without_spare(about["contact"], room - note):
        height = _row_height(row)
        if height <= room:
            rows.append(row)
            room -= height
        else:
            moved.append(row)
    return Contact(tuple(rows), tuple(moved), local, note > max(room, 0))


def without_spare(rows: Sequence[Mapping[str, Any]], room: float) -> Sequence[Mapping[str, Any]]:
    """Return all rows where they have room, or else those that no leaflet may lack."""
    if sum(_row_height(row) for row in rows) <= room:
        return rows
    return [row for row in rows if not row.get("spare")]


def _small_print(leaflet: Leaflet, about: Mapping[str, Any], sources: Sequence[str]) -> float:
    """Return the height of what stands below the contacts."""
    words, approval = leaflet.locale.words, about["approval"]
    approved = words["about-approved"].format(**approval) if approval else words["about-unapproved"]
    if "draft_translation" in about:
        approved += f" {words['about-draft-translation']}"
    version = f"{words['about-version']} {leaflet.code}."
    dates = (
        f"{words['about-last-review']}: {about['last_review']}. {words['about-next-review']}: {about['next_review']}."
    )
    overdue = words["about-under-review"].format(date=about["next_review"]) if about["overdue"] else ""
    from_where = words["trifold-sources"].format(sources=wording.listed(sources, leaflet.locale))
    publisher = "" if leaflet.item.clinic else words["publisher"].format(publisher=leaflet.publisher)
    height = lines_of(f"{approved} {overdue}", BACK_WIDTH, SMALL[0], bold=True) * SMALL[1] + GAP
    texts = (words["about-general"], from_where, f"{publisher} {version} {dates}")
    return height + sum(lines_of(text, BACK_WIDTH, SMALL[0]) * SMALL[1] + GAP for text in texts)


def _row_height(row: Mapping[str, Any]) -> float:
    if not row["value"]:
        return WRITE
    first, *others = row.get("lines") or [row["value"]]
    texts = (f"{row['label']}: {first}", *others)
    return sum(lines_of(text, BACK_WIDTH, SMALL[0]) for text in texts) * SMALL[1] + LIST_GAP
