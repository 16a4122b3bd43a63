"""What a page of the editor shows: its choice, its records, and the form for their fields."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from printables import paths
from printables.editor import page_form
from printables.editor.fields import Form
from printables.editor.records import RecordFile, Records
from printables.editor.values import EditRefused
from printables.library.settings import Audience
from printables.library.template_settings import read_audiences
from printables.pipeline.build import Options
from printables.preview.desk import PreviewDesk
from printables.preview.state import PreviewChoice, read_choice


class Shown:
    """The desk of the preview, and the records that the editor may change."""

    def __init__(self, desk: PreviewDesk, options: Options) -> None:
        self.desk, self.options = desk, options
        self.records = Records(options.folders)

    def choice(self, request: Request) -> PreviewChoice:
        """Return the choice of the page that asks. Raises EditRefused."""
        choice = read_choice(request.query_params, self.desk.known)
        if choice is None:
            raise EditRefused("There is no such leaflet.", "Choose one on the page.", "unknown")
        return choice

    def record(self, choice: PreviewChoice, kind: str) -> tuple[str, str]:
        """Return kind and id of the record that is meant: the worksheet that the page shows, else its therapy."""
        kind = kind or ("worksheet" if choice.worksheet else "therapy")
        identity = {"therapy": choice.therapy, "worksheet": choice.worksheet, "clinic": choice.clinic}.get(kind, "")
        if not identity:
            raise EditRefused("This page shows no such record.", "Choose it on the page.", "unknown")
        return kind, identity

    def read(self, kind: str, identity: str, choice: PreviewChoice) -> tuple[RecordFile, Form]:
        """Return a record's file and the form for it. Raises EditRefused."""
        return self.records.read(kind, identity), self.form(choice)

    def form(self, choice: PreviewChoice) -> Form:
        """Return the form for the reader of a page."""
        known = self.desk.known
        names = {"worksheets": known.worksheets, "therapy": known.therapies, "region": known.regions}
        choose = page_form.choices(self.options.folders, names)
        headings = self.desk.last(choice).headings
        return page_form.form_for(self.audience(choice.audience), tuple(known.audiences), headings, choose)

    def audience(self, name: str) -> Audience | None:
        """Return a reader's settings."""
        found, _ = read_audiences(paths.audiences(self.options.templates))
        return next((one for one in found if one.id == name), None)

    def changed(self, kind: str, identity: str, file: RecordFile) -> dict[str, Any]:
        """Return what the page must know after a change."""
        self.desk.saved()
        undo, redo = self.records.steps(kind, identity)
        return {"version": file.version, "undo": undo, "redo": redo}
