"""`printables import`: a leaflet that a clinic has, as a record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from printables import paths
from printables.cli.actions import read_library, refuse_existing, write_files
from printables.cli.messages import plural, stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.editor.values import EditRefused
from printables.problems import Exit, Problem, guess
from printables.word.documents import ENDINGS, read
from printables.word.docx import UnreadableDocument
from printables.word.importing import record_of
from printables.word.placing import place


@click.command(
    epilog=examples(
        "printables import leaflet.docx --id guided-self-help",
        "printables import leaflet.md --id guided-self-help --audience teens",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "identity", required=True, metavar="ID", help="The new record's id, such as guided-self-help.")
@click.option("--audience", default="adults", show_default=True, metavar="ID", help="For whom the leaflet was written.")
@with_options(SOURCE_FOLDERS)
def command(file: Path, *, identity: str, audience: str, **folders: Any) -> None:
    """Make a record of a leaflet in Word (.docx), Markdown, HTML or plain text. Its own words stay as they are.

    Headings are matched with those of our leaflets; what fits nowhere is kept in the record's notes, and listed.
    """
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    reader = library.audiences.get(audience)
    if reader is None:
        hint = guess(audience, library.audiences).strip() or f"There are: {', '.join(library.audiences)}."
        stop([Problem("command line", 0, f'There is no audience "{audience}".', hint)], Exit.PROBLEMS)
    if file.suffix.lower() not in ENDINGS:
        what = f'Files that end in "{file.suffix}" cannot be taken in.'
        stop([Problem(str(file), 0, what, f"Save it as one of: {', '.join(ENDINGS)}.")], Exit.PROBLEMS)
    try:
        blocks = read(file.read_bytes(), file.name)
        placed = place(blocks, reader, library.locales["en"])
        record = record_of(placed, identity, reader, options.templates, options.today, file.name)
    except UnreadableDocument as error:
        stop([Problem(str(file), 0, error.what, error.mend)], Exit.PROBLEMS)
    except EditRefused as error:
        stop([Problem(str(file), 0, error.what, error.mend)], Exit.PROBLEMS)
    except ImportError as error:
        what = f'The package "{(error.name or "").partition(".")[0]}" is not installed.'
        stop([Problem("import", 0, what, paths.mend_by_installing("word"))], Exit.PROBLEMS)
    except OSError as error:
        what = f"The file cannot be read: {error.strerror or error}."
        stop([Problem(str(file), 0, what, "Look at its name, and whether you may read it.")], Exit.PROBLEMS)
    if isinstance(record, Problem):
        stop([record], Exit.PROBLEMS)
    path = options.content / "therapies" / f"{identity}.yaml"
    refuse_existing(options, path)
    write_files([(path, record)])
    for section, heading in placed.headings.items():
        click.echo(f"{section}: from “{heading}”")
    click.echo(f"Wrote {path}: {plural(len(placed.sections), 'section')} filled.")
    if placed.kept:
        click.echo(f"{plural(len(placed.kept), 'part')} fit nowhere and stand in its notes, word for word.")
    click.echo(f"What is still missing: printables check --therapy {identity}")
