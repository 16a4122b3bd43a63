"""The generated documents: JSON Schemas for editors, field reference, command reference, checklist."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from printables.authoring.checklist_docs import checklist
from printables.library import fields
from printables.library.lengths import AtMost
from printables.library.models import MODELS
from printables.pages.compose.blocks.registry import all_blocks

HOMES = {
    "therapy": "content/therapies/<id>.yaml",
    "worksheet": "content/worksheets/<id>.yaml",
    "audience": "templates/<id>/audience.yaml",
    "scene": "templates/_scenes/<id>/scene.yaml",
    "region": "content/regions/<id>.yaml",
    "clinic": "content/clinics/<id>.yaml",
    "locale": "content/locales/<language>.yaml",
    "sources": "content/sources.yaml",
    "conditions": "content/conditions.yaml",
    "glossary": "content/glossary.yaml",
    "publisher": "content/publisher.yaml",
    "approvals": "content/approvals.yaml",
    "site": "content/site.yaml",
    "site-words": "content/site/<language>.yaml",
    "pack": "content/packs/<id>.yaml",
    "language": "content/translations/<language>/language.yaml",
}

_FIELDS_HEAD = """\
# The fields of every file

Made by `printables schema` from the models in `printables/library`; do not edit it by hand.

Text is Markdown: paragraphs, lists, `**bold**`, `###` headings, links to https, mailto, tel and `#`. Besides, it knows:

| written | printed |
|---|---|
| `{term\\|plain words}` | the term, with its plain words behind it where it first stands |
| `{term}` | the same, with the plain words of `content/glossary.yaml` |
| `{@source-id}` | the number of the source, and the source in the list |
| `{=sessions}` `{=length}` `{=every}` | the facts of this reader's course; `{=adults.sessions}` those of a named one |
| `{consensus}` | marks a line that rests on clinical consensus and not on a source |
| `{words\\|=term}` | these words, with the glossary's plain words for that term behind them |

Everything that is typed stays as it was typed: `no`, `12:30`, `010` and dates are words until a
field gives them a meaning.
"""


def files(command: click.Group) -> dict[str, str]:
    """Return the text of every generated file below docs/, by name."""
    made = {f"schema/{kind}.json": _schema(model) for kind, model in MODELS.items()}
    written = {"fields.md": _field_reference(), "commands.md": _command_reference(command), "standards.md": checklist()}
    return {**made, **written}


def _schema(model: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _field_reference() -> str:
    parts = [_FIELDS_HEAD, "## Contents\n", *(f"- [`{home}`](#{kind})" for kind, home in HOMES.items())]
    for kind, model in MODELS.items():
        parts.append(f'\n<a id="{kind}"></a>\n\n## `{HOMES[kind]}`\n\n{_first(model)}\n')
        for inner in _models(model):
            parts.extend([f"### {inner.__name__}\n\n{_first(inner)}\n" if inner is not model else "", _table(inner)])
    blocks = "\n".join(f"| `{name}` | {kind.shows} |" for name, kind in all_blocks().items())
    parts.append(
        f"\n## What a block may show\n\nThe sections of the record, or:\n\n| show | what |\n|---|---|\n{blocks}\n"
    )
    return "\n".join(parts)


def _first(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return the model and every model inside it, each once, in reading order."""
    found = [model]
    for current in found:
        for info in current.model_fields.values():
            found.extend(inner for inner in _inside(info.annotation) if inner not in found)
    return list(dict.fromkeys(found))


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)


def _table(model: type[BaseModel]) -> str:
    rows = [_row(info.alias or name, info) for name, info in model.model_fields.items()]
    return "| field | kind | required | what it holds |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _row(name: str, info: FieldInfo) -> str:
    longest = [f"{one.characters:,} characters at most." for one in _limits([*info.metadata, info.annotation])]
    what = " ".join(text for text in (info.description or "", *longest) if text).replace("|", "\\|")
    return f"| `{name}` | {_kind(info.annotation, info)} | {'yes' if info.is_required() else ''} | {what} |"


def _limits(parts: Iterable[Any]) -> Iterator[AtMost]:
    """Yield the greatest lengths among the parts of a field's type."""
    for part in parts:
        if isinstance(part, AtMost):
            yield part
        yield from _limits(get_args(part))


_COMMANDS_HEAD = """\
# The commands

Made by `printables schema`; do not edit it by hand. In a checkout, `./make_printables.py` is `printables`.
"""

_NAMED: Mapping[Any, str] = {
    fields.Remark: "text",
    fields.ProperName: "line",
    fields.Form: "line",
    fields.Number: "number",
    fields.Figure: "number with decimals",
    fields.Flag: "yes or no",
    fields.Day: "date",
    fields.Slug: "id",
    fields.Address: "web address",
    fields.Language: "language",
}


def _kind(annotation: Any, info: FieldInfo | None = None) -> str:
    if metadata := info.metadata if info else getattr(annotation, "__metadata__", ()):
        annotation = next((kind for kind in _NAMED if set(metadata) >= set(kind.__metadata__)), annotation)
    if annotation in _NAMED:
        return _NAMED[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation.__name__
    arguments = [argument for argument in get_args(annotation) if argument is not type(None)]
    origin = getattr(annotation, "__origin__", None)
    if origin is list:
        return f"list of {_kind(arguments[0])}"
    if origin is dict:
        return f"{_kind(arguments[0])} → {_kind(arguments[1])}"
    if arguments and all(isinstance(argument, str) for argument in arguments):
        return "one of " + ", ".join(arguments)
    return _kind(arguments[0]) if arguments else getattr(annotation, "__name__", "text")


def _command_reference(command: click.Group) -> str:
    head = _COMMANDS_HEAD
    return "\n".join(
        [head, _help(command, "printables"), *(_help(c, name) for name, c in _commands(command, "printables"))]
    )


def _commands(group: click.Group, called: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name; a group's commands follow the group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:  # a group is described by its commands
            continue
        yield f"{called} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{called} {name}")


def _help(command: click.Command, name: str) -> str:
    context = click.Context(
        command, info_name=name, max_content_width=100, terminal_width=100, help_option_names=["-h", "--help"]
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"## {name}\n\n```\n{text}\n```\n"
