"""The command `printables`: says again what the last build said where nothing was touched, else loads the rest."""

from __future__ import annotations

import sys

from printables import repeat


def main() -> None:
    """Ends with the exit codes of `printables.cli`; a repeated build was a good one."""
    if repeat.again(sys.argv[1:]):
        return
    repeat.load_ahead(sys.argv[1:])
    from printables.cli import main as whole

    whole()
