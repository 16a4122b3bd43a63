"""One leaflet of the real library with a few words exchanged, read, composed and checked as a build does it."""

from __future__ import annotations

import dataclasses
import functools
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import yaml
from library_case import copy_of_content

from printables.checks.registry import Check
from printables.checks.subject import Subject
from printables.library.library import Library
from printables.pages.templates.render import Pages
from printables.pipeline import build, run
from printables.plan import Choice
from printables.problems import Problem

ROOT = Path(__file__).resolve().parent.parent
AUDIENCES = ("adults", "teens", "parents", "professionals", "easy-read")
TODAY = date(2026, 12, 1)
FILES = {
    "record": "content/therapies/ipt.yaml",
    "region": "content/regions/england.yaml",
    "sources": "content/sources.yaml",
    "glossary": "content/glossary.yaml",
    "locale": "content/locales/en.yaml",
    **{name: f"templates/{name}/audience.yaml" for name in AUDIENCES},
}
"""The files whose values a case may change, by the word before the colon: `region:help_now.teens.lines`."""

Changes = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """A folder with its own content and templates, and what a check says about it."""

    folder: Path
    checked: build.CheckedLibrary

    @property
    def problems(self) -> list[Problem]:
        return list(self.checked.problems)

    @property
    def subject(self) -> Subject:
        """The leaflet of the one audience that was asked for."""
        (found,) = (subject for subject in self.checked.subjects if not subject.item.worksheet)
        return found

    def path(self, name: str = "record") -> str:
        return (self.folder / FILES.get(name, name)).as_posix()

    def line(self, text: str, name: str = "record") -> int:
        """The number of the one line of a file that holds `text`."""
        lines = Path(self.path(name)).read_text(encoding="utf-8").splitlines()
        (found,) = (number for number, line in enumerate(lines, 1) if text in line)
        return found

    def key_line(self, *keys: str, name: str = "record") -> int:
        """The number of the line on which the value of nested keys begins, found by their indents."""
        lines = Path(self.path(name)).read_text(encoding="utf-8").splitlines()
        at = -1
        for depth, key in enumerate(keys):
            at = next(n for n in range(at + 1, len(lines)) if lines[n].startswith(f"{'  ' * depth}{json.dumps(key)}:"))
        return at + 2 if lines[at].endswith(("|2", "|2-")) else at + 1

    def line_after(self, start: str, text: str, name: str = "record") -> int:
        """The number of the first line with `text` after the one line with `start`."""
        lines = Path(self.path(name)).read_text(encoding="utf-8").splitlines()
        first = self.line(start, name)
        return next(number for number in range(first, len(lines) + 1) if text in lines[number - 1])

    def saying(self, *parts: str) -> list[Problem]:
        """The problems whose first sentence holds every one of `parts`."""
        return [problem for problem in self.problems if all(part in problem.what for part in parts)]


def case(folder: Path, audience: str = "", changes: Changes | None = None, **options: Any) -> Case:
    """The real content, changed, and checked for one audience (or for all).

    A key of `changes` is a dotted path in the therapy's record, or in another file (see FILES). `sections.overview`
    means the words of `audience`; None takes a key out; `+` adds to a list, and `*` means all items of one; a
    key that is a path, such as `templates/adults/leaflet.html`, replaces that file. What was asked for a moment ago is
    not made again: it lies in the folder of the test that asked first.
    """
    if folder.exists() and any(folder.iterdir()):
        return _made(folder, audience, changes, options)
    asked = repr((audience, changes, options))
    found = _KEPT.pop(asked, None) or _made(folder, audience, changes, options)
    _KEPT[asked] = found
    if len(_KEPT) > MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]  # asked for longest ago
    return found


_KEPT: dict[str, Case] = {}
MOST_KEPT = 12


def _made(folder: Path, audience: str, changes: Changes | None, options: dict[str, Any]) -> Case:
    copy_of_content(folder)
    own_templates = any("/" in key or _file_of(key) in AUDIENCES for key in changes or {})
    if own_templates:
        shutil.copytree(ROOT / "templates", folder / "templates", dirs_exist_ok=True)
    for name, path in FILES.items():
        mine = {key: value for key, value in (changes or {}).items() if _file_of(key) == name}
        if mine or name == "record":
            # Worksheets have tests of their own: here, every problem is a leaflet's.
            _change(folder / path, {"worksheets": [], **mine} if name == "record" else mine, audience)
    for key, value in (changes or {}).items():
        if "/" in key:
            (folder / key).parent.mkdir(parents=True, exist_ok=True)
            (folder / key).write_text(value, encoding="utf-8")
    options = {"today": TODAY, "choice": Choice(audiences=(audience,) if audience else ()), **options}
    templates = folder / "templates" if own_templates else ROOT / "templates"
    given = build.Options(folder / "content", templates, folder / "output", **options)
    with mock.patch.object(run, "Pages", Pages if own_templates else _shared_pages):
        return Case(folder, build.check(given))


_shared_pages = functools.cache(Pages)
"""Templates that no case changes are compiled once."""


def _file_of(key: str) -> str:
    return "" if "/" in key else key.split(":", maxsplit=1)[0] if ":" in key else "record"


def plain_values(path: Path) -> Any:
    """A YAML file as text, lists and mappings."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing else


def _change(path: Path, changes: Changes, audience: str) -> None:
    data = plain_values(path)
    for key, value in changes.items():
        parts = key.split(":")[-1].split(".")
        if parts[0] == "sections" and len(parts) == 2 and not isinstance(value, dict):
            parts.append(audience)
        _put(data, parts, value)
    path.write_text("\n".join(emit(data)) + "\n", encoding="utf-8")


def _put(data: Any, parts: list[str], value: Any) -> None:
    for at, part in enumerate(parts[:-1]):
        if part == "*":
            for item in data:
                _put(item, parts[at + 1 :], value)
            return
        data = data[int(part)] if isinstance(data, list) else data.setdefault(part, {})
    if value is None:
        data.pop(parts[-1])
    elif parts[-1] == "+":
        data.append(value)
    else:
        data[int(parts[-1]) if isinstance(data, list) else parts[-1]] = value


def emit(value: Any, depth: int = 0) -> Iterator[str]:
    """Plain values as YAML, two spaces a level; a text of several lines stands as a block."""
    pad = "  " * depth
    items = value.items() if isinstance(value, dict) else [(None, inner) for inner in value]
    for key, inner in items:
        head = pad + ("-" if key is None else json.dumps(key) + ":")
        if isinstance(inner, dict | list) and inner:
            yield head
            yield from emit(inner, depth + 1)
        elif isinstance(inner, str) and "\n" in inner.strip("\n"):
            yield f"{head} |2"
            yield from (f"{pad}  {line}" if line else "" for line in inner.strip("\n").split("\n"))
        else:
            yield f"{head} {json.dumps(inner, ensure_ascii=False)}"


@functools.cache
def real(audience: str, therapy: str = "ipt") -> Subject:
    """The leaflet of an audience as it is shipped, for checks that look at one page only."""
    checked = build.check(
        build.Options(ROOT / "content", ROOT / "templates", ROOT / "output", TODAY, Choice((therapy,), (audience,)))
    )
    (found,) = (subject for subject in checked.subjects if not subject.item.worksheet)
    return found


def library() -> Library:
    """The library as it is shipped."""
    return real("adults").library


def with_page(subject: Subject, body: str) -> Subject:
    """The same leaflet with another page: the whole text that its checks measure is in `body`."""
    html = f'<!doctype html><html lang="en"><head><title>t</title></head><body>{body}</body></html>'
    return dataclasses.replace(subject, html=html)


def paragraphs(*texts: str, section: str = "what-it-is") -> str:
    """A section of one paragraph for each text."""
    return f'<section id="{section}">' + "".join(f"<p>{text}</p>" for text in texts) + "</section>"


def template(name: str, old: str, new: str = "") -> str:
    """The text of one of our templates with a piece exchanged; refuses a piece that is not there."""
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r}"
    return text.replace(old, new)


def found_by(module: ModuleType, subject: Subject) -> list[Problem]:
    """What the checks of one module, such as `printables.checks.wording`, find in a leaflet or worksheet."""
    asked: Iterable[Check] = module.CHECKS
    return [problem for check in asked if check.is_asked(subject) for problem in check(subject)]


def told(problem: Problem) -> tuple[str, str, int, str, str]:
    """A problem as severity, rule, line, what and mend."""
    return problem.severity, problem.rule, problem.line, problem.what, problem.mend
