"""How the cost of the website grows with the number of leaflets.

    .venv/bin/python bench/site_scale.py [COPIES ...]

Copies every therapy so many times into a temporary folder (24 copies are 1,008 leaflets), and measures three runs of
`site`, in one edition: the first; one that makes the website anew from leaflets that are up to date; and one in which
nothing has changed. Quote ratios within one run: machines are noisy.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import records

ROOT = Path(__file__).resolve().parent.parent


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


def measured(copies: int) -> dict[str, Any]:
    """Seconds of the three runs, and what the website itself costs for each leaflet."""
    with tempfile.TemporaryDirectory() as name:
        folder = records.library(Path(name), copies)
        first, leaflets, files = seconds(folder)
        shutil.rmtree(folder / "output/site")
        (folder / "output/site.json").unlink()
        anew = seconds(folder)[0]
        nothing = seconds(folder)[0]
        heaviest = max((folder / "output/site").rglob("*.html"), key=lambda path: path.stat().st_size)
        return {"leaflets": leaflets, "files": files, "first_s": first, "anew_s": anew, "nothing_s": nothing,
                "ms_a_leaflet": 1000 * (anew - nothing) / leaflets, "heaviest": heaviest.name,
                "heaviest_bytes": heaviest.stat().st_size}  # fmt: skip


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[2]))))
        return
    copies = [int(one) for one in sys.argv[1:]] or [1, 6, 24]
    head = ("leaflets", "files", "first, s", "anew, s", "nothing, s", "ms a leaflet", "heaviest page, bytes")
    print("".join(f"{cell:>14}" for cell in head), flush=True)
    for number in copies:
        row = measured(number)
        print(f"{row['leaflets']:>14,}{row['files']:>14,}{row['first_s']:>14.1f}{row['anew_s']:>14.1f}", end="")
        print(f"{row['nothing_s']:>14.1f}{row['ms_a_leaflet']:>14.0f}", end="")
        print(f"{row['heaviest_bytes']:>14,} ({row['heaviest']})", flush=True)


if __name__ == "__main__":
    main()
