"""Stored results -> tables for the terminal and for docs/performance.md, and its plots. The same results give the same bytes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks import plots
from benchmarks.results import Result

Results = Mapping[str, Result]
Row = Sequence[str]

WIDTH = 140
BUSY = 0.5
"""A load above this before the measurement began is told: the machine was doing something else."""
_STEPS = ("scores", "schemas", "intervals")
_PART = re.compile(r"(<!-- bench: (\w+) -->\n).*?(<!-- /bench -->)", re.DOTALL)


def page(text: str, results: Results) -> str:
    """A page with what stands between `<!-- bench: NAME -->` and `<!-- /bench -->` made anew."""
    return _PART.sub(lambda part: f"{part[1]}{PARTS[part[2]](results)}{part[3]}", text)


def pictures(results: Results) -> dict[str, str]:
    """File name -> SVG, for the measures there are."""
    made = {"performance-speed.svg": _speed_plot, "performance-stages.svg": _stages_plot, "performance-growth.svg": _growth_plot}
    return {name: make(results[name[12:-4]]["figures"]) for name, make in made.items() if name[12:-4] in results}


def for_terminal(results: Results) -> str:
    """All tables, one under the other."""
    return "\n".join(f"{name}\n\n{made}" for name, make in PARTS.items() if (made := make(results)) and name != "machine")


def table(head: Row, rows: Sequence[Row]) -> str:
    """A Markdown table whose columns stand straight also where it is not rendered; numbers to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    right = [all(re.match(r"[-–\d]", row[column]) for row in rows) and column > 0 for column in range(len(head))]

    def line(cells: Row) -> str:
        placed = (cell.rjust(width) if to_right else cell.ljust(width) for cell, width, to_right in zip(cells, widths, right, strict=True))
        return f"| {' | '.join(placed)} |\n"

    rule = "".join(f"|{'-' * (width + 1)}{':' if to_right else '-'}" for width, to_right in zip(widths, right, strict=True))
    return line(head) + f"{rule}|\n" + "".join(map(line, rows))


# parts of the page


def _machine(results: Results) -> str:
    """What was measured on what; one paragraph for all measures that share it."""
    told: dict[str, list[str]] = {}
    for name, result in results.items():
        told.setdefault(_circumstances(result), []).append(name)
    return "\n".join(textwrap.fill(f"{text}: {', '.join(names)}.", WIDTH) + "\n" for text, names in told.items())


def _circumstances(result: Result) -> str:
    facts, load = result["machine"], result["load_before"]
    packages = ", ".join(f"{package} {version}" for package, version in facts["packages"].items())
    quick = "" if result["size"] == "full" else f"**A quick look (SIZE={result['size']}): few documents, rough figures.** "
    busy = f"**The machine was busy (load {load}).** " if load is not None and load > BUSY else ""
    return (
        f"{quick}{busy}{facts['cpu']}, {facts['cores']} cores, {facts['memory_gb']} GB; {facts['system']}; {facts['python']}; "
        f"minutes-extract {facts['minutes_extract']}, {packages}. {_corpus(result['corpus'])} Measured {result['measured']}"
    )


def _corpus(facts: dict[str, Any]) -> str:
    new, looked_at = facts["new_in_second_half"], facts["documents_looked_at"]
    return (
        f"Documents of {facts['characters']:,} characters on average; of {looked_at}, the second half has {100 * new['pairs']:.0f} % of "
        f"its pairs and {100 * new['triples']:.0f} % of its triples of neighbouring syllables in no earlier document."
    )


def _speed(results: Results) -> str:
    if "speed" not in results:
        return ""
    figures = results["speed"]["figures"]
    rows = [
        ("whole pipeline, ms a document", figures["pipeline_ms"]),
        ("`word_tokenize` line by line, ms a document", figures["word_tokenize_ms"]),
        ("`ner` line by line, ms a document", figures["ner_ms"]),
        ("`ner` in one call, ms a document", figures["ner_in_one_call_ms"]),
        ("whole pipeline / `word_tokenize`", figures["pipeline_to_word_tokenize"]),
        ("whole pipeline / `word_tokenize`, processor time", figures["pipeline_to_word_tokenize_processor"]),
        ("`ner` line by line / whole pipeline", figures["ner_to_pipeline"]),
        ("`ner` in one call / whole pipeline", figures["ner_in_one_call_to_pipeline"]),
        ("thousand characters a second, whole pipeline", figures["thousand_characters_a_second"]),
    ]
    first, last = (figures[f"pipeline_to_word_tokenize_{block}_block"] for block in ("first", "last"))
    blocks = f"\nWhole pipeline / `word_tokenize` over the first ten documents of a process: {first:.2f}; over the last ten: {last:.2f}.\n"
    return _spreads(rows) + blocks


def _stages(results: Results) -> str:
    if "stages" not in results:
        return ""
    figures = results["stages"]["figures"]
    rows = [
        (name, f"{stage['median_ms']:.2f}", f"{stage['max_ms']:.2f}", f"{100 * stage['share']:.1f} %")
        for name, stage in figures["stages"].items()
    ]
    return table(("stage", "median ms", "max ms", "share"), rows) + f"\nMean of a document: {figures['whole_ms']:.1f} ms.\n"


def _growth(results: Results) -> str:
    if "growth" not in results:
        return ""
    figures = results["growth"]["figures"]
    head = ("documents", "processes", "seconds", "CPU seconds", "ms a document", "without start-up", "parent MB", "worker MB", "written MB")
    rows = [
        (
            f"{row['documents']:,}",
            str(row["processes"]),
            f"{row['seconds']['median']:.1f}",
            f"{row['cpu_seconds']:.1f}",
            f"{row['ms_a_document']:,.1f}",
            _number(row["steady_ms"], 1),
            _number(row["parent_mb"], 0),
            _number(row["worker_mb"], 0),
            f"{row['written_mb']:.1f}",
        )
        for row in figures["runs"]
    ]
    return table(head, rows) + "\n" + _spreads([("time with 1 process / with 2", figures["one_to_two_processes"])])


def _startup(results: Results) -> str:
    if "startup" not in results:
        return ""
    figures = results["startup"]["figures"]
    names = {
        "python_s": "Python itself, s",
        "help_s": "`minutes-extract --help`, s",
        "first_record_s": "import and first record, s",
        "warm_ms": "a further record, ms",
    }
    return _spreads([(told, figures[name]) for name, told in names.items()])


def _scoring(results: Results) -> str:
    if "scoring" not in results:
        return ""
    head = ("documents", "scores, s", "schemas, s", "intervals, s", "ms a document")
    runs = results["scoring"]["figures"]["runs"]
    rows = [(f"{row['documents']:,}", *(f"{row[f'{step}_s']:.2f}" for step in _STEPS), f"{row['ms_a_document']:.2f}") for row in runs]
    return table(head, rows)


def _limits(results: Results) -> str:
    rows: list[Row] = []
    for what, measure, wanted, most, figure in LIMITS:
        value = figure(results[measure]["figures"]) if measure in results else None
        verdict = "–" if value is None else "kept" if (value <= wanted if most else value >= wanted) else "**missed**"
        sign = "at most" if most else "at least"
        rows.append((what, f"{sign} {wanted:g}", _number(value, 2), verdict))
    return table(("what", "limit", "measured", "result"), rows)


def _planning(results: Results) -> str:
    """Rates and sizes for a million documents, from the longest run."""
    if "growth" not in results:
        return ""
    figures = results["growth"]["figures"]
    long = figures["runs"][-1]
    speedup = figures["one_to_two_processes"]["median"]
    hourly = 3_600_000 / (long["steady_ms"] if long["steady_ms"] > 0 else long["ms_a_document"])  # below 0: a run too short to tell
    core = hourly / long["processes"]
    million = 1e6 / long["documents"]
    rows = [
        (f"documents an hour, {long['processes']} processes", f"{hourly:,.0f}"),
        ("documents an hour and core, all cores at work", f"{core:,.0f}"),
        ("core-hours for a million documents", f"{1e6 / core:.1f}"),
        ("gain of the second process", f"{speedup:.2f}"),
        ("GB read for a million documents", f"{long['read_mb'] * million / 1000:.1f}"),
        ("GB written for a million documents", f"{long['written_mb'] * million / 1000:.1f}"),
        ("MB of memory, the command itself", _number(long["parent_mb"], 0)),
        ("MB of memory, each worker process", _number(long["worker_mb"], 0)),
    ]
    return table(("what", "figure"), rows)


PARTS: dict[str, Callable[[Results], str]] = {
    "machine": _machine,
    "limits": _limits,
    "speed": _speed,
    "stages": _stages,
    "growth": _growth,
    "startup": _startup,
    "planning": _planning,
    "scoring": _scoring,
}
"""Name of a part of the page -> what makes it."""


def _growth_of(field: str) -> Callable[[dict[str, Any]], float | None]:
    """The last run of the most processes beside the first that has more than one document."""

    def figure(figures: dict[str, Any]) -> float | None:
        runs = [row for row in figures["runs"] if row["processes"] == figures["runs"][-1]["processes"] and row["documents"] > 1]
        first, last = runs[0][field], runs[-1][field]
        return last / first if first and last else None

    return figure


def _scoring_growth(figures: dict[str, Any]) -> float:
    return float(figures["runs"][-1]["ms_a_document"] / figures["runs"][0]["ms_a_document"])


LIMITS: tuple[tuple[str, str, float, bool, Callable[[dict[str, Any]], float | None]], ...] = (
    ("whole pipeline / `word_tokenize`", "speed", 1.0, True, lambda figures: figures["pipeline_to_word_tokenize"]["median"]),
    ("`ner` in one call / whole pipeline", "speed", 20, False, lambda figures: figures["ner_in_one_call_to_pipeline"]["median"]),
    ("time with 1 process / with 2", "growth", 1.7, False, lambda figures: figures["one_to_two_processes"]["median"]),
    ("time of a document, most documents / fewest", "growth", 1.1, True, _growth_of("ms_a_document")),
    ("the same without start-up", "growth", 1.1, True, _growth_of("steady_ms")),
    ("memory of a worker, MB", "growth", 600, True, lambda figures: figures["runs"][-1]["worker_mb"]),
    ("memory of a worker, most documents / fewest", "growth", 1.1, True, _growth_of("worker_mb")),
    ("memory of the parent, most documents / fewest", "growth", 1.1, True, _growth_of("parent_mb")),
    ("time to score a document, most documents / fewest", "scoring", 1.1, True, _scoring_growth),
)
"""What, measure, the limit, whether it is an upper one, and where the figure stands."""


def _spreads(rows: Sequence[tuple[str, dict[str, Any]]]) -> str:
    cells = [(name, *(f"{spread[key]:.{_digits(spread['median'])}f}" for key in ("median", "min", "max"))) for name, spread in rows]
    return table(("what", "median", "min", "max"), cells)


def _digits(value: float) -> int:
    return 0 if value >= 1000 else 1 if value >= 30 else 2


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


# plots


def _speed_plot(figures: dict[str, Any]) -> str:
    ours = figures["pipeline_to_word_tokenize"]["median"]
    rows = [
        ("whole pipeline", ours, figures["pipeline_ms"]),
        ("word_tokenize", 1.0, figures["word_tokenize_ms"]),
        ("ner, line by line", ours * figures["ner_to_pipeline"]["median"], figures["ner_ms"]),
        ("ner, in one call", ours * figures["ner_in_one_call_to_pipeline"]["median"], figures["ner_in_one_call_ms"]),
    ]
    labelled = [(name, ratio, f"{ratio:.2f} ({spread['median']:,.0f} ms)") for name, ratio, spread in rows]
    return plots.bars("Time of a document, word_tokenize = 1", labelled)


def _stages_plot(figures: dict[str, Any]) -> str:
    stages = sorted(figures["stages"].items(), key=lambda item: -item[1]["share"])
    return plots.bars("Where the time goes", [(name, stage["share"], f"{100 * stage['share']:.1f} %") for name, stage in stages])


def _growth_plot(figures: dict[str, Any]) -> str:
    most = figures["runs"][-1]["processes"]
    runs = [row for row in figures["runs"] if row["processes"] == most and row["documents"] > 1]

    def line(field: str) -> list[tuple[float, float]]:
        return [(row["documents"], row[field]) for row in runs if row[field] is not None]

    time = ("ms a document, without start-up", [(f"{most} processes", line("steady_ms"))])
    memory = ("peak memory, MB", [("worker", line("worker_mb")), ("parent", line("parent_mb"))])
    return plots.panels("More documents", [time, memory])
