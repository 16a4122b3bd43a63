"""Two commands on a fresh machine: what the Makefile, the locks and pyproject.toml promise each other."""

import functools
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from import_case import imports

import make_printables

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-web.lock", ROOT / "requirements-dev.lock"]
CLUSTER = ROOT / "requirements-cluster.lock"
"""Each holds all of the one before it."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

ADDRESS = re.compile(
    r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host"  # an index, or a folder that stands for one
    r"|(?:^|\s)-[if]\s|\s@\s"  # the short forms, and `name @ address`
    r"|(?:^|[\s=])/\w",  # a path of the machine that made the lock
    re.MULTILINE,
)
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?=\s|$)")


def requirements(lock: str) -> list[str]:
    """The lock's requirements, each with its continuation lines joined."""
    lines = [line for line in lock.splitlines() if not line.lstrip().startswith("#")]
    return [line for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def without_hash_or_pin(lock: str) -> list[str]:
    return [line for line in requirements(lock) if not (PINNED.match(line) and HASH.search(line))]


def pins(lock: str) -> set[tuple[str, str]]:
    return {(m["name"], m["version"]) for line in requirements(lock) if (m := PINNED.match(line))}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(entries: list[str]) -> set[str]:
    """The names in a list of requirements: `weasyprint>=70,<71` is weasyprint."""
    return {canonical(re.split(r"[^A-Za-z0-9._-]", entry, maxsplit=1)[0]) for entry in entries}


@pytest.mark.parametrize("lock", [*LOCKS, CLUSTER], ids=lambda lock: lock.name)
class TestLocks:
    def test_every_requirement_is_pinned_and_hashed(self, lock: Path) -> None:
        text = lock.read_text(encoding="utf-8")
        assert requirements(text)
        assert without_hash_or_pin(text) == []

    def test_no_address_of_any_index_or_machine(self, lock: Path) -> None:
        assert ADDRESS.findall(lock.read_text(encoding="utf-8")) == []

    def test_files_of_every_system_are_listed(self, lock: Path) -> None:
        """A lock made from what one machine holds has one hash a package; Pillow has some 90 files."""
        pillow = next(line for line in requirements(lock.read_text(encoding="utf-8")) if line.startswith("pillow=="))
        assert len(HASH.findall(pillow)) > 20


def test_all_locks_are_looked_at_and_their_licences_told() -> None:
    names = {path.name for path in [*LOCKS, CLUSTER]}
    assert {path.name for path in ROOT.glob("requirements*.lock")} == names
    licences = (ROOT / "tools" / "licences.py").read_text(encoding="utf-8")
    assert set(re.findall(r'^    "(requirements.*\.lock)": ', licences, re.MULTILINE)) == names


def test_what_builds_the_package_is_asked_for_once() -> None:
    """Under [build-system] with its version, and in the extra `dev` by its name, for builds without a network."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert required(asked) <= extras("dev")
    entries = [entry for entries in PROJECT["optional-dependencies"].values() for entry in entries]
    names = [
        canonical(re.split(r"[^A-Za-z0-9._-]", entry, maxsplit=1)[0]) for entry in [*PROJECT["dependencies"], *entries]
    ]
    assert sorted(names) == sorted(set(names)), "each dependency is named once"
    assert "hatchling" in entries, "without a version"


def test_each_lock_holds_the_whole_one_before_it() -> None:
    runtime, web, dev = (pins(lock.read_text(encoding="utf-8")) for lock in LOCKS)
    assert runtime < web < dev
    assert runtime < pins(CLUSTER.read_text(encoding="utf-8")) < dev


def extras(*names: str) -> set[str]:
    """What these extras ask for besides the project itself."""
    return set().union(*(required(PROJECT["optional-dependencies"][name]) for name in names)) - {"printables"}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    runtime, web, dev = ({name for name, _ in pins(lock.read_text(encoding="utf-8"))} for lock in LOCKS)
    assert required(PROJECT["dependencies"]) <= runtime
    assert extras("sources", "site", "preview") <= web - runtime
    assert extras("dev") <= dev
    assert extras("cluster") <= {name for name, _ in pins(CLUSTER.read_text(encoding="utf-8"))} - runtime


def test_the_tools_for_web_pages_are_pinned_and_hashed_without_an_address() -> None:
    text = (ROOT / "tools/web/package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    wanted = json.loads((ROOT / "tools/web/package.json").read_text(encoding="utf-8"))["devDependencies"]
    pinned = {name.removeprefix("node_modules/"): one["version"] for name, one in packages.items() if name}
    assert wanted.items() <= pinned.items(), "beside them stands what they need"
    assert all(one["integrity"].startswith("sha512-") for name, one in packages.items() if name)
    assert ADDRESS.findall(text) == []


@pytest.mark.parametrize(
    "bad",
    [
        "jinja2==3.1.6\n",
        "jinja2>=3 --hash=sha256:" + "0" * 64,
        "jinja2==3.1.6 \\\n    --hash=sha256:0123\n",
        "jinja2==3.1.6 \\\n    --hash=md5:" + "0" * 32,
    ],
)
def test_an_unhashed_or_unpinned_requirement_is_seen(bad: str) -> None:
    assert without_hash_or_pin(bad)


@pytest.mark.parametrize(
    "bad",
    [
        "--index-url=x",
        "--extra-index-url x",
        "-i x",
        "--find-links wheels",
        "-f wheels",
        "jinja2 @ somewhere",
        "# from /srv/wheels",
        "http" + "://x",
        "file" + ":///x",
    ],
)
def test_an_address_is_seen(bad: str) -> None:
    assert ADDRESS.search("jinja2==3.1.6\n" + bad)


@functools.cache
def packages_there() -> Mapping[str, list[str]]:
    """Looked up once: it reads what all packages say of themselves."""
    return packages_distributions()


def undeclared(sources: list[str], declared: set[str]) -> set[str]:
    """The imported names that no declared distribution provides."""
    provided = packages_there()
    names = (
        {name.partition(".")[0] for source in sources for name in imports(source)}
        - sys.stdlib_module_names
        - {"printables"}
    )
    return {name for name in names if not {canonical(d) for d in provided.get(name, ())} & declared}


@pytest.mark.slow
def test_every_import_of_the_package_is_a_declared_dependency() -> None:
    """What an extra brings is for the one part that it is named after; nobody else may lean on it."""
    paths = {path: path.read_text(encoding="utf-8") for path in (ROOT / "printables").rglob("*.py")}
    always = required(PROJECT["dependencies"])
    homes = {
        "preview": "preview",
        "site": "site",
        "cluster": "workers/cluster.py",
        "sources": "authoring/link_checker.py",
        "translate": "translations/exchange.py",
        "word": "word",
    }
    editor = ("preview", "editor")  # its page is the preview's
    for part, home in (*homes.items(), editor, ("", "")):
        mine = {path for path in paths if path.is_relative_to(ROOT / "printables" / home)}
        extra = extras(part) if part else set()
        assert mine, home
        assert undeclared([paths.pop(path) for path in mine], always | extra) == set()


@pytest.mark.slow
def test_every_import_of_the_tests_is_a_declared_dependency() -> None:
    paths = list((ROOT / "tests").rglob("*.py"))
    known = [*paths, *(ROOT / "bench").glob("*.py")]
    beside = {canonical(path.stem) for path in known} | {path.stem for path in known} | {"make_printables", "tools"}
    declared = required(PROJECT["dependencies"]) | extras("dev", "cluster", "translate", "word")
    assert undeclared([path.read_text(encoding="utf-8") for path in paths], declared) - beside == set()


@pytest.mark.slow
def test_an_undeclared_import_is_seen() -> None:
    source = "import os, jinja2.ext\ndef f():\n    from pytest import raises\n"
    assert undeclared([source], {"jinja2"}) == {"pytest"}


def targets(makefile: str) -> dict[str, str]:
    """Each target that a person may type, and the comment over it ('' if there is none)."""
    found = re.finditer(r"(?:^# (?P<said>.+)\n)?^(?P<name>[a-z][a-z-]*):(?!=)", makefile, re.MULTILINE)
    return {match["name"]: match["said"] or "" for match in found}


def test_every_target_has_a_comment_and_help_prints_it() -> None:
    known = targets((ROOT / "Makefile").read_text(encoding="utf-8"))
    assert {"help", "leaflets", "test", "test-fast", "lint", "check", "lock", "clean", "docs", "pictures"} <= set(known)
    assert [name for name, said in known.items() if not said] == []
    printed = subprocess.run(["make", "-C", ROOT, "help"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    for name, said in known.items():
        assert re.search(rf"^  make {re.escape(name)} +{re.escape(said)}$", printed, re.MULTILINE), name


def test_a_target_without_a_comment_is_seen() -> None:
    assert targets("# Says so\na:\n\techo\n\nb: a\nC := x\n") == {"a": "Says so", "b": ""}


def test_the_makefile_lists_its_targets_as_phony() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    assert set(" ".join(phony).split()) == set(targets(makefile))


def test_packages_are_installed_by_hash_only() -> None:
    """`pip install` stands in one place, and there with --require-hashes."""
    places = [ROOT / "Makefile", ROOT / "tools" / "setup.sh", ROOT / ".ci" / "run"]
    lines = [
        line for place in places for line in place.read_text(encoding="utf-8").splitlines() if "pip install" in line
    ]
    assert lines
    assert [line for line in lines if "--require-hashes" not in line] == []


def commands(script: str) -> list[str]:
    return [line for line in script.splitlines() if line.strip() and not line.startswith("#")]


def test_ci_calls_make_test_and_nothing_that_a_fresh_machine_lacks() -> None:
    script = ROOT / ".ci" / "run"
    assert commands(script.read_text(encoding="utf-8")) == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]
    assert script.stat().st_mode & 0o111


def modules(distribution: str) -> set[str]:
    """What one may import of a distribution."""
    return {name for name, owners in packages_there().items() if distribution in map(canonical, owners)}


def bring(distribution: str) -> set[str]:
    """What comes along with a distribution."""
    return required([entry for entry in requires(distribution) or () if "extra ==" not in entry])


def unlooked_for(needed: tuple[str, ...]) -> set[str]:
    """Dependencies that the front door would not miss, and that no other brings along."""
    declared = required(PROJECT["dependencies"])
    brought = set().union(*(bring(name) for name in declared))
    return {name for name in declared - brought if not modules(name) & set(needed)}


@pytest.mark.slow
def test_the_front_door_looks_for_every_dependency() -> None:
    """It cannot read pyproject.toml each time it is started, so it has a list of its own."""
    assert unlooked_for(make_printables.NEEDED) == set()
    assert undeclared([f"import {name}" for name in make_printables.NEEDED], required(PROJECT["dependencies"])) == set()


@pytest.mark.slow
def test_companion_a_dependency_that_the_front_door_would_not_miss_is_seen() -> None:
    assert unlooked_for(tuple(name for name in make_printables.NEEDED if name != "segno")) == {"segno"}


class TestFrontDoor:
    """make_printables.py, started by a Python that has none of the packages (-S -I: no site-packages)."""

    BARE = (sys.executable, "-I", "-S")

    def copy(self, folder: Path) -> Path:
        door = folder / "make_printables.py"
        door.write_bytes((ROOT / "make_printables.py").read_bytes())
        return door

    def test_says_what_to_do_where_nothing_is_set_up(self, tmp_path: Path) -> None:
        door = self.copy(tmp_path)
        run = subprocess.run([*self.BARE, door], capture_output=True, text=True, check=False)
        assert run.returncode == 1
        assert "make leaflets" in run.stderr
        assert "Traceback" not in run.stderr

    @pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for the .venv's Python is a shell script")
    def test_hands_over_to_the_projects_own_python(self, tmp_path: Path) -> None:
        door = self.copy(tmp_path)
        python = tmp_path / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text('#!/bin/sh\necho "own python: $*"\nexit 7\n')
        python.chmod(0o755)
        run = subprocess.run([*self.BARE, door, "build", "--jobs", "1"], capture_output=True, text=True, check=False)
        assert run.stdout == f"own python: {door.resolve()} build --jobs 1\n"
        assert run.returncode == 7
