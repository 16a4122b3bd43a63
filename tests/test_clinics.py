"""A clinic's leaflets: its crisis line, its contacts and QR code, its shelf, its look; and what is said of its file."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outloud
import page as page_validation
import pdfua
import pypdfium2
import pytest
import segno
import zxingcpp
from leaflet_case import AUDIENCES, ROOT, library
from library_case import LibraryCase, copy_of_few, copy_of_leaflets
from PIL import Image
from shipped_case import EVERYTHING
from test_cli import run

from printables.checks import contrast
from printables.library.clinics import LONGEST_WEB
from printables.library.logo.logo import INSTEAD
from printables.pages.compose.blocks.help_now import common_hours
from printables.pages.compose.leaflet import Block
from printables.pages.compose.qr import qr
from printables.pages.compose.trifold_back import without_spare
from printables.pipeline.build import CheckedLibrary, check
from printables.pipeline.print_job import print_job
from printables.plan import Choice

RIVERSIDE = "content/clinics/riverside.yaml"
HILLSIDE = "content/clinics/hillside.yaml"
ENGLAND = "content/regions/england.yaml"
CLINICS = ("riverside", "hillside")
LOGOS = {"riverside": ("svg+xml", "Riverside Talking Therapies"), "hillside": ("png", "Hillside Counselling")}
each_clinic = pytest.mark.parametrize("clinic", ["riverside", pytest.param("hillside", marks=pytest.mark.long)])


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """IPT and one worksheet: what is looked at here stands on one as on all of them."""
    return copy_of_few(tmp_path_factory.mktemp("ours"), "my-goals")


def checked(case: LibraryCase, audience: str, clinic: str = "riverside") -> CheckedLibrary:
    """The usual edition of the leaflet for one reader, whatever stands on the shelf."""
    path = f"content/clinics/{clinic}.yaml"
    case.write(path, case.text(path).split("\nshelf:")[0] + "\n")
    return check(case.options(Choice(audiences=(audience,), clinic=clinic)))


def block(made: CheckedLibrary, name: str) -> Block:
    """The one block of that name on the leaflet."""
    (leaflet,) = (subject.leaflet for subject in made.subjects if not subject.item.worksheet)
    (found,) = (block for section in leaflet.sections for block in section.blocks if block.component == name)
    return found


def help_lines(case: LibraryCase, audience: str) -> list[str]:
    return [line["name"] for line in block(checked(case, audience), "help-now").data["lines"]]


# The crisis line


@pytest.mark.slow
@pytest.mark.parametrize(
    ("audience", "names"),
    [
        ("adults", ["Riverside crisis line", "NHS 111", "Samaritans", "Shout"]),
        ("teens", ["Childline", "Riverside crisis line", "Shout", "NHS 111"]),
    ],
)
def test_the_crisis_line_comes_behind_the_first(case: LibraryCase, audience: str, names: list[str]) -> None:
    """For adults the first is the emergency number, which stands above the list."""
    assert help_lines(case, audience) == names


@pytest.mark.slow
def test_the_crisis_line_as_it_is_printed(case: LibraryCase) -> None:
    made = checked(case, "teens")
    line = block(made, "help-now").data["lines"][1]
    words = {"how": "Call 01632 960003", "hours": "Day and night", "for_whom": "Anyone in our care"}
    assert line == {"name": "Riverside crisis line", "clinic": "yes", **words}
    (html,) = (subject.html for subject in made.subjects if not subject.item.worksheet)
    box = html[html.index('id="help-lines"') :]
    assert box.index("Childline") < box.index("Call 01632\u00a0960003") < box.index("Text SHOUT")
    assert html.index("Riverside crisis line: <strong data-phone>Call 01632\u00a0960003.") < html.index("<main>")


@pytest.mark.slow
def test_hours_that_differ_stand_on_their_own_line(case: LibraryCase) -> None:
    assert "All of these answer day and night." in page(case)
    case.replace(RIVERSIDE, "  hours:", "  hours: Every day, 8am to midnight", "crisis:")
    html = page(case)
    assert "Lines with no hours beside them are open day and night." in html and "All of these answer" not in html
    assert html.count("Every day, 8am to midnight.") == 1
    box = html[html.index('id="help-lines"') :]
    assert box.index("Riverside crisis line") < box.index("Every day, 8am") < box.index("NHS 111")


@pytest.mark.slow
def test_a_crisis_line_reads_as_sentences_however_it_was_typed(case: LibraryCase) -> None:
    """A capital stands after each full stop; other letters stay. Day and night in other words contradicts nothing."""
    case.replace(RIVERSIDE, "  hours:", "  hours: every day, 24 hours", "crisis:")
    case.replace(RIVERSIDE, "  for_whom:", "  for_whom: ŵyr Siân's team, and anyone in Ynys Môn", "crisis:")
    html = page(case)
    assert "ynys" not in html and "Ŵyr Siân" in html and "anyone in Ynys Môn.</span> Every day, 24 hours." in html
    assert "Lines with no hours beside them are open day and night." in html


def page(case: LibraryCase) -> str:
    """The help box of the adults' leaflet."""
    (html,) = (subject.html for subject in checked(case, "adults").subjects if not subject.item.worksheet)
    return html[html.index('id="help-lines"') :]


def test_hours_that_most_lines_share_are_said_once() -> None:
    locale = library().locales["en"]
    lines = [{"hours": hours} for hours in ("Day and night", "Day and night", "Every day, 8am to midnight")]
    assert common_hours(lines, locale) == "day and night"
    assert common_hours([{"hours": "Day and night"}, {"hours": "Weekdays, in the daytime"}], locale) is None


@pytest.mark.slow
def test_without_a_crisis_line_the_regions_lines_stand_alone(case: LibraryCase) -> None:
    text = case.text(RIVERSIDE)
    case.write(RIVERSIDE, re.sub(r"\ncrisis:\n(  .*\n)+", "\n", text))
    assert help_lines(case, "adults") == ["NHS 111", "Samaritans", "Shout"]


# Contacts, local words, the QR code


@pytest.mark.slow
def test_contacts_and_local_words_on_the_leaflet(case: LibraryCase) -> None:
    about = block(checked(case, "adults"), "about")
    assert [row["value"] for row in about.data["contact"]] == [
        "01632 960001",
        "Weekdays, 9am to 5pm",
        "hello@riverside.example",
        "https://riverside.example",
        "feedback@riverside.example",
        "Call 01632 960002",
        "Call 01632 960002",
    ]
    assert "ramp and a lift" in about.data["local"]
    assert "ramp" not in str(block(checked(case, "teens"), "about").data["local"])


@pytest.mark.slow
def test_a_clinic_with_few_details_has_lines_to_write_its_phone_and_hours_on(case: LibraryCase) -> None:
    case.write("content/clinics/elm.yaml", "id: elm\nname: Elm\nregion: england\nemail: hello@elm.example\n")
    made = check(case.options(Choice(audiences=("teens",), clinic="elm", no_worksheets=True)))
    rows = [(row["label"], row["value"]) for row in block(made, "about").data["contact"]]
    blank = ["To comment", "Large print and audio", "Other languages"]
    assert rows == [
        ("Phone", None),
        ("Open", None),
        ("E-mail", "hello@elm.example"),
        *((label, None) for label in blank),
    ]
    (html,) = (subject.html for subject in made.subjects)
    for label in ("Phone", "Open"):
        assert f'<li class="blank spare"><span class="contact-label">{label}:</span></li>' in html
    for label in blank:
        assert f'<li class="blank"><span class="contact-label">{label}:</span></li>' in html
    job = print_job(made.pages, made.subjects[0])
    page = job.page
    assert [text.count("contact-label") for text in (page.html, page.tight_html)] == [6, 4], "where there is no room"
    (web,) = (data.decode() for path, data in job.siblings if path.endswith(".html"))
    assert web.count('class="contact-label"') == 4, "nobody writes on a screen"


def test_spare_lines_stand_on_the_back_of_a_tri_fold_only_where_everything_has_room() -> None:
    spare = {"label": "Phone", "value": None, "spare": True}
    rows: list[dict[str, Any]] = [spare, {"label": "E-mail", "value": "hello@elm.example"}]
    heights = 27 + 18
    assert without_spare(rows, heights) == rows
    assert without_spare(rows, heights - 1) == rows[1:]


@pytest.mark.slow
def test_a_code_only_where_there_is_an_address(case: LibraryCase) -> None:
    code = block(checked(case, "adults"), "about").data["qr"]
    assert code == qr("https://riverside.example", "QR code for riverside.example")
    case.replace(RIVERSIDE, "web:", "#")
    made = checked(case, "adults")
    assert block(made, "about").data["qr"] is None
    assert 'class="qr"' not in made.subjects[0].html


@pytest.mark.slow
def test_no_clinic_no_code_and_no_logo(case: LibraryCase) -> None:
    made = check(case.options(Choice(audiences=("adults",))))
    assert block(made, "about").data["qr"] is None
    leaflet = made.subjects[0].leaflet
    assert leaflet.logo is None and "<img" not in made.subjects[0].html


def test_the_path_draws_every_dark_module_once() -> None:
    code = qr("https://riverside.example", "x")
    drawn: list[tuple[int, int]] = []
    for found in re.finditer(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.path):
        x, y, length, back = map(int, found.groups())
        assert length == back
        drawn += [(x + step, y) for step in range(length)]
    rows = segno.make_qr("https://riverside.example", error="m", boost_error=False).matrix
    assert sorted(drawn) == sorted((x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", code.path) and code.size == len(rows)


@pytest.mark.slow
def test_an_address_too_long_for_a_code(case: LibraryCase) -> None:
    fits = "https://riverside.example/".ljust(LONGEST_WEB, "a")
    case.replace(RIVERSIDE, "web:", f"web: {fits}")
    assert case.problems() == []
    assert qr(fits, "x").size <= 45, "an inch across: modules of half a millimetre"
    line = case.replace(RIVERSIDE, "web:", f"web: {fits}a")
    assert case.problems() == [
        (
            f"{RIVERSIDE}:{line}: web: The address has 121 characters; a QR code that phones can read holds 120. "
            "Write a shorter one, such as that of your first page."
        )
    ]


# What is said of a clinic's file

SHELF = "shelf:\n  - {}\n"
EDITIONS = (
    "Use one of a4, letter, a5, then any of booklet, trifold, fold-marks, large-print, ink-saver, cream, duplex, "
    "private-cover."
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("therapy: ipd", 'There is no therapy "ipd". Did you mean "ipt"?'),
        ("worksheet: my-goal", 'There is no worksheet "my-goal". Did you mean "my-goals"?'),
        ("{therapy: ipt, audiences: [teen]}", 'There is no audience "teen". Did you mean "teens"?'),
        ("{therapy: ipt, audiences: [any]}", 'There is no audience "any". Add it to templates, or use one of: '),
        (
            "{therapy: ipt, audiences: [professionals], editions: [a4, a5]}",
            (
                'The leaflet for "professionals" does not come as a5: its tables need the width of A4 or Letter. '
                "Choose another edition."
            ),
        ),
        (
            "audiences: [teens]",
            "shelf.1: This must name a therapy or a worksheet, and not both. Keep one of the two keys.",
        ),
        (
            "{therapy: ipt, worksheet: my-goals}",
            "shelf.1: This must name a therapy or a worksheet, and not both. Keep one of the two keys.",
        ),
        (
            "{worksheet: my-goals, worksheets: yes}",
            (
                'shelf.1: The key "worksheets" says whether a therapy brings its worksheets, and this names a '
                "worksheet. Delete that key here."
            ),
        ),
        ("{therapy: ipt, editions: [a6]}", f'shelf.1.editions.1: There is no edition "a6". {EDITIONS}'),
    ],
)
def test_a_shelf_that_cannot_be_filled(case: LibraryCase, row: str, said: str) -> None:
    case.write(RIVERSIDE, case.text(RIVERSIDE).split("shelf:")[0] + SHELF.format(row))
    line = case.line(RIVERSIDE, "  - ", "shelf:")
    (problem,) = case.problems()
    assert problem.startswith(f"{RIVERSIDE}:{line}: {said}")


@pytest.mark.slow
def test_a_shelf_with_a_leaflet_that_is_not_for_this_reader(case: LibraryCase) -> None:
    ipt = case.text("content/therapies/ipt.yaml")
    start, end = (
        ipt.index("\n  parents:", ipt.index("\ntitles:")),
        ipt.index("\n  professionals:", ipt.index("\ntitles:")),
    )
    case.write(
        "content/therapies/ipt.yaml",
        f"{ipt[:start]}{ipt[end:]}\nnot_for:\n  parents: They get another one.\n  easy-read: Not yet.\n",
    )
    case.write(
        RIVERSIDE, case.text(RIVERSIDE).split("shelf:")[0] + SHELF.format("{therapy: ipt, audiences: [parents]}")
    )
    case.write(HILLSIDE, case.text(HILLSIDE).split("shelf:")[0])
    line = case.line(RIVERSIDE, "  - ", "shelf:")
    said = 'The therapy "ipt" has no leaflet for "parents". Take it off the shelf, or write that leaflet.'
    assert f"{RIVERSIDE}:{line}: {said}" in case.problems()


@pytest.mark.slow
def test_a_broken_therapy_says_so_itself(case: LibraryCase) -> None:
    case.replace("content/therapies/ipt.yaml", "version:", "#")
    assert [problem for problem in case.problems() if "clinics/" in problem] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begins", "new", "said"),
    [
        ("region:", "region: england-2", 'There is no region "england-2". Did you mean "england"?'),
        ("  teens:", '  teen: "#00565c"', 'There is no audience "teen". Did you mean "teens"?'),
        ("  any:", '  any: "blue"', 'colours.any: "blue" is not a colour. Write it as "#rrggbb", such as "#0b4a45", '),
        ("  any:", "  any: #0b4f7d", "colours.any: This is blank. Write the text; "),
        ("  how:", "#", "crisis.how: This is required and missing. Add it; docs/fields.md says what it holds."),
        ("logo:", "logos: riverside.svg", 'logos: This key is unknown. Did you mean "logo"?'),
    ],
)
def test_what_is_wrong_in_a_clinics_file(case: LibraryCase, begins: str, new: str, said: str) -> None:
    line = case.replace(RIVERSIDE, begins, new)
    (problem,) = case.problems()
    at = case.line(RIVERSIDE, "crisis:") if "required" in said else line
    assert problem.startswith(f"{RIVERSIDE}:{at}: {said}")


def with_note(case: LibraryCase, note: str) -> list[str]:
    """What is said of a clinic with this local note, which begins on line 6."""
    lines = "".join(f"    {line}\n" for line in note.split("\n"))
    case.write("content/clinics/addr.yaml", f"id: addr\nregion: england\nname: Elm\nwords:\n  adults: |\n{lines}")
    return case.problems()


@pytest.mark.parametrize(
    ("note", "line", "first", "second"),
    [
        ("Elm Tree House\n12 High Street\nAnytown\nAB1 2CD", 6, "Elm Tree House", "12 High Street"),
        ("You find us here:\nElm House\nAnytown AB12 3CD\n\nUse the side door.", 7, "Elm House", "Anytown AB12 3CD"),
        ("Elm House\nLindenstraße 12\n10115 Berlin", 6, "Elm House", "Lindenstraße 12"),
    ],
)
def test_an_address_in_a_note_is_pointed_to_its_field(
    case: LibraryCase, note: str, line: int, first: str, second: str
) -> None:
    what = f'These lines look like a postal address, and would run together: "{first}", "{second}".'
    mend = 'Write it in the field "address", whose lines stay lines.'
    assert with_note(case, note) == [f"content/clinics/addr.yaml:{line}: {what} {mend}"]


@pytest.mark.parametrize(
    "note",
    [
        "Elm Tree House, 12 High Street,\nAnytown, AB1 2CD.",
        "You can bring a friend.\nAsk at the desk\nfor a quiet room",
        "- Bus 12\n- Bus 14\n- Ask for Elm House",
        "Our door is at 12 High Street",
    ],
)
def test_companion_a_note_that_is_no_address(case: LibraryCase, note: str) -> None:
    assert with_note(case, note) == []


@pytest.mark.slow
def test_words_for_any_reader_would_be_shown_to_nobody(case: LibraryCase) -> None:
    line = case.replace(RIVERSIDE, "  adults: |", "  any: |", "words:")
    (problem,) = case.problems()
    assert problem.startswith(f'{RIVERSIDE}:{line}: There is no audience "any". ')


# Two examples, by the front door and the real engine


@functools.cache
def built(folder: Path, clinic: str) -> dict[str, Any]:
    done = run(ROOT, "build", "--clinic", clinic, "--output", str(folder), "--json")
    answer: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 0, answer["problems"]
    return answer


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clinics")


def pdfs(folder: Path, clinic: str) -> list[Path]:
    """Every leaflet and worksheet of the shelf; sheets for folding are made from them and are not held to PDF/UA."""
    return [folder / name for name in built(folder, clinic)["rendered"]]


def complaints(pdf: Path) -> list[str]:
    """What three independent checkers of PDF/UA say against it."""
    heard = outloud.check(str(pdf))
    assert heard.error is None
    said = [f"outloud {finding.rule}" for finding in heard.findings if finding.severity == "error"]
    report = page_validation.validate_pdf_bytes(pdf.read_bytes(), profile="ua1")
    said += [f"page {failure.rule_id}" for failure in report.failures]
    findings = pdfua.validate(str(pdf)).findings
    return said + [f"pdfua {finding}" for finding in findings if finding.severity == pdfua.Severity.ERROR]


def picture(pdf: Path, number: int, dpi: int) -> Image.Image:
    image: Image.Image = pypdfium2.PdfDocument(pdf)[number].render(scale=dpi / 72).to_pil().convert("RGB")
    return image


def codes(pdf: Path, dpi: int) -> Iterator[str]:
    for number in range(len(pypdfium2.PdfDocument(pdf))):
        yield from (found.text for found in zxingcpp.read_barcodes(picture(pdf, number, dpi)))


def to_mend(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The problems of an answer without its notes, which say how room was made and ask nothing of anybody."""
    return [problem for problem in answer["problems"] if problem["severity"] != "note"]


@pytest.mark.pdf
@each_clinic
def test_our_clinics_build_without_a_problem(output: Path, clinic: str) -> None:
    answer = built(output, clinic)
    assert to_mend(answer) == [] and len(answer["rendered"]) > 3
    assert {name.split("/")[1] for name in answer["rendered"]} == {clinic}


@pytest.mark.pdf
def test_its_leaflets_as_pictures(output: Path) -> None:
    pages = sum(len(pypdfium2.PdfDocument(pdf)) for pdf in pdfs(output, "riverside") if "/leaflets/" in pdf.as_posix())
    done = run(ROOT, "pictures", "--clinic", "riverside", "--output", str(output))
    folder = output / "clinics/riverside/pictures"
    assert (done.returncode, done.stdout) == (0, f"Wrote {pages} pictures of pages in {folder}.\n")
    assert len(list(folder.glob("*.png"))) == pages
    done = run(ROOT, "pictures", "--clinic", "nobody", "--output", str(output))
    said = f"error: {output}: There are no leaflets of this clinic here. Run: printables build --clinic nobody.\n"
    assert (done.returncode, done.stderr) == (1, said)


@pytest.mark.pdf
@each_clinic
def test_each_is_accessible(output: Path, clinic: str) -> None:
    for pdf in pdfs(output, clinic):
        assert complaints(pdf) == [], pdf.name


@pytest.mark.pdf
@each_clinic
def test_a_phone_reads_the_code_from_paper(output: Path, clinic: str) -> None:
    leaflets = [pdf for pdf in pdfs(output, clinic) if "worksheets" not in pdf.parts]
    assert len(leaflets) >= 4
    for pdf in leaflets:
        assert list(codes(pdf, 150)) == [f"https://{clinic}.example"], pdf.name


@pytest.mark.pdf
@each_clinic
def test_the_logo_is_a_picture_with_the_clinics_name(output: Path, clinic: str) -> None:
    kind, name = LOGOS[clinic]
    for pdf in pdfs(output, clinic):
        twin = pdf.with_suffix(".html").read_text(encoding="utf-8")
        shown = [] if "ink-saver" in pdf.stem else [(f"data:image/{kind}", f"{name} (example clinic)")]
        logo = re.findall(r'<img class="logo" src="(data:image/[a-z+]+);base64,[^"]+" alt="([^"]*)"', twin)
        assert logo == shown, pdf.name
        assert not re.search(r'src="(?!data:)', twin)


@pytest.mark.pdf
@pytest.mark.long
def test_the_two_look_different(output: Path) -> None:
    """The colours of the first page at arm's length: what is drawn in one clinic's colour is not in the other's."""
    found = {}
    for clinic in CLINICS:
        (adults,) = (pdf for pdf in pdfs(output, clinic) if re.search(r"ipt-adults-en(-a4-duplex)?\.pdf", pdf.name))
        found[clinic] = {colour for _, colour in picture(adults, 0, 50).getcolors(999_999) or []}
    blue, green = (11, 79, 125), (61, 83, 17)
    assert blue in found["riverside"] - found["hillside"]
    assert green in found["hillside"] - found["riverside"]


# Yellow, and a logo of 21 MB

READERS = AUDIENCES if EVERYTHING else ("teens",)
"""Those whose colour is not the clinic's own; each is drawn by the same rules."""


@pytest.fixture(scope="module")
def yellow(tmp_path_factory: pytest.TempPathFactory) -> tuple[LibraryCase, dict[str, Any]]:
    folder = copy_of_leaflets(tmp_path_factory.mktemp("yellow"))
    case = LibraryCase(folder)
    case.replace(RIVERSIDE, "  any:", '  any: "#ffd400"')
    case.replace(RIVERSIDE, "  teens:", "")
    case.write("content/clinics/big.png", b"\x89PNG\r\n\x1a\n" + bytes(21 * 1024 * 1024 - 8))
    case.replace(RIVERSIDE, "logo:", "logo: big.png")
    case.write(RIVERSIDE, case.text(RIVERSIDE).split("shelf:")[0])
    done = run(folder, "build", "--clinic", "riverside", *(f"--audience={one}" for one in READERS), "--json")
    assert done.returncode == 0
    return case, json.loads(done.stdout)


@pytest.mark.pdf
def test_yellow_and_21_mb_clear_messages(yellow: tuple[LibraryCase, dict[str, Any]]) -> None:
    case, answer = yellow
    assert [(p["severity"], p["path"], p["line"], f"{p['what']} {p['mend']}") for p in to_mend(answer)] == [
        (
            "warning",
            RIVERSIDE,
            case.line(RIVERSIDE, "logo:"),
            f'The logo "big.png" has 21.0 MB; 20.0 MB is the most. {INSTEAD} Save it smaller, as PNG or JPEG.',
        ),
        (
            "warning",
            RIVERSIDE,
            case.line(RIVERSIDE, "  any:"),
            (
                "The colour #ffd400 is too light to read on paper (1.4:1); it is printed as #5e4e00 (8.1:1). "
                "Choose a darker colour, or leave it so."
            ),
        ),
    ]


@pytest.mark.pdf
def test_yellow_and_21_mb_readable_leaflets(yellow: tuple[LibraryCase, dict[str, Any]]) -> None:
    case, answer = yellow
    leaflets = [name for name in answer["rendered"] if "/leaflets/" in name]
    assert len(leaflets) == len(READERS)
    for name in leaflets:
        pdf = case.root / "output" / name
        assert "Riverside Talking Therapies" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
        twin = pdf.with_suffix(".html").read_text(encoding="utf-8")
        tokens = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", twin))
        assert tokens["clinic"] == "#5e4e00" and list(contrast.check(tokens)) == []
        drawn = {colour for _, colour in picture(pdf, 0, 100).getcolors(999_999) or []}
        assert (0x5E, 0x4E, 0x00) in drawn and (0xFF, 0xD4, 0x00) not in drawn
        assert complaints(pdf) == []
        assert "<img" not in twin
