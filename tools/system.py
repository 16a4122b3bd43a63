"""What Printables needs of the system, beside Python's packages; called by tools/setup.sh.

    python3 tools/system.py missing LOCK          prints the Debian package of each library, program or font missing
    .venv/bin/python tools/system.py start LOCK   starts everything that the lock has had installed, once

A program that is there need not start: a browser's driver brings a Node.js of its own, which needs a library that
nothing else does. What does not start is said on stderr, with the Debian package that is missing; that is printed, too.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "pango-1.0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "pangoft2-1.0"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "harfbuzz-subset"),  # without it a leaflet takes twice as long
}
# Braille is optional for those who make leaflets, and tested by those who work on Printables. So are the browser, and
# Java and npm, with which the website is looked at.
DEV_LIBRARIES = {"liblouis20": ("liblouis.so.20", "louis")}
DEV_PROGRAMS = {"chromium": "chromium", "default-jre-headless": "java", "npm": "npm"}
if sys.platform == "linux":
    DEV_LIBRARIES["libatomic1"] = ("libatomic.so.1", "atomic")  # for the Node.js of the browser's driver
    DEV_PROGRAMS["strace"] = "strace"  # shows that a build reaches nobody; there is none elsewhere
DEV_FONTS: dict[str, str] = {}
FONT_FOLDER = Path("/usr/share/fonts")
if sys.platform == "linux":
    DEV_FONTS["fonts-dejavu-extra"] = "DejaVuMathTeXGyre.ttf"  # PDFium takes from it what the font of our forms lacks
LONGEST = 600
"""Seconds by the clock in which a program must have started: the machine may be busy."""


@dataclass(frozen=True)
class Program:
    """One that must start: what it is for, how it is called, and which others it needs for that."""

    name: str
    command: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broken:
    """A program that does not start, why, and the Debian packages of the libraries that it lacks."""

    name: str
    why: str
    packages: tuple[str, ...] = ()

    def __str__(self) -> str:
        debian = f" (on Debian: {' '.join(self.packages)})" if self.packages else ""
        return f"{self.name} does not start: {self.why}{debian}."


def missing(lock: str) -> Iterator[str]:
    """The Debian package of each library that cannot be loaded, each program and font, and of venv without pip."""
    dev = "dev" in lock
    for package, names in {**LIBRARIES, **(DEV_LIBRARIES if dev else {})}.items():
        if not _loads(*names):
            yield package
    for package, program in DEV_PROGRAMS.items() if dev else ():
        if shutil.which(program) is None:
            yield package
    for package, file in DEV_FONTS.items() if dev else ():
        if not any(FONT_FOLDER.rglob(file)):
            yield package
    if importlib.util.find_spec("ensurepip") is None:
        yield f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def _loads(soname: str, short: str) -> bool:
    for name in (soname, ctypes.util.find_library(short)):
        with contextlib.suppress(OSError):
            if name:
                ctypes.CDLL(name)
                return True
    return False


ENGINE = "from printables.typeset import engine"
BRAILLE = "from printables.pages.formats import liblouis; liblouis.version()"
BROWSER = """
import shutil
from playwright.sync_api import sync_playwright
with sync_playwright() as driver:
    browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()
    page.set_content("<title>It starts</title>")
    assert page.title() == "It starts"
    browser.close()
"""


def programs(lock: str) -> Iterator[Program]:
    """All that has been installed for this lock."""
    if lock.endswith("package-lock.json"):
        checker = ROOT / ".venv/web/node_modules/vnu-jar/build/dist/vnu.jar"
        yield Program("The checker of web pages (vnu.jar)", ("java", "-jar", str(checker), "--version"))
        return
    python = sys.executable
    yield Program("The typesetting engine", (python, "-c", ENGINE))
    if "web" in lock or "dev" in lock:
        from pagefind.service import get_executable

        yield Program("Pagefind, which makes the website's search,", (str(get_executable()), "--version"))
    if "dev" in lock:
        yield from _dev_programs(python)


def _dev_programs(python: str) -> Iterator[Program]:
    from playwright._impl._driver import compute_driver_executable

    node, driver = "The browser driver's Node.js", compute_driver_executable()[0]
    beside = Path(python).parent
    yield Program(node, (str(driver), "--version"))
    yield Program("Chromium", ("chromium", "--version"))
    yield Program("Chromium, driven as in the tests,", (python, "-c", BROWSER), (node, "Chromium"))
    yield Program("Java", ("java", "-version"))
    yield Program("npm", ("npm", "--version"))
    if "strace" in DEV_PROGRAMS:
        yield Program("strace", ("strace", "-V"))
    yield Program("Braille (liblouis)", (python, "-c", BRAILLE))
    yield Program("ruff", (str(beside / "ruff"), "--version"))
    yield Program("uv", (str(beside / "uv"), "--version"))


def broken(those: Sequence[Program]) -> list[Broken]:
    """Starts them one after the other. What needs one that does not start is not tried: one fault, one message."""
    found: dict[str, Broken] = {}
    for program in those:
        if not found.keys() & {*program.needs} and (one := started(program)):
            found[program.name] = one
    return list(found.values())


def started(program: Program) -> Broken | None:
    """Starts it once; None where all is well."""
    try:
        done = subprocess.run(  # noqa: S603 - our own list
            program.command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=LONGEST, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return Broken(program.name, f"{program.command[0]} is not there")
    except (OSError, subprocess.TimeoutExpired) as error:
        return Broken(program.name, str(error).rstrip("."))
    if done.returncode == 0:
        return None
    said = done.stderr.strip() or done.stdout.strip() or f"it ended with {done.returncode}"
    lost = dict.fromkeys([*LOST.findall(said), *_lost_by_the_loader(program.command[0])])
    if not lost:
        return Broken(program.name, said.splitlines()[-1][:300].rstrip("."))
    return Broken(program.name, f"{', '.join(lost)} cannot be loaded", tuple(dict.fromkeys(map(debian_package, lost))))


LOST = re.compile(r"(lib[\w.+-]+\.so(?:\.\d+)*): cannot open shared object file")


def _lost_by_the_loader(program: str) -> list[str]:
    """All libraries that a program lacks, where the system can list them: it says only the first one by itself."""
    tool, path = shutil.which("ldd"), shutil.which(program)
    if not (tool and path):
        return []
    done = subprocess.run([tool, path], capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    return re.findall(r"(\S+) => not found", done.stdout)


OTHERWISE = dict.fromkeys(("libglib-2.0.so.0", "libgobject-2.0.so.0", "libgio-2.0.so.0"), "libglib2.0-0")


def debian_package(soname: str) -> str:
    """The package that holds a library, by Debian's own rule (Policy 8.1): libatomic.so.1 is in libatomic1."""
    name, _, version = soname.partition(".so")
    name, version = name.lower().replace("_", "-"), version.lstrip(".")
    return OTHERWISE.get(soname) or f"{name}{'-' if version and name[-1].isdigit() else ''}{version}"


def main(arguments: Sequence[str]) -> int:
    """The command; see above."""
    what, lock = arguments
    if what == "missing":
        print(*missing(lock), sep="\n")
        return 0
    wrong = broken(list(programs(lock)))
    for one in wrong:
        print(one, file=sys.stderr)
    print(*dict.fromkeys(package for one in wrong for package in one.packages), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
