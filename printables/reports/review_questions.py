"""The items of three review instruments, by their own numbers and in our own short words.

DISCERN is about information on treatments, PEMAT-P and the CDC Clear Communication Index about printed material.
Reviewers need the instruments themselves: these words only identify the items.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReviewQuestion:
    """One item. `seen` lists what a program can find: blocks of a leaflet, or `@` and a measure."""

    number: int
    words: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewTool:
    """One instrument: its items and possible ratings."""

    name: str
    marks: tuple[str, ...]
    items: tuple[ReviewQuestion, ...]


DISCERN = ReviewTool(
    "DISCERN",
    ("1", "2", "3", "4", "5"),
    (
        ReviewQuestion(1, "Aims said", ("@purpose",)),
        ReviewQuestion(2, "Aims met"),
        ReviewQuestion(3, "Matters to the reader"),
        ReviewQuestion(4, "Sources named", ("sources", "@sources")),
        ReviewQuestion(5, "Age of the evidence given", ("@dates",)),
        ReviewQuestion(6, "Balanced, takes no side"),
        ReviewQuestion(7, "Leads on to more help and information", ("help-now", "sources")),
        ReviewQuestion(8, "Says what is not known", ("limitations",)),
        ReviewQuestion(9, "How the therapy works", ("overview", "focus", "techniques")),
        ReviewQuestion(10, "What it may bring", ("uses", "claims", "evidence")),
        ReviewQuestion(11, "What may go wrong", ("downsides",)),
        ReviewQuestion(12, "What may happen without it", ("no_treatment",)),
        ReviewQuestion(13, "What it means for everyday life"),
        ReviewQuestion(14, "More than one choice", ("alternatives",)),
        ReviewQuestion(15, "Helps to decide together", ("questions", "your_say")),
        ReviewQuestion(16, "All in all"),
    ),
)
PEMAT = ReviewTool(
    "PEMAT-P",
    ("agree", "disagree", "n/a"),
    (
        ReviewQuestion(1, "Purpose plain to see", ("@purpose",)),
        ReviewQuestion(2, "Nothing that leads away from it"),
        ReviewQuestion(3, "Everyday words", ("@level",)),
        ReviewQuestion(4, "Terms only where needed, and explained", ("@terms",)),
        ReviewQuestion(5, "Active voice", ("@passive",)),
        ReviewQuestion(6, "Numbers easy to grasp"),
        ReviewQuestion(7, "Nothing to work out"),
        ReviewQuestion(8, "Short sections", ("@headings",)),
        ReviewQuestion(9, "Headings that tell", ("@headings",)),
        ReviewQuestion(10, "In an order that makes sense"),
        ReviewQuestion(11, "A summary", ("main_message",)),
        ReviewQuestion(12, "Boxes, lists or bold lead the eye", ("@lists",)),
        ReviewQuestion(15, "Pictures wherever they would help"),
        ReviewQuestion(16, "Pictures that support the words"),
        ReviewQuestion(17, "Pictures with titles or captions"),
        ReviewQuestion(18, "Pictures clear and uncluttered"),
        ReviewQuestion(19, "Tables simple, with short headings", ("@tables",)),
        ReviewQuestion(20, "At least one thing to do", ("next_steps",)),
        ReviewQuestion(21, "Speaks to the reader", ("@you",)),
        ReviewQuestion(22, "Cut into steps", ("next_steps",)),
        ReviewQuestion(23, "Something to use, such as a list to tick", ("questions",)),
        ReviewQuestion(24, "How to do any sums"),
        ReviewQuestion(25, "How to use charts and tables for it"),
        ReviewQuestion(26, "Pictures wherever they make acting easier"),
    ),
)
CDC = ReviewTool(
    "CDC Clear Communication Index",
    ("yes", "no", "n/a"),
    (
        ReviewQuestion(1, "One main message", ("main_message",)),
        ReviewQuestion(2, "It stands at the top", ("@first",)),
        ReviewQuestion(3, "It stands out to the eye"),
        ReviewQuestion(4, "A picture supports it"),
        ReviewQuestion(5, "A call to act", ("next_steps",)),
        ReviewQuestion(6, "Message and call in the active voice", ("@passive",)),
        ReviewQuestion(7, "Words that these readers use", ("@level",)),
        ReviewQuestion(8, "Lists with points or numbers", ("@lists",)),
        ReviewQuestion(9, "Parts with headings", ("@headings",)),
        ReviewQuestion(10, "What matters most comes first", ("@first",)),
        ReviewQuestion(11, "What is known and what is not", ("evidence", "limitations")),
        ReviewQuestion(12, "Advice on what to do", ("next_steps",)),
        ReviewQuestion(13, "Why it matters to the reader"),
        ReviewQuestion(14, "How to do it", ("next_steps",)),
        ReviewQuestion(15, "Numbers of a kind that readers use"),
        ReviewQuestion(16, "What each number means"),
        ReviewQuestion(17, "Nothing to work out"),
        ReviewQuestion(18, "What the risk is and to whom", ("downsides",)),
        ReviewQuestion(19, "Risks and benefits both", ("claims", "downsides")),
        ReviewQuestion(20, "Chances also in words or as a picture"),
    ),
)
TOOLS = (DISCERN, PEMAT, CDC)
