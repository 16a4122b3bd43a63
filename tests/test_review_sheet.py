"""`printables review-sheet`: every item of three instruments, what a program saw of it, and a place to sign."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result
from leaflet_case import AUDIENCES, real
from library_case import LibraryCase

from printables.cli.app import cli
from printables.reports.review_questions import CDC, DISCERN, PEMAT, TOOLS
from printables.reports.review_sheet import MEASURES

NUMBERS = {
    "DISCERN": list(range(1, 17)),
    "PEMAT-P": [*range(1, 13), *range(15, 27)],  # 13 and 14 are about sound and film
    "CDC Clear Communication Index": list(range(1, 21)),
}


def review(case: LibraryCase, *given: str) -> Result:
    folders = [f"--{name}={case.root / name}" for name in ("content", "templates", "output")]
    return CliRunner().invoke(cli, ["review-sheet", *given, *folders])


def page(case: LibraryCase, audience: str) -> str:
    return case.text(f"output/proofs/ipt-{audience}-review.html")


def test_the_numbers_are_those_of_the_instruments() -> None:
    assert {tool.name: [item.number for item in tool.items] for tool in TOOLS} == NUMBERS
    assert [len(tool.items) for tool in (DISCERN, PEMAT, CDC)] == [16, 24, 20]


@pytest.mark.slow
def test_what_is_looked_for_exists() -> None:
    shown = {b.show for name in AUDIENCES for s in real(name).leaflet.audience.sections for b in s.blocks}
    wanted = {name for tool in TOOLS for item in tool.items for name in item.seen}
    assert wanted - shown - MEASURES.keys() == set()


@pytest.mark.slow
def test_one_sheet_for_each_leaflet(case: LibraryCase) -> None:
    done = review(case, "ipt")
    assert done.exit_code == 0, done.output
    for name in AUDIENCES:
        text = page(case, name)
        assert text.count('<th scope="row">') == 60
        assert text.count('<span><i class="box"') == 16 * 5 + 24 * 3 + 20 * 3
        assert real(name).leaflet.code in text and f"Words: {real(name).leaflet.content[:8]}." in text
        assert re.findall(r'class="line">(\w+):', text) == ["Name", "Role", "Date", "Signature"]
        assert f"printables approve ipt {name} --words {real(name).leaflet.content[:8]} --" in text


@pytest.mark.slow
def test_worksheets_and_unchecked_facts_are_signed_with_the_leaflet(case: LibraryCase) -> None:
    assert review(case, "ipt").exit_code == 0
    to_sign = {name: re.findall(r'<li><i class="box"></i> (.*?)[,:]', page(case, name)) for name in AUDIENCES}
    assert len(to_sign["adults"]) == 5 and "My goals" in to_sign["adults"]
    facts = {name: [one for one in found if "/" in one] for name, found in to_sign.items()}
    assert facts == {
        "adults": [],
        "teens": ["phases/young-people"],
        "parents": ["phases/young-people", "help-lines/youngminds-parents"],
        "professionals": ["phases/young-people"],
        "easy-read": [],
    }
    line = case.line("content/therapies/ipt.yaml", "    phases_status: unchecked")
    assert re.search(rf"are unchecked\. \(\S*content/therapies/ipt\.yaml:{line}\)", page(case, "teens"))
    command = page(case, "parents").partition("<pre>")[2].partition("</pre>")[0]
    assert "--fact phases/young-people --fact help-lines/youngminds-parents --name" in command


@pytest.mark.slow
def test_what_was_seen_has_heading_and_line(case: LibraryCase) -> None:
    assert review(case, "ipt", "adults").exit_code == 0
    assert not case.path("output/proofs/ipt-teens-review.html").exists()
    line = case.line("content/therapies/ipt.yaml", "    adults:", "  downsides:")
    row = next(row for row in page(case, "adults").split("<tr>") if "11. What may go wrong" in row)
    assert f"content/therapies/ipt.yaml:{line + 1})" in row
    assert "SMOG" in page(case, "adults") and "not found" not in row
    blank = next(row for row in page(case, "adults").split("<tr>") if "6. Balanced" in row)
    assert "<td></td>" in blank


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("ip",), 'There is no therapy "ip". Did you mean "ipt"?'),
        (("ipt", "teen"), 'There is no audience "teen". Did you mean "teens"?'),
    ],
)
def test_unknown_names(case: LibraryCase, given: tuple[str, ...], message: str) -> None:
    done = review(case, *given)
    assert (done.exit_code, done.stderr.strip()) == (1, f"error: command line: {message}")
