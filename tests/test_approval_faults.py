"""A fault in approvals.yaml: it is named once, withdraws nothing that was released, and voids no other approval."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from library_case import LibraryCase, complaints, copy_of_leaflets, record_version
from test_approve import FILE, NAME, ROLE, TEEN_WORD, VERSION, now, run, said

RELEASED = ("leaflets/adults/ipt-adults-en.pdf", "leaflets/teens/ipt-teens-en.pdf")
READERS = ("--audience", "adults", "--audience", "teens")
ADULTS_LINE = 12
"""Where the adults' entry of the file begins, behind that of the teenagers."""
FAULTS = {
    "a misspelt audience": (
        "audience: adults",
        "audience: adult",
        f'{ADULTS_LINE + 1}: There is no audience "adult". Did you mean "adults"?',
    ),
    "a misspelt therapy": (
        "therapy: ipt\n    audience: adults",
        "therapy: itp\n    audience: adults",
        f'{ADULTS_LINE}: There is no therapy "itp". Did you mean "ipt"?',
    ),
    "a misspelt key": (
        'name: "Second"',
        'nmae: "Second"',
        f'{ADULTS_LINE + 5}: approvals.2.nmae: This key is unknown. Did you mean "name"?',
    ),
    "no date": (
        'date: "2026-11-29"',
        'date: "29.11.2026"',
        (
            f'{ADULTS_LINE + 7}: approvals.2.date: "29.11.2026" is not a date. '
            "Write year, month and day, such as 2026-11-23."
        ),
    ),
    "an entry of words": (
        "  - therapy: ipt\n    audience: adults",
        "  - words\n  - therapy: ipt\n    audience: adults",
        f"{ADULTS_LINE}: approvals.2: This must hold keys and values. Indent its keys below it.",
    ),
}
"""Faults of the second entry, which voids nothing but itself."""
VALID = ("an entry of words",)
"""Those in which the adults are approved all the same."""
WHOLE = {
    "an open quotation mark": (
        'name: "First"',
        'name: "First',
        (
            "8: The quotation mark that opens here is closed on line 9, in the middle of a text. "
            'Put another at the end of the text; inside of it, write \\".'
        ),
    ),
    "another key for the list": (
        "approvals:",
        "aprovals:",
        '2: aprovals: This key is unknown. Did you mean "approvals"?',
    ),
}
"""Faults in which nothing of the file can be read."""


def entry(case: LibraryCase, audience: str, name: str, day: str) -> str:
    return (
        f'  - therapy: ipt\n    audience: {audience}\n    region: england\n    version: "{VERSION}"\n'
        f'    words: "{now(case, "ipt", audience)}"\n    name: "{name}"\n    role: "{ROLE}"\n'
        f'    date: "{day}"\n    facts: ["phases/young-people"]\n'
    )


def approved(case: LibraryCase) -> None:
    first, second = entry(case, "teens", "First", "2026-11-28"), entry(case, "adults", "Second", "2026-11-29")
    case.write(FILE, f"# ours\napprovals:\n{first}{second}")


def release(case: LibraryCase) -> Result:
    return run(case, "build", "--release", "--jobs", "1", *READERS, "--output", str(case.root / "output"))


def spoil(case: LibraryCase, old: str, new: str) -> None:
    text = case.text(FILE)
    assert old in text
    case.write(FILE, text.replace(old, new))


def pdfs(case: LibraryCase) -> dict[str, bytes]:
    folder = case.root / "output/release"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.pdf")}


LIKE_OTHERS = [name for name in FAULTS if name not in ("a misspelt audience", *VALID)]
"""Faults of which a program makes the same as of others; what is said of each is looked at in all of them."""
EACH_KIND = [pytest.param(name, marks=pytest.mark.long if name in LIKE_OTHERS else ()) for name in (*FAULTS, *WHOLE)]


@pytest.fixture
def leaflets(tmp_path: Path) -> LibraryCase:
    return LibraryCase(copy_of_leaflets(tmp_path))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two released leaflets of one therapy without worksheets."""
    case = LibraryCase(copy_of_leaflets(tmp_path_factory.mktemp("released")))
    approved(case)
    done = release(case)
    assert (done.exit_code, complaints(done.stderr), tuple(sorted(pdfs(case)))) == (0, [], RELEASED)
    return case.root


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("name", EACH_KIND)
def test_nothing_that_was_released_is_lost(name: str, released: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    case = LibraryCase(tmp_path)
    old, new, message = {**FAULTS, **WHOLE}[name]
    before = pdfs(case)
    spoil(case, old, new)
    done = release(case)
    kept = RELEASED if name in WHOLE else RELEASED[:1] * (name not in VALID)
    stays = [f"Not printed: {path} (the last good one stays; see above)." for path in kept]
    assert (done.exit_code, complaints(said(case, done))) == (1, [f"error: {FILE}:{message}", *stays])
    assert pdfs(case) == before


@pytest.mark.pdf
@pytest.mark.slow
def test_what_is_taken_out_is_withdrawn(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    case = LibraryCase(tmp_path)
    case.write(FILE, f"# ours\napprovals:\n{entry(case, 'teens', 'First', '2026-11-29')}")
    done = release(case)
    assert (done.exit_code, tuple(pdfs(case))) == (1, RELEASED[1:])
    assert f"Nobody has approved version {record_version()} for adults." in done.stderr


@pytest.mark.pdf
@pytest.mark.slow
def test_so_is_all_where_the_last_approval_is_taken_out(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    case = LibraryCase(tmp_path)
    case.write(FILE, "# ours\napprovals:\n")
    assert (release(case).exit_code, pdfs(case)) == (1, {})


def status(case: LibraryCase, *more: str) -> Result:
    return run(case, "release-status", *READERS, "--output", str(case.root / "output"), *more)


@pytest.mark.parametrize("name", [*FAULTS, *WHOLE])
def test_release_status_names_the_fault_first_and_once(name: str, leaflets: LibraryCase) -> None:
    approved(leaflets)
    old, new, message = {**FAULTS, **WHOLE}[name]
    spoil(leaflets, old, new)
    done = status(leaflets)
    assert (done.exit_code, said(leaflets, done)) == (1, f"error: {FILE}:{message}")
    assert "Nobody" not in done.stdout and "unchecked" not in done.stdout and "approvals.yaml" not in done.stdout
    able = 0 if name in WHOLE else 1 + (name in VALID)
    assert done.stdout.splitlines()[-1] == f"{able} of 2 can be released: printables build --release."
    found = json.loads(status(leaflets, "--json").stdout)
    assert [(one["who"], one["severity"]) for one in found["problems"]] == [("clinic", "error")]
    assert {p["who"] for one in found["leaflets"] for p in one["missing"]} <= {"clinic"}


def test_where_there_is_no_fault_release_status_is_content(leaflets: LibraryCase) -> None:
    approved(leaflets)
    assert status(leaflets).exit_code == 0


def test_what_nobody_has_approved_is_said_where_the_fault_is_of_another_record(case: LibraryCase) -> None:
    given = "audience: teens, region: england, version: 1.0, words: 00000000, name: A, role: B"
    case.write(FILE, f"approvals:\n  - {{worksheet: my-goals, {given}}}\n")
    found = json.loads(status(case, "--json").stdout)["leaflets"]
    missing = {(one["id"], one["audience"]): [p["what"] for p in one["missing"]] for one in found}
    assert f"Nobody has approved version {record_version()} for adults." in missing["ipt", "adults"]
    assert missing["my-goals", "adults"] == ["approvals.1.date: This is required and missing."]


@pytest.mark.parametrize("name", ["a misspelt key", *WHOLE])
def test_nothing_is_written_into_a_file_that_cannot_be_read(name: str, leaflets: LibraryCase) -> None:
    approved(leaflets)
    old, new, message = {**FAULTS, **WHOLE}[name]
    spoil(leaflets, old, new)
    before = leaflets.text(FILE)
    words = now(leaflets, "ipt", "parents")
    for command in (("ipt", "parents", "--words", words, "--name", NAME, "--role", ROLE), ()):
        done = run(leaflets, "approve", *command)
        assert (done.exit_code, done.stdout, said(leaflets, done)) == (1, "", f"error: {FILE}:{message}")
    assert leaflets.text(FILE) == before


def test_an_approval_of_nothing_is_named_in_the_list_of_what_remains(leaflets: LibraryCase) -> None:
    approved(leaflets)
    old, new, message = FAULTS["a misspelt audience"]
    spoil(leaflets, old, new)
    done = run(leaflets, "approve")
    assert (done.exit_code, said(leaflets, done)) == (0, f"warning: {FILE}:{message}")


def test_the_line_of_a_file_that_no_program_can_change(leaflets: LibraryCase) -> None:
    leaflets.write(
        FILE,
        "# ours\napprovals: [{therapy: ipt, audience: adults, region: england, version: 1.0, words: 00000000,"
        " name: A, role: B, date: 2026-11-29}]\n",
    )
    done = run(
        leaflets, "approve", "ipt", "teens", "--words", now(leaflets, "ipt", "teens"), "--name", NAME, "--role", ROLE
    )
    what = "The approval cannot be put into this file by a program."
    mend = 'Write "approvals:" on a line of its own, with each entry indented below, and try again.'
    assert (done.exit_code, said(leaflets, done)) == (1, f"error: {FILE}:2: {what} {mend}")


def test_a_link_that_leads_nowhere_withdraws_nothing(leaflets: LibraryCase) -> None:
    leaflets.path(FILE).symlink_to("gone.yaml")
    done = status(leaflets)
    what = "The file is a link that leads nowhere. Copy the file here."
    assert (done.exit_code, said(leaflets, done)) == (1, f"error: {FILE}: {what}")
    assert "Nobody" not in done.stdout


def test_a_void_approval_is_said_beside_the_fault_of_another(leaflets: LibraryCase) -> None:
    approved(leaflets)
    leaflets.replace("content/therapies/ipt.yaml", *TEEN_WORD)
    spoil(leaflets, "audience: adults", "audience: adult")
    done = status(leaflets)
    what = "First approved this for teenagers on 2026-11-28, and the words have changed since."
    mend = "Print the review sheet, whose last line is the command to approve it: printables review-sheet ipt teens."
    assert leaflets.shown(done.stdout).count(f"  {FILE}:3: {what} {mend}\n") == 1


def test_an_approval_for_a_reader_without_a_leaflet(case: LibraryCase) -> None:
    given = "audience: parents, region: england, version: 1.0, words: 00000000, name: A, role: B, date: 2026-11-29"
    case.write(FILE, f"approvals:\n  - {{worksheet: my-goals, {given}}}\n")
    what = 'There is no leaflet or worksheet "my-goals" for "parents". Write one of: adults, teens.'
    assert case.problems() == [f"{FILE}:2: {what}"]
