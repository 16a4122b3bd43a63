"""The command itself: it starts, says where, stops at once with the house's exit codes, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_case import copy_of_ours
from preview_case import PATIENCE

ROOT = Path(__file__).resolve().parent.parent
DOOR = [sys.executable, str(ROOT / "make_printables.py"), "preview"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_ours(tmp_path_factory.mktemp("preview"))


@contextlib.contextmanager
def started(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with subprocess.Popen(
        [*DOOR, "--port", "0"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            assert said.startswith("The preview is at http://127.0.0.1:"), said
            yield process, int(said.split("/ ")[0].rpartition(":")[2])
        finally:
            process.kill()


def children(pid: int) -> set[int]:
    """All processes below this one."""
    mine: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                child = int(path.parent.name)
                mine |= {child} | children(child)
    return mine


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


@pytest.mark.pdf
@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_a_signal_stops_it_with_an_open_stream(number: signal.Signals, folder: Path) -> None:
    with started(folder) as (process, port), socket.create_connection(("127.0.0.1", port), PATIENCE) as stream:
        stream.sendall(b"GET /events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
        while b"data: " not in stream.recv(4096):
            pass
        time.sleep(0.3)
        below = children(process.pid)
        assert not Path("/proc").is_dir() or below, "the worker is under way"
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
        assert stream.recv(4096).endswith(b"0\r\n\r\n"), "the stream was ended, not cut off"
    assert process.returncode == (130 if number == signal.SIGINT else 143)
    assert "Traceback" not in said and "Warning" not in said
    assert said.strip() == "Stopped. What was published stays as it was."
    end = time.monotonic() + PATIENCE
    while alive(below) and time.monotonic() < end:
        time.sleep(0.05)
    assert alive(below) == set()


@pytest.mark.slow
def test_a_port_in_use_is_a_plain_problem(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run(folder, "--port", str(port))
    assert done.returncode == 1
    mend = "Choose another one with --port, or let --port 0 find a free one."
    assert done.stderr == f"error: preview: The port {port} is in use. {mend}\n"


@pytest.mark.slow
@pytest.mark.parametrize("package", ["starlette", "uvicorn", "watchfiles"])
def test_without_the_extra_it_says_how_to_install_it(package: str, folder: Path) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; sys.argv[1:] = ['preview', '--port', '0']"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; from printables.cli.app import main; main()"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 1
    mend = 'Run "make preview" in the folder of Printables, or there: pip install ".[preview]".'
    assert done.stderr == f'error: preview: The package "{package}" is not installed. {mend}\n'


@pytest.mark.slow
def test_other_commands_do_not_load_the_extra() -> None:
    code = (
        "import click, sys; from printables.cli.app import cli; context = click.Context(cli);"
        "commands = [cli.get_command(context, name) for name in cli.list_commands(context)];"
        "print(len(commands) > 10, {'starlette', 'uvicorn', 'watchfiles'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True set()\n"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["--host", "192.0.2.1"], ["--port", "70000"], ["--port", "-1"]])
def test_no_other_host_and_no_impossible_port(arguments: list[str], folder: Path) -> None:
    assert run(folder, *arguments).returncode == 2


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*DOOR, *arguments], cwd=folder, capture_output=True, text=True, timeout=1800, check=False)
