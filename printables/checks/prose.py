"""Lower bounds: running prose whose sentences carry a thought, tiles that say something, sections that have enough.

Upper bounds alone reward fragments. So running prose is measured apart from lists and from tiles (topics, techniques,
phases), which may be short, and only what stands in the therapy's own record is: its author can mend nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from printables.checklist import Rule
from printables.checks.language import reading
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.checks.text import list_items
from printables.pages.compose.leaflet import Block, Words

FEWEST_WORDS = 12
"""A single sentence of fewer words is no running prose: it leads to a list or a tile."""
FEWEST_SENTENCES = 10
"""In fewer sentences of prose, a mean says nothing."""
SHORT = 6
"""A sentence of fewer words is a short one."""
SHORT_IN_A_ROW = 3
FEW_WORDS = 9
"""The share of sentences with fewer words is told in the report."""
TILES = frozenset(["rows", "techniques", "timeline"])
"""Blocks that are drawn as tiles; what else is drawn as topics is one, too."""
TOPICS = "topics"


@dataclass(frozen=True)
class ProseSentence:
    """A sentence of running prose: where it stands in the plain text of its words, and its length in words."""

    words: Words
    paragraph: int
    start: int
    text: str
    length: int


def running_prose(subject: Subject) -> list[ProseSentence]:
    """The sentences of the paragraphs in the record's own words; a paragraph has 2 sentences, or one of 12 words."""
    return [
        sentence
        for block, words in _own_words(subject)
        if _is_prose(block, words)
        for paragraph in _paragraphs(subject, words)
        for sentence in paragraph
    ]


def _own_words(subject: Subject) -> Iterator[tuple[Block, Words]]:
    path = subject.record().path
    blocks = (block for section in subject.leaflet.sections for block in section.blocks)
    return ((block, words) for block in blocks for words in block.words if words.place.path == path)


def _is_prose(block: Block, words: Words) -> bool:
    """Whether words were typed as paragraphs and not as one line, such as what somebody says; answers are prose, too.

    Of answers, the questions are sorted out by their length: no long one is asked.
    """
    return "<p>" in words.html or block.show == "answers"


def _paragraphs(subject: Subject, words: Words) -> Iterator[list[ProseSentence]]:
    items, start = list_items(words.html), 0
    for block in words.blocks:
        if block.text not in items:
            found = list(_sentences(subject, words, start, block.text))
            if len(found) > 1 or sum(sentence.length for sentence in found) >= FEWEST_WORDS:
                yield found
        start += len(block.text) + 1


def _sentences(subject: Subject, words: Words, start: int, text: str) -> Iterator[ProseSentence]:
    for at, sentence in subject.sentences_at(text):
        length = len(reading.words(sentence, subject.language))
        yield ProseSentence(words, start, start + at, sentence, length)


def mean(sentences: Sequence[ProseSentence]) -> float:
    """Words of a sentence, on average; 0.0 of none."""
    return sum(sentence.length for sentence in sentences) / len(sentences) if sentences else 0.0


def share_of_few_words(sentences: Sequence[ProseSentence]) -> float:
    """How many of the sentences have fewer than 9 words, from 0 to 1."""
    return sum(sentence.length < FEW_WORDS for sentence in sentences) / len(sentences) if sentences else 0.0


def short_mean(subject: Subject) -> Iterator[Fault]:
    """Running prose whose sentences are too short on average."""
    least, sentences = subject.leaflet.audience.reading.least_mean_prose, running_prose(subject)
    if least is None or len(sentences) < FEWEST_SENTENCES:
        return
    if (found := mean(sentences)) < least:
        what = f"A sentence of running prose has {found:.1f} words on average; {least:g} is the least."
        place = subject.record("titles", subject.item.audience)
        yield Fault(place, what, "Join short sentences: say why, or what happens then.")


def short_in_a_row(subject: Subject) -> Iterator[Fault]:
    """Three sentences in a row, in one paragraph of running prose, with fewer than 6 words."""
    for _, paragraph in groupby(running_prose(subject), lambda one: (one.words.place, one.paragraph)):
        for row in _short_rows(paragraph):
            said = " ".join(sentence.text for sentence in row)
            what = f'{len(row)} sentences in a row have fewer than {SHORT} words: "{said}"'
            yield subject.fault(row[0].words, row[0].start, what, "Join two of them, or say more.")


def _short_rows(sentences: Iterable[ProseSentence]) -> Iterator[list[ProseSentence]]:
    for is_short, row in groupby(sentences, lambda sentence: sentence.length < SHORT):
        found = list(row)
        if is_short and len(found) >= SHORT_IN_A_ROW:
            yield found


def tiles_without_verb(subject: Subject) -> Iterator[Fault]:
    """A tile without a verb: it names something, and does not say what somebody does or feels."""
    for words, start, text in _tiles(subject):
        if not subject.language.has_verb(text):
            what = f'The tile "{text}" has no verb.'
            yield subject.fault(words, start, what, "Say in a sentence what somebody does, feels or notices.")


def _tiles(subject: Subject) -> Iterator[tuple[Words, int, str]]:
    """The text of each topic, technique and phase; what leads to them is none."""
    for block, words in _own_words(subject):
        if block.show in TILES or block.component == TOPICS:
            items, start = list_items(words.html), 0
            for text in (piece.text for piece in words.blocks):
                if text in items or "<p>" not in words.html:
                    yield words, start, text
                start += len(text) + 1


def short_sections(subject: Subject) -> Iterator[Fault]:
    """A section with fewer words of the record than `audience.yaml` asks for there."""
    least = {section.id: section.least_words for section in subject.leaflet.audience.sections}
    for section in subject.leaflet.sections:
        wanted, first = least[section.id], subject.leaflet.first_words(section.id)
        count = sum(len(reading.words(words.plain, subject.language)) for one in section.blocks for words in one.words)
        if wanted and first and count < wanted:
            what = f'The section "{section.heading or section.id}" has {count} words; {wanted} are the least.'
            yield Fault(first.place, what, "Say more of what this reader wants to know there.", section.id)


CHECKS = (
    Check(Rule.A23, short_mean, severity="warning", of=("leaflet",), measures=True, needs="prose"),
    Check(
        Rule.A23, short_in_a_row, severity="warning", of=("leaflet",), patients_only=True, measures=True, needs="prose"
    ),
    Check(
        Rule.A23,
        tiles_without_verb,
        severity="warning",
        of=("leaflet",),
        patients_only=True,
        measures=True,
        needs="verbs",
    ),
    Check(Rule.A23, short_sections, severity="warning", of=("leaflet",), measures=True, needs="prose"),
)
