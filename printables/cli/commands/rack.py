"""`printables rack`: cards with crisis numbers, and posters of the leaflets."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any

import click

from printables.cli import messages
from printables.cli.messages import stop
from printables.cli.options import FOLDERS, JOBS, JSON, PLACE, QUIET, examples, read_options, with_options
from printables.files import OutputError
from printables.problems import Exit, has_errors
from printables.publish.lock import Busy
from printables.rack.build import KINDS, build_rack


@click.command(
    epilog=examples(
        "printables rack",
        "printables rack --clinic riverside",
        "printables rack cards --region scotland --audience teens",
    )
)
@click.argument("kinds", nargs=-1, type=click.Choice(KINDS))
@with_options(FOLDERS, PLACE)
@click.option("--audience", "audiences", multiple=True, metavar="ID", help="Only this audience; may be repeated.")
@with_options(JOBS, QUIET, JSON)
def command(kinds: tuple[str, ...], *, quiet: bool, as_json: bool, **values: Any) -> None:
    """Make what stands in a rack beside the leaflets: cards with crisis numbers, and posters.

    Cards to cut out are for each audience, with the region's help lines and a clinic's own. A poster shows what is on a
    clinic's shelf, or all therapies, on A3 and A4. The leaflets for a rack are an edition: build --trifold.
    """
    options = read_options(**values)
    try:
        result = build_rack(options, kinds or KINDS)
    except Busy as busy:
        stop([busy.problem], Exit.BUSY, as_json=as_json)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS, as_json=as_json)
    if as_json:
        found = {name: value for name, value in dataclasses.asdict(result).items() if name != "problems"}
        messages.print_json(list(result.problems), **found)
    else:
        messages.print_problems(list(result.problems))
        if not quiet:
            for path in result.made:
                click.echo(options.output / path)
            click.echo(f"{len(result.made)} files ({result.pages} pages, {result.kept} unchanged).")
            messages.print_count(list(result.problems))
    sys.exit(Exit.PROBLEMS if has_errors(result.problems) else Exit.OK)
