"""`where`, `copy` and `upgrade-report`: whose file is whose, and what changed in ours since it was copied."""

from __future__ import annotations

import json
import shutil

import pytest
from layers_case import Layers, installed
from library_case import LibraryCase

from printables import __version__, paths
from printables.authoring.field_changes import FieldChange, field_changes

IPT = "therapies/ipt.yaml"
MERGED = (
    "needs no copy: what you write into content/{}.yaml is put together with ours, and yours counts. "
    "Write there only the {}."
)


@pytest.fixture
def layers(case: LibraryCase, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Layers:
    return installed(case, tmp_path_factory.mktemp("clinic"), monkeypatch)


def lines(layers: Layers, *command: str) -> list[str]:
    run = layers.run(*command)
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout.splitlines()


def change(layers: Layers, before: str, after: str) -> None:
    """An upgrade: other words in our record."""
    text = layers.case.text(f"content/{IPT}")
    assert before in text
    layers.case.write(f"content/{IPT}", text.replace(before, after, 1))


def test_where_says_whose_each_file_is(layers: Layers) -> None:
    layers.write(IPT, layers.case.text(f"content/{IPT}"))
    layers.write("clinics/lakeside.yaml", "id: lakeside\nname: Lakeside\nregion: england\n")
    layers.write("publisher.yaml", "clinic: lakeside\n")
    layers.write("approvals.yaml", "approvals: []\n")
    said = lines(layers, "where")
    assert "ours             sources.yaml" in said
    assert "yours and ours   publisher.yaml" in said
    assert "yours over ours  therapies/ipt.yaml" in said
    assert "yours            clinics/lakeside.yaml" in said
    assert "ours             clinics/riverside.svg" in said
    assert said[-2:] == ["Yours: content", f"Ours:  {layers.shipped.as_posix()}"]
    files = json.loads(layers.run("where", "--yours", "--json").stdout)["files"]
    assert files == {
        "publisher.yaml": "yours and ours",
        IPT: "yours over ours",
        "clinics/lakeside.yaml": "yours",
        "approvals.yaml": "yours",
    }


def test_a_copy_is_the_same_file_and_is_noted(layers: Layers) -> None:
    assert lines(layers, "copy", "ipt", "regions/england") == [
        "Wrote content/therapies/ipt.yaml and content/regions/england.yaml. Yours is used from now on."
    ]
    assert (layers.own / IPT).read_bytes() == (layers.shipped / IPT).read_bytes()
    noted = (layers.own / "copied.yaml").read_text(encoding="utf-8")
    assert noted.count("  - file: ") == 2 and f'version: "{__version__}"' in noted
    assert layers.library().place("therapy", "ipt").path == f"content/{IPT}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("itp", 'command line: Printables comes with no file "itp". Did you mean "ipt"?'),
        (
            "sources",
            "command line: sources.yaml "
            + MERGED.format("sources", "entries that you add or change, each with its id"),
        ),
        (
            "publisher.yaml",
            f"command line: publisher.yaml {MERGED.format('publisher', 'keys that you change')}",
        ),
        (
            "en",
            'command line: More than one file of ours is called "en". Name it as locales/en or site/en.',
        ),
    ],
)
def test_what_cannot_be_copied(layers: Layers, name: str, said: str) -> None:
    run = layers.run("copy", name)
    assert (run.exit_code, run.stderr) == (1, f"error: {said}\n")
    assert not layers.own.exists()


def test_an_own_file_is_never_copied_over(layers: Layers) -> None:
    layers.write("therapies/ipt.yml", "mine")
    said = "Your own file is there already. Edit it, or delete it to copy ours again."
    assert layers.run("copy", "ipt").stderr == f"error: content/{IPT}: {said}\n"
    assert (layers.own / "therapies/ipt.yml").read_text(encoding="utf-8") == "mine"


def test_report_without_copies(layers: Layers) -> None:
    assert lines(layers, "upgrade-report") == ["No file of ours was copied into content."]


def test_report_says_by_field_what_changed_in_ours_and_not_what_we_changed(layers: Layers) -> None:
    layers.run("copy", "ipt", "england", "hillside")
    own = layers.own / IPT
    own.write_text(own.read_text(encoding="utf-8").replace("authors: ", "authors: Us and ", 1), encoding="utf-8")
    change(layers, "\nabbreviation: IPT", "\nabbreviation: IPT-2")
    (layers.shipped / "clinics/hillside.yaml").unlink()
    since = f"since version {__version__}"
    assert lines(layers, "upgrade-report") == [
        f"clinics/hillside.png: ours has not changed {since}.",
        "  Your copy is as it was copied: delete it to follow ours.",
        "clinics/hillside.yaml: ours is no longer part of Printables; yours is used as before.",
        f"regions/england.yaml: ours has not changed {since}.",
        "  Your copy is as it was copied: delete it to follow ours.",
        f"{IPT}: ours has changed {since}.",
        "  abbreviation",
        "    - IPT",
        "    + IPT-2",
    ]


def test_a_clinics_logo_is_copied_with_it_and_followed(layers: Layers) -> None:
    files = " and ".join(f"content/clinics/{name}" for name in ("hillside.yaml", "hillside.png", "riverside.yaml"))
    (said,) = lines(layers, "copy", "hillside", "riverside")
    assert said == f"Wrote {files} and content/clinics/riverside.svg. Yours is used from now on."
    kept = (layers.own / "clinics/hillside.png").read_bytes()
    assert kept == (layers.shipped / "clinics/hillside.png").read_bytes()
    (layers.shipped / "clinics/hillside.png").write_bytes(kept + b"newer")
    (layers.shipped / "clinics/riverside.svg").unlink()
    assert layers.library().logos.keys() >= {"hillside", "riverside"}
    report = lines(layers, "upgrade-report")
    assert report[:3] == [
        f"clinics/hillside.png: ours has changed since version {__version__}.",
        "  Your copy is as it was copied: delete it to follow ours.",
        "  the file",
    ]
    assert "clinics/riverside.svg: ours is no longer part of Printables; yours is used as before." in report


def test_an_own_logo_is_never_copied_over(layers: Layers) -> None:
    layers.write("clinics/riverside.svg", "mine")
    assert lines(layers, "copy", "riverside") == ["Wrote content/clinics/riverside.yaml. Yours is used from now on."]
    assert (layers.own / "clinics/riverside.svg").read_text(encoding="utf-8") == "mine"


def test_a_change_that_was_seen_is_not_told_again(layers: Layers) -> None:
    layers.run("copy", "ipt")
    change(layers, "\nabbreviation: IPT", "\nabbreviation: IPT-2")
    before = (layers.own / IPT).read_bytes()
    assert lines(layers, "upgrade-report", "--seen", "ipt") == [
        f"Noted: {IPT} is compared with Printables {__version__} from now on."
    ]
    assert lines(layers, "upgrade-report") == [f"{IPT}: ours has not changed since version {__version__}."]
    assert (layers.own / IPT).read_bytes() == before
    wrong = layers.run("upgrade-report", "--seen", "cbt")
    said = '"cbt" is not one of your files over ours. See: printables upgrade-report.'
    assert (wrong.exit_code, wrong.stderr) == (1, f"error: command line: {said}\n")


def test_where_the_copied_file_is_lost_ours_is_compared_with_yours(layers: Layers) -> None:
    layers.run("copy", "ipt")
    change(layers, "\nabbreviation: IPT", "\nabbreviation: IPT-2")
    (layers.own / ".copied" / IPT).write_text("other", encoding="utf-8")
    said = lines(layers, "upgrade-report")
    assert "  The file as it was copied is no longer there, so this compares yours (-) with ours (+)." in said
    assert said[-3:] == ["  abbreviation", "    - IPT", "    + IPT-2"]


def test_files_that_were_not_copied_by_the_command_and_deleted_copies(layers: Layers) -> None:
    layers.write("regions/england.yaml", layers.case.text("content/regions/england.yaml"))
    layers.run("copy", "ipt")
    (layers.own / IPT).unlink()
    assert lines(layers, "upgrade-report") == [
        f"{IPT}: your copy is gone, so ours is used.",
        "regions/england.yaml: not made with `printables copy`, so that nothing can be said of changes.",
    ]


def test_a_broken_note_is_told_with_its_line(layers: Layers) -> None:
    layers.write("copied.yaml", "copied:\n  - file: therapies/ipt.yaml\n    version: '1'\n")
    run = layers.run("upgrade-report")
    said = "copied.1.sha256: This is required and missing. Add it; docs/fields.md says what it holds."
    assert (run.exit_code, run.stderr) == (1, f"error: content/copied.yaml:2: {said}\n")


def test_in_a_whole_library_nothing_is_copied(layers: Layers) -> None:
    whole = layers.here / "whole"
    shutil.copytree(layers.shipped, whole)
    run = layers.run("copy", "ipt", "--content", str(whole))
    said = "This folder is a whole library, so none of our files lies below it."
    mend = "Change its own files, or name a folder for yours, such as: --content mine."
    assert (run.exit_code, run.stderr) == (1, f"error: whole: {said} {mend}\n")
    assert lines(layers, "where", "--content", str(whole))[-2:] == [
        "Yours: whole",
        "Ours:  none lies below: this folder is a whole library",
    ]


@pytest.fixture
def checkout(layers: Layers, monkeypatch: pytest.MonkeyPatch) -> Layers:
    """Not installed: commands run in the folder that holds our content."""
    monkeypatch.chdir(layers.case.root)
    monkeypatch.setattr(paths, "INSTALLED", layers.case.root / "no-data")
    monkeypatch.setattr(paths, "_PACKAGE", layers.case.root / "printables")
    return layers


def test_in_a_checkout_ours_and_yours_are_not_told_apart(checkout: Layers) -> None:
    run = checkout.run("copy", "ipt")
    said = "This folder is the one that comes with Printables, so there is nothing to copy."
    mend = "Name a folder for your own files, such as: --content mine; or work in an empty folder."
    assert (run.exit_code, run.stderr) == (1, f"error: content: {said} {mend}\n")
    assert "yours or ours  therapies/ipt.yaml" in lines(checkout, "where")
    assert lines(checkout, "where")[-2:] == [
        "Yours or ours: content, the folder that comes with Printables",
        "To keep yours apart, name a folder for them, such as: --content mine; or work in an empty folder.",
    ]


def test_in_a_checkout_a_folder_of_its_own_lies_over_ours(checkout: Layers) -> None:
    mine = ("--content", "mine")
    assert lines(checkout, "copy", "ipt", *mine) == ["Wrote mine/therapies/ipt.yaml. Yours is used from now on."]
    assert "yours over ours  therapies/ipt.yaml" in lines(checkout, "where", *mine)
    assert lines(checkout, "where", *mine)[-2:] == ["Yours: mine", "Ours:  content"]


def test_changes_by_field_with_entries_by_their_ids() -> None:
    before = b"claims:\n  - id: a\n    strength: weak\n  - id: b\n    strength: strong\nold: x\n"
    after = (
        b"claims:\n  - id: new\n    strength: none\n  - id: a\n    strength: limited\n  - id: b\n    strength: strong\n"
    )
    assert list(field_changes(before, after)) == [
        FieldChange("claims[new].id", "", "new"),
        FieldChange("claims[new].strength", "", "none"),
        FieldChange("claims[a].strength", "weak", "limited"),
        FieldChange("old", "x", ""),
    ]


def test_of_a_long_text_only_what_differs_is_shown() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    (found,) = field_changes(f"text: {words}".encode(), f"text: {words.replace('word50', 'other')}".encode())
    assert "word50" in found.before and "other" in found.after
    assert found.before.startswith("…word") and found.after.endswith("…") and len(found.before) < 90


def test_only_words_count_and_not_their_place() -> None:
    assert list(field_changes(b"a: x\nb: y\n", b"# comment\nb: 'y'\na: x\n")) == []
