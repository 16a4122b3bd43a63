"""What the search of the website knows: problems, therapies and other pages by everyday words, readers and spellings.

It is a script and not a list of data, so that it is read where the website is opened from a disk as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from printables.library.crisis import plain
from printables.library.everyday import EverydayWords, patterns
from printables.library.library import Library, pick
from printables.library.related import broad
from printables.pages.compose.wording import sentence_case
from printables.site.model import SiteHandout, SiteModel, SiteProblem, TherapyPage
from printables.site.words import SiteTexts, joined


def problems(library: Library, handouts: Sequence[SiteHandout], words: EverydayWords) -> Iterator[SiteProblem]:
    """Yield the problems that leaflets cover, by their everyday names: parts only where they have an entry."""
    parts: dict[str, list[str]] = {}
    for name in dict.fromkeys(name for handout in handouts for name in handout.strengths):
        whole = name if name in words.problems else broad(library, name)
        parts.setdefault(whole, []).extend([name] if name != whole else [])
    found = [_problem(library, name, words, mine, handouts) for name, mine in parts.items()]
    yield from sorted(found, key=lambda one: one.name.casefold())


def _problem(
    library: Library, condition: str, words: EverydayWords, parts: Sequence[str], handouts: Sequence[SiteHandout]
) -> SiteProblem:
    names = library.conditions[condition].name
    official = pick(names, "professionals") or condition
    entry = words.problems.get(condition)
    readers = [*library.audiences]
    leaflets = [one for one in handouts if condition in one.strengths]
    return SiteProblem(
        id=condition,
        name=entry.name if entry else sentence_case(pick(names, "any") or condition),
        about=entry.about if entry else "",
        official=official if entry and plain(official) not in plain(entry.name) else "",
        words=tuple(entry.words) if entry else (),
        parts=tuple(parts),
        leaflets=tuple(
            sorted(leaflets, key=lambda one: (readers.index(one.audience), one.strengths[condition], one.title))
        ),
    )


def script(model: SiteModel, t: SiteTexts) -> str:
    """Return the script with all of it, for `templates/_site/words.js`."""
    words = t.site.search
    editions = {one.name: phrases for one, phrases in words.editions.items() if one.name in dict(model.editions)}
    known = {reader.id for reader in model.readers}
    data = {
        "problems": [
            {"id": one.id, **_entry(one.page, one.name, one.about, one.readers, one.words or (one.name,))}
            for one in model.problems
        ],
        "therapies": [_therapy(one, t) for one in model.therapies],
        "pages": [_entry(f"{name}.html", *_page_words(name, t), (), phrases) for name, phrases in words.pages.items()],
        "lay": [reader.id for reader in model.readers if not reader.is_professional],
        "names": {reader.id: reader.name for reader in model.readers},
        "readers": patterns({name: one for name, one in words.readers.items() if name in known}),
        "editions": patterns(editions),
        "spellings": words.corrections(),
        "ignored": [plain(word) for word in words.ignored],
    }
    return f"var siteWords = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def _entry(page: str, name: str, about: str, readers: Sequence[str], phrases: Sequence[str]) -> dict[str, Any]:
    return {"page": page, "name": name, "about": about, "for": list(readers), **patterns({"words": phrases})}


def _therapy(one: TherapyPage, t: SiteTexts) -> dict[str, Any]:
    names = dict.fromkeys((one.name, one.abbreviation, *one.also_called))
    helps = t("may-help", conditions=joined([name for _, name in one.conditions])) if one.conditions else ""
    readers = [leaflet.audience for leaflet in one.leaflets]
    return {"id": one.id, **_entry(one.page, one.full_name, helps, readers, list(names))}


def _page_words(name: str, t: SiteTexts) -> tuple[str, str]:
    """Return title and description of a page that is about no therapy and no problem."""
    written = {str(key): page for key, page in t.site.pages.items()}.get(name)
    if written:
        return written.title, written.lead
    return t(f"{name}-title"), t(f"{name}-lead")
