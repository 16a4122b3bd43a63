"""A course's books, made by the front door from a shipped pack: what is in them, and what must never be."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outloud
import page as page_validation
import pdfua
import pikepdf
import pypdf
import pypdfium2
import pytest
from front_door import run
from library_case import ROOT, LibraryCase, copy_of_ours, record_version
from pypdf.generic import Destination
from shipped_case import EVERYTHING

from printables.library.packs import Pack, PackHandout
from printables.library.yaml_reader import read_yaml
from printables.packs.book import FACILITATOR, LEARNER
from printables.packs.make import time_spent
from printables.typeset.inspect.text import PdfPage, read_pdf

pytestmark = pytest.mark.pdf
NAME = "introduction-to-ipt"
FILE = f"content/packs/{NAME}.yaml"
HOME = f"output/packs/{NAME}"
KINDS = (LEARNER, FACILITATOR)


def of_two_sessions(course: str) -> str:
    """The first two sessions of our course, with what of the index stands in them."""
    head, _, rest = course.partition("\nsessions:\n")
    sessions, _, rest = rest.partition("\nquiz:\n")
    quiz, _, rest = rest.partition("\nindex:\n")
    index, _, end = rest.partition("\n\n")
    _, *each = re.split(r"(?m)^(?=  - id: )", f"\n{sessions}")
    first, second = each[0], re.sub(r"(?m)^    pause: .*\n", "", each[1])
    minutes = sum(map(int, re.findall(r"(?m)^    (?:minutes|pause): (\d+)", first + second)))
    head = re.sub(r"(?m)^minutes: .*", f"minutes: {minutes}", head)
    kept = [row for row in index.splitlines() if row[4:] in ("depression", "mood", "leaflet", "risk of bias")]
    return "\n".join((head, "sessions:", first + second, "quiz:", quiz, "index:", *kept, "", end))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of our course; of its first two sessions, but in `make test-all`."""
    folder = copy_of_ours(tmp_path_factory.mktemp("course"))
    if not EVERYTHING:
        (folder / FILE).write_text(of_two_sessions((folder / FILE).read_text(encoding="utf-8")), encoding="utf-8")
    done = run(folder, "pack", NAME)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pack(place: Path) -> Pack:
    document, problems = read_yaml((place / FILE).read_bytes(), FILE)
    assert document is not None and problems == []
    return Pack.model_validate(document.value)


def book(folder: Path, kind: str) -> pypdf.PdfReader:
    path = folder / HOME / f"{NAME}-{kind}-en.pdf"
    return _read(path, path.stat().st_mtime_ns)


@functools.cache
def _read(path: Path, _: int) -> pypdf.PdfReader:
    """A book that nobody has written since, read once: most tests look at the same ones."""
    return pypdf.PdfReader(path)


_TEXTS: dict[int, tuple[pypdf.PageObject, str]] = {}


def text_on(page: pypdf.PageObject) -> str:
    """The text of a page, extracted once: to extract it takes a twentieth of a second, and there are many."""
    if id(page) not in _TEXTS:
        _TEXTS[id(page)] = (page, page.extract_text().replace("\u00a0", " "))
    return _TEXTS[id(page)][1]


def words(text: str) -> str:
    """Letters and figures alone, so that line breaks and markup make no difference."""
    return re.sub(r"[^\w]+", " ", text).casefold().strip()


def text_of(reader: pypdf.PdfReader) -> str:
    return words(" ".join(text_on(page) for page in reader.pages))


@pytest.mark.parametrize(("minutes", "said"), [(30, "30 min"), (60, "1 h"), (105, "1 h 45 min"), (420, "7 h")])
def test_the_time_of_a_course_without_the_part_that_is_0(minutes: int, said: str) -> None:
    assert time_spent(minutes) == said


@pytest.mark.parametrize("kind", [FACILITATOR, pytest.param(LEARNER, marks=pytest.mark.long)])  # it is in the other
def test_three_checkers_accept_the_book(place: Path, kind: str) -> None:
    path = place / HOME / f"{NAME}-{kind}-en.pdf"
    report = page_validation.validate_pdf_bytes(path.read_bytes(), profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []
    assert [each for each in pdfua.validate(str(path)).findings if each.severity == pdfua.Severity.ERROR] == []
    heard = outloud.check(str(path))
    assert heard.error is None
    assert [(one.rule, one.message) for one in heard.findings if one.severity == "error"] == []


def links(reader: pypdf.PdfReader) -> Iterator[tuple[int, str, int]]:
    """Every link inside of the book: the page it stands on, its words, and the page it leads to, from 0."""
    for at, page in enumerate(reader.pages):
        for one in page.get("/Annots", []):
            annotation = one.get_object()
            name = annotation.get("/Dest") or annotation.get("/A", {}).get("/D")
            if name is None:
                continue
            target = (
                reader.named_destinations[str(name)] if isinstance(name, str) else Destination("", name[0], *name[1:])
            )
            number = reader.get_destination_page_number(target)
            assert number is not None
            yield at, str(annotation.get("/Contents", "")), number


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_of_the_contents_lands_on_its_page(place: Path, kind: str) -> None:
    reader = book(place, kind)
    labels = reader.page_labels
    (first,) = (n for n, page in enumerate(reader.pages) if text_on(page).lstrip().startswith("Contents"))
    last = next(n for n, page in enumerate(reader.pages) if n > first and text_on(page).strip().startswith("How to"))
    listed = words(" ".join(text_on(page) for page in reader.pages[first:last]))
    entries = [(title, target) for page, title, target in links(reader) if first <= page < last]
    assert len(entries) > (20 if EVERYTHING else 10)
    for title, target in entries:
        assert f"{words(title)} {labels[target]} " in f"{listed} ", title
        heading = title.split(". For ")[0] if ". For " in title else title
        assert words(heading) in words(text_on(reader.pages[target]))


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_roman_before_the_course_and_arabic_in_it(place: Path, kind: str) -> None:
    reader = book(place, kind)
    labels = reader.page_labels
    first = labels.index("1")
    assert labels[:3] == ["i", "ii", "iii"] and set("".join(labels[:first])) <= set("ivx")
    assert labels[first:] == [str(number) for number in range(1, len(labels) - first + 1)]
    for label, page in list(zip(labels, reader.pages, strict=True))[first:]:
        text = text_on(page)
        assert not text.strip() or re.search(rf"(?<!\d){label}(?:\n\d+)?$", text.strip()) or "Certificate" in text, (
            label
        )


def handouts(reader: pypdf.PdfReader) -> dict[int, tuple[int, int]]:
    """For each page of a handout: the number of its sheet, and how many there are."""
    found = {}
    for at, page in enumerate(reader.pages):
        if sheet := re.search(r"sheet (\d+) of (\d+)", " ".join(text_on(page).split())):
            found[at] = (int(sheet[1]), int(sheet[2]))
    return found


def groups(reader: pypdf.PdfReader) -> list[range]:
    """The pages of each handout."""
    sheets = handouts(reader)
    return [range(at, at + count) for at, (number, count) in sheets.items() if number == 1]


@pytest.mark.parametrize("kind", KINDS)
def test_sheets_of_each_handout_are_counted(place: Path, kind: str, pack: Pack) -> None:
    sheets, found = handouts(book(place, kind)), groups(book(place, kind))
    assert len(found) == sum(len(session.handouts) for session in pack.sessions)
    for pages in found:
        assert [sheets[at] for at in pages] == [(number, len(pages)) for number in range(1, len(pages) + 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_links_of_a_handout_land_inside_of_it(place: Path, kind: str) -> None:
    reader = book(place, kind)
    inner = 0
    for pages in groups(reader):
        for at, title, target in links(reader):
            if at in pages:
                inner += 1
                assert target in pages, f"page {at + 1}: {title}"
    assert inner > (30 if EVERYTHING else 5)


def secrets(pack: Pack) -> list[str]:
    """Every sentence that only facilitators may read."""
    texts = [pack.how_to_lead, *pack.room, *(item.why for item in pack.quiz)]
    for session in pack.sessions:
        texts += [session.notes or "", *(activity.notes or "" for activity in session.activities)]
    plain = [re.sub(r"\{@[^}]*\}|[*#]|^\s*(?:[-*]|\d+\.)\s", " ", text, flags=re.MULTILINE) for text in texts]
    sentences = [words(one) for text in plain for one in re.split(r"(?<=[.!?])\s+|\n{2,}|\n(?=\s)", text)]
    return [one for one in sentences if len(one.split()) >= 6]


def leaked(pack: Pack, text: str) -> list[str]:
    return [sentence for sentence in secrets(pack) if f" {sentence} " in f" {text} "]


def test_the_learners_book_and_handouts_hold_no_word_for_facilitators(place: Path, pack: Pack) -> None:
    assert len(secrets(pack)) > (100 if EVERYTHING else 30)
    assert leaked(pack, text_of(book(place, LEARNER))) == []
    for path in (place / HOME / "handouts").glob("*.pdf"):
        assert leaked(pack, text_of(pypdf.PdfReader(path))) == []
    learner = text_of(book(place, LEARNER))
    assert "answers to the quiz" not in learner and "notes on session" not in learner and "sign in sheet" not in learner


def test_the_facilitators_book_holds_them_so_a_leak_would_be_seen(place: Path, pack: Pack) -> None:
    found = leaked(pack, text_of(book(place, FACILITATOR)))
    assert len(found) > 0.8 * len(secrets(pack)), "the others are broken by a foot or a marker"
    text = text_of(book(place, FACILITATOR))
    for item in pack.quiz:
        assert words(f"{item.options[item.answer - 1]} {item.why}") in text


def test_the_script_shows_every_page_of_the_learners_book_once_before_its_activities(place: Path, pack: Pack) -> None:
    reader, learner = book(place, FACILITATOR), book(place, LEARNER)
    own = [found[1] for page in learner.pages if (found := re.match(r"\s*(Session \d, page \d of \d)", text_on(page)))]
    assert len(own) > len(pack.sessions)
    path = place / HOME / f"{NAME}-{FACILITATOR}-en.pdf"
    small = [told.replace("\u00a0", " ") for told in pictures(path) if told.startswith("The learner’s book")]
    assert small == [f"The learner’s book, {name[0].lower()}{name[1:]}, drawn small. Its words follow." for name in own]
    text = " ".join(" ".join(text_on(page) for page in reader.pages).split())
    for name in own:
        assert f"In the learner’s book: {name[0].lower()}{name[1:]}" in text


def test_the_learners_words_are_read_once_in_the_facilitators_book(place: Path) -> None:
    """The small page is a picture: its letters are drawn, and none of them is a tag of its own."""
    sentence = "Find one day on which both were at work."
    with pikepdf.open(place / HOME / f"{NAME}-{FACILITATOR}-en.pdf") as pdf:
        figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        composed = [one for one in figures if len(one.K) > 1]
        assert composed and all(isinstance(kid, int) for one in composed for kid in one.K)
    text = text_of(book(place, FACILITATOR))
    assert text.count(words(sentence)) == 2, "once small and drawn, once to be read"
    read = " ".join(line.text for sheet in sheets(place, FACILITATOR) for line in sheet.lines)
    assert read.count("Find one day on which both") == 1


@functools.cache
def _sheets(path: Path, _: int) -> list[PdfPage]:
    return read_pdf(path.read_bytes())


def sheets(folder: Path, kind: str, name: str = NAME, suffix: str = "") -> list[PdfPage]:
    """The pages as they are drawn, with the boxes of text and shapes."""
    path = folder / f"output/packs/{name}/{name}-{kind}-en{suffix}.pdf"
    return _sheets(path, path.stat().st_mtime_ns)


def fill(sheet: PdfPage, foot: float = 48) -> float:
    """How far down a page is used, from 0 to 1: by text, drawings and lines to write on; not by thumb tab or footer."""
    top = sheet.height - 42
    inside = [
        box for box in sheet.shapes if foot <= box[1] and box[3] < sheet.height - 36 and box[0] < sheet.width - 40
    ]
    lows = [*(line.rect[1] for line in sheet.body), *(box[1] for box in inside)]
    return (top - min(lows, default=top)) / (top - foot)


def empty_pages(pages: list[PdfPage], parts: set[str]) -> list[tuple[int, float]]:
    """Pages under 60 % full, apart from openers, ends of parts, and what stays blank on the back of a sheet."""
    heads = [" ".join(line.text for line in sheet.body[:3]) for sheet in pages]

    def begins(at: int) -> bool:
        """Whether a part, a handout or the end of the book begins here."""
        footer = " ".join(line.text for line in pages[at].margins) if at < len(pages) else "sheet 1 of"
        return "sheet 1 of" in footer or not pages[at].body or any(heads[at].startswith(name) for name in parts)

    return [
        (sheet.number, round(fill(sheet), 2))
        for at, sheet in enumerate(pages)
        if at
        and sheet.body
        and fill(sheet) < 0.6
        and not begins(at + 1)
        and not re.match(r"Session \d+, \d+ m", heads[at])
    ]


PARTS = {
    "Contents", "How to use this book", "The course at a glance", "Sign-in sheet", "Before we start",
    "After the course", "How was it?", "Certificate of attendance", "Words explained", "About this book",
    "Notes on session",
}  # fmt: skip
"""What begins on a page of its own; and so does a session, whose opener begins with its time."""


def begun(pages: list[PdfPage]) -> set[str]:
    openers = {head for sheet in pages if sheet.body and re.match(r"Session \d+, \d+ m", head := sheet.body[0].text)}
    return PARTS | openers


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_nearly_empty_but_openers_and_ends(place: Path, kind: str) -> None:
    pages = sheets(place, kind)
    assert empty_pages(pages, begun(pages)) == []


@pytest.mark.long
@pytest.mark.parametrize("edition", ["a4", "a4-large-print"])
def test_no_page_of_the_other_course_and_of_large_print_is_nearly_empty(
    tmp_path_factory: pytest.TempPathFactory, edition: str
) -> None:
    name, suffix = "low-mood-in-primary-care", "" if edition == "a4" else f"-{edition}"
    folder = copy_of_ours(tmp_path_factory.mktemp("other"))
    shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
    done = run(folder, "pack", name, "--edition", edition)
    assert done.returncode == 0, done.stderr
    for kind in KINDS:
        pages = sheets(folder, kind, name, suffix)
        assert empty_pages(pages, begun(pages)) == []


def test_a_nearly_empty_page_would_be_seen(place: Path) -> None:
    """A session's page with its lower half taken away, in the middle of the session."""
    pages = list(sheets(place, LEARNER))
    at = next(at for at, sheet in enumerate(pages) if sheet.body and re.match(r"Session 2, page 1", sheet.body[0].text))
    full = pages[at]
    half = [line for line in full.lines if line.margin or line.rect[1] > full.height / 2]
    pages[at] = dataclasses.replace(full, lines=half, shapes=[])
    ((number, share),) = empty_pages(pages, begun(pages))
    assert number == full.number and share < 0.6


def test_every_session_opens_with_its_number_time_drawing_aims_and_the_course_to_scale(place: Path, pack: Pack) -> None:
    for kind in KINDS:
        pages = sheets(place, kind)
        openers = [
            " ".join(line.text for line in one.lines) for one in pages if re.match(r"Session \d+, \d+ m", _head(one))
        ]
        assert len(openers) == len(pack.sessions)
        for session, text in zip(pack.sessions, openers, strict=True):
            assert all(
                words(part) in words(text) for part in (session.title, f"{session.minutes} minutes", *session.aims)
            )
        told = pictures(place / HOME / f"{NAME}-{kind}-en.pdf")
        count = len(pack.sessions)
        assert [one for one in told if one.startswith(f"The {count} sessions of the course")] == [
            f"The {count} sessions of the course and the breaks between them to scale; session {number} is filled in."
            for number in range(1, count + 1)
        ]
        drawn = ["Two people talking.", "A path with three stops, and a flag at its end."][: len(pack.sessions) - 1]
        assert set(drawn) <= set(told)


def _head(sheet: PdfPage) -> str:
    return sheet.body[0].text if sheet.body else ""


def test_your_notes_stand_nowhere_in_a_book_that_needs_no_filler(place: Path) -> None:
    for kind in KINDS:
        assert not [line for sheet in sheets(place, kind) for line in sheet.lines if line.text == "Your notes"]


CODES = {"adults": "ADULT", "teens": "TEEN", "parents": "PARENT", "professionals": "PRO"}


def given_out(pack: Pack) -> list[PackHandout]:
    return [handout for session in pack.sessions for handout in session.handouts]


def test_codes_are_not_torn(place: Path, pack: Pack) -> None:
    lines = [line.text for sheet in sheets(place, LEARNER)[-1:] for line in sheet.lines]
    assert sum(re.fullmatch(r"[A-Z]+(?:-[A-Z]+)+-EN-[\d.]+(?:-\w{4})?", line) is not None for line in lines) == len(
        given_out(pack)
    )


def test_the_loose_handouts_are_the_same_bytes_as_the_leaflets(place: Path, pack: Pack) -> None:
    names = [f"{one.record}-{one.audience}-en.pdf" for session in pack.sessions for one in session.handouts]
    assert sorted(path.name for path in (place / HOME / "handouts").iterdir()) == sorted(names)
    with zipfile.ZipFile(place / HOME / f"{NAME}-handouts-en.zip") as archive:
        assert sorted(archive.namelist()) == sorted(names)
        for name in names:
            (published,) = (place / "output").glob(f"[lw]*/*/{name}")
            assert (place / HOME / "handouts" / name).read_bytes() == published.read_bytes() == archive.read(name)


def test_the_imprint_names_every_handout_and_that_nobody_approved_it(place: Path, pack: Pack) -> None:
    reader = book(place, LEARNER)
    (imprint,) = (t for page in reader.pages if (t := text_on(page)).lstrip().startswith("About this book"))
    joined = " ".join(imprint.split()).replace("- ", "-")
    readers = [CODES[one.audience] for one in given_out(pack) if one.therapy]
    assert sorted(readers) == (sorted(CODES.values()) if EVERYTHING else ["PRO"])
    for audience in readers:
        assert f"IPT-{audience}-EN-{record_version()}" in joined
    assert joined.count("not yet") >= len(given_out(pack))
    assert "For evaluation" in joined


@pytest.mark.parametrize("kind", KINDS)
def test_the_outline_leads_through_the_book(place: Path, kind: str, pack: Pack) -> None:
    def titles(entries: Any) -> Iterator[str]:
        for entry in entries:
            yield from titles(entry) if isinstance(entry, list) else [entry.title.replace("\u00a0", " ")]

    found = list(titles(book(place, kind).outline))
    assert found[0] == pack.title
    for number, session in enumerate(pack.sessions, 1):
        assert f"Session {number}. {session.title}" in found


def test_the_index_leads_to_pages_where_the_term_stands(place: Path, pack: Pack) -> None:
    reader = book(place, LEARNER)
    labels = reader.page_labels
    text = " ".join(" ".join(text_on(page) for page in reader.pages[-4:]).split())
    for term in pack.index:
        (entry,) = re.findall(rf"(?<![\w-]){re.escape(term)}, ((?:\d+(?: to \d+)?(?:, )?)+)", text)
        for number in re.findall(r"\d+", entry):
            assert words(term) in words(text_on(reader.pages[labels.index(number)])), f"{term}: {number}"


def test_terms_and_sources_are_gathered_once(place: Path) -> None:
    reader = book(place, LEARNER)
    (glossary,) = (t for page in reader.pages if (t := text_on(page)).lstrip().startswith("Words explained"))
    terms = re.findall(r"(?m)^([^:\n]+):", glossary.partition("Reading list")[0])
    assert len(terms) == len({term.casefold() for term in terms}) > 5


def test_made_again_nothing_is_printed(place: Path) -> None:
    before = {
        path: path.stat().st_mtime_ns
        for path in (place / "output").rglob("*")
        if path.is_file() and path.name != ".lock"
    }
    done = run(place, "pack", NAME, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["kept"], len(answer["books"])) == (0, 2, 2)
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.long
def test_a_plain_build_leaves_the_books_alone(place: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(place, tmp_path / "own"))
    assert run(own, "build", "--quiet").returncode == 0
    assert (own / HOME / f"{NAME}-learner-en.pdf").is_file()
    assert run(own, "verify").returncode == 0


@pytest.fixture
def case(ours: Path, tmp_path: Path) -> LibraryCase:
    shutil.copytree(ours, tmp_path / "own")
    return LibraryCase(tmp_path / "own")


def errors(case: LibraryCase, *arguments: str) -> list[str]:
    done = run(case.root, "pack", *(arguments or (NAME,)))
    assert done.returncode != 0 and "Traceback" not in done.stderr
    assert not list((case.root / "output").glob("packs/*/*.pdf"))
    return [line for line in done.stderr.splitlines() if line.startswith("error:")]


@pytest.mark.parametrize(
    ("begins", "after", "new", "said"),
    [
        (
            "minutes:",
            (),
            "minutes: 999",
            "The sessions and their breaks take 390 minutes, and the course has 999. Make them the same.",
        ),
        (
            "    minutes:",
            ("sessions:",),
            "    minutes: 51",
            'The activities of "what-ipt-is" take 50 minutes, and the session has 51. Make them the same.',
        ),
    ],
)
def test_times_that_do_not_add_up_are_told(
    case: LibraryCase, begins: str, after: tuple[str, ...], new: str, said: str
) -> None:
    case.replace(FILE, begins, new, *after)
    (told, *_) = errors(case)
    assert told.startswith(f"error: {FILE}:") and told.endswith(said)


def test_a_handout_that_is_not_there_is_told_with_its_line(case: LibraryCase) -> None:
    number = case.line(FILE, "      - {therapy: ipt, audience: professionals}")
    case.replace(
        FILE, "      - {therapy: ipt, audience: professionals}", "      - {therapy: ipx, audience: professionals}"
    )
    assert errors(case) == [f'error: {FILE}:{number}: There is no therapy "ipx". Did you mean "ipt"?']


def test_check_tells_of_courses_too(case: LibraryCase) -> None:
    case.replace(FILE, "minutes:", "minutes: 999")
    done = run(case.root, "check", "--quiet")
    assert done.returncode == 1
    assert "The sessions and their breaks take 390 minutes" in done.stderr


def test_a_handout_that_its_reader_does_not_get_is_told(case: LibraryCase) -> None:
    case.replace(
        FILE, "      - {worksheet: my-goals, audience: adults}", "      - {worksheet: my-goals, audience: parents}"
    )
    (told,) = errors(case)
    assert re.fullmatch(
        rf'error: {FILE}:\d+: In the session "[\w-]+": the worksheet "my-goals" has none for "parents"\. '
        r"Choose one of: adults, teens\.",
        told,
    )


def test_a_handout_in_two_sessions_is_told(case: LibraryCase) -> None:
    case.replace(
        FILE, "      - {worksheet: my-goals, audience: adults}", "      - {therapy: ipt, audience: professionals}"
    )
    (told,) = errors(case)
    assert re.fullmatch(
        rf'error: {FILE}:\d+: In the session "[\w-]+": this handout is in the session "[\w-]+" already\. '
        r"Name it where it is used first\.",
        told,
    )


def test_a_leaflet_with_an_error_stops_the_pack_and_is_named_with_its_session(case: LibraryCase) -> None:
    text = case.text("content/therapies/ipt.yaml").replace(
        "You have the same row at home every evening", "You have {rows|quarrels} {@nobody}"
    )
    case.write("content/therapies/ipt.yaml", text)
    told = errors(case)
    assert any(re.search(rf'In the pack "{NAME}", session "[\w-]+": There is no source "nobody"', one) for one in told)


def test_a_quiz_whose_answer_is_no_option_is_told(case: LibraryCase) -> None:
    case.replace(FILE, "    answer:", "    answer: 9")
    (told, *_) = errors(case)
    assert re.search(
        r'The answer of "[\w-]+" is option 9, and there are \d\. Name one of the options by its number\.', told
    )


def test_regions_do_not_mix(case: LibraryCase) -> None:
    case.write(
        "content/regions/wales.yaml", case.text("content/regions/england.yaml").replace("id: england", "id: wales")
    )
    case.replace(FILE, "language:", "language: en\nregion: england")
    assert errors(case, NAME, "--region", "wales") == [
        (
            f'error: command line: The pack "{NAME}" is for the region "england", not "wales"; '
            "regions may not mix. "
            "Leave --region out, or copy the pack."
        )
    ]


def test_release_refuses_what_nobody_approved(case: LibraryCase) -> None:
    told = errors(case, NAME, "--release")
    assert any(f'In the pack "{NAME}", session "' in one and "approved" in one for one in told)


def test_an_unknown_pack_and_none_at_all_are_told(case: LibraryCase) -> None:
    assert errors(case, "introduction-to-ipx") == [
        f'error: command line: There is no course pack "introduction-to-ipx". Did you mean "{NAME}"?'
    ]
    done = run(case.root, "pack")
    assert (done.returncode, done.stderr.strip()) == (
        2,
        "error: command line: No course pack was named. Name one, or give --all.",
    )


def test_a_new_pack_is_written_and_says_what_is_blank(case: LibraryCase) -> None:
    done = run(case.root, "pack", "new", "my-course")
    assert done.returncode == 0
    assert 'title: ""' in case.text("content/packs/my-course.yaml")
    told = errors(case, "my-course")
    assert any(one.startswith("error: content/packs/my-course.yaml:5: title:") for one in told)
    assert run(case.root, "pack", "new", "my-course").returncode == 1
    assert run(case.root, "pack", "new", "My Course").returncode == 1


TINY = """\
id: tiny
language: en
title: A tiny course
level: Anyone
code: TINY
version: "1.0"
minutes: 30
aims: [Say what a goal is.]
about: |
  A course to test with.
how_to_use: |
  Write in this book.
how_to_lead: |
  Only the one who leads the course can read this sentence.
ground_rules: [Nobody has to speak.]
distress: |
  Go out for a while, or tell the facilitator.
room: [A chair for each learner who comes to the course]
licence: Share it.
sessions:
  - id: one
    title: The first part
    minutes: 20
    aims: [Say what a goal is.]
    activities:
      - {title: Talk, minutes: 20, words: Talk about zebras., notes: Let them talk until everyone has spoken once.}
    handouts:
      - {worksheet: my-goals, audience: adults}
    questions: [What is a goal?]
  - id: two
    title: The second part
    minutes: 10
    aims: [Choose one step.]
    activities:
      - {title: Choose, minutes: 10, words: Choose one small step., notes: Thank everyone before they leave the room.}
quiz:
  - {id: goal, question: What is a goal?, options: [A wish, A plan], answer: 2, why: A plan has a first step to take.}
index: [zebras]
review: {last_review: 2026-11-26, next_review: 2027-11-26, authors: the authors}
"""


def tiny(case: LibraryCase, *arguments: str, text: str = TINY) -> subprocess.CompletedProcess[str]:
    case.write("content/packs/tiny.yaml", text)
    return run(case.root, "pack", "tiny", *arguments)


def tiny_book(case: LibraryCase, kind: str, suffix: str = "") -> pypdf.PdfReader:
    return pypdf.PdfReader(case.root / f"output/packs/tiny/tiny-{kind}-en{suffix}.pdf")


@pytest.mark.long
def test_a_term_that_stands_nowhere_is_told_and_the_last_good_book_stays(case: LibraryCase) -> None:
    assert tiny(case).returncode == 0
    good = (case.root / "output/packs/tiny/tiny-learner-en.pdf").read_bytes()
    done = tiny(case, text=TINY.replace("[zebras]", "[zebras, unicorns]"))
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert told[0] == (
        "error: content/packs/tiny.yaml:1: packs/tiny/tiny-facilitator-en.pdf: "
        'The index lists "unicorns", which stands nowhere in the book. '
        "Take it out, or write it as it stands in the book."
    )
    assert (case.root / "output/packs/tiny/tiny-learner-en.pdf").read_bytes() == good


@pytest.mark.long
def test_books_of_an_edition_that_cannot_be_made_today_stay(case: LibraryCase) -> None:
    """Its handout does not come in it any more, which the other edition's does."""
    text = TINY.replace("index:", "editions: [a4, a4-large-print]\nindex:")
    text = text.replace("worksheet: my-goals", "therapy: ipt")
    assert tiny(case, text=text).returncode == 0
    case.replace("templates/adults/audience.yaml", "fallback:", "not_in: {large-print: For this test.}\n{}")
    done = tiny(case, text=text.replace("zebras", "zebus"))
    (told,) = (line for line in done.stderr.splitlines() if line.startswith("error:"))
    line = text.splitlines().index("      - {therapy: ipt, audience: adults}") + 1
    assert done.returncode == 1
    assert told == (
        f'error: content/packs/tiny.yaml:{line}: In the pack "tiny", session "one": "ipt" for "adults" cannot be made. '
        "Mend its record, or choose another edition."
    )
    assert "zebus" in text_of(tiny_book(case, LEARNER))
    assert "zebras" in text_of(tiny_book(case, LEARNER, "-a4-large-print"))


@pytest.mark.long
def test_printed_on_both_sides_sessions_begin_on_the_right(case: LibraryCase) -> None:
    assert tiny(case, "--edition", "a4-duplex").returncode == 0
    reader = tiny_book(case, LEARNER, "-a4-duplex")
    assert len(reader.pages) % 2 == 0
    for heading in ("Session 1, 20 minutes", "Session 2, 10 minutes"):
        (at,) = (number for number, page in enumerate(reader.pages) if heading in text_on(page))
        assert at % 2 == 0, "counted from the cover, which is a right-hand page"


@pytest.mark.parametrize(
    "edition",
    [pytest.param(one, marks=pytest.mark.long) for one in ("a5-booklet", "letter", "a4-ink-saver", "a4-large-print")],
)
def test_books_come_in_other_editions(case: LibraryCase, edition: str) -> None:
    done = tiny(case, "--edition", edition)
    assert done.returncode == 0, done.stderr
    reader = tiny_book(case, LEARNER, f"-{edition}")
    wide = {"letter": 612, "a5-booklet": 420}.get(edition, 595)
    assert abs(float(reader.pages[0].mediabox.width) - wide) < 2
    if edition == "a5-booklet":
        assert len(reader.pages) % 4 == 0
        assert (case.root / "output/packs/tiny/tiny-learner-en-a5-booklet-sheets.pdf").is_file()


def colours(path: Path, number: int) -> set[tuple[int, int, int]]:
    """The colours of a page as it is seen."""
    with pypdfium2.PdfDocument(path) as document:
        picture = document[number].render().to_pil().convert("RGB")
    return {colour for _, colour in picture.getcolors(picture.width * picture.height)}


def pictures(path: Path) -> list[str]:
    """What every picture says to those who cannot see it."""
    with pikepdf.open(path) as pdf:
        named = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure")
        return [str(one.Alt) for one in named]


LOGOS = {"riverside": (0xF2, 0xB2, 0x33), "hillside": (0xE5, 0x8F, 0x4F)}
"""Our example clinics, the first with a drawing (SVG), the second with a picture (PNG), and a colour of each alone."""
COLOURS = {"riverside": (0x0B, 0x4F, 0x7D), "hillside": (0x3D, 0x53, 0x11)}
"""The colours that they chose for all readers, both dark enough to read."""


@pytest.mark.parametrize("clinic", ["riverside", pytest.param("hillside", marks=pytest.mark.long)])
def test_a_clinics_book_shows_its_logo_on_the_cover_and_on_each_handout(case: LibraryCase, clinic: str) -> None:
    """Also where the clinic has none of the handouts on its shelf: a course says itself what it hands out."""
    name = re.search(r"(?m)^name: (.*)$", case.text(f"content/clinics/{clinic}.yaml"))
    assert name and "my-goals, audience" not in case.text(f"content/clinics/{clinic}.yaml")
    done = tiny(case, "--clinic", clinic)
    assert done.returncode == 0, done.stderr
    assert f" handouts in output/clinics/{clinic}/packs, " in done.stdout
    for kind in KINDS:
        path = case.root / f"output/clinics/{clinic}/packs/tiny/tiny-{kind}-en.pdf"
        pages = [text_on(page) for page in pypdf.PdfReader(path).pages]
        (handout,) = (at for at, text in enumerate(pages) if "sheet 1 of 1" in " ".join(text.split()))
        assert [at for at in range(len(pages)) if LOGOS[clinic] in colours(path, at)] == [0, handout]
        assert pictures(path).count(name[1]) == 2
        assert COLOURS[clinic] in colours(path, 0), "the rule on the cover"
        assert f"Published by {name[1]}" in " ".join(pages[0].split())


@pytest.mark.long
def test_the_cover_is_one_page_in_every_edition_also_with_a_long_title_and_a_logo(case: LibraryCase) -> None:
    text = TINY.replace("title: A tiny course", "title: An introduction to interpersonal psychotherapy", 1).replace(
        "level: Anyone",
        "subtitle: One day for staff who refer to IPT, work beside it, or are about to train in it\n"
        "level: Introductory, for staff in health, care and education; no earlier training in therapy is needed",
    )
    editions = ("a4", "a5", "a4-large-print", "letter-large-print")
    done = tiny(case, "--clinic", "hillside", *(f"--edition={one}" for one in editions), text=text)
    assert done.returncode == 0, done.stderr
    for one in editions:
        path = case.root / f"output/clinics/hillside/packs/tiny/tiny-learner-en{'' if one == 'a4' else f'-{one}'}.pdf"
        cover, *_ = (text_on(page) for page in pypdf.PdfReader(path).pages)
        assert "Learner" in cover and "Published by Hillside Counselling" in " ".join(cover.split()), one
        assert LOGOS["hillside"] in colours(path, 0), one


@pytest.mark.long
def test_the_ink_saver_prints_no_logo(case: LibraryCase) -> None:
    done = tiny(case, "--clinic", "riverside", "--edition", "a4-ink-saver")
    assert done.returncode == 0, done.stderr
    path = case.root / "output/clinics/riverside/packs/tiny/tiny-learner-en-a4-ink-saver.pdf"
    assert not [told for told in pictures(path) if "Riverside" in told]


@pytest.mark.long
def test_a_course_for_no_region_is_made_for_that_of_the_clinic(case: LibraryCase) -> None:
    """Nobody asked for a region, so that leaving it out cannot mend anything."""
    england = case.text("content/regions/england.yaml")
    case.write("content/regions/wales.yaml", england.replace("id: england", "id: wales"))
    case.replace("content/clinics/riverside.yaml", "region:", "region: wales")
    done = tiny(case, "--clinic", "riverside")
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_an_overdue_handout_is_said_on_the_imprint(case: LibraryCase) -> None:
    sheet = "content/worksheets/my-goals.yaml"
    case.write(sheet, re.sub(r"next_review: .*", "next_review: 2026-11-24", case.text(sheet)))
    assert tiny(case).returncode == 0
    text = " ".join(" ".join(text_on(page) for page in tiny_book(case, LEARNER).pages).split())
    assert "under review" in text and "Under review: the handouts that are marked so" in text
    done = tiny(case, "--release")
    assert done.returncode == 1
    assert 'In the pack "tiny", session "one":' in done.stderr


def test_an_overdue_course_is_refused_for_release(case: LibraryCase) -> None:
    text = TINY.replace("2026-11-26, next_review: 2027-11-26", "2026-01-01, next_review: 2026-11-25")
    done = tiny(case, "--release", text=text)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        f"error: content/packs/tiny.yaml:{text.splitlines().index(text.splitlines()[-1]) + 1}: "
        'The review of the pack "tiny" was due on 25 November 2026. Look at it again, then set the dates.'
    )


@pytest.mark.long
def test_a_secret_in_a_learners_field_would_be_seen(case: LibraryCase) -> None:
    """The leak test of the shipped pack can fail: here a note is put where learners read."""
    leaky = TINY.replace("Talk about zebras.", "Talk about zebras. Let them talk until everyone has spoken once.")
    assert tiny(case, text=leaky).returncode == 0
    document, _ = read_yaml(leaky.encode(), "tiny.yaml")
    assert document is not None
    assert leaked(Pack.model_validate(document.value), text_of(tiny_book(case, LEARNER))) == [
        "let them talk until everyone has spoken once"
    ]
