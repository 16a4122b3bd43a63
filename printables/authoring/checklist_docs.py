"""Generate docs/standards.md: every line of the checklist, who checks it, and what each check finds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from pathlib import Path

from printables.checklist import READERS, Rule
from printables.checks.registry import Check, LibraryCheck, all_checks, all_library_checks

_HEAD = """\
# Our checklist

Made by `printables schema` from `printables/checklist.py` and from what looks at each line; do not edit it by hand.

What a leaflet must satisfy, in our own words. It draws on PIF TICK, DISCERN, PEMAT-P, EQIP, the CDC Clear
Communication Index, the NHS service manual, UKAAF and RNIB clear print, PDF/UA-1, WCAG 2.2, You're Welcome and NICE's
rules for citing. With `--json`, most problems carry the id of a line; where a check serves several readers, it is the
first of them (B2 for a teenagers' sentence, too), and reading levels say `reading`.

The last column says what looks at it: the modules of `printables/` that report it, what makes it so, files of
`tests/` (for the shipped leaflets only), or a person. "Shown" means that the reader's section list names the part; a
part that is listed and not optional must have words (`pages/compose/compose.py`). Where a module only makes sure that
a part is there, a person must still judge whether it is good. The limits stand in `templates/<id>/audience.yaml`.
"""

_LEVEL = """\
How reading level is measured: SMOG over the whole leaflet; headings and list items end as sentences; the therapy's
name, explained words and names of organisations are left out, as are references and the section about the leaflet.
Under 30 sentences the figure is only a hint.
"""

_LISTED = "`pages/compose/compose.py` ({} required); a person"

_BESIDES = {
    Rule.A1: "a person for page 1",
    Rule.A2: "a person for its place",
    Rule.A3: "pointer, and links that call or text, on a screen only: `tests/test_leaflets.py`; a number that cannot "
    "be told: `library/crossrefs_help.py`",
    Rule.A4: "`pages/compose/approval.py` (an approval is printed only over the words it was given to)",
    Rule.A5: "`library/therapies.py` (claims name a source), `library/crossrefs.py` (it exists), `library/settings.py` "
    '(link); a person for what runs without a word such as "study", and whether the source says so',
    Rule.A6: "a person for closeness",
    Rule.A7: "a person",
    Rule.A8: "a person for balance",
    Rule.A10: "the box of A2",
    Rule.A11: "made by `pages/compose/blocks/about.py`, its block shown as for A4; a person for what a clinic's file "
    "leaves out, since that is not printed at all",
    Rule.A12: "18 pt in large print: `pipeline/print_job.py`; a person for body size",
    Rule.A13: "`pages/compose/markup.py` (italics in texts; a warning); a person for the rest",
    Rule.A14: "a person for other pairs of colours, colour alone and photocopies",
    Rule.A15: "`tests/test_typeset.py`, `tests/test_leaflets.py` with independent checkers",
    Rule.A16: "rules and edges of boxes: `typeset/inspect/crossings.py`",
    Rule.A18: "a person for other numbers and sums",
    Rule.A19: "made by `pages/compose/marks.py`; a person for terms that the glossary lacks",
    Rule.A20: "`tests/test_leaflets.py`; made by `pipeline/build.py`",
    Rule.A21: "`tests/test_typeset.py`, `tests/test_leaflets.py`",
    Rule.A22: "a person for the sentence",
    Rule.A23: "whether a tile has a verb is a guess (`checks/language/en/verbs.py`); a person for what is said",
    Rule.A25: "a person for words that no pattern finds",
    Rule.B3: "passives are a guess (`checks/language/en/passive.py`)",
    Rule.B5: "its block shown as for A9; a person",
    Rule.B6: _LISTED.format("timeline"),
    Rule.T2: "a person for its limits",
    Rule.T3: _LISTED.format("sections"),
    Rule.T4: "a person for the lines that follow",
    Rule.T5: "a person for blame",
    Rule.T6: "a person for diagnostic criteria",
    Rule.T7: "a person",
    Rule.T8: _LISTED.format("section"),
    Rule.T9: "claims by age: `pages/compose/blocks/claims.py`",
    Rule.T10: "shown by `reports/proof.py`; a person",
    Rule.G1: "a person",
    Rule.G2: _LISTED.format("section"),
    Rule.G3: "its block shown as for T2; a person for agreement",
    Rule.G4: _LISTED.format("block"),
    Rule.G5: _LISTED.format("section"),
    Rule.G6: _LISTED.format("section"),
    Rule.G7: "a few phrases only; a person",
    Rule.Q2: _LISTED.format("table"),
    Rule.Q3: "a person for whether clinicians agree",
    Rule.Q4: _LISTED.format("section"),
    Rule.Q5: _LISTED.format("sections"),
    Rule.Q6: _LISTED.format("sections") + " for the dates",
    Rule.Q7: "`library/therapies.py`, its blocks shown as for A4 and A5; a person",
    Rule.Q8: _LISTED.format("section"),
    Rule.Q9: "`tests/test_leaflets.py`",
    Rule.C1: "`library/packs.py` (fields), `tests/test_packs.py`; a person for whether one could teach from it",
    Rule.C2: "`tests/test_packs.py`",
    Rule.C3: "`packs/compose.py` (never composed for learners), `tests/test_packs.py`",
    Rule.C4: "`packs/build.py`, `tests/test_packs.py`",
    Rule.C5: "`packs/build.py`",
    Rule.C6: "`library/packs.py` (required); a person",
}
"""What else ensures a line besides the modules that report it: people, tests, code that cannot break it."""


_CHECKS = """\
## What each check finds

The checks of `printables/checks`, by module: before anything is printed. What is looked for in the finished PDF
stands in `printables/typeset/inspect`. "By its limit" is a warning above one figure in `audience.yaml` (`warn`) and
an error above another (`stop`).

| id | what it finds | severity | asked of | looks at | module |
|---|---|---|---|---|---|
"""


def checklist() -> str:
    """Return the text of docs/standards.md."""
    reporting = modules_that_report()
    parts = [_HEAD]
    for letter, reader in READERS.items():
        rows = "".join(_line(rule, reporting.get(rule, ())) for rule in Rule if re.fullmatch(rf"{letter}\d+", rule))
        parts.append(f"## {reader}\n\n| id | what | who checks |\n|---|---|---|\n{rows}")
        if letter == "A":
            parts.append(_LEVEL)
    checks: tuple[Check | LibraryCheck, ...] = (*all_checks(), *all_library_checks())
    return "\n".join([*parts, _CHECKS]) + "".join(_check(check) for check in checks)


def modules_that_report() -> dict[Rule, list[str]]:
    """Return, for each line of the checklist, the modules whose code names it."""
    root = Path(__file__).parent.parent
    found: dict[Rule, list[str]] = {}
    for path in sorted(root.rglob("*.py")):
        if path.name not in ("checklist.py", "checklist_docs.py"):
            for name in dict.fromkeys(re.findall(r"\bRule\.([A-Z][A-Z0-9]*)\b", path.read_text(encoding="utf-8"))):
                found.setdefault(Rule[name], []).append(path.relative_to(root).as_posix())
    return found


def _line(rule: Rule, modules: Iterable[str]) -> str:
    reported = ", ".join(f"`{module}`" for module in modules)
    return _cells(rule, rule.asks, "; ".join(text for text in (reported, _BESIDES.get(rule, "")) if text))


def _check(check: Check | LibraryCheck) -> str:
    finds = (inspect.getdoc(check.find) or "").partition("\n")[0]
    module = f"`{check.find.__module__.rpartition('.')[2]}`"
    if isinstance(check, LibraryCheck):
        return _cells(", ".join(check.rules), finds, check.severity, "the library", "library", module)
    return _cells(
        ", ".join((check.rule, *check.also)), finds, _severity(check), _asked_of(check), check.looks_at, module
    )


def _severity(check: Check) -> str:
    if check.error_for_release:
        return "warning, with `--release` error"
    return check.severity or "by its limit"


def _asked_of(check: Check) -> str:
    when = {
        "of patients only": check.patients_only,
        "with `--release` only": check.only_for_release,
        "not with `--allow-overdue`": check.waived_by_allow_overdue,
    }
    kinds = ", ".join(f"{kind}s" for kind in check.of)
    return "; ".join([kinds, *(text for text, is_so in when.items() if is_so)])


def _cells(*texts: str) -> str:
    return f"| {' | '.join(texts)} |\n"
