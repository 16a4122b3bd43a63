"""The entry point of the command `printables`: the fast path for a repeated build, else the whole command line."""

from __future__ import annotations

import gc
import sys

from printables.cli import fast_path

COLLECTION_THRESHOLDS = 50_000, 20, 20
"""For `gc.set_threshold`, where 700 new objects is usual. What imports create is kept, so that looking for garbage
among it finds none and takes time."""


def main() -> None:
    """Run the command. It ends with the exit codes of `printables.cli.app`; a repeated build had no error."""
    gc.set_threshold(*COLLECTION_THRESHOLDS)
    if not fast_path.has_settings() and fast_path.repeat_last_build(sys.argv[1:]):
        return
    fast_path.load_engine_ahead(sys.argv[1:])
    from printables.cli.app import main as whole_command_line

    whole_command_line()
