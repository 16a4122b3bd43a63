"""The sections of a therapy's record: its running text, written for each audience."""

from __future__ import annotations

from pydantic import Field

from printables.library.fields import Record, Words


def _words(description: str) -> Words:
    """Return the field of a section. It is optional here; audience.yaml says which audience needs it."""
    return Field(default_factory=dict, description=description)


class Sections(Record):
    """The words of the record by section, and in each section by audience. Markdown."""

    main_message: Words = _words("The one thing to remember, in at most three short sentences.")
    overview: Words = _words("What it is and how it helps, in a few sentences.")
    focus: Words = _words("What it works on, as a list.")
    why_offered: Words = _words("Why a service may offer it.")
    uses: Words = _words("Which problems it is used for.")
    suits: Words = _words("Whom it may suit best.")
    adapting: Words = _words("When it needs adapting, or what to tell the therapist before it begins.")
    not_suitable: Words = _words("When it is not suitable, or not now.")
    not_enough: Words = _words("Where it may not be enough alone.")
    sessions: Words = _words("What a session is like.")
    profile: Words = _words("A remark beside the session profile chart.")
    techniques: Words = _words("A lead-in to the techniques.")
    evidence: Words = _words("How sure we can be, in words. A sentence about studies names its source: {@source-id}.")
    guidelines: Words = _words("What guidelines say, in words.")
    limitations: Words = _words("What is not known.")
    downsides: Words = _words("What may be hard, or go wrong.")
    no_treatment: Words = _words("What may happen without this therapy.")
    alternatives: Words = _words("Other choices.")
    privacy: Words = _words("What is special to this therapy; the general rules stand in the region's file.")
    consent: Words = _words("What is special to this therapy; the general rules stand in the region's file.")
    parents_part: Words = _words(
        "What parents can do: joint meetings, practical help, what to say and what not to ask."
    )
    your_say: Words = _words("The young person's say, and what to do if they do not like it or want to stop.")
    warning_signs: Words = _words("Signs to act on, in one text; `same_day` and `ask` are its rows.")
    act_now: Words = _words(
        "First of the signs to act on, behind the region's own words: what is special to this therapy."
    )
    same_day: Words = _words("Signs for which to get help the same day: a lead-in and a list.")
    ask: Words = _words("What to ask, behind the region's question about suicide: what is special to this therapy.")
    self_care: Words = _words("Support for the parent or carer.")
    next_steps: Words = _words('What to do next, as numbered steps: each line begins with "1. ", "2. " and so on.')
    questions: Words = _words('Questions to ask, as a list: each line begins with "- ".')
    example: Words = _words("How it might go, as prose: a clearly made-up situation.")
    first_session: Words = _words(
        "Your first session: who is there, what is asked, what you need not say, how it ends."
    )
    between_sessions: Words = _words("What to do between sessions.")
    while_you_wait: Words = _words("What to ask, and what to do, until it begins.")
    how_we_know: Words = _words("How we will know whether it helps, and what comes next if it does not.")
    who_provides: Words = _words("Who gives it.")
    training_routes: Words = _words("Recognised training routes, with the date checked.")
    registration: Words = _words("What to know about registration, with the date checked.")
    risk: Words = _words("Risk and safeguarding.")
    fidelity: Words = _words("Structure, and how to keep to the model.")
    measures: Words = _words("Outcome measures.")
    supervision: Words = _words("Supervision.")
    using_leaflets: Words = _words("Which leaflet to hand to whom.")
