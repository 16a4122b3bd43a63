"""Render the model as HTML pages."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from printables.pages.templates.render import Pages
from printables.site import hosting, linked_data
from printables.site.archives import USUAL
from printables.site.help import Help
from printables.site.hosting import Inline
from printables.site.leaflet_page import LeafletPage, goes_with
from printables.site.model import SiteHandout, SiteModel, TherapyPage, card_path
from printables.site.paging import from_to, pieces, shelved
from printables.site.scenes import scene_path
from printables.site.servers import MISSING
from printables.site.words import SiteTexts, joined

SITE_CARD = "cards/site.png"
LISTED = 24
"""Problems on the first page; it leads to all of them."""

Sizes = Mapping[str, tuple[int, int]]
"""The number of files and the bytes of each ZIP, by its path."""


@dataclass(frozen=True)
class WebPage:
    """What every page has: path, title, description, and picture for shared links."""

    path: str
    title: str
    description: str
    card: str = SITE_CARD


@dataclass(frozen=True)
class SiteLogo:
    """A clinic's logo: its path on the site, and its alternative text."""

    path: str
    alt: str


@dataclass(frozen=True)
class SiteLook:
    """What all pages share beside the model."""

    words: SiteTexts
    versions: Mapping[str, str]
    """A short hash of each style sheet and script by path. Addresses contain it, so that browsers use no old file."""
    address: str
    """The address of the site, with a slash at its end; empty if it is not set."""
    help: Help
    inline: Inline
    logo: SiteLogo | None = None
    scenes: Collection[str] = ()
    """The paths of the therapies' drawings."""


class Renderer:
    """Renders the templates of `_site`. Raises BadTemplate if one is wrong."""

    def __init__(self, pages: Pages, model: SiteModel, look: SiteLook) -> None:
        self._pages, self.model, self._look = pages, model, look
        self.t = look.words
        self._filter_choices = self._filters()

    def page(self, template: str, page: WebPage, data: dict[str, Any] | None = None, **more: Any) -> tuple[str, str]:
        """Return the path and the HTML of one page."""
        look = self._look
        context = {
            "site": self.model,
            "page": page,
            "root": "../" * page.path.count("/"),
            "t": look.words,
            "asset": self._asset,
            "fonts": [path for path in look.versions if path.endswith(".woff2")],
            "address": look.address,
            "logo": look.logo,
            "help": look.help,
            "policy": hosting.policy(),
            "filters": self._filter_choices,
            "scene": self._scene,
            "data": linked_data.script(data) if data else "",
            **more,
        }
        return page.path, self._pages.site_page(f"_site/{template}.html", **context)

    def _asset(self, path: str) -> str:
        return f"{path}?v={self._look.versions[path]}"

    def _scene(self, therapy: TherapyPage) -> str:
        """Return the path of a therapy's drawing, or nothing."""
        path = scene_path(therapy.id)
        return path if path in self._look.scenes else ""

    def home(self) -> Iterator[tuple[str, str]]:
        """Yield the first page, and further pages of a long list of therapies."""
        cards = [self.card_of(therapy) for therapy in self.model.therapies]
        parts = pieces(cards)
        paths = ["index.html", *(f"list/{number}.html" for number in range(2, len(parts) + 1))]
        pages = [(path, from_to([card["name"] for card in part])) for path, part in zip(paths, parts, strict=True)]
        first = WebPage("index.html", self.t("home-title"), self.t("home-description"))
        yield self.page("home", first, therapies=parts[0], pages=pages, problems=self.model.problems[:LISTED])
        for (path, name), part in list(zip(pages, parts, strict=True))[1:]:
            title = f"{self.t('therapies-heading')}: {name}"
            yield self.page("list", WebPage(path, title, self.t("home-description")), therapies=part, pages=pages)

    def card_of(self, therapy: TherapyPage) -> dict[str, Any]:
        """Return the data of a therapy's card."""
        helps = joined([name for _, name in therapy.conditions])
        return {**shallow(therapy), "full_name": therapy.full_name, "helps": helps, "scene": self._scene(therapy)}

    def _filters(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return each filter of the search that leaves something to choose: name, label, choices."""
        model, t = self.model, self.t
        ages = dict.fromkeys(age for handout in model.handouts() for age in handout.ages)
        filters = [
            ("audience", t("filter-audience"), [(reader.id, reader.name) for reader in model.readers]),
            ("condition", t("filter-condition"), [(problem.id, problem.name) for problem in model.problems]),
            ("age", t("filter-age"), [(age, t(f"age-{age}")) for age in sorted(ages)]),
            ("language", t("filter-language"), list(model.languages)),
            ("edition", t("filter-edition"), list(model.editions)),
        ]
        # search.js fills the problems in, because all pages have the search and a large library has many problems.
        return [(name, label, [] if name == "condition" else one) for name, label, one in filters if len(one) > 1]

    def therapies(self, archives: Sizes) -> Iterator[tuple[str, str]]:
        """Yield a page for each therapy, with its audiences as tabs."""
        for therapy in self.model.therapies:
            readers = joined([leaflet.reader for leaflet in therapy.leaflets])
            described = self.t("therapy-description", name=therapy.name, readers=readers)
            page = WebPage(therapy.page, therapy.full_name, described, card_path(therapy.id))
            yield self.page(
                "therapy",
                page,
                linked_data.therapy_data(self.model, therapy, self._look.address),
                therapy=therapy,
                scene=self._scene(therapy),
                helps=self.t("may-help", conditions=joined([name for _, name in therapy.conditions])),
                archive=self._zip(self.t("all-of-it", name=therapy.name), *archives[therapy.archive]),
            )

    def handout(
        self, handout: SiteHandout, therapy: TherapyPage, found: Sequence[str], date: Callable[[str], str], inside: Any
    ) -> tuple[str, str]:
        """Return the page of a leaflet (`inside` is its body) or worksheet. `found` are its search conditions."""
        described = self.t(f"{handout.kind}-description", purpose=handout.purpose, label=handout.label)
        title = inside.title if isinstance(inside, LeafletPage) else handout.name
        page = WebPage(handout.page, title, described, card_path(therapy.id))
        about = self.t(
            "about-file",
            version=handout.version,
            code=handout.code,
            last=date(handout.last_review),
            next=date(handout.next_review),
        )
        data = linked_data.handout_data(self.model, handout, therapy, self._look.address)
        return self.page(
            handout.kind,
            page,
            data,
            handout=handout,
            therapy=therapy,
            found_conditions=found,
            found_as=self.t("name", title=handout.title, reader=handout.reader),
            files=json.dumps({one.edition: [one.path, one.short] for one in handout.pdfs}, ensure_ascii=False),
            about=about,
            goes_with=goes_with(self.model, handout),
            **{"leaflet" if handout.kind == "leaflet" else "form": inside},
        )

    def texts(self, text: Mapping[str, Markup]) -> Iterator[tuple[str, str]]:
        """Yield the pages of running text; `text` holds their HTML by name."""
        for name, words in self.t.site.pages.items():
            yield self.page("text", WebPage(f"{name}.html", words.title, words.lead), text=text[name])

    def help(self, readers: Mapping[str, str]) -> tuple[str, str]:
        """Return the help page; `readers` are the audiences' names by id."""
        page = WebPage("help.html", self.t("help-title"), self.t("help-lead"))
        return self.page("help", page, readers=readers)

    def desk(self, archives: Sizes) -> Iterator[tuple[str, str]]:
        """Yield the print desk; the list that it has without scripts is on several pages if it is long."""
        usual = {"path": USUAL, "label": self._zip(self.t("everything"), *archives[USUAL])}
        shelves = shelved(self.model.therapies)
        paths = ["desk.html", *(f"desk/{number}.html" for number in range(2, len(shelves) + 1))]
        ranges = [from_to([therapy.name for therapy, _ in shelf]) for shelf in shelves]
        pages = list(zip(paths, ranges, strict=True))
        for (path, name), shelf in zip(pages, shelves, strict=True):
            title = self.t("desk-title") if path == "desk.html" else f"{self.t('desk-title')}: {name}"
            page = WebPage(path, title, self.t("desk-description"))
            yield self.page("desk", page, shelf=shelf, usual=usual, pages=pages)

    def downloads(self, archives: Sizes) -> tuple[str, str]:
        """Return the page of archives."""
        page = WebPage("downloads.html", self.t("downloads-title"), self.t("downloads-lead"))
        readers = [(one.archive, self._zip(one.label, *archives[one.archive])) for one in self.model.readers]
        therapies = [(one.archive, self._zip(one.name, *archives[one.archive])) for one in self.model.therapies]
        usual = [(USUAL, self._zip(self.t("everything"), *archives[USUAL]))]
        names = ("downloads-usual", "downloads-readers", "downloads-therapies")
        groups = zip(map(self.t, names), (usual, readers, therapies), strict=True)
        return self.page("downloads", page, groups=list(groups))

    def _zip(self, label: str, count: int, size: int) -> str:
        files = self.t.counted("files", count)
        return self.t("size-zip", label=label, files=files, size=self.t.size(size))

    def missing(self) -> tuple[str, str]:
        """Return the "not found" page. It is shown at any depth, so its links start at the root of the host."""
        page, inline = WebPage(MISSING, self.t("not-found-title"), self.t("not-found-lead")), self._look.inline
        root = hosting.root_of(self._look.address)
        return self.page("missing", page, root=root, policy=hosting.policy(inline), inline=inline)


def shallow(record: Any) -> dict[str, Any]:
    """Return a dataclass as a mapping, without converting its values."""
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
