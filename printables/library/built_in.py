"""Built-in blocks: content of a leaflet that is generated, beside the record's own sections."""

from __future__ import annotations

BUILT_IN = {
    "facts": "sessions, length and frequency as figures, and what goes on beside them",
    "timeline": "the phases of the course, drawn to scale or as a table",
    "profile": "the session profile, five scales",
    "techniques": "the techniques, with the record's lead-in",
    "claims": "what it helps with, for this reader's population, each with its sources",
    "courses-table": "all courses: population, sessions, length, frequency",
    "region-privacy": "the region's rules on privacy",
    "region-privacy-self-harm": "what is told of self-harm, and what is not, where the therapy is for it",
    "region-consent": "the region's rules on consent",
    "region-emergency": "when to call the emergency number at once, in the region's words",
    "help-now": "the region's help lines for this reader",
    "glossary": "the terms explained on this leaflet",
    "other-leaflets": "the other leaflets of this therapy, and for whom",
    "related-leaflets": "other therapies with a leaflet for this reader about the same kind of problem",
    "sources": "the sources cited on this leaflet",
    "about": "version, dates, approval, publisher, contact",
}
"""Built-in blocks by name, with what each shows."""
