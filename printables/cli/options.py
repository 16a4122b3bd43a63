"""What the commands share: their options, writing an author's files, and leaving with an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from pydantic_core import PydanticCustomError

from printables import paths
from printables.cli import console, messages
from printables.library.editions import PAPERS, Edition, edition
from printables.pipeline import build
from printables.plan import Choice
from printables.problems import Exit, Problem
from printables.publish.jobs import PublishResult
from printables.workers.cluster_address import Cluster, ClusterRefused

EXPLAINED = {
    "booklet": "A5, and the sheets to print it on A4 and fold it.",
    "large-print": "18 point, reflowed.",
    "ink-saver": "Black on white, nothing filled.",
    "cream": "Dark print on a cream ground.",
    "duplex": "Padded to an even number of pages.",
    "private-cover": "Outer pages that do not say what it is about.",
}
"""What each feature of an edition does, by the name of its option."""

F = TypeVar("F", bound=Callable[..., Any])

FOLDERS = (
    click.option("--content", type=click.Path(path_type=Path), help="Folder of records [./content, else ours]"),
    click.option("--templates", type=click.Path(path_type=Path), help="Folder of templates [./templates, else ours]"),
    click.option("--output", type=click.Path(path_type=Path), help="Where leaflets are written [./output]"),
)
PLACE = (
    click.option("--region", metavar="ID", help="Help lines and rules of this region."),
    click.option("--clinic", metavar="ID", help="With this clinic's name and contacts."),
)
FILTERS = (
    click.option("--therapy", "therapies", multiple=True, metavar="ID", help="Only this therapy; may be repeated."),
    click.option("--audience", "audiences", multiple=True, metavar="ID", help="Only this audience; may be repeated."),
    *PLACE,
)
EDITION = (
    click.option(
        "--edition", "editions", multiple=True, metavar="NAME", help="Such as a4-large-print; may be repeated; or all."
    ),
)
EDITIONS = (
    click.option("--worksheet", "worksheets", multiple=True, metavar="ID", help="Only this worksheet, no leaflet."),
    *EDITION,
    click.option("--paper", type=click.Choice(PAPERS), help="The size of the page [a4]."),
    *(click.option(f"--{name}", is_flag=True, help=what) for name, what in EXPLAINED.items()),
)
STRICT = (
    click.option("--release", is_flag=True, help="Refuse drafts, overdue records and unchecked facts."),
    click.option("--allow-overdue", is_flag=True, help="Print overdue leaflets as under review."),
)
CLUSTER = (
    click.option("--cluster", metavar="ADDRESS", help="Print on the workers of this Dask scheduler: tls://host:port."),
    *(
        click.option(f"--cluster-{name}", type=click.Path(path_type=Path), metavar="FILE", help=what)
        for name, what in (
            ("ca", "Who vouches for the cluster's machines (PEM)."),
            ("certificate", "Who vouches for this machine (PEM)."),
            ("key", "This machine's secret (PEM)."),
        )
    ),
)
SAY = (
    click.option("--quiet", is_flag=True, help="Say nothing but problems."),
    click.option("--json", "as_json", is_flag=True, help="Say everything as JSON."),
)


def with_options(*groups: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    """Put several options on a command."""

    def decorate(command: F) -> F:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorate


def read_options(content: Path | None, templates: Path | None, output: Path | None, **asked: Any) -> build.Options:
    """What was asked for on the command line, with our own folders where none was named."""
    named = tuple(asked.get("editions") or ())
    choice = Choice(
        therapies=tuple(asked.get("therapies", ())),
        audiences=tuple(asked.get("audiences", ())),
        region=asked.get("region"),
        clinic=asked.get("clinic"),
        worksheets=tuple(asked.get("worksheets", ())),
        editions=tuple(dict.fromkeys([*_named(named), *_described(asked)])),
        every_edition="all" in named,
    )
    return build.Options(
        content=content or paths.content(),
        templates=templates or paths.templates(),
        output=output or paths.output(),
        today=date.today(),  # noqa: DTZ011 - review dates are days where the clinic is, not moments
        choice=choice,
        workers=asked.get("jobs") or 0,
        cluster=_cluster(asked),
        braille=asked.get("braille", False),
        release=asked.get("release", False),
        allow_overdue=asked.get("allow_overdue", False),
    )


def _cluster(asked: Mapping[str, Any]) -> Cluster | None:
    address = asked.get("cluster")
    parts = [asked.get(name) for name in ("cluster_ca", "cluster_certificate", "cluster_key")]
    if any(parts) and not address:
        what = "Certificates are for a cluster, and none is named."
        stop([Problem("command line", 0, what, "Name its scheduler with --cluster, or leave them out.")], Exit.PROBLEMS)
    return Cluster(address, *parts) if address else None


def _named(names: Sequence[str]) -> Iterator[Edition]:
    """The editions that --edition names."""
    for name in names:
        if name != "all":
            yield _edition(name)


def _described(asked: Mapping[str, Any]) -> Iterator[Edition]:
    """The one edition that --paper, --large-print and the like describe, where any of them was given."""
    parts = [asked.get("paper"), *(name for name in EXPLAINED if asked.get(name.replace("-", "_")))]
    if any(parts):
        yield _edition("-".join(part for part in parts if part))


def _edition(name: str) -> Edition:
    try:
        return edition(name)
    except PydanticCustomError as error:
        said = error.context or {}
        stop([Problem("command line", 0, said["what"], said["mend"])], Exit.PROBLEMS)


def built(
    options: build.Options, *, quiet: bool, as_json: bool = False, keep: bool = False
) -> tuple[build.CheckedLibrary, PublishResult]:
    """Build, with a bar or plain lines meanwhile. Leaves where another build or the disk is in the way."""
    from printables.files import OutputError
    from printables.publish.lock import Busy

    try:
        with console.progress(quiet=quiet or as_json) as shown:
            return build.build(options, shown, keep=keep)
    except Busy as busy:
        stop([busy.problem], Exit.BUSY, as_json=as_json)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS, as_json=as_json)
    except ClusterRefused as refused:
        stop([refused.problem], Exit.PROBLEMS, as_json=as_json)


def write_files(files: Sequence[tuple[Path, str | bytes]]) -> None:
    """Write authors' files; the folders are made where they are missing."""
    from printables.files import OutputError, make_folder, write_atomic

    try:
        for path, text in files:
            make_folder(path.parent)
            write_atomic(path, text.encode() if isinstance(text, str) else text)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS)


def remove_files(files: Iterable[Path]) -> None:
    """Remove files of ours that nothing names any more."""
    from printables.files import OutputError, remove

    try:
        for path in files:
            remove(path)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS)


def stop(problems: Iterable[Problem], code: Exit, *, as_json: bool = False) -> NoReturn:
    """Say the problems and leave with `code`."""
    if as_json:
        messages.as_json(problems)
    else:
        messages.problems(problems)
    sys.exit(code)


class Terminated(KeyboardInterrupt):
    """SIGTERM: ends a build as Ctrl-C does, so that workers stop and the manifest is written."""


def terminate(*_: object) -> NoReturn:
    raise Terminated


def leave_now(code: Exit) -> NoReturn:
    """End without waiting for the pool's threads: Python 3.11.2 waits for ever on workers that were stopped."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
