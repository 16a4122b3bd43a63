"""The command line for tests: each command in a process of its own, forked from one that has loaded the program.

To load it takes as long as most commands take to work, and the tests run hundreds. What differs from a process that is
started anew: the program's modules are loaded already, our records and templates have been read once (`warm.py`), and
the processes that print are forked from one that has loaded the engine, and take a page that was printed before from
where it lies. Tests of the start itself (`test_cli.py`,
`test_setup.py`, `test_worker.py`) start it anew, and so does every command here with variables of its own, such as a
time zone, and every one where there is no fork.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
DOOR = [sys.executable, str(ROOT / "make_printables.py")]
LONGEST = 1800
"""Seconds by the clock, for what hangs."""
SERVER = """
import atexit, json, os, sys, threading, traceback

answers = os.fdopen(os.dup(1), "w")
sys.path[:0] = [{root!r}, {tests!r}]
import warm
import printables.publish.publisher
from printables.cli import app, main
for name in app.cli.list_commands(None):
    app.cli.get_command(None, name)
warm.read_ours()
warm.start_server()
warm.collect_less_often()

def command(asked):
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for number, name in enumerate((os.devnull, asked["stdout"], asked["stderr"])):
        os.dup2(os.open(name, os.O_RDWR), number)
    sys.argv = [{door!r}, *asked["arguments"]]
    try:
        main.main()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)

with warm.forked_workers():
    for line in sys.stdin:
        child = os.fork()
        if not child:
            command(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `printables` with these arguments in `folder`, which holds its own content and templates."""
    if environment or not hasattr(os, "fork"):
        return subprocess.run(
            [*DOOR, *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
    with tempfile.TemporaryDirectory(prefix="printables-tests-") as scratch:
        said = {name: Path(scratch, name) for name in ("stdout", "stderr")}
        for path in said.values():
            path.touch()
        asked = {
            "folder": str(folder),
            "arguments": arguments,
            "environment": dict(os.environ),
            **{name: str(path) for name, path in said.items()},
        }
        code = _answer_of(_server(), json.dumps(asked))
        out, err = (path.read_text(encoding="utf-8") for path in said.values())
    return subprocess.CompletedProcess([*DOOR, *arguments], code, out, err)


_LOCK = threading.Lock()


def _answer_of(server: subprocess.Popen[str], asked: str) -> int:
    """The exit code of the command that the server is asked to run."""
    assert server.stdin and server.stdout
    with _LOCK:
        print(asked, file=server.stdin, flush=True)
        return int(server.stdout.readline())


@functools.cache
def _server() -> subprocess.Popen[str]:
    """The process that has loaded the program, one for each process of the tests."""
    code = SERVER.format(root=str(ROOT), tests=str(ROOT / "tests"), door=DOOR[-1])
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    atexit.register(_end, server, server.stdin)
    return server


def _end(server: subprocess.Popen[str], asks: IO[str] | None) -> None:
    """No more questions: the server leaves by itself."""
    if asks:
        asks.close()
    server.wait()
