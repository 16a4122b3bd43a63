"""What the page changes: texts, entries, new records, a logo, an approval."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from printables import paths
from printables.editor import approve, logo, page_form, requests, starts, yaml_edit
from printables.editor.records import RecordFile
from printables.editor.shown import Shown
from printables.editor.values import EditRefused, at, existing
from printables.files import OutputError, make_folder, write_atomic
from printables.library.yaml_reader import Key
from printables.preview.state import PreviewChoice


class Changes:
    """The handlers of requests that write files."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    async def change(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Change a record in single places."""
        given = await requests.read_body(request)
        kind, identity = self._shown.record(choice, requests.text(given, "kind"))
        edits = requests.edits_of(given.get("edits"))
        try:
            version = requests.text(given, "version")
            file = await asyncio.to_thread(self._shown.records.change, kind, identity, version, edits)
        except EditRefused as refused:
            raise self._with_theirs(refused, kind, identity, edits[0].path) from None
        return self._shown.changed(kind, identity, file)

    async def undo(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Take the last change back."""
        return await self._step(request, choice, self._shown.records.undo)

    async def redo(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Make the last change again that was taken back."""
        return await self._step(request, choice, self._shown.records.redo)

    async def add(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Add a source or a term to the files that all records share."""
        del choice
        given = await requests.read_body(request)
        entry = requests.value_of(given.get("value"))
        if not isinstance(entry, dict) or not isinstance(entry.get("id", ""), str):
            raise EditRefused("There is nothing to add.", "Fill in the form.", "invalid")
        what = requests.text(given, "what")
        page_form.check_entry(what, entry)
        await asyncio.to_thread(self._shown.records.add, what, entry)
        return {"id": entry.get("id", "")}

    async def start(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Write a new record; a worksheet is also listed in the therapy of the page."""
        given = await requests.read_body(request)
        what, answers = requests.text(given, "what"), requests.texts(given, "values")
        options = self._shown.options
        made = starts.files_of(what, answers, options.folders, options.templates, options.today)
        await asyncio.to_thread(self._write_new, made[1])
        if what == "worksheet":
            await asyncio.to_thread(self._list_sheet, choice.therapy, made[0])
        await self._shown.desk.look_again()
        return {"kind": what, "id": made[0]}

    async def logo(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Keep a picture as the logo of the clinic of the page."""
        given = await requests.read_body(request, requests.LOGO_BYTES)
        try:
            data = base64.b64decode(requests.text(given, "data"), validate=True)
        except (binascii.Error, ValueError):
            raise EditRefused("This is no picture.", "Choose another file.", "invalid") from None
        file = await asyncio.to_thread(self._shown.records.read, "clinic", choice.clinic)
        name, notes = await asyncio.to_thread(logo.kept, file, requests.text(given, "name"), data)
        edits = requests.edits_of([{"operation": "set", "path": ["logo"], "value": name}])
        file = await asyncio.to_thread(self._shown.records.change, "clinic", choice.clinic, file.version, edits)
        return {**self._shown.changed("clinic", choice.clinic, file), "notes": notes}

    async def approve(self, request: Request, choice: PreviewChoice) -> dict[str, Any]:
        """Write who approves the words of the page."""
        given = await requests.read_body(request)
        values = {name: requests.text(given, name) for name in ("words", "name", "role")}
        return await asyncio.to_thread(approve.approve, self._shown.options, choice.choice(), values)

    async def _step(self, request: Request, choice: PreviewChoice, step: Callable[..., RecordFile]) -> dict[str, Any]:
        given = await requests.read_body(request)
        kind, identity = self._shown.record(choice, requests.text(given, "kind"))
        file = await asyncio.to_thread(step, kind, identity, requests.text(given, "version"))
        return self._shown.changed(kind, identity, file)

    def _with_theirs(self, refused: EditRefused, kind: str, identity: str, path: Key) -> EditRefused:
        """Return the refusal of a stale page with what stands in the file now, so that nothing typed is lost."""
        if refused.code != "stale":
            return refused
        file = self._shown.records.read(kind, identity)
        value = yaml_edit.read(file.data, file.shown).value
        theirs = at(value, path) if existing(value, path) == path else None
        return EditRefused(refused.what, refused.mend, refused.code, {"version": file.version, "theirs": theirs})

    def _write_new(self, files: starts.Files) -> None:
        if paths.is_installed(self._shown.options.content):
            raise EditRefused("This folder is part of the installed Printables.", "Name your own folder.", "readonly")
        try:
            for path, content in files:
                make_folder(path.parent)
                write_atomic(path, content.encode() if isinstance(content, str) else content)
        except OutputError as error:
            raise EditRefused(error.problems[0].what, "Look at the folder and the disk.", "readonly") from None
        self._shown.desk.saved()

    def _list_sheet(self, therapy: str, sheet: str) -> None:
        file = self._shown.records.read("therapy", therapy)
        value = yaml_edit.read(file.data, file.shown).value
        listed = value.get("worksheets", []) if isinstance(value, dict) else []
        path = ["worksheets", len(listed)] if listed else ["worksheets"]
        operation = "insert" if listed else "set"
        edit = {"operation": operation, "path": path, "value": sheet if listed else [sheet]}
        self._shown.records.change("therapy", therapy, file.version, requests.edits_of([edit]))
