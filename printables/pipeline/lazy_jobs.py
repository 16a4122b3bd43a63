"""The print jobs of a run, batch by batch: new batches are composed at once, cached ones only to be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial

from printables.cache.environment import environment
from printables.checks.subject import Subject
from printables.pipeline import print_job
from printables.pipeline.one_therapy import Batch, check_result, pairs_with_errors
from printables.pipeline.run import Run
from printables.problems import Problem
from printables.publish.jobs import LazyJob, PrintJob, page_key

Composed = tuple[list[Subject], list[Problem]]


def lazy_jobs(run: Run) -> Iterator[LazyJob]:
    """Yield the job of each leaflet that can be printed, new batches first, and save the cache after the last one."""
    shared = pairs_with_errors(run.problems)
    for batch, key in run.batches():
        yield from _of_cached(run, batch, key) or _of_new(run, batch, key, shared)
    run.cache.save(run.options.store())  # while the last pages are being printed


def _of_cached(run: Run, batch: Batch, key: str) -> list[LazyJob] | None:
    """Return the jobs of a batch from its cached result; None if that is missing or lacks the key of a page."""
    result = run.cached(key)
    if result is None or not result.printable():
        return None
    compose = cache(partial(run.compose, batch))
    run.add_planned(batch, result)
    good = (one for one in result.handouts if one.good)
    return [LazyJob(one.about, one.key, partial(_job_at, compose, run, one.about.path)) for one in good]


def _of_new(run: Run, batch: Batch, key: str, shared: frozenset[tuple[str, str]]) -> list[LazyJob]:
    """Compose and check a batch, keep the result in the cache, and return its jobs."""
    subjects, problems = run.compose(batch)
    result = check_result(subjects, problems, shared)
    jobs = _jobs_of(run, subjects, {one.about.path for one in result.handouts if one.good})
    keys = {path: page_key(job, environment()) for path, job in jobs.items()}
    result = replace(result, handouts=tuple(replace(one, key=keys.get(one.about.path, "")) for one in result.handouts))
    run.put(key, result)
    run.add_planned(batch, result, subjects)
    return [LazyJob(job, keys[path], partial(jobs.__getitem__, path)) for path, job in jobs.items()]


def _jobs_of(run: Run, subjects: Iterable[Subject], good: set[str]) -> dict[str, PrintJob]:
    """Return the jobs of the subjects whose path is in `good`, by path."""
    formats, strict = run.options.formats, run.options.strict
    wanted = (subject for subject in subjects if subject.item.path in good)
    return {one.item.path: print_job.print_job(run.pages, one, formats, strict=strict) for one in wanted}


def _job_at(compose: Callable[[], Composed], run: Run, path: str) -> PrintJob:
    return _jobs_of(run, compose()[0], {path})[path]
