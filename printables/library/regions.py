"""The record of a region: its help lines, and the safety texts that every leaflet has in its words."""

from __future__ import annotations

from pydantic import Field

from printables.library.fields import Day, Language, Line, Record, Slug, Status, Text, Words

EMERGENCY = "emergency"
"""The id of the help line for a risk to life, in every region."""


class HelpLine(Record):
    """Somewhere to get help now."""

    id: Slug
    name: Line
    how: Line = Field(description="What to do, with the number: Call 116 123.")
    hours: Line
    for_whom: Line
    number: Line | None = Field(None, max_length=14, description="The number alone, as page 1 shows it: 116 123.")
    in_brief: Line | None = Field(
        None, max_length=60, description="What page 1 says below it: Samaritans. Free, if you struggle to cope."
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


class Region(Record):
    """Help lines, privacy and consent of a nation: content/regions/<id>.yaml. One edit updates every leaflet."""

    id: Slug
    name: Line
    language: Language
    help_lines: list[HelpLine] = Field(min_length=1)
    help_now: dict[Slug, HelpNow]
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
    evidence_bodies: list[Line] = Field(default_factory=list)
