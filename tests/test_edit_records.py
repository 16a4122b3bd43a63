"""The files that the editor writes: only the version that its author saw, whole at any moment, with undo."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from printables.editor.fields import Form, Part
from printables.editor.find import field_of
from printables.editor.records import Records, version_of
from printables.editor.values import Edit, EditRefused
from printables.editor.yaml_edit import read
from printables.library.folders import Folders
from printables.library.models import MODELS

ROOT = Path(__file__).parent.parent
GOALS = ROOT / "content/worksheets/my-goals.yaml"
TITLE = Edit("set", ("titles", "adults", "title"), "My own goals")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A content folder with one worksheet."""
    (tmp_path / "own/worksheets").mkdir(parents=True)
    shutil.copy(GOALS, tmp_path / "own/worksheets")
    return tmp_path / "own"


def refusal(records: Records, kind: str, identity: str, version: str = "", edit: Edit = TITLE) -> tuple[str, str]:
    """What is said, and by which code."""
    with pytest.raises(EditRefused) as refused:
        records.change(kind, identity, version or records.read(kind, identity).version, [edit])
    return refused.value.what, refused.value.code


def test_a_change_can_be_undone_and_made_again(own: Path) -> None:
    records, path = Records(Folders(own)), own / "worksheets/my-goals.yaml"
    before = path.read_bytes()
    first = records.change("worksheet", "my-goals", version_of(before), [TITLE])
    second = records.change("worksheet", "my-goals", first.version, [Edit("remove", ("titles", "teens"))])
    assert path.read_bytes() == second.data != first.data
    assert records.undo("worksheet", "my-goals", second.version).data == first.data
    assert records.steps("worksheet", "my-goals") == (1, 1)
    assert records.undo("worksheet", "my-goals", first.version).data == before == path.read_bytes()
    assert records.redo("worksheet", "my-goals", version_of(before)).data == first.data
    records.change("worksheet", "my-goals", first.version, [Edit("set", ("code",), "MINE")])
    assert records.steps("worksheet", "my-goals") == (2, 0), "a new change ends what could be made again"


def test_nothing_is_written_over_what_somebody_else_wrote(own: Path) -> None:
    records, path = Records(Folders(own)), own / "worksheets/my-goals.yaml"
    seen = records.read("worksheet", "my-goals").version
    changed = records.change("worksheet", "my-goals", seen, [TITLE])
    assert refusal(records, "worksheet", "my-goals", seen) == (
        "The file was changed meanwhile, by another tab or program.",
        "stale",
    )
    theirs = changed.data + b"# theirs\n"
    path.write_bytes(theirs)
    with pytest.raises(EditRefused, match="was changed meanwhile"):
        records.undo("worksheet", "my-goals", version_of(theirs))
    assert path.read_bytes() == theirs
    path.unlink()
    assert refusal(records, "worksheet", "my-goals", seen)[1] == "unknown"


def test_what_cannot_be_written_is_said_and_stays(own: Path) -> None:
    records, path = Records(Folders(own)), own / "worksheets/my-goals.yaml"
    path.chmod(0o444)
    what, code = refusal(records, "worksheet", "my-goals")
    assert what.endswith("my-goals.yaml can only be read.") and code == "readonly"
    assert path.read_bytes() == GOALS.read_bytes()
    path.chmod(0o640)
    records.change("worksheet", "my-goals", version_of(path.read_bytes()), [TITLE])
    assert path.stat().st_mode & 0o777 == 0o640, "who may read it stays as it was"
    path.write_bytes(b"id: 'my-goals\n")
    what, code = refusal(records, "worksheet", "my-goals")
    assert what.endswith("line 1: The quotation mark that opens here is never closed.") and code == "invalid"


NAMES = (
    "../therapies/ipt",
    "/etc/passwd",
    "my-goals/../../x",
    "my-goals\0",
    "MY-GOALS",
    "",
    ".",
    "my-goals.yaml",
    "a" * 300,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_nowhere_else(own: Path, name: str) -> None:
    records = Records(Folders(own))
    for kind in ("worksheet", "therapy", "clinic", "region", "../own", "sources"):
        if kind == "sources" and not name:
            continue  # the list of sources has no name
        with pytest.raises(EditRefused, match="There is no such record"):
            records.read(kind, name)


def test_a_link_out_of_the_folder_is_not_followed(own: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_bytes(GOALS.read_bytes())
    (own / "worksheets/other.yaml").symlink_to(secret)
    with pytest.raises(EditRefused, match="There is no such record"):
        Records(Folders(own)).read("worksheet", "other")


def test_a_record_of_ours_is_copied_before_it_is_changed(own: Path) -> None:
    (own / "worksheets/my-goals.yaml").unlink()
    records = Records(Folders(own, ROOT / "content"))
    before = GOALS.read_bytes()
    file = records.change("worksheet", "my-goals", version_of(before), [TITLE])
    assert GOALS.read_bytes() == before, "ours stays as it was"
    assert (own / "worksheets/my-goals.yaml").read_bytes() == file.data
    assert "worksheets/my-goals.yaml" in (own / "copied.yaml").read_text(encoding="utf-8")
    assert (own / ".copied/worksheets/my-goals.yaml").read_bytes() == before


def test_a_source_is_added_to_the_own_list_only(own: Path) -> None:
    records = Records(Folders(own, ROOT / "content"))
    records.add("sources", {"id": "mine", "title": "A study: of 12"})
    records.add("sources", {"id": "second", "title": "Another"})
    written = (own / "sources.yaml").read_text(encoding="utf-8")
    assert written == 'sources:\n  - id: mine\n    title: "A study: of 12"\n  - id: second\n    title: Another\n'
    with pytest.raises(EditRefused, match='There is an entry with the id "mine" already'):
        records.add("sources", {"id": "mine", "title": "Again"})


CHILD = """
import sys
from pathlib import Path
from typing import Any
from printables.editor.records import Records
from printables.editor.values import Edit
from printables.library.folders import Folders
records = Records(Folders(Path(sys.argv[1])))
file = records.read("worksheet", "my-goals")
print("ready", flush=True)
for number in range(10_000):
    words = f"Goals number {number}. " * 40
    file = records.change("worksheet", "my-goals", file.version, [Edit("set", ("start", "adults"), words)])
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_file(own: Path) -> None:
    path, rng = own / "worksheets/my-goals.yaml", random.Random(7)  # noqa: S311 - the same moments each time
    written = 0
    for _ in range(12):
        command = [sys.executable, "-c", CHILD, str(own)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
            assert child.stdout is not None and child.stdout.readline() == b"ready\n"
            time.sleep(rng.uniform(0.0, 0.15))
            child.send_signal(signal.SIGKILL)
        found: Any = read(path.read_bytes(), "my-goals.yaml").value
        assert isinstance(found, dict) and found["review"], "the end of the file is there"
        words = str(found["start"]["adults"]).strip()
        numbers = {
            sentence.split()[-1].strip(".") for sentence in words.split(". ") if sentence.startswith("Goals number")
        }
        assert len(numbers) <= 1, "one version, not a part of two"
        written += bool(numbers)
    assert written > 6, "most were killed while they wrote"


def form(reader: str) -> list[Part]:
    document = read(GOALS.read_bytes(), "my-goals.yaml")
    readers = ("adults", "teens", "parents", "easy-read", "professionals")
    return Form(reader, readers).of(MODELS["worksheet"], document)


def test_the_fields_of_a_record_are_those_of_its_reader() -> None:
    fields = {".".join(map(str, one.path)): one for part in form("teens") for one in part.fields()}
    assert fields["titles.teens.title"].value == "What I want to change"
    assert "titles.adults.title" not in fields
    assert fields["titles.teens.purpose"].line == 13, "where it stands in the file"
    start = fields["start.teens"]
    assert (start.input, start.required) == ("text", True) and start.help.startswith("What to do with the sheet")
    kind = fields["parts.0.kind"]
    assert kind.input == "choice" and ("lines", "lines") in kind.choices
    assert fields["review.last_review"].input == "date" and fields["parts.0.count"].input == "number"
    parents = {".".join(map(str, one.path)): one for part in form("parents") for one in part.fields()}
    assert not parents["start.parents"].there and parents["start.parents"].value == ""


@pytest.mark.parametrize(
    ("pointed", "path"),
    [
        ("What I want to change", ("titles", "teens", "title")),
        ("This is yours: write as much or as little as you like.", ("start", "teens")),
        ("Keep it private.", ("start", "teens")),
        ("Childline 0800 1111", None),
        ("", None),
        ("…", None),
    ],
)
def test_words_on_the_page_lead_to_their_field(pointed: str, path: tuple[str, ...] | None) -> None:
    found = field_of(pointed, [one for part in form("teens") for one in part.fields()])
    assert (found.path if found else None) == path
