"""Keeps what is shown up to date: the check in a thread, the typesetting in a warm worker, the event loop in neither.

Work is pulled, not pushed: a save only says that what was made is old. Whoever looks asks for it anew, so a fast series
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
"""Choices that are remembered; the one that was not looked at for longest goes first."""
LONGEST = 20.0
"""Seconds of processor time that a check may take; it takes a fraction of one, unless a template has loops in loops."""
PATIENCE = 10.0
"""Seconds of processor time that a page may have taken when a newer one waits."""
TICK = 0.2
"""Seconds between two looks at what is under way."""


class _ShownChoice:
    """What is known of one choice."""

    def __init__(self, asked: PreviewChoice | None) -> None:
        self.lock = asyncio.Lock()
        self.generation = -1
        self.shown = PreviewState(asked)
        self.wanted: PreviewResult | None = None
        self.printed: Page | None = None
        self.task: asyncio.Task[None] | None = None


class PreviewDesk:
    """All choices that somebody looks at. Belongs to one event loop."""

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
        """A file below content or templates has changed."""
        self._generation += 1
        self._tell()

    def close(self) -> None:
        """End every stream and the worker; threads that still check end with the process."""
        self.closed = True
        self._tell()
        self._supervisor.stop()
        self._checker.shutdown(wait=False, cancel_futures=True)
        self._printer.shutdown(wait=False, cancel_futures=True)

    async def fresh(self, asked: PreviewChoice | None) -> PreviewState:
        """What is to be shown, made anew where something was saved since."""
        entry = self._entry(asked)
        async with entry.lock:
            generation = self._generation
            if entry.generation != generation:
                made = await self._make(asked)
                entry.generation = generation
                self._take(entry, made)
        return entry.shown

    async def look_again(self) -> None:
        """Reads only what can be chosen."""
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
        """What is to be shown, each time that it changes, until the desk is closed."""
        seen = -1
        while not self.closed:
            news = self._news
            shown = await self.fresh(asked)
            if shown.serial != seen:
                seen = shown.serial
                yield shown
            await news.wait()

    async def proof(self, asked: PreviewChoice) -> str:
        """The proof sheet of the therapy. Raises GivenUp."""
        return await self._in_thread(proof_sheet, self._options, asked, self._memory)

    def last(self, asked: PreviewChoice) -> PreviewState:
        """What is on the screen now; nothing is made."""
        entry = self._entries.get(asked)
        return entry.shown if entry else PreviewState(asked)

    async def _in_thread(self, work: Callable[..., T], *arguments: Any) -> T:
        """Raises GivenUp where it takes too long. It is left, since a thread cannot be ended."""
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
        """Show what was made; where no page came of it, the last good one stays and is no longer fresh."""
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
        """Stop a page that keeps the worker too long, now that another one waits."""
        if turn != self._turn or not self._busy:
            return
        if self._supervisor.spent() > PATIENCE:
            self._supervisor.stop()
        else:
            asyncio.get_running_loop().call_later(TICK, self._hurry, turn)

    async def _print(self, entry: _ShownChoice) -> None:
        """Typeset what is wanted, and again where something newer is wanted by then."""
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
        """In the printer's thread, which only waits for the worker and then draws."""
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
    """The pictures and what was found in the PDF; without a PDF, the last good pictures stay."""
    old = entry.shown
    pictures = PagePictures(pngs, now()) if pngs else old.pictures
    if entry.wanted is not None:  # something newer waits: what was found belongs to words that are gone
        return dataclasses.replace(old, pictures=pictures)
    done: Printing = "done" if pngs else "failed"
    return dataclasses.replace(old, pictures=pictures, found=made.problems_of(printed.findings), printing=done)
