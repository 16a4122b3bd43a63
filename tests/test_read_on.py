"""Where to go on from a leaflet: organisations of the region, the therapy's worksheets, other leaflets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from leaflet_case import case, library
from library_case import LibraryCase
from pydantic import ValidationError

from printables.library.regions import Organisation
from printables.library.related import sheet_readers
from printables.pages.formats.web_page import with_sheet_links

ENGLAND = "content/regions/england.yaml"


def body(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": f"Example {name}",
        "about": "guides in plain words.",
        "web": f"https://www.example.org/{name}",
        "readers": ["adults"],
        "source": "helpline-samaritans",
        "checked_on": "2026-11-30",
        "status": "seen",
        **more,
    }


def shown(tmp_path: Path, *bodies: dict[str, Any], audience: str = "adults") -> list[str]:
    subject = case(tmp_path, audience, {"region:organisations": list(bodies)}).subject
    found = re.search(r'<ul class="organisations">(.*?)</ul>', subject.html, re.DOTALL)
    return re.findall(r"<strong>Example ([\w-]+)\.</strong>", found[1]) if found else []


@pytest.mark.slow
def test_a_leaflet_names_three_that_fit_its_conditions_and_reader_the_most_special_first(tmp_path: Path) -> None:
    bodies = (
        body("all"),
        body("ocd", conditions=["ocd"]),
        body("teens", readers=["teens"]),
        body("depression", conditions=["depression-any"]),
        body("two", conditions=["depression-any", "ocd"]),
        body("one-part", conditions=["depression-perinatal"]),
        body("unread", status="unchecked"),
    )
    assert shown(tmp_path / "adults", *bodies) == ["depression", "two", "all"]
    assert shown(tmp_path / "teens", *bodies, audience="teens") == ["teens"]


@pytest.mark.slow
def test_an_address_is_printed_to_be_typed_and_leads_to_the_page(tmp_path: Path) -> None:
    subject = case(tmp_path, "adults", {"region:organisations": [body("all")]}).subject
    line = 'Guides in plain words: <a class="address" href="https://www.example.org/all">example.org/all</a>'
    assert f"<strong>Example all.</strong> {line}" in subject.html
    assert "Find out more" in subject.page["read-on"]


@pytest.mark.slow
def test_a_name_that_ends_in_a_full_stop_gets_no_second_one(tmp_path: Path) -> None:
    bodies = [body("plain"), body("dotted") | {"name": "Example D.O.T."}]
    html = case(tmp_path, "adults", {"region:organisations": bodies}).subject.html
    assert re.findall(r"<strong>(Example [^<]*)</strong>", html) == ["Example plain.", "Example D.O.T."]


@pytest.mark.slow
def test_a_region_without_any_prints_nothing(tmp_path: Path) -> None:
    assert shown(tmp_path, body("unread", status="unchecked")) == []
    subject = case(tmp_path / "none", "adults", {"region:organisations": []}).subject
    assert "organisations" not in subject.html


def test_one_that_was_read_says_when() -> None:
    with pytest.raises(ValidationError) as caught:
        Organisation.model_validate(body("all", checked_on=None))
    assert caught.value.errors()[0]["msg"].startswith('"all" is seen, and it does not say when.')


def entry(**more: Any) -> str:
    lines = [f"    {key}: {value}" for key, value in body("all", **more).items()]
    return "\norganisations:\n  -" + "\n".join(lines)[3:].replace("'", '"') + "\n\nhelp_lines:"


@pytest.mark.parametrize(
    ("more", "key", "said"),
    [
        ({"conditions": ["ocdd"]}, "conditions", 'There is no condition "ocdd". Did you mean "ocd"?'),
        ({"readers": ["adult"]}, "readers", 'There is no audience "adult". Did you mean "adults"?'),
        (
            {"status": "unchecked"},
            "status",
            (
                'The organisation "all" is unchecked, so no leaflet shows it. '
                "Read its page, write the day in checked_on, and set the status to seen."
            ),
        ),
    ],
)
def test_what_is_wrong_with_one_is_told_at_its_line(
    case: LibraryCase, more: dict[str, Any], key: str, said: str
) -> None:
    ours = re.sub(r"(?ms)^organisations:\n.*?(?=^\S|\Z)", "", case.text(ENGLAND))
    text = ours.replace("\nhelp_lines:", entry(**more), 1)
    case.write(ENGLAND, text)
    at = text.splitlines().index("organisations:")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if n > at and one.startswith(f"    {key}:"))
    assert case.problems() == [f"{ENGLAND}:{line}: {said}"]


@pytest.mark.slow
def test_a_leaflet_lists_the_sheets_made_for_its_reader(tmp_path: Path) -> None:
    sheets = {"worksheets": ["closeness-circles", "my-goals"]}
    subject = case(tmp_path, "teens", sheets).subject
    names = [library().worksheets[name].titles["teens"].title for name in sheets["worksheets"]]
    assert re.findall(r"<li data-worksheet=[^>]*>([^<]*)</li>", subject.html) == names
    assert "Sheets that go with this leaflet. Ask for them where you got it:" in subject.page["read-on"]


@pytest.mark.slow
def test_parents_read_which_sheets_their_child_may_be_given(tmp_path: Path) -> None:
    sheets = {"worksheets": ["closeness-circles", "my-goals"]}
    html = case(tmp_path, "parents", sheets).subject.html
    names = [library().worksheets[name].titles["teens"].title for name in sheets["worksheets"]]
    assert re.findall(r"<li data-worksheet=[^>]*>([^<]*)</li>", html) == names


def test_who_gets_no_words_of_others_gets_none_of_their_sheets() -> None:
    audiences = library().audiences
    assert sheet_readers(library(), audiences["parents"]) == ["parents", "teens"]
    assert sheet_readers(library(), audiences["teens"]) == ["teens"]
    assert sheet_readers(library(), audiences["adults"]) == ["adults"]


@pytest.mark.slow
def test_the_publishers_address_is_named_beside_the_sheets(tmp_path: Path) -> None:
    changes = {"worksheets": ["my-goals"], "content/publisher.yaml": PUBLISHER}
    html = case(tmp_path, "adults", changes).subject.html
    assert 'or go to <a href="https://leaflets.example.org/">leaflets.example.org</a>:' in html


PUBLISHER = """name: Printables
about: {en: Printables makes leaflets about talking therapies.}
region: england
web: https://leaflets.example.org/
"""


def test_on_the_website_a_sheet_that_has_a_page_is_a_link() -> None:
    sheets = '<li data-worksheet="my-goals">My goals</li><li data-worksheet="small-steps">Small steps</li>'
    assert with_sheet_links(sheets, {"my-goals": "../my-goals.html"}) == (
        '<li><a href="../my-goals.html">My goals</a></li><li data-worksheet="small-steps">Small steps</li>'
    )
