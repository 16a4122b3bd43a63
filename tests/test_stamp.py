"""The stamp in a printed code: what changes it, what does not, and what `verify --current` answers for it."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date
from pathlib import Path

import pytest
from leaflet_case import AUDIENCES
from library_case import IPT, TODAY, LibraryCase
from sheet_case import GOALS

from printables.library.editions import edition
from printables.pages.compose.compose import compose
from printables.pages.compose.stamp import LETTERS
from printables.pages.compose.worksheet import compose_worksheet
from printables.pipeline import build
from printables.plan import Choice, Item
from printables.publish import manifest
from printables.publish.current import current
from printables.publish.manifest import Entry, Manifest

RIVERSIDE, ENGLAND = "content/clinics/riverside.yaml", "content/regions/england.yaml"
LOST = "It may come from elsewhere, or be withdrawn. Do not hand it out before you know."


def codes(case: LibraryCase, clinic: str | None = None) -> dict[str, str]:
    """The code of IPT's leaflet for each reader, and of one worksheet for teenagers."""
    library, _ = case.load()
    assert library is not None
    items = {name: Item("ipt", name, "en", "england", clinic, "", TODAY) for name in AUDIENCES}
    sheet = dataclasses.replace(items["teens"], worksheet="my-goals")
    made = {name: compose(library, item)[0].code for name, item in items.items()}
    return {**made, "my-goals": compose_worksheet(library, sheet)[0].code}


def changed(case: LibraryCase, file: str, begins: str, new: str, *after: str, clinic: str | None = None) -> set[str]:
    """Whose code changes with a line of a file."""
    before = codes(case, clinic)
    case.replace(file, begins, new, *after)
    now = codes(case, clinic)
    return {name for name in before if before[name] != now[name]}


def test_every_code_ends_in_a_stamp_that_cannot_be_misread(case: LibraryCase) -> None:
    assert not set(LETTERS) & set("AEIOU01LOSZ2B8G6QVY5")
    found = codes(case)
    assert len(set(found.values())) == len(found)
    for name, code in found.items():
        assert re.fullmatch(rf"(IPT|WS-GOALS)-(ADULT|TEEN|PARENT|PRO|EASY)-EN-\d\.\d-[{LETTERS}]{{4}}", code), name


def test_it_is_printed_and_is_the_same_in_every_edition(case: LibraryCase) -> None:
    editions = (edition("a4"), edition("letter-large-print"))
    options = case.options(Choice(audiences=("teens",), no_worksheets=True, editions=editions))
    one, other = build.check(options).subjects
    assert one.html.count(one.leaflet.code) == 2  # among the keywords, and under the leaflet
    assert one.leaflet.code in one.page["about"]
    assert one.leaflet.code == other.leaflet.code


@pytest.mark.slow
def test_words_change_it_for_their_reader(case: LibraryCase) -> None:
    line = "      Then people stop asking"
    assert changed(case, IPT, line, "      Then people ask you less, and you feel worse.") == {"teens"}
    assert changed(case, GOALS, "    purpose: ", "{} It is yours.", "  teens:") == {"my-goals"}


def test_help_lines_change_it_for_those_who_read_them(case: LibraryCase) -> None:
    assert changed(case, ENGLAND, "    how: Call 0808 802 5544.", "    how: Call 0808 802 5545.") == {"parents"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begins", "new"),
    [("name:", "name: Another clinic"), ("phone:", "phone: 01632 960 999"), ("feedback:", "feedback: Tell Sam.")],
)
def test_contacts_change_it_for_the_clinic_only(case: LibraryCase, begins: str, new: str) -> None:
    without = codes(case)
    assert changed(case, RIVERSIDE, begins, new, clinic="riverside") >= set(AUDIENCES)
    assert codes(case) == without


def test_a_review_without_a_changed_word_leaves_it(case: LibraryCase) -> None:
    assert changed(case, IPT, "  next_review:", '  next_review: "2099-01-01"') == set()


# verify --current


def published(folder: Path, *entries: tuple[str, str]) -> Path:
    """An output folder whose manifest lists these codes, each with its path."""
    about = {"key": "k", "sha256": "0" * 64, "bytes": 1, "pages": 4, "title": "T", "version": "1.1", "therapy": "ipt"}
    days = {"audience": "teens", "language": "en", "last_review": "2026-11-01", "next_review": "2099-01-01"}
    made = tuple(Entry(path=path, code=code, **about, **days) for code, path in entries)  # type: ignore[arg-type]
    (folder / manifest.NAME).write_bytes(manifest.dump(Manifest(entries=made)))
    return folder


def answer(folder: Path, code: str, today: date = TODAY) -> str:
    said, problem = current(folder, code, today)
    return (said or str(problem)).replace(f"{folder}/", "")


NOW = "IPT-TEEN-EN-1.1-K7F9"
CURRENT = f"{NOW} is current: T, reviewed on 2026-11-01, next by 2099-01-01. It is a.pdf."
THAT_IS = f"that is {NOW}, reviewed on 2026-11-01."
FETCH = "It is a.pdf. Hand out that one instead."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (NOW, CURRENT),
        (NOW.lower(), CURRENT),
        ("IPT-TEEN-EN-1.1", CURRENT),
        (
            "IPT-TEEN-EN-1.1-CCCC",
            (
                "IPT-TEEN-EN-1.1-CCCC: This is not the current edition: "
                f"{THAT_IS} Its words, contacts or help lines are others. {FETCH}"
            ),
        ),
        (
            "IPT-TEEN-EN-1.0-K7F9",
            f"IPT-TEEN-EN-1.0-K7F9: This is not the current edition: {THAT_IS} {FETCH}",
        ),
        ("IPT-TEEN-EN-1.0", f"IPT-TEEN-EN-1.0: This is not the current edition: {THAT_IS} {FETCH}"),
        (
            "IPT-ADULT-EN-1.1-K7F9",
            f"IPT-ADULT-EN-1.1-K7F9: Nothing that is published here has this code. {LOST}",
        ),
    ],
)
def test_answers(given: str, said: str, tmp_path: Path) -> None:
    assert answer(published(tmp_path, (NOW, "a.pdf")), given) == said


def test_where_clinics_differ_each_code_finds_its_own(tmp_path: Path) -> None:
    theirs = "IPT-TEEN-EN-1.1-RRRR"
    folder = published(tmp_path, (NOW, "a.pdf"), (NOW, "a-cream.pdf"), (theirs, "clinics/r/a.pdf"))
    assert answer(folder, theirs).endswith("It is clinics/r/a.pdf.")
    both = f"that is {NOW}, reviewed on 2026-11-01 or {theirs}, reviewed on 2026-11-01."
    assert both in answer(folder, "IPT-TEEN-EN-1.1-CCCC")


def test_a_folder_from_before_there_were_stamps(tmp_path: Path) -> None:
    folder = published(tmp_path, ("IPT-TEEN-EN-1.1", "a.pdf"))
    assert answer(folder, "IPT-TEEN-EN-1.1").startswith("IPT-TEEN-EN-1.1 is current: ")
    assert "is not the current edition: that is IPT-TEEN-EN-1.1, " in answer(folder, NOW)
    assert json.loads((folder / manifest.NAME).read_text())["entries"][0]["code"] == "IPT-TEEN-EN-1.1"


def test_what_was_released_is_named_before_its_draft(tmp_path: Path) -> None:
    newer = "IPT-TEEN-EN-1.1-RRRR"
    published(tmp_path, (newer, "a.pdf"))
    (tmp_path / "release").mkdir()
    published(tmp_path / "release", (NOW, "a.pdf"))
    assert answer(tmp_path, NOW) == CURRENT.replace("a.pdf", "release/a.pdf")
    assert answer(tmp_path, newer).endswith("It is a.pdf.")
    assert answer(tmp_path, "IPT-TEEN-EN-1.0").endswith("It is release/a.pdf or a.pdf. Hand out that one instead.")
    (tmp_path / manifest.NAME).unlink()
    assert answer(tmp_path, NOW) == CURRENT.replace("a.pdf", "release/a.pdf"), "nothing but a release was ever made"


def test_the_plain_edition_is_named_before_the_others(tmp_path: Path) -> None:
    """In a message as well as in the answer; in the manifest, the others stand before it."""
    folder = published(tmp_path, (NOW, "a-a4-large-print.pdf"), (NOW, "a-letter.pdf"), (NOW, "a.pdf"))
    listed = json.loads((folder / manifest.NAME).read_text())
    for entry, name in zip(listed["entries"], ("a4-large-print", "letter", "a4"), strict=True):
        entry["edition"] = name
    (folder / manifest.NAME).write_text(json.dumps(listed))
    assert answer(folder, NOW) == CURRENT
    assert answer(folder, "IPT-TEEN-EN-1.0").endswith(f"{THAT_IS} {FETCH}")
