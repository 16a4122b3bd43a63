"""The website from what was built: survey, pages, pictures, archives, search; each file whole, the search last."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from printables.build import Checked
from printables.checks.subject import Subject
from printables.library.library import Library
from printables.pages.wording import day
from printables.problems import Problem
from printables.publish import files, lock, manifest
from printables.publish.manifest import Entry
from printables.site import archives, assets, fonts, hosting, pictures, search
from printables.site.catalogue import Catalogue, catalogue
from printables.site.model import Document, Handout, Model, TherapyPage
from printables.site.render import SITE_CARD, Logo, Look, Renderer, card_path
from printables.site.survey import survey
from printables.site.texts import help_boxes, running_text, worksheet_words
from printables.site.twin import twin
from printables.site.words import Words
from printables.site.writing import Part, State, Written, part, read_state, remove_stale, write, write_state

FOLDER, STATE = "site", "site.json"
DRAWN = "1"
"""Raise it where pictures must be drawn again although the PDFs have not changed."""


@dataclass(frozen=True)
class Source:
    """What a site is made from. `folder` is that of a clinic or region below `output`, with a slash, or empty."""

    checked: Checked
    library: Library
    entries: tuple[Entry, ...]
    output: Path
    folder: str
    address: str
    workers: int

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The leaflets and worksheets that were planned."""
        return self.checked.subjects

    def published(self, path: str) -> Path:
        """The file in the output folder whose path on the site is `path`."""
        return self.output / f"{self.folder}{path}"


def make(source: Source) -> tuple[Written, list[Problem]]:
    """Bring the site up to date. Where something is wrong with its own words, nothing is written.

    Raises OutputError, Busy, SearchMissing, and jinja2.TemplateError for a template of the site that is wrong.
    """
    search.tool()  # better to stop before there is half of it
    words, problems = _words(source.library, source.subjects[0])
    if words is None:
        return Written((), (), ()), problems
    text, problems = running_text(source.library, words)
    if problems:
        return Written((), (), ()), problems
    model = survey(source.library, source.subjects, source.entries, words)
    site, state_file = source.published(FOLDER), source.published(STATE)
    files.make_folder(site)
    with lock.held(source.output):
        files.sweep(site)
        before = read_state(state_file)
        now: State = {}
        try:
            made = _make(source, model, words, text, site, before, now)
        except BaseException:
            write_state(state_file, {**before, **now})  # what is there already need not be made again
            raise
        removed = remove_stale(site, before, now)
        write_state(state_file, now)
    return Written(tuple(sorted(made)), tuple(sorted(now.keys() - set(made))), removed), []


def _words(library: Library, first: Subject) -> tuple[Words | None, list[Problem]]:
    language = first.leaflet.region.language
    found = library.site_words.get(language)
    if found is None:
        what = f'There are no words for the website in "{language}".'
        return None, [Problem(f"content/site/{language}.yaml", 0, what, "Write them; docs/fields.md lists what it holds.")]
    return Words(found, library.locales[language]), []


def _make(
    source: Source,
    model: Model,
    words: Words,
    text: Mapping[str, object],
    site: Path,
    before: State,
    now: State,
) -> list[str]:
    """Write everything, what others need first; `now` grows meanwhile. Gives the paths of what was made."""
    twins = {one.page: _twin_of(source, one) for one in model.handouts()}
    letters = fonts.letters([*twins.values(), *words.site.words.values(), *map(str, text.values()), model.publisher])
    clinic = source.library.clinics.get(model.clinic or "")
    shared = assets.make(source.checked.pages, source.library.audiences, clinic, letters)
    stored = list(_stored(source, model))
    made = _write(site, [*stored, *(part(path, data) for path, data in shared.items())], before, now, source.workers)
    logo = _logo(source)
    look = Look(words, assets.versions(shared), source.address, Logo(logo[0], clinic.name) if logo and clinic else None)
    pages = dict(_pages(source, Renderer(source.checked.pages, model, look), text, twins, now))
    papers = _papers(model, pages, source.address) | ({logo[0]: logo[1]} if logo else {})
    rest = [part(path, data) for path, data in {**{p: h.encode() for p, h in pages.items()}, **papers}.items()]
    made += _write(site, rest, before, now, source.workers)
    # The index is made from what lies in the folder, so that what is no longer there must go first.
    remove_stale(site, {path: file for path, file in before.items() if not _is_search(path)}, now)
    return made + _search(site, model, before, now)


def _write(site: Path, parts: list[Part], before: State, now: State, workers: int) -> list[str]:
    done, made = write(site, parts, before, workers)
    now.update(done)
    return list(made)


def _search(site: Path, model: Model, before: State, now: State) -> list[str]:
    """The index of the search, made anew where a page that it knows has changed."""
    known = sorted(now[handout.page].file.sha256 for handout in model.handouts())
    key = manifest.digest("\n".join([search.version(), *known]).encode())
    paths = tuple(path for path, file in before.items() if _is_search(path) and file.key == key)
    whole = Part(key, paths or (f"{search.FOLDER}/",), partial(search.index, site))
    return _write(site, [whole], before, now, 1)


def _is_search(path: str) -> bool:
    return path.startswith(f"{search.FOLDER}/")


def _stored(source: Source, model: Model) -> Iterator[Part]:
    """The files to download, pictures of their pages, cards, and archives."""
    paths = {document.path: source.published(document.path) for one in model.handouts() for document in one.documents}
    for handout in model.handouts():
        for document in handout.documents:
            yield Part(document.sha256, (document.path,), partial(_copy, document.path, paths[document.path]))
        yield from _pictures(handout, paths)
    yield from _cards(model, paths)
    for path, documents in archives.wanted(model).items():
        yield Part(_key(documents), (path,), partial(_archive, path, documents, paths))


def _copy(path: str, source: Path) -> dict[str, bytes]:
    return {path: source.read_bytes()}


def _archive(path: str, documents: list[Document], paths: Mapping[str, Path]) -> dict[str, bytes]:
    return {path: archives.archive(documents, paths)}


def _key(documents: list[Document], *more: str) -> str:
    return manifest.digest("\n".join([*more, *sorted(f"{one.sha256} {one.path}" for one in documents)]).encode())


def _pictures(handout: Handout, paths: Mapping[str, Path]) -> Iterator[Part]:
    for document in handout.pdfs:
        cover = handout.covers[document.edition]
        shown = handout.pictures if cover == handout.pictures[0] else (cover,)
        names = tuple(path for one in shown for path in (one.small, one.large))
        yield Part(_key([document], DRAWN), names, partial(pictures.draw, paths[document.path], shown), heavy=True)


def _cards(model: Model, paths: Mapping[str, Path]) -> Iterator[Part]:
    """A picture for shared links: for each therapy, and for the whole site."""
    line = ", ".join(reader.name for reader in model.readers)
    firsts = [therapy.leaflets[0] for therapy in model.therapies if therapy.leaflets][:3]
    wanted: list[tuple[str, str, str, tuple[Handout, ...]]] = [(SITE_CARD, model.publisher, line, tuple(firsts))]
    for therapy in model.therapies:
        readers = ", ".join(leaflet.reader for leaflet in therapy.leaflets)
        wanted.append((card_path(therapy), therapy.name, readers, therapy.leaflets[:3]))
    for path, title, below, shown in wanted:
        documents = [handout.main for handout in shown]
        card = pictures.Card(title, below, model.publisher if path != SITE_CARD else "", tuple(paths[d.path] for d in documents))
        key = _key(documents, DRAWN, card.title, card.line, card.publisher)
        yield Part(key, (path,), partial(pictures.draw_card, path, card), heavy=True)


def _twin_of(source: Source, handout: Handout) -> str:
    """The published words of a handout: a leaflet's web page, a worksheet's text."""
    ending = ".html" if handout.kind == "leaflet" else ".txt"
    return source.published(handout.main.path.removesuffix(".pdf") + ending).read_text(encoding="utf-8")


def _logo(source: Source) -> tuple[str, bytes] | None:
    item = source.subjects[0].item
    logo = source.library.logos.get(item.clinic or "")
    return (logo.src, logo.data) if logo else None


def _pages(
    source: Source, renderer: Renderer, text: Mapping[str, object], twins: Mapping[str, str], now: State
) -> Iterator[tuple[str, str]]:
    model, library = renderer.model, source.library
    homes = {therapy.id: therapy for therapy in model.therapies}
    archived = {path: (len(inside), now[path].file.bytes) for path, inside in archives.wanted(model).items()}
    yield from renderer.home()
    yield from renderer.therapies(archived)
    yield from renderer.conditions()
    yield from renderer.texts(text)
    region = source.subjects[0].leaflet.region
    yield renderer.help(region.name, list(help_boxes(library, source.subjects)))
    yield renderer.desk()
    yield renderer.missing()
    yield renderer.downloads(archived)
    for handout in model.handouts():
        yield _handout(renderer, handout, homes[handout.therapies[0]], twins[handout.page], library)


def _handout(
    renderer: Renderer, handout: Handout, therapy: TherapyPage, words: str, library: Library
) -> tuple[str, str]:
    locale = library.locales[handout.language]
    inside = {"twin": twin(words)} if handout.kind == "leaflet" else {"text": worksheet_words(words)}
    found = list(dict.fromkeys((*handout.conditions, *handout.broader)))
    return renderer.handout(handout, therapy, found, lambda value: day(date.fromisoformat(value), locale), **inside)


def _papers(model: Model, pages: Mapping[str, str], address: str) -> dict[str, bytes]:
    """What is there for other systems and for web hosts."""
    documents = [document for handout in model.handouts() for document in handout.documents]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Catalogue.model_json_schema()}
    return {
        "catalogue.json": (catalogue(model, address).model_dump_json(indent=1) + "\n").encode(),
        "catalogue.schema.json": (json.dumps(schema, indent=1) + "\n").encode(),
        "SHA256SUMS": archives.checksums(documents).encode(),
        **hosting.files([path for path in pages if path != "404.html"], address),
    }
