"""The fields of a worksheet. Its words are checked as those of a leaflet are (see `Check.of`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.fields import SLUG
from printables.pages.compose.worksheet_parts import FIELD_KINDS
from printables.pages.formats.html_tree import feed

Attributes = dict[str, str | None]


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


def usable_fields(subject: Subject) -> Iterator[Fault]:
    """A worksheet without fields, or with one that a program could not offer to fill in."""
    return subject.on_page(fields(subject.html))


CHECKS = (Check(Rule.A15, usable_fields, of=("worksheet",), looks_at="page"),)
