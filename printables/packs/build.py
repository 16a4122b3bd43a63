"""Build course packs: check the handouts, print them, then print the books."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from printables import paths
from printables.checks.subject import Subject
from printables.library.editions import Edition
from printables.library.library import Library
from printables.library.loader import load
from printables.library.owners import Owner
from printables.library.pack_loader import Packs, load_packs
from printables.library.packs import Pack, PackHandout
from printables.packs.book import LEARNER
from printables.packs.compose import PackMaterial
from printables.packs.make import jobs as book_jobs
from printables.pipeline import print_job
from printables.pipeline.build import CheckedLibrary, Options, check
from printables.pipeline.scope import Faults
from printables.plan import Choice, output_folder_of
from printables.problems import Problem, guess, has_errors
from printables.publish.archive import zip_bytes
from printables.publish.jobs import PrintJob, PublishResult
from printables.publish.manifest import Entry
from printables.publish.publisher import publish
from printables.typeset.page import Finding

Say = Callable[[str], None]


@dataclass
class PacksResult:
    """The result: what was made, and all problems. `books` are paths below the output folder."""

    books: list[str] = field(default_factory=list)
    handouts: list[str] = field(default_factory=list)
    kept: int = 0
    pages: int = 0
    problems: list[Problem] = field(default_factory=list)


def build_packs(options: Options, names: Sequence[str], say: Say = lambda _: None) -> PacksResult:
    """Make the packs of these names, or all if none is named. A pack with an error keeps its last good books.

    `say` is called with progress messages. Raises `Busy` and `OutputError` as `build` does.
    """
    library, problems = load(options.folders, paths.audiences(options.templates))
    errors = [problem for problem in problems if problem.severity == "error"]
    if library is None:
        return PacksResult(problems=errors)
    packs, found = load_packs(library, options.folders)
    wanted = list(names) or [*packs.packs, *sorted(packs.broken)]
    made, faults = PacksResult(), Faults([*errors, *found], options.folders)
    for name in wanted:
        made.problems += faults.of(("pack", name))
        if name in packs.packs:
            pack = packs.packs[name]
            _pack(_PackBuilder(options, packs, pack, _region(options, library, pack), made, faults, say), library)
        elif name not in packs.broken:
            hint = guess(name, packs.packs) or f" There are: {', '.join(sorted(packs.packs)) or 'none'}."
            made.problems.append(Problem("command line", 0, f'There is no course pack "{name}".', hint.strip()))
    made.problems = list(dict.fromkeys([*made.problems, *faults.elsewhere()]))
    return made


def _region(options: Options, library: Library, pack: Pack) -> str:
    """Return the region: the selected one, the course's, the clinic's, or the publisher's."""
    clinic = library.clinics.get(options.choice.clinic or "")
    return options.choice.region or pack.region or (clinic.region if clinic else library.publisher.region)


def _pack(maker: _PackBuilder, library: Library) -> None:
    """Make one pack in all its editions; an edition with an error keeps its last good books."""
    options, packs, pack, made, region = maker.options, maker.packs, maker.pack, maker.made, maker.region
    needed = ("clinic", options.choice.clinic or ""), ("region", region), ("language", pack.language)
    lost = [problem for owner in needed if library.cannot_use(*owner) for problem in maker.faults.of(owner)]
    if lost:
        made.problems += lost
        return
    if pack.region and region != pack.region:
        what = f'The pack "{pack.id}" is for the region "{pack.region}", not "{region}"; regions may not mix.'
        made.problems.append(Problem("command line", 0, what, "Leave --region out, or copy the pack."))
        return
    if options.release and pack.review.next_review < options.today:
        made.problems.append(_overdue(packs, pack))
        return
    jobs = {edition.name: maker.edition(edition) for edition in options.choice.editions or tuple(pack.editions)}
    if any(jobs.values()):
        maker.books(jobs)


def _overdue(packs: Packs, pack: Pack) -> Problem:
    document = packs.documents[f"pack:{pack.id}"]
    what = f'The review of the pack "{pack.id}" was due on {pack.review.next_review:%d %B %Y}.'
    return Problem(
        document.path, document.line(("review", "next_review")), what, "Look at it again, then set the dates."
    )


@dataclass(frozen=True)
class _PackBuilder:
    """Makes one pack."""

    options: Options
    packs: Packs
    pack: Pack
    region: str
    made: PacksResult
    faults: Faults
    say: Say

    def edition(self, edition: Edition) -> list[PrintJob]:
        """Return the print jobs of both books in this edition; none if a handout or a text has an error."""
        single = dataclasses.replace(edition, booklet=False, duplex=False, private_cover=False)
        clinic = self.options.choice.clinic
        choice = Choice(region=self.region, clinic=clinic, editions=(single,), offered=True, off_shelf=True)
        checked = check(dataclasses.replace(self.options, choice=choice, allow_overdue=not self.options.release))
        if checked.library is None:
            self.made.problems += [problem for problem in checked.problems if problem.severity == "error"]
            return []
        used = list(_used(self.pack, checked.subjects))
        wrong = list(_wrong(self.packs, self.pack, checked, self.faults))
        self.made.problems += wrong
        if has_errors(wrong) or not self._handouts_printed(checked, used, edition):
            return []
        return self._composed(checked, checked.library, used, edition)

    def _handouts_printed(self, checked: CheckedLibrary, used: Sequence[Subject], edition: Edition) -> bool:
        self.say(f"{self.pack.id}: printing {len(used)} handouts ({edition.name})")
        loose = _publish(
            self.options, [print_job.print_job(checked.pages, subject) for subject in used], lambda _: True
        )
        failed = [checked.problem_of(path, one) for path, one in loose.findings if path in loose.failed]
        self.made.problems += failed
        return not loose.failed

    def _composed(
        self, checked: CheckedLibrary, library: Library, used: Sequence[Subject], edition: Edition
    ) -> list[PrintJob]:
        pack = self.pack
        for number, session in enumerate(pack.sessions, 1):
            self.say(f"{pack.id}: session {number}, {session.title}")
        course = PackMaterial(
            library=library,
            packs=self.packs,
            pack=pack,
            region=self.region,
            edition=edition,
            handouts={(subject.item.record, subject.item.audience): subject for subject in used},
            today=self.options.today,
            clinic=library.clinics.get(self.options.choice.clinic or ""),
        )
        folder = output_folder_of(library, self.region, self.options.choice.clinic)
        jobs, found = book_jobs(course, checked.pages, folder)
        self.made.problems += found
        if has_errors(found):
            return []
        loose_files = tuple(_loose(self.options.output, f"{folder}packs/{pack.id}/", pack, used, edition))
        self.made.handouts += [path for path, _ in loose_files if path.endswith(".pdf")]
        return [dataclasses.replace(job, siblings=loose_files) if job.audience == LEARNER else job for job in jobs]

    def books(self, editions: Mapping[str, Sequence[PrintJob]]) -> None:
        """Print the books. Books of editions without jobs stay; those of editions that the pack dropped are removed."""
        jobs = [job for mine in editions.values() for job in mine]
        self.say(f"{self.pack.id}: printing {len(jobs)} books")
        folder = jobs[0].path.rsplit("/", 1)[0] + "/"
        kept = {name for name, mine in editions.items() if not mine}
        result = _publish(self.options, jobs, lambda one: one.edition in kept or not one.path.startswith(folder))
        own = {job.path for job in jobs}
        self.made.books += sorted(own - set(result.failed))
        self.made.kept += len(own.intersection(result.kept))
        self.made.pages += sum(entry.pages for entry in result.entries if entry.path in own)
        self.made.problems += [_book_problem(self.packs, self.pack, path, one) for path, one in result.findings]


def _publish(options: Options, jobs: Sequence[PrintJob], keep: Callable[[Entry], bool]) -> PublishResult:
    workers = options.workers or 2
    return publish(jobs, options.output, keep=keep, workers=workers, on_done=lambda _: None)


def _handouts(pack: Pack) -> Iterator[tuple[str, PackHandout]]:
    for session in pack.sessions:
        for handout in session.handouts:
            yield session.id, handout


def _used(pack: Pack, subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Yield the leaflets and worksheets of the pack, in the order of its sessions."""
    there = {(subject.item.record, subject.item.audience): subject for subject in subjects}
    for _, handout in _handouts(pack):
        if (handout.record, handout.audience) in there:
            yield there[handout.record, handout.audience]


def _wrong(packs: Packs, pack: Pack, checked: CheckedLibrary, faults: Faults) -> Iterator[Problem]:
    """Yield the problems of the handouts with the session that uses each, and handouts that lack this edition."""
    there = {(subject.item.record, subject.item.audience) for subject in checked.subjects}
    document = packs.documents[f"pack:{pack.id}"]
    for at, session in enumerate(pack.sessions):
        for index, handout in enumerate(session.handouts):
            where = _where(pack, session.id)
            own = [*faults.of(_owner(handout)), *_of_handout(handout, checked.problems)]
            yield from (dataclasses.replace(problem, what=f"{where} {problem.what}") for problem in own)
            if not own and (handout.record, handout.audience) not in there:
                line = document.line(("sessions", at, "handouts", index))
                what = f'{where} "{handout.record}" for "{handout.audience}" cannot be made.'
                yield Problem(document.path, line, what, "Mend its record, or choose another edition.")


def _owner(handout: PackHandout) -> Owner:
    return ("worksheet" if handout.worksheet else "therapy"), handout.record


def _of_handout(handout: PackHandout, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the errors of the leaflet or worksheet itself."""
    mine = ((handout.record, handout.audience), (handout.record, ""))
    yield from (one for one in problems if one.severity == "error" and (one.therapy, one.audience) in mine)


def _where(pack: Pack, session: str) -> str:
    return f'In the pack "{pack.id}", session "{session}":'


def _loose(
    output: Path, home: str, pack: Pack, used: Sequence[Subject], edition: Edition
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the separate handouts, exactly as published, and of a ZIP of all."""
    files = {}
    for subject in used:
        name = subject.item.path.rsplit("/", 1)[-1]
        files[f"{home}handouts/{name}"] = (output / subject.item.path).read_bytes()
    yield from files.items()
    inside = {path.rsplit("/", 1)[-1]: data for path, data in files.items()}
    yield f"{home}{pack.id}-handouts-{pack.language}{edition.suffix}.zip", zip_bytes(inside)


def _book_problem(packs: Packs, pack: Pack, path: str, finding: Finding) -> Problem:
    """Return a finding in a finished book as a problem, at its session if that is known."""
    document = packs.documents[f"pack:{pack.id}"]
    at = next((at for at, one in enumerate(pack.sessions) if finding.section.startswith(one.id)), None)
    line = document.line(("sessions", at)) if at is not None else 1
    return Problem(document.path, line, f"{path}: {finding.what}", finding.mend, finding.severity, finding.rule)
