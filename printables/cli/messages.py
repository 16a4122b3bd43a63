"""What every command prints in the same words: problems, counts, JSON, how a build went. Imports nothing heavy."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from printables.problems import Exit, Problem, Severity

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}


def print_problems(problems: Iterable[Problem]) -> None:
    """Print errors, warnings and notes to standard error, one line each, in the order given."""
    colours = False if os.environ.get("NO_COLOR") else True if os.environ.get("FORCE_COLOR") else None
    for problem in unique(problems):
        word = click.style(problem.severity, fg=COLOURS[problem.severity])
        click.echo(f"{word}: {problem}", err=True, color=colours)


def unique(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once: one fault in a shared file is reported for every audience that it touches."""
    return list({(p.path, p.line, p.what, p.mend, p.severity): p for p in problems}.values())


def print_count(problems: Iterable[Problem]) -> None:
    """Print how many errors and warnings there are; notes are none."""
    severities = [problem.severity for problem in unique(problems)]
    click.echo(f"{plural(severities.count('error'), 'error')}, {plural(severities.count('warning'), 'warning')}.")


def plural(number: int, word: str) -> str:
    """Return a number with its noun: 1 page, 2 pages."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def print_json(problems: Iterable[Problem], **data: Any) -> None:
    """Print the problems and all other data of a command as one JSON object."""
    whole = {**data, "problems": [dataclasses.asdict(problem) for problem in problems]}
    click.echo(json.dumps(whole, indent=2, ensure_ascii=False))


def print_build_summary(sizes: str, output: Path, counts: tuple[int, int, int], seconds: float) -> None:
    """Print what is in the output folder now. `counts`: leaflets rendered, leaflets unchanged, files removed."""
    rendered, kept, removed = counts
    done = f"{rendered} rendered, {kept} unchanged, {removed} files removed"
    click.echo(f"{sizes} in {output}: {done}, {seconds:.1f} s.")


def print_website(folder: Path, counts: tuple[int, int, int]) -> None:
    """Print where the website is. `counts`: files made, files unchanged, files removed."""
    made, kept, removed = counts
    done = f"{made} files made, {kept} unchanged, {removed} removed"
    click.echo(f"Website in {folder}: {done}. Open {folder / 'index.html'}, or put the folder on a web host.")


def stop(problems: Iterable[Problem], code: Exit, *, as_json: bool = False) -> NoReturn:
    """Print the problems, as JSON where the command was asked for it, and end the program with exit code `code`."""
    if as_json or _is_asked_for_json():
        print_json(problems)
    else:
        print_problems(problems)
    sys.exit(code)


def _is_asked_for_json() -> bool:
    """Return whether the command that runs was given --json, however deep in it something stopped."""
    context = click.get_current_context(silent=True)
    return bool(context and context.params.get("as_json"))
