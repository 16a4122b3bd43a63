"""Prepare the data for the page's template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from printables.library.editions import Edition
from printables.preview.state import ChoiceNames, PreviewChoice, PreviewState
from printables.problems import Problem

WHOLE, ELSEWHERE = "The leaflet as a whole", "Elsewhere in the library"


@dataclass(frozen=True)
class SelectOption:
    """One option of a select field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class SelectField:
    """A select field."""

    name: str
    label: str
    options: tuple[SelectOption, ...]


@dataclass(frozen=True)
class ProblemGroup:
    """A group of problems with its heading."""

    heading: str
    problems: tuple[Problem, ...]


def context(shown: PreviewState, names: ChoiceNames, run: str) -> dict[str, Any]:
    """Return all variables of the template."""
    groups = tuple(_groups(shown))
    problems = [problem for group in groups for problem in group.problems]
    severities = [problem.severity for problem in problems]
    errors, warnings = severities.count("error"), severities.count("warning")
    return {
        "shown": shown,
        "mark": f"{run}-{shown.serial}",
        "query": shown.asked.query() if shown.asked else "",
        "title": shown.web.title if shown.web else "Nothing to show yet",
        "selects": tuple(_selects(shown.asked, names)) if shown.asked else (),
        "groups": groups,
        "count": ", ".join((_many(errors, "error"), _many(warnings, "warning"))) if problems else "",
        "web_label": _web_label(shown),
        "pdf_label": _pdf_label(shown),
        "pdf_old": shown.printing == "failed" or not shown.fresh,
    }


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _web_label(shown: PreviewState) -> str:
    if shown.web is None:
        return "There is no page yet. It appears as soon as what is wrong is mended."
    return f"As saved, made at {shown.web.at}." if shown.fresh else f"The last good page, from {shown.web.at}."


def _pdf_label(shown: PreviewState) -> str:
    made = shown.pictures
    if shown.printing == "working" and shown.fresh:
        return f"Being typeset. Meanwhile, the pages from {made.at}." if made else "Being typeset."
    if made is None:
        return "There are no pages yet."
    good = shown.fresh and shown.printing == "done"
    return f"As saved, typeset at {made.at}." if good else f"The last good pages, from {made.at}."


def _selects(asked: PreviewChoice, names: ChoiceNames) -> Iterator[SelectField]:
    sheets = {"": "None: the leaflet", **_some(names.worksheets, names.sheets_of.get(asked.therapy, ()))}
    editions = {name: edition_label(edition) for name, edition in names.editions.items()}
    yield _select("therapy", "Therapy", names.therapies, asked.therapy)
    yield _select("worksheet", "Worksheet", sheets, asked.worksheet)
    readers = {name: f"{label[:1].upper()}{label[1:]}" for name, label in names.audiences.items()}
    yield _select("audience", "Reader", readers, asked.audience)
    yield _select("edition", "Edition", editions, asked.edition.name)
    yield _select("clinic", "Clinic", {"": "The usual one", **names.clinics}, asked.clinic)
    yield _select("region", "Region", {"": "The usual one", **names.regions}, asked.region)


def _some(names: Mapping[str, str], wanted: Iterable[str]) -> dict[str, str]:
    return {name: names[name] for name in wanted if name in names}


def _select(name: str, label: str, choices: Mapping[str, str], chosen: str) -> SelectField:
    gone = {} if chosen in choices else {chosen: f"{chosen} (no longer there)"}
    lines = ({**choices, **gone}).items()
    return SelectField(name, label, tuple(SelectOption(value, said, value == chosen) for value, said in lines))


def edition_label(edition: Edition) -> str:
    """Return an edition for people, such as A4, large print."""
    paper, *rest = edition.features
    size = "Letter" if paper == "letter" else paper.upper()
    return ", ".join([size, *(name.replace("-", " ") for name in rest)])


def _groups(shown: PreviewState) -> Iterator[ProblemGroup]:
    """Yield problems by the heading of their section, in the leaflet's order; those of other records come last."""
    found: dict[str, list[Problem]] = {name: [] for name in (WHOLE, *dict.fromkeys(_order(shown)), ELSEWHERE)}
    for problem in _once((*shown.problems, *shown.found)):
        found[_heading(problem, shown)].append(problem)
    yield from (ProblemGroup(heading, tuple(problems)) for heading, problems in found.items() if problems)


def _order(shown: PreviewState) -> Iterable[str]:
    return reversed([heading for heading in shown.headings.values() if heading])


def _heading(problem: Problem, shown: PreviewState) -> str:
    mine = shown.asked is None or _concerns(problem, shown.asked)
    return (shown.headings.get(problem.section) or WHOLE) if mine else ELSEWHERE


def _concerns(problem: Problem, asked: PreviewChoice) -> bool:
    """Return whether a problem is in the shown record or in a file that all leaflets need, not in another record."""
    *_, folder, file = ("", "", *problem.path.split("/"))
    own = {"therapies": asked.therapy, "worksheets": asked.worksheet, "clinics": asked.clinic}
    if folder in own and not file.startswith(f"{own[folder]}."):
        return False
    return problem.therapy in ("", asked.worksheet or asked.therapy) and problem.audience in ("", asked.audience)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, even if it concerns several audiences."""
    return list({(p.path, p.line, p.what, p.mend, p.severity): p for p in problems}.values())
