"""Records are in English, which can be measured, and none of their words runs from right to left."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import ROOT, Changes, case, emit, plain_values
from library_case import IPT, LibraryCase
from test_markup import said

from printables.authoring.approvals import person
from printables.checks.language import codes, profile
from printables.checks.language.foreign import is_foreign
from printables.checks.structure import faults as structure_of
from printables.library.languages import MEASURED
from printables.library.models import MODELS
from printables.library.record_reader import read_record
from printables.problems import Problem

PROFILE = (
    'language: The language "{}" has no profile of measures: nobody could tell how hard its words are to read. '
    'Only English ("en") has one: write in it, and translate: printables translate start CODE.'
)
TURNED = (
    "Writing from right to left stands here ({}): its words, and numbers beside them, would be printed in the wrong "
    "order. Write it in Latin letters; such words are a translation: printables translate start CODE."
)
ALEF, BETH, ONE = "U+0627, ARABIC LETTER ALEF", "U+05D1, HEBREW LETTER BET", "U+0661, ARABIC-INDIC DIGIT ONE"
CLINIC = "content/clinics/elm.yaml"
HEAD = "id: elm\nregion: england\nname: Elm Tree\n"

IN_A_LANGUAGE = {
    "therapy": IPT,
    "worksheet": "content/worksheets/my-goals.yaml",
    "pack": "content/packs/introduction-to-ipt.yaml",
    "region": "content/regions/england.yaml",
    "locale": "content/locales/en.yaml",
    "site-words": "content/site/en.yaml",
}
"""Every kind of file that says in which language it is."""


def told(kind: str, text: str, path: str) -> list[str]:
    return [str(problem) for problem in read_record(MODELS[kind], text.encode(), path)[2]]


def test_these_are_all_kinds_with_a_language() -> None:
    records = {kind for kind, model in MODELS.items() if "language" in model.model_fields}
    assert IN_A_LANGUAGE.keys() == records - {"language"}, "the settings of another language are no record"
    assert tuple(MEASURED) == codes() == ("en",), "what the loader lets in has a folder of measures, and the reverse"


@pytest.mark.parametrize("code", ["ar", "cy", "fr", "no", "zh"])
@pytest.mark.parametrize("kind", IN_A_LANGUAGE)
def test_a_language_without_measures_is_refused(kind: str, code: str) -> None:
    path = IN_A_LANGUAGE[kind]
    text = (ROOT / path).read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row == "language: en")
    assert told(kind, text.replace("\nlanguage: en\n", f"\nlanguage: {code}\n"), path) == [
        f"{path}:{line}: {PROFILE.format(code)}"
    ]


def test_a_record_in_arabic_is_told_once(case: LibraryCase) -> None:
    """Not for each of its texts: they are as they should be, in a language that is not supported."""
    arabic = {"title": "العلاج", "purpose": "لك"}
    values = plain_values(ROOT / IPT) | {"language": "ar", "name": "إدارة القلق", "titles": {"adults": arabic}}
    text = "\n".join(emit(values)) + "\n"
    case.write(IPT, text)
    line = 1 + text.splitlines().index('"language": "ar"')
    assert case.problems() == [f"{IPT}:{line}: {PROFILE.format('ar')}"]


def test_only_that_record_is_not_made(case: LibraryCase) -> None:
    case.write("content/therapies/cbt.yaml", case.text(IPT).replace("id: ipt\n", "id: cbt\n", 1))
    case.replace("content/therapies/cbt.yaml", "language:", "language: ar")
    library, _ = case.load()
    assert library is not None and list(library.therapies) == ["ipt"]


TEXTS = {
    "a name": ("name: Elm باب\n", [f"3: {TURNED.format(ALEF.replace('0627', '0628').replace('ALEF', 'BEH'))}"]),
    "a crisis line": (
        "name: Elm\ncrisis:\n  name: Elm\n  how: Call 01632 960003 \u05d1.\n  hours: Always\n  for_whom: All\n",
        [f"6: {TURNED.format(BETH)}"],
    ),
    "two places": (
        "name: Elm\nphone: 01632 960001 \u0627\nhours: \u05d1 Weekdays\n",
        [f"4: {TURNED.format(ALEF)}", f"5: {TURNED.format(BETH)}"],
    ),
    "the third line of a text": (
        "name: Elm\nwords:\n  adults: |\n    One.\n\n    Two \u0627.\n",
        [f"8: {TURNED.format(ALEF)}"],
    ),
    "the third line of a folded text": (
        "name: Elm\nwords:\n  adults: >\n    One\n    two\n    and \u0627.\n",
        [f"8: {TURNED.format(ALEF)}"],
    ),
    "an escaped letter": ('name: "Elm \\u0627"\n', [f"3: {TURNED.format(ALEF)}"]),
    "a number in groups": ("name: Elm\nphone: \u0661\u0661\u0666 \u0661\u0662\u0663\n", [f"4: {TURNED.format(ONE)}"]),
    "a number": ("name: Elm\nphone: \u0661\u0661\u0666\n", [f"4: phone: {TURNED.format(ONE)}"]),
    "an address": (
        "name: Elm\nweb: https://\u0627.example\n",
        [f"4: {TURNED.format(ALEF)}"],
    ),
}


@pytest.mark.parametrize(("text", "messages"), TEXTS.values(), ids=TEXTS)
def test_writing_from_right_to_left_is_refused_at_its_line(text: str, messages: list[str]) -> None:
    assert told("clinic", f"id: elm\nregion: england\n{text}", CLINIC) == [f"{CLINIC}:{one}" for one in messages]


EVERY = {
    **IN_A_LANGUAGE,
    "audience": "templates/teens/audience.yaml",
    "sources": "content/sources.yaml",
    "conditions": "content/conditions.yaml",
    "glossary": "content/glossary.yaml",
    "publisher": "content/publisher.yaml",
}
"""With the clinic's above, all kinds of file that hold words."""


@pytest.mark.parametrize("kind", EVERY)
def test_in_every_kind_of_file(kind: str) -> None:
    """One letter behind the last words of each."""
    file = EVERY[kind]
    rows = (ROOT / file).read_text(encoding="utf-8").splitlines()
    last = max(n for n, row in enumerate(rows) if row and row[-1] not in "|:]}\"'" and not row.lstrip().startswith("#"))
    rows[last] += " \u0627"
    (problem,) = told(kind, "\n".join(rows) + "\n", file)
    assert problem == f"{file}:{last + 1}: {TURNED.format(ALEF)}"


def test_there_is_an_end_to_what_is_said() -> None:
    text = HEAD + "shelf:\n" + "".join(f"  - therapy: \u0627{n}\n" for n in range(30))
    messages = told("clinic", text, CLINIC)
    assert messages[-1] == f"{CLINIC}:25: 10 more texts run from right to left. Write them in Latin letters."
    assert len(messages) == 21


@pytest.mark.parametrize("mark", ["\\u200f", "\\u061c", "\\u202e"])
def test_a_mark_that_turns_numbers_is_left_out(mark: str) -> None:
    """A mark alone makes "116 123" read "123 116"."""
    record, _, problems = read_record(MODELS["clinic"], f'{HEAD}phone: "{mark}116 123{mark}"\n'.encode(), CLINIC)
    assert getattr(record, "phone") == "116 123"  # noqa: B009 - any kind of record
    assert [problem.severity for problem in problems] == ["warning"]


def test_letters_written_as_entities() -> None:
    assert said("One.\nCall &#1575; 116 123.") == [f"r.yaml:11: {TURNED.format(ALEF)}"]


def test_words_of_a_template() -> None:
    page = '<html lang="en"><head><title>T</title></head><body><h1>T</h1><p{}>{}</p></body></html>'
    assert list(structure_of(page.format("", "ok"))) == []
    what, mend = next(structure_of(page.format("", "\u0627")))
    assert f"{what} {mend}" == TURNED.format(ALEF)
    assert list(structure_of(page.format(' dir="rtl"', "ok"))) == [
        ('<p dir="rtl"> stands on the page.', "Take the attribute out: lines run to the right.")
    ]


def test_who_approves_is_named_in_latin_letters() -> None:
    found = person("--name", "\u0627\u0627")
    assert isinstance(found, Problem) and str(found) == f"--name: {TURNED.format(ALEF)}"


@pytest.mark.parametrize("forms", ["fr_FR", "ar_EG", "en_XX", "english"])
def test_forms_of_another_language(case: LibraryCase, forms: str) -> None:
    """They would print "23 novembre 2026", and Arabic ones the month in Arabic letters."""
    file = "content/locales/en.yaml"
    line = case.replace(file, "forms:", f"forms: {forms}")
    assert case.problems() == [
        (
            f'{file}:{line}: forms: "{forms}" is no name of Babel\'s for forms of English. '
            "Write en_GB, or that of another English."
        )
    ]


WELSH = (
    "Mae therapi siarad yn gallu eich helpu i ddeall sut mae eich hwyliau a'ch perthynas ag eraill yn effeithio ar ei "
    "gilydd. Byddwch yn cwrdd â therapydd unwaith yr wythnos am tua un wythnos ar bymtheg.\n\nByddwch yn dewis gyda'ch "
    "gilydd un broblem sydd yn bwysig i chi nawr. Ffoniwch ni os oes angen help arnoch chi."
)
CHINESE = (
    "谈话治疗可以帮助您了解您的情绪与人际关系如何相互影响。您每周与治疗师见面一次，共约十六周，"
    "并一起选择现在对您最重要的一个问题。"
)
UKRAINIAN = (
    "Розмовна терапія може допомогти вам зрозуміти, як ваш настрій і стосунки впливають одне на одного. Ви "
    "зустрічаєтеся з терапевтом раз на тиждень протягом приблизно шістнадцяти тижнів і разом обираєте одну проблему."
)
NOT_ENGLISH = "This text is not in English, and there are no measures for another language."


@pytest.mark.slow
@pytest.mark.parametrize("text", [WELSH, UKRAINIAN, CHINESE], ids=["Welsh", "Ukrainian", "Chinese"])
def test_words_of_another_language_get_no_english_measure(tmp_path: Path, text: str) -> None:
    found = case(tmp_path, "adults", {"sections.overview": text})
    (problem,) = found.saying("not in English")
    assert (problem.what, problem.mend) == (
        NOT_ENGLISH,
        "Write it in English, and translate it: printables translate start CODE.",
    )
    assert (problem.line, problem.severity) == (found.key_line("sections", "overview", "adults"), "error")
    assert found.saying("SMOG") == []
    assert [known.level for known in found.checked.handouts] == [None]
    assert found.checked.good() == []


@pytest.mark.slow
def test_a_leaflet_in_another_language_with_short_texts(tmp_path: Path) -> None:
    values = plain_values(ROOT / IPT)["sections"]
    short = "Byddwch yn cwrdd â therapydd unwaith yr wythnos am tua un wythnos."
    changes: dict[str, object] = {f"sections.{name}": short for name in values if "adults" in values[name]}
    changes |= {"techniques.*.words.adults": short, "courses.0.phases.*.words.adults": short}
    changes |= {"answers": {}, "example": {}, "people": []}
    found = case(tmp_path, "adults", changes)
    (problem,) = found.saying("The words of this leaflet are not in English")
    assert problem.line == found.key_line("titles", "adults")
    assert found.saying("SMOG") == []


def test_english_lists_of_names_are_english() -> None:
    assert not is_foreign("Depression, mania, psychosis. " * 9, profile("en"))
    assert not is_foreign(
        "In 90 trials (6,560 participants), individual forms had large effects against waiting list. " * 3,
        profile("en"),
    )


SETTINGS = plain_values(ROOT / "templates/adults/audience.yaml")
OWN = 'Easy Read has words of its own, and those for "adults" were not written for its readers.'
MEND = 'Write "fallback: []", and its words in every record.'


def easy(identity: str, label: str, **more: object) -> Changes:
    """An audience's folder as somebody would copy it."""
    values = {
        **SETTINGS,
        "id": identity,
        "order": "5",
        "code": "EASY",
        "label": {"en": label},
        "name": {"en": label},
        **more,
    }
    return {
        f"templates/{identity}/audience.yaml": "\n".join(emit(values)) + "\n",
        f"templates/{identity}/leaflet.html": '{% extends "_base/leaflet.html" %}\n',
        f"templates/{identity}/theme.css": ":root { --accent: #12344d; }\n",
        f"titles.{identity}": {"title": "Talking therapy", "purpose": "What it is."},
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("identity", "label", "more"),
    [
        ("easy-read", "For adults", {}),
        ("easyread", "For adults", {}),
        ("ld", "Easy Read for adults", {}),
        ("ld", "For adults with a learning disability", {"easy_read": "yes"}),
    ],
)
def test_easy_read_has_its_own_words(tmp_path: Path, identity: str, label: str, more: dict[str, object]) -> None:
    changes = easy(identity, label, fallback=["adults"], **more)
    found = case(tmp_path, identity, {**changes, "fallbacks": {identity: "adults"}})
    file = f"templates/{identity}/audience.yaml"
    assert [(p.line, p.what, p.mend) for p in found.saying("Easy Read")] == [
        (found.key_line("fallback", name=file), f"fallback: {OWN}", MEND)
    ]
    assert found.checked.good() == []


@pytest.mark.slow
def test_a_record_cannot_borrow_for_it(tmp_path: Path) -> None:
    changes = easy("easy-read", "Easy Read", fallback=[])
    found = case(tmp_path, "easy-read", {**changes, "fallbacks": {"easy-read": "adults"}})
    (problem,) = found.saying("may not take words")
    assert problem.mend == "Take this line out, and write words for easy-read: Easy Read borrows none."
    assert problem.line == found.key_line("fallbacks", "easy-read")


@pytest.mark.slow
def test_without_its_own_words_it_is_not_made(tmp_path: Path) -> None:
    changes = {**easy("easy-read", "Easy Read", fallback=[]), "sections.main_message": None}
    found = case(tmp_path, "easy-read", changes)
    assert found.saying('"main_message" has nothing for Easy Read.')
    assert found.checked.good() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "names", "shown"),
    [
        ("techniques.0.name", ("techniques",), "techniques.1.name"),
        ("courses.0.phases.0.name", ("courses",), "courses.1.phases.1.name"),
    ],
)
def test_no_name_of_another_reader_fills_in(tmp_path: Path, key: str, names: tuple[str, ...], shown: str) -> None:
    """A technique or a phase without a name for this reader was called by the first name that was there."""
    found = case(tmp_path, "adults", {key: {"professionals": "Another reader's name"}})
    (problem,) = found.saying("This has no words for")
    assert problem.what == f"{shown}: This has no words for adults."
    assert problem.mend == 'Write "adults:" under it, or "any:" for every reader.'
    assert problem.line == found.line("Another reader's name") - 1 > found.key_line(*names)
    assert "Another reader's name" not in found.subject.html
