"""The page's structure, before it is typeset: what the engine does not complain about (standards A15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from printables import limits
from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.checks.text import VOID
from printables.library.languages import RIGHT_TO_LEFT, refused_letter
from printables.pages.compose.markup import SAFE_LINK
from printables.pages.formats.html_tree import feed

ACTIVE = frozenset(
    [
        *("script", "link", "base", "iframe", "frame", "object", "embed", "applet", "portal"),
        *("form", "input", "button", "textarea", "select", "audio", "video"),
    ]
)
"""Elements that run, fetch or send something. The engine passes over most of them; a reader's browser would not."""
FETCHING = frozenset(
    ("action", "background", "data", "formaction", "http-equiv", "ping", "poster", "srcset", "xlink:href")
)
"""Attributes that do."""


class _Structure(HTMLParser):
    """Walks the page once and notes what it finds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.headings: list[int] = []
        self.lang = self.title = False
        self._open: list[str] = []
        self._words = {"title": 0, "a": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._harmless(tag, given)
        if tag not in VOID:
            self._open.append(tag)
        if len(self._open) == limits.DEPTH + 1:
            self.note(f"Elements are nested deeper than {limits.DEPTH} levels.", "Make the template flatter.")
        self.ids.extend([given["id"] or ""] if "id" in given else [])
        self.lang |= tag == "html" and bool(given.get("lang"))
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._heading(int(tag[1]))
        if tag == "img" and not given.get("alt"):
            self.note("A picture has no alternative text.", "Write alt, or make it a CSS background.")
        if tag in ("td", "th"):
            self._cell(tag, given)
        if tag == "a":
            self._words["a"] = 0
            self._link(given.get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and not self._words["a"]:
            self.note("A link has no words.", "Write what it leads to.")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._forwards(data)
        if data.strip():
            self._words["a"] += 1
            self.title |= self._open[-2:] == ["head", "title"]

    def _forwards(self, words: str) -> None:
        """Authors' words were looked at where they were read; a template has words of its own."""
        if sign := RIGHT_TO_LEFT.search(words):
            self.note(*refused_letter(sign.group()))

    def note(self, what: str, mend: str) -> None:
        """One thing that is wrong."""
        self.found.append((what, mend))

    def _harmless(self, tag: str, given: dict[str, str | None]) -> None:
        """A leaflet is words and shapes; its web page goes to a browser as it is."""
        if tag in ACTIVE:
            self.note(f"<{tag}> stands on the page.", "Take it out: a leaflet runs, fetches and sends nothing.")
        if (given.get("dir") or "ltr").lower() != "ltr":
            self.note(
                f'<{tag} dir="{given["dir"]}"> stands on the page.', "Take the attribute out: lines run to the right."
            )
        self._forwards(f"{given.get('alt')} {given.get('title')}")
        for name in given:
            if name.startswith("on") or name in FETCHING:
                self.note(f'<{tag} {name}="..."> stands on the page.', "Take the attribute out.")
        if tag != "a" and not (given.get("href") or "#").startswith("#"):
            self.note(f"<{tag}> names a file or an address.", "Draw it on the page itself.")

    def _heading(self, level: int) -> None:
        before = self.headings[-1] if self.headings else 0
        if level > before + 1:
            self.note(f"A heading of level {level} follows one of level {before}.", f"Make it level {before + 1}.")
        self.headings.append(level)

    def _cell(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "th" and given.get("scope") not in ("col", "row"):
            self.note("A header cell does not say what it heads.", 'Write scope="col" or scope="row".')
        for name in ("colspan", "rowspan"):
            span = given.get(name) or "1"
            if not re.fullmatch("[0-9]{1,4}", span) or int(span) > limits.SPAN:
                self.note(f'{name}="{span[:12]}" is more than {limits.SPAN}.', "Write a smaller one.")

    def _link(self, target: str | None) -> None:
        if target is None:
            return
        if target.startswith("#"):
            self.targets.append(target[1:])
        elif not SAFE_LINK.match(target):
            self.note(f'A link leads to "{target[:60]}".', "Links begin with https://, mailto:, tel: or #.")


def faults(html: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the page, each with the way to mend it."""
    walk = _Structure()
    feed(walk, html)
    yield from walk.found
    if not walk.lang:
        yield "The page does not say its language.", "Write <html lang>."
    if not walk.title:
        yield "The page has no title.", "Write <title>."
    if walk.headings.count(1) != 1:
        yield f"The page has {walk.headings.count(1)} main headings.", "Write exactly one <h1>."
    for name in sorted({name for name in walk.ids if walk.ids.count(name) > 1}):
        yield f'The id "{name}" stands twice on the page.', "Rename one."
    for name in sorted(set(walk.targets) - set(walk.ids)):
        yield f'A link leads to "#{name}", which is not on the page.', "Mend the link, or show that section."


def structure(subject: Subject) -> Iterator[Fault]:
    """Headings, links, pictures, tables, ids and elements that a reader or a browser could not take as they are."""
    return subject.on_page(faults(subject.html))


CHECKS = (Check(Rule.A15, structure, looks_at="page"),)
