"""Decide whether a leaflet is the current edition, by its bytes or by the code in its footer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from printables import files, paths
from printables.problems import Problem
from printables.publish import manifest
from printables.publish.manifest import Entry

FETCH = "Hand out that one instead."
_CODE = re.compile(r"(?P<words>(?P<stem>.+)-\d+\.\d+)(?:-(?P<stamp>[A-Z0-9]+))?")
"""A code in capitals: what it is of, its version, and, since codes have one, the stamp of its words."""
MOST_NAMED = 3
"""Where a leaflet is published for several regions or clinics, so many of them are named."""
LOST = "It may come from elsewhere, or be withdrawn. Do not hand it out before you know."


def current(output: Path, given: str, today: date) -> tuple[str, Problem | None]:
    """Return a message about a current leaflet, or a problem if it is not current.

    `output` is a published folder; `given` is the path of a PDF, or a code such as IPT-TEEN-EN-1.0-K7F9. A PDF is
    current if the manifest holds its hash; a code without stamp, if it names the current version.
    """
    entries = _entries(output)
    if not entries:
        what = "There is no manifest here that could tell."
        return "", Problem(str(output / manifest.NAME), 0, what, "Build first, or name another folder with --output.")
    if not _is_code(given):
        return _of_file(output, Path(given), entries, today)
    return _of_code(given.strip().upper(), given, output, entries, today)


def folders(output: Path) -> list[Path]:
    """Return the folders in which something is published: what was released, and the output folder itself."""
    both = (output / paths.RELEASE, output)
    return [folder for folder in both if (folder / manifest.NAME).exists()] or [output]


def _entries(output: Path) -> tuple[Entry, ...]:
    """Return what is published, with paths below `output`; first what was released, and plain editions."""
    return tuple(
        dataclasses.replace(one, path=(folder / one.path).relative_to(output).as_posix())
        for folder in folders(output)
        for one in sorted(manifest.read(folder)[0].entries, key=_features)
    )


def _features(entry: Entry) -> tuple[int, str]:
    """Return how much distinguishes an edition from a plain one, and its name: a4 before letter before a4-cream."""
    return entry.edition.count("-"), entry.edition


def _is_code(given: str) -> bool:
    return not given.lower().endswith(".pdf") and not Path(given).exists()


def _of_file(output: Path, path: Path, entries: tuple[Entry, ...], today: date) -> tuple[str, Problem | None]:
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"The file cannot be read: {error.strerror or error}."
        return "", Problem(str(path), 0, what, "Name a PDF, or the code in its foot.")
    digest = manifest.digest(data)
    for entry in entries:
        if digest in {file.sha256 for file in entry.all_files()}:
            return _found(entry, output, str(path), today)
    code = _code_in(data)
    if not code:
        return "", Problem(str(path), 0, "This is not a leaflet that was published here, and bears no code.", LOST)
    _, problem = _of_code(code, str(path), output, entries, today)
    if problem:
        return "", problem
    what = f"It bears the code {code} of the current edition, and is not the file that was published."
    same = output / _with_code(code, entries)[0].path
    return "", Problem(str(path), 0, what, f"It was made earlier, or somebody changed it. The current one is {same}.")


def _of_code(
    code: str, shown: str, output: Path, entries: tuple[Entry, ...], today: date
) -> tuple[str, Problem | None]:
    if same := _with_code(code, entries):
        return _found(same[0], output, shown, today)
    given = _CODE.fullmatch(code)
    is_file = shown.strip().upper() != code
    same_stem = [one for one in entries if given and _words_of(one).startswith(f"{given['stem']}-")]
    now = [next(one for one in same_stem if one.code == its) for its in dict.fromkeys(one.code for one in same_stem)]
    if not (given and now):
        what = "Nothing that is published here has this code."
        if is_file:
            what = f"It bears the code {code}, and nothing that is published here has that."
        return "", Problem(shown, 0, what, LOST)
    why = ""
    if any(_words_of(one) == given["words"] for one in now):
        why = " Its words, contacts or help lines are others."
    codes = " or ".join(f"{one.code}, reviewed on {one.last_review}" for one in now[:MOST_NAMED])
    paths = " or ".join(str(output / one.path) for one in now[:MOST_NAMED])
    it = f"It bears the code {code}, which" if is_file else "This"
    what = f"{it} is not the current edition: that is {codes}.{why}"
    return "", Problem(shown, 0, what, f"It is {paths}. {FETCH}")


def _with_code(code: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return what is published with this code; with a code from before there were stamps, all of its version."""
    given = _CODE.fullmatch(code)
    bare = given is not None and not given["stamp"]
    return [one for one in entries if code == (_words_of(one) if bare else one.code.upper())]


def _words_of(entry: Entry) -> str:
    """Return the code of a published leaflet up to its version, in capitals."""
    parts = _CODE.fullmatch(entry.code.upper())
    return parts["words"] if parts else entry.code.upper()


def _found(entry: Entry, output: Path, shown: str, today: date) -> tuple[str, Problem | None]:
    if entry.next_review < today.isoformat():
        what = f"It is the latest edition, and its review was due on {entry.next_review}."
        return "", Problem(shown, 0, what, "Ask for a new one, or have it reviewed.")
    message = f"{entry.code} is current: {entry.title}, reviewed on {entry.last_review}, next by {entry.next_review}."
    return f"{message} It is {output / entry.path}.", None


def _code_in(pdf: bytes) -> str:
    """Return the code in the keywords of a PDF made by Printables; empty if there is none."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return str(document.get_metadata_dict().get("Keywords", "")).strip().upper()
    except pypdfium2.PdfiumError:
        return ""


def pages(output: Path) -> list[tuple[str, str]]:
    """Return path and HTML of every published leaflet's web page; missing files are left to `verify`."""
    web_pages = []
    for entry in manifest.read(output)[0].entries:
        for file in entry.files:
            path = output / file.path
            if file.path.endswith(".html") and files.is_file(path):
                web_pages.append((str(output / entry.path), path.read_text(encoding="utf-8", errors="replace")))
    return web_pages
