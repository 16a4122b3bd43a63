"""What one file gets wrong stops what is made from that file, and nothing else: every kind of file by every command.

Everything was built before. So what is not stopped comes back as unchanged, and what is stopped keeps its last good
files.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from front_door import run
from library_case import LibraryCase
from site_case import shared
from test_packs import TINY

from printables.problems import Problem

pytestmark = pytest.mark.pdf

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "build": ("build",),
    "clinic": ("build", "--clinic", "riverside"),
    "site": ("site",),
    "pack": ("pack", "tiny"),
}
SHELF = "shelf:\n  - {therapy: ipt, audiences: [teens]}\n  - {worksheet: my-goals}\n"
UNKNOWN = "This key is unknown. Delete it, or see docs/fields.md."
NO_NAME = (
    '"riverside - Copy" cannot be the name of a record\'s file or folder. '
    "Use small letters a to z, figures and single hyphens, 64 characters at most."
)
NO_MEASURES = (
    'The language "cy" has no profile of measures: nobody could tell how hard its words are to read. '
    'Only English ("en") has one: write in it, and translate: printables translate start CODE.'
)
GUESS = 'nam: This key is unknown. Did you mean "name"?'


@dataclass(frozen=True)
class Bad:
    """A file that is wrong, what is said of it, how loud by each command, and what of the last build it stops."""

    file: str
    write: Callable[[LibraryCase], str]
    said: str
    loud: Mapping[str, str]
    stops: str = "nothing"
    """A part of the paths of what is made from it."""


def text(words: str) -> Callable[[LibraryCase], str]:
    return lambda _: words


def copied(file: str, old: str, new: str) -> Callable[[LibraryCase], str]:
    return lambda case: case.text(file).replace(old, new, 1)


def loud(build: str = "", clinic: str = "", site: str = "", pack: str = "") -> dict[str, str]:
    return {"build": build, "clinic": clinic, "site": site, "pack": pack}


WARNED = loud("warning", "warning", "warning", "warning")
BAD: Mapping[str, Bad] = {
    "a clinic with an unknown key": Bad(
        "content/clinics/northside.yaml",
        text("id: northside\nregion: england\nname: Northside\nopening: 9 to 5\n"),
        f"content/clinics/northside.yaml:4: opening: {UNKNOWN}",
        WARNED,
    ),
    "a copy of a clinic's file": Bad(
        "content/clinics/riverside - Copy.yaml",
        copied("content/clinics/riverside.yaml", "", ""),
        f"content/clinics/riverside - Copy.yaml: {NO_NAME}",
        WARNED,
    ),
    "a clinic that names a region that is not there": Bad(
        "content/clinics/northside.yaml",
        text("id: northside\nregion: atlantis\nname: Northside\n"),
        'content/clinics/northside.yaml:2: There is no region "atlantis". '
        "Add it to content/regions, or use one of: england.",
        WARNED,
    ),
    "a region with an unknown key": Bad(
        "content/regions/wales.yaml",
        copied("content/regions/england.yaml", "\nid: england\nname:", "\nid: wales\nnam: x\nname:"),
        f"content/regions/wales.yaml:3: {GUESS}",
        WARNED,
    ),
    "a language that nothing can measure": Bad(
        "content/locales/cy.yaml",
        copied("content/locales/en.yaml", "\nlanguage: en\n", "\nlanguage: cy\n"),
        f"content/locales/cy.yaml:2: language: {NO_MEASURES}",
        WARNED,
    ),
    "words for the website in another language": Bad(
        "content/site/cy.yaml",
        copied("content/site/en.yaml", "\nlanguage: en\n", "\nlanguage: cy\n"),
        f"content/site/cy.yaml:2: language: {NO_MEASURES}",
        WARNED,
    ),
    "a course with an unknown key": Bad(
        "content/packs/other.yaml",
        text(TINY.replace("id: tiny\n", "id: other\nnam: x\n")),
        f"content/packs/other.yaml:2: nam: {UNKNOWN}",
        loud(pack="warning"),
    ),
    "a worksheet that another therapy lists": Bad(
        "content/worksheets/sleep-diary.yaml",
        copied("content/worksheets/sleep-diary.yaml", "\nid: sleep-diary\n", "\nid: sleep-diary\nnam: x\n"),
        f"content/worksheets/sleep-diary.yaml:3: nam: {UNKNOWN}",
        loud("error", "warning", "error", "warning"),
        "sleep-diary",
    ),
    "a therapy with an unknown key": Bad(
        "content/therapies/cbt-insomnia.yaml",
        copied("content/therapies/cbt-insomnia.yaml", "\nid: cbt-insomnia\n", "\nid: cbt-insomnia\nnam: x\n"),
        f"content/therapies/cbt-insomnia.yaml:3: {GUESS}",
        loud("error", "warning", "error", "warning"),
        "insomnia|sleep-diary|night-plan",
    ),
    "a copy of a therapy's file": Bad(
        "content/therapies/riverside - Copy.yaml",
        copied("content/therapies/ipt.yaml", "", ""),
        f"content/therapies/riverside - Copy.yaml: {NO_NAME}",
        loud("error", "warning", "error", "warning"),
    ),
}


def asked(folder: Path, *command: str) -> tuple[int, dict[str, Any]]:
    done = run(folder, *command, "--json")
    assert "Traceback" not in done.stderr, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    # How room was made for a clinic is no fault.
    answer["problems"] = [one for one in answer["problems"] if one["severity"] != "note"]
    return done.returncode, answer


Answers = dict[str, tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything good, made by each command."""
    folder = Path(shutil.copytree(shared(tmp_path_factory), tmp_path_factory.mktemp("good"), dirs_exist_ok=True))
    for path in (folder / "content/packs").iterdir():
        path.unlink()
    case = LibraryCase(folder)
    case.write("content/packs/tiny.yaml", TINY)
    case.write("content/site.yaml", "editions: [a4]\n")
    riverside = case.text("content/clinics/riverside.yaml").partition("shelf:\n")[0]
    case.write("content/clinics/riverside.yaml", f"{riverside}{SHELF}")
    for command in COMMANDS.values():
        code, answer = asked(folder, *command)
        assert (code, answer["problems"]) == (0, []), answer
    return folder


@pytest.fixture(scope="module")
def good(built: Path) -> Answers:
    """What each command says where nothing is wrong and nothing has changed."""
    return {name: asked(built, *command) for name, command in COMMANDS.items()}


def copy(built: Path, folder: Path) -> LibraryCase:
    """A copy whose files are links, which `LibraryCase.write` and each build cut."""
    shutil.copytree(built, folder, dirs_exist_ok=True, copy_function=os.link)
    return LibraryCase(folder)


@pytest.fixture
def case(built: Path, tmp_path: Path) -> LibraryCase:
    return copy(built, tmp_path)


QUICK = {
    ("build", "a therapy with an unknown key"),
    ("clinic", "a clinic that names a region that is not there"),
    ("pack", "a worksheet that another therapy lists"),
}
"""One kind of file for each command but `site`, which is below; the other pairs are long."""
UNASKED = [what for what, bad in BAD.items() if "error" not in bad.loud.values() and "names a region" not in what]
"""What none of these commands asks for; of 2 faults in one file, one."""


@pytest.fixture(scope="module")
def all_unasked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answers]:
    """The same with all of these at once, each command run once, and the folder in which it was."""
    case = copy(built, tmp_path_factory.mktemp("bad"))
    for what in UNASKED:
        case.write(BAD[what].file, BAD[what].write(case))
    return case.root, {name: asked(case.root, *command) for name, command in COMMANDS.items()}


def listing(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def made(command: str, answer: Mapping[str, Any]) -> int:
    """How many leaflets, or books, the command found to be as they should be; it may have printed none."""
    if command == "pack":
        assert answer["kept"] == len(answer["books"])
        return int(answer["kept"])
    assert answer["rendered"] == answer["failed"] == answer["removed"] == []
    return len(answer["kept"])


def said(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each problem as it is said, and how loud."""
    return [(str(Problem(**one)), one["severity"]) for one in answer["problems"]]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("what", UNASKED)
def test_what_nobody_asked_for_is_said_once_and_stops_nothing(
    all_unasked: tuple[Path, Answers], good: Answers, what: str, command: str
) -> None:
    bad, (code, answer) = BAD[what], all_unasked[1][command]
    told = [one for one in said(answer) if one[0].startswith(f"{bad.file}:")]
    assert told == [(bad.said, bad.loud[command])] * bool(bad.loud[command])
    assert (code, made(command, answer)) == (0, made(command, good[command][1]))


def test_and_all_files_of_the_last_build_stay(all_unasked: tuple[Path, Answers], built: Path) -> None:
    assert len(UNASKED) == 6 and all(len(answer["problems"]) <= 6 for _, answer in all_unasked[1].values())
    assert listing(all_unasked[0] / "output").keys() == listing(built / "output").keys()


ALONE = [what for what in BAD if what not in UNASKED]


@pytest.mark.parametrize(
    ("what", "command"),
    [
        pytest.param(what, command, marks=() if (command, what) in QUICK else pytest.mark.long)
        for what in ALONE
        for command in COMMANDS
    ],
)
def test_only_what_is_made_from_it_stops(
    case: LibraryCase, built: Path, good: Answers, what: str, command: str
) -> None:
    bad, usual = BAD[what], good[command][1]
    case.write(bad.file, bad.write(case))
    code, answer = asked(case.root, *COMMANDS[command])
    severity = bad.loud[command]
    assert said(answer) == [(bad.said, severity)]
    assert code == (1 if severity == "error" else 0)
    stopped = [path for path in usual.get("kept", ()) if is_of(bad, path)] if severity == "error" else []
    assert made(command, answer) == made(command, usual) - len(stopped)
    assert named(case.root / "output") == named(built / "output"), "the last good files stay"


def named(folder: Path) -> set[str]:
    """The files in a folder without those of the search, which are called by what is in them."""
    return {name for name in listing(folder) if "/pagefind/" not in name}


def is_of(bad: Bad, path: str) -> bool:
    return any(part in path for part in bad.stops.split("|"))


def test_what_a_therapy_on_the_website_leaves_behind(case: LibraryCase) -> None:
    """Its pages stay where they are, and no list leads to them until it can be read again."""
    bad = BAD["a therapy with an unknown key"]
    case.write(bad.file, bad.write(case))
    code, answer = asked(case.root, "site")
    assert (code, said(answer)) == (1, [(bad.said, "error")])
    site = case.root / "output/site"
    page = "leaflets/adults/cbt-insomnia-adults-en.html"
    assert (site / page).is_file() and (site / "therapies/cbt-insomnia.html").is_file()
    assert "cbt-insomnia" not in (site / "index.html").read_text(encoding="utf-8")
    assert "ipt" in (site / "index.html").read_text(encoding="utf-8")
    case.path(bad.file).unlink()
    assert asked(case.root, "site")[0] == 0
    assert not (site / page).exists(), "a record that was taken away leaves nothing"


ASKED: Mapping[str, tuple[str, ...]] = {
    "a clinic with an unknown key": ("build", "--clinic", "northside"),
    "a clinic that names a region that is not there": ("site", "--clinic", "northside"),
    "a region with an unknown key": ("build", "--region", "wales"),
    "a course with an unknown key": ("pack", "other"),
    "a worksheet that another therapy lists": ("build", "--worksheet", "sleep-diary"),
    "a therapy with an unknown key": ("build", "--therapy", "cbt-insomnia"),
}


@pytest.mark.parametrize("what", ASKED)
def test_who_asks_for_it_is_told_once_and_gets_nothing(case: LibraryCase, what: str) -> None:
    bad, before = BAD[what], listing(case.root / "output")
    case.write(bad.file, bad.write(case))
    done = run(case.root, *ASKED[what], "--quiet")
    told = [line for line in done.stderr.splitlines() if not line.startswith("error: website: The website was left")]
    assert (done.returncode, told) == (1, [f"error: {bad.said}"])
    assert listing(case.root / "output") == before


def test_a_check_of_everything_fails_on_all_of_them(case: LibraryCase) -> None:
    """Each is named once; of two faults in one file, one."""
    several = [what for what in BAD if "names a region" not in what]
    for what in several:
        case.write(BAD[what].file, BAD[what].write(case))
    done = run(case.root, "check", "--quiet")
    assert (done.returncode, sorted(done.stderr.splitlines())) == (1, sorted(f"error: {BAD[x].said}" for x in several))


@pytest.mark.long
@pytest.mark.parametrize("what", BAD)
def test_a_check_of_everything_fails_on_it(case: LibraryCase, what: str) -> None:
    bad = BAD[what]
    case.write(bad.file, bad.write(case))
    done = run(case.root, "check", "--quiet")
    assert (done.returncode, done.stderr.splitlines()) == (1, [f"error: {bad.said}"])


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("content/site.yaml", "editions", "edition", "its file could not be read"),
        ("content/site/en.yaml", "\nlanguage:", "\nnam: x\nlanguage:", 'the words in "en" could not be read'),
    ],
)
def test_without_its_own_files_only_the_website_stops(
    case: LibraryCase, file: str, old: str, new: str, why: str
) -> None:
    case.write(file, case.text(file).replace(old, new, 1))
    before = listing(case.root / "output/site")
    done = run(case.root, "site", "--quiet")
    first, last = (line for line in done.stderr.splitlines() if not line.startswith("note:"))
    assert (done.returncode, first.partition(":")[0], f" {file}:" in first) == (1, "error", True)
    assert last == (
        f"error: website: The website was left as it was, since {why}. "
        "Mend what is said above and run the command again."
    )
    assert listing(case.root / "output/site") == before
    code, answer = asked(case.root, "build")
    assert (code, [one["severity"] for one in answer["problems"]]) == (0, ["warning"]) and made("build", answer)


def test_help_lines_are_not_compared_with_a_region_that_cannot_be_read(case: LibraryCase) -> None:
    case.replace("content/regions/england.yaml", "name:", "nam: x\n{}")
    done = run(case.root, "verify")
    assert done.returncode == 1 and f"error: content/regions/england.yaml:3: {GUESS}" in done.stderr.splitlines()
    assert "The help line" not in done.stderr


def test_a_course_that_uses_a_bad_worksheet_names_it_and_no_other_is_stopped(case: LibraryCase) -> None:
    case.write("content/packs/other.yaml", TINY.replace("id: tiny\n", "id: other\n").replace("my-goals", "sleep-diary"))
    bad = BAD["a worksheet that another therapy lists"]
    case.write(bad.file, bad.write(case))
    done = run(case.root, "pack", "--all", "--quiet")
    where = 'In the pack "other", session "one": '
    assert (done.returncode, done.stderr.splitlines()) == (1, [f"error: {bad.said.replace(': nam', f': {where}nam')}"])
    assert run(case.root, "pack", "tiny", "--quiet").returncode == 0


def test_a_clinic_whose_logo_is_wrong_is_nobody_elses_news(case: LibraryCase) -> None:
    case.replace("content/clinics/hillside.yaml", "logo:", "logo: nowhere.png")
    for command, said in ((("build",), 0), (("build", "--clinic", "riverside"), 0), (("check",), 1)):
        assert len(asked(case.root, *command)[1]["problems"]) == said, command


def test_what_was_made_for_a_clinic_goes_with_its_record(case: LibraryCase) -> None:
    clinic, others = case.root / "output/clinics/riverside", listing(case.root / "output/leaflets")
    leaflets = len(list((clinic / "leaflets").rglob("*.pdf")))
    record = case.text("content/clinics/riverside.yaml")
    case.write("content/clinics/riverside.yaml", f"opening: 9 to 5\n{record}")
    assert asked(case.root, "build")[0] == 0
    assert len(list((clinic / "leaflets").rglob("*.pdf"))) == leaflets > 0, (
        "a record that cannot be read is no removed one"
    )
    case.path("content/clinics/riverside.yaml").unlink()
    assert asked(case.root, "build", "--audience", "teens")[0] == 0
    assert len(list((clinic / "leaflets").rglob("*.pdf"))) == leaflets, "a build of some leaflets removes no others"
    assert asked(case.root, "build")[0] == 0
    assert list(clinic.rglob("*.pdf")) == [] and listing(case.root / "output/leaflets") == others
