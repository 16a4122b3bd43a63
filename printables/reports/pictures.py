"""Pictures of the built leaflets: each page as PNG, and one picture of all first pages for the README."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from printables.library.editions import USUAL
from printables.plan import folder_of
from printables.publish import manifest
from printables.publish.manifest import Entry
from printables.typeset.pictures import page_pictures

DPI = 96
GAP = 24
SHOWN_WIDTH = 420
"""The width of one page in the picture of first pages, in pixels."""
COLOURS = 255
MADE_OF = "made-of"
"""The PNG's text field with a hash of the shown pages, so that a test sees when the picture is out of date."""


def leaflets(
    output: Path, audiences: Sequence[str], therapies: Sequence[str] = (), clinic: str | None = None
) -> list[Entry]:
    """Return the leaflets in `output` in the usual edition, in the order of `audiences`, without clinics and regions.

    With a clinic, its leaflets are returned in each edition that was made. If `therapies` is empty, those of all
    therapies are returned.
    """
    found = manifest.read(output)[0].entries
    home = f"clinics/{clinic}/" if clinic else ""
    own = [entry for entry in found if entry.path.startswith(f"{home}leaflets/")]
    usual = [entry for entry in own if clinic or entry.edition == USUAL.name]
    usual = [entry for entry in usual if not therapies or entry.therapy in therapies]
    order = {name: place for place, name in enumerate(audiences)}
    return sorted(usual, key=lambda entry: (entry.therapy, order.get(entry.audience, len(order))))


def pictures(output: Path, entries: Sequence[Entry]) -> Iterator[tuple[Path, bytes]]:
    """Yield path (in the folder `pictures` of `output` or of the clinic) and PNG of every page of these leaflets."""
    for entry in entries:
        name = Path(entry.path).stem
        for number, png in enumerate(page_pictures((output / entry.path).read_bytes(), DPI), 1):
            yield output / folder_of(entry.path) / "pictures" / f"{name}-{number}.png", png


def made_of(entries: Sequence[Entry]) -> str:
    """Return a hash of what a picture of these leaflets shows, over their web pages, so that it needs no engine."""
    return hashlib.sha256("".join(file.sha256 for entry in entries for file in entry.files).encode()).hexdigest()


def family(firsts: Sequence[bytes], shows: str) -> bytes:
    """Return first pages side by side on grey as one PNG, with `shows` in its text field."""
    from PIL import Image, PngImagePlugin

    pages = [Image.open(io.BytesIO(png)).convert("RGB") for png in firsts]
    sized = [page.resize((SHOWN_WIDTH, round(page.height * SHOWN_WIDTH / page.width))) for page in pages]
    height = max(page.height for page in sized) + 2 * GAP
    ground = Image.new("RGB", (GAP + sum(page.width + GAP for page in sized), height), "#d9dddc")
    left = GAP
    for page in sized:
        ground.paste(page, (left, GAP))
        left += page.width + GAP
    note = PngImagePlugin.PngInfo()
    note.add_text(MADE_OF, shows)
    made = io.BytesIO()
    # The maximum-coverage palette keeps the four accent colours apart; the default merges two of them.
    ground.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(made, "PNG", optimize=True, pnginfo=note)
    return made.getvalue()
