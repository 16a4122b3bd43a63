"""The worksheets as they are shipped, or of a spoiled library, composed and turned into HTML."""

from __future__ import annotations

import functools

from leaflet_case import ROOT, TODAY, library

from printables.checks.subject import Subject
from printables.library.editions import USUAL, Edition
from printables.library.library import Library
from printables.pages.compose.leaflet import Leaflet
from printables.pages.compose.worksheet import compose_worksheet
from printables.pages.templates.render import Pages
from printables.plan import Item
from printables.problems import Problem

SHEETS = ("closeness-circles", "communication-analysis", "role-play-planner", "mood-and-contact-diary", "my-goals")
READERS = ("adults", "teens")
EVERY = [(sheet, audience) for sheet in SHEETS for audience in READERS]
CIRCLES = "content/worksheets/closeness-circles.yaml"
GOALS = "content/worksheets/my-goals.yaml"
DIARY = "content/worksheets/mood-and-contact-diary.yaml"
PAGES = Pages(ROOT / "templates", ROOT / "templates")


def composed(
    of: Library, sheet: str, audience: str, edition: Edition = USUAL, clinic: str | None = None
) -> tuple[Leaflet, list[Problem]]:
    """A worksheet as data, and what is wrong with it."""
    return compose_worksheet(of, Item("ipt", audience, "en", "england", clinic, "", TODAY, edition, sheet))


def checked(of: Library, sheet: str, audience: str, edition: Edition = USUAL, clinic: str | None = None) -> Subject:
    """A worksheet with its HTML and with the same worksheet for the other readers."""
    made = {name: composed(of, sheet, name, edition, clinic)[0] for name in of.worksheets[sheet].titles}
    html, problems = PAGES.html(made[audience])
    assert problems == []
    return Subject(of, made[audience], html, {name: leaflet for name, leaflet in made.items() if name != audience})


@functools.cache
def shipped(sheet: str, audience: str, edition: Edition = USUAL, clinic: str | None = None) -> Subject:
    """A worksheet as it is shipped."""
    return checked(library(), sheet, audience, edition, clinic)
