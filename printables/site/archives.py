"""All files of a therapy, or for a reader, in one ZIP: the same files make the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from printables.site.model import Document, Handout, Model

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can name; a real one would change the bytes with every build."""
PLAIN_FILE = 0o644 << 16


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
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for document in sorted(documents, key=lambda d: d.path):
            # A PDF is compressed already; text is not.
            _put(target, document.path, sources[document.path].read_bytes(), deflate=document.form in ("TXT", "BRF"))
        _put(target, "SHA256SUMS", checksums(documents).encode(), deflate=True)
    return made.getvalue()


def _put(target: zipfile.ZipFile, name: str, data: bytes, *, deflate: bool) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr = PLAIN_FILE
    info.create_system = 3  # the same on every system
    info.compress_type = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    target.writestr(info, data)
