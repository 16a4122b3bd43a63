"""The pages of the website against the rules that html-validate recommends, which know of landmarks and classes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from site_case import ROOT, shared

HTML_VALIDATE = ROOT / ".venv/web/node_modules/.bin/html-validate"
RULES: dict[str, Any] = {
    # Names of elements are small everywhere in our pages, and so is this one; HTML does not distinguish.
    "doctype-style": ["error", {"style": "lowercase"}],
    # Groups of figures are kept together by hard spaces (`with_whole_numbers`). The verb before them may stand on
    # the line before: large letters on a narrow screen have no room for both.
    "tel-non-breaking": ["error", {"ignoreClasses": ["reach"]}],
    # A title is its page's heading, and "Eye movement desensitisation and reprocessing" has to stand in it whole.
    "long-title": ["error", {"maxlength": 90}],
    # Worksheets and the print desk are forms to fill in, and nothing of them is sent: a button to send would mislead.
    "wcag/h32": "off",
}
"""The recommended rules that we keep otherwise, each with its reason."""

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.skipif(not HTML_VALIDATE.exists(), reason="html-validate is not installed; make test does it"),
]


def faults(folder: Path, *pages: Path) -> list[str]:
    """What html-validate says of these pages, with the rule."""
    config = folder / "rules.json"
    rules = {"root": True, "extends": ["html-validate:recommended"], "rules": RULES}
    config.write_text(json.dumps(rules), encoding="utf-8")
    command = [str(HTML_VALIDATE), "--config", str(config), "--formatter", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    assert done.stdout, done.stderr
    return [
        f"{Path(one['filePath']).name}:{said['line']}: {said['ruleId']}: {said['message']}"
        for one in json.loads(done.stdout)
        for said in one["messages"]
    ]


def test_every_page_keeps_the_recommended_rules(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = shared(tmp_path_factory) / "output/site"
    pages = [path for path in site.rglob("*.html") if "fragments" not in path.parts]
    assert len(pages) > 25
    assert faults(tmp_path, *pages) == []


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<section class="one one"><h2>Words</h2></section>', "no-dup-class"),
        ('<nav aria-label="Menu"></nav><nav aria-label="Menu"></nav>', "unique-landmark"),
        ('<a href="tel:111">call 111 now</a>', "tel-non-breaking"),
        ("<button>Go</button>", "no-implicit-button-type"),
    ],
)
def test_a_fault_is_found(markup: str, rule: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    head = '<!doctype html>\n<html lang="en">\n<head><title>Words</title></head>\n'
    page.write_text(f"{head}<body><main>{markup}</main></body>\n</html>\n", encoding="utf-8")
    assert {one.split(": ")[1] for one in faults(tmp_path, page)} == {rule}
