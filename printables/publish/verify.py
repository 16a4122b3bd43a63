"""Verify that everything in the output folder is as it was published. Reads only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from printables import files
from printables.checklist import Rule
from printables.problems import Problem
from printables.publish import manifest
from printables.publish.manifest import Entry, File
from printables.typeset.page import Finding

LEAFLETS = "leaflets"
SMALLEST = 11.0
"""The smallest size in points that any audience allows: references for professionals (standards A12)."""
AGAIN = "Build again; it will be replaced."


def verify(output: Path) -> list[Problem]:
    """Return the problems of a published folder; empty if there are none."""
    if not (output / manifest.NAME).exists():
        what = "There is no manifest here, so nothing has been published."
        return [Problem(str(output / manifest.NAME), 0, what, "Build first.")]
    published, unreadable = manifest.read(output)
    if unreadable:
        what = "This is not a manifest that this version can read."
        return [Problem(str(output / manifest.NAME), 0, what, "Build again.")]
    problems: list[Problem] = []
    for entry in published.entries:
        problems += _entry(output, entry)
    published_paths = {file.path for entry in published.entries for file in entry.all_files()}
    return problems + list(_foreign(output, published_paths))


def _entry(output: Path, entry: Entry) -> list[Problem]:
    problems = [problem for file in entry.all_files() for problem in _file(output, file)]
    if problems:
        return problems
    pdf = (output / entry.path).read_bytes()
    web_page = next((file.path for file in entry.files if file.path.endswith(".html")), None)
    findings = inspect_pdf(pdf)
    if web_page and not findings:
        findings = inspect_beside((output / web_page).read_text(encoding="utf-8"), pdf, entry)
    return [_about(output, entry, finding) for finding in findings]


def _file(output: Path, file: File) -> Iterator[Problem]:
    if manifest.on_disk(output, file):
        return
    path = output / file.path
    if files.is_file(path):
        yield Problem(str(path), 0, "This file is not the one that was published.", AGAIN)
    else:
        yield Problem(str(path), 0, "This file was published and is missing.", "Build again; it will be made anew.")


def _foreign(output: Path, published_paths: set[str]) -> Iterator[Problem]:
    for path in files.walk(output / LEAFLETS, lambda name: name.lower().endswith(".pdf")):
        if path.relative_to(output).as_posix() not in published_paths:
            what = "This PDF is not one of the published leaflets."
            yield Problem(str(path), 0, what, "Move it elsewhere if it should not be handed out.", "warning")


def _about(output: Path, entry: Entry, finding: Finding) -> Problem:
    return Problem(
        str(output / entry.path),
        0,
        finding.what,
        finding.mend,
        finding.severity,
        finding.rule,
        entry.therapy,
        entry.audience,
        finding.section,
    )


def inspect_beside(html: str, pdf: bytes, entry: Entry) -> tuple[Finding, ...]:
    """Repeat the inspections of the print step with the web page's HTML: lost words, split help lines, small text.

    The audience's own limits are not available here, so the limits are those that no audience may go below. The length
    of lines was looked at in print, where it may be that of a clinic's long name.
    """
    from printables.typeset.inspect.inspect import inspect
    from printables.typeset.page import PrintRules

    whole = ("help-lines",) if 'id="help-lines"' in html else ()
    rules = PrintRules(
        min_pt=SMALLEST, min_pt_references=SMALLEST, max_pages=entry.pages, max_line=sys.maxsize, whole=whole
    )
    return tuple(inspect(html, pdf, rules))


def inspect_pdf(pdf: bytes) -> tuple[Finding, ...]:
    """Return findings that need only the PDF: links, attached files, scripts."""
    # Imported here: it takes 100 ms, and verifying is the only thing in this step that opens a PDF.
    import pypdfium2

    from printables.typeset.inspect.links import inspect_links

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return tuple(inspect_links(document, document))
    except pypdfium2.PdfiumError:
        return (Finding(Rule.A16, "This is not a PDF that can be opened.", AGAIN),)
