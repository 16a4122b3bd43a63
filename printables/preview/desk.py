"""Keep the shown leaflets up to date: check in a thread, typeset in a worker process, never block the event loop.

Work is pulled, not pushed: a save only marks results as out of date. An open page asks for a new one, so a quick series
of saves costs one check, and a choice that nobody looks at costs nothing.
"""

from __future__ import annotations

import asyncio
import dataclasses
import functools
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from printables.cache.cache import Cache
from printables.pipeline.build import Options
from printables.preview.make import PreviewResult, make, proof_sheet, survey
from printables.preview.state import ChoiceNames, PagePictures, PreviewChoice, PreviewState, Printing, now
from printables.preview.turn import GivenUp, Turn
from printables.typeset.page import Page, Printed
from printables.typeset.pictures import page_pictures
from printables.workers.supervisor import Supervisor, failed_page
from printables.workers.usage import Watch

T = TypeVar("T")

MOST = 16
"""The most choices kept; the least recently used is dropped first."""
LONGEST = 20.0
"""Seconds of processor time that a check may take; it takes a fraction of one, unless a template has nested loops."""
PATIENCE = 10.0
"""Seconds of processor time after which a page is stopped if a newer one waits."""
TICK = 0.2
"""Seconds between two checks of running work."""


class _ShownChoice:
    """The state of one choice."""

    def __init__(self, asked: PreviewChoice | None) -> None:
        self.lock = asyncio.Lock()
        self.generation = -1
        self.shown = PreviewState(asked)
        self.wanted: PreviewResult | None = None
        self.printed: Page | None = None
        self.task: asyncio.Task[None] | None = None


class PreviewDesk:
    """All choices that are shown in a browser. Not thread-safe: it belongs to one event loop."""

    def __init__(self, options: Options, supervisor: Supervisor) -> None:
        self.names = ChoiceNames()
        self.known = ChoiceNames()
        self.closed = False
        self._options, self._supervisor = options, supervisor
        self._memory = Cache()
        self._generation = 0
        self._turn, self._busy = 0, False
        self._entries: dict[PreviewChoice | None, _ShownChoice] = {}
        self._checker, self._printer = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._news = asyncio.Event()

    def saved(self) -> None:
        """Note that a file below content or templates has changed."""
        self._generation += 1
        self._tell()

    def close(self) -> None:
        """End every stream and the worker; running checks end with the process."""
        self.closed = True
        self._tell()
        self._supervisor.stop()
        self._checker.shutdown(wait=False, cancel_futures=True)
        self._printer.shutdown(wait=False, cancel_futures=True)

    async def fresh(self, asked: PreviewChoice | None) -> PreviewState:
        """Return the state to show, made again if something was saved since."""
        entry = self._entry(asked)
        async with entry.lock:
            generation = self._generation
            if entry.generation != generation:
                made = await self._make(asked)
                entry.generation = generation
                self._take(entry, made)
        return entry.shown

    async def look_again(self) -> None:
        """Read only the available choices."""
        self._learn(await self._make(None))

    async def _make(self, asked: PreviewChoice | None) -> PreviewResult:
        try:
            return await (
                self._in_thread(make, self._options, asked, self._memory)
                if asked
                else self._in_thread(survey, self._options, self._memory)
            )
        except GivenUp as error:
            return PreviewResult((error.problem,))

    async def follow(self, asked: PreviewChoice | None) -> AsyncIterator[PreviewState]:
        """Yield the state to show each time it changes, until the desk is closed."""
        seen = -1
        while not self.closed:
            news = self._news
            shown = await self.fresh(asked)
            if shown.serial != seen:
                seen = shown.serial
                yield shown
            await news.wait()

    async def proof(self, asked: PreviewChoice) -> str:
        """Return the proof sheet of the therapy. Raises GivenUp."""
        return await self._in_thread(proof_sheet, self._options, asked, self._memory)

    def last(self, asked: PreviewChoice) -> PreviewState:
        """Return the state that is shown now, without making anything."""
        entry = self._entries.get(asked)
        return entry.shown if entry else PreviewState(asked)

    async def _in_thread(self, work: Callable[..., T], *arguments: Any) -> T:
        """Run work in the checker's thread. Raises GivenUp at the limit; the thread, which cannot be ended, is left."""
        turn = Turn(functools.partial(work, *arguments))
        watch = Watch(turn.used, LONGEST)
        future = asyncio.get_running_loop().run_in_executor(self._checker, turn)
        while not (await asyncio.wait({future}, timeout=TICK))[0]:
            if reason := watch.over():
                self._checker.shutdown(wait=False)
                self._checker = ThreadPoolExecutor(1)
                raise GivenUp(reason, LONGEST)
        return await future

    def _entry(self, asked: PreviewChoice | None) -> _ShownChoice:
        entry = self._entries.pop(asked, None) or _ShownChoice(asked)
        self._entries[asked] = entry
        idle = [name for name, old in self._entries.items() if old is not entry and not (old.task or old.lock.locked())]
        for name in idle[: max(0, len(self._entries) - MOST)]:
            del self._entries[name]
        return entry

    def _learn(self, made: PreviewResult) -> None:
        if made.names:
            self.names, self.known = made.names, made.names.with_older(self.known)

    def _take(self, entry: _ShownChoice, made: PreviewResult) -> None:
        """Show a result. If it has no web page, the last good one stays and is no longer `fresh`."""
        self._learn(made)
        old = entry.shown
        new = dataclasses.replace(old, problems=made.problems, fresh=made.web is not None)
        if made.web and made.job:
            same = old.web and old.web.html == made.web.html
            new = dataclasses.replace(new, web=old.web if same and old.fresh else made.web, headings=made.headings)
            if made.job.page != entry.printed or old.printing == "failed":
                new = dataclasses.replace(new, printing="working", found=())
                self._want(entry, made)
        self._show(entry, new)

    def _show(self, entry: _ShownChoice, new: PreviewState) -> None:
        if new != entry.shown:
            entry.shown = dataclasses.replace(new, serial=entry.shown.serial + 1)
            self._tell()

    def _want(self, entry: _ShownChoice, made: PreviewResult) -> None:
        entry.wanted = made
        entry.printed = made.job.page if made.job else None
        if entry.task is None:
            entry.task = asyncio.get_running_loop().create_task(self._print(entry))
        self._hurry(self._turn)

    def _hurry(self, turn: int) -> None:
        """Stop the page in the worker at its limit (PATIENCE), now that another one waits."""
        if turn != self._turn or not self._busy:
            return
        if self._supervisor.spent() > PATIENCE:
            self._supervisor.stop()
        else:
            asyncio.get_running_loop().call_later(TICK, self._hurry, turn)

    async def _print(self, entry: _ShownChoice) -> None:
        """Typeset the wanted result, and again if a newer one is wanted by then."""
        try:
            while (made := entry.wanted) is not None and not self.closed:
                entry.wanted = None
                loop = asyncio.get_running_loop()
                printed, pngs = await loop.run_in_executor(self._printer, self._typeset, made)
                if not self.closed:
                    self._show(entry, _with_pdf(entry, made, printed, pngs))
        finally:
            entry.task = None

    def _typeset(self, made: PreviewResult) -> tuple[Printed, tuple[bytes, ...]]:
        """Typeset and draw the pages. Runs in the printer's thread, which mostly waits for the worker."""
        if made.job is None:
            return Printed(b"", 0), ()
        self._turn, self._busy = self._turn + 1, True
        try:
            printed = self._supervisor.typeset(made.job.page)
            return printed, tuple(page_pictures(printed.pdf)) if printed.pdf else ()
        except Exception as error:  # noqa: BLE001 - where the system has no process left, the page still stands
            what = f"The pages could not be made ({type(error).__name__}: {str(error)[:200]})."
            return failed_page(what, "Save again, or start the preview anew."), ()
        finally:
            self._busy = False

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


def _with_pdf(entry: _ShownChoice, made: PreviewResult, printed: Printed, pngs: tuple[bytes, ...]) -> PreviewState:
    """Return the state with new pictures and the PDF's problems; without a PDF, the last good pictures stay."""
    old = entry.shown
    pictures = PagePictures(pngs, now(), printed.pdf) if pngs else old.pictures
    if entry.wanted is not None:  # a newer result waits: these findings are about old words
        return dataclasses.replace(old, pictures=pictures)
    done: Printing = "done" if pngs else "failed"
    return dataclasses.replace(old, pictures=pictures, found=made.problems_of(printed.findings), printing=done)
