"""What can be chosen at the print desk, as data for its script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from printables.library.editions import edition
from printables.publish.manifest import Entry
from printables.site.model import Download, SiteHandout, SiteModel, TherapyPage
from printables.site.words import SiteTexts

LETTER = {"leaflet": "l", "worksheet": "w", "rack": "r"}
"""What the names of items begin with in the address, since a worksheet may be called as a therapy is."""

Places = Mapping[str, Sequence[int]]
"""The problems that each leaflet is about, by its page: where they stand in the list of problems."""

RACK = {"cards": "desk-cards", "posters": "desk-posters"}
"""What the folders of the rack are called."""


def listed(model: SiteModel, rack: Sequence[Entry], words: SiteTexts) -> bytes:
    """Return the script that holds the list: groups of items, each with the file to print of each edition.

    A script can be read from a disk, where a page may fetch nothing.
    """
    places: dict[str, list[int]] = {}
    for at, problem in enumerate(model.problems):
        for leaflet in problem.leaflets:
            places.setdefault(leaflet.page, []).append(at)
    data = {
        "editions": list(model.editions),
        "readers": [(reader.id, reader.name) for reader in model.readers],
        "problems": [(problem.name, problem.official) for problem in model.problems],
        "ids": [problem.id for problem in model.problems],
        "kinds": {kind: words(f"desk-kind-{kind}") for kind in LETTER},
        "groups": [*_leaflets(model, places), *_rack(rack, words), *_worksheets(model, places)],
    }
    return f"const DESK={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _leaflets(model: SiteModel, places: Places) -> Iterator[dict[str, Any]]:
    for therapy in model.therapies:
        if therapy.leaflets:
            others = [therapy.abbreviation, *therapy.also_called]
            items = [_item(one, _about((one,), places)) for one in therapy.leaflets]
            yield {"kind": "leaflet", "name": therapy.name, "words": " ".join(others), "items": items}


def _worksheets(model: SiteModel, places: Places) -> Iterator[dict[str, Any]]:
    """Yield each worksheet; it is about what the leaflets of its therapies are about for the same reader."""
    sheets: dict[str, list[SiteHandout]] = {}
    for one in model.handouts():
        if one.kind == "worksheet":
            sheets.setdefault(one.record, []).append(one)
    homes = {therapy.id: therapy for therapy in model.therapies}
    for mine in sheets.values():
        used = [homes[name] for name in mine[0].therapies]
        said = [word for home in used for word in (home.name, home.abbreviation)]
        items = [_item(one, _about(_beside(one, used), places)) for one in mine]
        yield {"kind": "worksheet", "name": mine[0].title, "words": " ".join(said), "items": items}


def _beside(sheet: SiteHandout, therapies: Iterable[TherapyPage]) -> list[SiteHandout]:
    return [one for therapy in therapies for one in therapy.leaflets if one.audience == sheet.audience]


def _about(leaflets: Iterable[SiteHandout], places: Places) -> list[int]:
    return sorted({at for one in leaflets for at in places.get(one.page, ())})


def _item(one: SiteHandout, problems: Sequence[int]) -> tuple[Any, ...]:
    stem = one.page.removesuffix(".html")
    files = [_file(document, stem) for document in to_print(one)]
    return (f"{LETTER[one.kind]}.{stem.rsplit('/', 1)[1]}", stem, one.audience, one.name, problems, files)


def to_print(handout: SiteHandout) -> list[Download]:
    """Return the file that is printed of each edition: of a booklet its sheets, which are folded."""
    sheets = {one.edition: one for one in handout.documents if one.form == "SHEETS"}
    return [sheets.get(one.edition, one) for one in handout.pdfs]


def _file(document: Download, stem: str) -> tuple[str, str, int, int]:
    """Return edition, end of the path, pages, and 1 for sheets that are folded."""
    folds = document.form == "SHEETS" or edition(document.edition).trifold
    return (document.edition, document.path.removeprefix(stem), document.pages, int(folds))


def _rack(entries: Iterable[Entry], words: SiteTexts) -> Iterator[dict[str, Any]]:
    """Yield the cards and the posters, each in one group."""
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for entry in entries:
        folder, stem = entry.path.split("/", 1)[0], entry.path.removesuffix(".pdf")
        name = entry.title if folder == "cards" else f"{entry.title}, {entry.edition.upper()}"
        file = (entry.edition, ".pdf", entry.pages, int(folder == "cards"))
        item: tuple[Any, ...] = (f"{LETTER['rack']}.{stem.rsplit('/', 1)[1]}", stem, entry.audience, name, [], [file])
        groups.setdefault(folder, []).append(item)
    for folder, items in groups.items():
        yield {"kind": "rack", "name": words(RACK[folder]), "words": "", "chips": 1, "items": items}
