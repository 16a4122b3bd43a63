"""The registry: every check stands in it, says what it finds, and finds it where everything is wrong."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable

import pytest
from leaflet_case import AUDIENCES, ROOT, Case, Changes, case, emit, real, template
from library_case import record_version
from test_checks_evidence import MADE_UP, claim
from test_languages import WELSH

from printables.checklist import Rule
from printables.checks import registry
from printables.checks.registry import Check, LibraryCheck
from printables.checks.subject import Fault, Subject, WholeLibrary
from printables.plan import Choice
from printables.problems import Problem

CHECKS: tuple[Check | LibraryCheck, ...] = (*registry.all_checks(), *registry.all_library_checks())
FOLDER = ROOT / "printables" / "checks"

LONG = "Interpersonal organisational communication deteriorates considerably everywhere one may ever choose to go "
WORDS = f"""\
Research shows that it helps. We rely on {{@made-up}}. Commence 12-16 times, 3.5 weeks, three talks. Ring 111.
Asking does not put the idea there.

They say "{"word " * 26}" now. ASK OUR GP NHS TV now! \U0001f600 We speak of CBT, then of XYZ.
A PHQ-9 comes with {{CBT}}.

{LONG * 3}. It was told. It was done. She was seen. He was heard. They were sent away. We were asked. It was made.
"""
SOURCES = [{**MADE_UP, "id": "unused", "kind": "trial"}, MADE_UP]
WRONG: Changes = {
    **{f"sections.{name}": dict.fromkeys(AUDIENCES, WORDS) for name in ("overview", "uses")},
    "sections.uses.parents": WELSH,
    "sections.focus": {"adults": "- **Change.** A far town and school."},
    "sections.sessions": {"adults": "Each week you see your therapist and go to a group."},
    "sections.limitations": {"teens": "It helps 3 in 10 people.", "professionals": "It helps 3 in 10 people."},
    "titles.teens.title": "Talking, or EMDR",
    "courses.1.sources": ["icope-ipt"],
    "sections.main_message": dict.fromkeys(AUDIENCES, "One. Two. Three. Four."),
    "sections.next_steps": dict.fromkeys(AUDIENCES, "Go."),
    "sections.questions": dict.fromkeys(AUDIENCES, "Why?"),
    "sections.not_suitable": {"professionals": "- Nothing that has a source"},
    "claims.+": {**claim("children"), "sources": ["made-up"], "status": "unchecked"},
    "people": [{"id": "a", "of": "20", "count": "1", "words": {"adults": "fell."}, "sources": ["crawford-2016"]}],
    "review.last_evidence_review": "2026-01-01",
    "review.next_review": "2026-02-01",
    "review.approvals": [
        {"name": "A", "role": "b", "audience": "adults", "version": record_version(), "date": "2026-01-02"}
    ],
    "worksheets": ["my-goals"],
    "techniques.0.status": "confirmed",
    "region:help_lines.*.status": "unchecked",
    "region:emergency.teens": "Call 0808 808 8000 now.",
    "region:help_now.teens.lines": ["shout", "childline"],
    "region:help_now.teens.first_page": ["shout"],
    "teens:must_say.en": {"what-it-is": ["an adult you trust"]},
    "adults:reading": {
        **{
            limit: {"warn": "1", "stop": "2"} for limit in ("smog", "sentence", "mean_sentence", "paragraph", "passive")
        },
        "least_mean_prose": "30",
    },
    "adults:sections.1.least_words": "5000",
    "adults:sources": {"from": "0", "to": "0"},
    "easy-read:reading.sentence": {"warn": "20", "stop": "30"},
    "parents:sections": [
        {"id": "what-it-is", "blocks": [{"show": "overview"}, {"show": "uses"}, {"show": "region-privacy"}]}
    ],
    "content/sources.yaml": (ROOT / "content/sources.yaml").read_text(encoding="utf-8")
    + "\n".join(f"  {line}" for line in emit(SOURCES)),
    "content/regions/northern-ireland.yaml": (ROOT / "content/regions/northern-ireland.yaml").read_text(
        encoding="utf-8"
    ),
    "content/approvals.yaml": "approvals: [{worksheet: my-goals, audience: nobody, region: england, version: 1.0, "
    "words: 00000000, name: A, role: b, date: 2026-01-02}]",
    "templates/teens/theme.css": ":root { --accent: #ffdd00 }",
    "templates/_base/leaflet.html": template("_base/leaflet.html", "<h1>{{ leaflet.title }}</h1>", "<h4>x</h4>"),
    "templates/_worksheets/field.html": "{% macro field(box, look) %}{% endmacro %}",
}
"""A library in which every check finds something. For a new check, add what it must find."""


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case(tmp_path_factory.mktemp("wrong"), "", WRONG, choice=Choice(("ipt",)))


def problems_of(check: Check | LibraryCheck, wrong: Case) -> list[Problem]:
    """What one check finds in the library, where it is asked at all."""
    checked = wrong.checked
    if isinstance(check, LibraryCheck):
        assert checked.library is not None
        return list(check(WholeLibrary(checked.library, checked.pages)))
    asked = (subject for subject in checked.subjects if check.is_asked(subject, for_release=True))
    return [problem for subject in asked for problem in check(subject, for_release=True)]


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.find.__name__)
def test_every_check_finds_what_is_wrong(check: Check | LibraryCheck, wrong: Case) -> None:
    found = problems_of(check, wrong)
    assert found, f"Add to WRONG what {check.find.__name__} must find."
    assert {problem.rule for problem in found} <= {check.rule} if isinstance(check, Check) else set(check.rules)


@pytest.mark.slow
def test_a_check_that_finds_nothing_is_noticed(wrong: Case) -> None:
    assert problems_of(Check(Rule.A6, lambda _: ()), wrong) == []


def finders(source: str) -> list[str]:
    """The public functions of a module that take a leaflet, or the library, and yield faults."""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return [
        node.name
        for node in functions
        if node.returns
        and ast.unparse(node.returns) == "Iterator[Fault]"
        and [ast.unparse(a.annotation) for a in node.args.args if a.annotation] in (["Subject"], ["WholeLibrary"])
        and node.name[0] != "_"
    ]


@pytest.mark.slow
def test_every_function_that_yields_faults_is_registered() -> None:
    written = [name for path in sorted(FOLDER.glob("*.py")) for name in finders(path.read_text(encoding="utf-8"))]
    assert sorted(written) == sorted(check.find.__name__ for check in CHECKS)
    assert len(set(written)) == len(written) > 30
    assert finders("def new(subject: Subject) -> Iterator[Fault]:\n    yield x\n") == ["new"]


def test_every_check_says_in_one_line_what_it_finds() -> None:
    lines = [(inspect.getdoc(check.find) or "").partition("\n")[0] for check in CHECKS]
    assert [line for line in lines if not line.endswith(".") or len(line) > 110] == []


def nothing(subject: Subject) -> Iterable[Fault]:
    """Nothing."""
    return [Fault(subject.record(), "It is wrong.", "Mend it.")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "asked"),
    [
        (Check(Rule.A6, nothing), True),
        (Check(Rule.A6, nothing, of=("worksheet",)), False),
        (Check(Rule.A6, nothing, patients_only=True), False),
        (Check(Rule.A6, nothing, only_for_release=True), False),
        (Check(Rule.A6, nothing, waived_by_allow_overdue=True), True),
    ],
)
def test_a_check_is_asked_where_it_says_so(check: Check, *, asked: bool) -> None:
    assert check.is_asked(real("professionals")) == asked


def test_what_is_asked_depends_on_what_the_user_wants() -> None:
    subject = real("adults")
    assert Check(Rule.A6, nothing, patients_only=True).is_asked(subject)
    assert Check(Rule.A6, nothing, only_for_release=True).is_asked(subject, for_release=True)
    assert not Check(Rule.A6, nothing, waived_by_allow_overdue=True).is_asked(subject, allow_overdue=True)
    warns = Check(Rule.A6, nothing, severity="warning", error_for_release=True)
    assert [problem.severity for problem in warns(subject)] == ["warning"]
    assert [problem.severity for problem in warns(subject, for_release=True)] == ["error"]
