"""What is wrong with a worksheet: its words as on a leaflet, and its fields.

Not asked of a worksheet: a reading level as a whole, since it has too few sentences; sources, since it makes no
claims; and the sections of a leaflet, since its record says which parts it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from printables.checklist import Rule
from printables.checks import evidence, help_numbers, readability, release, safety, structure, wording
from printables.checks.subject import Subject
from printables.library.fields import SLUG
from printables.pages.compose.worksheet_parts import FIELD_KINDS
from printables.pages.formats.html_tree import feed
from printables.problems import Problem

TEMPLATE = "templates/_worksheets/worksheet.html"
Attributes = dict[str, str | None]


def check(subject: Subject, *, allow_overdue: bool = False, for_release: bool = False) -> list[Problem]:
    """Everything that is wrong with one worksheet, in the order of its file, each thing once."""
    found = [
        *readability.check_short(subject),
        *wording.check(subject),
        *evidence.check_texts(subject),
        *_safety(subject),
        *(() if allow_overdue else _overdue(subject)),
        *(release.approval(subject) if for_release else release.stale(subject)),
        *(release.looked_up(subject) if for_release else ()),
        *_template(subject),
    ]
    return sorted(set(found))


def _safety(subject: Subject) -> Iterator[Problem]:
    """What may not be missing; and who may share words with nobody else's leaflet shares none on a worksheet."""
    yield from safety.identity(subject, {})
    yield from safety.must_say(subject)
    yield from safety.help_order(subject)
    yield from help_numbers.check(subject)
    yield from safety.shared(subject, subject.others if subject.leaflet.audience.not_shared_with else ())


def _overdue(subject: Subject) -> Iterator[Problem]:
    day = subject.leaflet.next_review
    if day < subject.item.today.isoformat():
        what = f"The worksheet was due to be looked at again on {day}."
        mend = "Review it and write new dates, or build with --allow-overdue, which prints that it is under review."
        yield subject.at(subject.record("review", "next_review"), what, mend, Rule.A4)


def _template(subject: Subject) -> Iterator[Problem]:
    """What the templates do wrong: structure, and fields that a program could not offer to fill in."""
    item = subject.item
    for what, mend in (*structure.check(subject.html), *fields(subject.html)):
        yield Problem(TEMPLATE, 0, what, mend, "error", Rule.A15, item.record, item.audience)


class _Fields(HTMLParser):
    """Collects the boxes to write in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Attributes] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        if any(name == "data-field" for name, _ in attrs):
            self.found.append(dict(attrs))


def fields(html: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields of a page, each with the way to mend it."""
    reader = _Fields()
    feed(reader, html)
    if not reader.found:
        yield "The worksheet has nothing to fill in.", "Add a part with lines, boxes, a scale, a table or circles."
    names = Counter(field["data-field"] or "" for field in reader.found)
    for name, count in names.items():
        if not SLUG.match(name):
            yield f'"{name}" cannot be the name of a field.', "Use small letters, figures and single hyphens."
        if count > 1:
            yield f'Two fields are called "{name}".', "Change the id of one."
    for field in reader.found:
        yield from _field(field)


def _field(field: Attributes) -> Iterator[tuple[str, str]]:
    name, kind = field["data-field"], field.get("data-kind")
    if not (field.get("data-tip") or "").strip():
        yield f'The field "{name}" does not say what belongs there.', "Write data-tip."
    if kind not in FIELD_KINDS:
        yield f'The field "{name}" is of no known kind.', f"Write data-kind: {', '.join(FIELD_KINDS)}."
    if kind == "choice" and not (field.get("data-group") and field.get("data-value")):
        yield f'The choice "{name}" belongs to no group.', "Write data-group and data-value."
