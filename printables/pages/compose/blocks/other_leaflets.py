"""The blocks that lead to other leaflets: of this therapy, and of therapies like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from printables.library.locales import Locale
from printables.library.related import related
from printables.library.summaries import RecordSummary
from printables.library.therapies import Therapy
from printables.pages.compose import wording
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block

MOST_RELATED = 2
"""A reader needs somewhere to go on reading, not a catalogue; professionals have as many as one sentence holds."""


def handout_mark(therapy: str, audience: str) -> str:
    """Return the value of `data-handout`, by which a website that has this leaflet makes its name a link."""
    return f"{therapy} {audience}"


def other_leaflets(composer: Composer, show: str) -> Block | None:
    """The other leaflets of this therapy, with their codes."""
    therapy: Therapy = composer.therapy
    rows = [
        {
            "title": therapy.titles[name].title,
            "handout": handout_mark(therapy.id, name),
            "for_whom": audience.label[therapy.language],
            "code": composer.code(audience),
        }
        for name, audience in composer.library.audiences.items()
        if name in therapy.titles and name != composer.audience.id
    ]
    return Block("other-leaflets", show, {"rows": rows}) if rows else None


def related_leaflets(composer: Composer, show: str) -> Block | None:
    """The other therapies that have a leaflet for this reader about the same kind of problem; the firmest first."""
    others = related(composer.library, composer.library.summaries[composer.therapy.id], composer.audience)
    locale = composer.locale
    names = [wording.inside(one.name, locale) if composer.in_full else _named(one, locale) for one in others]
    count = len(list(_in_one_sentence(composer, names))) if composer.in_full else MOST_RELATED
    rows = [
        {"name": name, "handout": handout_mark(other.id, composer.audience.id)}
        for name, other in zip(names[:count], others, strict=False)
    ]
    return Block("related-leaflets", show, {"rows": rows}) if rows else None


def _named(other: RecordSummary, locale: Locale) -> str:
    """The same with the abbreviation by which its readers may know it."""
    name, short = wording.inside(other.name, locale), other.abbreviation
    # One in two parts, such as TF-CBT, leans on another that would need its own words.
    return f"{name} ({short})" if short.isalnum() and short.lower() not in name.lower() else name


def _in_one_sentence(composer: Composer, names: Iterable[str]) -> Iterator[str]:
    """The first names, as many as do not make the sentence longer than this reader's sentences may be."""
    room = composer.audience.reading.sentence.warn - len(composer.t("related-leaflets", names="").split())
    for name in names:
        room -= len(name.split())
        if room < 0:
            return
        yield name


BLOCKS = (
    BlockKind("other-leaflets", "the other leaflets of this therapy, and for whom", other_leaflets),
    BlockKind(
        "related-leaflets",
        "other therapies with a leaflet for this reader about the same kind of problem",
        related_leaflets,
    ),
)
