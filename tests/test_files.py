"""Files reach the output folder whole or not at all, and never leave it."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from printables import files
from printables.files import OutputError

SIZE = 4_000_000
ATOMIC = "from pathlib import Path\nfrom printables.files import write_atomic as write\n"
PLAIN = """
import os
from pathlib import Path
def write(path, data):
    with path.open("wb") as file:
        for start in range(0, len(data), 4096):
            file.write(data[start:start + 4096]); file.flush()
"""
FOREVER = f"""
import itertools, sys
path = Path(sys.argv[1])
for turn in itertools.count():
    write(path, bytes([65 + turn % 26]) * {SIZE})
"""


def torn(writer: str, folder: Path, times: int) -> int:
    """How often a writer that was killed with -9 left a file that is not one whole version."""
    path = folder / "leaflet.pdf"
    count = 0
    for turn in range(times):
        path.write_bytes(b"@" * SIZE)
        child = subprocess.Popen([sys.executable, "-c", writer + FOREVER, str(path)], env=environment())
        while path.read_bytes()[:1] == b"@" and child.poll() is None:
            time.sleep(0.005)  # until it has begun
        time.sleep(0.011 * turn)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
        content = path.read_bytes()
        count += len(content) != SIZE or len(set(content)) != 1
    return count


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[2])}


@pytest.mark.slow
def test_a_killed_write_leaves_the_old_or_the_new_file_whole(tmp_path: Path) -> None:
    assert torn(ATOMIC, tmp_path, times=8) == 0
    files.sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["leaflet.pdf"]


@pytest.mark.slow
def test_companion_a_plain_write_is_seen_torn(tmp_path: Path) -> None:
    assert torn(PLAIN, tmp_path, times=8) > 0


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "not allowed"), (errno.EROFS, "only be read")]
)
def test_a_disk_error_is_said_plainly_and_leaves_the_old_file(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "leaflet.pdf"
    files.write_atomic(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputError, match=words):
        files.write_atomic(path, b"new")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("leaflet.pdf", b"old")]


def test_a_web_server_may_read_what_was_written(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        files.write_atomic(tmp_path / "leaflet.pdf", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "leaflet.pdf").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    "path", ["", ".", "/a", "../a", "a/../../b", "a/..", "a\\b", "C:a", "a\0", "a\n", "a//b", "./a", "a/"]
)
def test_paths_that_could_lead_out_are_refused(path: str, tmp_path: Path) -> None:
    assert not files.is_safe(path)
    with pytest.raises(OutputError):
        files.inside(tmp_path, path)


@pytest.mark.parametrize("path", ["a.pdf", "leaflets/teens/ipt-teens-en.pdf", "a b/ä..pdf", ".hidden/..a"])
def test_plain_paths_are_taken(path: str, tmp_path: Path) -> None:
    assert files.inside(tmp_path, path) == tmp_path / path


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    output.mkdir()
    elsewhere.mkdir()
    (output / "leaflets").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="leads out"):
        files.inside(output, "leaflets/a.pdf")


def test_a_link_inside_and_a_linked_output_folder_are_fine(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "output").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "alias").symlink_to("deep")
    assert files.inside(tmp_path / "output", "alias/a.pdf").parent.resolve() == tmp_path / "real" / "deep"


def test_writing_over_a_link_replaces_the_link_and_not_its_target(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"keep")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "precious")
    files.write_atomic(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "precious").read_bytes() == b"keep"
    assert (tmp_path / "a.pdf").read_bytes() == b"new"
    assert files.is_file(tmp_path / "a.pdf")


def test_sweep_takes_only_left_overs_and_follows_no_link(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    left_over = ".printables-0123456789abcdef.tmp"
    for folder in (output / "deep", elsewhere):
        folder.mkdir(parents=True)
        (folder / left_over).touch()
    (output / "deep" / ".printables-notes.tmp").touch()
    (output / "link").symlink_to(elsewhere)
    files.sweep(output)
    assert [path.name for path in (output / "deep").iterdir()] == [".printables-notes.tmp"]
    assert (elsewhere / left_over).exists()


def test_only_empty_folders_are_removed_and_never_the_root(tmp_path: Path) -> None:
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "mine.txt").touch()
    files.remove_empty(tmp_path, tmp_path / "a" / "b" / "c")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["mine.txt"]
    files.remove(tmp_path / "a" / "mine.txt")
    files.remove_empty(tmp_path, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "leaflets").touch()
    with pytest.raises(OutputError, match="file stands where a folder is needed"):
        files.make_folder(tmp_path / "leaflets" / "teens")
