"""The gallery: every component with its examples in all looks, the tokens, and the contrast of colours that meet.

One page for template makers, which needs no other file. The examples are drawn by the components' own macros, and
each look's own style sheet is kept to its examples by nesting it in a class: `.look-teens { ... }`.
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

COLOURED = (USUAL, Edition(ink_saver=True), Edition(cream=True))
"""The editions that have colours of their own, so each is measured."""
COMPONENTS = "_components"
POINTS = {"pt": 1, "px": 0.75, "mm": 72 / 25.4}
LONGEST = 100.0
"""Points: a longer bar does not fit into the table of lengths."""


@dataclass(frozen=True)
class TokenRow:
    """One token with its value in each look; `kind` is colours, type, lengths or others."""

    name: str
    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class ColourContrast:
    """Two colours of one look that meet on paper, and how well they can be told apart; 0: they are no colours."""

    front: str
    back: str
    ratio: float
    least: float

    @property
    def figure(self) -> str:
        return shown_ratio(self.ratio) if self.ratio else "no colour"

    @property
    def verdict(self) -> str:
        """In words, since a colour alone would tell nobody who cannot see it."""
        return "passes" if self.ratio >= self.least else "FAILS"


@dataclass(frozen=True)
class ContrastPair:
    """What stands on what, the ratio that it needs, and how it meets in each look."""

    front: str
    back: str
    needed: str
    meetings: tuple[ColourContrast, ...]


def gallery(checked: CheckedLibrary, templates: Path) -> tuple[str, list[Problem]]:
    """The page as HTML, and every example that could not be read or drawn. `checked` holds all leaflets."""
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
    """A leaflet for each audience in its order, in its usual look: it lends the fixed words to the examples.

    The first therapy may have none for some readers, so the order is not that of the leaflets.
    """
    found: dict[str, Leaflet] = {}
    for subject in checked.subjects:
        leaflet = subject.leaflet
        if not leaflet.item.worksheet:
            found.setdefault(leaflet.audience.id, dataclasses.replace(leaflet, look=LeafletStyle(leaflet.audience.id)))
    return sorted(found.values(), key=lambda leaflet: leaflet.audience.order)


def edition_words(edition: Edition) -> str:
    """An edition as a person would say it: "A4, ink saver"."""
    paper = "US Letter" if edition.paper == "letter" else edition.paper.upper()
    return ", ".join([paper, *(name.replace("-", " ") for name in edition.features[1:])])


def _styles(pages: Pages, audiences: Sequence[str]) -> Markup:
    """The typeface, and every look's style sheet kept to its own examples."""
    looks = [nested(pages.css(LeafletStyle(name)), f"look-{name}") for name in audiences]
    return Markup("\n".join([_typeface(), *looks]))  # noqa: S704 - our own style sheets


def _typeface() -> str:
    """The @font-face rules with the font files in them, so that the page needs no other file."""
    css = fonts.font_css()
    for name, data in fonts.font_assets().items():
        css = css.replace(f'url("{name}")', f"url(data:font/ttf;base64,{base64.b64encode(data).decode()})")
    return css


def nested(css: str, name: str) -> str:
    """A whole style sheet that holds inside elements of the class `name` only, as CSS nesting does it.

    Rules for paper (`@page`) go; what is said of the root is said of that element, and what of the body, of `.sheet`.
    """
    screen = re.sub(r"@page\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", css)
    inside = re.sub(r"[^{};]*(?=\{)", lambda found: _selector(found[0]), screen)
    return f".{name} {{\n{inside}\n}}"


def _selector(text: str) -> str:
    root = re.sub(r":root\b|(?<![\w.#-])html\b", "&", text)
    return re.sub(r"(?<![\w.#-])body\b", ".sheet", root)


def tokens(pages: Pages, audiences: Sequence[str]) -> list[TokenRow]:
    """Every token, with its value in each look."""
    values = [pages.tokens(LeafletStyle(name)) for name in audiences]
    names = dict.fromkeys(name for found in values for name in found)
    sizes = _type_sizes(pages.css(LeafletStyle(audiences[0])))
    return [
        TokenRow(name, _kind(name, values, sizes), tuple(found.get(name, "") for found in values)) for name in names
    ]


def _type_sizes(css: str) -> set[str]:
    """The tokens that set the size of letters somewhere."""
    return set(re.findall(r"font(?:-size)?:[^;}]*?var\(--([\w-]+)\)", css))


def _kind(name: str, values: Sequence[Mapping[str, str]], sizes: set[str]) -> str:
    value = next(found[name] for found in values if name in found)
    if re.fullmatch(r"#[0-9a-fA-F]{3,8}", value):
        return "colours"
    if name in sizes:
        return "type"
    return "lengths" if 0 <= _points(value) <= LONGEST else "others"


def _points(value: str) -> float:
    """A length in points; -1 where it is none that can be drawn."""
    read = re.fullmatch(r"([\d.]+)(pt|mm|px)|0", value)
    return float(read[1] or 0) * POINTS.get(read[2], 0) if read else -1


def _by_kind(found: Sequence[TokenRow]) -> dict[str, list[TokenRow]]:
    return {kind: [token for token in found if token.kind == kind] for kind in ("colours", "type", "lengths", "others")}


def pairs(pages: Pages, audiences: Sequence[str], edition: Edition) -> list[ContrastPair]:
    """Every pair of colours that meet on paper, measured in each look of this edition."""
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
