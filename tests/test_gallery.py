"""The gallery: each component's examples in every look, the tokens, and the contrast of colours that meet."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from front_door import run
from leaflet_case import AUDIENCES, ROOT, Case, case
from library_case import copy_of_content
from markupsafe import escape
from shipped_case import shipped

from printables.checks.contrast import PAIRS
from printables.library.editions import Edition
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.problems import Problem
from printables.reports import gallery, gallery_examples
from printables.typeset import fonts

COMPONENTS = sorted(path.parent.name for path in (ROOT / "templates/_components").glob("*/macro.html"))


@functools.cache
def ours() -> tuple[str, list[Problem]]:
    """The gallery of what ships."""
    return gallery.gallery(shipped(), ROOT / "templates")


def page() -> str:
    return ours()[0]


def part(name: str) -> str:
    """One component's section of the page."""
    found = re.search(
        rf'<section class="g-part" id="component-{name}">.*?</section>\n(?=<section class="g-part")', page(), re.DOTALL
    )
    assert found, name
    return found[0]


def looks(section: str) -> list[tuple[str, str]]:
    """The label and the picture of each figure."""
    return re.findall(r'<figure class="g-look">\s*<figcaption>(.*?)</figcaption>(.*?)</figure>', section, re.DOTALL)


def examples(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load(
        (ROOT / f"templates/_components/{name}/examples.yaml").read_text("utf-8")
    )
    return read


# The components


@pytest.mark.slow
def test_what_ships_is_drawn_without_a_problem() -> None:
    assert ours()[1] == []
    assert len(COMPONENTS) > 20


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_example_is_drawn_in_every_look_beside_its_name(name: str) -> None:
    section = part(name)
    assert f'<li><a href="#component-{name}">{name}</a></li>' in page(), "the table of contents names it"
    assert f"_components/{name}/macro.html" in section
    assert "does not say what it is for" not in section
    drawn = looks(section)
    assert len(drawn) == len(examples(name)) * len(AUDIENCES)
    for number, audience in enumerate(AUDIENCES):
        mine = drawn[number :: len(AUDIENCES)]
        assert all(f'class="look look-{audience}"' in html for _, html in mine)
        assert len({label for label, _ in mine}) == 1
    assert [example["name"] for example in examples(name) if f"<h3>{escape(example['name'])}</h3>" not in section] == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_markup_in_an_example_is_markup_and_not_letters(name: str) -> None:
    """Fails where a new key of markup is missing in `gallery_examples.MARKUP`."""
    assert [label for label, html in looks(part(name)) if re.search("&lt;/?[a-z]", html)] == []


def test_a_component_tells_its_purpose_its_readers_and_its_data() -> None:
    section = part("claims")
    assert "What it helps with. The phrase comes from the strength of the evidence" in section
    assert "It stands in leaflets for adults, teens, parents." in section
    rows = {
        re.sub(r"<.*?>", "", key): [re.sub(r"<.*?>", "", cell) for cell in (kind, shown)]
        for key, kind, shown in re.findall(
            r"<tr><th scope=\"row\">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>", section
        )
    }
    assert rows["data.rows"] == ["list of group", ""]
    assert rows["data.rows[].condition"] == ["text", "Low mood"]
    assert rows["data.rows[].level"] == ["number", "2"]
    assert rows["data.rows[].checked"] == ["yes or no", "no"]
    assert rows["data.rows[].guideline"] == ["group or nothing", ""]
    assert rows["data.rows[].guideline.code"] == ["text", "XX1"]
    assert rows["data.rows[].html"] == ["markup or nothing", "More is known for adults than for children."]


def test_long_values_are_cut_and_lists_are_shown() -> None:
    data = {"text": "word " * 40, "points": [1, 2, 3], "none": None}
    found = {key.path: (key.kind, key.shown) for key in gallery_examples.keys([data])}
    kind, shown = found["text"]
    assert (kind, shown[-5:], len(shown)) == ("text", "word…", 60)
    assert found["points"] == ("list of number", "1, 2, 3")
    assert found["none"] == ("nothing", "")


def test_the_purpose_is_the_first_comment_on_one_line() -> None:
    assert gallery_examples.purpose("{# Two\n   lines. #}\n{# more #}\n{% macro component(data) %}") == "Two lines."
    assert gallery_examples.purpose("{% macro component(data) %}") == ""


def test_no_two_elements_share_an_id_and_links_follow() -> None:
    ids = re.findall(r' id="([^"]+)"', page())
    assert len(ids) == len(set(ids))
    html = '<li id="source-1"><a href="#source-1">1</a><svg><path fill="url(#p)"/></svg><a href="https://x.example/#y">2</a></li>'
    assert gallery_examples.own_ids(html, "teens-x") == (
        '<li id="teens-x-source-1"><a href="#teens-x-source-1">1</a><svg><path fill="url(#teens-x-p)"/></svg>'
        '<a href="https://x.example/#y">2</a></li>'
    )


def test_the_page_needs_no_other_file() -> None:
    assert re.findall(r"""<(?:link|script|img|iframe)\b|@import|url\((?!data:font/ttf;base64,|#)""", page()) == []
    assert page().count("url(data:font/ttf;base64,") == len(fonts.FACES) + len(fonts.WEIGHTS)


# Looks


def test_a_style_sheet_is_kept_to_its_look() -> None:
    css = (
        "@page { size: A4; @bottom-left { content: none; } }\n@page cover { margin: 0; }\n"
        ":root { --ink: #000; }\nhtml { color: var(--ink); }\nbody, .html-like body.teens > p { margin: 0; }\n"
        ".body { top: 0; }\n@media print { h1 { color: red; } }\n"
    )
    assert gallery.nested(css, "look-teens").split("\n") == [
        ".look-teens {",
        "",
        "",
        "& { --ink: #000; }",
        "& { color: var(--ink); }",
        ".sheet, .html-like .sheet.teens > p { margin: 0; }",
        ".body { top: 0; }",
        "@media print { h1 { color: red; } }",
        "",
        "}",
    ]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_look_carries_its_own_tokens(audience: str) -> None:
    start = page().index(f".look-{audience} {{\n")
    own = page()[start : page().find("\n.look-", start + 1)]
    accents = re.findall(r"--accent: (#\w+);", own)
    assert accents[-1] == shipped().pages.tokens(LeafletStyle(audience))["accent"]
    assert "@page" not in own and ":root" not in own


def test_pages_own_classes_meet_no_component() -> None:
    own = set(re.findall(r"\.(g-[\w-]+)", (ROOT / "templates/_gallery/style.css").read_text("utf-8")))
    theirs = "".join(path.read_text("utf-8") for path in (ROOT / "templates/_components").rglob("*.*"))
    assert {"g-look", "g-table"} <= own
    assert [name for name in own if name in theirs] == []


# Tokens and contrast


def rows(table_class: str) -> list[list[str]]:
    """The cells of every row in the tables of a kind, as text."""
    tables = re.findall(rf'<table class="g-table {table_class}">(.*?)</table>', page(), re.DOTALL)
    lines = [line for table in tables for line in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[" ".join(re.sub("<.*?>", " ", cell).split()) for cell in line] for line in cells]


def test_every_token_stands_there_with_its_value_in_each_look() -> None:
    shown = {row[0]: row[1:] for row in rows("g-tokens")}
    tokens = [shipped().pages.tokens(LeafletStyle(audience)) for audience in AUDIENCES]
    assert len(tokens[0]) > 20
    for name in tokens[0]:
        plain = [re.sub("^Aa ", "", value) for value in shown[f"--{name}"]]
        assert [value.replace("&#34;", '"') for value in plain] == [found[name] for found in tokens]


def test_colours_have_a_swatch_letters_a_sample_and_lengths_a_bar() -> None:
    accent = shipped().pages.tokens(LeafletStyle("teens"))["accent"]
    assert f'<span class="g-swatch" style="background: {accent}"></span><code>{accent}</code>' in page()
    size = shipped().pages.tokens(LeafletStyle("adults"))["text"]
    assert f'<span class="g-letters" style="font-size: {size}">Aa</span> <code>{size}</code>' in page()
    gap = shipped().pages.tokens(LeafletStyle("adults"))["gap"]
    assert f'<span class="g-bar" style="width: {gap}"></span><code>{gap}</code>' in page()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("#1b1b1b", "colours"),
        ("18pt", "type"),
        ("3mm", "lengths"),
        ("0", "lengths"),
        ("154mm", "others"),
        ("none", "others"),
    ],
)
def test_tokens_are_sorted_by_what_they_hold(tmp_path: Path, value: str, kind: str) -> None:
    name = "text" if kind == "type" else "x"
    folder = tmp_path / "_base"
    folder.mkdir()
    (folder / "tokens.css").write_text(f":root {{ --{name}: {value}; }} html {{ font: var(--text)/1.5 serif; }}")
    (folder / "page.css").write_text("")
    (tmp_path / "adults").mkdir()
    (tmp_path / "adults/theme.css").write_text("")
    (token,) = gallery.tokens(Pages(tmp_path, tmp_path), ["adults"])
    assert (token.name, token.kind, token.values) == (name, kind, (value,))


def test_every_pair_is_measured_in_every_look_and_coloured_edition() -> None:
    found = [row for row in rows("g-contrast") if row[0] != "Colours"]
    assert [row[0] for row in found] == [f"--{front} on --{back}" for front, back, _ in PAIRS] * 3
    assert all(len(row) == 2 + len(AUDIENCES) for row in found)
    assert all(re.fullmatch(r"Aa \d+\.\d:1 passes", cell) for row in found for cell in row[2:]), "what ships passes"
    for name in ("A4", "A4, ink saver", "A4, cream"):
        assert f"<h3>{name}</h3>" in page()


def test_a_pair_that_fails_says_so_in_words() -> None:
    meeting = gallery.ColourContrast("#777777", "#ffffff", 4.47, 7)
    assert (meeting.figure, meeting.verdict) == ("4.4:1", "FAILS")
    passing = gallery.ColourContrast("#000000", "#ffffff", 7.0, 7)
    assert (passing.figure, passing.verdict) == ("7.0:1", "passes")
    odd = gallery._meeting({"ink": "black", "paper": "#ffffff"}, "ink", "paper", 7)
    assert (odd.figure, odd.verdict) == ("no colour", "FAILS")


@pytest.mark.parametrize(
    ("edition", "words"),
    [
        (Edition(), "A4"),
        (Edition(paper="letter", large_print=True), "US Letter, large print"),
        (Edition(paper="a5", booklet=True, private_cover=True), "A5, booklet, private cover"),
    ],
)
def test_editions_are_said_in_words(edition: Edition, words: str) -> None:
    assert gallery.edition_words(edition) == words


# What is wrong, and the command


def spoiled(folder: Path, file: str, text: str) -> tuple[Case, list[Problem]]:
    """The gallery of templates in which one file of the component `steps` is another."""
    made = case(folder, changes={f"templates/_components/steps/{file}": text})
    _, problems = gallery.gallery(made.checked, folder / "templates")
    return made, problems


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        (
            "- name: a\n- name: [",
            2,
            "This cannot be read as YAML.",
            "Write a list in which each example has a name and data.",
        ),
        ("- name: x", 1, "This is no list of examples.", "Write a list in which each example has a name and data."),
        (
            "- {name: x, data: {}}",
            0,
            "The example \"x\" cannot be drawn: 'dict object' has no attribute 'html'.",
            "Compare its data with what macro.html uses.",
        ),
    ],
)
def test_bad_examples_are_told_with_their_file(tmp_path: Path, text: str, line: int, what: str, mend: str) -> None:
    _, problems = spoiled(tmp_path, "examples.yaml", text)
    path = str(tmp_path / "templates/_components/steps/examples.yaml")
    assert [(p.path, p.line, p.what, p.mend) for p in problems] == [(path, line, what, mend)]


@pytest.mark.slow
def test_a_component_without_examples_is_told_and_still_listed(tmp_path: Path) -> None:
    made = case(
        tmp_path,
        changes={"templates/_components/mine/macro.html": "{# For us. #}{% macro component(data) %}{% endmacro %}"},
    )
    html, problems = gallery.gallery(made.checked, tmp_path / "templates")
    assert [problem.what for problem in problems] == ["The component has no examples."]
    assert "For us." in html
    assert "It has no example that could be drawn." in html


@pytest.mark.slow
def test_the_command_writes_one_file_and_fails_on_a_bad_example(tmp_path: Path) -> None:
    (tmp_path / "mine/_components/steps").mkdir(parents=True)
    copy_of_content(tmp_path)
    done = run(tmp_path, "gallery")
    assert (done.returncode, done.stdout) == (0, "Wrote output/proofs/gallery.html. Open it in a browser.\n"), (
        done.stderr
    )
    assert (tmp_path / "output/proofs/gallery.html").read_text("utf-8").startswith("<!doctype html>")
    (tmp_path / "mine/_components/steps/examples.yaml").write_text("- name: x\n")
    done = run(tmp_path, "gallery", "--templates", "mine")
    assert done.returncode == 1
    assert done.stderr == (
        "error: mine/_components/steps/examples.yaml:1: This is no list of examples."
        " Write a list in which each example has a name and data.\n"
    )
