"""Publishing does only what is needed, and what it cannot do well it does not do at all."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent import futures
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import filelock
import pytest

from printables import limits
from printables.checklist import Rule
from printables.files import OutputError
from printables.publish import lock, manifest
from printables.publish import publisher as whole
from printables.publish.jobs import LeafletDetails, PrintJob, PublishResult, check_unique
from printables.publish.lock import Busy
from printables.publish.manifest import Entry
from printables.typeset.page import Finding, Page, Printed
from printables.workers import pool

ERROR = Finding(Rule.A12, "The text is too small.", "Make it larger.")
WARNING = Finding(Rule.A16, "The last page is nearly empty.", "Shorten the text.", "warning")


def fake(page: Page) -> Printed:
    """A stand-in for the engine; the page's own words say what shall happen."""
    if "crash" in page.html:
        os._exit(9)
    if "raise" in page.html:
        raise ValueError("a bad box")
    if "grows slowly" in page.html:
        _grow()
    if "grows at once" in page.html:
        return Printed(bytes(10**11), 1, ())
    if "hang" in page.html:
        time.sleep(600)
    while "never ends" in page.html:
        pass
    findings = (ERROR,) * ("wrong" in page.html) + (WARNING,) * ("sparse" in page.html)
    return Printed(b"%PDF " + page.html.encode(), 2, findings)


def _grow() -> None:
    kept = []
    for _ in range(10_000):  # more than any limit, were there none
        kept.append(os.urandom(limits.MIB))
        time.sleep(0.005)


def job(name: str, html: str = "words", **changes: Any) -> PrintJob:
    path = f"leaflets/teens/{name}.pdf"
    made = PrintJob(path, name, "C-1", "1", name, "teens", "en", "2025-01-01", "2027-01-01", page=Page(html, "p {}"))
    return replace(made, **changes)


def with_sibling(name: str, html: str = "words", sibling: bytes = b"<p>twin") -> PrintJob:
    return job(name, html, siblings=((f"leaflets/teens/{name}.html", sibling),))


def publish(
    jobs: Sequence[PrintJob],
    output: Path,
    keep: Callable[[Entry], bool] = lambda entry: False,
    workers: int = 1,
    on_done: Callable[[str], None] = lambda path: None,
    **more: Any,
) -> PublishResult:
    return whole.publish(jobs, output, keep=keep, workers=workers, on_done=on_done, **{"typeset": fake, **more})


def pdfs(*names: str) -> tuple[str, ...]:
    return tuple(f"leaflets/teens/{name}.pdf" for name in names)


def listing(output: Path) -> set[str]:
    return {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()} - {".lock"}


def content(output: Path, name: str) -> bytes:
    return (output / pdfs(name)[0]).read_bytes()


def age(output: Path) -> dict[str, int]:
    return {name: (output / name).stat().st_mtime_ns for name in listing(output)}


@pytest.mark.slow
def test_the_first_build_writes_leaflets_twins_and_manifest(tmp_path: Path) -> None:
    told: list[str] = []
    done = publish([with_sibling("b"), job("a")], tmp_path / "new" / "output", on_done=told.append)
    assert done.rendered == pdfs("a", "b")
    assert sorted(told) == list(done.rendered)
    assert [(entry.path, entry.pages, entry.bytes) for entry in done.entries] == [(p, 2, 10) for p in pdfs("a", "b")]
    assert listing(tmp_path / "new" / "output") == {*pdfs("a", "b"), "leaflets/teens/b.html", "manifest.json"}


@pytest.mark.slow
def test_an_unchanged_build_prints_and_writes_nothing(tmp_path: Path) -> None:
    jobs = [with_sibling("a", "sparse"), job("b")]
    publish(jobs, tmp_path)
    before = age(tmp_path)
    done = publish(jobs, tmp_path)
    assert (done.rendered, done.kept, done.removed) == ((), pdfs("a", "b"), ())
    assert age(tmp_path) == before
    assert done.findings == ((pdfs("a")[0], WARNING),)  # still said, although nothing was printed


@pytest.mark.slow
def test_one_changed_page_is_the_only_one_printed(tmp_path: Path) -> None:
    publish([job("a"), job("b"), job("c")], tmp_path)
    before = age(tmp_path)
    done = publish([job("a"), job("b", "new words"), job("c")], tmp_path)
    assert (done.rendered, done.kept) == (pdfs("b"), pdfs("a", "c"))
    changed = {name for name, when in age(tmp_path).items() if when != before[name]}
    assert changed == {pdfs("b")[0], "manifest.json"}


SAID = {
    "title": "Another",
    "code": "C-2",
    "version": "2",
    "therapy": "b",
    "audience": "adults",
    "language": "cy",
    "last_review": "2026-01-01",
    "next_review": "2028-01-01",
    "edition": "letter",
    "worksheet": "goals",
    "approved": "yes",
}
"""Another value for each field of `LeafletDetails` but the path, which is another file's."""


@pytest.mark.slow
@pytest.mark.parametrize("name", [one.name for one in fields(LeafletDetails) if one.name != "path"])
def test_what_is_said_of_a_leaflet_is_rewritten_in_the_manifest_and_prints_nothing(name: str, tmp_path: Path) -> None:
    publish([job("a")], tmp_path)
    done = publish([job("a", **{name: SAID[name]})], tmp_path)
    assert done.kept == pdfs("a")
    assert getattr(manifest.read(tmp_path)[0].entries[0], name) == SAID[name]


@pytest.mark.slow
@pytest.mark.parametrize("damaged", ["leaflets/teens/a.pdf", "leaflets/teens/a.html"])
def test_a_file_that_was_damaged_or_lost_is_made_again(damaged: str, tmp_path: Path) -> None:
    publish([with_sibling("a")], tmp_path)
    good = (tmp_path / damaged).read_bytes()
    (tmp_path / damaged).write_bytes(b"damaged")
    assert publish([with_sibling("a")], tmp_path).rendered == pdfs("a")
    (tmp_path / damaged).unlink()
    assert publish([with_sibling("a")], tmp_path).rendered == pdfs("a")
    assert (tmp_path / damaged).read_bytes() == good


@pytest.mark.slow
@pytest.mark.parametrize("bad", ["wrong", "raise"])
def test_a_failing_page_keeps_the_last_good_one(bad: str, tmp_path: Path) -> None:
    publish([with_sibling("a", "good"), job("b")], tmp_path)
    before = manifest.read(tmp_path)
    done = publish([with_sibling("a", bad), job("b")], tmp_path)
    assert (done.failed, done.rendered, done.kept) == (pdfs("a"), (), pdfs("b"))
    assert [(path, finding.severity) for path, finding in done.findings] == [(pdfs("a")[0], "error")]
    assert content(tmp_path, "a") == b"%PDF good"
    assert manifest.read(tmp_path) == before


@pytest.mark.slow
def test_a_page_that_never_was_good_is_not_in_the_manifest(tmp_path: Path) -> None:
    done = publish([job("a", "wrong")], tmp_path)
    assert (done.failed, done.entries) == (pdfs("a"), ())
    assert listing(tmp_path) == {"manifest.json", "drafts/leaflets/teens/a.pdf"}


@pytest.mark.slow
def test_stale_files_go_and_foreign_files_stay(tmp_path: Path) -> None:
    publish([with_sibling("a"), job("b", path="leaflets/old/b.pdf")], tmp_path)
    for foreign in ("leaflets/teens/mine.pdf", "notes.txt"):
        (tmp_path / foreign).write_text("mine")
    done = publish([], tmp_path)
    assert done.removed == ("leaflets/old/b.pdf", "leaflets/teens/a.html", "leaflets/teens/a.pdf")
    assert listing(tmp_path) == {"leaflets/teens/mine.pdf", "notes.txt", "manifest.json"}
    assert not (tmp_path / "leaflets" / "old").exists()


@pytest.mark.slow
def test_a_twin_that_is_no_longer_made_goes(tmp_path: Path) -> None:
    publish([with_sibling("a")], tmp_path)
    done = publish([job("a")], tmp_path)
    assert done.removed == ("leaflets/teens/a.html",)
    assert listing(tmp_path) == {*pdfs("a"), "manifest.json"}


@pytest.mark.slow
def test_what_is_asked_to_stay_stays_unless_it_was_taken_away(tmp_path: Path) -> None:
    publish([job("a"), with_sibling("b"), job("c")], tmp_path)
    (tmp_path / pdfs("c")[0]).unlink()
    done = publish([], tmp_path, keep=lambda entry: entry.therapy in "bc")
    assert (done.stayed, done.removed) == (pdfs("b"), pdfs("a"))
    assert listing(tmp_path) == {*pdfs("b"), "leaflets/teens/b.html", "manifest.json"}


@pytest.mark.slow
@pytest.mark.parametrize("damage", [b"", b'{"version": 99}', b"not json", None])
def test_a_manifest_that_cannot_be_read_means_printing_again(damage: bytes | None, tmp_path: Path) -> None:
    publish([job("a"), job("b")], tmp_path)
    path = tmp_path / "manifest.json"
    good = path.read_bytes()
    path.write_bytes(good[:-40] if damage is None else damage)
    done = publish([job("a")], tmp_path)
    assert done.rendered == pdfs("a")
    assert [problem.severity for problem in done.problems] == ["warning"]
    assert (tmp_path / pdfs("b")[0]).exists()  # nobody knows any more whose it is
    assert json.loads(path.read_bytes())["version"] == manifest.VERSION


@pytest.mark.slow
def test_a_manifest_cannot_make_us_delete_elsewhere(tmp_path: Path) -> None:
    output, precious = tmp_path / "output", tmp_path / "precious.pdf"
    publish([job("a")], output)
    precious.write_text("keep")
    path = output / "manifest.json"
    path.write_text(path.read_text().replace(pdfs("a")[0], "../precious.pdf"))
    assert publish([], output).removed == ()
    assert precious.exists()


@pytest.mark.slow
def test_a_link_in_the_output_folder_is_not_followed_out(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    publish([job("a")], output)
    (output / "leaflets").rename(elsewhere)
    (output / "leaflets").symlink_to(elsewhere)
    good = (elsewhere / "teens" / "a.pdf").read_bytes()
    with pytest.raises(OutputError, match="leads out"):
        publish([job("a", "new")], output)
    assert publish([], output).removed == ()
    assert (elsewhere / "teens" / "a.pdf").read_bytes() == good


HOLDER = """
import sys, time, filelock
held = filelock.FileLock(sys.argv[1])
held.acquire()
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_a_second_build_is_refused_and_the_next_is_not(tmp_path: Path) -> None:
    publish([job("a")], tmp_path)
    child = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / lock.NAME)], stdout=subprocess.PIPE)
    assert child.stdout and child.stdout.readline() == b"held\n"
    with pytest.raises(Busy, match="Another build is writing into this folder"):
        publish([job("b")], tmp_path)
    assert listing(tmp_path) == {*pdfs("a"), "manifest.json"}
    child.kill()
    child.wait()
    child.stdout.close()
    assert (tmp_path / lock.NAME).exists()
    assert publish([job("b")], tmp_path).rendered == pdfs("b")


@pytest.mark.slow
def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    (tmp_path / "leaflets").touch()
    with pytest.raises(OutputError, match="file stands where a folder"):
        publish([job("a")], tmp_path)
    with filelock.FileLock(tmp_path / lock.NAME, timeout=0):
        pass


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_leaflet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish([job("a", "old")], tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(OutputError, match="disk is full"):
            publish([job("a", "new")], tmp_path)
    assert content(tmp_path, "a") == b"%PDF old"
    assert listing(tmp_path) == {*pdfs("a"), "manifest.json"}


@pytest.mark.slow
def test_what_was_done_before_an_interruption_is_not_done_again(tmp_path: Path) -> None:
    jobs = [job("a", "long words"), job("b")]

    def stop(path: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(jobs, tmp_path, on_done=stop)
    done = publish(jobs, tmp_path)
    assert (done.kept, done.rendered) == (pdfs("a"), pdfs("b"))


@pytest.mark.slow
def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "leaflets").mkdir()
    (tmp_path / "leaflets" / ".printables-0123456789abcdef.tmp").touch()
    publish([job("a")], tmp_path)
    assert listing(tmp_path) == {*pdfs("a"), "manifest.json"}


@pytest.mark.parametrize(
    "paths",
    [
        ["a.pdf", "a.pdf"],
        ["Straße.pdf", "STRASSE.pdf"],
        ["\u00e9.pdf", "e\u0301.pdf"],
        ["a", "a/b.pdf"],
        ["a/b.pdf", "A"],
        ["Manifest.json"],
        [".lock"],
        ["../a.pdf"],
        ["/a.pdf"],
    ],
)
def test_paths_that_clash_are_refused_before_work_starts(paths: list[str], tmp_path: Path) -> None:
    assert len(check_unique(paths)) == 1
    with pytest.raises(OutputError):
        publish([job(str(turn), path=path) for turn, path in enumerate(paths)], tmp_path / "output")
    assert not (tmp_path / "output").exists()


def test_a_twin_clashes_like_any_file_and_different_paths_do_not() -> None:
    assert check_unique(["a.pdf", "b.pdf", "a/b.pdf", "a.html", "a/manifest.json"]) == []
    assert check_unique([*with_sibling("a").paths(), *replace(with_sibling("a"), path="c.pdf").paths()]) != []


@pytest.mark.slow
def test_workers_print_what_one_process_prints(tmp_path: Path) -> None:
    jobs = [job(name, f"{name} sparse") for name in "abcdef"]
    one, two = publish(jobs, tmp_path / "one"), publish(jobs, tmp_path / "two", workers=2)
    assert one == two
    assert (tmp_path / "one" / "manifest.json").read_bytes() == (tmp_path / "two" / "manifest.json").read_bytes()


@pytest.mark.slow
def test_a_crash_is_named_and_the_others_are_printed(tmp_path: Path) -> None:
    jobs = [job("bad", "crash"), job("odd", "raise"), *(job(name, f"{name} words") for name in "abcdefgh")]
    done = publish(jobs, tmp_path, workers=2)
    assert done.failed == pdfs("bad", "odd")
    assert done.rendered == pdfs(*"abcdefgh")
    said = {path: finding.what for path, finding in done.findings}
    assert "crashed" in said[pdfs("bad")[0]]
    assert "ValueError: a bad box" in said[pdfs("odd")[0]]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.long), 2])
def test_a_page_that_never_ends_is_ended(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PRINTING", 0.5)
    pages = {name: Page(words, "") for name, words in (("a", "never ends"), ("b", "words"))}
    results = dict(pool.render_all(pages, workers, typeset=fake))
    what = "Printing this page took more than 0.5 seconds of processor time, twice."
    assert results["a"].findings[0].what == what
    assert results["b"].pdf == b"%PDF words"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say what a process takes")
@pytest.mark.parametrize("kind", [pytest.param("grows slowly", marks=pytest.mark.long), "grows at once"])
def test_a_page_that_takes_all_memory_is_ended(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY", 400 * limits.MIB)
    pages = {name: Page(words, "") for name, words in (("a", kind), ("b", "words"))}
    results = dict(pool.render_all(pages, 1, typeset=fake))
    assert results["a"].findings[0].what == "Printing this page took more than 400 MiB of memory, twice."
    assert results["b"].pdf == b"%PDF words"


def test_another_executor_may_do_the_work(tmp_path: Path) -> None:
    with futures.ThreadPoolExecutor(2) as executor:
        done = publish([job(name, name) for name in "abc"], tmp_path, executor=executor)
        assert executor.submit(len, "open").result() == 4
    assert done.rendered == pdfs("a", "b", "c")


class Broken(futures.Executor):
    """A cluster that is gone."""

    def submit(self, *_: Any, **__: Any) -> Any:
        raise futures.BrokenExecutor


@pytest.mark.slow
def test_where_the_executor_breaks_the_work_is_done_here(tmp_path: Path) -> None:
    assert publish([job("a"), job("b")], tmp_path, workers=2, executor=Broken()).rendered == pdfs("a", "b")


INTERRUPTED = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_publish import job, publish
if __name__ == "__main__":
    jobs = [job("first", "a" * 99)] + [job(str(turn), "hang") for turn in range(3)]
    publish(jobs, Path(sys.argv[1]), workers=2, on_done=lambda path: print(path, flush=True))
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_build_ends_soon_and_leaves_no_workers(number: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "build.py"
    script.write_text(INTERRUPTED)
    output = tmp_path / "a folder to look for"
    roots = [str(Path(whole.__file__).parents[2]), str(Path(__file__).parent)]
    child = subprocess.Popen(
        [sys.executable, str(script), str(output), *roots], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout and child.stdout.readline().strip().decode() == pdfs("first")[0]
    child.send_signal(number)
    # The workers hold the other end of these pipes: this returns only when they have ended, too.
    child.communicate(timeout=1800)
    assert child.returncode != 0
    assert publish([job("first", "a" * 99)], output).kept == (pdfs("first") if number == signal.SIGINT else ())
