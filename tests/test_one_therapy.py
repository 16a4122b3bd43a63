"""One therapy at a time: its cached check result is used exactly as long as it is valid."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from library_case import LibraryCase, copy_of_ours, keep_worksheets

from printables.cache import store
from printables.cache.cache import VARIANTS, Cache
from printables.library import record_reader
from printables.library.fields import Record
from printables.library.therapies import Therapy
from printables.library.worksheets import Worksheet
from printables.pipeline import build
from printables.pipeline.build import CheckedLibrary
from printables.pipeline.one_therapy import batches, library_for
from printables.plan import Choice

THERAPIES = ("ipt", "erp")
ALL = Choice(audiences=("adults",))
"""One reader is enough: what is cached is therapies."""
IPT, ERP = "content/therapies/ipt.yaml", "content/therapies/erp.yaml"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two therapies, and a worksheet of one of them."""
    folder = copy_of_ours(tmp_path_factory.mktemp("two"), *THERAPIES)
    keep_worksheets(folder, "closeness-circles")
    return folder


@pytest.fixture
def case(ours: Path, tmp_path: Path) -> LibraryCase:
    return again(tmp_path, ours)


@pytest.fixture(scope="module")
def checked_once(ours: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with the same, and another one with what a check of the first keeps: it holds in that place alone."""
    place, kept = tmp_path_factory.mktemp("checked"), tmp_path_factory.mktemp("kept") / "output"
    case = again(place, ours)
    checked(case)
    shutil.copytree(case.path("output"), kept)
    return place, kept


@pytest.fixture
def known(ours: Path, checked_once: tuple[Path, Path]) -> LibraryCase:
    """The two therapies in a folder in which they were checked before."""
    place, kept = checked_once
    case = again(place, ours)
    shutil.copytree(kept, case.path("output"), dirs_exist_ok=True)
    return case


def again(place: Path, ours: Path) -> LibraryCase:
    """The library in this folder as it was at first, and an empty folder for its output."""
    shutil.rmtree(place)
    shutil.copytree(ours, place, copy_function=os.link)
    (place / "output").mkdir()
    return LibraryCase(place)


def checked(case: LibraryCase, **changed: object) -> CheckedLibrary:
    """One run of `check`, which recalls what the last one kept."""
    options = dataclasses.replace(case.options(ALL), **changed)  # type: ignore[arg-type]
    known = Cache().load(options.store())
    found = build.check(options, known, keep=False)
    known.save(options.store())
    return found


@pytest.mark.slow
def test_a_cached_result_equals_a_new_one(case: LibraryCase, composed: list[str]) -> None:
    case.replace(ERP, "version:", 'version: "9.9"')
    anew = build.check(case.options(ALL))
    first, again = checked(case), checked(case)
    assert composed == 2 * sorted(THERAPIES)
    for found in (first, again):
        assert (found.problems, found.handouts) == (anew.problems, anew.handouts)
    assert {known.about.path for known in again.handouts} == {subject.item.path for subject in anew.subjects}
    assert again.subjects == ()


def one_word(case: LibraryCase) -> None:
    old, new = "your low mood", "your low spirits"
    assert old in case.text(IPT)
    case.write(IPT, case.text(IPT).replace(old, new))


def its_worksheet(case: LibraryCase) -> None:
    file = "content/worksheets/closeness-circles.yaml"
    case.replace(file, "version:", 'version: "7.0"')


def a_title(case: LibraryCase) -> None:
    case.replace(IPT, "name:", "name: Other therapy")


def a_shared_word(case: LibraryCase) -> None:
    case.write("content/locales/en.yaml", case.text("content/locales/en.yaml") + "\n# a word\n")


def a_template(case: LibraryCase) -> None:
    case.write("templates/_base/page.css", case.text("templates/_base/page.css") + "\np { color: inherit }\n")


def a_record_more(case: LibraryCase) -> None:
    text = case.text(ERP).replace("id: erp", "id: other", 1).replace("code: ", "code: X", 1)
    case.write("content/therapies/other.yaml", text)


CHANGES: dict[Callable[[LibraryCase], None], list[str]] = {
    one_word: ["ipt"],
    its_worksheet: ["ipt"],
    a_title: [*sorted(THERAPIES)],  # other leaflets may name it
    a_shared_word: [*sorted(THERAPIES)],
    a_template: [*sorted(THERAPIES)],
    a_record_more: [*sorted((*THERAPIES, "other"))],
}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_composes_what_it_can_touch(
    known: LibraryCase, composed: list[str], change: Callable[[LibraryCase], None]
) -> None:
    checked(known)
    assert composed == []
    change(known)
    found = checked(known)
    assert composed == CHANGES[change]
    anew = build.check(known.options(ALL))
    assert (found.problems, found.handouts) == (anew.problems, anew.handouts)


@pytest.mark.slow
def test_a_review_that_fell_due_overnight_is_told(known: LibraryCase, composed: list[str]) -> None:
    library = build.check(known.options(ALL)).library
    assert library
    reviews = {
        summary.id: summary.next_review
        for summary in (*library.summaries.values(), *library.worksheet_summaries.values())
    }
    first = min(reviews, key=reviews.__getitem__)
    due = date.fromisoformat(reviews[first])
    checked(known)
    composed.clear()
    assert checked(known, today=due).problems == () and composed == []
    late = checked(known, today=date.fromordinal(due.toordinal() + 1))
    assert composed and any(f"{first}.yaml" in problem.path for problem in late.problems)


@pytest.mark.slow
def test_another_strictness_is_another_question(known: LibraryCase, composed: list[str]) -> None:
    usual = checked(known)
    strict = checked(known, release=True)
    assert len(strict.problems) > len(usual.problems) == 0
    composed.clear()
    assert (checked(known).problems, checked(known, release=True).problems) == (usual.problems, strict.problems)
    assert composed == []


@pytest.mark.slow
def test_a_part_of_the_plan_is_another_question(known: LibraryCase) -> None:
    checked(known)
    part = checked(known, choice=Choice(therapies=("ipt",), audiences=("adults",)))
    assert next(known.about.path for known in part.handouts) == "leaflets/adults/ipt-adults-en.pdf"
    assert {known.about.therapy for known in part.handouts} == {"ipt"}
    other = checked(known, choice=Choice(therapies=("ipt",), audiences=("teens",)))
    assert {known.about.audience for known in other.handouts} == {"teens"}


@pytest.mark.slow
def test_a_look_at_one_therapy_forgets_no_other(known: LibraryCase, composed: list[str]) -> None:
    checked(known)
    checked(known, choice=Choice(therapies=("ipt",)))
    composed.clear()
    checked(known)
    assert composed == []


@pytest.mark.slow
def test_a_unit_sees_its_own_records_only(case: LibraryCase) -> None:
    run = build.check(case.options(ALL))
    assert run.library is not None
    for batch in batches(subject.item for subject in run.subjects):
        seen = library_for(run.library, batch)
        assert list(seen.therapies) == [batch.therapy]
        assert set(seen.worksheets) == set(run.library.summaries[batch.therapy].worksheets)
        assert not [
            name for name in seen.documents if name.startswith("therapy:") and name != f"therapy:{batch.therapy}"
        ]
        assert seen.summaries.keys() == {*THERAPIES}


@pytest.mark.slow
def test_nothing_is_read_to_say_again_what_is_known(known: LibraryCase, monkeypatch: pytest.MonkeyPatch) -> None:
    checked(known)
    read: list[type[Record]] = []
    real = record_reader._read_content

    def noted(model, data):  # type: ignore[no-untyped-def]
        read.append(model)
        return real(model, data)

    monkeypatch.setattr(record_reader, "_read_content", noted)
    checked(known)
    assert read and not {Therapy, Worksheet}.intersection(read)


BROKEN = ["", "{", "[]", "null", '{"format": 2}', '{"format": 3, "check_results": []}',
          '{"format": 2, "read_results": {}, "check_results": {}}',
          '{"format": 3, "read_results": {"a": 1}, "check_results": {}}']  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [pytest.param(one, marks=() if one in (BROKEN[0], BROKEN[-1]) else pytest.mark.long) for one in BROKEN]
)
def test_a_cache_that_cannot_be_decoded_is_ignored(known: LibraryCase, composed: list[str], text: str) -> None:
    first = checked(known)
    known.path("output").joinpath(store.NAME).write_text(text, encoding="utf-8")
    composed.clear()
    again = checked(known)
    assert again.handouts == first.handouts and composed == sorted(THERAPIES)
    json.loads(known.path("output").joinpath(store.NAME).read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(
    "result",
    ['{"problems": [{"path": 1}]}', *(pytest.param(one, marks=pytest.mark.long) for one in ("{", "[]")),
     {"problems": []}, pytest.param(1, marks=pytest.mark.long)],
)  # fmt: skip
def test_a_check_result_that_cannot_be_decoded_is_made_again(
    known: LibraryCase, composed: list[str], result: object
) -> None:
    first, file = checked(known), known.path("output") / store.NAME
    whole = json.loads(file.read_bytes())
    whole["check_results"] = dict.fromkeys(whole["check_results"], result)
    file.write_text(json.dumps(whole), encoding="utf-8")
    composed.clear()
    assert checked(known).handouts == first.handouts and composed == sorted(THERAPIES)


@pytest.mark.slow
def test_nothing_is_kept_where_shared_files_change_meanwhile(case: LibraryCase) -> None:
    options = case.options(ALL)
    known = Cache()
    build.check(options, known, keep=False)
    a_shared_word(case)
    known.save(options.store())
    assert not (options.output / store.NAME).exists()


@pytest.mark.slow
def test_machines_can_share_what_they_know(case: LibraryCase, composed: list[str]) -> None:
    """Any store will do that gives back what it was given."""

    class Bucket:
        def __init__(self) -> None:
            self.objects: dict[str, bytes] = {}

        def read(self, name: str) -> bytes | None:
            return self.objects.get(name)

        def write(self, name: str, data: bytes) -> None:
            self.objects[name] = data

    shared, options = Bucket(), case.options(ALL)
    known = Cache()
    first = build.check(options, known, keep=False)
    known.save(shared)
    composed.clear()
    again = build.check(options, Cache().load(shared), keep=False)
    assert (again.handouts, again.problems, composed) == (first.handouts, first.problems, [])


@pytest.mark.slow
def test_a_check_makes_no_output_folder(case: LibraryCase) -> None:
    case.path("output").rmdir()
    checked(case)
    assert not case.path("output").exists()


@pytest.mark.slow
def test_old_check_results_are_dropped(known: LibraryCase) -> None:
    checked(known)
    kept = Cache().load(known.options(ALL).store())
    most = VARIANTS * len(kept.read_results)
    for number in range(2 * most):
        kept.put(f"another state {number}", "{}")
    assert [key for key in range(2 * most) if f"another state {key}" in kept] == [*range(most, 2 * most)]
