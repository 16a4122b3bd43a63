"""The set-up starts what it has installed, and names what is missing by its Debian package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import system
from tools.system import Program, broken, debian_package, missing, programs, started

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-web.lock", "requirements-dev.lock", "tools/web/package-lock.json")
LIBRARIES = {*system.LIBRARIES}
linux = pytest.mark.skipif(sys.platform != "linux", reason="other loaders say it in other words")


def script(path: Path, text: str) -> str:
    """A program for this test."""
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize("lock", LOCKS)
def test_here_nothing_is_missing_and_everything_starts(lock: str) -> None:
    assert list(missing(lock)) == []
    assert list(map(str, broken(list(programs(lock))))) == []


def test_every_program_that_is_installed_is_started() -> None:
    """What apt brings as a program, and what packages bring beside Python code: Node.js, Pagefind, ruff, uv."""
    called = {one.command[0] for lock in LOCKS for one in programs(lock)}
    names = {Path(path).name for path in called}
    assert {*system.DEV_PROGRAMS.values()} <= names
    assert {"node", "ruff", "uv"} <= names
    assert any(name.startswith("pagefind") for name in names)


@linux
def test_a_program_whose_library_is_missing_is_named_with_its_debian_package(tmp_path: Path) -> None:
    """A real one: of a copy of `cat`, the name of the library that it asks the loader for is changed."""
    real = Path(str(shutil.which("cat"))).resolve().read_bytes()
    lame = tmp_path / "cat"
    lame.write_bytes(real.replace(b"libc.so.6\0", b"libq.so.6\0"))
    lame.chmod(0o755)
    assert lame.read_bytes() != real
    said = started(Program("The cat", (str(lame),)))
    assert said is not None and said.packages == ("libq6",)
    assert str(said) == "The cat does not start: libq.so.6 cannot be loaded (on Debian: libq6)."


LOADER = (
    "error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file or directory"
)


def test_what_the_browser_driver_said_where_this_was_found(tmp_path: Path) -> None:
    said = started(Program("Node", (script(tmp_path / "node", f'echo "$0: {LOADER}" >&2; exit 127'), "--version")))
    assert str(said) == "Node does not start: libatomic.so.1 cannot be loaded (on Debian: libatomic1)."


def test_a_program_that_fails_otherwise_is_named_with_its_last_words(tmp_path: Path) -> None:
    loud = started(Program("It", (script(tmp_path / "loud", "echo No.; echo No room. >&2; exit 3"),)))
    mute = started(Program("It", (script(tmp_path / "mute", "exit 3"),)))
    none = started(Program("It", (str(tmp_path / "none"),)))
    assert str(loud) == "It does not start: No room."
    assert str(mute) == "It does not start: it ended with 3."
    assert str(none) == f"It does not start: {tmp_path}/none is not there."


@pytest.mark.slow
def test_a_program_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "LONGEST", 0.5)
    said = started(Program("It", (script(tmp_path / "slow", "exec sleep 600"),)))
    assert said is not None and "timed out after 0.5 seconds" in said.why


def test_one_fault_has_one_message(tmp_path: Path) -> None:
    """What needs a program that does not start is not tried."""
    bad, good = script(tmp_path / "bad", "exit 1"), script(tmp_path / "good", "exit 0")
    all_three = [Program("A", (bad,)), Program("B", (bad,), ("A",)), Program("C", (good,))]
    assert [one.name for one in broken(all_three)] == ["A"]
    assert [one.name for one in broken(all_three[1:])] == ["B"]


@pytest.mark.parametrize(
    ("soname", "package"),
    [
        ("libatomic.so.1", "libatomic1"),
        ("libpango-1.0.so.0", "libpango-1.0-0"),
        ("libstdc++.so.6", "libstdc++6"),
        ("libgcc_s.so.1", "libgcc-s1"),
        ("libXcomposite.so.1", "libxcomposite1"),
        ("libnss3.so", "libnss3"),
        ("libgobject-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_the_package_of_a_library(soname: str, package: str) -> None:
    assert debian_package(soname) == package


def test_the_libraries_of_our_own_list_are_in_those_packages() -> None:
    """Our list and the rule check each other."""
    ours = {**system.LIBRARIES, **system.DEV_LIBRARIES}
    assert {package: debian_package(soname) for package, (soname, _) in ours.items()} == {one: one for one in ours}


@pytest.mark.parametrize(
    ("lock", "packages"),
    [
        ("requirements.lock", LIBRARIES),
        ("requirements-web.lock", LIBRARIES),
        ("requirements-dev.lock", {*LIBRARIES, *system.DEV_LIBRARIES, *system.DEV_PROGRAMS, *system.DEV_FONTS}),
    ],
)
def test_where_there_is_nothing_all_is_missing(
    lock: str, packages: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "FONT_FOLDER", tmp_path)
    monkeypatch.setattr(system, "_loads", lambda *_: False)
    monkeypatch.setenv("PATH", "/nowhere")
    assert set(missing(lock)) == packages


def setup(folder: Path, *, start: str, uid: int = 1000, apt: bool = True) -> subprocess.CompletedProcess[str]:
    """tools/setup.sh for a .venv whose Python says that something does not start, on a machine that is not this one."""
    (folder / "tools").mkdir()
    for name in ("setup.sh", "printables.sh"):
        shutil.copy(ROOT / "tools" / name, folder / "tools")
    (folder / ".venv/bin").mkdir(parents=True)
    tools = folder / "bin"
    tools.mkdir()
    for name in ("dirname", "cat", "grep", "cp", "chmod"):
        (tools / name).symlink_to(str(shutil.which(name)))
    script(tools / "python3", "exit 0")
    script(tools / "id", f"echo {uid}")
    script(tools / "uname", "echo Linux")
    if apt:
        script(tools / "apt-get", f'echo "$*" >> "{folder}/apt.log"')
    script(
        folder / ".venv/bin/python", f'case "$*" in *start*) {start} ;; esac',
    )  # fmt: skip
    return subprocess.run(
        ["/bin/sh", str(folder / "tools/setup.sh"), "requirements.lock"],
        env={"PATH": str(tools)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


AGAIN = "Please run this line, then the same make command again:"
LAME = (
    'echo "Node does not start: libatomic.so.1 cannot be loaded (on Debian: libatomic1)." >&2; echo libatomic1; exit 1'
)


class TestWhatIsSaidWhereSomethingDoesNotStart:
    def test_to_somebody_who_is_not_root(self, tmp_path: Path) -> None:
        done = setup(tmp_path, start=LAME)
        assert done.returncode == 1
        assert done.stderr == (
            "Node does not start: libatomic.so.1 cannot be loaded (on Debian: libatomic1).\n"
            f"\nSome system packages are missing. {AGAIN}\n"
            "    sudo apt-get update && sudo apt-get install -y --no-install-recommends libatomic1\n"
        )

    def test_where_there_is_no_apt(self, tmp_path: Path) -> None:
        done = setup(tmp_path, start=LAME, apt=False)
        assert done.returncode == 1
        assert done.stderr.endswith(
            "\nSome system packages are missing. Their names on Debian: libatomic1\n"
            "Please install the same with your system's package manager, then run the same make command again.\n"
        )

    def test_as_root_it_is_installed_and_tried_again(self, tmp_path: Path) -> None:
        """It starts once the package is there."""
        done = setup(tmp_path, start=f'[ -e "{tmp_path}/apt.log" ] || {{ {LAME}; }}', uid=0)
        assert done.returncode == 0, done.stderr
        assert "Installing system packages: libatomic1\n" in done.stdout
        assert (tmp_path / "apt.log").read_text() == "install -y -q --no-install-recommends libatomic1\n"

    def test_as_root_what_is_installed_in_vain_ends_the_set_up(self, tmp_path: Path) -> None:
        done = setup(tmp_path, start=LAME, uid=0)
        assert done.returncode == 1
        assert done.stderr.endswith("\nInstalled, but it still does not start.\n")

    def test_where_no_package_helps(self, tmp_path: Path) -> None:
        done = setup(tmp_path, start='echo "Java does not start: no room." >&2; exit 1')
        assert done.returncode == 1
        mend = "What does not start has to be mended first; then run the same make command again."
        assert done.stderr == f"Java does not start: no room.\n\n{mend}\n"

    def test_companion_where_everything_starts(self, tmp_path: Path) -> None:
        done = setup(tmp_path, start="exit 0")
        assert (done.returncode, done.stderr) == (0, "")


def test_the_set_up_leaves_no_list_of_its_own_beside_that_one() -> None:
    said = (ROOT / "tools/setup.sh").read_text(encoding="utf-8")
    names = {**system.LIBRARIES, **system.DEV_LIBRARIES, "default-jre-headless": ""}
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)] == []
    assert os.access(ROOT / "tools/system.py", os.R_OK)
