"""Templates that print what a record says without escaping it: a stranger's words could then be markup, or a script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import jinja2
from jinja2 import nodes

from printables.problems import Problem

_MEND = 'Take out "safe". Words with markup of their own come as such, and need it not.'
_SUSPECT = re.compile(r"\|\s*safe|autoescape")


def unescaped(environment: jinja2.Environment, names: Iterable[str]) -> Iterator[Problem]:
    """A warning for each place in these templates. One that cannot be read is told where it is used."""
    for name in names:
        if not name.endswith(".html") or name.startswith("default/") or environment.loader is None:
            continue
        source = environment.loader.get_source(environment, name)[0]
        if not _SUSPECT.search(source):
            continue
        try:
            tree = environment.parse(source)
        except jinja2.TemplateError:
            continue
        for node in tree.find_all((nodes.Filter, nodes.ScopedEvalContextModifier)):
            if _prints_data(node):
                what = "Words are printed here without being escaped."
                yield Problem(f"templates/{name}", node.lineno, what, _MEND, "warning")


def _prints_data(node: nodes.Node) -> bool:
    """Whether a part of what a template was given is called safe; a name that it sets itself is its own."""
    if isinstance(node, nodes.ScopedEvalContextModifier):
        return any(option.key == "autoescape" for option in node.options)
    return (
        isinstance(node, nodes.Filter) and node.name == "safe" and isinstance(node.node, nodes.Getattr | nodes.Getitem)
    )
