"""Build the website from published files: model, shared files, pictures, archives, pages, and last the search."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from markupsafe import Markup

from printables import files
from printables.cache.environment import environment
from printables.keys import key_of
from printables.library.library import Library
from printables.pages.compose.wording import day
from printables.pages.formats.registry import Format
from printables.pages.formats.text import FORMAT as TEXT
from printables.pages.formats.web_page import FORMAT as WEB_PAGE
from printables.pipeline.build import CheckedLibrary, Progress
from printables.pipeline.run import PlannedLeaflet
from printables.plan import Item
from printables.problems import Problem
from printables.publish import lock
from printables.publish.manifest import Entry
from printables.site import a_to_z, archives, assets, desk, earlier, everyday, fonts, insides, others, search
from printables.site.embedding import OPEN_FOLDERS
from printables.site.form import Form
from printables.site.help import help_of
from printables.site.leaflet_page import LeafletPage
from printables.site.model import (
    CONDITION_PAGES,
    PICTURES,
    SiteHandout,
    TherapyPage,
    archive_path,
    card_path,
    page_path,
)
from printables.site.moved import moves
from printables.site.papers import Papers
from printables.site.render import Renderer, SiteLogo, SiteLook
from printables.site.scenes import scene_path, scenes
from printables.site.stored import copied, stored
from printables.site.survey import survey
from printables.site.texts import running_text
from printables.site.words import SiteTexts
from printables.site.writing import SiteFolder, SitePart, SiteResult, read_state, site_part, write_state

FOLDER, STATE = "site", "site.json"
SEARCH = f"{search.FOLDER}/"


@dataclass(frozen=True)
class SiteInput:
    """The input of a site. `folder` is that of a clinic or region below `output`, with a slash, or empty."""

    checked: CheckedLibrary
    library: Library
    entries: tuple[Entry, ...]
    output: Path
    folder: str
    address: str
    workers: int
    """Number of processes that draw pictures; 0 means one for each core."""
    unread: tuple[Entry, ...] = ()
    """Entries that were published earlier from records that are unreadable today."""
    rack: tuple[Entry, ...] = ()
    """Cards and posters that were made earlier, for the print desk; their paths are those on the site."""

    @property
    def planned(self) -> tuple[PlannedLeaflet, ...]:
        """The leaflets and worksheets of the plan."""
        return self.checked.planned

    def published(self, path: str) -> Path:
        """Return the file in the output folder whose path on the site is `path`."""
        return self.output / f"{self.folder}{path}"


def make(source: SiteInput, progress: Progress | None = None) -> tuple[SiteResult, list[Problem]]:
    """Bring the site up to date. If its own words have errors, nothing is written. Pictures are told as they are drawn.

    Raises OutputError, Busy, SearchMissing, and BadTemplate or MissingWord for its templates and words.
    """
    search.tool()  # fail before half of the site is written
    words, problems = _words(source.library, source.planned[0].item)
    if words is None:
        return SiteResult((), (), ()), problems
    text, problems = running_text(source.library, words)
    if problems:
        return SiteResult((), (), ()), problems
    site, state = source.published(FOLDER), source.published(STATE)
    files.make_folder(site)
    with lock.held(source.output):
        files.sweep(site)
        workers = source.workers or os.cpu_count() or 1
        folder = SiteFolder(site, read_state(state), workers, progress or Progress())
        try:
            _fill(folder, source, words, text)
        except BaseException:
            write_state(state, {**folder.before, **folder.now})  # existing files need not be made again
            raise
        write_state(state, folder.now)
    return folder.written(), []


def _words(library: Library, first: Item) -> tuple[SiteTexts | None, list[Problem]]:
    language = library.regions[first.region].language
    found = library.site_words.get(language)
    if found is None:
        what = f'There are no words for the website in "{language}".'
        mend = "Write them; docs/fields.md lists what the file holds."
        return None, [Problem(f"content/site/{language}.yaml", 0, what, mend)]
    return SiteTexts(found, library.locales[language]), []


def _fill(folder: SiteFolder, source: SiteInput, words: SiteTexts, text: Mapping[str, Markup]) -> None:
    """Make everything in order of dependency: stored and shared files, then pages, then the search over them."""
    model = survey(source.library, source.planned, source.entries, words)
    bodies = {one.page: _words_of(source, one) for one in model.handouts()}
    pages = source.checked.pages
    forms = insides.forms(source.planned, pages, model, bodies)
    named = [f"{one.name}{one.about}{one.official}" for one in model.problems]
    said = [*bodies.values(), *words.site.words.values(), *text.values(), *(form.said() for form in forms.values())]
    letters = fonts.letters([*said, *named, model.publisher])
    clinic = source.library.clinics.get(model.clinic or "")
    kept = earlier.found(folder.site, model)
    folder.write([*earlier.parts(folder.site, kept)])  # before new files take the places of those that they supersede
    folder.write([*assets.costly(pages, source.library.audiences, clinic, letters, source.checked.library_key)])
    cut = assets.versions(folder.now[path].file for path in fonts.PATHS)
    shared = assets.make(pages, source.library.audiences, clinic, cut, words.site.crisis)
    shared[assets.WORDS] = everyday.script(model, words).encode()
    shared[assets.DESK] = desk.listed(model, source.rack, words) + shared[assets.DESK]
    drawn = scenes(model, bodies, pages, source.library, clinic)
    shared |= drawn
    logo = source.library.logos.get(model.clinic or "")
    if logo:
        shared[logo.src] = logo.data
    index = pages.site_page("_site/index.html", site=model, t=words).encode()
    paths = {document.path: source.published(document.path) for one in model.handouts() for document in one.documents}
    rack = (copied(one.path, one.sha256, source.published(one.path)) for one in source.rack)
    folder.write([*stored(model, paths, index), *rack, *(site_part(path, data) for path, data in shared.items())])
    shown = SiteLogo(logo.src, clinic.name) if logo and clinic else None
    helps = help_of(source.library, source.planned, clinic, partial(_web_page, source))
    inline = assets.inline(pages, source.library.audiences, clinic)
    versions = assets.versions(one.file for one in folder.now.values())
    look = SiteLook(words, versions, source.address, helps, inline, shown, drawn.keys())
    renderer = Renderer(pages, model, look)
    parts = insides.leaflets(source.library, model, bodies, logo, words)
    made = dict(_pages(source, renderer, text, {**parts, **forms}, folder))
    papers = Papers(source.library, renderer, source.address, moves(model, source.library.site.renamed), source.rack)
    framed, fragments = (
        insides.alone(source.library, model, bodies, logo, words(said)) for said in ("sheets-framed", "sheets-apart")
    )
    extra = {**papers.shown(framed, fragments, kept), **papers.files(made, inline)}
    folder.write(
        [site_part(path, data) for path, data in {**{p: h.encode() for p, h in made.items()}, **extra}.items()]
    )
    folder.leave(partial(_is_unread, source))
    folder.remove_stale(but_below=SEARCH)  # the index is made from the files in the folder
    folder.write([_search(folder)])
    folder.remove_stale()


def _is_unread(source: SiteInput, path: str) -> bool:
    """Return whether a file of the site belongs to an unreadable record, or is linked from such a record's pages.

    Such files are kept, so that no address stops working.
    """
    stems = {entry.path.removeprefix(source.folder).removesuffix(".pdf") for entry in source.unread}
    therapies = {entry.therapy for entry in source.unread} & source.library.broken
    own = {place(therapy) for therapy in therapies for place in (page_path, archive_path, card_path, scene_path)}
    about = bool(source.unread) and path.startswith(CONDITION_PAGES)
    below = next((path.removeprefix(folder) for folder in (PICTURES, *OPEN_FOLDERS) if path.startswith(folder)), path)
    return about or path in own or below.startswith(tuple(stems))


def _search(folder: SiteFolder) -> SitePart:
    """Return the search index, which is made again if an indexed page has changed."""
    key = key_of(environment(), sorted(known.file for path, known in folder.now.items() if search.knows(path)))
    paths = tuple(path for path, file in folder.before.items() if path.startswith(SEARCH) and file.key == key)
    return SitePart(key, paths or (SEARCH,), partial(search.index, folder.site))


def _words_of(source: SiteInput, handout: SiteHandout) -> str:
    """Return the published words of a handout: a leaflet's web page or a worksheet's text."""
    return _beside(source, handout, WEB_PAGE if handout.kind == "leaflet" else TEXT)


def _web_page(source: SiteInput, item: Item) -> str:
    """Return the web page published beside a leaflet's PDF; empty where it could not be printed."""
    path = source.published(item.path.removeprefix(source.folder).removesuffix(".pdf") + WEB_PAGE.suffix)
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _beside(source: SiteInput, handout: SiteHandout, form: Format) -> str:
    """Return the text of the file published beside its PDF."""
    return source.published(handout.main.path.removesuffix(".pdf") + form.suffix).read_text(encoding="utf-8")


def _pages(
    source: SiteInput,
    renderer: Renderer,
    text: Mapping[str, Markup],
    within: Mapping[str, LeafletPage | Form],
    folder: SiteFolder,
) -> Iterator[tuple[str, str]]:
    model, library = renderer.model, source.library
    homes = {therapy.id: therapy for therapy in model.therapies}
    sets = archives.wanted(model)
    archived = {path: (len(inside), folder.now[path].file.bytes) for path, inside in sets.items()}
    yield from renderer.home()
    yield from renderer.therapies(archived)
    yield from a_to_z.pages(renderer)
    yield from renderer.texts(text)
    yield renderer.help({name: library.audiences[name].name[model.language] for name in library.audiences})
    yield from renderer.desk(archived)
    yield others.by_code(renderer, library.conditions)
    yield renderer.missing()
    yield renderer.downloads(archived)
    for handout in model.handouts():
        yield _handout(renderer, handout, homes[handout.therapies[0]], library, within.get(handout.page))


def _handout(
    renderer: Renderer, handout: SiteHandout, therapy: TherapyPage, library: Library, inside: LeafletPage | Form | None
) -> tuple[str, str]:
    locale = library.locales[handout.language]
    found = list(dict.fromkeys((*handout.conditions, *handout.broader)))
    return renderer.handout(handout, therapy, found, lambda value: day(date.fromisoformat(value), locale), inside)
