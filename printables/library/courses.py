"""The course of a therapy: sessions, length, frequency, parallel elements, phases."""

from __future__ import annotations

import itertools

from pydantic import Field, model_validator

from printables.library.fields import (
    BY,
    ON,
    Day,
    FactStatus,
    Names,
    Population,
    ProperName,
    Record,
    Slug,
    Words,
    wrong,
)
from printables.library.spans import Span


class Phase(Record):
    """A part of the course of sessions."""

    id: Slug
    sessions: Span | None = Field(
        None, description="The first and the last session of this phase; left out where the course has no number."
    )
    name: Names = Field(description="Its name for each audience.")
    words: Words = Field(description="What happens in it, for each audience.")
    sources: list[Slug] = Field(min_length=1, description="Ids from content/sources.yaml.")


class Beside(Record):
    """What belongs to the course beside its sessions, such as the weekly skills group of DBT."""

    id: Slug
    name: Names = Field(description="What stands under how often it is, for each audience: in a skills group.")
    length: Span | None = Field(None, description="How long it takes each time.")
    every: Span = Field(description="How often it is: from 1, unit weeks, is once a week.")


class Course(Record):
    """How many sessions, how long, how often, for one population. What no source gives is left out."""

    id: Slug
    population: Population
    sessions: Span | None = Field(
        None, description="Left out where no source gives a number; then `remark` says so, and what to ask."
    )
    length: Span | None = Field(None, description="The length of one session, in minutes.")
    every: Span | None = Field(
        None, description="The time from one session to the next: from 1, unit weeks, is once a week."
    )
    each: Names = Field(
        default_factory=dict,
        description="What stands under how often, where something goes on beside: with your own therapist.",
    )
    beside: list[Beside] = Field(default_factory=list, description="What else each week holds, such as a group.")
    remark: Words = Field(
        default_factory=dict, description="What the numbers mean, such as why there is a range; printed below them."
    )
    sources: list[Slug] = Field(min_length=1)
    status: FactStatus = Field(description="`unchecked` where a number is general knowledge; the proof marks it.")
    confirmed_by: ProperName | None = Field(None, description=f"{BY} It covers the phases, too.")
    confirmed_on: Day | None = Field(None, description=ON)
    phases: list[Phase] = Field(default_factory=list)
    phases_status: FactStatus = Field(
        "seen", description="`unchecked` where no source says after which session a phase ends."
    )

    @model_validator(mode="after")
    def _says_how_much(self) -> Course:
        if self.sessions is None and not self.remark:
            what = "The course says neither how many sessions there are nor what to ask."
            raise wrong(what, "Write sessions, or say under remark that no number is known.")
        return self

    @model_validator(mode="after")
    def _says_what_each_is(self) -> Course:
        if self.beside and not (self.each and self.every):
            what = f'Beside the sessions there is "{self.beside[0].id}", so "once a week" alone says too little.'
            raise wrong(what, "Write every, and under each what it is: with your own therapist.")
        return self

    @model_validator(mode="after")
    def _phases_follow(self) -> Course:
        counted = [phase for phase in self.phases if phase.sessions]
        if counted and (self.sessions is None or len(counted) < len(self.phases)):
            raise wrong("Only some of the numbers of sessions are there.", "Give course and phases sessions, or none.")
        for before, after in itertools.pairwise(counted):
            last, first = _last(before), _first(after)
            if first != last + 1:
                what = f'The phase "{after.id}" does not begin where "{before.id}" ends.'
                raise wrong(what, f"It must begin with session {last + 1}.")
        if counted and self.sessions and _last(counted[-1]) != self.sessions.last:
            when = "after" if _last(counted[-1]) > self.sessions.last else "before"
            raise wrong(f"The last phase ends {when} the last session.", f"End it with session {self.sessions.last}.")
        return self


def _first(phase: Phase) -> int:
    return phase.sessions.from_ if phase.sessions else 0


def _last(phase: Phase) -> int:
    return phase.sessions.last if phase.sessions else 0
