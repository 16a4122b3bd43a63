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


def library(folder: Path, copies: int) -> Path:
    """Our content and templates below `folder`, each therapy `copies` times: 24 are 288 records and 1,008 leaflets."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    conditions = folder / "content/conditions.yaml"
    known = conditions.read_text(encoding="utf-8")
    entries = known.partition("conditions:\n")[2]
    for number in range(2, copies + 1):
        known += re.sub(r"(?m)^(  - id: .*|    part_of: .*)$", rf"\1-{number}", entries)
        for path in (ROOT / "content/therapies").glob("*.yaml"):
            _copy(folder / "content/therapies", path, number)
    conditions.write_text(known, encoding="utf-8")
    return folder


def _copy(home: Path, path: Path, number: int) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^id: .*$", f"id: {path.stem}-{number}", text, count=1)
    text = re.sub(r"(?m)^(code: .*)$", rf"\g<1>{number}", text, count=1)
    text = re.sub(r"(?m)^(    condition: .*)$", rf"\1-{number}", text)
    head, mark, words = text.partition("\nsections:\n")
    for digit, (old, new) in enumerate(SWAPS):
        if number >> digit & 1:
            words = re.sub(old, new, words)
    (home / f"{path.stem}-{number}.yaml").write_text(head + mark + words, encoding="utf-8")


def change_a_word(folder: Path, number: int) -> None:
    """One other word in one record, as an author does all day."""
    path = folder / "content/therapies/ipt.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(Rows|Quarrels\d*) at home", f"Quarrels{number} at home", text), encoding="utf-8")
