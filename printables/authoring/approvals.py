"""Add approvals to approvals.yaml without changing its other lines; problems that prevent it."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from printables.checks import release
from printables.checks.subject import Subject
from printables.library.approvals import LONGEST_PERSON, Approval
from printables.library.fields import wrong
from printables.library.languages import RIGHT_TO_LEFT, refused_letter
from printables.library.yaml_reader import Document, read_yaml
from printables.pipeline.build import CheckedLibrary
from printables.problems import Problem

NAME = "approvals.yaml"
"""The file of approvals in the content folder in use."""
HEAD = "# Who approved which words, written by `printables approve`. When a word changes, its approval is void.\n"
LIST = ("approvals",)


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
    if sign := RIGHT_TO_LEFT.search(text):
        return Problem(option, 0, *refused_letter(sign.group()))
    return text.strip()


def _unfit(text: str) -> tuple[str, str] | None:
    """Return why a text is no line that fits on a leaflet, and what to do."""
    if "\n" in text or "\r" in text:
        return "This must fit on one line.", "Take the line break out."
    if len(text) > LONGEST_PERSON:
        return f"This has {len(text):,} characters, and {LONGEST_PERSON} are the most.", "Shorten it."
    return None


def with_approvals(data: bytes, shown: str, given: Iterable[Approval]) -> bytes:
    """Return the file with the approvals; each replaces older ones of the same thing. `data` is empty for a new file.

    Raises `wrong` if that is impossible without changing anything else.
    """
    data = data or f"{HEAD}approvals: []\n".encode()
    for approval in given:
        data = _with_approval(data, shown, approval)
    return data


def _with_approval(data: bytes, shown: str, given: Approval) -> bytes:
    document, _ = read_yaml(data, shown)
    entries = _entries(document)
    if document is None or entries is None:
        raise _refusal()
    lines = re.split(r"(?<=\n)", data.decode())
    end_of_line = "\r\n" if lines[0].endswith("\r\n") else "\n"
    made = "".join(_into_list(lines, document, entries, given, end_of_line)).encode()
    others = [entry for entry in entries if _of(entry) != given.of]
    now = _entries(read_yaml(made, shown)[0]) or []
    if [entry for entry in now if _of(entry) != given.of] != others or len(now) != len(others) + 1:
        raise _refusal()
    return made


def _refusal() -> Exception:
    return wrong(
        "The approval cannot be put into this file by a program.",
        'Write "approvals:" on a line of its own, with each entry indented below, and try again.',
    )


def _entries(document: Document | None) -> list[dict[str, Any]] | None:
    """Return the raw entries of the file; None if it has another form. Its model has validated each of them."""
    value: Any = document.value if document else None
    found = value.get("approvals", []) if isinstance(value, dict) else None
    return found if isinstance(found, list) else None


def _of(entry: dict[str, Any]) -> tuple[str, str, str]:
    """Return what a raw entry approves, as `Approval.of` does."""
    return entry.get("worksheet") or entry.get("therapy") or "", entry["audience"], entry["region"]


def _into_list(
    lines: list[str], document: Document, entries: list[dict[str, Any]], given: Approval, end_of_line: str
) -> list[str]:
    """Return the lines with the entry in place of an older one of the same thing, or after the last one."""
    at = document.line(LIST) - 1
    if not entries:
        lines = [*lines[:at], re.sub(r"(approvals\s*:)\s*\[\s*\]", r"\1", lines[at]), *lines[at + 1 :]]
        return _inserted(lines, at + 1, at + 1, _entry(given, f"{_indent(lines[at])}  "), end_of_line)
    starts = [document.line((*LIST, index)) - 1 for index in range(len(entries))]
    indent = _indent(lines[starts[0]])
    mine = [start for start, entry in zip(starts, entries, strict=True) if _of(entry) == given.of]
    for start in mine[:0:-1]:  # several: from the last one, so that line numbers above stay valid
        del lines[start : _end(lines, start)]
    start = mine[0] if mine else _end(lines, starts[-1])
    end = _end(lines, start) if mine else start
    return _inserted(lines, start, end, _entry(given, indent), end_of_line)


def _inserted(lines: list[str], start: int, end: int, new: Iterable[str], end_of_line: str) -> list[str]:
    """Return the lines with `new` in place of `start` to `end`. A file without a final line break stays so."""
    before, after = lines[:start], lines[end:]
    joined = end_of_line.join(new)
    if before and not before[-1].endswith("\n"):
        return [*before, end_of_line + joined, *after]
    ends_bare = end > start and not lines[end - 1].endswith("\n")
    return [*before, joined + ("" if ends_bare else end_of_line), *after]


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
