"""Pictures of the built leaflets: each page as PNG, and one picture of all first pages for the README."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from printables.publish import manifest
from printables.typeset.pictures import page_pictures

DPI = 96
GAP = 24
SHOWN_WIDTH = 420
"""Width of one page in the picture of the family, in pixels."""


def pictures(output: Path, audiences: Sequence[str]) -> Iterator[tuple[Path, bytes]]:
    """Every page of every leaflet in `output`, in the order of `audiences`: its path below `output/pictures`, its PNG."""
    entries = manifest.read(output)[0].entries
    for entry in sorted(
        entries, key=lambda e: audiences.index(e.audience) if e.audience in audiences else len(audiences)
    ):
        if not entry.path.startswith("leaflets/"):
            continue  # those of clinics and of other regions look the same
        name = Path(entry.path).stem
        for number, png in enumerate(page_pictures((output / entry.path).read_bytes(), DPI), 1):
            yield output / "pictures" / f"{name}-{number}.png", png


def family(firsts: Sequence[bytes]) -> bytes:
    """First pages side by side on grey ground, as one PNG."""
    from PIL import Image

    pages = [Image.open(io.BytesIO(png)).convert("RGB") for png in firsts]
    sized = [
        page.resize((SHOWN_WIDTH, round(page.height * SHOWN_WIDTH / page.width)), Image.Resampling.LANCZOS)
        for page in pages
    ]
    height = max(page.height for page in sized) + 2 * GAP
    ground = Image.new("RGB", (GAP + sum(page.width + GAP for page in sized), height), "#d9dddc")
    left = GAP
    for page in sized:
        ground.paste(page, (left, GAP))
        left += page.width + GAP
    made = io.BytesIO()
    ground.save(made, "PNG", optimize=True)
    return made.getvalue()
