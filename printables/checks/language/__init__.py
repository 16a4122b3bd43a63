"""What is measured about words, and what the checks must know of each language: a folder with its `PROFILE`."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from printables.checks.language.profile import LanguageProfile


@functools.cache
def codes() -> tuple[str, ...]:
    """The languages that have a profile."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


@functools.cache
def profile(code: str) -> LanguageProfile:
    """The profile of a language. Raises `LookupError` where it has none: nothing is measured as if it were English."""
    if code not in codes():
        raise LookupError(f'The language "{code}" has no profile; there are: {", ".join(codes())}.')
    found: LanguageProfile = importlib.import_module(f"{__name__}.{code}").PROFILE
    return found
