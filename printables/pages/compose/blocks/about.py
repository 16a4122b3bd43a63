"""The block that says who stands behind a leaflet, and how to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from printables.library.clinics import Clinic
from printables.pages.compose import wording
from printables.pages.compose.blocks.other_leaflets import handout_mark
from printables.pages.compose.blocks.references import shown_address
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block
from printables.pages.compose.qr import QR, qr

ALWAYS = ("feedback", "other_formats", "languages")
"""What every leaflet has a line for, to be written in by hand where no clinic's file says it (standards A11)."""
SPARE = ("phone", "hours")
"""What a clinic's leaflet has a line for as well, where there is room: its file may leave out what differs by team."""


def about(composer: Composer, show: str) -> Block:
    """Version, dates, publisher and contact. `approved` adds the approval, which depends on all other blocks."""
    review, locale = composer.therapy.review, composer.locale
    if composer.in_full:
        _needs_in_full(composer)
    data = {
        "code": composer.code(composer.audience),
        "last_review": wording.day(review.last_evidence_review, locale),
        "next_review": wording.day(review.next_review, locale),
        "overdue": review.next_review < composer.item.today,
        "approval": None,
        "authors": review.authors,
        "conflicts": review.conflicts,
        "funding": review.funding,
        "in_full": composer.in_full,
        "others": list(_others(composer)) if not composer.in_full else [],
        "publisher": composer.library.publisher.name,
        "about": composer.library.publisher.about[composer.item.language],
        "contact": _contact(composer, composer.clinic),
        "qr": _code(composer, composer.clinic),
        "panel": composer.clinic is not None,
        **composer.draft(),
    }
    local = composer.words(composer.clinic.words, "clinic", composer.clinic.id, ("words",)) if composer.clinic else None
    return Block("about", show, {**data, "local": local.html if local else None}, (local,) if local else ())


def _needs_in_full(composer: Composer) -> None:
    """Report what a reader who is told of conflicts and funding would not be told."""
    for name in ("conflicts", "funding"):
        if getattr(composer.therapy.review, name) is None:
            what = f'"{name}" is missing, and {composer.audience.name[composer.item.language]} must be told.'
            composer.error(("review", name), what, f"Write {name} under review.")


def _others(composer: Composer) -> Iterator[dict[str, str]]:
    """The other leaflets of this therapy, and for whom they are: "for adults"."""
    for name, audience in composer.library.audiences.items():
        if name in composer.therapy.titles and name != composer.audience.id:
            label = audience.label[composer.item.language]
            mark = handout_mark(composer.therapy.id, name)
            yield {"for_whom": wording.inside(label, composer.locale), "handout": mark}


def _contact(composer: Composer, clinic: Clinic | None) -> list[dict[str, Any]]:
    """One row for each way to reach the service; a row without a value is a blank line to write on.

    A clinic's name is left out: it stands at the top of page 1 as the publisher.
    """
    if clinic:
        named = ("address", "phone", "hours", "email", "web")
        names = [name for name in named if name in SPARE or getattr(clinic, name)]
    else:
        names = ["name", "phone", "hours"]
    return [_row(composer, clinic, name) for name in (*names, *ALWAYS)]


def _row(composer: Composer, clinic: Clinic | None, name: str) -> dict[str, Any]:
    """One row; the lines of an address stay lines."""
    value = getattr(clinic, name) if clinic else None
    row = {"label": composer.t(f"contact-{name.replace('_', '-')}"), "value": value}
    if value and "\n" in value:
        row["lines"] = value.split("\n")
    if clinic and not value and name in SPARE:
        row["spare"] = True
    return row


def _code(composer: Composer, clinic: Clinic | None) -> QR | None:
    """The clinic's web address as a QR code."""
    if clinic is None or clinic.web is None:
        return None
    return qr(clinic.web, composer.t("qr-label", address=shown_address(clinic.web)))


BLOCKS = (BlockKind("about", "version, dates, approval, publisher, contact", about),)
