"""Whether the system lets enough files and pipes be open at a time."""

from __future__ import annotations

import sys

from printables.files import OutputError
from printables.problems import Problem

MOST = 64
"""What a build on a machine with many cores has open at most."""


def check() -> None:
    """Raises OutputError where too few are allowed, which Python itself would say with a traceback."""
    if sys.platform == "win32":
        return
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if most != resource.RLIM_INFINITY and most < MOST:
        what = f"Only {most} files may be open at a time, and printing takes up to {MOST}."
        raise OutputError(Problem("command line", 0, what, "Raise the limit: ulimit -n 256."))
