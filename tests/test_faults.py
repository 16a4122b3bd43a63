"""Whatever call to the disk fails, and whenever: what was published stays whole, and the next build mends all.

Each kind of call is made to fail at its first, second, third … time, until a build passes without reaching it. Then the
same on real disks that are full, may not be written, or are read only, and with too few files that may be open.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent import futures
from pathlib import Path
from typing import Any, Self

import pytest
from library_case import copy_of_leaflets
from test_publish import fake, job, listing, pdfs, with_sibling

from printables.files import OutputError
from printables.publish import manifest
from printables.publish import publisher as whole
from printables.publish.jobs import PrintJob, PublishResult

ROOT = Path(__file__).resolve().parent.parent
DOOR = [sys.executable, str(ROOT / "make_printables.py")]
CALLS: dict[str, tuple[Any, str]] = {
    "open": (os, "open"),
    "create": (Path, "open"),
    "write": (Path, "open"),
    "fsync": (os, "fsync"),
    "rename": (Path, "replace"),
    "mkdir": (Path, "mkdir"),
    "unlink": (Path, "unlink"),
}
"""Where each kind of call is made by printables/files.py."""
ERRORS = {
    errno.ENOSPC: "The disk is full.",
    errno.EIO: "The disk does not work as it should.",
    errno.EACCES: "You are not allowed to write here.",
    errno.EMFILE: "Too many files are open.",
}
BEFORE = [with_sibling("a", "old words", b"<p>old"), with_sibling("b"), job("gone")]
AFTER = [with_sibling("a", "new words", b"<p>new"), with_sibling("b"), job("d", path="leaflets/adults/d.pdf")]


def publish(jobs: list[PrintJob], output: Path) -> PublishResult:
    """In threads, so that nothing but the disk is in the way."""
    with futures.ThreadPoolExecutor(2) as executor:
        return whole.publish(
            jobs, output, keep=lambda _: False, workers=2, on_done=lambda _: None, typeset=fake, executor=executor
        )


class Fault:
    """Makes the n-th call of one kind fail; `reached` says whether there was one."""

    def __init__(self, kind: str, number: int, code: int) -> None:
        self.kind, self.number, self.code = kind, number, code
        self.seen = 0

    @property
    def reached(self) -> bool:
        return self.seen >= self.number

    def strike(self) -> None:
        self.seen += 1
        if self.seen == self.number:
            raise OSError(self.code, os.strerror(self.code))

    def instead_of(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            writes = len(given) > 1 and given[1] == "xb"
            if self.kind == "write" and writes:
                return _Spoiled(real(*given, **named), self)
            if self.kind not in ("write", "create") or (self.kind == "create" and writes):
                self.strike()
            return real(*given, **named)

        return called


class _Spoiled:
    """A file whose write may fail after half of the bytes."""

    def __init__(self, file: Any, fault: Fault) -> None:
        self._file, self._fault = file, fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        self._file.write(data[: len(data) // 2])
        self._fault.strike()
        return int(self._file.write(data[len(data) // 2 :]))


def faults(kind: str, code: int) -> Iterator[Fault]:
    """The first call, the second …, until one was not reached."""
    for number in itertools.count(1):
        fault = Fault(kind, number, code)
        yield fault
        if not fault.reached:
            return


def contents(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in listing(output)}


def is_whole(name: str, data: bytes, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Old or new, to the last byte; the manifest of an unfinished build is a third one, and whole as well."""
    if name == manifest.NAME:
        return data.endswith(b"}\n")
    return data in (before.get(name), after.get(name))


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder published before, and the same after a build that nothing disturbed."""
    old, new = tmp_path_factory.mktemp("old"), tmp_path_factory.mktemp("new")
    for folder, jobs in ((old, BEFORE), (new, AFTER)):
        publish(jobs, folder)
    return old, new


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        pytest.param(kind, code, id=f"{kind}-{errno.errorcode[code]}", marks=() if row % 4 == at else pytest.mark.long)
        for row, kind in enumerate(CALLS)
        for at, code in enumerate(ERRORS)
    ],
)
def test_the_nth_call_fails_and_nothing_is_lost(
    kind: str, code: int, states: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = states
    before, after = contents(old), contents(new)
    struck = 0
    for fault in faults(kind, code):
        output = tmp_path / str(fault.number)
        shutil.copytree(old, output)
        owner, name = CALLS[kind]
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, fault.instead_of(getattr(owner, name)))
            said = _said(output)
        assert fault.reached or not said
        if said:
            struck += 1
            assert ERRORS[code] in said
        for path, data in contents(output).items():
            assert ".printables-" in path or is_whole(path, data, before, after), (fault.number, path)
        kept = contents(output).keys() & before.keys()
        assert {*pdfs("a", "b"), "leaflets/teens/a.html", "leaflets/teens/b.html"} <= kept, "nothing published is gone"
        publish(AFTER, output)
        assert contents(output) == after, (fault.number, "the next build mends all")
    # Where a folder cannot be synced or looked at, nothing is lost: the file itself is on the disk by then.
    assert struck or kind == "open"


def _said(output: Path) -> str:
    try:
        publish(AFTER, output)
    except OutputError as error:
        return str(error)
    return ""


@pytest.mark.slow
def test_companion_a_plain_write_is_found_torn(states: tuple[Path, Path], tmp_path: Path) -> None:
    """What the loop above looks for can be seen: half a file is neither the old one nor the new one."""
    old, new = states
    name = pdfs("a")[0]
    torn = contents(new)[name][:5]
    assert not is_whole(name, torn, contents(old), contents(new))
    assert not is_whole(manifest.NAME, contents(new)[manifest.NAME][:-5], contents(old), contents(new))


# With a real disk, by the command itself


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library of ours, built."""
    folder = copy_of_leaflets(tmp_path_factory.mktemp("published"))
    assert run(folder, "build", "--audience", "teens").returncode == 0
    return folder


def run(folder: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """The command, in a shell that first does something else."""
    words = " ".join(f"'{word}'" for word in (*DOOR, *arguments))
    return subprocess.run(
        ["/bin/sh", "-c", f"{before}\n{words}"], cwd=folder, capture_output=True, text=True, timeout=1800, check=False
    )


def changed(published: Path, folder: Path) -> Path:
    """A copy of the published library in which each leaflet must be printed again."""
    shutil.copytree(published, folder, symlinks=True)
    style = folder / "templates/_base/page.css"
    style.write_text(style.read_text(encoding="utf-8") + "\np { widows: 4 }\n", encoding="utf-8")
    return folder


def pdf_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}


@pytest.mark.pdf
@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root may mount a disk")
def test_a_disk_that_is_really_full(published: Path, tmp_path: Path) -> None:
    folder = changed(published, tmp_path / "library")
    blocks = sum(-(-path.stat().st_size // 4096) for path in (folder / "output").rglob("*") if path.is_file())
    mount = f"mount -t tmpfs -o size={4 * blocks + 24}k tmpfs small"  # a PDF has 40 blocks or more
    for name in ("small", "kept"):
        (folder / name).mkdir()
    alone = ["/usr/bin/unshare", "-m", "/bin/sh", "-c"]
    if subprocess.run([*alone, mount], cwd=folder, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk, as containers do")
    inside = " ".join(f"'{word}'" for word in (*DOOR, "build", "--audience", "teens", "--output", "small"))
    done = subprocess.run(
        [*alone, f"{mount} && cp -a output/. small/; {inside}; code=$?; cp -a small/. kept/; exit $code"],
        cwd=folder, capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "The disk is full. Make room and run the command again." in done.stderr
    shutil.rmtree(folder / "output")
    (folder / "kept").rename(folder / "output")
    assert run(folder, "verify").returncode == 0, "old or new, every file is whole"


@pytest.mark.long
@pytest.mark.pdf
def test_too_few_files_may_be_open(published: Path, tmp_path: Path) -> None:
    folder = changed(published, tmp_path / "library")
    seen = set()
    for most in (5, 14, 40, 63):
        done = run(folder, "build", "--audience", "teens", before=f"ulimit -n {most}")
        assert "Traceback" not in done.stderr, (most, done.stderr)
        assert run(folder, "verify").returncode == 0, most
        seen.add(done.returncode)
        if most > 20:
            what = f"Only {most} files may be open at a time, and printing takes up to 64."
            assert done.stderr == f"error: command line: {what} Raise the limit: ulimit -n 256.\n"
    assert seen == {1}
    assert run(folder, "build", "--audience", "teens", before="ulimit -n 64").returncode == 0
