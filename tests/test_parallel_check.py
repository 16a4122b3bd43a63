"""Much to check: several processes find what one finds, and none of them is needed."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import records
from library_case import ROOT, LibraryCase
from torture import children

from printables.cache.cache import Cache
from printables.pipeline import build, parallel_check
from printables.pipeline.build import CheckedLibrary
from printables.plan import Choice

COPIES = 3
"""36 therapies, more than are left to one process."""
BROKEN, WRONG, IPT = (f"content/therapies/{name}.yaml" for name in ("ipt-2", "erp-3", "ipt"))
CHECK = [sys.executable, str(ROOT / "make_printables.py"), "check", "--audience", "adults"]
"""One reader is enough: what is shared out is therapies."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A large library, in which one record cannot be read, and another one says what it should not."""
    case = LibraryCase(records.library(tmp_path_factory.mktemp("large"), COPIES, worksheets=False))
    case.write(BROKEN, "id: ipt-2\nversion: [\n")
    case.replace(WRONG, "      ERP is a treatment", "      ERP is for those who suffer from fears.")
    return case.root


@pytest.fixture
def few(case: LibraryCase, monkeypatch: pytest.MonkeyPatch) -> LibraryCase:
    """Nine of its therapies, the bad ones among them, where nine are called many: each takes as long as any other."""
    for path in (case.root / "content/therapies").glob("*.yaml"):
        if path.stem.partition("-")[0] not in ("ipt", "erp", "act"):
            path.unlink()
    monkeypatch.setattr(parallel_check, "FEWEST_BATCHES", 6)
    return case


@pytest.fixture
def case(large: Path, tmp_path: Path) -> LibraryCase:
    shutil.copytree(large, tmp_path, dirs_exist_ok=True, copy_function=os.link)
    return LibraryCase(tmp_path)


@contextlib.contextmanager
def started(case: LibraryCase) -> Iterator[subprocess.Popen[str]]:
    """A first check that runs, and does not outlive its test."""
    pipe = subprocess.PIPE
    with subprocess.Popen(CHECK, cwd=case.root, stdout=pipe, stderr=pipe, text=True) as check:
        try:
            yield check
        finally:
            check.kill()


def working(check: subprocess.Popen[str], wait: float = 600) -> set[int]:
    """The processes that do a check's work; waits so many seconds for the first."""
    end = time.monotonic() + wait
    while not (found := {child for child in children(check.pid) if _works(child)}) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _works(child: int) -> bool:
    """Not so the process with which Python looks after the others."""
    with contextlib.suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    return False


def checked(case: LibraryCase, workers: int, cache: Cache) -> CheckedLibrary:
    options = dataclasses.replace(case.options(Choice(audiences=("adults",))), workers=workers)
    return build.check(options, cache, keep=False)


@pytest.mark.slow
def test_several_processes_find_what_one_finds(few: LibraryCase, composed: list[str]) -> None:
    alone, several = Cache(), Cache()
    one = checked(few, 1, alone)
    assert len(composed) > parallel_check.FEWEST_BATCHES
    composed.clear()
    two = checked(few, 2, several)
    assert composed == []
    assert {BROKEN, WRONG} <= {str(Path(problem.path).relative_to(few.root)) for problem in two.problems}
    assert two.problems == one.problems
    assert two.handouts == one.handouts


@pytest.mark.slow
def test_a_small_library_is_left_to_one_process(case: LibraryCase, composed: list[str]) -> None:
    for path in (case.root / "content/therapies").glob("*-[23].yaml"):
        path.unlink()
    checked(case, 2, Cache())
    assert len(composed) == 12


@pytest.mark.slow
def test_what_is_known_is_not_looked_at_again(few: LibraryCase, composed: list[str]) -> None:
    cache = Cache()
    checked(few, 2, cache)
    few.replace(IPT, "version:", 'version: "9.9"')
    checked(few, 2, cache)
    assert set(composed) == {"ipt"}


@pytest.mark.slow
def test_no_room_for_files_leaves_all_to_one_process(
    few: LibraryCase, composed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(few.root / "nowhere"))
    checked(few, 2, Cache())
    assert len(composed) > parallel_check.FEWEST_BATCHES


@pytest.mark.slow
@pytest.mark.long
def test_ended_processes_cost_nothing(case: LibraryCase) -> None:
    whole = subprocess.run(CHECK, cwd=case.root, capture_output=True, text=True, check=False)
    with started(case) as check:
        for _ in range(4):  # each is started again once, and then no more
            for child in working(check, 10):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.3)
        said, errors = check.communicate(timeout=1800)
    assert (said, errors, check.returncode) == (whole.stdout, whole.stderr, whole.returncode)
    assert whole.returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_check_ends_soon_with_all_its_processes(case: LibraryCase, sign: signal.Signals, code: int) -> None:
    with started(case) as check:
        assert working(check)
        check.send_signal(sign)
        # The processes hold the other end of these pipes: this returns only when they have ended, too.
        check.communicate(timeout=1800)
    assert check.returncode == code
