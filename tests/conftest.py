"""Fixtures that several test files share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from library_case import LibraryCase, copy_of_ours


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our content and templates, made once; nobody may change it."""
    return copy_of_ours(tmp_path_factory.mktemp("ours"))


@pytest.fixture
def case(ours: Path, tmp_path: Path) -> LibraryCase:
    """A copy of that copy, which the test may spoil. Its files are links, which `LibraryCase.write` cuts."""
    shutil.copytree(ours, tmp_path, dirs_exist_ok=True, copy_function=os.link)
    return LibraryCase(tmp_path)
