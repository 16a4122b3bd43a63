"""How the cost of the website grows with the number of leaflets.

    .venv/bin/python bench/site_scale.py [COPIES ...]

Copies every therapy so many times into a temporary folder (24 copies are 1,008 leaflets), and measures three runs of
`site`, in one edition: the first; one that makes the website anew from leaflets that are up to date; and one in which
nothing has changed. Quote ratios within one run: machines are noisy.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copied(folder: Path, copies: int) -> None:
    """Our content below `folder`, each therapy `copies` times under other names."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    conditions = folder / "content/conditions.yaml"
    known = conditions.read_text(encoding="utf-8")
    entries = known.partition("conditions:\n")[2]
    for number in range(2, copies + 1):  # a library of other therapies is one about other problems
        known += re.sub(r"(?m)^(  - id: .*|    part_of: .*)$", rf"\1-{number}", entries)
    conditions.write_text(known, encoding="utf-8")
    for path in (ROOT / "content/therapies").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for number in range(2, copies + 1):
            named = re.sub(r"(?m)^id: .*$", f"id: {path.stem}-{number}", text, count=1)
            named = re.sub(r"(?m)^(code: .*)$", rf"\g<1>{number}", named, count=1)
            named = re.sub(r"(?m)^(    condition: .*)$", rf"\1-{number}", named)
            (folder / f"content/therapies/{path.stem}-{number}.yaml").write_text(named, encoding="utf-8")


def seconds(folder: Path) -> tuple[float, int, int]:
    """How long `site` takes; the number of leaflets, and of the files of the website."""
    command = [sys.executable, str(ROOT / "make_printables.py"), "site", "--edition", "a4", "--json"]
    began = time.monotonic()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    answer = json.loads(done.stdout)
    leaflets = [path for path in (*answer["rendered"], *answer["kept"]) if path.startswith("leaflets/")]
    return took, len(leaflets), len(answer["site"]["made"]) + len(answer["site"]["kept"])


def measured(copies: int) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder, copies)
        first, leaflets, files = seconds(folder)
        shutil.rmtree(folder / "output/site")
        (folder / "output/site.json").unlink()
        site = seconds(folder)[0]
        nothing = seconds(folder)[0]
        heaviest = max((folder / "output/site").rglob("*.html"), key=lambda path: path.stat().st_size)
        weight = f"{heaviest.stat().st_size:,} ({heaviest.name})"
    own = site - nothing
    return (
        f"{leaflets:,}",
        f"{files:,}",
        f"{first:.1f}",
        f"{site:.1f}",
        f"{nothing:.1f}",
        f"{1000 * own / leaflets:.0f}",
        weight,
    )


def main() -> None:
    copies = [int(one) for one in sys.argv[1:]] or [1, 6, 24]
    head = ("leaflets", "files", "first, s", "anew, s", "nothing, s", "ms a leaflet", "heaviest page, bytes")
    print("".join(f"{cell:>14}" for cell in head), flush=True)
    for number in copies:
        print("".join(f"{cell:>14}" for cell in measured(number)), flush=True)


if __name__ == "__main__":
    main()
