"""Leaflets in another language whose words are not all translated, or not since their English has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from printables.checks.subject import Subject
from printables.library.library import Library
from printables.library.stand_ins import Untranslated, stand_ins_in
from printables.pages.templates.render import Pages
from printables.pipeline import print_job
from printables.problems import Problem


def untranslated(library: Library, pages: Pages, subjects: Iterable[Subject]) -> Iterator[Problem]:
    """Yield a problem for each leaflet or worksheet with such words on its page, in whichever of its editions."""
    if library.language is None:
        return
    found: dict[tuple[str, str], dict[str, None]] = {}
    first: dict[tuple[str, str], Subject] = {}
    for subject in subjects:
        item = subject.item
        if stand_ins := stand_ins_in(print_job.whole_html(library, pages, subject) + _asked_for(subject)):
            found.setdefault((item.record, item.audience), {}).update(dict.fromkeys(stand_ins))
            first.setdefault((item.record, item.audience), subject)
    for pair, texts in found.items():
        yield _problem(first[pair], list(texts))


def _asked_for(subject: Subject) -> str:
    """Return the phrases that must stand in a leaflet: nobody could look for those that are not translated."""
    phrases = subject.leaflet.audience.must_say.get(subject.item.language, {})
    return "" if subject.item.worksheet else "\n".join(phrase for said in phrases.values() for phrase in said)


def _problem(subject: Subject, stand_ins: list[str]) -> Problem:
    item, library = subject.item, subject.library
    kind = "worksheet" if item.worksheet else "therapy"
    lost = library.untranslated([f"{kind}:{item.record}"], stand_ins)
    place = lost[0] if lost else Untranslated("", 0, "", "missing")
    count = Counter(one.state for one in lost)
    counted = [
        _counted(len(stand_ins) - count["changed"] - count["refused"], "is", "are", "not translated"),
        _counted(count["changed"], "has", "have", "changed in English since"),
        _counted(count["refused"], "is", "are", "refused"),
    ]
    what = (
        f'The {item.kind} "{item.record}" for "{item.audience}" is not made in {item.language}: '
        f"{' and '.join(filter(None, counted))}, first “{place.context}”."
    )
    mend = f"Translate them; all are listed by: printables translate status {item.language}"
    return Problem(place.path, place.line, what, mend, therapy=item.record, audience=item.audience)


def _counted(count: int, one: str, many: str, what: str) -> str:
    return f"{count} {f'text {one}' if count == 1 else f'texts {many}'} {what}" if count else ""
