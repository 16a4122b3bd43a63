"""Tag a release: an annotated Git tag with the version and the text of the newest heading in CHANGELOG.md.

    python3 tools/tag.py [COMMIT]       # tag this commit, usually the one that is checked out
    python3 tools/tag.py --check TAG    # fail where TAG is not the version of the commit that is checked out

Both read the files of the commit, not those of the working folder. Needs nothing but Python and Git.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import NoReturn

CHANGES = "CHANGELOG.md"
VERSION = "printables/__init__.py"


@dataclass(frozen=True)
class Release:
    """The newest heading of the changelog at one commit."""

    version: str
    notes: str
    """The text below the heading, as it stands there."""

    @property
    def tag(self) -> str:
        """The name of its tag."""
        return f"v{self.version}"


def main() -> None:
    """Run the command."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--check"] and len(arguments) == 2:
        check(arguments[1])
    elif len(arguments) <= 1 and not "".join(arguments).startswith("-"):
        make(*arguments)
    else:
        sys.exit(__doc__)


def make(commit: str = "HEAD") -> None:
    """Make the tag of a commit's newest version."""
    release = read_release(commit)
    if git("tag", "--list", release.tag):
        stop("git", f"The tag {release.tag} is there already", "Give the changes since then a new version")
    message = f"Printables {release.version}\n\n{release.notes}\n"
    # Verbatim, since Git takes lines that begin with # for comments.
    git("tag", "--annotate", "--cleanup=verbatim", "--file=-", release.tag, commit, text=message)
    print(f"Tagged {git('rev-parse', '--short', commit)} as {release.tag}. Push it with: git push origin {release.tag}")


def check(tag: str) -> None:
    """End with an error where a tag is not the version of what is checked out."""
    release = read_release("HEAD")
    if tag != release.tag:
        what = f'The tag is "{tag}", and the version is {release.version}'
        stop("git", what, "Remove the tag, and make it with: make tag")
    print(f"{tag} is the version in {VERSION} and in {CHANGES}.")


def read_release(commit: str) -> Release:
    """Return the newest release of a commit's changelog. Ends where it has no number, or the code has another one."""
    changes = git("show", f"{commit}:{CHANGES}")
    headings = list(re.finditer(r"^## (.+)$", changes, re.MULTILINE))
    if not headings:
        stop(CHANGES, "There is no heading with a version", "Write one, such as: ## 1.2.0")
    newest, end = headings[0], headings[1].start() if headings[1:] else len(changes)
    version = newest[1].strip()
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        line = changes[: newest.start()].count("\n") + 1
        mend = f"Write a number there, such as 1.2.0, and the same in {VERSION}"
        stop(f"{CHANGES}:{line}", f'"{version}" is not a version', mend)
    code = re.search(r'^__version__ = "(.*)"$', git("show", f"{commit}:{VERSION}"), re.MULTILINE)
    if code is None or code[1] != version:
        stop(VERSION, f"The version is not {version}, the newest in {CHANGES}", "Write the same number in both")
    return Release(version, changes[newest.end() : end].strip())


def git(*arguments: str, text: str | None = None) -> str:
    """Run Git and return what it printed, without the last line's end. Where it fails, end with what it said."""
    program = shutil.which("git")
    if program is None:
        stop("git", "The program is not installed", "Install it")
    done = subprocess.run([program, *arguments], input=text, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        sys.exit(done.stderr.strip())
    return done.stdout.rstrip("\n")


def stop(where: str, what: str, mend: str) -> NoReturn:
    """End with one error."""
    sys.exit(f"error: {where}: {what}. {mend}.")


if __name__ == "__main__":
    main()
