"""The files of the project around the code: version, tags, workflows, hooks and forms agree with what is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import printables

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def read(text: str) -> Any:
    """YAML with all scalars as text: `on` is a key of a workflow and not a truth."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but text, lists and mappings


# One version


def newest(changes: str) -> str:
    """The newest version of a changelog; what is not released yet may stand above it."""
    found = re.search(r"^## (\d+\.\d+\.\d+)$", changes, re.MULTILINE)
    return found[1] if found else ""


def test_code_and_changelog_name_the_same_version() -> None:
    assert newest((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")) == printables.__version__
    assert "version" in PROJECT["project"]["dynamic"], "the package takes it from the code"
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "printables/__init__.py"


def test_companion_the_newest_version_is_the_first_that_has_a_number() -> None:
    assert newest("# Changes\n\n## Unreleased\n\nA.\n\n## 1.10.0\n\nB.\n\n## 1.9.0\n") == "1.10.0"


# Tags from the changelog


class Repository:
    """A Git repository with a changelog and a version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "printables").mkdir()
        self.git("init", "--quiet")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1"}
        people = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        return subprocess.run(
            command, cwd=self.folder, env={**kept, **people}, capture_output=True, text=True, check=False
        )

    def git(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tag(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = self.run(sys.executable, str(ROOT / "tools" / "tag.py"), *arguments)
        assert "Traceback" not in done.stderr
        return done

    def commit(self, changes: str, version: str) -> None:
        (self.folder / "CHANGELOG.md").write_text(changes, encoding="utf-8")
        (self.folder / "printables/__init__.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "Release")


CODE = "printables/__init__.py"
CHANGES = "# Changes\n\n## 1.2.0\n\n**For authors.** Leaflets.\n\n# of pages: 2.\n\n## 1.1.0\n\nOld.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@pytest.mark.slow
def test_a_tag_has_version_and_text_of_the_newest_heading(repository: Repository) -> None:
    repository.commit(CHANGES, "1.2.0")
    done = repository.tag()
    short = repository.git("rev-parse", "--short", "HEAD").strip()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Tagged {short} as v1.2.0. Push it with: git push origin v1.2.0\n"
    assert repository.git("cat-file", "-t", "v1.2.0") == "tag\n", "an annotated one"
    message = repository.git("tag", "--list", "--format=%(contents)", "v1.2.0").strip()
    assert message == "Printables 1.2.0\n\n**For authors.** Leaflets.\n\n# of pages: 2."
    assert repository.tag("--check", "v1.2.0").stdout == (
        "v1.2.0 is the version in printables/__init__.py and in CHANGELOG.md.\n"
    )


@pytest.mark.slow
def test_an_older_commit_can_be_tagged_by_its_own_changelog(repository: Repository) -> None:
    repository.commit("# Changes\n\n## 1.1.0\n\nOld.\n", "1.1.0")
    repository.commit(CHANGES, "1.2.0")
    assert repository.tag("HEAD~1").returncode == 0
    assert repository.git("rev-parse", "v1.1.0^{commit}") == repository.git("rev-parse", "HEAD~1")


@pytest.mark.parametrize(
    ("changes", "version", "expected"),
    [
        (
            "# Changes\n\n## Unreleased\n\nNew.\n\n## 1.1.0\n",
            "1.1.0",
            (
                'CHANGELOG.md:3: "Unreleased" is not a version. Write a number there, such as 1.2.0, and the same in '
                f"{CODE}."
            ),
        ),
        (
            CHANGES,
            "1.1.0",
            f"{CODE}: The version is not 1.2.0, the newest in CHANGELOG.md. Write the same number in both.",
        ),
        (
            "# Changes\n",
            "1.1.0",
            "CHANGELOG.md: There is no heading with a version. Write one, such as: ## 1.2.0.",
        ),
    ],
)
def test_no_tag_where_the_files_do_not_agree(changes: str, version: str, expected: str, repository: Repository) -> None:
    repository.commit(changes, version)
    done = repository.tag()
    assert (done.returncode, done.stderr) == (1, f"error: {expected}\n")
    assert repository.git("tag", "--list") == ""


@pytest.mark.slow
def test_a_version_is_tagged_once(repository: Repository) -> None:
    repository.commit(CHANGES, "1.2.0")
    assert repository.tag().returncode == 0
    assert repository.tag().stderr == (
        "error: git: The tag v1.2.0 is there already. Give the changes since then a new version.\n"
    )


def test_a_tag_that_is_not_the_version_is_refused(repository: Repository) -> None:
    repository.commit(CHANGES, "1.2.0")
    done = repository.tag("--check", "v1.3.0")
    assert (done.returncode, done.stderr) == (
        1,
        'error: git: The tag is "v1.3.0", and the version is 1.2.0. Remove the tag, and make it with: make tag.\n',
    )


@pytest.mark.slow
def test_what_git_says_is_passed_on(repository: Repository) -> None:
    done = repository.tag("no-such-commit")
    assert done.returncode == 1 and "no-such-commit" in done.stderr


# GitHub's workflows

GRANTS = {
    ("test.yml", ""): {"contents": "read"},
    ("nightly.yml", ""): {"contents": "read"},
    ("release.yml", ""): {"contents": "read"},
    ("release.yml", "publish"): {"id-token": "write"},
    ("site.yml", ""): {"contents": "read"},
    ("site.yml", "deploy"): {"pages": "write", "id-token": "write"},
}
"""What a workflow, or one job of it, may do. A job that names its own may do nothing else."""
TRUSTED = re.compile(r"actions/[a-z-]+@v\d+|pypa/gh-action-pypi-publish@release/v1")
ADDRESS = re.compile(r"https?:|pypi\.org|index-url|find-links|\btrusted-host\b")


def steps(workflow: Any) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def grants(name: str, workflow: Any) -> dict[tuple[str, str], Any]:
    """The permissions of a workflow and of its jobs."""
    own = {(name, ""): workflow.get("permissions", "everything")}
    return own | {(name, job): it["permissions"] for job, it in workflow["jobs"].items() if "permissions" in it}


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", MAKEFILE, re.MULTILINE))


def workflow_faults(name: str, text: str) -> list[str]:
    """What a workflow names that is not there, or may do more than it must."""
    workflow = read(text)
    found = [f"permission of {key}" for key, value in grants(name, workflow).items() if GRANTS.get(key) != value]
    found += [f"address {address}" for address in ADDRESS.findall(text)]
    found += ["secret"] if "secrets." in text else []
    found += ["trigger"] if set(workflow["on"]) - {"push", "pull_request", "schedule", "workflow_dispatch"} else []
    for job in workflow["jobs"].values():
        found += [] if "timeout-minutes" in job else ["no limit of time"]
    for step in steps(workflow):
        found += step_faults(step)
    return found


def step_faults(step: dict[str, Any]) -> list[str]:
    uses, script, options = step.get("uses", ""), step.get("run", ""), step.get("with", {})
    found = [f"action {uses}"] if uses and not TRUSTED.fullmatch(uses) else []
    found += ["kept credentials"] if "checkout" in uses and options.get("persist-credentials") != "false" else []
    found += ["expression in a script"] if "${{" in script else []
    found += [
        f"make {target}"
        for target in re.findall(r"\bmake ([a-z-]+)", made_of(script))
        if target not in makefile_targets()
    ]
    produced = ("dist/", "output/site/")
    found += [f"file {path}" for path in [options["path"]] if path not in produced] if "path" in options else []
    return found + [
        f"file {path}" for path in re.findall(r"[\w.]+/[\w./-]+\.\w+", script) if not (ROOT / path).is_file()
    ]


def made_of(script: str) -> str:
    """A script without the line that installs `make` itself."""
    return "\n".join(line for line in script.splitlines() if "apt-get" not in line)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_calls_what_is_there_and_may_do_no_more_than_it_must(path: Path) -> None:
    assert workflow_faults(path.name, path.read_text(encoding="utf-8")) == []


def test_tests_release_and_website_have_a_workflow() -> None:
    called = {
        path.name: made_of("\n".join(step.get("run", "") for step in steps(read(path.read_text()))))
        for path in WORKFLOWS
    }
    assert "make test" in called["test.yml"]
    assert re.findall(r"make [a-z-]+", called["release.yml"]) == ["make check-tag", "make test", "make dist"]
    assert "make site" in called["site.yml"]


GOOD = (GITHUB / "workflows" / "test.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  contents: read", "  contents: write", "permission of ('test.yml', '')"),
        ("permissions:\n  contents: read\n", "", "permission of ('test.yml', '')"),
        ("  test:\n", "  test:\n    permissions: write-all\n", "permission of ('test.yml', 'test')"),
        ("make test", "make tea", "make tea"),
        ("make test", "sh tools/tea.sh", "file tools/tea.sh"),
        ("make test", "echo ${{ github.head_ref }}", "expression in a script"),
        ("make test", "pip install --index-url x .", "address index-url"),
        ("make test", "curl -d ${TOKEN} x  # ${{ secrets.TOKEN }}", "secret"),
        ("actions/checkout@v6", "actions/checkout@main", "action actions/checkout@main"),
        ("actions/checkout@v6", "somebody/checkout@v6", "action somebody/checkout@v6"),
        ("persist-credentials: false", "fetch-depth: 0", "kept credentials"),
        ("  pull_request:", "  pull_request_target:", "trigger"),
        ("    timeout-minutes: 60\n", "", "no limit of time"),
    ],
)
def test_companion_a_workflow_that_asks_for_too_much_is_seen(old: str, new: str, fault: str) -> None:
    assert GOOD.count(old) == 1
    assert fault in workflow_faults("test.yml", GOOD.replace(old, new))


def test_no_file_for_github_or_the_hooks_names_an_address() -> None:
    files = [*sorted(path for path in GITHUB.rglob("*") if path.is_file()), ROOT / ".pre-commit-config.yaml"]
    assert len(files) > 8
    assert [str(path) for path in files if ADDRESS.search(path.read_text(encoding="utf-8"))] == []


def test_the_workflows_say_why_no_action_is_pinned_by_its_hash() -> None:
    said = [path.read_text(encoding="utf-8") for path in WORKFLOWS]
    assert all("pinned to their major versions" in text for text in said)


# Hooks for Git


def hook_faults(config: Any) -> list[str]:
    """What a configuration of pre-commit would fetch, or start that is not there."""
    found = [f"repository {it['repo']}" for it in config["repos"] if it["repo"] != "local"]
    for hook in [hook for it in config["repos"] for hook in it["hooks"]]:
        found += [] if hook["language"] == "system" else [f"{hook['id']} makes an environment"]
        program, *arguments = hook["entry"].split()
        found += (
            []
            if program.startswith(".venv/bin/") and Path(sys.executable).with_name(Path(program).name).exists()
            else [program]
        )
        found += [argument for argument in arguments if "." in argument and not (ROOT / argument).exists()]
    return found


HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")


def test_the_hooks_run_our_own_tools_on_what_lint_looks_at() -> None:
    assert hook_faults(read(HOOKS)) == []
    (code,) = re.findall(r"^CODE := (.+)$", MAKEFILE, re.MULTILINE)
    entries = [hook["entry"] for hook in read(HOOKS)["repos"][0]["hooks"]]
    assert f".venv/bin/mypy {code}" in entries
    assert {entry.split()[0].rpartition("/")[2] for entry in entries} == {"ruff", "mypy", "python"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("repo: local", "repo: elsewhere", "repository elsewhere"),
        ("language: system", "language: python", "ruff-check makes an environment"),
        (".venv/bin/mypy", ".venv/bin/tea", ".venv/bin/tea"),
        (".venv/bin/mypy", "mypy", "mypy"),
        ("make_printables.py schema", "make_tea.py schema", "make_tea.py"),
    ],
)
def test_companion_a_hook_that_fetches_something_is_seen(old: str, new: str, fault: str) -> None:
    assert old in HOOKS
    assert fault in hook_faults(read(HOOKS.replace(old, new)))


# Forms for issues

KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}


def form_faults(form: Any) -> list[str]:
    """What GitHub would refuse in a form, by its documented rules."""
    found = [f"no {key}" for key in ("name", "description", "body") if not form.get(key)]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    found += [f"kind {field['type']}" for field in form["body"] if field["type"] not in KINDS]
    found += ["no field"] if not fields else []
    found += ["ids"] if len({field.get("id") for field in fields}) < len(fields) else []
    found += [f"{field.get('id')}: no label" for field in fields if not field["attributes"].get("label")]
    found += [
        f"{field['id']}: no options"
        for field in fields
        if field["type"] in ("dropdown", "checkboxes") and not field["attributes"].get("options")
    ]
    return found


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_is_one_that_github_takes(path: Path) -> None:
    assert form_faults(read(path.read_text(encoding="utf-8"))) == []


def test_each_reader_has_a_form_and_those_about_leaflets_ask_for_no_patient() -> None:
    assert [path.stem for path in FORMS] == ["1-wrong-fact", "2-hard-to-read", "3-bug", "4-idea"]
    for path in FORMS[:2]:
        text = path.read_text(encoding="utf-8")
        assert "Please write nothing about a real patient" in text
        (privacy,) = [field for field in read(text)["body"] if field.get("id") == "privacy"]
        assert privacy["attributes"]["options"][0]["required"] == "true"


def test_companion_a_form_that_github_refuses_is_seen() -> None:
    bad = "name: A\nbody:\n- {type: tea, id: a, attributes: {}}\n- {type: dropdown, id: a, attributes: {label: B}}\n"
    assert form_faults(read(bad)) == ["no description", "kind tea", "ids", "a: no label", "a: no options"]
