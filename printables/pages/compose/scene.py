"""The drawing beside a title, as the block that its component draws."""

from __future__ import annotations

from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block


def scene_of(composer: Composer) -> Block | None:
    """The scene that the record names for this reader, with what it shows in words; None where it names none."""
    title = composer.therapy.titles[composer.audience.id]
    if title.scene is None:
        return None
    scene = composer.library.scenes[title.scene.draws]
    words = [{"name": name, "text": title.scene.words[name]} for name in scene.words if name in title.scene.words]
    said = [composer.t(f"scene-{scene.id}")]
    if composer.audience.drawing == "together" and f"scene-{scene.id}-beside" in composer.locale.words:
        said.append(composer.t(f"scene-{scene.id}-beside"))
    if words:
        said.append(composer.t("scene-words", words="; ".join(word["text"].rstrip(".,") for word in words)))
    data = {"draws": scene.id, "sign": scene.sign, "mirrored": scene.mirrored, "alt": " ".join(said), "words": words}
    return Block("scene", "scene", data)
