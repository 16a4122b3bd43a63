"""What several commands do. Where it cannot be done, the command ends with the problems and an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from printables import paths
from printables.cli import console
from printables.cli.messages import stop
from printables.files import OutputError, make_folder, remove, write_atomic
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.formats.registry import FormatMissing
from printables.pipeline import build
from printables.problems import Exit, Problem
from printables.publish.jobs import PublishResult
from printables.publish.lock import Busy
from printables.workers.cluster_address import ClusterRefused


def run_build(
    options: build.Options, *, quiet: bool, as_json: bool = False, keep: bool = False, bare: bool = False
) -> tuple[build.CheckedLibrary, PublishResult]:
    """Build with a progress bar, or a line for each leaflet where the output is no terminal.

    `keep` keeps every composed page in memory, for what is made of them afterwards; `bare` only what is known of them.
    Ends the command where another build, the disk or the cluster is in the way.
    """
    try:
        with console.progress(quiet=quiet or as_json) as progress:
            return build.build(options, progress, keep=keep, bare=bare)
    except Busy as busy:
        stop([busy.problem], Exit.BUSY, as_json=as_json)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS, as_json=as_json)
    except (ClusterRefused, FormatMissing) as error:
        stop([error.problem], Exit.PROBLEMS, as_json=as_json)


def read_library(options: build.Options, *, as_json: bool) -> tuple[Library, list[Problem]]:
    """Return the library and what is wrong with it. Ends the command where it cannot be read at all."""
    library, problems = load(options.folders, options.templates)
    if library is None:
        stop(problems, Exit.PROBLEMS, as_json=as_json)
    return library, problems


def refuse_existing(options: build.Options, path: Path) -> None:
    """End the command if a new record's file is there, or if one of ours has its name."""
    if path.exists():
        stop([Problem(str(path), 0, "The record is there already.", "Choose another id.")], Exit.PROBLEMS)
    if path.stem in dict(options.folders.records(path.parent.name)):
        what = f"Printables comes with a record of this name: {path.parent.name}/{path.stem}."
        mend = f"Choose another id, or change a copy of ours: printables copy {path.stem}."
        stop([Problem(str(path), 0, what, mend)], Exit.PROBLEMS)


def write_files(files: Sequence[tuple[Path, str | bytes]]) -> None:
    """Write files that an author asked for, each whole or not at all; missing folders are made.

    Nothing is written into the installed package: an upgrade would remove it.
    """
    shipped = [path for path, _ in files if paths.is_installed(path)]
    if shipped:
        what = "This folder is part of the installed Printables, and an upgrade would remove what is written here."
        stop([Problem(str(shipped[0]), 0, what, "Name a folder of your own with --content.")], Exit.PROBLEMS)
    try:
        for path, content in files:
            make_folder(path.parent)
            write_atomic(path, content.encode() if isinstance(content, str) else content)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS)


def remove_files(files: Iterable[Path]) -> None:
    """Remove files that an earlier run of a command wrote and that are no longer part of its result."""
    try:
        for path in files:
            remove(path)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS)
