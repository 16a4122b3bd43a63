"""The command line: what was asked for goes to the steps, what they say comes to the terminal. Nothing else prints."""

from __future__ import annotations

import dataclasses
import signal
import sys
import time
from pathlib import Path
from typing import Any

import click

from printables import __version__, paths
from printables.cache import environment, up_to_date
from printables.cache.cache import Cache
from printables.cli import console, fast_path, messages
from printables.cli.commands.approve import approve
from printables.cli.commands.init import init
from printables.cli.commands.pack import pack
from printables.cli.commands.preview import preview
from printables.cli.commands.sheets import COMMANDS, write_tone
from printables.cli.commands.site import site
from printables.cli.commands.upkeep import COMMANDS as UPKEEP
from printables.cli.commands.verify import verify
from printables.cli.options import (
    CLUSTER,
    EDITIONS,
    FILTERS,
    FOLDERS,
    SAY,
    STRICT,
    Terminated,
    built,
    leave_now,
    read_options,
    stop,
    terminate,
    with_options,
    write_files,
)
from printables.library.pack_loader import load_packs
from printables.pipeline import build
from printables.problems import Exit, Problem


@click.group(
    invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="printables")
@click.pass_context
def cli(context: click.Context) -> None:
    """Printable leaflets about psychological therapies: one record, a leaflet for each reader.

    With no command, everything is built into ./output.

    \b
    printables                       build every leaflet
    printables check                 what is wrong, and the reading level of each leaflet
    printables build --therapy ipt   build one therapy
    printables proof ipt             all audiences side by side, to read and mark
    """  # noqa: D301 - \b is the sign to Click not to rewrap
    if context.invoked_subcommand is None:
        context.invoke(build_command)


@cli.command("build")
@with_options(FOLDERS, FILTERS, EDITIONS, STRICT)
@click.option("--braille", is_flag=True, help="A Braille file (.brf) beside each PDF; needs liblouis.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Worker processes [one for each core].")
@with_options(CLUSTER, SAY)
def build_command(*, quiet: bool = False, as_json: bool = False, **asked: Any) -> None:
    """Make the leaflets that changed, as PDF and as web page, into the output folder."""
    options = read_options(**{"content": None, "templates": None, "output": None, **asked})
    started = time.monotonic()
    sources = paths.sources(options.content, options.templates)
    seen = up_to_date.source_state(fast_path.command(sys.argv[1:]), sources, environment.files())
    checked, outcome = built(options, quiet=quiet, as_json=as_json)
    seconds = time.monotonic() - started
    disturbed = fast_path.disturbed(seen)
    checked = dataclasses.replace(checked, problems=(*checked.problems, *disturbed))
    if as_json:
        messages.as_json(checked.problems, **console.outcome_data(outcome, seconds))
    else:
        messages.problems(checked.problems)
        console.summary(checked, outcome, options.output, seconds, quiet=quiet)
    if not build.succeeded(checked, outcome):
        sys.exit(Exit.PROBLEMS)
    sizes = console.sizes(outcome.made())
    fast_path.remember(
        options, None if disturbed else seen, checked, outcome, sizes=sizes, quiet=quiet, as_json=as_json
    )


@cli.command()
@with_options(FOLDERS, FILTERS, EDITIONS, STRICT)
@click.option("--report", "tone_report", is_flag=True, help="Write the tone of the library in figures, too.")
@with_options(SAY)
def check(*, tone_report: bool, quiet: bool, as_json: bool, **asked: Any) -> None:
    """Say what is wrong, with file and line, and how hard each leaflet is to read. Makes no leaflet."""
    options = read_options(**asked)
    choice = options.choice
    narrowed = choice.therapies or choice.audiences or choice.worksheets or choice.region or choice.clinic
    options = dataclasses.replace(options, choice=dataclasses.replace(choice, whole=not narrowed))
    memory = Cache().recall(options.store())
    checked = build.check(options, memory, keep=tone_report)
    memory.save(options.store())
    if checked.library and not narrowed:
        found = load_packs(checked.library, options.content)[1]
        checked = dataclasses.replace(checked, problems=(*checked.problems, *found))
    levels = console.levels(checked)
    if as_json:
        messages.as_json(checked.problems, leaflets=[dataclasses.asdict(level) for level in levels])
    else:
        messages.problems(checked.problems)
        if not quiet:
            console.level_table(levels)
            messages.count(checked.problems)
    if tone_report and checked.subjects:
        write_tone(checked, options, quiet=quiet or as_json)
    sys.exit(Exit.OK if build.succeeded(checked) else Exit.PROBLEMS)


@cli.command("list")
@with_options(FOLDERS, FILTERS, EDITIONS)
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def list_command(*, as_json: bool, **asked: Any) -> None:
    """Say which leaflets there are and where each is written."""
    options = read_options(**asked)
    checked = build.check(options, Cache().recall(options.store()), keep=False)
    if checked.library is None:
        stop(checked.problems, Exit.PROBLEMS, as_json=as_json)
    if as_json:
        messages.as_json((), leaflets=[console.item_data(known) for known in checked.handouts])
    else:
        console.item_table(checked.handouts)


@cli.command()
@click.argument("therapy")
@click.argument("audience")
@with_options(FOLDERS)
def explain(therapy: str, audience: str, **asked: Any) -> None:
    """Say for each section of a leaflet where its words come from, how hard they are, and why it is shown or not."""
    checked = build.check(read_options(**asked, therapies=(therapy,), audiences=(audience,)))
    if not checked.subjects:
        stop(checked.problems or [_no_leaflet(therapy, audience)], Exit.PROBLEMS)
    console.explain(checked.subjects[0])


def _no_leaflet(therapy: str, audience: str) -> Problem:
    return Problem("command line", 0, f'There is no leaflet of "{therapy}" for "{audience}".', "See: printables list.")


@cli.command()
@click.argument("therapy")
@click.option("--name", help="The therapy's name [made from the id].")
@with_options(FOLDERS)
def new(therapy: str, name: str | None, **asked: Any) -> None:
    """Write a starter record with only what is required, each field with a word on what it holds."""
    from printables.authoring import new_record

    options = read_options(**asked)
    made = new_record.starter(therapy, name, options.templates)
    if isinstance(made, Problem):
        stop([made], Exit.PROBLEMS)
    path = options.content / "therapies" / f"{therapy}.yaml"
    if path.exists():
        stop([Problem(str(path), 0, "The record is there already.", "Choose another id.")], Exit.PROBLEMS)
    write_files([(path, made)])
    click.echo(f"Wrote {path}. Fill it in, and run: printables check --therapy {therapy}")


@cli.command()
@click.option(
    "--docs", type=click.Path(path_type=Path), default=Path("docs"), show_default=True, help="Where to write."
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where a file is out of date.")
def schema(docs: Path, *, only_check: bool) -> None:
    """Write JSON Schemas for editors, the field reference and the command reference."""
    from printables.authoring import generated_docs

    files = [(docs / name, text) for name, text in generated_docs.files(cli).items()]
    stale = [path for path, text in files if not path.is_file() or path.read_bytes() != text.encode()]
    if only_check:
        wrong = [Problem(str(path), 0, "The file is out of date.", "Run: printables schema.") for path in stale]
        if wrong:
            stop(wrong, Exit.PROBLEMS)
        click.echo("All are up to date.")
        return
    write_files([(path, text) for path, text in files if path in stale])
    click.echo(f"Wrote {len(stale)} of {len(files)} files in {docs}; the others were up to date.")


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the lines that make your shell complete commands, to be added to its start file."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:  # the choice names only what click knows
        click.echo(found(cli, {}, "printables", "_PRINTABLES_COMPLETE").source())


for more in (*COMMANDS, *UPKEEP):
    cli.add_command(more)
cli.add_command(init)
cli.add_command(approve)
cli.add_command(pack)
cli.add_command(preview)
cli.add_command(site)
cli.add_command(verify)


def main() -> None:
    """The command `printables`. Ctrl-C ends it with exit code 130, SIGTERM with 143."""
    signal.signal(signal.SIGTERM, terminate)
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except (KeyboardInterrupt, click.Abort) as stop_sign:
        click.echo("Stopped. What was published stays as it was.", err=True)
        ended = isinstance(stop_sign, Terminated) or isinstance(stop_sign.__cause__, Terminated)
        leave_now(Exit.TERMINATED if ended else Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has left; Python would complain again at exit
        sys.exit(Exit.OK)
    except OSError as error:
        click.echo(f"error: The answer could not be written: {error.strerror or error}.", err=True)
        sys.exit(Exit.PROBLEMS)
