"""`translate start`: which texts are words, what a translator is told of each, and what is carried over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from library_case import IPT, LibraryCase
from translation_case import ADULTS, PO, begin, change_entries, made_up

from printables.checks.language import reading
from printables.checks.language.translated import profile_of
from printables.library.language_settings import LanguageSettings, plural_forms
from printables.library.library import Library
from printables.library.locales import Counted, Locale
from printables.library.models import MODELS
from printables.library.spans import Span
from printables.library.stand_ins import is_stand_in, stand_in, stand_ins_in
from printables.pages.compose import wording
from printables.translations.catalogue import Catalogue
from printables.translations.faults import ForbiddenTerm, faults
from printables.translations.marks import printed_marks, said_of_marks
from printables.translations.overlay import settings_of
from printables.translations.po import Entry, read_po
from printables.translations.scope import Chosen
from printables.translations.starter import settings_file


def entries(case: LibraryCase, file: str = PO) -> dict[str, Entry]:
    read, problems = read_po(case.path(file).read_bytes(), file)
    assert problems == []
    return {entry.context: entry for entry in read.entries}


# Which texts


def test_words_are_taken_and_names_and_sources_are_not(case: LibraryCase) -> None:
    begin(case)
    found = entries(case)
    assert found["titles.adults.title"].english == "Interpersonal psychotherapy (IPT)"
    assert found["courses.adults.phases.beginning.name.adults"].english == "Finding the focus"
    assert "answers.adults.1.question" in found, "entries without an id stand by their number"
    assert not {name for name in found if name.startswith(("review.authors", "notes", "courses.adults.id"))}
    assert not list(case.root.glob("content/translations/cy/**/sources.po"))


def test_only_the_readers_and_records_that_were_asked_for(case: LibraryCase) -> None:
    begin(case)
    assert not {name for name in entries(case) if {"teens", "parents", "professionals"} & set(name.split("."))}
    files = {path.stem for path in case.root.glob("content/translations/cy/**/*.po")}
    assert {"ipt", "adults", "england", "my-goals", "locale"} <= files and not {"teens", "riverside"} & files
    locale = entries(case, "content/translations/cy/locale.po")
    assert "words.scene-map" in locale and "words.scene-bus" not in locale and "words.pack-learner" not in locale
    assert "headings.in-short.any" in locale and "headings.in-short.teens" not in locale


def test_everything_without_a_choice(case: LibraryCase) -> None:
    begin(case, chosen=Chosen())
    files = {path.stem for path in case.root.glob("content/translations/cy/**/*.po")}
    assert {"adults", "teens", "parents", "professionals", "riverside", "site", "publisher"} <= files
    assert "words.pack-learner" in entries(case, "content/translations/cy/locale.po")


def test_what_a_translator_is_told(case: LibraryCase) -> None:
    begin(case)
    found = entries(case)
    assert found["titles.adults.scene.words.you"].comments == (
        "On the drawing: who stands in the middle.",
        "At most 10 characters.",
    )
    remark = found["courses.adults.remark.adults"]
    assert remark.comments[-1] == "Keep as it is: {@ng222}"
    ((path, line),) = remark.places
    assert "For more severe depression" in Path(path).read_text("utf-8").splitlines()[line - 1]
    locale = entries(case, "content/translations/cy/locale.po")
    assert locale["words.range"].comments[-1] == "Keep as it is: {from} {to} {unit}"
    few = locale["units.sessions.few"]
    assert (few.english, few.comments[-1]) == ("sessions", "Plural form “few”: for 3.")
    assert [name for name in locale if name.startswith("units.weeks")] == [
        f"units.weeks.{form}" for form in ("zero", "one", "two", "few", "many", "other")
    ]


TERMS = "It helps {symptoms|signs} and {CBT} {@nice} {=sessions} {consensus}."


def test_what_a_translator_is_told_of_marks() -> None:
    assert list(said_of_marks(TERMS)) == [
        "Keep as it is: {@nice} {=sessions} {consensus}",
        "{symptoms|signs}: translate both sides of the bar, and keep bar and braces.",
        "{CBT}: write {CBT|the term as your sentence has it}; the glossary explains it.",
    ]


def own_keys() -> Iterator[tuple[str, str]]:
    """Kind and key of every field that a language has of its own, by the types of the models."""
    values = {"locale": ["quotes", "evidence_words", "phone", "well_known"], "site-words": ["crisis"]}
    for kind, model in MODELS.items():
        sample: dict[str, object] = {info.alias or name: {} for name, info in model.model_fields.items()}
        for key in Catalogue("cy", ["other"]).own(model, sample):
            assert kind in values, f"{kind}.{key} is of each language's own: say where it has it"
            yield kind, str(key[0])


def test_what_is_no_translation_comes_from_the_settings() -> None:
    """Each of these fields is filled by language.yaml, or search.yaml of the website."""
    found = list(own_keys())
    assert ("locale", "phone") in found and ("site-words", "crisis") in found
    filled = {str(key[0]) for key in settings_of("locale", "", settings())}
    assert {name for kind, name in found if kind == "locale"} <= filled


# Carried over


@pytest.fixture
def begun(case: LibraryCase) -> LibraryCase:
    begin(case)
    change_entries(case, PO, lambda one: replace(one, translation=made_up(one.english)))
    return case


def test_a_second_start_changes_nothing(begun: LibraryCase) -> None:
    before = begun.path(PO).read_bytes()
    done = begin(begun)
    assert begun.path(PO).read_bytes() == before
    assert (done.new_language, done.changed) == (False, 0) and done.kept > 50


def test_a_changed_text_is_fuzzy_with_the_old_one_beside_it(begun: LibraryCase) -> None:
    begun.replace(IPT, "name: Interpersonal psychotherapy", "name: Talking about people")
    begin(begun)
    entry = entries(begun)["name"]
    assert (entry.fuzzy, entry.previous, entry.english) == (True, "Interpersonal psychotherapy", "Talking about people")
    assert entry.translation == made_up("Interpersonal psychotherapy") and not entry.usable
    assert '#| msgid "Interpersonal psychotherapy"' in begun.text(PO)


def test_a_text_that_moves_keeps_its_translation(begun: LibraryCase) -> None:
    head, _, rest = begun.text(IPT).partition("answers:\n  adults:\n")
    begun.write(IPT, f"{head}answers:\n  adults:\n    - question: May I bring a dog?\n      answer: Ask first.\n{rest}")
    old = entries(begun)["answers.adults.1.question"]
    begin(begun)
    moved = entries(begun)["answers.adults.2.question"]
    assert (moved.english, moved.translation, moved.fuzzy) == (old.english, old.translation, False)


def test_what_is_gone_is_kept_as_obsolete(begun: LibraryCase) -> None:
    begun.replace(IPT, "also_called:", "")
    begin(begun)
    assert "also_called.1" not in entries(begun)
    assert '#~ msgid "Interpersonal therapy"' in begun.text(PO)


def test_more_readers_leave_the_others_as_they_are(begun: LibraryCase) -> None:
    adults = entries(begun)
    begin(begun, chosen=Chosen(("ipt",), ("teens",), ("england",)))
    both = entries(begun)
    assert {name: both[name] for name in adults}.keys() == adults.keys()
    assert both["titles.adults.title"].translation and not both["titles.teens.title"].translation
    names = list(both)
    assert names.index("titles.teens.title") < names.index("sections.main_message.adults"), "in the record's order"


@pytest.mark.parametrize(
    ("code", "chosen", "message"),
    [
        ("en", Chosen(), "The records are written in English. Name the language to translate into."),
        ("xx", Chosen(), '"xx" is the code of no language that Babel knows. Write one such as cy, ar or pl.'),
        ("CY", Chosen(), '"CY" is the code of no language that Babel knows. Write one such as cy, ar or pl.'),
        ("../cy", Chosen(), '"../cy" is the code of no language that Babel knows. Write one such as cy, ar or pl.'),
        ("cy", Chosen((), (), (), ("elm",)), 'There is no clinic "elm". There are: hillside, riverside.'),
        ("cy", Chosen(("itp",)), 'There is no therapy "itp". Did you mean "ipt"?'),
        (
            "cy",
            Chosen((), ("all",)),
            'There is no audience "all". There are: adults, easy-read, parents, professionals, teens.',
        ),
        ("cy", Chosen((), (), ("mars",)), 'There is no region "mars". There are: england.'),
    ],
)
def test_what_cannot_be_begun(case: LibraryCase, code: str, chosen: Chosen, message: str) -> None:
    done = begin(case, code, chosen)
    assert [str(problem) for problem in done.problems] == [f"command line: {message}"] and done.files == {}


def test_a_file_that_cannot_be_read_is_left_alone(begun: LibraryCase) -> None:
    begun.write(PO, b"\xff")
    done = begin(begun)
    assert [begun.shown(one) for one in done.problems] == [f"{PO}:1: The file is not in UTF-8. Save it as UTF-8."]


# Settings


def settings(code: str = "cy", **values: object) -> LanguageSettings:
    given: dict[str, object] = {
        "language": code,
        "name": code,
        "direction": "ltr",
        "forms": code,
        "quotes": list("‘’“”"),
    }
    given |= {"sentence_ends": [".", "?"], "you": ["chi"], "evidence_words": ["ymchwil"]}
    given |= {"phone": {"call": ["Ffoniwch"], "text": ["Tecstiwch"]}}
    return LanguageSettings.model_validate(given | values, context={"language": code, "direction": "rtl"})


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("cy", ["name: Cymraeg", "direction: ltr", "quotes: [‘, ’, “, ”]", 'sentence_ends: [".", "!", "?"]']),
        ("ar", ["name: العربية", "direction: rtl", 'comma: "،"', 'sentence_ends: [".", "!", "؟", "۔"]']),
        ("hi", ["name: हिन्दी", 'sentence_ends: [".", "!", "?", "।"]']),
    ],
)
def test_a_starter_has_what_babel_knows(code: str, lines: list[str]) -> None:
    text = settings_file(code)
    assert [line for line in lines if line not in text.splitlines()] == []


def test_a_language_of_a_country(case: LibraryCase) -> None:
    begin(case, "pt-br")
    assert "forms: pt_BR" in case.text("content/translations/pt-br/language.yaml").splitlines()
    assert "Language: pt_BR" in case.text(PO.replace("/cy/", "/pt-br/"))


def test_the_starter_names_the_plural_forms() -> None:
    assert "# Its plural forms: one (1), few (2, 3, 4, 22 …), many (0, 5, 6, 7 …), other (fractions)." in settings_file(
        "pl"
    )


@pytest.mark.parametrize(
    ("forms", "names"),
    [
        ("en", ["one", "other"]),
        ("cy", ["zero", "one", "two", "few", "many", "other"]),
        ("pl", ["one", "few", "many", "other"]),
        ("zh", ["other"]),
    ],
)
def test_plural_forms_are_those_of_babel(forms: str, names: list[str]) -> None:
    assert plural_forms(forms) == names


def in_polish(locale: Locale) -> Locale:
    weeks = Counted(one="tydzień", few="tygodnie", many="tygodni", other="tygodnia")
    return locale.model_copy(update={"forms": "pl", "units": {**locale.units, "weeks": weeks}})


@pytest.mark.parametrize(
    ("span", "polish", "english"),
    [
        ({"from": 1}, "1 tydzień", "1 week"),
        ({"from": 3}, "3 tygodnie", "3 weeks"),
        ({"from": 3, "to": 12}, "3 to 12 tygodni", "3 to 12 weeks"),
        ({"from": 12, "to": 22}, "12 to 22 tygodnie", "12 to 22 weeks"),
        ({"from": 5, "or_more": "yes"}, "5 or more tygodni", "5 or more weeks"),
        ({"from": 1, "or_more": "yes"}, "1 or more tygodnie", "1 or more weeks"),
    ],
)
def test_a_number_takes_the_form_that_its_language_has_for_it(
    library: Library, span: dict[str, object], polish: str, english: str
) -> None:
    value, locale = Span.model_validate({**span, "unit": "weeks"}), library.locales["en"]
    assert wording.span(value, in_polish(locale)) == polish
    assert wording.span(value, locale) == english


def test_words_inside_of_a_sentence(library: Library) -> None:
    locale = library.locales["en"]
    assert wording.inside("Tag und Nacht", locale) == "tag und Nacht"
    assert wording.inside("Tag und Nacht", locale.model_copy(update={"small_inside": False})) == "Tag und Nacht"
    arabic = locale.model_copy(update={"words": {**locale.words, "semicolon": "؛"}})
    assert wording.listed(["أ", "ب"], arabic) == "أ؛ ب"


@pytest.mark.parametrize(
    ("signs", "text", "count"),
    [
        (".!؟۔", "هل يساعد؟ نعم يساعد۔ اسأل.", 3),
        (".!?।", "क्या यह मदद करता है? हाँ। पूछिए।", 3),
        (".!?", "A yw’n helpu? Ydy. Gofynnwch i Dr. Huws.", 3),
    ],
)
def test_sentences_end_where_the_language_ends_them(signs: str, text: str, count: int) -> None:
    profile = profile_of(settings(sentence_ends=list(signs), abbreviations=["Dr."]))
    assert len(reading.sentences(text, profile)) == count


def test_words_with_vowels_of_their_own_are_one_word() -> None:
    profile = profile_of(settings())
    assert reading.words("हिन्दी में", profile) == ["हिन्दी", "में"]
    assert reading.words("مُعالِج", profile) == ["مُعالِج"]


def test_you_in_every_form() -> None:
    profile = profile_of(settings(you=["chi", "eich", "*ك"]))
    assert profile.you.search("Gofynnwch i’ch tîm, Chi!") and profile.you.search("يساعدك هذا")
    assert not profile.you.search("Machin")
    assert profile.grade is None and "grade" in profile.lacks


def test_a_profile_is_one_object() -> None:
    assert profile_of(settings()) is profile_of(settings())


# Faults of a translation


@pytest.mark.parametrize(
    ("kind", "english", "translation", "messages"),
    [
        ("therapy", "Call {@nice}.", "Galw.", ["{@nice} is missing. Put it where it belongs in the sentence."]),
        ("therapy", "Call.", "Galw {@nice}.", ["{@nice} stands here, and not in the English. Take it out."]),
        ("therapy", "It is {symptoms|signs}.", "Mae.", [
            "The English explains 1 terms, and this 0. Translate: {symptoms|signs}.",
        ]),
        ("therapy", "It is {symptoms|signs}.", "Mae {سمات|علامات}.", []),
        ("therapy", "See {GAD-7}.", "Gweler {GAD-7|GAD-7}.", []),
        ("therapy", "It is {a|b}.", "Mae {a|b.", [
            "The English explains 1 terms, and this 0. Translate: {a|b}.",
            "A brace stands alone, or a mark cannot be read. Write {words|plain words}, with nothing else in it.",
        ]),
        ("locale", "{from} to {to}", "{to} – {from}", []),
        ("locale", "{from} to {to}", "{from}", ["{to} is missing. Put it where it belongs in the sentence."]),
        ("locale", "{from}", "{from} {", ["A brace stands alone. Write each {place} as the English has it."]),
        ("therapy", "About 12,000 people.", "Tua 12.000 o bobl.", []),
        ("therapy", "About 16 weeks.", "حوالي ١٦ أسبوعا.", []),
        ("therapy", "About 16 weeks.", "Tua 15 wythnos.", [
            "The English has 16, and this has not. Write every figure as it stands there.",
            "15 stands here, and not in the English. Write the figures that stand there.",
        ]),
        ("therapy", "It has 2 ends.", "له طرفان.", []),
        ("therapy", "Ask three questions.", "Gofynnwch 3 chwestiwn.", []),
        ("region", "Call 111 and press 2.", "Galw 111.", [
            "The English has 2, and this has not. Write every figure as it stands there.",
        ]),
        ("therapy", "- One\n- Other", "- Un", [
            "The English has 2 lines of a list, and this 1. Keep each line, and how it begins.",
        ]),
        ("therapy", "1. Ask.\n2. Go.", "1. Gofynnwch.\n2. Ewch.", []),
        ("therapy", "What you and your team do is yours.", "What you and the team are doing.", [
            "This is English still. Translate it, or leave it empty.",
        ]),
        ("therapy", "NHS", "NHS", []),
    ],
)  # fmt: skip
def test_faults_of_a_translation(kind: str, english: str, translation: str, messages: list[str]) -> None:
    found = [" ".join(fault) for fault in faults(kind, english, translation, runs_left=True)]
    assert found == messages


def test_a_forbidden_word_counts_only_where_the_english_has_the_term() -> None:
    terms = [ForbiddenTerm("service user", "claf", ("cleient",))]
    assert [" ".join(one) for one in faults("therapy", "The service user", "Y cleient", terms)] == [
        "“cleient” is not to be used for “service user”. Write “claf”."
    ]
    assert list(faults("therapy", "The customer", "Y cleient", terms)) == []


def test_a_term_of_the_glossary_in_another_form() -> None:
    assert printed_marks("It is {CBT}.", "Dyma {CBT|ThGY}.") == "Dyma {ThGY|=CBT}."
    assert printed_marks("It is {CBT|talk}.", "Dyma {CBT|siarad}.") == "Dyma {CBT|siarad}."
    assert printed_marks("See {CBT} {@nice}.", "Gweler {CBT|ThGY} {@nice}.") == "Gweler {ThGY|=CBT} {@nice}."


def test_stand_ins() -> None:
    english = "- one\n- two"
    assert stand_in(english) == stand_in(english) != stand_in("- one\n- three")
    assert stand_in(english).startswith("- ") and len(stand_in("a")) == 4
    assert stand_ins_in(stand_in(english)) == [stand_in("- one\n- two")[2:6]]
    assert is_stand_in(stand_in("x")) and not is_stand_in("x")


@pytest.fixture(scope="module")
def library(ours: Path) -> Library:
    found, _ = LibraryCase(ours).load()
    assert found is not None
    return found


def test_nothing_is_left_behind_by_a_choice(case: LibraryCase) -> None:
    """A start that is stopped by a mistake writes nothing."""
    begin(case, "xx")
    assert not case.path("content/translations").exists()
    begin(case, "cy", ADULTS)
    shutil.rmtree(case.path("content/translations"))
