"""One worker for pages that are typeset again and again."""

from __future__ import annotations

import functools
import gc
import threading
from concurrent import futures

from printables.publish.pool import TIME_LIMIT, Typeset, new_workers, nothing, typeset_page, watched
from printables.typeset.page import Page, Printed


class Standby:
    """One worker that stays warm between pages, for whoever shows a page again after each change.

    A page that crashes it or takes longer than `limit` seconds costs only itself: the next one gets a new worker.
    """

    def __init__(self, typeset: Typeset = typeset_page, limit: float = TIME_LIMIT) -> None:
        self._work = functools.partial(watched, typeset, limit=limit)
        self._limit = limit
        self._own: futures.ProcessPoolExecutor | None = None
        self._closed = False
        self._starting = threading.Lock()

    def typeset(self, page: Page) -> Printed:
        """Blocks until the page is finished; one at a time."""
        made = self.tried(page)
        what = f"The program that prints this page was stopped, crashed or took more than {self._limit:g} seconds."
        mend = "Look for very long words, very large pictures or deeply nested lists in its text."
        return made or nothing(what, mend)

    def tried(self, page: Page) -> Printed | None:
        """The finished page, or None where its worker ended before."""
        try:
            return self._submit(page).result()
        except (futures.BrokenExecutor, futures.CancelledError):
            own, self._own = self._own, None
            if own:
                own.shutdown(wait=False)
            return None

    def _submit(self, page: Page) -> futures.Future[Printed]:
        with self._starting:
            if self._closed:
                raise futures.BrokenExecutor
            self._own = self._own or new_workers(1)
            return self._own.submit(self._work, page)

    def stop(self) -> None:
        """End the worker, whatever it is doing; a page under way comes back without PDF."""
        own = self._own
        for worker in list((own._processes or {}).values()) if own else ():  # noqa: SLF001 - see _kill
            worker.kill()

    def close(self) -> None:
        """End the worker and give back what the system lent for it."""
        with self._starting:  # a worker that is only half there could not be ended
            self._closed = True
            self.stop()
            own, self._own = self._own, None
        if own:
            own.shutdown(cancel_futures=True)
        del own
        gc.collect()  # the semaphores go with the last of it; whoever leaves by os._exit would be told that they leak
