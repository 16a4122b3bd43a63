"""The gallery: every component with its examples in all styles, the tokens, and the contrast of colour pairs.

It is one self-contained page for template makers. Examples are rendered by the components' own macros, and each style
sheet is scoped to its examples by nesting it in a class: `.look-teens { ... }`.
"""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from printables import paths
from printables.checks.contrast import PAIRS, contrast
from printables.library.colour import shown_ratio
from printables.library.editions import USUAL, Edition
from printables.pages.compose.leaflet import Leaflet, LeafletStyle
from printables.pages.templates.render import Pages
from printables.pipeline.build import CheckedLibrary
from printables.problems import Problem
from printables.reports import gallery_examples
from printables.typeset import fonts
from printables.typeset.open_zero import open_zero_assets

COLOURED = (USUAL, Edition(ink_saver=True), Edition(cream=True))
"""Editions with their own colours, each of which is measured."""
COMPONENTS = "_components"
POINTS = {"pt": 1, "px": 0.75, "mm": 72 / 25.4}
LONGEST = 100.0
"""The longest bar, in points, that fits into the table of lengths."""


@dataclass(frozen=True)
class TokenRow:
    """One token with its value in each style; `kind` is colours, type, lengths or others."""

    name: str
    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class ColourContrast:
    """A pair of colours in one style, and its contrast; 0 if a value is not a colour."""

    front: str
    back: str
    ratio: float
    least: float

    @property
    def figure(self) -> str:
        return shown_ratio(self.ratio) if self.ratio else "no colour"

    @property
    def verdict(self) -> str:
        """The result in words, because it must not depend on colour alone."""
        return "passes" if self.ratio >= self.least else "FAILS"


@dataclass(frozen=True)
class ContrastPair:
    """A pair of foreground and background, the required ratio, and the contrast in each style."""

    front: str
    back: str
    needed: str
    meetings: tuple[ColourContrast, ...]


def gallery(checked: CheckedLibrary, templates: Path) -> tuple[str, list[Problem]]:
    """Return the page as HTML, and a problem for each unusable example. `checked` must hold all leaflets."""
    leaflets, pages = _one_each(checked), checked.pages
    homes = dict.fromkeys([templates / COMPONENTS, paths.own() / "templates" / COMPONENTS])
    components, problems = gallery_examples.components(
        list(homes), leaflets, [subject.leaflet for subject in checked.subjects], pages
    )
    audiences = [leaflet.audience.id for leaflet in leaflets]
    page = pages.sheet(
        "_gallery/gallery.html",
        leaflets=leaflets,
        styles=_styles(pages, audiences),
        components=components,
        kinds=_by_kind(tokens(pages, audiences)),
        contrasts=[(edition_words(edition), pairs(pages, audiences, edition)) for edition in COLOURED],
    )
    return page, problems


def _one_each(checked: CheckedLibrary) -> list[Leaflet]:
    """Return a leaflet for each audience, in their order, in its usual style: examples use its fixed words.

    The first therapy may lack some audiences, so the order cannot be that of the leaflets.
    """
    found: dict[str, Leaflet] = {}
    for subject in checked.subjects:
        leaflet = subject.leaflet
        if not leaflet.item.worksheet:
            found.setdefault(leaflet.audience.id, dataclasses.replace(leaflet, look=LeafletStyle(leaflet.audience.id)))
    return sorted(found.values(), key=lambda leaflet: leaflet.audience.order)


def edition_words(edition: Edition) -> str:
    """Return an edition for people, such as "A4, ink saver"."""
    paper = "US Letter" if edition.paper == "letter" else edition.paper.upper()
    return ", ".join([paper, *(name.replace("-", " ") for name in edition.features[1:])])


def _styles(pages: Pages, audiences: Sequence[str]) -> Markup:
    """Return the typeface, and every style sheet scoped to its own examples."""
    looks = [nested(pages.css(LeafletStyle(name)), f"look-{name}") for name in audiences]
    return Markup("\n".join([_typeface(), *looks]))  # noqa: S704 - our own style sheets


def _typeface() -> str:
    """Return the @font-face rules with embedded font files."""
    css = fonts.font_css()
    for name, data in (fonts.font_assets() | open_zero_assets()).items():
        css = css.replace(f'url("{name}")', f"url(data:font/ttf;base64,{base64.b64encode(data).decode()})")
    return css


def nested(css: str, name: str) -> str:
    """Scope a style sheet to elements of the class `name` by CSS nesting.

    `@page` rules are removed; rules for the root apply to that element, and rules for the body to `.sheet`.
    """
    screen = re.sub(r"@page\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", css)
    inside = re.sub(r"[^{};]*(?=\{)", lambda found: _selector(found[0]), screen)
    return f".{name} {{\n{inside}\n}}"


def _selector(text: str) -> str:
    root = re.sub(r":root\b|(?<![\w.#-])html\b", "&", text)
    return re.sub(r"(?<![\w.#-])body\b", ".sheet", root)


def tokens(pages: Pages, audiences: Sequence[str]) -> list[TokenRow]:
    """Return every token with its value in each style."""
    values = [pages.tokens(LeafletStyle(name)) for name in audiences]
    names = dict.fromkeys(name for found in values for name in found)
    sizes = _type_sizes(pages.css(LeafletStyle(audiences[0])))
    return [
        TokenRow(name, _kind(name, values, sizes), tuple(found.get(name, "") for found in values)) for name in names
    ]


def _type_sizes(css: str) -> set[str]:
    """Return the tokens that are used as font sizes."""
    return set(re.findall(r"font(?:-size)?:[^;}]*?var\(--([\w-]+)\)", css))


def _kind(name: str, values: Sequence[Mapping[str, str]], sizes: set[str]) -> str:
    value = next(found[name] for found in values if name in found)
    if re.fullmatch(r"#[0-9a-fA-F]{3,8}", value):
        return "colours"
    if name in sizes:
        return "type"
    return "lengths" if 0 <= _points(value) <= LONGEST else "others"


def _points(value: str) -> float:
    """Return a length in points; -1 if it cannot be drawn."""
    read = re.fullmatch(r"([\d.]+)(pt|mm|px)|0", value)
    return float(read[1] or 0) * POINTS.get(read[2], 0) if read else -1


def _by_kind(found: Sequence[TokenRow]) -> dict[str, list[TokenRow]]:
    return {kind: [token for token in found if token.kind == kind] for kind in ("colours", "type", "lengths", "others")}


def pairs(pages: Pages, audiences: Sequence[str], edition: Edition) -> list[ContrastPair]:
    """Return every pair of colours that meet in print, measured in each style of this edition."""
    looks = [pages.tokens(LeafletStyle(name, edition)) for name in audiences]
    return [
        ContrastPair(front, back, shown_ratio(least), tuple(_meeting(look, front, back, least) for look in looks))
        for front, back, least in PAIRS
    ]


def _meeting(look: Mapping[str, str], front: str, back: str, least: float) -> ColourContrast:
    one, other = look.get(front, ""), look.get(back, "")
    try:
        return ColourContrast(one, other, contrast(one, other), least)
    except ValueError:
        return ColourContrast(one, other, 0, least)
