"""Structured data for search engines: schema.org MedicalWebPage in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from printables.site.catalogue import MEDIA_TYPES
from printables.site.model import SiteHandout, SiteModel, TherapyPage

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def handout_data(model: SiteModel, handout: SiteHandout, therapy: TherapyPage, address: str) -> dict[str, Any]:
    """Return the data of a leaflet's page: audience, subject, date of the evidence review, files.

    It names no reviewer: approvals are printed on the leaflet, with what they cover.
    """
    data = {
        "@context": CONTEXT,
        "@type": "MedicalWebPage",
        "name": handout.name,
        "headline": handout.title,
        "description": handout.purpose,
        "inLanguage": handout.language,
        "audience": {"@type": "MedicalAudience", "audienceType": handout.reader},
        "about": _therapy(therapy),
        "lastReviewed": handout.last_review,
        "version": handout.version,
        "isAccessibleForFree": True,
        "license": LICENCE,
        "publisher": _publisher(model),
    }
    return {**data, "url": address + handout.page, "encoding": _files(handout, address)} if address else data


def _files(handout: SiteHandout, address: str) -> list[dict[str, Any]]:
    """Return the PDF of each edition. Without the site's address there is none to say, and then they are left out."""
    return [
        {
            "@type": "MediaObject",
            "name": document.label,
            "encodingFormat": MEDIA_TYPES[document.form],
            "contentSize": str(document.bytes),
            "sha256": document.sha256,
            "contentUrl": address + document.path,
        }
        for document in handout.pdfs
    ]


def therapy_data(model: SiteModel, therapy: TherapyPage, address: str) -> dict[str, Any]:
    """Return the data of a therapy's page."""
    data = {
        "@context": CONTEXT,
        "@type": "MedicalWebPage",
        "name": therapy.name,
        "inLanguage": model.language,
        "about": _therapy(therapy),
        "isAccessibleForFree": True,
        "publisher": _publisher(model),
    }
    return {**data, "url": address + therapy.page} if address else data


def _therapy(therapy: TherapyPage) -> dict[str, Any]:
    others = [therapy.abbreviation, *therapy.also_called]
    return {
        "@type": "MedicalTherapy",
        "name": therapy.name,
        "alternateName": [name for name in others if name.lower() != therapy.name.lower()],
    }


def _publisher(model: SiteModel) -> dict[str, str]:
    return {"@type": "Organization", "name": model.publisher}


def script(data: dict[str, Any]) -> Markup:
    """Return the data as JSON that is safe inside a `<script>` element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - nothing in it can end the script
