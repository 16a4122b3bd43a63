"""What the page asks for: fields, the place of a sentence, forms, the finished PDF."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from printables.editor import approve, find, page_form, requests, starts, yaml_edit
from printables.editor.records import KINDS
from printables.editor.shown import Shown
from printables.editor.values import EditRefused
from printables.library.models import MODELS
from printables.preview.state import PreviewChoice


class Reads:
    """The handlers of requests that change nothing."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    async def record(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Return a record's fields for the reader of the page."""
        kind, identity = self._shown.record(choice, request.query_params.get("kind", ""))
        file, form = await asyncio.to_thread(self._shown.read, kind, identity, choice)
        undo, redo = self._shown.records.steps(kind, identity)
        shown = {"kind": kind, "id": identity, "undo": undo, "redo": redo}
        return {**shown, **page_form.record_of(kind, file, form)}

    async def find(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Return the field that holds the words that were clicked."""
        kind, identity = self._shown.record(choice, request.query_params.get("kind", ""))
        file, form = await asyncio.to_thread(self._shown.read, kind, identity, choice)
        document = yaml_edit.read(file.data, file.shown)
        fields = [field for part in form.of(MODELS[kind], document) for field in part.fields()]
        found = find.field_of(request.query_params.get("text", ""), fields)
        if found is None:
            what = (
                "These words are not in this record: they are made from its facts, or stand in a file for all leaflets."
            )
            raise EditRefused(what, "Look for the fact in the list of texts.", "unknown")
        return {"path": list(found.path)}

    async def readers(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Return a text for all readers."""
        kind, identity = self._shown.record(choice, request.query_params.get("kind", ""))
        path = requests.path_of(request.query_params.get("path", "").split("/"))
        path = tuple(int(part) if isinstance(part, str) and part.isdigit() else part for part in path)
        file = await asyncio.to_thread(self._shown.records.read, kind, identity)
        return {"readers": page_form.beside(file, path, choice.audience, self._shown.desk.known.audiences)}

    async def form(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Return an empty form: for a new record, or for an entry of a shared file."""
        what = request.query_params.get("what", "")
        if what in KINDS:
            asked = starts.form_of(what, self._shown.options.folders, self._shown.desk.known.audiences)
            return {"parts": [page_form.as_data(part) for part in asked]}
        return page_form.blank_entry(what, self._shown.form(choice))

    async def approval(self, _: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Return what can be approved."""
        return await asyncio.to_thread(approve.approval_form, self._shown.options, choice.choice())

    async def pdf(self, _: Request, choice: PreviewChoice) -> Response:
        """Serve the last good PDF, to print it."""
        pictures = self._shown.desk.last(choice).pictures
        if pictures is None or not pictures.pdf:
            raise EditRefused("There is no PDF yet.", "Wait until its pages are shown.", "unknown")
        return Response(pictures.pdf, media_type="application/pdf")

    async def reading(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Return how hard a text is to read, while it is typed."""
        given = await requests.read_body(request)
        return page_form.reading(requests.text(given, "text"), self._shown.audience(choice.audience))
