"""A library of many records, each its own: what a benchmark builds.

Every record of ours is copied under other names and codes, with other words in the places of some, so that no two pages
are the same, and with problems of its own, as other therapies are about other problems. A copy makes no sense to a
reader, but has lines and pages like those that were written to fit.
"""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HALF = 0.5
WORDS = """
who/how stop/spot could/cloud agree/eager over/rove words/sword does/odes name/mean note/tone learn/renal sure/user
use/sue small/malls step/pest steps/pests both/doth day/bay days/bays things/nights trust/strut bad/dab least/stale
"""
SWAPS = dict(pair.split("/") for pair in WORDS.split())
"""Words for words of the same letters, or nearly: to the engine they are as wide, so that every line ends where it ends
in our own, and every copy costs what a real leaflet costs. Each copy has about half of them, chosen by its number."""


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
    chosen = random.Random(number)  # noqa: S311 - the same words in every run
    for old, new in SWAPS.items():
        if chosen.random() < HALF:
            words = re.sub(rf"(?<![\w@{{:-]){old}(?![\w:}}-])", new, words)  # no ids, no keys
    path.with_stem(f"{path.stem}-{number}").write_text(head + mark + words, encoding="utf-8")


def change_a_word(folder: Path, number: int) -> None:
    """One other word in one record, as an author does all day."""
    path = folder / "content/therapies/ipt.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(row|quarrel\d*) at home", f"quarrel{number} at home", text), encoding="utf-8")
