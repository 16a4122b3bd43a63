"""The six steps on one screen: read, plan, page, check, print, publish."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from printables import handover, paths
from printables.checks import check_subject
from printables.checks import library as library_checks
from printables.checks.subject import Subject
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.compose import compose
from printables.pages.leaflet import Leaflet
from printables.pages.render import Pages
from printables.pages.worksheet import compose_worksheet
from printables.plan import Choice, Item, check_choice, folder_of, plan
from printables.problems import Problem, has_errors
from printables.publish.jobs import Outcome
from printables.publish.manifest import Entry
from printables.typeset.page import Finding


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
    braille: bool = False
    """A Braille file beside each PDF."""
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
    library, problems = load(options.content, audience_folder(options.templates))
    problems += check_choice(library, options.choice) if library else []
    if library is None or any(p.path == "command line" and p.severity == "error" for p in problems):
        return Checked(None, pages, (), tuple(problems))
    problems += library_checks.check(library, pages)
    items = plan(library, options.choice, options.today)
    problems += handover.branding_problems(library, pages, items)
    subjects = tuple(_subjects(library, pages, items, problems))
    for subject in once(subjects):
        if subject.html:  # otherwise its template's problem says it all
            problems += check_subject(
                subject, allow_overdue=options.allow_overdue and not options.release, for_release=options.release
            )
    return Checked(library, pages, subjects, tuple(sorted(set(problems))))


def once(subjects: Iterable[Subject]) -> list[Subject]:
    """Each leaflet and worksheet once, though it is made in several editions: their words are the same."""
    return list({(s.item.record, s.item.audience): s for s in reversed(list(subjects))}.values())[::-1]


def build(
    options: Options,
    on_done: Callable[[str], None] = lambda _: None,
    on_start: Callable[[int], None] = lambda _: None,
) -> tuple[Checked, Outcome]:
    """All six steps. A leaflet with an error is not made, and its last good file stays.

    `on_start` is told how many leaflets will be printed, `on_done` the path of each one that is.
    Raises `Busy` while another build writes to the same output, `OutputError` where the disk refuses, and
    `BrailleMissing` where Braille is asked for and cannot be made.
    """
    from printables.publish.publish import publish  # loads the worker pool: only a build needs it

    checked = check(options)
    if checked.library is None:
        return checked, Outcome()
    jobs = [handover.job(checked.pages, subject, in_braille=options.braille) for subject in checked.good()]
    wanted = {subject.item.path for subject in checked.subjects}
    outcome = publish(
        jobs,
        options.output,
        stay=lambda entry: _stays(entry, checked, wanted, options.choice),
        workers=options.workers or os.cpu_count() or 1,
        on_done=on_done,
        on_start=on_start,
    )
    found = [found_in_pdf(checked, path, finding) for path, finding in outcome.findings]
    return dataclasses.replace(checked, problems=(*checked.problems, *outcome.problems, *found)), outcome


def audience_folder(templates: Path) -> Path:
    """Where the audiences are: in `templates`, or, where that only overrides some of our templates, our own."""
    return templates if any(templates.glob("*/audience.yaml")) else paths.own() / "templates"


def _touching(item: Item) -> tuple[tuple[str, str], ...]:
    """The (therapy, audience) pairs whose errors stop this leaflet: its own, its therapy's, its audience's."""
    return (item.record, item.audience), (item.record, ""), ("", item.audience)


def _subjects(library: Library, pages: Pages, items: Sequence[Item], problems: list[Problem]) -> Iterator[Subject]:
    """Every item composed and turned into HTML. What is wrong is added to `problems`."""
    for therapy in {item.therapy: None for item in items}:
        mine = [item for item in items if item.therapy == therapy]
        leaflets, trouble = _composed(library, mine)
        asked = {(item.record, item.audience) for item in mine}
        problems += [p for p in trouble if not p.audience or (p.therapy, p.audience) in asked]
        for item in mine:
            leaflet = dataclasses.replace(leaflets[item.worksheet, item.audience], item=item)
            yield _subject(library, pages, leaflets, leaflet, problems)


def _composed(library: Library, items: Sequence[Item]) -> tuple[dict[tuple[str | None, str], Leaflet], list[Problem]]:
    """One therapy's leaflets for all its audiences, since some checks compare them, and the worksheets among `items`.

    By worksheet and audience; the words of an edition are those of every other.
    """
    first = items[0]
    titles = library.therapies[first.therapy].titles
    readers = [
        dataclasses.replace(first, audience=name, worksheet=None) for name in library.audiences if name in titles
    ]
    leaflets, problems = {}, []
    for item in (*readers, *(item for item in items if item.worksheet)):
        if (item.worksheet, item.audience) not in leaflets:
            make = compose_worksheet if item.worksheet else compose
            leaflets[item.worksheet, item.audience], found = make(library, item)
            problems += found
    return leaflets, problems


def _subject(
    library: Library,
    pages: Pages,
    leaflets: Mapping[tuple[str | None, str], Leaflet],
    leaflet: Leaflet,
    problems: list[Problem],
) -> Subject:
    leaflet = handover.dressed(library, pages, leaflet)
    html, found = pages.html(leaflet)
    problems += found
    item = leaflet.item
    others = {
        name: other for (sheet, name), other in leaflets.items() if sheet == item.worksheet and name != item.audience
    }
    return Subject(library, leaflet, html, others)


def _stays(entry: Entry, checked: Checked, wanted: set[str], choice: Choice) -> bool:
    """Whether an older output that is not made now is kept: its record is broken, or it was not asked for."""
    broken = checked.library.broken if checked.library else frozenset()
    if entry.path in wanted or broken & {entry.record, entry.therapy}:
        return True
    asked = not choice.therapies or entry.therapy in choice.therapies
    asked &= not choice.audiences or entry.audience in choice.audiences
    asked &= not choice.worksheets or entry.record in choice.worksheets
    asked &= not choice.editions or entry.edition in {edition.name for edition in choice.editions}
    return not asked or folder_of(entry.path) != folder_of(min(wanted, default=""))


def found_in_pdf(checked: Checked, path: str, finding: Finding) -> Problem:
    """A finding of the finished PDF as a problem of its record, at the section where that is known."""
    subject = next(s for s in checked.subjects if s.item.path == path)
    words = subject.leaflet.first_words(finding.section)
    place = words.place if words else subject.record("titles", subject.item.audience)
    what = f"{path}: {finding.what}"
    return subject.at(place, what, finding.mend, finding.rule, finding.severity, finding.section)


def succeeded(checked: Checked, outcome: Outcome | None = None) -> bool:
    """True where no error was found and nothing failed to print."""
    return not has_errors(checked.problems) and not (outcome and outcome.failed)
