"""Print pages on a Dask cluster instead of on local workers.

Each Dask worker prints in child processes, which may crash, hang or be killed without affecting the worker. So a page
that breaks the engine affects only itself, and the pages of a lost machine are printed elsewhere. HTML and assets are
sent, PDF bytes are returned; no files are read or written on other machines.
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
"""Number of processes in which a page is tried before it is reported."""
START = "Start one: dask worker ADDRESS --no-nanny --nthreads 1."
MEND = "Install the same versions on all machines, and start the workers again."
Versions = Mapping[str, str]
"""The part of the environment that affects printing (see `environment.printing`)."""


_supervisors = ThreadSupervisors(ResourceLimits(tries=TRIES))


class DaskExecutor(futures.Executor):
    """Sends pages to the cluster. If that is lost, it breaks like any executor, and the rest is printed locally."""

    def __init__(self, client: Any, versions: Versions) -> None:
        self._own, self._versions = client.get_executor(pure=False), versions

    def submit(self, typeset: Typeset, page: Page) -> futures.Future[Printed]:  # type: ignore[override]
        """Send a page. Raises BrokenExecutor if the connection is closed."""
        try:
            sent: futures.Future[Printed] = self._own.submit(printed, typeset, page, self._versions)
        except Exception as error:  # a closed client raises errors of several kinds
            raise futures.BrokenExecutor(str(error)) from error
        return sent


def printed(typeset: Typeset, page: Page, versions: Versions) -> Printed:
    """Print a page in a child process, with up to `TRIES` processes. Runs on a Dask worker.

    Raises ClusterRefused if the worker has other `versions`: it may have joined after the first comparison.
    """
    if versions_here() != versions:
        raise ClusterRefused(_differences("that has just come", versions_here(), versions), MEND)
    return _supervisors.supervisor(typeset).typeset(page)


@contextlib.contextmanager
def connected(cluster: Cluster) -> Iterator[tuple[DaskExecutor, int]]:
    """Yield an executor on the cluster, and how many pages it prints at a time. Raises ClusterRefused.

    How long it waits for a scheduler is a setting of Dask (distributed.comm.timeouts.connect: 30 seconds).
    """
    safe = check(cluster)
    try:
        from distributed import Client
    except ImportError:
        raise ClusterRefused("Dask is not installed.", "Run: pip install 'printables[cluster]'.") from None
    try:
        security = _security(cluster) if safe else None
        start: Any = Client
        client = start(cluster.address, security=security, set_as_default=False)
    except Exception as error:  # noqa: BLE001 - time limits, sockets and certificates each have their own
        what = f"No scheduler answers at {cluster.address} ({type(error).__name__})."
        raise ClusterRefused(what, "Start one: dask scheduler; or look at the address and the certificates.") from None
    with client:
        ours = printing()
        yield DaskExecutor(client, ours), _checked(client, cluster.address, ours)


def _security(cluster: Cluster) -> Any:
    """Return Dask's security settings with our certificates."""
    from distributed import Security

    security_class: Any = Security
    return security_class(
        tls_ca_file=str(cluster.ca),
        tls_client_cert=str(cluster.certificate),
        tls_client_key=str(cluster.key),
        require_encryption=True,
    )


def _checked(client: Any, address: str, ours: Versions) -> int:
    """Check that each worker has our versions and can start processes. Return how many pages are printed at a time."""
    reports: Mapping[str, Any] = client.run(about_worker, on_error="return")
    if not reports:
        raise ClusterRefused(f"The scheduler at {address} has no workers.", START)
    for worker, report in sorted(reports.items()):
        if not isinstance(report, dict):  # the exception that it raised
            what = f"The worker {worker} cannot print ({type(report).__name__}: {str(report)[:200]})."
            raise ClusterRefused(what, "Install this version of Printables on it.")
        if report["versions"] != ours:
            raise ClusterRefused(_differences(worker, report["versions"], ours), MEND)
        if report["daemon"]:
            raise ClusterRefused(f"The worker {worker} may not start a process.", "Start it with --no-nanny.")
    return sum(report["threads"] for report in reports.values())


def about_worker(dask_worker: Any) -> dict[str, Any]:
    """Return a Dask worker's versions, number of threads, and whether it is a daemon. Runs on that worker."""
    daemon = multiprocessing.current_process().daemon
    return {"versions": versions_here(), "threads": dask_worker.state.nthreads, "daemon": daemon}


@functools.cache
def versions_here() -> Versions:
    """Return the versions at the first call, because those are what this process has loaded. Runs on a Dask worker."""
    return printing()


def _differences(worker: str, theirs: Versions, ours: Versions) -> str:
    names = sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name))
    parts = [f"{name} {theirs.get(name, 'absent')[:12]} instead of {ours.get(name, 'absent')[:12]}" for name in names]
    return f"The worker {worker} would print other files: it has {', '.join(parts)}."
