"""Field types of records. Every value arrives as the text that was typed.

Each type raises `wrong(what, mend)`, so that messages never depend on the wording of another library.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from printables import limits
from printables.library.characters import COMBINING, is_blank
from printables.library.doubts import Doubted
from printables.library.languages import (
    MEASURED,
    RIGHT_TO_LEFT,
    Context,
    language_of,
    refused_in_a_line,
    refused_language,
    refused_letter,
    runs_left,
)
from printables.library.type_notes import BY_LANGUAGE, TRANSLATED
from printables.problems import guess

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
MAX_SLUG = 64
# Windows cannot make files with the first group of names; the website keeps the second for its own pages.
RESERVED = frozenset(
    [
        *("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))),
        *("index", "search", "packs", "assets", "404", "site", "manifest", "default", "leaflets", "worksheets", "new"),
    ]
)

_IN_NAME = rf"[\w\s.’'&/{COMBINING}-]"
MARK = (
    rf"(?P<space>[ \n\x1f])?(?<!\{{)\{{(?P<sign>[@=])?(?P<name>[^\W\d_]{_IN_NAME}*)(\|(?P<plain>[^{{}}|]+))?\}}(?!\}})"
)
"""A mark inside a text: `{term|plain words}`, `{@source}`, `{=fact}` or `{consensus}`."""


class Record(BaseModel):
    """The base of every record: frozen, and unknown keys are errors."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")
    longest_list: ClassVar[int] = limits.ROWS
    """The most entries of a list in a file of this kind."""


def wrong(what: str, mend: str, line: int = 0) -> PydanticCustomError:
    """Return a validation error with two sentences for `file:line: what. mend.`; `line` defaults to the field's."""
    return PydanticCustomError("printables", "{what} {mend}", {"what": what, "mend": mend, "line": line})


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "keys and values"


def _doubted(value: Any) -> PydanticCustomError | None:
    """Return an error if YAML dropped a part of this text value."""
    doubt = value.doubt if isinstance(value, Doubted) else None
    return wrong(doubt.what, doubt.mend, doubt.line) if doubt else None


def _as_text(value: Any, info: ValidationInfo) -> str:
    if lost := _doubted(value):
        raise lost
    words = _typed(value).strip("\n")
    if not runs_left(info.context) and (sign := RIGHT_TO_LEFT.search(words)):
        raise wrong(*refused_letter(sign.group()))
    return words


def _as_line(value: Any, info: ValidationInfo) -> str:
    return as_line(value, info.context)


def as_line(value: Any, context: Context | None = None) -> str:
    """Parse one line of text; raises `wrong` for anything else."""
    lost = _doubted(value)
    if lost and not value.doubt.of_lines:
        raise lost
    line = _as_form(value)
    if refused := refused_in_a_line(line, context):
        raise wrong(*refused)
    return line


def _without_marks(text: str) -> str:
    if mark := re.search(MARK, text):
        shown = mark.group().strip()
        raise wrong(f'"{shown}" would be printed with its braces here.', f'Write "{mark["name"]}" without them.')
    return text


def _as_form(value: Any) -> str:
    text = _typed(value).strip()
    if "\n" in text:
        raise wrong("This must fit on one line.", "Take the line break out.")
    return text


def _typed(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong(f"This must be text, and it is {_kind(value)}.", "Write one text.")
    if is_blank(value):
        raise wrong("This is blank.", "Write the text; where it is not required, delete the key.")
    return str(value)


def _as_number(value: Any) -> int:
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"0|[1-9][0-9]{0,8}", value.strip()):
        if isinstance(value, str) and is_blank(value):
            raise wrong("This is blank.", "Write figures such as 12; where it is not required, delete the key.")
        shown = value if isinstance(value, str) else _kind(value)
        raise wrong(f'"{shown}" is not a whole number.', "Write figures such as 12.")
    return int(value)


def _as_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("yes", "no", "true", "false"):
        raise wrong("This must be yes or no.", "Write yes, or no.")
    return value in ("yes", "true")


def _as_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "")
    except (TypeError, ValueError):
        shown = value if isinstance(value, str) else _kind(value)
        raise wrong(f'"{shown}" is not a date.', "Write year, month and day, such as 2026-11-23.") from None


def as_slug(value: Any) -> str:
    """Parse an id, which is used in file names; raises `wrong` for anything else."""
    slug = _as_form(value)
    if len(slug) > MAX_SLUG or not SLUG.match(slug):
        mend = f"Use small letters a to z, figures and single hyphens, {MAX_SLUG} characters at most."
        raise wrong(f'"{slug}" cannot be an id.', mend)
    if slug in RESERVED:
        raise wrong(f'The id "{slug}" is reserved.', "Choose another one.")
    return slug


def _as_language(value: Any, info: ValidationInfo) -> str:
    code = _as_form(value)
    if code not in MEASURED and code != language_of(info.context):
        what, mend = refused_language(code)
        raise wrong(what, guess(code, MEASURED).strip() or mend)
    return code


def _as_address(value: Any) -> str:
    address = _as_form(value)
    try:
        parts = urlsplit(address)
        host, user = parts.hostname, parts.username
    except ValueError:
        host, user, parts = None, None, urlsplit("")
    if parts.scheme != "https" or not host or user or re.search(r"[\s\\<>\"\x00-\x1f]", address):
        raise wrong(f'"{address}" is not a web address that can be printed.', "It must begin with https:// and a host.")
    return address


def _as_colour(value: Any) -> str:
    colour = _as_form(value)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise wrong(f'"{colour}" is not a colour.', 'Write it as "#rrggbb", such as "#0b4a45", in quotation marks.')
    return colour.lower()


def _schema(**keys: Any) -> WithJsonSchema:
    return WithJsonSchema(keys)


Remark = Annotated[str, BeforeValidator(_as_text), _schema(type="string", minLength=1)]
"""Words for other authors, which are never printed."""
Text = Annotated[Remark, TRANSLATED]
"""Words in Markdown: paragraphs, lists, **bold**, {term|plain words}, {@source}."""
ProperName = Annotated[str, BeforeValidator(_as_line), _schema(type="string", minLength=1)]
"""One line that is the same in every language: the name of a person or a body, the title of a source, a number."""
Line = Annotated[ProperName, TRANSLATED]
"""One line of plain words."""


BareLine = Annotated[Line, AfterValidator(_without_marks)]
"""One line that is printed as it is typed: no term is explained in it, and no source cited."""


Form = Annotated[str, BeforeValidator(_as_form), _schema(type="string", minLength=1)]
"""One line that is no words, such as a code, a version or an e-mail address: an honest comment may stand behind it."""
Number = Annotated[int, BeforeValidator(_as_number), _schema(type="integer", minimum=0)]
Figure = Annotated[float, Field(allow_inf_nan=False, ge=0)]
"""A number with a decimal point, such as 9.5."""
Flag = Annotated[bool, BeforeValidator(_as_flag), _schema(enum=["yes", "no"])]
Day = Annotated[date, BeforeValidator(_as_date), _schema(type="string", pattern=r"^\d{4}-\d\d-\d\d$")]
Slug = Annotated[
    str, BeforeValidator(as_slug), _schema(type="string", pattern="^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=64)
]
Language = Annotated[str, BeforeValidator(_as_language), _schema(enum=list(MEASURED))]
"""The code of a language that has a profile of measures, such as en."""
Address = Annotated[str, BeforeValidator(_as_address), _schema(type="string", pattern="^https://")]

Colour = Annotated[str, BeforeValidator(_as_colour), _schema(type="string", pattern="^#[0-9a-fA-F]{6}$")]
"""A colour such as #0b4a45."""

Words = dict[Slug, Text]
"""The words of one thing for each audience: `adults: …`, `teens: …`."""
Names = dict[Slug, Line]
"""Short names for each audience; `default` (spelt `any`) serves those not named."""
NamesByLanguage = Annotated[Names, BY_LANGUAGE]
"""One name in each language."""

Unit = Literal["sessions", "minutes", "weeks", "months", "years"]
Population = Literal["adults", "young-people", "children"]
Strength = Literal["strong", "moderate", "limited", "none"]
"""The record's own judgement of how sure the evidence is; not a grade that NICE gives."""
Verb = Literal["offer", "consider", "lists", "not-mentioned"]
"""What the guideline says, in its own verb; `lists` where it names the therapy among several options."""
Status = Literal["confirmed", "unchecked"]
FactStatus = Literal["confirmed", "seen", "unchecked"]
"""`confirmed` by a named person, `seen` by an author in the source that it names, or `unchecked`."""
BY = "With `confirmed`: the person who compared it with its sources."
ON = "With `confirmed`: the day of that."
"""`confirmed`: somebody read it at the source. `unchecked`: general knowledge that nobody has looked up."""
