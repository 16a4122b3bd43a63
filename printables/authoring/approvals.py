"""Add approvals to approvals.yaml without changing its other lines; problems that prevent it."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeAlias

from printables.checks import release
from printables.checks.subject import Subject
from printables.library.approvals import LONGEST_PERSON, Approval
from printables.library.fields import wrong
from printables.library.languages import refused_in_a_line
from printables.library.yaml_reader import Document, read_yaml
from printables.pipeline.build import CheckedLibrary
from printables.problems import Problem

NAME = "approvals.yaml"
"""The file of approvals in the content folder in use."""
HEAD = "# Who approved which words, written by `printables approve`. When a word changes, its approval is void.\n"
LIST = ("approvals",)
Of: TypeAlias = tuple[str, str, str]
"""What is approved: record, audience and region."""


def approval_problems(checked: CheckedLibrary, subject: Subject, given: Approval) -> Iterator[Problem]:
    """Yield why a leaflet cannot be approved: its errors, including an overdue review, or an impossible day."""
    if subject not in checked.good():
        yield from (
            problem for problem in checked.problems if problem.severity == "error" and _touches(problem, subject)
        )
    today, last = subject.item.today, date.fromisoformat(subject.leaflet.last_review)
    if given.date > today:
        what = f"The day of the approval, {given.date}, is still to come."
        yield Problem("--date", 0, what, f"Today is {today}.")
    elif given.date < last:
        what = f"The day of the approval, {given.date}, is before the last review, {last}."
        yield Problem("--date", 0, what, "Have it read again, and give the day of that.")


def _touches(problem: Problem, subject: Subject) -> bool:
    """Return whether a problem concerns this leaflet, its record or its audience."""
    return problem.therapy in ("", subject.item.record) and problem.audience in ("", subject.item.audience)


def unchecked(subject: Subject) -> list[Problem]:
    """Return the leaflet's unchecked facts: they do not prevent an approval, but `--release` refuses them."""
    return [dataclasses.replace(problem, severity="warning") for problem in release.unchecked(subject)]


def person(option: str, text: str) -> str | Problem:
    """Return a name or a role as a record can hold it, or a problem."""
    if not text.strip():
        return Problem(option, 0, "This is blank.", "Give the name and the role of the person who read it.")
    if unfit := _unfit(text.strip()):
        return Problem(option, 0, *unfit)
    try:
        document, problems = read_yaml(f"text: {_quoted(text.strip())}\n".encode(), option)
    except UnicodeEncodeError:
        return Problem(option, 0, "This holds characters that cannot be written.", "Type them anew.")
    if problems or document is None:
        return dataclasses.replace(problems[0], line=0)
    if refused := refused_in_a_line(text):
        return Problem(option, 0, *refused)
    return text.strip()


def _unfit(text: str) -> tuple[str, str] | None:
    """Return why a text is no line that fits on a leaflet, and what to do."""
    if "\n" in text or "\r" in text:
        return "This must fit on one line.", "Take the line break out."
    if len(text) > LONGEST_PERSON:
        return f"This has {len(text):,} characters, and {LONGEST_PERSON} are the most.", "Shorten it."
    return None


def is_among(given: Approval, before: Iterable[Approval]) -> bool:
    """Return whether the very same approval is there already, and no other of the same thing."""
    same = [one for one in before if one.of == given.of]
    return bool(same) and all(_is_same(one, given) for one in same)


def _is_same(one: Approval, given: Approval) -> bool:
    """Return whether two approvals are the same; one may name only the beginning of the number of the words."""
    as_given = {"words": given.words, "version": given.version}
    return given.words.startswith(one.words) and one.model_copy(update=as_given) == given


def with_approvals(data: bytes, shown: str, given: Iterable[Approval]) -> bytes:
    """Return the file with the approvals; each replaces older ones of the same thing. `data` is empty for a new file.

    The file is read once, however many there are. Raises `wrong` if nothing else can stay as it is.
    """
    data = data or f"{HEAD}approvals: []\n".encode()
    new = {approval.of: approval for approval in given}
    document, _ = read_yaml(data, shown)
    entries = _entries(document)
    if document is None or entries is None:
        raise _refusal(document)
    text = data.decode()
    end_of_line = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    bare_end = "" if text.endswith("\n") else end_of_line
    lines = re.split(r"(?<=\n)", f"{text}{bare_end}")
    made = "".join(_into_list(lines, document, entries, new, end_of_line)).removesuffix(bare_end).encode()
    now = _entries(read_yaml(made, shown)[0]) or []
    others = [entry for entry in entries if _of(entry) not in new]
    if [entry for entry in now if _of(entry) not in new] != others or len(now) != len(others) + len(new):
        raise _refusal(document)
    return made


def _refusal(document: Document | None) -> Exception:
    return wrong(
        "The approval cannot be put into this file by a program.",
        'Write "approvals:" on a line of its own, with each entry indented below, and try again.',
        document.line(LIST) if document else 0,
    )


def _entries(document: Document | None) -> list[dict[str, Any]] | None:
    """Return the raw entries of the file; None if it has another form. Its model has validated each of them."""
    value: Any = document.value if document else None
    found = value.get("approvals", []) if isinstance(value, dict) else None
    return found if isinstance(found, list) else None


def _of(entry: dict[str, Any]) -> Of:
    """Return what a raw entry approves, as `Approval.of` does."""
    return entry.get("worksheet") or entry.get("therapy") or "", entry["audience"], entry["region"]


def _into_list(
    lines: list[str], document: Document, entries: list[dict[str, Any]], new: dict[Of, Approval], end_of_line: str
) -> list[str]:
    """Return the lines with each entry in place of an older one of the same thing, or after the last one."""
    at = document.line(LIST) - 1
    if not entries:
        lines = [*lines[:at], re.sub(r"(approvals\s*:)\s*\[\s*\]", r"\1", lines[at]), *lines[at + 1 :]]
        return _inserted(lines, at + 1, at + 1, _all(new.values(), f"{_indent(lines[at])}  "), end_of_line)
    starts = [document.line((*LIST, index)) - 1 for index in range(len(entries))]
    indent = _indent(lines[starts[0]])
    first = {_of(entry): start for entry, start in reversed(list(zip(entries, starts, strict=True)))}
    last = _end(lines, starts[-1])
    if added := [approval for of, approval in new.items() if of not in first]:
        lines = _inserted(lines, last, last, _all(added, indent), end_of_line)
    for entry, start in reversed(list(zip(entries, starts, strict=True))):  # so that the numbers above stay valid
        of, end = _of(entry), min(_end(lines, start), last)
        if of in new and start == first[of]:
            lines = _inserted(lines, start, end, _entry(new[of], indent), end_of_line)
        elif of in new:
            del lines[start:end]
    return lines


def _inserted(lines: list[str], start: int, end: int, new: Iterable[str], end_of_line: str) -> list[str]:
    """Return the lines with `new` in place of `start` to `end`."""
    return [*lines[:start], *(f"{line}{end_of_line}" for line in new), *lines[end:]]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _end(lines: list[str], start: int) -> int:
    """Return the index after the last line that is indented deeper than the one at `start`, blank lines excluded."""
    end = start + 1
    for at in range(start + 1, len(lines)):
        if lines[at].strip():
            if len(_indent(lines[at])) <= len(_indent(lines[start])):
                break
            end = at + 1
    return end


def _all(given: Iterable[Approval], indent: str) -> Iterator[str]:
    for approval in given:
        yield from _entry(approval, indent)


def _entry(given: Approval, indent: str) -> Iterator[str]:
    """Yield the lines of one approval. JSON strings are valid YAML and quote every name safely."""
    mark = "- "
    for key, value in given.model_dump(mode="json", exclude_none=True).items():
        if value:
            yield f"{indent}{mark}{key}: {value if key in IDS else _quoted(value)}"
        mark = "  "


IDS = frozenset({"therapy", "worksheet", "audience", "region"})
"""Keys whose values are ids, which need no quotes."""


def _quoted(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
