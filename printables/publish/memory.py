"""What an earlier run found out, kept beside what it published so that nobody need find it out again.

Every part is kept under a hash of all that decides it, so a part is either right or not found. Where the file is not
there, is broken or is another version's, everything is looked at anew, and nothing else happens.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from printables.publish import files

NAME = ".known.json"
FORMAT = 1


def read(output: Path) -> dict[str, dict[str, Any]]:
    """The parts by kind and hash."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        whole = json.loads((output / NAME).read_bytes())
        if whole["format"] == FORMAT:
            return {kind: dict(parts) for kind, parts in whole["parts"].items()}
    return {}


def write(output: Path, parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep the parts, data for JSON, where there is an output folder and it says anything new.

    Raises nothing: what cannot be kept is found out again.
    """
    data = json.dumps({"format": FORMAT, "parts": parts}, separators=(",", ":")).encode()
    path = output / NAME
    with contextlib.suppress(OSError, files.OutputError):
        if output.is_dir() and not (path.is_file() and path.read_bytes() == data):
            files.write_atomic(path, data)
