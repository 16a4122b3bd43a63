"""The strict door for YAML: what is refused, in which words and on which line, and what stays as it was typed."""

from __future__ import annotations

import pytest

from printables import limits
from printables.library.characters import is_blank
from printables.library.yaml_reader import Document, Value, read_yaml

BY_WORD = "Write the words out, or put the text in quotes."
OPEN_QUOTE = "The quotation mark that opens here is never closed. Put another at the end of the text."
DOUBLE = '\\"'
SINGLE = "''"
EARLY_QUOTE = (
    "The quotation mark that opens here is closed on line {}, in the middle of a text. "
    "Put another at the end of the text; inside of it, write {}."
)
OPEN_BRACKET = 'The bracket "{}" that opens here is never closed. Put "{}" behind the last of what it holds.'
SYNTAX = 'Check the indent, and put quotes around text that holds ": " or begins with a sign.'
KEYS = 'r.yaml:1: The file must hold keys and values. Begin it with a line such as "id: ipt".'
EMPTY = "r.yaml: The file is empty. Fill it in, or delete it."
LOOK_ALIKE = "mixes letters of two alphabets that look alike. Type it again on one keyboard."
TURNED = (
    "The text holds characters that reverse the reading direction; they were left out. "
    "Type the words in their reading order."
)


def said(text: str | bytes) -> list[str]:
    """Everything that is said about a file called r.yaml."""
    return [str(problem) for problem in read_yaml(text if isinstance(text, bytes) else text.encode(), "r.yaml")[1]]


def document(text: str | bytes) -> Document:
    """The document in a file that nothing is said about."""
    found, problems = read_yaml(text if isinstance(text, bytes) else text.encode(), "r.yaml")
    assert found is not None and problems == []
    return found


def value(text: str | bytes) -> Value:
    return document(text).value


REFUSED = {
    "a key twice": (
        "id: ipt\nname: IPT\nid: cbt\n",
        'r.yaml:3: The key "id" stands twice; the first is on line 1. Delete one of them.',
    ),
    "a key twice, once with a composed letter": (
        '"cafe\\u0301": a\n"caf\\u00e9": b\n',
        'r.yaml:2: The key "café" stands twice; the first is on line 1. Delete one of them.',
    ),
    "an anchor": (
        "id: ipt\nname: &name IPT\n",
        f'r.yaml:2: Aliases and anchors are not allowed ("&name"). {BY_WORD}',
    ),
    "an alias": ("name: *name\n", f'r.yaml:1: Aliases and anchors are not allowed ("*name"). {BY_WORD}'),
    "bold without quotes": (
        "id: ipt\nname: **IPT**\n",
        f"r.yaml:2: YAML stops here at column 8: did not find expected alphabetic or numeric character. {SYNTAX}",
    ),
    "a merge key": ("id: ipt\n<<: {name: IPT}\n", 'r.yaml:2: Merge keys ("<<") are not allowed. Write the keys out.'),
    "a tag": (
        "id: ipt\nname: !!binary aGVsbG8=\n",
        'r.yaml:2: Tags are not allowed ("tag:yaml.org,2002:binary"). Delete the tag.',
    ),
    "a tag on a list": (
        "name: !!python/object/apply:os.system [ls]\n",
        'r.yaml:1: Tags are not allowed ("tag:yaml.org,2002:python/object/apply:os.system"). Delete the tag.',
    ),
    "a control character": (
        "id: ipt\nname: I\x07PT\n",
        "r.yaml:2: A control character (U+0007) stands here. Delete it.",
    ),
    "an escaped control character": (
        'id: ipt\nname: "I\\aPT"\n',
        "r.yaml:2: A control character (U+0007) stands here. Delete it.",
    ),
    "a control character in a key": (
        'id: ipt\n"na\\eme": IPT\n',
        "r.yaml:2: A control character (U+001B) stands here. Delete it.",
    ),
    "a line separator": (
        "name: IPT\u2028is\n",
        "r.yaml:1: A control character (U+2028) stands here. Delete it.",
    ),
    "NUL": (b"id: ipt\nname: I\0PT\n", "r.yaml:2: A control character (U+0000) stands here. Delete it."),
    "half a character": (
        'id: ipt\nname: "\\ud800"\n',
        "r.yaml:2: Half a character (U+D800) stands here. Type the character itself.",
    ),
    "half a character in a long line": (
        'name: "One two three \\uDFFF"\n',
        "r.yaml:1: Half a character (U+DFFF) stands here. Type the character itself.",
    ),
    "a tab": (
        "phases:\n\t- first\n",
        "r.yaml:2: A tab stands at the start of the line (column 1). Use spaces to indent.",
    ),
    "a tab behind a space": (
        "a:\n  b: c\n \td: e\n",
        "r.yaml:3: A tab stands at the start of the line (column 2). Use spaces to indent.",
    ),
    "Latin-1": (
        "id: ipt\nname: café\n".encode("latin-1"),
        "r.yaml:2: The file is not UTF-8 (byte 17). Save it as UTF-8.",
    ),
    "UTF-16": ("id: ipt\n".encode("utf-16"), "r.yaml:1: The file is saved as UTF-16. Save it as UTF-8."),
    "nothing": ("", EMPTY),
    "only white space": (" \n\n", EMPTY),
    "only a comment": ("# to be written\n", EMPTY),
    "only a byte order mark": (b"\xef\xbb\xbf", EMPTY),
    "more than a mebibyte": (
        b"[" * (limits.FILE_BYTES + 1),
        "r.yaml: The file is larger than 1024 KiB. Shorten it, or split it in two.",
    ),
    "too deep": (
        "id: ipt\nname: " + "[" * 20 + "]" * 20 + "\n",
        "r.yaml:2: The file is nested deeper than 20 levels. Make it flatter.",
    ),
    "a second document": (
        "id: ipt\n---\nid: cbt\n",
        'r.yaml:2: A second document begins here. Delete the line "---".',
    ),
    "one text": ("Interpersonal psychotherapy\n", KEYS),
    "a list": ("- ipt\n- cbt\n", KEYS),
    "a mapping as a key": ("id: ipt\n? {a: b}\n: c\n", 'r.yaml:2: A key must be a word. Write it as "word: value".'),
    "a colon in a text": (
        "name: IPT: a therapy\n",
        f"r.yaml:1: YAML stops here at column 10: mapping values are not allowed in this context. {SYNTAX}",
    ),
    "a quotation mark that is never closed": (
        'id: ipt\nname: "Lake\nregion: england\nphone: 01632 960123\n',
        f"r.yaml:2: {OPEN_QUOTE}",
    ),
    "an apostrophe as a quotation mark that is never closed": (
        "id: ipt\nnames:\n  - 'Lake\n  - Hill\n",
        f"r.yaml:3: {OPEN_QUOTE}",
    ),
    "a quotation mark before a key that is never closed": ('id: ipt\n"name: Lake\n', f"r.yaml:2: {OPEN_QUOTE}"),
    "a quotation mark that is closed by the next text's": (
        'id: ipt\nname: "Lake\nregion: england\nphone: "01632 960123"\nhours: "Weekdays"\n',
        f"r.yaml:2: {EARLY_QUOTE.format(4, DOUBLE)}",
    ),
    "a quotation mark that is closed by an apostrophe": (
        "id: ipt\nname: 'Lake\nnote: it's here\n",
        f"r.yaml:2: {EARLY_QUOTE.format(3, SINGLE)}",
    ),
    "a quotation mark in brackets that is closed by the next text's": (
        'id: ipt\nnames: ["Lake]\nregion: "england"\n',
        f"r.yaml:2: {EARLY_QUOTE.format(3, DOUBLE)}",
    ),
    "quotation marks inside of quotation marks": (
        'id: ipt\nname: "The "Lake" clinic"\n',
        f"r.yaml:2: {EARLY_QUOTE.format(2, DOUBLE)}",
    ),
    "a bracket that is never closed": (
        "id: ipt\nnames: [Lake, Hill\nregion: england\nphone: 01632 960123\n",
        f"r.yaml:2: {OPEN_BRACKET.format('[', ']')}",
    ),
    "a bracket that is never closed, before a block of text": (
        "id: ipt\nnames: [Lake, [Hill]\nnote: |\n  It's here.\n",
        f"r.yaml:2: {OPEN_BRACKET.format('[', ']')}",
    ),
    "a curly bracket that is never closed": (
        "id: ipt\nnames: {en: Lake\n",
        f"r.yaml:2: {OPEN_BRACKET.format('{', '}')}",
    ),
    "a bracket that is closed by another kind": (
        "id: ipt\nnames: {en: Lake]\nregion: england\n",
        f"r.yaml:2: {OPEN_BRACKET.format('{', '}')}",
    ),
    "two texts without a comma": (
        'id: ipt\nnames: ["Lake" "Hill"]\n',
        f"r.yaml:2: YAML stops here at column 16: did not find expected ',' or ']'. {SYNTAX}",
    ),
    "a long text": (
        'id: ipt\nname: "' + "word " * 4001 + '"\n',
        "r.yaml:2: The text has 20,005 characters; 20,000 is the most. Shorten it, or split it.",
    ),
    "a long word": (
        f"name: {'x' * 201}\n",
        "r.yaml:1: A word is longer than 200 characters. Put spaces in, or shorten it.",
    ),
    "a long key": (
        f"{'x' * 201}: IPT\n",
        "r.yaml:1: A word is longer than 200 characters. Put spaces in, or shorten it.",
    ),
    "a run of invisible characters": (
        'id: ipt\nname: "I\\u200b\\u200d\\u2060\\ufeffPT"\n',
        "r.yaml:2: More than 3 invisible characters stand in a row. Delete them.",
    ),
    "a run of direction marks": (
        'name: "I\\u200e\\u200f\\u200e\\u200fPT"\n',
        "r.yaml:1: More than 3 invisible characters stand in a row. Delete them.",
    ),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(text: str | bytes, message: str) -> None:
    """Each with its line, what is wrong, and how to mend it; and there is no document."""
    assert said(text) == [message]
    data = text if isinstance(text, bytes) else text.encode()
    assert read_yaml(data, "r.yaml")[0] is None


def test_size_is_judged_before_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten megabytes are not even decoded."""

    def parse(*_: object, **__: object) -> None:
        raise AssertionError("the file was parsed")

    monkeypatch.setattr("printables.library.yaml_reader.yaml.parse", parse)
    assert said(b"notes: " + b"word " * 2_000_000) == [
        "r.yaml: The file is larger than 1024 KiB. Shorten it, or split it in two."
    ]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    """Two things on one line and one on the next; the first key counts as the first, also the third time."""
    assert said(f'id: ipt\nid: "p\\u0430"\nid: {"x" * 201}\n') == [
        'r.yaml:2: The key "id" stands twice; the first is on line 1. Delete one of them.',
        'r.yaml:2: The word "p\u0430" mixes letters of two alphabets that look alike. Type it again on one keyboard.',
        'r.yaml:3: The key "id" stands twice; the first is on line 1. Delete one of them.',
        "r.yaml:3: A word is longer than 200 characters. Put spaces in, or shorten it.",
    ]


@pytest.mark.parametrize(
    ("text", "message", "kept"),
    [
        ('dose: "Take \\u202eOWT\\u202c tablets"\n', TURNED, {"dose": "Take OWT tablets"}),
        ('dose: "Take \\u2066TWO\\u2069 tablets"\n', TURNED, {"dose": "Take TWO tablets"}),
        (
            'dose: "p\\u0430racetamol"\n',
            f'The word "p\u0430racetamol" {LOOK_ALIKE}',
            {"dose": "p\u0430racetamol"},
        ),
    ],
    ids=["an override", "an isolate", "a look-alike letter"],
)
def test_warned(text: str, message: str, kept: Value) -> None:
    """The file is read, and what could mislead a reader is named."""
    found, problems = read_yaml(text.encode(), "r.yaml")
    assert found is not None and found.value == kept
    assert [(str(problem), problem.severity) for problem in problems] == [(f"r.yaml:1: {message}", "warning")]


@pytest.mark.parametrize("text", ["Müller-Straße", "β-blocker", "Ελληνικά", "по-русски", "naïve"])
def test_whole_words_of_one_alphabet_are_no_look_alikes(text: str) -> None:
    assert value(f"name: {text}\n") == {"name": text}


def test_soft_hyphens_are_taken_out() -> None:
    assert value('name: "psy\\u00adcho\\u00adther\\u00ada\\u00adpy"\n') == {"name": "psychotherapy"}


def test_up_to_three_invisible_characters_stay() -> None:
    """A family emoji is three people joined by invisible characters, but never four in a row."""
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert value(f"name: {family}\nother: a\u200b\u200b\u200bb\n") == {
        "name": family,
        "other": "a\u200b\u200b\u200bb",
    }


@pytest.mark.parametrize(
    "typed",
    ["no", "on", "yes", "null", "~", "12:30", "010", "0x1F", "1_000", "1e3", ".inf", ".nan", "2026-01-02", "1.10"],
)
def test_words_stay_as_they_were_typed(typed: str) -> None:
    """YAML 1.1 makes False, 750, 8 and a date of these."""
    assert value(f"answer: {typed}\nall: [{typed}]\n{typed}: key\n") == {
        "answer": typed,
        "all": [typed],
        typed: "key",
    }


def test_a_key_without_a_value_is_an_empty_text() -> None:
    assert value("id: ipt\nname:\n") == {"id": "ipt", "name": ""}


def test_true_and_one_are_two_keys() -> None:
    assert value("steps:\n  1: a\n  true: b\n") == {"steps": {"1": "a", "true": "b"}}


def test_limits_themselves_are_allowed() -> None:
    word, text = "x" * 200, "four " * 4000
    assert value(f"word: {word}\ntext: '{text}'\n") == {"word": word, "text": text}
    assert str(value(f"deep: {'[' * 19}{']' * 19}\n")).count("[") == 19


RECORD = """\
# A record
id: ipt
titles:
  adults: For adults
phases:
  - id: first
    sources: [ng222,
      ng134]
  - id: last
sections:
  overview:
    adults: |
      Line one.

      Line three.
    teens: >-
      Folded
      words.
"""


def test_lines() -> None:
    """Keys, list items and the first line of a text; what has no line gets that of the key above it."""
    found = document(RECORD)
    assert found.line(("id",)) == 2
    assert found.line(("titles", "adults")) == 4
    assert found.line(("phases",)) == 5
    assert found.line(("phases", 0)) == found.line(("phases", 0, "id")) == 6
    assert found.line(("phases", 0, "sources", 0)) == 7
    assert found.line(("phases", 0, "sources", 1)) == 8
    assert found.line(("phases", 1, "id")) == 9
    assert found.line(("phases", 1, "name", "adults")) == 9
    assert found.line(("sections", "overview", "adults")) == 12
    assert found.line(("nowhere",)) == 1


def test_the_lines_of_a_text_begin_where_its_words_begin() -> None:
    found = document(RECORD)
    assert found.text_line(("id",)) == 2
    assert found.text_line(("sections", "overview", "adults")) == 13
    assert found.text_line(("sections", "overview", "teens")) == 17
    assert found.text_line(("sections", "overview", "parents")) == 11


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + RECORD.encode(),
        RECORD.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode(),
        RECORD.replace("\n", "\r").encode(),
        ("---\n" + RECORD).encode(),
    ],
    ids=["a byte order mark", "CRLF", "both", "CR", "three hyphens"],
)
def test_the_same_value_from_every_editor(data: bytes) -> None:
    assert value(data) == value(RECORD)


def test_crlf_moves_no_line() -> None:
    assert document(RECORD.replace("\n", "\r\n")).lines == document(RECORD).lines


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0", "\u2003", "\u3000", "\u200b\u2060 \ufeff", "\u00ad", "\u202e"])
def test_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", " . ", "\u200bx\u200b", "0"])
def test_not_blank(text: str) -> None:
    assert not is_blank(text)
