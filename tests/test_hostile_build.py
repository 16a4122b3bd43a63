"""All hostile cases through the real command: as asked, and nothing opened, written, fetched or shown that must not be.

`make hostile` prints the same as a table.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile_build
import pytest
from guarded_case import GUARD, told
from hostile_build import HOSTILE, PAGES, Row

pytestmark = pytest.mark.pdf


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(hostile_build.records, marks=pytest.mark.long),  # test_hostile.py takes each by itself
        pytest.param(hostile_build.drawings, marks=pytest.mark.long),  # and test_logo.py
        hostile_build.leftovers,
        hostile_build.twins,
        pytest.param(hostile_build.pages, marks=pytest.mark.long),  # and test_sandbox.py, test_typeset.py
    ],
    ids=lambda kind: kind.__name__,
)
def test_each_case_ends_as_asked(kind: Callable[[Path], Iterator[Row]], tmp_path: Path) -> None:
    rows = list(kind(tmp_path))
    assert rows
    for row in rows:
        assert row.good, (row.name, row.asked, row.said, told(row.guarded))
        assert row.guarded.refused == (), row.name
        assert row.outside == (), row.name
        assert "Traceback" not in row.guarded.said, row.name


def test_every_template_and_page_is_among_them() -> None:
    files = [path for kind in ("templates", "html") for path in (HOSTILE / kind).iterdir()]
    assert {path.name.partition(".")[0] for path in files} == PAGES.keys()


TRIED = {
    "connect": ("import socket; socket.create_connection(('127.0.0.1', 9))", "socket."),
    "look up": ("import socket; socket.getaddrinfo('example.org', 80)", "socket.getaddrinfo"),
    "read": ("open('/etc/passwd')", "read '/etc/passwd'"),
    "write": ("open('/tmp/outside-of-all', 'w')", "write '/tmp/outside-of-all'"),
    "rename": ("import os; os.rename('/tmp/a', '/tmp/b')", "os.rename"),
    "start": ("import subprocess; subprocess.run(['curl', 'x'])", "subprocess.Popen 'curl'"),
}


@pytest.mark.parametrize("name", TRIED)
def test_companion_the_guard_sees(name: str, tmp_path: Path) -> None:
    """What the cases above did not do would have been seen."""
    code, seen = TRIED[name]
    log = tmp_path / "log"
    environment = {**os.environ, "PYTHONPATH": str(GUARD), "GUARDED_LOG": str(log), "GUARDED_WRITE": str(log)}
    environment["GUARDED_READ"] = os.pathsep.join([sys.prefix, sys.base_prefix, "/usr", "/lib", "/proc"])
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "PermissionError: guarded" in done.stderr
    assert seen in log.read_text(encoding="utf-8")


def test_companion_a_socket_of_this_machine_may_be_used(tmp_path: Path) -> None:
    """The build's own processes talk over sockets that are files; these are no network."""
    assert hasattr(socket, "AF_UNIX")
    code = f"import socket; s = socket.socket(socket.AF_UNIX); s.bind({str(tmp_path / 's')!r})"
    log = tmp_path / "log"
    environment = {**os.environ, "PYTHONPATH": str(GUARD), "GUARDED_LOG": str(log), "GUARDED_WRITE": str(tmp_path)}
    environment["GUARDED_READ"] = os.pathsep.join([sys.prefix, sys.base_prefix, "/usr", "/lib"])
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
