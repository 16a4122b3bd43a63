"""A leaflet's style sheet for a page that holds more than the leaflet: every rule reaches the leaflet and nothing else.

tinycss2 reads the rules, so that nothing here guesses where one ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2

ROOTS = re.compile(r"^(:root|html|body)\b")
LAYOUTS = re.compile(r"^\.(plain|hung|narrow|worksheet)\b")
"""Classes that stand on a leaflet's own root."""
PRINT_ONLY = re.compile(r"(?:string-set|bookmark|orphans|widows|break-(?:before|after|inside)|-weasy)[\w-]*:[^;]*;?")
PAGE_NAME = re.compile(r"(?<![\w-])page:[^;]*;?")
"""The page of a loose leaflet: in a book, the pages are the book's."""
HEADING = re.compile(r"(?<![\w.#-])h([1-4])(?![\w-])")
IDS = re.compile(r"#([\w-]+)")
PAPER_ONLY = re.compile(r"\.(ws-|worksheet|filler|ruled)")
"""Parts that stand on paper only."""


@dataclass(frozen=True)
class StyleScope:
    """Where the rules are to reach: below this selector, on a screen or on paper."""

    selector: str
    screen: bool
    deeper: int = 0
    """So many levels lower stand the headings."""


def scoped(css: str, selector: str, *, screen: bool, deeper: int = 0) -> str:
    """`css` with every selector below `selector`, without rules for pages.

    For a screen, what matters on paper only is dropped, and rules for screens lose their `@media`; for paper those go.
    In a book, headings stand `deeper` by so many levels, and ids begin with the handout's name.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(_rules(rules, StyleScope(selector, screen, deeper)))


def _rules(rules: Iterable[Any], scope: StyleScope) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield _rule(rule, scope)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            yield from _media(rule, scope)


def _media(rule: Any, scope: StyleScope) -> Iterator[str]:
    query = tinycss2.serialize(rule.prelude).strip()
    inside = "".join(_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), scope))
    narrow = query.removeprefix("screen").removeprefix(" and ").strip()
    if query == "print" and not scope.screen:
        yield inside
    if query.startswith("screen") and inside and scope.screen:
        yield f"@media {narrow}{{{inside}}}" if narrow else inside


def _rule(rule: Any, scope: StyleScope) -> str:
    body = " ".join(tinycss2.serialize(rule.content).split())
    kept = (PRINT_ONLY if scope.screen else PAGE_NAME).sub("", body)
    kept = re.sub(r"\s*([:;,])\s+", r"\1", kept).strip().rstrip(";")
    asked = tinycss2.serialize(rule.prelude).split(",")
    wanted = [one for one in asked if not (scope.screen and PAPER_ONLY.search(one))]
    selectors = ",".join(_selector(one, scope) for one in wanted)
    return f"{selectors}{{{kept}}}" if kept and selectors else ""


def _selector(selector: str, scope: StyleScope) -> str:
    """`body p` becomes `.leaflet p`, and `.plain h2` becomes `.leaflet.plain h2`, or h4 in a book."""
    shown = HEADING.sub(lambda m: f"h{int(m[1]) + scope.deeper}", " ".join(selector.split()))
    if scope.deeper:  # in a book every id has the handout's name before it
        shown = IDS.sub(r'[id$="-\1"]', shown)
    if ROOTS.match(shown):
        return ROOTS.sub(scope.selector, shown)
    return scope.selector + shown if LAYOUTS.match(shown) else f"{scope.selector} {shown}"
