"""On which line of a file a problem about a sentence is said: that on which the sentence's first word stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from library_case import IPT, ROOT, TODAY, copy_of_content
from test_markup import marks

from printables.checks.language import profile, reading
from printables.checks.text import by_section
from printables.library.library import Place
from printables.library.yaml_reader import read_yaml
from printables.pages.compose.markup import Converter
from printables.pipeline import build
from printables.plan import Choice

LONG = "out is something that many people find hard to do on the days when all of it feels far too much for them"
"""With a word before it, and a full stop behind it, a sentence that is too long for teenagers."""
WORKSHEET = "content/worksheets/my-goals.yaml"


def checked(folder: Path, words: str, file: str = IPT, where: str = "overview") -> list[tuple[int, str]]:
    """Line and words of each problem where the teenagers' words of one text are `words`, as YAML behind `teens:`."""
    copy_of_content(folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    old = re.compile(rf"(?ms)^(?P<head> *{where}:\n.*?^(?P<indent> +)teens:)[^\n]*\n(?:(?P=indent) [^\n]*\n|\n)*")
    indent = f"{old.search(text)['indent']}  "  # type: ignore[index]
    head, *below = filled(words).split("\n")
    made = "\n".join([f" {head}", *(f"{indent}{line}" if line else "" for line in below)])
    path.unlink()
    path.write_text(old.sub(lambda found: f"{found['head']}{made}\n", text, count=1), encoding="utf-8")
    options = build.Options(folder / "content", ROOT / "templates", folder / "output", TODAY, Choice((), ("teens",)))
    found = build.check(options).problems
    return [(problem.line, problem.what) for problem in found if problem.path == path.as_posix()]


def told(folder: Path, words: str, what: str = 'The sentence "', **where: str) -> list[int]:
    """The lines of the problems that begin with `what`."""
    return [line for line, said in checked(folder, words, **where) if said.startswith(what)]


def holding(folder: Path, text: str, file: str = IPT) -> list[int]:
    """The lines of the file that hold a text."""
    lines = (folder / file).read_text(encoding="utf-8").split("\n")
    return [number for number, line in enumerate(lines, 1) if text in line]


WORDS = {
    "two that open alike": ("|\nYou.\nWALK at school.\nIt helps.\nWALK at home.\n\nWALK there."),
    "the same twice": "|\nYou.\nWALK.\nIt helps.\nWALK.\n\nIt helps.\nWALK.",
    "folded": ">\nYou can do it. Well,\nsay so. WALK.\nIt helps. Or not.\n\nIt helps, you see.\nWALK.",
    "folded, with a bracket of its own": ">-\n\nYou > 7.\nWALK.\nNo.\nWALK.",
    "plain": "You can do it. Well,\nsay so. WALK.\nIt helps. Yes, it does.\nWALK.",
    "in double quotes": '"You can \\"do\\" it. Well,\nsay \\u201cso\\u201d. WALK.\n\nIt helps.\nWALK."',
    "in double quotes, with an escaped line end": '"  You can do it. Well,\\\n   say. WALK.\nWALK."',
    "in double quotes, on one line": '"You can.\\n\\nWALK."',
    "in single quotes": "'You don''t. It''s\nso. WALK.\nIt''s help.\n\nWALK.'",
    "a list": "|\nYou:\n\n- WALK.\n- It helps.\n  WALK.\n- WALK.\n\n    WALK.",
    "a nested list": ("|\nYou:\n\n- It helps.\n    - WALK.\n    - It helps.\n      WALK.\n- WALK.\n\nNo.\nWALK."),
    "a list right below a sentence": "|\nYou:\n- WALK.\n- It helps.\n\n\nIt helps.\nWALK.",
    "a numbered list": "|\nYou:\n1) It helps.\n2) WALK.\n\n1984. It helps.\nWALK.",
    "bullets of a word processor": "|\nYou:\n• It helps.\n• WALK.\no\tWALK.",
    "a heading": "|\nYou.\n\n### It helps\nNo.\nWALK.\n\nWALK.",
    "bold": "|\nYou **can\ndo it**. **Well**.\n**Walking** OUT.\nIt **helps. WALK\nand so on**. Yes.\nWALK.",
    "sources": (
        "|\nYou can {@leeds-ipt}.\nWALK\n{@leeds-ipt}. It\nhelps {@leeds-ipt}. WALK\n\n"
        "{@leeds-ipt}\nIt helps\n{@leeds-ipt}. WALK."
    ),
    "sources in folded words": (">\nYou can\n{@leeds-ipt}. WALK\n{@leeds-ipt}. It\nhelps.\nWALK\n{@leeds-ipt}."),
    "terms": (
        "|\nYou {mood|how you\nfeel now}. Well.\nWALK.\nAn {odd\nterm|of\ntwo lines}. WALK.\n"
        "Now {odd\nterm|of\ntwo lines}. WALK."
    ),
    "terms in folded words": ">\nYou {mood|how you\nfeel now}. Well.\nWALK.\nA {mood|x\ny}. WALK.",
    "facts": "|\nYou have\n{=sessions}. Well.\nWALK.\nIt has {=sessions}. WALK\n{=sessions}. WALK.",
    "consensus": "|\nYou can\n{consensus}. Well.\nWALK.\nIt helps\n{consensus}. WALK.",
    "entities and escapes": "|\nYou &amp; me.\nWALK.\nMe &lt; you\\*.\nWALK.\n\n\\*WALK.",
    "links": (
        '|\nYou [read\nthis](https://example.org). Well.\nWALK.\n[Read](https://example.org\n"a title"). No.\n'
        "WALK. [See](#a). WALK."
    ),
    "leading empty lines": "|\n\n\nYou.\nWALK.\n\n\n\nWALK.",
    "indented": "|2\n  You.\n  WALK.\n\n   WALK.",
}
"""The words of a text as YAML behind its key. WALK stands for a sentence that is too long, OUT for all of it
but its first word."""


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_every_sentence_has_the_line_of_its_first_word(words: str) -> None:
    head, *below = filled(words).split("\n")
    file = "\n".join(["teens: " + head, *(f"  {line}" if line else "" for line in below), "adults: x", ""])
    document, _ = read_yaml(file.encode(), "r.yaml")
    assert document
    assert isinstance(document.value, dict)
    text = str(document.value["teens"]).strip("\n")
    place = Place(document.path, document.text_line(("teens",)), document.text_rows.get(("teens",), ()))
    converted = Converter(marks()).read(text, place)
    found = [
        block.line_at(at)
        for block in converted.blocks
        for at, sentence in reading.sentences_at(block.text, profile("en"))
        if sentence.startswith("Walking")
    ]
    assert found == sorted(found)
    assert set(found) == {at for at, line in enumerate(file.split("\n"), 1) if "Walking" in line}
    assert [block.text for block in converted.blocks] == by_section(converted.html)[""].split("\n")


WHOLE = ("two that open alike", "the same twice", "folded", "in double quotes")


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
def test_a_sentence_that_is_too_long_is_told_there(tmp_path: Path, name: str) -> None:
    found = told(tmp_path, WORDS[name])
    assert found == holding(tmp_path, "Walking")
    assert found


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
def test_a_sentence_of_a_worksheet_as_well(tmp_path: Path, name: str) -> None:
    found = told(tmp_path, WORDS[name], file=WORKSHEET, where="start")
    assert found == holding(tmp_path, "Walking", WORKSHEET)
    assert found


OTHERS = {
    "The range": "|\nLook 2-3 times.\nIt helps you.\nLook 2-3 times.",
    "An exclamation mark": "|\nYou do it.\nSo you do it.\nSo you do it, Look!",
    "A picture character": "|\nYou do it.\nSo you do it, and\nLook \u263a.",
    "The acronym": "|\nYou do it.\nYou do it, and Look, an XQZ.\nAn XQZ.",
    "The paragraph": "|\nYou do it.\n\nLook. Do it. Do it. Do it. Do it.\n\nLook. Do it. Do it. Do it. Do it.",
    "The sentence speaks of evidence": (
        "|\nYou **do it**. It\nhelps. See, a study\nsays so {@leeds-ipt}. Look, a\nstudy says so.\n\n- It does.\n"
        "- Look, a study says so."
    ),
    '"111"': ">\nYou can\ndo it, or you can\ncall Look 111.\nAnd so on.",
    'There is no source "nothing"': "|\nYou do Look {@nothing}.\nYou do it.\nYou do Look {@nothing}.",
    'The term "Nothing"': "|\nYou do Look {Nothing}.\nYou do it.\nYou do Look {Nothing}.",
}
"""What another problem begins with, and words that have it on each line with "Look"."""


@pytest.mark.slow
@pytest.mark.parametrize("what", OTHERS)
def test_other_problems_are_told_on_their_lines(tmp_path: Path, what: str) -> None:
    assert told(tmp_path, OTHERS[what], what) == holding(tmp_path, "Look")


def filled(words: str) -> str:
    """The words with sentences in the place of WALK and OUT."""
    return words.replace("WALK", "Walking OUT").replace("OUT", LONG)
