"""`printables init`: a few questions, told at once what is wrong with an answer, and a clinic's file that builds."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from library_case import ROOT, LibraryCase, copy_of_leaflets
from PIL import Image
from test_cli import DOOR, run

from printables.authoring.clinic_form import proposed_id
from printables.cli.app import cli

LOGO = ROOT / "content/clinics/riverside.svg"
NAME = "Lakeside Clinic (example)"
HEAD = "# yaml-language-server: $schema=../../docs/schema/clinic.json\n"
ALL = (
    *(
        "--name",
        NAME,
        "--phone",
        "01632 960200",
        "--hours",
        "Weekdays: 9am to 5pm",
        "--web",
        "https://lakeside.example",
    ),
    *("--logo", str(LOGO), "--colour", "#FFD400"),
)
RECORD = (
    f"{HEAD}id: lakeside-clinic\nname: {NAME}\nregion: england\nphone: 01632 960200\n"
    "hours: 'Weekdays: 9am to 5pm'\nweb: https://lakeside.example\nlogo: lakeside-clinic.svg\n"
    "colours:\n  any: '#FFD400'\n"
)
FILE = "content/clinics/lakeside-clinic.yaml"


def init(case: LibraryCase, *options: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["init", "--content", str(case.root / "content"), *options], input=answers)


def files(case: LibraryCase) -> set[str]:
    return {path.name for path in case.path("content/clinics").iterdir()}


def test_options_alone(case: LibraryCase) -> None:
    done = init(case, "--yes", *ALL)
    assert (done.exit_code, done.stderr) == (0, "")
    assert case.text(FILE) == RECORD
    assert case.path("content/clinics/lakeside-clinic.svg").read_bytes() == LOGO.read_bytes()
    assert done.stdout.splitlines()[-1] == "printables build --clinic lakeside-clinic"


@pytest.mark.slow
def test_what_was_written_can_be_read(case: LibraryCase) -> None:
    init(case, "--yes", *ALL)
    library, said = case.load()
    assert library is not None and said == []
    clinic = library.clinics["lakeside-clinic"]
    assert (clinic.name, clinic.region, clinic.colours) == (NAME, "england", {"any": "#ffd400"})
    assert "lakeside-clinic" in library.logos


def test_only_what_was_answered(case: LibraryCase) -> None:
    assert init(case, "--yes", "--name", "no").exit_code == 0
    assert case.text("content/clinics/no.yaml") == f"{HEAD}id: 'no'\nname: 'no'\nregion: england\n"
    assert case.load()[1] == []


def test_questions_with_proposals_and_at_once_what_is_wrong(case: LibraryCase) -> None:
    answers = (
        *("", NAME),
        *("Lake Side", "con", "riverside", ""),
        *("englnd", "9", "1"),
        *("1, 2, 3, 4, 5, 6, 7, 8, 9", ""),
        "01632 960200",
        "Weekdays: 9am to 5pm",
        "",
        *("lakeside.example", "https://lakeside.example"),
        *("", ""),
        *(str(ROOT / "LICENSE"), str(LOGO)),
        *("yellow", "#FFD400"),
        *("cbt, ipd", ""),
    )
    done = init(case, answers="\n".join(answers) + "\n")
    assert done.exit_code == 0 and case.text(FILE) == RECORD
    assert "as it is printed on the leaflets (must be answered): " in done.stdout
    assert "[lakeside-clinic]: " in done.stdout and "[england]: " in done.stdout
    there = case.root / "content/clinics/riverside.yaml"
    host = "It must begin with https:// and a host."
    small = "Use small letters a to z, figures and single hyphens, 64 characters at most."
    assert done.stderr.splitlines() == [
        "error: --name: This question must be answered. Type an answer.",
        f'error: --id: "Lake Side" cannot be an id. {small}',
        'error: --id: The id "con" is reserved. Choose another one.',
        f"error: --id: {there} is there already. Choose another short name, or edit that file.",
        'error: --region: There is no region "englnd". Did you mean "england"? There are: england.',
        "error: --region: There is no region with the number 9. There are: 1 england.",
        "error: --address: The address has 9 lines, and 8 are the most. Join some of them.",
        f'error: --web: "lakeside.example" is not a web address that can be printed. {host}',
        'error: --logo: The logo "LICENSE" is neither SVG, PNG, JPEG nor WebP. Save it as PNG.',
        'error: --colour: "yellow" is not a colour. Write it as "#rrggbb", such as "#0b4a45", in quotation marks.',
        'error: --shelf: There is no therapy "cbt". There are: ipt.',
        'error: --shelf: There is no therapy "ipd". Did you mean "ipt"?',
    ]
    assert "   1  england\n" in done.stdout and "   1  ipt\n" in done.stdout
    assert (
        "#5e4e00 darkened until it can be read (8.1:1 on white): adults, teens, parents, professionals, easy-read\n"
        in done.stdout
    )


def test_a_wrong_option_is_asked_for_again(case: LibraryCase) -> None:
    done = init(case, "--name", "Lake", "--colour", "blue", answers="\n" * 10 + "#0b4f7d\n\n")
    assert done.exit_code == 0
    assert case.text("content/clinics/lake.yaml").endswith("colours:\n  any: '#0b4f7d'\n")


def test_a_region_must_be_answered_by_number_or_name(case: LibraryCase) -> None:
    case.write("content/regions/wales.yaml", case.text("content/regions/england.yaml").replace("England", "Cymru", 1))
    done = init(case, "--name", "Lake", answers="\n\n9\nWALES\n" + "\n" * 10)
    assert case.text("content/clinics/lake.yaml") == f"{HEAD}id: lake\nname: Lake\nregion: wales\n"
    assert "   1  england\n   2  wales\n" in done.stdout
    assert "The region whose help lines its leaflets give (1 to 2, or a name; must be answered): " in done.stdout
    assert done.stderr.splitlines() == [
        "error: --region: This question must be answered. Type a number from the list, or a name.",
        "error: --region: There is no region with the number 9. There are: 1 england, 2 wales.",
    ]


@pytest.mark.parametrize("typed", ["cymru", "Cymru", "Wales", "2"])
def test_a_region_by_its_name(case: LibraryCase, typed: str) -> None:
    case.write("content/regions/wales.yaml", case.text("content/regions/england.yaml").replace("England", "Cymru", 1))
    done = init(case, "--yes", "--name", "Lake", "--region", typed, "--shelf", "Interpersonal Psychotherapy")
    assert (done.exit_code, done.stderr) == (0, "")
    assert case.text("content/clinics/lake.yaml").endswith("region: wales\nshelf:\n- therapy: ipt\n")


CRISIS = (
    *("--crisis-name", "Lake line", "--crisis-how", "Call 01632 960003"),
    *("--crisis-hours", "every day", "--crisis-for-whom", "anyone in our care"),
)
CRISIS_RECORD = (
    "crisis:\n  name: Lake line\n  how: Call 01632 960003\n  hours: every day\n  for_whom: anyone in our care\n"
)


def test_email_languages_and_a_crisis_line(case: LibraryCase) -> None:
    more = ("--email", "hello@lake.example", "--languages", "Call 01632 960002", *CRISIS)
    done = init(case, "--yes", "--name", "Lake", *more)
    assert (done.exit_code, done.stderr) == (0, "")
    contacts = "email: hello@lake.example\nlanguages: Call 01632 960002\n"
    text = f"{HEAD}id: lake\nname: Lake\nregion: england\n{contacts}{CRISIS_RECORD}"
    assert case.text("content/clinics/lake.yaml") == text
    assert case.load()[1] == []


def test_the_parts_of_a_crisis_line_are_asked_for_where_it_has_a_name(case: LibraryCase) -> None:
    answers = ("", "", *[""] * 6, "Lake line", "", "Call 01632 960003", "every day", "anyone in our care", "", "", "")
    done = init(case, "--name", "Lake", answers="\n".join(answers) + "\n")
    assert done.stderr == "error: --crisis-how: This question must be answered. Type an answer.\n"
    assert case.text("content/clinics/lake.yaml") == f"{HEAD}id: lake\nname: Lake\nregion: england\n{CRISIS_RECORD}"


@pytest.mark.parametrize(
    "typed",
    ["Elm House, 12 High Street,Anytown , AB1 2CD,", "Elm House\n 12 High Street \nAnytown\n\nAB1 2CD\n"],
    ids=["with commas", "line by line"],
)
def test_an_address_is_written_line_by_line(case: LibraryCase, typed: str) -> None:
    assert init(case, "--yes", "--name", "Lake", "--address", typed).exit_code == 0
    block = "address: |\n  Elm House\n  12 High Street\n  Anytown\n  AB1 2CD\n"
    assert case.text("content/clinics/lake.yaml") == f"{HEAD}id: lake\nname: Lake\nregion: england\n{block}"
    library, said = case.load()
    assert library is not None and said == []
    assert library.clinics["lake"].address == "Elm House\n12 High Street\nAnytown\nAB1 2CD"


def test_line_breaks_keep_the_commas_of_an_address(case: LibraryCase) -> None:
    init(case, "--yes", "--name", "Lake", "--address", "Flat 2, Elm House\nAnytown")
    assert "address: |\n  Flat 2, Elm House\n  Anytown\n" in case.text("content/clinics/lake.yaml")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--name: This is required and missing. Give it, or leave --yes out."),
        (("--name", "Lake", "--region", "atlantis"), '--region: There is no region "atlantis". There are: england.'),
        (("--name", "Lake", "--region", "Cornwall"), '--region: There is no region "Cornwall". There are: england.'),
        (
            ("--name", "Lake", "--region", "New England"),
            '--region: There is no region "New England". Did you mean "england"? There are: england.',
        ),
        (
            ("--name", "Lake", "--logo", "no.svg"),
            '--logo: There is no file "no.svg" on this computer. Type its path again, or leave the logo out.',
        ),
        (("--name", "La\x07ke"), "--name: A control character (U+0007) stands here."),
        (("--name", "Lake\nside"), "--name: This must fit on one line. Take the line break out."),
    ],
)
def test_without_questions_a_wrong_answer_ends_it(case: LibraryCase, options: tuple[str, ...], said: str) -> None:
    before = files(case)
    done = init(case, "--yes", *options)
    assert done.exit_code == 1 and done.stderr.startswith(f"error: {said}")
    assert files(case) == before


def test_all_wrong_options_are_named_at_once(case: LibraryCase) -> None:
    before = files(case)
    done = init(
        case,
        *("--yes", "--region", "9", "--phone", "1" * 121, "--email", "lake", "--crisis-how", "Call 01632 960003"),
        *("--logo", "no.svg", "--colour", "blue", "--shelf", "1, 7"),
    )
    missing = "This is required and missing. Give it, or leave --yes out."
    form = "is not of the form that is asked for. Write an e-mail address, such as hello@clinic.example."
    assert done.exit_code == 1 and done.stdout == "" and files(case) == before
    assert done.stderr.splitlines() == [
        f"error: --name: {missing}",
        "error: --region: There is no region with the number 9. There are: 1 england.",
        "error: --phone: This has 121 characters, and 120 are the most. Shorten it.",
        f'error: --email: "lake" {form}',
        f"error: --crisis-name: {missing}",
        f"error: --crisis-hours: {missing}",
        f"error: --crisis-for-whom: {missing}",
        'error: --logo: There is no file "no.svg" on this computer. Type its path again, or leave the logo out.',
        'error: --colour: "blue" is not a colour. Write it as "#rrggbb", such as "#0b4a45", in quotation marks.',
        "error: --shelf: There is no therapy with the number 7. There are: 1 ipt.",
    ]


def test_a_file_that_is_there_is_never_written_over(case: LibraryCase) -> None:
    before = {name: case.path(f"content/clinics/{name}").read_bytes() for name in files(case)}
    done = init(case, "--yes", "--name", "Riverside")
    there = case.root / "content/clinics/riverside.yaml"
    assert done.stderr == f"error: --id: {there} is there already. Choose another short name, or edit that file.\n"
    other = init(case, "--yes", "--name", "Lake", "--id", "hillside-2", "--logo", str(LOGO))
    assert other.exit_code == 0
    assert {name: case.path(f"content/clinics/{name}").read_bytes() for name in before} == before


def test_a_logo_of_that_name_is_not_written_over(case: LibraryCase) -> None:
    case.write("content/clinics/lake.svg", "another")
    done = init(case, "--yes", "--name", "Lake", "--logo", str(LOGO))
    there = case.root / "content/clinics/lake.svg"
    assert done.exit_code == 1
    assert done.stderr == f"error: {there}: Another file has this name already. Delete it, or use it as the logo.\n"
    assert case.text("content/clinics/lake.svg") == "another" and "lake.yaml" not in files(case)


def test_a_logo_that_lies_there_already_is_not_copied(case: LibraryCase) -> None:
    before = files(case)
    init(case, "--yes", "--name", "Lake", "--logo", str(case.path("content/clinics/riverside.svg")))
    assert files(case) - before == {"lake.yaml"}
    assert "logo: riverside.svg\n" in case.text("content/clinics/lake.yaml")


def test_a_logo_that_would_lose_its_letters_is_not_taken(case: LibraryCase, tmp_path: Path) -> None:
    logo = tmp_path / "Lake.SVG"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/><text>L</text></svg>'
    )
    done = init(case, "--yes", "--name", "Lake", "--logo", str(logo))
    said = 'The logo "Lake.SVG" has letters in a typeface that is not here.'
    mend = "Turn the letters into outlines, or save it as PNG."
    assert (done.exit_code, done.stderr) == (1, f"error: --logo: {said} {mend}\n")


@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_a_photograph_whose_path_was_pasted(case: LibraryCase, tmp_path: Path, quote: str) -> None:
    logo = tmp_path / "our logo.jpg"
    Image.new("RGB", (300, 100), "navy").save(logo)
    typed = f"{quote}{logo}{quote}" if quote else str(logo).replace(" ", "\\ ")
    done = init(case, "--yes", "--name", "Lake", "--logo", typed)
    assert (done.exit_code, done.stderr) == (0, "")
    library, said = case.load()
    assert library is not None and said == [] and library.logos["lake"].media_type == "image/png"


def test_regions_and_therapies_by_number(case: LibraryCase) -> None:
    done = init(case, "--yes", "--name", "Lake", "--region", "1", "--shelf", "1")
    assert done.exit_code == 0
    assert case.text("content/clinics/lake.yaml").endswith("region: england\nshelf:\n- therapy: ipt\n")


def test_without_questions_a_missing_region_is_offered(case: LibraryCase) -> None:
    case.write("content/regions/wales.yaml", case.text("content/regions/england.yaml"))
    done = init(case, "--yes", "--name", "Lake")
    assert done.stderr == "error: --region: This is required and missing. Give one of: england, wales.\n"


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("St Mary's Talking Therapies (NHS)", "st-marys-talking-therapies"),
        ("Café Ängström & Co. 24", "cafe-angstrom-co-24"),
        ("a" * 70, "a" * 64),
        ("CON", "con-clinic"),
        ("湖", "clinic"),
    ],
)
def test_the_short_name_that_is_proposed(name: str, identity: str) -> None:
    assert proposed_id(name) == identity


# As a real process


@pytest.mark.slow
def test_piped_answers(tmp_path: Path) -> None:
    copy_of_leaflets(tmp_path)
    shutil.copy(LOGO, tmp_path / "our logo.svg")
    answers = f"{NAME}\n\nengland\n\n01632 960200\n\n\nhttps://lakeside.example\n\n\nour logo.svg\n\n\n"
    done = subprocess.run([*DOOR, "init"], cwd=tmp_path, input=answers, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stderr == ""
    assert "Wrote content/clinics/lakeside-clinic.svg and content/clinics/lakeside-clinic.yaml.\n" in done.stdout
    checked = run(tmp_path, "check", "--clinic", "lakeside-clinic", "--audience", "adults", "--no-pages", "--json")
    problems = json.loads(checked.stdout)["problems"]
    assert checked.returncode == 0
    assert [problem for problem in problems if "clinics/" in problem["path"]] == []


@pytest.mark.slow
def test_a_closed_standard_input_is_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" <&-', "sh", *DOOR, "init"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = "Nobody can be asked: there is no standard input. Give the answers as options, with --yes."
    assert (done.returncode, done.stderr) == (1, f"error: command line: {said}\n")


@pytest.mark.slow
def test_answers_that_end_too_early_leave_nothing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    before = sorted((tmp_path / "content/clinics").iterdir())
    done = subprocess.run(
        [*DOOR, "init"], cwd=tmp_path, input=f"{NAME}\n\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 130 and "Traceback" not in done.stderr
    assert sorted((tmp_path / "content/clinics").iterdir()) == before


def interrupted(process: subprocess.Popen[str]) -> int:
    """The exit code after Ctrl-C. Python may miss one that comes in the instant before it begins to wait for input."""
    while True:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=5)


@pytest.mark.slow
def test_stopped_with_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    before = sorted((tmp_path / "content/clinics").iterdir())
    pipe = subprocess.PIPE
    command = [sys.executable, "-u", *DOOR[1:], "init"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as asking:
        assert asking.stdin and asking.stdout and asking.stderr
        asking.stdin.write(f"{NAME}\n")
        asking.stdin.flush()
        said = ""
        while not said.endswith("]"):  # until a short name is proposed: a question waits
            letter = asking.stdout.read(1)
            assert letter, said  # it has ended, and would never say more
            said += letter
        assert interrupted(asking) == 130
        assert "Traceback" not in asking.stderr.read()
    assert sorted((tmp_path / "content/clinics").iterdir()) == before
