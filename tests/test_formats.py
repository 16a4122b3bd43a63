"""The formats beside each PDF: all that the program knows of one stands in its module's FORMAT."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest
from leaflet_case import ROOT, real
from test_braille import needs_liblouis

from printables.cli.app import cli
from printables.files import is_safe
from printables.pages import formats
from printables.pages.formats import braille, liblouis, registry, text, web_page
from printables.pages.templates.render import Pages
from printables.pipeline.print_job import job_paths, print_job
from printables.site.catalogue import MEDIA_TYPES
from printables.site.hosting import KINDS
from printables.site.survey import FORMATS, ORDER

ALL = registry.all_formats()
MEND = "On Debian run `apt install liblouis20 liblouis-data`, on macOS `brew install liblouis`."


def test_formats_are_found_in_their_folder_those_that_are_always_made_first() -> None:
    assert ALL == (text.FORMAT, web_page.FORMAT, braille.FORMAT)
    assert [one.option for one in ALL if not one.option] == ["", ""]
    assert {module.name for module in pkgutil.iter_modules(formats.__path__)} >= {"registry", "html_tree"}, "no formats"


def clashes(found: tuple[registry.Format, ...]) -> list[str]:
    """Names and endings that two formats share, that are no plain ones, or that are the PDF's own."""
    names, suffixes = [one.name for one in found], [one.suffix for one in found]
    twice = [one for one in (*names, *suffixes) if names.count(one) + suffixes.count(one) > 1 or one == ".pdf"]
    odd = [one for one in suffixes if not re.fullmatch(r"\.[a-z0-9]+", one) or not is_safe(f"a{one}")]
    return [*twice, *odd, *(one for one in names if not re.fullmatch(r"[a-z][a-z-]+", one))]


def test_no_two_formats_share_a_name_or_an_ending() -> None:
    assert clashes(ALL) == []
    wrong = registry.Format("a b", "pdf", "t", "m", lambda _: b"")
    assert clashes((wrong, *ALL)) == ["pdf", "a b"]
    assert clashes((*ALL, text.FORMAT)) == ["text", "text", ".txt", ".txt"]


def test_what_is_asked_for_is_made_besides_what_always_is() -> None:
    assert [one.suffix for one in registry.asked_for(())] == [".txt", ".html"]
    assert [one.suffix for one in registry.asked_for(("braille",))] == [".txt", ".html", ".brf"]


@pytest.mark.parametrize("names", [(), pytest.param(("braille",), marks=needs_liblouis)])
def test_the_job_writes_the_files_that_were_planned(names: tuple[str, ...]) -> None:
    subject = real("teens")
    job = print_job(Pages(ROOT / "templates", ROOT / "templates"), subject, names)
    assert list(job.paths()) == list(job_paths(subject.item, names))
    assert len(job.siblings) == 2 + len(names) and all(data for _, data in job.siblings)
    assert job.beside(".txt") == text.plain_text(job.page.html).encode()
    assert b"<style>" in job.beside(".html")


def test_the_website_knows_each_format() -> None:
    assert ORDER == ("PDF", "SHEETS", "TXT", "BRF"), "a leaflet's page is there already, so it is no download"
    assert set(FORMATS) == {".txt", ".brf"}
    for one in ALL:
        assert KINDS[one.suffix] == MEDIA_TYPES[one.label] == one.media_type


@pytest.mark.slow
def test_a_format_that_cannot_be_made_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(liblouis, "NAMES", ("libnowhere.so.20",))
    choice = ["--therapy", "ipt", "--audience", "teens", "--allow-overdue", "--jobs", "1", "--quiet"]
    with pytest.raises(SystemExit) as ended:
        cli(["build", *choice, "--braille", "--output", str(tmp_path / "output")], standalone_mode=False)
    assert ended.value.code == 1
    assert capfd.readouterr().err == f"error: command line: The Braille library liblouis is not installed. {MEND}\n"
