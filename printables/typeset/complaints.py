"""What the engine says of a page in its log, and which files the page asks for and may not have, as findings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from printables.checklist import Rule
from printables.typeset import weasyprint_internals as internals
from printables.typeset.page import BASE_URL, Finding


class LogListener(logging.Handler):
    """Keeps what the engine says from a warning upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """The engine's warnings, gathered instead of printed; fontTools is silenced, its notes concern no leaflet."""
    ears = LogListener()
    engine, fonts = logging.getLogger(internals.LOGGER), logging.getLogger("fontTools")
    before = engine.propagate, engine.handlers[:], fonts.level
    engine.propagate, engine.handlers[:] = False, [ears]
    fonts.setLevel(logging.CRITICAL)
    try:
        yield ears.said
    finally:
        engine.propagate, engine.handlers[:] = before[0], before[1]
        fonts.setLevel(before[2])


def said(log: list[str]) -> list[Finding]:
    return [
        Finding(
            Rule.A16,
            f"The typesetting engine complains: {message.strip()[:300].rstrip('.')}.",
            "Mend the text, picture, template or style sheet that it names; leaflets are published when it is silent.",
        )
        for message in log
    ]


def refusals(urls: list[str]) -> list[Finding]:
    return [
        Finding(
            Rule.A21,
            f'The leaflet asks for "{url[:120].removeprefix(BASE_URL)}", which is not among its own files.',
            "Put the file into the leaflet's folder under that name, or take it out of the template or style sheet.",
        )
        for url in urls
    ]
