"""Write docs/licences.md: under which licence each package of the locks comes, and what is passed on with leaflets.

    .venv/bin/python tools/licences.py [--check]

Read from what the packages say of themselves. Where they do not, or are for other systems and not installed here, it is
said below, from their own pages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
LOCKS = {
    "requirements.lock": "What every installation has",
    "requirements-web.lock": "The website's search, preview, visits to sources (extras `site`, `preview`, `sources`)",
    "requirements-cluster.lock": "Many machines (extra `cluster`)",
    "requirements-dev.lock": "Development only (extra `dev`)",
}
SAID = {
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "fontpkg-atkinson-hyperlegible": "OFL-1.1 (the typeface), MIT (its package)",
    "fontpkg-fira-sans": "OFL-1.1 (the typeface), MIT (its package)",
    "fontpkg-ibm-plex-sans-arabic": "OFL-1.1 (the typeface), MIT (its package)",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pymupdf-layout": "as pymupdf, of which it is an empty part",
    "pymupdf4llm": "as pymupdf, of which it is an empty part",
    "winloop": "MIT OR Apache-2.0",
    "pyreadline3": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "tzdata": "Apache-2.0",
}
"""What packages do not say, or say in whole pages."""
NAMES = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD",
    "BSD": "BSD",
    "MIT License": "MIT",
    "The Unlicense (Unlicense)": "Unlicense",
    "ISC License (ISCL)": "ISC",
    "ISC License": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""One name for each licence (SPDX)."""
HEAD = """# Licences

Made by `make licences` from what the packages say of themselves. The code of Printables is under the MIT licence, its
texts and leaflets under CC BY 4.0. Nothing of other people stands in the repository: what it uses arrives as
dependencies, pinned with hashes.

**In a leaflet** are the letters of Atkinson Hyperlegible and, where it lacks some, of Fira Sans, as a part of the PDF.
The SIL Open Font License 1.1 allows that without any condition for the leaflet. Nothing else of any package becomes
part of a leaflet. **On the website** are letters of Atkinson Hyperlegible as WOFF2 files, and Pagefind's search (MIT).

WeasyPrint loads Pango, HarfBuzz, GLib (LGPL or MIT-like) and fontconfig (MIT) from the system; `tools/setup.sh` says
which. They are not passed on with Printables.
"""


def packages(lock: Path) -> dict[str, str]:
    """Names and versions in a lock."""
    return dict(re.findall(r"(?m)^([a-z0-9][\w.-]*)==([\w.+!-]+)", lock.read_text(encoding="utf-8")))


def licence(name: str) -> str:
    """The licence of a package, as SPDX where that can be told; empty where nobody says."""
    if name in SAID:
        return SAID[name]
    try:
        about: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := about.get("License-Expression"):
        return str(expression)
    classes = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
    said = [one for one in classes if one != "OSI Approved"] or [(about.get("License") or "").partition("\n")[0]]
    return " AND ".join(NAMES.get(one.strip(), one.strip()) for one in said)


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_tables()]) + "\n"


def _tables() -> Iterator[str]:
    seen: set[str] = set()
    for lock, title in LOCKS.items():
        found = {name: version for name, version in packages(ROOT / lock).items() if name not in seen}
        seen |= found.keys()
        yield f"## {title}\n\n| package | version | licence |\n|---|---|---|"
        yield from (f"| {name} | {version} | {licence(name)} |" for name, version in sorted(found.items()))
        yield ""


def main() -> None:
    """The command."""
    made = page()
    silent = re.findall(r"\| (\S+) \| \S+ \|  \|", made)
    if silent:
        sys.exit(f"Nobody says under which licence these are: {', '.join(silent)}. Add them to SAID.")
    if "--check" in sys.argv[1:]:
        sys.exit(0 if PAGE.read_text(encoding="utf-8") == made else "docs/licences.md is out of date: make licences.")
    PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
