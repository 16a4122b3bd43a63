"""Fixtures that several test files share."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import warm
from library_case import LibraryCase, copy_of_ours
from shipped_case import EVERYTHING

from printables.pipeline import one_therapy, run

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("PRINTABLES_JOBS", "1")
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # A shell starts what it puts into the background with Ctrl-C ignored, and every child inherits that: the commands
    # that a test stops with Ctrl-C would run on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    """The tests keep all cores busy: a build in them needs no second process that loads the engine."""


warm.compile_once()


STARTED_ANEW = ("test_worker", "test_usage", "test_cluster")
"""Tests of the processes that print; all others have them forked from one that has loaded the engine."""


@pytest.fixture(scope="module", autouse=True)
def workers_are_forked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where it matters to nobody how a process that prints was started, it starts at once."""
    with contextlib.nullcontext() if request.path.stem in STARTED_ANEW else warm.forked_workers():
        yield


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our content and templates, made once; nobody may change it."""
    return copy_of_ours(tmp_path_factory.mktemp("ours"))


@pytest.fixture
def case(ours: Path, tmp_path: Path) -> LibraryCase:
    """A copy of that copy, which the test may spoil. Its files are links, which `LibraryCase.write` cuts."""
    shutil.copytree(ours, tmp_path, dirs_exist_ok=True, copy_function=os.link)
    return LibraryCase(tmp_path)


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The therapies that this process composes from now on."""
    seen: list[str] = []
    real = one_therapy.compose_and_check

    def noted(library, pages, batch, strictness):  # type: ignore[no-untyped-def]
        seen.append(batch.therapy)
        return real(library, pages, batch, strictness)

    monkeypatch.setattr(run, "compose_and_check", noted)
    return seen


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of pages that were printed in this run, for all its processes; none for `make test-all`."""
    if "PYTEST_XDIST_WORKER" not in os.environ and not EVERYTHING:
        folder = tempfile.TemporaryDirectory(prefix="printables-tests-")
        os.environ[warm.PRINTED] = folder.name
        config.add_cleanup(folder.cleanup)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out, without importing it, a file whose mark is not wanted: imports are half of what test-fast takes."""
    expression = config.option.markexpr
    if not re.fullmatch(r"not \w+( and not \w+)*", expression) or collection_path.suffix != ".py":
        return None  # with "or", a test may be wanted in spite of such a mark
    unwanted = "|".join(re.findall(r"not (\w+)", expression))
    marks = rf"(?m)^pytestmark = \[?pytest\.mark\.({unwanted})\b"
    return True if re.search(marks, collection_path.read_text(encoding="utf-8")) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that make PDFs: the quick ones at the end keep every process busy until all have ended."""
    heavy = {item.path for item in items if item.get_closest_marker("pdf")}
    items.sort(key=lambda item: item.path not in heavy)


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end."""
    warm.collect_less_often()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many examples were tried and what became of them: a test's own words are lost between processes."""
    sums = Counter[str]()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":
                sums.update(
                    {k: n for name, tally in report.user_properties if name == "tried" for k, n in tally.items()}
                )
    if sums:
        terminalreporter.write_line("Tried: " + ", ".join(f"{count:,} {what}" for what, count in sums.items()) + ".")
