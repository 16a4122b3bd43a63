"""The checklist: each line once, a text wherever it is shown, and the only place that knows the ids."""

from __future__ import annotations

import ast
import json
import pickle
import re
from pathlib import Path

import pytest

from printables.authoring.checklist_docs import modules_that_report
from printables.checklist import READERS, Rule
from printables.problems import Problem

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted((ROOT / "printables").rglob("*.py"))
IDS = {rule.value for rule in Rule}


def test_each_line_is_named_by_its_id_and_stands_in_order() -> None:
    assert [rule.value.upper() for rule in Rule] == [rule.name for rule in Rule]
    numbered = {letter: [int(rule[1:]) for rule in Rule if rule[0] == letter] for letter in READERS}
    assert numbered == {letter: list(range(1, len(mine) + 1)) for letter, mine in numbered.items()}
    assert sum(map(len, numbered.values())) == len(Rule) - 1, "all but the reading level"
    assert all(rule.asks.endswith(".") for rule in Rule)


@pytest.mark.parametrize("rule", [Rule.A5, Rule.T10, Rule.READING])
def test_a_rule_is_its_id_wherever_it_is_written(rule: Rule) -> None:
    text = rule.value
    assert f"{rule}" == str(rule) == text
    assert json.dumps({"rule": rule}, indent=2) == json.dumps({"rule": text}, indent=2)
    assert pickle.loads(pickle.dumps(rule)) is rule  # noqa: S301 - our own


def test_a_problem_read_from_a_cache_is_the_same_problem() -> None:
    fresh = Problem("a.yaml", 1, "Bad.", "Mend it.", rule=Rule.READING)
    read = Problem(**json.loads(json.dumps(vars(fresh))))
    assert {fresh, read} == {fresh}


def ids_as_text(source: str) -> list[str]:
    """The ids that a module holds as a text of its own, where it should name `Rule`. A4 and A5 are paper sizes too."""
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and text in IDS - {"A4", "A5", "reading"}]


@pytest.mark.slow
def test_no_other_module_holds_an_id_as_text() -> None:
    own = ROOT / "printables" / "checklist.py"
    assert {path.name: ids_as_text(path.read_text(encoding="utf-8")) for path in CODE if path != own} == {
        path.name: [] for path in CODE if path != own
    }
    assert ids_as_text('Finding("A16", "Lost.", "Mend it.")') == ["A16"]


def ids_in_messages(source: str) -> list[str]:
    """The ids in brackets in a module's texts, apart from docstrings and descriptions of fields, which are for docs."""
    tree = ast.parse(source)
    docs = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr | ast.keyword)]
    for_docs = {id(inner) for node in docs for inner in ast.walk(node) if isinstance(inner, ast.Constant)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in for_docs)
    return [t.value for t in texts if isinstance(t.value, str) and re.search(r"\((standards )?[ABCGQT]\d+", t.value)]


@pytest.mark.slow
def test_no_message_names_a_line_by_its_id() -> None:
    """An administrator does not know our numbers: they stand in --json, for programs."""
    own = ROOT / "printables" / "checklist.py"
    modules = [path for path in CODE if path not in (own, own.parent / "authoring" / "checklist_docs.py")]
    assert {path.name: bad for path in modules if (bad := ids_in_messages(path.read_text(encoding="utf-8")))} == {}
    assert ids_in_messages('what = f"{name} is too long (A17)."\n"""Doc (A2)."""\nField(description="x (A3)")') == [
        " is too long (A17)."
    ]


def test_the_documents_name_the_modules_that_report_a_line() -> None:
    reporting = modules_that_report()
    assert reporting[Rule.A6] == ["checks/wording.py"]
    assert {"typeset/inspect/words.py", "workers/supervisor.py"} <= set(reporting[Rule.A16])
    assert Rule.A10 not in reporting, "a line that no module reports"


def unknown_ids(text: str) -> list[str]:
    """What a comment, a docstring or a template calls a line of the standards, and is none."""
    mentioned = re.findall(r"standards ((?:[A-Z]\d+(?:, | and | to |-)?)+)", text)
    return [name for part in mentioned for name in re.findall(r"[A-Z]\d+", part) if name not in IDS]


def test_comments_and_templates_mention_lines_that_exist() -> None:
    files = [*CODE, *(path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in (".html", ".yaml"))]
    assert {path.as_posix(): bad for path in files if (bad := unknown_ids(path.read_text(encoding="utf-8")))} == {}
    assert unknown_ids("Safety (standards A3, A40). Reading (standards B1-B9, T1)") == ["A40", "B9"]
