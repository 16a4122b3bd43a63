"""A build that repeats the last one: what there is to say about it, kept after a good build and said again at once."""

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

if TYPE_CHECKING:  # loading these is what a repeated build saves
    from printables.pipeline.build import CheckedLibrary, Options
    from printables.publish.jobs import PublishResult


def command(arguments: Sequence[str]) -> list[str]:
    """What was asked for and the folders that it means today: `./content` can appear, a link can lead elsewhere."""
    named = [os.path.realpath(one.rpartition("=")[2]) for one in arguments]
    return [*arguments, *named, *(os.path.realpath(folder) for folder in (paths.content(), paths.templates()))]


def remember(
    options: Options, seen: up_to_date.SourceState | None, checked: CheckedLibrary, outcome: PublishResult, **said: Any
) -> None:
    """Keep what there is to say about a build without errors, for `again`.

    With Braille nothing is kept: whether it can be made depends on the system's own programs, which nobody watches.
    Raises nothing: where it cannot be kept, the next build looks at everything.
    """
    from printables.publish.manifest import NAME

    if seen is None or not seen.settled or options.braille:
        return
    published = [file.path for entry in outcome.entries for file in entry.all_files()]
    lists = {"kept": sorted((*outcome.rendered, *outcome.kept)), "stayed": outcome.stayed}
    problems = [dataclasses.asdict(problem) for problem in checked.problems]
    with suppress(OutputError, OSError):
        up_to_date.remember(options.output, seen, [NAME, *published], {**said, **lists, "problems": problems})


def disturbed(seen: up_to_date.SourceState | None) -> list[Problem]:
    """A warning for each file that somebody changed while the build was reading; ten at most."""
    from printables.library.file_reader import shown_path

    changed = up_to_date.changed_since(seen)
    what = "This file was changed while the build ran, so that what was made of it may be old."
    found = [Problem(shown_path(Path(path)), 0, what, "Build again.", "warning") for path in changed[:10]]
    if changed[10:]:
        more = f"{len(changed) - 10} more files were changed while the build ran."
        found.append(Problem("content and templates", 0, more, "Build again.", "warning"))
    return found


def again(arguments: Sequence[str]) -> bool:
    """Say what the last build said, where this is the same and nothing has been touched since; else False."""
    began = time.monotonic()
    if arguments and arguments[0] != "build":
        return False
    output = Path(_output(arguments))
    said = up_to_date.recall(output, command(arguments))
    if said is None:
        return False
    problems, kept = [Problem(**problem) for problem in said["problems"]], said["kept"]
    seconds = time.monotonic() - began
    if said["as_json"]:
        lists = {"rendered": [], "kept": kept, "failed": [], "stayed": said["stayed"], "removed": []}
        messages.as_json(problems, **lists, seconds=round(seconds, 2))
        return True
    messages.problems(problems)
    if not said["quiet"]:
        messages.built(said["sizes"], output, (0, len(kept), 0), seconds)
        messages.count(problems)
    return True


def load_ahead(arguments: Sequence[str]) -> None:
    """Let the engine be loaded beside all that comes before printing, where a build will have something to print."""
    elsewhere = any(one.startswith("--cluster") for one in arguments)
    if (arguments and arguments[0] != "build") or elsewhere or not up_to_date.touched(Path(_output(arguments))):
        return
    from printables.workers import worker

    with suppress(OutputError):  # the build will say it
        worker.load_ahead(1)


def _output(arguments: Iterable[str]) -> str:
    """The folder that the command line names, or the usual one."""
    found, before = "output", ""
    for one in arguments:
        if before == "--output":
            found = one
        elif one.startswith("--output="):
            found = one.partition("=")[2]
        before = one
    return found
