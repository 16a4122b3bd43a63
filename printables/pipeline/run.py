"""One run: the library, its plan by therapy, and the results of the batches checked so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from printables import paths
from printables.cache.cache import Cache
from printables.checks import check_library
from printables.checks.subject import Subject, WholeLibrary
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.compose.blocks.registry import unknown_blocks
from printables.pages.compose.leaflet import Leaflet
from printables.pages.templates.render import Pages
from printables.pipeline import print_job
from printables.pipeline.check_result import CheckResult, LeafletSummary, from_json, to_json
from printables.pipeline.language_notes import language_notes
from printables.pipeline.one_therapy import Batch, batch_keys, batches, compose_and_check, compose_one
from printables.pipeline.options import Options
from printables.pipeline.scope import problems_of_choice
from printables.plan import Item, plan
from printables.problems import Problem
from printables.translations.files import read_language
from printables.typeset.page import Finding


@dataclass(frozen=True)
class PlannedLeaflet:
    """A leaflet or worksheet of the plan with what is known of it. It is composed only if its words are needed."""

    item: Item
    summary: LeafletSummary
    compose: Callable[[], Leaflet]


@dataclass(frozen=True)
class CheckedLibrary:
    """The result of steps 1 to 4: the library, its leaflets and all problems."""

    library: Library | None
    pages: Pages
    problems: tuple[Problem, ...]
    handouts: tuple[LeafletSummary, ...] = ()
    """The summary of each leaflet and worksheet of the plan."""
    subjects: tuple[Subject, ...] = ()
    """The leaflets and worksheets with their pages, if pages were kept."""
    planned: tuple[PlannedLeaflet, ...] = ()
    """The leaflets and worksheets without their pages, if those were asked for."""
    library_key: str = ""
    """The key of everything that records share, templates included."""
    page_counts: Mapping[str, int] = field(default_factory=dict)
    """The number of pages of each leaflet and worksheet that was laid out, by path; 0 if it could not be finished."""

    def good(self) -> list[Subject]:
        """Return the leaflets and worksheets without errors."""
        fine = {summary.about.path for summary in self.handouts if summary.good}
        return [subject for subject in self.subjects if subject.item.path in fine]

    def problem_of(self, path: str, finding: Finding) -> Problem:
        """Return a finding of the finished PDF at `path` as a problem of its record."""
        return next(summary for summary in self.handouts if summary.about.path == path).problem(finding)


@dataclass
class Run:
    """The state of a run: the results of steps 1 and 2, and those of the batches so far."""

    options: Options
    cache: Cache
    keep: bool
    """Whether pages are kept in memory, as `subjects`. Then every batch is composed, even if its result is cached."""
    pages: Pages
    library: Library | None = None
    items: tuple[Item, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    handouts: list[LeafletSummary] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    planned: list[PlannedLeaflet] = field(default_factory=list)
    bare: bool = False
    """Whether leaflets are kept without their pages, as `planned`. Then a cached batch is not composed."""

    def batches(self) -> list[tuple[Batch, str]]:
        """Return the plan by therapy, each batch with its key; those without a cached result come first."""
        if self.library is None:
            return []
        basis = [self.cache.library_key, self.options.strictness(), self.options.formats]
        with_keys = batch_keys(self.library, batches(self.items), basis)
        return sorted(with_keys, key=lambda pair: pair[1] in self.cache)

    def cached(self, key: str) -> CheckResult | None:
        """Return the cached result, if any. There is none with a format such as Braille: no key covers its maker."""
        if self.keep or not self.options.is_watched():
            return None
        text = self.cache.get(key)
        result = from_json(text) if text else None
        if result is None:
            self.cache.drop(key)
        return result

    def compose(self, batch: Batch) -> tuple[list[Subject], list[Problem]]:
        """Compose and check the batch. Return its pages and their problems."""
        if self.library is None:
            return [], []
        return compose_and_check(self.library, self.pages, batch, self.options.strictness())

    def add_planned(self, batch: Batch, result: CheckResult, subjects: Sequence[Subject] = ()) -> None:
        """Add the result of a batch; with `bare`, its leaflets besides, which are composed already as `subjects`."""
        self.add(result, subjects)
        if self.bare and self.library:
            made = {subject.item.path: subject.leaflet for subject in subjects}
            known = {summary.about.path: summary for summary in result.handouts}
            for item in batch.items:
                leaflet = made.get(item.path)
                compose = partial(compose_one, self.library, batch, item)
                self.planned.append(
                    PlannedLeaflet(item, known[item.path], partial(_same, leaflet) if leaflet else compose)
                )

    def add(self, result: CheckResult, subjects: Iterable[Subject] = ()) -> None:
        """Add the result of a batch, and its pages if pages are kept."""
        self.problems += result.problems
        self.handouts += result.handouts
        self.subjects += subjects if self.keep else []

    def put(self, key: str, result: CheckResult) -> None:
        """Keep a new result in the cache."""
        self.cache.put(key, to_json(result))

    def checked(self, more: Iterable[Problem] = ()) -> CheckedLibrary:
        """Return all results in the order of the plan; `more` are problems of the finished files."""
        order = {item.path: place for place, item in enumerate(self.items)}
        handouts = tuple(sorted(self.handouts, key=lambda summary: order[summary.about.path]))
        subjects = tuple(sorted(self.subjects, key=lambda subject: order[subject.item.path]))
        planned = tuple(sorted(self.planned, key=lambda one: order[one.item.path]))
        problems = (*sorted(set(self.problems)), *more)
        key = self.cache.library_key
        return CheckedLibrary(self.library, self.pages, problems, handouts, subjects, planned, key)


def _same(leaflet: Leaflet) -> Leaflet:
    return leaflet


def read_and_plan(options: Options, cache: Cache, *, keep: bool, bare: bool = False) -> Run:
    """Run steps 1 and 2, and check what all records share."""
    run = Run(options, cache, keep, Pages(options.templates, paths.own() / "templates"), bare=bare)
    cache.begin(options.folders, options.templates)
    audiences = paths.audiences(options.templates)
    language, found = read_language(options.folders, options.language) if options.language else (None, [])
    if options.language and language is None:
        run.problems = found
        return run
    library, problems = load(options.folders, audiences, cache.read_results, cache.library_key, language)
    problems = sorted([*problems, *found])
    if library and (unknown := list(unknown_blocks(library))):
        library, problems = None, sorted([*problems, *unknown])
    run.problems, can_be_planned = problems_of_choice(library, options.choice, problems, options.folders)
    if options.release and library:
        run.problems = _for_release(library, run.problems)
    if library is None or not can_be_planned:
        return run
    run.library, run.items = library, tuple(plan(library, options.choice, options.today))
    if language:
        run.problems += language_notes(library, language.settings_text.shown)
    if library.language is None:  # a translation changes nothing in what these look at
        of_all = check_library(WholeLibrary(library, run.pages))
        run.problems += [problem for problem in of_all if not options.folders.is_shipped(Path(problem.path))]
    run.problems += print_job.branding_problems(library, run.pages, run.items)
    return run


def _for_release(library: Library, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems; each fault of the approvals is an error, as a release depends on every one of them."""
    faults = {fault.problem for fault in library.approval_faults}
    return [replace(problem, severity="error") if problem in faults else problem for problem in problems]
