"""Claims and their sources: a sentence of evidence, another population's source, unsourced lines, too many sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from leaflet_case import Changes, case, told

NAME_IT = "Put {@source-id} before its full stop, or take it out."


@pytest.mark.slow
def test_evidence_without_a_source(tmp_path: Path) -> None:
    signals = {
        "Research": "Research shows that it helps you.",
        "guideline": "It is in the guideline from\nNICE.",
        "1 in 20": "About 1 in 20 people feel worse.",
        "5 out of every 100": "About 5 out of every 100 feel worse.",
        "trial": "- You can ask.\n- A trial helped you.",
    }
    found = case(tmp_path, "adults", {"sections.uses": "\n\n".join(["You can ask us {@ng222}.", *signals.values()])})
    wanted = []
    for signal, text in signals.items():
        what = f'The sentence speaks of evidence ("{signal}") and names no source.'
        line = found.line(next(part for part in text.splitlines() if signal in part))
        wanted.append(("error", "A5", line, what, NAME_IT))
    assert [told(p) for p in found.saying("speaks of evidence")] == wanted


@pytest.mark.slow
def test_evidence_with_its_source(tmp_path: Path) -> None:
    texts = (
        "You can ask us.",
        "Research shows that it helps you {@ng222}.",
        "It is in the guideline\nfrom NICE {@ng222}.",
        "About 1 in 20 people feel worse {@ng222}.",
        "You are on trial-free ground, 1 to 20.",
    )
    assert case(tmp_path, "adults", {"sections.uses": "\n\n".join(texts)}).saying("speaks of evidence") == []


def claims(population: str) -> Changes:
    """Every claim that names NG222 is about this population, and so is the guideline."""
    return {
        "sections.overview": "You can\nask us {@made-up}.",
        "sources:sources.+": MADE_UP,
        "claims.+": claim(population),
    }


MADE_UP = {
    "id": "made-up",
    "title": "A made-up guideline",
    "organisation": "Nobody",
    "year": "2020",
    "address": "https://example.org/",
    "kind": "guideline",
    "reuse": "link-and-cite",
    "check_again": "2030-01-01",
    "status": "unchecked",
}


FITTING = {"adults": "ng222", "young-people": "ng134", "children": "ng134"}
"""A source about each population."""


def claim(population: str) -> dict[str, object]:
    return {
        "id": "made-up",
        "condition": "depression-less-severe",
        "population": population,
        "ages": {"from": "5", "unit": "years"},
        "strength": "limited",
        "guidance": {"source": "made-up", "verb": "lists"},
        "sources": [FITTING[population]],
        "status": "confirmed",
    }


@pytest.mark.slow
def test_adult_guideline_in_the_words_for_teens(tmp_path: Path) -> None:
    found = case(tmp_path, "teens", claims("adults"))
    what = 'The source "made-up" is about adults, not about this reader.'
    mend = "Cite evidence for this reader, or leave the claim out."
    line = found.line("{@made-up}")
    assert [told(p) for p in found.saying('"made-up"')] == [("error", "T9", line, what, mend)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("audience", "population"), [("teens", "young-people"), ("adults", "adults"), ("professionals", "children")]
)
def test_source_about_this_reader(tmp_path: Path, audience: str, population: str) -> None:
    found = case(tmp_path, audience, claims(population))
    assert found.saying('"made-up" is about') == []


@pytest.mark.slow
def test_ng222_is_never_cited_for_teens(tmp_path: Path) -> None:
    found = case(tmp_path, "teens", {"sections.overview": "You can ask us {@ng222}."})
    assert [p.what for p in found.saying("ng222")] == ['The source "ng222" is about adults, not about this reader.']


@pytest.mark.slow
def test_unsourced_line_in_a_list_for_professionals(tmp_path: Path) -> None:
    text = "- Active mania: calm it first {consensus}.\n- No focus that\n  the person sees as theirs.\n- OCD {@cg31}."
    found = case(tmp_path, "professionals", {"sections.not_suitable": text})
    what = 'The line "No focus that the person sees as theirs." has no source.'
    mend = "Put {@source-id} or {consensus} at its end."
    expected = [("error", "Q3", found.line("No focus that"), what, mend)]
    assert [told(p) for p in found.saying("has no source")] == expected


@pytest.mark.slow
def test_an_unsourced_line_behind_a_bullet_of_a_word_processor(tmp_path: Path) -> None:
    text = "Stop for:\n•\tActive mania: calm it first {consensus}.\n•\tNo focus that they see."
    found = case(tmp_path, "professionals", {"sections.not_suitable": text})
    assert [(p.line, p.what) for p in found.saying("has no source")] == [
        (found.line("No focus that"), 'The line "No focus that they see." has no source.')
    ]


@pytest.mark.slow
def test_unsourced_line_elsewhere_passes(tmp_path: Path) -> None:
    found = case(tmp_path, "professionals", {"sections.suits": "- People who like to talk."})
    assert found.saying("has no source") == []


@pytest.mark.slow
@pytest.mark.parametrize(("least", "most", "severity"), [(0, -1, "warning"), (1, 9, "warning"), (0, 0, None)])
def test_number_of_sources(tmp_path: Path, least: int, most: int, severity: str | None) -> None:
    """`least` and `most` are counted from the number of sources on the page."""
    shipped = case(tmp_path / "shipped", "adults")
    count = len(re.findall('<li id="source-', shipped.subject.html))
    limit = {"from": str(count + least), "to": str(count + most)}
    if most < 0:
        limit["from"] = "1"
    found = case(tmp_path / "limited", "adults", {"adults:sources": limit})
    what = f"The leaflet lists {count} sources; between {limit['from']} and {limit['to']} suit this reader."
    expected = ("warning", "A5", found.key_line("titles", "adults"), what, "Cite fewer." if most < 0 else "Cite more.")
    assert [told(p) for p in found.saying("The leaflet lists")] == ([expected] if severity else [])
