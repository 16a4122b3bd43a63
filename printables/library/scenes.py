"""The scenes: drawings that a record may name, and the words that lie over them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from printables.library.fields import BareLine, Flag, Line, Number, ProperName, Record, Slug

Manner = Literal["wide", "beside", "together", "small"]
"""How an audience draws a scene: across the page, beside the title, for two people, or as a sign without words."""


class SceneWord(Record):
    """A word that lies over the drawing; the scene's style.css says where."""

    most: Number = Field(ge=1, description="The most characters that fit there.")
    names: ProperName = Field(description="What it names, for those who fill it in.")


class Scene(Record):
    """One drawing: templates/_scenes/<id>/scene.yaml, with its drawing.html and style.css. A folder is a scene.

    What it shows is said in the locale: `scene-<id>`, and `scene-<id>-beside` for the second person in one for two.
    """

    id: Slug
    sign: Slug = Field(description="A thing of the kit, for readers whose pages show only a sign.")
    mirrored: Flag = Field(True, description="no: it stays as it is in a text from right to left, as a clock does.")
    words: dict[Slug, SceneWord] = Field(default_factory=dict, description="The words that it takes, by name.")


class TitleScene(Record):
    """The scene beside the title, with its words for this reader."""

    draws: Slug = Field(description="A folder in templates/_scenes, such as wave.")
    words: dict[Slug, Line] = Field(
        default_factory=dict, description="The words that its scene.yaml lists; none where only a sign is shown."
    )
    caption: BareLine | None = Field(
        None,
        max_length=150,
        description="Printed at the drawing: what it shows, and what that means, in one sentence or two.",
    )
