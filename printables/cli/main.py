"""The command `printables`: says again what the last build said where nothing was touched, else loads the rest."""

from __future__ import annotations

import gc
import sys

from printables.cli import fast_path

COLLECT = 50_000, 20, 20
"""How many objects Python makes before it looks for garbage (usually 700): what a start loads is none, and stays."""


def main() -> None:
    """Ends with the exit codes of `printables.cli.app`; a repeated build was a good one."""
    gc.set_threshold(*COLLECT)
    if fast_path.again(sys.argv[1:]):
        return
    fast_path.load_ahead(sys.argv[1:])
    from printables.cli.app import main as whole

    whole()
