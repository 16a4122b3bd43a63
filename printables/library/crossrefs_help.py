"""Checks of help lines (numbers that cannot be recognised) and of organisations."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.library.phone import is_unclear
from printables.library.regions import HelpLine, Region
from printables.library.stand_ins import is_stand_in
from printables.library.yaml_reader import Key
from printables.problems import Problem


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of help lines and of organisations."""
    yield from _numbers(library)
    yield from _organisations(library)


def _numbers(library: Library) -> Iterator[Problem]:
    """Yield a warning for each help line of a region or clinic with digits that are not a recognisable number."""
    for region in library.regions.values():
        report = Reporter(library, "region", region.id)
        for index, line in enumerate(region.help_lines):
            yield from _line(report, ("help_lines", index, "how"), line.how, region.language)
            yield from _in_large(report, index, line)
        yield from _on_page_1(report, region)
    for clinic in library.clinics.values():
        report, home = Reporter(library, "clinic", clinic.id), library.regions.get(clinic.region)
        if clinic.crisis and home:
            yield from _line(report, ("crisis", "how"), clinic.crisis.how, home.language)


def _in_large(report: Reporter, index: int, line: HelpLine) -> Iterator[Problem]:
    """Yield a problem if the number that page 1 shows large is not the one that the line says in full."""
    if line.number and line.number not in line.how and not is_stand_in(line.how):
        what = f'The number "{line.number}" is not the one in "{line.how}"'
        yield report.problem(("help_lines", index, "number"), f"{what}.", "Write it as it stands there.")


def _on_page_1(report: Reporter, region: Region) -> Iterator[Problem]:
    """Yield a problem for each line that is to stand on page 1 and cannot."""
    by_id = {line.id: line for line in region.help_lines}
    for audience, box in region.help_now.items():
        for place, name in enumerate(box.first_page):
            key = ("help_now", audience, "first_page", place)
            yield from report.unknown(key, "help line", name, by_id, "help_lines")
            line = by_id.get(name)
            if line and not (line.number and line.in_brief):
                what = f'"{name}" has no number and in_brief, which page 1 shows.'
                yield report.problem(key, what, f'Write both under "id: {name}", or take it out of first_page.')


def _line(report: Reporter, key: Key, how: str, language: str) -> Iterator[Problem]:
    locale = report.library.locales.get(language)
    if locale and is_unclear(how, locale.phone):
        what = f'In "{how}" it is not clear which figures are the number, so on a screen nobody can touch it to call.'
        call, text = locale.phone.call[0], locale.phone.text[0]
        mend = f'Write it after "{call}" or "{text}", with a comma or a full stop behind it.'
        yield dataclasses.replace(report.problem(key, what, mend), severity="warning")


def _organisations(library: Library) -> Iterator[Problem]:
    """Yield a problem for each condition or reader of an organisation that there is not, and a warning if unchecked."""
    for region in library.regions.values():
        report = Reporter(library, "region", region.id)
        for index, one in enumerate(region.organisations):
            key = ("organisations", index)
            for place, name in enumerate(one.conditions):
                where = (*key, "conditions", place)
                yield from report.unknown(where, "condition", name, library.conditions, "content/conditions.yaml")
            for place, name in enumerate(one.readers):
                yield from report.unknown((*key, "readers", place), "audience", name, library.audiences, "templates")
            if one.status == "unchecked":
                what = f'The organisation "{one.id}" is unchecked, so no leaflet shows it.'
                mend = "Read its page, write the day in checked_on, and set the status to seen."
                yield dataclasses.replace(report.problem((*key, "status"), what, mend), severity="warning")
