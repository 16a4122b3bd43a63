"""The fast path: a build that repeats the last one prints its result again, without loading what a build needs.

`cache/up_to_date.py` decides whether nothing was touched since; this keeps the result of a good build and prints it.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printables import paths
from printables.cache import up_to_date
from printables.cli import messages
from printables.files import OutputError
from printables.problems import Problem

if TYPE_CHECKING:  # a repeated build is fast because it does not import these
    from printables.pipeline.build import CheckedLibrary, Options
    from printables.publish.jobs import PublishResult

SHOWN_CHANGES = 10
"""How many files that changed during a build are named; the others are counted."""


@dataclasses.dataclass(frozen=True)
class Website:
    """What `site` wrote: its folder, the file that knows its state, and its files, below the output folder."""

    folder: str
    state: str
    files: Sequence[str]
    """Relative to its folder."""


SETTINGS = "printables.toml", "PRINTABLES_"
"""The file, and how variables of the environment begin, that change the defaults of options (cli/defaults.py)."""
HARMLESS = ("PRINTABLES_JOBS", "PRINTABLES_COMPLETE", "PRINTABLES_TESTS_PRINTED")
"""Variables that change no result."""


def has_settings() -> bool:
    """Return whether the defaults of options may be others than last time; then no result is repeated unread."""
    file, prefix = SETTINGS
    return Path(file).exists() or any(name.startswith(prefix) and name not in HARMLESS for name in os.environ)


def command_key(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the folders that they mean today: `./content` can appear, a link can lead elsewhere."""
    named = [os.path.realpath(argument.rpartition("=")[2]) for argument in arguments]
    return [*arguments, *named, *(os.path.realpath(folder) for folder in (paths.content(), paths.templates()))]


def keep_result(
    options: Options,
    sources: up_to_date.SourceState | None,
    checked: CheckedLibrary,
    result: PublishResult,
    website: Website | None = None,
    **printed: Any,
) -> None:
    """Keep what a build without errors printed, for `repeat_last_build`. `sources`: their state before the build.

    With a `website`, it is kept for a repeated `site`, beside what a repeated `build` prints.

    With a format such as Braille nothing is kept: whether it can be made depends on a library that nobody watches.
    Raises nothing: where the result cannot be kept, the next build looks at everything.
    """
    from printables.publish.manifest import NAME

    if sources is None or not sources.settled or not options.is_watched():
        return
    published = [NAME, *(file.path for entry in result.entries for file in entry.all_files())]
    command = "site" if website else "build"
    if website:
        published += [website.state, *(f"{website.folder}/{path}" for path in website.files)]
        printed["website"] = dataclasses.asdict(website)
    lists = {"kept": sorted((*result.rendered, *result.kept)), "stayed": result.stayed}
    problems = [dataclasses.asdict(problem) for problem in checked.problems]
    with suppress(OutputError, OSError):
        up_to_date.record_result(
            options.output, sources, published, {**printed, **lists, "problems": problems}, command
        )


def changes_during_build(sources: up_to_date.SourceState | None) -> list[Problem]:
    """Return a warning for each file that was changed while the build was reading; ten at most, then their number."""
    from printables.library.file_reader import shown_path

    changed = up_to_date.changed_since(sources)
    what = "This file was changed while the build ran, so that what was made of it may be old."
    problems = [Problem(shown_path(Path(path)), 0, what, "Build again.", "warning") for path in changed[:SHOWN_CHANGES]]
    if changed[SHOWN_CHANGES:]:
        more = f"{len(changed) - SHOWN_CHANGES} more files were changed while the build ran."
        problems.append(Problem("content and templates", 0, more, "Build again.", "warning"))
    return problems


def repeat_last_build(arguments: Sequence[str]) -> bool:
    """Print the last build's result where this is the same command and nothing was touched since; else return False."""
    started = time.monotonic()
    command = arguments[0] if arguments else "build"
    if command not in up_to_date.NAMES:
        return False
    output = Path(_output_folder(arguments))
    last = up_to_date.recorded_result(output, command_key(arguments), command)
    if last is None:
        return False
    problems, kept = [Problem(**problem) for problem in last["problems"]], last["kept"]
    seconds = time.monotonic() - started
    website = Website(**last["website"]) if "website" in last else None
    if last["as_json"]:
        lists = {"rendered": [], "kept": kept, "failed": [], "stayed": last["stayed"], "removed": []}
        site = {"site": {"made": [], "kept": website.files, "removed": []}} if website else {}
        messages.print_json(problems, **lists, seconds=round(seconds, 2), **site)
        return True
    messages.print_problems(problems)
    if not last["quiet"]:
        messages.print_build_summary(last["sizes"], output, (0, len(kept), 0), seconds)
        messages.print_count(problems)
        if website:
            messages.print_website(output / website.folder, (0, len(website.files), 0))
    return True


def load_engine_ahead(arguments: Sequence[str]) -> None:
    """Start a worker that loads the typesetting engine while the build still reads, where there will be work for it."""
    elsewhere = any(argument.startswith("--cluster") for argument in arguments)
    command = arguments[0] if arguments else "build"
    known = command in up_to_date.NAMES and not elsewhere
    if not (known and up_to_date.touched(Path(_output_folder(arguments)), command)):
        return
    from printables.workers import worker

    with suppress(OutputError):  # the build will report it
        worker.load_ahead(2 if command == "site" else 1)  # a website has several editions of what was touched


def _output_folder(arguments: Iterable[str]) -> str:
    """Return the folder that --output names, or the usual one. Click, which knows better, is not loaded here."""
    folder, previous = "output", ""
    for argument in arguments:
        if previous == "--output":
            folder = argument
        elif argument.startswith("--output="):
            folder = argument.partition("=")[2]
        previous = argument
    return folder
