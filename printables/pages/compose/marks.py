"""The four marks of our own inside a text: `{term|plain words}`, `{@source}`, `{=fact}` and `{consensus}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from printables.library.fields import MARK
from printables.pages.compose.source_lines import GONE, breaks, unmarked
from printables.problems import Problem, guess, one_of

NBSP = "\u00a0"


@dataclass
class Marks:
    """What the marks of one leaflet may name, and what was used so far, in reading order."""

    sources: Mapping[str, object]
    glossary: Mapping[str, str]
    """Plain words by lower-case term, for this reader; in a translation also by its English one, behind "="."""
    facts: Mapping[str, str]
    consensus: str
    consensus_mark: str = ""
    """Printed in place of these words where the leaflet has a key of its marks."""
    numbers: bool = True
    inline: bool = True
    cited: list[str] = field(default_factory=list)
    explained: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    has_consensus: bool = False
    """Whether a text rests on clinical consensus, so that the key must explain the mark."""

    def number(self, source: str) -> int:
        """The number of `source` on this leaflet; a new source gets the next one."""
        if source not in self.cited:
            self.cited.append(source)
        return self.cited.index(source) + 1


class Mark(InlineProcessor):
    """Reads the four marks. `note` takes what is wrong: the words it stands at, what it is, how to mend it."""

    def __init__(self, marks: Marks, note: Callable[[str, str, str], None], md: markdown.Markdown) -> None:
        super().__init__(MARK, md)
        self.marks, self.note = marks, note

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name is Markdown's
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown gives it
    ) -> tuple[ET.Element | str | None, int | None, int | None]:
        kind = {"@": self._cite, "=": self._fact}.get(m["sign"] or "", self._term)
        made = kind(m)
        if count := breaks(m.group()):
            made = _with_breaks(made, count)
        return made, m.start(0), m.end(0)

    def _cite(self, m: re.Match[str]) -> ET.Element | str:
        name, marks = m["name"], self.marks
        if name not in marks.sources:
            others = f", or use one of: {one_of(name, marks.sources)}" if marks.sources else ""
            hint = guess(name, marks.sources) or f" Add it to content/sources.yaml{others}."
            self.note(unmarked(m.group()).lstrip(), f'There is no source "{name}".', hint.strip())
            return ""
        number = marks.number(name)
        if not marks.numbers:
            return ""
        element = ET.Element("span", {"class": "cite"})
        element.text = NBSP if m["space"] else ""
        link = ET.SubElement(element, "a", {"href": f"#source-{number}"})
        link.text = AtomicString(f"[{number}]")
        return element

    def _fact(self, m: re.Match[str]) -> str:
        name, marks = m["name"], self.marks
        if name not in marks.facts:
            hint = guess(name, marks.facts) or f" There are: {', '.join(sorted(marks.facts))}."
            self.note(unmarked(m.group()).lstrip(), f'There is no fact "{name}".', hint.strip())
        return _spaced(m, marks.facts.get(name, ""))

    def _term(self, m: re.Match[str]) -> ET.Element | str:
        name, marks = " ".join(m["name"].split()), self.marks
        if name == "consensus" and not m["plain"]:
            return self._consensus(m["space"] or "")
        plain = m["plain"] or marks.glossary.get(name.lower())
        if plain and plain.startswith("="):  # the glossary's words for another form of its term
            plain = marks.glossary.get(f"={' '.join(plain[1:].split())}".lower())
        if plain is None:
            meant = guess((m["plain"] or name).removeprefix("=").lower(), marks.glossary)
            write = f"{meant} Otherwise write" if meant else " Write"
            hint = write + " {" + name + "|plain words}, or add it to the glossary."
            self.note(unmarked(m.group()).lstrip(), f'The term "{name}" is not in the glossary.', hint.strip())
            return _spaced(m, name)
        first = name.lower() not in marks.explained
        marks.explained.setdefault(name.lower(), (name, unmarked(plain.strip())))
        return self._explained(m, name, plain.strip()) if first else _spaced(m, name)

    def _consensus(self, space: str) -> ET.Element:
        marks = self.marks
        marks.has_consensus = True
        element = ET.Element("span", {"class": "consensus"})
        words = (
            f"{NBSP if space else ''}{marks.consensus_mark}" if marks.consensus_mark else f"{space}({marks.consensus})"
        )
        element.text = AtomicString(words)
        return element

    def _explained(self, m: re.Match[str], name: str, plain: str) -> ET.Element:
        outer = ET.Element("span")
        outer.text = m["space"] or ""
        term = ET.SubElement(outer, "dfn")
        term.text = AtomicString(name)
        term.tail = AtomicString(f" ({plain})") if self.marks.inline else ""
        return outer


def _spaced(m: re.Match[str], text: str) -> str:
    return (m["space"] or "") + text


def _with_breaks(made: ET.Element | str, count: int) -> ET.Element | str:
    """What a mark became, with as many line breaks as the mark held: those that it does not print are added."""
    if isinstance(made, str):
        return made + GONE * (count - breaks(made))
    missing = GONE * (count - breaks("".join(made.itertext())))
    last = made[-1] if len(made) else made
    if len(made):
        last.tail = AtomicString((last.tail or "") + missing)
    else:
        last.text = AtomicString((last.text or "") + missing)
    return made
