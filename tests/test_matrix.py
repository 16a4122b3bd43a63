"""Two builds in worlds that differ in everything that must not matter. `make matrix` builds the whole library so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from library_case import copy_of_ours
from matrix import DISORDERED, compared


@pytest.mark.pdf
@pytest.mark.long
def test_the_same_bytes_in_both_worlds(tmp_path: Path) -> None:
    library = copy_of_ours(tmp_path / "library", "ipt", "cbt")
    count, different = compared(
        library, tmp_path, "--audience", "teens", "--edition", "a4", "--edition", "a4-large-print"
    )
    assert different == []
    assert count > 20


def test_companion_the_order_of_files_is_really_another_one(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}").touch()
    code = f"import os; print([e.name for e in os.scandir({str(tmp_path)!r})] == sorted(os.listdir({str(tmp_path)!r})))"
    environment = {**os.environ, "PYTHONPATH": str(DISORDERED)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
