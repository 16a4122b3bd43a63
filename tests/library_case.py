"""A small library that a test may spoil in one place, and the tools to look at what the program says about it."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from printables.library.library import Library
from printables.library.loader import load
from printables.pipeline.build import CheckedLibrary, Options, check
from printables.plan import Choice

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
IPT = "content/therapies/ipt.yaml"


def record_version(path: str = IPT) -> str:
    """The version that a record of ours has, so that a test need not follow each new one."""
    found = re.search(r'(?m)^version: "([0-9.]+)"', (ROOT / path).read_text("utf-8"))
    assert found, path
    return found[1]


def complaints(stderr: str) -> list[str]:
    """The lines that a command wrote about what is wrong: all but notes, such as that room was made on a page."""
    return [line for line in stderr.splitlines() if not line.startswith("note: ")]


def copy_of_ours(folder: Path, *therapies: str) -> Path:
    """Our own content and templates below `folder`, with IPT, or these therapies, and one region."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    copy_of_content(folder, *therapies)
    return folder


def copy_of_leaflets(folder: Path) -> Path:
    """Our own content and templates with IPT's leaflets and no worksheets, for tests that any page will do for."""
    copy_of_ours(folder)
    keep_worksheets(folder)
    return folder


def copy_of_few(folder: Path, *worksheets: str) -> Path:
    """Our own content and templates with IPT's leaflets and these worksheets, for tests that check all of them."""
    copy_of_ours(folder)
    keep_worksheets(folder, *worksheets)
    return folder


def keep_worksheets(folder: Path, *names: str) -> None:
    """Remove all other worksheets from a library, its therapies and shelves; and all courses, which may use them."""
    for path in (folder / "content/worksheets").glob("*.yaml"):
        if path.stem not in names:
            path.unlink()
    for path in (folder / "content/packs").glob("*.yaml"):
        path.unlink()
    for path in (*(folder / "content/therapies").glob("*.yaml"), *(folder / "content/clinics").glob("*.yaml")):
        text = re.sub(r"(?m)^worksheets: \[(.*)\]\n", lambda line: _listed(line[1], names), path.read_text("utf-8"))
        text = re.sub(r"(?m)^  - worksheet: (.*)\n(    .*\n)*", lambda row: row[0] if row[1] in names else "", text)
        path.write_text(text, encoding="utf-8")


def _listed(worksheets: str, names: Iterable[str]) -> str:
    kept = [name for name in worksheets.split(", ") if name in names]
    return f"worksheets: [{', '.join(kept)}]\n" if kept else ""


def copy_of_content(folder: Path, *therapies: str) -> None:
    """Our own content below `folder`: IPT (or these therapies), worksheets, England, and the sources that they use."""
    shutil.copytree(Path(_prepared(therapies or ("ipt",)).name), folder / "content", dirs_exist_ok=True)


@functools.cache
def _prepared(therapies: tuple[str, ...]) -> TemporaryDirectory[str]:
    """That content, once for each process: to find the sources that records use takes longer than to check them."""
    made = TemporaryDirectory(prefix="printables-tests-")
    content = Path(made.name)
    words = shutil.ignore_patterns("translations")  # tests that need a language make one of their own
    shutil.copytree(ROOT / "content", content, dirs_exist_ok=True, ignore=words)
    for path in (content / "therapies").glob("*.yaml"):
        if path.stem not in therapies:
            path.unlink()
    if "ipt" in therapies:
        _leave_a_fact_to_look_up(content / "therapies/ipt.yaml")
    named = _names_in(path.read_text(encoding="utf-8") for path in (content / "therapies").glob("*.yaml"))
    for path in (content / "worksheets").glob("*.yaml"):
        if path.stem not in named:
            path.unlink()
    for path in (content / "packs").glob("*.yaml"):
        if set(re.findall(r"(?m)^ +(?:- )?\{?therapy: ([\w-]+)", path.read_text(encoding="utf-8"))) - set(therapies):
            path.unlink()
    for path in (content / "regions").glob("*.yaml"):
        if path.name != "england.yaml":
            path.unlink()
    # Words for the website's search may look like the name of a source.
    naming = (path for path in content.rglob("*.yaml") if path.stem != "sources" and path.parent.name != "site")
    used = _names_in(path.read_text(encoding="utf-8") for path in naming)
    sources = content / "sources.yaml"
    head, *entries = re.split(r"(?m)^(?=  - id: )", sources.read_text(encoding="utf-8"))
    sources.write_text(head + "".join(entry for entry in entries if entry.split()[2] in used), encoding="utf-8")
    return made


def _leave_a_fact_to_look_up(record: Path) -> None:
    """Call the phases of IPT's young people unchecked: the record has no such fact, and tests of approvals need one."""
    head, course, rest = record.read_text(encoding="utf-8").partition("  - id: young-people\n")
    rest = rest.replace("    phases:\n", "    phases_status: unchecked\n    phases:\n", 1)
    record.write_text(head + course + rest, encoding="utf-8")


def _names_in(texts: Iterable[str]) -> set[str]:
    """Every run of letters, digits and hyphens: an id that a record names is among them."""
    return {name for text in texts for name in re.findall(r"[\w-]+", text)}


class LibraryCase:
    """Content and templates in a folder of their own. File names are given from there: content/sources.yaml."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, file: str) -> Path:
        return self.root / file

    def text(self, file: str) -> str:
        return self.path(file).read_text(encoding="utf-8")

    def write(self, file: str, text: str | bytes) -> None:
        self.path(file).parent.mkdir(parents=True, exist_ok=True)
        self.path(file).unlink(missing_ok=True)  # the file may be a hard link to the copy that all tests share
        self.path(file).write_bytes(text if isinstance(text, bytes) else text.encode())

    def line(self, file: str, begins: str, *after: str) -> int:
        """The number of the first line that begins with `begins`, behind lines that begin with each of `after`."""
        lines, number = self.text(file).splitlines(), 0
        for wanted in (*after, begins):
            found = (n for n, line in enumerate(lines[number:], number + 1) if line.startswith(wanted))
            number = next(found, 0)
            assert number, f"{file} has no line that begins with {wanted!r}"
        return number

    def replace(self, file: str, begins: str, new: str, *after: str) -> int:
        """Write `new` in place of that line and return its number; `{}` in `new` stands for the old line."""
        number = self.line(file, begins, *after)
        lines = self.text(file).splitlines()
        lines[number - 1] = new.replace("{}", lines[number - 1])
        self.write(file, "\n".join(lines) + "\n")
        return number

    def load(self) -> tuple[Library | None, list[str]]:
        """The library and its problems, each as one line that begins with the file's name."""
        library, problems = load(self.root / "content", self.root / "templates")
        return library, [self.shown(problem) for problem in problems]

    def problems(self) -> list[str]:
        return self.load()[1]

    def shown(self, problem: object) -> str:
        """A problem in words, with paths from this library's own folder."""
        return str(problem).replace(f"{self.root.as_posix()}/", "")

    def check(self, *therapies: str, audience: str = "adults") -> CheckedLibrary:
        """Steps 1 to 4 for one audience."""
        return check(self.options(Choice(therapies=therapies, audiences=(audience,))))

    def options(self, choice: Choice) -> Options:
        return Options(self.root / "content", self.root / "templates", self.root / "output", TODAY, choice)


def html_of(checked: CheckedLibrary, therapy: str) -> str:
    """The one leaflet of `therapy` among those that were made."""
    (html,) = (subject.html for subject in checked.subjects if subject.item.record == therapy)
    return html
