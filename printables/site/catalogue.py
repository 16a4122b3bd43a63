"""`catalogue.json`: every file of the website, for other systems."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from printables.pages.formats.registry import all_formats
from printables.site.embedding import FRAGMENTS, FRAMED
from printables.site.model import Download, SiteHandout, SiteModel

VERSION = 1


class Item(BaseModel):
    """One file to download."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(description="Such as: Interpersonal psychotherapy: for teenagers.")
    kind: str = Field(description="leaflet or worksheet.", pattern="^(leaflet|worksheet)$")
    therapies: list[str] = Field(description="Ids of the therapies it belongs to.", min_length=1)
    audience: str = Field(description="The id of the reader, such as teens.")
    language: str = Field(description="BCP 47, such as en.")
    edition: str = Field(description="Such as a4 or a4-large-print.")
    format: str = Field(description="The media type.")
    sheets: bool = Field(description="True for the sheets of a booklet, to be printed on both sides and folded.")
    pages: int | None = Field(description="Pages of a PDF; null for other formats.")
    bytes: int = Field(gt=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    code: str = Field(description="The code that is printed on it, such as IPT-TEEN-EN-1.0-K7F9.")
    version: str
    last_review: str = Field(description="When the evidence was last looked at: year-month-day.")
    next_review: str = Field(description="When that is due again.")
    approved: bool = Field(description="Whether a clinician approved these words in this version.")
    conditions: list[str] = Field(description="Ids of the problems that it speaks of.")
    ages: list[str] = Field(description="Groups of ages: 0-11, 12-17, 18.")
    url: str = Field(description="The file. Relative to the catalogue, or absolute where the site's address is known.")
    page: str = Field(description="The page about it, with the same words; like url.")
    embed: str | None = Field(description="A leaflet's page to show in a frame, if the website lets you; like url.")
    fragment: str | None = Field(description="A leaflet's words as HTML, to be put into your own page; like url.")


class Catalogue(BaseModel):
    """Every file of the website. Addresses do not change with the version of a leaflet; the checksum does."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(VERSION, description="Of this form. A later one may have more fields.")
    publisher: str
    language: str
    items: list[Item]


MEDIA_TYPES = {
    **dict.fromkeys(("PDF", "SHEETS"), "application/pdf"),
    **{one.label: one.media_type for one in all_formats()},
}


def catalogue(model: SiteModel, address: str) -> Catalogue:
    """The catalogue of `model`. `address` is put before every path; it may be empty."""
    items = [item for handout in model.handouts() for item in _items(handout, address)]
    return Catalogue(version=VERSION, publisher=model.publisher, language=model.language, items=items)


def _items(handout: SiteHandout, address: str) -> Iterator[Item]:
    for document in handout.documents:
        yield _item(handout, document, address)


def _item(handout: SiteHandout, document: Download, address: str) -> Item:
    return Item(
        title=handout.name,
        kind=handout.kind,
        therapies=list(handout.therapies),
        audience=handout.audience,
        language=handout.language,
        edition=document.edition,
        format=MEDIA_TYPES[document.form],
        sheets=document.form == "SHEETS",
        pages=document.pages or None,
        bytes=document.bytes,
        sha256=document.sha256,
        code=handout.code,
        version=handout.version,
        last_review=handout.last_review,
        next_review=handout.next_review,
        approved=handout.approved,
        conditions=list(handout.conditions),
        ages=list(handout.ages),
        url=address + document.path,
        page=address + handout.page,
        embed=f"{address}{FRAMED}{handout.page}" if handout.kind == "leaflet" else None,
        fragment=f"{address}{FRAGMENTS}{handout.page}" if handout.kind == "leaflet" else None,
    )
