"""The documents say what is so: generated ones are fresh, and every command, path and import in the others exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePath

import click
import pytest

from printables.api.reference import reference
from printables.authoring import generated_docs
from printables.checklist import Rule
from printables.checks.registry import all_checks, all_library_checks
from printables.cli.app import cli

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
HOUSE = (DOCS / "how-it-works.md").read_text(encoding="utf-8")
PROSE = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")]
PROSE += [DOCS / "how-it-works.md", DOCS / "standards.md", *sorted((DOCS / "decisions").glob("0*.md"))]
LONGEST_DECISION = 20
NOT_IN_GIT = ("output/",)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# Generated documents


def stale(docs: Path) -> list[str]:
    """What `printables schema --check` would complain about."""
    made = {**generated_docs.files(cli), "api-reference.md": reference()}
    return [name for name, text in made.items() if not (docs / name).is_file() or text_of(docs / name) != text]


@pytest.mark.slow
def test_generated_documents_are_fresh() -> None:
    assert stale(DOCS) == [], "run: make docs"


@pytest.mark.slow
def test_companion_a_changed_and_a_missing_document_are_seen(tmp_path: Path) -> None:
    for name, text in {**generated_docs.files(cli), "api-reference.md": reference()}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert stale(tmp_path) == []
    (tmp_path / "fields.md").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "commands.md").unlink()
    assert stale(tmp_path) == ["fields.md", "commands.md"]


# Commands


def typed(markdown: str) -> Iterator[list[str]]:
    """The words of every line in a code block, comments left out. The blocks of recipes are walked: test_recipes.py."""
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```$", markdown, re.DOTALL | re.MULTILINE):
        for line in block.splitlines() if not language else ():
            words = shlex.split(line.replace("\\", "/"), comments=True)
            if words:
                yield words


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))


def unknown_command(words: list[str]) -> str:
    """What is wrong with one typed line, or nothing. Other people's programs are not looked at."""
    if words[0] == "make":
        return " ".join(word for word in words[1:] if word not in targets())
    if words[0] == "printables":
        return unknown_call(words[1:])
    scripts = [word for word in words if word.endswith(".py")]
    return "".join(script for script in scripts if not (ROOT / script).is_file())


def unknown_call(words: list[str]) -> str:
    command: click.Command = cli
    while isinstance(command, click.Group):
        below = command.get_command(click.Context(command), words[0]) if words else None
        if below is None:
            return " ".join(words) or str(command.name)
        command, words = below, words[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    return " ".join(word for word in words if word.startswith("--") and word not in known)


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_every_command_in_a_code_block_exists(path: Path) -> None:
    lines = list(typed(text_of(path)))
    assert any(words[0] == "printables" for words in lines)
    assert [words for words in lines if unknown_command(words)] == []


@pytest.mark.parametrize(
    "line",
    [
        "make tea",
        "printables bake",
        "printables build --tea",
        "printables",
        "printables review",
        "printables review tea",
        "printables review due --tea",
        r".venv\Scripts\python make_tea.py",
    ],
)
def test_companion_an_unknown_command_is_seen(line: str) -> None:
    (words,) = typed(f"```\n{line}  # a comment\n```\n")
    assert unknown_command(words)


# The picture of the house


def tree(markdown: str) -> list[str]:
    """The paths of the tree in the first ```text block: two spaces a level, a name, two spaces, what it is."""
    block = re.search(r"^```text\n(.*?)^```$", markdown, re.DOTALL | re.MULTILINE)
    paths: list[str] = []
    parents: list[str] = []
    for line in block.group(1).splitlines() if block else ():
        level = (len(line) - len(line.lstrip())) // 2
        parents[level:] = [line.split()[0]]
        paths.append("".join(parents))
    return paths


def missing(paths: list[str]) -> list[str]:
    """Paths that are not there; `<id>` stands for any name."""
    return [path for path in paths if not any(ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/"))))]


def unnamed(paths: list[str]) -> list[str]:
    """Modules that the tree does not name; a package's `__init__` is its folder, `<name>` stands for any name."""
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "printables").rglob("*.py")}
    patterns = [re.sub(r"<\w+>", "*", path) for path in paths]
    named = {module for module in modules if any(PurePath(module).match(pattern) for pattern in patterns)}
    return sorted(modules - named - set(_inits()))


def _inits() -> Iterator[str]:
    yield from (path.relative_to(ROOT).as_posix() for path in (ROOT / "printables").rglob("__init__.py"))


def test_every_path_in_the_tree_exists() -> None:
    assert len(tree(HOUSE)) > 50
    assert missing([path for path in tree(HOUSE) if path not in NOT_IN_GIT]) == []


@pytest.mark.slow
def test_every_module_is_in_the_tree() -> None:
    assert unnamed(tree(HOUSE)) == []


@pytest.mark.slow
def test_companion_a_wrong_tree_is_seen() -> None:
    wrong = HOUSE.replace("  plan.py  ", "  plans.py  ")
    assert missing(tree(wrong)) == ["printables/plans.py"]
    assert unnamed(tree(wrong)) == ["printables/plan.py"]


# Links, pictures, decisions, schemas


def dead_links(path: Path, markdown: str) -> list[str]:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", markdown)
    return [link for link in links if not link.startswith("https:") and not (path.parent / link).exists()]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_and_picture_exists(path: Path) -> None:
    assert dead_links(path, text_of(path)) == []


def test_companion_a_dead_link_is_seen() -> None:
    found = dead_links(ROOT / "README.md", "![a](docs/none.png) [b](LICENSE) [c](docs/none.md#there)")
    assert found == ["docs/none.png", "docs/none.md"]


def test_the_readme_has_a_picture_with_words_for_those_who_cannot_see_it() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(docs/pictures/", text_of(ROOT / "README.md"))
    assert pictures and all(len(alternative) > 40 for alternative in pictures)


def test_the_readme_has_the_heading_that_the_front_door_names() -> None:
    assert '"Set up"' in text_of(ROOT / "make_printables.py")
    assert "\n## Set up\n" in text_of(ROOT / "README.md")


def test_decisions_are_short_and_say_context_decision_and_consequence() -> None:
    decisions = sorted((DOCS / "decisions").glob("0*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        assert len(text_of(path).splitlines()) <= LONGEST_DECISION, path.name
        assert re.findall(r"^\*\*(\w+)\.\*\*", text_of(path), re.MULTILINE) == ["Context", "Decision", "Consequence"]


def nobody_looks(markdown: str) -> list[str]:
    """Lines of the checklist whose last cell is empty."""
    return re.findall(r"^\| ([A-Z]\d+) \| [^|]* \|\s*\|$", markdown, re.MULTILINE)


def test_the_checklist_has_every_line_once_and_names_files_that_exist() -> None:
    text, _, checks = text_of(DOCS / "standards.md").partition("## What each check finds")
    assert nobody_looks(text) == []
    assert nobody_looks("| A1 | It is good. |  |\n| A2 | It is kind. | a person |") == ["A1"]
    assert checks.count("\n| ") == len(all_checks()) + len(all_library_checks()) + 1
    lines = re.findall(r"^\| ([A-Z]\d+) \| (.*?) \|", text, re.MULTILINE)
    assert lines == [(rule.value, rule.asks) for rule in Rule if rule is not Rule.READING]
    named = set(re.findall(r"`([\w/]+\.py)`", text))
    homes = (ROOT, ROOT / "printables")
    assert [name for name in sorted(named) if not any((home / name).is_file() for home in homes)] == []


def schema_of(path: Path) -> Path | None:
    """The schema that the first line of a YAML file points to."""
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", text_of(path).partition("\n")[0])
    return (path.parent / found.group(1)).resolve() if found else None


def test_every_yaml_file_points_to_its_schema() -> None:
    files = [path for folder in ("content", "templates") for path in sorted((ROOT / folder).rglob("*.yaml"))]
    files = [path for path in files if "_components" not in path.parts]  # their examples have no schema
    assert len(files) > 8
    assert [str(path) for path in files if not (found := schema_of(path)) or not found.is_file()] == []


def test_companion_a_missing_schema_line_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("# yaml-language-server: $schema=gone.json\n", encoding="utf-8")
    assert schema_of(tmp_path / "a.yaml") is None
    assert schema_of(tmp_path / "b.yaml") == (tmp_path / "gone.json").resolve()
