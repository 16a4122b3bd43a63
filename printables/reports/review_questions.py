"""What three instruments ask of a leaflet, by their own numbers and in our own short words.

DISCERN is about information on treatments, PEMAT-P and the CDC Clear Communication Index about printed material.
Whoever fills in a sheet needs the instrument itself beside it: these words only say which item is meant.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One item. `seen` names what a program can look for: blocks of a leaflet, or `@` and a measure."""

    number: int
    words: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tool:
    """One instrument: its items, and the marks that can be given."""

    name: str
    marks: tuple[str, ...]
    items: tuple[Item, ...]


DISCERN = Tool(
    "DISCERN",
    ("1", "2", "3", "4", "5"),
    (
        Item(1, "Aims said", ("@purpose",)),
        Item(2, "Aims met"),
        Item(3, "Matters to the reader"),
        Item(4, "Sources named", ("sources", "@sources")),
        Item(5, "Age of the evidence given", ("@dates",)),
        Item(6, "Balanced, takes no side"),
        Item(7, "Leads on to more help and information", ("help-now", "sources")),
        Item(8, "Says what is not known", ("limitations",)),
        Item(9, "How the therapy works", ("overview", "focus", "techniques")),
        Item(10, "What it may bring", ("uses", "claims", "evidence")),
        Item(11, "What may go wrong", ("downsides",)),
        Item(12, "What may happen without it", ("no_treatment",)),
        Item(13, "What it means for everyday life"),
        Item(14, "More than one choice", ("alternatives",)),
        Item(15, "Helps to decide together", ("questions", "your_say")),
        Item(16, "All in all"),
    ),
)
PEMAT = Tool(
    "PEMAT-P",
    ("agree", "disagree", "n/a"),
    (
        Item(1, "Purpose plain to see", ("@purpose",)),
        Item(2, "Nothing that leads away from it"),
        Item(3, "Everyday words", ("@level",)),
        Item(4, "Terms only where needed, and explained", ("@terms",)),
        Item(5, "Active voice", ("@passive",)),
        Item(6, "Numbers easy to grasp"),
        Item(7, "Nothing to work out"),
        Item(8, "Short sections", ("@headings",)),
        Item(9, "Headings that tell", ("@headings",)),
        Item(10, "In an order that makes sense"),
        Item(11, "A summary", ("main_message",)),
        Item(12, "Boxes, lists or bold lead the eye", ("@lists",)),
        Item(15, "Pictures wherever they would help"),
        Item(16, "Pictures that support the words"),
        Item(17, "Pictures with titles or captions"),
        Item(18, "Pictures clear and uncluttered"),
        Item(19, "Tables simple, with short headings", ("@tables",)),
        Item(20, "At least one thing to do", ("next_steps",)),
        Item(21, "Speaks to the reader", ("@you",)),
        Item(22, "Cut into steps", ("next_steps",)),
        Item(23, "Something to use, such as a list to tick", ("questions",)),
        Item(24, "How to do any sums"),
        Item(25, "How to use charts and tables for it"),
        Item(26, "Pictures wherever they make acting easier"),
    ),
)
CDC = Tool(
    "CDC Clear Communication Index",
    ("yes", "no", "n/a"),
    (
        Item(1, "One main message", ("main_message",)),
        Item(2, "It stands at the top", ("@first",)),
        Item(3, "It stands out to the eye"),
        Item(4, "A picture supports it"),
        Item(5, "A call to act", ("next_steps",)),
        Item(6, "Message and call in the active voice", ("@passive",)),
        Item(7, "Words that these readers use", ("@level",)),
        Item(8, "Lists with points or numbers", ("@lists",)),
        Item(9, "Parts with headings", ("@headings",)),
        Item(10, "What matters most comes first", ("@first",)),
        Item(11, "What is known and what is not", ("evidence", "limitations")),
        Item(12, "Advice on what to do", ("next_steps",)),
        Item(13, "Why it matters to the reader"),
        Item(14, "How to do it", ("next_steps",)),
        Item(15, "Numbers of a kind that readers use"),
        Item(16, "What each number means"),
        Item(17, "Nothing to work out"),
        Item(18, "What the risk is and to whom", ("downsides",)),
        Item(19, "Risks and benefits both", ("claims", "downsides")),
        Item(20, "Chances also in words or as a picture"),
    ),
)
TOOLS = (DISCERN, PEMAT, CDC)
