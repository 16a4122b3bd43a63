"""The routes of the editor, beside those of the preview. A file is named by kind and id, never by a path."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from printables.editor.changes import Changes
from printables.editor.reads import Reads
from printables.editor.requests import TOKEN, Tokens
from printables.editor.shown import Shown
from printables.editor.values import EditRefused
from printables.pipeline.build import Options
from printables.preview.desk import PreviewDesk
from printables.preview.state import PreviewChoice

STATUS = {"stale": 409, "readonly": 423, "unknown": 404, "too-big": 413, "token": 403, "type": 415}
"""By the code of a refusal; all others are 422."""
Handler = Callable[[Request, PreviewChoice], Awaitable[Any]]


class Editor:
    """What lets the page of the preview change records."""

    def __init__(self, desk: PreviewDesk, options: Options) -> None:
        self._shown = Shown(desk, options)
        self._tokens = Tokens()

    def routes(self) -> list[Route]:
        """Return the routes; each POST asks for the token of its page."""
        reads, changes = Reads(self._shown), Changes(self._shown)
        get: list[Handler] = [reads.record, reads.find, reads.readers, reads.form, reads.approval, reads.pdf]
        post: list[Handler] = [
            reads.reading, changes.change, changes.undo, changes.redo,
            changes.add, changes.start, changes.logo, changes.approve,
        ]  # fmt: skip
        return [
            *(Route(f"/edit/{do.__name__}", self._answer(do), methods=["GET"]) for do in get),
            *(Route(f"/edit/{do.__name__}", self._answer(self._known(do)), methods=["POST"]) for do in post),
        ]

    def token(self, choice: PreviewChoice) -> str:
        """Return the token of a page."""
        return self._tokens.of(choice.query())

    def _answer(self, do: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                found = await do(request, self._shown.choice(request))
                return found if isinstance(found, Response) else JSONResponse({"ok": True, **found})
            except EditRefused as refused:
                said = {"ok": False, "problem": refused.what, "mend": refused.mend, "code": refused.code}
                return JSONResponse({**said, **refused.more}, STATUS.get(refused.code, 422))

        return answer

    def _known(self, do: Handler) -> Handler:
        async def checked(request: Request, choice: PreviewChoice) -> Any:
            self._tokens.check(choice.query(), request.headers.get(TOKEN, ""))
            return await do(request, choice)

        return checked
