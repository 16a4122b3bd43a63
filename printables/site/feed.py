"""`feed.xml`: what changed and when, as an Atom feed (RFC 4287), from versions and days of review. No clock is read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from printables.site.model import SiteHandout, SiteModel

PATH = "feed.xml"
MOST = 100
"""The newest entries; a reader of feeds keeps those that it has seen."""
SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""The name space of addresses in RFC 9562."""


def atom(model: SiteModel, title: str, address: str, summary: Callable[[SiteHandout], str]) -> str:
    """Return the feed, newest first. A leaflet has a new entry with each version and each review."""
    handouts = sorted(model.handouts(), key=lambda one: one.page)
    handouts.sort(key=lambda one: one.last_review, reverse=True)
    links = [f'<link rel="self" href={quoteattr(address + PATH)}/>', f"<link href={quoteattr(address)}/>"]
    latest = handouts[0].last_review if handouts else "1970-01-01"
    return "".join(
        f"{line}\n"
        for line in (
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{model.language}">',
            f"<id>{_identity(address or model.publisher)}</id>",
            f"<title>{escape(title)}</title>",
            f"<updated>{_moment(latest)}</updated>",
            f"<author><name>{escape(model.publisher)}</name></author>",
            *(links if address else []),
            *(_entry(one, address, summary(one)) for one in handouts[:MOST]),
            "</feed>",
        )
    )


def _entry(handout: SiteHandout, address: str, summary: str) -> str:
    name = f"{address}{handout.page}#{handout.version}#{handout.last_review}"
    return (
        f"<entry><id>{_identity(name)}</id><title>{escape(handout.name)}</title>"
        f"<updated>{_moment(handout.last_review)}</updated><link href={quoteattr(address + handout.page)}/>"
        f"<summary>{escape(summary)}</summary></entry>"
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _identity(name: str) -> str:
    return uuid.uuid5(SPACE, name).urn
