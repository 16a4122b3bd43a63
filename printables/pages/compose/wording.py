"""Numbers, ranges and dates in the words of one language. The words come from its locale file, the forms from Babel."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date

from babel import Locale as BabelLocale
from babel.dates import format_date
from babel.numbers import format_decimal

from printables.library.locales import Locale
from printables.library.spans import Span


def day(value: date, locale: Locale) -> str:
    """A date as it is written out: 23 November 2026."""
    return format_date(value, "long", locale=locale.forms)


def number(value: int, locale: Locale) -> str:
    """A whole number with the language's grouping: 11,434."""
    return format_decimal(value, locale=locale.forms)


@functools.cache
def plural_form(count: int, forms: str) -> str:
    """The name of the plural form that goes with a number in a language: one, few, other (CLDR, by Babel)."""
    return str(BabelLocale.parse(forms).plural_form(count))


def counted(name: str, count: int, locale: Locale) -> str:
    """The words for so many of something: 3 stages, one after the other."""
    return locale.counted[name].form(plural_form(count, locale.forms)).format(count=number(count, locale))


def span(value: Span, locale: Locale) -> str:
    """A range with its unit: 8 to 16 sessions; 50 minutes; 10 or more sessions.

    A range takes the plural form of its last number. An open one is never of a single thing: 1 or more sessions.
    """
    first, count = number(value.from_, locale), max(value.from_, 2) if value.or_more else value.last
    unit = locale.units[value.unit].form(plural_form(count, locale.forms))
    if value.or_more:
        return locale.words["or-more"].format(**{"from": first, "unit": unit})
    if value.last == value.from_:
        return locale.words["count"].format(**{"from": first, "unit": unit})
    return locale.words["range"].format(**{"from": first, "to": number(value.last, locale), "unit": unit})


def every(value: Span, locale: Locale) -> str:
    """How often: once a week; every 2 weeks."""
    if value.unit == "weeks" and value.from_ == value.last == 1:
        return locale.words["once-a-week"]
    return locale.words["every"].format(span=span(value, locale))


def ages(value: Span, locale: Locale) -> str:
    """An age range: 12 to 18 years; 18 years and over where the range has no end."""
    if value.to is None:
        return locale.words["ages-from"].format(**{"from": number(value.from_, locale)})
    return locale.words["ages"].format(**{"from": number(value.from_, locale), "to": number(value.to, locale)})


def inside(text: str, locale: Locale) -> str:
    """`text` as it stands inside of a sentence: with a small first letter, unless the language keeps capitals there."""
    return text[:1].lower() + text[1:] if locale.small_inside else text


def listed(parts: Iterable[str], locale: Locale) -> str:
    """Parts that may hold commas themselves, one after the other: a; b; c."""
    return f"{locale.words['semicolon']} ".join(parts)


def sentence_case(text: str) -> str:
    """`text` with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
