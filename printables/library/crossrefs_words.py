"""Checks of the names in the website's words: groups of a crisis, conditions and audiences."""

from __future__ import annotations

from collections.abc import Iterator

from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.problems import Problem


def check(library: Library) -> Iterator[Problem]:
    """Yield a problem for each name that does not exist."""
    for language, words in library.site_words.items():
        report = Reporter(library, "site-words", language)
        for name, key in words.crisis.named():
            yield from report.unknown(("crisis", *key), "group of words", name, words.crisis.same, '"same"')
        for name in words.search.problems:
            key = ("search", "problems", name)
            yield from report.unknown(key, "condition", name, library.conditions, "content/conditions.yaml")
        for name in words.search.readers:
            yield from report.unknown(
                ("search", "readers", name), "audience", name, library.audiences, "templates, as a folder"
            )
