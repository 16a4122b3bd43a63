"""Bring the output folder up to date: print what changed, keep what did not, remove what is obsolete."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from printables import files
from printables.cache.environment import environment
from printables.problems import Problem
from printables.publish import lock, manifest
from printables.publish.jobs import (
    DRAFTS,
    LazyJob,
    LeafletDetails,
    PrintJob,
    PublishResult,
    case_folded,
    check_unique,
    draft_path,
    may_hold,
    page_key,
    sheets_path,
)
from printables.publish.manifest import Entry, File, Manifest
from printables.typeset.page import Finding, Printed
from printables.workers import pool
from printables.workers.queue import Item
from printables.workers.supervisor import Typeset, typeset_page

Entries = dict[str, Entry]


@dataclass(frozen=True)
class Printing:
    """How pages are printed: number of workers, callbacks, typesetting function, or an executor."""

    workers: int
    on_done: Callable[[str], None]
    on_kept: Callable[[str], None] = lambda _: None
    typeset: Typeset = typeset_page
    executor: futures.Executor | None = None


@dataclass
class _Published:
    """The progress so far. It grows while pages are finished, and survives an interruption."""

    waiting: dict[str, tuple[PrintJob, str]] = field(default_factory=dict)
    """Jobs whose pages are being printed, with their keys, by path."""
    planned: set[str] = field(default_factory=set)
    kept: Entries = field(default_factory=dict)
    rendered: Entries = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    findings: list[tuple[str, Finding]] = field(default_factory=list)


def publish(  # noqa: PLR0913 - all but the first two are named at the call
    jobs: Iterable[PrintJob | LazyJob],
    output: Path,
    *,
    keep: Callable[[Entry], bool],
    workers: int,
    on_done: Callable[[str], None],
    on_kept: Callable[[str], None] = lambda _: None,
    paths: Iterable[str] | None = None,
    typeset: Typeset = typeset_page,
    executor: futures.Executor | None = None,
) -> PublishResult:
    """Make `output` hold the leaflets of these jobs, and those earlier ones for which `keep` returns True.

    `jobs` are consumed one by one while pages are printed, so they may be a generator; then `paths` must list all files
    that they will write. `keep` is called with every entry of the old manifest that no job makes. `on_done` is called
    with the path of each leaflet that was printed or failed, `on_kept` with that of each one that was up to date.
    `typeset` must be a function of a module, because it is pickled for other processes.

    Raises OutputError (clashing paths, before any work; a disk that cannot be written) and Busy (another build).
    """
    if paths is None:
        jobs = list(jobs)
        paths = [path for job in jobs if isinstance(job, PrintJob) for path in job.paths()]
    clashes = check_unique(paths)
    if clashes:
        raise files.OutputError(*clashes)
    if output.resolve().parent == output.resolve():
        what = "The output folder is the top of the disk."
        raise files.OutputError(Problem(str(output), 0, what, "Choose a folder of its own, such as output."))
    files.make_folder(output)
    with lock.held(output):
        files.sweep(output)
        return _publish(jobs, output, keep, Printing(workers, on_done, on_kept, typeset, executor))


def _publish(
    jobs: Iterable[PrintJob | LazyJob], output: Path, keep: Callable[[Entry], bool], work: Printing
) -> PublishResult:
    before, problems = manifest.read(output)
    old = {entry.path: entry for entry in before.entries}
    done = _print_all(jobs, old, output, work)
    stayed = _still_there(output, (old[path] for path in old.keys() - done.planned if keep(old[path])))
    failed = (old[path] for path in done.failed if path in old)
    last_good = _still_there(output, (one for one in failed if may_hold(output, one.approved)))
    new = {**stayed, **last_good, **done.kept, **done.rendered}
    removed = _remove_stale(output, old, new)
    _remove_drafts(output, {*done.kept, *done.rendered, *(old.keys() - done.planned - stayed.keys())})
    _save(output, new)
    return replace(_publish_result(done, new), stayed=tuple(sorted(stayed)), removed=removed, problems=tuple(problems))


def _publish_result(done: _Published, new: Entries) -> PublishResult:
    earlier = [(path, finding) for path, entry in done.kept.items() for finding in entry.findings]
    return PublishResult(
        rendered=tuple(sorted(done.rendered)),
        kept=tuple(sorted(done.kept)),
        failed=tuple(sorted(done.failed)),
        findings=tuple(sorted(done.findings + earlier, key=lambda pair: pair[0])),
        entries=tuple(new[path] for path in sorted(new)),
    )


def _needed(
    jobs: Iterable[PrintJob | LazyJob], old: Entries, output: Path, work: Printing, done: _Published
) -> Iterator[Item]:
    """Yield the pages that must be printed; note the others as kept, with today's details of their records."""
    current_environment, disk = environment(), manifest.OnDisk(output)
    for job in jobs:
        about, key = (job.about, job.key) if isinstance(job, LazyJob) else (job, page_key(job, current_environment))
        earlier = old.get(about.path)
        done.planned.add(about.path)
        if earlier and earlier.key == key and all(disk.holds(file) for file in earlier.all_files()):
            done.kept[about.path] = _entry(about, key, earlier.all_files(), earlier.pages, earlier.findings)
            work.on_kept(about.path)
        else:
            whole = job.make() if isinstance(job, LazyJob) else job
            done.waiting[about.path] = whole, key
            yield about.path, whole.page


def _entry(about: LeafletDetails, key: str, files: Iterable[File], pages: int, findings: tuple[Finding, ...]) -> Entry:
    pdf, *siblings = files
    details = {one.name: getattr(about, one.name) for one in fields(LeafletDetails)}
    return Entry(
        **details, key=key, sha256=pdf.sha256, bytes=pdf.bytes, pages=pages, findings=findings, files=tuple(siblings)
    )


def _print_all(jobs: Iterable[PrintJob | LazyJob], old: Entries, output: Path, work: Printing) -> _Published:
    done = _Published()
    try:
        _print_each(_needed(jobs, old, output, work, done), output, work, done)
    except BaseException:
        # Ctrl-C or a full disk: save what has been printed, so that the next build need not print it again.
        with contextlib.suppress(files.OutputError):
            _save(output, {**old, **done.rendered})
        raise
    return done


def _print_each(pages: Iterable[Item], output: Path, work: Printing, done: _Published) -> None:
    results = pool.render_all(pages, work.workers, typeset=work.typeset, executor=work.executor)
    with contextlib.closing(results):
        for path, printed in results:
            done.findings += [(path, finding) for finding in printed.findings]
            job, key = done.waiting.pop(path)
            if _is_good(printed):
                done.rendered[path] = _write(output, job, key, printed)
            else:
                done.failed.append(path)
                if printed.pdf and may_hold(output):
                    _write_file(output, draft_path(path), printed.pdf)
            work.on_done(path)


def _is_good(printed: Printed) -> bool:
    return bool(printed.pdf) and not any(finding.severity == "error" for finding in printed.findings)


def _write(output: Path, job: PrintJob, key: str, printed: Printed) -> Entry:
    sheets = ((sheets_path(job.path), printed.sheets),) if printed.sheets else ()
    contents = ((job.path, printed.pdf), *sorted((*job.siblings, *sheets)))
    for path, data in contents:
        _write_file(output, path, data)
    written = (manifest.described(path, data) for path, data in contents)
    return _entry(job, key, written, printed.pages, printed.findings)


def _write_file(output: Path, relative: str, data: bytes) -> None:
    path = files.inside(output, relative)
    files.make_folder(path.parent)
    files.write_atomic(path, data)


def _still_there(output: Path, entries: Iterable[Entry]) -> Entries:
    """Return, by path, the entries whose PDF still exists: it may have been removed by hand."""
    return {entry.path: entry for entry in entries if _find(output, entry.path)}


def _find(output: Path, relative: str) -> Path | None:
    with contextlib.suppress(files.OutputError):
        path = files.inside(output, relative)
        return path if files.is_file(path) else None
    return None


def _files(entries: Entries) -> list[File]:
    return [file for entry in entries.values() for file in entry.all_files()]


def _remove_stale(output: Path, old: Entries, new: Entries) -> tuple[str, ...]:
    """Remove files that only the old manifest lists; return their paths. Other files are never touched."""
    wanted = {case_folded(file.path): file.path for file in _files(new)}
    gone = sorted({file.path for file in _files(old)} - {file.path for file in _files(new)})
    return tuple(path for path in gone if _remove(output, path, wanted.get(case_folded(path))))


def _remove_drafts(output: Path, paths: Iterable[str]) -> None:
    """Remove the drafts of leaflets that are good now, or gone."""
    if not (output / DRAFTS).is_dir():
        return
    for path in paths:
        _remove(output, draft_path(path), None)


def _remove(output: Path, relative: str, namesake: str | None) -> bool:
    path = _find(output, relative)
    if path is None:
        return False
    # On a disk that ignores case, the old "A.pdf" is the same file as the new "a.pdf".
    if namesake and path.samefile(output / namesake):
        return False
    files.remove(path)
    files.remove_empty(output, path.parent)
    return True


def _save(output: Path, entries: Entries) -> None:
    """Write the manifest if it has changed, so that its modification time is meaningful."""
    data = manifest.dump(Manifest(entries=tuple(entries.values())))
    path = output / manifest.NAME
    if _content(path) != data:
        files.write_atomic(path, data)


def _content(path: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return None
