"""A library of 40 records, 7 of them bad, each in another way: 33 are made, 7 are named, in bounded time and memory.

Four are bad for the engine itself. What a record may say is limited so that it cannot do that any more; so a template
does it where the record's id asks for it, as a template with a mistake might.
"""

from __future__ import annotations

import base64
import os
import re
import resource
import sys
import threading
from pathlib import Path

import pytest
from guarded_case import run, told
from hostile_build import png
from library_case import IPT, copy_of_ours
from torture import children

GOOD = 33
MEMORY = 300 * 2**20
PRINTING = 8.0
"""Seconds of processor time. The endless drawing grows to `MEMORY` in 13, and must meet this limit before."""
BAD = {
    "endless-loop": r"it takes more than 3 seconds of processor time\. Look for loops inside loops",
    "endless-drawing": r"Printing this page took more than 8 seconds of processor time, twice\.",
    "all-memory": r"Printing this page took more than 300 MiB of memory, twice\.|crashed, twice\.|MemoryError",
    "engine-abort": r"The program that prints this page crashed, twice\.|300 MiB of memory, twice\.",
    "pixel-bomb": r'The leaflet asks for "data:image/png;base64,.*", which is not among its own files\.',
    "deep-yaml": r"The file is nested deeper than 20 levels\.",
    "no-summary": r"sections\.overview\.adults: This is blank\.",
}
"""What is said of each."""
TEMPLATE = """{% extends "default/adults/leaflet.html" %}
{% block pointer %}{{ super() }}
{% set id = leaflet.item.therapy %}
{% if id == "endless-loop" %}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}
{% if id == "endless-drawing" %}<svg viewBox="0 0 9 9"><title>A bomb</title><defs>
<g id="a0"><rect width="1" height="1"/></g>{% for n in range(1, 10) %}<g id="a{{ n }}">
{% for _ in range(10) %}<use href="#a{{ n - 1 }}"/>{% endfor %}</g>{% endfor %}</defs><use href="#a9"/></svg>{% endif %}
{% if id == "all-memory" %}<div style="display: grid; grid-template-columns: repeat(30000000, 1px)"></div>{% endif %}
{% if id == "engine-abort" %}<style>.pointer::after { white-space: nowrap; content: "{% for _ in range(99999) -%}
word word word word word word {% endfor %}" }</style>{% endif %}
{% if id == "pixel-bomb" %}<img alt="A bomb" src="data:image/png;base64,@BOMB@">{% endif %}
{% endblock %}
"""


def library(folder: Path) -> Path:
    """40 records, all but 7 of them good."""
    copy_of_ours(folder)
    ours = (folder / IPT).read_text(encoding="utf-8")
    (folder / IPT).unlink()
    names = [*(f"good-{number}" for number in range(GOOD)), *BAD]
    for number, name in enumerate(names):
        text = ours.replace("\nid: ipt\n", f"\nid: {name}\n", 1).replace("\ncode: IPT", f"\ncode: T{number}", 1)
        if name == "deep-yaml":
            text += f"notes: {'[' * 30}{']' * 30}\n"
        if name == "no-summary":
            text = re.sub(r"(?m)^(  overview:\n    adults:) \|\n(      .*\n|\n)+", r'\1 "  "\n', text, count=1)
        (folder / f"content/therapies/{name}.yaml").write_text(text, encoding="utf-8")
    bomb = base64.b64encode(png(20_000, 20_000)).decode()
    (folder / "templates/adults/leaflet.html").write_text(TEMPLATE.replace("@BOMB@", bomb), encoding="utf-8")
    for kind in ("clinics", "packs"):
        for path in (folder / "content" / kind).glob("*.yaml"):
            path.unlink()
    return folder


class Watch(threading.Thread):
    """The most memory that any process below this one has at any moment, in bytes (Linux)."""

    def __init__(self, mine: int) -> None:
        super().__init__(daemon=True)
        self.mine, self.most, self.over = mine, 0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            for pid in children(self.mine):
                try:
                    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
                except (OSError, IndexError):
                    continue
                self.most = max(self.most, 4096 * pages)


@pytest.mark.pdf
@pytest.mark.long
def test_the_bad_ones_are_named_and_all_others_are_made(tmp_path: Path) -> None:
    folder = library(tmp_path)
    watch = Watch(os.getpid())
    watch.start()
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = run(folder, "build", "--audience", "adults", COMPOSING=3.0, PRINTING=PRINTING, MEMORY=MEMORY)
    worked = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began
    watch.over.set()
    assert done.code == 1 and "Traceback" not in done.said and done.refused == (), told(done)
    made = {path.stem.removesuffix("-adults-en") for path in (folder / "output/leaflets/adults").glob("*.pdf")}
    assert made == {f"good-{number}" for number in range(GOOD)}, told(done)
    errors = [line for line in done.said.splitlines() if line.startswith("error")]
    for name, what in BAD.items():
        assert any(re.search(what, line) and _names(line, name) for line in errors), (name, told(done))
    assert worked < 300, "seconds of all processes together"
    if sys.platform == "linux":
        assert watch.most < 2 * MEMORY, "what grows faster than one looks meets the system's limit"


def _names(line: str, name: str) -> bool:
    """The record, or the template's line for the page that a template cannot fill in."""
    return f"therapies/{name}.yaml:" in line or (name == "endless-loop" and "templates/adults/leaflet.html:" in line)
