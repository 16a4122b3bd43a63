"""Files that cannot be read, records that clash, and how far one bad file reaches."""

from __future__ import annotations

import os
import shutil

import pytest
from library_case import IPT, LibraryCase

CBT = "content/therapies/cbt.yaml"
SOURCES = "content/sources.yaml"
OUTSIDE = "The file is a link that leads out of its folder. Copy the file here."
MISSING = "The file is missing. Write it; docs/fields.md lists what it holds."
NO_NAME = (
    '"{}" cannot be the name of a record\'s file or folder. '
    "Use small letters a to z, figures and single hyphens, 64 characters at most."
)


def second_therapy(case: LibraryCase) -> None:
    """A therapy CBT beside IPT, with the same words."""
    case.write(CBT, case.text(IPT).replace("\nid: ipt\n", "\nid: cbt\n", 1))


# Several things wrong at once


def test_twenty_five_unknown_keys_are_counted(case: LibraryCase) -> None:
    """Twenty are listed; the other five are a number."""
    keys = "".join(f"zz{number}: x\n" for number in range(25))
    line = case.replace(IPT, "name:", keys + "{}")
    listed = [f"{IPT}:{line + n}: zz{n}: This key is unknown. Delete it, or see docs/fields.md." for n in range(20)]
    assert case.problems() == [
        *listed,
        f"{IPT}:{line + 20}: 5 more keys are unknown. Delete them, or see docs/fields.md.",
    ]


@pytest.mark.slow
def test_all_problems_of_all_files_at_once(case: LibraryCase) -> None:
    """Two broken records and one good one: everything is said, and the good one can be built."""
    second_therapy(case)
    case.write("content/therapies/act.yaml", case.text(IPT).replace("\nid: ipt\n", "\nid: act\n", 1))
    first = case.replace(CBT, "abbreviation:", "abreviation: CBT")
    second = case.replace(CBT, "  structure:", "  structure: 6")
    third = case.replace("content/therapies/act.yaml", "    sources:", "    sources: [ng22]", "courses:")
    library, problems = case.load()
    assert problems == [
        f'content/therapies/act.yaml:{third}: There is no source "ng22". Did you mean "ng222"?',
        f'{CBT}:{first}: abreviation: This key is unknown. Did you mean "abbreviation"?',
        f"{CBT}:{second}: profile.structure: The number 6 is too large. The limit is 5.",
    ]
    assert library is not None
    assert list(library.therapies) == ["ipt"]
    assert library.broken == {"act", "cbt"}


@pytest.mark.parametrize(
    ("file", "line", "by"),
    [
        (SOURCES, "    kind:", "    kind: rumour"),
        ("content/glossary.yaml", "terms:", "words:"),
        ("content/publisher.yaml", "region:", "region: atlantis"),
        ("templates/teens/audience.yaml", "code:", "code: 1"),
    ],
)
def test_what_all_leaflets_need_leaves_no_library(case: LibraryCase, file: str, line: str, by: str) -> None:
    case.replace(file, line, by)
    library, problems = case.load()
    assert library is None
    assert problems and all(problem.startswith(f"{file}:") for problem in problems)


@pytest.mark.parametrize(
    ("kind", "name", "file", "line", "by"),
    [
        ("language", "en", "content/locales/en.yaml", "forms:", "# gone"),
        ("region", "england", "content/regions/england.yaml", "name:", "name: []"),
        ("region", "england", "content/regions/england.yaml", "    source:", "    source: nobody"),
        ("clinic", "riverside", "content/clinics/riverside.yaml", "web:", "web: riverside"),
        ("clinic", "riverside", "content/clinics/riverside.yaml", "region:", "region: atlantis"),
        ("site-words", "en", "content/site/en.yaml", "language:", "language: []"),
        ("site", "site", "content/site.yaml", "editions:", "edition: [a4]"),
    ],
)
def test_what_some_leaflets_need_is_left_out(
    case: LibraryCase, kind: str, name: str, file: str, line: str, by: str
) -> None:
    """Its own file says why, and nobody else says that it is not there."""
    case.replace(file, line, by)
    library, problems = case.load()
    assert library is not None and library.unusable[kind] == {name}
    records = {"language": library.locales, "region": library.regions, "clinic": library.clinics}
    assert name not in records.get(kind, library.site_words if kind == "site-words" else ())
    assert problems and all(problem.startswith(f"{file}:") for problem in problems)
    assert bool(library.therapies) == (kind != "language"), "all of ours are in that language"


def test_of_two_files_for_one_clinic_neither_is_taken(case: LibraryCase) -> None:
    case.write("content/clinics/riverside.yml", case.text("content/clinics/riverside.yaml"))
    library, problems = case.load()
    assert problems == [
        "content/clinics/riverside.yml: content/clinics/riverside.yaml holds the same record. Delete one of the two."
    ]
    assert library is not None and list(library.clinics) == ["hillside"]


def test_a_wrong_language_breaks_one_record_only(case: LibraryCase) -> None:
    second_therapy(case)
    case.replace(CBT, "language:", "language: fr")
    library, _ = case.load()
    assert library is not None and list(library.therapies) == ["ipt"] and library.broken == {"cbt"}


# Records that clash


@pytest.mark.parametrize("group", ["courses", "techniques", "claims"])
def test_an_id_stands_twice(case: LibraryCase, group: str) -> None:
    first = case.text(IPT).splitlines()[case.line(IPT, "  - id:", f"{group}:") - 1]
    line = case.replace(IPT, "  - id:", first, f"{group}:", "  - id:")
    name = first.removeprefix("  - id: ")
    assert case.problems() == [f'{IPT}:{line}: The id "{name}" stands twice in {group}. Rename one.']


@pytest.mark.parametrize(
    ("file", "group"),
    [(SOURCES, "sources"), ("content/conditions.yaml", "conditions"), ("content/glossary.yaml", "terms")],
)
def test_an_entry_stands_twice(case: LibraryCase, file: str, group: str) -> None:
    """One message names both: either may be the wrong one."""
    entries = case.text(file).split("\n  - id: ")
    case.write(file, "\n  - id: ".join([*entries[:-1], entries[-1].rstrip("\n"), entries[1]]) + "\n")
    name = entries[1].splitlines()[0]
    first = case.line(file, f"  - id: {name}", f"{group}:")
    second = case.line(file, f"  - id: {name}", f"{group}:", f"  - id: {name}")
    library, problems = case.load()
    assert library is None
    assert [problem for problem in problems if problem.startswith(f"{file}:")] == [
        f'{file}:{second}: The id "{name}" stands twice; the first is on line {first}. Rename or delete one.'
    ]


def test_two_files_for_one_record(case: LibraryCase) -> None:
    case.write("content/therapies/ipt.yml", case.text(IPT))
    library, problems = case.load()
    assert problems == [f"content/therapies/ipt.yml: {IPT} holds the same record. Delete one of the two."]
    assert library is not None and list(library.therapies) == ["ipt"]


def test_phases_must_follow_each_other(case: LibraryCase) -> None:
    phases = """\
    phases:
      - {id: first, sessions: {from: 1, to: 4, unit: sessions}, name: {any: A}, words: {any: x}, sources: [ng222]}
      - {id: next, sessions: {from: {begin}, to: 8, unit: sessions}, name: {any: B}, words: {any: x}, sources: [ng222]}
  - id: other"""
    problems = _with_phases(case, phases.replace("{begin}", "6"))
    line = case.line(IPT, "  - id:", "courses:")
    assert problems == [
        f'{IPT}:{line}: courses.1: The phase "next" does not begin where "first" ends. It must begin with session 5.'
    ]


def test_phases_end_with_the_sessions(case: LibraryCase) -> None:
    phases = """\
    phases:
      - {id: all, sessions: {from: 1, to: 17, unit: sessions}, name: {any: A}, words: {any: x}, sources: [ng222]}
  - id: other"""
    problems = _with_phases(case, phases)
    line = case.line(IPT, "  - id:", "courses:")
    assert problems == [f"{IPT}:{line}: courses.1: The last phase ends after the last session. End it with session 16."]


def _with_phases(case: LibraryCase, phases: str) -> list[str]:
    """The problems where the first course has 8 to 16 sessions and these phases, and a second course the old ones."""
    case.replace(IPT, "    sessions:", "    sessions: {from: 8, to: 16, unit: sessions}", "courses:")
    start = case.line(IPT, "    sessions:", "courses:")
    end = case.line(IPT, "    phases:", "courses:")
    rest = "\n".join(case.text(IPT).splitlines()[start - 1 : end - 1])
    population = case.text(IPT).splitlines()[case.line(IPT, "    population:", "courses:") - 1]
    case.replace(IPT, "    phases:", f"{phases}\n{population}\n{rest}\n{{}}", "courses:")
    return case.problems()


# Files that are none


@pytest.mark.parametrize("file", ["publisher", "sources", "conditions", "glossary"])
def test_a_file_is_missing(case: LibraryCase, file: str) -> None:
    case.path(f"content/{file}.yaml").unlink()
    assert case.load() == (None, [f"content/{file}.yaml: {MISSING}"])


def test_a_link_that_leads_out(case: LibraryCase) -> None:
    case.path(CBT).symlink_to("/etc/passwd")
    library, problems = case.load()
    assert problems == [f"{CBT}: {OUTSIDE}"]
    assert library is not None and library.broken == {"cbt"}


def test_a_link_inside_the_folder_is_followed(case: LibraryCase) -> None:
    shutil.move(case.path(IPT), case.path("content/ipt-draft.yaml"))
    case.path(IPT).symlink_to("../ipt-draft.yaml")
    library, problems = case.load()
    assert problems == [] and library is not None and list(library.therapies) == ["ipt"]


@pytest.mark.slow
def test_a_link_to_nowhere(case: LibraryCase) -> None:
    case.path(CBT).symlink_to("nowhere.yaml")
    assert case.problems() == [f"{CBT}: The file is a link that leads nowhere. Copy the file here."]


def test_a_link_to_itself(case: LibraryCase) -> None:
    case.path(CBT).symlink_to("cbt.yaml")
    (problem,) = case.problems()
    assert problem.startswith(f"{CBT}: The file cannot be read: ")
    assert problem.endswith(" Check its name and permissions.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(case: LibraryCase) -> None:
    os.mkfifo(case.path(CBT))
    assert case.problems() == [f"{CBT}: This is not a regular file. Replace it by a text file."]


def test_a_folder_with_the_name_of_a_file(case: LibraryCase) -> None:
    case.path(CBT).mkdir()
    assert case.problems() == [f"{CBT}: This is not a regular file. Replace it by a text file."]


def test_a_linked_folder_of_therapies_is_not_followed(case: LibraryCase) -> None:
    """A folder elsewhere could hold anything."""
    outside = case.root.parent / f"{case.root.name}-outside"
    shutil.move(case.path("content/therapies"), outside)
    case.path("content/therapies").symlink_to(outside)
    library, problems = case.load()
    assert problems == [f"{IPT}: {OUTSIDE}"]
    assert library is not None and list(library.therapies) == []


@pytest.mark.slow
def test_a_linked_audience_is_not_followed(case: LibraryCase) -> None:
    case.path("templates/guests").symlink_to("/etc")
    case.path("templates/friends").symlink_to(_elsewhere(case))
    assert case.problems() == [f"templates/friends/audience.yaml: {OUTSIDE}"]


def _elsewhere(case: LibraryCase) -> str:
    folder = case.root.parent / f"{case.root.name}-friends"
    shutil.copytree(case.path("templates/adults"), folder)
    return str(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a b", "a b"),
        ("Sleep", "Sleep"),
        ("name-\u202egnp", r"name-\u202egnp"),
        ("caf\u00e9", "caf\u00e9"),
        ("-rf", "-rf"),
    ],
)
def test_a_file_name_that_cannot_be_an_id(case: LibraryCase, name: str, shown: str) -> None:
    """Also no name may turn the terminal's text around."""
    case.write(f"content/therapies/{name}.yaml", case.text(IPT))
    assert case.problems() == [f"content/therapies/{shown}.yaml: {NO_NAME.format(shown)}"]


@pytest.mark.slow
def test_hidden_files_and_other_kinds_are_left_alone(case: LibraryCase) -> None:
    for name in (".ipt.yaml.swp", ".hidden.yaml", "notes.txt", "ipt.yaml~"):
        case.write(f"content/therapies/{name}", "not: [yaml")
    assert case.problems() == []
