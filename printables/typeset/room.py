"""Room on a page whose words need more than it has: smaller gaps, or without the parts that give way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from printables.checklist import Rule
from printables.problems import Severity
from printables.typeset.inspect.words import ADDED, NEED_ROOM
from printables.typeset.page import Finding, Page, Printed

SMALLER_GAPS = "Room was made with smaller gaps."
LEFT_OUT = "Room was made without {parts}."

Print = Callable[[Page], Printed]


def with_room(page: Page, print_once: Print) -> Printed:
    """Return the finished page; with smaller gaps (`Page.tight`), or shorter (`Page.shorter`), if it needs more room."""
    usual = print_once(page)
    if not _lacks_room(usual):
        return usual
    made = _with_smaller_gaps(page, usual, print_once) if page.tight else usual
    return _without_parts(page, made, print_once) if page.shorter and _lacks_room(made) else made


def _lacks_room(printed: Printed) -> bool:
    return any(finding.rule in NEED_ROOM for finding in printed.findings)


def _with_smaller_gaps(page: Page, usual: Printed, print_once: Print) -> Printed:
    """Return the page with smaller gaps if it breaks fewer rules so."""
    tight = print_once(replace(page, css=page.css + page.tight))
    if not tight.pdf or _severities(tight) >= _severities(usual):
        return usual
    return _noted(tight, SMALLER_GAPS)


def _without_parts(page: Page, longest: Printed, print_once: Print) -> Printed:
    """Return the longest of the shorter pages that has room enough, found by halving; `longest` if none has."""
    fits: tuple[int, Printed] | None = None
    low, high = 0, len(page.shorter)
    css = page.css + page.tight
    while low < high:
        middle = (low + high) // 2
        printed = print_once(replace(page, html=page.shorter[middle].html, css=css))
        if _lacks_room(printed):
            low = middle + 1
        else:
            fits, high = (middle, printed), middle
    if fits is None:
        return longest
    at, printed = fits
    return _noted(printed, LEFT_OUT.format(parts=", ".join(page.shorter[at].without)))


def _noted(printed: Printed, what: str) -> Printed:
    note = Finding(Rule.A16, what, "", severity="note", section=ADDED)
    return replace(printed, findings=(*printed.findings, note))


def _severities(printed: Printed) -> list[int]:
    """Return how many errors, warnings and notes there are, for comparison in this order."""
    found = [finding.severity for finding in printed.findings]
    return [found.count(severity) for severity in get_args(Severity)]
