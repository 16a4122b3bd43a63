"""The help lines of the region, and the clinic's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from printables.library.clinics import Clinic, CrisisLine
from printables.library.locales import Locale
from printables.library.regions import EMERGENCY, HelpLine, Region
from printables.pages.compose import wording
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, NumberToRing, Words

CALL_NOW = "region-emergency"
"""The block that says when to call the emergency number."""


def help_now(composer: Composer, show: str) -> Block | None:
    """The help lines of the region for this reader, in the order that the region's file gives, and the clinic's.

    Where the leaflet says above them when to call the emergency number, that line is not said again.
    """
    region = composer.region
    whose = composer.whose(region.help_now)
    if whose is None:
        return None
    box = region.help_now[whose]
    lead, end = (_help_text(composer, whose, part, getattr(box, part)) for part in ("lead", "end"))
    words = tuple(text for text in (lead, end) if text)
    every = help_lines(region, whose, composer.clinic)
    lines = help_lines(region, whose, composer.clinic, without=EMERGENCY) if composer.shows(CALL_NOW) else every
    data = {
        "lead": lead.html if lead else None,
        "lines": lines,
        # Said once where most share it: fewer words to find the number among.
        "hours": common_hours(lines, composer.locale),
        "end": end.html if end else None,
        # For worksheets and short forms, which do not say when to call the emergency number.
        "every_line": {"lines": every, "hours": common_hours(every, composer.locale)},
    }
    return Block("help-now", show, data, words)


def numbers_on_page_1(composer: Composer) -> Iterator[NumberToRing]:
    """The numbers that this reader finds on page 1, and the clinic's own crisis line, if it has one."""
    region = composer.region
    whose = composer.whose(region.help_now)
    chosen = region.help_now[whose].first_page if whose else []
    by_id = {line.id: line for line in region.help_lines}
    for line in (by_id[name] for name in chosen if name in by_id):
        if line.number and line.in_brief:
            yield NumberToRing(line.number, line.in_brief, line.how)
    crisis = composer.clinic.crisis if composer.clinic else None
    if chosen and crisis:
        yield NumberToRing(crisis.how.rstrip("."), crisis.name, clinic=True)


def help_lines(region: Region, whose: str, clinic: Clinic | None, *, without: str = "") -> list[dict[str, str]]:
    """The region's lines for one audience in the order of its file, and the clinic's own.

    Each has `name`, `how`, `hours` and `for_whom`. The line `without` is left out, which moves no other.
    """
    by_id = {line.id: line for line in region.help_lines}
    lines = [by_id[name] for name in region.help_now[whose].lines if name in by_id]
    left_out = by_id.get(without)
    return [_help_line(line) for line in _with_crisis(clinic, lines) if line is not left_out]


def common_hours(lines: list[dict[str, str]], locale: Locale) -> str | None:
    """The hours that most lines answer, where more than one does, as they stand inside of a sentence."""
    most, count = max(Counter(line["hours"] for line in lines).items(), key=lambda one: one[1], default=("", 0))
    return wording.inside(most, locale) if count > 1 else None


def _help_text(composer: Composer, whose: str, part: str, text: str | None) -> Words | None:
    if text is None:
        return None
    place = composer.library.place("region", composer.region.id, ("help_now", whose, part))
    return composer.read(text, place, whose, part)


def _with_crisis(clinic: Clinic | None, lines: list[HelpLine]) -> list[HelpLine | CrisisLine]:
    """The clinic's own number comes second: the line that a reader must find first stays first (standards T4)."""
    crisis = clinic.crisis if clinic else None
    return [*lines[:1], *([crisis] if crisis else []), *lines[1:]]


def _help_line(line: HelpLine | CrisisLine) -> dict[str, str]:
    parts = {"name": line.name, "how": line.how, "hours": line.hours, "for_whom": line.for_whom}
    mark = {"clinic": "yes"} if isinstance(line, CrisisLine) else {}  # a region's lines stay as they were approved
    return {**{name: text.rstrip(".") for name, text in parts.items()}, **mark}


BLOCKS = (
    BlockKind(
        "help-now",
        "the region's help lines for this reader",
        help_now,
        record="region",
        key=("help_now",),
        mend='Write "{audience}:" under help_now.',
    ),
)
