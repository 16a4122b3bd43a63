"""Other leaflets that may help: the same reader, the same kind of problem, the firmest evidence first."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest
from shipped_case import shipped

from printables.library.related import related
from printables.library.settings import Audience
from printables.library.therapies import Therapy
from printables.pages.compose.blocks.other_leaflets import MOST_RELATED, _in_one_sentence


def ids(therapy: str, audience: str) -> list[str]:
    library = shipped().library
    assert library is not None
    return [other.id for other in related(library, library.summaries[therapy], library.audiences[audience])]


def text(therapy: str, audience: str) -> str:
    """The leaflet's words."""
    leaflets = (one for one in shipped().subjects if not one.item.worksheet)
    return next(one.text for one in leaflets if (one.item.therapy, one.item.audience) == (therapy, audience))


@pytest.mark.slow
def test_less_severe_depression_leads_to_the_other_therapies_for_depression_and_to_no_other() -> None:
    found = ids("ipt", "adults")
    assert {"cbt", "behavioural-activation", "mbct", "act"} <= set(found)
    assert not {"ipt", "erp", "cbt-insomnia"} & set(found)


@pytest.mark.slow
def test_a_teenager_is_not_sent_to_a_leaflet_that_is_not_for_teenagers() -> None:
    found = ids("ipt", "teens")
    assert {"cbt", "behavioural-activation"} <= set(found)
    assert not {"act", "mbct"} & set(found)


@pytest.mark.slow
def test_the_strongest_evidence_comes_first() -> None:
    """CBT for depression is strong in our records, mindfulness for less severe depression limited."""
    found = ids("ipt", "adults")
    assert found[0] in ("behavioural-activation", "cbt")
    assert found.index("cbt") < found.index("act")


@pytest.mark.slow
def test_a_therapy_without_evidence_is_not_said_to_help() -> None:
    library = shipped().library
    assert library is not None
    cbt = library.summaries["cbt"]
    claims = tuple(dataclasses.replace(claim, strength="none") for claim in cbt.claims)
    changed = dataclasses.replace(
        library, summaries={**library.summaries, "cbt": dataclasses.replace(cbt, claims=claims)}
    )
    found = related(changed, changed.summaries["ipt"], changed.audiences["adults"])
    assert "cbt" in ids("ipt", "adults") and "cbt" not in [other.id for other in found]


@pytest.mark.slow
def named(therapy: Therapy) -> str:
    short = therapy.abbreviation
    return f"{therapy.name} ({short})" if short and short.isalnum() and short not in therapy.name else therapy.name


@pytest.mark.slow
def test_a_leaflet_names_a_few_and_the_professionals_all() -> None:
    library = shipped().library
    assert library is not None
    assert len(ids("ipt", "adults")) > MOST_RELATED
    for audience, shown in (("adults", MOST_RELATED), ("professionals", len(ids("ipt", "professionals")))):
        others = [library.therapies[name] for name in ids("ipt", audience)[:shown]]
        names = [named(one) if audience == "adults" else one.name for one in others]
        assert names[0].endswith(")") == (audience == "adults")
        sentence = f"Other leaflets that may help: {'; '.join(names)}."
        assert sentence.lower() in " ".join(text("ipt", audience).split()).lower()


@pytest.mark.slow
@pytest.mark.parametrize("therapy", ["erp"])
def test_a_therapy_alone_with_its_problem_names_no_other(therapy: str) -> None:
    assert ids(therapy, "teens") == []
    assert "may help:" not in text(therapy, "teens")


@pytest.mark.slow
def test_a_library_that_grows_makes_no_sentence_too_long() -> None:
    """The whole list of a thirteenth therapy once stopped the professionals' leaflets of two others."""
    audience = shipped_audience("professionals")
    composer: Any = SimpleNamespace(audience=audience, t=lambda _, names: f"Other leaflets that may help: {names}.")
    most = int(audience.reading.sentence.warn)
    shown = list(_in_one_sentence(composer, ["talking cure of old"] * 12))
    words = len(f"Other leaflets that may help: {'; '.join(shown)}.".split())
    assert most - 4 <= words <= most


def shipped_audience(name: str) -> Audience:
    library = shipped().library
    assert library is not None
    return library.audiences[name]
