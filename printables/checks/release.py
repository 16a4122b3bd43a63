"""What stands between a leaflet and its release (`--release`): drafts, and facts that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.approvals import Approval
from printables.library.courses import Course
from printables.library.library import Place
from printables.pages.compose.approval import approvals_of, is_for, is_of
from printables.problems import Problem

LOOK_UP = "Look it up, write the source and the day, and set the status to confirmed."
SEE = "Look it up in its sources; then set the status to seen, or to confirmed with confirmed_by and confirmed_on."
CONFIRM = "Write confirmed_by and confirmed_on; or seen, where only an author has looked."
OR_CONFIRM = "Or a clinician confirms it with the approval: --fact {}."


def not_approved(subject: Subject) -> Iterator[Fault]:
    """Words that nobody has approved in this version for this reader."""
    leaflet, item = subject.leaflet, subject.item
    if not (leaflet.approved or any(void_approvals(subject)) or any(unread_approvals(subject))):
        reader = leaflet.audience.name[item.language]
        what = f"Nobody has approved version {leaflet.version} for {reader}."
        yield Fault(subject.record("review", "approvals"), what, "A named clinician must read and approve it.")


def unread_approvals(subject: Subject) -> Iterator[Fault]:
    """What is wrong in approvals.yaml, where that may be the approval of these words."""
    if not subject.leaflet.approved and not any(void_approvals(subject)):
        for fault in subject.library.approval_faults:
            if fault.may_be_of(subject.item.record):
                problem = fault.problem
                yield Fault(Place(problem.path, problem.line), problem.what, problem.mend)


def void_approvals(subject: Subject) -> Iterator[Fault]:
    """An approval for this reader that was given to other words."""
    leaflet, item = subject.leaflet, subject.item
    for given, place in approvals_of(subject.library, item):
        if not leaflet.approved and is_for(given, leaflet.version):
            reader = leaflet.audience.name[item.language]
            why = "and the words have changed since" if given.words else "but not which words"
            what = f"{given.name} approved this for {reader} on {given.date}, {why}."
            mend = f"Print the review sheet, whose last line is the command to approve it: {review_sheet(subject)}."
            yield Fault(place, what, mend)


def review_sheet(subject: Subject) -> str:
    """Return the command that prints the review sheet of a leaflet, or of the one that a worksheet belongs to."""
    item = subject.item
    region = "" if item.region == subject.library.publisher.region else f" --region {item.region}"
    return f"printables review-sheet {item.therapy} {item.audience}{region}"


@dataclass(frozen=True)
class Unconfirmed:
    """A fact, a help line or a source that nobody has looked up, or where it is not said who did."""

    name: str
    """As the review sheet names it, and `printables approve --fact`."""
    place: Place
    what: str
    mend: str
    is_said: bool = False
    """Whether its status says confirmed, without who and when."""

    def fault(self) -> Fault:
        """Return what a release says of it."""
        return Fault(self.place, self.what, f"{self.mend} {OR_CONFIRM.format(self.name)}")


def unchecked_facts(subject: Subject) -> Iterator[Fault]:
    """A course, its phases, a technique or a claim for this reader whose status is unchecked."""
    return (one.fault() for one in _left(subject, _facts(subject)) if not one.is_said)


def confirmed_by_nobody(subject: Subject) -> Iterator[Fault]:
    """A course, its phases, a technique or a claim for this reader that is confirmed, without who and when."""
    return (one.fault() for one in _left(subject, _facts(subject)) if one.is_said)


def unchecked_help_lines(subject: Subject) -> Iterator[Fault]:
    """A help line of this leaflet whose status is unchecked, or without the day on which it was checked."""
    return (one.fault() for one in _left(subject, _help_lines(subject)))


def unchecked_sources(subject: Subject) -> Iterator[Fault]:
    """A source that this leaflet cites whose status is unchecked."""
    return (one.fault() for one in _left(subject, _sources(subject)))


def unconfirmed(subject: Subject) -> list[Unconfirmed]:
    """Return all of this that a leaflet or worksheet holds: what a clinician may confirm with a new approval."""
    facts = () if subject.item.worksheet else _facts(subject)
    return [*facts, *_help_lines(subject), *_sources(subject)]


def _left(subject: Subject, found: Iterable[Unconfirmed]) -> Iterator[Unconfirmed]:
    """Yield what was not confirmed with the approval of these words: where that is void, so is this.

    Where the approval may be one that cannot be read, what it confirms is not known.
    """
    if any(unread_approvals(subject)):
        return
    given = (one for one, _ in approvals_of(subject.library, subject.item) if is_of(one, subject.leaflet.content))
    confirmed = {name for one in given if isinstance(one, Approval) for name in one.facts}
    yield from (one for one in found if one.name not in confirmed)


def _facts(subject: Subject) -> Iterator[Unconfirmed]:
    """Yield each fact for this reader that is unchecked, or confirmed without who and when."""
    for group, index, thing in _things(subject):
        is_signed = bool(thing.confirmed_by and thing.confirmed_on)
        stated = [("status", f"{group}/{thing.id}", f'"{thing.id}" in {group} is', thing.status)]
        if isinstance(thing, Course):
            name = f'The phases of "{thing.id}" in courses are'
            stated.append(("phases_status", f"phases/{thing.id}", name, thing.phases_status))
        for key, name, words, status in stated:
            place = subject.record(group, index, key)
            if status == "unchecked":
                yield Unconfirmed(name, place, f"{words} unchecked.", SEE)
            elif status == "confirmed" and not is_signed:
                what = f"{words} confirmed, and it does not say by whom and when."
                yield Unconfirmed(name, place, what, CONFIRM, is_said=True)


def _things(subject: Subject) -> Iterator[tuple[str, int, Any]]:
    """Yield group, index and record of each course, technique and claim for this reader."""
    therapy = subject.library.therapies[subject.leaflet.item.therapy]
    populations = subject.leaflet.audience.populations
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        ("courses", therapy.courses),
        ("techniques", therapy.techniques),
        ("claims", therapy.claims),
    )
    for group, things in groups:
        for index, thing in enumerate(things):
            if getattr(thing, "population", populations[0]) in populations:
                yield group, index, thing


def _help_lines(subject: Subject) -> Iterator[Unconfirmed]:
    region = subject.leaflet.region
    box = region.help_now.get(subject.leaflet.item.audience)
    for index, line in enumerate(region.help_lines):
        if box and line.id in box.lines and (line.status == "unchecked" or line.checked_on is None):
            place = subject.library.place("region", region.id, ("help_lines", index, "status"))
            yield Unconfirmed(f"help-lines/{line.id}", place, f'The help line "{line.id}" is unchecked.', LOOK_UP)


def _sources(subject: Subject) -> Iterator[Unconfirmed]:
    names = list(subject.library.sources)
    for source in subject.leaflet.sources:
        if subject.library.sources[source.id].status == "unchecked":
            place = subject.library.place("source", "", ("sources", names.index(source.id), "status"))
            yield Unconfirmed(f"sources/{source.id}", place, f'The source "{source.id}" is unchecked.', LOOK_UP)


UNCHECKED = (
    Check(Rule.A5, unchecked_facts, of=("leaflet",), only_for_release=True),
    Check(Rule.A3, unchecked_help_lines, only_for_release=True),
    Check(Rule.A5, unchecked_sources, only_for_release=True),
)
CHECKS = (
    Check(Rule.A4, not_approved, only_for_release=True, who="clinician"),
    Check(Rule.A4, unread_approvals, only_for_release=True, who="clinic"),
    Check(Rule.A4, void_approvals, severity="warning", error_for_release=True, who="clinician"),
    Check(Rule.A5, confirmed_by_nobody, of=("leaflet",), severity="warning", error_for_release=True, who="clinician"),
    *UNCHECKED,
)


def unchecked(subject: Subject) -> Iterator[Problem]:
    """Facts, help lines and sources of this leaflet that nobody has looked up, as `--release` says them."""
    for check in UNCHECKED:
        if check.is_asked(subject, for_release=True):
            yield from check(subject)
