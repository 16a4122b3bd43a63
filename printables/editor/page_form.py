"""What the page shows of a record: its fields for one reader with the choices of this library, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from printables.checks.language import profile
from printables.checks.language.reading import measure
from printables.editor import yaml_edit, yaml_forms
from printables.editor.fields import Form, Part
from printables.editor.records import LISTS, RecordFile
from printables.editor.values import EditRefused, at, existing
from printables.library.folders import Folders
from printables.library.models import MODELS
from printables.library.sections import Sections
from printables.library.settings import Audience, Source, Term
from printables.library.validation_messages import problems_of
from printables.library.yaml_reader import Key, Value

ENTRIES: Mapping[str, type[BaseModel]] = {"sources": Source, "glossary": Term}
FIRST = ("titles", "sections", "answers", "example", "rows", "start", "parts", "care", "name", "phone", "crisis")
"""The parts of a record that its author changes most; the form has all others below them."""


def choices(folders: Folders, names: Mapping[str, Mapping[str, str]]) -> dict[str, Sequence[tuple[str, str]]]:
    """Return what can be chosen in fields whose values are ids, by the field's name."""
    sources = list(_entries(folders, "sources.yaml", "sources", "title"))
    conditions = list(_entries(folders, "conditions.yaml", "conditions", "name"))
    listed = {kind: tuple(found.items()) for kind, found in names.items()}
    return {"source": sources, "sources": sources, "condition": conditions, **listed}


def _entries(folders: Folders, file: str, key: str, called: str) -> Iterator[tuple[str, str]]:
    for path in folders.shared(file):
        try:
            listed: Any = yaml_edit.read(path.read_bytes(), path.name).value
        except (OSError, EditRefused):
            continue  # the problems of the page name it
        for entry in listed.get(key, []) if isinstance(listed, dict) else []:
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                name = entry.get(called, "")
                shown = name if isinstance(name, str) else next(iter(name.values()), "") if name else ""
                yield entry["id"], f"{shown} ({entry['id']})" if shown else entry["id"]


def form_for(
    audience: Audience | None,
    readers: Sequence[str],
    headings: Mapping[str, str],
    choose: Mapping[str, Sequence[tuple[str, str]]],
) -> Form:
    """Return the form for the records of one reader."""
    shown = [block.show for section in audience.sections for block in section.blocks] if audience else []
    sections = tuple(dict.fromkeys(name for name in shown if name in Sections.model_fields))
    return Form(audience.id if audience else "", readers, choose, sections, headings)


def record_of(kind: str, file: RecordFile, form: Form) -> dict[str, Any]:
    """Return the record for the page. Raises EditRefused where it cannot be read."""
    document = yaml_edit.read(file.data, file.shown)
    parts = form.of(MODELS[kind], document)
    first = sorted((part for part in parts if part.path[0] in FIRST), key=lambda part: FIRST.index(str(part.path[0])))
    rest = [part for part in parts if part not in first and part.path[0] not in ("id", "language")]
    return {
        "file": file.shown,
        "version": file.version,
        "obstacle": file.obstacle(),
        "texts": [as_data(part) for part in first],
        "facts": [as_data(part) for part in rest],
    }


def as_data(part: Part) -> dict[str, Any]:
    """Return a part as JSON holds it; what it does not have is left out."""
    made: dict[str, Any] = {"kind": part.kind, "path": list(part.path), "label": part.label, "there": part.there}
    simple = {"help": part.help, "value": part.value, "limit": part.limit, "line": part.line}
    made |= {name: value for name, value in simple.items() if value}
    if part.kind == "field":
        made |= {"input": part.input, "required": part.required, "choices": [list(one) for one in part.choices]}
    else:
        made["parts"] = [as_data(inner) for inner in part.parts]
    if part.blank:
        made["blank"] = as_data(part.blank)
    return made


def blank_entry(kind: str, form: Form) -> dict[str, Any]:
    """Return the form of a new entry of a shared file, such as a source. Raises EditRefused for another kind."""
    if kind not in LISTS:
        raise EditRefused("There is no form for this.", "Choose a source or a term.", "unknown")
    return as_data(form.blank(ENTRIES[kind]))


def check_entry(kind: str, entry: Value) -> None:
    """Raise EditRefused unless a new entry of a shared file is one that its model takes."""
    if kind not in LISTS:
        raise EditRefused("There is no form for this.", "Choose a source or a term.", "unknown")
    text = "\n".join(yaml_forms.block(entry, 0)) + "\n"
    document = yaml_edit.read(text.encode(), "the form")
    try:
        ENTRIES[kind].model_validate(document.value)
    except ValidationError as error:
        first = problems_of(error, document, ENTRIES[kind])[0]
        raise EditRefused(first.what, first.mend, "invalid") from None


def beside(file: RecordFile, path: Key, reader: str, readers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what stands at `path` for each reader, where it is a text of one reader."""
    value = yaml_edit.read(file.data, file.shown).value
    found = []
    for other, label in readers.items():
        theirs = tuple(other if part == reader else part for part in path)
        there = existing(value, theirs) == theirs
        text = at(value, theirs) if there else ""
        found.append({"reader": other, "label": label, "value": text if isinstance(text, str) else "", "there": there})
    return found


def reading(text: str, audience: Audience | None) -> dict[str, Any]:
    """Return figures of an English text beside the reader's limits: grade, mean and longest sentence, in words."""
    measured = measure(text, profile("en"))
    limits = audience.reading if audience else None
    return {
        "words": measured.words,
        "grade": round(measured.smog, 1),
        "mean": round(measured.mean_sentence, 1),
        "longest": measured.longest_sentence,
        "most_grade": limits.smog.warn if limits else None,
        "most_mean": limits.mean_sentence.warn if limits else None,
        "most_longest": limits.sentence.warn if limits else None,
    }
