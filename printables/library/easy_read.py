"""Easy Read: an audience that cannot borrow words from another.

Otherwise a copied folder would seem to work: with the adults' words in larger letters it reports no error, but does not
help readers who need one idea and one sentence a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_CALLED = re.compile(r"\beasy[\s_-]*read", re.IGNORECASE)


def is_easy_read(audience: Mapping[str, Any]) -> bool:
    """Return whether an audience is Easy Read, by its field or its name."""
    names = [audience.get("id", ""), *audience.get("label", {}).values(), *audience.get("name", {}).values()]
    return bool(audience.get("easy_read")) or any(_CALLED.search(name) for name in names)


def refused_fallback(audience: Mapping[str, Any], fallback: Sequence[str]) -> tuple[str, str] | None:
    """Return why this audience may not list fallbacks and what to do, or None if it may."""
    if not fallback or not is_easy_read(audience):
        return None
    what = f'Easy Read has words of its own, and those for "{fallback[0]}" were not written for its readers.'
    return what, 'Write "fallback: []", and its words in every record.'


def refused_borrowing(audience: Mapping[str, Any], name: str, other: str) -> tuple[str, str]:
    """Return why a record may not borrow words for the audience `name` from `other`, and what to do."""
    mend = f"Write words for {name}, or allow it under fallback in templates/{name}/audience.yaml."
    if is_easy_read(audience):
        mend = f"Take this line out, and write words for {name}: Easy Read borrows none."
    return f'The audience "{name}" may not take words from "{other}".', mend
