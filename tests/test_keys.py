"""Keys take in every field of the data: who adds one need not think of them, and these tests ask for a value."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from library_case import TODAY, LibraryCase

from printables.cache import store
from printables.cache.cache import Cache
from printables.cache.environment import environment
from printables.keys import key_of
from printables.library.editions import Edition
from printables.library.record_reader import RecordText
from printables.library.summaries import ClaimSummary, RecordSummary
from printables.pipeline import build
from printables.pipeline.one_therapy import Strictness
from printables.plan import Choice, Item
from printables.publish.jobs import ABOUT, PrintJob, page_key
from printables.site import pictures
from printables.site.model import PagePicture
from printables.site.stored import card_key, pictures_key
from printables.translations.overlay import Layer
from printables.typeset.page import NumberingRules, Page, Placed, PrintRules, Sheet, Shorter
from printables.workers.cluster_address import Cluster

JOB = PrintJob("a.pdf", "A", "C-1", "1", "a", "teens", "en", "2025-01-01", "2027-01-01", page=Page("words", "p {}"))
ITEM = Item("ipt", "teens", "en", "england", None, "", TODAY)
CARD = RecordSummary("ipt", "en", ("teens",), "2027-01-01", "IPT")
PICTURE = PagePicture("a.png", "a-large.png", 640, 905, "a.pdf", 1)
SHARED = pictures.ShareCard("A", "for adults", "Clinic", ())

LAYER = Layer("therapy", "ipt", RecordText(b"language: cy", "language.yaml"), ())
OTHER: dict[Any, dict[str, Any]] = {
    PrintJob: {"page": Page("other", "p {}"), "siblings": (("a.html", b"<p>"),)},
    Page: {
        "html": "other",
        "css": "q {}",
        "shared_css": 2,
        "assets": (("logo.png", b"1"),),
        "rules": PrintRules(max_pages=9),
        "multiple": 2,
        "filler": "<section>Notes {number}</section>",
        "numbering": NumberingRules("plan"),
        "back": "<p>back</p>",
        "tight": ":root { --gap: 0 }",
        "tight_html": "other",
        "booklet": True,
        "right_bound": True,
        "sheet": Sheet(200.0, 100.0, ((100.0, 100.0),), ((Placed(0, 0.0, 0.0),),)),
        "shorter": (Shorter("less", ("questions",)),),
    },
    Shorter: {"html": "more", "without": ("focus",), "sheet": Sheet(1.0, 1.0, (), ())},
    Placed: {"page": 1, "across": 100.0, "up": 1.0},
    Sheet: {
        "width": 300.0,
        "height": 200.0,
        "sizes": ((200.0, 100.0),),
        "sides": ((Placed(1, 0.0, 0.0),),),
        "lines": (((1.0, 0.0, 1.0, 9.0),),),
    },
    PrintRules: {
        "min_pt": 18.0,
        "min_pt_references": 18.0,
        "max_pages": 8,
        "min_pages": 2,
        "max_line": 100,
        "last_page_fill": 0.2,
        "whole": ("help-lines",),
        "first_page": ("privacy",),
        "numbers_first": True,
        "cover": 1,
        "outside": "A title",
        "makes_room": True,
        "strict": True,
    },
    NumberingRules: {"body": "start", "handouts": ("h1",), "end": "back"},
    Item: {
        "therapy": "cbt",
        "audience": "adults",
        "language": "cy",
        "region": "wales",
        "clinic": "riverside",
        "folder": "clinics/riverside/",
        "today": TODAY + timedelta(1),
        "edition": Edition(paper="letter"),
        "worksheet": "my-goals",
    },
    Edition: {
        "paper": "letter",
        "booklet": True,
        "trifold": True,
        "fold_marks": True,
        "large_print": True,
        "ink_saver": True,
        "cream": True,
        "duplex": True,
        "private_cover": True,
    },
    Strictness: {"allow_overdue": True, "for_release": True, "layout": True},
    RecordSummary: {
        "id": "cbt",
        "language": "cy",
        "titles": ("adults",),
        "next_review": "2028-01-01",
        "name": "CBT",
        "claims": (ClaimSummary("depression", "adults", "strong"),),
        "abbreviation": "CBT",
        "worksheets": ("my-goals",),
        "sources": ("nice",),
    },
    ClaimSummary: {"condition": "anxiety", "population": "adults", "strength": "none"},
    RecordText: {"data": b"id: b", "shown": "content/b.yaml", "layer": LAYER},
    Layer: {
        "kind": "worksheet",
        "id": "my-goals",
        "settings": RecordText(b"language: ar", "language.yaml"),
        "files": (RecordText(b"", "b.po"),),
        "others": (RecordText(b"", "search.yaml"),),
        "terms": (RecordText(b"", "terms.csv"),),
        "home": "translations/ar",
    },
    PagePicture: {
        "small": "b.png",
        "large": "b-large.png",
        "width": 800,
        "height": 1000,
        "pdf": "b.pdf",
        "page": 2,
    },
    pictures.ShareCard: {"title": "B", "line": "for teenagers", "publisher": "Trust", "covers": (Path("b.pdf"),)},
}
"""For each kind of data that decides a result, another value for each of its fields."""

BASES: dict[Any, Any] = {
    PrintJob: JOB,
    Page: JOB.page,
    PrintRules: PrintRules(),
    NumberingRules: NumberingRules("plan"),
    Item: ITEM,
    Edition: Edition(),
    Strictness: Strictness(),
    RecordSummary: CARD,
    ClaimSummary: ClaimSummary("depression", "young-people", "strong"),
    RecordText: RecordText(b"id: a", "content/a.yaml"),
    Layer: LAYER,
    PagePicture: PICTURE,
    pictures.ShareCard: SHARED,
}


def job_of(page: Page) -> str:
    return page_key(dataclasses.replace(JOB, page=page), {})


KEYS: dict[Any, Callable[[Any], str]] = {
    PrintJob: lambda job: page_key(job, {}),
    Page: job_of,
    PrintRules: lambda rules: job_of(Page("words", "p {}", rules=rules)),
    NumberingRules: lambda numbering: job_of(Page("words", "p {}", numbering=numbering)),
    PagePicture: lambda picture: pictures_key("0" * 64, (picture,)),
    pictures.ShareCard: lambda card: card_key("card.png", card, [str(path) for path in card.covers]),
}
"""How these come to a key; all others are given to `key_of` as they are, by `one_therapy.batch_keys` and the loader."""


def cases() -> list[Any]:
    return [
        pytest.param(kind, field.name, id=f"{kind.__name__}-{field.name}")
        for kind in BASES
        for field in dataclasses.fields(kind)
        if not (kind is PrintJob and field.name in ABOUT)
    ]


@pytest.mark.parametrize(("kind", "name"), cases())
def test_each_field_changes_the_key(kind: Any, name: str) -> None:
    assert name in OTHER[kind], f"{kind.__name__}.{name} is new: give it another value above"
    key, base = KEYS.get(kind, key_of), BASES[kind]
    assert OTHER[kind][name] != getattr(base, name)
    assert key(dataclasses.replace(base, **{name: OTHER[kind][name]})) != key(base)


@pytest.mark.parametrize("kind", BASES)
def test_no_value_is_for_a_field_that_is_gone(kind: Any) -> None:
    assert OTHER[kind].keys() <= {field.name for field in dataclasses.fields(kind)}


def test_companion_a_field_that_is_added_tomorrow_is_in_the_key() -> None:
    today = dataclasses.make_dataclass("Page", [("html", str)], frozen=True)
    tomorrow = dataclasses.make_dataclass("Page", [("html", str), ("colour", str, "red")], frozen=True)
    assert len({key_of(today("a")), key_of(tomorrow("a")), key_of(tomorrow("a", "blue"))}) == 3


def test_the_environment_is_in_the_key() -> None:
    keys = {page_key(JOB, {**environment(), name: "other"}) for name in environment()}
    assert len(keys | {page_key(JOB, environment())}) == len(environment()) + 1


def test_what_only_the_manifest_says_prints_nothing_again() -> None:
    assert page_key(dataclasses.replace(JOB, title="Other", next_review="2028-01-01"), {}) == page_key(JOB, {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["ab", "c"], ["a", "bc"]),
        ([Page("words", "p {}")], [Page("wordsp", " {}")]),
        ([b"a"], ["a"]),
        ([1], ["1"]),
        ([True], [1]),
        ([None], [""]),
        ([("a", "b")], ["a", "b"]),
        ([{"a": 1, "b": 2}], [{"b": 2, "a": 1}]),
        ([date(2026, 1, 1)], ["2026-01-01"]),
        ([RecordText(b"", "")], [{"data": b"", "shown": ""}]),
    ],
)
def test_no_two_things_run_together(one: list[Any], other: list[Any]) -> None:
    assert key_of(*one) != key_of(*other)


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(TypeError, match="This cannot be part of a key: object"):
        key_of(object())


# What somebody asks for, and what is remembered of it

OPTIONS: Mapping[str, Any] = {
    "choice": Choice(audiences=("teens",), no_worksheets=True, region="england", clinic="riverside"),
    "formats": ("braille",),
    "release": True,
    "allow_overdue": True,
    "strict": True,
    "today": date(2099, 1, 1),
}
"""What decides a result, each with another value; content and templates are read (tests/test_one_therapy.py)."""
NOTHING: Mapping[str, Any] = {"workers": 1, "cluster": Cluster("tcp://127.0.0.1:1")}
"""What decides where it is printed, and never what."""


def remembered(options: build.Options) -> set[str]:
    """The keys under which a check keeps what came of each therapy."""
    known = Cache()
    build.check(options, known, keep=False)
    options.output.mkdir(exist_ok=True)
    known.save(options.store())
    return set(json.loads((options.output / store.NAME).read_bytes())["check_results"])


@pytest.mark.slow
def test_each_option_changes_what_is_remembered_or_decides_nothing(case: LibraryCase) -> None:
    options = case.options(Choice(audiences=("teens",), no_worksheets=True))
    usual = remembered(options)
    # Each language has a cache of its own (tests/test_translations.py).
    read = {"content", "shipped", "templates", "output", "language"}
    named = {field.name for field in dataclasses.fields(options)} - read
    assert named == {*OPTIONS, *NOTHING}, "an option is new: say whether it decides a result"
    for name, other in OPTIONS.items():
        assert not usual & remembered(dataclasses.replace(options, **{name: other})), name
    for name, other in NOTHING.items():
        assert usual == remembered(dataclasses.replace(options, **{name: other})), name
    tomorrow = dataclasses.replace(options, today=TODAY + timedelta(1))
    assert usual == remembered(tomorrow), "the day counts only where a review falls due"
