"""Build what stands in a rack besides leaflets: cards and posters of a region or a clinic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from printables import paths
from printables.library.clinics import Clinic
from printables.library.library import Library
from printables.library.loader import load
from printables.library.regions import Region
from printables.pages.templates.render import BadTemplate, Pages
from printables.pipeline.choice_faults import check_choice
from printables.pipeline.options import Options
from printables.pipeline.scope import Faults
from printables.plan import clinic_of, output_folder_of
from printables.problems import Problem, has_errors
from printables.publish.jobs import PrintJob, PublishResult
from printables.publish.manifest import Entry
from printables.publish.publisher import publish
from printables.rack.card import cards
from printables.rack.make import card_job, poster_jobs
from printables.rack.poster import poster
from printables.typeset.page import Finding

KINDS = ("cards", "posters")
"""What can be made, and the names of their folders in the output."""


@dataclass(frozen=True)
class RackResult:
    """The paths of what was made, below the output folder, and all problems."""

    made: tuple[str, ...] = ()
    kept: int = 0
    pages: int = 0
    problems: tuple[Problem, ...] = ()


def build_rack(options: Options, kinds: tuple[str, ...] = KINDS) -> RackResult:
    """Make cards and posters for the audiences, and the region or clinic, of the choice.

    What has an error is not made, and its last good file stays. Raises `Busy` and `OutputError` as `build` does.
    """
    library, problems = load(options.folders, paths.audiences(options.templates))
    faults = Faults(problems, options.folders)
    if library is None:
        return RackResult(problems=tuple(one for one in problems if one.severity == "error"))
    wrong = [*check_choice(library, options.choice), *_lost(library, options, faults)]
    clinic = clinic_of(library, options.choice)
    name = options.choice.region or (clinic.region if clinic else library.publisher.region)
    if has_errors(wrong) or name not in library.regions:
        return RackResult(problems=tuple(dict.fromkeys([*wrong, *faults.of(("region", name))])))
    return _made(options, kinds, library, library.regions[name], clinic)


def _lost(library: Library, options: Options, faults: Faults) -> Iterator[Problem]:
    """Yield the errors of a clinic or region that was asked for and cannot be used."""
    for kind, name in (("clinic", options.choice.clinic), ("region", options.choice.region)):
        if name and library.cannot_use(kind, name):
            yield from faults.of((kind, name))


def _made(
    options: Options, kinds: tuple[str, ...], library: Library, region: Region, clinic: Clinic | None
) -> RackResult:
    pages = Pages(options.templates, paths.own() / "templates")
    folder, audiences = output_folder_of(library, region.id, options.choice.clinic), options.choice.audiences
    jobs: list[PrintJob] = []
    try:
        if "cards" in kinds:
            jobs += [card_job(pages, card, folder) for card in cards(library, region, clinic, audiences)]
        if "posters" in kinds and (shown := poster(library, region, clinic, audiences)):
            jobs += poster_jobs(pages, library, shown, folder)
    except BadTemplate as bad:
        return RackResult(problems=(bad.problem,))
    own = tuple(f"{folder}{kind}/" for kind in kinds)
    everything = not options.choice.audiences

    def keep(entry: Entry) -> bool:
        return not (everything and entry.path.startswith(own))

    result = publish(jobs, options.output, keep=keep, workers=options.workers or 2, on_done=lambda _: None)
    return _result(library, region, jobs, result)


def _result(library: Library, region: Region, jobs: list[PrintJob], result: PublishResult) -> RackResult:
    paths_made = {job.path for job in jobs} - set(result.failed)
    return RackResult(
        made=tuple(sorted(paths_made)),
        kept=len(paths_made.intersection(result.kept)),
        pages=sum(entry.pages for entry in result.entries if entry.path in paths_made),
        problems=tuple(_problem(library, region, path, finding) for path, finding in result.findings),
    )


def _problem(library: Library, region: Region, path: str, finding: Finding) -> Problem:
    """Return a finding in a finished card or poster as a problem of the region, whose words it has."""
    place = library.place("region", region.id, ("help_now",))
    return Problem(place.path, place.line, f"{path}: {finding.what}", finding.mend, finding.severity, finding.rule)
