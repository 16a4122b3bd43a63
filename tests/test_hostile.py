"""Records that try to break the program. Each must end as `VERDICTS` says: refused in words, or shown harmlessly.

`tests/hostile/records` holds one change each to our own record on IPT: the first line says what must happen, the line
`# REPLACES:` names the key whose lines are replaced by those that follow. The words of a key are asked for in the
leaflet for adults, of which the record's overview is a part.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest
from library_case import IPT, LibraryCase, copy_of_leaflets, html_of

from printables.pipeline.build import CheckedLibrary

RECORDS = Path(__file__).parent / "hostile" / "records"
HOSTILE = "content/therapies/hostile.yaml"
TAGS = 'Tags are not allowed ("tag:yaml.org,2002:{}").'
NO_ID = '"{}" cannot be an id.'
UNKNOWN = "{}: This key is unknown."
NO_PROFILE = 'language: The language "{}" has no profile of measures: nobody could tell how hard its words are to read.'


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No worksheets: the hostile record would have them, too."""
    return copy_of_leaflets(tmp_path_factory.mktemp("ours"))


@dataclass(frozen=True)
class Reject:
    """The record is refused, and this is said, with a line."""

    what: str


@dataclass(frozen=True)
class Show:
    """The leaflet is made; these words can be read on it, and this is said as a warning."""

    text: str
    warns: str = ""


VERDICTS: dict[str, Reject | Show] = {
    "alias-bomb": Reject('Aliases and anchors are not allowed ("&a0").'),
    "bidi-override": Show("Take OWT tablets", "The text holds characters that reverse the reading direction"),
    "binary-tag": Reject(TAGS.format("binary")),
    "blank-required": Reject("sections.overview.adults: This is blank."),
    "control-chars": Reject("A control character (U+0007) stands here."),
    "csv-formula": Show("=cmd|'/C calc'!A0"),
    "deep-nesting": Reject("The file is nested deeper than 20 levels."),
    "dup-key-typed": Reject(UNKNOWN.format("profile.true")),
    "emoji-zwj": Show("Feel better \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f"),
    "empty": Reject("The file is empty."),
    "escaped-surrogate": Reject("Half a character (U+D800) stands here."),
    "file-ref-absolute": Reject(UNKNOWN.format("image")),
    "file-ref-traversal": Reject(UNKNOWN.format("image")),
    "file-ref-url": Reject(UNKNOWN.format("image")),
    "homoglyph": Show("p\u0430racetamol", "mixes letters of two alphabets that look alike"),
    "html-attach": Show("<link rel=attachment href=file:///etc/passwd><a rel=attachment", "HTML is not read here"),
    "html-script": Show("<script>alert(1)</script><img src=x onerror=alert(1)>", "HTML is not read here"),
    "html-style": Show("<style>@import url(http://127.0.0.1:8765/x.css);</style>", "HTML is not read here"),
    "image-no-alt": Reject(UNKNOWN.format("image")),
    "inf-number": Reject('profile.structure: ".inf" is not a whole number.'),
    "link-schemes": Reject(UNKNOWN.format("links")),
    "merge-key": Reject('Aliases and anchors are not allowed ("&b").'),
    "nbsp-only-line": Show("word\u00a0word\u00a0word"),
    "norway": Reject(NO_PROFILE.format("no")),
    "octal": Show("What is 010?"),
    "python-tag": Reject(TAGS.format("python/object/apply:os.system")),
    "rtl-arabic": Reject(NO_PROFILE.format("ar")),
    "scalar-only": Reject("The file must hold keys and values."),
    "sexagesimal": Show("What is 12:30?"),
    "shy-everywhere": Show("psychotherapy"),
    "slug-backslash": Reject(NO_ID.format("a\\b")),
    "slug-case-twin": Reject(NO_ID.format("Sleep")),
    "slug-hidden": Reject(NO_ID.format(".htaccess")),
    "slug-long": Reject("A word is longer than 200 characters."),
    "slug-nul": Reject("A control character (U+0000) stands here."),
    "slug-option": Reject(NO_ID.format("-rf")),
    "slug-reserved-site": Reject('The id "index" is reserved.'),
    "slug-reserved-windows": Reject('The id "con" is reserved.'),
    "slug-unicode-twin": Reject(NO_ID.format("caf\u00e9")),
    "ssti-braces": Show("{{ 7*7 }} {% raw %} {# c #} ${7*7} <%= 7*7 %>"),
    "tab-indent": Reject("A tab stands at the start of the line (column 1)."),
    "unknown-key": Reject('sections.overveiw: This key is unknown. Did you mean "overview"?'),
    "word-300": Reject("A word is longer than 200 characters."),
    "wrong-type-list": Reject("sections.overview.adults: This must be text, and it is a list."),
    "zero-width-run": Reject("More than 3 invisible characters stand in a row."),
}
REJECTED = {name: verdict for name, verdict in VERDICTS.items() if isinstance(verdict, Reject)}
SHOWN = {name: verdict for name, verdict in VERDICTS.items() if isinstance(verdict, Show)}


def edits(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each key of a case, as its names from the outermost in, with the lines that stand in its place."""
    text = (RECORDS / f"{name}.yaml").read_text(encoding="utf-8")
    for part in text.split("# REPLACES: ")[1:]:
        keys, *lines = part.splitlines()
        yield keys.split(" > "), lines


def adapted(record: str, name: str) -> str:
    """Our own record with the changes of the case."""
    lines = record.replace("\nid: ipt\n", "\nid: hostile\n", 1).splitlines()
    for keys, new in edits(name):
        if keys == ["the whole file"]:
            lines = new
        elif keys == ["nothing, these lines are added"]:
            lines = [*lines, *new]
        else:
            start, end = extent(lines, keys)
            lines[start:end] = new
    return "\n".join(lines) + "\n"


def extent(lines: list[str], keys: list[str]) -> tuple[int, int]:
    """Where a key's line stands, and where what is indented below it ends."""
    at = -1
    for depth, key in enumerate(keys):
        at = next(n for n in range(at + 1, len(lines)) if lines[n].startswith(f"{'  ' * depth}{key}:"))
    deeper = "  " * len(keys)
    end = next((n for n in range(at + 1, len(lines)) if lines[n] and not lines[n].startswith(deeper)), len(lines))
    return at, end


def everything_in(folder: Path) -> set[str]:
    """Every file, without following a link."""
    return {os.path.join(top, name) for top, folders, files in os.walk(folder) for name in (*folders, *files)}  # noqa: PTH118


def checked_without_trace(case: LibraryCase) -> CheckedLibrary:
    """Check the hostile record: nothing may be written, inside the folder or where the cases point to."""
    before, pwned = everything_in(case.root), Path("/tmp/PWNED").exists()  # noqa: S108 - named by python-tag
    checked = case.check("hostile")
    assert everything_in(case.root) == before
    assert Path("/tmp/PWNED").exists() == pwned  # noqa: S108
    return checked


def refusals(case: LibraryCase, checked: CheckedLibrary) -> list[str]:
    """What is said about the hostile record, which is broken while our own is not."""
    assert checked.library is not None and list(checked.library.therapies) == ["ipt"]
    assert checked.library.broken == {"hostile"} and checked.subjects == ()
    return [case.shown(problem) for problem in checked.problems if case.shown(problem).startswith(HOSTILE)]


def test_every_case_has_a_verdict() -> None:
    assert {path.stem for path in RECORDS.glob("*.yaml")} == VERDICTS.keys()


@pytest.mark.parametrize("name", VERDICTS)
def test_the_verdict_is_the_one_that_the_case_asks_for(name: str) -> None:
    """Guards this table: a case that asks for REJECT alone may not be listed as shown, nor one for OK as rejected."""
    asked = (RECORDS / f"{name}.yaml").read_text(encoding="utf-8").partition("\n")[0].split("EXPECT: ")[1]
    allowed = {"REJECT"} if name in REJECTED else {"OK", "ESCAPE", "DROP", "KEEP", "WARN"}
    assert allowed & set(re.findall("[A-Z]+", asked))


@pytest.mark.slow
@pytest.mark.parametrize("name", REJECTED)
def test_rejected(case: LibraryCase, name: str) -> None:
    case.write(HOSTILE, adapted(case.text(IPT), name))
    start = process_time()
    library, _ = case.load()
    assert process_time() - start < 5 and library is not None
    said = refusals(case, checked_without_trace(case))
    assert any(REJECTED[name].what in message for message in said)
    assert name == "empty" or all(re.match(rf"{HOSTILE}:[1-9]\d*: ", message) for message in said)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOWN)
def test_shown(case: LibraryCase, name: str) -> None:
    verdict = SHOWN[name]
    case.write(HOSTILE, adapted(case.text(IPT), name))
    checked = checked_without_trace(case)
    page = html_of(checked, "hostile")
    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert verdict.text in words
    assert not re.search(r"<(script|link|img|iframe|object|embed)\b|<style>@import|[\u202a-\u202e\u00ad]|\b49\b", page)
    assert not re.search(r'(href|src)="(?!https://|mailto:|tel:|#)', page)
    said = [problem for problem in checked.problems if case.shown(problem).startswith(HOSTILE)]
    assert any(verdict.warns in problem.what for problem in said if problem.severity == "warning") or not verdict.warns


# What is too big, binary, a link or a pipe

Make = Callable[[LibraryCase], None]


def our_record(case: LibraryCase) -> bytes:
    return case.text(IPT).replace("\nid: ipt\n", "\nid: hostile\n", 1).encode()


def written(change: Callable[[bytes], bytes]) -> Make:
    return lambda case: case.write(HOSTILE, change(our_record(case)))


def linked(target: str) -> Make:
    return lambda case: case.path(HOSTILE).symlink_to(target)


GENERATED: dict[str, tuple[Make, str]] = {
    "utf16": (written(lambda data: data.decode().encode("utf-16")), ":1: The file is saved as UTF-16."),
    "latin1": (
        written(lambda data: "name: caf\u00e9\n".encode("latin-1") + data),
        ":1: The file is not UTF-8 (byte 9).",
    ),
    "nul-bytes": (written(lambda data: b'notes: "a\0b"\n' + data), ":1: A control character (U+0000) stands here."),
    "ten-mb-field": (
        written(lambda data: data + b'notes: "' + b"word " * 2_000_000 + b'"\n'),
        ": The file is larger than 1024 KiB.",
    ),
    "one-mb-word": (
        written(lambda data: b'notes: "' + b"x" * 900_000 + b'"\n' + data),
        ":1: The text has 900,000 characters; 20,000 is the most.",
    ),
    "ten-k-rows": (
        written(lambda data: data + b"rows:\n" + b'  - ["a", "b", "c"]\n' * 10_000),
        ": The list has 10,000 entries, and 500 are the most.",
    ),
    "ten-k-keys": (
        written(lambda data: data + b"".join(b"k%d: 1\n" % n for n in range(10_000))),
        ": 9,980 more keys are unknown.",
    ),
    "link-out": (linked("/etc/passwd"), ": The file is a link that leads out of its folder."),
    "link-dangling": (linked("nowhere.yaml"), ": The file is a link that leads nowhere."),
    "link-loop": (linked("hostile.yaml"), ": The file cannot be read:"),
    "fifo": (lambda case: os.mkfifo(case.path(HOSTILE)), ": This is not a regular file."),
    "folder": (lambda case: case.path(HOSTILE).mkdir(), ": This is not a regular file."),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", GENERATED)
def test_generated(case: LibraryCase, name: str) -> None:
    make, what = GENERATED[name]
    make(case)
    start = process_time()
    said = refusals(case, checked_without_trace(case))
    assert process_time() - start < 5
    assert any(re.sub(r"^:\d+", "", what) in message and message.startswith(HOSTILE) for message in said)
    assert len(said) <= 21
    if re.match(r":\d", what):
        assert any(message.startswith(f"{HOSTILE}{what}") for message in said)


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["bom", "crlf", "no-final-newline"],
)
def test_the_same_page_from_every_editor(case: LibraryCase, change: Callable[[bytes], bytes]) -> None:
    case.write(HOSTILE, our_record(case))
    page = html_of(case.check("hostile"), "hostile")
    case.write(HOSTILE, change(our_record(case)))
    assert html_of(case.check("hostile"), "hostile") == page


def test_linked_folders_are_not_walked(case: LibraryCase) -> None:
    case.path("content/therapies/link-dir").symlink_to("/")
    case.path("content/therapies/link-loop").symlink_to(".")
    start = process_time()
    library, problems = case.load()
    assert process_time() - start < 5
    assert problems == [] and library is not None and list(library.therapies) == ["ipt"]


@pytest.mark.parametrize(("name", "shown"), [("a b", "a b"), ("name-\u202egnp", r"name-\u202egnp"), ("-rf", "-rf")])
def test_hostile_file_names(case: LibraryCase, name: str, shown: str) -> None:
    """Refused, with nothing that turns a terminal's text around."""
    case.write(f"content/therapies/{name}.yaml", our_record(case))
    library, problems = case.load()
    (problem,) = problems
    assert problem.startswith(f'content/therapies/{shown}.yaml: "{shown}" cannot be the name of a record')
    assert library is not None and list(library.therapies) == ["ipt"]
