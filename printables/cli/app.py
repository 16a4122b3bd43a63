"""The command line: a group whose commands are the files in `printables/cli/commands`.

A file `review_sheet.py` there is the command `review-sheet`; its attribute `command` is what Click runs. Nothing else
registers it. Only the file of the command that was typed is imported, since most commands import the libraries of
several steps, which takes longer than some of them need to run.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import pkgutil
import signal
import sys
from importlib.abc import InspectLoader
from typing import NoReturn

import click

from printables import __version__
from printables.cli import commands, defaults, fast_path
from printables.problems import Exit, guess


class CommandFolder(click.Group):
    """A Click group with one command for each module of `printables.cli.app.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        del ctx  # the folder is the same for every call
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, which gets its name from its file; None where there is no such file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return _command(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed, with its defaults; one that is misspelt is guessed at."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            ctx.fail(f"No such command '{args[0]}'.{guess(args[0], names)}")
        self.take_defaults(ctx, args[0])
        return super().resolve_command(ctx, args)

    def take_defaults(self, ctx: click.Context, name: str) -> None:
        """Give a command the defaults of `printables.toml` and the environment."""
        if fast_path.has_settings() and name in self.list_commands(ctx):
            ctx.default_map = {
                name: defaults.defaults_of(_command(name), lambda: map(_command, self.list_commands(ctx)))
            }

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands in `--help` without importing them, which would take most of a second."""
        listed = [click.Command(name, help=_help(name)) for name in self.list_commands(ctx)]
        click.Group(commands=listed).format_commands(ctx, formatter)


def _command(name: str) -> click.Command:
    command: click.Command = importlib.import_module(_module(name)).command
    command.name = name
    return command


def _module(name: str) -> str:
    return f"{commands.__name__}.{name.replace('-', '_')}"


def _help(name: str) -> str:
    """Return the docstring of a command's function, read from the source; '' where there is neither."""
    spec = importlib.util.find_spec(_module(name))
    loader = spec.loader if spec else None
    source = loader.get_source(_module(name)) if isinstance(loader, InspectLoader) else None
    functions = (node for node in ast.parse(source or "").body if isinstance(node, ast.FunctionDef))
    return next((ast.get_docstring(function) or "" for function in functions if function.name == "command"), "")


@click.group(
    cls=CommandFolder,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="printables")
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
    if context.invoked_subcommand is None and (build := cli.get_command(context, "build")):
        cli.take_defaults(context, "build")
        context.invoke(build)


class Terminated(KeyboardInterrupt):
    """SIGTERM: ends a build as Ctrl-C does, so that workers stop and the manifest is written."""


def _terminate(*_: object) -> NoReturn:
    raise Terminated


def _exit_now(code: Exit) -> NoReturn:
    """End without waiting for the pool's threads: Python 3.11.2 waits for ever on workers that were stopped."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main() -> None:
    """Run the command `printables`. Ctrl-C ends it with exit code 130, SIGTERM with 143."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except (KeyboardInterrupt, click.Abort) as interruption:
        click.echo("Stopped. What was published stays as it was.", err=True)
        terminated = isinstance(interruption, Terminated) or isinstance(interruption.__cause__, Terminated)
        _exit_now(Exit.TERMINATED if terminated else Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has left; Python would complain again at exit
        sys.exit(Exit.OK)
    except OSError as error:
        click.echo(f"error: The answer could not be written: {error.strerror or error}.", err=True)
        sys.exit(Exit.PROBLEMS)
