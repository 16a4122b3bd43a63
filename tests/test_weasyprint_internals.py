"""The contract with WeasyPrint: each name and behaviour that its documentation does not promise, and we use.

Where one of these fails after an upgrade of the engine, `printables/typeset/weasyprint_internals.py` is what to mend.
"""

from __future__ import annotations

import ast
import logging
import re
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pydyf
import pytest
from import_case import imports

from printables.typeset import native, weasyprint_tags
from printables.typeset import weasyprint_internals as internals
from printables.typeset.engine import VARIANT
from printables.typeset.fetcher import MemoryFetcher
from printables.typeset.fonts import FAMILY, font_assets, font_css
from printables.typeset.open_zero import open_zero_assets
from printables.typeset.page import BASE_URL
from printables.typeset.start import load_engine

ROOT = Path(__file__).resolve().parent.parent
MODULES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "printables").rglob("*.py"))
}
HOMES = ("printables/typeset/weasyprint_internals.py", "printables/typeset/weasyprint_tags.py")
DOCUMENTED = {
    "weasyprint", "weasyprint.CSS", "weasyprint.HTML", "weasyprint.text.fonts.FontConfiguration",
    "weasyprint.urls.FatalURLFetchingError", "weasyprint.urls.URLFetcher", "weasyprint.urls.URLFetcherResponse",
    "pydyf", "tinyhtml5",
}  # fmt: skip
"""What other modules may import, by the engine's API reference."""
PRIVATE = {
    "_box", "_page_box", "content_box_x", "content_box_y", "descendants",
    "element_tag", "etree_element", "link_annotation", "widget_annotation",
}  # fmt: skip
"""Names of the engine's that its reference does not have, and that nothing else of ours bears."""
PAGE = """<!doctype html><html lang="en"><head><title>A leaflet</title></head><body>
<h1>Sleep</h1><p id="first">One <a href="https://example.org/">good address</a> here.</p>
<p class="mark">Two</p><div class="placed"><p>Placed</p></div>
<table><tr><th scope="row">Head</th><td>Cell</td></tr></table>
<div class="box" data-field="a">x</div><div class="box" data-field="b"></div>
</body></html>"""
STYLE = """@page { size: 400px 600px; margin: 50px; @bottom-center { content: "Foot" } }
body { margin: 0; font-size: 16px; font-family: "Atkinson Hyperlegible" } h1 { margin: 0 }
.mark::before { content: "Sign " } .placed { position: absolute; top: 0 }
.box { position: absolute; left: 10px; top: 200px; width: 80px; height: 40px; padding: 4px; border: 1px solid }"""


def laid_out(html: str = PAGE, css: str = STYLE) -> Any:
    """A document of the engine's."""
    load_engine()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), MemoryFetcher(font_assets() | open_zero_assets())
    sheet = CSS(string=font_css() + css, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts)
    parsed = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    return parsed.render(font_config=fonts, stylesheets=[sheet], pdf_variant=VARIANT)


def finished(look: Callable[[Any, Any], None], before: Callable[[Any], None] = lambda document: None) -> bytes:
    """The PDF of the page, with `look` as the finisher."""
    document = laid_out()
    before(document)
    pdf: bytes = document.write_pdf(finisher=look, pdf_variant=VARIANT)
    return pdf


def box_of(document: Any, **attributes: str) -> Any:
    """The first box that stands for an element with these attributes."""
    for box in internals.boxes(document.pages[0]):
        if internals.stands_for_element(box):
            element = internals.element_of(box)
            if all(element.get(name.replace("_", "-").strip("-")) == value for name, value in attributes.items()):
                return box
    raise AssertionError(attributes)


def tags(pdf: Any, kind: str) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, dict) and item.get("S") == kind]


@pytest.mark.pdf
def test_the_parsed_document_is_an_element_tree() -> None:
    load_engine()
    from weasyprint import HTML

    root = internals.root_element(HTML(string=PAGE))
    assert root.tag == "html" and root.get("lang") == "en" and [node.tag for node in root] == ["head", "body"]


@pytest.mark.pdf
def test_every_box_of_a_page_is_walked_also_what_is_placed_absolutely() -> None:
    document = laid_out()
    page = document.pages[0]
    text = " ".join(" ".join(internals.text_of(page)).split())
    for words in ("Sleep", "good address", "Sign", "Two", "Head", "Foot"):
        assert words in text
    walked = [
        internals.element_of(box).get("class") for box in internals.boxes(page) if internals.element_of(box) is not None
    ]
    assert "placed" in walked and "mark" in walked
    behind = [box for box in _raw(internals.page_box(page)) if type(box).__name__ == "AbsolutePlaceholder"]
    assert behind and all(internals.in_place(box) is not box for box in behind), "the placeholder that is looked behind"


def _raw(box: Any) -> list[Any]:
    return [box, *(one for child in internals.children(box) for one in _raw(child))]


@pytest.mark.pdf
def test_a_box_knows_its_element_and_whether_it_is_that_elements_own() -> None:
    page = laid_out().pages[0]
    found = [
        internals.stands_for_element(box)
        for box in internals.boxes(page)
        if internals.element_of(box) is not None and internals.element_of(box).get("class") == "mark"
    ]
    assert True in found and False in found, "the paragraph itself, and its ::before"
    assert not internals.stands_for_element(internals.page_box(page)), "a page has no element"


@pytest.mark.pdf
def test_the_room_inside_a_box_and_the_size_of_its_letters() -> None:
    document = laid_out()
    box = box_of(document, data_field="a")
    # from the page's area, which is the placed box's room: 50 + 10 + 1 + 4 px from the left, 50 + 200 + 5 from the top
    assert internals.content_rect(box, document.pages[0].height) == pytest.approx((48.75, 228.75, 108.75, 258.75))
    assert internals.font_size(box) == 12.0


@pytest.mark.pdf
def test_a_finisher_finds_links_and_header_cells_with_their_tags() -> None:
    found: dict[str, Any] = {}

    def look(document: Any, pdf: Any) -> None:
        boxes = list(internals.boxes(document.pages[0]))
        links = [link for box in boxes if (link := internals.annotation_of_link(box))]
        cells = [(internals.element_of(box), cell) for box in boxes if (cell := weasyprint_tags.header_cell(box))]
        found.update(links=links, cells=cells, annotations=tags(pdf, "/TH"))

    finished(look)
    assert [link["Subtype"] for link in found["links"]] == ["/Link"] and "Contents" in found["links"][0]
    ((element, cell),) = found["cells"]
    assert element.get("scope") == "row" and found["annotations"] == [cell]
    assert cell["A"]["O"] == "/Table" and "Scope" not in cell["A"], "if the engine writes it, the finisher need not"


@pytest.mark.pdf
def test_a_box_with_a_widget_is_tagged_as_a_field_and_one_without_is_not() -> None:
    found: dict[str, Any] = {}

    def before(document: Any) -> None:
        widget = pydyf.Dictionary({"Type": "/Annot", "Subtype": "/Widget"})
        internals.give_widget(box_of(document, data_field="a"), widget)

    def look(document: Any, pdf: Any) -> None:
        box = box_of(document, data_field="a")
        widget = internals.widget_of(box)
        pdf.add_object(widget)
        objects = {item.reference: item for item in pdf.objects}
        tag = objects[weasyprint_tags.tag_owners(pdf)[int(widget["StructParent"])]]
        named = objects[tag["K"][0]]
        assert named["Type"] == "/OBJR" and named["Obj"] != widget.reference, "the engine could not know the reference"
        weasyprint_tags.replace_annotation(tag, widget.reference, objects)
        found.update(tag=tag["S"], named=named["Obj"] == widget.reference, forms=len(tags(pdf, "/Form")))
        assert not internals.widget_of(box_of(document, data_field="b"))

    finished(look, before)
    assert found == {"tag": "/Form", "named": True, "forms": 1}


@pytest.mark.pdf
def test_a_box_becomes_one_picture_and_images_are_none_of_ours() -> None:
    """The engine goes by the name of the element, and tags what is inside of the box all the same."""
    made: list[Any] = []
    content: list[Any] = []

    def picture(document: Any) -> None:
        internals.make_picture(box_of(document, class_="placed"), "A page drawn small")

    def look(document: Any, pdf: Any) -> None:
        made.extend(internals.composed_pictures(pdf))
        objects = {item.reference: item for item in pdf.objects}
        stream = objects[objects[pdf.page_references[0]]["Contents"]]
        weasyprint_tags.to_content_of(stream, [0], "/Figure", {"BBox": pydyf.Array([1, 2, 3, 4])})
        at = next(at for at, item in enumerate(stream.stream) if isinstance(item, dict) and item.get("MCID") == 0)
        content.extend(stream.stream[at - 1 : at + 1])

    finished(look, picture)
    (tag,) = made
    assert tag["Alt"].string == "A page drawn small" and len(tag["A"]["BBox"]) == 4
    assert content[0] == "/Figure" and list(content[1]["BBox"]) == [1, 2, 3, 4]
    none: list[Any] = []
    finished(lambda document, pdf: none.extend(internals.composed_pictures(pdf)))
    assert none == []


@pytest.mark.pdf
def test_what_stands_in_the_margins_is_tagged_and_out_of_reach_until_it_is_an_artifact() -> None:
    """If the engine makes artifacts of it itself one day, the finisher need not."""
    found: dict[str, Any] = {}

    def look(document: Any, pdf: Any) -> None:
        objects = {item.reference: item for item in pdf.objects}
        reachable, waiting = set(), [weasyprint_tags.tag_root(pdf)]
        while waiting:
            kids = [kid for kid in waiting.pop().get("K", ()) if isinstance(kid, bytes) and kid in objects]
            reachable.update(kids)
            waiting.extend(objects[kid] for kid in kids)
        page = objects[pdf.page_references[0]]
        owners = weasyprint_tags.tag_owners(pdf)[page["StructParents"]]
        lost = [number for number, owner in enumerate(owners) if owner not in reachable]
        stream = objects[page["Contents"]]
        found["lost"] = len(lost)
        found["after"] = {stream.stream[at + 1] for at, item in enumerate(stream.stream) if isinstance(item, dict)}
        artifacts = stream.stream.count("/Artifact")
        found["made"] = weasyprint_tags.to_artifacts(stream, [*lost, 99999], pydyf.Dictionary({"Type": "/Pagination"}))
        found["expected"], found["more"] = lost, stream.stream.count("/Artifact") - artifacts

    finished(look)
    assert found["lost"] == found["more"] > 0 and found["made"] == found["expected"]
    assert found["after"] == {b"BDC"}


@pytest.mark.pdf
def test_the_content_of_a_page_can_be_moved_to_another_with_its_tags() -> None:
    """The numbers of the content, and what tags say of page and number, are where `move_content` looks for them."""

    def look(document: Any, pdf: Any) -> None:
        objects = {one.reference: one for one in pdf.objects}
        (reference,) = pdf.page_references
        drawn = list(objects[objects[reference]["Contents"]].stream)
        before = [item["MCID"] for item in drawn if isinstance(item, dict) and "MCID" in item]
        artifacts = weasyprint_tags.artifacts_only(drawn, pydyf.Dictionary({"Type": "/Layout"}))
        moved = weasyprint_tags.move_content(pdf, drawn, reference, b"9 0 R", 100)
        assert before and [one["MCID"] for one in moved if isinstance(one, dict) and "MCID" in one] == [
            number + 100 for number in before
        ]
        assert artifacts.count("/Artifact") >= len(before)
        assert not [one for one in artifacts if isinstance(one, dict) and "MCID" in one]
        numbers = [
            kid for one in pdf.objects if isinstance(one, dict) for kid in one.get("K", ()) if isinstance(kid, int)
        ]
        assert min(numbers) == 100 and not [
            one for one in pdf.objects if isinstance(one, dict) and one.get("Pg") == reference
        ]
        assert {place[0] for place in weasyprint_tags.destinations(pdf)} == {reference}, "the bookmark of the heading"
        owners = weasyprint_tags.tag_owners(pdf)
        weasyprint_tags.set_tag_owners(pdf, {7: owners[0]})
        assert weasyprint_tags.tag_owners(pdf) == {7: owners[0]}

    finished(look)


@pytest.mark.pdf
def test_the_engine_complains_in_the_log_of_this_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, internals.LOGGER):
        laid_out(css="p { colour: red }")
    assert [record.name for record in caplog.records] == [internals.LOGGER]


@pytest.mark.pdf
def test_fonts_are_kept_in_a_folder_that_goes_with_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    document = laid_out()
    assert [path.name.startswith(internals.TEMPORARY) for path in tmp_path.iterdir()] == [True]
    del document


@pytest.mark.pdf
def test_the_name_of_an_element_that_goes_on_overleaf_is_on_the_first_page() -> None:
    long = "".join(f"<p>{FAMILY} {number}</p>" for number in range(60))
    document = laid_out(f'<!doctype html><html lang="en"><title>t</title><div id="long">{long}</div></html>')
    assert len(document.pages) > 1 and "long" in document.pages[0].anchors


def test_where_the_engine_looks_for_libraries_is_where_we_look() -> None:
    source = (files("weasyprint") / "text/ffi.py").read_text(encoding="utf-8")
    quoted = [ast.literal_eval(text) for text in re.findall(r"'[^'\n]*'", source)]
    folders = "".join(text for text in quoted if text.startswith("C:\\"))
    assert folders.replace(";", "") == internals.WINDOWS_FOLDERS.replace(";", "")
    names = {name for library in native.LIBRARIES if library.name not in THEIRS for name in library.files}
    assert names - set(quoted) == set()


THEIRS = ("freetype", "fribidi", "glib")
"""Libraries that Pango loads, not the engine."""


def test_a_style_sheet_that_is_continued_is_the_same_as_a_whole_one() -> None:
    """With all kinds of selectors on both sides, rules of pages, and one that an earlier rule overrules by order."""
    from weasyprint import CSS, HTML

    first = STYLE + "p { color: red } #first { margin: 0 } :lang(en) { orphans: 2 } * { padding: 0 }"
    more = "@page { margin: 30px } p { color: blue } .mark { margin: 9px } #first { margin: 4px } [id] { top: 0 }"

    def pdf(sheet: Any) -> bytes:
        made: bytes = HTML(string=PAGE).write_pdf(stylesheets=[sheet])
        return made

    start = CSS(string=first)
    before = pdf(start)
    assert pdf(internals.continued(start, more)) == pdf(CSS(string=first + more)) != before
    assert pdf(internals.continued(start, "p { color: green }")) not in (before, pdf(CSS(string=first + more)))
    assert pdf(start) == before, "it was left as it was"


def undocumented(text: str) -> list[str]:
    """What a module imports of the engine, or reaches into, that its reference does not have."""
    known = {name for name in imports(text) if name.split(".")[0] in ("weasyprint", "pydyf", "cssselect2", "tinyhtml5")}
    nodes = list(ast.walk(ast.parse(text)))
    reached = {node.attr for node in nodes if isinstance(node, ast.Attribute)} & PRIVATE
    quoted = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)} & PRIVATE
    return sorted((known - DOCUMENTED) | reached | quoted)


@pytest.mark.slow
def test_no_other_module_reaches_into_the_engine() -> None:
    assert {path: found for path, text in MODULES.items() if path not in HOMES and (found := undocumented(text))} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "from weasyprint.formatting_structure.boxes import TextBox",
            ["weasyprint.formatting_structure.boxes.TextBox"],
        ),
        ("import weasyprint.layout", ["weasyprint.layout"]),
        ("def f():\n    from weasyprint.html import UA_STYLESHEET", ["weasyprint.html.UA_STYLESHEET"]),
        ("import cssselect2", ["cssselect2"]),
        ("x = page._page_box", ["_page_box"]),
        ("x = getattr(box, 'link_annotation', None)", ["link_annotation"]),
        ("from weasyprint import CSS, HTML\nfrom weasyprint.urls import URLFetcher\nimport pydyf", []),
    ],
)
def test_reaching_into_the_engine_is_found(text: str, found: list[str]) -> None:
    assert undocumented(text) == found


def test_the_home_of_what_is_private_uses_it() -> None:
    """The names above are the engine's own, and those that are no longer used here are struck off."""
    assert undocumented("".join(MODULES[home] for home in HOMES))
    source = "".join(path.read_text(encoding="utf-8") for path in Path(str(files("weasyprint"))).rglob("*.py"))
    assert [name for name in PRIVATE if name not in source] == []
    assert [name for name in PRIVATE if all(name not in MODULES[home] for home in HOMES)] == []
