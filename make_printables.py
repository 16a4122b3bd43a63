#!/usr/bin/env python3
"""Build every leaflet, or run the command that the arguments name (`./make_printables.py --help`)."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
NEEDED = (
    "babel",
    "click",
    "filelock",
    "fontpkg_atkinson_hyperlegible",
    "fontpkg_fira_sans",
    "fontpkg_ibm_plex_sans_arabic",
    "jinja2",
    "markdown",
    "pydantic",
    "pypdfium2",
    "rich",
    "segno",
    "weasyprint",
    "yaml",
)
"""The modules of pyproject.toml's dependencies (tests/test_setup.py compares them); those bring all others along."""
HOW_TO_SET_UP = """\
Printables is not set up here yet: its packages are missing.
Please run this line in {here}, and everything is installed and built:

    make leaflets

Without make (on Windows, for one), the README's "Set up" says what to type instead."""


def packages_are_here() -> bool:
    """Return whether this Python has what printables imports, without importing it."""
    return sys.version_info >= (3, 11) and all(importlib.util.find_spec(name) for name in NEEDED)


def own_python() -> Path | None:
    """Return the Python of the project's own .venv; None where there is none, or this is it already."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return None
    candidates = (VENV / "bin" / "python", VENV / "Scripts" / "python.exe")
    return next((python for python in candidates if python.is_file()), None)


def hand_over(python: Path) -> None:
    """Run this file with another Python, and do not come back."""
    command = [str(python), str(HERE / "make_printables.py"), *sys.argv[1:]]
    if os.name == "nt":  # there, exec gives the prompt back before the work is done
        import subprocess  # 5 ms that only Windows needs

        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def main() -> None:
    """Run the command line, with the project's own Python where this one lacks the packages."""
    if not packages_are_here():
        python = own_python()
        if python is None:
            sys.exit(HOW_TO_SET_UP.format(here=HERE))
        hand_over(python)
    if len(sys.argv) == 1:
        sys.argv.append("build")

    from printables.cli.main import main as printables

    printables()


if __name__ == "__main__":
    main()
