"""Defaults of options: what is typed, the environment, printables.toml and the program, and which of them wins."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from front_door import run

from printables.cli import defaults, fast_path
from printables.cli.app import cli

TYPED, ENVIRONMENT = ("--clinic", "typed"), {"PRINTABLES_CLINIC": "environment"}


@click.command("show")
@click.option("--clinic", default="default")
@click.option("--edition", "editions", multiple=True)
@click.option("--large-print", is_flag=True)
@click.option("--jobs", type=int, envvar="PRINTABLES_JOBS")
def show(**values: object) -> None:
    """Say what arrived."""
    click.echo(json.dumps(values))


def arrived(
    folder: Path, monkeypatch: pytest.MonkeyPatch, toml: str = "", typed: tuple[str, ...] = (), /, **environment: str
) -> dict[str, object]:
    """What a command gets, in a folder with this file."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PRINTABLES_JOBS", raising=False)  # which these tests may run with
    (folder / "printables.toml").write_text(toml, encoding="utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = defaults.defaults_of(show, lambda: [show, click.Command("other")])
    result = CliRunner().invoke(show, list(typed), default_map=found)
    assert result.exit_code == 0, result.output
    values: dict[str, object] = json.loads(result.output)
    return values


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("environment", [True, False])
@pytest.mark.parametrize("table", [True, False])
@pytest.mark.parametrize("shared", [True, False])
def test_what_wins(
    *, typed: bool, environment: bool, table: bool, shared: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = ('clinic = "shared"\n' if shared else "") + ('[show]\nclinic = "table"\n' if table else "")
    found = arrived(
        tmp_path, monkeypatch, toml, TYPED if typed else (), **(ENVIRONMENT if environment else {})
    )  # fmt: skip
    order = {"typed": typed, "environment": environment, "table": table, "shared": shared, "default": True}
    assert found["clinic"] == next(name for name, there in order.items() if there)


def test_every_kind_of_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml = 'edition = ["a4", "letter"]\nlarge-print = true\njobs = 2\n'
    assert arrived(tmp_path, monkeypatch, toml) == {
        "clinic": "default", "editions": ["a4", "letter"], "large_print": True, "jobs": 2,
    }  # fmt: skip
    assert arrived(tmp_path, monkeypatch, 'edition = "a4"\n')["editions"] == ["a4"]
    assert arrived(tmp_path, monkeypatch, toml, ("--edition", "a5"))["editions"] == ["a5"], "nothing is added to a list"
    given = {"PRINTABLES_EDITION": "a4, a5", "PRINTABLES_LARGE_PRINT": "no", "PRINTABLES_JOBS": "3"}
    assert arrived(tmp_path, monkeypatch, toml, **given) == {
        "clinic": "default", "editions": ["a4", "a5"], "large_print": False, "jobs": 3,
    }  # fmt: skip


WRONG = {
    'clinc = "x"': 'printables.toml:1: There is no option "clinc". Did you mean "clinic"?',
    '\n[show]\ncolour = "x"': 'printables.toml:3: There is no option "colour". See: printables --help.',
    "[shwo]": 'printables.toml:1: There is no command "shwo". Did you mean "show"?',
    "clinic = true": 'printables.toml:1: "clinic" has another kind of value. Write a text in quotation marks.',
    'large-print = "yes"': (
        'printables.toml:1: "large-print" has another kind of value. Write true or false, without quotation marks.'
    ),
    "edition = [4]": (
        'printables.toml:1: "edition" has another kind of value. Write a list of texts, such as ["a4", "letter"].'
    ),
    "a = 1\nb =": 'printables.toml:2: This is not TOML: Invalid value. Write each setting as: name = "text".',
}


@pytest.mark.parametrize("toml", WRONG)
def test_what_is_wrong_in_the_file_is_said_with_its_line(
    toml: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        arrived(tmp_path, monkeypatch, toml)
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [f"error: {WRONG[toml]}"]


def test_what_is_wrong_in_the_environment_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        arrived(tmp_path, monkeypatch, PRINTABLES_LARGE_PRINT="maybe")
    assert capsys.readouterr().err == 'error: PRINTABLES_LARGE_PRINT: "maybe" is neither yes nor no. Write yes or no.\n'
    with pytest.raises(SystemExit):
        arrived(tmp_path, monkeypatch, PRINTABLES_LARGE_PRINT="no", PRINTABLES_CONFIG="gone.toml")
    said = "error: gone.toml: The settings cannot be read: No such file or directory. "
    assert capsys.readouterr().err == f"{said}Mend the file, or what PRINTABLES_CONFIG names.\n"


def test_no_result_is_repeated_unread_while_there_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not fast_path.has_settings()
    monkeypatch.setenv("PRINTABLES_JOBS", "2")
    assert not fast_path.has_settings(), "how many processes print changes nothing"
    monkeypatch.setenv("PRINTABLES_CLINIC", "riverside")
    assert fast_path.has_settings()
    monkeypatch.delenv("PRINTABLES_CLINIC")
    (tmp_path / "printables.toml").touch()
    assert fast_path.has_settings()


@pytest.mark.slow
def test_a_real_command_takes_them(tmp_path: Path) -> None:
    (tmp_path / "printables.toml").write_text('[quiz]\nformat = "gift"\n', encoding="utf-8")
    done = run(tmp_path, "quiz", "introduction-to-ipt", PRINTABLES_TO="mine.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8").startswith("// An introduction to interpersonal")


def test_a_misspelt_command_is_guessed_at_and_v_is_the_version() -> None:
    answer = CliRunner().invoke(cli, ["biuld"])
    assert answer.exit_code == 2
    assert answer.output.endswith("""Error: No such command 'biuld'. Did you mean "build"?\n""")
    assert CliRunner().invoke(cli, ["-V"]).output == CliRunner().invoke(cli, ["--version"]).output


@pytest.mark.parametrize("name", cli.list_commands(click.Context(cli)))
def test_every_command_has_an_example_whose_options_it_has(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    lines = [line.split() for line in (command.epilog or "").splitlines() if line.startswith("  printables ")]
    inner = {one for sub in getattr(command, "commands", {}).values() for one in defaults.option_names(sub)}
    known = {f"--{option}" for option in (*defaults.option_names(command), *inner)}
    assert lines or inner, "an example says more than a list of options"
    assert {word.partition("=")[0] for line in lines for word in line if word.startswith("--")} <= known
