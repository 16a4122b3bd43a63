"""A build reaches nobody: seen by the system itself, since the guard of the hostile cases sees Python's calls only."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from library_case import complaints, copy_of_leaflets

ROOT = Path(__file__).resolve().parent.parent
BUILD = [sys.executable, str(ROOT / "make_printables.py"), "build", "--quiet", "--audience", "teens"]
STRACE = shutil.which("strace")
UNSHARE = shutil.which("unshare")

pytestmark = pytest.mark.pdf


def allowed(command: list[str]) -> bool:
    """Whether the system lets us do this at all."""
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0


ALONE = next((way for way in ("-rn", "-n") if UNSHARE and allowed([UNSHARE, way])), "")
"""How somebody gets a network of his own: anybody may where he is root in it only; in a chroot, the real root may."""


@pytest.mark.long  # who looks for a connection is seen by the other test
@pytest.mark.skipif(not ALONE, reason="this system gives nobody a network of his own")
def test_it_works_where_there_is_no_network_at_all(tmp_path: Path) -> None:
    """Not even 127.0.0.1: in this namespace, the loop is down."""
    folder = copy_of_leaflets(tmp_path)
    alone = [str(UNSHARE), ALONE]
    probe = "import socket; socket.create_connection(('127.0.0.1', 1), 1)"
    done = subprocess.run([*alone, sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr, "the companion: there is none"
    done = subprocess.run([*alone, *BUILD], cwd=folder, capture_output=True, text=True, timeout=1800, check=False)
    assert (done.returncode, complaints(done.stderr)) == (0, [])
    assert (folder / "output/leaflets/teens/ipt-teens-en.pdf").exists()


@pytest.mark.skipif(not (STRACE and allowed([STRACE, "-o", "/dev/null"])), reason="there is no strace here")
def test_the_system_sees_no_connection_and_no_file_written_elsewhere(tmp_path: Path) -> None:
    """What libraries written in C do is seen as well, in every process."""
    folder = copy_of_leaflets(tmp_path / "library")
    temporary, log = tmp_path / "temporary", tmp_path / "log"
    temporary.mkdir()
    watch = [
        str(STRACE),
        "-f",
        "-qq",
        "-o",
        str(log),
        "-e",
        "trace=connect,sendto,openat,open,creat,rename,mkdir,unlink",
    ]
    environment = ["env", f"TMPDIR={temporary}", "PYTHONDONTWRITEBYTECODE=1"]
    done = subprocess.run(
        [*watch, *environment, *BUILD], cwd=folder, capture_output=True, text=True, timeout=1800, check=False
    )
    assert (done.returncode, complaints(done.stderr)) == (0, [])
    seen = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any('"output/' in line or f'"{folder}/output/' in line for line in seen), "the companion: it was watched"
    assert [line for line in seen if re.search(r"AF_INET|AF_INET6|AF_NETLINK", line)] == []
    places = (f"{folder}/output", '"output', str(temporary), "/dev/null", "/dev/shm/")  # noqa: S108 - semaphores
    written = [line for line in seen if re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|mkdir\(|rename\(|unlink\(", line)]
    outside = [line for line in written if not any(place in line for place in places)]
    assert [line for line in outside if "ENOENT" not in line and "/dev/tty" not in line] == []
