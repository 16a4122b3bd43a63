"""The problems from A to Z, and a page for each with its leaflets."""

from __future__ import annotations

import string
from collections.abc import Iterator

from printables.site.model import SiteHandout, SiteModel, SiteProblem, SiteReader, TherapyPage, problem_path
from printables.site.render import Renderer, WebPage


def pages(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield the path and the HTML of the problems from A to Z, and of a page for each."""
    t, lead = renderer.t, renderer.t("conditions-lead")
    letters: dict[str, list[tuple[SiteProblem, str]]] = {}
    for problem in renderer.model.problems:
        found = _about(renderer.model, problem)
        count = len({leaflet.therapies for leaflet in problem.leaflets})
        therapies = t.counted("therapies", count)
        letters.setdefault(_letter(problem.name), []).append((problem, therapies))
        for condition in problem.conditions:
            page = WebPage(problem_path(condition), problem.name, problem.about or lead)
            yield renderer.page("condition", page, problem=problem, found=found)
    page = WebPage("conditions.html", t("conditions-title"), lead)
    yield renderer.page("conditions", page, letters=sorted(letters.items()))


def _about(model: SiteModel, problem: SiteProblem) -> list[tuple[SiteReader, list[tuple[TherapyPage, SiteHandout]]]]:
    """Return, for each reader with a leaflet about the problem, the leaflets with their therapies."""
    homes = {therapy.id: therapy for therapy in model.therapies}
    found: dict[str, list[tuple[TherapyPage, SiteHandout]]] = {}
    for leaflet in problem.leaflets:
        found.setdefault(leaflet.audience, []).append((homes[leaflet.therapies[0]], leaflet))
    return [(reader, found[reader.id]) for reader in model.readers if reader.id in found]


def _letter(name: str) -> str:
    first = name[:1].upper()
    return first if first in string.ascii_uppercase else "#"
