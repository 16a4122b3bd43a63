"""Pages come to the workers while others are still being made, and few are in memory at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from printables.publish.jobs import LazyJob, LeafletDetails, PrintJob, PublishResult
from printables.publish.manifest import Entry
from printables.publish.publisher import publish
from printables.typeset.page import Page, Printed
from printables.workers import pool, supervisor
from printables.workers.queue import AHEAD, Item, Queue


def page(words: str) -> Page:
    return Page(words, "")


def who(page: Page) -> Printed:
    """A stand-in for the engine that says which process it is."""
    return Printed(f"{os.getpid()} {page.html}".encode(), 1, ())


def items(count: int, seen: list[str] | None = None) -> Iterator[Item]:
    for number in range(count):
        if seen is not None:
            seen.append(str(number))
        yield f"{number}.pdf", page("x" * (number % 7))


def test_the_first_need_not_wait_then_the_largest_of_those_that_can_be_seen_goes_first() -> None:
    queue = Queue(iter([("a", page("x")), ("b", page("xxx")), ("c", page("xx")), ("d", page("xxxx"))]))
    assert [queue.take()[0] for _ in range(4)] == ["a", "b", "d", "c"]


def test_workers_begin_before_much_is_made_and_never_much_is_waiting() -> None:
    made: list[str] = []
    queue = Queue(items(200, made))
    queue.take()
    assert len(made) == 1
    for taken in range(2, 150):
        queue.take()
        assert len(made) - taken < AHEAD


def test_a_queue_knows_what_is_left_and_takes_back() -> None:
    queue = Queue(items(3))
    assert (queue.available(2), queue.available(9)) == (2, 3)
    first = queue.take()
    queue.put_back([first])
    assert sorted(queue.take()[0] for _ in range(3)) == ["0.pdf", "1.pdf", "2.pdf"]
    assert queue.available(1) == 0


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_are_printed_while_others_are_made(jobs: int) -> None:
    made: list[str] = []
    results = pool.render_all(items(60, made), jobs, typeset=who)
    next(results)
    assert len(made) < 60
    assert len(list(results)) == 59


@pytest.mark.slow
def test_a_worker_gives_way_to_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "GENERATION", 2)
    made = dict(pool.render_all(items(9), 2, typeset=who))
    assert len(made) == 9
    assert len({printed.pdf.split()[0] for printed in made.values()}) >= 3


def about(path: str) -> LeafletDetails:
    return LeafletDetails(path, "A title", "C-1", "1", "ipt", "teens", "en", "2025-01-01", "2027-01-01")


def never() -> NoReturn:
    raise AssertionError("what is up to date need not be made")


def published(folder: Path, jobs: list[LazyJob]) -> PublishResult:
    paths = [job.about.path for job in jobs]
    return publish(
        iter(jobs), folder, paths=paths, keep=_none, workers=1, on_done=lambda _: None, typeset=who
    )  # fmt: skip


def _none(_: Entry) -> bool:
    return False


@pytest.mark.slow
def test_what_has_the_same_key_is_kept_without_being_made(tmp_path: Path) -> None:
    job = PrintJob(**vars(about("a.pdf")), page=page("a"))
    first = published(tmp_path, [LazyJob(about("a.pdf"), "key", lambda: job)])
    again = published(tmp_path, [LazyJob(about("a.pdf"), "key", never)])
    assert (first.rendered, again.rendered, again.kept) == (("a.pdf",), (), ("a.pdf",))


@pytest.mark.slow
def test_what_has_another_key_or_is_gone_is_made(tmp_path: Path) -> None:
    job = PrintJob(**vars(about("a.pdf")), page=page("a"))
    published(tmp_path, [LazyJob(about("a.pdf"), "key", lambda: job)])
    assert published(tmp_path, [LazyJob(about("a.pdf"), "other", lambda: job)]).rendered == ("a.pdf",)
    (tmp_path / "a.pdf").write_bytes(b"by hand")
    assert published(tmp_path, [LazyJob(about("a.pdf"), "other", lambda: job)]).rendered == ("a.pdf",)


@pytest.mark.slow
def test_a_job_that_cannot_be_made_loses_nothing_that_was_published(tmp_path: Path) -> None:
    good = PrintJob(**vars(about("a.pdf")), page=page("a"))
    published(tmp_path, [LazyJob(about("a.pdf"), "key", lambda: good)])
    with pytest.raises(AssertionError):
        published(tmp_path, [LazyJob(about("a.pdf"), "key", never), LazyJob(about("b.pdf"), "key", never)])
    assert published(tmp_path, [LazyJob(about("a.pdf"), "key", never)]).kept == ("a.pdf",)
