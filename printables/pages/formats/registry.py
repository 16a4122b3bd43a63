"""The registry of the formats beside a leaflet's PDF: what each says of itself, and all that this folder holds.

A format is a module of this folder with a `FORMAT`. That is all it needs: it is then made, published, looked
at by `verify`, offered by the website and put into its archives; `build` has an option for one made on request.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Collection
from dataclasses import dataclass

from printables.pages import formats
from printables.pages.compose.leaflet import Leaflet
from printables.problems import Problem


class FormatMissing(Exception):
    """A format cannot be made here. Its two arguments: what is missing, and how to mend it."""

    @property
    def problem(self) -> Problem:
        """The same as a problem of the command that asked for it."""
        what, mend = self.args
        return Problem("command line", 0, what, mend)


@dataclass(frozen=True)
class FinishedPage:
    """What a format is made from: the HTML that is printed, the whole page for a screen, and the leaflet as data."""

    html: str
    screen: str
    """The same words as `html`, with its own style sheet, pictures and links."""
    leaflet: Leaflet


@dataclass(frozen=True)
class Format:
    """One kind of file that lies beside each PDF."""

    name: str
    """Such as braille: its option is then --braille."""
    suffix: str
    """Such as .brf. The files of a leaflet have the same name but for this."""
    title: str
    """What the website calls it where `content/site/<language>.yaml` has no words for it (form-brf)."""
    media_type: str
    make: Callable[[FinishedPage], bytes]
    """Its file. It may raise FormatMissing."""
    option: str = ""
    """The help of the option that asks for it; empty for a format that is always made."""
    needs: str = ""
    """A library of the system that makes it. Nobody watches it for changes, so no result of such a build is cached."""
    on_website: bool = True
    """Whether the website offers its file, beside the leaflet's own page there."""

    @property
    def label(self) -> str:
        """How files of this kind are known: BRF."""
        return self.suffix[1:].upper()


@functools.cache
def all_formats() -> tuple[Format, ...]:
    """Every format: those that are always made, then those that are made on request, each by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    modules = [importlib.import_module(f"{formats.__name__}.{name}") for name in names]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return tuple(sorted(found, key=lambda one: (bool(one.option), one.name)))


def asked_for(names: Collection[str]) -> tuple[Format, ...]:
    """The formats that are always made, and those with these names."""
    return tuple(one for one in all_formats() if not one.option or one.name in names)
