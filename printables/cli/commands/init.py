"""`printables init`: write a clinic's file from a few questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from printables import paths
from printables.authoring.clinic_form import ClinicForm
from printables.authoring.clinic_questions import CRISIS, LISTED, QUESTIONS, FormQuestion, is_needed
from printables.cli.actions import write_files
from printables.cli.messages import print_problems, stop
from printables.cli.options import FOLDERS, examples, read_options, with_options
from printables.library.colour import channels, contrast, shown_ratio
from printables.library.template_settings import read_audiences
from printables.pages.compose.brand import readable
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.problems import Exit, Problem, has_errors

ANSWERS = tuple(click.option(question.option, metavar="TEXT", help=f"{question.words}.") for question in QUESTIONS)


@click.command(epilog=examples("printables init", 'printables init --yes --name "Lakeside Clinic" --region england'))
@with_options(FOLDERS[:1])
@click.option("--yes", is_flag=True, help="Ask nothing; leave out what no option gives.")
@with_options(ANSWERS)
def command(content: Path | None, *, yes: bool, **given: str | None) -> None:
    """Ask a few questions about a clinic and write its file. Enter leaves a question out."""
    form = ClinicForm(read_options(content).folders)
    answers = _given_answers(form, given) if yes else _typed_answers(form, given)
    files = form.files(answers)
    if isinstance(files, Problem):
        stop([files], Exit.PROBLEMS)
    write_files(files)
    click.echo(f"Wrote {' and '.join(str(path) for path, _ in files)}.")
    click.echo("Add local words, or what else you like (docs/fields.md), and run:")
    click.echo(f"printables build --clinic {answers['id']}")


def _given_answers(form: ClinicForm, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the options' values, or the proposals. Ends the command where some are missing, or of no use."""
    answers: dict[str, str] = {}
    problems: list[Problem] = []
    for question in QUESTIONS:
        field = question.field
        if field == "id" and not given[field] and "name" not in answers:
            continue  # it would be made from the name
        answer = form.understood(field, given[field] or form.proposal(field, answers))
        found = form.problems(field, answer) if answer else []
        if answer and not has_errors(found):
            answers[field] = answer
        problems += found if answer or not is_needed(question, given) else [_missing(form, question)]
    if has_errors(problems):
        stop(problems, Exit.PROBLEMS)
    print_problems(problems)
    if "colour" in answers:
        _show_colour(answers["colour"])
    return answers


def _missing(form: ClinicForm, question: FormQuestion) -> Problem:
    choices = form.choices(question.field)
    mend = f"Give one of: {', '.join(choices)}." if choices else "Give it, or leave --yes out."
    return Problem(question.option, 0, "This is required and missing.", mend)


def _typed_answers(form: ClinicForm, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the options' values, and the answers to all other questions."""
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        needed = is_needed(question, {**given, **answers})
        if question.field in CRISIS[1:] and not needed:
            continue  # there is no crisis line
        if answer := _typed_answer(form, question, given[question.field], answers, needed=needed):
            answers[question.field] = answer
            if question.field == "colour":
                _show_colour(answer)
    return answers


def _typed_answer(
    form: ClinicForm, question: FormQuestion, answer: str | None, answers: Mapping[str, str], *, needed: bool
) -> str:
    """Return an option's value, or what the person types, who is asked again until it can be used."""
    while True:
        if answer is None:
            answer = _ask(form, question, answers, needed=needed)
        answer = form.understood(question.field, answer)
        if not answer and not needed:
            return ""
        problems = form.problems(question.field, answer) if answer else [_unanswered(question)]
        print_problems(problems)
        if not has_errors(problems):
            return answer
        answer = None


def _unanswered(question: FormQuestion) -> Problem:
    mend = "Type a number from the list, or a name." if question.field in LISTED else "Type an answer."
    return Problem(question.option, 0, "This question must be answered.", mend)


def _ask(form: ClinicForm, question: FormQuestion, answers: Mapping[str, str], *, needed: bool) -> str:
    """Ask a question, after the list of its answers with their numbers. Ends the command where nobody can answer."""
    default, choices = form.proposal(question.field, answers), form.choices(question.field)
    for number, choice in enumerate(choices, 1):
        click.echo(f"  {number:2}  {choice}")
    hints = [f"1 to {len(choices)}, or a name"] if len(choices) > 1 else []
    hints += ["must be answered"] if needed and not default else []
    words = f"{question.words} ({'; '.join(hints)})" if hints else question.words
    try:
        return str(click.prompt(words, default=default, show_default=bool(default))).strip()
    except click.Abort:  # Ctrl-C, or the end of what is piped in
        raise
    except (RuntimeError, OSError, ValueError):  # standard input is closed
        what, mend = "Nobody can be asked: there is no standard input.", "Give the answers as options, with --yes."
        stop([Problem("command line", 0, what, mend)], Exit.PROBLEMS)


def _show_colour(colour: str) -> None:
    """Show how a colour will be printed for each audience: darkened until it can be read on paper and tint."""
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
