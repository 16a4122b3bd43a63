"""What every command says in the same words: problems, counts, JSON, and how a build went. Loads nothing heavy."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from printables.problems import Problem


def problems(found: Iterable[Problem]) -> None:
    """Errors and warnings, one line each, in the order of their files."""
    colours = False if os.environ.get("NO_COLOR") else None
    for problem in once(found):
        word = "error" if problem.severity == "error" else "warning"
        colour = "red" if word == "error" else "yellow"
        click.echo(f"{click.style(word, fg=colour)}: {problem}", err=True, color=colours)


def once(found: Iterable[Problem]) -> list[Problem]:
    """Each thing once, though it touches several audiences."""
    return list({(p.path, p.line, p.what, p.mend, p.severity): p for p in found}.values())


def count(found: Iterable[Problem]) -> None:
    """How many errors and warnings there are."""
    found = once(found)
    errors = sum(problem.severity == "error" for problem in found)
    click.echo(f"{many(errors, 'error')}, {many(len(found) - errors, 'warning')}.")


def many(number: int, word: str) -> str:
    """A number with its word: 1 page, 2 pages."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def as_json(found: Iterable[Problem], **data: Any) -> None:
    """Problems and whatever else was asked for, as one JSON object."""
    click.echo(json.dumps({**data, "problems": [dataclasses.asdict(p) for p in found]}, indent=2, ensure_ascii=False))


def built(sizes: str, output: Path, counts: tuple[int, int, int], seconds: float) -> None:
    """How a build went: what is there now, and how many leaflets were rendered, unchanged, and files removed."""
    rendered, kept, removed = counts
    done = f"{rendered} rendered, {kept} unchanged, {removed} files removed"
    click.echo(f"{sizes} in {output}: {done}, {seconds:.1f} s.")
