"""The engine's document, without the styles of notes that no leaflet of ours has.

The engine's own style sheet gives every element five pseudo-elements for footnotes and sidenotes, and works out a style
for each: five in seven of all styles (WeasyPrint 70.0). Without them the same bytes come out 3 to 5 % sooner.
Import this module only where the engine is wanted: it imports WeasyPrint.
"""

from __future__ import annotations

import copy
from typing import Any

from printables.typeset.start import load_engine

load_engine()
from weasyprint import HTML  # noqa: E402 - only now
from weasyprint.html import UA_STYLESHEET  # noqa: E402

NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})


def _without_notes(sheet: Any) -> Any:
    """The parsed style sheet without the rules for notes; the other one stays as it is."""
    lean = copy.copy(sheet)
    lean.matcher = copy.copy(sheet.matcher)
    # Rules for any element, each with the name of its pseudo-element in the fourth place (cssselect2 0.10).
    lean.matcher.other_selectors = [rule for rule in sheet.matcher.other_selectors if rule[3] not in NOTES]
    return lean


class LeanHTML(HTML):  # type: ignore[misc]
    """A document whose style sheets make no notes."""

    STYLE = _without_notes(UA_STYLESHEET)

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 - the engine's own signature
        return [self.STYLE, *super()._ua_stylesheets(forms)[1:]]
