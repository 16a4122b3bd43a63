"""CONTRIBUTING's recipes, each walked in a copy of the project: it works, and takes no other files than it names."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from leaflet_case import emit, plain_values
from library_case import ROOT, copy_of_content

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MOST = {
    "Add a check": 2,
    "Add a component with data": 4,
    "Add a scene": 1,
    "Add an output format": 2,
    "Add a command": 1,
    "Change how a page number is printed": 2,
    "Understand what is cached and why": 4,
    "Add an audience": 1,
    "Add a language": 1,
}
"""So many files may each take. A folder of its own counts as one; words of the content and generated files as none."""
IPT, ADULTS, ENGLISH = "content/therapies/ipt.yaml", "templates/adults/audience.yaml", "content/locales/en.yaml"


@dataclass(frozen=True)
class Recipe:
    """What stands under one heading of CONTRIBUTING."""

    name: str
    files: tuple[str, ...]
    """Those that somebody writes or reads; `<name>` stands for any name, a slash at the end for all in a folder."""
    words: tuple[str, ...]
    generated: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]
    """Language and text of each block of code."""

    def code(self, language: str) -> str:
        """The text of its one block in this language."""
        (text,) = (text for name, text in self.blocks if name == language)
        return text

    def commands(self) -> list[list[str]]:
        """The words of each command, without the program's name."""
        return [shlex.split(line)[1:] for line in self.code("sh").splitlines()]

    def wrong(self, touched: set[str], most: int) -> list[str]:
        """Where the files that were touched are not those that it names, and where they are too many."""
        allowed = (*self.files, *self.words, *self.generated)
        unnamed = [f"not named: {path}" for path in sorted(touched) if not any(_is(path, one) for one in allowed)]
        idle = [f"not needed: {one}" for one in allowed if not any(_is(path, one) for path in touched)]
        counted = {_counted(path, self.files) for path in touched} - {""}
        return unnamed + idle + ([f"too many: {len(counted)}"] if len(counted) > most else [])


def _is(path: str, pattern: str) -> bool:
    expression = re.sub(r"<\w+>", "[^/]+", re.escape(pattern).replace(r"\<", "<").replace(r"\>", ">"))
    return re.fullmatch(expression + (".*" if pattern.endswith("/") else ""), path) is not None


def _counted(path: str, files: tuple[str, ...]) -> str:
    """What a touched file counts as: itself, or the folder that is named; nothing where it is not to be counted."""
    named = next((one for one in files if _is(path, one)), "")
    depth = named.count("/")
    return "/".join(path.split("/")[:depth]) if named.endswith("/") else path if named else ""


def recipes(markdown: str) -> Iterator[Recipe]:
    """All recipes, in their order."""
    for part in re.split(r"^### ", markdown.partition("\n## Recipes\n")[2], flags=re.MULTILINE)[1:]:
        lists = {name: tuple(re.findall(r"`([^`]+)`", said)) for name, said in _lists(part)}
        blocks = tuple(re.findall(r"^```(\w+)\n(.*?)^```$", part, re.DOTALL | re.MULTILINE))
        files = lists.get("You write") or lists.get("You read") or ()
        yield Recipe(
            part.partition("\n")[0], files, lists.get("The words", ()), lists.get("`make docs` writes", ()), blocks
        )


def _lists(part: str) -> Iterator[tuple[str, str]]:
    """The entries at the top of a recipe: what they are called, and what they say, over several lines perhaps."""
    for item in re.findall(r"^- (.*(?:\n  .*)*)", part, re.MULTILINE):
        yield item.partition(": ")[0], item.partition(": ")[2]


RECIPES = {recipe.name: recipe for recipe in recipes(TEXT)}


class Project:
    """A copy of the project that a recipe may change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("printables", "templates", "docs"):
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
        shutil.copy(ROOT / "make_printables.py", root)
        copy_of_content(root)
        self._before = self._now()

    def _now(self) -> dict[str, str]:
        paths = [
            path for path in self.root.rglob("*") if path.is_file() and path.parts[len(self.root.parts)] != "output"
        ]
        names = {path: path.relative_to(self.root).as_posix() for path in paths if "__pycache__" not in path.parts}
        return {name: hashlib.sha256(path.read_bytes()).hexdigest() for path, name in names.items()}

    def touched(self) -> set[str]:
        """The files that were made or changed."""
        return {name for name, digest in self._now().items() if self._before.get(name) != digest}

    def begin(self) -> None:
        """Forget what was touched so far: it belongs to no recipe."""
        self._before = self._now()

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        assert old in self.text(name), f"{name} has no {old!r}"
        self.write(name, self.text(name).replace(old, new, 1))

    def run(self, *words: str, code: int = 0) -> str:
        """What a command says, on both ways out."""
        command = [sys.executable, "make_printables.py", *words]
        done = subprocess.run(
            command,
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
        )
        assert done.returncode == code, f"{shlex.join(words)}\n{done.stdout}"
        return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def insert(source: str, code: str) -> str:
    """A module with a function and its entry, as a block shows them: the entry stands behind `...` in its tuple."""
    function, name, entry = re.fullmatch(r"(.*?)\n(\w+) = \(\n    \.\.\.,\n(.*)\)\n", code, re.DOTALL).groups()  # type: ignore[union-attr]
    found = re.search(rf"^{name} = \(\n(.*?)^\)$", source, re.DOTALL | re.MULTILINE)
    assert found, f"no {name}"
    return f"{source[: found.start()]}{function}\n{name} = (\n{found[1]}{entry}){source[found.end() :]}"


def a_check(project: Project, recipe: Recipe) -> None:
    project.replace(
        IPT, "for adults with depression, with a clear start and end.", "for depression; it has a start and an end."
    )
    project.begin()
    module = "printables/checks/wording.py"
    project.write(module, insert(project.text(module), recipe.code("python")))
    said = project.run(*recipe.commands()[0], "--audience", "adults")
    what = 'The sentence "IPT is a talking therapy for depression; it has a start and an end." has a semicolon.'
    assert re.search(rf"^warning: {IPT}:\d+: {re.escape(what)} Write two sentences.$", said, re.MULTILINE), said


def a_component(project: Project, recipe: Recipe) -> None:
    module, folder = "printables/pages/compose/blocks/techniques.py", "templates/_components/also-called"
    project.write(module, insert(project.text(module), recipe.code("python")))
    project.write(f"{folder}/macro.html", recipe.code("html"))
    project.write(f"{folder}/examples.yaml", recipe.code("yaml"))
    project.replace(
        ADULTS, "blocks: [{show: overview}", "blocks: [{show: also-called, optional: yes}, {show: overview}"
    )
    explain, gallery = recipe.commands()
    assert "also-called, drawn as also-called" in project.run(*explain)
    project.run("proof", "ipt")
    assert "<p>Interpersonal therapy</p>" in project.text("output/proofs/ipt.html")
    project.run(*gallery)
    assert "<p>Guided self-help, Supported self-help</p>" in project.text("output/proofs/gallery.html")


def a_format(project: Project, recipe: Recipe) -> None:
    project.write("printables/pages/formats/markdown.py", recipe.code("python"))
    build, verify = recipe.commands()
    said = project.run(*build, "--allow-overdue")
    beside = "output/worksheets/teens/my-goals-teens-en.md"
    assert project.text(beside).startswith("# "), said
    assert "my-goals-teens-en.md" in project.text("output/manifest.json")
    project.write(beside, "Changed.\n")
    assert "This file is not the one that was published." in project.run(*verify, code=1)
    known = "from printables.site.survey import FORMATS, ORDER; from printables.site.catalogue import MEDIA_TYPES"
    code = f"{known}; print(FORMATS['.md'].title, ORDER[-1], MEDIA_TYPES['MD'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True, check=True)
    assert done.stdout == "Markdown MD text/markdown; charset=utf-8\n"


def a_command(project: Project, recipe: Recipe) -> None:
    project.write("printables/cli/commands/readers.py", recipe.code("python"))
    (command,) = recipe.commands()
    assert project.run(*command) == "adults\nteens\nparents\nprofessionals\neasy-read\n"
    assert re.search(r"(?m)^  readers +Say for whom there are leaflets\.$", project.run("--help"))


def a_page_number(project: Project, recipe: Recipe) -> None:
    project.replace(
        "templates/_base/page.css",
        '    content: counter(page) " " string(of) " " counter(pages);\n',
        recipe.code("css"),
    )
    project.replace(ENGLISH, "\n  of: of\n", "\n  of: Page\n")
    (build,) = recipe.commands()
    project.run(*build, "--allow-overdue")
    with pypdfium2.PdfDocument(project.root / "output/worksheets/teens/my-goals-teens-en.pdf") as pdf:
        assert f"Page 1/{len(pdf)}" in pdf[0].get_textpage().get_text_bounded()


def the_cache(project: Project, recipe: Recipe) -> None:
    (check,) = recipe.commands()
    store = project.root / "output/.known.json"
    store.parent.mkdir()

    def kept() -> set[str]:
        project.run(*check)
        return set(re.findall(r'"([0-9a-f]{64})":"\{', store.read_text(encoding="utf-8")))

    project.write("content/therapies/ipt-too.yaml", project.text(IPT).replace("\nid: ipt\n", "\nid: ipt-too\n"))
    first = kept()
    assert len(first) == 2 and kept() == first
    project.replace(IPT, "with a clear start and end.", "with a plain start and end.")
    second = kept()
    assert len(second - first) == 1, "a record alone"
    project.write("templates/_base/screen.css", project.text("templates/_base/screen.css") + "\n/* new */\n")
    assert not {*first, *second} & (kept() - second) and len(kept() - second) == 2, "a template: all"


def an_audience(project: Project, recipe: Recipe) -> None:
    settings = plain_values(ROOT / ADULTS)
    own = {"id": "older-adults", "order": "5", "code": "OLDER", "fallback": ["adults"]}
    named = {"label": {"en": "For older adults"}, "name": {"en": "older adults"}}
    project.write("templates/older-adults/audience.yaml", "\n".join(emit({**settings, **own, **named})) + "\n")
    for name in ("leaflet.html", "theme.css"):
        project.write(f"templates/older-adults/{name}", project.text(f"templates/adults/{name}"))
    title = "  older-adults: {title: A talking therapy called IPT, purpose: What it is.}\n"
    project.replace(IPT, "\ntitles:\n", f"\nfallbacks: {{older-adults: adults}}\ntitles:\n{title}")
    said = project.run(*recipe.commands()[0])
    assert "older-adults" in said


def a_language(project: Project, recipe: Recipe) -> None:
    profile = "import dataclasses\n\nfrom printables.checks.language import en\n\n"
    project.write(
        "printables/checks/language/de/__init__.py",
        f'"""German."""\n\n{profile}PROFILE = dataclasses.replace(en.PROFILE, readers=lambda _: "alle")\n',
    )
    locale = project.text(ENGLISH).replace(
        "language: en\nname: English\nforms: en_GB", "language: de\nname: Deutsch\nforms: de_DE"
    )
    project.write("content/locales/de.yaml", locale)
    project.replace("content/publisher.yaml", "  en: ", "  de: Blätter über Gesprächstherapien.\n  en: ")
    for path in sorted((project.root / "templates").glob("*/audience.yaml")):
        project.write(path.relative_to(project.root).as_posix(), in_two_languages(path.read_text(encoding="utf-8")))
    project.replace(IPT, "\nlanguage: en\n", "\nlanguage: de\n")
    said = project.run(*recipe.commands()[0])
    assert re.search(r"^ipt +teens .* alle ", said, re.MULTILINE), said


def in_two_languages(settings: str) -> str:
    """An audience's settings, which have the same phrases under `de` as under `en`."""
    settings = re.sub(r"\{en: ([^{}]*)\}", r"{en: \1, de: \1}", settings)
    return re.sub(r"^  en:((?: .*)?\n(?:    .*\n)*)", r"  en:\1  de:\1", settings, flags=re.MULTILINE)


def a_scene(project: Project, recipe: Recipe) -> None:
    for name, language in (("scene.yaml", "yaml"), ("drawing.html", "html"), ("style.css", "css")):
        project.write(f"templates/_scenes/kite/{name}", recipe.code(language))
    project.replace(ENGLISH, "  scene-words:", "  scene-kite: A kite in the wind.\n  scene-words:")
    lines = project.text(IPT).splitlines()
    start = lines.index("    scene:")
    end = next(n for n, line in enumerate(lines) if n > start and not line.startswith("      "))
    lines[start:end] = ["    scene: {draws: kite, words: {high: far up}}"]
    project.write(IPT, "\n".join(lines) + "\n")
    project.run(*recipe.commands()[0])


WALKS: dict[str, Callable[[Project, Recipe], None]] = {
    "Add a check": a_check,
    "Add a component with data": a_component,
    "Add a scene": a_scene,
    "Add an output format": a_format,
    "Add a command": a_command,
    "Change how a page number is printed": a_page_number,
    "Understand what is cached and why": the_cache,
    "Add an audience": an_audience,
    "Add a language": a_language,
}
PRINT = ("Add an output format", "Change how a page number is printed")
"""Those whose effect is on a page that is printed."""
QUICK = ("Add a check", "Add a scene", "Add a command")
"""One of the code, one of the templates, and one whose documentation is written again; the others are long."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.pdf] * (name in PRINT) + [pytest.mark.long] * (name not in QUICK))
        for name in WALKS
    ],
)
def test_recipe(name: str, project: Project) -> None:
    recipe = RECIPES[name]
    WALKS[name](project, recipe)
    if recipe.generated:
        project.run("schema")
    reads = name == "Understand what is cached and why"
    touched = set(recipe.files) if reads else project.touched()
    assert recipe.wrong(touched, MOST[name]) == []
    assert all((ROOT / file).is_file() for file in recipe.files if reads)


def test_each_task_of_a_newcomer_has_a_recipe() -> None:
    assert list(RECIPES) == list(MOST) == list(WALKS)
    for recipe in RECIPES.values():
        assert recipe.files and recipe.commands(), recipe.name


def test_a_recipe_that_takes_more_than_it_says_is_noticed() -> None:
    recipe = Recipe("x", ("a/<id>/", "b/<m>.py"), ("c.yaml",), ("docs/d.md",), ())
    assert recipe.wrong({"a/x/one", "a/x/two", "b/m.py", "c.yaml", "docs/d.md"}, 2) == []
    assert recipe.wrong({"a/x/one", "a/x/two", "b/m.py", "b/n.py", "c.yaml", "docs/d.md"}, 2) == ["too many: 3"]
    assert recipe.wrong({"a/x/one", "a/y/one", "b/m.py", "c.yaml", "docs/d.md"}, 2) == ["too many: 3"]
    assert recipe.wrong({"a/x/one", "b/c/m.py", "c.yaml", "docs/d.md"}, 2) == [
        "not named: b/c/m.py",
        "not needed: b/<m>.py",
    ]
