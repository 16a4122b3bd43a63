"""The public API, which `import printables` offers: load, check and build, and the types that they give.

Nothing here writes to the terminal, ends the process or changes how signals are handled. Functions may be called from
any thread, and any number of times. What is public is listed in `__all__` and promised in docs/api.md.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from pydantic_core import PydanticCustomError

from printables import paths
from printables.api.types import Built, Leaflet, Library, PrintablesError, Report
from printables.files import OutputError
from printables.library.editions import Edition, edition
from printables.library.loader import load as load_library
from printables.pages.formats.registry import FormatMissing, all_formats
from printables.pipeline import build as pipeline
from printables.pipeline.check_result import LeafletSummary
from printables.pipeline.options import Options, Progress
from printables.plan import Choice
from printables.problems import Problem
from printables.publish.lock import Busy

__all__ = ["Built", "Leaflet", "Library", "PrintablesError", "Problem", "Report", "build", "check", "load"]

ARGUMENTS = "arguments"
"""The place of problems that are in what was asked for, and in no file."""


def load(content: Path | str | None = None, *, templates: Path | str | None = None) -> Library:
    """Return what is in a content folder.

    Without `content`, ./content lies over the shipped library, as for the commands; a folder that is a whole library is
    read alone. Without `templates`, those that came with the program are used.
    Raises PrintablesError if nothing can be read.
    """
    options = _options(content, templates)
    library, problems = load_library(options.folders, paths.audiences(options.templates))
    if library is None:
        raise PrintablesError(_placed(problems))
    return Library(
        therapies={one.id: one.name for one in library.summaries.values()},
        worksheets={one.id: one.name for one in library.worksheet_summaries.values()},
        audiences={one.id: next(iter(one.name.values())) for one in library.audiences.values()},
        clinics={one.id: one.name for one in library.clinics.values()},
        regions={one.id: one.name for one in library.regions.values()},
        problems=tuple(problems),
    )


def check(  # noqa: PLR0913 - one parameter for each part of a choice, all by name
    content: Path | str | None = None,
    *,
    templates: Path | str | None = None,
    therapies: Iterable[str] = (),
    audiences: Iterable[str] = (),
    worksheets: Iterable[str] = (),
    editions: Iterable[str] = (),
    clinic: str | None = None,
    region: str | None = None,
    language: str = "",
    today: date | None = None,
) -> Report:
    """Check every record, text and template of a choice, and make no PDF.

    An empty choice means all. `editions` are names such as "a4" or "a4-large-print"; `language` is the code of a
    translation; `today` is the day by which reviews are due, by default that of the machine.
    Raises PrintablesError if the library cannot be read, or has nothing of what was chosen.
    """
    choice = _choice(therapies, audiences, worksheets, editions, clinic, region)
    checked = pipeline.check(_options(content, templates, choice, language=language, today=today), keep=False)
    if checked.library is None:
        raise PrintablesError(_placed(checked.problems))
    return Report(tuple(map(_leaflet, checked.handouts)), _placed(checked.problems))


def build(  # noqa: PLR0913 - as above
    output: Path | str,
    content: Path | str | None = None,
    *,
    templates: Path | str | None = None,
    therapies: Iterable[str] = (),
    audiences: Iterable[str] = (),
    worksheets: Iterable[str] = (),
    editions: Iterable[str] = (),
    clinic: str | None = None,
    region: str | None = None,
    language: str = "",
    today: date | None = None,
    formats: Iterable[str] = (),
    release: bool = False,
    workers: int = 0,
    on_done: Callable[[str], None] | None = None,
) -> Built:
    """Build a choice of leaflets into `output`, as the command `build` does; see `check` for the other parameters.

    `formats` are made beside each PDF, such as "braille"; `release` makes only what is approved; `workers` is the
    number of processes that print, one for each core by default; `on_done` is called with the path of each PDF as it is
    finished. A leaflet with an error is not made, its last good file stays, and `problems` says why.
    Raises PrintablesError if the library cannot be read, if another build writes into the same folder, or if the folder
    cannot be written.
    """
    choice = _choice(therapies, audiences, worksheets, editions, clinic, region)
    options = _options(
        content, templates, choice, output=Path(output), language=language, today=today,
        formats=_formats(formats), release=release, workers=workers,
    )  # fmt: skip
    try:
        checked, result = pipeline.build(options, Progress(on_done=on_done) if on_done else None)
    except (Busy, FormatMissing) as refused:
        raise PrintablesError((refused.problem,)) from None
    except OutputError as refused:
        raise PrintablesError(tuple(refused.problems)) from None
    if checked.library is None:
        raise PrintablesError(_placed(checked.problems))
    found = [checked.problem_of(path, finding) for path, finding in result.findings]
    problems = _placed(dict.fromkeys([*checked.problems, *found, *result.problems]))
    leaflets = tuple(map(_leaflet, checked.handouts))
    made = result.rendered, result.kept, result.failed, result.removed
    return Built(leaflets, problems, Path(output), *(tuple(sorted(paths)) for paths in made))


def _options(  # noqa: PLR0913 - each by name
    content: Path | str | None,
    templates: Path | str | None,
    choice: Choice | None = None,
    *,
    output: Path | None = None,
    today: date | None = None,
    language: str = "",
    formats: tuple[str, ...] = (),
    release: bool = False,
    workers: int = 0,
) -> Options:
    folder = Path(content) if content else paths.content()
    if content and not folder.is_dir():
        problem = Problem(str(folder), 0, "There is no such folder.", "Name the folder that holds therapies/.")
        raise PrintablesError((problem,))
    return Options(
        content=folder,
        templates=Path(templates) if templates else paths.templates(),
        output=output or paths.output(),
        today=today or date.today(),  # noqa: DTZ011 - review dates are days where the clinic is
        choice=choice or Choice(),
        workers=workers,
        formats=formats,
        release=release,
        language=language,
        shipped=paths.shipped_below(folder),
    )


def _choice(
    therapies: Iterable[str],
    audiences: Iterable[str],
    worksheets: Iterable[str],
    editions: Iterable[str],
    clinic: str | None,
    region: str | None,
) -> Choice:
    return Choice(
        therapies=tuple(therapies),
        audiences=tuple(audiences),
        worksheets=tuple(worksheets),
        editions=tuple(map(_edition, editions)),
        clinic=clinic,
        region=region,
    )


def _edition(name: str) -> Edition:
    try:
        return edition(name)
    except PydanticCustomError as error:
        details = error.context or {}
        raise PrintablesError((Problem(ARGUMENTS, 0, details["what"], details["mend"]),)) from None


def _formats(names: Iterable[str]) -> tuple[str, ...]:
    known = [one.name for one in all_formats() if one.option]
    chosen = tuple(names)
    for name in chosen:
        if name not in known:
            what = f'There is no format "{name}" to ask for.'
            raise PrintablesError((Problem(ARGUMENTS, 0, what, f"There are: {', '.join(known)}."),))
    return chosen


def _placed(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems, those of what was asked for at the arguments: there is no command line here."""
    return tuple(dataclasses.replace(one, path=ARGUMENTS) if one.path == "command line" else one for one in problems)


def _leaflet(summary: LeafletSummary) -> Leaflet:
    about = summary.about
    return Leaflet(
        about.path, summary.heading, about.therapy, about.worksheet, about.audience,
        about.edition, about.language, about.version, summary.good,
    )  # fmt: skip
