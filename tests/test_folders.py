"""A clinic's own content folder lies over ours, file by file; ours is never written to."""

from __future__ import annotations

import os
import shutil
import tracemalloc
from pathlib import Path

import pytest
from layers_case import Layers, installed
from library_case import ROOT, TODAY, LibraryCase
from test_approve import now

from printables import paths
from printables.cache.library_key import library_key
from printables.library.folders import Folders
from printables.library.owners import EVERYTHING, owner_of
from printables.pipeline.build import Options
from printables.plan import Choice

IPT = "therapies/ipt.yaml"


@pytest.fixture
def layers(case: LibraryCase, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Layers:
    return installed(case, tmp_path_factory.mktemp("clinic"), monkeypatch)


def test_without_an_own_folder_ours_is_read(layers: Layers) -> None:
    library = layers.library()
    assert list(library.therapies) == ["ipt"] and "riverside" in library.clinics
    assert not layers.own.exists()


def test_own_records_stand_beside_ours_and_over_them(layers: Layers) -> None:
    text = layers.case.text(f"content/{IPT}")
    layers.write(IPT, text.replace("\nversion: ", '\nversion: "7.0"  # ', 1))
    layers.write("clinics/lakeside.yaml", "id: lakeside\nname: Lakeside\nregion: england\nlogo: riverside.svg\n")
    library = layers.library()
    assert library.therapies["ipt"].version == "7.0"
    assert library.place("therapy", "ipt").path == f"content/{IPT}"
    assert library.place("clinic", "lakeside", ("name",)).path == "content/clinics/lakeside.yaml"
    assert {"lakeside", "riverside"} <= library.clinics.keys() and {"lakeside", "riverside"} <= library.logos.keys()


def test_the_other_ending_is_the_same_record(layers: Layers) -> None:
    layers.write("therapies/ipt.yml", layers.case.text(f"content/{IPT}"))
    assert layers.library().place("therapy", "ipt").path == "content/therapies/ipt.yml"


def test_an_own_record_with_an_error_is_not_replaced_by_ours(layers: Layers) -> None:
    layers.write(IPT, "id: ipt\n")
    library, problems = layers.load()
    assert library is not None and library.broken == {"ipt"}
    assert all(problem.startswith(f"content/{IPT}:") for problem in problems)


def test_an_own_source_is_added_to_ours(layers: Layers) -> None:
    ours = layers.library()
    first = next(iter(ours.sources))
    entry = layers.case.text("content/sources.yaml").split("  - id: ")[1]
    changed = entry.replace('title: "', 'title: "Our ', 1)
    layers.write("sources.yaml", f"sources:\n  - id: {changed}  - id: {entry.replace(first, 'local-audit', 1)}")
    library = layers.library()
    assert list(library.sources) == [*ours.sources, "local-audit"]
    assert library.sources[first].title == f"Our {ours.sources[first].title}"
    assert library.place("source", "", ("sources", 0, "title")).path == "content/sources.yaml"
    assert library.place("source", "", ("sources", 0)).line == 2
    below = library.place("source", "", ("sources", 1))
    assert Path(below.path) == layers.shipped / "sources.yaml"
    assert below.line == layers.case.line("content/sources.yaml", "  - id: ", "  - id: ")
    assert library.place("source", "", ("sources", len(ours.sources))).path == "content/sources.yaml"


def test_a_fault_in_an_own_entry_names_the_own_file(layers: Layers) -> None:
    layers.write("glossary.yaml", "# ours\nterms:\n  - id: local\n    trem: Local\n")
    library, problems = layers.load()
    assert library is None
    count = layers.case.text("content/glossary.yaml").count("  - id: ") + 1
    missing = "This is required and missing. Add it; docs/fields.md says what it holds."
    assert problems == [
        f"content/glossary.yaml:3: terms.{count}.plain: {missing}",
        f'content/glossary.yaml:4: terms.{count}.trem: This key is unknown. Did you mean "term"?',
    ]


def test_an_id_that_stands_twice_in_the_own_file(layers: Layers) -> None:
    entry = "  - id: local\n    name: {any: local}\n"
    layers.write("conditions.yaml", f"conditions:\n{entry}{entry}")
    said = 'The id "local" stands twice; the first is on line 2. Rename or delete one.'
    assert layers.load()[1] == [f"content/conditions.yaml:4: {said}"]


def test_settings_and_fixed_words_are_merged_by_key(layers: Layers) -> None:
    ours = layers.library()
    layers.write("publisher.yaml", "clinic: riverside\n")
    word = next(iter(ours.locales["en"].words))
    layers.write("locales/en.yaml", f'language: en\nwords:\n  {word}: "Our word"\n')
    library = layers.library()
    assert (library.publisher.clinic, library.publisher.name) == ("riverside", ours.publisher.name)
    assert library.locales["en"].words == {**ours.locales["en"].words, word: "Our word"}


def test_a_fault_in_settings_names_the_file_with_the_key(layers: Layers) -> None:
    layers.write("publisher.yaml", "clinic: lakesde\n")
    layers.write("clinics/lakeside.yaml", "id: lakeside\nname: Lakeside\nregion: england\n")
    said = 'There is no clinic "lakesde". Did you mean "lakeside"?'
    assert layers.load()[1] == [f"content/publisher.yaml:1: {said}"]


def test_an_unreadable_own_file_is_not_left_out_in_silence(layers: Layers) -> None:
    layers.write("sources.yaml", "sources: [\n")
    library, problems = layers.load()
    assert library is None and all(problem.startswith("content/sources.yaml:") for problem in problems)


def test_a_record_knows_its_owner_in_both_folders(layers: Layers) -> None:
    for root in ("content", layers.shipped.as_posix()):
        assert owner_of(f"{root}/clinics/x.yaml", layers.folders) == ("clinic", "x")
        assert owner_of(f"{root}/site.yaml", layers.folders) == ("site", "site")
        assert owner_of(f"{root}/sources.yaml", layers.folders) == EVERYTHING


def test_the_key_of_what_is_shared_covers_both_folders(layers: Layers) -> None:
    templates = layers.case.root / "templates"
    keys = {library_key(layers.folders, templates), library_key(Folders(layers.shipped), templates)}
    layers.write("publisher.yaml", "clinic: riverside\n")
    keys.add(library_key(layers.folders, templates))
    layers.case.write("content/publisher.yaml", layers.case.text("content/publisher.yaml") + "# changed\n")
    keys.add(library_key(layers.folders, templates))
    assert len(keys) == 4
    layers.write(IPT, "not shared: a record has a key of its own")
    assert library_key(layers.folders, templates) in keys


def key_of_a_case(case: LibraryCase) -> str:
    return library_key(Folders(case.root / "content"), case.root / "templates")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["scan.tiff", "big.svg", "old.yaml"])
def test_two_gigabytes_beside_the_logos_are_not_read(case: LibraryCase, name: str) -> None:
    key_of_a_case(case)  # what is known of this machine is not measured
    big = case.path(f"content/clinics/{name}")
    big.touch()
    os.truncate(big, 2 * 1024**3)
    tracemalloc.start()
    key = key_of_a_case(case)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with big.open("r+b") as file:
        file.write(b"another first line")
    assert key_of_a_case(case) == key and peak < 20 * 1024**2
    os.truncate(big, 2 * 1024**3 - 1)
    assert key_of_a_case(case) != key  # a message names the size of a logo that is too large


def test_a_link_that_leads_out_is_not_followed(case: LibraryCase, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "riverside.png"
    outside.write_bytes(b"a")
    case.write("content/clinics/elm.yaml", "id: elm\nname: Elm\nregion: england\nlogo: elm.png\n")
    case.path("content/clinics/elm.png").symlink_to(outside)
    key = key_of_a_case(case)
    outside.write_bytes(b"b")
    assert key_of_a_case(case) == key
    said = 'The logo "elm.png" is a link that leads out of its folder. The leaflets show the clinic\'s name instead.'
    assert case.load()[1] == [f"content/clinics/elm.yaml:4: {said} Copy the file here."]


@pytest.mark.parametrize("typed", ["our logo.svg", '"our logo.svg"', "our\n  logo.svg", '"our \\u006cogo.svg"'])
def test_companion_a_logo_that_a_clinic_names_is_part_of_the_key(case: LibraryCase, typed: str) -> None:
    case.write("content/clinics/elm.yaml", f"id: elm\nname: Elm\nregion: england\nlogo: {typed}\n")
    case.write("content/clinics/our logo.svg", "<svg/>")
    key = key_of_a_case(case)
    case.write("content/clinics/our logo.svg", "<SVG/>")
    assert key_of_a_case(case) != key


def test_the_fast_path_watches_both_folders(layers: Layers) -> None:
    watched = [folder.resolve() for folder in paths.sources(paths.content(), paths.templates())]
    assert {layers.own.resolve(), layers.shipped.resolve()} <= set(watched)


def test_a_whole_library_of_ones_own_stands_alone(layers: Layers) -> None:
    shutil.copytree(layers.shipped, layers.own)
    assert paths.shipped_below(Path("content")) is None
    layers.write(paths.COPIED, "copied: []\n")
    assert paths.shipped_below(Path("content")) == layers.shipped
    (layers.own / paths.COPIED).unlink()
    (layers.own / "glossary.yaml").unlink()
    assert paths.shipped_below(Path("content")) == layers.shipped


def test_in_the_checkout_nothing_lies_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert paths.shipped_below(paths.content()) is None


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_no_command_writes_below_the_shipped_folder(layers: Layers) -> None:
    """`approve`, for which there is no folder yet, `init`, `new`, `pack new`, `copy`, `upgrade-report --seen`."""
    before = snapshot(layers.case.root)
    words = now(layers.case, "ipt", "adults")
    for folder, _, _ in os.walk(layers.case.root):
        os.chmod(folder, 0o555)  # noqa: PTH101, S103 - nobody but root could write there
    try:
        done = [
            layers.run("approve", "ipt", "adults", "--words", words, "--name", "A", "--role", "B"),
            layers.run("init", "--yes", "--name", "Lakeside", "--region", "england"),
            layers.run("new", "guided-self-help"),
            layers.run("pack", "new", "our-course"),
            layers.run("copy", "ipt", "england"),
            layers.run("upgrade-report", "--seen", "ipt"),
        ]
    finally:
        for folder, _, _ in os.walk(layers.case.root):
            os.chmod(folder, 0o755)  # noqa: PTH101, S103
    assert [(run.exit_code, run.stderr) for run in done] == [(0, "")] * 6
    assert snapshot(layers.case.root) == before
    made = {path.relative_to(layers.own).as_posix() for path in layers.own.rglob("*") if path.is_file()}
    assert {
        "approvals.yaml",
        "clinics/lakeside.yaml",
        "therapies/guided-self-help.yaml",
        "packs/our-course.yaml",
        IPT,
    } <= made


def test_the_shipped_folder_is_refused_as_a_place_to_write(layers: Layers) -> None:
    shipped = str(layers.shipped)
    for command in (("init", "--yes", "--name", "Lakeside"), ("new", "other")):
        run = layers.run(*command, "--content", shipped)
        assert run.exit_code == 1
        assert run.stderr.endswith(
            ": This folder is part of the installed Printables, and an upgrade would remove what is written here. "
            "Name a folder of your own with --content.\n"
        )


def test_a_new_record_may_not_have_the_name_of_ours(layers: Layers) -> None:
    assert layers.run("new", "ipt").stderr == (
        "error: content/therapies/ipt.yaml: Printables comes with a record of this name: therapies/ipt. Choose another "
        "id, or change a copy of ours: printables copy ipt.\n"
    )
    assert layers.run("init", "--yes", "--name", "Riverside").stderr == (
        "error: --id: An example clinic that comes with Printables is called riverside. Choose another short name, or "
        "copy it: printables copy riverside.\n"
    )


def test_options_read_both_folders_and_write_into_one() -> None:
    options = Options(Path("content"), Path("t"), Path("o"), TODAY, Choice(), shipped=Path("/shipped"))
    assert options.folders == Folders(Path("content"), Path("/shipped"))
    assert [layer.as_posix() for layer in options.folders.layers()] == ["/shipped", "content"]
