"""The command that asks about a clinic and writes its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from printables import paths
from printables.authoring.clinic_form import QUESTIONS, ClinicForm, FormQuestion
from printables.cli import messages
from printables.cli.options import FOLDERS, stop, with_options, write_files
from printables.problems import Exit, Problem, has_errors


def _answers(command: click.Command) -> click.Command:
    """An option for each question."""
    for question in QUESTIONS:
        option = click.Option([f"--{question.field}"], metavar="TEXT", help=f"{question.words}.")
        command.params.append(option)
    return command


@click.command()
@with_options(FOLDERS[:1])
@click.option("--yes", is_flag=True, help="Ask nothing; leave out what no option gives.")
def init(content: Path | None, *, yes: bool, **given: str | None) -> None:
    """Ask a few questions about a clinic and write its file. Enter leaves a question out."""
    form = ClinicForm(content or paths.content())
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        settle = _taken if yes else _asked
        answer = settle(form, question, given[question.field], answers)
        if answer:
            answers[question.field] = answer
    files = form.files(answers)
    if isinstance(files, Problem):
        stop([files], Exit.PROBLEMS)
    write_files(files)
    click.echo(f"Wrote {' and '.join(str(path) for path, _ in files)}.")
    click.echo("Add a crisis line, a shelf or local words if you like (docs/fields.md), and run:")
    click.echo(f"printables build --clinic {answers['id']}")


def _taken(form: ClinicForm, question: FormQuestion, answer: str | None, answers: Mapping[str, str]) -> str:
    """The answer of an option, or the proposal. Leaves where it cannot be used, or a required one is missing."""
    answer = answer or form.proposal(question.field, answers)
    if not answer and not question.required:
        return ""
    problems = form.problems(question.field, answer) if answer else [_missing(question)]
    if has_errors(problems):
        stop(problems, Exit.PROBLEMS)
    messages.problems(problems)
    return answer


def _missing(question: FormQuestion) -> Problem:
    return Problem(f"--{question.field}", 0, "This is required and missing.", "Give it, or leave --yes out.")


def _asked(form: ClinicForm, question: FormQuestion, answer: str | None, answers: Mapping[str, str]) -> str:
    """The answer of an option, or of the person, who is asked again until it can be used."""
    while True:
        if answer is None:
            default = form.proposal(question.field, answers)
            answer = click.prompt(question.words, default=default, show_default=bool(default)).strip()
        if not answer and not question.required:
            return ""
        problems = form.problems(question.field, answer)
        messages.problems(problems)
        if not has_errors(problems):
            return answer
        answer = None


_answers(init)
