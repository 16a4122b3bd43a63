"""A few real builds that are killed, and the companion that shows what would be found. `make torture` kills 500."""

from __future__ import annotations

import sys

import pytest
from torture import Tally, torture

pytestmark = [pytest.mark.pdf, pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who belongs to whom")]


@pytest.mark.long
def test_killed_builds_lose_and_tear_nothing() -> None:
    tally = torture(5, seed=20261127)
    assert tally.killed() == 5
    assert tally.good(), tally.told()


@pytest.mark.long
def test_companion_a_plain_write_is_found_torn() -> None:
    tally = torture(40, seed=0, plain=True)  # a build that is killed between two files tears none
    assert tally.torn, tally.told()


def test_what_was_found_is_told() -> None:
    tally = Tally(torn=["turn 3: a.pdf"])
    tally.kills["worker"] += 1
    assert not tally.good()
    assert tally.told().splitlines()[1:] == ["1 torn files, 0 lost leaflets, 0 manual repairs", "turn 3: a.pdf"]
