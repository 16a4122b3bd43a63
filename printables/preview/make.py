"""One choice → its web page, its problems and what is to be typeset. Whatever happens comes back as a problem."""

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
from printables.preview.state import ChoiceNames, PreviewChoice, PreviewPage, names_in, now
from printables.problems import Problem
from printables.publish.jobs import PrintJob
from printables.reports import proof
from printables.typeset.page import Finding

CHOICE = "this choice"
"""The place of problems that lie in no file, but in what was chosen on the page."""


@dataclass(frozen=True)
class PreviewResult:
    """What came of one choice. Where there is no `web`, the last good one stays on the screen."""

    problems: tuple[Problem, ...]
    names: ChoiceNames | None = None
    web: PreviewPage | None = None
    job: PrintJob | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    checked: build.CheckedLibrary | None = None

    def found(self, findings: tuple[Finding, ...]) -> tuple[Problem, ...]:
        """What is wrong with the finished PDF, at the lines of the record."""
        if self.checked is None or self.job is None:
            return ()
        path = self.job.path
        found = (self.checked.found(path, finding) for finding in findings)
        return tuple(dataclasses.replace(p, what=p.what.replace(f"{path}: ", "PDF: ", 1)) for p in found)


def survey(options: build.Options, memory: Cache) -> PreviewResult:
    """Only what can be chosen, and what is wrong with the library."""
    try:
        memory.begin(options.content, options.templates)
        audiences = paths.audiences(options.templates)
        library, problems = load(options.content, audiences, memory.read_results, memory.library_key)
    except Exception as error:  # noqa: BLE001 - the preview outlives whatever an author saves
        return PreviewResult((broke(error),))
    return PreviewResult(tuple(problems), _names(library, options) if library else None)


def make(options: build.Options, asked: PreviewChoice, memory: Cache) -> PreviewResult:
    """The web page of one leaflet or worksheet, all that is wrong, and the job that typesets it."""
    try:
        checked = build.check(dataclasses.replace(options, choice=asked.choice()), memory)
        return _made(options, asked, checked, memory)
    except Exception as error:  # noqa: BLE001 - a template or half a file can raise anything
        return PreviewResult((broke(error),))


def proof_sheet(options: build.Options, asked: PreviewChoice, memory: Cache) -> str:
    """All readers of the therapy side by side; empty where nothing of it can be made. Raises what templates raise."""
    choice = dataclasses.replace(asked.choice(), audiences=(), worksheets=(), editions=())
    checked = build.check(dataclasses.replace(options, choice=choice), memory)
    leaflets = tuple(subject for subject in checked.subjects if not subject.item.worksheet)
    return proof.proof(dataclasses.replace(checked, subjects=leaflets)) if leaflets else ""


def _made(options: build.Options, asked: PreviewChoice, checked: build.CheckedLibrary, memory: Cache) -> PreviewResult:
    if checked.library is None:
        return _without_library(options, asked, checked, memory)
    names = _names(checked.library, options)
    subject = next((s for s in checked.subjects if (s.item.worksheet or "") == asked.worksheet), None)
    if subject is None:
        return PreviewResult((*checked.problems, *_nothing(checked.library, asked)), names)
    if not subject.html:
        return PreviewResult(checked.problems, names)
    job = print_job.print_job(checked.pages, subject)
    web = PreviewPage(job.beside(web_page.FORMAT.suffix), job.title, now())
    return PreviewResult(checked.problems, names, web, job, dict(_headings(subject)), checked)


def _without_library(
    options: build.Options, asked: PreviewChoice, checked: build.CheckedLibrary, memory: Cache
) -> PreviewResult:
    """The library is broken, or it does not hold what was chosen: then it is read again for what it does hold."""
    found = tuple(_here(problem, options, asked) for problem in checked.problems)
    missing = any(problem.path == "command line" for problem in checked.problems)
    return PreviewResult(found, survey(options, memory).names if missing else None)


def _here(problem: Problem, options: build.Options, asked: PreviewChoice) -> Problem:
    """A problem of the command line in the words of the page."""
    if problem.path != "command line":
        return problem
    for folder, name, kind in (
        ("therapies", asked.therapy, "therapy"),
        ("clinics", asked.clinic, "clinic"),
        ("regions", asked.region, "region"),
        ("worksheets", asked.worksheet, "worksheet"),
    ):
        if name and problem.what == f'There is no {kind} "{name}".':
            place = shown_path(options.content / folder / f"{name}.yaml")
            mend = f"Put its file back, or choose another {kind}."
            return dataclasses.replace(problem, path=place, what=f"The record of the {kind} is gone.", mend=mend)
    mend = "Choose another region, or the usual one." if "--region" in problem.mend else problem.mend
    return dataclasses.replace(problem, path=CHOICE, mend=mend)


def _nothing(library: Library, asked: PreviewChoice) -> Iterator[Problem]:
    """Why the plan holds no such leaflet, where no broken record says it already."""
    if {asked.therapy, asked.worksheet} & library.broken or asked.therapy not in library.therapies:
        return
    therapy = library.therapies[asked.therapy]
    if asked.audience not in therapy.titles and not asked.worksheet:
        place = library.place("therapy", therapy.id, ("not_for", asked.audience))
        what = (
            f'There is no leaflet of "{therapy.id}" for "{asked.audience}": {therapy.not_for.get(asked.audience, "")}'
        )
        yield Problem(place.path, place.line, what.strip(), "Choose another reader.")
    elif asked.clinic:
        place = library.place("clinic", asked.clinic, ("shelf",))
        what = f'This is not on the shelf of the clinic "{asked.clinic}", or not for this reader.'
        yield Problem(place.path, place.line, what, "Choose another clinic or reader, or add it to the shelf.")
    else:
        yield Problem(CHOICE, 0, "There is no such leaflet or worksheet for this reader.", "Choose another reader.")


def _names(library: Library, options: build.Options) -> ChoiceNames:
    files = {path.stem for path in (options.content / "therapies").glob("*.y*ml")}
    return names_in(library, {name: f"{name} (cannot be read)" for name in sorted(library.broken & files)})


def _headings(subject: Subject) -> Iterator[tuple[str, str]]:
    for section in reversed(subject.leaflet.sections):  # of two sections that share a text, the first names it
        for block in section.blocks:
            yield from ((words.name, section.heading) for words in block.words)
        yield section.id, section.heading


def broke(error: Exception) -> Problem:
    """Whatever was raised as a problem, with the innermost template line that the error tells of."""
    path, line = _place(error)
    what = f"The page cannot be made: {type(error).__name__}: {str(error)[:300].rstrip('.')}."
    return Problem(path, line, what, "Look at what was changed last.")


def _place(error: Exception) -> tuple[str, int]:
    """File and line as far as the error knows them: of a template, of a file that cannot be read, or of neither."""
    name = getattr(error, "name", None) or getattr(error, "filename", None)
    place = (str(name) if name else "templates", int(getattr(error, "lineno", 0) or 0))
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            place = (shown_path(Path(trace.tb_frame.f_code.co_filename)), trace.tb_lineno)
        trace = trace.tb_next
    return place
