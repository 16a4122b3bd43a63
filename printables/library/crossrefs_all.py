"""Every module with checks of the references in shared files, in the order in which their messages come."""

from __future__ import annotations

from printables.library import (
    crossrefs,
    crossrefs_clinics,
    crossrefs_help,
    crossrefs_scenes,
    crossrefs_site,
    crossrefs_words,
)

CROSSREFS = (crossrefs, crossrefs_clinics, crossrefs_help, crossrefs_scenes, crossrefs_site, crossrefs_words)
