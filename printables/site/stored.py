"""The files of the site that are made from the published ones: copies, pictures of pages, cards, archives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from printables.publish import manifest
from printables.site import archives, pictures
from printables.site.model import Document, Handout, Model
from printables.site.render import SITE_CARD, card_path
from printables.site.writing import Part

DRAWN = "1"
"""Raise it where pictures must be drawn again although the PDFs have not changed."""
ON_CARD = 3
"""How many leaflets a card shows."""

Paths = Mapping[str, Path]
"""Where each document was published, by its path on the site."""


def stored(model: Model, paths: Paths) -> Iterator[Part]:
    """Every document, with its pictures; the cards and the archives."""
    for handout in model.handouts():
        for document in handout.documents:
            yield Part(document.sha256, (document.path,), partial(_copy, document.path, paths[document.path]))
        yield from _pictures(handout, paths)
    yield from _cards(model, paths)
    for path, documents in archives.wanted(model).items():
        yield Part(_key(documents), (path,), partial(_archive, path, documents, paths))


def _copy(path: str, source: Path) -> dict[str, bytes]:
    return {path: source.read_bytes()}


def _archive(path: str, documents: Sequence[Document], paths: Paths) -> dict[str, bytes]:
    return {path: archives.archive(documents, paths)}


def _key(documents: Sequence[Document], *more: str) -> str:
    return manifest.digest("\n".join([*more, *sorted(f"{one.sha256} {one.path}" for one in documents)]).encode())


def _pictures(handout: Handout, paths: Paths) -> Iterator[Part]:
    for document in handout.pdfs:
        cover = handout.covers[document.edition]
        shown = handout.pictures if cover == handout.pictures[0] else (cover,)
        names = tuple(path for one in shown for path in (one.small, one.large))
        yield Part(_key([document], DRAWN), names, partial(pictures.draw, paths[document.path], shown), heavy=True)


def _cards(model: Model, paths: Paths) -> Iterator[Part]:
    """A picture for shared links: for the whole site, and for each therapy."""
    firsts = [therapy.leaflets[0] for therapy in model.therapies if therapy.leaflets]
    readers = ", ".join(reader.name for reader in model.readers)
    yield _card(SITE_CARD, model.publisher, readers, "", firsts[:ON_CARD], paths)
    for therapy in model.therapies:
        readers = ", ".join(leaflet.reader for leaflet in therapy.leaflets)
        yield _card(card_path(therapy), therapy.name, readers, model.publisher, therapy.leaflets[:ON_CARD], paths)


def _card(path: str, title: str, line: str, publisher: str, shown: Sequence[Handout], paths: Paths) -> Part:
    documents = [handout.main for handout in shown]
    card = pictures.Card(title, line, publisher, tuple(paths[one.path] for one in documents))
    return Part(_key(documents, DRAWN, title, line, publisher), (path,), partial(pictures.draw_card, path, card), True)
