"""Files of the site made from published ones: copies, page pictures, cards, archives."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from printables.cache.environment import environment
from printables.keys import key_of
from printables.site import archives, pictures
from printables.site.model import Download, PagePicture, SiteHandout, SiteModel, card_path
from printables.site.render import SITE_CARD
from printables.site.writing import SitePart

ON_CARD = 3
"""Number of leaflets on a card."""

Paths = Mapping[str, Path]
"""The published file of each document, by its path on the site."""


def stored(model: SiteModel, paths: Paths, index: bytes) -> Iterator[SitePart]:
    """Yield the parts for every document with its pictures, the cards and the archives.

    `index` is the page in the archive of everything usual that lists what is in it.
    """
    for handout in model.handouts():
        for document in handout.documents:
            yield copied(document.path, document.sha256, paths[document.path])
        yield from _pictures(handout, paths)
    yield from _cards(model, paths)
    for path, documents in archives.wanted(model).items():
        own = index if path == archives.USUAL else b""
        yield SitePart(_archive_key(path, documents, own), (path,), partial(_archive, path, documents, paths, own))


def copied(path: str, sha256: str, source: Path) -> SitePart:
    """Return the part for a published file as it is."""
    return SitePart(sha256, (path,), partial(_copy, path, source))


def _copy(path: str, source: Path) -> dict[str, bytes]:
    return {path: source.read_bytes()}


def _archive(path: str, documents: Sequence[Download], paths: Paths, index: bytes) -> dict[str, bytes]:
    return {path: archives.archive(documents, paths, index)}


def _archive_key(path: str, documents: Sequence[Download], index: bytes) -> str:
    return key_of(environment(), path, [(document.path, document.sha256) for document in documents], index)


def pictures_key(sha256: str, shown: Sequence[PagePicture]) -> str:
    """Return the key of the pictures of these pages of the PDF with this hash."""
    return key_of(environment(), sha256, shown)


def card_key(path: str, card: pictures.ShareCard, covers: Sequence[str]) -> str:
    """Return the key of a card; `covers` are the hashes of the PDFs that it shows."""
    return key_of(environment(), path, dataclasses.replace(card, covers=()), covers)


def _pictures(handout: SiteHandout, paths: Paths) -> Iterator[SitePart]:
    for document in handout.pdfs:
        cover = handout.covers[document.edition]
        shown = handout.pictures if cover == handout.pictures[0] else (cover,)
        names = tuple(path for one in shown for path in (one.small, one.large))
        key = pictures_key(document.sha256, shown)
        yield SitePart(key, names, partial(pictures.draw, paths[document.path], shown), heavy=True)


def _cards(model: SiteModel, paths: Paths) -> Iterator[SitePart]:
    """Yield the pictures for shared links: of the whole site, and of each therapy."""
    firsts = [therapy.leaflets[0] for therapy in model.therapies if therapy.leaflets]
    readers = ", ".join(reader.name for reader in model.readers)
    yield _card(SITE_CARD, model.publisher, readers, "", firsts[:ON_CARD], paths)
    for therapy in model.therapies:
        readers = ", ".join(leaflet.reader for leaflet in therapy.leaflets)
        yield _card(card_path(therapy.id), therapy.name, readers, model.publisher, therapy.leaflets[:ON_CARD], paths)


def _card(path: str, title: str, line: str, publisher: str, shown: Sequence[SiteHandout], paths: Paths) -> SitePart:
    documents = [handout.main for handout in shown]
    card = pictures.ShareCard(title, line, publisher, tuple(paths[one.path] for one in documents))
    key = card_key(path, card, [one.sha256 for one in documents])
    return SitePart(key, (path,), partial(pictures.draw_share_card, path, card), True)
