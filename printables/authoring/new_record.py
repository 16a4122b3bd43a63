"""A starter record for a therapy: the required fields, each with a comment and a blank value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from printables.library.fields import MAX_SLUG, RESERVED, SLUG
from printables.library.settings import Audience
from printables.library.template_settings import read_audiences
from printables.library.therapies import Sections
from printables.pages.compose.blocks.registry import all_blocks
from printables.problems import Problem, has_errors

_TOP = """\
# yaml-language-server: $schema=../../docs/schema/therapy.json
# Fill in what is blank; docs/fields.md says what each field holds. Then run: printables check --therapy {id}
id: {id}
language: en
name: {name}
abbreviation: ""
code: ""  # capitals, the start of the version code, such as IPT
version: "0.1"

# For each reader: what stands at the top, and in one sentence, what the leaflet is for.
titles:
{titles}
# One course and at least one claim for each population whose leaflet you write: adults, young-people, children.
courses:
{courses}
profile: {{structure: "", between_sessions: "", past_or_present: "", feelings: "", length: ""}}  # each 1 to 5

techniques:
  - id: ""
    name: {{any: ""}}
    words:
{words}
    sources: []  # ids from content/sources.yaml
    status: unchecked

claims:
{claims}
sections:
{sections}
review:
  last_evidence_review: ""  # such as 2026-11-23
  next_review: ""
  authors: ""
  conflicts: ""
  funding: ""
"""


_COURSE = """\
  - id: {population}
    population: {population}
    sessions: {{from: "", to: "", unit: sessions}}
    length: {{from: "", unit: minutes}}
    every: {{from: 1, unit: weeks}}
    sources: []  # ids from content/sources.yaml
    status: unchecked
    phases:
      - id: ""
        sessions: {{from: 1, to: "", unit: sessions}}
        name: {{any: ""}}
        words:
{words}
        sources: []
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


def starter(therapy: str, name: str | None, templates: Path) -> str | Problem:
    """Return the text of a new record, or a problem."""
    if not SLUG.match(therapy) or therapy in RESERVED or len(therapy) > MAX_SLUG:
        mend = "Use small letters a to z, figures and single hyphens, such as guided-self-help."
        return Problem("command line", 0, f'"{therapy}" cannot be an id.', mend)
    audiences, problems = read_audiences(templates)
    if has_errors(problems):
        return problems[0]
    return _TOP.format(
        id=therapy,
        name=_quoted(name or therapy.replace("-", " ").capitalize()),
        titles="".join(f'  {a.id}:\n    title: ""\n    purpose: ""\n' for a in audiences),
        courses="\n".join(_course(population, audiences) for population in _populations(audiences)),
        words=_blanks(audiences, "      "),
        claims="\n".join(_CLAIM.format(population=population) for population in _populations(audiences)),
        sections="".join(_sections(audiences)),
    )


def _populations(audiences: list[Audience]) -> list[str]:
    """Return the first population of each audience, each once, so that every leaflet gets sessions and claims."""
    return list(dict.fromkeys(audience.populations[0] for audience in audiences))


def _course(population: str, audiences: list[Audience]) -> str:
    readers = [audience for audience in audiences if population in audience.populations]
    return _COURSE.format(population=population, words=_blanks(readers, "          "))


def _blanks(audiences: list[Audience], indent: str) -> str:
    return "\n".join(f'{indent}{audience.id}: ""' for audience in audiences)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sections(audiences: list[Audience]) -> Iterator[str]:
    """Yield every section that at least one audience requires, with a blank for each of these audiences."""
    for field, info in Sections.model_fields.items():
        needs = [audience.id for audience in audiences if field in _required(audience)]
        if needs:
            blanks = "".join(f'    {name}: ""\n' for name in needs)
            yield f"  # {info.description}\n  {field}:\n{blanks}"


def _required(audience: Audience) -> set[str]:
    shown = {block.show for section in audience.sections for block in section.blocks if not block.optional}
    made = [all_blocks()[show] for show in shown & all_blocks().keys()]
    sections = {str(kind.key[1]) for kind in made if kind.record == "therapy" and kind.key[:-1] == ("sections",)}
    return shown - all_blocks().keys() | sections
