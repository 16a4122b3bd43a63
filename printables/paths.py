"""Where content, templates and output are: those of the current folder, and those that came with Printables."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
INSTALLED = _PACKAGE / "_data"
"""Where an installed Printables keeps its content and templates (see pyproject.toml)."""
WHOLE = ("publisher.yaml", "sources.yaml", "conditions.yaml", "glossary.yaml", "locales", "regions")
"""What a content folder holds that is a library by itself, whichever records it has."""
COPIED = "copied.yaml"
"""The list of the shipped files that were copied into an own folder; it makes the folder lie over the shipped one."""


def own() -> Path:
    """The folder that holds our own `content` and `templates`: the checkout, or the installed package's data."""
    return INSTALLED if INSTALLED.is_dir() else _PACKAGE.parent


def content() -> Path:
    """The own content folder, `./content`, whether it is there or not. Everything that commands write goes there."""
    return Path("content")


def shipped_below(content: Path) -> Path | None:
    """The shipped content over which this folder lies; None where it is the shipped content, or a whole library."""
    return None if is_shipped(content) or is_whole(content) else own() / "content"


def is_shipped(content: Path) -> bool:
    """Whether this folder is the shipped content itself, as in a checkout: ours and yours are one there."""
    return content.resolve() == (own() / "content").resolve()


def is_whole(content: Path) -> bool:
    """Whether a content folder is a library by itself, as all were before ours could lie below one."""
    return all((content / name).exists() for name in WHOLE) and not (content / COPIED).exists()


def is_installed(path: Path) -> bool:
    """Whether a path is inside the installed package, where an upgrade would remove whatever was written."""
    return INSTALLED.is_dir() and path.resolve().is_relative_to(INSTALLED.resolve())


def mend_by_installing(extra: str) -> str:
    """Say how to install what an extra of Printables brings, and nothing else."""
    if INSTALLED.is_dir():
        return f'Run: pip install "printables[{extra}]".'
    return f'Run "make web" in the folder of Printables, or there: pip install ".[{extra}]".'


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
