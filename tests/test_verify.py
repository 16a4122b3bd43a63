"""Whatever happened to a published folder is found, and a good one has nothing wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from front_door import run
from sample_leaflet import leaflet

from printables.publish import manifest
from printables.publish import publisher as publish_module
from printables.publish.jobs import PrintJob
from printables.publish.verify import verify
from printables.typeset.page import Page, Printed

BLANK = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PAGE = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%s>>endobj\ntrailer<</Root 1 0 R>>\n"
LINK = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(%s)>>>>]"
PDF = "leaflets/teens/a.pdf"
TWIN = "leaflets/teens/a.txt"
HTML_TWIN = "leaflets/teens/a.html"


def blank(page: Page) -> Printed:
    """A stand-in for the engine: an empty page, or one with a link to what the HTML says."""
    return Printed(BLANK + PAGE % (LINK % page.html.encode() if page.html else b""), 1)


def not_a_pdf(page: Page) -> Printed:
    return Printed(b"oops", 1)


def job(page: Page) -> PrintJob:
    return PrintJob(
        PDF, "A", "C", "1", "ipt", "teens", "en", "2025-01-01", "2027-01-01", page=page, siblings=((TWIN, b"<p>"),)
    )


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return publish(tmp_path, "")


def publish(output: Path, html: str, typeset: object = blank) -> Path:
    made = Page(html, "")
    publish_module.publish(
        [job(made)],
        output,
        keep=lambda entry: False,
        workers=1,
        on_done=lambda path: None,
        typeset=typeset,  # type: ignore[arg-type]
    )
    return output


def said(output: Path) -> list[tuple[str, str]]:
    return [(problem.severity, Path(problem.path).name + ": " + problem.what) for problem in verify(output)]


@pytest.mark.slow
def test_a_good_folder_has_nothing_wrong(output: Path) -> None:
    assert verify(output) == []


def test_before_the_first_build_there_is_nothing_to_hand_out(tmp_path: Path) -> None:
    assert said(tmp_path) == [("error", "manifest.json: There is no manifest here, so nothing has been published.")]


@pytest.mark.slow
@pytest.mark.parametrize("name", [PDF, TWIN])
def test_a_lost_file(name: str, output: Path) -> None:
    (output / name).unlink()
    assert said(output) == [("error", f"{Path(name).name}: This file was published and is missing.")]


@pytest.mark.slow
@pytest.mark.parametrize("name", [PDF, TWIN])
def test_a_changed_file(name: str, output: Path) -> None:
    data = (output / name).read_bytes()
    (output / name).write_bytes(data[:-1] + b"!")  # the size alone would not tell
    assert said(output) == [("error", f"{Path(name).name}: This file is not the one that was published.")]


@pytest.mark.slow
def test_a_pdf_that_nobody_published(output: Path) -> None:
    (output / "leaflets" / "draft.PDF").touch()
    (output / "leaflets" / "notes.txt").touch()
    (output / "other.pdf").touch()
    assert said(output) == [("warning", "draft.PDF: This PDF is not one of the published leaflets.")]


@pytest.mark.slow
def test_a_manifest_that_cannot_be_read(output: Path) -> None:
    (output / manifest.NAME).write_text("{")
    ((severity, text),) = said(output)
    assert severity == "error"
    assert text.endswith("This is not a manifest that this version can read.")


@pytest.mark.slow
def test_a_link_that_should_not_be_there_is_found_in_the_pdf(tmp_path: Path) -> None:
    publish(tmp_path, "file:///etc/passwd")
    problems = verify(tmp_path)
    assert [(problem.therapy, problem.audience, problem.rule) for problem in problems] == [("ipt", "teens", "A15")]
    assert verify(publish(tmp_path, "https://www.example.org")) == []


@pytest.mark.slow
def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    assert said(publish(tmp_path, "", not_a_pdf)) == [("error", "a.pdf: This is not a PDF that can be opened.")]


@pytest.mark.pdf
def test_the_real_engine_from_page_to_verified_folder(tmp_path: Path) -> None:
    jobs = [job(leaflet())]
    for expected in ((PDF,), ()):
        done = publish_module.publish(jobs, tmp_path, keep=lambda _: False, workers=1, on_done=lambda _: None)
        assert (done.rendered, done.failed) == (expected, ())
    assert done.entries[0].pages >= 2
    assert verify(tmp_path) == []


@pytest.mark.pdf
def test_words_of_the_page_that_are_not_in_the_pdf_are_found(tmp_path: Path) -> None:
    """A twin that says more than its PDF: both are as published, and still they differ."""
    page = leaflet()
    for name, twin in (
        ("same", page.html),
        ("more", page.html.replace("</body>", "<p>Bring your umbrella.</p></body>")),
    ):
        dates = ("2025-01-01", "2027-01-01")
        twins = ((HTML_TWIN, twin.encode()),)
        made = PrintJob(PDF, "A", "C", "1", "ipt", "teens", "en", *dates, page=page, siblings=twins)
        publish_module.publish([made], tmp_path / name, keep=lambda _: False, workers=1, on_done=lambda _: None)
    assert verify(tmp_path / "same") == []
    (problem,) = verify(tmp_path / "more")
    assert (problem.rule, problem.severity) == ("A16", "error")
    assert "umbrella" in problem.what


@pytest.mark.slow
def test_the_command_looks_at_what_was_released_too(tmp_path: Path) -> None:
    publish(tmp_path / "output", "")
    publish(tmp_path / "output/release", "")
    (tmp_path / "output/release" / TWIN).unlink()
    done = run(tmp_path, "verify", "--files-only")
    lost = "This file was published and is missing. Build again; it will be made anew."
    assert (done.returncode, done.stderr) == (1, f"error: output/release/{TWIN}: {lost}\n")
