"""A table of broken file × command: the exit code, and how much is still made.

Everything was made before. So what is not stopped comes back unchanged, and what is stopped keeps its last good files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from front_door import run
from library_case import IPT, TODAY, LibraryCase, copy_of_ours
from shipped_case import EVERYTHING
from test_packs import TINY

from printables.cache.cache import Cache
from printables.library.yaml_reader import read_yaml
from printables.pipeline.build import Options
from printables.preview.make import make
from printables.preview.state import PreviewChoice
from printables.problems import has_errors

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "build": ("build", "--json"),
    "therapy": ("build", "--therapy", "ipt", "--json"),
    "clinic": ("build", "--clinic", "riverside", "--json"),
    "check": ("check", "--json"),
    "list": ("list", "--json"),
    "site": ("site", "--json"),
    "pack": ("pack", "tiny", "--json"),
    "preview": (),
    "release-status": ("release-status", "--therapy", "ipt", "--json"),
    "approve": ("approve",),
    "verify": ("verify", "--json"),
}
"""There is one leaflet with one worksheet, each for one reader, and a course of two books."""
OTHER_CLINIC = [("build", "--clinic", "hillside")] if EVERYTHING else []
ASKED = {name for name in COMMANDS if EVERYTHING or name not in ("clinic", "site", "pack", "preview")}
"""`make test` leaves out what takes long to make first; test_one_bad_file.py has a website and books as well."""
GOOD = dict.fromkeys(COMMANDS, "0, 2") | {"preview": "0, 1", "check": "0, 1", "release-status": "1, 2", "verify": "0"}
"""What each says where nothing is wrong: its exit code, and how many are as they should be.

The preview was asked for the leaflet, and is 1 where an error is shown. `release-status` fails, since nobody has
approved these words.
"""
STOPPED = dict.fromkeys(COMMANDS, "1, 0") | {"verify": "1"}


def unknown_key(file: str) -> Callable[[LibraryCase], None]:
    return lambda case: case.write(file, f"opening: 9 to 5\n{case.text(file)}")


def of_another_name(file: str, other: str) -> Callable[[LibraryCase], None]:
    """A copy with another id, and with a key that is not known."""
    return lambda case: case.write(other, f"opening: 9 to 5\n{_renamed(case.text(file), Path(other).stem)}")


def _renamed(text: str, name: str) -> str:
    return re.sub(r"(?m)^(id|language): .*", rf"\1: {name}", text, count=1)


OTHER_COURSE = TINY.replace("id: tiny", "id: other\nnam: x")


def draft(case: LibraryCase) -> None:
    assert run(case.root, "new", "my-therapy").returncode == 0


def failing(*commands: str) -> dict[str, str]:
    """What each says where these fail, and still make everything else."""
    return GOOD | {command: GOOD[command].replace("0", "1", 1) for command in commands}


ASKED_FOR_ALL = ("build", "clinic", "check", "list", "site", "approve")
"""The commands that were asked for every record: this clinic has no shelf."""
TABLE: Mapping[str, tuple[Callable[[LibraryCase], None], Mapping[str, str]]] = {
    "nothing": (lambda _: None, GOOD),
    "another clinic": (unknown_key("content/clinics/hillside.yaml"), failing("check", "verify")),
    "another clinic's logo": (lambda case: case.write("content/clinics/hillside.png", b"no picture"), GOOD),
    "another region": (of_another_name("content/regions/england.yaml", "content/regions/wales.yaml"), failing("check")),
    "another course": (lambda case: case.write("content/packs/other.yaml", OTHER_COURSE), failing("check")),
    "another therapy": (of_another_name(IPT, "content/therapies/other.yaml"), failing(*ASKED_FOR_ALL)),
    "a draft": (draft, failing(*ASKED_FOR_ALL)),
    "another worksheet": (
        of_another_name("content/worksheets/my-goals.yaml", "content/worksheets/other.yaml"),
        failing(*ASKED_FOR_ALL),
    ),
    "its own worksheet": (
        unknown_key("content/worksheets/my-goals.yaml"),
        dict.fromkeys(COMMANDS, "1, 1") | {"pack": "1, 0", "preview": "0, 1", "verify": "0"},
    ),
    "its own record": (unknown_key(IPT), STOPPED | {"verify": "0"}),
    "the clinic asked for": (
        unknown_key("content/clinics/riverside.yaml"),
        failing("check", "verify") | {"clinic": "1, 0"},
    ),
    "site.yaml": (unknown_key("content/site.yaml"), failing("check") | {"site": "1, 0"}),
    "another language": (of_another_name("content/locales/en.yaml", "content/locales/cy.yaml"), failing("check")),
    "approvals.yaml": (
        lambda case: case.write("content/approvals.yaml", "approvals: yes\n"),
        failing("build", "therapy", "clinic", "check", "list", "site", "preview") | {"approve": "1, 0"},
    ),
    "sources.yaml": (unknown_key("content/sources.yaml"), STOPPED),
}
QUICK = ("another therapy",)
"""test_one_bad_file.py looks at more kinds of files by fewer commands; the other rows are long."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one therapy and one worksheet for one reader, with all that is made of it."""
    case = LibraryCase(copy_of_ours(tmp_path_factory.mktemp("good")))
    _only_adults(case)
    case.write("content/clinics/riverside.yaml", "id: riverside\nregion: england\nname: Riverside\n")
    case.write("content/clinics/hillside.yaml", "id: hillside\nregion: england\nname: Hillside\nlogo: hillside.png\n")
    case.write("content/packs/tiny.yaml", TINY)
    case.write("content/site.yaml", "editions: [a4]\n")
    for command in (*(COMMANDS[name] for name in COMMANDS if name in ASKED), *OTHER_CLINIC):
        if command and command[0] in ("build", "site", "pack"):
            done = run(case.root, *command)
            assert done.returncode == 0, done.stdout + done.stderr
    return case.root


def _only_adults(case: LibraryCase) -> None:
    gone = {path.parent.name for path in case.path("templates").glob("*/audience.yaml")} - {"adults"}
    for name in gone:
        shutil.rmtree(case.path("templates") / name)
    for path in case.path("content").rglob("*.yaml"):
        if path.parent.name in ("packs", "clinics") or (path.parent.name == "worksheets" and path.stem != "my-goals"):
            path.unlink()
            continue
        document, _ = read_yaml(path.read_bytes(), path.name)
        value = _without(gone, document.value if document else {})
        value |= {"worksheets": ["my-goals"]} if path.stem == "ipt" else {}
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_style='"'), encoding="utf-8")
    _drop_unused(case)


def _without(gone: Collection[str], value: Any) -> Any:
    """The value without what it holds for these readers."""
    if isinstance(value, dict):
        return {key: _without(gone, inner) for key, inner in value.items() if key not in gone}
    if isinstance(value, list):
        return [_without(gone, one) for one in value if not _is_theirs(gone, one)]
    return str(value)


def _is_theirs(gone: Collection[str], one: Any) -> bool:
    """Whether an item of a list is for these readers alone."""
    if not isinstance(one, dict):
        return str(one) in gone
    readers = one.get("readers", [one.get("audience")])
    return all(reader in gone for reader in readers)


def _drop_unused(case: LibraryCase) -> None:
    """Take out the sources that no record names any more, since a build would warn of them."""
    unused = {found for line in case.problems() for found in re.findall(r'No record uses the source "(.*?)"', line)}
    path = case.path("content/sources.yaml")
    document, _ = read_yaml(path.read_bytes(), path.name)
    value: Any = document.value if document else {}
    value["sources"] = [one for one in value["sources"] if one["id"] not in unused]
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def answer(case: LibraryCase, command: str) -> str:
    """The exit code and how many are as they should be."""
    if command == "preview":
        return _preview(case)
    done = run(case.root, *COMMANDS[command])
    assert "Traceback" not in done.stderr, done.stderr
    if command == "approve":
        every = re.search(r"of (\d+) are approved", done.stdout)
        return f"{done.returncode}, {every[1] if every else 0}"
    said = json.loads(done.stdout)
    if command == "verify":
        return str(done.returncode)
    assert not said.get("failed") and not said.get("removed"), said
    made = said.get("kept", said.get("leaflets", 0))
    return f"{done.returncode}, {made if isinstance(made, int) else len(made)}"


def _preview(case: LibraryCase) -> str:
    options = Options(case.root / "content", case.root / "templates", case.root / "output", TODAY)
    result = make(options, PreviewChoice("ipt", "adults"), Cache())
    return f"{int(has_errors(result.problems))}, {int(result.web is not None)}"


def listing(folder: Path) -> set[str]:
    files = (path for path in (folder / "output").rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix() for path in files}


@pytest.mark.parametrize("what", [pytest.param(w, marks=() if w in QUICK else pytest.mark.long) for w in TABLE])
def test_what_is_still_made(built: Path, tmp_path: Path, what: str) -> None:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True, copy_function=os.link)
    case, (spoil, expected) = LibraryCase(tmp_path), TABLE[what]
    spoil(case)
    found = {command: answer(case, command) for command in COMMANDS if command in ASKED}
    assert found == {command: expected[command] for command in found}
    assert listing(tmp_path) == listing(built), "the last good files stay"
