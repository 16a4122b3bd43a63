"""Files in one ZIP: the same files make the same bytes, whenever and wherever."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can name; a real one would change the bytes with every build."""
PLAIN_FILE = 0o644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """The ZIP. What is compressed already, as PDFs are, is stored as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = PLAIN_FILE
            info.create_system = 3  # the same on every system
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            target.writestr(info, files[name])
    return made.getvalue()
