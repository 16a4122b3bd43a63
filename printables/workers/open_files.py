"""Check that the system allows enough open files and pipes."""

from __future__ import annotations

import sys

from printables.files import OutputError
from printables.problems import Problem

MOST = 64
"""The most files that a build on a machine with many cores has open."""


def check() -> None:
    """Raise OutputError if too few are allowed; otherwise the build would fail later with a traceback."""
    if sys.platform == "win32":
        return
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if most != resource.RLIM_INFINITY and most < MOST:
        what = f"Only {most} files may be open at a time, and printing takes up to {MOST}."
        raise OutputError(Problem("command line", 0, what, "Raise the limit: ulimit -n 256."))
