"""What a week asks of people stands in the box of facts on page 1: a therapist and a group, where there are both."""

from __future__ import annotations

from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject


def group_not_in_facts(subject: Subject) -> Iterator[Fault]:
    """A sentence that tells of a weekly group beside the therapist, where no course of this reader names the group."""
    therapy, populations = subject.library.therapies[subject.item.therapy], subject.leaflet.audience.populations
    if any(course.beside for course in therapy.courses if course.population in populations):
        return
    path = subject.record().path
    for _, words, text in subject.texts():
        for at, sentence in subject.sentences_at(text) if words.place.path == path else ():
            if subject.language.weekly_group.search(sentence):
                what = f'"{sentence}" tells of a weekly group, which is not among the facts on page 1.'
                yield subject.fault(words, at, what, "Name it under beside in this reader's course, or take it out.")
                return


CHECKS = (
    Check(
        Rule.B6,
        group_not_in_facts,
        severity="warning",
        of=("leaflet",),
        patients_only=True,
        measures=True,
        needs="groups",
    ),
)
