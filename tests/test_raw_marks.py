"""Names, titles and labels are plain words: Markdown in them would be printed as it stands, so it is said."""

from __future__ import annotations

import json

import pytest
from library_case import IPT, LibraryCase

RIVERSIDE = "content/clinics/riverside.yaml"
GOALS = "content/worksheets/my-goals.yaml"
WHAT = 'Markdown is not read in a name, a title or a label; "{}" is printed as it stands. Take these signs out.'


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("About **IPT** for you", "**IPT**"),
        ("About **IPT for you", "**"),
        ("About IPT {@leeds-ipt}", "{@leeds-ipt}"),
        ("You have {=sessions} of it", "{=sessions}"),
        ("About {IPT|interpersonal therapy}", "{IPT|interpersonal therapy}"),
        ("See [our page](https://example.org/ipt)", "[our page](https://example.org"),
        ("### About IPT", "### "),
        ("You &amp; me", "&amp;"),
    ],
)
def test_a_title_with_markdown(case: LibraryCase, title: str, shown: str) -> None:
    line = case.replace(IPT, "    title:", f"    title: {json.dumps(title)}", "titles:")
    assert case.problems() == [f"{IPT}:{line}: {WHAT.format(shown)}"]
    library, _ = case.load()
    assert library and library.therapies["ipt"].titles["adults"].title == title, "it is a warning"


def test_a_name_that_yaml_joins_is_told_on_the_line_of_the_mark(case: LibraryCase) -> None:
    line = case.replace(RIVERSIDE, "name:", "name: Riverside Talking\n  Therapies **here**")
    assert case.problems() == [f"{RIVERSIDE}:{line + 1}: {WHAT.format('**here**')}"]


def test_labels_of_a_worksheet(case: LibraryCase) -> None:
    line = case.replace(GOALS, "    heading:", '    heading: {adults: "My **goals**", teens: "My **goals**"}')
    assert case.problems() == [f"{GOALS}:{line}: {WHAT.format('**goals**')}"] * 2


@pytest.mark.parametrize("title", ["5 * 5", "A*B*C", "s***", "{IPT}", "Why? [part 1]", "AT&T", "a_b_c", "#1"])
def test_what_is_no_markdown_stays_unsaid(case: LibraryCase, title: str) -> None:
    case.replace(IPT, "    title:", f"    title: {json.dumps(title)}", "titles:")
    assert case.problems() == []
