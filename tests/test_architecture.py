"""The shape of the code: imports point down, engines stay in their corner, modules and functions stay small."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from import_case import imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "printables"
MODULES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))
}

HOUSE = (ROOT / "docs/how-it-works.md").read_text(encoding="utf-8")
ROOM = re.compile(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|$", re.MULTILINE)
ONLY_IN = {
    "dask": "printables/workers/cluster.py",
    "distributed": "printables/workers/cluster.py",
    "weasyprint": "printables/typeset/",
    "pydyf": "printables/typeset/",
    "jinja2": "printables/pages/",
    "html.parser": "printables/pages/formats/html_tree.py",
}
WRITERS = {"printables/files.py", "printables/workers/temporary_folder.py"}
"""The first writes every file; the second makes and removes the engine's folder in TMPDIR."""
SPEAKERS = "printables/cli/"
"""The terminal belongs to the command line."""
WRITE_CALLS = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "rmdir", "rmtree", "copytree", "touch"}
OPENERS = {"open", "fdopen", "NamedTemporaryFile", "mkstemp", "makedirs"}

MAX_MODULE = 250


def part(name: str) -> str:
    """`printables/pages/compose/marks.py` and `printables.pages.compose.marks` belong to `pages`."""
    pieces = name.removesuffix(".py").replace("/", ".").split(".")
    return pieces[1] if len(pieces) > 1 else ""


def rooms(markdown: str) -> dict[str, set[str]]:
    """For each room, those below it, by the table of docs/how-it-works.md: each may import all that its row names."""
    return {name: set(re.findall(r"`(\w+)`", cell)) for name, cell in ROOM.findall(markdown)}


def upward(path: str, text: str) -> list[str]:
    """The imports of a module that do not point down."""
    mine = part(path)
    if mine == "__init__":  # the package itself offers the public API, which it loads when somebody asks
        return [name for name in imports(text) if name.startswith("printables.") and part(name) != "api"]
    own = [
        name for name in imports(text) if name.split(".")[0] == "printables" and part(name) not in ("__version__", mine)
    ]
    wrong = [name for name in own if part(name) not in rooms(HOUSE).get(mine, set())]
    if mine == "pipeline":  # of the engine it knows the plain data only
        wrong += [name for name in own if part(name) == "typeset" and not name.startswith("printables.typeset.page.")]
    return wrong


def out_of_place(path: str, text: str) -> list[str]:
    """The imports of engines and parsers outside the one place that may know them."""
    asked = [f"{name}." for name in imports(text)]
    known = {name for name in ONLY_IN if any(one.startswith(f"{name}.") for one in asked)}
    return sorted(name for name in known if not path.startswith(ONLY_IN[name]))


def writes(text: str) -> list[str]:
    """Calls that change the disk: opening for writing, and methods such as write_text."""
    return [f"{name}, line {call.lineno}" for name, call in calls(text) if is_write(name, call)]


def is_write(name: str, call: ast.Call) -> bool:
    if name in WRITE_CALLS:
        return True
    if name not in OPENERS:
        return False
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    modes = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return name != "open" or any(set(mode) & set("wax+") and set(mode) <= set("wax+bt") for mode in modes)


def speaks(text: str) -> list[str]:
    """Calls that write to the terminal."""
    said = [f"{name}, line {call.lineno}" for name, call in calls(text) if name in ("print", "echo", "secho", "style")]
    streams = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Attribute) and n.attr in ("stdout", "stderr")]
    return said + [f"{node.attr}, line {node.lineno}" for node in streams]


def calls(text: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            function = node.func
            yield str(getattr(function, "attr", getattr(function, "id", ""))), node


def lengths(text: str) -> list[int]:
    """Lines of each function, its head and docstring counted too."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(n.end_lineno or 0) - n.lineno + 1 for n in ast.walk(ast.parse(text)) if isinstance(n, kinds)]


def sizes_that_are_wrong(sizes: list[int]) -> list[str]:
    wrong = ["median"] if statistics.median(sizes) > 8 else []
    return wrong + (["p90"] if statistics.quantiles(sizes, n=10)[8] > 25 else [])


def too_long(modules: dict[str, str]) -> list[str]:
    return [name for name, text in modules.items() if len(text.splitlines()) > MAX_MODULE]


def test_every_room_is_in_the_table() -> None:
    assert {part(path) for path in MODULES} - {"__init__"} == rooms(HOUSE).keys()
    assert len(MODULES) > 40


def test_no_room_is_above_and_below_another() -> None:
    table = rooms(HOUSE)
    assert [(one, other) for one, below in table.items() for other in below if one in table.get(other, ())] == []


@pytest.mark.slow
def test_imports_point_down() -> None:
    assert {path: wrong for path, text in MODULES.items() if (wrong := upward(path, text))} == {}


@pytest.mark.parametrize(
    ("path", "line", "wrong"),
    [
        (
            "printables/library/loader.py",
            "from printables.pages.compose.compose import compose",
            "printables.pages.compose.compose.compose",
        ),
        ("printables/checks/x.py", "from printables.typeset.page import Page", "printables.typeset.page.Page"),
        ("printables/checks/x.py", "import printables.files", "printables.files"),
        ("printables/pages/x.py", "def f():\n    from printables.pipeline import build", "printables.pipeline.build"),
        ("printables/publish/x.py", "from printables import cli", "printables.cli"),
        (
            "printables/pipeline/build.py",
            "from printables.typeset.engine import typeset",
            "printables.typeset.engine.typeset",
        ),
        ("printables/unheard.py", "import printables.library", "printables.library"),
    ],
)
def test_import_that_points_up_is_noticed(path: str, line: str, wrong: str) -> None:
    assert upward(path, f"import ast\nfrom printables.problems import Problem\n{line}\n")[-1:] == [wrong]


@pytest.mark.slow
def test_engines_stay_in_their_corner() -> None:
    assert {path: wrong for path, text in MODULES.items() if (wrong := out_of_place(path, text))} == {}


def test_engine_out_of_its_corner_is_noticed() -> None:
    bad = "import jinja2.sandbox\ndef f():\n    from weasyprint.urls import x\nimport pydyf as y\n"
    bad += "from html.parser import HTMLParser\nimport html\n"
    assert out_of_place("printables/pipeline/build.py", bad) == ["html.parser", "jinja2", "pydyf", "weasyprint"]
    assert out_of_place("printables/typeset/x.py", bad) == ["html.parser", "jinja2"]
    assert out_of_place("printables/pages/x.py", bad) == ["html.parser", "pydyf", "weasyprint"]


@pytest.mark.slow
def test_only_one_module_writes_files() -> None:
    others = {path: text for path, text in MODULES.items() if path not in WRITERS}
    assert {path: wrong for path, text in others.items() if (wrong := writes(text))} == {}


def test_writing_is_noticed() -> None:
    bad = (
        "from pathlib import Path\n"
        "Path('f.txt').write_text('x')\n"
        "open('f.txt', 'w')\n"
        "Path('f.txt').open(mode='xb')\n"
        "import os\nos.open('f.txt', os.O_RDONLY)\n"
        "open('f.txt')\nopen('f.txt', 'rb')\nImage.open(data)\n"
    )
    assert writes(bad) == ["write_text, line 2", "open, line 3", "open, line 4"]
    assert writes(MODULES["printables/files.py"]) != []


@pytest.mark.slow
def test_only_the_command_line_speaks() -> None:
    others = {path: text for path, text in MODULES.items() if not path.startswith(SPEAKERS)}
    assert {path: wrong for path, text in others.items() if (wrong := speaks(text))} == {}


def test_speaking_is_noticed() -> None:
    assert any(speaks(text) for path, text in MODULES.items() if path.startswith(SPEAKERS))
    bad = "import sys\nprint('x')\nsys.stderr.write('x')\nclick.echo('x')\n"
    assert speaks(bad) == ["print, line 2", "echo, line 4", "stderr, line 3"]


def test_modules_are_short() -> None:
    assert too_long(MODULES) == []


@pytest.mark.slow
def test_functions_are_short() -> None:
    assert sizes_that_are_wrong([size for text in MODULES.values() for size in lengths(text)]) == []


def test_long_modules_and_functions_are_noticed() -> None:
    assert too_long({"printables/new.py": "x = 1\n" * 251, "printables/other.py": "x = 1\n" * 250}) == [
        "printables/new.py"
    ]
    nine = "def f():\n" + "    x = 1\n" * 8
    assert lengths(nine + "class C:\n    async def g(self):\n        return 1\n") == [9, 2]
    assert sizes_that_are_wrong(lengths(nine * 3)) == ["median"]
    assert sizes_that_are_wrong([3] * 8 + [30, 30]) == ["p90"]


@pytest.mark.slow
def test_check_does_not_load_the_engine() -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path; from printables.pipeline import build;"
        "from printables.plan import Choice;"
        "given = (Path('content'), Path('templates'), Path('output'), date(2026, 12, 1), Choice(('ipt',)));"
        "checked = build.check(build.Options(*given));"
        "assert checked.subjects;"
        "print(*sorted({'weasyprint', 'pydyf', 'pypdfium2', 'tinyhtml5'} & set(sys.modules)), sep=',')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
