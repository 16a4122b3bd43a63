"""What goes wrong while a template is filled in, as a problem at the innermost line of a template."""

from __future__ import annotations

from pathlib import Path

import jinja2

from printables.pages.templates.sandbox import TemplateLimit
from printables.problems import Problem


class MissingWord(LookupError):
    """A template asks for a word that its language does not have."""

    def __str__(self) -> str:
        return str(self.args[0])


def template_problem(error: Exception, template: str) -> Problem:
    """What went wrong in a template, at the innermost template line."""
    name, line = _template_place(error, template)
    reason = (
        str(error) if isinstance(error, (jinja2.TemplateError, MissingWord, TemplateLimit)) else type(error).__name__
    )
    what = f"The template cannot be filled in: {reason.rstrip('.')}."
    return Problem(
        f"templates/{name}",
        line,
        what,
        "Mend the template, or compare it with the one that came with Printables.",
    )


def _template_place(error: Exception, template: str) -> tuple[str, int]:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name or template, error.lineno
    place = (template, 0)
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith((".html", ".css")):
            place = ("/".join(Path(code.co_filename).parts[-_depth(code.co_filename) :]), trace.tb_lineno)
        trace = trace.tb_next
    return place


def _depth(filename: str) -> int:
    """How many parts of a template's path to show: three for a component, two for the others."""
    return 3 if "_components" in filename else 2
