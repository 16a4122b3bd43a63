"""The fields of a worksheet. Its words are checked as those of a leaflet are (see `Check.of`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.fields import SLUG
from printables.pages.compose.worksheet_writer import FIELD_KINDS
from printables.pages.formats.html_tree import parse


def fields(html: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields of a page, each with the way to mend it."""
    found = [element.attributes for element in parse(html).elements() if "data-field" in element.attributes]
    if not found:
        yield "The worksheet has nothing to fill in.", "Add a part with lines, boxes, a scale, a table or circles."
    names = Counter(field["data-field"] for field in found)
    for name, count in names.items():
        if not SLUG.match(name):
            yield f'"{name}" cannot be the name of a field.', "Use small letters, figures and single hyphens."
        if count > 1:
            yield f'Two fields are called "{name}".', "Change the id of one."
    for field in found:
        yield from _field(field)


def _field(field: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    name, kind = field["data-field"], field.get("data-kind")
    if not field.get("data-tip", "").strip():
        yield f'The field "{name}" does not say what belongs there.', "Write data-tip."
    if kind not in FIELD_KINDS:
        yield f'The field "{name}" is of no known kind.', f"Write data-kind: {', '.join(FIELD_KINDS)}."
    if kind == "choice" and not (field.get("data-group") and field.get("data-value")):
        yield f'The choice "{name}" belongs to no group.', "Write data-group and data-value."


def usable_fields(subject: Subject) -> Iterator[Fault]:
    """A worksheet without fields, or with one that a program could not offer to fill in."""
    return subject.on_page(fields(subject.html))


CHECKS = (Check(Rule.A15, usable_fields, of=("worksheet",), looks_at="page"),)
