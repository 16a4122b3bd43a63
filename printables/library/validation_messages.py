"""Convert validation errors of a record to problems in plain words, with line and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from printables.library.blanks import mend_of, models_in
from printables.library.yaml_reader import Document, Key
from printables.problems import Problem, guess, most_similar

MAX_UNKNOWN = 20
"""The most unknown keys that are reported one by one; the rest is counted."""

_TYPES = {
    "missing": ("This is required and missing.", "Add it; docs/fields.md says what it holds."),
    "model_type": ("This must hold keys and values.", "Indent its keys below it."),
    "model_attributes_type": ("This must hold keys and values.", "Indent its keys below it."),
    "dict_type": ("This must hold keys and values.", "Indent its keys below it."),
    "list_type": ("This must be a list.", 'Write one line for each, beginning with "- ".'),
    "float_parsing": ("This is not a number.", "Write figures such as 9.5."),
    "float_type": ("This is not a number.", "Write figures such as 9.5."),
    "finite_number": ("This is not a finite number.", "Write figures such as 9.5."),
    "too_short": ("The list is empty.", "Write at least one line, or delete the key where it is not required."),
}


FORMS = {
    r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$": "the code of a language in small letters, such as cy or pt-br",
    r"^[A-Z][A-Z0-9]{1,9}$": "2 to 10 capitals and figures, such as IPT",
    r"^[A-Z]{2,6}$": "2 to 6 capitals, such as TEEN",
    r"^[0-9]+\.[0-9]+$": "two numbers with a point, such as 1.0",
    r"^(19|20)[0-9]{2}$": "a year, such as 2026",
    r"^[0-9a-f]{16,64}$": "what printables approve writes",
    r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$": "a name from the review sheet, such as phases/young-people",
    r"^[0-9a-f]{8,64}$": "the number of the words that the review sheet prints, such as a74c62cf",
    r"^[^@\s<>]+@[^@\s<>]+\.[a-z]+$": "an e-mail address, such as hello@clinic.example",
}
"""Descriptions of the patterns in records."""


def problems_of(error: ValidationError, document: Document, model: type[BaseModel], at: Key = ()) -> list[Problem]:
    """Return one problem for each error, in the order of the file. `at` is the key of the part that was validated.

    A required key that is misspelled is unknown and missing at once; only its spelling is reported.
    """
    unknown: list[Any] = []
    others: list[Any] = []
    for item in ({**one, "loc": (*at, *one["loc"])} for one in error.errors(include_url=False)):
        (unknown if item["type"] == "extra_forbidden" else others).append(item)
    meant = {(*item["loc"][:-1], _meant(item, model)) for item in unknown}
    others = [item for item in others if item["type"] != "missing" or tuple(item["loc"]) not in meant]
    found = [_problem(item, document, model) for item in [*unknown[:MAX_UNKNOWN], *others]]
    if len(unknown) > MAX_UNKNOWN:
        key: Key = tuple(unknown[MAX_UNKNOWN]["loc"])
        what = f"{len(unknown) - MAX_UNKNOWN:,} more keys are unknown."
        found.append(Problem(document.path_of(key), document.line(key), what, "Delete them, or see docs/fields.md."))
    return sorted(found)


def _meant(item: Any, model: type[BaseModel]) -> str:
    """Return the known key that an unknown one is most like, or an empty text."""
    key: Key = tuple(part for part in item["loc"] if part != "[key]")
    return most_similar(str(key[-1]), _known_keys(model, key[:-1]))


def _problem(item: Any, document: Document, model: type[BaseModel]) -> Problem:
    key: Key = tuple(part for part in item["loc"] if part != "[key]")
    what, mend = _say(item, key, model)
    shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in key)
    named = f"{shown}: {what}" if shown else what
    return Problem(document.path_of(key), item.get("ctx", {}).get("line") or document.line(key), named, mend)


def _say(item: Any, key: Key, model: type[BaseModel]) -> tuple[str, str]:
    kind, context = item["type"], item.get("ctx", {})
    if kind == "printables":
        return context["what"], mend_of(context["mend"], model, key)
    if kind == "extra_forbidden":
        hint = guess(str(key[-1]), _known_keys(model, key[:-1]))
        return "This key is unknown.", (hint or " Delete it, or see docs/fields.md.").strip()
    if kind == "literal_error":
        words = _choices(context.get("expected", ""))
        return f'"{item["input"]}" is not one of the words that may stand here.', f"Write one of: {words}."
    if kind == "string_pattern_mismatch":
        form = FORMS.get(context.get("pattern", ""), "what docs/fields.md says")
        return f'"{item["input"]}" is not of the form that is asked for.', f"Write {form}."
    if kind in ("greater_than_equal", "less_than_equal", "string_too_long"):
        return _say_bound(kind, item["input"], context)
    what, mend = _TYPES.get(kind, ("This cannot be used.", "See docs/fields.md for what it holds."))
    return what, mend_of(mend, model, key)


def _say_bound(kind: str, given: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return the message for a number beyond its limit or a text that is too long."""
    if kind == "string_too_long":
        return f'"{given}" has {len(given)} letters; {context["max_length"]} fit.', "Say it in a shorter word."
    bound = "small" if kind == "greater_than_equal" else "large"
    return f"The number {given} is too {bound}.", f"The limit is {context.get('ge', context.get('le')):g}."


def _choices(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _known_keys(model: type[BaseModel], key: Key) -> list[str]:
    """Return the keys allowed in the mapping at `key`, by following the models."""
    for part in key:
        if isinstance(part, int):
            continue
        field = next((f for n, f in model.model_fields.items() if (f.alias or n) == part), None)
        inner = next(models_in(field.annotation), None) if field else None
        model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]
