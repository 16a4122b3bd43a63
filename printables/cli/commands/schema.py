"""`printables schema`: write the generated documents."""

from __future__ import annotations

from pathlib import Path

import click

from printables.api.reference import reference
from printables.authoring import generated_docs
from printables.cli.actions import write_files
from printables.cli.app import cli
from printables.cli.messages import stop
from printables.cli.options import examples
from printables.problems import Exit, Problem


@click.command(epilog=examples("printables schema", "printables schema --check"))
@click.option(
    "--docs", type=click.Path(path_type=Path), default=Path("docs"), show_default=True, help="Where to write."
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where a file is out of date.")
def command(docs: Path, *, only_check: bool) -> None:
    """Write JSON Schemas for editors, and the references of fields, commands and the public API."""
    made = {**generated_docs.files(cli), "api-reference.md": reference()}
    files = [(docs / name, text) for name, text in made.items()]
    stale = [(path, text) for path, text in files if not path.is_file() or path.read_bytes() != text.encode()]
    if only_check:
        problems = [Problem(str(path), 0, "The file is out of date.", "Run: printables schema.") for path, _ in stale]
        if problems:
            stop(problems, Exit.PROBLEMS)
        click.echo("All are up to date.")
        return
    write_files(stale)
    click.echo(f"Wrote {len(stale)} of {len(files)} files in {docs}; the others were up to date.")
