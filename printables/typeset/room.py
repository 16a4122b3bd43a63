"""Room on a page whose words need more than it has: smaller gaps, or without the parts that give way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from printables.checklist import Rule
from printables.problems import Severity
from printables.typeset.inspect.words import ADDED, NEED_ROOM
from printables.typeset.page import Finding, Page, Printed, Shorter

SMALLER_GAPS = "Room was made with smaller gaps."
LEFT_OUT = "Room was made without {parts}."

Print = Callable[[Page], Printed]


def with_room(page: Page, print_once: Print) -> Printed:
    """Return the finished page; if it lacks room, with smaller gaps (`Page.tight`) or shorter (`Page.shorter`)."""
    if page.shorter:
        return _longest_that_fits(page, print_once)
    usual = print_once(page)
    if not page.tight or not _lacks_room(usual):
        return usual
    return _with_smaller_gaps(page, usual, print_once)


def too_long(pages: int, most: int) -> Finding:
    """What is said of a page that is laid out only to see whether it fits, and does not."""
    return Finding(Rule.A17, f"It has {pages} pages and may have {most}.", "Leave out more of it.")


def _lacks_room(printed: Printed) -> bool:
    return any(finding.rule in NEED_ROOM for finding in printed.findings)


def _with_smaller_gaps(page: Page, usual: Printed, print_once: Print) -> Printed:
    """Return the page with smaller gaps if it breaks fewer rules so."""
    tight = print_once(replace(page, css=page.css + page.tight, html=page.tight_html or page.html))
    if not tight.pdf or _severities(tight) >= _severities(usual):
        return usual
    return _noted(tight, SMALLER_GAPS)


def _longest_that_fits(page: Page, print_once: Print) -> Printed:
    """Return the page with as much on it as it has room for: whole, or shorter, or shorter and with smaller gaps."""
    printed = print_once(page)
    if not _lacks_room(printed):
        return printed
    for css in (page.css, page.css + page.tight):
        if found := _longest_shorter(page, css, print_once):
            return found
    last = _shortened(page, page.shorter[-1], page.css + page.tight)
    return print_once(replace(last, shorter=()))  # whole, so that somebody can look at it


def _longest_shorter(page: Page, css: str, print_once: Print) -> Printed | None:
    """Return the longest of the shorter pages that fits, found by halving, or None if none does."""
    fits: tuple[int, Printed] | None = None
    low, high = 0, len(page.shorter)
    while low < high:
        middle = (low + high) // 2
        printed = print_once(_shortened(page, page.shorter[middle], css))
        if _lacks_room(printed):
            low = middle + 1
        else:
            fits, high = (middle, printed), middle
    if fits is None:
        return None
    at, printed = fits
    noted = _noted(printed, LEFT_OUT.format(parts=", ".join(page.shorter[at].without)))
    return noted if css == page.css else _noted(noted, SMALLER_GAPS)


def _shortened(page: Page, shorter: Shorter, css: str) -> Page:
    return replace(page, html=shorter.html, css=css, sheet=shorter.sheet or page.sheet)


def _noted(printed: Printed, what: str) -> Printed:
    note = Finding(Rule.A16, what, "", severity="note", section=ADDED)
    return replace(printed, findings=(*printed.findings, note))


def _severities(printed: Printed) -> list[int]:
    """Return how many errors, warnings and notes there are, for comparison in this order."""
    found = [finding.severity for finding in printed.findings]
    return [found.count(severity) for severity in get_args(Severity)]
