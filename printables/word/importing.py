"""A document → a new record of a therapy for one reader, whose blanks `check` then names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from printables.authoring import new_record
from printables.editor.values import Edit
from printables.editor.yaml_edit import edited
from printables.library.settings import Audience
from printables.problems import Problem
from printables.word.placing import Placed

HEAD = "Not placed yet, from {file}. Move each part to where it belongs, then delete this note."


def record_of(
    placed: Placed, identity: str, audience: Audience, templates: Path, today: date, file: str
) -> bytes | Problem:
    """Return the record's bytes: a starter with the document's words in their sections, and all others in `notes`."""
    name = placed.title or identity.replace("-", " ").capitalize()
    starter = new_record.starter(identity, new_record.Wanted(name, (audience.id,)), templates, today)
    if isinstance(starter, Problem):
        return starter
    edits = [Edit("set", ("titles", audience.id, "title"), name)]
    if placed.purpose:
        edits.append(Edit("set", ("titles", audience.id, "purpose"), placed.purpose))
    for section, parts in placed.sections.items():
        edits.append(Edit("set", ("sections", section, audience.id), "\n\n".join(parts)))
    if placed.kept:
        edits.append(Edit("set", ("notes",), "\n\n".join([HEAD.format(file=file), *placed.kept])))
    return edited(starter.encode(), edits, f"{identity}.yaml")
