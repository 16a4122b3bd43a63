"""The environment: what it is made of, that each part changes it, and that nothing outlives a change of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pytest
from import_case import imports
from library_case import copy_of_leaflets

from printables.cache import store, up_to_date
from printables.cache.environment import environment, printing
from printables.typeset import native

ROOT = Path(__file__).resolve().parent.parent
SHOW = "import json; from printables.cache.environment import environment; print(json.dumps(environment()))"


def elsewhere(script: str, variables: Mapping[str, str] | None = None, home: Path = ROOT) -> str:
    """What a script says in a process of its own, with the code in `home`."""
    more = variables or {}
    paths = os.pathsep.join(filter(None, [str(home), more.get("PYTHONPATH")]))
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=home,
        env={**os.environ, **more, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def seen(variables: Mapping[str, str] | None = None, home: Path = ROOT) -> dict[str, str]:
    found: dict[str, str] = json.loads(elsewhere(SHOW, variables, home))
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def other_pango(folder: Path) -> dict[str, str]:
    """A Pango that says another version of itself, and the variable that leads to it."""
    path = next(Path(file) for file in native.files() if "libpango-1.0" in file)
    version = native.versions()["pango"].encode()
    newer = version[:-1] + (b"8" if version.endswith(b"9") else b"9")
    folder.mkdir(parents=True)
    (folder / "libpango-1.0.so.0").write_bytes(path.read_bytes().replace(version + b"\0", newer + b"\0"))
    return {"LD_LIBRARY_PATH": str(folder)}


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="leads to another library by a variable of Linux")


def test_it_holds_code_packages_fonts_and_libraries() -> None:
    whole = environment()
    assert {"python", "zlib", "printables", "fonts", "libraries"} <= whole.keys()
    assert {library.name for library in native.LIBRARIES} <= whole.keys() and "absent" not in whole.values()
    for package in ("weasyprint", "tinycss2", "jinja2", "markdown", "fontpkg-atkinson-hyperlegible", "pillow"):
        assert whole[package] == metadata.version(package) or package.startswith("fontpkg"), package


@pytest.mark.slow
def test_it_is_the_same_in_another_process_and_needs_no_engine() -> None:
    assert seen() == environment()
    loaded = elsewhere(
        "import sys; from printables.cache.environment import environment, files; environment(); files();"
        "print('weasyprint' in sys.modules)"
    )
    assert loaded == "False"


@pytest.mark.slow
def test_another_line_of_our_code_changes_it(tmp_path: Path) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "_data")
    shutil.copytree(ROOT / "printables", tmp_path / "printables", ignore=ignore)
    assert seen(home=tmp_path) == environment()
    with (tmp_path / "printables/packs/style.py").open("a", encoding="utf-8") as module:
        module.write("# a word\n")
    assert changed(seen(home=tmp_path), dict(environment())) == {"printables"}


def test_a_package_more_changes_it(tmp_path: Path) -> None:
    packages = tmp_path / "site-packages"
    (packages / "Some_Package-1.2.dist-info").mkdir(parents=True)
    found = seen({"PYTHONPATH": str(packages)})
    assert changed(found, dict(environment())) == {"some-package"} and found["some-package"] == "1.2"


@linux_only
def test_another_version_of_a_library_changes_it(tmp_path: Path) -> None:
    found = seen(other_pango(tmp_path / "lib"))
    assert changed(found, dict(environment())) == {"pango", "libraries"}


@pytest.mark.slow
@linux_only
def test_another_build_of_the_same_version_changes_it(tmp_path: Path) -> None:
    path = next(Path(file) for file in native.files() if "libfreetype" in file)
    shutil.copy2(path, tmp_path / path.name)
    (tmp_path / "libfreetype.so.6").symlink_to(path.name)
    assert seen({"LD_LIBRARY_PATH": str(tmp_path)}) == environment(), "a copy is the same"
    (tmp_path / path.name).touch()
    assert changed(seen({"LD_LIBRARY_PATH": str(tmp_path)}), dict(environment())) == {"libraries"}


@pytest.mark.slow
def test_everything_that_typesetting_imports_must_be_alike_on_all_machines() -> None:
    asked = set(printing())
    packages = {name: found for name, found in metadata.packages_distributions().items() if name != "printables"}
    used = {
        package.lower().replace("_", "-")
        for path in (ROOT / "printables/typeset").rglob("*.py")
        for name in imports(path.read_text(encoding="utf-8"))
        for package in packages.get(name.split(".")[0], ())
    }
    assert {"weasyprint", "pydyf", "pypdfium2"} <= used <= asked
    assert {"cssselect2", "pyphen", "pango", "freetype", "zlib", "printables", "fonts"} <= asked
    assert not {"pytest", "mypy", "dask", "python"} & asked


# Nothing that was remembered outlives it


def run(folder: Path, *arguments: str, **variables: str) -> dict[str, list[str]]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "make_printables.py"), *arguments, "--json"],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, list[str]] = json.loads(done.stdout)
    return said


BUILD = ("build", "--therapy", "ipt", "--audience", "professionals")


@linux_only
@pytest.mark.pdf
def test_after_an_upgrade_of_pango_everything_is_made_again(tmp_path: Path) -> None:
    """Neither the stamps nor what is remembered of the records nor the manifest may say that all is well."""
    copy_of_leaflets(tmp_path)
    run(tmp_path, *BUILD)
    time.sleep(up_to_date.SETTLED / 1e9)
    first = run(tmp_path, *BUILD)
    assert first["kept"] and (tmp_path / "output" / up_to_date.NAME).exists()
    upgraded = other_pango(tmp_path / "lib")
    assert run(tmp_path, *BUILD, **upgraded)["rendered"] == first["kept"]
    assert run(tmp_path, *BUILD, **upgraded)["kept"] == first["kept"]


@linux_only
@pytest.mark.pdf
@pytest.mark.long  # that everything is made again shows it, too
def test_what_was_remembered_of_another_pango_is_not_believed(tmp_path: Path) -> None:
    copy_of_leaflets(tmp_path)
    (tmp_path / "output").mkdir()
    keys = [set[str]()]
    for variables in ({}, other_pango(tmp_path / "lib")):
        run(tmp_path, "check", **variables)
        keys.append(set(json.loads((tmp_path / "output" / store.NAME).read_bytes())["read_results"]))
    assert len(keys[1]) == len(keys[2]) and not keys[1] & keys[2]


@pytest.mark.pdf
@pytest.mark.long
def test_another_page_to_fill_up_a_sheet_is_printed(tmp_path: Path) -> None:
    copy_of_leaflets(tmp_path)
    build = (*BUILD, "--edition", "a4-duplex")
    first = run(tmp_path, *build)["rendered"]
    assert first
    filler = tmp_path / "templates/_base/filler.html"
    filler.write_text(filler.read_text(encoding="utf-8") + "<!-- other -->", encoding="utf-8")
    assert run(tmp_path, *build)["rendered"] == first


@pytest.mark.pdf
@pytest.mark.long
def test_what_an_older_version_built_is_made_again(tmp_path: Path) -> None:
    """Its keys were made in another way, and what it remembered was believed by less."""
    copy_of_leaflets(tmp_path)
    first = run(tmp_path, *BUILD)["rendered"]
    for name in ("manifest.json", store.NAME):
        state = (tmp_path / "output" / name).read_text(encoding="utf-8")
        keys = {key for part in ("read_results", "check_results") for key in json.loads(state).get(part, ())}
        keys |= {entry["key"] for entry in json.loads(state).get("entries", ())}
        for key in keys:
            state = state.replace(key, "0" * 64)
        (tmp_path / "output" / name).write_text(state, encoding="utf-8")
    assert run(tmp_path, *BUILD)["rendered"] == first
