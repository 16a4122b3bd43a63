"""`printables site`: the website of all leaflets."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from printables import paths
from printables.cache import environment, up_to_date
from printables.cli import console, fast_path, messages
from printables.cli.actions import run_build
from printables.cli.messages import stop
from printables.cli.options import (
    EDITION,
    FOLDERS,
    JOBS,
    JSON,
    PLACE,
    QUIET,
    STRICT,
    examples,
    read_options,
    with_options,
)
from printables.files import OutputError
from printables.library.loader import load
from printables.library.site import site_address_fault
from printables.pages.templates.render import BadTemplate
from printables.pages.templates.template_faults import MissingWord
from printables.pipeline import build
from printables.pipeline.scope import relevant_problems
from printables.plan import clinic_of, folder_of
from printables.problems import Exit, Problem
from printables.publish.jobs import PublishResult
from printables.publish.lock import Busy
from printables.publish.manifest import Entry
from printables.rack.build import KINDS
from printables.site import build as site_build
from printables.site import search
from printables.site.search import SearchMissing
from printables.site.writing import SiteResult


@click.command(
    epilog=examples("printables site --clinic riverside", "printables site --address https://leaflets.example.org/")
)
@with_options(FOLDERS, PLACE, EDITION, STRICT)
@click.option("--address", metavar="URL", help="Where it will stand [content/site.yaml]; for search engines.")
@with_options(JOBS, QUIET, JSON)
def command(*, address: str | None, quiet: bool, as_json: bool, **values: Any) -> None:
    """Build every leaflet in the editions of the website, and the website itself, ready for any web host."""
    started = time.monotonic()
    if address and (fault := site_address_fault(address)):
        stop([Problem("command line", 0, *fault)], Exit.PROBLEMS, as_json=as_json)
    try:
        search.tool()  # before all leaflets are built
    except SearchMissing as missing:
        stop([missing.problem], Exit.PROBLEMS, as_json=as_json)
    options = read_options(**values)
    sources = up_to_date.source_state(
        fast_path.command_key(sys.argv[1:]), paths.sources(options.content, options.templates), environment.files()
    )
    options = _with_editions(options, as_json=as_json)
    checked, result = run_build(options, quiet=quiet, as_json=as_json, bare=True)
    website, problems, folder = _make(options, checked, result, address, quiet=quiet, as_json=as_json)
    changes = fast_path.changes_during_build(sources)
    checked = dataclasses.replace(checked, problems=(*checked.problems, *problems, *changes))
    seconds = time.monotonic() - started
    if as_json:
        data = console.result_data(result, seconds)
        messages.print_json(checked.problems, **data, site=dataclasses.asdict(website))
    else:
        messages.print_problems(checked.problems)
        console.print_result(checked, result, options.output, seconds, quiet=quiet)
        if not (quiet or problems):
            messages.print_website(folder, (len(website.made), len(website.kept), len(website.removed)))
    if not build.succeeded(checked, result):
        sys.exit(Exit.PROBLEMS)
    place = folder.relative_to(options.output).as_posix()
    state = f"{place.removesuffix(site_build.FOLDER)}{site_build.STATE}"
    written = fast_path.Website(place, state, sorted((*website.made, *website.kept)))
    fast_path.keep_result(
        options,
        None if changes else sources,
        checked,
        result,
        written,
        sizes=console.sizes(result.made()),
        quiet=quiet,
        as_json=as_json,
    )


def _with_editions(options: build.Options, *, as_json: bool) -> build.Options:
    """Return the options with the editions of the website; a clinic's shelf names its own.

    The library is read twice for it, from the cache as far as it is known. Ends where the website's own file cannot be
    read.
    """
    choice = dataclasses.replace(options.choice, website=True)
    options = dataclasses.replace(options, choice=choice)
    cache = options.new_cache()
    cache.begin(options.folders, options.templates)
    library, problems = load(options.folders, paths.audiences(options.templates), cache.read_results, cache.library_key)
    if library and library.cannot_use("site", "site"):
        _stop_unchanged(
            relevant_problems(library, choice, problems, options.folders), "its file could not be read", as_json=as_json
        )
    if library is None or choice.editions or choice.every_edition:
        return options
    clinic = clinic_of(library, choice)
    editions = () if clinic and clinic.shelf else tuple(library.site.editions)
    return dataclasses.replace(options, choice=dataclasses.replace(choice, editions=editions, offered=True))


def _make(
    options: build.Options,
    checked: build.CheckedLibrary,
    result: PublishResult,
    address: str | None,
    *,
    quiet: bool,
    as_json: bool,
) -> tuple[SiteResult, Sequence[Problem], Path]:
    """Return what was written, what was wrong with it, and the site's folder. Ends where there can be no website."""
    library = checked.library
    if library is None or not checked.planned:
        _stop_unchanged(checked.problems, "records could not be read", as_json=as_json)
    first = checked.planned[0].item
    language = library.regions[first.region].language
    if library.cannot_use("site-words", language) or library.cannot_use("language", language):
        _stop_unchanged(checked.problems, f'the words in "{language}" could not be read', as_json=as_json)
    folder = folder_of(first.path)
    planned = {one.item.path for one in checked.planned}
    entries = tuple(entry for entry in result.entries if entry.path in planned)
    unread = tuple(entry for entry in result.entries if library.broken & {entry.record, entry.therapy})
    if not entries:
        _stop_unchanged(checked.problems, "no leaflet could be made", as_json=as_json)
    root = address or library.site.address or ""
    source = site_build.SiteInput(
        checked,
        library,
        entries,
        options.output,
        folder,
        f"{root.rstrip('/')}/" if root else "",
        options.workers,
        tuple(entry for entry in unread if folder_of(entry.path) == folder),
        tuple(_rack(result, folder)),
    )
    try:
        with console.progress(quiet=quiet or as_json, doing="Drawing pages", done="drew") as progress:
            website, problems = site_build.make(source, progress)
    except Busy as busy:
        stop([busy.problem], Exit.BUSY, as_json=as_json)
    except SearchMissing as missing:
        stop([*checked.problems, missing.problem], Exit.PROBLEMS, as_json=as_json)
    except OutputError as error:
        stop([*checked.problems, *error.problems], Exit.PROBLEMS, as_json=as_json)
    except BadTemplate as bad:
        stop([*checked.problems, bad.problem], Exit.PROBLEMS, as_json=as_json)
    except MissingWord as missing:
        mend = "Add it, or compare the file with the one that came with Printables."
        stop([*checked.problems, Problem("website", 0, f"{missing}.", mend)], Exit.PROBLEMS, as_json=as_json)
    return website, problems, options.output / folder / site_build.FOLDER


def _rack(result: PublishResult, folder: str) -> Iterator[Entry]:
    """Yield the cards and posters that were made with `printables rack`, with their paths on the site."""
    own = tuple(f"{folder}{kind}/" for kind in KINDS)
    for entry in result.entries:
        if entry.path.startswith(own):
            yield dataclasses.replace(entry, path=entry.path.removeprefix(folder))


def _stop_unchanged(problems: Iterable[Problem], why: str, *, as_json: bool) -> NoReturn:
    what, mend = f"The website was left as it was, since {why}.", "Mend what is said above and run the command again."
    stop([*problems, Problem("website", 0, what, mend)], Exit.PROBLEMS, as_json=as_json)
