"""All files of a therapy, or for a reader, in one ZIP: the same files make the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from printables.publish.archive import zipped
from printables.site.model import Document, Handout, Model


def wanted(model: Model) -> dict[str, list[Document]]:
    """What each archive of the site holds, by its path."""
    found: dict[str, list[Document]] = {}
    for therapy in model.therapies:
        found[therapy.archive] = _documents((*therapy.leaflets, *therapy.worksheets))
    for reader in model.readers:
        mine = [handout for handout in model.handouts() if handout.audience == reader.id]
        found[reader.archive] = _documents(mine)
    return found


def _documents(handouts: Iterable[Handout]) -> list[Document]:
    return [document for handout in handouts for document in handout.documents]


def checksums(documents: Iterable[Document]) -> str:
    """The list that `sha256sum --check` reads."""
    return "".join(f"{document.sha256}  {document.path}\n" for document in sorted(documents, key=lambda d: d.path))


def archive(documents: Sequence[Document], sources: Mapping[str, Path]) -> bytes:
    """The ZIP. `sources` gives the file on disk for each path. Raises OSError where one is missing."""
    files = {document.path: sources[document.path].read_bytes() for document in documents}
    return zipped({**files, "SHA256SUMS": checksums(documents).encode()})
