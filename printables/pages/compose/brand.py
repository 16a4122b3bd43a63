"""A clinic's colour on a leaflet: of its name and the rule under it, darkened until everybody can read it.

The accent and the shapes stay the audience's own, so that one clinic's leaflets for adults and for parents are told
apart at arm's length.

The colour is darkened by adding black, which is to multiply red, green and blue by the same number: hue and saturation
(in the sense of HSV) stay exactly what they were, the result is always a colour that exists, and black, at the end of
the way, can be read on any paper. OKLCH would keep the hue as the eye sees it, but its darker yellows and cyans leave
sRGB and must be cut back, which changes the hue after all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from printables.checklist import Rule
from printables.library.clinics import Clinic
from printables.library.colour import TEXT, channels, contrast, luminance, mixed, shown_ratio
from printables.library.library import ANY, Library, pick
from printables.problems import Problem

Tokens = Mapping[str, str]

BLACK = "#000000"
STEPS = 256
"""So finely is black added: as finely as a colour can be written."""
TINT = 17
"""A tint differs from the paper by so many steps of 255 at most: less than 7 % of ink in any colour."""
DARKEST = "#eeeeee"
"""No tint that words stand on is darker: white with TINT steps of every colour."""
LETTERHEAD = {"clinic-line": "3pt", "clinic-pad": "3pt"}
"""The thickness of the rule under the clinic's name, and the room above it."""
ON_TINTS = ("ink", "ink-soft", "alert")
"""Whatever colour a clinic has, these words keep theirs, and they stand on tints too."""

MEND = "Choose a darker colour, or leave it so."


def brand_colours(clinic: Clinic, audience: str, tokens: Tokens) -> tuple[dict[str, str], list[str]]:
    """The tokens that the clinic's colour sets for this audience, and what was changed so that it can be read.

    `tokens` are those of the leaflet, in its edition, without the clinic. What is given back must be applied last.
    Without a colour, nothing is set.
    """
    colour = pick(clinic.colours, audience)
    if colour is None:
        return {}, []
    tint, printed = _tint(colour, tokens), readable(colour, tokens)
    note = [] if printed == colour else [_note(colour, printed, _grounds(colour, tokens))]
    return {"clinic": printed, "clinic-tint": tint, **LETTERHEAD}, note


def readable(colour: str, tokens: Tokens) -> str:
    """The colour as it is printed on a leaflet with these tokens."""
    return _readable(colour, _grounds(colour, tokens).values())


def _grounds(colour: str, tokens: Tokens) -> dict[str, str]:
    """What words in the colour stand on, and the darkest of all tints, so that it is the same for every reader."""
    tints = (tokens["band"], _tint(colour, tokens), DARKEST)
    return {"on paper": tokens["paper"], "in a tinted box": min(tints, key=luminance)}


def _tint(colour: str, tokens: Tokens) -> str:
    """The paper with a touch of `colour`: as much as the words on it allow, and never more than TINT."""
    paper = tokens["paper"]
    tints = (_touched(paper, colour, steps) for steps in range(TINT, -1, -1))
    return next((tint for tint in tints if all(contrast(tokens[name], tint) >= TEXT for name in ON_TINTS)), paper)


def _touched(paper: str, colour: str, steps: int) -> str:
    """`paper` moved towards `colour`, until the channel that moves furthest has moved by `steps`."""
    furthest = max(abs(a - b) for a, b in zip(channels(paper), channels(colour), strict=True))
    return mixed(paper, colour, min(1.0, steps / furthest) if furthest else 0.0)


def _readable(colour: str, grounds: Iterable[str]) -> str:
    """`colour` with as little black in it as its contrast on all `grounds` needs."""
    darkest = min(grounds, key=luminance)
    black = bisect_left(range(STEPS), True, key=lambda i: contrast(mixed(colour, BLACK, i / STEPS), darkest) >= TEXT)
    return mixed(colour, BLACK, black / STEPS)


def _note(colour: str, printed: str, grounds: Mapping[str, str]) -> str:
    """What the clinic is told, measured on the first ground on which the colour is too light."""
    where, ground = next((where, ground) for where, ground in grounds.items() if contrast(colour, ground) < TEXT)
    before, after = (shown_ratio(contrast(shade, ground)) for shade in (colour, printed))
    return f"The colour {colour} is too light to read {where} ({before}); it is printed as {printed} ({after})."


def clinic_problems(library: Library, clinic: Clinic, tokens: Mapping[str, Tokens]) -> list[Problem]:
    """A warning for each of the clinic's colours that is darkened. `tokens` are given for each audience."""
    document = library.documents[f"clinic:{clinic.id}"]
    found = []
    for audience, mine in tokens.items():
        line = document.line(("colours", audience if audience in clinic.colours else ANY))
        found += [
            Problem(document.path, line, note, MEND, "warning", Rule.A14)
            for note in brand_colours(clinic, audience, mine)[1]
        ]
    return list(dict.fromkeys(found))
