"""Step 5, the engine: PDFs that checkers accept, the same bytes everywhere, no way out for hostile input."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import outloud
import page as page_validation
import pikepdf
import pypdf
import pytest
from sample_leaflet import CSS, HTML, leaflet, spoiled

from printables.typeset.engine import typeset
from printables.typeset.fonts import font_assets, font_css
from printables.typeset.page import Finding, Page, Printed
from printables.typeset.pictures import page_pictures

ROOT = Path(__file__).resolve().parent.parent
FILES = "which is not among its own files"


@pytest.fixture(scope="module")
def good() -> Printed:
    return typeset(leaflet())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Object]:
    """Every element of the tag tree of one kind, such as /TH, that is reachable from its root."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == kind:
            yield element
        if isinstance(kids := element.get("/K"), pikepdf.Array):
            waiting.extend(kid for kid in list(kids) if isinstance(kid, pikepdf.Dictionary))


def bare(body: str, head: str = "") -> Page:
    html = f'<!doctype html><html lang="en"><head><title>t</title>{head}</head><body><h1>T</h1>{body}</body></html>'
    return Page(html=html, css=CSS)


def says(findings: tuple[Finding, ...], words: str) -> bool:
    return any(words in finding.what for finding in findings)


@pytest.mark.pdf
def test_the_good_leaflet_has_no_findings(good: Printed) -> None:
    assert good.findings == ()
    assert good.pages == len(opened(good.pdf).pages) == 2


@pytest.mark.pdf
def test_independent_checkers_accept_it(good: Printed, tmp_path: Path) -> None:
    report = page_validation.validate_pdf_bytes(good.pdf, profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []
    assert report.is_compliant and report.rules.total > 50
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(good.pdf)
    result = outloud.check(str(path))
    assert result.error is None
    assert [(finding.rule, finding.message) for finding in result.findings] == []


@pytest.mark.pdf
def test_the_checkers_reject_what_the_finisher_mends(tmp_path: Path) -> None:
    """Without the finisher outloud fails, so the test above has something to say."""
    from weasyprint import HTML as Engine  # noqa: N811

    path = tmp_path / "raw.pdf"
    Engine(string=HTML).write_pdf(str(path), pdf_variant="pdf/ua-1")
    rules = {finding.rule for finding in outloud.check(str(path)).findings}
    assert {"TBL-002", "LNK-004"} <= rules


@pytest.mark.pdf
def test_tags_that_the_finisher_adds(good: Printed) -> None:
    pdf = opened(good.pdf)
    scopes = [str(cell.A.Scope) for cell in elements(pdf, "/TH")]
    assert sorted(scopes) == ["/Column"] * 3 + ["/Row"] * 3
    links = [link for sheet in pdf.pages for link in sheet.get("/Annots", [])]
    assert {int(link.F) for link in links} == {4}
    assert {"Help now", "116 123", "Depression in adults, NG222"} <= {str(link.Contents) for link in links}
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert [str(figure.Alt) for figure in elements(pdf, "/Figure")] == ["Two of three parts are done"]


@pytest.mark.pdf
def test_headers_and_footers_are_artifacts(good: Printed) -> None:
    for sheet in opened(good.pdf).pages:
        content = sheet.Contents.read_bytes()
        assert content.count(b"/Pagination") == 2
    assert all(b"/Pagination" not in sheet.Contents.read_bytes() for sheet in opened(unmended()).pages)


def unmended() -> bytes:
    from weasyprint import HTML as Engine  # noqa: N811

    return bytes(Engine(string=HTML).write_pdf(pdf_variant="pdf/ua-1"))


@pytest.mark.pdf
def test_metadata_and_bookmarks_come_from_the_html(good: Printed) -> None:
    pdf = opened(good.pdf)
    info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert info["/Title"] == "Demo therapy: a leaflet for adults"
    assert (info["/Author"], info["/Subject"]) == ("Demo Clinic", "What demo therapy is.")
    assert (info["/CreationDate"], info["/ModDate"]) == ("D:20250110", "D:20250201")
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Demo therapy"]
        assert [item.title for item in outline.root[0].children][:2] == ["In short", "What happens"]


@pytest.mark.pdf
@pytest.mark.long  # a page with fields is looked at in test_forms.py
def test_same_bytes_in_other_processes(good: Printed, tmp_path: Path) -> None:
    """Another time zone, hash seed, locale and folder, and a leaflet made before it: still the same bytes (A21)."""
    script = (
        "import sys, hashlib; from sample_leaflet import leaflet; from printables.typeset.engine import typeset;"
        "[typeset(leaflet(('Demo', 'Other'))) for _ in range(int(sys.argv[1]))];"
        "sys.stdout.buffer.write(typeset(leaflet()).pdf)"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    made = []
    for zone, seed, before in (("Pacific/Auckland", "1", "0"), ("America/Lima", "77", "1")):
        folder = tmp_path / seed
        folder.mkdir()
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "LC_ALL": "C.UTF-8"}
        run = subprocess.run(
            [sys.executable, "-c", script, before], cwd=folder, env=env, check=True, capture_output=True
        )
        assert run.stderr == b""
        made.append(run.stdout)
    assert made == [good.pdf, good.pdf]
    assert typeset(leaflet(("Demo", "Other"))).pdf != good.pdf


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("body", "head", "words"),
    [
        pytest.param('<img src="file:///etc/passwd" alt="x">', "", FILES, id="file"),
        pytest.param('<img src="http://127.0.0.1:9/a.png" alt="x">', "", FILES, id="http"),
        pytest.param('<img src="data:image/png;base64,AAAA" alt="x">', "", FILES, id="data"),
        pytest.param('<img src="missing.png" alt="x">', "", '"missing.png", ' + FILES, id="missing asset"),
        pytest.param('<a rel="attachment" href="file:///etc/passwd">a</a>', "", FILES, id="attach-a"),
        pytest.param("<p>x</p>", '<link rel="attachment" href="file:///etc/passwd">', FILES, id="attach-link"),
        pytest.param("<p>x</p>", '<style>@import "loop.html";</style>', FILES, id="import-loop"),
        pytest.param('<svg><title>x</title><image href="file:///etc/passwd"/></svg>', "", FILES, id="inside an SVG"),
        pytest.param("<div>" * 400 + "x" + "</div>" * 400, "", "nested too deeply", id="deep"),
        pytest.param('<table><tr><td colspan="1000000000">a</td></table>', "", "covers more than 100", id="colspan"),
        pytest.param('<p style="colour: red">x</p>', "", "engine complains", id="unknown CSS"),
        pytest.param('<p><a href="#nowhere">x</a></p>', "", "engine complains", id="dead anchor"),
    ],
)
def test_refused(body: str, head: str, words: str, capfd: pytest.CaptureFixture[str]) -> None:
    printed = typeset(bare(body, head))
    assert says(printed.findings, words)
    assert any(finding.severity == "error" for finding in printed.findings)
    assert b"root:" not in printed.pdf
    assert capfd.readouterr() == ("", "")


@pytest.mark.pdf
def test_a_harmless_page_is_not_refused() -> None:
    """The frame of the cases above is not what they are refused for; a picture in the assets is served."""
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    page = bare('<p>x</p><img src="pictures/a.svg" alt="A square">')
    printed = typeset(Page(page.html, page.css, (("pictures/a.svg", picture),)))
    assert printed.findings == ()
    assert [str(figure.Alt) for figure in elements(opened(printed.pdf), "/Figure")] == ["A square"]


@pytest.mark.pdf
def test_an_asset_may_not_be_attached() -> None:
    page = bare('<p><a rel="attachment" href="a.txt">a</a></p>')
    assert says(typeset(Page(page.html, page.css, (("a.txt", b"x"),))).findings, "attached file")


@pytest.mark.pdf
@pytest.mark.parametrize("css", ["@import 'x.css';", "p { colour: red }", "p { background: url(x.png) }"])
def test_a_bad_style_sheet_is_named_each_time(css: str) -> None:
    """The parsed sheet is kept, and so is what was wrong with it."""
    first, second = (typeset(Page("<html lang=en><title>t</title><h1>T</h1><p>x</p>", CSS + css)) for _ in range(2))
    assert first.findings == second.findings
    assert says(first.findings, FILES) or says(first.findings, "engine complains")


@pytest.mark.pdf
def test_a_sign_that_the_font_lacks_is_an_error() -> None:
    findings = typeset(spoiled("<p>Well done \U0001fae8 \u2603</p>")).findings
    assert says(findings, "engine complains") or says(findings, "font")
    assert {finding.severity for finding in findings} == {"error"}


@pytest.mark.pdf
def test_no_program_is_started_to_find_the_engines_libraries() -> None:
    script = (
        "import ctypes.util, os, sys; search, ran = ctypes.util.find_library, []\n"
        "sys.addaudithook(lambda event, given: ran.append(given) if event == 'subprocess.Popen' else None)\n"
        "from printables.typeset.page import Page; from printables.typeset.engine import typeset\n"
        "typeset(Page('<p>x</p>', '')); before = list(ran)\n"
        "print(before, search is ctypes.util.find_library, bool(search('c')), bool(ran), flush=True)\n"
        "os._exit(0)"  # Python 3.11 can crash where a hook outlives what it is written in
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[] True True True\n", "the search itself starts programs"


@pytest.mark.pdf
def test_a_style_sheet_with_notes_has_their_numbers() -> None:
    noted = bare('<p>word<span class="n">What stands below.</span></p>')
    made = typeset(Page(html=noted.html, css=CSS + ".n { float: footnote }"))
    text = pypdf.PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text()
    assert "word1" in text and "1. What stands below." in text


@pytest.mark.pdf
def test_logging_is_left_as_it_was() -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.propagate, logger.handlers[:])
    typeset(bare('<p style="colour: red">x</p>'))
    assert (logger.propagate, logger.handlers) == before


@pytest.mark.pdf
def test_pictures_of_pages(good: Printed) -> None:
    pictures = page_pictures(good.pdf, dpi=36)
    assert len(pictures) == good.pages
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_the_fonts_are_those_of_the_style_sheet() -> None:
    assert all(f'url("{name}")' in font_css() for name in font_assets())
    assert all(data.startswith(b"\x00\x01\x00\x00") for data in font_assets().values())


def pointing(body: str, asked: str = "far") -> Page:
    link = f'<p><a href="#{asked}" data-number="{{page:{asked}}}">Help</a></p>'
    style = "a::after { content: ' on page ' attr(data-number) '.' } .on { break-before: page }"
    return Page(html=bare(f"{link}{body}").html, css=CSS + style)


@pytest.mark.pdf
def test_a_leaflet_names_the_page_whatever_page_the_one_before_it_named() -> None:
    def helped(pages: int) -> Printed:
        others = "".join(f'<section class="on"><h2>N{n}</h2><p>x</p></section>' for n in range(pages))
        return typeset(pointing(f'{others}<section id="far" class="on"><h2>Help</h2><p>y</p></section>'))

    first, later, again = helped(1), helped(3), helped(1)
    said = [pypdf.PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text() for made in (first, later, again)]
    assert [words.split("Help ")[1].splitlines()[0] for words in said] == ["on page 3.", "on page 5.", "on page 3."]
    assert first.pdf == again.pdf


def test_the_number_of_a_page_that_is_nowhere_is_named() -> None:
    assert says(typeset(pointing("<p>x</p>")).findings, 'the page with "far" is asked for, which is nowhere')
