"""`printables translate`: the files from which leaflets are made in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from printables.cli.actions import read_library, write_files
from printables.cli.messages import plural, print_json, print_problems, stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.file_reader import shown_path
from printables.problems import Exit
from printables.translations.exchange import NoWorkbook, exported, imported
from printables.translations.files import codes_in
from printables.translations.make import started
from printables.translations.scope import Chosen
from printables.translations.status import STATES, FileStatus
from printables.translations.status import status as status_of


@click.group(
    epilog=examples(
        "printables translate start cy --therapy ipt --audience adults --region wales",
        "printables translate status cy",
    )
)
def command() -> None:
    """Make leaflets in another language: a folder of words over the English records."""


@command.command(
    epilog=examples(
        "printables translate start cy",
        "printables translate start ar --therapy ipt --audience adults --audience teens --region england",
    )
)
@click.argument("code")
@click.option("--therapy", "therapies", multiple=True, metavar="ID", help="What its leaflets need; may be repeated.")
@click.option("--audience", "audiences", multiple=True, metavar="ID", help="For these readers; may be repeated.")
@click.option("--region", "regions", multiple=True, metavar="ID", help="With the help lines of this region.")
@click.option("--clinic", "clinics", multiple=True, metavar="ID", help="With the words of this clinic.")
@with_options(SOURCE_FOLDERS)
def start(
    code: str,
    therapies: tuple[str, ...],
    audiences: tuple[str, ...],
    regions: tuple[str, ...],
    clinics: tuple[str, ...],
    **folders: Any,
) -> None:
    """Write the files of a language, with every text to translate; again, to take up what has changed since.

    What was translated is kept, wherever its English stands today. Where the English has changed, the old translation
    is marked as fuzzy, and it is not printed until somebody has looked at it.
    """
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    done = started(library, options.folders, code, Chosen(therapies, audiences, regions, clinics))
    if done.problems:
        stop(done.problems, Exit.PROBLEMS)
    write_files([(options.content / "translations" / code / name, data) for name, data in done.files.items()])
    kept = f"{done.kept:,} translated, {done.changed:,} to look at again" if done.kept or done.changed else ""
    counted = ", ".join(filter(None, [kept, f"{done.empty:,} to translate ({plural(done.words, 'word')})"]))
    folder = shown_path(options.content / "translations" / code)
    click.echo(f"{plural(len(done.files), 'file')} in {folder}: {counted}.")
    if done.new_language:
        click.echo(f"Fill in {folder}/language.yaml first.")


@command.command(epilog=examples("printables translate status", "printables translate status cy"))
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
@with_options(SOURCE_FOLDERS)
def status(code: str | None, *, as_json: bool, **folders: Any) -> None:
    """Say how far a language is, with each text that cannot be printed; without a code, how far each one is.

    A text that is new in English is asked for by `translate start`, which may be run again at any time.
    """
    options = read_options(**folders)
    library, _ = read_library(options, as_json=as_json)
    found = {
        each: status_of(library, options.folders, each) for each in ([code] if code else codes_in(options.folders))
    }
    problems = [problem for _, wrong in found.values() for problem in wrong]
    left = [problem for files, _ in found.values() for file in files for one in file.texts for problem in one.problems]
    if as_json:
        counts = {each: [_counts(file) for file in files] for each, (files, _) in found.items()}
        print_json([*problems, *(left if code else [])], languages=counts)
    else:
        print_problems([*problems, *(left if code else [])])
        for each, (files, _) in found.items():
            for line in _table(each, files, whole=bool(code)):
                click.echo(line)
        if not found:
            click.echo("There is no other language yet. Begin one with: printables translate start CODE")
    if problems or (code and left):
        raise SystemExit(Exit.PROBLEMS)


def _counts(file: FileStatus) -> dict[str, Any]:
    return {"file": file.path, **{state: file.count(state) for state in STATES}, "words": file.words}


def _table(code: str, files: Sequence[FileStatus], *, whole: bool) -> Iterator[str]:
    """Yield a line for each file, and the sum of a language."""
    width = max((len(file.path) for file in files), default=0)
    for file in files if whole else ():
        yield f"{file.path:{width}}  {_said(_counts(file))}"
    sums = {name: sum(_counts(file)[name] for file in files) for name in (*STATES, "words")}
    yield f"{code}: {_said(sums)}."


def _said(counts: Mapping[str, Any]) -> str:
    missing = f"{counts['missing']:,} to translate ({plural(counts['words'], 'word')})" if counts["missing"] else ""
    changed = f"{counts['changed']:,} changed in English since" if counts["changed"] else ""
    refused = f"{counts['refused']:,} refused" if counts["refused"] else ""
    return ", ".join(filter(None, [f"{counts['translated']:,} translated", missing, changed, refused]))


@command.command(
    epilog=examples("printables translate export cy welsh.xlsx", "printables translate export cy welsh.xlsx --all")
)
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="With the texts that are translated, too.")
@with_options(SOURCE_FOLDERS)
def export(code: str, file: Path, *, every: bool, **folders: Any) -> None:
    """Write what is left to translate as a workbook (.xlsx), for translators who have no tool for PO files.

    Needs the extra "translate". The PO files are there for all who have such a tool.
    """
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    files, problems = status_of(library, options.folders, code)
    if problems:
        stop(problems, Exit.PROBLEMS)
    texts = [text for one in files for text in one.texts if every or text.state != "translated"]
    try:
        write_files([(file, exported(code, texts))])
    except NoWorkbook as missing:
        stop([missing.problem], Exit.PROBLEMS)
    click.echo(
        f"{plural(len(texts), 'text')} in {file}. Take them back with: printables translate import {code} {file}"
    )


@command.command("import", epilog=examples("printables translate import cy welsh.xlsx"))
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_options(SOURCE_FOLDERS)
def import_(code: str, file: Path, **folders: Any) -> None:
    """Take the translations of a workbook into the PO files. Rows that cannot be taken are said, and change nothing.

    A row is taken where its English is still that of today, and its translation keeps the marks and figures.
    """
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    files, problems = status_of(library, options.folders, code)
    if problems:
        stop(problems, Exit.PROBLEMS)
    try:
        taken = imported(code, file, [text for one in files for text in one.texts], options.folders)
    except NoWorkbook as missing:
        stop([missing.problem], Exit.PROBLEMS)
    write_files([(options.content / "translations" / code / name, data) for name, data in taken.files.items()])
    print_problems(taken.problems)
    click.echo(
        f"{plural(taken.count, 'text')} taken, {taken.same} as they were, {plural(len(taken.problems), 'problem')}."
    )
    if taken.problems:
        raise SystemExit(Exit.PROBLEMS)
