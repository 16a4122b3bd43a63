"""Style sheets say start and end, and never left and right, so that a text from right to left needs none of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
SHEETS = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?![\w-]*radius)"
    r"|(?:left|right)\s*:|(?:float|clear|text-align)\s*:\s*(?:left|right))"
)
PAGES = re.compile(r"@page :nth\([^{}]*\{[^{}]*\}")
"""The margins of a numbered page: which side a fold is on is a matter of paper."""


def physical(css: str) -> list[str]:
    """What names a side of the paper, without comments."""
    plain = PAGES.sub("", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return [found.group() for found in PHYSICAL.finditer(plain)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_style_sheet_names_a_side(sheet: str) -> None:
    assert physical((TEMPLATES / sheet).read_text(encoding="utf-8")) == []


def test_each_way_to_name_a_side_is_found() -> None:
    css = "a { margin-left: 1pt; left: 0; float: right; text-align: left; border-right: 0; padding-right: 0 }"
    assert physical(css) == [
        "margin-left",
        "left:",
        "float: right",
        "text-align: left",
        "border-right",
        "padding-right",
    ]
    assert physical("a { margin-inline-start: 1pt; inset-inline-start: 0 } /* left: 0 */ b { --left: 1 }") == []
