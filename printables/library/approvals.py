"""Approvals: who read which words and approves them. They stand in approvals.yaml, apart from the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from printables import limits
from printables.library.fields import Day, Form, ProperName, Record, Slug, wrong
from printables.library.lengths import AtMost
from printables.problems import Problem

WORDS = r"^[0-9a-f]{8,64}$"
"""The number of a leaflet's words (`pages/compose/approval.py`), or its beginning, as a review sheet prints it."""


LONGEST_PERSON = 120
Person = Annotated[ProperName, AtMost(LONGEST_PERSON)]
FactName = Annotated[ProperName, Field(pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
"""The name of a fact on a review sheet, such as phases/young-people."""


class Approval(Record):
    """A real person's approval of one audience's leaflet or worksheet in one region."""

    therapy: Slug | None = Field(None, description="The therapy whose leaflet was read; of a worksheet, left out.")
    worksheet: Slug | None = Field(None, description="The worksheet that was read; of a leaflet, left out.")
    audience: Slug
    region: Slug = Field(description="The region whose help lines and rules were read with it.")
    version: Form = Field(description="The version that was read: for people; the words decide.")
    words: Form = Field(
        pattern=WORDS, description="The number of the words that were read, as the review sheet prints it."
    )
    name: Person
    role: Person
    date: Day
    facts: list[FactName] = Field(
        default_factory=list,
        description="Facts that were unchecked and that this person confirms, as the review sheet names them.",
    )

    @property
    def record(self) -> str:
        """The id of the record that holds the words."""
        return self.worksheet or self.therapy or ""

    @property
    def of(self) -> tuple[str, str, str]:
        """What is approved: record, audience and region."""
        return self.record, self.audience, self.region

    @model_validator(mode="after")
    def _is_of_one_thing(self) -> Approval:
        if bool(self.therapy) == bool(self.worksheet):
            raise wrong("An approval is of one therapy's leaflet or of one worksheet.", "Write one of the two keys.")
        return self


class Approvals(Record):
    """content/approvals.yaml"""

    longest_list: ClassVar[int] = limits.SHARED_ROWS
    approvals: list[Approval] = Field(default_factory=list)


@dataclass(frozen=True)
class ApprovalFault:
    """What is wrong with approvals.yaml: an approval that cannot be read (an error), or one of nothing (a warning)."""

    problem: Problem
    record: str = ""
    """The record whose approval it may be; empty if that is not known, as where the whole file cannot be read."""

    def may_be_of(self, record: str) -> bool:
        """Return whether the approval may be one of this record."""
        return self.record in ("", record)
