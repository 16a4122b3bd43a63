"""`printables pictures`: every page of the built leaflets as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from printables import paths
from printables.cli.actions import write_files
from printables.cli.messages import stop
from printables.cli.options import examples
from printables.library.template_settings import read_audiences
from printables.problems import Exit, Problem
from printables.reports import pictures


@click.command(
    epilog=examples("printables pictures --clinic riverside", "printables pictures --therapy ipt --family leaflets.png")
)
@click.option("--output", type=click.Path(path_type=Path), help="Where the leaflets are [./output]")
@click.option("--therapy", "therapies", multiple=True, metavar="ID", help="Only this therapy; may be repeated.")
@click.option("--clinic", metavar="ID", help="Those of this clinic, in each edition that it has.")
@click.option("--family", type=click.Path(path_type=Path), help="Write the first pages side by side to this file, too.")
def command(output: Path | None, therapies: tuple[str, ...], clinic: str | None, family: Path | None) -> None:
    """Draw every page of the built leaflets as a PNG picture, to look at."""
    folder = output or paths.output()
    audiences = [audience.id for audience in read_audiences(paths.templates())[0]]
    entries = pictures.leaflets(folder, audiences, therapies, clinic)
    drawn = list(pictures.pictures(folder, entries))
    if not drawn:
        what, run = ("of this clinic ", f" --clinic {clinic}") if clinic else ("", "")
        missing = Problem(str(folder), 0, f"There are no leaflets {what}here.", f"Run: printables build{run}.")
        stop([missing], Exit.PROBLEMS)
    files: list[tuple[Path, str | bytes]] = [*drawn]
    if family:
        first_pages = [png for path, png in drawn if path.stem.endswith("-1")]
        files.append((family, pictures.family(first_pages, pictures.made_of(entries))))
    write_files(files)
    click.echo(f"Wrote {len(drawn)} pictures of pages in {drawn[0][0].parent}.")
