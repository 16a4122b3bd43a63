"""The record of a region: its help lines, and the safety texts that every leaflet has in its words."""

from __future__ import annotations

from pydantic import Field, model_validator

from printables.library.fields import (
    Address,
    Day,
    FactStatus,
    Language,
    Line,
    ProperName,
    Record,
    Slug,
    Status,
    Text,
    Words,
    wrong,
)

EMERGENCY = "emergency"
"""The id of the help line for a risk to life, in every region."""


class HelpLine(Record):
    """Somewhere to get help now."""

    id: Slug
    name: Line
    how: Line = Field(description="What to do, with the number: Call 116 123.")
    hours: Line
    for_whom: Line
    number: ProperName | None = Field(None, max_length=14, description="The number alone, as page 1 shows it: 116 123.")
    in_brief: Line | None = Field(
        None, max_length=60, description="What page 1 says below it: Samaritans. Free, for anyone."
    )
    source: Slug
    checked_on: Day | None = None
    status: Status


class HelpNow(Record):
    """The help-now box for one audience: the lines in this order, with the words around them."""

    lead: Text
    lines: list[Slug] = Field(min_length=1)
    first_page: list[Slug] = Field(
        default_factory=list, max_length=3, description="At most three of them, whose numbers stand on page 1."
    )
    end: Text | None = None


class Organisation(Record):
    """Somewhere to read on, or to find others: a body that is no help line."""

    id: Slug
    name: ProperName = Field(max_length=60)
    about: Line = Field(max_length=110, description="What it offers this reader, without its name: a guide to CBT.")
    web: Address = Field(description="Printed without https:// and www., so choose a short one.")
    conditions: list[Slug] = Field(
        default_factory=list,
        description="Ids from content/conditions.yaml; a broader one counts for its parts. Left out: it is for all.",
    )
    readers: list[Slug] = Field(min_length=1, description="The audiences that it is for: [adults, parents].")
    source: Slug = Field(description="Where that is written, in content/sources.yaml.")
    checked_on: Day | None = Field(None, description="The day on which somebody read it there.")
    status: FactStatus = Field(description="`unchecked`: it is not printed.")

    @model_validator(mode="after")
    def _read_on_a_day(self) -> Organisation:
        if self.status != "unchecked" and self.checked_on is None:
            what = f'"{self.id}" is {self.status}, and it does not say when.'
            raise wrong(what, "Write checked_on, or set the status to unchecked.")
        return self


class Region(Record):
    """Help lines, privacy and consent of a nation: content/regions/<id>.yaml. One edit updates every leaflet."""

    id: Slug
    name: Line
    language: Language
    help_lines: list[HelpLine] = Field(min_length=1)
    help_now: dict[Slug, HelpNow]
    organisations: list[Organisation] = Field(
        default_factory=list, description="Where to read on, by condition and reader; a leaflet shows 3 at most."
    )
    privacy: Words
    consent: Words
    privacy_self_harm: Words = Field(
        default_factory=dict,
        description="What is told of self-harm, and what is not: behind `privacy`, where a therapy is `for_self_harm`.",
    )
    emergency: Words = Field(
        default_factory=dict,
        description="When to call the emergency number at once: first under help, and first of the signs to act on.",
    )
    ask_about_suicide: Words = Field(
        default_factory=dict,
        description="The question about suicide, and that asking does not plant the idea: behind the first session, or "
        "last of the signs to act on.",
    )
    harm_share: Words = Field(
        default_factory=dict, description="How many people a therapy harmed, with its source: behind the downsides."
    )
    sources: list[Slug] = Field(
        default_factory=list,
        description="Where the rules on consent and privacy are written, and what else these texts rest on.",
    )
    evidence_bodies: list[ProperName] = Field(default_factory=list)
