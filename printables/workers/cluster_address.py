"""The address and certificates of a cluster, and whether they are safe to use."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from printables.problems import Problem


@dataclass(frozen=True)
class Cluster:
    """The address of a Dask scheduler, such as tls://10.0.0.7:8786, and certificate files (PEM) for TLS."""

    address: str
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


class ClusterRefused(Exception):
    """The cluster cannot be used; `problem` holds the message."""

    def __init__(self, what: str, mend: str, path: str = "command line") -> None:
        super().__init__(what)
        self.problem = Problem(path, 0, what, mend)

    def __reduce__(self) -> tuple[type[ClusterRefused], tuple[str, str, str]]:
        """Support pickling, because it may be raised on another machine."""
        return ClusterRefused, (self.problem.what, self.problem.mend, self.problem.path)


def check(cluster: Cluster) -> bool:
    """Return whether the connection uses TLS. Raises ClusterRefused if the address or a file is unusable."""
    where = urlsplit(cluster.address)
    if where.scheme not in ("tcp", "tls") or not where.hostname or not _port(where):
        what = f'"{cluster.address}" is not the address of a scheduler.'
        raise ClusterRefused(what, "Write one such as tls://10.0.0.7:8786, or tcp://127.0.0.1:8786 on this machine.")
    files = {"--cluster-ca": cluster.ca, "--cluster-certificate": cluster.certificate, "--cluster-key": cluster.key}
    if where.scheme == "tcp":
        if not _is_here(where.hostname):
            what = f"{cluster.address} is another machine, and whoever reaches a scheduler can run programs on it."
            raise ClusterRefused(what, "Use tls:// with --cluster-ca, --cluster-certificate and --cluster-key.")
        if any(files.values()):
            what = f"{cluster.address} is not encrypted, so that certificates are of no use."
            raise ClusterRefused(what, "Write tls:// in place of tcp://, or leave the certificates out.")
        return False
    for option, file in files.items():
        if file is None:
            raise ClusterRefused(
                f"An address with tls:// needs {option}.", "docs/scaling.md says how certificates are made."
            )
        if not file.is_file():
            raise ClusterRefused("The file is missing.", f"Name another one with {option}.", str(file))
    _check_certificates(cluster)
    return True


def _check_certificates(cluster: Cluster) -> None:
    """Raise ClusterRefused if a file cannot be read, or is not a certificate or key."""
    import ssl  # only needed with a cluster

    try:
        context = ssl.create_default_context(cafile=cluster.ca)
    except (OSError, ValueError) as error:
        what = f"This is no certificate that can be read ({type(error).__name__})."
        raise ClusterRefused(what, "Name another one with --cluster-ca, in PEM.", str(cluster.ca)) from None
    try:
        context.load_cert_chain(str(cluster.certificate), cluster.key, password=_empty_password)
    except (OSError, ValueError) as error:
        what = f"Certificate and key cannot be read, or are not of one pair ({type(error).__name__})."
        mend = "Name others with --cluster-certificate and --cluster-key, in PEM, the key without a password."
        raise ClusterRefused(what, mend, str(cluster.certificate)) from None


def _empty_password() -> str:
    """Return an empty password, so that an encrypted key is refused instead of prompting at a terminal."""
    return ""


def _port(where: Any) -> int | None:
    with contextlib.suppress(ValueError):
        port: int | None = where.port
        return port
    return None


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    import ipaddress  # only needed with a cluster

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
