"""`printables release-status`: what is missing before leaflets can be released, and who can mend it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from typing import Any, get_args

import click

from printables.cli import messages
from printables.cli.console import leaflet_data, print_table
from printables.cli.options import FILTERS, FOLDERS, JSON, examples, read_options, with_options
from printables.pipeline import build
from printables.problems import Exit, Who
from printables.publish import manifest
from printables.reports.release_status import ReleaseState, by_who, release_states, shared_errors


@click.command(
    epilog=examples("printables release-status --therapy ipt --clinic riverside", "printables release-status --json")
)
@with_options(FOLDERS, FILTERS, JSON)
def command(*, as_json: bool, **values: Any) -> None:
    """Say per leaflet what is missing before it can be released, and who can mend it: author, clinician or clinic.

    What is wrong in a file that more than one leaflet needs, such as approvals.yaml, comes first. Fails where something
    is missing. What only the finished pages show, such as their number, `build --release` says.
    """
    options = read_options(**values, release=True)
    cache = options.new_cache()
    checked = build.check(options, cache, keep=False)
    if not checked.handouts:
        messages.stop(checked.problems, Exit.PROBLEMS, as_json=as_json)
    states = release_states(checked, manifest.read(options.output)[0].entries, options.folders)
    shared = shared_errors(checked, options.folders)
    if as_json:
        messages.print_json(shared, leaflets=[_data(state) for state in states])
    else:
        messages.print_problems(shared)
        _print(states, {str(problem) for problem in shared})
    sys.exit(Exit.PROBLEMS if shared or any(state.missing for state in states) else Exit.OK)


def _data(state: ReleaseState) -> dict[str, Any]:
    keys = ("who", "what", "mend", "path", "line")
    missing = [{key: getattr(problem, key) for key in keys} for problem in state.missing]
    return {**leaflet_data(state.summary), "state": state.state, "missing": missing}


def _print(states: Sequence[ReleaseState], said: Collection[str]) -> None:
    """Print a row for each leaflet with how much each person can mend, then all that is missing, by person.

    `said` are messages that stand above the table.
    """
    people: tuple[Who, ...] = get_args(Who)
    head = ("Kind", "Id", "Audience", "State", *(who.capitalize() for who in people))
    rows = []
    for state in states:
        about = state.summary.about
        kind, name = ("worksheet", about.worksheet) if about.worksheet else ("leaflet", about.therapy)
        rows.append((kind, name, about.audience, state.state, *(str(len(state.of(who)) or "-") for who in people)))
    print_table(head, rows)
    for who, problems in by_who(states):
        if lines := [f"  {one}" for one in messages.unique(problems) if str(one) not in said]:
            click.secho(f"\n{who.capitalize()}:", bold=True)
            click.echo("\n".join(lines))
    able = sum(not state.missing for state in states)
    click.echo(f"\n{able} of {len(states)} can be released: printables build --release.")
