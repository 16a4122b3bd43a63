"""An audience is a folder: a fifth one needs no code. And teenagers never get words written for somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import AUDIENCES, FILES, ROOT, Case, Changes, case, emit, library, plain_values, real

from printables.problems import Problem

SETTINGS = plain_values(ROOT / "templates/adults/audience.yaml")
OLDER = {
    **SETTINGS,
    "id": "older-adults",
    "order": "5",
    "code": "OLDER",
    "label": {"en": "For older adults"},
    "name": {"en": "older adults"},
    "fallback": ["adults"],
    "sections": [section for section in SETTINGS["sections"] if section["id"] != "at-a-glance"],
}
FOLDER = "templates/older-adults"
FIFTH: Changes = {
    f"{FOLDER}/audience.yaml": "\n".join(emit(OLDER)) + "\n",
    f"{FOLDER}/leaflet.html": '{% extends "_base/leaflet.html" %}\n',
    f"{FOLDER}/theme.css": ":root { --accent: #12344d; --text: 16pt; }\n",
    "titles.older-adults": {"title": "A talking therapy called IPT", "purpose": "What it is."},
    "fallbacks": {"older-adults": "adults"},
    "sections.overview.older-adults": "You talk with somebody who can help you.",
}


@pytest.fixture(scope="module")
def fifth(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case(tmp_path_factory.mktemp("fifth"), "older-adults", FIFTH)


class TestFifthAudience:
    @pytest.mark.slow
    def test_it_is_planned(self, fifth: Case) -> None:
        assert fifth.subject.item.path == "leaflets/older-adults/ipt-older-adults-en.pdf"

    @pytest.mark.slow
    def test_it_takes_its_own_words_first_and_then_those_of_adults(self, fifth: Case) -> None:
        whose = {words.name: words.audience for _, words in fifth.subject.leaflet.words()}
        assert whose["overview"] == "older-adults"
        assert whose["questions"] == "adults"
        assert set(whose.values()) == {"older-adults", "adults"}

    def test_it_is_rendered_with_its_own_settings(self, fifth: Case) -> None:
        html = fifth.subject.html
        assert "<h1>A talking therapy called IPT</h1>" in html
        assert "You talk with somebody who can help you." in html
        assert f"IPT-OLDER-EN-{library().therapies['ipt'].version}" in html
        assert 'id="at-a-glance"' not in html
        look = fifth.subject.leaflet.look
        assert "--text: 16pt" in fifth.checked.pages.css(look)
        assert fifth.checked.pages.tokens(look)["accent"] == "#12344d"

    @pytest.mark.slow
    def test_it_is_checked(self, fifth: Case, tmp_path: Path) -> None:
        shipped = case(tmp_path / "adults", "adults")
        assert errors(fifth.problems, "older-adults") == errors(shipped.problems, "adults")
        spoiled = {**FIFTH, "sections.overview.older-adults": "You get good efficacy."}
        found = case(tmp_path / "spoiled", "older-adults", spoiled)
        assert [p.what for p in found.saying("efficacy")] == ['"efficacy" is not a word for older adults.']
        assert [p.line for p in found.saying("efficacy")] == [found.line("efficacy")]

    @pytest.mark.slow
    def test_the_others_only_name_it_among_the_other_leaflets(self, tmp_path: Path) -> None:
        found = case(tmp_path / "five", changes=FIFTH)
        assert [s.item.audience for s in found.checked.subjects] == [*AUDIENCES, "older-adults"]
        shipped = case(tmp_path / "shipped").checked.subjects
        for subject, before in zip(found.checked.subjects[:3], shipped, strict=False):
            assert subject.html != before.html
            fifth = '; <span data-handout="ipt older-adults">for older adults</span>.'
            assert subject.html.replace(fifth, ".") == before.html

    @pytest.mark.pdf
    def test_it_is_printed(self, fifth: Case) -> None:
        from printables.pipeline.print_job import print_job as job_of
        from printables.typeset.engine import typeset

        job = job_of(fifth.checked.pages, fifth.subject)
        assert typeset(job.page).pdf.startswith(b"%PDF-1.7")

    @pytest.mark.slow
    def test_without_a_title_or_a_reason_the_record_is_refused(self, tmp_path: Path) -> None:
        found = case(tmp_path, changes={key: value for key, value in FIFTH.items() if not key.startswith("titles")})
        assert [p.what for p in found.saying("says nothing")] == [
            'The record says nothing about the audience "older-adults".'
        ]

    @pytest.mark.slow
    def test_a_fallback_that_its_settings_do_not_allow(self, tmp_path: Path) -> None:
        own = {**OLDER, "fallback": []}
        found = case(tmp_path, changes={**FIFTH, f"{FOLDER}/audience.yaml": "\n".join(emit(own)) + "\n"})
        (problem,) = found.saying("may not take words")
        assert problem.what == 'The audience "older-adults" may not take words from "adults".'
        assert problem.line == found.key_line("fallbacks", "older-adults")


def errors(problems: list[Problem], audience: str) -> list[tuple[str, int]]:
    return sorted((p.what, p.line) for p in problems if p.severity == "error" and p.audience == audience)


TEXTS = plain_values(ROOT / FILES["record"])["sections"]
"""Read without the library, which would be made wherever tests are collected."""
REQUIRED = [
    block["show"]
    for section in plain_values(ROOT / FILES["teens"])["sections"]
    for block in section["blocks"]
    if "optional" not in block and "teens" in TEXTS.get(block["show"], {})
]


class TestTeensNeverFallBack:
    def test_there_are_required_texts(self) -> None:
        assert {"main_message", "overview", "your_say", "next_steps"} <= set(REQUIRED)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", REQUIRED)
    def test_missing_words_are_an_error_with_a_line(self, tmp_path: Path, name: str) -> None:
        found = case(tmp_path, "teens", {f"sections.{name}": None})
        (problem,) = found.saying(f'"{name}" has nothing for teenagers.')
        assert str(problem).startswith(f"{found.path()}:{found.key_line('sections', name)}: ")
        assert problem.mend == f'Write "teens:" under sections, {name}.'
        assert found.checked.good() == []

    @pytest.mark.slow
    def test_no_words_of_adults_come_in(self, tmp_path: Path) -> None:
        changes = {f"sections.{name}": None for name in REQUIRED} | {"sections.overview.adults": "You alone, grown-up."}
        found = case(tmp_path, "teens", changes)
        assert {words.audience for _, words in found.subject.leaflet.words()} == {"teens"}
        assert "grown-up" not in found.subject.html
        adults = {" ".join(words.text.split()) for _, words in real("adults").leaflet.words()}
        own = [words for _, words in found.subject.leaflet.words() if "/therapies/" in words.place.path]
        assert own, "a region has safety texts that are the same for both"
        assert adults.isdisjoint(" ".join(words.text.split()) for words in own)

    def test_a_record_that_asks_for_it_is_refused(self, tmp_path: Path) -> None:
        found = case(tmp_path, changes={"fallbacks": {"teens": "adults"}})
        (problem,) = found.saying("may not take words")
        assert problem.what == 'The audience "teens" may not take words from "adults".'
        assert found.checked.library is not None
        assert found.checked.library.broken == {"ipt"}
        assert found.checked.subjects == ()

    def test_the_shipped_settings_allow_none(self) -> None:
        assert library().audiences["teens"].fallback == []
        assert library().audiences["professionals"].fallback == []
