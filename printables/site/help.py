"""Help lines on the website: as each leaflet prints them, and one list for visitors of any audience."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from printables.library.clinics import Clinic, CrisisLine
from printables.library.library import Library
from printables.library.locales import Locale
from printables.library.regions import HelpLine, Region
from printables.pages.formats.web_page import linked, with_links
from printables.pipeline.run import PlannedLeaflet
from printables.plan import Item

_BOX = re.compile(
    r'(?:<div class="call-now">\s*(?:<svg.*?</svg>)?(?P<call>.*?</div>)\s*</div>\s*)?'
    r'<div class="help-now" id="help-lines">(?P<lines>.*?)</div>',
    re.DOTALL,
)
"""When to call the emergency number, which stands above the help lines on a leaflet, and the lines."""


@dataclass(frozen=True)
class Line:
    """One help line; `how` holds its links."""

    name: str
    how: Markup
    for_whom: str
    hours: str


@dataclass(frozen=True)
class Help:
    """The help page: `lines` for everybody, and `boxes` for each audience with patient leaflets, by id."""

    region: str
    lines: tuple[Line, ...]
    boxes: Mapping[str, Markup]


def help_of(
    library: Library, planned: Sequence[PlannedLeaflet], clinic: Clinic | None, published: Callable[[Item], str]
) -> Help:
    """Return the help lines of the region, and the clinic's own. `published` is the web page beside a leaflet's PDF."""
    items = [one.item for one in planned]
    region = library.regions[items[0].region]
    locale = library.locales[region.language]
    readers = [audience.id for audience in library.audiences.values() if not audience.not_a_handout]
    return Help(
        region.name,
        tuple(_line(one, locale) for one in _for_all(region, readers, clinic)),
        {name: box for name in readers if (box := _box(library, items, name, published))},
    )


def _for_all(region: Region, readers: Sequence[str], clinic: Clinic | None) -> Iterator[HelpLine | CrisisLine]:
    """Yield the help lines of all these audiences in the order of the region's file; the clinic's own comes second."""
    told = {name for reader in readers if reader in region.help_now for name in region.help_now[reader].lines}
    first, *others = [line for line in region.help_lines if line.id in told]
    yield first
    if clinic and clinic.crisis:
        yield clinic.crisis
    yield from others


def _line(line: HelpLine | CrisisLine, locale: Locale) -> Line:
    how, for_whom, hours = (text.rstrip(".") for text in (line.how, line.for_whom, line.hours))
    return Line(line.name, linked(f"{how}.", locale.phone), f"{for_whom}.", f"{hours}.")


def _box(library: Library, items: Sequence[Item], audience: str, published: Callable[[Item], str]) -> Markup | None:
    """Return the help box printed for this audience, with links; None if it has none."""
    mine = (one for one in items if one.audience == audience and not one.worksheet)
    found = next(((one, box) for one in mine if (box := _BOX.search(published(one)))), None)
    if found is None:
        return None
    told = f"{found[1]['call'] or ''}{found[1]['lines']}"
    lines = with_links(told, library.locales[found[0].language].phone)
    return Markup(f'<div class="help-now">{lines}</div>')  # noqa: S704 - our own page
