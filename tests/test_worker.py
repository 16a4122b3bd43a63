"""Processes that print: where they keep files, how they are started, and that a build ends them at once."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest
from guarded_case import COMMAND
from library_case import complaints, copy_of_few, copy_of_leaflets

from printables.typeset.page import Page, Printed
from printables.workers import supervisor
from printables.workers import worker as processes
from printables.workers.pool import workers
from printables.workers.supervisor import Supervisor
from printables.workers.temporary_folder import PREFIX, temporary_folder
from printables.workers.worker import Worker, WorkerEnded, WorkFailed

ROOT = Path(__file__).resolve().parent.parent
DOOR = [sys.executable, str(ROOT / "make_printables.py")]
ENOUGH = 2**30


def blank(page: Page) -> Printed:
    return Printed(page.html.encode(), 1)


def where(_: str) -> str:
    return tempfile.mkdtemp(prefix="weasyprint-")


def work(count: int) -> None:
    for _ in range(count):
        pass


def whine(words: str) -> None:
    raise LookupError(words)


@pytest.mark.slow
def test_what_the_engine_keeps_lies_in_its_room_and_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_folder() as folder:
        worker = Worker(folder)
        try:
            assert Path(worker.run(where, "", 60, ENOUGH)).parent == folder
        finally:
            worker.close()
    assert not list(tmp_path.glob(f"{PREFIX}*"))


def test_what_a_killed_build_left_is_removed_and_what_a_running_one_has_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"{PREFIX}empty").mkdir()
    for name in ("dead", "alive", "foreign"):
        (tmp_path / f"{PREFIX}{name}/weasyprint-x").mkdir(parents=True)
        if name != "foreign":
            (tmp_path / f"{PREFIX}{name}/lock").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / f"{PREFIX}alive")
    with filelock.FileLock(tmp_path / f"{PREFIX}alive/lock"), temporary_folder() as mine:
        left = {path.name for path in tmp_path.iterdir()} - {mine.name}
    assert left == {f"{PREFIX}{name}" for name in ("alive", "foreign", "link")}


def test_a_removal_that_was_killed_half_way_is_finished_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock goes last: a folder with files and without a lock would be nobody's to remove."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    real, removed = shutil.rmtree, list[str]()

    def killed(path: Path, *, ignore_errors: bool) -> None:
        removed.append(path.name)
        if path.name.startswith(PREFIX):
            raise KeyboardInterrupt
        real(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", killed)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(temporary_folder())
        (folder / "weasyprint-x/deep").mkdir(parents=True)
        (folder / "a.ttf").touch()
        with pytest.raises(KeyboardInterrupt):
            stack.close()
    assert removed == ["weasyprint-x", folder.name]
    assert [path.name for path in folder.iterdir()] == ["lock"]
    monkeypatch.setattr(shutil, "rmtree", real)
    with temporary_folder() as mine:
        assert [path.name for path in tmp_path.iterdir()] == [mine.name]


def test_a_folder_that_somebody_else_removed_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_folder() as folder:
        shutil.rmtree(folder)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_an_error_comes_back_in_words_and_the_process_goes_on() -> None:
    worker = Worker()
    try:
        with pytest.raises(WorkFailed, match="LookupError: oh"):
            worker.run(whine, "oh", 60, ENOUGH)
        assert Path(worker.run(where, "", 60, ENOUGH)).is_dir()
    finally:
        worker.close()


@pytest.mark.slow
@pytest.mark.parametrize(("reason", "seconds"), [("time", 0.3), ("stop", 3600.0)])
def test_a_process_is_ended_in_the_midst_of_its_work(reason: str, seconds: float) -> None:
    worker = Worker()
    try:
        worker.run(work, 0, 60, ENOUGH)
        if reason == "stop":
            worker.stop()
        with pytest.raises(WorkerEnded) as ended:
            worker.run(work, 10**15, seconds, ENOUGH)
        assert ended.value.reason == reason
    finally:
        worker.close()


@pytest.mark.pdf
def test_a_folder_for_temporary_files_with_a_very_long_path(tmp_path: Path) -> None:
    """A socket's name has 108 letters at most; processes are then started in another way."""
    folder = copy_of_leaflets(tmp_path / "library")
    long = tmp_path / ("a-long-name-" * 12)
    long.mkdir()
    done = subprocess.run(
        [*DOOR, "build", "--quiet", "--therapy", "ipt", "--audience", "teens"],
        cwd=folder, env={**os.environ, "TMPDIR": str(long)}, capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    assert (done.returncode, complaints(done.stderr)) == (0, [])
    assert list(long.iterdir()) == []


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)]
)
def test_a_build_that_is_stopped_does_not_wait_for_a_page_that_never_ends(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    """The page itself may work for hours here, so that this test would never end."""
    folder = copy_of_few(tmp_path, "my-goals")
    bomb = "<style>:root { --a0: x x x x x x x x x x;"
    bomb += (
        "".join(f"--a{n}: {f'var(--a{n - 1}) ' * 10};" for n in range(1, 10)) + "} p { font-family: var(--a9) }</style>"
    )
    template = '{% extends "default/teens/leaflet.html" %}{% block pointer %}{{ super() }}' + bomb + "{% endblock %}"
    (folder / "templates/teens/leaflet.html").write_text(template, encoding="utf-8")
    script = tmp_path / "command.py"
    script.write_text(
        COMMAND.format(
            root=str(ROOT), limits={"PRINTING": 10.0**6}, arguments=["build", "--audience", "teens", "--jobs", "2"]
        )
    )
    with subprocess.Popen(
        [sys.executable, str(script)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as build:
        assert build.stdout is not None
        assert build.stdout.readline().startswith("printed worksheets/"), "all but the leaflet, which hangs"
        build.send_signal(number)
        said = build.communicate(timeout=1800)[1]
    assert build.returncode == code and said.strip() == "Stopped. What was published stays as it was."


@pytest.fixture
def ahead() -> Iterator[list[processes.Started]]:
    """The processes that were started before they are needed; there are none before this test and after it."""
    processes.end_ahead()
    yield processes._ahead
    processes.end_ahead()


def loaded(_: str) -> bool:
    return "weasyprint" in sys.modules


@pytest.mark.slow
def test_a_process_that_was_started_ahead_is_taken_first_and_has_the_engine(ahead: list[processes.Started]) -> None:
    processes.load_ahead(2)
    processes.load_ahead(2)
    assert len(ahead) == 2, "and no more than were asked for"
    pids = {process.pid for _, process in ahead}
    first, second, third = Worker(), Worker(), Worker()
    try:
        mine = {one.run(pid, "", 60, ENOUGH) for one in (first, second)}
        assert (mine, ahead) == (pids, [])
        assert third.run(pid, "", 60, ENOUGH) not in pids
        assert first.run(loaded, "", 60, ENOUGH) and not third.run(loaded, "", 60, ENOUGH)
    finally:
        for one in (first, second, third):
            one.close()


@pytest.mark.slow
def test_a_process_that_was_started_ahead_and_died_costs_nothing(ahead: list[processes.Started]) -> None:
    processes.load_ahead(1)
    ahead[0][1].kill()
    ahead[0][1].join()
    printer = Supervisor(typeset=blank)
    try:
        assert printer.typeset(Page("a", "")).pdf == b"a"
    finally:
        printer.close()


def test_processes_that_nobody_needed_end_with_the_printing(ahead: list[processes.Started]) -> None:
    processes.load_ahead(64)
    unused = {process.pid for _, process in ahead}
    assert len(unused) == 4, "a machine with many cores may have little to print"
    with workers(1):
        pass
    assert not ahead and not [number for number in unused if number and Path(f"/proc/{number}").exists()]


@pytest.mark.slow
def test_a_process_hears_of_no_interrupt_from_its_first_moment() -> None:
    """Ctrl-C reaches the whole group; Python itself would say it with a traceback while it starts."""
    one = Worker()
    try:
        assert signal.SIGINT in one.run(blocked, "", 60, ENOUGH)
    finally:
        one.close()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def blocked(_: str) -> set[int]:
    return set(signal.pthread_sigmask(signal.SIG_BLOCK, []))


def pid(_: str) -> int:
    return os.getpid()


def test_a_process_that_cannot_start_is_tried_again_and_then_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise WorkerEnded("crash")

    monkeypatch.setattr(supervisor, "Worker", refused)
    (finding,) = Supervisor(typeset=blank).typeset(Page("a", "")).findings
    assert finding.what == "The program that prints this page crashed, twice."


WITHOUT_PANGO = """
import sys
class Lost:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint.text.ffi":
            raise OSError("cannot load library 'libpango'")
sys.meta_path.insert(0, Lost())
"""


@pytest.mark.pdf
def test_a_library_of_the_engine_that_is_missing_is_named_without_a_traceback(tmp_path: Path) -> None:
    copy_of_leaflets(tmp_path)
    (tmp_path / "lost").mkdir()
    (tmp_path / "lost/sitecustomize.py").write_text(WITHOUT_PANGO, encoding="utf-8")
    done = subprocess.run(
        [*DOOR, "build", "--audience", "teens"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "lost")},
        capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert "This page could not be printed (OSError: cannot load library 'libpango')" in done.stderr
