"""Records, texts and clinic files that nobody would think of: made with complete text, or refused with file and line.

`make test` tries 10, `make test-all` 300, `make fuzz` 10,000. What was ever found stays as an example in `FOUND`.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from library_case import IPT, TODAY, copy_of_ours

from printables.cache.cache import Cache
from printables.checks.subject import Subject
from printables.pipeline import build, print_job
from printables.pipeline.build import CheckedLibrary, Options
from printables.plan import Choice
from printables.workers.supervisor import Supervisor

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
LONGEST = 30.0
"""Seconds of processor time for one example; it takes about a fifth of one."""
CLINIC = "content/clinics/riverside.yaml"
WHOLE_FILE = re.compile(r"The file |This is not a regular file|more keys are unknown")
"""What concerns no line."""


class Bench:
    """One small library, spoiled again and again, and a warm worker that prints what is left of it."""

    def __init__(self, root: Path) -> None:
        self.root = copy_of_ours(root)
        for kind in ("worksheets", "packs"):
            shutil.rmtree(root / "content" / kind)
        record = (root / IPT).read_text(encoding="utf-8")
        self.record = re.sub(r"(?m)^worksheets: \[[^]]*\]\n", "", record)
        self.clinic = re.sub(r"(?ms)^shelf:.*", "", (root / CLINIC).read_text(encoding="utf-8"))
        shutil.rmtree(root / "content/clinics")
        (root / "content/clinics").mkdir()
        (root / "content/clinics/riverside.svg").write_bytes(RIVERSIDE.read_bytes())
        self.supervisor, self.memory = Supervisor(), Cache()
        self.tally = Counter[str]()
        self.restore()

    def restore(self) -> None:
        """The library as it was."""
        (self.root / IPT).write_text(self.record, encoding="utf-8")
        (self.root / CLINIC).write_text(self.clinic, encoding="utf-8")

    def tried(self, file: str, data: bytes, choice: Choice) -> None:
        """Everything that must hold, whatever is in this file."""
        self.restore()
        (self.root / file).write_bytes(data)
        began = time.process_time()
        options = Options(self.root / "content", self.root / "templates", self.root / "output", TODAY, choice)
        checked = build.check(options, self.memory)
        refused = [problem for problem in checked.problems if problem.severity == "error"]
        for problem in refused:
            assert problem.path and problem.what and problem.mend, problem
            assert problem.line or WHOLE_FILE.search(problem.what) or file not in problem.path, problem
        for subject in checked.good():
            self._printed(checked, subject)
        assert refused or checked.good()
        self.tally["examples"] += 1
        self.tally["refused before printing" if not checked.good() else "printed"] += 1
        assert time.process_time() - began < LONGEST

    def _printed(self, checked: CheckedLibrary, subject: Subject) -> None:
        printed = self.supervisor.typeset(print_job.print_job(checked.pages, subject).page)
        errors = [finding for finding in printed.findings if finding.severity == "error"]
        for finding in errors:
            said = checked.problem_of(subject.item.path, finding)
            assert said.path and said.what, said
            assert "could not be printed" not in said.what and "crashed" not in said.what, said
        self.tally["refused by the finished PDF"] += bool(errors)
        if not errors:
            missing = words_of(subject.html) - _letters_in(printed.pdf)
            assert not missing, missing


RIVERSIDE = Path(__file__).resolve().parent.parent / "content/clinics/riverside.svg"


class _Letters:
    """Everything that can be read in a PDF, as one run of letters; it holds a word where the word is in it."""

    def __init__(self, text: str) -> None:
        self._run = _bare(text)

    def __rsub__(self, words: set[str]) -> set[str]:
        return {word for word in words if word not in self._run}


def _bare(text: str) -> str:
    """Letters and digits only, in one form."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()


def words_of(page: str) -> set[str]:
    """The longer words of a page's body as a reader should see them."""
    body = re.sub(r"(?s)<(title|style|head)\b.*?</\1>", "", page)
    text = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return {_bare(word) for word in re.findall(r"[A-Za-z]{5,}", text)}


def _letters_in(pdf: bytes) -> _Letters:
    with pdfium.PdfDocument(pdf) as document:
        return _Letters("".join(page.get_textpage().get_text_bounded() for page in document))


@pytest.fixture(scope="module")
def only_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.supervisor.close()


@pytest.fixture
def bench(only_bench: Bench, request: pytest.FixtureRequest) -> Iterator[Bench]:
    """The bench; what one test has tried goes with its report, and conftest.py says the sum."""
    before = Counter(only_bench.tally)
    yield only_bench
    request.node.user_properties.append(("tried", dict(only_bench.tally - before)))


# What is tried

TEENS = Choice(therapies=("ipt",), audiences=("teens",))
WORDS = "feel low people talk about it help you can stop your choice week first safe doctor friend school".split()  # noqa: SIM905 - to be read
SIGNS = [
    *("**", "*", "_", "- ", "1. ", "# ", "## ", "> ", "`", "```", "[", "](", ")", "](https://example.org)", "<", ">"),
    *("&amp;", "&#0;", "{", "}", "{=", "{@", "{@ng222}", "{cbt|x}", "{consensus}", "{{", "{%", "|", "| a |", "---"),
    *("\\", "\\\n", "\n\n", "\n", "    ", ":", ": ", "!", "![", "..", "https://", "tel:116123", "javascript:", "\t"),
]
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PIECE = st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), ANY)
TEXT = st.lists(PIECE, min_size=1, max_size=14).map(" ".join)
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(lambda ws: f"{' '.join(ws).capitalize()}.")
VALID = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
ODD = ["[]", "{}", "~", "null", "no", "12:30", "0x1F", ".inf", "''", "- a", "|", "&a", "*a"]
VALUE = st.one_of(TEXT, ANY, st.sampled_from(ODD))
EDIT = st.tuples(
    st.sampled_from(["drop", "twice", "swap", "value", "indent", "insert", "cut"]), st.integers(0, 10**6), VALUE
)


def spoiled(text: str, edits: list[tuple[str, int, str]]) -> bytes:
    """The file after some accidents: lines lost, doubled, moved, shifted, overwritten; the rest cut off."""
    lines = text.splitlines()
    for kind, number, value in edits:
        at = number % max(1, len(lines))
        here = lines[at : at + 1]
        key = here[0].partition(":")[0] if here else ""
        new = {
            "drop": [],
            "twice": here * 2,
            "swap": lines[at + 1 : at + 2] + here,
            "value": [f"{key}: {value}"],
            "indent": [f"  {line}" for line in here],
            "insert": [value, *here],
            "cut": here,
        }[kind]
        lines[at : at + (2 if kind == "swap" else 1)] = new
        if kind == "cut":
            del lines[at + 1 :]
    return "\n".join(lines).encode("utf-8", "surrogatepass") + b"\n"


def with_text(record: str, text: str) -> bytes:
    """The record in which the teenagers' overview begins with this text."""
    body = "\n".join(f"      {line}" for line in text.split("\n"))
    return record.replace(
        "    teens: |\n      When you feel really low", f"    teens: |\n{body}\n\n      When you feel really low", 1
    ).encode("utf-8")


SETTINGS = settings(
    deadline=None,
    database=None,
    derandomize=EXAMPLES <= 300,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
FOUND: list[tuple[str, int, str]] = []


@pytest.mark.pdf
@settings(SETTINGS, max_examples=EXAMPLES * 4 // 10)
@given(st.lists(EDIT, min_size=1, max_size=3))
@example([("cut", 0, "")])
def test_a_record_after_accidents(bench: Bench, edits: list[tuple[str, int, str]]) -> None:
    bench.tried(IPT, spoiled(bench.record, edits), TEENS)


@pytest.mark.pdf
@settings(SETTINGS, max_examples=EXAMPLES * 3 // 10)
@given(TEXT)
@example("&#0;")
def test_a_text_of_signs(bench: Bench, text: str) -> None:
    bench.tried(IPT, with_text(bench.record, text), TEENS)


@pytest.mark.long
@pytest.mark.pdf
@settings(SETTINGS, max_examples=EXAMPLES // 10)
@given(VALID)
def test_a_text_that_is_right(bench: Bench, text: str) -> None:
    bench.tried(IPT, with_text(bench.record, text), TEENS)


@pytest.mark.pdf
@settings(SETTINGS, max_examples=EXAMPLES * 2 // 10)
@given(st.lists(EDIT, min_size=1, max_size=3))
def test_a_clinic_after_accidents(bench: Bench, edits: list[tuple[str, int, str]]) -> None:
    choice = Choice(therapies=("ipt",), audiences=("teens",), clinic="riverside")
    bench.tried(CLINIC, spoiled(bench.clinic, edits), choice)


def test_companion_a_lost_word_would_be_seen() -> None:
    assert words_of("<p>people remember</p>") - _Letters("peo\nple") == {"remember"}
