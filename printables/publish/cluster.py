"""The same pages on many machines: a Dask cluster in the place of our own workers.

Each of its workers prints in a process of its own, which may crash, hang or be killed without taking the worker along.
So a page that breaks the engine costs nothing but itself, and a machine that is lost costs only that its pages are
printed again elsewhere. HTML and assets go out, PDF bytes come back; nothing is read or written there.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent import futures
from typing import Any

from printables.publish.jobs import tools
from printables.publish.machines import Cluster, Refused, check
from printables.publish.pool import Typeset, nothing
from printables.publish.standby import Standby
from printables.typeset.page import Page, Printed

TRIES = 3
"""So often is a page given a new process before it is named."""
PATIENCE = 10
"""Seconds to wait for a scheduler that does not answer."""
START = "Start one: dask worker ADDRESS --no-nanny --nthreads 1."
_standbys: dict[Typeset, Standby] = {}


class Dask(futures.Executor):
    """Sends pages to the cluster. Where it is lost, it breaks like any executor, and the rest is done at home."""

    def __init__(self, client: Any) -> None:
        self._client, self._own = client, client.get_executor(pure=False)

    def submit(self, typeset: Typeset, page: Page) -> futures.Future[Printed]:  # type: ignore[override]
        """Raises BrokenExecutor where nobody takes the page."""
        try:
            sent: futures.Future[Printed] = self._own.submit(printed, typeset, page)
        except Exception as error:  # a closed client raises errors of several kinds
            raise futures.BrokenExecutor(str(error)) from error
        return sent


def printed(typeset: Typeset, page: Page) -> Printed:
    """On a worker: print in its own process, again where that ended, and give up after `TRIES`."""
    standby = _standbys.setdefault(typeset, Standby(typeset))
    for _ in range(TRIES):
        made = standby.tried(page)
        if made is not None:
            return made
    what = f"The program that prints this page crashed or took too long, {TRIES} times."
    return nothing(what, "Look for very long words, very large pictures or deeply nested lists in its text.")


@contextlib.contextmanager
def connected(cluster: Cluster) -> Iterator[tuple[Dask, int]]:
    """An executor on the cluster and the number of its workers. Raises Refused."""
    safe = check(cluster)
    try:
        from distributed import Client
    except ImportError:
        raise Refused("Dask is not installed.", "Run: pip install 'printables[cluster]'.") from None
    try:
        security = _security(cluster) if safe else None
        start: Any = Client
        client = start(cluster.address, security=security, timeout=PATIENCE, set_as_default=False)
    except Exception as error:  # noqa: BLE001 - time limits, sockets and certificates each have their own
        what = f"No scheduler answers at {cluster.address} ({type(error).__name__})."
        raise Refused(what, "Start one: dask scheduler; or look at the address and the certificates.") from None
    with client:
        yield Dask(client), _checked(client, cluster.address)


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


def _checked(client: Any, address: str) -> int:
    """How many workers there are. Each must print the same bytes as we do, and be able to start a process."""
    found: Mapping[str, Any] = client.run(about_worker, on_error="return")
    if not found:
        raise Refused(f"The scheduler at {address} has no workers.", START)
    ours = tools()
    for worker, said in sorted(found.items()):
        if not isinstance(said, dict):
            what = f"The worker {worker} cannot print ({type(said).__name__}: {str(said)[:200]})."
            raise Refused(what, "Install this version of Printables on it.")
        if said["tools"] != ours:
            raise Refused(_differences(worker, said["tools"], ours), "Install the same versions on all machines.")
        if said["daemon"]:
            raise Refused(f"The worker {worker} may not start a process.", "Start it with --no-nanny.")
    return len(found)


def about_worker() -> dict[str, Any]:
    """On a worker: what prints there, and whether it may start processes."""
    return {"tools": tools(), "daemon": multiprocessing.current_process().daemon}


def _differences(worker: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    names = sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name))
    parts = [f"{name} {theirs.get(name, 'absent')[:12]} instead of {ours.get(name, 'absent')[:12]}" for name in names]
    return f"The worker {worker} would print other files: it has {', '.join(parts)}."
