"""The page's structure, before it is typeset: what the engine does not complain about (standards A15)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from printables import limits
from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.languages import RIGHT_TO_LEFT, refused_letter
from printables.pages.compose.leaflet import Words
from printables.pages.compose.markup import SAFE_LINK
from printables.pages.formats.html_tree import Element, parse

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
_TYPED_LINK = re.compile(r"\[([^\[\]]+)\]\(#([A-Za-z][\w-]*)\)")
"""A link within the page, as authors type it."""


def faults(html: str, *, runs_left: bool = False) -> Iterator[tuple[str, str]]:
    """What is wrong with the page, each with the way to mend it. `runs_left`: its language is written so."""
    page = parse(html)
    elements = list(page.elements())
    for element in elements:
        yield from _active(element)
        yield from () if runs_left else _foreign(element)
        yield from _incomplete(element)
    yield from () if runs_left else _letters(page.texts())
    yield from _headings([int(element.tag[1]) for element in elements if re.fullmatch("h[1-6]", element.tag)])
    yield from _ids(elements)
    if not any(element.attributes.get("lang") for element in page.below("html")):
        yield "The page does not say its language.", "Write <html lang>."
    if not any(title.words for head in page.below("head") for title in head.below("title")):
        yield "The page has no title.", "Write <title>."
    if any(element.level > limits.DEPTH for element in elements):
        yield f"Elements are nested deeper than {limits.DEPTH} levels.", "Make the template flatter."


def _active(element: Element) -> Iterator[tuple[str, str]]:
    """A leaflet is words and shapes; its web page goes to a browser as it is."""
    tag, given = element.tag, element.attributes
    if tag in ACTIVE:
        yield f"<{tag}> stands on the page.", "Take it out: a leaflet runs, fetches and sends nothing."
    for name in given:
        if name.startswith("on") or name in FETCHING:
            yield f'<{tag} {name}="..."> stands on the page.', "Take the attribute out."
    target = given.get("href", "")
    if target and tag != "a" and not target.startswith("#"):
        yield f"<{tag}> names a file or an address.", "Draw it on the page itself."
    if tag == "a" and "href" in given and not target.startswith("#") and not SAFE_LINK.match(target):
        yield f'A link leads to "{target[:60]}".', "Links begin with https://, mailto:, tel: or #."


def _foreign(element: Element) -> Iterator[tuple[str, str]]:
    """What runs from right to left: lines that are turned around, and letters in words that are not seen as text."""
    given = element.attributes
    if (given.get("dir") or "ltr").lower() != "ltr":
        yield (
            f'<{element.tag} dir="{given["dir"]}"> stands on the page.',
            "Take the attribute out: lines run to the right.",
        )
    yield from _letters(given.get(name, "") for name in ("alt", "title"))


def _letters(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Authors' words were looked at where they were read; a template has words of its own."""
    for text in texts:
        if sign := RIGHT_TO_LEFT.search(text):
            yield refused_letter(sign.group())


def _incomplete(element: Element) -> Iterator[tuple[str, str]]:
    """Pictures and links without words, cells that do not say what they head, or how much they cover."""
    tag, given = element.tag, element.attributes
    if tag == "img" and not given.get("alt"):
        yield "A picture has no alternative text.", "Write alt, or make it a CSS background."
    if tag == "a" and not element.words:
        yield "A link has no words.", "Write what it leads to."
    if tag == "th" and given.get("scope") not in ("col", "row"):
        yield "A header cell does not say what it heads.", 'Write scope="col" or scope="row".'
    for name in ("colspan", "rowspan") if tag in ("td", "th") else ():
        span = given.get(name) or "1"
        if not re.fullmatch("[0-9]{1,4}", span) or int(span) > limits.SPAN:
            yield f'{name}="{span[:12]}" is more than {limits.SPAN}.', "Write a smaller one."


def _headings(levels: Sequence[int]) -> Iterator[tuple[str, str]]:
    """One main heading, and no level skipped on the way down."""
    for before, level in zip((0, *levels), levels, strict=False):
        if level > before + 1:
            yield f"A heading of level {level} follows one of level {before}.", f"Make it level {before + 1}."
    if levels.count(1) != 1:
        yield f"The page has {levels.count(1)} main headings.", "Write exactly one <h1>."


def _ids(elements: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """Each id once, and each link inside the page to one of them."""
    ids = Counter(element.attributes["id"] for element in elements if "id" in element.attributes)
    for name in sorted(name for name, times in ids.items() if times > 1):
        yield f'The id "{name}" stands twice on the page.', "Rename one."
    links = (element.attributes.get("href", "") for element in elements if element.tag == "a")
    for name in sorted({link[1:] for link in links if link.startswith("#")} - ids.keys()):
        yield _leads_nowhere(name)


def _leads_nowhere(name: str) -> tuple[str, str]:
    return f'A link leads to "#{name}", which is not on the page.', "Mend the link, or show that section."


def structure(subject: Subject) -> Iterator[Fault]:
    """Headings, links, pictures, tables, ids and elements that a reader or a browser could not take as they are.

    A link that an author typed is named at its line; all else is the template's.
    """
    typed = {_leads_nowhere(name): (words, label) for words, name, label in _typed_links(subject)}
    found = list(faults(subject.html, runs_left=subject.leaflet.locale.direction == "rtl"))
    for fault in found:
        if fault in typed:
            words, label = typed[fault]
            yield subject.fault(words, max(0, words.plain.find(label)), *fault)
    yield from subject.on_page(fault for fault in found if fault not in typed)


def _typed_links(subject: Subject) -> Iterator[tuple[Words, str, str]]:
    """Yield each link within the page in an author's words: the words, the id that it leads to, and its label."""
    for _, words, _ in subject.texts():
        for label, name in _TYPED_LINK.findall(words.text):
            yield words, name, label


CHECKS = (Check(Rule.A15, structure, looks_at="page"),)
