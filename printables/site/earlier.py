"""Earlier versions: PDFs that a website offered before, kept under addresses of their own and marked as what they are.

What was offered is read from the website itself, in the catalogue that its last run wrote. So a website that is built
on an empty disk keeps its earlier versions if `catalogue.json`, `earlier/` and the PDFs of the last one are put there
first.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from printables import files
from printables.publish import manifest
from printables.site.catalogue import Catalogue
from printables.site.model import SiteModel
from printables.site.writing import SitePart

FOLDER = "earlier/"
LIST = f"{FOLDER}earlier.json"
PAGE = f"{FOLDER}index.html"
_BELOW = re.compile(r"(?:^|/)((?:leaflets|worksheets)/.+)$")


class Earlier(BaseModel):
    """One PDF of a version that is no longer offered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    was: str
    """Its address while it was offered; today's version may stand there."""
    title: str
    edition: str
    code: str
    version: str
    last_review: str
    sha256: str


Listed = TypeAdapter(list[Earlier])


def found(site: Path, model: SiteModel) -> list[Earlier]:
    """Return the earlier versions that are kept in the folder `site`, with those that this run supersedes."""
    today = {document.path: handout.version for handout in model.handouts() for document in handout.documents}
    every = [*_listed(site), *_superseded(site, today)]
    by_path = {one.path: one for one in every if manifest.on_disk(site, _file(site, one))}
    by_path |= {one.path: one for one in every if one.path not in by_path and _was_there(site, one)}
    return sorted(by_path.values(), key=lambda one: (one.was, one.version, one.path))


def parts(site: Path, every: Iterable[Earlier]) -> Iterator[SitePart]:
    """Yield the parts for the PDFs; those that are superseded only now are read before today's take their place."""
    for one in every:
        place = site / (one.path if manifest.on_disk(site, _file(site, one)) else one.was)
        yield SitePart(one.sha256, (one.path,), partial(dict, {one.path: place.read_bytes()}))


def listing(every: Iterable[Earlier]) -> bytes:
    """Return the list for the next run, and for other systems."""
    return (json.dumps([one.model_dump() for one in every], indent=1, ensure_ascii=False) + "\n").encode()


def _listed(site: Path) -> list[Earlier]:
    with contextlib.suppress(OSError, ValidationError):
        return [one for one in Listed.validate_json((site / LIST).read_bytes()) if _is_ours(one)]
    return []


def _is_ours(one: Earlier) -> bool:
    return files.is_safe(one.path) and files.is_safe(one.was) and one.path.startswith(FOLDER)


def _superseded(site: Path, today: Mapping[str, str]) -> Iterator[Earlier]:
    try:
        offered = Catalogue.model_validate_json((site / "catalogue.json").read_bytes())
    except (OSError, ValidationError):
        return
    for item in offered.items:
        path = _BELOW.search(item.url)
        if item.format != "application/pdf" or item.sheets or not path:
            continue
        if today.get(path[1], item.version) == item.version:  # what was withdrawn may have been wrong: it goes
            continue
        was = PurePosixPath(path[1])
        one = Earlier(
            path=f"{FOLDER}{was.with_name(f'{was.stem}-version-{_plain(item.version)}.pdf')}",
            was=path[1],
            title=item.title,
            edition=item.edition,
            code=item.code,
            version=item.version,
            last_review=item.last_review,
            sha256=item.sha256,
        )
        if _is_ours(one):
            yield one


def _plain(version: str) -> str:
    return re.sub(r"[^0-9A-Za-z.]", "-", version)


def _file(site: Path, one: Earlier) -> manifest.File:
    size = (site / one.path).stat().st_size if (site / one.path).is_file() else 0
    return manifest.File(one.path, one.sha256, size)


def _was_there(site: Path, one: Earlier) -> bool:
    """Return whether the file is still where it was offered, as the catalogue describes it."""
    with contextlib.suppress(OSError):
        return manifest.digest((site / one.was).read_bytes()) == one.sha256
    return False
