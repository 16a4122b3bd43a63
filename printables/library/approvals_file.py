"""Read approvals.yaml entry by entry, so that one that cannot be read voids no other."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from pydantic import Field, ValidationError, field_validator

from printables import limits
from printables.library.approvals import Approval, ApprovalFault, Approvals
from printables.library.fields import Record
from printables.library.file_reader import FileReader
from printables.library.folders import Folders
from printables.library.library import Library
from printables.library.owners import SINGLE
from printables.library.validation_messages import problems_of


class _Entries(Record):
    """The file as a whole, with entries of any form."""

    longest_list: ClassVar[int] = limits.SHARED_ROWS
    approvals: list[Any] = Field(default_factory=list)

    @field_validator("approvals", mode="before")
    @classmethod
    def _none_is_an_empty_list(cls, value: Any) -> Any:
        """Read the key with nothing below it as no approval: so the file looks when the last one was taken out."""
        return value or []


def read_approvals(reader: FileReader, folders: Folders) -> tuple[dict[int, Approval], list[ApprovalFault]]:
    """Return the approvals by their place in the file, and its faults, whose problems are added to the reader's."""
    path = folders.own / SINGLE["approvals"]
    if not os.path.lexists(path):
        return {}, []
    before = len(reader.problems)
    file = reader.read("approvals", _Entries, [path], folders)
    if file is None:
        return {}, [ApprovalFault(one) for one in reader.problems[before:] if one.severity == "error"]
    given: dict[int, Approval] = {}
    faults: list[ApprovalFault] = []
    for index, entry in enumerate(file.approvals):
        try:
            given[index] = Approval.model_validate(entry)
        except ValidationError as error:
            found = problems_of(error, reader.documents["approvals"], Approvals, ("approvals", index))
            reader.problems += found
            faults += [ApprovalFault(one, _record(entry)) for one in found]
    return given, faults


def _record(entry: Any) -> str:
    """Return the id of the record that an entry names, of whatever form it is; empty if it names none."""
    name = (entry.get("worksheet") or entry.get("therapy")) if isinstance(entry, dict) else None
    return name if isinstance(name, str) else ""


def of_known_records(library: Library, faults: Iterable[ApprovalFault]) -> Iterator[ApprovalFault]:
    """Yield the faults of the file; those that name no record of the library may concern every record."""
    known = {*library.summaries, *library.worksheet_summaries, *library.broken}
    for fault in faults:
        yield fault if fault.record in known else dataclasses.replace(fault, record="")
