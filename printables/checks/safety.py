"""Safety: help, dates, what every leaflet must hold, and what one reader must not get (A3, A4, A8, A9, T2-T6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from printables.checklist import Rule
from printables.checks.registry import Check, LibraryCheck
from printables.checks.subject import Fault, Subject, WholeLibrary
from printables.library.library import Library
from printables.library.settings import Audience
from printables.pages.compose import wording
from printables.pages.compose.leaflet import Leaflet

SHARED_RUN = 6
"""So many words in a row may not stand in the texts of two readers that must not share (T6)."""

MUST_SHOW = {
    "main_message": Rule.A2,
    "limitations": Rule.A7,
    "downsides": Rule.A8,
    "no_treatment": Rule.A8,
    "alternatives": Rule.A8,
    "help-now": Rule.A3,
    "sources": Rule.A5,
    "about": Rule.A4,
}
MUST_SHOW_PATIENTS = {
    "next_steps": Rule.A9,
    "questions": Rule.A9,
    "region-privacy": Rule.T2,
    "region-emergency": Rule.A25,
    "region-ask-about-suicide": Rule.A25,
    "region-harm-share": Rule.A25,
}
SHOWN_BY = {"signs": {"region-ask-about-suicide"}}
"""What a block that is not optional shows, too."""
SELF_HARM = "region-privacy-self-harm"
MUST_SHOW_BESIDE = {"warning_signs": {"region-emergency": Rule.G5}}
"""What must be shown where something else is: no record says when to call the emergency number, the region does."""


def not_shown(whole: WholeLibrary) -> Iterator[Fault]:
    """An audience that does not show, or may leave out, a part that every leaflet, or every patient's, must have."""
    for audience in whole.library.audiences.values():
        yield from _not_shown(whole.library, audience)


def _not_shown(library: Library, audience: Audience) -> Iterator[Fault]:
    blocks = [block for section in audience.sections for block in section.blocks]
    always = {show for block in blocks if not block.optional for show in (block.show, *SHOWN_BY.get(block.show, ()))}
    shown = always | {block.show for block in blocks}
    needed = MUST_SHOW if audience.not_a_handout else {**MUST_SHOW, **MUST_SHOW_PATIENTS}
    for show in shown & MUST_SHOW_BESIDE.keys():
        needed = {**needed, **MUST_SHOW_BESIDE[show]}
    place = library.place("audience", audience.id, ("sections",))
    for show, rule in needed.items():
        if show not in shown:
            what = f'The audience "{audience.id}" does not show "{show}", which this reader must get.'
            yield Fault(place, what, "Add it to a section's blocks.", rule=rule, audience=audience.id)
        elif show not in always:
            what = f'The audience "{audience.id}" may leave out "{show}", which this reader must get.'
            yield Fault(place, what, 'Take "optional: yes" out behind it.', rule=rule, audience=audience.id)


def not_told_of_self_harm(whole: WholeLibrary) -> Iterator[Fault]:
    """Whom a young person's therapist tells, without what it means for self-harm directly behind."""
    for audience in whole.library.audiences.values():
        if "young-people" in audience.populations and not audience.not_a_handout:
            yield from _not_told_of_self_harm(whole.library, audience)


def _not_told_of_self_harm(library: Library, audience: Audience) -> Iterator[Fault]:
    shown = [(section.id, block.show) for section in audience.sections for block in section.blocks]
    for at, (section, show) in enumerate(shown):
        if show == "region-privacy" and [other for _, other in shown[at + 1 :]][:1] != [SELF_HARM]:
            what = f'"{SELF_HARM}" does not follow "region-privacy" directly.'
            mend = f"Put {{show: {SELF_HARM}, optional: yes}} behind it, and nothing between the two."
            place = library.place("audience", audience.id, ("sections",))
            yield Fault(place, what, mend, section, audience=audience.id)


def overdue(subject: Subject) -> Iterator[Fault]:
    """A review that was due before today."""
    day = subject.leaflet.next_review
    if day < subject.item.today.isoformat():
        what = f"The {'worksheet' if subject.item.worksheet else 'evidence'} was due to be looked at again on {day}."
        mend = "Review it and write new dates, or build with --allow-overdue, which prints that it is under review."
        yield Fault(subject.record("review", "next_review"), what, mend)


def identity(subject: Subject) -> Iterator[Fault]:
    """A page without its title, purpose, reader, publisher, version code or days of review."""
    whole = " ".join(" ".join(subject.page.values()).split())
    for name, text in _identity(subject.leaflet).items():
        if " ".join(text.split()) not in whole:
            place = subject.record("titles", subject.item.audience)
            yield Fault(place, f'The {name} "{text}" is not on the page.', "Mend the template.")


def _identity(leaflet: Leaflet) -> dict[str, str]:
    """What every page says about itself, by name; a worksheet does not print when it was last reviewed."""
    last, following = (
        wording.day(date.fromisoformat(day), leaflet.locale) for day in (leaflet.last_review, leaflet.next_review)
    )
    return {
        "title": leaflet.title,
        "purpose": leaflet.purpose,
        "reader": leaflet.label,
        "publisher": leaflet.publisher,
        "version code": leaflet.code,
        **({} if leaflet.item.worksheet else {"day of the last review": last}),
        "day of the next review": following,
    }


def numbered_steps(subject: Subject) -> Iterator[Fault]:
    """Next steps that are not numbered."""
    for _, words in subject.leaflet.words():
        if words.name == "next_steps" and "<ol" not in words.html:
            what = "The next steps are not numbered."
            yield subject.fault(words, 0, what, 'Begin each with "1. ", "2. " and so on.')


def listed_questions(subject: Subject) -> Iterator[Fault]:
    """Questions that are not a list."""
    for _, words in subject.leaflet.words():
        if words.name == "questions" and "<ul" not in words.html:
            what = "The questions are not a list."
            yield subject.fault(words, 0, what, 'Begin each with "- ".')


def must_say(subject: Subject) -> Iterator[Fault]:
    """A section without a phrase that `audience.yaml` asks for there, such as "an adult you trust"."""
    for section, phrases in subject.leaflet.audience.must_say.get(subject.leaflet.item.language, {}).items():
        text = subject.sections.get(section, "").lower()
        for phrase in phrases:
            if text and phrase.lower() not in text:
                words = subject.leaflet.first_words(section)
                place = words.place if words else subject.record()
                what = f'The section "{section}" does not say "{phrase}".'
                mend = "Add it; templates' audience.yaml asks for it."
                if subject.library.language:
                    mend = f"Say it in these words, or say it otherwise in audiences/{subject.item.audience}.po too."
                yield Fault(place, what, mend, section)


def help_order(subject: Subject) -> Iterator[Fault]:
    """A help line before the one that `audience.yaml` puts first."""
    first = subject.leaflet.audience.first_help_line
    box = subject.leaflet.region.help_now.get(subject.leaflet.item.audience)
    if first and box and box.lines[0] != first:
        place = subject.library.place("region", subject.leaflet.region.id, ("help_now", subject.leaflet.item.audience))
        what = f'The first help line for this reader is "{box.lines[0]}".'
        yield Fault(place, what, f'Put "{first}" first.', "help-now")


def shared(subject: Subject) -> Iterator[Fault]:
    """Six words in a row that stand in another reader's text too, where `audience.yaml` wants none shared.

    Who may share words with nobody else's leaflet shares none with any other on a worksheet.
    """
    named, word = subject.leaflet.audience.not_shared_with, subject.language.plain_word
    for name in subject.others if named and subject.item.worksheet else named:
        if name not in subject.others:
            continue
        theirs = {run for _, words in subject.others[name].words() for _, run in _runs(words.text, word)}
        for _, words in subject.leaflet.words():
            found = next(((at, run) for at, run in _runs(words.text, word) if run in theirs), None)
            if found:
                what = f'"{" ".join(found[1])}" stands in the text for {name} too.'
                yield Fault(words.place.at(words.text, found[0]), what, "Write it anew for this reader.", words.name)


def _runs(text: str, word: re.Pattern[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every run of so many words, and where it begins; marks are none."""
    bare = re.sub(r"\{[@=][^}]*\}", lambda mark: " " * len(mark[0]), text.lower())
    found = [(one.start(), one[0]) for one in word.finditer(bare)]
    words = [one for _, one in found]
    for index in range(len(words) - SHARED_RUN + 1):
        yield found[index][0], tuple(words[index : index + SHARED_RUN])


CHECKS = (
    Check(Rule.A4, overdue, waived_by_allow_overdue=True),
    Check(Rule.A1, identity, also=(Rule.A4, Rule.A22)),
    Check(Rule.A9, numbered_steps, of=("leaflet",)),
    Check(Rule.A9, listed_questions, of=("leaflet",)),
    Check(Rule.T2, must_say, also=(Rule.T4,)),
    Check(Rule.T4, help_order),
    Check(Rule.T6, shared),
)
_SHOWN = (MUST_SHOW, MUST_SHOW_PATIENTS, *MUST_SHOW_BESIDE.values())
LIBRARY_CHECKS = (
    LibraryCheck(tuple(dict.fromkeys(rule for shown in _SHOWN for rule in shown.values())), not_shown),
    LibraryCheck((Rule.T2, Rule.G3), not_told_of_self_harm),
)
