"""The blocks that a record writes as lists for one audience: answers, options, pictures with words."""

from __future__ import annotations

from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words

SHORT_LAST = 2 / 3
"""Of the longest words on what one does: whom a choice may suit is short if all its words are shorter than that."""


def answers(composer: Composer, show: str) -> Block | None:
    """The questions that this reader asks, each with its answer."""
    whose = composer.whose(composer.therapy.answers)
    if whose is None:
        return None
    words: list[Words] = []
    rows = []
    for number, one in enumerate(composer.therapy.answers[whose]):
        key = ("answers", whose, number)
        question = composer.text(one.question, whose, *key, "question")
        answer = composer.text(one.answer, whose, *key, "answer")
        words += [question, answer]
        rows.append({"question": question.html, "html": answer.html})
    return Block("answers", show, {"rows": rows}, tuple(words))


def options(composer: Composer, show: str) -> Block | None:
    """Other choices as a table: what each is, and whom it may suit."""
    whose = composer.whose(composer.therapy.options)
    if whose is None:
        return None
    words: list[Words] = []
    rows = []
    for number, one in enumerate(composer.therapy.options[whose]):
        key = ("options", whose, number)
        name, does, suits = (composer.text(getattr(one, part), whose, *key, part) for part in ("name", "does", "suits"))
        words += [name, does, suits]
        rows.append({"name": name.html, "does": does.html, "suits": suits.html})
    longest, last = (max((len(row[part].striptags()) for row in rows), default=0) for part in ("does", "suits"))
    data = {"rows": rows, "short_last": last < SHORT_LAST * longest}
    return Block("options", show, data, tuple(words))


def rows(composer: Composer, show: str) -> Block | None:
    """The main ideas as small drawings with words."""
    whose = composer.whose(composer.therapy.rows)
    if whose is None:
        return None
    words = [
        composer.text(one.words, whose, "rows", whose, number, "words", line=True)
        for number, one in enumerate(composer.therapy.rows[whose])
    ]
    signs = [one.sign for one in composer.therapy.rows[whose]]
    drawn = [{"sign": sign, "html": one.html} for sign, one in zip(signs, words, strict=True)]
    return Block("rows", show, {"rows": drawn}, tuple(words))


BLOCKS = (
    BlockKind("answers", "the questions that this reader asks, with answers", answers),
    BlockKind("options", "other choices side by side: what each is, what you do, whom it suits", options),
    BlockKind("rows", "the main ideas as small drawings with words", rows),
)
