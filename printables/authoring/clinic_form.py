"""The form that `init` fills in for a clinic: answers are understood and checked, and made into a record.

An answer is validated by reading the record that it would be in, so that messages are those of a record.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from printables.authoring.clinic_questions import CRISIS, LISTED, QUESTIONS, FormQuestion
from printables.library.characters import is_blank
from printables.library.clinics import Clinic
from printables.library.fields import MAX_SLUG
from printables.library.file_reader import bytes_of
from printables.library.folders import Folders
from printables.library.logo.logo import INSTEAD, read_logo
from printables.library.validation_messages import problems_of
from printables.library.yaml_reader import read_yaml
from printables.problems import Problem, guess, has_errors

HEAD = "# yaml-language-server: $schema=../../docs/schema/clinic.json\n"
EVERYWHERE = {"id": "clinic", "name": "Clinic", "region": "region"}
"""Required fields, which are added to an answer that is validated by itself."""


UNNAMED = "clinic"
"""The short name that is proposed where the clinic's name has no Latin letters, and added to one that is reserved."""


@dataclass(frozen=True)
class ClinicForm:
    """The form for a content folder, with the existing clinics and regions, ours among them."""

    folders: Folders

    @property
    def folder(self) -> Path:
        """Return the folder of the clinics, in which the file is written."""
        return self.folders.own / "clinics"

    def choices(self, field: str) -> list[str]:
        """Return what may be answered, for questions whose answers are on a list."""
        return [name for name, _ in self.folders.records(LISTED[field])] if field in LISTED else []

    def understood(self, field: str, answer: str) -> str:
        """Return an answer as it is meant: from a list by number or name, a pasted path without its quotes."""
        if is_blank(answer):
            return ""
        if field == "logo":
            return _unquoted(answer)
        if field == "address":
            return _lines(answer)
        if field not in LISTED:
            return answer
        parts = [part.strip() for part in (answer.split(",") if field == "shelf" else [answer])]
        return ", ".join(self._chosen(field, part) for part in parts if part)

    def _chosen(self, field: str, answer: str) -> str:
        """Return the id that is meant by a number on the list, an id or a name, in small letters or capitals."""
        choices = self.choices(field)
        numbers = {str(number): choice for number, choice in enumerate(choices, 1)}
        if answer in choices or answer in numbers:
            return answer if answer in choices else numbers[answer]
        names = {name.casefold(): choice for choice, name in self._names(field)}
        return names.get(answer.casefold(), answer)

    def _names(self, field: str) -> Iterator[tuple[str, str]]:
        """Yield each id on a list with every name it has: itself, and the name in its record."""
        for choice, path in self.folders.records(LISTED[field]):
            yield choice, choice
            data, _ = bytes_of(path, self.folders.root_of(path).resolve(), path.name)
            document = read_yaml(data, path.name)[0] if data else None
            if document and isinstance(document.value, dict) and isinstance(name := document.value.get("name"), str):
                yield choice, name

    def proposal(self, field: str, answers: Mapping[str, str]) -> str:
        """Return the default answer; empty if there is none."""
        if field == "id":
            return proposed_id(answers.get("name", ""))
        regions = self.choices("region")
        return regions[0] if field == "region" and len(regions) == 1 else ""

    def problems(self, field: str, answer: str) -> list[Problem]:
        """Return the problems of an answer, warnings included."""
        if field == "logo":
            return list(self._about_logo(answer))
        if field in LISTED:
            return list(self._about_list(field, answer.split(", ") if field == "shelf" else [answer]))
        option, others = FormQuestion(field, "").option, dict.fromkeys(CRISIS, "Other") if field in CRISIS else {}
        found = [
            dataclasses.replace(problem, path=option, line=0, what=_bare(problem.what))
            for problem in reading({**EVERYWHERE, **others, field: answer})
        ]
        return found if has_errors(found) or field != "id" else [*found, *self._about_place(answer)]

    def _about_place(self, answer: str) -> Iterator[Problem]:
        """Yield the problems of a short name that depend on the content folder."""
        for path in (path for name, path in self.folders.records("clinics") if name == answer):
            if self.folders.is_shipped(path):
                what = f"An example clinic that comes with Printables is called {answer}."
                yield Problem("--id", 0, what, f"Choose another short name, or copy it: printables copy {answer}.")
            else:
                yield Problem("--id", 0, f"{path} is there already.", "Choose another short name, or edit that file.")

    def _about_list(self, field: str, answers: Iterable[str]) -> Iterator[Problem]:
        """Yield the problems of answers that are not on the list of the field. Regions are few, so all are named."""
        choices, kind = self.choices(field), "region" if field == "region" else "therapy"
        for answer in answers:
            if answer.isdigit() and answer not in choices:
                numbers = ", ".join(f"{number} {choice}" for number, choice in enumerate(choices, 1))
                yield Problem(
                    f"--{field}", 0, f"There is no {kind} with the number {answer}.", f"There are: {numbers}."
                )
            elif answer not in choices:
                meant, listed = guess(answer.casefold(), choices), f" There are: {', '.join(choices)}."
                hint = f"{meant}{listed}" if field == "region" else meant or listed
                yield Problem(f"--{field}", 0, f'There is no {kind} "{answer}".', hint.strip())

    def _about_logo(self, answer: str) -> Iterator[Problem]:
        path = Path(answer).expanduser()
        if not path.exists():
            mend = "Type its path again, or leave the logo out."
            yield Problem("--logo", 0, f'There is no file "{answer}" on this computer.', mend)
            return
        logo, notes = read_logo(path.parent, path.name)
        for what, mend in notes:
            yield Problem("--logo", 0, what.removesuffix(f" {INSTEAD}"), mend, "warning" if logo else "error")

    def files(self, answers: Mapping[str, str]) -> list[tuple[Path, str | bytes]] | Problem:
        """Return the files to write (first the logo, if it is elsewhere, then the record), or a problem."""
        given = dict(answers)
        files: list[tuple[Path, str | bytes]] = []
        if "logo" in given:
            source = Path(given["logo"]).expanduser()
            target = self._home_of(source, given["id"])
            given["logo"] = target.name
            if target.exists() and not target.samefile(source):
                return Problem(
                    str(target), 0, "Another file has this name already.", "Delete it, or use it as the logo."
                )
            if not target.exists():
                files.append((target, source.read_bytes()))
        return [*files, (self.folder / f"{given['id']}.yaml", text(given))]

    def _home_of(self, logo: Path, identity: str) -> Path:
        """Return where the logo will be: unchanged if it is beside the records, else named after the clinic's id."""
        if logo.resolve().parent == self.folder.resolve():
            return self.folder / logo.name
        return self.folder / f"{identity}{logo.suffix.lower()}"


def _lines(address: str) -> str:
    """Return an address line by line: lines end at commas, or, where an option gave line breaks, only at these."""
    parts = re.split(r"\s*\n\s*" if "\n" in address.strip() else r"\s*,\s*", address.strip())
    return "\n".join(part for part in parts if part)


def _unquoted(path: str) -> str:
    """Return a path as file managers copy it and terminals paste it, without quotes around it and escaped spaces."""
    path = path.strip()
    for quote in ("'", '"'):
        if len(path) > 1 and path.startswith(quote) and path.endswith(quote):
            return path[1:-1]
    return path if Path(path).expanduser().exists() else path.replace("\\ ", " ")


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, as a person would."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Represent a text; one of several lines below a "|"."""
        if "\n" in text:
            return self.represent_scalar("tag:yaml.org,2002:str", f"{text}\n", style="|")
        return self.represent_str(text)


_Dumper.add_representer(str, _Dumper.represent_text)


def proposed_id(name: str) -> str:
    """Make an id from a name: letters and digits, without text in brackets. A name in another script is "clinic"."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", "", name)).encode("ascii", "ignore").decode()
    made = "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")))[:MAX_SLUG].strip("-")
    candidates = (made, f"{made}-{UNNAMED}") if made else (UNNAMED,)
    return next((one for one in candidates if not has_errors(reading({**EVERYWHERE, "id": one}))), "")


def text(answers: Mapping[str, str]) -> str:
    """Return the text of the record, with answered fields only."""
    fields = {question.field: answers[question.field] for question in QUESTIONS if question.field in answers}
    record: dict[str, object] = {"id": fields.pop("id"), **fields}
    if crisis := {part.removeprefix("crisis_"): record.pop(part) for part in CRISIS if part in record}:
        record["crisis"] = crisis
    if "colour" in record:
        record["colours"] = {"any": record.pop("colour")}
    if "shelf" in record:
        record["shelf"] = [{"therapy": name} for name in str(record["shelf"]).split(", ")]
    dumped: str = yaml.dump(record, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
    return HEAD + dumped


def reading(answers: Mapping[str, str]) -> list[Problem]:
    """Return the problems of the record with these answers."""
    document, problems = read_yaml(text(answers).encode("utf-8", "surrogateescape"), "clinic.yaml")
    if document is None:
        return problems
    try:
        Clinic.model_validate(document.value)
    except ValidationError as error:
        return problems_of(error, document, Clinic)
    return problems


def _bare(what: str) -> str:
    """Return a message without its leading key, because the option's name is shown instead."""
    return re.sub(r"^[a-z_.]+: ", "", what)
