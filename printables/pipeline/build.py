"""The six steps on one screen: read, plan, page, check, print, publish."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from printables import paths
from printables.cache import store as memory
from printables.cache.cache import Cache
from printables.cache.environment import environment
from printables.checks import library as library_checks
from printables.checks.subject import Subject
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.templates.render import Pages
from printables.pipeline import parallel_check, print_job
from printables.pipeline.check_result import CheckResult, LeafletSummary
from printables.pipeline.one_therapy import Batch, Strictness, check_result, compose_and_check, pairs_with_errors
from printables.pipeline.scope import asked_of
from printables.plan import Choice, Item, folder_of, plan
from printables.problems import Problem, has_errors
from printables.publish.jobs import LazyJob, PrintJob, PublishResult, page_key
from printables.publish.manifest import Entry
from printables.typeset.page import Finding

if TYPE_CHECKING:
    from printables.workers.cluster_address import Cluster


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
    cluster: Cluster | None = None
    """Other machines that print; ours where it is None."""
    release: bool = False
    allow_overdue: bool = False

    def store(self) -> memory.Store:
        """Where it is kept what was found out."""
        return memory.FolderStore(self.output)

    def strictness(self) -> Strictness:
        """What counts as an error."""
        return Strictness(self.allow_overdue, self.release)


@dataclass(frozen=True)
class Progress:
    """Whom to tell how many leaflets are planned, and which one was printed, or was up to date."""

    on_done: Callable[[str], None] = lambda _: None
    on_kept: Callable[[str], None] = lambda _: None
    on_start: Callable[[int], None] = lambda _: None


@dataclass(frozen=True)
class CheckedLibrary:
    """Steps 1 to 4: the library, its pages and everything that is wrong with them."""

    library: Library | None
    pages: Pages
    problems: tuple[Problem, ...]
    handouts: tuple[LeafletSummary, ...] = ()
    """What there is to say of each leaflet and worksheet of the plan."""
    subjects: tuple[Subject, ...] = ()
    """The same with their pages, where these were asked for."""

    def good(self) -> list[Subject]:
        """The leaflets without an error of their own."""
        fine = {known.about.path for known in self.handouts if known.good}
        return [subject for subject in self.subjects if subject.item.path in fine]

    def found(self, path: str, finding: Finding) -> Problem:
        """A finding of the finished PDF at `path` as a problem of its record."""
        return next(known for known in self.handouts if known.about.path == path).problem(finding)


@dataclass
class _Run:
    """Steps 1 and 2, and what the therapies come to."""

    options: Options
    memory: Cache
    keep: bool
    pages: Pages
    library: Library | None = None
    items: tuple[Item, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    handouts: list[LeafletSummary] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)

    def units(self) -> list[tuple[Batch, str]]:
        """The plan by therapy, each with its hash; those of which nothing is remembered come first."""
        if self.library is None:
            return []
        strictness = self.options.strictness()
        found = self.memory.units(self.library, self.items, strictness, in_braille=self.options.braille)
        return sorted(found, key=lambda one: self.memory.knows(one[1]))

    def remembered(self, key: str) -> CheckResult | None:
        """What is remembered of it; nothing with Braille, since nobody watches the programs that make it."""
        return None if self.keep or self.options.braille else self.memory.verdict(key)

    def compose(self, unit: Batch) -> tuple[list[Subject], list[Problem]]:
        """The pages of the unit, and what is wrong with them."""
        return (
            compose_and_check(self.library, self.pages, unit, self.options.strictness()) if self.library else ([], [])
        )

    def add(self, found: CheckResult) -> None:
        """Note what a unit came to."""
        self.problems += found.problems
        self.handouts += found.handouts

    def checked(self, more: Iterable[Problem] = ()) -> CheckedLibrary:
        """All that has come of it; `more` are problems of the finished files."""
        order = {item.path: place for place, item in enumerate(self.items)}
        handouts = tuple(sorted(self.handouts, key=lambda known: order[known.about.path]))
        subjects = tuple(sorted(self.subjects, key=lambda subject: order[subject.item.path]))
        return CheckedLibrary(self.library, self.pages, (*sorted(set(self.problems)), *more), handouts, subjects)


def check(
    options: Options, known: Cache | None = None, *, keep: bool = True, only: Collection[str] = ()
) -> CheckedLibrary:
    """Read, plan, page and check. The typesetting engine is not loaded.

    Without `keep`, what is `known` is not composed again, and no page is kept. `only` units with these keys, or all.
    """
    run = _read_and_plan(options, known or Cache(), keep=keep)
    bad, units = pairs_with_errors(run.problems), [(unit, key) for unit, key in run.units() if not only or key in only]
    if not (keep or only):
        parallel_check.check_in_processes(check, options, run.memory, [key for _, key in units])
    for unit, key in units:
        found = run.remembered(key)
        if found is None:
            subjects, problems = run.compose(unit)
            found = check_result(subjects, problems, bad)
            run.memory.keep(key, found)
            run.subjects += subjects if keep else []
        run.add(found)
    return run.checked()


def _read_and_plan(options: Options, known: Cache, *, keep: bool) -> _Run:
    """Read and plan, and check what all records share."""
    run = _Run(options, known, keep, Pages(options.templates, paths.own() / "templates"))
    known.begin(options.content, options.templates)
    library, found = load(options.content, paths.audiences(options.templates), known.readings, known.basis)
    run.problems, fine = asked_of(library, options.choice, found, options.content)
    if library is None or not fine:
        return run
    run.library, run.items = library, tuple(plan(library, options.choice, options.today))
    run.problems += library_checks.check(library, run.pages)
    run.problems += print_job.branding_problems(library, run.pages, run.items)
    return run


def build(
    options: Options, shown: Progress | None = None, *, keep: bool = False
) -> tuple[CheckedLibrary, PublishResult]:
    """All six steps. A leaflet with an error is not made, and its last good file stays.

    Pages are printed while others are still being composed. With `keep`, all are composed and kept.
    Raises `Busy` while another build writes to the same output, `OutputError` where the disk refuses, `cluster.Refused`
    where other machines cannot be used, and `BrailleMissing` where Braille is asked for and cannot be made.
    """
    from printables.publish.publisher import publish
    from printables.workers import cluster  # only a build needs what prints
    from printables.workers.worker import load_ahead

    known, shown = Cache().recall(options.store()), shown or Progress()
    if not (known.readings or options.cluster):  # nothing is known: much will be printed
        load_ahead(options.workers or os.cpu_count() or 1)
    run = _read_and_plan(options, known, keep=keep)
    if run.library is None:
        return run.checked(), PublishResult()
    shown.on_start(len(run.items))
    broken, wanted = run.library.broken, {item.path for item in run.items}
    folder = folder_of(min(wanted, default=""))
    with cluster.connected(options.cluster) if options.cluster else nullcontext((None, 0)) as (executor, width):
        outcome = publish(
            _print_jobs(run),
            options.output,
            paths=[path for item in run.items for path in print_job.job_paths(item, in_braille=options.braille)],
            stay=lambda entry: entry.path in wanted or _is_kept(entry, broken, folder, options.choice),
            workers=width or options.workers or os.cpu_count() or 1,
            on_done=shown.on_done,
            on_kept=shown.on_kept,
            executor=executor,
        )
    checked = run.checked(outcome.problems)
    found = tuple(checked.found(path, finding) for path, finding in outcome.findings)
    return replace(checked, problems=(*checked.problems, *found)), outcome


def _print_jobs(run: _Run) -> Iterator[LazyJob]:
    """What can be printed, what is new first; what is remembered is composed only where it must be printed again."""
    bad, made_by = pairs_with_errors(run.problems), environment()
    for unit, key in run.units():
        known = run.remembered(key)
        if known and known.printable():
            anew = cache(partial(run.compose, unit))
            run.add(known)
            ready = [
                LazyJob(o.about, o.key, partial(_job_at, anew, run, o.about.path)) for o in known.handouts if o.good
            ]
        else:
            subjects, problems = run.compose(unit)
            found = check_result(subjects, problems, bad)
            jobs = _jobs_of(run, subjects, {one.about.path for one in found.handouts if one.good})
            keys = {path: page_key(job, made_by) for path, job in jobs.items()}
            found = replace(found, handouts=tuple(replace(o, key=keys.get(o.about.path, "")) for o in found.handouts))
            run.memory.keep(key, found)
            run.add(found)
            run.subjects += subjects if run.keep else []
            ready = [LazyJob(job, keys[path], partial(jobs.__getitem__, path)) for path, job in jobs.items()]
        yield from ready
    run.memory.save(run.options.store())  # while the last pages are being printed


def _jobs_of(run: _Run, subjects: Iterable[Subject], good: set[str]) -> dict[str, PrintJob]:
    """The jobs of those that can be printed, by path."""
    braille = run.options.braille
    return {s.item.path: print_job.print_job(run.pages, s, in_braille=braille) for s in subjects if s.item.path in good}


def _job_at(anew: Callable[[], tuple[list[Subject], list[Problem]]], run: _Run, path: str) -> PrintJob:
    return _jobs_of(run, anew()[0], {path})[path]


def _is_kept(entry: Entry, broken: frozenset[str], folder: str, choice: Choice) -> bool:
    """Whether an older output that is not made now is kept: its record is broken, or it was not asked for."""
    if broken & {entry.record, entry.therapy}:
        return True
    asked = choice.covers(entry.record, entry.therapy, entry.audience, entry.edition)
    return not asked or folder_of(entry.path) != folder


def succeeded(checked: CheckedLibrary, outcome: PublishResult | None = None) -> bool:
    """True where no error was found and nothing failed to print."""
    return not has_errors(checked.problems) and not (outcome and outcome.failed)
