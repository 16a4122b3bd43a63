"""Words that YAML takes for a comment, in every kind of file: refused behind a text, allowed behind all else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from leaflet_case import plain_values
from library_case import IPT, ROOT, LibraryCase
from shipped_case import EVERYTHING

from printables.library.models import MODELS
from printables.library.record_reader import read_record
from printables.library.traversal import values_with_keys
from printables.library.yaml_reader import Key

LOST = (
    'The words after "#" are lost here: YAML takes " #" as the start of a comment. '
    "Put the text in quotation marks, or write the comment on a line of its own."
)
BELOW = (
    'The words after "#" are lost here: YAML takes " #" as the start of a comment. '
    "Put the text in quotation marks, or begin the comment no deeper than its key."
)
JOINED = (
    "The lines of this list run together here: YAML joins the lines of such a text. "
    'Write "|" and nothing else behind the key, and the text on the lines below it.'
)
ELM = "content/clinics/elm.yaml"
BLANK = "This is blank. Write the text; where it is not required, delete the key."
HEAD = "id: elm\nregion: england\nname: Elm Tree\n"

KINDS = {
    "therapy": "content/therapies/ipt.yaml",
    "worksheet": "content/worksheets/mood-and-contact-diary.yaml",
    "audience": "templates/teens/audience.yaml",
    "scene": "templates/_scenes/wave/scene.yaml",
    "region": "content/regions/scotland.yaml",
    "clinic": "content/clinics/riverside.yaml",
    "locale": "content/locales/en.yaml",
    "sources": "content/sources.yaml",
    "conditions": "content/conditions.yaml",
    "glossary": "content/glossary.yaml",
    "publisher": "content/publisher.yaml",
    "site": "content/site.yaml",
    "site-words": "content/site/en.yaml",
    "pack": "content/packs/introduction-to-ipt.yaml",
    "approvals": "",
    "language": "",
}
APPROVED = {"audience": "adults", "region": "england", "version": "1.0", "words": "a74c62cf", "name": "A", "role": "B"}
APPROVALS = {"approvals": [{"therapy": "ipt", **APPROVED, "date": "2026-11-20"}]}
"""No approval is shipped, for none is ours to give."""
LANGUAGE = {
    "language": "cy",
    "name": "Cymraeg",
    "direction": "ltr",
    "forms": "cy",
    "comma": "a",
    "semicolon": "b",
    "quotes": ["a", "b", "c", "d"],
    "sentence_ends": ["."],
    "you": ["chi"],
    "abbreviations": ["Dr"],
    "small_inside": "no",
    "words_per_100": "110",
    "evidence_words": ["ymchwil"],
    "well_known": ["GIG"],
    "phone": {"call": ["Ffoniwch"], "text": ["Tecstiwch"]},
    "region": "wales",
    "braille": "cy-cy-g2.utb",
    "avoid": {"adults": [{"word": "claf", "say": "chi", "unless_explained": "yes"}]},
}
MADE_UP = {"approvals": APPROVALS, "language": LANGUAGE}
NO_WORDS = {
    "ids": "id language region clinic therapy worksheet audience condition source sources part_of first_help_line "
    "audiences fallback not_shared_with first_page reading worksheets lines show as sourced_lists forms "
    "sign scene flap shows gives_way readers conditions",
    "one of several": "populations population unit strength verb status phases_status kind reuse explain cite "
    "points editions drawing",
    "numbers": "of from to order minutes count share pause answer year version code warn stop smallest references "
    "least_mean_prose most_shared_runs least_words structure between_sessions past_or_present feelings length",
    "dates": "last_evidence_review next_review last_review read_on check_again checked_on",
    "codes": "icd10",
    "yes or no": "quick_exit for_self_harm or_more optional heading you not_a_handout unless_explained wide "
    "side_by_side evaluation certificate",
    "web addresses": "address web",
}
"""Keys whose values, or the items of whose lists, are no words."""
ALL_WORDS = {"locale": ("headings", "words", "scales", "units"), "site-words": ("words",), "worksheet": ("parts",)}
"""Groups in which keys of such a name hold words all the same; of a part of a worksheet, its heading alone."""


TEXTS_OF = {
    "scene": {"names"},  # the rest is what a scene is called, and how long its words may be
    "approvals": {"name", "role"},
    "language": {
        *("name", "quotes", "you", "abbreviations", "evidence_words", "phone", "well_known", "word", "say"),
    },
}
"""Of these kinds, the keys of all texts."""


def values_of(kind: str) -> Any:
    """What a file of ours of this kind holds, as text, lists and mappings."""
    return plain_values(ROOT / KINDS[kind]) if KINDS[kind] else MADE_UP[kind]


def is_text(kind: str, key: Key) -> bool:
    names = shape(key)
    if kind in TEXTS_OF:
        return bool({names[0], names[-1]} & TEXTS_OF[kind])
    if names[0] == "answers" or "spellings" in names:
        return True
    if "scene" in names:
        return "words" in names or names[-1] == "caption"
    no_words = names[0] == "step_signs" or names[-1] in " ".join(NO_WORDS.values()).split()
    if names[0] in ALL_WORDS.get(kind, ()):
        return kind != "worksheet" or "heading" in names or not no_words
    return not no_words


def shape(key: Key) -> tuple[str, ...]:
    """The names on the way to a value: all items of a list are of one kind."""
    return tuple(part for part in key if isinstance(part, str))


def with_plain(value: Any, plain: Mapping[Key, str], depth: int = 0, key: Key = ()) -> Iterator[str]:
    """The file as YAML, all texts in quotes but those that `plain` has, which are written as they are there."""
    pad = "  " * depth
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in items:
        head = pad + ("-" if isinstance(value, list) else f"{json.dumps(name)}:")
        if isinstance(inner, dict | list) and inner:
            yield head
            yield from with_plain(inner, plain, depth + 1, (*key, name))
        else:
            yield f"{head} {plain.get((*key, name)) or json.dumps(inner, ensure_ascii=False)}"


def leaves(kind: str) -> dict[tuple[str, ...], Key]:
    """One value of each shape that a file of ours holds."""
    values = values_of(kind)
    found = {shape(key): key for key, value in values_with_keys(values) if isinstance(value, str)}
    return {names: key for names, key in found.items() if names[0] != "colours"}  # "#0b4a45" stands in quotes


def test_every_kind_of_file_is_tried() -> None:
    assert KINDS.keys() == MODELS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_of_file(kind: str) -> None:
    """A text may not be followed by a comment; everything else may.

    One field at a time in `make test-all`; otherwise all at once, which the reader tells apart by their lines.
    """
    values, keys = values_of(kind), list(leaves(kind).values())
    for some in ([key] for key in keys) if EVERYTHING else [keys]:
        plain = {
            key: f"Call us #{number} for bookings" if is_text(kind, key) else f"{value} # read on paper"
            for number, (key, value) in enumerate(values_with_keys(values))
            if key in some
        }
        rows = list(with_plain(values, plain))
        _, _, problems = read_record(MODELS[kind], ("\n".join(rows) + "\n").encode(), "f.yaml")
        expected = [
            f"f.yaml:{line}: {'.'.join(str(part + 1) if isinstance(part, int) else part for part in key)}: {LOST}"
            for key, words in plain.items()
            if is_text(kind, key)
            for line in (next(number for number, row in enumerate(rows, 1) if row.endswith(words)),)
        ]
        assert [str(problem) for problem in problems] == expected


ELMS = {
    "a phone number": ("phone: 01632 960001 #2 for bookings\n", [f"4: phone: {LOST}"]),
    "with nothing before it": ("phone: #2 for bookings\n", [f"4: phone: {LOST}"]),
    "behind a number": ("hours: 999 # and 112\n", [f"4: hours: {LOST}"]),
    "behind two spaces": ("hours: Weekdays  # 9 to 5\n", [f"4: hours: {LOST}"]),
    "behind a tab": ("hours: Weekdays\t# 9 to 5\n", [f"4: hours: {LOST}"]),
    "on the second line of a text": ("phone: 01632\n  960001 #2\nhours: Weekdays\n", [f"5: phone: {LOST}"]),
    "behind the key, and the words below": ("phone: #1 to call\n  01632 960001\n", [f"4: phone: {LOST}"]),
    "in the middle of a text": ("phone: 01632 #2\n  960001\nhours: Weekdays\n", [f"4: {LOST}"]),
    "on a line of its own, in the middle": ("phone: 01632\n  #2\n  960001\nhours: Weekdays\n", ["5: " + BELOW]),
    "on a line of its own, where the text would go on": ("phone: 01632\n  #2\nhours: 9\n", [f"5: phone: {BELOW}"]),
    "in brackets": ("words: {adults: Ring us #2\n  , teens: Ring us}\n", [f"4: words.adults: {LOST}"]),
    "with the bracket": ("words: {adults: Ring us #2}\nphone: 01632 960001\n", [f"4: {LOST}"]),
    "with the bracket at the end": ("words: {adults: Ring us #2}\n", [f"4: {LOST}"]),
    "two in one file": (
        "phone: 01632 #2\ncrisis:\n  how: Ring, then press #1.\n  name: E\n  hours: Always\n  for_whom: All\n",
        [f"4: phone: {LOST}", f"6: crisis.how: {LOST}"],
    ),
    "a colour, which is no text": ("colours:\n  any: #0b4a45\n", [f"5: colours.any: {BLANK}"]),
    "a list in a folded text": (
        "words:\n  adults: >\n    Please bring:\n    - a pen\n    - a book\n",
        [f"7: words.adults: {JOINED}"],
    ),
    "a list in a plain text": (
        "words:\n  adults: Please bring\n    - a pen\n    - a book\n",
        [f"6: words.adults: {JOINED}"],
    ),
    "a list in quotes": ('words:\n  adults: "First:\n    1. wait"\n', [f"6: words.adults: {JOINED}"]),
}


@pytest.mark.parametrize(("text", "messages"), ELMS.values(), ids=ELMS)
def test_refused_at_its_very_line(text: str, messages: list[str]) -> None:
    assert said(HEAD + text) == [f"{ELM}:{message}" for message in messages]


@pytest.mark.parametrize(
    "text",
    [
        "# A comment on its own line.\nphone: 01632 960001\n# And another.\n",
        'phone: "01632 960001 #2 for bookings" # how to book\n',
        "phone: '01632 #2'\n",
        "phone: 01632#2\n",
        "phone: C# is a note\n",
        "words:\n  adults: | # for the wall\n    Call #2.\n  # And for teens:\n  teens: Call us.\n",
        "words: {adults: Call us., # first\n  teens: Call us.} # both\n",
        "shelf: # what we hand out\n  - therapy: ipt # the main one\n    audiences: [adults, teens] # both\n",
        "shelf:\n  - {therapy: ipt} # the main one\n  # - {therapy: cbt}\n",
        "crisis: # our own\n  # How to reach us.\n  how: Call us.\n  name: Elm\n  hours: Always\n  for_whom: All\n",
        "words:\n  adults: Bring a pen - a good one\n    - and a book.\n",
    ],
)
def test_honest_comments_and_signs_stay(text: str) -> None:
    assert said(HEAD + text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("shelf:\n  - therapy: ipt # the main one\n     audiences: [adults]\n", "6: YAML stops here at column 6: "),
        ("phone: 01632 # x\n\thours: 9\n", "5: A tab stands at the start of the line (column 1). "),
    ],
)
def test_another_fault_is_not_put_on_a_comment(text: str, message: str) -> None:
    (problem,) = said(HEAD + text)
    assert problem.startswith(f"{ELM}:{message}")


def test_no_leaflet_prints_half_a_number(case: LibraryCase) -> None:
    """The help box once said: Call 01632 960003 and then press."""
    how = "  how: Call 01632 960003 and then press #1.\n"
    case.write(ELM, f"{HEAD}crisis:\n  name: Elm\n{how}  hours: Always\n  for_whom: All\n")
    library, problems = case.load()
    assert problems == [f"{ELM}:6: crisis.how: {LOST}"]
    assert library is not None and "elm" not in library.clinics


def test_a_therapy(case: LibraryCase) -> None:
    line = case.replace(IPT, "name:", "name: Interpersonal psychotherapy # IPT")
    assert case.problems() == [f"{IPT}:{line}: name: {LOST}"]


def test_what_we_ship_has_no_doubtful_comment() -> None:
    """Our own files are read without a word; this is what the next author copies."""
    for path in [*(ROOT / "content").rglob("*.yaml"), *(ROOT / "templates").glob("*/audience.yaml")]:
        assert not [row for row in path.read_text(encoding="utf-8").splitlines() if " #" in row.lstrip("# ")], path


def said(text: str) -> list[str]:
    """What is said about a clinic's file."""
    return [str(problem) for problem in read_record(MODELS["clinic"], text.encode(), ELM)[2]]
