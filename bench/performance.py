"""bench/results.json and bench/history.yaml → docs/performance.md: `make performance`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import plots
import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/performance.md"
IDLE = 0.3
"""Cores that a machine keeps busy though nobody works on it."""


CORES = "The same, by the time of cores, which other work disturbs less"
Row = tuple[str, float, str, float | None, bool]
"""What, how much, its unit, the limit if there is one, and whether more is better."""


def page(results: Mapping[str, Any], history: Mapping[str, Any]) -> str:
    """The whole page."""
    head = ["# What leaflets cost", history["head"], _machine(results)]
    figures = [_picture(results, "daily"), "## Limits and figures", table(results)]
    reached = _bullets("Limits that are out of reach, and why", history["out_of_reach"])
    where = ["## Where the time goes", _phases(results), history["where"]]
    tables = [_sizes(results), history["sizes"], _books(results), _sites(results), _others(results), _history(history)]
    return "\n".join(part.strip() + "\n" for part in (*head, *figures, reached, *where, *tables) if part)


def _picture(results: Mapping[str, Any], name: str) -> str:
    """The chart of this name, or nothing where its figures were not measured."""
    found = [chart for chart in plots.charts(results) if chart.name == name]
    return "".join(f"![{chart.alt}](pictures/{chart.file.name})" for chart in found)


def table(results: Mapping[str, Any]) -> str:
    """Each figure beside its limit."""
    return _lines(("what", "measured", "limit", "and"), (_line(*row) for row in _rows(results)))


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([_cells(head), "|---" * len(head) + "|", *map(_cells, rows)])


def _cells(row: Sequence[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in row) + "|"


def _line(what: str, value: float, unit: str, limit: float | None, more: bool) -> Sequence[str]:  # noqa: FBT001
    shown = f"{value:,}" if isinstance(value, int) else f"{value:.2f}"
    if limit is None:
        return what, shown + unit, "", ""
    kept = value >= limit if more else value <= limit
    return what, shown + unit, f"at {'least' if more else 'most'} {limit:g}{unit}", "kept" if kept else "**not kept**"


def _rows(results: Mapping[str, Any]) -> Iterator[Row]:
    for name, rows in ROWS.items():
        if name in results:
            yield from rows(results[name])


def _cold(cold: Mapping[str, Any]) -> Iterator[Row]:
    what = f"A build of {cold['handouts']} handouts from nothing, by the bare engine on the same HTML in two processes"
    yield what, cold["ratio"], "", cold["limit"], False
    if "core_ratio" in cold:
        yield CORES, cold["core_ratio"], "", None, False


def _compared(others: Mapping[str, Any]) -> Iterator[Row]:
    if others["ours_by_chromium"]:
        what = f"A build of {others['handouts']} handouts from nothing, by a warm Chromium's time for the same pages"
        yield what, others["ours_by_chromium"], "", others["chromium_limit"], False
    yield "Times faster than the command `weasyprint` per file", others["command_times"], "", 25, True


def _nothing(nothing: Mapping[str, Any]) -> Iterator[Row]:
    what = f"A build of {nothing['handouts']:,} in which nothing has changed"
    yield what, nothing["seconds"], " s", nothing["limit"], False
    yield "Handouts rendered in it", nothing["rendered"], "", 0, False
    yield "Starts of the engine in it", int(nothing["engine_loaded"]), "", 0, False


def _word(word: Mapping[str, Any]) -> Iterator[Row]:
    what = f"One changed word among {word['handouts']:,}, by a new process"
    yield what, word["cold_s"], " s", word["limit"], False
    yield "The same in the preview, from save to web page", word["watch_web_s"], " s", word["watch_limit"], False
    yield "The same, from save to the pages of the PDF", word["watch_pdf_s"], " s", word["watch_limit"], False


def _template(template: Mapping[str, Any]) -> Iterator[Row]:
    yield (
        f"A changed style sheet, which prints all {template['handouts']} again",
        template["seconds"],
        " s",
        None,
        False,
    )


def _check(check: Mapping[str, Any]) -> Iterator[Row]:
    what = f"A check of {check['records']} records, the first ever"
    yield what, check["first_s"], " s", check["limit"], False
    yield "The same again", check["again_s"], " s", check["limit"], False
    yield "The same after a word was changed", check["after_a_word_s"], " s", check["limit"], False


def _cluster(cluster: Mapping[str, Any]) -> Iterator[Row]:
    yield "Throughput of two Dask workers, by that of our own two", cluster["throughput"], "", cluster["limit"], True


def _scale(scale: Mapping[str, Any]) -> Iterator[Row]:
    first, last = scale["sizes"][0]["handouts"], scale["sizes"][-1]["handouts"]
    yield f"Cost of a handout among {last:,}, by that among {first:,}", scale["ratio"], "", scale["limit"], False
    if "core_ratio" in scale:
        yield CORES, scale["core_ratio"], "", None, False
    most = max(size["peaks_mb"][0] for size in scale["sizes"])
    yield "The most memory of any process", most, " MB", scale["memory_limit_mb"], False


ROWS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Row]]] = {
    "cold": _cold,
    "others": _compared,
    "nothing_changed": _nothing,
    "one_word": _word,
    "one_template": _template,
    "check": _check,
    "cluster": _cluster,
    "scale": _scale,
}


def _machine(results: Mapping[str, Any]) -> str:
    """What they were measured with, and which of them beside other work."""
    kinds = {", ".join(f"{name} {value}" for name, value in row["machine"].items())
             for row in results.values() if "machine" in row}  # fmt: skip
    said = [f"Measured with: {'; '.join(sorted(kinds))}."] if kinds else []
    beside = [f"{name} ({row['beside']:.1f})" for name, row in results.items() if (row.get("beside") or 0) > IDLE]
    if beside:
        said.append(f"Other programs kept cores busy when these began (how many cores): {', '.join(beside)}.")
    return " ".join(said)


def _phases(results: Mapping[str, Any]) -> str:
    if "phases" not in results:
        return ""
    phases = results["phases"]
    rows = _lines(("step", "per cent"), ((step, f"{share:.1f}") for step, share in phases["shares"].items()))
    each = f"{phases['ms_a_handout']:.0f} ms of one core each"
    told = f"{phases['handouts']} handouts, composed, checked and printed in one process, {each}:"
    return "\n\n".join([told, _picture(results, "steps"), rows])


def _sizes(results: Mapping[str, Any]) -> str:
    if "scale" not in results:
        return ""
    rows = (
        (f"{one['handouts']:,}", f"{one['seconds']:.0f}", f"{one['ms_a_handout']:.0f}", _mb(one["peaks_mb"]))
        for one in results["scale"]["sizes"]
    )
    head = ("handouts", "seconds", "ms each", "MB of the largest processes")
    return "## By the size of the library\n\n" + _lines(head, rows)


def _mb(peaks: list[int]) -> str:
    return ", ".join(map(str, peaks))


def _books(results: Mapping[str, Any]) -> str:
    if "pack" not in results:
        return ""
    each = ((one, 1000 * one["seconds"] / one["pages"]) for one in results["pack"]["sizes"])
    rows = (
        (f"{one['leaflets']}", f"{one['pages']}", f"{one['seconds']:.1f}", f"{ms:.0f}", f"{one['megabytes']:.0f}")
        for one, ms in each
    )
    head = ("leaflets", "pages", "seconds", "ms a page", "MB")
    return "## A course's book, laid out in one process\n\n" + _lines(head, rows)


def _sites(results: Mapping[str, Any]) -> str:
    if "site" not in results:
        return ""
    rows = (
        (f"{one['leaflets']:,}", f"{one['files']:,}", f"{one['first_s']:.1f}", f"{one['anew_s']:.1f}",
         f"{one['nothing_s']:.1f}", f"{one['ms_a_leaflet']:.0f}") for one in results["site"]["sizes"]
    )  # fmt: skip
    head = ("leaflets", "files", "s with all leaflets", "s of leaflets that are there", "s when nothing changed")
    return "## The website\n\n" + _lines((*head, "ms a leaflet"), rows)


def _others(results: Mapping[str, Any]) -> str:
    others = results.get("others")
    if not others:
        return ""
    one, count = others["command_s_a_file"], others["handouts"]
    rows = [f"- ours, from nothing, two workers, all checks and files: {others['ours_s']:.1f} s"]
    if "floor_s" in others:
        rows.append(
            f"- the bare engine on the same HTML, two processes, nothing checked or written: {others['floor_s']:.1f} s"
        )
    rows.append(f"- the command `weasyprint`: {one:.2f} s a file (median of 6), so by multiplying {one * count:.0f} s")
    version = others.get("versions", {})
    for tabs, took in others["chromium_s"].items():
        name = f"- warm Chromium {version.get('chromium', '')}".rstrip()
        rows += [f"{name}, {tabs} tab{'' if tabs == '1' else 's'}: {took:.1f} s"] if took else []
    if others.get("chromium_why"):
        rows.append(f"- warm Chromium: not measured. {others['chromium_why']}.")
    if others["typst_s"]:
        name = f"- Typst {version.get('typst', '')}".rstrip()
        rows.append(f"{name}, the same words without columns and colours, one process: {others['typst_s']:.1f} s")
    return "\n".join([f"## The same {count} handouts in other programs", "", _picture(results, "engines"), "", *rows])


def _history(history: Mapping[str, Any]) -> str:
    rows = ((one["what"], one["how"], one["before"], one["after"]) for one in history["paid"])
    done = "## What was done, before and after\n\n" + _lines(("what", "how", "before", "after"), rows)
    return "\n".join([done, "", _bullets("What did not pay", history["did_not_pay"])])


def _bullets(head: str, said: Iterable[str]) -> str:
    return "\n".join([f"## {head}", "", *(f"- {' '.join(one.split())}" for one in said)])


def measured() -> Mapping[str, Any]:
    """What was measured last."""
    results: Mapping[str, Any] = json.loads((ROOT / "bench/results.json").read_text(encoding="utf-8"))
    return results


def made() -> str:
    """The page as it must be."""
    return page(measured(), yaml.safe_load((ROOT / "bench/history.yaml").read_text(encoding="utf-8")))


if __name__ == "__main__":
    PAGE.write_text(made(), encoding="utf-8")
