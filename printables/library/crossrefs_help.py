"""Checks of help lines (numbers that cannot be recognised) and of names among the words of a crisis."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.library.phone import is_unclear
from printables.library.yaml_reader import Key
from printables.problems import Problem


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of help lines and of the words of a crisis."""
    yield from _numbers(library)
    for language, words in library.site_words.items():
        report = Reporter(library, "site-words", language)
        for name, key in words.crisis.named():
            yield from report.unknown(("crisis", *key), "group of words", name, words.crisis.same, '"same"')


def _numbers(library: Library) -> Iterator[Problem]:
    """Yield a warning for each help line of a region or clinic with digits that are not a recognisable number."""
    for region in library.regions.values():
        report = Reporter(library, "region", region.id)
        for index, line in enumerate(region.help_lines):
            yield from _line(report, ("help_lines", index, "how"), line.how, region.language)
    for clinic in library.clinics.values():
        report, home = Reporter(library, "clinic", clinic.id), library.regions.get(clinic.region)
        if clinic.crisis and home:
            yield from _line(report, ("crisis", "how"), clinic.crisis.how, home.language)


def _line(report: Reporter, key: Key, how: str, language: str) -> Iterator[Problem]:
    locale = report.library.locales.get(language)
    if locale and is_unclear(how, locale.phone):
        what = f'In "{how}" it is not clear which figures are the number, so on a screen nobody can touch it to call.'
        call, text = locale.phone.call[0], locale.phone.text[0]
        mend = f'Write it after "{call}" or "{text}", with a comma or a full stop behind it.'
        yield dataclasses.replace(report.problem(key, what, mend), severity="warning")
