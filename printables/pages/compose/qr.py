"""A web address as a QR code: the path of an SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class QR:
    """A code of `size` by `size` modules. `path` draws the dark ones, one unit each, from 0,0 to the right and down.

    Scanners need a quiet zone of four modules around it, which the template leaves; `label` says it in words.
    """

    path: str
    size: int
    label: str


def qr(address: str, label: str) -> QR:
    """The code of `address`. A fold or a stain over 15 % of it does no harm (level M)."""
    import segno  # only a clinic with a web address needs it

    rows = list(segno.make_qr(address, error="m", boost_error=False).matrix)
    return QR("".join(_rows(rows)), len(rows), label)


def _rows(rows: Iterable[Iterable[int]]) -> Iterator[str]:
    """Dark modules that touch in a row are one rectangle, so that no printer leaves a line between them."""
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
