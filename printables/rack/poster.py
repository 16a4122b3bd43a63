"""A poster of what a clinic has on its shelf, or of all therapies: what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from printables.library.clinics import Clinic
from printables.library.library import ANY, Library, pick
from printables.library.locales import Locale
from printables.library.regions import Region
from printables.library.related import broad
from printables.library.settings import Audience
from printables.library.summaries import RecordSummary
from printables.pages.compose.blocks.help_now import help_lines
from printables.pages.compose.qr import QR, qr
from printables.pages.compose.stamp import letters_of
from printables.pages.compose.text_height import lines_of
from printables.site.model import page_path

T = TypeVar("T")
MOST_CONDITIONS = 3
"""Problems that a line names."""
LONGEST_STRIP = 8
"""Help lines on a poster: they are to be read from across a room."""
HEIGHT, PAGE_WIDTH = 1110, 762
"""Points of A3 between its margins."""
TITLE, LINE = (22.0, 27.0), (18.0, 21.0)
"""Size and leading of a therapy's name, and of the lines below it, at scale 1."""
HELP, SERVICE = (21.0, 27.0), (24.0, 30.0)
"""The same of a help line, and of the name of the service."""
WIDTH, HELP_WIDTH, SERVICE_WIDTH = 369, 354, 480
"""Points of a column of therapies, of one of help lines, and of the name of the service."""
CODE_WIDTH, CODE_HEIGHT = 96, 84
"""Points of a code with the gap beside it, and of its height."""
GAPS = 30
"""Points around a therapy."""
HEADER, HELP_FRAME, FOOT_LINE = 90, 72, 24
"""Points of the header without what varies, of the frame of the help lines, and of a line at the foot."""
LOGO = 72
"""Points of a logo with its gap."""
SCALES = (2.0, 1.5, 1.25, 1.125, 1.0)
"""How much larger the therapies may be set where there are few of them."""


@dataclass(frozen=True)
class OnShelf:
    """One therapy on the poster."""

    name: str
    conditions: tuple[str, ...]
    """What it is for, in plain words."""
    readers: tuple[str, ...]
    """For whom there is a leaflet: adults."""
    code: QR | None


@dataclass(frozen=True)
class Poster:
    """The words of the posters of one shelf, which may take several sheets."""

    locale: Locale
    clinic: Clinic | None
    publisher: str
    sheets: tuple[tuple[tuple[OnShelf, ...], ...], ...]
    """Sheets of rows of two."""
    scale: float
    room: int
    """Points of A3's height for the therapies of a sheet."""
    lines: tuple[Mapping[str, str], ...]
    has_codes: bool
    code: str
    last_review: str
    next_review: str


def poster(library: Library, region: Region, clinic: Clinic | None, audiences: Sequence[str]) -> Poster | None:
    """Return the poster of a clinic's shelf, or of all therapies; None if there is no leaflet for these audiences."""
    chosen = [one for one in _patients(library) if one.id in audiences or not audiences]
    on_shelf = list(_on_shelf(library, region, clinic, chosen))
    if not on_shelf:
        return None
    locale, shown = library.locales[region.language], [one for _, one in on_shelf]
    publisher = clinic.name if clinic else library.publisher.name
    lines = list(_lines(region, clinic, chosen))
    said = [publisher, lines, [[one.name, one.conditions, one.readers] for one in shown]]
    lines_below = FOOT_LINE * (1 + lines_of(publisher, PAGE_WIDTH / 2, LINE[0]))
    lead = locale.words["poster-lead-codes" if any(one.code for one in shown) else "poster-lead"]
    lead_height = lines_of(lead, PAGE_WIDTH, SERVICE[0]) * SERVICE[1]
    room = HEIGHT - HEADER - lead_height - lines_below - _service_height(library, clinic) - _strip_height(lines)
    scale, sheets = _laid_out(shown, locale, room)
    reviews = [library.therapies[record.id].review for record, _ in on_shelf]
    return Poster(
        locale=locale,
        clinic=clinic,
        publisher=publisher,
        sheets=sheets,
        scale=scale,
        room=int(room),
        lines=tuple(lines),
        has_codes=any(one.code for one in shown),
        code=f"POSTER-{region.language.upper()}-{letters_of(said)}",
        last_review=min(review.last_evidence_review for review in reviews).isoformat(),
        next_review=min(review.next_review for review in reviews).isoformat(),
    )


def _patients(library: Library) -> Iterator[Audience]:
    yield from (one for one in library.audiences.values() if not one.not_a_handout)


def _on_shelf(
    library: Library, region: Region, clinic: Clinic | None, audiences: Sequence[Audience]
) -> Iterator[tuple[RecordSummary, OnShelf]]:
    """Yield the therapies of the shelf in its order, or all by name, with the audiences that there is a leaflet for."""
    rows: dict[str, set[str]] = {}
    for row in clinic.shelf if clinic else ():
        if row.therapy:
            rows.setdefault(row.therapy, set()).update(row.audiences or [one.id for one in audiences])
    by_name = sorted(library.summaries.values(), key=lambda one: one.name.casefold())
    records = [library.summaries[name] for name in rows if name in library.summaries] if rows else by_name
    for record in records:
        readers = [one for one in audiences if one.id in record.titles and one.id in rows.get(record.id, record.titles)]
        if readers and record.language == region.language:
            yield record, _shown(library, record, readers)


def _shown(library: Library, record: RecordSummary, readers: Sequence[Audience]) -> OnShelf:
    locale, address, code = library.locales[record.language], library.site.address, None
    if address:
        label = locale.words["poster-code"].format(therapy=record.name)
        code = qr(f"{address.rstrip('/')}/{page_path(record.id)}", label)
    names = tuple(_conditions(library, record, readers))
    return OnShelf(record.name, names, tuple(reader.name[record.language] for reader in readers), code)


def _conditions(library: Library, record: RecordSummary, readers: Iterable[Audience]) -> Iterator[str]:
    """Yield what there is evidence for among these readers, in broad words."""
    populations = {population for reader in readers for population in reader.populations}
    claims = (one for one in record.claims if one.population in populations and one.strength != "none")
    known = dict.fromkeys(broad(library, one.condition) for one in claims if one.condition in library.conditions)
    for name in [*known][:MOST_CONDITIONS]:
        if text := pick(library.conditions[name].name, ANY):
            yield text


def _lines(region: Region, clinic: Clinic | None, audiences: Iterable[Audience]) -> Iterator[Mapping[str, str]]:
    """Yield the help lines of all these readers, each once."""
    found = (line for one in audiences if one.id in region.help_now for line in help_lines(region, one.id, clinic))
    yield from [*{line["name"]: line for line in found}.values()][:LONGEST_STRIP]


def _service_height(library: Library, clinic: Clinic | None) -> float:
    if clinic is None:
        return SERVICE[1] * 2
    name = lines_of(clinic.name, SERVICE_WIDTH, SERVICE[0], bold=True) * SERVICE[1]
    return LOGO + name if clinic.id in library.logos else max(name, SERVICE[1] * 2)


def _strip_height(lines: Sequence[Mapping[str, str]]) -> float:
    """Return the height of the help lines, which stand in two columns, row by row."""
    heights = [lines_of(f"{one['name']}: {one['how']}.", HELP_WIDTH, HELP[0], bold=True) * HELP[1] for one in lines]
    return HELP_FRAME + sum(max(heights[at : at + 2]) for at in range(0, len(heights), 2))


def _laid_out(
    shown: Sequence[OnShelf], locale: Locale, room: float
) -> tuple[float, tuple[tuple[tuple[OnShelf, ...], ...], ...]]:
    """Return as few sheets as the therapies need, and the largest scale at which they fit on these."""
    rows = [tuple(shown[at : at + 2]) for at in range(0, len(shown), 2)]

    def fits(scale: float, sheets: int) -> bool:
        return all(sum(part) <= room for part in _shared(_row_heights(rows, locale, scale), sheets))

    sheets = next((count for count in range(1, len(rows)) if fits(1.0, count)), len(rows))
    scale = next((one for one in SCALES if fits(one, sheets)), 1.0)
    return scale, tuple(tuple(part) for part in _shared(rows, sheets))


def _row_heights(rows: Sequence[Sequence[OnShelf]], locale: Locale, scale: float) -> list[float]:
    return [max(_height(one, locale, scale) for one in row) for row in rows]


def _shared(rows: Sequence[T], sheets: int) -> Iterator[Sequence[T]]:
    """Yield the rows in so many parts of nearly the same length."""
    for sheet in range(sheets):
        yield rows[sheet * len(rows) // sheets : (sheet + 1) * len(rows) // sheets]


def _height(one: OnShelf, locale: Locale, scale: float) -> float:
    width = WIDTH - (CODE_WIDTH if one.code else 0)
    words = locale.words
    comma = f"{words['comma']} "
    texts = [words["poster-readers"].format(readers=comma.join(one.readers))]
    texts += [words["poster-for"].format(conditions=comma.join(one.conditions))] if one.conditions else []
    height = lines_of(one.name, width, TITLE[0] * scale, bold=True) * TITLE[1] * scale
    height += sum(lines_of(text, width, LINE[0] * scale) * LINE[1] * scale for text in texts)
    return max(height, CODE_HEIGHT if one.code else 0) + GAPS
