"""The plan: which leaflets are made and where each lies, before any of them is made."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from library_case import IPT, TODAY, LibraryCase

from printables.cache.cache import Cache
from printables.library.editions import Edition
from printables.library.lazy_records import LazyRecords
from printables.library.library import Library
from printables.library.worksheets import Worksheet
from printables.pipeline import build
from printables.pipeline.build import check
from printables.pipeline.choice_faults import check_choice, not_on_shelf
from printables.pipeline.run import read_and_plan
from printables.pipeline.scope import needs
from printables.plan import Choice, Item, plan
from printables.publish.manifest import Entry

PUBLISHER = "content/publisher.yaml"
ENGLAND = "content/regions/england.yaml"
CLINIC = "content/clinics/riverside.yaml"
HILLSIDE = "content/clinics/hillside.yaml"


def add_therapy(case: LibraryCase, name: str) -> None:
    """A therapy with the words of IPT."""
    case.write(f"content/therapies/{name}.yaml", case.text(IPT).replace("\nid: ipt\n", f"\nid: {name}\n", 1))


def add_wales(case: LibraryCase) -> None:
    """A region with the words of England, and a clinic there."""
    case.write("content/regions/wales.yaml", case.text(ENGLAND).replace("\nid: england\n", "\nid: wales\n", 1))
    clinic = case.text(CLINIC).replace("\nid: riverside\n", "\nid: seaside\n", 1)
    case.write("content/clinics/seaside.yaml", clinic.replace("\nregion: england\n", "\nregion: wales\n", 1))


def library_of(case: LibraryCase) -> Library:
    """The library with leaflets alone: worksheets and shelves have tests of their own, below."""
    library = whole(case)
    clinics = {name: clinic.model_copy(update={"shelf": []}) for name, clinic in library.clinics.items()}
    return dataclasses.replace(library, worksheets=LazyRecords(Worksheet, {}), worksheet_summaries={}, clinics=clinics)


def whole(case: LibraryCase) -> Library:
    library, problems = case.load()
    assert library is not None and problems == []
    return library


def planned(case: LibraryCase, choice: Choice) -> list[Item]:
    return plan(library_of(case), choice, TODAY)


def paths(case: LibraryCase, choice: Choice) -> list[str]:
    return [item.path for item in planned(case, choice)]


def said(case: LibraryCase, choice: Choice) -> list[str]:
    library, _ = case.load()
    assert library is not None
    return [str(problem) for problem in check_choice(library, choice)]


@pytest.mark.slow
def test_everything(case: LibraryCase) -> None:
    """Therapies by name, and for each the audiences in their own order."""
    add_therapy(case, "act")
    assert paths(case, Choice()) == [
        f"leaflets/{audience}/{therapy}-{audience}-en.pdf"
        for therapy in ("act", "ipt")
        for audience in ("adults", "teens", "parents", "professionals", "easy-read")
    ]


@pytest.mark.slow
def test_an_item(case: LibraryCase) -> None:
    (item,) = planned(case, Choice(audiences=("teens",)))
    assert item == Item("ipt", "teens", "en", "england", None, "", TODAY)


@pytest.mark.slow
def test_the_day_changes_no_path(case: LibraryCase) -> None:
    library = library_of(case)
    early, late = (plan(library, Choice(), day) for day in (date(2000, 1, 1), date(2100, 1, 1)))
    assert [item.path for item in early] == [item.path for item in late]


@pytest.mark.slow
def test_the_version_changes_no_path(case: LibraryCase) -> None:
    before = paths(case, Choice())
    case.replace(IPT, "version:", 'version: "9.9"')
    assert paths(case, Choice()) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("choice", "files"),
    [
        (Choice(therapies=("act",), audiences=("teens",)), ["teens/act-teens-en"]),
        (Choice(audiences=("parents",)), ["parents/act-parents-en", "parents/ipt-parents-en"]),
        (
            Choice(therapies=("ipt",), audiences=("teens", "adults")),
            ["adults/ipt-adults-en", "teens/ipt-teens-en"],
        ),
        (Choice(therapies=("cbt",)), []),
    ],
    ids=["one", "one audience", "two audiences in their own order", "none"],
)
def test_filters(case: LibraryCase, choice: Choice, files: list[str]) -> None:
    add_therapy(case, "act")
    assert paths(case, choice) == [f"leaflets/{file}.pdf" for file in files]


@pytest.mark.slow
def test_an_audience_without_a_title_gets_no_leaflet(case: LibraryCase) -> None:
    """The record says why, under not_for."""
    title = case.line(IPT, "  teens:", "titles:")
    lines = case.text(IPT).splitlines()
    del lines[title - 1 : case.line(IPT, "  parents:", "titles:") - 1]
    case.write(IPT, "\n".join(lines) + "\nnot_for: {teens: It is for adults.}\n")
    for clinic in (CLINIC, HILLSIDE):  # their shelves name the teenagers' leaflet
        case.write(clinic, case.text(clinic).split("\nshelf:")[0] + "\n")
    assert [item.audience for item in planned(case, Choice())] == ["adults", "parents", "professionals", "easy-read"]


@pytest.mark.slow
def test_a_broken_record_is_not_planned(case: LibraryCase) -> None:
    add_therapy(case, "act")
    case.replace("content/therapies/act.yaml", "name:", "name: []")
    library, _ = case.load()
    assert library is not None
    assert {item.therapy for item in plan(library, Choice(), TODAY)} == {"ipt"}


# Regions and clinics


@pytest.mark.slow
def test_the_usual_region_has_no_folder(case: LibraryCase) -> None:
    assert paths(case, Choice(region="england")) == paths(case, Choice())


@pytest.mark.slow
def test_another_region_has_a_folder_of_its_own(case: LibraryCase) -> None:
    add_wales(case)
    (item,) = planned(case, Choice(audiences=("teens",), region="wales"))
    assert (item.region, item.path) == ("wales", "regions/wales/leaflets/teens/ipt-teens-en.pdf")


@pytest.mark.slow
def test_a_clinic_has_a_folder_and_brings_its_region(case: LibraryCase) -> None:
    add_wales(case)
    (item,) = planned(case, Choice(audiences=("teens",), clinic="seaside"))
    assert (item.clinic, item.region) == ("seaside", "wales")
    assert item.path == "clinics/seaside/leaflets/teens/ipt-teens-en.pdf"


@pytest.mark.slow
def test_a_region_that_is_asked_for_wins_over_the_clinics(case: LibraryCase) -> None:
    add_wales(case)
    (item,) = planned(case, Choice(audiences=("teens",), region="england", clinic="seaside"))
    assert (item.clinic, item.region) == ("seaside", "england")


@pytest.mark.slow
def test_the_publishers_own_clinic_is_the_usual_one(case: LibraryCase) -> None:
    """Its leaflets need no folder of their own."""
    case.replace(PUBLISHER, "region:", "{}\nclinic: riverside")
    (item,) = planned(case, Choice(audiences=("teens",)))
    assert (item.clinic, item.path) == ("riverside", "leaflets/teens/ipt-teens-en.pdf")


@pytest.mark.slow
def test_no_two_leaflets_share_a_path(case: LibraryCase) -> None:
    """Neither within one build nor between builds for clinics and regions, on systems that ignore capitals too."""
    add_wales(case)
    add_therapy(case, "ipt-adults")
    add_therapy(case, "ipt-a")
    library = library_of(case)
    choices = [Choice(), Choice(region="wales"), Choice(clinic="riverside"), Choice(clinic="seaside")]
    made = [item.path.lower() for choice in choices for item in plan(library, choice, TODAY)]
    assert len(made) == len(set(made)) == len(choices) * 3 * 5


# Names on the command line


@pytest.mark.slow
@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(therapies=("itp",)), 'There is no therapy "itp". Did you mean "ipt"?'),
        (Choice(therapies=("zzz",)), 'There is no therapy "zzz". There are: ipt.'),
        (Choice(audiences=("teen",)), 'There is no audience "teen". Did you mean "teens"?'),
        (
            Choice(audiences=("zzz",)),
            'There is no audience "zzz". There are: adults, easy-read, parents, professionals, teens.',
        ),
        (Choice(region="englnd"), 'There is no region "englnd". Did you mean "england"?'),
        (Choice(region="zzz"), 'There is no region "zzz". There are: england.'),
        (Choice(clinic="riversid"), 'There is no clinic "riversid". Did you mean "riverside"?'),
        (Choice(clinic="../riverside"), 'There is no clinic "../riverside". Did you mean "riverside"?'),
    ],
)
def test_unknown_names(case: LibraryCase, choice: Choice, message: str) -> None:
    assert said(case, choice) == [f"command line: {message}"]


@pytest.mark.slow
def test_all_unknown_names_at_once(case: LibraryCase) -> None:
    choice = Choice(therapies=("ipt", "itp"), audiences=("teen",), region="englnd", clinic="riversid")
    assert [message.split('"')[1] for message in said(case, choice)] == ["itp", "teen", "englnd", "riversid"]


def test_known_names(case: LibraryCase) -> None:
    assert said(case, Choice(("ipt",), ("teens", "adults"), "england", "riverside")) == []


def test_a_broken_record_is_known_by_name(case: LibraryCase) -> None:
    """Its own file says what is wrong; it is not missing."""
    add_therapy(case, "act")
    case.replace("content/therapies/act.yaml", "name:", "name: []")
    assert said(case, Choice(therapies=("act",))) == []


def test_an_unknown_name_stops_before_anything_is_made(case: LibraryCase) -> None:
    checked = case.check("itp")
    assert checked.library is None and checked.subjects == ()
    assert [str(problem) for problem in checked.problems] == [
        'command line: There is no therapy "itp". Did you mean "ipt"?'
    ]


class TestWorksheetsAndShelves:
    SHEETS = ("closeness-circles", "communication-analysis", "role-play-planner", "mood-and-contact-diary", "my-goals")

    def test_worksheets_come_after_the_leaflets_in_the_order_of_the_record(self, case: LibraryCase) -> None:
        items = plan(whole(case), Choice(audiences=("teens",)), TODAY)
        assert [item.record for item in items] == ["ipt", *self.SHEETS]
        assert items[1].path == "worksheets/teens/closeness-circles-teens-en.pdf"

    @pytest.mark.slow
    def test_a_worksheet_of_two_therapies_is_made_once(self, case: LibraryCase) -> None:
        add_therapy(case, "act")
        items = [item for item in plan(whole(case), Choice(), TODAY) if item.worksheet]
        assert [(item.worksheet, item.audience) for item in items] == [
            (name, audience) for name in self.SHEETS for audience in ("adults", "teens")
        ]
        assert {item.therapy for item in items} == {"act"}

    @pytest.mark.slow
    def test_a_therapy_brings_its_worksheets_though_another_names_them_first(self, case: LibraryCase) -> None:
        add_therapy(case, "act")
        items = plan(whole(case), Choice(therapies=("ipt",), audiences=("teens",)), TODAY)
        assert [item.record for item in items] == ["ipt", *self.SHEETS]

    def test_only_a_worksheet(self, case: LibraryCase) -> None:
        items = plan(whole(case), Choice(worksheets=("my-goals",)), TODAY)
        assert [item.path for item in items] == [
            f"worksheets/{name}/my-goals-{name}-en.pdf" for name in ("adults", "teens")
        ]

    @pytest.mark.slow
    def test_a_worksheet_that_is_not_there(self, case: LibraryCase) -> None:
        (problem,) = check_choice(whole(case), Choice(worksheets=("my-goal",)))
        assert str(problem) == 'command line: There is no worksheet "my-goal". Did you mean "my-goals"?'

    @pytest.mark.slow
    def test_a_clinic_gets_what_is_on_its_shelf(self, case: LibraryCase) -> None:
        shelf = whole(case).clinics["riverside"].shelf
        items = plan(whole(case), Choice(clinic="riverside"), TODAY)
        made = {(item.record, item.audience, item.edition) for item in items}
        assert made == {
            (row.worksheet or row.therapy, audience, edition)
            for row in shelf
            for audience in row.audiences or ("adults", "teens")
            for edition in row.editions
        }
        assert 0 < len(items) < len(plan(whole(case), Choice(every_edition=True), TODAY))
        assert {item.folder for item in items} == {"clinics/riverside/"}

    @pytest.mark.slow
    def test_editions_that_are_asked_for_replace_those_of_the_shelf(self, case: LibraryCase) -> None:
        asked = Choice(clinic="riverside", audiences=("adults",), editions=(Edition(cream=True),))
        items = plan(whole(case), asked, TODAY)
        assert items and {item.edition.name for item in items} == {"a4-cream"}

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("shelf", "made"),
        [
            ("[{therapy: ipt}]", {"adults": "a4", "teens": "a4"}),
            ("[{therapy: ipt, audiences: [teens, parents]}]", {"teens": "a4"}),
            ("[{therapy: ipt, worksheets: no}]", {}),
            ("[{therapy: ipt, audiences: [adults], editions: [a4-large-print]}]", {"adults": "a4-large-print"}),
            ("[{therapy: ipt, audiences: [teens], editions: [a5-booklet-ink-saver]}]", {"teens": "a4-ink-saver"}),
            ("[{therapy: ipt, audiences: [teens], editions: [a4-trifold-fold-marks]}]", {"teens": "a4"}),
            ("[{therapy: ipt, audiences: [adults], editions: [letter-private-cover]}]", {"adults": "letter"}),
        ],
    )
    def test_a_therapy_on_the_shelf_brings_all_its_worksheets(
        self, case: LibraryCase, shelf: str, made: dict[str, str]
    ) -> None:
        """For the same readers, in the same editions, but never folded: its leaflets tell readers to ask for them."""
        clinic = f"id: elm\nname: Elm\nregion: england\nshelf: {shelf}\n"
        case.write("content/clinics/elm.yaml", clinic)
        items = [item for item in plan(whole(case), Choice(clinic="elm"), TODAY) if item.worksheet]
        assert [(item.worksheet, item.audience, item.edition.name) for item in items] == [
            (name, audience, edition) for name in self.SHEETS for audience, edition in made.items()
        ]

    @pytest.mark.slow
    def test_a_shelf_that_names_worksheets_of_a_therapy_holds_these_alone(self, case: LibraryCase) -> None:
        add_therapy(case, "act")
        case.replace("content/therapies/act.yaml", "worksheets:", "worksheets: [role-play-planner]")
        named = "{worksheet: my-goals, audiences: [teens], editions: [a5]}"

        def sheets(ipt: str) -> list[tuple[str | None, str, str]]:
            shelf = f"[{{{ipt}}}, {{therapy: act}}, {named}]"
            case.write("content/clinics/elm.yaml", f"id: elm\nname: Elm\nregion: england\nshelf: {shelf}\n")
            items = plan(whole(case), Choice(clinic="elm"), TODAY)
            return [(one.worksheet, one.audience, one.edition.name) for one in items if one.worksheet]

        acts = [("role-play-planner", audience, "a4") for audience in ("adults", "teens")]
        assert sheets("therapy: ipt") == [*acts, ("my-goals", "teens", "a5")]
        everything = sheets("therapy: ipt, worksheets: yes, audiences: [teens]")
        assert ("closeness-circles", "teens", "a4") in everything and everything[-2:] == [
            ("my-goals", "teens", "a4"),
            ("my-goals", "teens", "a5"),
        ]

    @pytest.mark.slow
    def test_a_broken_worksheet_that_a_therapy_brings_stops_the_clinic_alone(self, case: LibraryCase) -> None:
        case.write("content/clinics/elm.yaml", "id: elm\nname: Elm\nregion: england\nshelf: [{therapy: ipt}]\n")
        case.replace("content/worksheets/my-goals.yaml", "version:", "#")
        library, _ = case.load()
        assert library is not None
        owner = ("worksheet", "my-goals")
        assert needs(library, Choice(clinic="elm"), owner)
        assert not needs(library, Choice(clinic="hillside"), owner), "its shelf names another one"


ELM = "content/clinics/elm.yaml"
ELM_SHELF = "[{therapy: act}, {therapy: ipt, audiences: [teens], worksheets: no}, {worksheet: my-goals}]"


class TestWhatIsNotOnAShelf:
    @pytest.fixture
    def case(self, case: LibraryCase) -> LibraryCase:
        add_therapy(case, "act")
        add_therapy(case, "cbt")
        for name in ("act", "cbt"):
            case.replace(f"content/therapies/{name}.yaml", "worksheets:", "#")
        case.write(ELM, f"id: elm\nname: Elm\nregion: england\nshelf: {ELM_SHELF}\n")
        return case

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("choice", "said"),
        [
            (
                Choice(therapies=("ipt", "cbt"), clinic="elm"),
                (
                    'The therapy "cbt" is not on the shelf of the clinic "elm", so nothing is made of it. '
                    'Add "- therapy: cbt" there, or name what is there: act, ipt.'
                ),
            ),
            (
                Choice(worksheets=("closeness-circles",), clinic="elm"),
                (
                    'The worksheet "closeness-circles" is not on the shelf of the clinic "elm", so nothing is made '
                    'of it. Add "- worksheet: closeness-circles" there, or name what is there: my-goals.'
                ),
            ),
            (
                Choice(therapies=("act", "ipt"), audiences=("adults", "teens"), clinic="elm"),
                (
                    'The therapy "ipt" is not on the shelf of the clinic "elm" for "adults". '
                    'Add "adults" to its audiences there, or name another reader.'
                ),
            ),
        ],
        ids=["a therapy", "a worksheet", "a reader"],
    )
    def test_a_name_that_is_not_there_is_an_error_at_the_shelf(
        self, case: LibraryCase, choice: Choice, said: str
    ) -> None:
        (problem,) = check(case.options(choice)).problems
        assert (case.shown(problem), problem.severity) == (f"{ELM}:4: {said}", "error")

    @pytest.mark.slow
    def test_a_reader_for_whom_nothing_is_there(self, case: LibraryCase) -> None:
        case.replace(ELM, "shelf:", "shelf: [{therapy: ipt, audiences: [teens]}]")
        (problem,) = check(case.options(Choice(audiences=("adults", "teens"), clinic="elm"))).problems
        said = (
            'Nothing on the shelf of the clinic "elm" is for "adults". Add "adults" to the audiences of what is there.'
        )
        assert case.shown(problem) == f"{ELM}:4: {said}"

    @pytest.mark.slow
    def test_companion_what_is_there_or_is_asked_for_by_a_course(self, case: LibraryCase) -> None:
        library = whole(case)
        for choice in (
            Choice(therapies=("act", "ipt"), audiences=("teens",), clinic="elm"),
            Choice(worksheets=("my-goals",), clinic="elm"),
            Choice(therapies=("cbt",)),
            Choice(therapies=("cbt",), clinic="elm", off_shelf=True),
            Choice(clinic="elm"),
        ):
            assert list(not_on_shelf(library, choice)) == [], choice

    @pytest.mark.slow
    def test_where_nothing_is_planned_for_a_clinic_no_other_leaflet_is_removed(self, case: LibraryCase) -> None:
        """Those without a clinic stand in another folder, and were not asked for."""
        run = read_and_plan(case.options(Choice(therapies=("cbt",), clinic="elm")), Cache(), keep=False)
        about = {"key": "k", "sha256": "0" * 64, "bytes": 1, "pages": 4, "title": "T", "version": "1.1", "code": "C"}
        days = {"audience": "teens", "language": "en", "last_review": "2026-11-01", "next_review": "2099-01-01"}
        names = [f"{folder}leaflets/teens/cbt-teens-en.pdf" for folder in ("", "clinics/elm/")]
        entries = [Entry(path=path, therapy="cbt", **about, **days) for path in names]  # type: ignore[arg-type]
        assert (run.items, [build._is_kept(run)(entry) for entry in entries]) == ((), [True, False])
