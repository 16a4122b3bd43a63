"""The preview outlives whatever an author saves: it keeps the last good page and says what is wrong, and where."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from library_case import IPT, LibraryCase, copy_of_few
from preview_case import Visitor, previewing, quick

from printables.preview import desk
from printables.typeset.page import Page, Printed

SHEETS = ("closeness-circles", "my-goals")
"""Each state of the library is checked whole, and these two show what happens to worksheets."""
OLD = "The last good page, from "
ADULTS = "templates/adults/leaflet.html"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_few(tmp_path_factory.mktemp("ours"), *SHEETS)


@pytest.fixture
def visitor(case: LibraryCase) -> Iterator[Visitor]:
    with previewing(case, quick) as found:
        found.title("The first word")
        found.says("The first word", "/leaflet")
        found.until("/", lambda answer: "As saved, typeset at" in answer.text)
        yield found


@pytest.mark.slow
def test_companion_a_good_page_has_no_label_and_no_problem(visitor: Visitor) -> None:
    page = visitor.get()
    assert "As saved, made at" in page.text and "As saved, typeset at" in page.text
    assert OLD not in page.text
    assert page.part("list") == "None. The checks have nothing to say."


def broken_yaml(case: LibraryCase) -> str:
    line = case.replace(IPT, "    title:", "    title: [never closed", "titles:", "  adults:")
    return f'Error {IPT}:{line} The bracket "[" that opens here is never closed.'


def unknown_key(case: LibraryCase) -> str:
    line = case.replace(IPT, "    purpose:", "{}\n    porpose: no", "titles:", "  adults:")
    return f'Error {IPT}:{line + 1} titles.adults.porpose: This key is unknown. Did you mean "purpose"?'


def half_written(case: LibraryCase) -> str:
    case.write(IPT, case.text(IPT)[: case.text(IPT).index("\ncourses:")])
    return f"Error {IPT}:1 courses: This is required and missing."


def empty_file(case: LibraryCase) -> str:
    case.write(IPT, "")
    return f"Error {IPT}"


def not_a_text(case: LibraryCase) -> str:
    case.write(IPT, b"\xff\xfe\x00\x01")
    return f"Error {IPT}"


def sources_broken(case: LibraryCase) -> str:
    line = case.replace("content/sources.yaml", "  - id:", "  - oops: [")
    return f'Error content/sources.yaml:{line} The bracket "[" that opens here is never closed.'


def template_raises(case: LibraryCase) -> str:
    line = case.line(ADULTS, "{% block illustration %}")
    text = case.text(ADULTS)
    case.write(ADULTS, text.replace("{% block illustration %}", "{% block illustration %}{{ nobody.knows }}"))
    return f"Error {ADULTS}:{line} The template cannot be filled in: 'nobody' is undefined."


def template_unclosed(case: LibraryCase) -> str:
    lines = case.text(ADULTS).splitlines()
    case.write(ADULTS, "\n".join([*lines, "{% if %}"]))
    return f"Error {ADULTS}:{len(lines) + 1} The template cannot be filled in: Expected an expression"


def audience_broken(case: LibraryCase) -> str:
    line = case.replace("templates/adults/audience.yaml", "order:", "order: first")
    return f"Error templates/adults/audience.yaml:{line} order:"


BREAKAGES = (
    broken_yaml,
    template_raises,
    *(
        pytest.param(spoil, marks=pytest.mark.long, id=spoil.__name__)
        for spoil in (
            sources_broken,
            audience_broken,
            unknown_key,
            half_written,
            empty_file,
            not_a_text,
            template_unclosed,
        )
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", BREAKAGES, ids=lambda spoil: spoil.__name__)
def test_what_is_broken_keeps_the_last_good_page_and_is_named(
    spoil: Callable[[LibraryCase], str], visitor: Visitor
) -> None:
    before = {file: visitor.case.path(file).read_bytes() for file in (IPT, ADULTS, "content/sources.yaml")}
    before["templates/adults/audience.yaml"] = visitor.case.path("templates/adults/audience.yaml").read_bytes()
    said = spoil(visitor.case)
    page = visitor.says(said, part="list")
    assert OLD in page.part("leaflet") and "The last good pages, from" in page.part("pages")
    assert 'class="old"' in page.body.decode()
    assert "The first word" in visitor.leaflet()
    assert visitor.get("/picture?n=1").body.startswith(b"\x89PNG")
    for file, text in before.items():
        visitor.case.write(file, text)
    visitor.title("Another word")
    page = visitor.until("/", lambda answer: OLD not in answer.text)
    assert page.part("list") == "None. The checks have nothing to say."
    assert "Another word" in visitor.leaflet()


@pytest.mark.slow
def test_a_check_that_fails_shows_the_new_page_and_the_problem_under_its_heading(visitor: Visitor) -> None:
    long = " ".join(["long words"] * 30)
    line = visitor.case.replace(IPT, "      ", f"      {long.capitalize()}.\n\n{{}}", "  overview:", "    adults:")
    page = visitor.says(f"{IPT}:{line}", part="list")
    assert re.search(r"What is [^:]+ Error \S+ The sentence .* has 60 words", page.part("list"))
    assert OLD not in page.text
    assert "Long words long words" in visitor.leaflet()


def second_therapy(case: LibraryCase) -> None:
    case.write("content/therapies/other.yaml", case.text(IPT).replace("\nid: ipt\n", "\nid: other\n"))


@pytest.mark.slow
def test_a_record_that_is_deleted_and_comes_back(case: LibraryCase) -> None:
    second_therapy(case)
    query = "therapy=other&audience=adults"
    with previewing(case, quick) as visitor:
        visitor.says("As saved, typeset", f"/?{query}")
        text = case.text("content/therapies/other.yaml")
        case.path("content/therapies/other.yaml").unlink()
        page = visitor.says("content/therapies/other.yaml The record of the therapy is gone.", f"/?{query}", "list")
        assert OLD in page.text and "other (no longer there)" in page.text
        assert visitor.get(f"/leaflet?{query}").status == 200
        assert visitor.get("/?therapy=ipt").status == 200
        case.write("content/therapies/other.yaml", text)
        assert "no longer there" not in visitor.until(f"/?{query}", lambda answer: OLD not in answer.text).text


@pytest.mark.slow
def test_a_clinic_that_is_deleted(visitor: Visitor) -> None:
    query = "therapy=ipt&audience=adults&clinic=riverside"
    assert "Riverside" in visitor.says("Riverside", f"/leaflet?{query}").text
    visitor.case.path("content/clinics/riverside.yaml").unlink()
    page = visitor.says("content/clinics/riverside.yaml The record of the clinic is gone.", f"/?{query}", "list")
    assert OLD in page.text
    assert "Riverside" in visitor.leaflet(query)


@pytest.mark.slow
def test_the_only_record_is_deleted(visitor: Visitor) -> None:
    visitor.case.path(IPT).unlink()
    page = visitor.says("content/therapies There is no therapy record.", part="list")
    assert OLD in page.text and "The first word" in visitor.leaflet()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["/", pytest.param("/?therapy=ipt&audience=teens", marks=pytest.mark.long), "/?therapy=never-heard-of"],
)
def test_a_library_that_is_broken_from_the_start(path: str, case: LibraryCase) -> None:
    good = case.text("content/publisher.yaml")
    case.write("content/publisher.yaml", "id: [\n")
    with previewing(case, quick) as visitor:
        page = visitor.get(path)
        assert page.status == 200 and "content/publisher.yaml:1" in visitor.shown(page.part("list"))
        assert "<iframe" not in page.body.decode() and "<select" not in page.body.decode()
        assert "never-heard-of" not in page.body.decode()
        assert [visitor.get(name).status for name in ("/leaflet", "/picture?n=1", "/proof")] == [404, 404, 503]
        case.write("content/publisher.yaml", good)
        if "never" in path:
            visitor.until(path, lambda answer: answer.status == 404)
        else:
            visitor.until(path, lambda answer: "As saved, made at" in answer.text)


@pytest.mark.slow
def test_a_record_that_is_broken_from_the_start(case: LibraryCase) -> None:
    second_therapy(case)
    said = broken_yaml(case)
    with previewing(case, quick) as visitor:
        page = visitor.says(said, "/?therapy=ipt&audience=adults", "list")
        assert "ipt (cannot be read)" in page.text
        assert "There is no page yet." in page.text
        other = visitor.get("/?therapy=other&audience=adults")
        assert "Elsewhere in the library Warning" in other.part("list"), "it is said, but not as this leaflet's own"


@pytest.mark.slow
def test_a_fast_series_of_saves_is_made_a_few_times_only(visitor: Visitor) -> None:
    def serial() -> int:
        found = re.search(r'data-mark="\w+-(\d+)"', visitor.get().body.decode())
        return int(found.group(1)) if found else 0

    before = serial()
    for number in range(40):
        visitor.title(f"Word number {number}")
        time.sleep(0.01)
    visitor.says("Word number 39", "/leaflet")
    visitor.until("/", lambda answer: "As saved, typeset at" in answer.text)
    assert serial() - before < 20, "each state counts twice: with the old pictures, and with its own"


@pytest.mark.slow
def test_a_page_that_never_ends_leaves_the_last_good_pictures(case: LibraryCase) -> None:
    with previewing(case, quick, limit=2) as visitor:
        visitor.says("As saved, typeset")
        visitor.title("HANG now")
        page = visitor.says("The last good pages, from", part="pages")
        assert "took more than 2 seconds of processor time" in page.part("list")
        assert "HANG now" in visitor.leaflet() and OLD not in page.text, "the web page needs no engine"
        assert visitor.get("/picture?n=1").status == 200
        visitor.title("Well again")
        visitor.says("As saved, typeset")


@pytest.mark.slow
def test_a_page_that_crashes_the_engine(visitor: Visitor) -> None:
    visitor.title("CRASH now")
    page = visitor.says("The last good pages, from", part="pages")
    assert "The program that prints this page crashed." in page.part("list")
    visitor.title("Well again")
    assert visitor.says("As saved, typeset").part("list") == "None. The checks have nothing to say."


def no_process_left(_: Page) -> Printed:
    """Stands for whatever cannot be sent to a worker or be fetched from it: this raises a thing that cannot be sent."""
    raise Unsendable(threading.Lock())


class Unsendable(BaseException):
    pass


@pytest.mark.slow
def test_an_engine_that_cannot_even_be_asked(case: LibraryCase) -> None:
    with previewing(case, no_process_left) as visitor:
        page = visitor.says("There are no pages yet.", part="pages")
        assert "The leaflet as a whole Error" in page.part("list")
        assert "As saved, made at" in page.part("leaflet")


@pytest.mark.slow
def test_a_page_that_never_ends_does_not_hold_up_a_newer_one(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PATIENCE", 0.5)
    visitor.title("HANG now")
    visitor.says("Being typeset", part="pages")
    visitor.title("Well again")
    visitor.says("As saved, typeset", part="pages")  # the engine's own limit is an hour


@pytest.mark.slow
def test_a_template_that_takes_too_long_is_given_up(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "LONGEST", 1.0)
    good = visitor.case.text(ADULTS)
    loops = "{% for a in range(3000) %}{% for b in range(30000) %}{% endfor %}{% endfor %}"
    visitor.case.write(ADULTS, good.replace("{% block illustration %}", f"{{% block illustration %}}{loops}"))
    page = visitor.says("The check took more than 1 seconds of processor time.", part="list")
    assert OLD in page.text
    monkeypatch.undo()
    visitor.case.write(ADULTS, good)
    visitor.until("/", lambda answer: OLD not in answer.text)


@pytest.mark.long
def test_many_choices_are_remembered_and_the_oldest_goes(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MOST", 4)
    queries = ["audience=teens&edition=a4", "audience=parents&edition=letter"]
    more = [f"{query}&clinic=riverside" for query in queries]
    good = visitor.case.text(IPT)
    assert [visitor.get(f"/leaflet?{query}").status for query in queries] == [200] * 2
    said = broken_yaml(visitor.case)
    visitor.says(said, part="list")
    assert [visitor.get(f"/leaflet?{query}").status for query in queries] == [200] * 2, "all have a last good page"
    visitor.case.write(IPT, good)
    visitor.until("/", lambda answer: OLD not in answer.text)
    assert [visitor.get(f"/leaflet?{query}").status for query in more] == [200] * 2
    visitor.until("/", lambda answer: "As saved, typeset at" in answer.text)
    broken_yaml(visitor.case)
    visitor.says(said, part="list")
    assert visitor.get(f"/leaflet?{more[-1]}").status == 200
    assert visitor.get(f"/leaflet?{queries[0]}").status == 404, "it was the oldest of five"


@pytest.mark.slow
def test_a_worksheet_and_its_other_readers(visitor: Visitor) -> None:
    query = "therapy=ipt&audience=teens&worksheet=closeness-circles"
    page = visitor.get(f"/?{query}")
    assert '<option value="closeness-circles" selected>' in page.body.decode()
    shown = re.sub(r"(?s)<style.*?</style>", "", visitor.get(f"/leaflet?{query}").body.decode())
    assert "worksheets" not in shown
    assert visitor.leaflet(query) != visitor.leaflet("therapy=ipt&audience=teens")


@pytest.mark.slow
def test_a_worksheet_of_another_therapy_gives_way_to_the_leaflet(case: LibraryCase) -> None:
    second_therapy(case)
    case.replace("content/therapies/other.yaml", "worksheets:", "worksheets: [my-goals]")
    with previewing(case, quick) as visitor:
        page = visitor.get("/?therapy=other&audience=adults&worksheet=closeness-circles")
        assert page.status == 200
        assert '<option value="" selected>None: the leaflet' in page.body.decode()


@pytest.mark.slow
def test_choices_that_do_not_go_together_are_said(visitor: Visitor) -> None:
    region = visitor.case.text("content/regions/england.yaml").replace("id: england", "id: wales")
    visitor.case.write("content/regions/wales.yaml", region)
    visitor.until("/?region=wales", lambda answer: answer.status == 200)
    said = visitor.get("/?therapy=ipt&audience=adults&clinic=riverside&region=wales").part("list")
    assert 'this choice The clinic "riverside" is in the region "england"' in said
    assert "Choose another region" in said and "--region" not in said


@pytest.mark.slow
def test_a_leaflet_that_is_not_on_the_clinics_shelf(visitor: Visitor) -> None:
    clinic = "content/clinics/riverside.yaml"
    text = re.sub(r"(?ms)^shelf:.*?(?=^\w|\Z)", "", visitor.case.text(clinic))
    visitor.case.write(clinic, f"{text}\nshelf:\n  - therapy: ipt\n    audiences: [teens]\n    editions: [a4]\n")
    line = visitor.case.line(clinic, "shelf:")
    words = f'{clinic}:{line} The therapy "ipt" is not on the shelf of the clinic "riverside" for "adults".'
    visitor.says(words, "/?therapy=ipt&audience=adults&clinic=riverside", "list")


@pytest.mark.slow
def test_a_reader_without_a_leaflet_gets_the_reason(visitor: Visitor) -> None:
    text = visitor.case.text(IPT)
    text = re.sub(r"(?ms)^  parents:\n.*?(?=^  \w)", "", text, count=1)
    for clinic in ("hillside", "riverside"):
        visitor.case.path(f"content/clinics/{clinic}.yaml").unlink()
    visitor.case.write(IPT, f"{text}\nnot_for:\n  parents: It is for adults alone.\n")
    words = 'There is no leaflet of "ipt" for "parents": It is for adults alone. Choose another reader.'
    visitor.says(words, "/?therapy=ipt&audience=parents", "list")


@pytest.mark.slow
def test_the_proof_sheet_is_there_and_survives_a_template_that_raises(visitor: Visitor) -> None:
    assert "Proof: Interpersonal psychotherapy" in visitor.get("/proof?therapy=ipt").text
    macro = "templates/_components/in-short/macro.html"
    visitor.case.write(macro, "{% macro component(block) %}{{ nobody.knows }}{% endmacro %}")
    answer = visitor.get("/proof?therapy=ipt")
    assert answer.status in (500, 503) and "Traceback" not in answer.text
    assert visitor.get().status == 200


@pytest.mark.slow
def test_nothing_is_written(visitor: Visitor) -> None:
    def files() -> set[Path]:
        return {path for path in visitor.case.root.rglob("*") if path.is_file()}

    before = files()
    visitor.get("/proof?therapy=ipt")
    visitor.title("Another word")
    visitor.says("Another word", "/leaflet")
    visitor.until("/", lambda answer: "As saved, typeset at" in answer.text)
    assert files() == before
