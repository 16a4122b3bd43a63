"""Defaults of options: from `printables.toml` in the folder in which somebody works, and from the environment.

What is typed wins over `PRINTABLES_<OPTION>`, that over the command's own table in the file, that over the file's keys
for all commands, and that over the program's defaults (docs/command-line.md).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from printables.cli import fast_path
from printables.cli.messages import stop
from printables.problems import Exit, Problem, guess

FILE, PREFIX = fast_path.SETTINGS
NAMED_BY = f"{PREFIX}CONFIG"
"""Names another file than ./printables.toml."""
YES, NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")


def option_names(command: click.Command) -> dict[str, click.Option]:
    """Return a command's options by their long names without hyphens in front."""
    options = (one for one in command.params if isinstance(one, click.Option))
    named = ((name, one) for one in options for name in one.opts if name.startswith("--"))
    return {name[2:]: one for name, one in named if name not in ("--help", "--version")}


def defaults_of(command: click.Command, every: Callable[[], Iterable[click.Command]]) -> dict[str, Any]:
    """Return the defaults of a command's options by parameter, for Click. Ends the command where one is wrong.

    `every` loads all commands, which takes a moment: what is for all of them in the file must be an option of one, at
    least. It is only asked if this command does not have it.
    """
    options = option_names(command)
    path = Path(os.environ.get(NAMED_BY) or FILE)
    settings, problems = _Settings.read(path)
    found: dict[str, Any] = {}
    given = settings.for_command(str(command.name))
    for name, value in given.items():
        if name in options:
            found |= settings.taken(options[name], name, value, problems)
        elif name in settings.own(str(command.name)):
            problems.append(settings.unknown(name, options))
    unknown = [name for name in settings.shared if name not in options]
    if unknown:
        known = {name for one in every() for name in option_names(one)}
        problems += [settings.unknown(name, known) for name in unknown if name not in known]
    tables = [name for name, value in settings.data.items() if isinstance(value, dict)]
    names = [str(one.name) for one in every()] if tables else []
    problems += [settings.unknown(name, names, "command") for name in tables if name not in names]
    if problems:
        stop(problems, Exit.USAGE)
    return found | dict(_from_environment(options))


class _Settings:
    """What `printables.toml` says, and where."""

    def __init__(self, path: Path, data: Mapping[str, Any], text: str) -> None:
        self.path, self.data, self._lines = path, data, text.splitlines()
        self.shared = {name: value for name, value in data.items() if not isinstance(value, dict)}

    @classmethod
    def read(cls, path: Path) -> tuple[_Settings, list[Problem]]:
        """Return what the file says; nothing where there is none."""
        named, text = NAMED_BY in os.environ, ""
        try:
            text = path.read_text(encoding="utf-8") if named or path.exists() else ""
            return cls(path, tomllib.loads(text), text), []
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"\(at line (\d+), column \d+\)$", str(error))
            what = f"This is not TOML: {str(error).partition(' (at ')[0]}."
            mend = 'Write each setting as: name = "text".'
            line = int(place[1]) if place else len(text.splitlines())
            return cls(path, {}, ""), [Problem(str(path), line, what, mend)]
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            what = f"The settings cannot be read: {reason}."
            return cls(path, {}, ""), [Problem(str(path), 0, what, f"Mend the file, or what {NAMED_BY} names.")]

    def own(self, command: str) -> Mapping[str, Any]:
        """Return the table of a command."""
        found = self.data.get(command)
        return found if isinstance(found, dict) else {}

    def for_command(self, command: str) -> Mapping[str, Any]:
        """Return all settings that may be for a command; its own ones win."""
        return {**self.shared, **self.own(command)}

    def taken(self, option: click.Option, name: str, value: Any, problems: list[Problem]) -> dict[str, Any]:
        """Return the default of an option as Click takes it."""
        texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if option.is_flag:
            good, wanted = isinstance(value, bool), "true or false, without quotation marks"
        elif option.multiple:
            good, wanted = texts or isinstance(value, str), 'a list of texts, such as ["a4", "letter"]'
            value = [value] if isinstance(value, str) else value
        else:
            good, wanted = isinstance(value, str | int) and not isinstance(value, bool), "a text in quotation marks"
        if not good:
            problems.append(self._problem(name, f'"{name}" has another kind of value.', f"Write {wanted}."))
            return {}
        return {str(option.name): value}

    def unknown(self, name: str, known: Iterable[str], kind: str = "option") -> Problem:
        """Return the problem of a name that nobody knows."""
        hint = guess(name, known).strip() or "See: printables --help."
        return self._problem(name, f'There is no {kind} "{name}".', hint)

    def _problem(self, name: str, what: str, mend: str) -> Problem:
        spelt = re.compile(rf"\s*(?:\[\s*)?[\"']?{re.escape(name)}[\"']?\s*[=\]]")
        line = next((number for number, line in enumerate(self._lines, 1) if spelt.match(line)), 0)
        return Problem(str(self.path), line, what, mend)


def _from_environment(options: Mapping[str, click.Option]) -> Iterator[tuple[str, Any]]:
    """Yield the defaults that PRINTABLES_<OPTION> sets. Ends the command where one is neither yes nor no."""
    for name, option in options.items():
        variable = PREFIX + name.upper().replace("-", "_")
        value = os.environ.get(variable, "").strip()
        if not value or option.envvar:
            continue  # Click reads the latter
        if option.is_flag and value.lower() not in (*YES, *NO):
            stop([Problem(variable, 0, f'"{value}" is neither yes nor no.', "Write yes or no.")], Exit.USAGE)
        if option.is_flag:
            yield str(option.name), value.lower() in YES
        else:
            yield str(option.name), [one.strip() for one in value.split(",")] if option.multiple else value
