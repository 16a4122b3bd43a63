"""A clinic's own pictures for Easy Read, each in place of one of the kit: `talk.png`, checked as logos are.

A picture that cannot be used stops no leaflet: the kit's is printed in its place, and a warning gives the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from printables.library.clinics import Clinic
from printables.library.folders import Folders
from printables.library.logo.logo import INSTEAD, Logo, read_logo
from printables.library.parts import SIGNS
from printables.library.yaml_reader import Document
from printables.problems import Problem, guess

KIT_INSTEAD = "Our own picture is printed instead."
MOST = 2 * len(SIGNS)
"""Files that are looked at: more are somebody's whole collection."""


def read_pictures(
    clinics: Mapping[str, Clinic], documents: Mapping[str, Document], folders: Folders
) -> tuple[dict[str, dict[str, Logo]], list[Problem]]:
    """Return the usable pictures of each clinic that names a folder, by what they replace, and all problems."""
    found: dict[str, dict[str, Logo]] = {}
    problems: list[Problem] = []
    for clinic in clinics.values():
        if clinic.pictures is None:
            continue
        document = documents[f"clinic:{clinic.id}"]
        folder = folders.beside("clinics", clinic.pictures) / clinic.pictures
        found[clinic.id] = {}
        for what, mend in _read(folder, clinic.pictures, found[clinic.id]):
            problems.append(Problem(document.path, document.line(("pictures",)), what, mend, "warning"))
    return found, problems


def asset(name: str, picture: Logo) -> str:
    """Return the name of a picture among the assets of a leaflet."""
    return f"picture-{name}.{'png' if picture.media_type == 'image/png' else 'svg'}"


def _read(folder: Path, name: str, into: dict[str, Logo]) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        yield f'There is no folder "{name}" beside this file.', "Make it, and put pictures such as talk.png in it."
        return
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    if len(files) > MOST:
        yield f'The folder "{name}" has {len(files)} files; {MOST} are the most.', "Copy only those that you need."
        return
    for path in files:
        if path.stem not in SIGNS:
            mend = guess(path.stem, SIGNS).strip() or "Call it as one of our pictures is called: see the gallery."
            yield f'"{name}/{path.name}" stands for no picture of ours.', mend
            continue
        picture, notes = read_logo(folder, path.name)
        if picture:
            into[path.stem] = picture
        for what, mend in notes:
            yield what.replace("The logo", "The picture").replace(INSTEAD, KIT_INSTEAD), mend.replace("logo", "picture")
