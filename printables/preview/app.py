"""The routes of the preview. None gives access to files: everything is served from memory."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from printables.pages.templates.render import Pages
from printables.preview.desk import PreviewDesk
from printables.preview.guard import SHEET_POLICY, Guard
from printables.preview.make import broke
from printables.preview.page import context
from printables.preview.state import PreviewChoice, read_choice

SHEET = {"Content-Security-Policy": SHEET_POLICY}


class Writing(Protocol):
    """What lets the page change records: the editor, which is another package above this one."""

    def routes(self) -> Sequence[Route]:
        """Return its routes, all below `/edit/`."""

    def token(self, choice: PreviewChoice) -> str:
        """Return the token by which a page of this choice is known."""


class App:
    """The handlers of all routes. `files` are the page's own style sheets and scripts by name."""

    def __init__(
        self, desk: PreviewDesk, pages: Pages, files: Mapping[str, bytes], writing: Writing | None = None
    ) -> None:
        self._desk, self._pages, self._files, self._writing = desk, pages, files, writing
        self._run = secrets.token_hex(4)  # tells open pages that the program was restarted

    def guarded(self, port: int) -> Guard:
        """Return the application with its guard, for this port."""
        routes = [
            Route("/", self.page),
            Route("/leaflet", self.leaflet),
            Route("/picture", self.picture),
            Route("/proof", self.proof),
            Route("/events", self.events),
            *(Route(f"/{name}", self.file) for name in self._files),
            *(self._writing.routes() if self._writing else ()),
        ]
        app = Starlette(routes=routes, exception_handlers={404: self.nothing})
        app.router.redirect_slashes = False
        return Guard(app, port, writes=self._writing is not None)

    async def nothing(self, _: Request, __: Exception) -> Response:
        """Answer unknown addresses and unknown names."""
        return PlainTextResponse("There is nothing here. The preview begins at the address without a path.\n", 404)

    async def page(self, request: Request) -> Response:
        """Serve the page with the form, the problems, the leaflet and its pictures."""
        asked = await self._asked(request)
        shown = await self._desk.fresh(asked)
        said = context(shown, self._desk.names, self._run)
        said["token"] = self._writing.token(asked) if self._writing and asked else ""
        try:
            return HTMLResponse(self._pages.sheet("_preview/page.html", **said))
        except Exception as error:  # noqa: BLE001 - somebody may be changing this very template
            return PlainTextResponse(f"{broke(error)}\n", 500)

    async def leaflet(self, request: Request) -> Response:
        """Serve the last good web page of the leaflet."""
        shown = await self._desk.fresh(await self._asked(request))
        if shown.web is None:
            raise HTTPException(404)
        return HTMLResponse(shown.web.html, headers=SHEET)

    async def picture(self, request: Request) -> Response:
        """Serve a picture of one page of the last good PDF."""
        asked = await self._asked(request)
        pictures = self._desk.last(asked).pictures if asked else None
        number = request.query_params.get("n", "")
        numbers = {str(n): png for n, png in enumerate(pictures.pngs, 1)} if pictures else {}
        if number not in numbers:
            raise HTTPException(404)
        return Response(numbers[number], media_type="image/png")

    async def proof(self, request: Request) -> Response:
        """Serve the proof sheet of the therapy."""
        asked = await self._asked(request)
        try:
            sheet = await self._desk.proof(asked) if asked else ""
        except Exception as error:  # noqa: BLE001 - a template can raise anything
            return PlainTextResponse(f"{broke(error)}\n", 500)
        if not sheet:
            return PlainTextResponse("Nothing of this therapy can be read now. The preview says why.\n", 503)
        return HTMLResponse(sheet, headers=SHEET)

    async def events(self, request: Request) -> Response:
        """Stream an event each time there is something new to show."""
        asked = await self._asked(request)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return StreamingResponse(self._told(asked), media_type="text/event-stream")

    async def file(self, request: Request) -> Response:
        """Serve one of the page's own style sheets and scripts."""
        name = request.url.path.removeprefix("/")
        return Response(self._files[name], media_type="text/css" if name.endswith(".css") else "text/javascript")

    async def _told(self, asked: PreviewChoice | None) -> AsyncIterator[str]:
        yield "retry: 1000\n\n"  # milliseconds after which a browser reconnects, in case the program was restarted
        async for shown in self._desk.follow(asked):
            yield f"data: {json.dumps(f'{self._run}-{shown.serial}')}\n\n"

    async def _asked(self, request: Request) -> PreviewChoice | None:
        """Return the choice, validated against the library; None while there is no library yet."""
        if not self._desk.known.therapies:
            await self._desk.look_again()
        if not self._desk.known.therapies:
            return None
        query = request.query_params
        asked = read_choice(query, self._desk.known)
        if asked is None:
            await self._desk.look_again()  # the record may have been added a moment ago
            asked = read_choice(query, self._desk.known)
        if asked is None:
            raise HTTPException(404)
        return asked
