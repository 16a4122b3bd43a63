"""`printables translate`: the files from which leaflets are made in another language."""

from __future__ import annotations

from typing import Any

import click

from printables.cli.actions import read_library, write_files
from printables.cli.messages import plural, stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.file_reader import shown_path
from printables.problems import Exit
from printables.translations.make import started
from printables.translations.scope import Chosen


@click.group(epilog=examples("printables translate start cy --therapy ipt --audience adults --region wales"))
def command() -> None:
    """Make leaflets in another language: a folder of words over the English records."""


@command.command(
    epilog=examples(
        "printables translate start cy",
        "printables translate start ar --therapy ipt --audience adults --audience teens --region england",
    )
)
@click.argument("code")
@click.option("--therapy", "therapies", multiple=True, metavar="ID", help="What its leaflets need; may be repeated.")
@click.option("--audience", "audiences", multiple=True, metavar="ID", help="For these readers; may be repeated.")
@click.option("--region", "regions", multiple=True, metavar="ID", help="With the help lines of this region.")
@click.option("--clinic", "clinics", multiple=True, metavar="ID", help="With the words of this clinic.")
@with_options(SOURCE_FOLDERS)
def start(
    code: str,
    therapies: tuple[str, ...],
    audiences: tuple[str, ...],
    regions: tuple[str, ...],
    clinics: tuple[str, ...],
    **folders: Any,
) -> None:
    """Write the files of a language, with every text to translate; again, to take up what has changed since.

    What was translated is kept, wherever its English stands today. Where the English has changed, the old translation
    is marked as fuzzy, and it is not printed until somebody has looked at it.
    """
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    done = started(library, options.folders, code, Chosen(therapies, audiences, regions, clinics))
    if done.problems:
        stop(done.problems, Exit.PROBLEMS)
    write_files([(options.content / "translations" / code / name, data) for name, data in done.files.items()])
    kept = f"{done.kept:,} translated, {done.changed:,} to look at again" if done.kept or done.changed else ""
    counted = ", ".join(filter(None, [kept, f"{done.empty:,} to translate ({plural(done.words, 'word')})"]))
    folder = shown_path(options.content / "translations" / code)
    click.echo(f"{plural(len(done.files), 'file')} in {folder}: {counted}.")
    if done.new_language:
        click.echo(f"Fill in {folder}/language.yaml first.")
