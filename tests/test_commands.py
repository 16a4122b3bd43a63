"""The commands: one file each, registered by being there, each with help and an example that works."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from import_case import imports

from printables.cli import commands
from printables.cli.app import cli
from printables.cli.options import examples

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "printables" / "cli" / "commands"
FILES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")

GREETING = '''
import click


@click.command()
@click.argument("name")
def command(name: str) -> None:
    """Greet somebody. This is said in the command's own help only."""
    click.echo(f"Hello, {name}.")
'''


def commands_of(group: click.Group, called: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below a group with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*called, name), command
        if isinstance(command, click.Group):
            yield from commands_of(command, (*called, name))


ALL = dict(commands_of(cli))


def test_each_file_in_the_folder_is_a_command_and_nothing_else_is() -> None:
    assert [name.replace("_", "-") for name in FILES] == cli.list_commands(click.Context(cli))
    assert "review_sheet" in FILES and len(FILES) > 15


@pytest.fixture
def one_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file in the folder of commands, or rather in one that Python searches as well."""
    (tmp_path / "say_hello.py").write_text(GREETING, encoding="utf-8")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    yield
    sys.modules.pop("printables.cli.commands.say_hello", None)


@pytest.mark.slow
@pytest.mark.usefixtures("one_more")
def test_a_file_that_is_put_there_is_a_command() -> None:
    assert CliRunner().invoke(cli, ["say-hello", "world"]).output == "Hello, world.\n"
    listed = [" ".join(line.split()) for line in CliRunner().invoke(cli, ["--help"]).output.splitlines()]
    assert "say-hello Greet somebody." in listed
    assert "Usage: cli say-hello [OPTIONS] NAME" in CliRunner().invoke(cli, ["say-hello", "--help"]).output
    assert CliRunner().invoke(cli, ["say_hello", "world"]).exit_code == 2, "a command has one name"


def test_without_the_file_there_is_no_such_command() -> None:
    done = CliRunner().invoke(cli, ["say-hello", "world"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (2, "Error: No such command 'say-hello'.")


# Each command's help


def faults(called: tuple[str, ...], command: click.Command) -> list[str]:
    """What is missing from the help of a command. Its examples are parsed by the command itself, and not run."""
    lines = [shlex.split(line.partition(">>")[0]) for line in (command.epilog or "").splitlines()[2:]]
    found = [] if (command.help or "").partition("\n")[0].endswith(".") else ["a sentence that says what it does"]
    found += [] if lines else ["an example"]
    start = ["printables", *called]
    for line in lines:
        if line[: len(start)] != start:
            found.append(f"not an example of it: {' '.join(line)}")
        elif not isinstance(command, click.Group):
            found += refused(command, line[len(start) :])
    return found


def refused(command: click.Command, arguments: list[str]) -> list[str]:
    try:
        command.make_context("example", arguments, **cli.context_settings)  # else its -h is lost for all
    except click.ClickException as error:
        return [error.format_message()]
    return []


@pytest.mark.parametrize("called", ALL, ids=" ".join)
def test_each_command_has_help_with_an_example_that_works(called: tuple[str, ...]) -> None:
    assert faults(called, ALL[called]) == []


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (click.Command("tea"), ["a sentence that says what it does", "an example"]),
        (click.Command("tea", help="Make tea.", epilog=examples("printables coffee")), ["not an example of it"]),
        (click.Command("tea", help="Make tea.", epilog=examples("printables tea --milk")), ["No such option '--milk'"]),
        (click.Command("tea", help="Make tea.", epilog=examples("printables tea")), []),
    ],
)
def test_companion_help_without_an_example_is_seen(command: click.Command, expected: list[str]) -> None:
    found = faults(("tea",), command)
    assert len(found) == len(expected)
    assert all(fault.startswith(start) for fault, start in zip(found, expected, strict=True))


def test_each_file_has_one_public_function() -> None:
    """Whoever opens a file finds the command at once; a group's commands are its own and stand in its file."""
    for called, command in ALL.items():
        if len(called) == 1:
            assert command.callback is not None
            assert command.callback.__module__ == f"printables.cli.commands.{called[0].replace('-', '_')}"
            assert command.callback.__name__ == "command"


# Only what was asked for is loaded


def loaded_commands(*arguments: str) -> list[str]:
    """The modules of commands that Python has imported when it has answered."""
    code = (
        "import sys, click; from printables.cli.app import cli; cli(sys.argv[1:], standalone_mode=False);"
        "print(*sorted(n for n in sys.modules if n.startswith('printables.cli.commands.')), sep=',', file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr.split()


def test_the_list_of_commands_needs_none_of_them() -> None:
    assert loaded_commands("--help") == []


@pytest.mark.slow
def test_a_command_loads_its_own_file_only() -> None:
    assert loaded_commands("completion", "bash") == ["printables.cli.commands.completion"]


def test_the_list_says_of_each_command_what_its_own_help_says() -> None:
    """`--help` reads the sentences from the source, without importing it; they must be the same."""
    output = CliRunner().invoke(cli, ["--help"], terminal_width=400).output
    listed = dict(line.strip().split(maxsplit=1) for line in output.partition("Commands:\n")[2].splitlines())
    assert listed == {called[0]: command.get_short_help_str(400) for called, command in ALL.items() if not called[1:]}


# Within the room, imports point down as well, and no command leans on another


BELOW = {
    "messages": set[str](),
    "console": {"messages"},
    "options": {"messages"},
    "actions": {"console", "messages"},
    "fast_path": {"messages"},
    "serving": {"messages"},
    "reviewing": {"messages"},
    "defaults": {"fast_path", "messages"},
    "app": {"commands", "defaults", "fast_path"},
    "main": {"app", "fast_path"},
    "commands": {"actions", "app", "console", "fast_path", "messages", "options", "reviewing", "serving"},
}
"""For each module of the command line, those that it may import."""


def upward(path: Path, source: str) -> list[str]:
    """The imports of a module of the command line from its own room that BELOW does not allow."""
    mine = path.relative_to(FOLDER.parent).with_suffix("").parts[0]
    names = [name.split(".")[2] for name in imports(source) if name.startswith("printables.cli.")]
    return sorted(set(names) - BELOW[mine])


@pytest.mark.parametrize("path", sorted(FOLDER.parent.rglob("*.py")), ids=lambda path: path.stem)
def test_imports_within_the_command_line_point_down(path: Path) -> None:
    assert path.stem == "__init__" or upward(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("messages.py", "from printables.cli import console"),
        ("fast_path.py", "def late():\n    from printables.cli.options import read_options"),
        ("commands/check.py", "from printables.cli.commands.build import command"),
    ],
)
def test_companion_an_import_that_points_up_is_seen(file: str, line: str) -> None:
    assert len(upward(FOLDER.parent / file, line)) == 1
