"""Another language is a layer of words over the English records: what is printed of it, and what is refused."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from library_case import IPT, LibraryCase, copy_of_few
from translation_case import (
    ADULTS,
    PO,
    begin,
    change_entries,
    checked_in,
    fill_in,
    line_of,
    options_in,
    told,
    translate,
)

from printables.cache.cache import Cache
from printables.cache.library_key import library_key
from printables.library.library import Library
from printables.pipeline.build import build, check
from printables.plan import Choice
from printables.translations.po import read_po
from printables.translations.scope import Chosen

STATUS = "Translate them; all are listed by: printables translate status cy"
REMARK = "courses.adults.remark.adults"
CODE_FORM = "the code of a language in small letters, such as cy or pt-br"
NOT_BEGUN = (
    'command line: Nobody has begun to translate the {} "{}" into the language "cy". '
    "Begin with: printables translate start cy"
)
LEAFLET = 'The leaflet "ipt" for "adults" is not made in cy: '


@pytest.fixture(scope="module")
def welsh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """IPT for adults with one worksheet, in a language of made-up words; nobody may change it."""
    folder = copy_of_few(tmp_path_factory.mktemp("welsh"), "my-goals")
    case = LibraryCase(folder)
    begin(case)
    fill_in(case)
    return folder


@pytest.fixture
def case(welsh: Path, tmp_path: Path) -> LibraryCase:
    shutil.copytree(welsh, tmp_path, dirs_exist_ok=True)
    return LibraryCase(tmp_path)


@pytest.fixture(scope="module")
def whole(welsh: Path) -> tuple[LibraryCase, Library]:
    case = LibraryCase(welsh)
    checked = checked_in(case)
    assert told(case, checked) == [] and checked.library is not None
    return case, checked.library


def test_every_word_of_the_page_is_translated(welsh: Path) -> None:
    checked = checked_in(LibraryCase(welsh))
    leaflet = next(one for one in checked.subjects if not one.item.worksheet)
    assert leaflet.item.path == "leaflets/adults/ipt-adults-cy.pdf"
    assert leaflet.leaflet.locale.language == "cy" and leaflet.leaflet.code.startswith("IPT-ADULT-CY-")
    assert '<html lang="cy"' in leaflet.html
    assert "8 tô 16 sêssîôns" in leaflet.html and "A drâft trânslâtîôn" in leaflet.html
    assert "Once a week" not in leaflet.html and "Interpersonal psychotherapy" not in leaflet.text


def test_only_what_is_begun_is_planned(welsh: Path) -> None:
    checked = checked_in(LibraryCase(welsh))
    assert {(one.item.record, one.item.audience) for one in checked.subjects} == {
        ("ipt", "adults"),
        ("my-goals", "adults"),
    }


def test_what_is_not_begun_is_said_once(case: LibraryCase) -> None:
    shutil.rmtree(case.path("content/translations/cy/worksheets"))
    notes = told(case, checked_in(case), "note")
    home = "content/translations/cy/language.yaml"
    assert notes[0] == f'{home}: In "cy" nobody has begun: 1 worksheet, 2 clinics. Nothing is made of them.'
    assert notes[1].startswith(
        f'{home}: There are no rules for "cy", so this is not checked: reading grade, passive verbs, '
    )
    assert len(notes) == 2


def test_there_is_no_reading_grade(welsh: Path) -> None:
    (level,) = [one.level for one in checked_in(LibraryCase(welsh)).handouts if one.level]
    assert (level.smog, level.smog_limit, level.readers) == (None, None, "")
    assert level.longest_sentence > 5


def test_a_missing_text_stops_its_leaflet_and_no_other(case: LibraryCase) -> None:
    line = translate(case, REMARK, "")
    checked = checked_in(case)
    assert told(case, checked) == [f"{PO}:{line}: {LEAFLET}1 text is not translated, first “{REMARK}”. {STATUS}"]
    assert [one.item.record for one in checked.good()] == ["my-goals"]


def test_a_changed_english_text_is_stale(case: LibraryCase) -> None:
    case.replace(IPT, "        For more severe depression", "        For severe depression it is often 16 {@ng222}.")
    line = line_of(case, REMARK)
    checked = checked_in(case)
    assert told(case, checked) == [
        f"{PO}:{line}: {LEAFLET}1 text has changed in English since, first “{REMARK}”. {STATUS}"
    ]
    assert [one.item.record for one in checked.good()] == ["my-goals"]


def test_a_fuzzy_text_is_not_printed(case: LibraryCase) -> None:
    change_entries(case, PO, lambda one: replace(one, fuzzy=True) if one.context == REMARK else one)
    (problem,) = told(case, checked_in(case))
    assert f"{LEAFLET}1 text has changed in English since, first “{REMARK}”." in problem


def test_a_text_of_the_region_stops_what_prints_it(case: LibraryCase) -> None:
    file = "content/translations/cy/regions/england.po"
    translate(case, "help_lines.samaritans.how", "", file)
    found = told(case, checked_in(case))
    assert [problem.split(": ")[1] for problem in found] == [
        'The leaflet "ipt" for "adults" is not made in cy',
        'The worksheet "my-goals" for "adults" is not made in cy',
    ]
    assert all("“help_lines.samaritans.how”" in problem for problem in found)


def test_a_new_entry_of_a_list_loses_no_translation_behind_it(case: LibraryCase) -> None:
    """Entries without an id stand by their number; the translation follows its English."""
    text = case.text(IPT)
    head, _, rest = text.partition("answers:\n  adults:\n")
    assert rest
    new = "    - question: May I bring my dog?\n      answer: |\n        Ask first.\n"
    case.write(IPT, f"{head}answers:\n  adults:\n{new}{rest}")
    (problem,) = told(case, checked_in(case))
    assert "2 texts are not translated" in problem or "2 texts have changed" in problem


@pytest.mark.parametrize(
    ("translation", "messages"),
    [
        (
            "Fôr 17 {@ng222}.",
            [
                "The English has 16, and this has not. Write every figure as it stands there.",
                "17 stands here, and not in the English. Write the figures that stand there.",
            ],
        ),
        ("Fôr 16.", ["{@ng222} is missing. Put it where it belongs in the sentence."]),
    ],
)
def test_a_translation_at_odds_with_its_english_is_refused(
    case: LibraryCase, translation: str, messages: list[str]
) -> None:
    line = translate(case, REMARK, translation)
    found = told(case, checked_in(case))
    leaflet = f"{PO}:{line}: {LEAFLET}1 text is refused, first “{REMARK}”. {STATUS}"
    assert sorted(found) == sorted([leaflet, *(f"{PO}:{line}: {REMARK}: {message}" for message in messages)])


def test_a_wrong_number_to_ring_is_refused(case: LibraryCase) -> None:
    file = "content/translations/cy/regions/england.po"
    line = translate(case, "help_lines.samaritans.how", "Câll 116 132.", file)
    found = told(case, checked_in(case))
    place = f"{file}:{line}: help_lines.samaritans.how"
    assert f"{place}: The English has 123, and this has not. Write every figure as it stands there." in found
    assert f"{place}: 132 stands here, and not in the English. Write the figures that stand there." in found
    assert checked_in(case).good() == []


def test_a_forbidden_word_is_refused(case: LibraryCase) -> None:
    case.write(
        "content/translations/cy/terms.csv",
        "english,translation,forbidden\ndepression,îselder ysbryd,dêprêssîôn; y felan\n",
    )
    found = told(case, checked_in(case))
    assert any("“dêprêssîôn” is not to be used for “depression”. Write “îselder ysbryd”." in one for one in found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"term,word\n", "1: The first line must be: english,translation,forbidden. Write it above the terms."),
        (
            b"english,translation,forbidden\nmood,,\n",
            "2: A term needs its English and its translation. Write both.",
        ),
        (
            b"\xff",
            "1: The file is not in UTF-8. Save it as UTF-8.",
        ),
    ],
)
def test_a_list_of_terms_that_cannot_be_read(case: LibraryCase, text: bytes, message: str) -> None:
    case.write("content/translations/cy/terms.csv", text)
    assert f"content/translations/cy/terms.csv:{message}" in told(case, checked_in(case))


def test_letters_from_right_to_left_stand_only_in_a_language_that_is_written_so(case: LibraryCase) -> None:
    line = translate(case, "titles.adults.purpose", "Elm \u0628")
    turned = "titles.adults.purpose: Writing from right to left stands here (U+0628, ARABIC LETTER BEH)"
    assert any(one.startswith(f"{PO}:{line}: {turned}") for one in told(case, checked_in(case)))
    settings = "content/translations/cy/language.yaml"
    case.replace(settings, "direction:", "direction: rtl")
    assert [one for one in told(case, checked_in(case)) if "right to left" in one] == []


@pytest.mark.parametrize(
    ("begins", "new", "message"),
    [
        ("you:", "you: []", "you: The list is empty. Write at least one line: this is required."),
        (
            "forms:",
            "forms: cz",
            'forms: "cz" is no name of Babel\'s for forms of "cy". Write cy, or see Babel\'s list.',
        ),
        (
            "direction:",
            "direction: up",
            'direction: "up" is not one of the words that may stand here. Write one of: ltr, rtl.',
        ),
        (
            "language:",
            "language: Welsh",
            f'language: "Welsh" is not of the form that is asked for. Write {CODE_FORM}.',
        ),
    ],
)
def test_settings_that_cannot_be_used(case: LibraryCase, begins: str, new: str, message: str) -> None:
    file = "content/translations/cy/language.yaml"
    line = case.replace(file, begins, new)
    found = told(case, checked_in(case))
    assert f"{file}:{line}: {message}" in found


def test_settings_of_another_language(case: LibraryCase) -> None:
    file = "content/translations/cy/language.yaml"
    case.replace(file, "forms:", "forms: pl")
    case.replace(file, "language:", "language: pl")
    message = 'The language "pl" is not the name of its folder, "cy". Make them the same.'
    assert told(case, checked_in(case)) == [f"{file}:1: {message}"]


def test_a_language_that_is_not_there(case: LibraryCase) -> None:
    file = "content/translations/pl/language.yaml"
    missing = 'There is no language "pl": this file is missing.'
    mend = "Begin it with: printables translate start pl. There are: cy."
    assert told(case, checked_in(case, "pl")) == [f"{file}: {missing} {mend}"]


def test_what_is_asked_for_and_not_begun(case: LibraryCase) -> None:
    shutil.rmtree(case.path("content/translations/cy/worksheets"))
    found = told(case, checked_in(case, choice=Choice(worksheets=("my-goals",))))
    assert found == [NOT_BEGUN.format("worksheet", "my-goals")]


def test_a_region_that_is_not_begun(case: LibraryCase) -> None:
    case.path("content/translations/cy/regions/england.po").unlink()
    for choice in (Choice(region="england"), Choice()):
        assert told(case, checked_in(case, choice=choice)) == [
            f"{NOT_BEGUN.format('region', 'england')} --region england"
        ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'msgid ""\nmsgstr ""\n\nmsgid "a\n', "cannot be read as a PO file"),
        (b'msgid "\xff"\n', "1: The file is not in UTF-8. Save it as UTF-8."),
        (
            b'msgctxt "name"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "name"\nmsgid "c"\nmsgstr "d"\n',
            '5: "name" stands here, and on line 1. Delete one of them.',
        ),
    ],
)
def test_a_po_file_that_cannot_be_read(case: LibraryCase, data: bytes, message: str) -> None:
    case.write(PO, data)
    assert any(one.startswith(f"{PO}:") and message in one for one in told(case, checked_in(case)))


def test_english_neither_reads_translations_nor_keys_on_them(case: LibraryCase) -> None:
    content, templates = case.root / "content", case.root / "templates"
    key, welsh = library_key(content, templates), library_key(content, templates, "cy")
    before = case.check().problems
    case.write("content/translations/cy/locale.po", b"\xff")
    assert library_key(content, templates) == key and library_key(content, templates, "cy") != welsh
    assert case.check().problems == before


def test_each_language_has_a_cache_of_its_own(case: LibraryCase) -> None:
    output = case.root / "output"
    output.mkdir()
    for code in ("", "cy"):
        options = options_in(case, code)
        cache = options.new_cache()
        assert isinstance(cache, Cache)
        check(options, cache, keep=False)
        cache.save(options.store())
    assert sorted(path.name for path in output.iterdir()) == [".known-cy.json", ".known.json"]


@pytest.mark.slow
def test_from_the_start_of_a_third_language_to_a_leaflet(welsh: Path, tmp_path: Path) -> None:
    """Polish needs no code. English output beside it stays."""
    shutil.copytree(welsh, tmp_path, dirs_exist_ok=True)
    case = LibraryCase(tmp_path)
    choice = Choice(therapies=("ipt",), audiences=("adults",), no_worksheets=True)
    build(options_in(case, "", choice))
    begin(case, "pl", ADULTS)
    fill_in(case, "pl")
    checked, result = build(options_in(case, "pl", choice))
    assert told(case, checked) == []
    assert list(result.rendered) == ["leaflets/adults/ipt-adults-pl.pdf"] and not result.removed
    _, again = build(options_in(case, "", choice))
    assert list(again.kept) == ["leaflets/adults/ipt-adults-en.pdf"] and not again.removed


@pytest.fixture
def teens(case: LibraryCase) -> LibraryCase:
    """With the leaflet for teenagers, in which phrases must stand."""
    begin(case, chosen=Chosen(("ipt",), ("adults", "teens"), ("england",)))
    fill_in(case)
    return case


def test_a_phrase_that_must_stand_is_looked_for_in_the_language(teens: LibraryCase) -> None:
    assert told(teens, checked_in(teens)) == []
    translate(teens, "must_say.privacy.1", "yn gyntaf", "content/translations/cy/audiences/teens.po")
    line = line_of(teens, "privacy.teens", "content/translations/cy/regions/england.po")
    mend = "Say it in these words, or say it otherwise in audiences/teens.po too."
    assert told(teens, checked_in(teens)) == [
        f'content/translations/cy/regions/england.po:{line}: The section "privacy" does not say "yn gyntaf". {mend}'
    ]


def test_a_phrase_that_nobody_translated_stops_the_leaflet(teens: LibraryCase) -> None:
    file = "content/translations/cy/audiences/teens.po"
    line = translate(teens, "must_say.privacy.1", "", file)
    leaflet = LEAFLET.replace("adults", "teens")
    lost = "1 text is not translated, first “must_say.privacy.1”."
    assert told(teens, checked_in(teens)) == [f"{file}:{line}: {leaflet}{lost} {STATUS}"]


SEARCH = "content/translations/cy/search.yaml"


def test_the_website_has_words_where_its_search_has_some(case: LibraryCase) -> None:
    library = checked_in(case).library
    assert library is not None and library.site_words == {}
    case.write(SEARCH, "crisis:\n  phrases:\n    self: [hunanladdiad]\nsearch:\n  ignored: [yr]\n")
    library = checked_in(case).library
    assert library is not None
    words = library.site_words["cy"]
    assert (words.language, words.crisis.phrases, words.search.ignored) == ("cy", {"self": ["hunanladdiad"]}, ["yr"])
    assert words.counted["pages"].few == "{count} pâgês" and words.search.spellings == {}


def test_what_is_wrong_in_the_words_of_the_search(case: LibraryCase) -> None:
    case.write(SEARCH, "crisis:\n  phrases:\n    self: [x]\n")
    message = '"x" would be found in too many searches. Write at least 2 letters in it.'
    assert f"{SEARCH}:3: crisis.phrases.self.1: {message}" in told(case, checked_in(case, choice=Choice(whole=True)))


def contexts(case: LibraryCase) -> Iterator[str]:
    for path in case.root.glob("content/translations/cy/**/*.po"):
        for entry in read_po(path.read_bytes(), str(path))[0].entries:
            yield f"{path.stem}: {entry.context}"


def test_every_context_is_its_own(whole: tuple[LibraryCase, Library]) -> None:
    assert [name for name, count in Counter(contexts(whole[0])).items() if count > 1] == []
