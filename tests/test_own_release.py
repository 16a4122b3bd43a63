"""From an empty folder to released leaflets with a clinic's name, approved there; and what an upgrade leaves of it."""

from __future__ import annotations

import json
import shutil

import pytest
from layers_case import Layers, installed
from library_case import ROOT, LibraryCase, record_version
from test_approve import TODAY, subject

from printables.typeset.inspect.inspect import pdf_text

IPT = "content/therapies/ipt.yaml"
CLINIC = ("--clinic", "lakeside")
READERS = ("--audience", "adults", "--audience", "teens")
RELEASED = "output/release/clinics/lakeside/leaflets"
DRAFT = "not yet approved"
NOBODY = f"Nobody has approved version {record_version()} for adults."
PHASES = ("author", 'The phases of "young-people" in courses are unchecked.')
VOID = f"A. Example approved this for teenagers on {TODAY}, and the words have changed since."
TEENS_WORD = ("      Then people stop asking", "      Then people ask you less, and you feel worse.")


@pytest.fixture
def layers(case: LibraryCase, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Layers:
    """One therapy without worksheets, as installed, and a folder in which nothing is."""
    case.replace(IPT, "worksheets: ", "worksheets: []")
    return installed(case, tmp_path_factory.mktemp("clinic"), monkeypatch)


def said(layers: Layers, *command: str, code: int = 0) -> str:
    done = layers.run(*command)
    assert done.exit_code == code, done.output
    return done.stdout


def approve(layers: Layers, audience: str, *more: str) -> str:
    """Type the command that the review sheet prints, with a person's name and role."""
    said(layers, "review-sheet", "ipt", audience, *CLINIC)
    sheet = (layers.here / f"output/proofs/ipt-{audience}-review.html").read_text(encoding="utf-8")
    command = sheet.partition("<pre>printables ")[2].partition(" --name")[0]
    return said(layers, *command.split(), *more, "--name", "A. Example", "--role", "Psychologist")


def states(layers: Layers) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """State of each of the two leaflets, and who can mend what."""
    found = json.loads(layers.run("release-status", *CLINIC, *READERS, "--json").stdout)["leaflets"]
    return {one["audience"]: (one["state"], [(p["who"], p["what"]) for p in one["missing"]]) for one in found}


@pytest.mark.pdf
@pytest.mark.slow
def test_from_nothing_to_a_release_and_over_an_upgrade(layers: Layers) -> None:
    shutil.copy(ROOT / "content/clinics/riverside.svg", layers.here / "logo.svg")
    said(layers, "init", "--yes", "--name", "Lakeside", "--region", "england", "--logo", "logo.svg")
    assert states(layers)["adults"] == ("missing", [("clinician", NOBODY)])
    assert states(layers)["teens"] == ("missing", [PHASES, ("clinician", NOBODY.replace("adults", "teenagers"))])
    approve(layers, "adults")
    approve(layers, "teens")
    assert (layers.own / "approvals.yaml").is_file() and not (layers.shipped / "approvals.yaml").exists()
    assert states(layers)["adults"] == states(layers)["teens"] == ("ready", [])
    release = ("build", "--release", *CLINIC, *READERS, "--jobs", "1")
    said(layers, *release)
    assert states(layers)["adults"] == states(layers)["teens"] == ("released", [])
    said(layers, "verify", "--output", "output/release")
    pdf = (layers.here / RELEASED / "teens/ipt-teens-en.pdf").read_bytes()
    words = " ".join(" ".join(pdf_text(pdf)).split())
    assert "Lakeside" in words and "Approved by A. Example, Psychologist, on " in words and DRAFT not in words

    # An upgrade: ours has other words for teenagers, and so a newer version.
    before = {path: path.read_bytes() for path in layers.own.rglob("*") if path.is_file()}
    layers.case.replace(IPT, *TEENS_WORD)
    layers.case.replace(IPT, "version: ", 'version: "9.0"')
    assert {path: path.read_bytes() for path in layers.own.rglob("*") if path.is_file()} == before
    assert states(layers)["adults"] == ("ready", []), "the approval of words that did not change"
    assert states(layers)["teens"] == ("missing", [PHASES, ("clinician", VOID)])
    said(layers, *release, code=1)
    assert states(layers)["adults"] == ("released", [])
    assert (layers.here / RELEASED / "teens/ipt-teens-en.pdf").read_bytes() == pdf, "the last approved one stays"


def test_a_copy_keeps_the_approvals_that_stand_in_the_record(layers: Layers) -> None:
    """Those from before there was approvals.yaml, in the file of ours that is copied, and those beside it."""
    words, day = subject(layers.case, "teens").leaflet.content, TODAY
    given = f'{{audience: teens, name: A, role: B, date: "{day}", version: "{record_version()}", content: "{words}"}}'
    layers.case.replace(IPT, "  funding:", f"{{}}\n  approvals:\n    - {given}")
    said(layers, "init", "--yes", "--name", "Lakeside", "--region", "england")
    approve(layers, "adults")
    before = states(layers)
    assert before["adults"] == ("ready", []) and before["teens"] == ("missing", [PHASES])
    said(layers, "copy", "ipt")
    assert states(layers) == before
