"""What `export` and `take-back` share: the texts of one leaflet."""

from __future__ import annotations

from printables import paths
from printables.cli.messages import stop
from printables.editor.records import Records
from printables.editor.values import EditRefused
from printables.library.library import Library
from printables.pipeline.build import Options
from printables.problems import Exit, Problem, guess
from printables.word.texts import ReviewText, texts_of

LIST = "See: printables list."


def reviewed_texts(options: Options, library: Library, therapy: str, audience: str) -> tuple[str, list[ReviewText]]:
    """Return the version of a therapy's file, and its texts for a reader. Ends the command where there are none."""
    problems = [
        Problem(
            "command line", 0, f'There is no {kind} "{name}".', guess(name, known).strip() or "See: printables list."
        )
        for kind, name, known in (("therapy", therapy, library.summaries), ("audience", audience, library.audiences))
        if name not in known
    ]
    if problems:
        stop(problems, Exit.PROBLEMS)
    try:
        file = Records(options.folders).read("therapy", therapy)
        texts = texts_of(file.data, file.shown, library, audience)
    except EditRefused as refused:
        stop([Problem(f"therapies/{therapy}.yaml", 0, refused.what, refused.mend)], Exit.PROBLEMS)
    if not texts:
        what = f'"{therapy}" has no words for "{audience}".'
        stop([Problem(file.shown, 0, what, "Choose another reader.")], Exit.PROBLEMS)
    return file.version, texts


def without_word(command: str, error: ImportError) -> Problem:
    """Return the problem of a missing package of the extra `word`."""
    what = f'The package "{(error.name or "").partition(".")[0]}" is not installed.'
    return Problem(command, 0, what, paths.mend_by_installing("word"))
