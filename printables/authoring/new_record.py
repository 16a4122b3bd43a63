"""A starter record for a therapy: what must be filled in, each with a word on what to write; or every part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from printables.library.fields import MAX_SLUG, RESERVED, SLUG
from printables.library.sections import Sections
from printables.library.settings import Audience
from printables.library.template_settings import read_audiences
from printables.pages.compose.blocks.registry import all_blocks, kind_of
from printables.problems import Problem, guess, has_errors

SUGGESTED = ("first_session",)
"""Sections that no reader must get, and that the short starter asks for all the same: what people want to know most."""
_SECTIONS = frozenset(Sections.model_fields)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}\Z")

_TOP = """\
# yaml-language-server: $schema=../../docs/schema/therapy.json
# {head}
# Words go below the "|", on lines of their own that are indented two spaces further.
# Then run: printables check --therapy {id}
id: {id}
language: en
name: {name}
{abbreviation}code: {code}  # capitals and figures: the start of the code that each leaflet bears
version: "0.1"

# For each reader: the title, and whom the leaflet is for, in one sentence: For adults who …
titles:
{titles}{not_for}
# How many sessions there are, how long one is, how often, and where that is written. A new source is added to
# content/sources.yaml, such as
#   sources:
#     - {{id: my-source, title: "…", organisation: "…", address: "https://…", kind: service, reuse: link-and-cite,
#        check_again: {again}, status: unchecked}}
courses:
{courses}
{facts}sections:
{sections}review:
  last_evidence_review: {today}  # the day on which you looked at the evidence
  next_review: {again}
  # Who wrote this.
  authors: ""
{declared}"""

_HEAD = "Fill in what is blank. All else is optional: docs/fields.md lists it, and `printables new --all` shows it."
_HEAD_OF_ALL = "Every part of a record. Fill in what you want to say, and delete the rest; docs/fields.md says more."

_TITLE = """\
  {audience}:
    title: {name}
    purpose: ""
"""

_COURSE = """\
  - id: {population}
    population: {population}
    sessions: {{from: "", to: "", unit: sessions}}  # for a single number, delete to
    length: {{from: "", unit: minutes}}
    every: {{from: 1, unit: weeks}}  # once a week
    sources: []  # where this is written: one or more ids from content/sources.yaml
    status: unchecked  # seen, once you have read it there
"""

_PHASES = """\
    phases:
      - id: ""
        sessions: {{from: 1, to: "", unit: sessions}}
        name: {{any: ""}}
        words:
{words}
        sources: []
"""

_FACTS = """\
profile: {{structure: "", between_sessions: "", past_or_present: "", feelings: "", length: ""}}  # each 1 to 5

techniques:
  - id: ""
    name: {{any: ""}}
    words:
{words}
    sources: []  # ids from content/sources.yaml
    status: unchecked

# Also optional, see docs/fields.md: also_called, worksheets, example, answers, options, people, rows.

"""

_CLAIM = """\
  - id: ""
    condition: ""  # an id from content/conditions.yaml
    population: {population}
    ages: {{from: "", unit: years}}
    strength: ""  # strong, moderate, limited or none
    sources: []  # ids from content/sources.yaml
    status: unchecked
"""

_DECLARED = """\
  # Conflicts of interest, or: None declared.
  conflicts: ""
  # Who paid for it.
  funding: ""
"""


@dataclass(frozen=True)
class Wanted:
    """What a starter is to be: for these audiences (for all where none is named), with every part or what is needed."""

    name: str | None = None
    audiences: tuple[str, ...] = ()
    every_part: bool = False


def starter(therapy: str, wanted: Wanted, templates: Path, today: date) -> str | Problem:
    """Return the text of a new record, or a problem.

    Without a choice of audiences, the short starter is for the first one only: it asks each thing once.
    """
    if not SLUG.match(therapy) or therapy in RESERVED or len(therapy) > MAX_SLUG:
        mend = "Use small letters a to z, figures and single hyphens, such as guided-self-help."
        return Problem("command line", 0, f'"{therapy}" cannot be an id.', mend)
    known, problems = read_audiences(templates)
    if has_errors(problems):
        return problems[0]
    for name in wanted.audiences:
        if name not in [audience.id for audience in known]:
            return _unknown(name, [audience.id for audience in known])
    chosen = wanted.audiences or tuple(audience.id for audience in (known if wanted.every_part else known[:1]))
    readers, others = ([one for one in known if (one.id in chosen) is made] for made in (True, False))
    return _record(therapy, wanted, readers, others, today)


def _unknown(name: str, known: Sequence[str]) -> Problem:
    mend = guess(name, known).strip() or f"There are: {', '.join(known)}."
    return Problem("command line", 0, f'There is no audience "{name}".', mend)


def _record(therapy: str, wanted: Wanted, audiences: list[Audience], others: list[Audience], today: date) -> str:
    name, every_part = wanted.name or therapy.replace("-", " ").capitalize(), wanted.every_part
    populations = list(_populations(audiences))
    return _TOP.format(
        head=_HEAD_OF_ALL if every_part else _HEAD,
        id=therapy,
        name=_quoted(name),
        abbreviation='abbreviation: ""\n' if every_part else "",
        code=_quoted(_code(therapy)),
        titles="".join(_title(audience, name) for audience in audiences),
        not_for=_not_for(others),
        courses="\n".join(_course(one, audiences, every_part=every_part) for one in populations),
        facts=_facts(audiences, populations, every_part=every_part),
        sections="".join(_sections(audiences, every_part=every_part)),
        today=today.isoformat(),
        again=_in_two_years(today).isoformat(),
        declared=_DECLARED if every_part or any(audience.not_a_handout for audience in audiences) else "",
    )


def _title(audience: Audience, name: str) -> str:
    return _TITLE.format(audience=audience.id, name=_quoted(name))


def _code(therapy: str) -> str:
    """Return a code for a start: the first letters of the id's words, or the beginning of its only word."""
    words = therapy.upper().split("-")
    code = "".join(word[0] for word in words)[:10] if len(words) > 1 else words[0][:4]
    return code if _CODE.match(code) else ""


def _not_for(others: Iterable[Audience]) -> str:
    reasons = "".join(f"  {audience.id}: It is not written yet.\n" for audience in others)
    return f"# Who gets no leaflet, and why.\nnot_for:\n{reasons}" if reasons else ""


def _in_two_years(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 2, day=28 if leap_day else day.day)


def _populations(audiences: Iterable[Audience]) -> Iterator[str]:
    """Yield populations, each once, so that every leaflet gets sessions: as few as do for all."""
    found: set[str] = set()
    for audience in sorted(audiences, key=lambda one: len(one.populations)):
        if found.isdisjoint(audience.populations):
            found.add(audience.populations[0])
            yield audience.populations[0]


def _course(population: str, audiences: list[Audience], *, every_part: bool) -> str:
    readers = [audience for audience in audiences if population in audience.populations]
    phases = _PHASES.format(words=_blanks(readers, "          ")) if every_part else ""
    return _COURSE.format(population=population) + phases


def _facts(audiences: list[Audience], populations: list[str], *, every_part: bool) -> str:
    """Return the profile, the techniques and the claims: all of them, or the claims where a reader must get them."""
    facts = _FACTS.format(words=_blanks(audiences, "      ")) if every_part else ""
    if not every_part and not any("claims" in _shown(audience, required=True) for audience in audiences):
        return facts
    return f"{facts}claims:\n" + "\n".join(_CLAIM.format(population=one) for one in populations) + "\n"


def _blanks(audiences: Iterable[Audience], indent: str) -> str:
    return "\n".join(f"{indent}{audience.id}: |\n" for audience in audiences)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sections(audiences: list[Audience], *, every_part: bool) -> Iterator[str]:
    """Yield each section that is asked for, with a blank for each of the audiences that get it."""
    for field, info in Sections.model_fields.items():
        readers = [
            audience
            for audience in audiences
            if field in _shown(audience, required=not every_part and field not in SUGGESTED)
        ]
        if readers:
            yield f"  # {info.description}\n  {field}:\n{_blanks(readers, '    ')}\n"


def _shown(audience: Audience, *, required: bool) -> set[str]:
    """Return the sections, and the blocks, that this reader gets, or only those that a record cannot leave out."""
    found: set[str] = set()
    for block in (block for section in audience.sections for block in section.blocks):
        if block.optional and required:
            continue
        kind, made = kind_of(block.show), block.show in all_blocks()
        needed = {str(kind.key[1])} if kind.key[:-1] == ("sections",) else set()
        found |= {block.show} if made or block.show in _SECTIONS else set()
        found |= needed if required else needed | set(kind.reads)
    return found
