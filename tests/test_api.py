"""The public API: as a user's script calls it, and unchanged."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from library_case import LibraryCase, copy_of_leaflets

import printables

ROOT = Path(__file__).parent.parent
CHOICE = ["audiences", "clinic", "editions", "language", "region", "therapies", "today", "worksheets"]
PROBLEM = ["path", "line", "what", "mend", "severity", "rule", "therapy", "audience", "section", "who"]
LEAFLET = ["path", "title", "therapy", "worksheet", "audience", "edition", "language", "version", "good"]
BUILT = ["leaflets", "problems", "output", "rendered", "kept", "failed", "removed"]
PUBLIC = {
    "__version__": [],
    "load": ["content", "templates"],
    "check": sorted(["content", "templates", *CHOICE]),
    "build": sorted(["output", "content", "templates", *CHOICE, "formats", "release", "workers", "on_done"]),
    "Library": ["therapies", "worksheets", "audiences", "clinics", "regions", "problems"],
    "Leaflet": LEAFLET,
    "Problem": PROBLEM,
    "Report": ["leaflets", "problems"],
    "Built": BUILT,
    "PrintablesError": ["problems"],
}
"""Every public name, with its parameters or its fields. A line is changed here only as docs/api.md promises."""


def parts(name: str) -> list[str]:
    found = getattr(printables, name)
    if name == "__version__":
        return []
    if inspect.isfunction(found):
        return sorted(inspect.signature(found).parameters)
    if dataclasses.is_dataclass(found):
        return [field.name for field in dataclasses.fields(found)]
    return list(inspect.signature(found).parameters)


def test_no_public_name_has_changed() -> None:
    assert {name: parts(name) for name in printables.__all__} == {
        name: sorted(listed) if name in ("load", "check", "build") else listed for name, listed in PUBLIC.items()
    }
    assert dir(printables) == printables.__all__
    for name in ("Library", "Leaflet", "Problem", "Report", "Built"):
        assert getattr(printables, name).__dataclass_params__.frozen, name
    with pytest.raises(AttributeError, match="has no attribute 'biuld'"):
        printables.__getattr__("biuld")


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, printables; print([name for name in sys.modules if name.startswith('printables.')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n", "a repeated build must not wait for it"


SCRIPT = """
import printables

def main():
    library = printables.load("content", templates="templates")
    print(library.therapies["ipt"], sorted(library.audiences))
    for _ in range(2):
        built = printables.build(
            "out", "content", templates="templates", therapies=["ipt"], audiences=["teens"], workers=1
        )
        print(built.ok, len(built.rendered), len(built.kept), built.failed, built.leaflets[0].path)

if __name__ == "__main__":
    main()
"""


@pytest.mark.pdf
@pytest.mark.slow
def test_a_users_script_outside_of_the_project_builds_twice_and_prints_nothing_itself(tmp_path: Path) -> None:
    copy_of_leaflets(tmp_path)
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, "script.py"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Interpersonal psychotherapy ['adults', 'easy-read', 'parents', 'professionals', 'teens']",
        "True 1 0 () leaflets/teens/ipt-teens-en.pdf",
        "True 0 1 () leaflets/teens/ipt-teens-en.pdf",
    ]
    assert (tmp_path / "out/leaflets/teens/ipt-teens-en.pdf").read_bytes().startswith(b"%PDF-")


@pytest.fixture
def library(tmp_path: Path) -> LibraryCase:
    return LibraryCase(copy_of_leaflets(tmp_path))


def test_a_check_from_another_thread_lists_problems_and_raises_nothing(
    library: LibraryCase, capfd: pytest.CaptureFixture[str]
) -> None:
    line = library.replace("content/therapies/ipt.yaml", "    title:", '    title: ""', "titles:", "  teens:")
    found: list[printables.Report] = []
    content, templates = library.root / "content", str(library.root / "templates")
    worker = threading.Thread(target=lambda: found.append(printables.check(content, templates=templates)))
    worker.start()
    worker.join()
    (report,) = found
    assert not report.ok and any(one.line == line and one.what.endswith("This is blank.") for one in report.problems)
    assert capfd.readouterr() == ("", "")


def refusals(library: LibraryCase) -> dict[str, tuple[object, str]]:
    """What can be asked for in vain, and what is said."""
    content, templates = library.root / "content", library.root / "templates"
    some = library.root / "a-file"
    some.write_text("x", encoding="utf-8")
    return {
        "a folder that is not there": (
            lambda: printables.load(library.root / "nowhere"),
            f"{library.root / 'nowhere'}: There is no such folder. Name the folder that holds therapies/.",
        ),
        "a therapy": (
            lambda: printables.check(content, templates=templates, therapies=["ip"]),
            'arguments: There is no therapy "ip". Did you mean "ipt"?',
        ),
        "an edition": (
            lambda: printables.build("out", content, editions=["a3"]),
            (
                'arguments: There is no edition "a3". Use one of a4, letter, a5, then any of booklet, trifold,'
                " fold-marks, large-print, ink-saver, cream, duplex, private-cover."
            ),
        ),
        "a format": (
            lambda: printables.build("out", content, formats=["audio"]),
            'arguments: There is no format "audio" to ask for. There are: braille.',
        ),
        "an output that is a file": (
            lambda: printables.build(some, content, templates=templates, therapies=["ipt"]),
            f"{some}: A file stands where a folder is needed. Move that file away.",
        ),
    }


@pytest.mark.slow
def test_what_cannot_be_done_is_one_exception_with_its_problems(library: LibraryCase) -> None:
    for name, (ask, said) in refusals(library).items():
        with pytest.raises(printables.PrintablesError) as refused:
            ask()  # type: ignore[operator]
        assert str(refused.value) == said, name
        assert len(refused.value.problems) == 1
