"""The manifest is the same for the same content, and nothing found in its place can crash or mislead a build."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from printables.checklist import Rule
from printables.publish import manifest
from printables.publish.manifest import Entry, File, Manifest
from printables.typeset.page import Finding

TWIN = File("leaflets/teens/a.html", "1" * 64, 12)
WARNING = Finding(Rule.A16, "The last page is nearly empty.", "Shorten the text.", "warning", "sources")
ENTRY = Entry(
    path="leaflets/teens/a.pdf",
    key="k" * 64,
    sha256="0" * 64,
    bytes=1234,
    pages=2,
    title="Für Jugendliche \ud800",
    code="IPT-T",
    version="1.2",
    therapy="ipt",
    audience="teens",
    language="de",
    last_review="2025-01-31",
    next_review="2027-01-31",
    findings=(WARNING,),
    files=(TWIN,),
)
OTHER = replace(ENTRY, path="leaflets/adults/a.pdf", files=())


def put(output: Path, change: Any = None) -> None:
    """A good manifest, changed by `change` before it is written."""
    whole = json.loads(manifest.dump(Manifest(entries=(ENTRY, OTHER))))
    if change:
        change(whole)
    (output / manifest.NAME).write_text(json.dumps(whole))


def test_what_is_dumped_is_read_back(tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).write_bytes(manifest.dump(Manifest(entries=(ENTRY, OTHER))))
    read, problems = manifest.read(tmp_path)
    assert problems == []
    assert set(read.entries) == {ENTRY, OTHER}


def test_the_order_of_entries_and_files_makes_no_difference() -> None:
    twins = (TWIN, replace(TWIN, path="b.html"))
    one = Manifest(entries=(replace(ENTRY, files=twins), OTHER))
    two = Manifest(entries=(OTHER, replace(ENTRY, files=twins[::-1])))
    assert manifest.dump(one) == manifest.dump(two)
    assert manifest.dump(one).endswith(b"}\n")
    assert manifest.dump(one) != manifest.dump(Manifest(entries=(ENTRY, OTHER)))


def test_a_manifest_from_before_findings_held_the_line_is_read(tmp_path: Path) -> None:
    def without_line(whole: dict[str, Any]) -> None:
        for entry in whole["entries"]:
            for finding in entry["findings"]:
                del finding["line"]

    put(tmp_path, without_line)
    read, problems = manifest.read(tmp_path)
    assert (set(read.entries), problems) == ({ENTRY, OTHER}, [])
    assert any(entry.findings for entry in read.entries)


def test_none_is_an_empty_one(tmp_path: Path) -> None:
    assert manifest.read(tmp_path) == (Manifest(), [])


GOOD = manifest.dump(Manifest(entries=(ENTRY,)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'"manifest"',
        b"[" * 100_000,
        b"9" * 5_000,
        GOOD[: len(GOOD) // 2],
        GOOD[:-3],
        b'{"name": "A web app", "version": 1, "entries": []}',
    ],
    ids=lambda content: repr(content[:20]),
)
def test_anything_else_is_empty_with_one_warning(content: bytes, tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).write_bytes(content)
    unreadable(tmp_path)


def set_entry(**values: Any) -> Any:
    return lambda whole: whole["entries"][0].update(values)


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole.update(version=3),
        lambda whole: whole.update(version="1"),
        lambda whole: whole.update(entries={}),
        lambda whole: whole["entries"].append(whole["entries"][0]),
        lambda whole: whole["entries"][0].pop("sha256"),
        set_entry(bytes=True),
        set_entry(bytes="12"),
        set_entry(pages=2.0),
        set_entry(path=None),
        set_entry(files=[{"path": "a"}]),
        set_entry(findings=[{"rule": "A1", "what": "x", "mend": "y", "severity": "loud", "section": ""}]),
    ],
)
def test_a_later_version_or_a_wrong_field_is_empty_with_one_warning(change: Any, tmp_path: Path) -> None:
    put(tmp_path, change)
    unreadable(tmp_path)


def unreadable(output: Path) -> None:
    read, problems = manifest.read(output)
    assert read == Manifest()
    assert [problem.severity for problem in problems] == ["warning"]
    assert "Everything will be rendered again." in str(problems[0])


def test_a_folder_in_its_place_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).mkdir()
    unreadable(tmp_path)


@pytest.mark.parametrize("path", ["/etc/passwd", "../../a.pdf", "leaflets/../../a.pdf", "", "C:\\a.pdf"])
def test_entries_that_lead_out_are_dropped(path: str, tmp_path: Path) -> None:
    put(tmp_path, set_entry(path=path))
    read, problems = manifest.read(tmp_path)
    assert (len(read.entries), problems) == (1, [])
    put(tmp_path, set_entry(files=[{"path": path, "sha256": "", "bytes": 1}]))
    assert len(manifest.read(tmp_path)[0].entries) == 1


def test_on_disk_wants_the_very_content_in_a_real_file(tmp_path: Path) -> None:
    file = manifest.described("a.pdf", b"content")
    assert not manifest.on_disk(tmp_path, file)
    (tmp_path / "a.pdf").write_bytes(b"content")
    assert manifest.on_disk(tmp_path, file)
    (tmp_path / "a.pdf").rename(tmp_path / "b.pdf")
    (tmp_path / "a.pdf").symlink_to("b.pdf")
    assert not manifest.on_disk(tmp_path, file)
    (tmp_path / "b.pdf").write_bytes(b"CONTENT")
    assert not manifest.on_disk(tmp_path, replace(file, path="b.pdf"))
