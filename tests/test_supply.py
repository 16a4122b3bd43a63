"""What we depend on and what we hand out: known holes, licences, the list of all parts, the same files each time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tools"
LOCK = "# made by hand\njinja2==3.1.6 \\\n    --hash=sha256:00\nFont_Pack==2.0 \\\n    --hash=sha256:01\n"


def advisory(package: str, **more: Any) -> dict[str, Any]:
    affected = {"package": {"ecosystem": more.pop("ecosystem", "PyPI"), "name": package}, **more.pop("affected", {})}
    return {"id": "X-1", "summary": "It lets everybody in.", "affected": [affected], "modified": "2026-11-01", **more}


def events(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"affected": {"ranges": [{"type": "ECOSYSTEM", "events": [{kind: value} for kind, value in pairs]}]}}


HOLES: dict[str, tuple[dict[str, Any], str]] = {
    "a listed version": (
        advisory("Jinja2", affected={"versions": ["3.1.5", "3.1.6"]}),
        "lock:2: jinja2 3.1.6 has X-1: It lets everybody in. No version without it is known.",
    ),
    "a range": (
        advisory("jinja2", **events(("introduced", "0"), ("fixed", "3.1.10"))),
        "lock:2: jinja2 3.1.6 has X-1: It lets everybody in. Take 3.1.10 or later: make lock.",
    ),
    "the last one": (
        advisory("font-pack", **events(("introduced", "1"), ("last_affected", "2.0"))),
        "lock:4: font-pack 2.0 has X-1: It lets everybody in. No version without it is known.",
    ),
    "fixed before": (advisory("jinja2", **events(("introduced", "0"), ("fixed", "3.1.6"))), ""),
    "comes later": (advisory("jinja2", **events(("introduced", "3.2"))), ""),
    "another package": (advisory("jinja", affected={"versions": ["3.1.6"]}), ""),
    "another language": (advisory("jinja2", ecosystem="npm", affected={"versions": ["3.1.6"]}), ""),
    "withdrawn": (advisory("jinja2", affected={"versions": ["3.1.6"]}, withdrawn="2026-01-01"), ""),
}


def audited(folder: Path, *known: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    (folder / "lock").write_text(LOCK, encoding="utf-8")
    with zipfile.ZipFile(folder / "all.zip", "w") as database:
        for number, one in enumerate(known):
            database.writestr(f"{number}.json", json.dumps(one))
    command = [sys.executable, str(TOOLS / "audit.py"), str(folder / "all.zip"), str(folder / "lock")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", HOLES)
def test_known_holes_are_found_without_a_network(name: str, tmp_path: Path) -> None:
    known, said = HOLES[name]
    done = audited(tmp_path, known)
    expected_count = 0 if name == "withdrawn" else 1
    tail = f"by {expected_count} advisories, the newest of {'2026-11-01' if expected_count else 'no day'}.\n"
    assert done.stderr == (f"error: {said}\n" if said else "")
    assert done.stdout == f"{1 if said else 0} known holes, {tail}"
    assert done.returncode == (1 if said or not expected_count else 0)


def test_an_empty_database_proves_nothing(tmp_path: Path) -> None:
    assert audited(tmp_path).returncode == 1


@pytest.mark.slow
def test_the_page_of_licences_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(TOOLS / "licences.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_the_list_of_all_parts_is_complete_and_valid(tmp_path: Path) -> None:
    """CycloneDX, made from the lock of the runtime alone; the tool validates it against the standard's schema."""
    target = tmp_path / "sbom.json"
    command = [str(Path(sys.executable).parent / "cyclonedx-py"), "requirements", "--pyproject", "pyproject.toml"]
    more = ["--output-reproducible", "--short-PURLs", "--validate", "-o", str(target), "requirements.lock"]
    subprocess.run([*command, *more], cwd=ROOT, check=True, capture_output=True)
    parts = json.loads(target.read_text(encoding="utf-8"))
    named = {(part["name"], part["version"]) for part in parts["components"]}
    locked = {
        tuple(line.split()[0].split("=="))
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line
    }
    assert named == locked and ("weasyprint", "70.0") in named
    assert all(part["hashes"] if "hashes" in part else part["externalReferences"] for part in parts["components"])


def built(source: Path, folder: Path, umask: int, zone: str) -> dict[str, str]:
    """The hashes of a wheel and a source archive."""
    folder.mkdir()
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    environment = {**os.environ, "TZ": zone, "SOURCE_DATE_EPOCH": "1764201600"}
    subprocess.run(command, cwd=source, env=environment, umask=umask, check=True, capture_output=True)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.slow
def test_wheel_and_source_archive_are_the_same_each_time(tmp_path: Path) -> None:
    """From two checkouts in other places, made at other times, in other time zones and under another umask."""
    kinds = ("printables", "templates", "content", "tests", "tools", "docs")
    for name in ("one", "another place"):
        for kind in kinds:
            ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
            shutil.copytree(ROOT / kind, tmp_path / name / kind, ignore=ignored, copy_function=shutil.copyfile)
        for path in ROOT.iterdir():
            if path.is_file() and path.name != ".git":
                shutil.copyfile(path, tmp_path / name / path.name)
    first = built(tmp_path / "one", tmp_path / "a", 0o022, "UTC")
    second = built(tmp_path / "another place", tmp_path / "b", 0o027, "Asia/Kathmandu")
    assert len(first) == 2
    assert first == second
