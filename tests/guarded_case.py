"""A command that runs under guard: no connection, no file outside of an allow-list (see guarded/sitecustomize.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUARD = Path(__file__).resolve().parent / "guarded"
COMMAND = """
import sys
sys.path.insert(0, {root!r})
if __name__ == "__main__":
    from printables import limits
    for name, value in {limits!r}.items():
        setattr(limits, name, value)
    sys.argv[1:] = {arguments!r}
    from printables.cli.main import main
    main()
"""
"""The command itself; only its limits may be lower, so that a test need not wait for half a minute."""
SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/proc",
    "/sys",
    "/dev",
)


@dataclass(frozen=True)
class Guarded:
    """What a command said, and what it was refused."""

    code: int
    said: str
    refused: tuple[str, ...]

    def about(self, part: str) -> list[str]:
        """The lines that name this file, or part of a path."""
        return [line for line in self.said.splitlines() if part in line]


def run(folder: Path, *arguments: str, timeout: float = 3600, **limits: float) -> Guarded:
    """The command in `folder`, which may write below `output` and into a TMPDIR of its own, and reach nothing else."""
    temporary, log = folder / "tmp", folder / "guarded.log"
    temporary.mkdir(exist_ok=True)
    log.write_text("", encoding="utf-8")
    script = temporary / "command.py"
    script.write_text(COMMAND.format(root=str(ROOT), limits=limits, arguments=list(arguments)), encoding="utf-8")
    python = {str(Path(prefix).resolve()) for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "PYTHONPATH": os.pathsep.join([str(GUARD), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GUARDED_LOG": str(log),
        "GUARDED_WRITE": os.pathsep.join(map(str, (folder / "output", temporary, log, "/dev/null"))),
        "GUARDED_READ": os.pathsep.join([str(ROOT), *python, str(folder), *SYSTEM]),
    }
    done = subprocess.run(
        [sys.executable, str(script)], cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout,
        check=False,
    )  # fmt: skip
    refused = tuple(log.read_text(encoding="utf-8").splitlines())
    return Guarded(done.returncode, done.stdout + done.stderr, refused)


def told(guarded: Guarded) -> str:
    """For a failing test."""
    return json.dumps({"code": guarded.code, "refused": guarded.refused, "said": guarded.said[-4000:]}, indent=1)
