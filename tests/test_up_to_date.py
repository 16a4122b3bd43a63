"""A build that repeats the last one: it says the same at once, and is never fooled into saying it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from library_case import copy_of_leaflets

from printables.cache import environment, up_to_date
from printables.cli import fast_path
from printables.files import OutputError
from printables.problems import Problem
from printables.workers import worker

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ("build", "--quiet")
SAID = {"kept": ["a.pdf"]}
LIBRARY = "lib/libpango.so"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with records and a published file, with the result of a good build."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(up_to_date, "SETTLED", -(10**12))  # the files below are newer than any disk's clock ticks
    for path in ("content/therapies/a.yaml", "content/b.yaml", "output/a.pdf", LIBRARY):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("one", encoding="utf-8")
    seen = up_to_date.source_state(COMMAND, [Path("content")], [str(tmp_path / LIBRARY)])
    assert seen is not None
    up_to_date.record_result(tmp_path / "output", seen, ["a.pdf"], SAID)
    return tmp_path


def test_what_was_said_is_said_again_while_nothing_is_touched(built: Path) -> None:
    assert [up_to_date.recorded_result(built / "output", COMMAND) for _ in range(2)] == [SAID, SAID]


def test_a_folder_that_is_not_there_yet_is_watched(built: Path) -> None:
    """Nobody has put anything over our content; as soon as somebody does, it counts."""
    seen = up_to_date.source_state(COMMAND, [Path("mine")], [])
    assert seen is not None and list(seen.sources.values()) == [{}]
    up_to_date.record_result(built / "output", seen, ["a.pdf"], SAID)
    assert up_to_date.recorded_result(built / "output", COMMAND) == SAID
    (built / "mine").mkdir()
    (built / "mine/publisher.yaml").write_text("one", encoding="utf-8")
    assert up_to_date.recorded_result(built / "output", COMMAND) is None
    assert up_to_date.changed_since(seen) == [str(built / "mine/publisher.yaml")]


def rewrite(path: Path) -> None:
    """Other words of the same length, with the time set back: only the time of the last change tells."""
    seen = path.stat()
    time.sleep(0.02)
    path.write_text("two", encoding="utf-8")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def older_day(folder: Path) -> None:
    state = json.loads((folder / "output" / up_to_date.NAME).read_text(encoding="utf-8"))
    state["command"][2] = "2020-01-01"
    (folder / "output" / up_to_date.NAME).write_text(json.dumps(state), encoding="utf-8")


def newer_library(folder: Path) -> None:
    (folder / LIBRARY).rename(folder / "old.so")
    shutil.copy2(folder / "old.so", folder / LIBRARY)


TOUCHED: dict[str, Callable[[Path], object]] = {
    "a record": lambda folder: rewrite(folder / "content/therapies/a.yaml"),
    "a new record": lambda folder: (folder / "content/therapies/c.yaml").write_text("x", encoding="utf-8"),
    "a record gone": lambda folder: (folder / "content/b.yaml").unlink(),
    "all records gone": lambda folder: (folder / "content").rename(folder / "elsewhere"),
    "a record that became a link": lambda folder: (folder / "content/d.yaml").symlink_to(folder / "content/b.yaml"),
    "a leaflet": lambda folder: rewrite(folder / "output/a.pdf"),
    "a leaflet gone": lambda folder: (folder / "output/a.pdf").unlink(),
    "another day": older_day,
    "another library": newer_library,
    "a library gone": lambda folder: (folder / LIBRARY).unlink(),
    "a damaged result": lambda folder: (folder / "output" / up_to_date.NAME).write_text(
        '{"format": 1', encoding="utf-8"
    ),
    "a result of another version": lambda folder: (folder / "output" / up_to_date.NAME).write_text(
        "[]", encoding="utf-8"
    ),
    "no result": lambda folder: (folder / "output" / up_to_date.NAME).unlink(),
}


@pytest.mark.parametrize("what", TOUCHED)
def test_whatever_is_touched_the_next_build_looks_at_everything(built: Path, what: str) -> None:
    TOUCHED[what](built)
    assert up_to_date.recorded_result(built / "output", COMMAND) is None


IN_VAIN = (
    "a leaflet",
    "a leaflet gone",
    "another day",
    "another library",
    "a library gone",
    "a damaged result",
    "a result of another version",
    "no result",
)
"""What is not known to change a page: the engine is loaded only when one must be printed."""


@pytest.mark.parametrize("what", [*TOUCHED, "nothing"])
def test_the_engine_is_loaded_ahead_only_where_a_source_was_touched(
    built: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    loads: list[str] = []
    monkeypatch.setattr(worker, "load_ahead", lambda count: loads.extend([what] * count))
    if what in TOUCHED:
        TOUCHED[what](built)
    fast_path.load_engine_ahead(["build"])
    expected = [] if what in (*IN_VAIN, "nothing") else [what]
    assert loads == expected
    for other in (["check"], ["list"], ["build", "--cluster=tcp://127.0.0.1:1"], ["build", "--output=elsewhere"]):
        fast_path.load_engine_ahead(other)
    assert loads == expected


def test_for_a_website_the_engine_is_loaded_ahead_too(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []
    monkeypatch.setattr(worker, "load_ahead", loads.append)
    rewrite(built / "content/b.yaml")
    fast_path.load_engine_ahead(["site"])
    assert loads == [], "no website was made here"
    (built / "output" / up_to_date.NAME).rename(built / "output" / up_to_date.OF_SITE)
    fast_path.load_engine_ahead(["site"])
    assert loads == [2], "there are several editions to print"


def test_too_few_open_files_are_left_to_the_build_to_say(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[int] = []

    def refuse(count: int) -> None:
        refused.append(count)
        raise OutputError(Problem("command line", 0, "Too few.", "Raise the limit."))

    monkeypatch.setattr(worker, "load_ahead", refuse)
    rewrite(built / "content/b.yaml")
    fast_path.load_engine_ahead(["build"])
    assert refused


def test_another_command_or_folder_looks_at_everything(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert up_to_date.recorded_result(built / "output", ("build",)) is None
    monkeypatch.chdir(built / "content")
    assert up_to_date.recorded_result(built / "output", COMMAND) is None


def test_files_changed_just_now_are_not_trusted(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one tick of the disk's clock a file can change twice and look the same."""
    monkeypatch.setattr(up_to_date, "SETTLED", 2 * 10**9)
    (built / "content/b.yaml").touch()
    seen = up_to_date.source_state(COMMAND, [built / "content"], [])
    assert seen is not None and not seen.settled


def test_a_clock_that_was_set_back_is_not_trusted(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then files are younger than now, and one that changes today could have an older stamp than it had yesterday."""
    monkeypatch.setattr(up_to_date, "SETTLED", 2 * 10**9)
    monkeypatch.setattr(time, "time_ns", lambda: (built / "content/b.yaml").stat().st_ctime_ns - 10**12)
    seen = up_to_date.source_state(COMMAND, [built / "content"], [])
    assert seen is not None and not seen.settled


def test_what_changes_while_a_build_runs_is_named(built: Path) -> None:
    seen = up_to_date.source_state(COMMAND, [built / "content"], [])
    assert fast_path.changes_during_build(seen) == []
    (built / "content/b.yaml").write_text("two", encoding="utf-8")
    (built / "content/new.yaml").touch()
    (built / "content/therapies/a.yaml").unlink()
    what = "This file was changed while the build ran, so that what was made of it may be old. Build again."
    names = ("b.yaml", "new.yaml", "therapies/a.yaml")
    assert [str(problem) for problem in fast_path.changes_during_build(seen)] == [
        f"content/{name}: {what}" for name in names
    ]
    assert {problem.severity for problem in fast_path.changes_during_build(seen)} == {"warning"}


def test_not_more_than_ten_are_named(built: Path) -> None:
    seen = up_to_date.source_state(COMMAND, [built / "content"], [])
    for number in range(14):
        (built / f"content/new-{number:02}.yaml").touch()
    assert str(fast_path.changes_during_build(seen)[-1]).endswith(
        ": 4 more files were changed while the build ran. Build again."
    )
    assert len(fast_path.changes_during_build(seen)) == 11


def test_folders_with_links_are_not_trusted(built: Path) -> None:
    (built / "content/d.yaml").symlink_to(built / "content/b.yaml")
    assert up_to_date.source_state(COMMAND, [built / "content"], []) is None


@pytest.mark.parametrize("name", up_to_date.LEADING)
def test_where_libraries_come_from_belongs_to_the_command(
    built: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(built))
    assert up_to_date.recorded_result(built / "output", COMMAND) is None


def test_a_library_that_cannot_be_watched_is_not_trusted(built: Path) -> None:
    assert up_to_date.source_state(COMMAND, [built / "content"], ["libpango-1.0-0.dll"]) is None


def test_packages_fonts_and_libraries_are_watched() -> None:
    watched = environment.files()
    for part in ("site-packages", "AtkinsonHyperlegible-Bold.ttf", "libpango-1.0", "libharfbuzz-subset", "libfreetype"):
        assert any(part in path for path in watched), part
    assert [path for path in watched if not Path(path).exists()] == []


def test_a_command_means_other_folders_where_one_appears_or_a_link_leads_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").symlink_to(tmp_path / "old")
    before = [fast_path.command_key(["build"]), fast_path.command_key(["build", "--content=there"])]
    assert before == [fast_path.command_key(["build"]), fast_path.command_key(["build", "--content=there"])]
    (tmp_path / "templates/adults").mkdir(parents=True)
    (tmp_path / "templates/adults/audience.yaml").write_text("", encoding="utf-8")
    (tmp_path / "there").unlink()
    (tmp_path / "there").symlink_to(tmp_path / "new")
    after = [fast_path.command_key(["build"]), fast_path.command_key(["build", "--content=there"])]
    assert after[0] != before[0] and after[1][2:4] != before[1][2:4]


# The command itself, in a clinic's folder


def run(folder: Path, *arguments: str, watched: bool = False) -> subprocess.CompletedProcess[str]:
    watch = ("-X", "importtime") if watched else ()
    return subprocess.run(
        [sys.executable, *watch, str(ROOT / "make_printables.py"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.pdf
def test_a_repeated_build_says_the_same_without_loading_anything(tmp_path: Path) -> None:
    copy_of_leaflets(tmp_path)
    command = ("build", "--therapy", "ipt", "--audience", "teens", "--json")
    first = json.loads(run(tmp_path, *command).stdout)
    assert first["rendered"]
    time.sleep(max(0.0, up_to_date.SETTLED / 1e9 - first["seconds"]))
    looked = json.loads(run(tmp_path, *command).stdout)
    again = run(tmp_path, *command, watched=True)
    assert {**json.loads(again.stdout), "seconds": 0} == {**looked, "seconds": 0}
    assert looked["kept"] == first["rendered"]
    loaded = {line.rpartition("|")[2].strip() for line in again.stderr.splitlines()}
    assert "printables.cli.fast_path" in loaded and not loaded & {
        "printables.pipeline.build",
        "jinja2",
        "pydantic",
        "weasyprint",
    }

    record = tmp_path / "content/therapies/ipt.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("titles:", "titels:", 1), encoding="utf-8")
    time.sleep(up_to_date.SETTLED / 1e9)
    for said in ("a change is seen at once", "a build with errors is never repeated"):
        done = run(tmp_path, *command)
        assert done.returncode == 1 and "titels" in done.stdout, said
    assert up_to_date.recorded_result(tmp_path / "output", command) is None
