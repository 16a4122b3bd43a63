"""A library of many records, each its own: what a benchmark builds.

Every record of ours is copied under other names and codes, with other words in the places of some, so that no two pages
are the same, and with problems of its own, as other therapies are about other problems. Most words are those that were
written to fit their pages; longer ones would not.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SWAPS = (
    (r"\boften\b", "mostly"),
    (r"\bhelpful\b", "useful"),
    (r"\bbegin\b", "start"),
    (r"\bfind\b", "see"),
    (r"\bdifficult\b", "hard"),
    (r"\bbig\b", "great"),
    (r"\bspeak\b", "talk"),
    (r"\bsmall\b", "little"),
)
"""Words for words that are as long and as easy; copy number n has those of its binary digits, besides its number."""


def library(folder: Path, copies: int, *, worksheets: bool = True) -> Path:
    """Our content and templates below `folder`, each therapy `copies` times: 24 are 288 records and 1,008 leaflets.

    Worksheets are not multiplied. Where sizes are compared leave them out, or the small library has more of them.
    """
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    if not worksheets:
        _without_worksheets(folder / "content")
    conditions = folder / "content/conditions.yaml"
    known = conditions.read_text(encoding="utf-8")
    entries = known.partition("conditions:\n")[2]
    ours = sorted((folder / "content/therapies").glob("*.yaml"))
    for number in range(2, copies + 1):
        known += re.sub(r"(?m)^(  - id: .*|    part_of: .*)$", rf"\1-{number}", entries)
        for path in ours:
            _copy(path, number)
    conditions.write_text(known, encoding="utf-8")
    return folder


def _without_worksheets(content: Path) -> None:
    """Courses and clinics go as well, since they name worksheets."""
    for kind in ("worksheets", "packs", "clinics"):
        shutil.rmtree(content / kind)
    for path in (content / "therapies").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^worksheets: \[[^]]*\]\n", "", text), encoding="utf-8")


def _copy(path: Path, number: int) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^id: .*$", f"id: {path.stem}-{number}", text, count=1)
    text = re.sub(r"(?m)^(code: .*)$", rf"\g<1>{number}", text, count=1)
    text = re.sub(r"(?m)^(    condition: .*)$", rf"\1-{number}", text)
    head, mark, words = text.partition("\nsections:\n")
    for digit, (old, new) in enumerate(SWAPS):
        if number >> digit & 1:
            words = re.sub(old, new, words)
    path.with_stem(f"{path.stem}-{number}").write_text(head + mark + words, encoding="utf-8")


def change_a_word(folder: Path, number: int) -> None:
    """One other word in one record, as an author does all day."""
    path = folder / "content/therapies/ipt.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(Rows|Quarrels\d*) at home", f"Quarrels{number} at home", text), encoding="utf-8")
