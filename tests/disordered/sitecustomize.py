"""Lists every folder in an order of its own, as another disk would. Python imports this by its name from PYTHONPATH."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

_list, _scan = os.listdir, os.scandir
_chance = random.Random(int(os.environ.get("DISORDER", "1")))  # noqa: S311 - chance, no secret


def _listed(*given: Any) -> list[Any]:
    found = _list(*given)
    _chance.shuffle(found)
    return found


class _Scanned:
    """What os.scandir gives: to be looped over, and closed."""

    def __init__(self, *given: Any) -> None:
        with _scan(*given) as entries:
            found = list(entries)
        _chance.shuffle(found)
        self._left = iter(found)

    def __iter__(self) -> Iterator[Any]:
        return self._left

    def __next__(self) -> Any:
        return next(self._left)

    def __enter__(self) -> _Scanned:  # noqa: PYI034 - as os.scandir has it
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open."""


os.listdir, os.scandir = _listed, _Scanned  # type: ignore[assignment]
