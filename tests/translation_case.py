"""A library with a language of made-up words: English with its vowels exchanged, so that figures and marks stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from library_case import TODAY, LibraryCase

from printables.library.folders import Folders
from printables.library.loader import load
from printables.pipeline.build import CheckedLibrary, Options, check
from printables.plan import Choice
from printables.translations.make import Started, started
from printables.translations.po import Entry, read_po, written
from printables.translations.scope import Chosen

WELSH = str.maketrans("aeiou", "âêîôŵ")
ADULTS = Chosen(("ipt",), ("adults",), ("england",))
PO = "content/translations/cy/therapies/ipt.po"
_APART = re.compile(r"(\{[^{}]*\}|https?://\S+|\S+@\S+)")
_EXPLAINED = re.compile(r"\{([^@=|][^|]*)\|([^|]*)\}")


def made_up(english: str) -> str:
    """The text in made-up words; a term of the glossary that stands alone gets the form of the sentence."""
    return "".join(_piece(piece) for piece in _APART.split(english))


def _piece(piece: str) -> str:
    if explained := _EXPLAINED.fullmatch(piece):
        return "{" + "|".join(side.translate(WELSH) for side in explained.groups()) + "}"
    if re.fullmatch(r"\{(?!consensus\})[A-Z][\w\s-]*\}", piece):
        return "{" + f"{piece[1:-1]}|{piece[1:-1].translate(WELSH)}" + "}"
    return piece if _APART.fullmatch(piece) else piece.translate(WELSH)


def begin(case: LibraryCase, code: str = "cy", chosen: Chosen = ADULTS) -> Started:
    """Write the files of a language as `translate start` does."""
    folders = Folders(case.root / "content")
    library, _ = load(folders, case.root / "templates")
    assert library is not None
    done = started(library, folders, code, chosen)
    for name, data in done.files.items():
        case.write(f"content/translations/{code}/{name}", data)
    return done


def fill_in(case: LibraryCase, code: str = "cy", words: Callable[[str], str] = made_up) -> None:
    """Translate every text, and fill language.yaml in."""
    home = case.root / f"content/translations/{code}"
    for path in home.rglob("*.po"):
        change_entries(
            case, path.relative_to(case.root).as_posix(), lambda one: replace(one, translation=words(one.english))
        )
    settings = (home / "language.yaml").read_text("utf-8")
    for name, value in {"you": "yôŵ, yôŵr", "evidence_words": "rêsêârch", "call": "Câll", "text": "Têxt"}.items():
        settings = settings.replace(f"{name}: []", f"{name}: [{value}]")
    case.write(f"content/translations/{code}/language.yaml", settings)


def change_entries(case: LibraryCase, file: str, change: Callable[[Entry], Entry]) -> None:
    """Change the entries of a PO file."""
    read, problems = read_po(case.path(file).read_bytes(), file)
    assert problems == []
    case.write(file, written(replace(read, entries=[change(one) for one in read.entries]), Path(file).parts[2]))


def translate(case: LibraryCase, context: str, translation: str, file: str = PO) -> int:
    """Write one translation, and return its line."""
    change_entries(case, file, lambda one: replace(one, translation=translation) if one.context == context else one)
    return line_of(case, context, file)


def line_of(case: LibraryCase, context: str, file: str = PO) -> int:
    """The line that a message about an entry names."""
    read, _ = read_po(case.path(file).read_bytes(), file)
    (line,) = [one.line for one in read.entries if one.context == context]
    return line


def options_in(case: LibraryCase, code: str, choice: Choice | None = None) -> Options:
    folder = case.root
    return Options(
        folder / "content", folder / "templates", folder / "output", TODAY, choice or Choice(), language=code
    )


def checked_in(case: LibraryCase, code: str = "cy", choice: Choice | None = None) -> CheckedLibrary:
    """Steps 1 to 4 in a language."""
    return check(options_in(case, code, choice))


def told(case: LibraryCase, checked: CheckedLibrary, severity: str = "error") -> list[str]:
    """The errors, or other problems, each as one line."""
    return [case.shown(problem) for problem in checked.problems if problem.severity == severity]
