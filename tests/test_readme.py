"""The commands of the README work as they are printed, by the command `printables` that set-up leaves in .venv."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import front_door
import pytest
from library_case import ROOT, copy_of_ours
from test_docs import typed

from printables.typeset.inspect.inspect import pdf_text

LINES = [words for words in typed((ROOT / "README.md").read_text(encoding="utf-8")) if words[0] == "printables"]
CHEAP = (
    "check",
    "explain ipt teens",
    "proof ipt",
    "completion bash",
    "review due",
    "new guided-self-help --audience adults --audience teens",
    "new guided-self-help --all --print",
    "pack new my-course",
    "review-sheet ipt teens",
    "gallery",
)
"""Those that make no PDF, in this order in one folder: what one writes, none of the others minds."""
ELSEWHERE = {
    "approve": "test_approve.py",
    "build": "test_leaflets.py, test_editions.py, test_clinics.py",
    "certificates": "test_certificates.py",
    "check": "test_cli.py",
    "completion": "test_cli.py",
    "copy": "test_copies.py",
    "init": "test_init.py",
    "pack": "test_packs.py",
    "pictures": "test_clinics.py",
    "proof": "test_cli.py",
    "proofs": "test_contact_sheet.py",
    "quiz": "test_quiz.py",
    "rack": "test_rack.py",
    "release-status": "test_approve.py",
    "review-sheet": "test_review_sheet.py",
    "site": "test_site.py",
    "sources": "test_visit.py",
    "upgrade-report": "test_copies.py",
    "verify": "test_verify.py",
    "where": "test_copies.py",
}
"""Commands that take long, ask, or use the network, and the tests that run them."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout after set-up: our program, a part of the content, and a .venv with the command in it."""
    folder = tmp_path_factory.mktemp("checkout")
    copy_of_ours(folder)
    for name in ("make_printables.py", "printables"):
        (folder / name).symlink_to(ROOT / name)
    bin_folder = folder / ".venv/bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    (bin_folder / "printables").write_bytes((ROOT / "tools/printables.sh").read_bytes())
    for path in bin_folder.iterdir():
        path.chmod(0o755)
    return folder


def said(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """What a shell answers in which the environment is activated."""
    path = f"{folder / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("line", CHEAP)
def test_a_line_of_the_readme_works_as_printed(checkout: Path, line: str) -> None:
    assert line.split() in [words[1:] for words in LINES] or line == "completion bash"
    done = said(checkout, f"printables {line}")
    allowed = (0, 1) if line.startswith("review due") else (0,)
    assert done.returncode in allowed and "Traceback" not in done.stderr, done.stderr


def test_every_other_line_is_run_by_another_test() -> None:
    cheap = [line.split() for line in CHEAP]
    left = {words[1] for words in LINES if words[1:] not in cheap}
    assert left <= ELSEWHERE.keys()
    files = {name for names in ELSEWHERE.values() for name in names.split(", ")}
    assert [name for name in files if not (ROOT / "tests" / name).is_file()] == []


SECTION = "From a clone to a released leaflet"


@pytest.mark.pdf
@pytest.mark.slow
def test_the_lines_from_a_clone_to_a_released_leaflet_work_as_printed(tmp_path: Path) -> None:
    """Each in its turn, after the two lines of set-up; the numbers of words are those of the texts as they are."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"\n## {SECTION}\n")[2].partition("\n## ")[0]
    first, second, *lines = typed(text)
    assert (first, second) == (["make", "leaflets"], [".", ".venv/bin/activate"])
    assert {words[0] for words in lines} == {"printables"}
    assert [words[1] for words in lines] == ["init", "review-sheet", "approve", "build", "release-status"]
    copy_of_ours(tmp_path, "act")
    shutil.copy(ROOT / "content/clinics/riverside.svg", tmp_path / "logo.svg")
    for words in lines:
        done = front_door.run(tmp_path, *words[1:])
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stderr}"
        assert "too light" not in done.stderr, "the colour of the example is printed as it is"
        if words[1] == "review-sheet":
            sheet = (tmp_path / "output/proofs/act-adults-review.html").read_text(encoding="utf-8")
            printed = shlex.split(sheet.partition("<pre>")[2].partition(" --name")[0])
            assert lines[2][: len(printed)] == printed, "a text has changed: copy these numbers into the README"
    rows = [line.split()[1:4] for line in done.stdout.splitlines() if line.startswith(("leaflet", "worksheet"))]
    assert rows == [[name, "adults", "released"] for name in ("act", "what-matters", "passengers")]
    folder = tmp_path / "output/release/clinics/lakeside-clinic"
    assert sorted(path.name for path in folder.rglob("*.pdf")) == [
        f"{name}-adults-en.pdf" for name in ("act", "passengers", "what-matters")
    ]
    words_of = " ".join(" ".join(pdf_text((folder / "leaflets/adults/act-adults-en.pdf").read_bytes())).split())
    assert "Lakeside Clinic" in words_of and "01632 960123" in words_of
    assert "Approved by Full Name, Clinical psychologist, on " in words_of


def test_companion_a_command_that_is_not_there_is_seen(checkout: Path) -> None:
    assert said(checkout, "printables bake").returncode == 2
    assert said(checkout, "printable").returncode == 127


def test_set_up_leaves_the_command_and_says_how_to_reach_it() -> None:
    script = (ROOT / "tools/setup.sh").read_text(encoding="utf-8")
    assert 'cp tools/printables.sh "$venv/bin/printables"' in script and "\ninstall_command\n" in script
    assert "\n. .venv/bin/activate\n" in (ROOT / "README.md").read_text(encoding="utf-8")
