"""The shipped library as a whole: every record for every reader, built with the real engine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import outloud
import page as page_validation
import pdfua
import pytest
from leaflet_case import AUDIENCES, ROOT, TODAY
from shipped_case import EVERYTHING, sample, shipped
from test_leaflets import BUDGET

from printables.checks.language import profile, reading
from printables.pipeline.build import Options, build
from printables.pipeline.one_therapy import first_editions
from printables.plan import Choice
from printables.typeset.inspect.source import read_html
from printables.typeset.inspect.text import read_pdf
from printables.typeset.inspect.words import lost_words

pytestmark = pytest.mark.slow
LONG = 12
"""No two records share a sentence of more words than these."""
THERAPIES = sorted(path.stem for path in (ROOT / "content/therapies").glob("*.yaml"))
MADE = sample(THERAPIES, 12)
"""Those of which `make test` prints the leaflets; other tests print others (`test_leaflets.py`, `test_trifold.py`)."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The PDFs of a sample of therapies; in make test-all of all, and of worksheets. The build finds nothing wrong."""
    output = tmp_path_factory.mktemp("shelf") / "output"
    choice = Choice(() if EVERYTHING else (*MADE,), no_worksheets=not EVERYTHING)
    checked, result = build(Options(ROOT / "content", ROOT / "templates", output, TODAY, choice))
    wrong = [problem for problem in checked.problems if problem.severity != "note"]
    assert (wrong, result.failed) == ([], ())
    return [output / entry.path for entry in result.made()]


def test_nothing_is_wrong_with_any_record() -> None:
    assert [str(problem) for problem in shipped().problems] == []


@pytest.mark.parametrize("name", THERAPIES)
def test_every_reader_gets_a_leaflet_or_an_honest_reason(name: str) -> None:
    library = shipped().library
    assert library is not None
    therapy = library.therapies[name]
    assert set(therapy.titles) | set(therapy.not_for) == set(AUDIENCES)
    assert not set(therapy.titles) & set(therapy.not_for)
    assert {"adults", "professionals"} <= set(therapy.titles)
    assert all(len(reason.split()) > 8 for reason in therapy.not_for.values())
    assert len(therapy.worksheets) >= 2


def test_every_number_of_a_source_leads_to_its_address_on_the_same_page() -> None:
    for subject in shipped().subjects:
        cited = set(re.findall(r'href="#(source-\d+)"', subject.html))
        listed = dict(re.findall(r'<li id="(source-\d+)">.*?<a href="(https?://[^"]+)"', subject.html))
        assert cited <= listed.keys(), subject.item.path
        assert {source.address for source in subject.leaflet.sources} >= {
            unescape(address) for address in listed.values()
        }


def test_every_claim_on_a_leaflet_has_its_sources_in_the_list() -> None:
    library = shipped().library
    assert library is not None
    seen = 0
    for subject in shipped().subjects:
        listed = {source.id for source in subject.leaflet.sources}
        shows_claims = any(block.show == "claims" for part in subject.leaflet.sections for block in part.blocks)
        for claim in library.therapies[subject.item.therapy].claims if shows_claims else ():
            if claim.population in subject.leaflet.audience.populations:
                seen += 1
                assert listed & {*claim.sources, *([claim.guidance.source] if claim.guidance else [])}, claim.id
    assert seen > 2 * len(THERAPIES)


def long_sentences(text: str) -> set[str]:
    """The sentences that no other record may have, without marks and capitals."""
    english = profile("en")
    found = (" ".join(reading.words(sentence, english)).lower() for sentence in reading.sentences(text, english))
    return {sentence for sentence in found if len(sentence.split()) > LONG}


def shared_sentences(texts: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Long sentences that stand in more than one record, each with the records' names."""
    homes: dict[str, set[str]] = {}
    for record, text in texts:
        for sentence in long_sentences(text):
            homes.setdefault(sentence, set()).add(record)
    return {sentence: records for sentence, records in homes.items() if len(records) > 1}


FROZEN = {
    "asking does not put the idea in anyone's head and it can be a relief to be asked",
    "if the answer is yes stay with your child and call one of the day-and-night numbers in this leaflet today",
}
"""Safety words that every leaflet says in the same way."""


def test_no_two_records_share_a_long_sentence() -> None:
    """The words of the region, of the templates and of the care box are shared on purpose; the others are its own."""
    own = [
        (subject.item.record, text)
        for subject in first_editions(shipped().subjects)
        for _, words, text in subject.texts()
        if re.search("/(therapies|worksheets)/", words.place.path) and words.name != "care"
    ]
    assert sum(len(long_sentences(text)) for _, text in own) > 20 * len(THERAPIES)
    assert shared_sentences(own).keys() - FROZEN == set()


def test_companion_a_shared_sentence_is_found_though_its_marks_differ() -> None:
    first = "Short one. You can talk about what hurts, and what you want to be different, with one person."
    second = "You can talk about what hurts and what you want to be different with one person!"
    assert shared_sentences([("a", first), ("b", second)]) == {
        "you can talk about what hurts and what you want to be different with one person": {"a", "b"}
    }
    assert shared_sentences([("a", first), ("a", second), ("b", "Short one.")]) == {}


@pytest.mark.pdf
def test_three_checkers_accept_everything_that_ships(made: list[Path]) -> None:
    assert len(made) >= 2 * len(MADE)
    for path in sample(made):
        report = page_validation.validate_pdf_bytes(path.read_bytes(), profile="ua1")
        heard = outloud.check(str(path))
        wrong = [(finding.rule, finding.message) for finding in heard.findings if finding.severity == "error"]
        worst = [finding for finding in pdfua.validate(str(path)).findings if finding.severity == pdfua.Severity.ERROR]
        rules = [failure.rule_id for failure in report.failures]
        assert (path.name, rules, heard.error, wrong, worst) == (path.name, [], None, [], [])


@pytest.mark.pdf
def test_every_leaflet_keeps_to_its_pages_and_its_words(made: list[Path]) -> None:
    for path in made:
        sheets = read_pdf(path.read_bytes())
        least, most = BUDGET[path.parent.name] if "leaflets" in path.parts else (1, 2)
        assert least <= len(sheets) <= most, path.name
        assert lost_words(read_html(path.with_suffix(".html").read_text(encoding="utf-8")), sheets) == Counter()
