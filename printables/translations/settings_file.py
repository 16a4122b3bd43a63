"""Read language.yaml, the settings of a language."""

from __future__ import annotations

import functools

from printables.library.language_settings import LanguageSettings
from printables.library.record_reader import RecordText, read_record
from printables.library.yaml_reader import read_yaml
from printables.problems import Problem


@functools.lru_cache(maxsize=8)
def read_settings(file: RecordText) -> tuple[LanguageSettings | None, tuple[Problem, ...]]:
    """Return the settings in this file, or what is wrong with it."""
    document, _ = read_yaml(file.data, file.shown)
    value = document.value if document and isinstance(document.value, dict) else {}
    context = {"language": str(value.get("language", "")), "direction": str(value.get("direction", ""))}
    settings, _, problems = read_record(LanguageSettings, file.data, file.shown, context)
    return settings, problems


def parsed_settings(file: RecordText) -> LanguageSettings:
    """Return the settings in a file that was read before. Raises ValueError where they cannot be used."""
    settings, _ = read_settings(file)
    if settings is None:
        raise ValueError(file.shown)
    return settings
