"""Measures, prints tables, stores the results and renews docs/performance.md with its plots.

A full run renews what is kept in the repository; a quick look writes all of it to out/benchmarks instead.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from time import perf_counter
from types import ModuleType

from benchmarks import growth, machine, results, scoring, speed, stages, startup, tables
from benchmarks.corpus import Corpus
from benchmarks.measure import ROOT, seconds
from benchmarks.sizes import SIZES, Size

MEASURES: dict[str, ModuleType] = {"startup": startup, "speed": speed, "stages": stages, "growth": growth, "scoring": scoring}
"""Name of a result -> the room that measures it: `expected` and `measure`. The order is that of a run."""


def main(arguments: list[str] | None = None) -> None:
    """Measure what was asked for, in turn; each result is stored as soon as it is there."""
    wanted = _arguments(arguments)
    size: Size = wanted.size
    kept = size.name == "full"
    folder: Path = wanted.results or (ROOT / "benchmarks" / "results" if kept else ROOT / "out" / "benchmarks")
    pages: Path = wanted.docs or (ROOT / "docs" if kept else ROOT / "out" / "benchmarks")
    load = machine.load()
    if not wanted.tables:
        _measure(size, wanted.only, folder, load)
    known = results.stored(folder, tuple(MEASURES))
    write(known, pages)
    print(tables.for_terminal(known))
    print(f"written to {_near(folder)}: {', '.join(f'{name}.json' for name in known)}; {_near(pages)}: performance.md and its plots")


def write(known: tables.Results, folder: Path) -> None:
    """Put performance.md, renewed from the one in docs, and its plots into a folder."""
    results.put(folder / "performance.md", tables.page((ROOT / "docs" / "performance.md").read_text("utf-8"), known))
    for name, picture in tables.pictures(known).items():
        results.put(folder / name, picture)


def _measure(size: Size, names: list[str], folder: Path, load: float | None) -> None:
    _say("looking how fast this machine is")
    start, document = _pace()
    expected = {name: MEASURES[name].expected(size, start, document) for name in names}
    began = perf_counter()
    for number, name in enumerate(names):
        _say(f"{name}: about {_minutes(expected[name])}; {_minutes(sum(expected[other] for other in names[number:]))} left in all")
        figures = MEASURES[name].measure(size, partial(_tell, name, began))
        results.store(folder, name, results.envelope(size, load, figures))


def _pace() -> tuple[float, float]:
    """Seconds until this process is ready, and for a document then."""
    from minutes_extract import extract

    texts = list(Corpus().documents(range(400_000, 400_010)))
    start = seconds(lambda: extract(text=texts[0]))
    return start, seconds(lambda: [extract(text=text) for text in texts[1:]]) / (len(texts) - 1)


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=_size, default=SIZES["full"], metavar="|".join(SIZES), help="how much is measured (full)")
    parser.add_argument("--only", type=_names, default=list(MEASURES), metavar="NAME,...", help=f"some of {','.join(MEASURES)}")
    parser.add_argument("--results", type=Path, metavar="DIR", help="where the JSON files go (benchmarks/results)")
    parser.add_argument("--docs", type=Path, metavar="DIR", help="where performance.md and the plots go (docs)")
    parser.add_argument("--tables", action="store_true", help="measure nothing: make tables and plots of the stored results anew")
    return parser.parse_args(given)


def _size(name: str) -> Size:
    if name not in SIZES:
        raise argparse.ArgumentTypeError(f"{name!r} is not a size; take one of {', '.join(SIZES)}")
    return SIZES[name]


def _names(joined: str) -> list[str]:
    names = joined.split(",")
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not measured here; take some of {', '.join(MEASURES)}")
    return names


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _near(path: Path) -> str:
    return path.resolve().relative_to(ROOT).as_posix() if path.resolve().is_relative_to(ROOT) else path.as_posix()


def _tell(name: str, began: float, what: str) -> None:
    _say(f"  {name}: {what} ({_minutes(perf_counter() - began)} so far)")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
