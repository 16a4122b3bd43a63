"""`printables init`: write a clinic's file from a few questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from printables.authoring.clinic_form import QUESTIONS, ClinicForm, FormQuestion
from printables.cli.actions import write_files
from printables.cli.messages import print_problems, stop
from printables.cli.options import FOLDERS, examples, read_options, with_options
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
    files = form.files(answers)
    if isinstance(files, Problem):
        stop([files], Exit.PROBLEMS)
    write_files(files)
    click.echo(f"Wrote {' and '.join(str(path) for path, _ in files)}.")
    click.echo("Add a crisis line, a shelf or local words if you like (docs/fields.md), and run:")
    click.echo(f"printables build --clinic {answers['id']}")


def _given_answer(form: ClinicForm, question: FormQuestion, answer: str | None, answers: Mapping[str, str]) -> str:
    """Return an option's value, or the proposal. Ends the command where it is required and missing, or of no use."""
    answer = answer or form.proposal(question.field, answers)
    if not answer and not question.required:
        return ""
    problems = form.problems(question.field, answer) if answer else [_missing(question)]
    if has_errors(problems):
        stop(problems, Exit.PROBLEMS)
    print_problems(problems)
    return answer


def _missing(question: FormQuestion) -> Problem:
    return Problem(f"--{question.field}", 0, "This is required and missing.", "Give it, or leave --yes out.")


def _typed_answer(form: ClinicForm, question: FormQuestion, answer: str | None, answers: Mapping[str, str]) -> str:
    """Return an option's value, or what the person types, who is asked again until it can be used."""
    while True:
        if answer is None:
            default = form.proposal(question.field, answers)
            answer = click.prompt(question.words, default=default, show_default=bool(default)).strip()
        if not answer and not question.required:
            return ""
        problems = form.problems(question.field, answer)
        print_problems(problems)
        if not has_errors(problems):
            return answer
        answer = None
