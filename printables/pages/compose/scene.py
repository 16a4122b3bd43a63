"""The drawing beside a title, as the block that its component draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printables.library.scenes import TitleScene
from printables.pages.compose import wording
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block


def scene_of(composer: Composer) -> Block | None:
    """The scene that the record names for this reader, with what it shows in words; None where it names none."""
    title = composer.therapy.titles[composer.audience.id]
    if title.scene is None:
        return None
    scene = composer.library.scenes[title.scene.draws]
    words = [{"name": name, "text": title.scene.words[name]} for name in scene.words if name in title.scene.words]
    data = {
        "draws": scene.id,
        "sign": scene.sign,
        "mirrored": scene.mirrored,
        "alt": " ".join(_said(composer, title.scene, [word["text"].rstrip(".,") for word in words])),
        "words": words,
        "caption": title.scene.caption,
    }
    return Block("scene", "scene", data)


def _said(composer: Composer, scene: TitleScene, words: Sequence[str]) -> Iterator[str]:
    """What is drawn, and the words on it. A caption says the rest, and words that it has are not said twice."""
    drawn, caption = composer.t(f"scene-{scene.draws}"), scene.caption
    yield drawn.split(". ")[0].rstrip(".") + "." if caption else drawn
    beside = f"scene-{scene.draws}-beside"
    if not caption and composer.audience.drawing == "together" and beside in composer.locale.words:
        yield composer.t(beside)
    if not all(word.casefold() in (caption or "").casefold() for word in words):
        yield composer.t("scene-words", words=wording.listed(words, composer.locale))
