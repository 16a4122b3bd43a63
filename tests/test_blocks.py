"""The registry of blocks: everything that is made stands in it, and what nothing can be said of is said once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from leaflet_case import ROOT
from library_case import LibraryCase, copy_of_ours

from printables.library.library import Library
from printables.library.regions import Region
from printables.library.sections import Sections
from printables.pages.compose.blocks.registry import all_blocks, kind_of

ADULTS = "templates/adults/audience.yaml"
FOLDER = ROOT / "printables/pages/compose/blocks"


@pytest.fixture
def case(tmp_path: Path) -> LibraryCase:
    return LibraryCase(copy_of_ours(tmp_path))


def composing(source: str) -> list[str]:
    """The public functions of a module that take `show` and return a block."""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")
    return [node.name for node in functions if [argument.arg for argument in node.args.args] == ["composer", "show"]]


def test_every_function_that_composes_a_block_is_registered() -> None:
    written = [name for path in sorted(FOLDER.glob("*.py")) for name in composing(path.read_text(encoding="utf-8"))]
    assert sorted(written) == sorted(kind.compose.__name__ for kind in all_blocks().values())
    assert len(written) >= 16
    assert composing("def new(composer: Composer, show: str) -> Block | None:\n    return None\n") == ["new"]


def test_every_block_says_what_it_shows_and_how_to_mend_that_it_has_nothing() -> None:
    for name, kind in all_blocks().items():
        assert name == kind.name and kind.shows
        assert kind.mend.format(audience="a", show="b", populations="c").endswith((".", "record."))
        assert kind.key[0] in (
            *Sections.model_fields,
            "sections",
            "courses",
            "claims",
            "techniques",
            "profile",
            "worksheets",
        ) or (kind.record == "region" and kind.key[0] in Region.model_fields)


def test_what_is_not_registered_is_a_section_of_the_record() -> None:
    kind = kind_of("overview")
    assert "overview" not in all_blocks()
    assert (kind.record, kind.key, kind.last) == ("therapy", ("sections", "overview"), False)
    assert [name for name, one in all_blocks().items() if one.last] == ["glossary", "key", "sources"]


def problems(case: LibraryCase) -> tuple[Library | None, list[str]]:
    checked = case.check("ipt")
    return checked.library, [case.shown(problem) for problem in checked.problems if problem.severity == "error"]


@pytest.mark.slow
def test_a_block_that_is_not_there_stops_everything_with_one_message(case: LibraryCase) -> None:
    line = case.replace(ADULTS, "  - {id: in-short", "  - {id: in-short, blocks: [{show: main_mesage}]}")
    said = f'{ADULTS}:{line}: There is no block "main_mesage". Did you mean "main_message"?'
    assert problems(case) == (None, [said])


@pytest.mark.slow
def test_a_block_of_the_program_that_has_nothing_to_say_may_be_made_optional(case: LibraryCase) -> None:
    """Until now the message asked for words under "sections, glossary", where no record may have any."""
    case.replace(ADULTS, "  - {id: in-short", "{}\n  - {id: words-explained, blocks: [{show: glossary}]}")
    library, said = problems(case)
    assert library is not None
    line = case.line("content/therapies/ipt.yaml", "sections:")
    mend = 'Write "optional: yes" behind it in templates/adults/audience.yaml.'
    assert said == [f'content/therapies/ipt.yaml:{line}: "glossary" has nothing for adults. {mend}']
