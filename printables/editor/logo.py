"""A clinic's logo that was chosen on the page: checked as a build checks it, then kept beside the clinic's record."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path, PurePosixPath

from printables.editor.records import RecordFile
from printables.editor.values import EditRefused
from printables.files import OutputError, write_atomic
from printables.library.logo.logo import INSTEAD, read_logo

ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp")


def kept(clinic: RecordFile, name: str, data: bytes) -> tuple[str, list[str]]:
    """Write the picture beside the clinic's record. Return its name, and what should be known of it.

    Its name holds a part of its hash, so no other picture is ever written over. Raises EditRefused.
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending not in ENDINGS:
        raise EditRefused("This is no picture that can be printed.", f"Choose one of: {', '.join(ENDINGS)}.", "invalid")
    target = clinic.target.with_name(f"{clinic.target.stem}-{hashlib.sha256(data).hexdigest()[:8]}{ending}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            write_atomic(Path(folder) / target.name, data)
            found, notes = read_logo(Path(folder), target.name)
        said = [
            (what.removesuffix(f" {INSTEAD}").replace(target.name, PurePosixPath(name).name), mend)
            for what, mend in notes
        ]
        if found is None:
            raise EditRefused(*said[0], "invalid")
        write_atomic(target, data)
    except OutputError as error:
        raise EditRefused(error.problems[0].what, "Look at the folder and the disk.", "readonly") from None
    return target.name, [" ".join(one) for one in said]
