"""The key of everything that records share: the environment, the shared content files, the templates."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from printables import limits, paths
from printables.cache.environment import contents, environment
from printables.keys import key_of
from printables.library.folders import RECORD_ENDINGS, Folders, yaml_files
from printables.library.owners import TRANSLATIONS

RECORDS = ("therapies", "worksheets", "packs", "approvals.yaml", TRANSLATIONS)
"""What has keys of its own: folders below the content that hold a record per file, and the approvals of each record."""


NOTHING = -1
"""The largest size of a file of whose content nothing matters."""


def library_key(content: Path | Folders, templates: Path, language: str = "") -> str:
    """Return the key. If it is equal, the same record gives the same leaflets and problems.

    Only the key of a language covers its words; of those of a record, which has a key of its own, none does.
    """
    own = paths.own() / "templates"
    layers = Folders.of(content).layers()
    records = [list(contents(layer, RECORDS, largest=_limit(layer, layers))) for layer in layers]
    homes = [layer / TRANSLATIONS / language for layer in layers] if language else []
    records += [[language, *contents(home, ("therapies", "worksheets"))] for home in homes]
    looks = [templates, *([own] if own.resolve() != templates.resolve() else [])]
    return key_of(environment(), [*records, *(list(contents(folder)) for folder in looks)])


def _limit(layer: Path, layers: Iterable[Path]) -> Callable[[Path], int | None]:
    """Return a test of how large a file may be so that its content matters: no more of it is read anywhere.

    Beside the records may lie whatever a clinic keeps there. Of pictures, only those that a clinic names are used, and
    of links, none that lead out of the folder.
    """
    named, root = _words_of_clinics(layers), layer.resolve()

    def largest(path: Path) -> int:
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            return NOTHING
        if path.suffix.lower() in RECORD_ENDINGS:
            return limits.FILE_BYTES
        # A clinic names a picture, or the folder of its own pictures for Easy Read.
        in_folder = path.parent.parent.name == "clinics" and path.parent.name
        is_named = named is None or any(_squashed(name) in named for name in (path.name, in_folder) if name)
        return limits.PHOTO_BYTES if is_named else NOTHING

    return largest


def _words_of_clinics(layers: Iterable[Path]) -> str | None:
    """Return the text of all clinics' files; None if a name in it may be written with other signs than its own."""
    texts = [_text(path, layer.resolve()) for layer in layers for _, path in yaml_files(layer / "clinics")]
    return None if any("\\" in text for text in texts) else _squashed("\n".join(texts))


def _text(path: Path, root: Path) -> str:
    """Return the text of a regular file in the folder `root`; of anything else, nothing is read."""
    with contextlib.suppress(OSError, RuntimeError):
        if path.is_file() and path.resolve().is_relative_to(root):
            with path.open("rb") as file:
                return file.read(limits.FILE_BYTES).decode(errors="replace")
    return ""


def _squashed(text: str) -> str:
    """Return a text as YAML may have it in several ways: with its spaces alike, composed, single quotes not doubled."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).replace("''", "'")
