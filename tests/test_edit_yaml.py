"""Edits of YAML files: the value becomes what was meant, and every byte outside of the edit stays."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from printables.editor.values import Edit, EditRefused, applied
from printables.editor.yaml_edit import edited, read

CONTENT = Path(__file__).parent.parent / "content"
FILES = sorted(CONTENT.rglob("*.yaml"))
TEXTS = (
    "One line.",
    "It's: odd # not a comment",
    "two\nlines",
    "a\n\n- b\n- c",
    '“quoted” and "more"',
    "#hash",
    "- dash",
    "{brace|plain} {@source}",
    "yes",
    "12:30",
    "trailing: ",
    "[a, b]",
    "é ŵ ع",
    "* star",
    "a: b\n  indented\nback",
    "'single'",
    "% percent",
    "@at",
    "  lead",
    "no end\\",
    "tab\tinside",
    "emoji 🙂",
    "? mark",
    "| bar",
    "> more",
    "!tag",
)


def made(data: bytes, *edits: Edit) -> bytes:
    return edited(data, edits, "a.yaml")


def value(data: bytes) -> Any:
    return read(data, "a.yaml").value


def plain(found: Any) -> Any:
    """The value without line ends around its texts, which no record counts."""
    if isinstance(found, dict):
        return {name: plain(inner) for name, inner in found.items()}
    return [plain(inner) for inner in found] if isinstance(found, list) else str(found).strip("\n")


SMALL = b"""# A comment on top
id: a   # the id
words:
  # about adults
  adults: |
    First line.

    Second.

  teens: >
    Folded
    text.
list: [one, "two: 2", three]  # behind
parts:
  # the first
  - id: x
    name: {any: Some name}
  - id: y
    tip: 'It''s here'
# the end
"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Edit("set", ("id",), "b"), b"id: a   #", b"id: b   #"),
        (
            Edit("set", ("words", "adults"), "New.\n\nAnd more: # yes"),
            (b"    First line.\n\n    Second.\n"),
            (b"    New.\n\n    And more: # yes\n"),
        ),
        (
            Edit("set", ("words", "teens"), "Folded.\nTwice."),
            (b"    Folded\n    text.\n"),
            (b"    Folded.\n\n    Twice.\n"),
        ),
        (Edit("set", ("list", 1), "a, b"), b'"two: 2"', b'"a, b"'),
        (Edit("set", ("parts", 1, "tip"), "It's: there"), b"'It''s here'", b"'It''s: there'"),
        (Edit("set", ("words", "parents"), "For you."), b"    text.\n", b"    text.\n  parents: For you.\n"),
        (
            Edit("set", ("answers", "teens"), [{"question": "Why?", "answer": "So:\nyes"}]),
            b"tip: 'It''s here'\n",
            (
                b"tip: 'It''s here'\n"
                b"answers:\n"
                b"  teens:\n"
                b"    - question: Why?\n"
                b"      answer: |\n"
                b"        So:\n"
                b"        yes\n"
            ),
        ),
        (Edit("insert", ("list", 3), "four"), b"three]", b"three, four]"),
        (Edit("insert", ("list", 0), "zero"), b"[one", b"[zero, one"),
        (
            Edit("insert", ("parts", 1), {"id": "new", "name": {"any": "Two: 2"}}),
            b"Some name}\n",
            (b'Some name}\n  - id: new\n    name:\n      any: "Two: 2"\n'),
        ),
        (Edit("remove", ("parts", 0, "id")), b"  - id: x\n    name:", b"  - name:"),
        (Edit("remove", ("parts", 1)), b"  - id: y\n    tip: 'It''s here'\n", b""),
        (Edit("remove", ("parts", 0, "name", "any")), b"    name: {any: Some name}\n", b""),
        (Edit("remove", ("words", "adults")), b"  adults: |\n    First line.\n\n    Second.\n", b""),
        (Edit("move", ("list", 0), to=2), b'[one, "two: 2", three]', b'["two: 2", three, one]'),
        (
            Edit("move", ("parts", 1), to=0),
            (b"  - id: x\n    name: {any: Some name}\n  - id: y\n    tip: 'It''s here'\n"),
            (b"  - id: y\n    tip: 'It''s here'\n  - id: x\n    name: {any: Some name}\n"),
        ),
    ],
    ids=lambda one: f"{one.operation} {'.'.join(map(str, one.path))}" if isinstance(one, Edit) else "",
)
def test_an_edit_changes_these_bytes_and_no_others(edit: Edit, old: bytes, new: bytes) -> None:
    assert SMALL.count(old) == 1, "the test means one place"
    assert made(SMALL, edit) == SMALL.replace(old, new)


def test_line_ends_and_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + SMALL.replace(b"\n", b"\r\n")
    after = made(data, Edit("set", ("words", "adults"), "New.\n\nMore."))
    assert after == data.replace(b"    First line.\r\n\r\n    Second.\r\n", b"    New.\r\n\r\n    More.\r\n")
    bare = b"a: 1\nb:\n  - x\n  - y"
    assert made(bare, Edit("move", ("b", 0), to=1)) == b"a: 1\nb:\n  - y\n  - x"
    assert made(b"a: 1\nb: []", Edit("insert", ("b", 0), {"c": "d"})) == b"a: 1\nb:\n  - c: d"


def test_several_edits_are_made_or_none() -> None:
    both = made(SMALL, Edit("set", ("id",), "b"), Edit("remove", ("list",)))
    assert b"id: b " in both and b"list" not in both
    with pytest.raises(EditRefused, match="is not in the file any more"):
        made(SMALL, Edit("set", ("id",), "b"), Edit("remove", ("nothing",)))


CANNOT = "This cannot be written into the file by a program."
REFUSED = {
    "a file that cannot be read": (
        b"a: 'b\n",
        Edit("set", ("a",), "c"),
        "a.yaml, line 1: The quotation mark that opens here is never closed.",
    ),
    "a place that is gone": (SMALL, Edit("set", ("parts", 7, "id"), "c"), '"parts.7.id" is not in the file any more.'),
    "an entry that is gone": (SMALL, Edit("remove", ("parts", 2)), '"parts.2" is not in the file any more.'),
    "a place behind the end": (SMALL, Edit("insert", ("list", 5), "c"), '"list.5" is not in the file any more.'),
    "a place to move to": (SMALL, Edit("move", ("list", 0), to=3), '"list.3" is not in the file any more.'),
    "a number in a mapping": (SMALL, Edit("set", ("words", 0), "c"), '"words.0" is not in the file any more.'),
    "everything": (SMALL, Edit("set", (), "c"), '"" is not in the file any more.'),
    "letters that no file may hold": (
        SMALL,
        Edit("set", ("id",), "a\x00b"),
        "This cannot be written into the file by a program.",
    ),
    "a line without an end": (
        SMALL,
        Edit("set", ("id",), "x" * 5000),
        "This cannot be written into the file by a program.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_refused_in_a_sentence(name: str) -> None:
    data, edit, said = REFUSED[name]
    with pytest.raises(EditRefused) as refused:
        made(data, edit)
    assert refused.value.what == said
    assert refused.value.mend.endswith(".")


def places(found: Any, key: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [(key, found), *(one for part, value in inner for one in places(value, (*key, part)))]


NEW: list[Any] = [*TEXTS, {"a": "b c", "l": ["x", "y"], "t": "1\n2"}, [{"q": "?"}]]


def some_edit(rng: random.Random, found: Any) -> Edit:
    """An edit of a random place of a document."""
    known = places(found)[1:]
    lists = [(key, one) for key, one in known if isinstance(one, list)]
    kind = rng.choice(["set", "set", "new", "insert", "remove", "move"] if lists else ["set", "new", "remove"])
    key, one = rng.choice([place for place in known if isinstance(place[1], str)])
    if kind == "set":
        return Edit("set", key, rng.choice(TEXTS))
    if kind == "new":
        key, _ = rng.choice([place for place in [((), found), *known] if isinstance(place[1], dict)])
        return Edit("set", (*key, "new-key"), rng.choice(NEW))
    if kind == "remove":
        return Edit("remove", rng.choice(known)[0])
    key, one = rng.choice(lists)
    if kind == "move":
        return Edit("move", (*key, rng.randrange(len(one))), to=rng.randrange(len(one)))
    entry = rng.choice(TEXTS) if isinstance(one[0], str) else plain(rng.choice(one))
    return Edit("insert", (*key, rng.randrange(len(one) + 1)), entry)


def shared(one: bytes, other: bytes) -> int:
    """How many bytes stand alike at the beginning of both."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


@pytest.mark.slow
@pytest.mark.parametrize("number", range(30))
def test_random_edits_of_our_own_files(number: int) -> None:
    """Fifty edits, about two a file: the value is what was meant, and all bytes around the edit are as before."""
    rng = random.Random(number)  # noqa: S311 - the same edits each time
    path = rng.choice(FILES)
    data = path.read_bytes()
    if number % 5 == 0:
        data = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
    for _ in range(2 if number % 3 else 1):
        edit = some_edit(rng, value(data))
        after = made(data, edit)
        assert plain(value(after)) == plain(applied(value(data), edit)), (path.name, edit)
        first = shared(data, after)
        last = min(shared(data[::-1], after[::-1]), len(data) - first, len(after) - first)
        if edit.operation == "set":
            old = next((str(one) for key, one in places(value(data)) if key == edit.path), "")
            assert len(data) - first - last <= 2 * len(old.encode()) + 200, "no more than the text is replaced"
        assert data[:first] == after[:first] and data[len(data) - last :] == after[len(after) - last :]
        data = after
