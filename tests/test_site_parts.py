"""The parts of the website that can be looked at by themselves."""

from __future__ import annotations

import io
import json
import os
import zipfile
from functools import partial
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from markupsafe import Markup

from printables.files import OutputError
from printables.library.colour import contrast
from printables.library.editions import edition
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.formats.web_page import page_body
from printables.pages.templates.render import Pages
from printables.pages.templates.scoping import scoped
from printables.pages.templates.template_faults import MissingWord
from printables.pipeline.options import Progress
from printables.publish.archive import EPOCH
from printables.site import archives, fonts, hosting, styles
from printables.site.leaflet_page import leaflet_page
from printables.site.model import Download, SiteHandout, TherapyPage
from printables.site.paging import PER_SHELF, from_to, shelved
from printables.site.words import SiteTexts, with_edition
from printables.site.writing import MANY, Contents, SiteFolder, SitePart, read_state, site_part, write_state

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = load(ROOT / "content", ROOT / "templates")
    assert found is not None and problems == []
    return found


@pytest.fixture(scope="module")
def words(library: Library) -> SiteTexts:
    return SiteTexts(library.site_words["en"], library.locales["en"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (":root { --ink: #111; }", ".leaflet{--ink:#111}"),
        ("html { color: red; } body { margin: 0; }", ".leaflet{color:red}.leaflet{margin:0}"),
        ("p, ul li { margin: 0; }", ".leaflet p,.leaflet ul li{margin:0}"),
        (".plain h2 { color: red; }", ".leaflet.plain h2{color:red}"),
        ("@page { size: A4; @bottom-left { content: counter(page); } }", ""),
        ("h2 { break-after: avoid; orphans: 2; color: red; }", ".leaflet h2{color:red}"),
        ("body { string-set: of attr(data-of); hyphens: none; }", ".leaflet{hyphens:none}"),
        ("@media screen { p { margin: 0; } }", ".leaflet p{margin:0}"),
        (
            "@media screen and (max-width: 34rem) { p { margin: 0; } }",
            "@media (max-width: 34rem){.leaflet p{margin:0}}",
        ),
        ("@media print { p { margin: 0; } }", ""),
        (".ws-ring, p { top: 0; }", ".leaflet p{top:0}"),
        ("/* a comment { } */ p { margin: 0; }", ".leaflet p{margin:0}"),
        ('a::before { content: "}"; }', '.leaflet a::before{content:"}"}'),
    ],
)
def test_a_style_sheet_reaches_the_leaflet_and_nothing_else(before: str, after: str) -> None:
    assert scoped(before, ".leaflet", screen=True) == after


def test_rules_for_screens_are_there_once_and_those_of_another_folder_take_the_place_of_ours(tmp_path: Path) -> None:
    ours = Pages(ROOT / "templates", ROOT / "templates").screen_css()
    assert ours.count(".number-strip li { min-width") == 1 and ".scene-wide" in ours
    (tmp_path / "_base").mkdir()
    (tmp_path / "_base/screen.css").write_text("p { color: red; }\n", encoding="utf-8")
    theirs = Pages(tmp_path, ROOT / "templates").screen_css()
    assert "color: red" in theirs and ".number-strip" not in theirs and ".scene-wide" in theirs


@pytest.mark.parametrize("audience", ["adults", "teens", "parents", "professionals"])
def test_the_dark_page_can_be_read(audience: str) -> None:
    tokens = styles.dark(Pages(ROOT / "templates", ROOT / "templates").tokens(LeafletStyle(audience)))
    for ground in ("paper", "accent-tint", "band"):
        assert all(contrast(tokens[ink], tokens[ground]) >= 7 for ink in ("ink", "ink-soft", "accent"))
        assert contrast(tokens["rule"], tokens[ground]) >= 3
    assert contrast(tokens["alert"], tokens["alert-tint"]) >= 7


@pytest.mark.parametrize("colour", ["#000000", "#0b4a45", "#ffff00", "#8b1538"])
def test_a_colour_is_lightened_until_it_can_be_read_and_no_further(colour: str) -> None:
    made = styles.lightened(colour, ["#161b1c"], 7)
    assert contrast(made, "#161b1c") >= 7
    assert contrast(made, "#161b1c") < 7.6 or colour == "#ffff00", "yellow is light enough as it is"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 KB"),
        (499, "1 KB"),
        (45_400, "45 KB"),
        (999_499, "999 KB"),
        (1_000_000, "1.0 MB"),
        (12_345_678, "12.3 MB"),
    ],
)
def test_sizes_are_those_of_a_file_manager(words: SiteTexts, count: int, said: str) -> None:
    assert words.size(count) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a4", "standard, A4"),
        ("a4-large-print", "large print, A4"),
        ("letter-ink-saver", "ink saver, US Letter"),
        ("a5-booklet-private-cover", "booklet, private cover, A5"),
        ("a4-cream-duplex", "cream, double-sided, A4"),
    ],
)
def test_editions_in_words(words: SiteTexts, name: str, said: str) -> None:
    assert words.edition(edition(name)) == said
    whole = with_edition("A title", edition(name), words)
    assert whole == ("A title" if name == "a4" else f"A title: {said}")


def test_a_word_that_is_missing_is_named(words: SiteTexts) -> None:
    with pytest.raises(MissingWord, match=r'content/site/en\.yaml has no word "no-such"'):
        words("no-such")


def test_every_word_of_the_site_is_used(library: Library) -> None:
    sources = [*(ROOT / "templates/_site").glob("*.html"), *(ROOT / "printables/site").glob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    made = ("edition-", "paper-", "form-", "age-", "desk-kind-", "leaflet-description", "worksheet-description")
    unused = [name for name in library.site_words["en"].words if f"{name}'" not in text and f'{name}"' not in text]
    assert [name for name in unused if not name.startswith(made)] == []


@pytest.mark.slow
def test_the_fonts_hold_what_is_asked_for_and_little_else() -> None:
    characters = fonts.letters(["Naïve “café”"])
    for data in fonts.font_files(characters).values():
        with TTFont(io.BytesIO(data)) as font:
            held = set(font.getBestCmap())
        assert {ord(one) for one in "ïé“”aZ09"} <= held
        assert ord("Ж") not in held and ord("ß") not in held
        assert len(data) < 10_000
    assert fonts.font_files(characters) == fonts.font_files(characters)


def test_a_twin_is_the_body_of_its_page() -> None:
    page = '<html><body class="leaflet teens plain" data-of="of">\n<main>\n<p>Words</p></main></body></html>'
    found = page_body(page)
    assert found.classes == "leaflet teens plain"
    assert found.html == "\n<div>\n<p>Words</p></div>"
    with pytest.raises(ValueError, match="a page without a body"):
        page_body("<p>Words</p>")


def test_a_leaflets_page_is_parted_behind_its_first_section_and_names_are_links_where_there_is_such_a_leaflet() -> None:
    page = (
        '<body class="leaflet teens plain">\n<section class="cover" id="cover"><p>Something to read</p></section>\n'
        '<header class="band"><h1>A <span class="whole">by-name</span>&nbsp;R&amp;D</h1></header>\n'
        '<div class="at-foot"></div><main>\n<section id="a" class="section"><h2>One</h2></section>\n'
        '<section id="b" class="section">'
        '<p><span data-handout="cbt teens">CBT</span>; <span data-handout="mbct teens">a '
        '<span class="whole">mind-based</span> one</span></p></section>\n</main></body>'
    )
    found = leaflet_page(
        page, "leaflets/teens/x-teens-en.html", "for teenagers", {("cbt", "teens"): "leaflets/teens/c.html"}
    )
    assert (found.title, found.classes, found.has_numbers) == (
        "A by-name R&D for teenagers",
        "leaflet teens plain",
        False,
    )
    assert '<h1>A by-name R&amp;D<span class="quiet"> for teenagers</span></h1>' in found.head
    assert "cover" not in found.head
    assert found.first == '<section id="a" class="section"><h2>One</h2></section>'
    assert (
        '<a href="../../leaflets/teens/c.html">CBT</a>; a <span class="whole">mind-based</span> one</p>' in found.rest
    )
    bare = '<body class="leaflet"><h1>A</h1><main><p>Words</p></main></body>'
    assert leaflet_page(bare, "x.html", "for all", {}).head.endswith("<div><p>Words</p></div>")
    with pytest.raises(ValueError, match="a leaflet without a title"):
        leaflet_page(bare.replace("h1", "p"), "x.html", "for all", {})


def document(path: str, data: bytes) -> Download:
    return Download(path, "TXT" if path.endswith("txt") else "PDF", "a4", "", "", 1, len(data), "0" * 64)


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    contents = {"b/two.pdf": b"%PDF", "a/one.txt": b"words " * 100}
    for path, data in contents.items():
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_bytes(data)
    documents = [document(path, data) for path, data in contents.items()]
    sources = {path: tmp_path / path for path in contents}
    made = archives.archive(documents, sources)
    assert made == archives.archive(documents[::-1], sources)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["SHA256SUMS", "a/one.txt", "b/two.pdf"]
        assert {one.date_time for one in archive.infolist()} == {EPOCH}
        assert archive.getinfo("a/one.txt").compress_size < 100


@pytest.mark.parametrize("address", ["", "https://leaflets.example/"])
def test_a_map_of_the_site_needs_an_address(address: str) -> None:
    inline = hosting.Inline(Markup("a{}"), Markup("run()"))
    made = hosting.files(["index.html", "a&b.html"], address, inline)
    assert ("sitemap.xml" in made) == bool(address)
    assert (b"Sitemap:" in made["robots.txt"]) == bool(address)
    if address:
        assert b"<loc>https://leaflets.example/a&amp;b.html</loc>" in made["sitemap.xml"]


def failing() -> Contents:
    raise OutputError


def test_what_was_made_before_a_failure_is_kept_and_known(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path, {}, 1)
    with pytest.raises(OutputError):
        folder.write([site_part("good.html", b"good"), SitePart("key", ("bad.html",), failing)])
    assert (tmp_path / "good.html").read_bytes() == b"good"
    assert set(folder.now) == {"good.html"}


def test_a_file_that_somebody_changed_is_made_again(tmp_path: Path) -> None:
    first = SiteFolder(tmp_path, {}, 1)
    first.write([site_part("a.html", b"ours"), site_part("b.html", b"ours")])
    (tmp_path / "a.html").write_bytes(b"theirs")
    second = SiteFolder(tmp_path, first.now, 1)
    second.write([site_part("a.html", b"ours"), site_part("b.html", b"ours")])
    assert (second.made, (tmp_path / "a.html").read_bytes()) == (["a.html"], b"ours")
    assert second.written().kept == ("b.html",)


def by_whom(paths: tuple[str, ...]) -> Contents:
    return {path: str(os.getpid()).encode() for path in paths}


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "files", "where"), [(1, 10, "here"), (2, 10, "elsewhere"), (2, 9, "here")])
def test_many_heavy_parts_are_made_by_several_processes(tmp_path: Path, workers: int, files: int, where: str) -> None:
    names = [tuple(f"{at}-{file}.txt" for file in range(files)) for at in range(MANY // 10)]
    told: list[int | str] = []
    folder = SiteFolder(tmp_path, {}, workers, Progress(on_done=told.append, on_start=told.append))
    parts = [SitePart("key", paths, partial(by_whom, paths), heavy=True) for paths in names]
    folder.write([site_part("light.html", b"made at once"), *parts])
    assert told == [len(names), *(paths[0] for paths in names)], "so that somebody sees how far it is"
    assert sorted(folder.made) == sorted(["light.html", *(path for paths in names for path in paths)])
    made_by = {(tmp_path / path).read_text("utf-8") for paths in names for path in paths}
    assert (str(os.getpid()) in made_by) == (where == "here")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"kind": "other"}',
        '{"kind": "printables-site", "version": 99, "files": {}}',
        '{"kind": "printables-site", "version": 1}',
    ],
)
def test_a_state_that_cannot_be_read_makes_everything_again(tmp_path: Path, text: str) -> None:
    (tmp_path / "site.json").write_text(text, encoding="utf-8")
    assert read_state(tmp_path / "site.json") == {}


def test_a_state_never_names_a_file_outside(tmp_path: Path) -> None:
    whole = {"kind": "printables-site", "version": 1, "files": {"../../etc/x": ["k", "s", 1], "a.html": ["k", "s", 1]}}
    (tmp_path / "site.json").write_text(json.dumps(whole), encoding="utf-8")
    assert set(read_state(tmp_path / "site.json")) == {"a.html"}


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path, {}, 1)
    folder.write([site_part("a.html", b"ours")])
    write_state(tmp_path / "site.json", folder.now)
    assert read_state(tmp_path / "site.json") == folder.now


def handout(name: str) -> SiteHandout:
    return SiteHandout(
        kind="leaflet",
        record=name,
        therapies=(name,),
        audience="adults",
        reader="adults",
        language="en",
        title=name,
        purpose=name,
        name=name,
        label=name,
        code=name,
        version="1.0",
        last_review="2026-01-01",
        next_review="2027-01-01",
        approved=False,
        page=f"{name}.html",
        documents=(),
        pictures=(),
        covers={},
    )


def therapy(name: str, leaflets: int, shared: tuple[SiteHandout, ...] = ()) -> TherapyPage:
    mine = tuple(handout(f"{name}-{number}") for number in range(leaflets))
    return TherapyPage(name, name, name, (), "en", f"{name}.html", (), mine, shared, (), f"{name}.zip")


def shelves(*therapies: TherapyPage) -> list[dict[str, int]]:
    return [{one.id: len(mine) for one, mine in shelf} for shelf in shelved(therapies)]


def test_a_page_of_the_desk_holds_whole_therapies_and_each_handout_once() -> None:
    most, diary = PER_SHELF - 10, handout("diary")
    assert shelves(therapy("a", most), therapy("b", 9, (diary,))) == [{"a": most, "b": 10}]
    assert shelves(therapy("a", most), therapy("b", 10, (diary,)), therapy("c", 4, (diary,))) == [
        {"a": most},
        {"b": 11, "c": 4},
    ]
    assert shelves(therapy("a", 5, (diary,)), therapy("b", most + 5, (diary,))) == [{"a": 6}, {"b": most + 6}]
    assert shelves(therapy("a", PER_SHELF + 1), therapy("b", 1)) == [{"a": PER_SHELF + 1}, {"b": 1}]
    assert shelves() == [{}]


def test_the_parts_of_a_list_are_called_by_their_first_letters() -> None:
    assert [from_to(names) for names in (["act", "Mindful"], ["CBT", "cat"], [])] == ["A–M", "C", ""]
