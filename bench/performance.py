"""bench/results.json and bench/history.yaml → docs/performance.md: `python bench/performance.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/performance.md"


def page(results: Mapping[str, Any], history: Mapping[str, Any]) -> str:
    """The whole page."""
    head = ["# What leaflets cost", history["head"], "## Limits and figures", _table(results)]
    where = ["## Where the time goes", history["where"], _sizes(results), _others(results), _history(history)]
    return "\n".join(part.strip() + "\n" for part in (*head, *where) if part)


def _table(results: Mapping[str, Any]) -> str:
    rows = ["| what | measured | limit | |", "|---|---|---|---|", *(_row(*row) for row in _rows(results))]
    return "\n".join(rows)


def _row(what: str, value: float, unit: str, limit: float, more: bool = False) -> str:  # noqa: FBT001, FBT002
    kept = value >= limit if more else value <= limit
    bound = "at least" if more else "at most"
    return f"| {what} | {value:.2f}{unit} | {bound} {limit:g}{unit} | {'kept' if kept else '**not kept**'} |"


def _rows(results: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    if cold := results.get("cold"):
        what = (
            f"A build of {cold['handouts']} handouts from nothing, by the bare engine on the same HTML in two processes"
        )
        yield what, cold["ratio"], "", cold["limit"]
    if others := results.get("others"):
        if others["ours_by_chromium"]:
            what = (
                f"A build of {others['handouts']} handouts from nothing, by a warm Chromium's time for the same pages"
            )
            yield what, others["ours_by_chromium"], "", others["chromium_limit"]
        yield "Times faster than the command `weasyprint` per file", others["command_times"], "", 25, True
    if nothing := results.get("nothing_changed"):
        yield (
            f"A build of {nothing['handouts']:,} in which nothing has changed",
            nothing["seconds"],
            " s",
            nothing["limit"],
        )
    if word := results.get("one_word"):
        yield f"One changed word among {word['handouts']:,}, by a new process", word["cold_s"], " s", word["limit"]
        yield "The same in the preview, from save to web page", word["watch_web_s"], " s", word["watch_limit"]
        yield "The same, from save to the pages of the PDF", word["watch_pdf_s"], " s", word["watch_limit"]
    if check := results.get("check"):
        yield f"A check of {check['records']} records, the first ever", check["first_s"], " s", check["limit"]
        yield "The same again", check["again_s"], " s", check["limit"]
        yield "The same after a word was changed", check["after_a_word_s"], " s", check["limit"]
    if cluster := results.get("cluster"):
        yield (
            "Throughput of two Dask workers, by that of our own two",
            cluster["throughput"],
            "",
            cluster["limit"],
            True,
        )
    if scale := results.get("scale"):
        first, last = scale["sizes"][0]["handouts"], scale["sizes"][-1]["handouts"]
        yield f"Cost of a handout among {last:,}, by that among {first}", scale["ratio"], "", scale["limit"]
        most = max(size["peaks_mb"][0] for size in scale["sizes"])
        yield "The most memory of any process, in MB", most, "", scale["memory_limit_mb"]


def _sizes(results: Mapping[str, Any]) -> str:
    if "scale" not in results:
        return ""
    rows = [f"| {one['handouts']:,} | {one['seconds']:.0f} | {one['ms_a_handout']:.0f} | {_mb(one['peaks_mb'])} |"
            for one in results["scale"]["sizes"]]  # fmt: skip
    head = "## By the size of the library\n\n| handouts | seconds | ms each | MB of the largest processes |"
    head += "\n|---|---|---|---|"
    return "\n".join([head, *rows])


def _mb(peaks: list[int]) -> str:
    return ", ".join(map(str, peaks))


def _others(results: Mapping[str, Any]) -> str:
    others = results.get("others")
    if not others:
        return ""
    one, count = others["command_s_a_file"], others["handouts"]
    rows = [f"- ours, from nothing, two workers, all checks and files: {others['ours_s']:.1f} s"]
    rows.append(f"- the command `weasyprint`: {one:.2f} s a file (median of 6), so {one * count:.0f} s for all")
    for tabs, took in others["chromium_s"].items():
        rows += [f"- warm Chromium, {tabs} tab{'' if tabs == '1' else 's'}: {took:.1f} s"] if took else []
    if others["typst_s"]:
        rows.append(f"- Typst, the same words as plain headings and paragraphs, one process: {others['typst_s']:.1f} s")
    return "\n".join([f"## The same {count} handouts in other programs", "", *rows])


def _history(history: Mapping[str, Any]) -> str:
    rows = [f"| {one['what']} | {one['how']} | {one['before']} | {one['after']} |" for one in history["paid"]]
    head = "## What was done, before and after\n\n| what | how | before | after |\n|---|---|---|---|"
    failed = [f"- {' '.join(one.split())}" for one in history["did_not_pay"]]
    return "\n".join([head, *rows, "", "## What did not pay", "", *failed])


def made() -> str:
    """The page as it must be."""
    results = json.loads((ROOT / "bench/results.json").read_text(encoding="utf-8"))
    return page(results, yaml.safe_load((ROOT / "bench/history.yaml").read_text(encoding="utf-8")))


if __name__ == "__main__":
    PAGE.write_text(made(), encoding="utf-8")
