"""`pip install .` gives the command `printables`, which needs nothing from the checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from shipped_case import EVERYTHING

import printables

ROOT = Path(__file__).resolve().parent.parent
AUDIENCES = ["adults", "parents", "professionals", "teens"]

pytestmark = pytest.mark.pdf


def quiet(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Runs a command to its end and returns what it printed; fails with all that it said."""
    run = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
    return run.stdout


# Runs at the start of every Python of the fresh venv: writes down what is opened under the checkout.
WATCH = """
import os, sys
root = os.environ.get("WATCH_ROOT")
def hook(event, args, skipped=os.path.join(root or "", ".venv") + os.sep, log=os.environ.get("WATCH_LOG")):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(args[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(args[0]))
        if path.startswith(root + os.sep) and not path.startswith(skipped):
            descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(descriptor, path.encode() + b"\\n")
            os.close(descriptor)
if root:
    sys.addaudithook(hook)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network by the hatchling that is here."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "--quiet")
    quiet(*pip, "wheel", ROOT, "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, cwd=folder)
    (made,) = folder.glob("printables-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh venv's commands; it has the wheel, and sees this environment's packages behind it."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    names = {"base": str(home), "platbase": str(home)}
    scripts, packages = Path(sysconfig.get_path("scripts", vars=names)), Path(sysconfig.get_path("purelib", vars=names))
    python = scripts / Path(sys.executable).name
    if not python.exists():
        python = scripts / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python)
    quiet(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\nimport watch\n", encoding="utf-8")
    (packages / "watch.py").write_text(WATCH, encoding="utf-8")
    return scripts


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An empty folder to work in, and an environment that knows neither the checkout nor a person's settings."""
    folder = tmp_path_factory.mktemp("elsewhere")
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "TMPDIR", "TEMP") if name in os.environ}
    home = tmp_path_factory.mktemp("home")
    return folder, {**kept, "HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "cache")}


def test_templates_and_content_travel_inside_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "content"):
        here = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert here
        assert {f"printables/_data/{name}" for name in here} <= names
    assert not {name for name in names if name.startswith(("tests/", "output/", ".venv/"))}


def test_the_wheel_says_that_it_has_types_and_which_version_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        assert files.read("printables/py.typed") == b""
        (metadata,) = [name for name in files.namelist() if name.endswith(".dist-info/METADATA")]
        head = files.read(metadata).decode().splitlines()
    assert f"Version: {printables.__version__}" in head
    assert "Classifier: Typing :: Typed" in head


def test_the_package_is_the_installed_one(installed: Path, elsewhere: tuple[Path, dict[str, str]]) -> None:
    folder, env = elsewhere
    said = quiet(installed / "python", "-c", "import printables; print(printables.__file__)", cwd=folder, env=env)
    assert Path(said.strip()).resolve().is_relative_to(installed.parent.resolve())


def test_the_command_builds_leaflets_and_reads_nothing_of_the_checkout(
    installed: Path, elsewhere: tuple[Path, dict[str, str]]
) -> None:
    folder, env = elsewhere
    log = folder.parent / "read.log"
    quiet(
        installed / "printables",
        *("build", *(() if EVERYTHING else ("--therapy", "ipt")), "--output", "out"),
        cwd=folder,
        env={**env, "WATCH_ROOT": str(ROOT), "WATCH_LOG": str(log)},
    )
    leaflets = folder / "out" / "leaflets"
    made = {audience: leaflets / audience / f"ipt-{audience}-en.pdf" for audience in AUDIENCES}
    assert [str(path) for path in made.values() if not path.is_file()] == []
    for path in made.values():
        assert path.read_bytes().startswith(b"%PDF-")
        assert str(ROOT).encode() not in path.read_bytes()
    assert not log.exists(), log.read_text(encoding="utf-8")


def test_a_read_of_the_checkout_is_seen(installed: Path, elsewhere: tuple[Path, dict[str, str]]) -> None:
    folder, env = elsewhere
    log = folder.parent / "bad.log"
    read = (installed / "python", "-c", "import sys; open(sys.argv[1])", ROOT / "pyproject.toml")
    quiet(*read, cwd=folder, env={**env, "WATCH_ROOT": str(ROOT), "WATCH_LOG": str(log)})
    assert log.read_text(encoding="utf-8").splitlines() == [str(ROOT / "pyproject.toml")]
