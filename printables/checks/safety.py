"""Safety: help, dates, what every leaflet must hold, and what one reader must not get (A3, A4, A8, A9, T2-T6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from printables.checklist import Rule
from printables.checks.subject import Subject
from printables.library.library import Library
from printables.library.settings import Audience
from printables.pages.compose import wording
from printables.problems import Problem

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
MUST_SHOW_PATIENTS = {"next_steps": Rule.A9, "questions": Rule.A9, "region-privacy": Rule.T2}
SELF_HARM = "region-privacy-self-harm"
MUST_SHOW_BESIDE = {"warning_signs": {"region-emergency": Rule.G5}}
"""What must be shown where something else is: no record says when to call the emergency number, the region does."""


def check(subject: Subject, *, allow_overdue: bool = False) -> Iterator[Problem]:
    """Everything that may not be missing and nothing that may not be there."""
    if not allow_overdue:
        yield from _overdue(subject)
    yield from _identity(subject)
    yield from _steps(subject)
    yield from must_say(subject)
    yield from help_order(subject)
    yield from shared(subject, subject.leaflet.audience.not_shared_with)


def check_audience(library: Library, audience: Audience) -> Iterator[Problem]:
    """What each audience's section list must hold."""
    shown = {block.show for section in audience.sections for block in section.blocks}
    needed = MUST_SHOW if audience.not_a_handout else {**MUST_SHOW, **MUST_SHOW_PATIENTS}
    for show in shown & MUST_SHOW_BESIDE.keys():
        needed = {**needed, **MUST_SHOW_BESIDE[show]}
    yield from _told_of_self_harm(library, audience)
    place = library.place("audience", audience.id, ("sections",))
    for show, rule in needed.items():
        if show not in shown:
            what = f'The audience "{audience.id}" does not show "{show}" (standards {rule}).'
            yield Problem(
                place.path, place.line, what, "Add it to a section's blocks.", rule=rule, audience=audience.id
            )


def _told_of_self_harm(library: Library, audience: Audience) -> Iterator[Problem]:
    """Whom a young person's therapist tells is never read without what it means for self-harm (T2, G3)."""
    shown = [(section.id, block.show) for section in audience.sections for block in section.blocks]
    for at, (section, show) in enumerate(shown):
        young = "young-people" in audience.populations and not audience.not_a_handout
        if young and show == "region-privacy" and [other for _, other in shown[at + 1 :]][:1] != [SELF_HARM]:
            what = f'"{SELF_HARM}" does not follow "region-privacy" directly.'
            mend = f"Put {{show: {SELF_HARM}, optional: yes}} behind it, and nothing between the two."
            place = library.place("audience", audience.id, ("sections",))
            yield Problem(place.path, place.line, what, mend, rule=Rule.T2, audience=audience.id, section=section)


def _overdue(subject: Subject) -> Iterator[Problem]:
    review = subject.library.therapies[subject.leaflet.item.therapy].review
    if review.next_review < subject.leaflet.item.today:
        what = f"The evidence was due to be looked at again on {review.next_review}."
        mend = "Review it and write new dates, or build with --allow-overdue, which prints that it is under review."
        yield subject.at(subject.record("review", "next_review"), what, mend, Rule.A4)


def _identity(subject: Subject) -> Iterator[Problem]:
    """Title, reader, publisher, version code and dates stand on the page, whatever the templates do."""
    leaflet = subject.leaflet
    last = wording.day(date.fromisoformat(leaflet.last_review), leaflet.locale)
    yield from identity(subject, {"day of the last review": last})


def identity(subject: Subject, more: Mapping[str, str]) -> Iterator[Problem]:
    """What every page says about itself, and `more`, each by its name."""
    leaflet = subject.leaflet
    whole = " ".join(" ".join(subject.page.values()).split())
    for name, text in {
        "title": leaflet.title,
        "purpose": leaflet.purpose,
        "reader": leaflet.label,
        "publisher": leaflet.publisher,
        "version code": leaflet.code,
        **more,
        "day of the next review": wording.day(date.fromisoformat(leaflet.next_review), leaflet.locale),
    }.items():
        if " ".join(text.split()) not in whole:
            place = subject.record("titles", leaflet.item.audience)
            yield subject.at(place, f'The {name} "{text}" is not on the page.', "Mend the template.", Rule.A1)


def _steps(subject: Subject) -> Iterator[Problem]:
    for section in subject.leaflet.sections:
        for block in section.blocks:
            for words in block.words:
                if words.name == "next_steps" and "<ol" not in words.html:
                    what = "The next steps are not numbered."
                    yield subject.problem(words, words.text, what, 'Begin each with "1. ", "2. " and so on.', Rule.A9)
                if words.name == "questions" and "<ul" not in words.html:
                    what = "The questions are not a list."
                    yield subject.problem(words, words.text, what, 'Begin each with "- ".', Rule.A9)


def must_say(subject: Subject) -> Iterator[Problem]:
    """Phrases that a section must hold for this reader, such as "an adult you trust" (T2, T4)."""
    for section, phrases in subject.leaflet.audience.must_say.get(subject.leaflet.item.language, {}).items():
        text = subject.sections.get(section, "").lower()
        for phrase in phrases:
            if text and phrase.lower() not in text:
                words = subject.leaflet.first_words(section)
                place = words.place if words else subject.record()
                what = f'The section "{section}" does not say "{phrase}".'
                yield subject.at(place, what, "Add it; templates' audience.yaml asks for it.", Rule.T2, section=section)


def help_order(subject: Subject) -> Iterator[Problem]:
    first = subject.leaflet.audience.first_help_line
    box = subject.leaflet.region.help_now.get(subject.leaflet.item.audience)
    if first and box and box.lines[0] != first:
        place = subject.library.place("region", subject.leaflet.region.id, ("help_now", subject.leaflet.item.audience))
        what = f'The first help line for this reader is "{box.lines[0]}".'
        yield subject.at(place, what, f'Put "{first}" first.', Rule.T4, section="help-now")


def shared(subject: Subject, readers: Iterable[str]) -> Iterator[Problem]:
    """No run of six words in common with readers that this one must not share with."""
    for name in readers:
        if name not in subject.others:
            continue
        theirs = {run for _, words in subject.others[name].words() for run in _runs(words.text)}
        for _, words in subject.leaflet.words():
            found = next((run for run in _runs(words.text) if run in theirs), None)
            if found:
                what = f'"{" ".join(found)}" stands in the text for {name} too.'
                yield subject.problem(words, " ".join(found), what, "Write it anew for this reader.", Rule.T6)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", re.sub(r"\{[@=][^}]*\}", " ", text.lower()))
    return [tuple(words[index : index + SHARED_RUN]) for index in range(len(words) - SHARED_RUN + 1)]
