"""Make the site's model from the library and the manifest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from printables.library.editions import Edition
from printables.library.library import Library, pick
from printables.library.related import STRENGTHS, broad
from printables.library.therapies import Claim
from printables.pages.compose.wording import sentence_case
from printables.pages.formats.registry import all_formats
from printables.pipeline.run import PlannedLeaflet
from printables.plan import Item
from printables.publish.manifest import Entry
from printables.site.everyday import problems
from printables.site.model import (
    AGES,
    PICTURES,
    Download,
    PagePicture,
    SiteHandout,
    SiteModel,
    SiteReader,
    TherapyPage,
    archive_path,
    page_path,
)
from printables.site.words import SiteTexts, with_edition

FORMATS = {one.suffix: one for one in all_formats() if one.on_website}
PDF, SHEETS = "PDF", "SHEETS"
ORDER = (PDF, SHEETS, *(one.label for one in FORMATS.values()))
"""The order of files: print formats first."""
LARGE = 640
"""The width of the larger page pictures in pixels; the smaller ones have half of it."""
PAPER = {"a4": (210.0, 297.0), "letter": (215.9, 279.4), "a5": (148.0, 210.0)}
FOLDED = (297.0, 210.0)
"""The paper of a tri-fold, lying."""
"""Width and height in millimetres."""


def survey(
    library: Library,
    planned: Sequence[PlannedLeaflet],
    entries: Sequence[Entry],
    words: SiteTexts,
) -> SiteModel:
    """Return the model: everything planned that was published, with its files in the manifest."""
    by_path = {entry.path: entry for entry in entries}
    groups: dict[tuple[str | None, str, str], list[PlannedLeaflet]] = {}
    for one in planned:
        if one.item.path in by_path:
            groups.setdefault((one.item.worksheet, one.item.therapy, one.item.audience), []).append(one)
    handouts = [_handout(library, mine, by_path, words) for mine in groups.values()]
    therapies = tuple(_therapies(library, handouts))
    items = [one.item for one in planned]
    editions = dict.fromkeys(item.edition for item in items if item.path in by_path)
    clinic = library.clinics.get(items[0].clinic or "")
    return SiteModel(
        publisher=clinic.name if clinic else library.publisher.name,
        about=library.publisher.about.get(words.site.language, ""),
        language=words.site.language,
        forms=words.locale.forms,
        therapies=therapies,
        readers=tuple(_readers(library, handouts, words)),
        problems=tuple(problems(library, handouts, words.site.search)),
        editions=tuple((one.name, sentence_case(words.edition(one))) for one in editions),
        languages=tuple((name, library.locales[name].name) for name in sorted({h.language for h in handouts})),
        clinic=clinic.id if clinic else None,
        leave_to=library.site.leave_to,
    )


def _handout(
    library: Library,
    mine: Sequence[PlannedLeaflet],
    by_path: Mapping[str, Entry],
    words: SiteTexts,
) -> SiteHandout:
    known, item = mine[0].summary, mine[0].item
    about = known.about
    reader = library.audiences[item.audience].name[item.language]
    title = known.heading if item.worksheet else library.therapies[item.therapy].name
    name = words("name", title=title, reader=reader)
    path = site_path(item, item.path)
    claims = list(_claims(library, item))
    pdfs = [(one.item.edition, by_path[one.item.path]) for one in mine]
    pictures = {
        one.name: [*_pictures(site_path(item, entry.path), _paper(one), entry.pages if at == 0 else 1)]
        for at, (one, entry) in enumerate(pdfs)
    }
    files = [document for one, entry in pdfs for document in _documents(item, one, entry, name, words)]
    return SiteHandout(
        kind=item.kind,
        record=item.record,
        therapies=_homes(library, item),
        audience=item.audience,
        reader=reader,
        language=item.language,
        title=known.heading,
        purpose=known.purpose,
        name=name,
        label=known.label,
        code=about.code,
        version=about.version,
        last_review=about.last_review,
        next_review=about.next_review,
        approved=bool(about.approved),
        page=f"{path.removesuffix('.pdf').removesuffix(item.edition.suffix)}.html",
        documents=tuple(sorted(files, key=lambda document: ORDER.index(document.form))),
        pictures=tuple(next(iter(pictures.values()))),
        covers={edition_name: shown[0] for edition_name, shown in pictures.items()},
        conditions=tuple(dict.fromkeys(claim.condition for claim in claims)),
        broader=tuple(dict.fromkeys(broad(library, claim.condition) for claim in claims)),
        strengths=_strengths(library, claims),
        ages=_ages(claims),
        quick_exit=library.audiences[item.audience].quick_exit,
    )


def _paper(edition: Edition) -> tuple[float, float]:
    """Return width and height of an edition's pages in millimetres."""
    return FOLDED if edition.trifold else PAPER[edition.paper]


def site_path(item: Item, path: str) -> str:
    """Return the site path of an output file: its path without the folder of a clinic or region."""
    return path.removeprefix(item.folder)


def _documents(item: Item, one: Edition, entry: Entry, name: str, words: SiteTexts) -> Iterator[Download]:
    """Yield the PDF, a booklet's sheets and, for the usual edition, the files in other formats."""
    for file in entry.all_files():
        suffix = PurePosixPath(file.path).suffix
        other = FORMATS.get(suffix)
        if (other is None and suffix != ".pdf") or (other and one.suffix):
            continue
        form = other.label if other else SHEETS if file.path.endswith("-sheets.pdf") else PDF
        shown, size = other.label if other else PDF, words.size(file.bytes)
        inside = f"{shown}, {words.pages(entry.pages)}, {size}" if form == PDF else f"{shown}, {size}"
        form_words = words.format(other) if other else words("form-sheets") if form == SHEETS else ""
        title = words("name-edition", name=name, edition=form_words) if form_words else with_edition(name, one, words)
        short = form_words or words.edition(one)
        yield Download(
            path=site_path(item, file.path),
            form=form,
            edition=one.name,
            label=f"{title} ({inside})",
            short=f"{sentence_case(short)} ({inside})",
            pages=entry.pages if form == PDF else 0,
            bytes=file.bytes,
            sha256=file.sha256,
        )


def _pictures(pdf: str, paper: tuple[float, float], pages: int) -> Iterator[PagePicture]:
    """Yield the first `pages` pages of one PDF."""
    stem = f"{PICTURES}{pdf.removesuffix('.pdf')}"
    tall = math.ceil(LARGE * paper[1] / paper[0])  # as the pictures are drawn
    for page in range(1, pages + 1):
        yield PagePicture(f"{stem}-{page}.png", f"{stem}-{page}-large.png", LARGE, tall, pdf, page)


def _homes(library: Library, item: Item) -> tuple[str, ...]:
    if not item.worksheet:
        return (item.therapy,)
    return tuple(summary.id for summary in library.summaries.values() if item.worksheet in summary.worksheets)


def _claims(library: Library, item: Item) -> Iterator[Claim]:
    """Yield a leaflet's claims for its audience's populations with some evidence."""
    wanted = library.audiences[item.audience].populations
    for claim in () if item.worksheet else library.therapies[item.therapy].claims:
        if claim.strength != "none" and claim.population in wanted:
            yield claim


def _strengths(library: Library, claims: Iterable[Claim]) -> dict[str, int]:
    """Return how strong the evidence is for each condition, and for the broader one, where 0 is the strongest."""
    found: dict[str, int] = {}
    for claim in claims:
        for name in (claim.condition, broad(library, claim.condition)):
            found[name] = min(found.get(name, len(STRENGTHS)), STRENGTHS.index(claim.strength))
    return found


def _ages(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the age groups of the claims. A study of "12 to 18" counts as young people only."""
    found = set()
    for claim in claims:
        if claim.population == "adults":
            found.add(AGES[2])
            continue
        if claim.ages is None:
            found.add(AGES[0] if claim.population == "children" else AGES[1])
            continue
        first, last = claim.ages.from_, claim.ages.last
        found |= {AGES[0]} if first < 12 else set()
        found |= {AGES[1]} if last >= 12 else set()
    return tuple(age for age in AGES if age in found)


def _therapies(library: Library, handouts: Sequence[SiteHandout]) -> Iterator[TherapyPage]:
    for therapy in sorted(library.therapies.values(), key=lambda one: one.name.casefold()):
        mine = [handout for handout in handouts if therapy.id in handout.therapies]
        if not mine:
            continue
        patients = (one for one in mine if not library.audiences[one.audience].not_a_handout)
        about = dict.fromkeys(condition for one in patients for condition in one.broader)
        yield TherapyPage(
            id=therapy.id,
            name=therapy.name,
            abbreviation=therapy.short_name,
            also_called=tuple(therapy.also_called),
            language=therapy.language,
            page=page_path(therapy.id),
            conditions=tuple((name, condition_name(library, name)) for name in about),
            leaflets=tuple(handout for handout in mine if handout.kind == "leaflet"),
            worksheets=tuple(handout for handout in mine if handout.kind == "worksheet"),
            without=tuple(
                (library.audiences[name].name[therapy.language], why) for name, why in therapy.not_for.items()
            ),
            archive=archive_path(therapy.id),
        )


def condition_name(library: Library, condition: str) -> str:
    """Return the name of a condition for general readers."""
    return pick(library.conditions[condition].name, "any") or condition


def _readers(library: Library, handouts: Sequence[SiteHandout], words: SiteTexts) -> Iterator[SiteReader]:
    language = words.site.language
    for audience in library.audiences.values():
        mine = [handout for handout in handouts if handout.audience == audience.id]
        if mine:
            name, label = audience.name[language], audience.label[language]
            yield SiteReader(
                audience.id, name, label, f"zip/readers-{audience.id}.zip", len(mine), bool(audience.not_a_handout)
            )
