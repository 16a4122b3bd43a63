"""The one tree of a page: what it keeps, that nobody can change it, and that no page is too deep or too open for it."""

from __future__ import annotations

import dataclasses
import time

import pytest

from printables.checks.structure import faults
from printables.checks.text import by_section
from printables.pages.formats.html_tree import Element, parse


def test_the_tree_keeps_attributes_and_void_elements() -> None:
    (body,) = parse('<html><body><p class="a b">x<br>y<input disabled></p></body></html>').below("body")
    (paragraph,) = body.below("p")
    assert paragraph.classes == {"a", "b"}
    assert [child if isinstance(child, str) else child.tag for child in paragraph.children] == ["x", "br", "y", "input"]
    assert next(paragraph.below("input")).attributes == {"disabled": ""}


def test_elements_and_texts_come_in_the_order_of_the_page() -> None:
    root = parse("<p>a<b>b<i>c</i></b>d</p><!-- not read --><p>&amp;</p>")
    assert [(element.tag, element.level) for element in root.elements()] == [("p", 1), ("b", 2), ("i", 3), ("p", 1)]
    assert list(root.texts()) == ["a", "b", "c", "d", "&"]
    assert list(root.texts(without=frozenset(["b"]))) == ["a", "d", "&"]
    assert root.words == "abcd&"


@pytest.mark.parametrize(
    ("html", "shape"),
    [
        ("<p>a</i>b</p>c", "p(a b) c"),
        ("<p><b>a</p>b", "p(b(a)) b"),
        ("<p><b>a", "p(b(a))"),
        ("<svg><path/><text>a</text></svg>", "svg(path() text(a))"),
        ("a &lt; b", "a < b"),
    ],
)
def test_a_page_that_is_not_closed_as_it_was_opened(html: str, shape: str) -> None:
    def shown(node: Element | str) -> str:
        return node if isinstance(node, str) else f"{node.tag}({' '.join(map(shown, node.children))})"

    assert " ".join(map(shown, parse(html).children)) == shape


def test_nobody_can_change_a_tree_that_others_read() -> None:
    page = f"<p>{'x' * 2000}</p>"
    (paragraph,) = parse(page).children
    assert parse(page) is parse(page), "a whole page is parsed once"
    assert isinstance(paragraph, Element) and isinstance(paragraph.children, tuple)
    with pytest.raises(dataclasses.FrozenInstanceError):
        paragraph.tag = "div"  # type: ignore[misc]


@pytest.mark.slow
def test_a_page_deeper_than_the_calls_of_python_is_read_and_refused() -> None:
    page = "<div>" * 20_000 + "here" + "</div>" * 20_000 + "<p>after</p>"
    assert parse(page).words == "hereafter"
    assert by_section(page) == {"": "here\nafter"}
    assert [what for what, _ in faults(page)] == [
        "The page has 0 main headings.",
        "The page does not say its language.",
        "The page has no title.",
        "Elements are nested deeper than 60 levels.",
    ]


@pytest.mark.slow
def test_end_tags_on_a_page_of_open_elements_take_no_search() -> None:
    begin = time.process_time()
    assert parse("<i>" * 40_000 + "</b>" * 40_000 + "x").words == "x"
    assert time.process_time() - begin < 10, "40,000 times 40,000 steps are minutes"


def test_the_text_behind_a_section_belongs_to_none() -> None:
    html = '<h1>Title</h1><section id="one"><p>First</p></section>between<section id="two"><p>Second</p></section>'
    assert by_section(html) == {"": "Title\nbetween", "one": "First", "two": "Second"}


def test_a_section_inside_another_ends_with_its_own_end_tag() -> None:
    html = '<section id="one"><p>First</p><section id="two"><p>Inner</p></section><p>Last</p></section>'
    assert by_section(html) == {"": "", "one": "First\nLast", "two": "Inner"}
