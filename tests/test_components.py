"""Components: each has its macro, its style and examples; every example is drawn, escaped and typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from leaflet_case import AUDIENCES, ROOT, library, real

from printables.checks import structure
from printables.packs.make import KINDS
from printables.pages.compose.blocks.registry import all_blocks
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.reports.gallery_examples import MARKUP, prepared
from printables.typeset.page import Page, PrintRules

TEMPLATES = ROOT / "templates"
FOLDERS = sorted(path for path in (TEMPLATES / "_components").iterdir() if path.is_dir())
NAMES = [folder.name for folder in FOLDERS]
PAGES = Pages(TEMPLATES, TEMPLATES)
HOSTILE = "<b>&\"'</b>"
PARTS = ("draws", "sign", "things", "poses", "hair")
"""Keys whose values are names of drawings: any other name is a template's fault, and nothing is drawn."""
ESCAPED = "&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;"
UNSTYLED = {"scale-name", "figure", "contact-label", "spare", "marks", "when", "how", "scale-word"}
"""Names for template makers to hang a style on. They may have one of ours, and need none."""


def examples(name: str) -> list[dict[str, Any]]:
    text = (TEMPLATES / "_components" / name / "examples.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


EVERY = [(name, example) for name in NAMES for example in examples(name)]
every_example = pytest.mark.parametrize(
    ("name", "example"),
    [pytest.param(name, example, id=f"{name}: {example['name']}") for name, example in EVERY],
)


def drawn(name: str, data: dict[str, Any], audience: str = "adults") -> str:
    return PAGES.example(name, prepared(data), real(audience).leaflet)


def page(*fragments: str) -> str:
    """A whole page around fragments, with what their links lead to."""
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Examples</title></head>'
    body = "".join(fragments)
    missing = dict.fromkeys(name for name in re.findall(r'href="#([\w-]+)"', body) if f'id="{name}"' not in body)
    targets = "".join(f'<p id="{name}">Here</p>' for name in missing)
    return f"{head}<body><h1>Examples</h1><h2>All</h2>{body}{targets}</body></html>"


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_component_is_whole(folder: Path) -> None:
    files = {path.name for path in folder.iterdir()}
    others = {"kit.html", "signs.html", "things.html", "screen.css"} if folder.name == "scene" else set()
    assert {"macro.html", "examples.yaml"} | others <= files <= {"macro.html", "examples.yaml", "style.css"} | others
    found = examples(folder.name)
    assert found
    assert all(set(example) == {"name", "data"} for example in found)
    assert len({example["name"] for example in found}) == len(found)


def test_every_component_that_an_audience_names_is_there() -> None:
    blocks = [b for a in library().audiences.values() for section in a.sections for b in section.blocks]
    assert {block.as_ for block in blocks if block.as_} <= set(NAMES)
    assert any(block.show in all_blocks() for block in blocks)


@every_example
def test_example_is_drawn_and_well_formed(name: str, example: dict[str, Any]) -> None:
    html = drawn(name, example["data"])
    assert "Undefined" not in html and "None" not in re.sub("None declared", "", html)
    assert list(structure.faults(page(html))) == []


def texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every plain text in the data of an example."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if key in PARTS:
            continue
        if isinstance(inner, dict | list):
            yield from texts(inner, (*path, key))
        elif isinstance(inner, str) and key not in MARKUP:
            yield (*path, key)


def replaced(value: Any, path: tuple[Any, ...], new: str) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@every_example
def test_hostile_words_are_escaped(name: str, example: dict[str, Any]) -> None:
    plain = drawn(name, example["data"])
    for path in texts(example["data"]):
        html = drawn(name, replaced(example["data"], path, HOSTILE))
        assert HOSTILE not in html and "<b>" not in html.lower(), path
        assert html == plain or ESCAPED in html or ESCAPED.lower() in html, path


def test_markup_is_not_escaped_twice() -> None:
    assert "<p>a &amp; b</p>" in drawn("prose", {"html": "<p>a &amp; b</p>"})


@pytest.mark.pdf
@pytest.mark.parametrize("audience", ["adults", pytest.param("professionals", marks=pytest.mark.long)])
def test_all_examples_are_typeset_without_a_finding(audience: str) -> None:
    from printables.typeset.engine import typeset

    once = [(name, example) for name, example in EVERY if example is examples_first(name)]
    sections = [f'<section id="{n}" class="section">{drawn(n, e["data"], audience)}</section>' for n, e in once]
    # On a leaflet or a worksheet there is one of them; here are both.
    sections = [s.replace('id="help-lines"', "") if s.startswith('<section id="ws-help"') else s for s in sections]
    html = page(*sections).replace(
        "<body>", f'<body class="leaflet {audience} plain" data-of="of" data-running="Examples">'
    )
    html = html.replace("<h1>", '<h1 id="top">').replace("</head>", META + "</head>")
    # A component may be wider here than in the leaflets that show it, whose lines are measured where they are made.
    rules = PrintRules(max_pages=20, min_pt=11.0, min_pt_references=11.0, last_page_fill=0.0, max_line=110)
    css = PAGES.css(LeafletStyle(audience)) + ":root { --page-side: 45pt; }"  # the width of a worksheet's drawings
    printed = typeset(Page(html=html, css=css, rules=rules))
    assert [f"{finding.section}: {finding.what}" for finding in printed.findings] == []
    assert printed.pages > 1


META = (
    '<meta name="author" content="Demo"><meta name="description" content="Examples">'
    '<meta name="keywords" content="DEMO">'
    '<meta name="dcterms.created" content="2026-01-01"><meta name="dcterms.modified" content="2026-01-01">'
)


def examples_first(name: str) -> dict[str, Any]:
    return next(example for other, example in EVERY if other == name)


# Words and classes.

T_CALL = re.compile(r"""\bt\(\s*["']([\w-]+)["']""")


def words_in_templates() -> set[str]:
    """The website has words of its own: see test_site_parts.py."""
    files = [path for path in TEMPLATES.rglob("*.html") if path.parent.name != "_site"]
    texts = [path.read_text(encoding="utf-8") for path in files]
    called = {name for text in texts for name in T_CALL.findall(text) if not name.endswith("-")}
    listed = {name for text in texts for name in re.findall(r"'(pack(?:-\w+)+)'", text)}
    return called | listed | {f"pack-{kind}" for kind in KINDS}


def words_in_code() -> str:
    files = [path for part in ("pages", "packs", "rack") for path in sorted((ROOT / "printables" / part).rglob("*.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_word_of_the_templates_is_in_the_locale() -> None:
    used = words_in_templates()
    assert len(used) > 20
    assert used - set(library().locales["en"].words) == set()


@pytest.mark.slow
def test_every_word_of_the_locale_is_used() -> None:
    code = words_in_code()
    drawn_words = re.findall(
        r"\bt\('([a-z]+-)' ~", "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    )
    prefixes = (*re.findall(r'\bt\(f"([a-z]+-)\{', code), *drawn_words)
    assert {"fact-", "population-", "contact-", "sign-"} <= set(prefixes)
    named = words_in_templates() | set(re.findall(r'"([a-z][\w-]*)"', code))
    unused = [word for word in library().locales["en"].words if word not in named and not word.startswith(prefixes)]
    assert unused == []


def classes(html: str) -> set[str]:
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", html)
    return {name for group in re.findall(r'class="([^"]*)"', plain) for name in group.split()}


def styled(css: str) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^}]*\}", " ", css)))


def test_every_class_has_a_style_or_is_known_to_need_none() -> None:
    macros = [folder / "macro.html" for folder in FOLDERS]
    used = {name for path in macros for name in classes(path.read_text(encoding="utf-8"))}
    css = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.css"))
    assert "facts" in used
    begun = {name for name in used if name.endswith("-") and any(each.startswith(name) for each in styled(css))}
    assert begun == {"wide-"}, "a class whose end is a number"
    assert used - begun - styled(css) - UNSTYLED == set()
    assert {"new-class"} <= classes('<p class="new-class {% if x %} more{% endif %}">') - styled(css)


def chosen_classes(html: str) -> set[str]:
    """The classes in a template, those that an expression chooses as well."""
    groups = re.findall(r'class="([^"]*)"', html)
    chosen = (word for group in groups for word in re.findall(r"'([^']*)'", group))
    return classes(html) | {name for word in chosen for name in word.split()}


def test_no_class_of_a_component_begins_a_page_of_a_book() -> None:
    """A book gives its own parts pages of their own; in a handout inside it, nothing may be called like one."""
    (rule,) = re.findall(
        r"([^{}]*)\{ break-before: page; \}", (TEMPLATES / "_pack/pack.css").read_text(encoding="utf-8")
    )
    own = set(re.findall(r"\.([a-z][\w-]*)", rule))
    used = {name for folder in FOLDERS for name in chosen_classes((folder / "macro.html").read_text(encoding="utf-8"))}
    assert {"cover", "first", "handout"} <= own
    assert own & used == set()
    assert chosen_classes("<p class=\"a{{ ' first' if one.first }}\">") == {"a", "first"}


def not_tokens(css: str) -> str:
    """What a theme holds besides custom properties on :root."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    outside = re.sub(r":root\s*\{[^{}]*\}", "", bare)
    inside = ";".join(re.findall(r":root\s*\{([^{}]*)\}", bare))
    others = [part.strip() for part in inside.split(";") if part.strip() and not part.strip().startswith("--")]
    return " ".join([outside.strip(), *others]).strip()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_theme_holds_tokens_only(audience: str) -> None:
    css = (TEMPLATES / audience / "theme.css").read_text(encoding="utf-8")
    assert "--accent:" in css
    assert not_tokens(css) == ""


@pytest.mark.parametrize(
    "css",
    [
        ":root { --accent: #000; } h1 { color: red; }",
        ":root { --accent: #000; color: red; }",
        "@import 'other.css';",
        "body { --accent: #000; }",
        ":root { --accent: #000; } @media print { :root { --accent: #111; } }",
    ],
)
def test_theme_that_holds_more_is_noticed(css: str) -> None:
    assert not_tokens(css) != ""
