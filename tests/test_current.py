"""Whether a leaflet that somebody holds is the current one, and whether the help lines on published ones still hold."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from front_door import run
from library_case import TODAY, LibraryCase, copy_of_leaflets, record_version

from printables.authoring.review_dates import stale_help
from printables.publish import manifest
from printables.publish.current import current, pages

ROOT = Path(__file__).resolve().parent.parent
TEENS = "leaflets/teens/ipt-teens-en.pdf"
ENGLAND = "content/regions/england.yaml"
WITHOUT_STAMP = f"IPT-TEEN-EN-{record_version()}"

pytestmark = pytest.mark.pdf


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of_leaflets(tmp_path_factory.mktemp("published"))
    assert run(folder, "build", "--therapy", "ipt", "--audience", "teens").returncode == 0
    return folder


def code(published: Path) -> str:
    """The code of the one leaflet, with its stamp."""
    return next(one.code for one in manifest.read(published / "output")[0].entries if one.path == TEENS)


@pytest.mark.parametrize("given", [f"output/{TEENS}", WITHOUT_STAMP, "the code", "the code in small letters"])
def test_what_is_current_is_said_to_be(given: str, published: Path) -> None:
    codes = {"the code": code(published), "the code in small letters": code(published).lower()}
    done = run(published, "verify", "--current", codes.get(given, given))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{code(published)} is current: ") and done.stdout.endswith(f"output/{TEENS}.\n")


def test_an_older_code_names_the_current_one(published: Path) -> None:
    done = run(published, "verify", "--current", "IPT-TEEN-EN-0.9")
    library, _ = LibraryCase(published).load()
    assert library is not None
    reviewed = library.therapies["ipt"].review.last_evidence_review
    what = f"This is not the current edition: that is {code(published)}, reviewed on {reviewed}."
    assert done.returncode == 1 and done.stderr.startswith(f"error: IPT-TEEN-EN-0.9: {what} It is ")
    assert done.stderr.endswith(f"output/{TEENS}. Hand out that one instead.\n")


WRONG = {
    "none of ours": ("XX-1", "Nothing that is published here has this code."),
    "no file": ("gone.pdf", "The file cannot be read: No such file or directory."),
    "no leaflet": ("other.pdf", "This is not a leaflet that was published here, and bears no code."),
    "changed": (
        "changed.pdf",
        "It bears the code {code} of the current edition, and is not the file that was published.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_current_is_said_and_fails(name: str, published: Path, tmp_path: Path) -> None:
    given, what = WRONG[name]
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4 no")
    (tmp_path / "changed.pdf").write_bytes((published / "output" / TEENS).read_bytes() + b"\n")
    place = tmp_path / given if given.endswith(".pdf") else given
    done = run(published, "verify", "--current", str(place))
    what = what.format(code=code(published))
    assert done.returncode == 1 and done.stdout == "1 error, 0 warnings.\n"
    assert done.stderr.startswith(f"error: {place}: {what} ")


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ("IPT-TEEN-EN-1.1-CCCC", "which is not the current edition: that is IPT-TEEN-EN-1.1-CCCC, reviewed on "),
        ("IPT-PRO-EN-1.1-CCCC", "and nothing that is published here has that. It may come from elsewhere, "),
    ],
)
def test_the_code_in_an_older_file_is_named_once(now: str, what: str, published: Path, tmp_path: Path) -> None:
    listed = (published / "output" / manifest.NAME).read_text(encoding="utf-8")
    listed = re.sub(r'"sha256": "\w+"', f'"sha256": "{"0" * 64}"', listed.replace(code(published), now))
    (tmp_path / manifest.NAME).write_text(listed, encoding="utf-8")
    held = published / "output" / TEENS
    _, problem = current(tmp_path, str(held), TODAY)
    assert str(problem).startswith(f"{held}: It bears the code {code(published)}, {what}")


def test_the_latest_is_not_current_once_its_review_is_due(published: Path) -> None:
    library, _ = LibraryCase(published).load()
    assert library is not None
    due = library.therapies["ipt"].review.next_review
    assert current(published / "output", WITHOUT_STAMP, due)[1] is None
    said, problem = current(published / "output", WITHOUT_STAMP, due + timedelta(days=1))
    assert said == "" and problem is not None
    assert problem.what == f"It is the latest edition, and its review was due on {due}."


def test_without_a_manifest_nothing_can_be_said(tmp_path: Path) -> None:
    said, problem = current(tmp_path, WITHOUT_STAMP, TODAY)
    assert said == "" and problem is not None and problem.what == "There is no manifest here that could tell."


def test_help_lines_that_hold_are_not_named(published: Path, case: LibraryCase) -> None:
    library, _ = case.load()
    assert library is not None
    shown = pages(published / "output")
    assert shown and all("help-lines" in page for path, page in shown if "/leaflets/" in path)
    assert list(stale_help(library, shown, date(2026, 11, 24))) == []


def test_a_help_line_with_another_number_is_named(published: Path, case: LibraryCase) -> None:
    case.replace(
        "content/regions/england.yaml", "    how:", "    how: Call 0800 1112.", "help_lines:", "  - id: childline"
    )
    case.replace("content/regions/england.yaml", '    number: "0800 1111"', '    number: "0800 1112"')
    library, _ = case.load()
    assert library is not None
    problems = list(stale_help(library, pages(published / "output"), date(2026, 11, 24)))
    assert [(p.severity, p.rule) for p in problems] == [("error", "A3")]
    what = 'The help line "Childline: Call 0800 1111." on 1 leaflet is not in the library any more.'
    assert problems[0].what == what


def test_a_help_line_that_nobody_looked_at_again_is_named(published: Path, case: LibraryCase) -> None:
    library, _ = case.load()
    assert library is not None
    problems = list(stale_help(library, pages(published / "output"), date(2027, 2, 23)))
    assert [problem.what for problem in problems][-1] == (
        'The help line "Childline, England" was to be looked at again by 2027-02-22.'
    )
    assert problems[-1].line == case.line(
        "content/regions/england.yaml", "    checked_on:", "help_lines:", "  - id: childline"
    )


def test_the_command_compares_them_unless_told_not_to(published: Path, tmp_path: Path) -> None:
    folder = copy_of_leaflets(tmp_path)
    (folder / "output").symlink_to(published / "output")
    region = folder / "content/regions/england.yaml"
    region.write_text(region.read_text(encoding="utf-8").replace("0800 1111", "0800 1112"), encoding="utf-8")
    done = run(folder, "verify")
    assert (
        done.returncode == 1 and "is not in the library any more. Build again, and take old copies away." in done.stderr
    )
    fine = run(folder, "verify", "--files-only")
    assert (fine.returncode, fine.stdout) == (0, "Looked at 3 files in output.\n0 errors, 0 warnings.\n")
