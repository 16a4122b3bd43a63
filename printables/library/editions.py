"""Editions: the same leaflet on other paper, in large print, with less ink. Editions are options, not copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, WithJsonSchema

from printables.library.fields import wrong
from printables.problems import guess

Paper = Literal["a4", "letter", "a5"]
PAPERS: tuple[str, ...] = get_args(Paper)
FEATURES = ("booklet", "trifold", "fold-marks", "large-print", "ink-saver", "cream", "duplex", "private-cover")
"""The features of an edition besides its paper, in the order of its name."""


@dataclass(frozen=True)
class Edition:
    """How a leaflet is printed. The default is the usual one: A4, colour, one side.

    `large_print` is 18 pt, reflowed (UKAAF). `booklet` is A5, padded to fours and also imposed on A4 for one duplex
    job. `trifold` is the short form on the six panels of one A4 sheet, with marks for the folds if `fold_marks`.
    `cream` prints dark on a cream ground. `duplex` pads to an even number of pages. `private_cover` puts a page in
    front and one behind that do not say what the leaflet is about.
    """

    paper: Paper = "a4"
    booklet: bool = False
    trifold: bool = False
    fold_marks: bool = False
    large_print: bool = False
    ink_saver: bool = False
    cream: bool = False
    duplex: bool = False
    private_cover: bool = False

    @property
    def features(self) -> tuple[str, ...]:
        """The paper and all features of this edition, such as ("a4", "large-print")."""
        return (self.paper, *(name for name in FEATURES if getattr(self, name.replace("-", "_"))))

    @property
    def styles(self) -> tuple[str, ...]:
        """The names of this edition's style sheets: one for each feature, and one for narrow lines."""
        narrow = self.paper == "a5" or self.large_print or self.trifold
        return ("narrow", *self.features) if narrow else self.features

    @property
    def name(self) -> str:
        """Its name in files, on the command line and on a shelf: a4-large-print."""
        return "-".join(self.features)

    @property
    def suffix(self) -> str:
        """The suffix in file names: empty for the usual edition, otherwise such as "-a4-large-print"."""
        return "" if self == USUAL else f"-{self.name}"


USUAL = Edition()

STANDARD = tuple(
    Edition(**options)
    for options in (
        {},
        {"paper": "letter"},
        {"paper": "a5"},
        {"paper": "a5", "booklet": True},
        {"trifold": True},
        {"trifold": True, "fold_marks": True},
        {"large_print": True},
        {"paper": "letter", "large_print": True},
        {"ink_saver": True},
        {"cream": True},
        {"duplex": True},
        {"private_cover": True},
        {"paper": "a5", "booklet": True, "private_cover": True},
    )
)
"""The editions that `proofs` shows and `--edition all` builds: each feature once, and what clinics combine."""


def edition(name: str) -> Edition:
    """Return the edition of this name; the order of its parts does not matter, and the paper is optional.

    Raises `wrong` if a part is unknown or two parts contradict each other.
    """
    found = _parts(name)
    paper = next((part for part in found if part in PAPERS), "a5" if "booklet" in found else "a4")
    options: dict[str, Any] = {part.replace("-", "_"): True for part in found if part in FEATURES}
    made = Edition(**{"paper": paper, **options})
    for what, mend in contradictions(made):
        raise wrong(what, mend)
    return made


def _parts(name: str) -> list[str]:
    """Split `name` at hyphens into known parts."""
    known, rest, found = (*PAPERS, *FEATURES), name.strip().lower(), []
    while rest:
        part = next((word for word in known if rest == word or rest.startswith(f"{word}-")), None)
        if part is None or part in found or (part in PAPERS and any(paper in found for paper in PAPERS)):
            hint = guess(rest, known).strip() or f"Use one of {', '.join(PAPERS)}, then any of {', '.join(FEATURES)}."
            raise wrong(f'There is no edition "{name}".', hint)
        found.append(part)
        rest = rest[len(part) + 1 :]
    return found or [USUAL.paper]


def contradictions(made: Edition) -> Iterator[tuple[str, str]]:
    """Yield why this edition is impossible for any audience, and what to do instead."""
    if made.booklet and made.paper != "a5":
        yield f"A booklet is folded from A4 to A5, so its pages cannot be {made.paper.upper()}.", "Leave the paper out."
    if made.paper == "a5" and made.large_print:
        what = "At 18 points a line on A5 holds about 38 characters, and readable lines hold 45 to 75."
        yield what, "Print large print on A4 or Letter."
    if made.booklet and made.duplex:
        yield "A booklet is padded and printed on both sides already.", "Leave duplex out."
    if made.fold_marks and not made.trifold:
        yield "Only a tri-fold has folds to mark.", "Leave fold-marks out, or add trifold."
    if made.trifold:
        yield from _no_trifold(made)
    if made.ink_saver and made.cream:
        what = "Cream covers the whole page with ink, which is what the ink saver avoids."
        yield what, "Print the ink-saver edition on cream paper."


def _no_trifold(made: Edition) -> Iterator[tuple[str, str]]:
    """Yield why a tri-fold cannot be combined with another part of this edition."""
    if made.paper != "a4":
        yield f"A tri-fold is folded from A4, and its panels do not fit {made.paper.upper()}.", "Leave the paper out."
    if made.booklet:
        yield "A tri-fold is folded twice and a booklet once, so one leaflet cannot be both.", "Choose one of them."
    if made.large_print:
        what = "At 18 points a line on a panel holds about 26 characters, and readable lines hold 45 to 75."
        yield what, "Print large print on A4 or Letter."
    if made.duplex:
        yield "A tri-fold is printed on both sides already.", "Leave duplex out."
    if made.private_cover:
        what = "The back panel of a tri-fold names its sources, and it lies outside, so the cover cannot be private."
        yield what, "Choose a5-booklet-private-cover."


def _as_edition(value: Any) -> Edition:
    if isinstance(value, Edition):
        return value
    if not isinstance(value, str):
        raise wrong("This must be the name of an edition.", "Write a name such as a4 or a5-booklet.")
    return edition(value)


EditionName = Annotated[
    Edition,
    BeforeValidator(_as_edition),
    WithJsonSchema({"type": "string", "examples": [made.name for made in STANDARD]}),
]
"""An edition name in a record, such as a4, letter, a5-booklet, a4-large-print."""
