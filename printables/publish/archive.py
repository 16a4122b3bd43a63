"""Reproducible ZIP files: the same content gives the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold; the real time would change the bytes with every build."""
PLAIN_FILE = 0o644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of these files (content by name). PDFs, which are compressed already, are stored as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = PLAIN_FILE
            info.create_system = 3  # Unix; the default depends on the system
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            target.writestr(info, files[name])
    return buffer.getvalue()
