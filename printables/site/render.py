"""Render the model as HTML pages."""

from __future__ import annotations

import dataclasses
import json
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from printables.pages.compose.wording import sentence_case
from printables.pages.templates.render import Pages
from printables.site import hosting, linked_data
from printables.site.help import Help
from printables.site.hosting import Inline
from printables.site.model import CONDITION_PAGES, SiteHandout, SiteModel, TherapyPage, card_path
from printables.site.paging import from_to, pieces, shelved
from printables.site.servers import MISSING
from printables.site.words import SiteTexts

SITE_CARD = "cards/site.png"


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


class Renderer:
    """Renders the templates of `_site`. Raises BadTemplate if one is wrong."""

    def __init__(self, pages: Pages, model: SiteModel, look: SiteLook) -> None:
        self._pages, self.model, self._look = pages, model, look
        self.t = look.words

    def page(self, template: str, page: WebPage, data: dict[str, Any] | None = None, **more: Any) -> tuple[str, str]:
        """Return the path and the HTML of one page."""
        look = self._look
        context = {
            "site": self.model,
            "page": page,
            "root": "../" * page.path.count("/"),
            "t": look.words,
            "asset": self._asset,
            "address": look.address,
            "logo": look.logo,
            "help": look.help,
            "policy": hosting.policy(),
            "data": linked_data.script(data) if data else "",
            **more,
        }
        return page.path, self._pages.site_page(f"_site/{template}.html", **context)

    def _asset(self, path: str) -> str:
        return f"{path}?v={self._look.versions[path]}"

    def home(self) -> Iterator[tuple[str, str]]:
        """Yield the first page, and further pages of a long list of therapies."""
        cards = [self.card_of(therapy) for therapy in self.model.therapies]
        parts = pieces(cards)
        paths = ["index.html", *(f"list/{number}.html" for number in range(2, len(parts) + 1))]
        pages = [(path, from_to([card["name"] for card in part])) for path, part in zip(paths, parts, strict=True)]
        first = WebPage("index.html", self.t("home-title"), self.t("home-description"))
        crisis = json.dumps(self.t.site.crisis.patterns(), ensure_ascii=False, separators=(",", ":"))
        yield self.page("home", first, therapies=parts[0], filters=self._filters(), pages=pages, crisis=crisis)
        for (path, name), part in list(zip(pages, parts, strict=True))[1:]:
            title = f"{self.t('therapies-heading')}: {name}"
            yield self.page("list", WebPage(path, title, self.t("home-description")), therapies=part, pages=pages)

    def card_of(self, therapy: TherapyPage) -> dict[str, Any]:
        """Return the data of a therapy's card."""
        return {**shallow(therapy), "helps": _joined([name for _, name in therapy.conditions])}

    def _filters(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return each filter of the search: name, label, choices."""
        model, t = self.model, self.t
        ages = dict.fromkeys(age for handout in model.handouts() for age in handout.ages)
        return [
            ("audience", t("filter-audience"), [(reader.id, reader.name) for reader in model.readers]),
            ("condition", t("filter-condition"), []),  # site.js fills it from `assets.CONDITIONS`
            ("age", t("filter-age"), [(age, t(f"age-{age}")) for age in sorted(ages)]),
            ("language", t("filter-language"), list(model.languages)),
            ("edition", t("filter-edition"), list(model.editions)),
        ]

    def therapies(self, archives: Sizes) -> Iterator[tuple[str, str]]:
        """Yield a page for each therapy, with its audiences as tabs."""
        for therapy in self.model.therapies:
            readers = _joined([leaflet.reader for leaflet in therapy.leaflets])
            described = self.t("therapy-description", name=therapy.name, readers=readers)
            page = WebPage(therapy.page, therapy.name, described, card_path(therapy.id))
            yield self.page(
                "therapy",
                page,
                linked_data.therapy_data(self.model, therapy, self._look.address),
                therapy=therapy,
                helps=self.t("may-help", conditions=_joined([name for _, name in therapy.conditions])),
                archive=self._zip(self.t("all-of-it", name=therapy.name), *archives[therapy.archive]),
            )

    def handout(
        self, handout: SiteHandout, therapy: TherapyPage, found: Sequence[str], date: Callable[[str], str], inside: Any
    ) -> tuple[str, str]:
        """Return the page of a leaflet (`inside` is its body) or worksheet. `found` are its search conditions."""
        described = self.t(f"{handout.kind}-description", purpose=handout.purpose, label=handout.label)
        page = WebPage(handout.page, handout.name, described, card_path(therapy.id))
        about = self.t(
            "about-file",
            version=handout.version,
            code=handout.code,
            last=date(handout.last_review),
            next=date(handout.next_review),
        )
        data = linked_data.handout_data(self.model, handout, therapy, self._look.address)
        names = {one.id: one.name for one in self.model.therapies}
        goes_with = self.t("worksheet-for", therapies=_joined([names[name] for name in handout.therapies]))
        return self.page(
            handout.kind,
            page,
            data,
            handout=handout,
            therapy=therapy,
            found_conditions=found,
            about=about,
            goes_with=goes_with,
            **{"leaflet_body" if handout.kind == "leaflet" else "text": inside},
        )

    def conditions(self) -> Iterator[tuple[str, str]]:
        """Yield the problems from A to Z, and a page for each."""
        page = WebPage("conditions.html", self.t("conditions-title"), self.t("conditions-lead"))
        letters: dict[str, list[tuple[str, str, str]]] = {}
        for condition, name in self.model.conditions.items():
            found = self._about(condition)
            path = f"{CONDITION_PAGES}{condition}.html"
            letters.setdefault(_letter(name), []).append((path, sentence_case(name), self._therapies(len(found))))
            own = WebPage(path, sentence_case(name), self.t("conditions-lead"))
            yield self.page("condition", own, found=found)
        yield self.page("conditions", page, letters=sorted(letters.items()))

    def _therapies(self, count: int) -> str:
        return self.t("therapy-one" if count == 1 else "therapy-many", count=self.t.number(count))

    def _about(self, condition: str) -> list[tuple[TherapyPage, list[SiteHandout]]]:
        """Return the therapies with the leaflets that cover the condition, or one that is part of it."""
        found = []
        for therapy in self.model.therapies:
            mine = [leaflet for leaflet in therapy.leaflets if condition in (*leaflet.conditions, *leaflet.broader)]
            if mine:
                found.append((therapy, mine))
        return found

    def texts(self, text: Mapping[str, Markup]) -> Iterator[tuple[str, str]]:
        """Yield the pages of running text; `text` holds their HTML by name."""
        for name, words in self.t.site.pages.items():
            yield self.page("text", WebPage(f"{name}.html", words.title, words.lead), text=text[name])

    def help(self, readers: Mapping[str, str]) -> tuple[str, str]:
        """Return the help page; `readers` are the audiences' names by id."""
        page = WebPage("help.html", self.t("help-title"), self.t("help-lead"))
        return self.page("help", page, readers=readers)

    def desk(self) -> Iterator[tuple[str, str]]:
        """Yield the print desk, on several pages if it is long."""
        shelves = shelved(self.model.therapies)
        paths = ["desk.html", *(f"desk/{number}.html" for number in range(2, len(shelves) + 1))]
        ranges = [from_to([therapy.name for therapy, _ in shelf]) for shelf in shelves]
        pages = list(zip(paths, ranges, strict=True))
        for (path, name), shelf in zip(pages, shelves, strict=True):
            title = self.t("desk-title") if path == "desk.html" else f"{self.t('desk-title')}: {name}"
            handouts = [handout for _, mine in shelf for handout in mine]
            page = WebPage(path, title, self.t("desk-description"))
            yield self.page("desk", page, therapies=[therapy for therapy, _ in shelf], handouts=handouts, pages=pages)

    def downloads(self, archives: Sizes) -> tuple[str, str]:
        """Return the page of archives."""
        page = WebPage("downloads.html", self.t("downloads-title"), self.t("downloads-lead"))
        readers = [(one.archive, self._zip(one.label, *archives[one.archive])) for one in self.model.readers]
        therapies = [(one.archive, self._zip(one.name, *archives[one.archive])) for one in self.model.therapies]
        groups = [(self.t("downloads-readers"), readers), (self.t("downloads-therapies"), therapies)]
        return self.page("downloads", page, groups=groups)

    def _zip(self, label: str, count: int, size: int) -> str:
        files = self.t("file" if count == 1 else "files", count=self.t.number(count))
        return self.t("size-zip", label=label, files=files, size=self.t.size(size))

    def missing(self) -> tuple[str, str]:
        """Return the "not found" page. It is shown at any depth, so its links start at the root of the host."""
        page, inline = WebPage(MISSING, self.t("not-found-title"), self.t("not-found-lead")), self._look.inline
        root = hosting.root_of(self._look.address)
        return self.page("missing", page, root=root, policy=hosting.policy(inline), inline=inline)


def shallow(record: Any) -> dict[str, Any]:
    """Return a dataclass as a mapping, without converting its values."""
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _joined(names: Sequence[str]) -> str:
    """Join the names by commas, or by semicolons if one of them contains a comma."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _letter(name: str) -> str:
    first = name[:1].upper()
    return first if first in string.ascii_uppercase else "#"
