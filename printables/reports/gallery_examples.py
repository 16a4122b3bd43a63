"""The gallery's components: purpose, data, and examples rendered in every style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from printables.pages.compose.leaflet import Leaflet
from printables.pages.templates.render import Pages
from printables.problems import Problem

MARKUP = ("html", "lead", "end", "cites", "local", "aim", "caption")
"""Keys of an example whose values are safe markup; all other text is escaped by the template."""
_MEND = "Write a list in which each example has a name and data."
_SHOWN = 60
"""Characters of a value that are shown beside its key."""


@dataclass(frozen=True)
class Example:
    """One example: its name, and its HTML for each audience."""

    name: str
    drawn: tuple[Markup, ...]


@dataclass(frozen=True)
class Key:
    """One key of a component's data: its path, the types of its values in the examples, and one value."""

    path: str
    kind: str
    shown: str


@dataclass(frozen=True)
class Component:
    """Everything that the gallery shows of one component."""

    name: str
    purpose: str
    used_by: tuple[str, ...]
    keys: tuple[Key, ...]
    examples: tuple[Example, ...]


def components(
    homes: Sequence[Path], looks: Sequence[Leaflet], handouts: Sequence[Leaflet], pages: Pages
) -> tuple[list[Component], list[Problem]]:
    """Return every component in the folders `homes` (earlier ones override), rendered in the style of each of `looks`.

    `handouts` are all leaflets and worksheets, to list which of them use it.
    """
    made, problems = [], []
    for name in sorted({path.parent.name for home in homes for path in home.glob("*/macro.html")}):
        path = _first(homes, f"{name}/examples.yaml")
        read, wrong = _read(path)
        drawn, undrawn = _all_drawn(name, read, looks, pages, path)
        problems += [*wrong, *undrawn]
        macro = _first(homes, f"{name}/macro.html").read_text(encoding="utf-8")
        data = [example["data"] for example in read]
        made.append(Component(name, purpose(macro), used_by(name, handouts), tuple(keys(data)), tuple(drawn)))
    return made, problems


def _first(homes: Iterable[Path], name: str) -> Path:
    """Return the file in the first folder that has it, else the path where it is expected."""
    places = [home / name for home in homes]
    return next((place for place in places if place.is_file()), places[0])


def purpose(macro: str) -> str:
    """Return the first comment of a macro's file."""
    said = re.search(r"\{#-?\s*(.*?)\s*-?#\}", macro, re.DOTALL)
    return " ".join(said[1].split()) if said else ""


def used_by(name: str, handouts: Iterable[Leaflet]) -> tuple[str, ...]:
    """Return which handouts use a component, such as "leaflets for adults, teens"."""
    found: dict[str, dict[str, None]] = {}
    for handout in handouts:
        if any(block.component == name for section in handout.sections for block in section.blocks):
            found.setdefault(handout.item.kind, {})[handout.audience.id] = None
    return tuple(f"{kind}s for {', '.join(audiences)}" for kind, audiences in found.items())


def _read(path: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the examples of one component, with numbers and booleans converted, as blocks provide them."""
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [], [Problem(str(path), 0, "The component has no examples.", _MEND)]
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        return [], [Problem(str(path), mark.line + 1 if mark else 0, "This cannot be read as YAML.", _MEND)]
    if isinstance(read, list) and all(_is_example(example) for example in read):
        return read, []
    return [], [Problem(str(path), 1, "This is no list of examples.", _MEND)]


def _is_example(read: Any) -> bool:
    return isinstance(read, dict) and isinstance(read.get("name"), str) and isinstance(read.get("data"), dict)


def _all_drawn(
    name: str, read: Sequence[Mapping[str, Any]], leaflets: Sequence[Leaflet], pages: Pages, path: Path
) -> tuple[list[Example], list[Problem]]:
    made, problems = [], []
    for example in read:
        try:
            made.append(_drawn(name, example, leaflets, pages))
        except Exception as error:  # noqa: BLE001 - a template can raise anything; it is told as a problem
            what = f'The example "{example["name"]}" cannot be drawn: {str(error).rstrip(".") or type(error).__name__}.'
            problems.append(Problem(str(path), 0, what, "Compare its data with what macro.html uses."))
    return made, problems


def _drawn(name: str, example: Mapping[str, Any], leaflets: Sequence[Leaflet], pages: Pages) -> Example:
    data, prefix = prepared(example["data"]), re.sub(r"\W+", "-", f"{name} {example['name']}")
    drawn = [own_ids(pages.example(name, data, leaflet), f"{leaflet.audience.id}-{prefix}") for leaflet in leaflets]
    return Example(example["name"], tuple(drawn))


def prepared(value: Any, key: str = "") -> Any:
    """Return an example's data as blocks would provide it, with safe markup marked as such."""
    if isinstance(value, dict):
        return {name: prepared(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [prepared(inner, key) for inner in value]
    return Markup(value) if isinstance(value, str) and key in MARKUP else value  # noqa: S704 - our own examples


def own_ids(html: str, prefix: str) -> Markup:
    """Return markup with a prefix in its ids and internal links, because a component appears on the page many times."""
    return Markup(re.sub(r'( id="| href="#|url\(#)', rf"\g<1>{prefix}-", html))  # noqa: S704 - made by a template


def keys(examples: Iterable[Mapping[str, Any]]) -> Iterator[Key]:
    """Yield every key in the data of a component's examples, in their order."""
    kinds: dict[str, dict[str, None]] = {}
    shown: dict[str, str] = {}
    for example in examples:
        for path, kind, value in _walk(example, ""):
            kinds.setdefault(path, {})[kind] = None
            shown[path] = shown.get(path) or value
    for path, found in kinds.items():
        yield Key(path, " or ".join(sorted(found, key=lambda kind: kind == "nothing")), shown[path])


def _walk(value: Mapping[str, Any], above: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, type and shortened value of every key; `rows[].name` is the name in each of the rows."""
    for key, inner in value.items():
        path = f"{above}{key}"
        items = inner if isinstance(inner, list) else [inner]
        nested = [item for item in items if isinstance(item, dict)]
        yield path, _kind(inner, key), "" if nested else _short(inner)
        for item in nested:
            yield from _walk(item, f"{path}[]." if isinstance(inner, list) else f"{path}.")


def _kind(value: Any, key: str) -> str:
    if isinstance(value, list):
        return "list of " + (" or ".join(dict.fromkeys(_kind(item, key) for item in value)) or "nothing")
    if value is None:
        return "nothing"
    names = {bool: "yes or no", int: "number", float: "number", dict: "group", str: "text"}
    return "markup" if isinstance(value, str) and key in MARKUP else names.get(type(value), "text")


def _short(value: Any) -> str:
    if isinstance(value, list):
        return _cut(", ".join(str(item) for item in value))
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    return _cut(str(value))


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1].rstrip() + "…"
