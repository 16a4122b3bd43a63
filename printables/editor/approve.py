"""An approval from the page: of exactly the words that its reader saw there."""

from __future__ import annotations

import dataclasses
from typing import Any

from pydantic_core import PydanticCustomError

from printables.authoring import approvals, signed
from printables.authoring.signed import Signed
from printables.checks.subject import Subject
from printables.editor.values import EditRefused
from printables.files import OutputError, write_atomic
from printables.pipeline import build
from printables.pipeline.build import CheckedLibrary, Options
from printables.plan import Choice


def _checked(options: Options, choice: Choice) -> tuple[CheckedLibrary, Subject]:
    wanted = dataclasses.replace(choice, off_shelf=True)
    checked = build.check(dataclasses.replace(options, choice=wanted))
    sheets = choice.worksheets
    found = [one for one in checked.subjects if (one.item.worksheet or "") == (sheets[0] if sheets else "")]
    if not found:
        raise EditRefused("This leaflet cannot be made now.", "Mend the errors on the page first.", "invalid")
    return checked, found[0]


def approval_form(options: Options, choice: Choice) -> dict[str, Any]:
    """Return what is to be approved: title, reader, number of the words. Raises EditRefused."""
    _, subject = _checked(options, choice)
    leaflet = subject.leaflet
    return {
        "title": leaflet.title,
        "reader": leaflet.audience.name[subject.item.language],
        "words": leaflet.content,
        "approved": leaflet.approved,
    }


def approve(options: Options, choice: Choice, given: dict[str, str]) -> dict[str, Any]:
    """Write who approves these words, if they are still the same. Raises EditRefused."""
    checked, subject = _checked(options, choice)
    if subject.leaflet.content != given.get("words"):
        raise EditRefused(
            "The words have changed since this page showed them.", "Read the leaflet again, then approve it.", "stale"
        )
    item = subject.item
    row = Signed(
        item.record, item.audience, item.region, subject.leaflet.content,
        given.get("name", ""), given.get("role", ""), options.today,
    )  # fmt: skip
    approval, _, problems = signed.approval_of(row, checked)
    if approval is None or problems:
        first = problems[0]
        option = f"{first.path.strip('-').capitalize()}: " if first.path.startswith("--") else ""
        raise EditRefused(f"{option}{first.what}", first.mend, "invalid")
    path = options.content / approvals.NAME
    try:
        before = path.read_bytes() if path.is_file() else b""
        after = approvals.with_approvals(before, str(path), [approval])
        write_atomic(path, after, like=path if before else None)
    except PydanticCustomError as error:
        details = error.context or {}
        raise EditRefused(details["what"], details["mend"], "invalid") from None
    except OutputError as error:
        raise EditRefused(error.problems[0].what, "Look at the folder and the disk.", "readonly") from None
    return approval_form(options, choice)
