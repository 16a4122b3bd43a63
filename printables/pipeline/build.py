"""The six steps on one screen: read, plan, page, check, print, publish."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from printables.cache.cache import Cache
from printables.checks import shared_runs
from printables.library.file_reader import SOURCE
from printables.pipeline import parallel_check, print_job
from printables.pipeline.check_result import shared_with_others
from printables.pipeline.lazy_jobs import lazy_jobs
from printables.pipeline.notes import notes_joined
from printables.pipeline.one_therapy import check_result, pairs_with_errors
from printables.pipeline.options import Options, Progress
from printables.pipeline.released import may_stay_released
from printables.pipeline.run import CheckedLibrary, Run, read_and_plan
from printables.pipeline.scope import region_name
from printables.plan import folder_of, output_folder_of
from printables.problems import has_errors
from printables.publish.jobs import PublishResult
from printables.publish.manifest import Entry

__all__ = ["CheckedLibrary", "Options", "Progress", "build", "check", "check_pages", "succeeded"]


def check(
    options: Options, cache: Cache | None = None, *, keep: bool = True, only: Collection[str] = ()
) -> CheckedLibrary:
    """Steps 1 to 4. The typesetting engine is not loaded.

    Without `keep`, cached batches are not composed again, and no page is kept in memory. `only` limits the check to the
    batches with these keys.
    """
    run = read_and_plan(options, cache or Cache(options.language), keep=keep)  # 1 read, 2 plan
    shared, batches = pairs_with_errors(run.problems), [one for one in run.batches() if not only or one[1] in only]
    if not (keep or only):
        parallel_check.check_in_processes(check, options, run.cache, [key for _, key in batches])
    for batch, key in batches:
        result = run.cached(key)
        if result:
            run.add(result)
            continue
        subjects, problems = run.compose(batch)  # 3 page, 4 check
        result = check_result(subjects, problems, shared)
        run.put(key, result)
        run.add(result, subjects)
    if run.library and options.choice.whole and not only:
        run.problems += shared_runs.problems(run.library, shared_with_others(run.handouts))
    return run.checked()


def check_pages(options: Options, progress: Progress | None = None, *, keep: bool = False) -> CheckedLibrary:
    """Steps 1 to 5: all that `build` would find, the layout of the pages included. No leaflet is written."""
    from printables.pipeline import laid_out  # only this needs what prints

    cache, progress = options.new_cache(), progress or Progress()
    _start_workers_early(options, cache)
    run = read_and_plan(options, cache, keep=keep)  # 1 read, 2 plan
    if run.library is None:
        return run.checked()
    progress.on_start(len(run.items))
    found = laid_out.lay_out(lazy_jobs(run), options, progress)  # 3 page, 4 check, 5 print
    cache.save(options.store())
    checked = run.checked()
    findings = [(path, finding) for path, one in found.items() for finding in one.findings]
    counts = {path: one.pages for path, one in found.items()}
    return replace(checked, problems=(*checked.problems, *notes_joined(checked, findings, options)), page_counts=counts)


def build(
    options: Options, progress: Progress | None = None, *, keep: bool = False, bare: bool = False
) -> tuple[CheckedLibrary, PublishResult]:
    """All six steps. A leaflet with an error is not made, and its last good file stays.

    Pages are printed while others are still being composed. With `keep`, all are composed and kept in memory; with
    `bare`, none is kept, and what is up to date is only composed where somebody needs its words.
    Raises `Busy` while another build writes to the same output, `OutputError` if the disk cannot be written,
    `ClusterRefused` if the cluster cannot be used, and `FormatMissing` if a requested format cannot be made here.
    """
    from printables.publish.publisher import publish  # only a build needs what prints

    cache, progress = options.new_cache(), progress or Progress()
    _start_workers_early(options, cache)
    run = read_and_plan(options, cache, keep=keep, bare=bare)  # 1 read, 2 plan
    if run.library is None:
        return run.checked(), PublishResult()
    progress.on_start(len(run.items))
    jobs = lazy_jobs(run)  # 3 page, 4 check: batch by batch, while others are being printed
    with _printing(options) as (executor, workers):
        result = publish(  # 5 print, 6 publish
            jobs,
            options.output,
            paths=[path for item in run.items for path in print_job.job_paths(item, options.formats)],
            keep=_is_kept(run),
            workers=workers or options.workers or os.cpu_count() or 1,
            on_done=progress.on_done,
            on_kept=progress.on_kept,
            executor=executor,
        )
    checked = run.checked(result.problems)
    pdf_problems = tuple(notes_joined(checked, result.findings, options))
    return replace(checked, problems=(*checked.problems, *pdf_problems)), result


def _start_workers_early(options: Options, cache: Cache) -> None:
    """Start workers that load the engine during reading and composing, if an empty cache means much printing."""
    from printables.workers.worker import load_ahead

    if not (cache.read_results or options.cluster):
        load_ahead(options.workers or os.cpu_count() or 1)


def _printing(options: Options) -> AbstractContextManager[tuple[Any, int]]:
    """Return the executor that prints and its number of workers; None and 0 for this machine's own processes."""
    from printables.workers import cluster

    return cluster.connected(options.cluster) if options.cluster else nullcontext((None, 0))


def _is_kept(run: Run) -> Callable[[Entry], bool]:
    """Return a test for older output: it stays if it is planned, if its record is broken, or if it was not selected.

    What was made for a clinic goes with its record, in the next build that is not limited to some leaflets. Released
    output must besides be approved still.
    """
    kept_in_output, library = _is_kept_in_output(run), run.library
    if not run.options.release or library is None:
        return kept_in_output
    return lambda entry: kept_in_output(entry) and may_stay_released(library, entry)


def _is_kept_in_output(run: Run) -> Callable[[Entry], bool]:
    """Return that test for a folder that may hold drafts."""
    planned, broken = {item.path for item in run.items}, run.library.broken if run.library else frozenset()
    choice = run.options.choice
    folder = output_folder_of(run.library, region_name(run.library, choice), choice.clinic) if run.library else ""

    def kept(entry: Entry) -> bool:
        if entry.language != (run.options.language or SOURCE):
            return True
        if entry.path in planned or broken & {entry.record, entry.therapy}:
            return True
        if choice.is_everything and _is_of_removed_clinic(run, entry):
            return False
        selected = choice.covers(entry.record, entry.therapy, entry.audience, entry.edition)
        return not selected or folder_of(entry.path) != folder

    return kept


def _is_of_removed_clinic(run: Run, entry: Entry) -> bool:
    home, _, clinic = folder_of(entry.path).rstrip("/").rpartition("/")
    library = run.library
    if home != "clinics" or library is None:
        return False
    return clinic not in library.clinics and not library.cannot_use("clinic", clinic)


def succeeded(checked: CheckedLibrary, result: PublishResult | None = None) -> bool:
    """Return True if there is no error and nothing failed to print."""
    return not has_errors(checked.problems) and not (result and result.failed)
