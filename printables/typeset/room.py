"""Smaller gaps, where a clinic's words or an approval need more room than a page has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from printables.checklist import Rule
from printables.problems import Severity
from printables.typeset.inspect.words import ADDED, NEED_ROOM
from printables.typeset.page import Finding, Page, Printed

SMALLER_GAPS = "Room was made with smaller gaps."


def with_room(page: Page, print_once: Callable[[Page], Printed]) -> Printed:
    """Return the finished page; with smaller gaps (`Page.tight`) if it breaks fewer rules so."""
    usual = print_once(page)
    if not page.tight or not any(finding.rule in NEED_ROOM for finding in usual.findings):
        return usual
    tight = print_once(replace(page, css=page.css + page.tight))
    if not tight.pdf or _severities(tight) >= _severities(usual):
        return usual
    note = Finding(Rule.A16, SMALLER_GAPS, "", severity="note", section=ADDED)
    return replace(tight, findings=(*tight.findings, note))


def _severities(printed: Printed) -> list[int]:
    """Return how many errors, warnings and notes there are, for comparison in this order."""
    found = [finding.severity for finding in printed.findings]
    return [found.count(severity) for severity in get_args(Severity)]
