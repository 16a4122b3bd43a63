"""New records from a short form: a therapy, a worksheet, a clinic. The starters are those of the commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from printables.authoring import new_record
from printables.authoring.clinic_form import ClinicForm
from printables.authoring.clinic_questions import QUESTIONS, is_needed
from printables.editor import yaml_forms
from printables.editor.fields import Part
from printables.editor.values import EditRefused
from printables.library.fields import SLUG
from printables.library.folders import Folders
from printables.library.yaml_reader import Value
from printables.problems import Problem, has_errors

Files = list[tuple[Path, str | bytes]]
_CODE_LENGTH = 10


def _question(name: str, label: str, *, required: bool = True, choices: tuple[tuple[str, str], ...] = ()) -> Part:
    shape = "choice" if choices else "line"
    return Part("field", (name,), label, input=shape, required=required, choices=choices)  # type: ignore[arg-type]


def form_of(what: str, folders: Folders, readers: Mapping[str, str]) -> list[Part]:
    """Return the questions about a new record. Raises EditRefused if there is no form for this."""
    if what == "clinic":
        listed = tuple((name, name) for name in ClinicForm(folders).choices("region"))
        return [
            _question(one.field, one.words, required=one.required, choices=listed if one.field == "region" else ())
            for one in QUESTIONS
            if one.field != "logo"
        ]
    if what not in ("therapy", "worksheet"):
        raise EditRefused("There is no form for this.", "Choose a therapy, a worksheet or a clinic.", "unknown")
    name = "The therapy's name" if what == "therapy" else "The worksheet's title"
    short = "Its short name, for files: small letters, figures and hyphens, such as guided-self-help"
    return [
        _question("name", name),
        _question("id", short),
        _question("reader", "For whom", choices=tuple(readers.items())),
    ]


def files_of(
    what: str, answers: Mapping[str, str], folders: Folders, templates: Path, today: date
) -> tuple[str, Files]:
    """Return the new record's id and the files to write. Raises EditRefused with the first thing that is wrong."""
    given = {name: text.strip() for name, text in answers.items() if text.strip()}
    if what == "clinic":
        return _clinic(given, ClinicForm(folders))
    for name, said in (("name", "the name"), ("id", "the short name"), ("reader", "for whom it is")):
        if name not in given:
            raise EditRefused(f"One answer is missing: {said}.", "Fill it in.", "invalid")
    identity = given["id"]
    if not SLUG.match(identity):
        mend = "Use small letters a to z, figures and single hyphens, such as guided-self-help."
        raise EditRefused(f'"{identity}" cannot be a short name.', mend, "invalid")
    folder = "therapies" if what == "therapy" else "worksheets"
    if identity in dict(folders.records(folder)):
        raise EditRefused(f'There is a record "{identity}" already.', "Choose another short name.", "invalid")
    path = folders.own / folder / f"{identity}.yaml"
    if what == "worksheet":
        return identity, [(path, _worksheet(identity, given["name"], given["reader"], today))]
    wanted = new_record.Wanted(given["name"], (given["reader"],))
    record = new_record.starter(identity, wanted, templates, today)
    if isinstance(record, Problem):
        raise EditRefused(record.what, record.mend, "invalid")
    return identity, [(path, record)]


def _clinic(given: Mapping[str, str], form: ClinicForm) -> tuple[str, Files]:
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        answer = form.understood(question.field, given.get(question.field, ""))
        answer = answer or (form.proposal(question.field, answers) if question.required else "")
        if not answer and is_needed(question, {**given, **answers}):
            raise EditRefused(f"One answer is missing: {question.words}.", "Fill it in.", "invalid")
        problems = form.problems(question.field, answer) if answer else []
        if has_errors(problems):
            first = next(one for one in problems if one.severity == "error")
            raise EditRefused(f"{question.words}: {first.what}", first.mend, "invalid")
        answers |= {question.field: answer} if answer else {}
    made = form.files(answers)
    if isinstance(made, Problem):
        raise EditRefused(made.what, made.mend, "invalid")
    return answers["id"], made


def _worksheet(identity: str, title: str, reader: str, today: date) -> str:
    """Return a worksheet with one part to write in; its other parts are added in the editor."""
    code = "".join(letter for letter in identity.upper() if letter.isalnum())[:_CODE_LENGTH]
    record: Value = {
        "id": identity,
        "language": "en",
        "code": code if code[:1].isalpha() else f"W{code}"[:_CODE_LENGTH],
        "version": "0.1",
        "titles": {reader: {"title": title, "purpose": "Say in one sentence what this sheet is for."}},
        "start": {reader: "Say in a sentence or two how to begin.\nNobody but you has to see what you write."},
        "parts": [{"id": "notes", "kind": "lines", "heading": {reader: "What I notice"}, "count": "6"}],
        "care": {reader: "If this stirs things up, stop for now, and talk to somebody you trust."},
        "review": {
            "last_review": today.isoformat(),
            "next_review": (today + timedelta(days=365)).isoformat(),
            "authors": "Say who wrote this.",
        },
    }
    head = "# yaml-language-server: $schema=../../docs/schema/worksheet.json\n"
    return head + "\n".join(yaml_forms.block(record, 0)) + "\n"
