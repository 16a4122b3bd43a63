"""What a module imports, for the tests that hold the house and its packages to their rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def imports(text: str) -> Iterator[str]:
    """The full name of everything that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not read here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
