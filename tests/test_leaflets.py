"""The leaflets that a clinic gets: built by the front door from the shipped content, with the real engine."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import outloud
import page as page_validation
import pdfua
import pypdf
import pytest
from front_door import run
from leaflet_case import TODAY
from library_case import copy_of_few, record_version
from PIL import Image
from shipped_case import EVERYTHING

from printables.pages.formats.html_tree import parse
from printables.pipeline import build
from printables.pipeline.print_job import print_job
from printables.plan import Choice
from printables.reports import pictures
from printables.typeset.inspect.inspect import pdf_text
from printables.typeset.inspect.source import read_html
from printables.typeset.inspect.text import read_pdf
from printables.typeset.inspect.words import lost_words

ROOT = Path(__file__).resolve().parent.parent
AUDIENCES = ("adults", "teens", "parents", "professionals", "easy-read")
BUDGET = {"adults": (2, 9), "teens": (2, 7), "parents": (2, 9), "professionals": (3, 6), "easy-read": (4, 20)}
"""Pages, from the standards; not read from audience.yaml, so that a raised budget is noticed here."""

pytestmark = pytest.mark.pdf


def built(folder: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    """What a build says it did, as JSON."""
    done = run(folder, "build", "--json", *arguments, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


EVERY_SHEET = ("closeness-circles", "communication-analysis", "mood-and-contact-diary", "my-goals", "role-play-planner")
SHEETS = EVERY_SHEET if EVERYTHING else ("my-goals",)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with its own copy of content and templates, built once."""
    folder = tmp_path_factory.mktemp("clinic")
    copy_of_few(folder, *SHEETS)
    answer = built(folder)
    sheets = [f"worksheets/{name}/{sheet}-{name}-en.pdf" for name in ("adults", "teens") for sheet in SHEETS]
    assert answer["rendered"] == [*(f"leaflets/{name}/ipt-{name}-en.pdf" for name in sorted(AUDIENCES)), *sheets]
    assert [problem for problem in answer["problems"] if problem["severity"] != "note"] == []
    return folder


def path_of(folder: Path, audience: str) -> Path:
    return folder / f"output/leaflets/{audience}/ipt-{audience}-en.pdf"


def pdf(folder: Path, audience: str) -> bytes:
    return path_of(folder, audience).read_bytes()


def active(path: Path) -> list[Any]:
    """Links and form fields of a PDF."""
    pages = pypdf.PdfReader(path).pages
    return [note.get_object() for sheet in pages for note in sheet.get("/Annots", ())]


def html(folder: Path, audience: str) -> str:
    return (folder / f"output/leaflets/{audience}/ipt-{audience}-en.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_three_checkers_accept_every_leaflet(place: Path, audience: str) -> None:
    report = page_validation.validate_pdf_bytes(pdf(place, audience), profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []
    assert report.is_compliant
    path = str(path_of(place, audience))
    heard = outloud.check(path)
    assert heard.error is None
    assert [(finding.rule, finding.message) for finding in heard.findings if finding.severity == "error"] == []
    worst = pdfua.Severity.ERROR
    assert [finding for finding in pdfua.validate(path).findings if finding.severity == worst] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_page_budget(place: Path, audience: str) -> None:
    least, most = BUDGET[audience]
    assert least <= len(pdf_text(pdf(place, audience))) <= most


@pytest.mark.parametrize("audience", AUDIENCES)
def test_twin_and_pdf_have_the_same_words(place: Path, audience: str) -> None:
    source, sheets = read_html(html(place, audience)), read_pdf(pdf(place, audience))
    assert lost_words(source, sheets) == Counter()
    printed = Counter(word for sheet in sheets for line in sheet.body for word in line.words)
    extra = printed - Counter(word.folded for word in source.words)
    drawn = re.findall(r'data-(?:label|number)="([^"]*)"', html(place, audience))
    by_style = {word.casefold() for text in drawn for word in re.findall(r"[\w’']+", text)}
    by_style |= set(map(str, range(1, 10)))  # of the steps
    assert set(extra) <= by_style, "only numbers and the heading of own notes come from style sheets"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_help_lines_stand_together_and_page_1_points_to_them(place: Path, audience: str) -> None:
    pages = [" ".join(text.split()) for text in pdf_text(pdf(place, audience))]
    with_help = [number for number, text in enumerate(pages, 1) if "Call 111" in text]
    assert with_help == [len(pages)]
    pointer = "Crisis lines to give: at the end" if audience == "professionals" else "More numbers are at the end"
    assert pointer in pages[0] and "999" in pages[-1]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_on_a_screen_every_help_line_can_be_touched_and_on_paper_none(place: Path, audience: str) -> None:
    paths = [path_of(place, audience), *(place / f"output/worksheets/{audience}").glob("*.pdf")]
    assert len(paths) == (1 + len(SHEETS) if audience in ("adults", "teens") else 1)
    for path in paths:
        page = parse(path.with_suffix(".html").read_text(encoding="utf-8"))
        (box,) = (one for one in page.below("div") if one.attributes.get("id") == "help-lines")
        lines = [one for one in box.below("li") if audience != "easy-read" or one.attributes.get("class") == "help-row"]
        assert len(lines) >= 3, "without the emergency number, which stands above them"
        for line in lines:
            (link,) = line.below("a")
            assert re.fullmatch(r"tel:\d{3,11}|sms:85258\?&body=SHOUT", link.attributes["href"])
            assert re.sub(r"\D", "", link.words) == re.sub(r"\D", "", link.attributes["href"])
        printed = [str(note["/A"].get("/URI", "")) for note in active(path) if "/A" in note]
        assert any(one.startswith("https:") for one in printed) or "worksheets" in path.parts
        assert [one for one in printed if one.startswith(("tel:", "sms:"))] == []


def test_teens_find_privacy_on_page_1_and_no_adult_guideline(place: Path) -> None:
    pages = pdf_text(pdf(place, "teens"))
    assert "try to tell you first" in " ".join(pages[0].split())
    assert "NG222" not in "".join(pages)
    assert "NG134" in "".join(pages)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_leaflets_say_that_no_clinician_has_approved_them(place: Path, audience: str) -> None:
    whole = " ".join("".join(pdf_text(pdf(place, audience))).split())
    assert "For evaluation, not yet approved by a clinician." in whole


def test_professionals_read_on_every_page_that_it_is_no_handout(place: Path) -> None:
    for text in pdf_text(pdf(place, "professionals")):
        assert "not a patient handout" in " ".join(text.split())


def test_the_picture_in_the_readme_shows_these_pages() -> None:
    """It says of which web pages it was made, so that nothing is printed to know."""
    choice = Choice(("ipt",), no_worksheets=True)
    checked = build.check(build.Options(ROOT / "content", ROOT / "templates", ROOT / "output", TODAY, choice))
    jobs = {subject.item.audience: print_job(checked.pages, subject) for subject in checked.subjects}
    entries: list[Any] = [
        SimpleNamespace(
            files=[SimpleNamespace(sha256=sha256(data).hexdigest()) for _, data in sorted(jobs[name].siblings)]
        )
        for name in AUDIENCES
    ]
    with Image.open(ROOT / "docs/pictures/leaflets.png") as picture:
        shown = picture.info[pictures.MADE_OF]
    assert shown == pictures.made_of(entries), "run: make leaflets pictures"


def test_built_again_nothing_is_rendered(place: Path) -> None:
    answer = built(place)
    assert answer["rendered"] == []
    assert len(answer["kept"]) == len(AUDIENCES) + 2 * len(SHEETS)


def test_one_teen_sentence_renders_the_teen_leaflet_alone(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(place, folder)
    record = folder / "content/therapies/ipt.yaml"
    text = record.read_text(encoding="utf-8")
    changed, count = re.subn(r"(  main_message:\n(?:.*\n)*?    teens: \|\n      )(\w+)", r"\1This", text, count=1)
    assert count == 1
    record.write_text(changed, encoding="utf-8")
    assert built(folder)["rendered"] == ["leaflets/teens/ipt-teens-en.pdf"]


def test_a_build_names_the_other_editions_that_it_removes(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(place, folder)
    sheet = ("build", "--worksheet", "my-goals", "--audience", "teens")
    assert "removed" not in run(folder, *sheet, "--edition", "letter").stdout.replace("0 files removed", "")
    removed = [line for line in run(folder, *sheet).stdout.splitlines() if line.startswith("removed ")]
    assert removed == ["removed worksheets/teens/my-goals-teens-en-letter.pdf"]


@pytest.mark.long
def test_two_folders_two_time_zones_two_hash_seeds_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, zone, seed, language in (
        ("a", "Pacific/Auckland", "1", "C"),
        ("b/long er", "America/Lima", "77", "C.UTF-8"),
    ):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as scratch:  # a short path: it holds the workers' sockets
            where = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language, "TMPDIR": scratch}
            rendered = built(folder, "--jobs", "2", **where)["rendered"]
            assert list(Path(scratch).iterdir()) == [], "the engine's folders of fonts go with its workers"
        output = folder / "output"
        files = sorted(path for path in output.rglob("*.*") if path.suffix in (".pdf", ".html", ".txt"))
        made.append({path.relative_to(output): path.read_bytes() for path in files})
        assert len(files) == 3 * len(rendered) >= 3 * 14, "each as PDF, web page and text"
    assert made[0] == made[1]


@pytest.mark.long
def test_a_clinic_build_has_its_own_folder_and_contacts(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(place, folder)
    answer = built(folder, "--clinic", "riverside")
    assert [path.removeprefix("clinics/riverside/") for path in answer["rendered"]] == [
        "leaflets/adults/ipt-adults-en-a4-large-print.pdf",
        "leaflets/adults/ipt-adults-en.pdf",
        "leaflets/parents/ipt-parents-en.pdf",
        "leaflets/teens/ipt-teens-en-a5-booklet.pdf",
        "worksheets/adults/mood-and-contact-diary-adults-en.pdf",
        "worksheets/adults/my-goals-adults-en.pdf",
        "worksheets/teens/my-goals-teens-en.pdf",
    ]
    assert answer["removed"] == []
    for path in answer["rendered"]:
        text = "".join(pdf_text((folder / "output" / path).read_bytes()))
        assert "Published by Riverside" in text
        assert "01632" in text or "worksheets" in path


def test_a_bad_record_keeps_its_last_good_leaflet(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(place, folder)
    before = pdf(folder, "adults")
    record = folder / "content/therapies/ipt.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("abbreviation:", "abreviation:"), encoding="utf-8")
    done = run(folder, "build")
    assert done.returncode == 1
    assert 'This key is unknown. Did you mean "abbreviation"?' in done.stderr
    assert "Traceback" not in done.stderr
    assert pdf(folder, "adults") == before


def test_release_refuses_drafts_and_says_why(place: Path) -> None:
    done = run(place, "build", "--release", "--output", "released")
    assert done.returncode == 1
    assert f"Nobody has approved version {record_version()} for adults." in done.stderr
    assert not list((place / "released").rglob("*.pdf"))


def test_verify_notices_a_changed_file(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "output", tmp_path / "output")
    assert run(tmp_path, "verify").returncode == 0
    leaflet = tmp_path / "output/leaflets/teens/ipt-teens-en.pdf"
    leaflet.write_bytes(leaflet.read_bytes() + b"\n")
    done = run(tmp_path, "verify")
    assert done.returncode == 1
    assert "ipt-teens-en.pdf" in done.stderr
