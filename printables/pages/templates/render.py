"""Step 3 page, second half: a leaflet as data → one HTML document and its style sheet. The only Jinja.

Templates print and decide nothing: undefined names are errors, everything is escaped, and what a template is given
cannot be changed by it. A folder given with `--templates` is searched first; ours stays reachable as `default/...`.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from printables import limits
from printables.library.locales import Locale
from printables.pages.compose.leaflet import Block, Leaflet, LeafletStyle
from printables.pages.formats.web_page import with_links, with_whole_numbers
from printables.pages.templates.sandbox import SandboxEnvironment, TemplateLimit, time_limited
from printables.pages.templates.template_faults import MissingWord, template_problem
from printables.pages.templates.unescaped import unescaped
from printables.problems import Problem


class BadTemplate(Exception):
    """A template cannot be filled in; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


SHARED_STYLES = ("_base/tokens.css", "_base/page.css")
RIGHT_TO_LEFT, ITS_FOOT = "_base/right-to-left.css", "_base/right-to-left-foot.css"
"""What pages from right to left need besides: their typeface, and the words at the head and the foot of a page. The
first stands before an edition, whose sizes hold; the second behind it, since the foot has changed sides."""


class _Compiled(jinja2.BytecodeCache):
    """Keeps what templates were compiled to, by their text: the preview makes new pages after each save."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self._kept.get(bucket.key):
            bucket.bytecode_from_string(kept)  # it looks itself whether it was made from the same text

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class Pages:
    """The templates of one build."""

    def __init__(self, templates: Path, default: Path) -> None:
        self._loader = jinja2.ChoiceLoader(
            [
                jinja2.FileSystemLoader(templates),
                jinja2.FileSystemLoader(default),
                jinja2.PrefixLoader({"default": jinja2.FileSystemLoader(default)}),
            ]
        )
        self._environment = SandboxEnvironment(
            loader=self._loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self.css = functools.cache(self._css)
        self.tokens = functools.cache(self._tokens)

    def html(self, leaflet: Leaflet) -> tuple[str, list[Problem]]:
        """The whole HTML document of `leaflet`, or the template's problem with its file and line."""
        template = template_of(leaflet)
        try:
            edition = leaflet.look.edition
            if edition.booklet or edition.duplex:
                self.filler(leaflet)  # asked for when the page goes to print, where nobody could say what is wrong
            if edition.private_cover:
                self.back(leaflet)
            return with_whole_numbers(self._filled(template, self._context(leaflet))), []
        except Exception as error:  # noqa: BLE001 - a template can raise anything; it is told as a problem
            problem = template_problem(error, template)
            return "", [dataclasses.replace(problem, therapy=leaflet.item.record, audience=leaflet.item.audience)]

    def part(self, template: str, leaflet: Leaflet, **more: Any) -> str:
        """A part of a leaflet. Raises BadTemplate."""
        return self.site_page(template, **self._context(leaflet), **more)

    def filler(self, leaflet: Leaflet) -> str:
        """A page of lines to write on, which fills up a sheet; `{number}` in it is replaced where there are several."""
        return self._filled("_base/filler.html", self._context(leaflet))

    def back(self, leaflet: Leaflet) -> str:
        """The outer back page of a private cover, which says as little as the front."""
        return self._filled("_base/back.html", self._context(leaflet))

    def web_page(self, html: str, leaflet: Leaflet) -> str:
        """The same document for the screen: it carries its own style sheet, and its help lines are links."""
        style = self.css(leaflet.look) + self.screen_css()
        page = with_links(html, leaflet.locale.phone)
        return page.replace("</head>", f"<style>\n{style}</style>\n</head>", 1)

    def _context(self, leaflet: Leaflet) -> dict[str, Any]:
        colour = self.tokens(leaflet.look).__getitem__
        context = {"leaflet": leaflet, "t": translator(leaflet.locale), "colour": colour}
        return {**context, "component": functools.partial(self._component, context=context)}

    def _component(self, block: Block, *, context: dict[str, Any]) -> Markup:
        """The markup of one block, made by its component's macro."""
        template = self._environment.get_template(f"_components/{block.component}/macro.html")
        made: Markup = template.make_module(context).component(block.data)  # type: ignore[attr-defined]
        return made

    def example(self, component: str, data: dict[str, Any], leaflet: Leaflet) -> Markup:
        """One component drawn with the data of its examples.yaml: for tests and the gallery."""
        with time_limited():
            return self._component(Block(component, "example", data), context=self._context(leaflet))

    def sheet(self, template: str, **context: Any) -> str:
        """A page for authors: a proof or a gallery. Raises jinja2.TemplateError where the template is wrong."""
        return self._filled(template, context, limits.BOOK_TIME)

    def _filled(self, template: str, context: dict[str, Any], times: int = 1) -> str:
        """The template filled in. Raises TemplateLimit, and what templates raise."""
        with time_limited():
            made = self._environment.get_template(template).render(context)
        if len(made) > limits.HTML_BYTES * times:
            raise TemplateLimit(
                f"it makes {len(made):,} characters of HTML, and {limits.HTML_BYTES * times:,} are the most"
            )
        return made

    def site_page(self, template: str, **context: Any) -> str:
        """A page of the website. Raises BadTemplate where it cannot be filled in."""
        try:
            return self.sheet(template, **context)
        except Exception as error:
            raise BadTemplate(template_problem(error, template)) from error

    def unescaped(self) -> Iterator[Problem]:
        """A warning for each place at which a template prints words as they are."""
        return unescaped(self._environment, self._names)

    def source(self, name: str) -> str:
        """The text of a style sheet or script among the templates, without its comments."""
        return self._text(name)

    def screen_css(self) -> str:
        """The rules for screens alone: those of the page, and of components."""
        # Ours have two names, one of them below default/, so that a template of another folder can extend them.
        names = (name for name in self._names if not name.startswith("default/"))
        return "\n".join(self._text(name) for name in names if name.endswith("/screen.css"))

    @functools.cached_property
    def shared_css(self) -> str:
        """The rules that the style sheet of every look begins with: tokens, page, components, scenes."""
        components = sorted(name for name in self._names if re.match(r"_(components|scenes)/.*/style\.css$", name))
        return "".join(f"{self._text(name)}\n" for name in (*SHARED_STYLES, *components))

    def _css(self, look: LeafletStyle) -> str:
        """What all looks share, the audience's theme (tokens only), the edition, the clinic's colours."""
        editions = [f"{home}/editions/{part}.css" for part in look.edition.styles for home in ("_base", look.audience)]
        brand = "".join(f"--{name}: {value};" for name, value in look.brand)
        return self.shared_css + "\n".join(
            [
                self._text(f"{look.audience}/theme.css"),
                *([self._text(RIGHT_TO_LEFT)] if look.direction == "rtl" else []),
                *(self._text(name) for name in editions if name in self._names),
                *([self._text(ITS_FOOT)] if look.direction == "rtl" else []),
                f":root {{ {brand} }}" if brand else "",
            ]
        )

    @functools.cached_property
    def _names(self) -> list[str]:
        """All files among the templates."""
        return self._environment.list_templates()

    def _text(self, name: str) -> str:
        text: str = self._loader.get_source(self._environment, name)[0]
        return re.sub(r"/\*.*?\*/\n?", "", text, flags=re.DOTALL)

    def _tokens(self, look: LeafletStyle) -> dict[str, str]:
        """The values of the `--tokens` that these pages use; the last one said of all pages wins, as in CSS."""
        roots = "".join(re.findall(r"^:root\s*\{([^}]*)\}", self.css(look), re.MULTILINE))
        found = {name: value.strip() for name, value in re.findall(r"--([\w-]+):\s*([^;}]+)", roots)}
        return {name: _resolved(value, found) for name, value in found.items()}


def template_of(leaflet: Leaflet) -> str:
    """The template that draws this leaflet."""
    return "_worksheets/worksheet.html" if leaflet.item.worksheet else f"{leaflet.audience.id}/leaflet.html"


def _resolved(value: str, tokens: Mapping[str, str]) -> str:
    """The value behind `var(--name)`."""
    for _ in tokens:
        named = re.fullmatch(r"var\(--([\w-]+)\)", value)
        if not named or named[1] not in tokens:
            break
        value = tokens[named[1]]
    return value


def translator(locale: Locale) -> Callable[..., str]:
    """A function that gives a fixed word of the language, with its {names} filled in. It raises MissingWord."""
    words = locale.words

    def t(name: str, /, **values: object) -> str:
        if name not in words:
            raise MissingWord(f'the locale has no word "{name}"')
        return words[name].format(**values)

    return t
