"""`printables take-back`: what reviewers changed in a Word document, text by text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from printables.cli.actions import read_library
from printables.cli.messages import plural, stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.cli.reviewing import reviewed_texts
from printables.editor.records import Records
from printables.editor.values import EditRefused
from printables.problems import Exit, Problem
from printables.word.docx import UnreadableDocument
from printables.word.taking_back import Review, review_of


@click.command(
    epilog=examples("printables take-back ipt teens review.docx", "printables take-back ipt teens review.docx --write")
)
@click.argument("therapy")
@click.argument("audience")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write these changes into the record.")
@with_options(SOURCE_FOLDERS)
def command(therapy: str, audience: str, file: Path, *, write: bool, **folders: Any) -> None:
    """Show what reviewers changed in a document that `export` wrote, and their comments; --write takes it over.

    A text that has changed in the record since then is shown and never written over.
    """
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    version, texts = reviewed_texts(options, library, therapy, audience)
    try:
        review = review_of(file.read_bytes(), texts)
    except UnreadableDocument as error:
        stop([Problem(str(file), 0, error.what, error.mend)], Exit.PROBLEMS)
    except OSError as error:
        what = f"The file cannot be read: {error.strerror or error}."
        stop([Problem(str(file), 0, what, "Look at its name, and whether you may read it.")], Exit.PROBLEMS)
    _show(review)
    fresh = [one for one in review.changes if not one.stale]
    if not write:
        click.echo(f"{plural(len(fresh), 'text')} changed. Nothing is written; add --write to take them over.")
        return
    if fresh:
        try:
            file_ = Records(options.folders).change("therapy", therapy, version, [one.edit() for one in fresh])
        except EditRefused as refused:
            stop([Problem(f"therapies/{therapy}.yaml", 0, refused.what, refused.mend)], Exit.PROBLEMS)
        click.echo(f"Wrote {plural(len(fresh), 'text')} into {file_.shown}.")
    else:
        click.echo("Nothing is written.")


def _show(review: Review) -> None:
    for one in review.changes:
        note = " (changed in the record since, so it is not taken over)" if one.stale else ""
        click.echo(f"{one.text.label}{note}")
        for line in one.diff():
            click.echo(f"  {line[0]} {line[1:]}")
    for gone in review.gone:
        click.echo(f"{gone.label} is not in the document, and stays as it is.")
    for comment in review.comments:
        click.echo(f"Comment: {comment}")
