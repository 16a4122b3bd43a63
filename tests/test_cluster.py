"""Other machines print what we would: real Dask workers on this one, which end with the test."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import Client, LocalCluster, Security
from library_case import copy_of_leaflets, copy_of_ours

from printables.cache.environment import printing
from printables.publish import manifest
from printables.typeset.page import Page, Printed, PrintRules
from printables.workers import cluster, pool
from printables.workers.cluster_address import Cluster, ClusterRefused

ROOT = Path(__file__).resolve().parent.parent
TLS = ROOT / "tests/tls"
CERTIFICATE, KEY = TLS / "certificate.pem", TLS / "key.pem"
pytestmark = pytest.mark.pdf


def fake(page: Page) -> Printed:
    """A stand-in for the engine, so that a page can do what no page of ours does."""
    if "poison" in page.html:
        os._exit(9)
    if "slow" in page.html:
        time.sleep(0.5)
    return Printed(page.html.encode(), 1, ())


def whose(_: Page) -> Printed:
    """Says which process it is, after a while, so that nobody does the work of two."""
    time.sleep(0.2)
    return Printed(str(os.getpid()).encode(), 1, ())


def page(words: str) -> Page:
    return Page(words, "", (), PrintRules())


@contextlib.contextmanager
def workers(count: int, security: Any = None, threads: int = 1, **more: bool) -> Iterator[Any]:
    """A scheduler and its workers on 127.0.0.1, each in a process of its own."""
    start: Any = LocalCluster
    settings = {"distributed.worker.daemon": False, "logging.distributed": "critical", **more}
    with (
        dask.config.set(settings),
        start(
            n_workers=count,
            threads_per_worker=threads,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
            security=security,
        ) as made,
    ):
        if count:
            made.wait_for_workers(count)
        yield made


@pytest.fixture(scope="module")
def two() -> Iterator[Any]:
    with workers(2) as made:
        yield made


def through(made: Any, pages: dict[str, Page]) -> dict[str, Printed]:
    with cluster.connected(Cluster(made.scheduler_address)) as (executor, width):
        assert width == 2
        return dict(pool.render_all(pages, width, typeset=fake, executor=executor))


@pytest.mark.long
def test_a_build_on_the_cluster_is_the_build_at_home_byte_for_byte(two: Any, tmp_path: Path) -> None:
    copy_of_ours(tmp_path)
    command = [sys.executable, str(ROOT / "make_printables.py"), "build", "--quiet", "--therapy", "ipt"]
    for more in (["--output", "here"], ["--output", "there", "--cluster", two.scheduler_address]):
        done = subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=900)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    names = [file.path for entry in manifest.read(tmp_path / "here")[0].entries for file in entry.all_files()]
    assert len(names) > 12
    for name in [*names, manifest.NAME]:
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()


def test_a_page_that_kills_its_process_is_named_after_three_and_takes_nobody_along(two: Any) -> None:
    pages = {f"{number}.pdf": page(f"page {number}") for number in range(6)}
    made = through(two, {**pages, "bad.pdf": page("poison")})
    (finding,) = made.pop("bad.pdf").findings
    assert finding.what == "The program that prints this page crashed, 3 times."
    assert {path: printed.pdf for path, printed in made.items()} == {p: pages[p].html.encode() for p in pages}
    assert len(two.scheduler.workers) == 2, "the workers live on"


def test_threads_of_one_worker_print_at_a_time_in_a_process_each() -> None:
    pages = {f"{number}.pdf": page("any") for number in range(6)}
    with workers(1, threads=2) as made, cluster.connected(Cluster(made.scheduler_address)) as (executor, width):
        assert width == 2
        done = dict(pool.render_all(pages, width, typeset=whose, executor=executor))
    assert done.keys() == pages.keys() and len({printed.pdf for printed in done.values()}) == 2


@pytest.mark.long
def test_a_worker_that_is_killed_costs_only_that_its_pages_are_printed_again() -> None:
    pages = {f"{number}.pdf": page(f"slow {number}") for number in range(16)}
    made = {}
    with workers(2) as lossy:
        victim = next(iter(lossy.workers.values())).process.process.pid
        with cluster.connected(Cluster(lossy.scheduler_address)) as (executor, width):
            for count, (path, printed) in enumerate(pool.render_all(pages, width, typeset=fake, executor=executor)):
                made[path] = printed.pdf
                if count == 2:
                    os.kill(victim, signal.SIGKILL)
    assert made == {path: one.html.encode() for path, one in pages.items()}


@pytest.mark.long
def test_what_a_lost_scheduler_leaves_undone_is_done_at_home() -> None:
    pages = {f"{number}.pdf": page(f"slow {number}") for number in range(10)}
    made = {}
    with contextlib.ExitStack() as stack:
        lost = stack.enter_context(workers(2))
        executor, width = stack.enter_context(cluster.connected(Cluster(lost.scheduler_address)))
        for count, (path, printed) in enumerate(pool.render_all(pages, width, typeset=fake, executor=executor)):
            made[path] = printed.pdf
            if count == 1:
                lost.close()
    assert made == {path: one.html.encode() for path, one in pages.items()}


def test_what_goes_to_other_machines_is_encrypted() -> None:
    """The one certificate vouches for all three here; each machine has its own where there are more."""
    certificate, key = str(TLS / "certificate.pem"), str(TLS / "key.pem")
    roles = {f"tls_{role}_{part}": file for role in ("scheduler", "worker", "client") for part, file in
             (("cert", certificate), ("key", key))}  # fmt: skip
    make: Any = Security
    with workers(1, make(tls_ca_file=certificate, require_encryption=True, **roles)) as safe:
        assert safe.scheduler_address.startswith("tls://127.0.0.1:")
        ours = Cluster(safe.scheduler_address, Path(certificate), Path(certificate), Path(key))
        with cluster.connected(ours) as (executor, width):
            assert (
                dict(pool.render_all({"a.pdf": page("a")}, width, typeset=fake, executor=executor))["a.pdf"].pdf == b"a"
            )


def test_a_worker_that_would_print_other_files_is_refused(two: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {**printing(), "weasyprint": "71.0"}
    monkeypatch.setattr(cluster, "printing", lambda: ours)
    with pytest.raises(ClusterRefused) as refused, cluster.connected(Cluster(two.scheduler_address)):
        pass
    worker = min(str(name) for name in two.scheduler.workers)
    installed = printing()["weasyprint"]
    assert str(refused.value.problem) == (
        f"command line: The worker {worker} would print other files: it has weasyprint {installed} instead of 71.0. "
        "Install the same versions on all machines, and start the workers again."
    )


def test_a_worker_that_comes_later_and_would_print_other_files_ends_the_build(two: Any) -> None:
    """The workers were asked before; now one of them has another engine than this build was begun with."""
    installed = printing()["weasyprint"]
    pages = {f"{number}.pdf": page(f"page {number}") for number in range(4)}
    start: Any = Client
    with start(two.scheduler_address, set_as_default=False) as client:
        late = cluster.DaskExecutor(client, {**cluster.versions_here(), "weasyprint": "71.0"})
        with pytest.raises(ClusterRefused) as refused:
            list(pool.render_all(pages, 2, typeset=fake, executor=late))
    assert str(refused.value.problem) == (
        "command line: The worker that has just come would print other files: "
        f"it has weasyprint {installed} instead of 71.0. "
        "Install the same versions on all machines, and start the workers again."
    )


def test_a_worker_that_may_not_start_processes_is_refused() -> None:
    with (
        workers(1, **{"distributed.worker.daemon": True}) as made,
        pytest.raises(ClusterRefused, match="may not start a process") as refused,
        cluster.connected(Cluster(made.scheduler_address)),
    ):
        pass
    assert refused.value.problem.mend == "Start it with --no-nanny."


def test_a_scheduler_without_workers_is_refused() -> None:
    with (
        workers(0) as made,
        pytest.raises(ClusterRefused, match="has no workers"),
        cluster.connected(Cluster(made.scheduler_address)),
    ):
        pass


def test_without_dask_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)  # as Python sees a package that is not there
    with pytest.raises(ClusterRefused) as refused, cluster.connected(Cluster("tcp://127.0.0.1:9")):
        pass
    assert str(refused.value.problem) == (
        "command line: Dask is not installed. Run: pip install 'printables[cluster]'."
    )


def test_what_is_refused_is_the_same_when_it_comes_from_another_machine() -> None:
    refused = ClusterRefused("what", "mend", "path")
    assert pickle.loads(pickle.dumps(refused)).problem == refused.problem  # noqa: S301


def test_certificates_without_a_cluster_are_refused(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "make_printables.py"), "build", "--cluster-ca", "ca.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=900)
    said = "Certificates are for a cluster, and none is named. Name its scheduler with --cluster, or leave them out."
    assert (done.returncode, done.stderr.strip()) == (1, f"error: command line: {said}")


HERE = Path(__file__)
NO_ADDRESS = "is not the address of a scheduler. Write one such as tls://10.0.0.7:8786, or tcp://127.0.0.1:8786"
UNSAFE = "is another machine, and whoever reaches a scheduler can run programs on it. Use tls:// with"
ALL_FILES = "--cluster-ca, --cluster-certificate and --cluster-key."
NEEDS = "An address with tls:// needs --cluster-certificate. docs/scaling.md says how certificates are made."
NO_USE = (
    "is not encrypted, so that certificates are of no use. "
    "Write tls:// in place of tcp://, or leave the certificates out."
)
NO_PAIR = (
    "Certificate and key cannot be read, or are not of one pair (SSLError). "
    "Name others with --cluster-certificate and --cluster-key, in PEM, the key without a password."
)
WRONG: list[tuple[str, dict[str, Path], str]] = [
    ("10.0.0.7", {}, f'command line: "10.0.0.7" {NO_ADDRESS} on this machine.'),
    ("tcp://10.0.0.7:99999", {}, f'command line: "tcp://10.0.0.7:99999" {NO_ADDRESS} on this machine.'),
    ("tcp://10.0.0.7:8786", {}, f"command line: tcp://10.0.0.7:8786 {UNSAFE} {ALL_FILES}"),
    ("tls://10.0.0.7:8786", {"ca": HERE}, f"command line: {NEEDS}"),
    ("tls://10.0.0.7:8786", {"ca": Path("no.pem")}, "no.pem: The file is missing. Name another one with --cluster-ca."),
    (
        "tcp://127.0.0.1:8786",
        {"key": HERE},
        f"command line: tcp://127.0.0.1:8786 {NO_USE}",
    ),
    (
        "tls://10.0.0.7:8786",
        {"ca": HERE, "certificate": CERTIFICATE, "key": KEY},
        f"{HERE}: This is no certificate that can be read (SSLError). Name another one with --cluster-ca, in PEM.",
    ),
    (
        "tls://10.0.0.7:8786",
        {"ca": CERTIFICATE, "certificate": CERTIFICATE, "key": CERTIFICATE},
        f"{CERTIFICATE}: {NO_PAIR}",
    ),
]


@pytest.mark.parametrize(("address", "files", "said"), WRONG)
def test_what_is_not_safe_or_not_there_is_refused(address: str, files: dict[str, Path], said: str) -> None:
    with pytest.raises(ClusterRefused) as refused, cluster.connected(Cluster(address, **files)):
        pass
    assert str(refused.value.problem) == said


def test_where_nobody_listens_the_command_says_so(tmp_path: Path) -> None:
    copy_of_leaflets(tmp_path)
    command = [sys.executable, str(ROOT / "make_printables.py"), "build", "--audience", "teens"]
    command += ["--cluster", "tcp://127.0.0.1:9"]
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: command line: No scheduler answers at tcp://127.0.0.1:9 (")
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "output").rglob("*.pdf"))


def test_an_executor_that_takes_nothing_any_more_breaks_as_executors_do(two: Any) -> None:
    with cluster.connected(Cluster(two.scheduler_address)) as (executor, _):
        pass
    with pytest.raises(futures.BrokenExecutor):
        executor.submit(fake, page("late"))
