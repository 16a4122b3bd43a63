"""`printables export`: a leaflet's texts as a Word document, for reviewers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from printables.cli.actions import read_library, write_files
from printables.cli.messages import plural, stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.cli.reviewing import reviewed_texts, without_word
from printables.problems import Exit, Problem


@click.command(epilog=examples("printables export ipt teens", "printables export ipt teens --to review.docx"))
@click.argument("therapy")
@click.argument("audience")
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="FILE", help="[<therapy>-<audience>.docx]")
@with_options(SOURCE_FOLDERS)
def command(therapy: str, audience: str, *, target: Path | None, **folders: Any) -> None:
    """Write the texts of a leaflet into a Word document, to comment on and to change; `take-back` reads it again."""
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    _, texts = reviewed_texts(options, library, therapy, audience)
    try:
        from printables.word.exporting import document_of
    except ImportError as error:
        stop([without_word("export", error)], Exit.PROBLEMS)
    path = target or Path(f"{therapy}-{audience}.docx")
    if path.exists():
        there = Problem(str(path), 0, "This file is there already.", "Name another one; it may hold a review.")
        stop([there], Exit.PROBLEMS)
    title = next((one.text for one in texts if one.path[:1] == ("titles",)), therapy)
    write_files([(path, document_of(title, texts))])
    click.echo(
        f"Wrote {path}: {plural(len(texts), 'text')}. Afterwards: printables take-back {therapy} {audience} {path}"
    )
