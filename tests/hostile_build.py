"""All hostile cases through the real command, under guard: what was said, what was made, and what was tried.

    PYTHONPATH=. python tests/hostile_build.py        prints a table of every case (make hostile)

Records and texts lie side by side in one library, as they would; each template and page is a library of its own, since
a template is everybody's. Limits on time are lower than in earnest, so that nobody waits for half a minute.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from guarded_case import Guarded, run
from library_case import IPT, copy_of_leaflets
from test_hostile import GENERATED, SHOWN, adapted
from test_hostile import VERDICTS as RECORDS
from test_logo import VERDICTS as DRAWINGS
from test_markup import VERDICTS as TEXTS

HOSTILE = Path(__file__).resolve().parent / "hostile"
LIMITS = {"COMPOSING": 2.0, "PRINTING": 5.0}
QUICK = ("build", "--audience", "teens", "--audience", "parents", "--therapy", "ipt")
PAGES: dict[str, tuple[str, str]] = {
    "css-var-bomb": ("error", "Printing this page took more than 5 seconds of processor time, twice."),
    "heading-jump": ("error", "A heading of level 4 follows one of level 2."),
    "huge-string": ("error", '"*" is for numbers up to 1,000,000,000.'),
    "loop-forever": ("error", "it takes more than 2 seconds of processor time."),
    "lost-text-abs": ("error", "words are missing from the PDF"),
    "mutate": ("error", "'tuple object' has no attribute 'append'."),
    "no-lang-title": ("error", "The page does not say its language."),
    "pdf-form": ("error", "<form> stands on the page."),
    "recursive-macro": ("error", "RecursionError"),
    "safe-filter": ("warning", "Words are printed here without being escaped."),
    "self-include": ("error", "RecursionError"),
    "attach-a": ("error", 'A link leads to "file:///etc/passwd".'),
    "attach-link": ("error", "<link> stands on the page."),
    "colspan": ("error", 'colspan="1000000000" is more than 100.'),
    "deep": ("error", "Elements are nested deeper than 60 levels."),
    "import-loop": ("error", 'The leaflet asks for "import-loop.html"'),
    "js-link": ("error", "javascript:alert(1)"),
}
"""What is said of each template and page, as what."""
BODY = '{{% extends "default/teens/leaflet.html" %}}{{% block pointer %}}{{{{ super() }}}}\n{}{{% endblock %}}\n'


@dataclass(frozen=True)
class Row:
    """What became of one case."""

    name: str
    asked: str
    said: str
    good: bool
    guarded: Guarded
    outside: tuple[str, ...]

    def cells(self) -> list[str]:
        """For the table."""
        network = sum("socket." in one for one in self.guarded.refused)
        return [
            self.name, self.asked[:44], self.said[:72], "yes" if self.good else "NO", str(network),
            str(len(self.outside)), str(self.guarded.said.count("Traceback")),
        ]  # fmt: skip


def names_in(folder: Path) -> set[str]:
    """Every file and folder, without following a link."""
    return {
        os.path.relpath(os.path.join(top, name), folder)  # noqa: PTH118
        for top, folders, files in os.walk(folder)
        for name in (*folders, *files)
    }


def built(folder: Path, *arguments: str) -> tuple[Guarded, tuple[str, ...]]:
    """The command, and what it left outside of its output folder."""
    before = names_in(folder)
    guarded = run(folder, *arguments, **LIMITS)
    new = names_in(folder) - before
    return guarded, tuple(sorted(one for one in new if not one.startswith(("output", "tmp", "guarded.log"))))


def records(folder: Path) -> Iterator[Row]:
    """All hostile records, texts and generated files in one library, with our own record among them."""
    library = copy_of_leaflets(folder / "records")
    ours = (library / IPT).read_text(encoding="utf-8")
    therapies = library / "content/therapies"
    for name in RECORDS:
        _write(therapies / f"record-{name}.yaml", _named(adapted(ours, name), f"record-{name}"))
    for name in TEXTS:
        text = (HOSTILE / "markdown" / f"{name}.md").read_text(encoding="utf-8").partition("\n")[2]
        body = "\n".join(f"      {line}" for line in text.splitlines())
        changed = re.sub(r"(?m)(^  overview:\n    adults: \|\n)(.*\n)", rf"\1{_quoted(body)}\n\n\2", ours, count=1)
        assert changed != ours
        _write(therapies / f"text-{name}.yaml", _named(changed, f"text-{name}"))
    for name, (make, _) in GENERATED.items():
        make(_Case(library, therapies / f"made-{name}.yaml"))  # type: ignore[arg-type]
    guarded, outside = built(library, "build", "--audience", "adults", "--json")
    yield from _record_rows(library, guarded, outside)


def _quoted(text: str) -> str:
    return text.replace("\\", r"\\")


class _Case:
    """What the makers of generated files want of a library: where to write the hostile record."""

    def __init__(self, library: Path, place: Path) -> None:
        self.library, self.place = library, place

    def path(self, _: str) -> Path:
        return self.place

    def text(self, file: str) -> str:
        return (self.library / file).read_text(encoding="utf-8")

    def write(self, _: str, data: str | bytes) -> None:
        self.place.write_bytes(data if isinstance(data, bytes) else data.encode())


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def _named(text: str, name: str) -> str:
    """The record under another id, so that all can lie side by side; a case about ids keeps its own."""
    return text.replace("\nid: hostile\n", f"\nid: {name}\n", 1).replace("\nid: ipt\n", f"\nid: {name}\n", 1)


def _record_rows(library: Path, guarded: Guarded, outside: tuple[str, ...]) -> Iterator[Row]:
    said = json.loads(guarded.said[guarded.said.index("{") :])
    lines = [(p["path"], p["severity"], p["what"]) for p in said["problems"]]
    for kind, names in (("record", RECORDS), ("text", TEXTS), ("made", GENERATED)):
        for name in names:
            file = f"content/therapies/{kind}-{name}.yaml"
            about = [(severity, what) for path, severity, what in lines if path == file]
            errors = [what for severity, what in about if severity == "error"]
            pdf = library / f"output/leaflets/adults/{kind}-{name}-adults-en.pdf"
            good = _as_asked(kind, name, about, pdf)
            first = errors[0] if errors else (about[0][1] if about else "made, nothing to say")
            yield Row(f"{kind} {name}", _asked(kind, name), first, good, guarded, outside)


def _asked(kind: str, name: str) -> str:
    """The first line of the case says what must happen."""
    places = {"record": f"records/{name}.yaml", "text": f"markdown/{name}.md"}
    if kind not in places:
        return "REJECT"
    first = (HOSTILE / places[kind]).read_text(encoding="utf-8").partition("\n")[0]
    return first.partition("EXPECT: ")[2].removesuffix(" -->")


def _as_asked(kind: str, name: str, about: list[tuple[str, str]], pdf: Path) -> bool:
    errors = [what for severity, what in about if severity == "error"]
    if kind == "made" and name == "link-loop":  # here it leads to a file that is not there
        return any("link that leads" in what for what in errors)
    if kind == "made":
        return any(re.sub(r"^:(\d+)?:? ", "", GENERATED[name][1]) in what for what in errors) and not pdf.exists()
    if kind == "text":
        # What is harmless may still be too long, or not plain enough, for a leaflet.
        return bool(errors) and not pdf.exists() if TEXTS[name].refused else bool(pdf.exists() or errors)
    verdict = RECORDS[name]
    if name in SHOWN:
        return not pdf.exists() or _shows(pdf, SHOWN[name].text)
    said = getattr(verdict, "what", "").partition(" Did you mean")[0]
    return any(said in what for what in errors) and not pdf.exists()


def _shows(pdf: Path, words: str) -> bool:
    """Whether the finished PDF holds the words, and nothing that could run, link out or be taken along."""
    with pdfium.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        attached = document.count_attachments()
    data = pdf.read_bytes()
    plain = re.sub(r"\W", "", html.unescape(words))
    return (
        plain[:12] in re.sub(r"\W", "", text)
        and not attached
        and not re.search(rb"/JavaScript|/JS |/EmbeddedFile", data)
    )


def pages(folder: Path) -> Iterator[Row]:
    """Each template and page in the place of the teenagers' leaflet; the parents' must be made all the same."""
    for name, (severity, what) in PAGES.items():
        library = copy_of_leaflets(folder / name)
        file = next(path for kind in ("templates", "html") for path in (HOSTILE / kind).glob(f"{name}.html*"))
        text = file.read_text(encoding="utf-8")
        _write(library / "templates/teens/leaflet.html", _planted(library, file, text))
        guarded, outside = built(library, *QUICK)
        about = [line for line in guarded.said.splitlines() if line.startswith(f"{severity}: ") and what in line]
        teens, parents = (library / f"output/leaflets/{who}/ipt-{who}-en.pdf" for who in ("teens", "parents"))
        good = bool(about) and parents.exists() and (teens.exists() == (severity == "warning"))
        asked = text.partition("EXPECT: ")[2].partition(" -->")[0].partition(" #}")[0]
        yield Row(f"page {name}", asked, about[0] if about else "", good, guarded, outside)
        shutil.rmtree(library)


def _planted(library: Path, file: Path, text: str) -> str:
    """The case inside of an honest leaflet, unless it is about the page as a whole; so nothing else is wrong."""
    if file.name.startswith("no-lang-title"):
        return text
    if "{% include" in text:  # it must lie where it can be found
        (library / "templates" / file.name).write_text(text, encoding="utf-8")
        text = f'{{% include "{file.name}" %}}'
    body = re.search(r"<body>(.*)</body>", text, re.DOTALL)
    return BODY.format(body[1] if body else text)


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, all white; a few hundred bytes where it is a bomb."""
    raw = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", raw), (b"IEND", b"")]
    parts = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb-20000.png": (lambda: png(20_000, 20_000), "has 20,000 by 20,000 pixels; 4,000,000 in all are the most"),
    "big-9000.png": (lambda: png(9_000, 9_000), "has 9,000 by 9,000 pixels; 4,000,000 in all are the most"),
    "truncated.png": (lambda: png(900, 900)[:60], "is damaged"),
    "html-named.png": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "does not say how large it is",
    ),
    "zero.png": (lambda: b"", "is neither SVG, PNG, JPEG nor WebP"),
}


def drawings(folder: Path) -> Iterator[Row]:
    """Each hostile drawing and picture as a clinic's logo: left out, or used without what is hostile in it."""
    library = copy_of_leaflets(folder / "drawings")
    clinics = library / "content/clinics"
    record = (clinics / "riverside.yaml").read_text(encoding="utf-8")
    for name, what in DRAWINGS.items():
        text = (HOSTILE / "svg" / f"{name}.svg").read_text(encoding="utf-8")
        asked = text.partition("EXPECT: ")[2].partition(" -->")[0]
        yield _logo(library, record, f"{name}.svg", text.encode(), what, asked)
    for file, (make, what) in PICTURES.items():
        yield _logo(library, record, file, make(), what, "REJECT")


def _logo(library: Path, record: str, file: str, data: bytes, what: str, asked: str) -> Row:
    name = file.replace(".", "-")
    (library / "content/clinics" / file).write_bytes(data)
    clinic = record.replace("id: riverside", f"id: {name}", 1).replace("riverside.svg", file, 1)
    (library / f"content/clinics/{name}.yaml").write_text(clinic, encoding="utf-8")
    guarded, outside = built(library, "build", "--clinic", name, "--audience", "teens", "--therapy", "ipt")
    about = guarded.about(f'logo "{file}"')
    pdfs = list((library / "output/clinics" / name).rglob("ipt-teens*.pdf"))
    good = any(what in line for line in about) and bool(pdfs)
    return Row(f"logo {file}", asked, about[0] if about else "", good, guarded, outside)


def leftovers(folder: Path) -> Iterator[Row]:
    """What we keep from build to build, spoiled: everything is made again, and nothing spoiled is published."""
    library = copy_of_leaflets(folder / "leftovers")
    built(library, *QUICK)
    output = library / "output"
    good = {path: path.read_bytes() for path in output.rglob("*") if path.suffix in (".pdf", ".html", ".txt")}
    for name, spoil in SPOILED.items():
        spoil(output)
        guarded, outside = built(library, *QUICK)
        whole = guarded.code == 0 and all(path.read_bytes() == data for path, data in good.items())
        said = next((line for line in guarded.said.splitlines() if line.startswith("warning")), "mended in silence")
        yield Row(f"kept {name}", "REBUILD", said, whole, guarded, outside)


def _everywhere(data: bytes) -> Callable[[Path], None]:
    def spoil(output: Path) -> None:
        for name in (".known.json", ".unchanged.json", "manifest.json"):
            (output / name).write_bytes(data)

    return spoil


def _replace(path: Path, data: bytes) -> None:
    path.write_bytes(data)


SPOILED: dict[str, Callable[[Path], None]] = {
    "truncated": _everywhere(json.dumps({"v": 1, "items": {"a": "b"}})[:15].encode()),
    "of a later version": _everywhere(json.dumps({"v": 999}).encode()),
    "a PDF that is none": lambda output: _replace(next(output.rglob("ipt-teens-en.pdf")), b"%PDF-1.7\nno"),
    "a PDF that is gone": lambda output: next(output.rglob("ipt-teens-en.pdf")).unlink(),
}


def twins(folder: Path) -> Iterator[Row]:
    """Two files that claim one id, and a folder that leads out or into itself."""
    library = copy_of_leaflets(folder / "twins")
    therapies = library / "content/therapies"
    shutil.copy(library / IPT, therapies / "ipt.yml")
    (therapies / "link-dir").symlink_to("/")
    (therapies / "link-loop").symlink_to(".")
    guarded, outside = built(library, "build", "--audience", "teens")
    about = [line for line in guarded.said.splitlines() if line.startswith("error") and "ipt.y" in line]
    yield Row("two files, one id", "REJECT; both named", about[0] if about else "", bool(about), guarded, outside)


def rows() -> Iterator[Row]:
    """Every case."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as home:
        yield from records(Path(home))
        yield from drawings(Path(home))
        yield from leftovers(Path(home))
        yield from twins(Path(home))
        yield from pages(Path(home))


def main() -> None:
    """The table."""
    head = ["case", "asked", "said", "as asked", "connections", "outside", "tracebacks"]
    table = [head]
    failed = 0
    for row in rows():
        table.append(row.cells())
        failed += not row.good or bool(row.guarded.refused) or bool(row.outside) or "Traceback" in row.guarded.said
        print(" | ".join(table[-1]), flush=True)
    print(f"{len(table) - 1} cases, {failed} not as they must be.")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
