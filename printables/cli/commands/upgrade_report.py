"""`printables upgrade-report`: what changed in our files since you copied them."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from printables import __version__
from printables.authoring.copies import Copies, UpgradeEntry, read_copies, upgrade_report
from printables.cli import messages
from printables.cli.actions import write_files
from printables.cli.options import JSON, SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.file_reader import shown_path
from printables.problems import Exit, Problem

SHOWN = 12
"""How many changed fields of a file are shown; the others are counted."""
WORDS = {
    "unchanged": "ours has not changed",
    "changed": "ours has changed",
    "gone": "ours is no longer part of Printables; yours is used as before",
    "yours is gone": "your copy is gone, so ours is used",
    "not noted": "not made with `printables copy`, so that nothing can be said of changes",
}


@click.command(epilog=examples("printables upgrade-report", "printables upgrade-report --seen ipt"))
@with_options(SOURCE_FOLDERS[:1])
@click.option("--seen", multiple=True, metavar="NAME", help="Done with this file: compare with ours of today from now.")
@with_options(JSON)
def command(*, seen: tuple[str, ...], as_json: bool, **folders: Any) -> None:
    """Say what has changed in our files since you copied them, field by field. Your own files stay as they are."""
    content = read_options(**folders).folders
    copies = read_copies(content)
    if isinstance(copies, list):
        messages.stop(copies, Exit.PROBLEMS, as_json=as_json)
    if seen:
        _note_seen(copies, seen, as_json=as_json)
        return
    report = upgrade_report(copies)
    if as_json:
        messages.print_json((), version=__version__, files=[dataclasses.asdict(entry) for entry in report])
        return
    for entry in report:
        _print(entry)
    if not report:
        click.echo(f"No file of ours was copied into {shown_path(content.own)}.")


def _note_seen(copies: Copies, seen: tuple[str, ...], *, as_json: bool) -> None:
    """Note that the own files were brought up to ours as they are now."""
    report = {entry.file: entry for entry in upgrade_report(copies)}
    names = {asked: [name for name in report if asked in _names(name)] for asked in seen}
    for asked, found in names.items():
        if len(found) != 1 or report[found[0]].state not in ("unchanged", "changed", "not noted"):
            what = f'"{asked}" is not one of your files over ours.'
            stop_at = Problem("command line", 0, what, "See: printables upgrade-report.")
            messages.stop([stop_at], Exit.PROBLEMS, as_json=as_json)
    files = [name for found in names.values() for name in found]
    write_files(copies.files(files))
    click.echo(f"Noted: {' and '.join(files)} is compared with Printables {__version__} from now on.")


def _names(file: str) -> set[str]:
    """Return how a file may be called on the command line."""
    place = file.rpartition(".")[0]
    return {file, place, place.rpartition("/")[2]}


def _print(entry: UpgradeEntry) -> None:
    since = f" since version {entry.version}" if entry.version and entry.state in ("unchanged", "changed") else ""
    click.echo(f"{entry.file}: {WORDS[entry.state]}{since}.")
    if entry.state in ("unchanged", "changed") and not entry.edited:
        click.echo("  Your copy is as it was copied: delete it to follow ours.")
    if entry.changes and entry.compared_with == "your file":
        click.echo("  The file as it was copied is no longer there, so this compares yours (-) with ours (+).")
    for change in entry.changes[:SHOWN]:
        click.echo(f"  {change.field}")
        for sign, text in (("-", change.before), ("+", change.after)):
            if text:
                click.echo(f"    {sign} {text}")
    if entry.changes[SHOWN:]:
        click.echo(f"  and {messages.plural(len(entry.changes) - SHOWN, 'more field')}.")
