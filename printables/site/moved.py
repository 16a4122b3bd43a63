"""Addresses of records that were renamed: they go on working."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from html import escape

from printables.library.site import Renamed
from printables.site.model import SiteHandout, SiteModel, archive_path, card_path, page_path, problem_path


def moves(model: SiteModel, renamed: Renamed) -> dict[str, str]:
    """Return the path of each file that stands on the site, by each of its former paths."""
    found: dict[str, str] = {}
    present = {therapy.id for therapy in model.therapies}
    for old, new in renamed.therapies.items():
        if new in present:
            found |= {path(old): path(new) for path in (page_path, archive_path, card_path)}
            found |= dict(_of_record(model, old, new, "leaflet"))
    for old, new in renamed.worksheets.items():
        found |= dict(_of_record(model, old, new, "worksheet"))
    with_page = {condition for problem in model.problems for condition in problem.conditions}
    for old, new in renamed.conditions.items():
        if new in with_page:
            found[problem_path(old)] = problem_path(new)
    return found


def _of_record(model: SiteModel, old: str, new: str, kind: str) -> Iterator[tuple[str, str]]:
    for handout in model.handouts():
        if handout.kind == kind and handout.record == new:
            for path in _paths(handout):
                folder, name = posixpath.split(path)
                yield posixpath.join(folder, f"{old}{name.removeprefix(new)}"), path


def _paths(handout: SiteHandout) -> Iterator[str]:
    yield handout.page
    yield from (document.path for document in handout.documents)


def pages(moved: Mapping[str, str], language: str, address: str, words: str) -> dict[str, bytes]:
    """Return a page for each former page, which leads on where the host knows nothing of what has moved."""
    return {
        old: _page(old, new, language, address, words).encode() for old, new in moved.items() if new.endswith(".html")
    }


def _page(old: str, new: str, language: str, address: str, words: str) -> str:
    there = escape(f"{'../' * old.count('/')}{new}")
    canonical = f'<link rel="canonical" href="{escape(address + new)}">\n' if address else ""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(words)}</title>\n'
        f'<meta name="robots" content="noindex">\n{canonical}<meta http-equiv="refresh" content="0; url={there}">\n'
        f'</head>\n<body>\n<main><p><a href="{there}">{escape(words)}</a></p></main>\n</body>\n</html>\n'
    )
