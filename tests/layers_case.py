"""A small shipped library, as installed, and an empty folder of one's own in which commands run."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from library_case import LibraryCase

from printables import paths
from printables.cli.app import cli
from printables.library.folders import Folders
from printables.library.library import Library
from printables.library.loader import load


class Layers:
    """A small shipped library, and a folder of one's own in which commands run."""

    def __init__(self, case: LibraryCase, here: Path) -> None:
        self.case, self.here, self.own = case, here, here / "content"
        self.shipped = case.root / "content"
        self.folders = Folders(Path("content"), self.shipped)

    def write(self, name: str, text: str) -> None:
        (self.own / name).parent.mkdir(parents=True, exist_ok=True)
        (self.own / name).write_text(text, encoding="utf-8")

    def load(self) -> tuple[Library | None, list[str]]:
        library, problems = load(self.folders, self.case.root / "templates")
        return library, [str(problem) for problem in problems]

    def library(self) -> Library:
        library, problems = self.load()
        assert library is not None and problems == []
        return library

    def run(self, *arguments: str, answers: str | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=answers)


def installed(case: LibraryCase, here: Path, monkeypatch: pytest.MonkeyPatch) -> Layers:
    """As installed: content and templates in the package's data, and an empty folder in which commands run."""
    monkeypatch.chdir(here)
    monkeypatch.setattr(paths, "INSTALLED", case.root)
    return Layers(case, here)
