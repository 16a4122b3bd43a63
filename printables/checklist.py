"""Our checklist: every line that a leaflet or a course pack must satisfy, by its id.

The only list of these ids: checks, findings of the finished PDF and `--json` name a line by it. docs/standards.md is
made of it (`printables schema`), together with what looks at each line.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

READERS = {
    "A": "Every leaflet",
    "B": "Adults",
    "T": "Teenagers",
    "G": "Parents and carers",
    "Q": "Professionals",
    "E": "Easy Read",
    "C": "Course packs",
}
"""For whom a line is, by the letter that its id begins with."""


class Rule(StrEnum):
    """A line of the checklist: a text such as "A5" wherever it is shown or written, and what it asks for."""

    asks: str

    def __new__(cls, rule: str, asks: str) -> Self:
        """`rule` is the id, the value of the member."""
        member = str.__new__(cls, rule)
        member._value_ = rule
        member.asks = asks
        return member

    # An enum hashes its name. A rule equals its text, so that a problem read from a cache is the same problem.
    __hash__ = str.__hash__

    READING = "reading", "The reading level of a leaflet: SMOG and the mean sentence of B1, T1, G1 and Q1."

    A1 = "A1", "Page 1 says what the leaflet is about, for whom, what for, and who publishes it."
    A2 = "A2", "The main message stands in a box at the top, in at most 3 short sentences."
    A3 = (
        "A3",
        (
            "The help lines are there, complete and on one page, page 1 points to them, and no record names one: "
            "numbers and names stand in regions' files."
        ),
    )
    A4 = "A4", "Version, last review and next review are printed; an overdue review stops the leaflet unless asked for."
    A5 = "A5", "Every claim has a source in the registry, with a link and, where the source bears one, a year."
    A6 = "A6", "We paraphrase and link; no quotation is longer than 25 words."
    A7 = "A7", "It says what is not known."
    A8 = "A8", "It gives downsides, other choices, and what may happen without the therapy."
    A9 = "A9", "For all but professionals: it gives numbered steps and a list of questions."
    A10 = "A10", "It begins with a short version of itself."
    A11 = (
        "A11",
        (
            "It says how to reach the service, give feedback and ask for other formats and languages; without a "
            "clinic's file it leaves lines to write on."
        ),
    )
    A12 = (
        "A12",
        "No text is smaller than 12 pt, or 11 pt in professionals' references; body text is 14 pt for patients.",
    )
    A13 = "A13", "Lines are at most 75 characters, left aligned, without hyphenation, italics or runs of capitals."
    A14 = "A14", "Text has contrast 7:1 and shapes 3:1; nothing is told by colour alone; it survives a photocopier."
    A15 = (
        "A15",
        (
            "The PDF is tagged: language, title, one main heading, no skipped level, lists, table headers, links "
            "with words."
        ),
    )
    A16 = (
        "A16",
        (
            "No word is lost, nothing runs off the page, is printed over other words or is crossed by a rule or the "
            "edge of a box, no heading stands alone and no last page is nearly empty (warnings); a private cover shows "
            "its title outside and no other word."
        ),
    )
    A17 = "A17", "It keeps to its number of pages, or the error names the section to cut and by how much."
    A18 = "A18", 'Numbers are figures, ranges say "to", and no sums are left to the reader.'
    A19 = (
        "A19",
        "Each term is explained where it first stands, for professionals in a box; each acronym is written out once.",
    )
    A20 = "A20", "A web page with the same words stands beside the PDF."
    A21 = "A21", "The same input makes the same bytes, wherever it is built."
    A22 = (
        "A22",
        "It says that it is general information, names its publisher and carries a code such as IPT-TEEN-EN-1.0-K7F9.",
    )

    A23 = (
        "A23",
        (
            "Sentences of running prose have 10 words on average at least (teenagers 9), no three in a row fewer than "
            "6; a tile says something; a section has its least number of words."
        ),
    )
    A24 = (
        "A24",
        "It has no mould: of its own runs of five words, at most 8 in 100 stand in other therapies' leaflets.",
    )
    A25 = (
        "A25",
        (
            "When to call the emergency number, the question about suicide, what stays private and the share who were "
            "harmed are told in the words of the region's file, and no record words them for itself."
        ),
    )

    B1 = "B1", "SMOG is at most 11; above 12 the leaflet stops (the standard would allow 14)."
    B2 = "B2", "Sentences have at most 20 words, paragraphs 3 sentences (above 4 the leaflet stops)."
    B3 = "B3", 'Sections speak to "you", and at most 10 in 100 sentences are passive (above 25 the leaflet stops).'
    B4 = "B4", "Professional words stand only where they are explained."
    B5 = "B5", "It gives choices and questions to ask."
    B6 = "B6", "It says what happens first, in the middle and at the end, with times."

    T1 = "T1", "SMOG is at most 9.5 (above 10 the leaflet stops); sentences have 12 words on average and 18 at most."
    T2 = (
        "T2",
        (
            'A privacy box stands whole on page 1 and says "try to tell you first"; where a therapy is for self-harm, '
            "what is told of it and what not stands directly behind."
        ),
    )
    T3 = "T3", "It tells the young person's say: consent, parents' place, being seen alone."
    T4 = "T4", 'Childline stands first, and "an adult you trust" is named.'
    T5 = "T5", "No slang, no picture characters, no exclamation marks, no blame."
    T6 = "T6", "No six words in a row are shared with the professionals' text."
    T7 = "T7", "Examples come from young people's lives."
    T8 = "T8", "It says what to do if you do not like it or want to stop."
    T9 = (
        "T9",
        (
            "Every source cited is about this age: in words, claims and courses, by what the registry says of the "
            "source, else by the record's claims."
        ),
    )
    T10 = "T10", 'The record says which young people have read it; "nobody yet" is said on the proof.'

    G1 = "G1", 'SMOG is at most 11 (above 12 the leaflet stops); it says "your child" and assumes no family shape.'
    G2 = "G2", "It tells their part: meetings, practical help, what to say and what not to ask."
    G3 = "G3", "It tells privacy from the same rules as the teenagers' leaflet."
    G4 = "G4", "It tells consent under 16 and at 16 to 17, for this region."
    G5 = "G5", "It names warning signs, and first when to call the emergency number, in the region's words."
    G6 = "G6", "It offers support for themselves."
    G7 = "G7", "It blames nobody."

    Q1 = "Q1", "Sentences have at most 25 words; SMOG above 16 warns."
    Q2 = "Q2", "A table gives condition, population, strength, guideline and year."
    Q3 = (
        "Q3",
        '"Not suitable", "needs adapting" and "not enough" are lists, each line with a source or marked as consensus.',
    )
    Q4 = "Q4", "It covers risk and safeguarding."
    Q5 = "Q5", "It covers structure, fidelity, outcome measures and supervision."
    Q6 = "Q6", "It covers training and registration, each with the date it was checked."
    Q7 = "Q7", "It gives full references, limits, authors, conflicts and funding."
    Q8 = "Q8", "It says which leaflet to hand to whom."
    Q9 = "Q9", "It says on each page that it is not a patient handout."

    E1 = "E1", "Each line is one sentence of at most 15 words, and has a picture at its start."
    E2 = "E2", "No text is smaller than 16 pt."
    E3 = "E3", "It borrows no words, shows no marks of sources in its text, and says if no reader has tested it."

    C1 = (
        "C1",
        (
            "It has cover, licence, how to use it, contents with right page numbers, aims per session, handouts, "
            "facilitator notes, reading list, glossary, quiz, evaluation and certificate."
        ),
    )
    C2 = (
        "C2",
        (
            'It has page numbers through the book and "sheet 2 of 3" on each handout; sessions start on a right-hand '
            "page when duplex."
        ),
    )
    C3 = "C3", "The learner's copy holds no facilitator text."
    C4 = "C4", "Every handout also exists alone, as it is published."
    C5 = (
        "C5",
        (
            "A pack is refused where a member is overdue or unapproved (with `--release`; else its imprint says "
            "so), or where regions are mixed."
        ),
    )
    C6 = "C6", "It has ground rules and a note on distress."
