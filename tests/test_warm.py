"""What is done once for all tests says the same as if each did it; and records are known by their bytes."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest
import warm

from printables import limits
from printables.library import record_reader, yaml_reader
from printables.library.settings import Publisher
from printables.typeset.page import Page, Printed
from printables.workers.worker import Worker

CONTENT = Path(__file__).resolve().parent.parent / "content"


def test_a_record_is_known_by_its_bytes_and_told_by_its_own_path(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    real = yaml_reader.read_yaml

    def noted(data: bytes, path: str):  # type: ignore[no-untyped-def]
        read.append(data)
        return real(data, path)

    monkeypatch.setattr(record_reader, "read_yaml", noted)
    for data, good in ((b"clinics: no such key\n", False), ((CONTENT / "publisher.yaml").read_bytes(), True)):
        unread = data + b"# as nobody has read it before\n"
        read.clear()
        for path in ("here/publisher.yaml", "there/publisher.yaml"):
            record, document, problems = record_reader.read_record(Publisher, unread, path)
            assert (record is not None, document is not None and document.path == path) == (good, good)
            assert {problem.path for problem in problems} == (set() if good else {path})
        assert read == [unread]


def test_a_template_is_compiled_once_and_each_copy_knows_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    real = jinja2.Environment.compile

    def noted(self, source, *given, **named):  # type: ignore[no-untyped-def]
        compiled.append(source)
        return real(self, source, *given, **named)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    kept = warm.CompiledOnce()
    for folder, text in (("a", "{% macro m() %}{{ 1 / 0 }}{% endmacro %}\n{{ m() }}"), ("b", ""), ("c", "other")):
        home = tmp_path / folder
        home.mkdir()
        (home / "page.html").write_text(text or (tmp_path / "a/page.html").read_text("utf-8"), encoding="utf-8")
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(home), bytecode_cache=kept, autoescape=True)
        template = environment.get_template("page.html")
        assert template.filename == str(home / "page.html")
        if folder != "c":
            with pytest.raises(ZeroDivisionError) as error:
                template.render()
            assert error.traceback[-1].path == home / "page.html"
    assert len(compiled) == 2, "the third is another text"


def test_a_page_is_printed_once_where_a_run_keeps_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Page] = []

    def engine(page: Page) -> Printed:
        asked.append(page)
        return Printed(page.html.encode(), len(asked))

    first, second = Page("<p>One", "p {}"), Page("<p>One", "p { margin: 0 }")
    monkeypatch.setenv(warm.PRINTED, str(tmp_path))
    once = warm.printed_once(engine)
    assert [once(page).pages for page in (first, second, first, second)] == [1, 2, 1, 2]
    assert warm.printed_once(engine)(first) == once(first), "also by another process"
    assert asked == [first, second]
    monkeypatch.delenv(warm.PRINTED)
    anew = warm.printed_once(engine)
    assert [anew(page).pages for page in (first, first)] == [3, 4]


def has_engine(_: None) -> bool:
    return "weasyprint" in sys.modules


@pytest.mark.slow
def test_a_process_that_prints_has_the_engine_when_it_starts() -> None:
    worker = Worker()
    assert worker.run(has_engine, None, limits.PRINTING, limits.MEMORY)
    worker.close()
