"""Processor time decides whether something takes too long; the clock only finds what hangs."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from guarded_case import COMMAND
from library_case import LibraryCase, copy_of_leaflets
from torture import children

from printables import limits
from printables.pages.templates.sandbox import SandboxEnvironment, time_limited
from printables.plan import Choice
from printables.preview import desk
from printables.preview.turn import GivenUp
from printables.site import search
from printables.typeset.page import Page, Printed
from printables.workers import supervisor, usage
from printables.workers.supervisor import ResourceLimits, Supervisor
from printables.workers.usage import Watch, seconds_of, time_of
from printables.workers.worker import Worker, WorkerEnded

ROOT = Path(__file__).resolve().parent.parent
ENOUGH = 2**30
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other ways to stop and to starve")
ps = pytest.mark.skipif(not Path("/bin/ps").exists(), reason="there is no ps here")


def spin(_: object = None) -> Printed:
    """Works for ever."""
    while True:
        pass


def spin_until(clock: float) -> float:
    """Works until so many seconds have passed by the clock, and says how many it has worked for."""
    end = time.monotonic() + clock
    while time.monotonic() < end:
        pass
    return time.process_time()


def sleep(_: object = None) -> Printed:
    time.sleep(3600)
    return Printed(b"", 0)


def stopped(_: object = None) -> Printed:
    """Is stopped by the system in the middle of its work, until somebody lets it go on."""
    os.kill(os.getpid(), signal.SIGSTOP)
    return Printed(b"%PDF", 1)


def starved(core: int) -> float:
    """Works beside somebody else on one core, and comes last."""
    os.sched_setaffinity(0, {core})
    os.nice(19)
    return spin_until(3.0)


@pytest.fixture
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.stop()
    one.close()


def go_on(after: float, pid: int) -> None:
    """Let a process that is stopped go on, when it has been stopped for so many seconds."""
    end = time.monotonic() + 60
    while state(pid) != "T" and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(after)
    os.kill(pid, signal.SIGCONT)


def state(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return ""


@pytest.mark.slow
def test_work_without_end_is_ended_by_the_processor_time_that_it_took(worker: Worker) -> None:
    with pytest.raises(WorkerEnded) as ended:
        worker.run(spin, None, 0.3, ENOUGH)
    assert ended.value.reason == "time"


@pytest.mark.slow
@linux
def test_a_page_that_is_stopped_for_longer_than_its_limit_is_still_printed(worker: Worker) -> None:
    """As when the machine does other things for a long time, or sleeps."""
    worker.run(abs, 1, 60, ENOUGH)
    helper = threading.Thread(target=go_on, args=(1.5, worker._process.pid))
    helper.start()
    began = time.monotonic()
    assert worker.run(stopped, None, 0.5, ENOUGH).pdf == b"%PDF"
    assert time.monotonic() - began > 1.4, "the companion: by the clock it took too long"
    helper.join()


@pytest.mark.slow
@linux
def test_a_page_beside_a_busy_neighbour_is_not_ended(worker: Worker) -> None:
    """Both on one core, the page with the lowest rank: it gets a seventieth of the core."""
    core = min(os.sched_getaffinity(0))
    busy = f"import os; os.sched_setaffinity(0, {{{core}}})\nwhile True: pass"
    with subprocess.Popen([sys.executable, "-c", busy]) as neighbour:
        try:
            worked = worker.run(starved, core, 1.5, ENOUGH)
        finally:
            neighbour.kill()
    assert worked < 1.5, "the companion: it ran for 3 seconds by the clock"


@pytest.mark.slow
def test_a_page_that_waits_for_what_never_comes_is_ended_by_the_clock(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.run(abs, 1, 60, ENOUGH)
    monkeypatch.setattr(limits, "HANGING", 0.5)
    with pytest.raises(WorkerEnded) as ended:
        worker.run(sleep, None, 3600, ENOUGH)
    assert ended.value.reason == "hang"


@pytest.mark.slow
def test_what_is_said_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    mend = "Look for very long words, very large pictures or deeply nested lists in its text, and for costly styles."
    one = Supervisor(spin, ResourceLimits(0.3))
    (finding,) = one.typeset(Page("a", "")).findings
    assert (finding.what, finding.mend) == (
        "Printing this page took more than 0.3 seconds of processor time, twice.", mend,
    )  # fmt: skip
    one.close()
    monkeypatch.setattr(limits, "HANGING", 6.0)
    monkeypatch.setattr(supervisor, "Worker", hung)
    two = Supervisor(sleep, ResourceLimits(3600, tries=1))
    (finding,) = two.typeset(Page("a", "")).findings
    assert (finding.what, finding.mend) == (
        "The program that prints this page did nothing for 0.1 minutes.",
        "Look whether a disk or a folder in the network does not answer, then build again.",
    )
    two.close()


def hung(*_: object, **__: object) -> None:
    """In place of a process: to wait for the clock takes as long as it says."""
    raise WorkerEnded("hang")


@pytest.mark.long
@linux
@pytest.mark.pdf
def test_a_build_whose_processes_are_stopped_for_longer_than_a_page_may_take_is_whole(tmp_path: Path) -> None:
    """By the command itself, with the real engine: its processes stand still for twice the limit."""
    folder, script = copy_of_leaflets(tmp_path / "library"), tmp_path / "command.py"
    arguments = ["build", "--audience", "teens", "--jobs", "2"]
    script.write_text(COMMAND.format(root=str(ROOT), limits={"PRINTING": 4.0}, arguments=arguments), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as build:
        assert build.stdout and build.stdout.readline().startswith("printed "), "the engine is at work"
        halted = [pid for pid in children(build.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        for pid in halted:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(8)
        for pid in halted:
            os.kill(pid, signal.SIGCONT)
        said, errors = build.communicate(timeout=1800)
    assert halted and (build.returncode, errors) == (0, ""), said
    assert (folder / "output/leaflets/teens/ipt-teens-en.pdf").exists()


# Templates, and the checks of the preview, run in threads


@pytest.mark.slow
def test_a_template_that_is_kept_waiting_for_longer_than_its_limit_is_filled_in() -> None:
    with time_limited(0.5):
        made = SandboxEnvironment().from_string("{{ wait(1.5) or 'fine' }}").render(wait=time.sleep)
    assert made == "fine"


@pytest.mark.slow
def test_the_check_of_a_preview_that_is_kept_waiting_is_not_given_up(
    case: LibraryCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor the one behind it, whose turn has not come; one that works without end is."""
    monkeypatch.setattr(desk, "LONGEST", 0.5)
    one = desk.PreviewDesk(case.options(Choice()), Supervisor(spin))

    async def checks() -> None:
        await asyncio.gather(one._in_thread(time.sleep, 1.5), one._in_thread(abs, -3))
        with pytest.raises(GivenUp) as given_up:
            await one._in_thread(_spin_until_stopped)
        problem = given_up.value.problem
        assert problem.what == "The check took more than 0.5 seconds of processor time."
        assert problem.mend == "Look for loops inside loops in the template that was changed last."

    try:
        asyncio.run(checks())
    finally:
        _over.set()
        one.close()


@pytest.mark.slow
def test_the_check_of_a_preview_that_hangs_is_given_up(case: LibraryCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HANGING", 0.6)
    one = desk.PreviewDesk(case.options(Choice()), Supervisor(spin))
    over = threading.Event()
    with pytest.raises(GivenUp) as given_up:
        asyncio.run(one._in_thread(over.wait, 30))
    over.set()
    assert given_up.value.problem.what == "The check did nothing for 0.01 minutes."
    assert given_up.value.problem.mend.startswith("Look whether a disk or a folder in the network does not answer")


_over = threading.Event()


def _spin_until_stopped() -> None:
    while not _over.is_set():
        pass


# The program that makes the index of the search

PYTHON = [sys.executable, "-c"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "limit", "what", "mend"),
    [
        (
            "while True: pass", "INDEXING", "Pagefind took more than 0.01 minutes of processor time.",
            "Please report this.",
        ),
        (
            "import time; time.sleep(3600)", "HANGING", "Pagefind did nothing for 0.01 minutes.",
            "Look whether a disk or a folder in the network does not answer, then run the command again.",
        ),
        ("raise SystemExit('no room')", "", "no room.", "Please report this."),
    ],
)  # fmt: skip
def test_the_index_that_is_not_made_is_named(
    code: str, limit: str, what: str, mend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if limit:
        monkeypatch.setattr(limits, limit, 0.6)
    with pytest.raises(search.SearchMissing) as missing:
        search._run([*PYTHON, code])
    assert str(missing.value.problem) == f"search: The search could not be made: {what} {mend}"


@pytest.mark.slow
def test_an_index_that_takes_longer_by_the_clock_than_it_may_work_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INDEXING", 0.6)
    search._run([*PYTHON, "import time; time.sleep(1.5)"])


# How it is measured


@pytest.mark.slow
def test_the_processor_time_of_a_process() -> None:
    before, own = time_of(os.getpid()), time.process_time()
    assert before is not None
    spin_until(0.5)
    after = time_of(os.getpid())
    assert after is not None and abs((after - before) - (time.process_time() - own)) < 0.2
    with subprocess.Popen([*PYTHON, "pass"]) as gone:
        pass
    assert time_of(gone.pid) is None


@pytest.mark.slow
@linux
@ps
def test_ps_says_the_same_as_the_system() -> None:
    """What macOS and the BSDs are asked; their hundredths are not written here."""
    with subprocess.Popen([*PYTHON, "while True: pass"]) as process:
        time.sleep(2)
        by_ps, by_proc = usage._from_ps(process.pid), usage._from_proc(process.pid)
        process.kill()
    assert by_ps is not None and by_proc is not None and abs(by_ps - by_proc) < 1.5
    assert usage._from_ps(process.pid) is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("   0:01.23\n", 1.23),
        ("  75:10.00\n", 4510.0),
        ("00:00:07\n", 7.0),
        ("01:02:03\n", 3723.0),
        ("2-01:02:03\n", 176523.0),
        ("", None),
        ("TIME\n", None),
    ],
)
def test_what_ps_writes(said: str, seconds: float | None) -> None:
    assert seconds_of(said) == seconds


class Times:
    """A clock, and the processor time of something, as a test sets them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.used = 1000.0, 5.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)
        monkeypatch.setattr(usage, "_PAUSE", 0.0)


def test_a_watch_forgives_the_clock_and_not_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    times = Times(monkeypatch)
    watch = Watch(lambda: times.used, 30.0)
    for times.now, times.used, over in (
        (1000.0, 5.0, None),
        (1599.0, 5.5, None),
        (1601.0, 5.9, "hang"),
    ):
        assert watch.over() == over, times.now
    times.now = 2000.0
    watch = Watch(lambda: times.used, 30.0)
    for times.now, times.used, over in (
        (2000.0, 5.0, None),
        (2599.0, 6.1, None),  # it got a second in ten minutes
        (3198.0, 7.2, None),
        (3799.0, 7.5, "hang"),
        (3799.0, 35.0, None),
        (3799.0, 35.1, "time"),
    ):
        assert watch.over() == over, times.now


def test_where_the_system_does_not_say_a_part_of_the_clock_is_taken_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows: 20 times as long by the clock as it may work."""
    times = Times(monkeypatch)
    watch = Watch(lambda: None, 30.0)
    for times.now, over in ((1000.0, None), (1030.0, None), (1300.0, None), (1599.0, None), (1601.0, "time")):
        assert watch.over() == over, times.now


LIMIT = re.compile(r"(?m)^[A-Z_]+ = [\d.]+\n\"\"\"(?P<said>[^\"]*\bseconds\b[^\"]*)\"\"\"", re.IGNORECASE)


def test_every_limit_says_which_time_it_means() -> None:
    """A limit of seconds is one of processor time, or of the clock, and says so."""
    source = (ROOT / "printables/limits.py").read_text(encoding="utf-8")
    found = [match["said"] for match in LIMIT.finditer(source) if match["said"].startswith("Seconds")]
    assert len(found) >= 5
    assert [said for said in found if not re.match(r"Seconds (of processor time|by the clock)", said)] == []
