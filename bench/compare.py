"""Do two folders of PDFs look alike? Every page is drawn and compared, dot by dot.

    .venv/bin/python bench/compare.py BEFORE AFTER

For changes that must not be seen: a faster layout, a newer engine. A dot differs where one of its colours does by more
than 32 of 255, so that the rounding of curves does not count. Ends with 1 where anything differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops

SHADE = 32


def differences(before: Path, after: Path) -> Iterator[str]:
    """What differs, one line each."""
    names = [{path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")} for folder in (before, after)]
    for name in sorted(names[0] | names[1]):
        if name not in names[1]:
            yield f"{name}: gone"
        elif name not in names[0]:
            yield f"{name}: new"
        elif (before / name).read_bytes() != (after / name).read_bytes():
            yield from (f"{name}: {what}" for what in _pages(before / name, after / name))


def _pages(before: Path, after: Path) -> Iterator[str]:
    """What differs between two PDFs that are not the same bytes."""
    with pdfium.PdfDocument(before) as old, pdfium.PdfDocument(after) as new:
        if len(old) != len(new):
            yield f"{len(old)} pages before, {len(new)} after"
        for number, pair in enumerate(zip_longest(_drawn(old), _drawn(new)), 1):
            if None in pair:
                return
            if dots := different(*pair):
                yield f"page {number}: {dots}"


def _drawn(document: pdfium.PdfDocument) -> Iterator[Image.Image]:
    for page in document:
        yield page.render(scale=1).to_pil().convert("RGB")


def different(one: Image.Image, other: Image.Image) -> str:
    """How many dots of two pictures differ, or that they have other sizes; nothing where they look alike."""
    if one.size != other.size:
        return f"{one.size[0]} × {one.size[1]} points before, {other.size[0]} × {other.size[1]} after"
    most = ImageChops.difference(one, other).split()
    widest = ImageChops.lighter(ImageChops.lighter(most[0], most[1]), most[2])
    dots = sum(widest.histogram()[SHADE + 1 :])
    return f"{dots:,} dots differ" if dots else ""


def main() -> None:
    folders = [Path(one) for one in sys.argv[1:]]
    if len(folders) != 2 or not all(folder.is_dir() for folder in folders):
        sys.exit("Name two folders of PDFs: bench/compare.py BEFORE AFTER")
    found = list(differences(*folders))
    print("\n".join(found) or "No page looks different.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
