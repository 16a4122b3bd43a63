"""`printables init`: write a clinic's file from a few questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from printables import paths
from printables.authoring.clinic_form import NUMBERED, QUESTIONS, ClinicForm, FormQuestion
from printables.cli.actions import write_files
from printables.cli.messages import print_problems, stop
from printables.cli.options import FOLDERS, examples, read_options, with_options
from printables.library.colour import channels, contrast, shown_ratio
from printables.library.loader import read_audiences
from printables.pages.compose.brand import readable
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.problems import Exit, Problem, has_errors

ANSWERS = tuple(
    click.option(f"--{question.field}", metavar="TEXT", help=f"{question.words}.") for question in QUESTIONS
)


@click.command(epilog=examples("printables init", 'printables init --yes --name "Lakeside Clinic" --region england'))
@with_options(FOLDERS[:1])
@click.option("--yes", is_flag=True, help="Ask nothing; leave out what no option gives.")
@with_options(ANSWERS)
def command(content: Path | None, *, yes: bool, **given: str | None) -> None:
    """Ask a few questions about a clinic and write its file. Enter leaves a question out."""
    form = ClinicForm(read_options(content).folders)
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        answer_to = _given_answer if yes else _typed_answer
        answer = answer_to(form, question, given[question.field], answers)
        if answer:
            answers[question.field] = answer
            if question.field == "colour":
                _show_colour(answer)
    files = form.files(answers)
    if isinstance(files, Problem):
        stop([files], Exit.PROBLEMS)
    write_files(files)
    click.echo(f"Wrote {' and '.join(str(path) for path, _ in files)}.")
    click.echo("Add a crisis line, a shelf or local words if you like (docs/fields.md), and run:")
    click.echo(f"printables build --clinic {answers['id']}")


def _given_answer(form: ClinicForm, question: FormQuestion, answer: str | None, answers: Mapping[str, str]) -> str:
    """Return an option's value, or the proposal. Ends the command where it is required and missing, or of no use."""
    answer = form.understood(question.field, answer or form.proposal(question.field, answers))
    if not answer and not question.required:
        return ""
    problems = form.problems(question.field, answer) if answer else [_missing(form, question)]
    if has_errors(problems):
        stop(problems, Exit.PROBLEMS)
    print_problems(problems)
    return answer


def _missing(form: ClinicForm, question: FormQuestion) -> Problem:
    choices = form.choices(question.field)
    mend = f"Give one of: {', '.join(choices)}." if choices else "Give it, or leave --yes out."
    return Problem(f"--{question.field}", 0, "This is required and missing.", mend)


def _typed_answer(form: ClinicForm, question: FormQuestion, answer: str | None, answers: Mapping[str, str]) -> str:
    """Return an option's value, or what the person types, who is asked again until it can be used."""
    while True:
        if answer is None:
            answer = _ask(form, question, answers)
        answer = form.understood(question.field, answer)
        if not answer and not question.required:
            return ""
        problems = form.problems(question.field, answer)
        print_problems(problems)
        if not has_errors(problems):
            return answer
        answer = None


def _ask(form: ClinicForm, question: FormQuestion, answers: Mapping[str, str]) -> str:
    """Ask a question, after the list of its answers with their numbers. Ends the command where nobody can answer."""
    default = form.proposal(question.field, answers)
    for number, choice in enumerate(form.choices(question.field) if question.field in NUMBERED else (), 1):
        click.echo(f"  {number:2}  {choice}")
    try:
        return str(click.prompt(question.words, default=default, show_default=bool(default))).strip()
    except click.Abort:  # Ctrl-C, or the end of what is piped in
        raise
    except (RuntimeError, OSError, ValueError):  # standard input is closed
        what, mend = "Nobody can be asked: there is no standard input.", "Give the answers as options, with --yes."
        stop([Problem("command line", 0, what, mend)], Exit.PROBLEMS)


def _show_colour(colour: str) -> None:
    """Show how a colour will be printed for each audience: darkened until it can be read on the paper and its tint."""
    templates = paths.templates()
    pages = Pages(templates, paths.own() / "templates")
    readers: dict[str, list[str]] = {}
    for audience in read_audiences(templates)[0]:
        tokens = pages.tokens(LeafletStyle(audience.id))
        readers.setdefault(readable(colour.lower(), tokens), []).append(audience.id)
    for printed, names in readers.items():
        patch = click.style("      ", bg=channels(printed))
        how = "as it is" if printed == colour.lower() else "darkened until it can be read"
        ratio = shown_ratio(contrast(printed, "#ffffff"))
        click.echo(f"{patch} {printed} {how} ({ratio} on white): {', '.join(names)}")
