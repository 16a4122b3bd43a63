"""Pages for other systems and those who run them: leaflets to frame, problems by code, earlier versions, the feed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from printables.library.library import pick
from printables.library.settings import Condition
from printables.pages.compose.wording import sentence_case
from printables.pages.formats.web_page import PageBody
from printables.site import earlier, embedding, feed
from printables.site.earlier import Earlier
from printables.site.model import SiteHandout, problem_path
from printables.site.render import Renderer, WebPage

CODES_PAGE = "infobutton.html"


def framed(renderer: Renderer, handout: SiteHandout, body: PageBody, framed_too: Container[str]) -> tuple[str, str]:
    """Return the page of a leaflet that other websites may show in a frame. `framed_too`: pages of others."""
    described = renderer.t(f"{handout.kind}-description", purpose=handout.purpose, label=handout.label)
    page = WebPage(f"{embedding.FRAMED}{handout.page}", handout.name, described)
    return renderer.page("embed", page, handout=handout, leaflet_body=embedding.framed(handout, body, framed_too))


def by_code(renderer: Renderer, known: Mapping[str, Condition]) -> tuple[str, str]:
    """Return the page that leads from a problem's code to its page. `known` are all conditions by id."""
    found = (known[condition] for problem in renderer.model.problems for condition in problem.conditions)
    rows = [
        (problem_path(one.id), sentence_case(pick(one.name, "any") or one.id), one.icd10) for one in found if one.icd10
    ]
    page = WebPage(CODES_PAGE, renderer.t("codes-title"), renderer.t("codes-lead"))
    return renderer.page("infobutton", page, rows=rows)


def archive(renderer: Renderer, every: Iterable[Earlier]) -> Iterator[tuple[str, str]]:
    """Yield the page of earlier versions, if there are any."""
    offered = {document.path for handout in renderer.model.handouts() for document in handout.documents}
    rows = [(one, one.was in offered) for one in every]
    if rows:
        page = WebPage(earlier.PAGE, renderer.t("earlier-title"), renderer.t("earlier-lead"))
        yield renderer.page("earlier", page, rows=rows)


def changes(renderer: Renderer, address: str) -> bytes:
    """Return the feed of changes."""
    model, t = renderer.model, renderer.t
    title = t("feed-title", publisher=model.publisher)

    def summary(handout: SiteHandout) -> str:
        return t("feed-entry", version=handout.version, last=handout.last_review, next=handout.next_review)

    return feed.atom(model, title, address, summary).encode()
