"""The proof sheet: every section of a therapy, with all audiences side by side, to read and mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from printables.checks import release
from printables.checks.subject import Subject
from printables.pipeline.build import CheckedLibrary
from printables.problems import Problem


@dataclass(frozen=True)
class ProofCell:
    """One section for one audience. `notes` are marked on the sheet: fallbacks, warnings, unchecked facts."""

    html: Markup
    place: str
    notes: tuple[str, ...]
    shown: bool


@dataclass(frozen=True)
class ProofRow:
    """One section of the record, or one built-in block."""

    name: str
    cells: tuple[ProofCell, ...]


def proof(checked: CheckedLibrary) -> str:
    """Return the sheet as an HTML document. `checked` holds the leaflets of one therapy."""
    subjects = checked.subjects
    names = list(
        dict.fromkeys(block.show for s in subjects for section in s.leaflet.sections for block in section.blocks)
    )
    rows = [ProofRow(name, tuple(_cell(checked, subject, name) for subject in subjects)) for name in names]
    library = subjects[0].library
    therapy = library.therapies[subjects[0].item.therapy]
    return checked.pages.sheet(
        "_proof/proof.html",
        therapy=therapy,
        region=subjects[0].leaflet.region,
        heads=[_head(subject) for subject in subjects],
        rows=rows,
        unchecked=_once(problem for subject in subjects for problem in release.unchecked(subject)),
        problems=checked.problems,
    )


def _head(subject: Subject) -> dict[str, str]:
    measured, limit = subject.measured, subject.leaflet.audience.reading.smog.warn
    therapy = subject.library.therapies[subject.item.therapy]
    return {
        "label": subject.leaflet.label,
        "title": subject.leaflet.title,
        "purpose": subject.leaflet.purpose,
        "code": subject.leaflet.code,
        "level": f"SMOG {measured.smog:.1f} (limit {limit:g}), {measured.words} words,"
        f" {measured.mean_sentence:.1f} words a sentence, the longest {measured.longest_sentence}"
        if subject.is_measured
        else "no measure: it is not in English",
        "tested": therapy.review.tested_with.get(subject.item.audience, "nobody yet"),
        "approved": "approved" if subject.leaflet.approved else "not yet approved by a clinician",
    }


def _cell(checked: CheckedLibrary, subject: Subject, show: str) -> ProofCell:
    block = next((b for section in subject.leaflet.sections for b in section.blocks if b.show == show), None)
    if block is None:
        reason = dict(subject.leaflet.not_shown).get(show, "not in this audience's list of sections")
        return ProofCell(Markup(""), "", (reason,), shown=False)
    html = checked.pages.example(block.component, dict(block.data), subject.leaflet)
    places = sorted({f"{words.place.path}:{words.place.line}" for words in block.words})
    return ProofCell(html, ", ".join(places), tuple(_notes(checked, subject, show)), shown=True)


def _notes(checked: CheckedLibrary, subject: Subject, show: str) -> Iterator[str]:
    block = next(b for section in subject.leaflet.sections for b in section.blocks if b.show == show)
    for words in block.words:
        if words.audience != subject.item.audience:
            yield f"FALLBACK: these are the words of {words.audience}"
    mine = {(words.place.path, words.name) for words in block.words}
    for problem in checked.problems:
        if problem.audience == subject.item.audience and (problem.path, problem.section) in mine:
            yield f"{problem.severity.upper()} line {problem.line}: {problem.what} {problem.mend}"


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, even if several audiences share its place."""
    return list({(problem.path, problem.line): problem for problem in problems}.values())
