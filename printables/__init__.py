"""Printables: printable leaflets about psychological therapies, one text for each reader.

    import printables

    built = printables.build("output", therapies=["ipt"], audiences=["teens"])

docs/api.md describes what is public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from printables.api import Built, Leaflet, Library, PrintablesError, Problem, Report, build, check, load

__version__ = "1.1.0"
__all__ = [
    "Built", "Leaflet", "Library", "PrintablesError", "Problem", "Report", "__version__", "build", "check", "load",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Return a part of the API. It is loaded when it is first used: a command that repeats a build needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from printables import api

    return getattr(api, name)


def __dir__() -> list[str]:
    """Return what is public."""
    return __all__
