"""Our own two workers against two of a Dask cluster on this machine, on the same pages."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent import futures
from typing import Any

import dask
from distributed import LocalCluster

from printables.typeset.page import Page, Printed
from printables.workers import cluster, pool, supervisor
from printables.workers.cluster_address import Cluster

WORKERS = 2


def compared(pages: Sequence[Page], rounds: int = 3) -> dict[str, Any]:
    """The faster of some rounds each; both sets of workers are warm, so that their start is not counted."""
    named = {f"{number}.pdf": page for number, page in enumerate(pages)}
    settings = {"distributed.worker.daemon": False, "logging.distributed": "critical"}
    start: Any = LocalCluster
    with (
        dask.config.set(settings),
        start(n_workers=WORKERS, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made,
        cluster.connected(Cluster(made.scheduler_address)) as (far, width),
        _Near() as near,
    ):
        bytes_of = [_bytes(named, executor, width) for executor in (near, far)]  # warm
        took = [(_seconds(named, near, width), _seconds(named, far, width)) for _ in range(rounds)]
    ours, theirs = (min(column) for column in zip(*took, strict=True))
    return {"handouts": len(pages), "pool_s": ours, "dask_s": theirs, "throughput": ours / theirs, "limit": 0.9,
            "same_bytes": bytes_of[0] == bytes_of[1]}  # fmt: skip


class _Near(futures.Executor):
    """Our own workers, as a build has them."""

    def __init__(self) -> None:
        self._own = pool.Workers(WORKERS)

    def submit(self, typeset: supervisor.Typeset, page: Page) -> futures.Future[Printed]:  # type: ignore[override]
        """One page."""
        return self._own.submit(typeset, page)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - its base's
        """End the workers."""
        self._own.shutdown(wait, cancel_futures=cancel_futures)


def _bytes(pages: dict[str, Page], executor: futures.Executor, width: int) -> dict[str, bytes]:
    return {path: made.pdf for path, made in pool.render_all(pages, width, executor=executor)}


def _seconds(pages: dict[str, Page], executor: futures.Executor, width: int) -> float:
    began = time.perf_counter()
    _bytes(pages, executor, width)
    return time.perf_counter() - began
