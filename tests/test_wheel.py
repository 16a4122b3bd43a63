"""`pip install .` gives the command `printables`, which needs nothing from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from datetime import date
from pathlib import Path

import pytest
from shipped_case import EVERYTHING

import printables
from tools import packed_files

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("pyproject.toml", "README.md", "LICENSE", "tools/packed_files.py")
"""What Hatchling reads beside the files of the package."""
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
    return built(ROOT, tmp_path_factory.mktemp("wheel"))


def built(root: Path, folder: Path) -> Path:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "--quiet")
    quiet(*pip, "wheel", root, "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, cwd=folder)
    (made,) = folder.glob("printables-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh venv's commands; it has the wheel, and sees this environment's packages behind it."""
    return fresh_venv(wheel, tmp_path_factory.mktemp("installed"))


def fresh_venv(wheel: Path, home: Path) -> Path:
    venv.create(home, with_pip=False)
    names = {"base": str(home), "platbase": str(home)}
    scripts, packages = Path(sysconfig.get_path("scripts", vars=names)), Path(sysconfig.get_path("purelib", vars=names))
    python = scripts / Path(sys.executable).name
    if not python.exists():
        python = scripts / "python"
    install(wheel, python)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\nimport watch\n", encoding="utf-8")
    (packages / "watch.py").write_text(WATCH, encoding="utf-8")
    return scripts


def install(wheel: Path, python: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python)
    quiet(*pip, "install", "--no-deps", "--no-index", "--upgrade", wheel, cwd=wheel.parent)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An empty folder to work in, and an environment that knows neither the checkout nor a person's settings."""
    folder = tmp_path_factory.mktemp("elsewhere")
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "TMPDIR", "TEMP") if name in os.environ}
    home = tmp_path_factory.mktemp("home")
    return folder, {**kept, "HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "cache")}


def test_the_package_holds_what_git_tracks_and_nothing_that_only_lies_there(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    listed = quiet("git", "ls-files", "printables", "templates", "content", cwd=ROOT).splitlines()
    tracked = {name for name in listed if (ROOT / name).is_file()}
    assert {name.partition("/")[0] for name in tracked} == {"printables", "templates", "content"}
    assert names == {name if name.startswith("printables/") else f"printables/_data/{name}" for name in tracked}


def test_an_untracked_file_is_not_listed_for_the_package(tmp_path: Path) -> None:
    for name in ("content/clinics/tracked.yaml", "content/clinics/secret.yaml", "printables/a.py", "tests/t.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    archive = {packed for _, packed in packed_files.wheel_files(tmp_path).items()}
    assert "printables/_data/content/clinics/secret.yaml" in archive, "an unpacked source archive has no Git"
    quiet("git", "init", "--quiet", cwd=tmp_path)
    quiet("git", "add", "content/clinics/tracked.yaml", "printables", "tests", cwd=tmp_path)
    assert packed_files.wheel_files(tmp_path) == {
        str(tmp_path / "content/clinics/tracked.yaml"): "printables/_data/content/clinics/tracked.yaml",
        str(tmp_path / "printables/a.py"): "printables/a.py",
    }
    assert packed_files.listed(tmp_path, "--others", "--exclude-standard") == ["content/clinics/secret.yaml"]


def newer(tmp_path: Path) -> Path:
    """The wheel of a later version, with two changed records; made as from an unpacked source archive."""
    root = tmp_path / "newer"
    for name in packed_files.tracked_files(ROOT):
        if name.startswith(("printables/", "templates/", "content/")) or name in NEEDED:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    for name, old, new in (
        ("content/therapies/ipt.yaml", "\nabbreviation: IPT", "\nabbreviation: IPT-2"),
        ("content/therapies/mbct.yaml", "You learn to notice early that", "You learn to spot early that"),
        ("content/therapies/mbct.yaml", '\nversion: "', '\nversion: "9'),
        ("printables/__init__.py", printables.__version__, "99.0"),
    ):
        text = (root / name).read_text("utf-8")
        assert text.count(old) == 1, name
        (root / name).write_text(text.replace(old, new), "utf-8")
    return built(root, tmp_path)


def released(command: Path, folder: Path) -> dict[str, tuple[str, list[str]]]:
    """The state of MBCT's leaflets of the clinic, and who can mend what."""
    given = ("release-status", "--clinic", "lakeside", "--therapy", "mbct", "--json")
    run = subprocess.run([command, *given], cwd=folder, capture_output=True, text=True, check=False)
    found = [one for one in json.loads(run.stdout)["leaflets"] if one["id"] == "mbct"]
    return {one["audience"]: (one["state"], [f"{p['who']}: {p['what']}" for p in one["missing"]]) for one in found}


def approve(command: Path, folder: Path, audience: str) -> None:
    """Type what the review sheet prints, with a person's name and role."""
    quiet(command, "review-sheet", "mbct", audience, "--clinic", "lakeside", cwd=folder)
    sheet = (folder / f"output/proofs/mbct-{audience}-review.html").read_text(encoding="utf-8")
    typed = sheet.partition("<pre>printables ")[2].partition(" --name")[0].split()
    quiet(command, *typed, "--name", "A. Example", "--role", "Psychologist", cwd=folder)


@pytest.mark.long
def test_an_upgrade_keeps_what_is_the_clinics_own_and_tells_what_changed(wheel: Path, tmp_path: Path) -> None:
    """Installed in an empty folder: `init`, `copy`, `approve`, `build --release`; then a later version of the package.

    Its short companions: test_own_release.py and test_copies.py.
    """
    scripts = fresh_venv(wheel, tmp_path / "home")
    folder = tmp_path / "clinic"
    folder.mkdir()
    command = scripts / "printables"
    build = ("build", "--clinic", "lakeside", "--therapy", "ipt", "--audience", "teens", "--jobs", "1")
    release = ("build", "--release", "--clinic", "lakeside", "--therapy", "mbct", "--jobs", "1")
    shutil.copy(ROOT / "content/clinics/riverside.svg", folder / "logo.svg")
    quiet(command, "init", "--yes", "--name", "Lakeside", "--region", "england", "--logo", "logo.svg", cwd=folder)
    quiet(command, "copy", "ipt", cwd=folder)
    quiet(command, *build, cwd=folder)
    approve(command, folder, "adults")
    approve(command, folder, "professionals")
    quiet(command, *release, cwd=folder)
    assert released(command, folder) == {"adults": ("released", []), "professionals": ("released", [])}
    adults = folder / "output/release/clinics/lakeside/leaflets/adults/mbct-adults-en.pdf"
    approved = adults.read_bytes()
    before = {path: path.read_bytes() for path in (folder / "content").rglob("*") if path.is_file()}
    own = {path.relative_to(folder / "content").as_posix() for path in before}
    assert own >= {"approvals.yaml", "clinics/lakeside.yaml", "clinics/lakeside.svg", "therapies/ipt.yaml"}
    assert (folder / "output/clinics/lakeside/leaflets/teens/ipt-teens-en.pdf").is_file()
    install(newer(tmp_path), scripts / "python")
    assert quiet(command, "--version", cwd=folder) == "printables, version 99.0\n"
    assert {path: path.read_bytes() for path in (folder / "content").rglob("*") if path.is_file()} == before
    assert quiet(command, "upgrade-report", cwd=folder).splitlines() == [
        f"therapies/ipt.yaml: ours has changed since version {printables.__version__}.",
        "  Your copy is as it was copied: delete it to follow ours.",
        "  abbreviation",
        "    - IPT",
        "    + IPT-2",
    ]
    assert "yours            clinics/lakeside.yaml" in quiet(command, "where", cwd=folder)
    quiet(command, *build, cwd=folder)
    void = f"clinician: A. Example approved this for adults on {date.today()}, and the words have changed since."  # noqa: DTZ011
    assert released(command, folder) == {"adults": ("missing", [void]), "professionals": ("ready", [])}
    refused = subprocess.run([command, *release], cwd=folder, capture_output=True, text=True, check=False)
    assert refused.returncode == 1 and f"content/approvals.yaml:3: {void[11:]}" in refused.stderr
    assert adults.read_bytes() == approved, "the last approved one stays"
    assert released(command, folder)["professionals"] == ("released", [])


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
        *("build", *(() if EVERYTHING else ("--therapy", "ipt", "--audience", "professionals")), "--output", "out"),
        cwd=folder,
        env={**env, "WATCH_ROOT": str(ROOT), "WATCH_LOG": str(log)},
    )
    leaflets = folder / "out" / "leaflets"
    made = {
        audience: leaflets / audience / f"ipt-{audience}-en.pdf"
        for audience in (AUDIENCES if EVERYTHING else ["professionals"])
    }
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
