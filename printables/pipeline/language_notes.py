"""What a run in another language says once: what nobody has begun to translate, and what cannot be checked in it."""

from __future__ import annotations

from collections.abc import Iterator

from printables.checks.language.profile import SKILLS
from printables.checks.language.translated import profile_of
from printables.library.library import Library
from printables.problems import Problem

_KINDS = {
    "therapy": ("therapy", "therapies"),
    "worksheet": ("worksheet", "worksheets"),
    "region": ("region", "regions"),
    "clinic": ("clinic", "clinics"),
}


def language_notes(library: Library, path: str) -> Iterator[Problem]:
    """Yield these notes; `path` is the language's settings."""
    if library.language is None:
        return
    code = library.language.language
    counts = [_counted(kind, len(library.not_begun.get(kind, ()))) for kind in _KINDS]
    if any(counts):
        begun = ", ".join(filter(None, counts))
        yield Problem(path, 0, f'In "{code}" nobody has begun: {begun}. Nothing is made of them.', "", "note")
    lacks = profile_of(library.language).lacks
    if lacks:
        named = ", ".join(name for skill, name in SKILLS.items() if skill in lacks)
        yield Problem(path, 0, f'There are no rules for "{code}", so this is not checked: {named}.', "", "note")


def _counted(kind: str, count: int) -> str:
    one, many = _KINDS[kind]
    return f"{count} {one if count == 1 else many}" if count else ""
