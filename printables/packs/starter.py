"""A starter record for a course pack: the required fields, each with a comment and a blank value."""

from __future__ import annotations

from printables.library.fields import MAX_SLUG, RESERVED, SLUG
from printables.problems import Problem

_RECORD = """\
# yaml-language-server: $schema=../../docs/schema/pack.json
# Fill in what is blank; docs/fields.md says what each field holds. Then run: printables pack {id}
id: {id}
language: en
title: ""
# For whom, and what they should know before.
level: ""
code: ""  # capitals, the start of the version code, such as IPT-DAY
version: "0.1"
minutes: 60  # the whole course with its breaks

# What learners can do afterwards.
aims:
  - ""
about: |
  Who the course is for, and what it is and is not.
how_to_use: |
  How to use this book.
how_to_lead: |
  For facilitators: who can lead it, and how to prepare.
ground_rules:
  - ""
distress: |
  What to do when something in the course upsets somebody.
# What must be in the room.
room:
  - ""
licence: ""

sessions:
  - id: first
    title: ""
    minutes: 60  # as many as its activities take
    aims:
      - ""
    activities:
      - title: ""
        minutes: 60
        words: |
          What learners do.
        notes: |
          For facilitators: how to lead it.
    handouts: []  # such as: {{therapy: ipt, audience: adults}}
    questions: []
    reading: []  # ids from content/sources.yaml

quiz: []
review: {{last_review: "", next_review: "", authors: ""}}
"""


def starter(identity: str) -> str | Problem:
    """Return the text of the record, or a problem if the id is invalid."""
    if not SLUG.fullmatch(identity) or len(identity) > MAX_SLUG or identity in RESERVED:
        what = f'"{identity}" cannot be the id of a course pack.'
        mend = f"Use small letters a to z, figures and single hyphens, {MAX_SLUG} characters at most."
        return Problem("command line", 0, what, mend)
    return _RECORD.format(id=identity)
