"""Make the preview of one choice: its web page, its problems and its print job. Every failure becomes a problem."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from printables import paths
from printables.cache.cache import Cache
from printables.checks.subject import Subject
from printables.library.file_reader import shown_path
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.formats import web_page
from printables.pipeline import build, print_job
from printables.pipeline.choice_faults import not_on_shelf
from printables.preview.state import ChoiceNames, PreviewChoice, PreviewPage, names_in, now
from printables.problems import Problem
from printables.publish.jobs import PrintJob
from printables.reports import proof
from printables.typeset.page import Finding

CHOICE = "this choice"
"""The place of problems that are in no file, but in the choice made on the page."""


@dataclass(frozen=True)
class PreviewResult:
    """The preview of one choice. If it has no `web` page, the last good one stays on the screen."""

    problems: tuple[Problem, ...]
    names: ChoiceNames | None = None
    web: PreviewPage | None = None
    job: PrintJob | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    checked: build.CheckedLibrary | None = None

    def problems_of(self, findings: tuple[Finding, ...]) -> tuple[Problem, ...]:
        """Return findings of the finished PDF as problems at lines of the record."""
        if self.checked is None or self.job is None:
            return ()
        path = self.job.path
        problems = (self.checked.problem_of(path, finding) for finding in findings)
        return tuple(dataclasses.replace(p, what=p.what.replace(f"{path}: ", "PDF: ", 1)) for p in problems)


def survey(options: build.Options, cache: Cache) -> PreviewResult:
    """Return only the available choices and the problems of the library."""
    try:
        cache.begin(options.folders, options.templates)
        audiences = paths.audiences(options.templates)
        library, problems = load(options.folders, audiences, cache.read_results, cache.library_key)
    except Exception as error:  # noqa: BLE001 - the preview outlives whatever an author saves
        return PreviewResult((broke(error),))
    return PreviewResult(tuple(problems), _names(library, options) if library else None)


def make(options: build.Options, selected: PreviewChoice, cache: Cache) -> PreviewResult:
    """Return the web page of one leaflet or worksheet, all its problems, and the job that typesets it."""
    try:
        checked = build.check(dataclasses.replace(options, choice=selected.choice()), cache)
        return _result(options, selected, checked, cache)
    except Exception as error:  # noqa: BLE001 - a template or half a file can raise anything
        return PreviewResult((broke(error),))


def proof_sheet(options: build.Options, selected: PreviewChoice, cache: Cache) -> str:
    """Return the proof sheet of the therapy; empty if none of its leaflets can be made. Raises what templates raise."""
    choice = dataclasses.replace(selected.choice(), audiences=(), worksheets=(), editions=())
    checked = build.check(dataclasses.replace(options, choice=choice), cache)
    leaflets = tuple(subject for subject in checked.subjects if not subject.item.worksheet)
    return proof.proof(dataclasses.replace(checked, subjects=leaflets)) if leaflets else ""


def _result(
    options: build.Options, selected: PreviewChoice, checked: build.CheckedLibrary, cache: Cache
) -> PreviewResult:
    if checked.library is None:
        return _without_library(options, selected, checked, cache)
    names = _names(checked.library, options)
    subject = next((s for s in checked.subjects if (s.item.worksheet or "") == selected.worksheet), None)
    if subject is None:
        return PreviewResult((*checked.problems, *_nothing(checked.library, selected)), names)
    if not subject.html:
        return PreviewResult(checked.problems, names)
    job = print_job.print_job(checked.pages, subject)
    web = PreviewPage(job.beside(web_page.FORMAT.suffix), job.title, now())
    return PreviewResult(checked.problems, names, web, job, dict(_headings(subject)), checked)


def _without_library(
    options: build.Options, selected: PreviewChoice, checked: build.CheckedLibrary, cache: Cache
) -> PreviewResult:
    """Return the problems of a library that is broken, or lacks the choice; then also the choices that it has."""
    problems = tuple(_reworded(problem, options, selected) for problem in checked.problems)
    missing = any(problem.path == "command line" for problem in checked.problems)
    return PreviewResult(problems, survey(options, cache).names if missing else None)


def _reworded(problem: Problem, options: build.Options, selected: PreviewChoice) -> Problem:
    """Return the problem with words about the command line replaced by words about the page."""
    if problem.path != "command line":
        return problem
    for folder, name, kind in (
        ("therapies", selected.therapy, "therapy"),
        ("clinics", selected.clinic, "clinic"),
        ("regions", selected.region, "region"),
        ("worksheets", selected.worksheet, "worksheet"),
    ):
        if name and problem.what == f'There is no {kind} "{name}".':
            place = shown_path(options.content / folder / f"{name}.yaml")
            mend = f"Put its file back, or choose another {kind}."
            return dataclasses.replace(problem, path=place, what=f"The record of the {kind} is gone.", mend=mend)
    mend = "Choose another region, or the usual one." if "--region" in problem.mend else problem.mend
    return dataclasses.replace(problem, path=CHOICE, mend=mend)


def _nothing(library: Library, selected: PreviewChoice) -> Iterator[Problem]:
    """Say why the plan has no such leaflet, unless a broken record is the reason (and reported already)."""
    if {selected.therapy, selected.worksheet} & library.broken or selected.therapy not in library.therapies:
        return
    therapy = library.therapies[selected.therapy]
    if selected.audience not in therapy.titles and not selected.worksheet:
        place = library.place("therapy", therapy.id, ("not_for", selected.audience))
        reason = therapy.not_for.get(selected.audience, "")
        what = f'There is no leaflet of "{therapy.id}" for "{selected.audience}": {reason}'
        yield Problem(place.path, place.line, what.strip(), "Choose another reader.")
    elif not list(not_on_shelf(library, selected.choice())):  # which is said already
        yield Problem(CHOICE, 0, "There is no such leaflet or worksheet for this reader.", "Choose another reader.")


def _names(library: Library, options: build.Options) -> ChoiceNames:
    files = {name for name, _ in options.folders.records("therapies")}
    return names_in(library, {name: f"{name} (cannot be read)" for name in sorted(library.broken & files)})


def _headings(subject: Subject) -> Iterator[tuple[str, str]]:
    for section in reversed(subject.leaflet.sections):  # of two sections that share a text, the first names it
        for block in section.blocks:
            yield from ((words.name, section.heading) for words in block.words)
        yield section.id, section.heading


def broke(error: Exception) -> Problem:
    """Return the exception as a problem at the innermost template line of its traceback."""
    path, line = _place(error)
    what = f"The page cannot be made: {type(error).__name__}: {str(error)[:300].rstrip('.')}."
    return Problem(path, line, what, "Look at what was changed last.")


def _place(error: Exception) -> tuple[str, int]:
    """Return file and line of an exception, if known: of a template, or of a file that cannot be read."""
    name = getattr(error, "name", None) or getattr(error, "filename", None)
    place = (str(name) if name else "templates", int(getattr(error, "lineno", 0) or 0))
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            place = (shown_path(Path(trace.tb_frame.f_code.co_filename)), trace.tb_lineno)
        trace = trace.tb_next
    return place
