"""The options that several commands have, and what they mean to a build.

A group is a tuple of Click's option decorators; `with_options` puts groups on a command in the order in which its help
lists them. `read_options` turns all values that a command received into `pipeline.build.Options`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic_core import PydanticCustomError

from printables import paths
from printables.cli.messages import stop
from printables.library.editions import PAPERS, Edition, edition
from printables.pages.formats.registry import all_formats
from printables.pipeline import build
from printables.plan import Choice
from printables.problems import Exit, Problem
from printables.workers.cluster_address import Cluster

FEATURES = {
    "booklet": "A5, and the sheets to print it on A4 and fold it.",
    "trifold": "The short form on six panels: A4, printed on both sides, folded twice.",
    "fold-marks": "With marks where a tri-fold is folded.",
    "large-print": "18 point, reflowed.",
    "ink-saver": "Black on white, nothing filled.",
    "cream": "Dark print on a cream ground.",
    "duplex": "Padded to an even number of pages.",
    "private-cover": "Outer pages that do not say what it is about.",
}
"""The help of each feature of an edition, by the name of its option."""

F = TypeVar("F", bound=Callable[..., Any])

FOLDERS = (
    click.option("--content", type=click.Path(path_type=Path), help="Your own records, over ours [./content]"),
    click.option("--templates", type=click.Path(path_type=Path), help="Folder of templates [./templates, else ours]"),
    click.option("--output", type=click.Path(path_type=Path), help="Where leaflets are written [./output]"),
)
SOURCE_FOLDERS = FOLDERS[:2]
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
    *(click.option(f"--{name}", is_flag=True, help=text) for name, text in FEATURES.items()),
)
STRICT = (
    click.option("--release", is_flag=True, help="Refuse drafts and unchecked facts; write into output/release."),
    click.option("--allow-overdue", is_flag=True, help="Print overdue leaflets as under review."),
    click.option("--strict", is_flag=True, help="Refuse lonely headings and nearly empty last pages: for authors."),
)
FORMATS = tuple(click.option(f"--{one.name}", is_flag=True, help=one.option) for one in all_formats() if one.option)
LANGUAGE = (click.option("--language", metavar="CODE", help="In this language, as far as it is translated: cy, ar."),)
JOBS = (
    click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        metavar="N",
        envvar="PRINTABLES_JOBS",
        help="Worker processes [PRINTABLES_JOBS, or one for each core].",
    ),
)
CLUSTER = (
    click.option("--cluster", metavar="ADDRESS", help="Print on the workers of this Dask scheduler: tls://host:port."),
    *(
        click.option(f"--cluster-{name}", type=click.Path(path_type=Path), metavar="FILE", help=text)
        for name, text in (
            ("ca", "Who vouches for the cluster's machines (PEM)."),
            ("certificate", "Who vouches for this machine (PEM)."),
            ("key", "This machine's secret (PEM)."),
        )
    ),
)
QUIET = (click.option("--quiet", is_flag=True, help="Say nothing but problems."),)
JSON = (click.option("--json", "as_json", is_flag=True, help="Say everything as JSON."),)


def with_options(*groups: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    """Return a decorator that puts all options of these groups on a command."""

    def decorate(function: F) -> F:
        for option in reversed([option for group in groups for option in group]):
            function = option(function)
        return function

    return decorate


def examples(*lines: str) -> str:
    """Return the end of a command's help, for `click.command(epilog=...)`: a heading and one example a line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def read_options(
    content: Path | None = None, templates: Path | None = None, output: Path | None = None, **values: Any
) -> build.Options:
    """Return a build's options from the values of a command's parameters; a command need not have all of them.

    Where no folder is named, ./content is taken, and ./templates where it holds an audience, else those that came with
    the program. The content folder lies over the shipped one, unless it is a whole library. Exits with a message where
    an edition, or the files for a cluster, cannot be used.
    """
    names, content = tuple(values.get("editions") or ()), content or paths.content()
    choice = Choice(
        therapies=tuple(values.get("therapies", ())),
        audiences=tuple(values.get("audiences", ())),
        region=values.get("region"),
        clinic=values.get("clinic"),
        worksheets=tuple(values.get("worksheets", ())),
        editions=tuple(dict.fromkeys([*_named_editions(names), *_described_edition(values)])),
        every_edition="all" in names,
    )
    return build.Options(
        content=content,
        templates=templates or paths.templates(),
        output=_output(output or paths.output(), release=values.get("release")),
        today=date.today(),  # noqa: DTZ011 - review dates are days where the clinic is, not moments
        choice=choice,
        language=values.get("language") or "",
        workers=values.get("jobs") or 0,
        cluster=_cluster(values),
        formats=tuple(one.name for one in all_formats() if one.option and values.get(one.name.replace("-", "_"))),
        release=values.get("release", False),
        allow_overdue=values.get("allow_overdue", False),
        shipped=paths.shipped_below(content),
        strict=values.get("strict", False),
    )


def _output(folder: Path, *, release: bool | None) -> Path:
    """Return where to write: what is released stands apart, so that no draft is ever handed out by mistake.

    `release` is None for commands that have no such option; they may read what was released.
    """
    if release:
        return folder if folder.name == paths.RELEASE else folder / paths.RELEASE
    if release is not None and folder.name == paths.RELEASE:
        what = "This folder is for released leaflets only, and these may be drafts."
        stop([Problem(str(folder), 0, what, "Add --release, or name another folder with --output.")], Exit.PROBLEMS)
    return folder


def _cluster(values: Mapping[str, Any]) -> Cluster | None:
    address = values.get("cluster")
    files = [values.get(name) for name in ("cluster_ca", "cluster_certificate", "cluster_key")]
    if any(files) and not address:
        what = "Certificates are for a cluster, and none is named."
        stop([Problem("command line", 0, what, "Name its scheduler with --cluster, or leave them out.")], Exit.PROBLEMS)
    return Cluster(address, *files) if address else None


def _named_editions(names: Sequence[str]) -> Iterator[Edition]:
    """Yield the editions that --edition names."""
    for name in names:
        if name != "all":
            yield _edition(name)


def _described_edition(values: Mapping[str, Any]) -> Iterator[Edition]:
    """Yield the one edition that --paper, --large-print and the like describe, if any of them was given."""
    parts = [values.get("paper"), *(name for name in FEATURES if values.get(name.replace("-", "_")))]
    if any(parts):
        yield _edition("-".join(part for part in parts if part))


def _edition(name: str) -> Edition:
    try:
        return edition(name)
    except PydanticCustomError as error:
        details = error.context or {}
        stop([Problem("command line", 0, details["what"], details["mend"])], Exit.PROBLEMS)
