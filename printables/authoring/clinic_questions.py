"""The questions that `init` asks about a clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from printables.library.clinics import CrisisLine


@dataclass(frozen=True)
class FormQuestion:
    """One question. `field` is the key in the record; of a crisis line, with that of its part."""

    field: str
    words: str
    required: bool = False

    @property
    def option(self) -> str:
        """Return the option that answers it."""
        return f"--{self.field.replace('_', '-')}"


QUESTIONS = (
    FormQuestion("name", "The clinic's name, as it is printed on the leaflets", required=True),
    FormQuestion("id", "Its short name, for files and folders", required=True),
    FormQuestion("region", "The region whose help lines its leaflets give", required=True),
    FormQuestion("address", "Its postal address, with commas between its lines: 12 High Street, Anytown, AB1 2CD"),
    FormQuestion("phone", "Its phone number"),
    FormQuestion("hours", "When it is open, such as: Weekdays, 9am to 5pm"),
    FormQuestion("email", "Its e-mail address"),
    FormQuestion("web", "Its web address, with https:// in front; it becomes a QR code"),
    FormQuestion("languages", "How to get a leaflet in another language, such as: Call 01632 960002"),
    FormQuestion("crisis_name", "The name of its own line for people in crisis, if it has one"),
    FormQuestion("crisis_how", "What to do to reach that line, with the number, such as: Call 01632 960003"),
    FormQuestion("crisis_hours", "When that line answers, such as: Day and night"),
    FormQuestion("crisis_for_whom", "For whom that line is, such as: Anyone in our care"),
    FormQuestion(
        "logo", "Its logo, a file on this computer: PNG, JPEG, WebP, or SVG with its letters turned into paths"
    ),
    FormQuestion("colour", "The colour of its name, such as #0b4f7d; it is darkened where it could not be read"),
    FormQuestion("shelf", "The therapies that it hands out, separated by commas; all if you leave this out"),
)
CRISIS = tuple(f"crisis_{part}" for part in CrisisLine.model_fields)
"""The parts of a crisis line: all of them, or none."""
LISTED = {"region": "regions", "shelf": "therapies"}
"""Questions whose answers are on a list, and may be given by their numbers on it; and the folder of the records."""


def is_needed(question: FormQuestion, answers: Mapping[str, str | None]) -> bool:
    """Return whether it must be answered: always, or because another part of the crisis line is there."""
    return question.required or (question.field in CRISIS and any(answers.get(part) for part in CRISIS))
