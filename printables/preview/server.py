"""The server of the preview, on 127.0.0.1 only, until it is stopped."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from printables import paths
from printables.pages.templates.render import Pages
from printables.pipeline.build import Options
from printables.preview.app import App, Writing
from printables.preview.desk import PreviewDesk
from printables.preview.guard import LONGEST_HEAD
from printables.preview.watch import follow
from printables.problems import Problem
from printables.workers.supervisor import ResourceLimits, Supervisor

HOST = "127.0.0.1"
FILES = ("preview.css", "preview.js")
EDITOR_FILES = ("edit.css", "edit.js", "edit-form.js")
"""The page's own files, in templates/_preview."""


class PortRefused(Exception):
    """The port cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Preview:
    """A preview that is bound to its port; `run` serves until a signal or `stop`. Raises PortRefused."""

    def __init__(
        self,
        options: Options,
        port: int,
        supervisor: Supervisor | None = None,
        writing: Callable[[PreviewDesk], Writing] | None = None,
    ) -> None:
        self._options, self._writing = options, writing
        self._supervisor = supervisor or Supervisor(most=ResourceLimits(tries=1))
        self._socket = _bound(port)
        self.port: int = self._socket.getsockname()[1]
        self.address = f"http://{HOST}:{self.port}/"
        self._server: _Server | None = None
        self._stop = threading.Event()

    def run(self) -> None:
        """Serve until stopped. Ctrl-C and SIGTERM raise the same exceptions as in other commands."""
        try:
            asyncio.run(self._serve())
        finally:
            self._stop.set()
            self._supervisor.close()
            self._socket.close()

    def stop(self) -> None:
        """End `run`, from another thread."""
        if self._server:
            self._server.should_exit = True

    async def _serve(self) -> None:
        desk = PreviewDesk(self._options, self._supervisor)
        own = paths.own() / "templates"
        folder = own / "_preview"
        files = {name: (folder / name).read_bytes() for name in (*FILES, *(EDITOR_FILES if self._writing else ()))}
        writing = self._writing(desk) if self._writing else None
        app = App(desk, Pages(own, own), files, writing).guarded(self.port)
        self._server = _Server(_config(app), desk)
        loop = asyncio.get_running_loop()
        folders = (*self._options.folders.layers(), self._options.templates, own)
        self._follow(folders, desk, loop)
        await self._server.serve([self._socket])

    def _follow(self, folders: tuple[Path, ...], desk: PreviewDesk, loop: asyncio.AbstractEventLoop) -> None:
        def saved() -> None:
            if not (self._stop.is_set() or loop.is_closed()):
                loop.call_soon_threadsafe(desk.saved)

        threading.Thread(target=follow, args=(folders, saved, self._stop), daemon=True).start()


class _Server(uvicorn.Server):
    """A server that ends event streams before waiting for connections, which would otherwise never close."""

    def __init__(self, config: uvicorn.Config, desk: PreviewDesk) -> None:
        super().__init__(config)
        self._desk = desk

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._desk.close()
        await super().shutdown(sockets)


def _config(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )


def _bound(port: int) -> socket.socket:
    """Return the bound socket. With an explicit protocol, asyncio disables Nagle's algorithm (40 ms an answer)."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # on Windows, it would let two programs share the port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HOST, port))
        found.listen()
    except OSError as error:
        found.close()
        taken = error.errno == errno.EADDRINUSE
        what = f"The port {port} is in use." if taken else f"The port {port} cannot be used: {error.strerror}."
        mend = "Choose another one with --port, or let --port 0 find a free one."
        raise PortRefused(Problem("preview", 0, what, mend)) from error
    return found
