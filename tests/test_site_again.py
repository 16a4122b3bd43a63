"""A website that is made again: at once where nothing was touched, and its pictures in the colours of the page."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from site_case import ADDRESS, ROOT, built, shared

from printables.cache import up_to_date
from printables.typeset.pictures import in_two_sizes

pytestmark = pytest.mark.pdf
WHOLE_PROGRAM = {"printables.pipeline.build", "printables.site.build", "jinja2", "pydantic", "weasyprint"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared(tmp_path_factory)


def started(folder: Path, *arguments: str, watched: bool = False) -> subprocess.CompletedProcess[str]:
    """`site`, started anew as a person starts it; where it is watched, it says what it loads."""
    watch = ("-X", "importtime") if watched else ()
    command = [sys.executable, *watch, str(ROOT / "make_printables.py"), "site", "--address", ADDRESS, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def own(project: Path, tmp_path: Path) -> Path:
    """A copy of the project that the test may spoil, old enough for its files to be known by their times."""
    shutil.copytree(project, tmp_path / "own")
    time.sleep(up_to_date.SETTLED / 1e9)
    return tmp_path / "own"


def test_where_nothing_was_touched_the_website_is_not_looked_at_again(own: Path) -> None:
    looked = json.loads(started(own, "--json").stdout)
    again = started(own, "--json", watched=True)
    assert {**json.loads(again.stdout), "seconds": 0} == {**looked, "seconds": 0}
    assert looked["site"]["kept"] and not looked["site"]["made"]
    loaded = {line.rpartition("|")[2].strip() for line in again.stderr.splitlines()}
    assert "printables.cli.fast_path" in loaded and not loaded & WHOLE_PROGRAM
    (own / "output/site/index.html").write_text("spoilt", encoding="utf-8")
    assert built(own, "--address", ADDRESS)["site"]["made"] == ["index.html"]


@pytest.mark.long
def test_so_it_is_said_in_words(own: Path) -> None:
    said = [started(own).stdout.splitlines()[-1] for _ in range(2)]
    assert said[0] == said[1]
    assert re.match(r"Website in output/site: 0 files made, \d+ unchanged, 0 rem", said[0])


NO_PAGE = """
import sys
sys.path.insert(0, sys.argv[1])
from printables.cli.main import main
from printables.pages.templates.render import Pages
Pages.html = lambda *_: sys.exit("a page was made")
sys.argv[1:] = ["site", "--json", "--address", sys.argv[2]]
main()
"""


def test_leaflets_that_are_up_to_date_are_not_composed_to_pages_again(project: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(project, own)
    (own / "output/site/help.html").unlink()
    command = [sys.executable, "-c", NO_PAGE, str(ROOT), ADDRESS]
    done = subprocess.run(command, cwd=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    help_page = (own / "output/site/help.html").read_text(encoding="utf-8")
    assert help_page.count('href="tel:999"') >= 3, "with the box of each reader"
    record = own / "content/therapies/ipt.yaml"
    record.write_text(record.read_text("utf-8").replace("the same row at home", "the same fight at home"), "utf-8")
    again = subprocess.run(command, cwd=own, capture_output=True, text=True, check=False)
    assert "a page was made" in again.stderr, "this would notice"


def files_of(site: Path) -> dict[str, bytes]:
    """The files by path. Of the search only what it knows of each page: Pagefind writes the rest in a random order."""
    names = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    ours = (name for name in names if not name.startswith("pagefind/") or name.startswith("pagefind/fragment/"))
    return {name: names[name].read_bytes() for name in ours}


def test_after_one_word_the_website_is_that_of_a_build_from_nothing(project: Path, tmp_path: Path) -> None:
    """With a letter that the fonts of the website lacked before."""
    own, anew = tmp_path / "own", tmp_path / "anew"
    shutil.copytree(project, own)
    before = files_of(own / "output/site")
    record = own / "content/therapies/ipt.yaml"
    record.write_text(record.read_text("utf-8").replace("the same row at home", "the same façade at home"), "utf-8")
    shutil.copytree(own, anew)
    for folder in ("site", "leaflets", "worksheets"):  # the cards stay, which another command made
        shutil.rmtree(anew / "output" / folder)
    (anew / "output/site.json").unlink()
    (anew / "output/.known.json").unlink()
    made = built(own, "--address", ADDRESS)["site"]
    assert "assets/atkinson-regular.woff2" in made["made"] and "assets/leaflet-teens.css" in made["kept"]
    assert built(anew, "--address", ADDRESS)["site"]["kept"] == []
    after = files_of(own / "output/site")
    assert after == files_of(anew / "output/site")
    assert 0 < sum(after[path] != data for path, data in before.items() if path in after) < len(after) / 2


def test_a_changed_style_of_leaflets_reaches_the_website(project: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(project, own)
    (own / "templates/_site").mkdir(parents=True, exist_ok=True)
    style = (ROOT / "templates/_site/leaflet.css").read_text("utf-8")
    (own / "templates/_site/leaflet.css").write_text(f"{style}\n.leaflet h2 {{ color: #123456 }}\n", "utf-8")
    made = built(own, "--address", ADDRESS)["site"]["made"]
    assert "assets/leaflet-teens.css" in made
    assert "#123456" in (own / "output/site/assets/leaflet-teens.css").read_text("utf-8")


@pytest.mark.parametrize("name", ["teens/ipt-teens-en", "adults/cbt-insomnia-adults-en"])
def test_pictures_have_the_colours_of_the_page(project: Path, name: str) -> None:
    """Paper is white, and tints and ink are as they are printed, in both sizes."""
    pdf = (project / f"output/leaflets/{name}.pdf").read_bytes()
    with pdfium.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=640 / page.get_width()).to_pil().convert("RGB")
    printed = {colour for _, colour in sorted(drawn.getcolors(1 << 24) or [], reverse=True)[:3]}
    for png, width in zip(in_two_sizes(pdf, [0], 640)[0], (640, 320), strict=True):
        with Image.open(io.BytesIO(png)) as picture:
            assert (picture.width, picture.mode) == (width, "P")
            shown = {colour for _, colour in picture.convert("RGB").getcolors(256) or []}
        assert printed <= shown and (255, 255, 255) in shown
