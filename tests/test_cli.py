"""The front door as a clinic's administrator meets it: real processes, real files, exact words."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import front_door
import pytest
from library_case import copy_of_few, record_version

from printables.library.yaml_reader import read_yaml

ROOT = Path(__file__).resolve().parent.parent
DOOR = [sys.executable, str(ROOT / "make_printables.py")]


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A clinic's folder with its own copy of content and templates, and one worksheet."""
    return copy_of_few(tmp_path, "my-goals")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    done = front_door.run(folder, *arguments, **environment)
    assert "Traceback" not in done.stderr + done.stdout
    return done


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_check_prints_the_reading_level_of_each_audience(clinic: Path) -> None:
    done = run(clinic, "check")
    assert done.returncode == 0
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("ipt")]
    assert [row[1] for row in rows] == ["adults", "teens", "parents", "professionals", "easy-read"]
    assert all(float(row[2]) <= float(row[3]) for row in rows), "SMOG within its limit"
    assert done.stdout.splitlines()[-1] == "0 errors, 0 warnings."


@pytest.mark.slow
def test_check_as_json(clinic: Path) -> None:
    answer = json.loads(run(clinic, "check", "--json").stdout)
    assert [leaflet["audience"] for leaflet in answer["leaflets"]] == [
        "adults",
        "teens",
        "parents",
        "professionals",
        "easy-read",
    ]
    assert answer["problems"] == []


@pytest.mark.slow
def test_list_says_where_each_leaflet_is_written(clinic: Path) -> None:
    done = run(clinic, "list", "--audience", "teens", "--json")
    leaflet, *sheets = json.loads(done.stdout)["leaflets"]
    assert {sheet["kind"] for sheet in sheets} == {"worksheet"}
    assert (leaflet["kind"], leaflet["edition"]) == ("leaflet", "a4")
    assert leaflet["path"] == "leaflets/teens/ipt-teens-en.pdf"
    assert leaflet["code"].startswith(f"IPT-TEEN-EN-{record_version()}-")


def test_list_names_a_record_that_cannot_be_read(clinic: Path) -> None:
    replace(clinic / "content/therapies/ipt.yaml", "id: ipt\n", "id: ipt\nnam: x\n")
    done = run(clinic, "list", "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert (done.returncode, problem["path"], problem["line"]) == (1, "content/therapies/ipt.yaml", 3)
    done = run(clinic, "list")
    assert (done.returncode, done.stderr.count("error: content/therapies/ipt.yaml:3: nam:")) == (1, 1)


@pytest.mark.parametrize("command", ["build", "check", "list", "site"])
def test_what_was_asked_for_as_json_is_refused_as_json(clinic: Path, command: str) -> None:
    done = run(clinic, command, "--edition", "nope", "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert (done.returncode, done.stderr, problem["what"]) == (1, "", 'There is no edition "nope".')


@pytest.mark.slow
def test_explain_names_file_and_line_and_what_is_not_shown(clinic: Path) -> None:
    said = run(clinic, "explain", "ipt", "teens").stdout
    text = (clinic / "content/therapies/ipt.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, row in enumerate(text, 1) if row == "  main_message:")
    first_teen_word = next(n for n in range(line, len(text)) if text[n].startswith("    teens:")) + 2
    assert f"content/therapies/ipt.yaml:{first_teen_word}:" in said
    assert "SMOG" in said
    assert "Not shown: parents_part: templates/teens/audience.yaml does not list it." in said.splitlines()


@pytest.mark.slow
def test_explain_of_nothing_is_a_problem(clinic: Path) -> None:
    done = run(clinic, "explain", "ipx", "teens")
    assert done.returncode == 1
    assert done.stderr == 'error: command line: There is no therapy "ipx". Did you mean "ipt"?\n'


@pytest.mark.slow
def test_proof_marks_fallbacks_warnings_and_unchecked_facts(clinic: Path) -> None:
    replace(clinic / "templates/parents/audience.yaml", "fallback: [adults]", "fallback: [adults]")
    record = clinic / "content/therapies/ipt.yaml"
    replace(record, "courses:\n", "fallbacks: {parents: adults}\n\ncourses:\n")
    text = record.read_text(encoding="utf-8")
    start = text.index("    parents: |\n", text.index("  downsides:\n"))
    record.write_text(text[:start] + text[text.index("\n\n", start) + 1 :], encoding="utf-8")
    done = run(clinic, "proof", "ipt")
    sheet = (clinic / "output/proofs/ipt.html").read_text(encoding="utf-8")
    assert done.stdout == "Wrote output/proofs/ipt.html. Open it in a browser, or print it.\n"
    assert "FALLBACK: these are the words of adults" in sheet
    assert "The help line &#34;youngminds-parents&#34; is unchecked." in sheet
    assert "nobody yet" in sheet, "T10: who has tested it is said, never hidden"


@pytest.mark.slow
def test_new_leads_to_a_record_that_builds(clinic: Path) -> None:
    """Every blank of the starter, filled in with the words of the record that ships, gives a record that is well."""
    assert run(clinic, "new", "second", "--all").returncode == 0
    path = clinic / "content/therapies/second.yaml"
    starter, problems = read_yaml(path.read_bytes(), "second.yaml")
    shipped, _ = read_yaml((clinic / "content/therapies/ipt.yaml").read_bytes(), "ipt.yaml")
    assert starter is not None
    assert shipped is not None
    assert isinstance(shipped.value, dict)
    assert problems == []
    record = filled(starter.value, shipped.value)
    record["code"] = shipped.value["code"]  # an acronym that stands in the code needs no explanation
    record["claims"] = shipped.value["claims"]  # their remarks on guidelines explain an acronym that others use
    path.write_text(json.dumps(record), encoding="utf-8")
    done = run(clinic, "check", "--therapy", "second")
    assert done.returncode == 0, done.stderr


def filled(blank: Any, full: Any) -> Any:
    """`blank` with each empty text and list taken from `full`, as an author would: what is not needed is deleted."""
    if isinstance(blank, dict):
        if "any" in blank:
            return full
        return {key: filled(value, full[key]) for key, value in blank.items() if key in full}
    if isinstance(blank, list) and blank and isinstance(blank[0], dict) and "population" in blank[0]:
        return [filled(item, partner(item["population"], full)) for item in blank]
    return full if blank == "" or isinstance(blank, list) else blank


def partner(population: str, full: list[dict[str, Any]]) -> dict[str, Any]:
    return next(item for item in full if item["population"] == population)


@pytest.mark.slow
def test_new_refuses_what_is_there_and_what_cannot_be_an_id(clinic: Path) -> None:
    there = run(clinic, "new", "ipt")
    assert (there.returncode, there.stderr) == (
        1,
        "error: content/therapies/ipt.yaml: The record is there already. Choose another id.\n",
    )
    bad = run(clinic, "new", "../ipt")
    assert bad.stderr.startswith('error: command line: "../ipt" cannot be an id.')


@pytest.mark.slow
def test_schema_check_sees_a_stale_file(tmp_path: Path) -> None:
    assert run(tmp_path, "schema").returncode == 0
    assert run(tmp_path, "schema", "--check").stdout == "All are up to date.\n"
    (tmp_path / "docs/fields.md").write_bytes(b"\xff")
    done = run(tmp_path, "schema", "--check")
    assert (done.returncode, done.stderr) == (
        1,
        "error: docs/fields.md: The file is out of date. Run: printables schema.\n",
    )


@pytest.mark.slow
@pytest.mark.parametrize("text", ["{{ 1 / 0 }}", "{% for x %}", "{{ nothing }}", "{{ leaflet.gone }}"])
def test_one_mistake_in_a_template_is_told_once_with_its_line(clinic: Path, text: str) -> None:
    macro = clinic / "templates/_components/about/macro.html"
    replace(macro, '<div class="about-words">', '<div class="about-words">' + text)
    line = 1 + macro.read_text(encoding="utf-8").split(text)[0].count("\n")
    done = run(clinic, "check")
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"error: templates/_components/about/macro.html:{line}: The template cannot be filled in: ")


@pytest.mark.slow
def test_a_template_without_end_of_recursion_is_told(clinic: Path) -> None:
    macro = clinic / "templates/_components/prose/macro.html"
    macro.write_text("{% macro component(data) %}{{ component(data) }}{% endmacro %}", encoding="utf-8")
    done = run(clinic, "check")
    assert done.returncode == 1
    assert "The template cannot be filled in: RecursionError." in done.stderr


@pytest.mark.slow
def test_a_folder_with_one_template_overrides_that_one(clinic: Path) -> None:
    mine = clinic / "mine/_components/prose/macro.html"
    mine.parent.mkdir(parents=True)
    mine.write_text(
        '{% import "default/_components/prose/macro.html" as ours %}'
        '{% macro component(data) %}<div class="mine">{{ ours.component(data) }}</div>{% endmacro %}',
        encoding="utf-8",
    )
    done = run(clinic, "proof", "ipt", "--templates", "mine")
    assert done.returncode == 0, done.stderr
    assert '<div class="mine">' in (clinic / "output/proofs/ipt.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_missing_words_are_told_where_they_belong(clinic: Path) -> None:
    region = clinic / "content/regions/england.yaml"
    text = region.read_text(encoding="utf-8")
    start = text.index("  teens:\n", text.index("help_now:"))
    region.write_text(text[:start] + text[text.index("  parents:\n", start) :], encoding="utf-8")
    line = 1 + text[: text.index("help_now:")].count("\n")
    said = run(clinic, "check", "--audience", "teens").stderr
    what = '"help-now" has nothing for teenagers. Write "teens:" under help_now.'
    assert f"error: content/regions/england.yaml:{line}: {what}" in said.splitlines()


@pytest.mark.slow
def test_no_therapy_at_all_keeps_what_was_published(clinic: Path) -> None:
    shutil.rmtree(clinic / "content/therapies")
    done = run(clinic, "build", "--content", "content")
    assert done.returncode == 1
    what = "error: content/therapies: There is no therapy record. Write one: printables new ID.\n"
    assert done.stderr == what


@pytest.mark.slow
def test_usage_errors_have_their_own_exit_code(tmp_path: Path) -> None:
    assert run(tmp_path, "bild").returncode == 2
    assert run(tmp_path, "build", "--jobs", "0").returncode == 2


@pytest.mark.slow
def test_completion_is_printed(tmp_path: Path) -> None:
    assert "_PRINTABLES_COMPLETE" in run(tmp_path, "completion", "bash").stdout


@pytest.mark.slow
def test_help_keeps_its_examples_on_their_lines(tmp_path: Path) -> None:
    lines = [line.split() for line in run(tmp_path, "--help").stdout.splitlines()]
    assert ["printables", "build", "--therapy", "ipt", "build", "one", "therapy"] in lines


@pytest.mark.pdf
def test_the_top_of_the_disk_is_no_output_folder(clinic: Path) -> None:
    done = run(clinic, "build", "--output", "/")
    assert done.returncode == 1
    assert done.stderr == (
        "error: /: The output folder is the top of the disk. Choose a folder of its own, such as output.\n"
    )


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)]
)
def test_a_stopped_build_leaves_whole_files_and_goes_on(clinic: Path, sign: signal.Signals, code: int) -> None:
    for number in range(4):
        text = (clinic / "content/therapies/ipt.yaml").read_text(encoding="utf-8")
        name = f"ipt-{number}"
        (clinic / f"content/therapies/{name}.yaml").write_text(text.replace("id: ipt\n", f"id: {name}\n", 1))
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*DOOR, "build", "--jobs", "2", "--audience", "teens"], cwd=clinic, stdout=pipe, stderr=pipe, text=True
    ) as build:
        assert build.stdout is not None
        build.stdout.readline()  # the first leaflet is printed
        build.send_signal(sign)
        try:
            _, said = build.communicate(timeout=1800)
        finally:
            build.kill()
    assert build.returncode == code
    assert "Stopped. What was published stays as it was." in said
    assert run(clinic, "verify").returncode == 0
    assert not list((clinic / "output").rglob(".printables-*"))
