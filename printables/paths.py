"""Where content, templates and output are: those of the current folder, else those that came with Printables."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
INSTALLED = _PACKAGE / "_data"
"""Where an installed Printables keeps its content and templates (see pyproject.toml)."""


def own() -> Path:
    """The folder that holds our own `content` and `templates`: the checkout, or the installed package's data."""
    return INSTALLED if INSTALLED.is_dir() else _PACKAGE.parent


def content() -> Path:
    """`./content` where it holds therapies, else our own."""
    here = Path("content")
    return here if (here / "therapies").is_dir() else own() / "content"


def templates() -> Path:
    """`./templates` where it holds an audience, else our own."""
    here = Path("templates")
    return here if any(here.glob("*/audience.yaml")) else own() / "templates"


def audiences(templates: Path) -> Path:
    """Where the audiences are: in `templates`, or, where that only overrides some of our templates, our own."""
    return templates if any(templates.glob("*/audience.yaml")) else own() / "templates"


def sources(content: Path, templates: Path) -> list[Path]:
    """Every folder that decides what a build makes: records and templates, theirs and ours, and the code."""
    ours = own()
    return list(dict.fromkeys([content, templates, ours / "content", ours / "templates", _PACKAGE]))


RELEASE = "release"
"""The folder below the output that holds only what was made with `--release`: nothing in it is a draft."""


def output() -> Path:
    """`./output`, wherever the command is given."""
    return Path("output")
