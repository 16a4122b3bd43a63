"""The six steps on one screen: read, plan, page, check, print, publish."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from printables import paths
from printables.checks import check_leaflet
from printables.checks import library as library_checks
from printables.checks.subject import Subject
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.compose import compose
from printables.pages.leaflet import Leaflet
from printables.pages.render import Pages
from printables.plan import Choice, Item, check_choice, plan
from printables.problems import Problem, has_errors
from printables.publish.jobs import Job, Outcome
from printables.publish.manifest import Entry
from printables.typeset.page import Finding, Page, PrintRules


@dataclass(frozen=True)
class Options:
    """What to build, from where, to where."""

    content: Path
    templates: Path
    output: Path
    today: date
    choice: Choice = field(default_factory=Choice)
    workers: int = 0
    """Worker processes; 0 is one for each core."""
    release: bool = False
    allow_overdue: bool = False


@dataclass(frozen=True)
class Checked:
    """Steps 1 to 4: the library, its pages and everything that is wrong with them."""

    library: Library | None
    pages: Pages
    subjects: tuple[Subject, ...]
    problems: tuple[Problem, ...]

    def good(self) -> list[Subject]:
        """The leaflets without an error of their own."""
        bad = {(problem.therapy, problem.audience) for problem in self.problems if problem.severity == "error"}
        return [subject for subject in self.subjects if not bad.intersection(_touching(subject.item))]


def check(options: Options) -> Checked:
    """Read, plan, page and check. The typesetting engine is not loaded."""
    pages = Pages(options.templates, paths.own() / "templates")
    library, problems = load(options.content, _audience_folder(options.templates))
    problems += check_choice(library, options.choice) if library else []
    if library is None or any(problem.path == "command line" for problem in problems):
        return Checked(None, pages, (), tuple(problems))
    items = plan(library, options.choice, options.today)
    problems += library_checks.check(library, pages)
    subjects = []
    for therapy in {item.therapy: None for item in items}:
        leaflets, trouble = _leaflets(library, therapy, options)
        problems += [p for p in trouble if p.audience in {item.audience for item in items} or not p.audience]
        subjects += [_subject(library, pages, leaflets, item, problems) for item in items if item.therapy == therapy]
    for subject in subjects:
        if not subject.html:
            continue  # its template's problem says it all
        problems += check_leaflet(
            subject, allow_overdue=options.allow_overdue and not options.release, for_release=options.release
        )
    return Checked(library, pages, tuple(subjects), tuple(sorted(set(problems))))


def build(
    options: Options,
    on_done: Callable[[str], None] = lambda _: None,
    on_start: Callable[[int], None] = lambda _: None,
) -> tuple[Checked, Outcome]:
    """All six steps. A leaflet with an error is not made, and its last good file stays.

    `on_start` is told how many leaflets will be printed, `on_done` the path of each one that is.
    Raises `Busy` while another build writes to the same output, and `OutputError` where the disk refuses.
    """
    from printables.publish.publish import publish  # loads the worker pool: only a build needs it

    checked = check(options)
    if checked.library is None:
        return checked, Outcome()
    jobs = [_job(checked, subject) for subject in checked.good()]
    wanted = {subject.item.path for subject in checked.subjects}
    outcome = publish(
        jobs,
        options.output,
        stay=lambda entry: _stays(entry, checked, wanted, options.choice),
        workers=options.workers or os.cpu_count() or 1,
        on_done=on_done,
        on_start=on_start,
    )
    found = [_found(checked, path, finding) for path, finding in outcome.findings]
    return dataclasses.replace(checked, problems=(*checked.problems, *outcome.problems, *found)), outcome


def _audience_folder(templates: Path) -> Path:
    """Where the audiences are: in `templates`, or, where that only overrides some of our templates, our own."""
    return templates if any(templates.glob("*/audience.yaml")) else paths.own() / "templates"


def _touching(item: Item) -> tuple[tuple[str, str], ...]:
    """The (therapy, audience) pairs whose errors stop this leaflet: its own, its therapy's, its audience's."""
    return (item.therapy, item.audience), (item.therapy, ""), ("", item.audience)


def _leaflets(library: Library, therapy: str, options: Options) -> tuple[dict[str, Leaflet], list[Problem]]:
    """The leaflets of one therapy for all its audiences: some checks compare them."""
    choice = dataclasses.replace(options.choice, therapies=(therapy,), audiences=())
    leaflets, problems = {}, []
    for item in plan(library, choice, options.today):
        leaflets[item.audience], found = compose(library, item)
        problems += found
    return leaflets, problems


def _subject(
    library: Library, pages: Pages, leaflets: Mapping[str, Leaflet], item: Item, problems: list[Problem]
) -> Subject:
    leaflet = leaflets[item.audience]
    html, found = pages.html(leaflet)
    problems += found
    others = {name: other for name, other in leaflets.items() if name != item.audience}
    return Subject(library, leaflet, html, others)


def _job(checked: Checked, subject: Subject) -> Job:
    leaflet, item = subject.leaflet, subject.item
    twin = checked.pages.twin(subject.html, item.audience).encode()
    return Job(
        path=item.path,
        page=Page(subject.html, checked.pages.css(item.audience), rules=_rules(leaflet)),
        title=f"{leaflet.title}: {leaflet.label}",
        code=leaflet.code,
        version=subject.library.therapies[item.therapy].version,
        therapy=item.therapy,
        audience=item.audience,
        language=item.language,
        last_review=leaflet.last_review,
        next_review=leaflet.next_review,
        twins=((item.path.removesuffix(".pdf") + ".html", twin),),
    )


def _rules(leaflet: Leaflet) -> PrintRules:
    audience = leaflet.audience
    return PrintRules(
        min_pt=audience.print.smallest,
        min_pt_references=audience.print.references,
        min_pages=audience.pages.from_,
        max_pages=audience.pages.to,
        whole=("help-lines",),
        first_page=tuple(audience.first_page),
    )


def _stays(entry: Entry, checked: Checked, wanted: set[str], choice: Choice) -> bool:
    """Whether an older output that is not made now is kept: its record is broken, or it was not asked for."""
    broken = checked.library.broken if checked.library else frozenset()
    if entry.path in wanted or entry.therapy in broken:
        return True
    asked = not choice.therapies or entry.therapy in choice.therapies
    asked &= not choice.audiences or entry.audience in choice.audiences
    return not asked or entry.path.split("leaflets/")[0] != _folder(wanted)


def _folder(wanted: set[str]) -> str:
    """The part of the output that this build is about: everything before `leaflets/`."""
    return min(wanted, default="leaflets/").split("leaflets/")[0]


def _found(checked: Checked, path: str, finding: Finding) -> Problem:
    """A finding of the finished PDF as a problem of its record, at the section where that is known."""
    subject = next(s for s in checked.subjects if s.item.path == path)
    words = subject.leaflet.first_words(finding.section)
    place = words.place if words else subject.record("titles", subject.item.audience)
    what = f"{path}: {finding.what}"
    return subject.at(place, what, finding.mend, finding.rule, finding.severity, finding.section)


def succeeded(checked: Checked, outcome: Outcome | None = None) -> bool:
    """True where no error was found and nothing failed to print."""
    return not has_errors(checked.problems) and not (outcome and outcome.failed)
