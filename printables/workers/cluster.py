"""The same pages on many machines: a Dask cluster in the place of our own workers.

Each of its workers prints in a process of its own, which may crash, hang or be killed without taking the worker along.
So a page that breaks the engine costs nothing but itself, and a machine that is lost costs only that its pages are
printed again elsewhere. HTML and assets go out, PDF bytes come back; nothing is read or written there.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent import futures
from typing import Any

from printables.cache.environment import printing
from printables.typeset.page import Page, Printed
from printables.workers.cluster_address import Cluster, ClusterRefused, check
from printables.workers.supervisor import ResourceLimits, ThreadSupervisors, Typeset

TRIES = 3
"""So often is a page given a new process before it is named."""
PATIENCE = 30
"""Seconds by the clock to wait for a scheduler, which may be far away or busy."""
START = "Start one: dask worker ADDRESS --no-nanny --nthreads 1."
MEND = "Install the same versions on all machines, and start the workers again."
Versions = Mapping[str, str]


_own = ThreadSupervisors(ResourceLimits(tries=TRIES))


class DaskExecutor(futures.Executor):
    """Sends pages to the cluster. Where it is lost, it breaks like any executor, and the rest is done at home."""

    def __init__(self, client: Any, versions: Versions) -> None:
        self._own, self._versions = client.get_executor(pure=False), versions

    def submit(self, typeset: Typeset, page: Page) -> futures.Future[Printed]:  # type: ignore[override]
        """Raises BrokenExecutor where nobody takes the page."""
        try:
            sent: futures.Future[Printed] = self._own.submit(printed, typeset, page, self._versions)
        except Exception as error:  # a closed client raises errors of several kinds
            raise futures.BrokenExecutor(str(error)) from error
        return sent


def printed(typeset: Typeset, page: Page, versions: Versions) -> Printed:
    """On a worker: print in a process of its own, again where that ended, and give up after `TRIES`.

    Raises Refused where it has other `versions`: it may have come, or come back, after the others were asked.
    """
    if versions_here() != versions:
        raise ClusterRefused(_differences("that has just come", versions_here(), versions), MEND)
    return _own.supervisor(typeset).typeset(page)


@contextlib.contextmanager
def connected(cluster: Cluster) -> Iterator[tuple[DaskExecutor, int]]:
    """An executor on the cluster, and how many pages its workers print at a time. Raises Refused."""
    safe = check(cluster)
    try:
        from distributed import Client
    except ImportError:
        raise ClusterRefused("Dask is not installed.", "Run: pip install 'printables[cluster]'.") from None
    try:
        security = _security(cluster) if safe else None
        start: Any = Client
        client = start(cluster.address, security=security, timeout=PATIENCE, set_as_default=False)
    except Exception as error:  # noqa: BLE001 - time limits, sockets and certificates each have their own
        what = f"No scheduler answers at {cluster.address} ({type(error).__name__})."
        raise ClusterRefused(what, "Start one: dask scheduler; or look at the address and the certificates.") from None
    with client:
        ours = printing()
        yield DaskExecutor(client, ours), _checked(client, cluster.address, ours)


def _security(cluster: Cluster) -> Any:
    """The proofs of who we are."""
    from distributed import Security

    made: Any = Security
    return made(
        tls_ca_file=str(cluster.ca),
        tls_client_cert=str(cluster.certificate),
        tls_client_key=str(cluster.key),
        require_encryption=True,
    )


def _checked(client: Any, address: str, ours: Versions) -> int:
    """How many pages are printed at a time. Each worker must print our bytes, and be able to start a process."""
    found: Mapping[str, Any] = client.run(about_worker, on_error="return")
    if not found:
        raise ClusterRefused(f"The scheduler at {address} has no workers.", START)
    for worker, said in sorted(found.items()):
        if not isinstance(said, dict):
            what = f"The worker {worker} cannot print ({type(said).__name__}: {str(said)[:200]})."
            raise ClusterRefused(what, "Install this version of Printables on it.")
        if said["versions"] != ours:
            raise ClusterRefused(_differences(worker, said["versions"], ours), MEND)
        if said["daemon"]:
            raise ClusterRefused(f"The worker {worker} may not start a process.", "Start it with --no-nanny.")
    return sum(said["threads"] for said in found.values())


def about_worker(dask_worker: Any) -> dict[str, Any]:
    """On a worker: what prints there, on how many threads, and whether it may start processes."""
    daemon = multiprocessing.current_process().daemon
    return {"versions": versions_here(), "threads": dask_worker.state.nthreads, "daemon": daemon}


@functools.cache
def versions_here() -> Versions:
    """On a worker: what it prints with, as it was when it was first asked, since that is what it has loaded."""
    return printing()


def _differences(worker: str, theirs: Versions, ours: Versions) -> str:
    names = sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name))
    parts = [f"{name} {theirs.get(name, 'absent')[:12]} instead of {ours.get(name, 'absent')[:12]}" for name in names]
    return f"The worker {worker} would print other files: it has {', '.join(parts)}."
