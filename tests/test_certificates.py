"""Certificates and badges: every name on paper, in letters that fit, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import outloud
import page as page_validation
import pdfua
import pypdfium2 as pdfium
import pytest
from front_door import run
from library_case import ROOT

from printables.packs.certificates import people
from printables.packs.names import read_names

CONTENT = ("--content", str(ROOT / "content"))
ODD = ("Jo", "Maximiliane-Theodora von und zu Beispielhausen-Musterstadt", "O’Neill, Siân", "Łukasz Żółć", "W" * 80)
NAMES = [*ODD, *(f"Person Number {number}" for number in range(1, 26))]


def names_of(text: str, encoding: str = "utf-8") -> tuple[list[str], list[str]]:
    names, problems = read_names(text.encode(encoding), "n.csv")
    return names, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Alex Example\nJo\n",
        "\ufeffName\r\nAlex Example\r\n\r\n  Jo  \r\n",
        "Team;Name\nA;Alex Example\nB;Jo\n",
        "Name\tTeam\nAlex Example\tA\nJo\tB\n",
        'full name,town\n"Alex Example",X\nJo\n,\n',
        "Alex   Example\nJo",
    ],
)
def test_names_are_read_from_every_usual_file(text: str) -> None:
    assert names_of(text) == (["Alex Example", "Jo"], [])


def test_a_name_that_stands_twice_is_printed_twice() -> None:
    assert names_of("Jo\nJo\n")[0] == ["Jo", "Jo"]


SAVE = "Save it as CSV in UTF-8, with a name on each line."
WRONG = {
    "": [f"n.csv: There is no name in the file. {SAVE}"],
    "Name\n\n": [f"n.csv: There is no name in the file. {SAVE}"],
    "Jo\n" + "x" * 81: ["n.csv:2: This name has 81 characters, and 80 are the most. Shorten it."],
    "J\x07o\nx\n": ["n.csv:1: This name holds characters that cannot be printed. Type it anew."],
    "Jo\n" * 501: ["n.csv: There are 501 names, and 500 are the most. Split the file in two."],
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_said_with_its_line(text: str) -> None:
    assert names_of(text)[1] == WRONG[text]


def test_another_encoding_is_refused_with_the_line() -> None:
    assert names_of("Jo\nSiân\n", "latin-1") == ([], [f"n.csv:2: The file is not UTF-8. {SAVE}"])


def test_long_names_are_smaller_and_arabic_ones_run_left() -> None:
    found = people(["Jo", "x" * 30, "x" * 60, "محمد", "1 محمد"])
    assert [one.size for one in found] == ["large", "middle", "small", "large", "large"]
    assert [one.direction for one in found] == ["ltr", "ltr", "ltr", "rtl", "rtl"]


def pages_of(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as document:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]


def complaints(path: Path) -> list[str]:
    """What three PDF/UA checkers find."""
    heard = [one.rule for one in outloud.check(str(path)).findings if one.severity == "error"]
    report = page_validation.validate_pdf_bytes(path.read_bytes(), profile="ua1")
    found = [str(one) for one in pdfua.validate(str(path)).findings if one.severity == pdfua.Severity.ERROR]
    return [*heard, *([] if report.is_compliant else ["page-validation"]), *found]


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("clinic", [(), pytest.param(("--clinic", "riverside"), marks=pytest.mark.long)])
def test_thirty_names_are_printed_and_kept_nowhere(clinic: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("Name,Town\n" + "".join(f'"{name}",X\n' for name in NAMES), encoding="utf-8")
    given = ("certificates", "introduction-to-ipt", "--names", "names.csv", *CONTENT, *clinic)
    done = run(
        tmp_path, *given, "--to", "c.pdf", "--date", "3 March 2027", "--place", "Anytown", "--led-by", "A. Example"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Wrote c.pdf: 30 certificates on 30 pages. The names stand nowhere else.\n"
    pages = pages_of(tmp_path / "c.pdf")
    for name, text in zip(NAMES, pages, strict=True):
        bare = re.sub(r"\s+", "", name)
        assert bare in text and "Anintroductiontointerpersonalpsychotherapy" in text and "3March2027" in text, name
    assert complaints(tmp_path / "c.pdf") == []
    done = run(tmp_path, *given, "--to", "b.pdf", "--badges")
    assert done.stdout == "Wrote b.pdf: 30 badges on 3 pages. The names stand nowhere else.\n", done.stderr
    sheets = pages_of(tmp_path / "b.pdf")
    assert all(re.sub(r"\s+", "", name) in sheets[at // 10] for at, name in enumerate(NAMES))
    assert complaints(tmp_path / "b.pdf") == []
    written = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert written.keys() == {"names.csv", "c.pdf", "b.pdf"}, "no cache and no manifest"


@pytest.mark.slow
def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("x" * 81, encoding="utf-8")
    given = (
        "certificates",
        "introduction-to-ip",
        "--names",
        "names.csv",
        "--to",
        "c.pdf",
        "--clinic",
        "rivers",
        *CONTENT,
    )
    done = run(tmp_path, *given)
    assert done.returncode == 1 and not (tmp_path / "c.pdf").exists()
    assert done.stderr.splitlines() == [
        "error: names.csv:1: This name has 81 characters, and 80 are the most. Shorten it.",
        'error: command line: There is no course pack "introduction-to-ip". Did you mean "introduction-to-ipt"?',
        'error: command line: There is no clinic "rivers". Did you mean "riverside"?',
    ]
    done = run(tmp_path, *given[:3], "gone.csv", *given[4:])
    assert done.stderr == f"error: gone.csv: The file cannot be read: No such file or directory. {SAVE}\n"
