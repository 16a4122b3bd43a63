"""Reproducible ZIP files with all files of a therapy or for an audience, and one of everything usual with an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from printables.publish.archive import zip_bytes
from printables.publish.manifest import Entry
from printables.site.model import Download, SiteHandout, SiteModel

USUAL = "zip/everything.zip"
"""The PDF of the usual edition of every leaflet and worksheet, with an index to open in a browser."""


def wanted(model: SiteModel) -> dict[str, list[Download]]:
    """Return the content of each archive of the site, by path."""
    found: dict[str, list[Download]] = {}
    for therapy in model.therapies:
        found[therapy.archive] = _documents((*therapy.leaflets, *therapy.worksheets))
    for reader in model.readers:
        mine = [handout for handout in model.handouts() if handout.audience == reader.id]
        found[reader.archive] = _documents(mine)
    found[USUAL] = [handout.main for handout in model.handouts()]
    return found


def _documents(handouts: Iterable[SiteHandout]) -> list[Download]:
    return [document for handout in handouts for document in handout.documents]


def checksums(documents: Iterable[Download | Entry]) -> str:
    """Return the checksums in the format of `sha256sum --check`."""
    return "".join(f"{document.sha256}  {document.path}\n" for document in sorted(documents, key=lambda d: d.path))


def archive(documents: Sequence[Download], sources: Mapping[str, Path], index: bytes = b"") -> bytes:
    """Return a ZIP. `sources` holds the file on disk for each path. Raises OSError if one is missing."""
    files = {document.path: sources[document.path].read_bytes() for document in documents}
    extra = {"index.html": index} if index else {}
    return zip_bytes({**files, **extra, "SHA256SUMS": checksums(documents).encode()})
