"""The plots of the HTML report, drawn as SVG by hand: no script, no font, no colour of their own (the page's style sheet has them)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from math import floor

from minutes_extract.evaluation.precision_coverage import Curve
from minutes_extract.evaluation.table import ratio
from minutes_extract.evaluation.uncertainty import FIGURES, Interval, Intervals
from minutes_extract.records import LABELS

_WIDTH = 680


def forest_plot(intervals: Intervals) -> str:
    """Each figure as a square with its interval as a line; figures that are 0/0 have a row without."""
    left, right, row, top = 190, 520, 24, 26
    lowest = _lowest(interval.low for interval in intervals.figures.values() if interval)

    def x(value: float) -> float:
        return left + (value - lowest) / (1 - lowest) * (right - left)

    last_span = len(LABELS) + 1
    parts = []
    for number, (name, interval) in enumerate(intervals.figures.items()):
        y = top + row * number + row / 2 + (10 if number >= last_span else 0)
        style = f"label-{name}" if name in LABELS else "plain"
        parts.append(_words(left - 12, y + 4, FIGURES[name], "end"))
        parts += _whisker(x, y, interval, style, FIGURES[name])
        parts.append(_words(right + 14, y + 4, str(interval) if interval else "n/a", "start", "figure"))
    bottom = top + row * len(intervals.figures) + 14
    grid = [_tick(x(value), top - 4, bottom, f"{value:.2f}") for value in _steps(lowest)]
    told = "; ".join(f"{FIGURES[name]} {interval or 'n/a'}" for name, interval in intervals.figures.items())
    return _svg("forest", bottom + 22, "Figures with their intervals", told, [*grid, *parts])


def _whisker(x: Callable[[float], float], y: float, interval: Interval | None, style: str, title: str) -> Iterator[str]:
    if interval is None:
        return
    low, high, value = (round(x(bound), 1) for bound in (interval.low, interval.high, interval.value))
    yield f'<g class="{style}"><title>{escape(f"{title}: {interval}")}</title>'
    yield f'<path class="whisker" d="M{low} {y}H{high}M{low} {y - 5}v10M{high} {y - 5}v10"/>'
    yield f'<rect class="dot" x="{value - 4.5:.1f}" y="{y - 4.5}" width="9" height="9"/></g>'


def coverage_plot(curve: Curve) -> str:
    """Precision over coverage, from the surest mentions on the left to all of them on the right."""
    left, right, top, bottom = 60, 650, 16, 250
    lowest = _lowest(point.precision for point in curve.points)

    def place(coverage: float, precision: float) -> str:
        return f"{left + coverage * (right - left):.1f} {bottom - (precision - lowest) / (1 - lowest) * (bottom - top):.1f}"

    grid = []
    for value in _steps(lowest):
        y = float(place(0, value).split()[1])
        grid.append(f'<path class="grid" d="M{left} {y}H{right}"/>{_words(left - 8, y + 4, f"{value:.2f}", "end", "tick")}')
    for share in range(0, 101, 20):
        x = float(place(share / 100, 1).split()[0])
        grid.append(f'<path class="grid" d="M{x} {top}V{bottom}"/>{_words(x, bottom + 18, f"{share} %", "middle", "tick")}')
    points = curve.points
    level = f"M{place(0, points[0].precision)}L" if points else ""
    line = f'<path class="curve" d="{level}{"L".join(place(p.coverage, p.precision) for p in points)}"/>' if points else ""
    dots = []
    for point in points:
        at_x, at_y = place(point.coverage, point.precision).split()
        title = f"{_limit(curve, point.limit)}: coverage {ratio(point.coverage)}, precision {ratio(point.precision)}"
        dots.append(f'<circle class="dot" cx="{at_x}" cy="{at_y}" r="3.5"><title>{escape(title)}</title></circle>')
    names = [_words((left + right) / 2, bottom + 38, "coverage: share of the mentions kept, surest first", "middle", "tick")]
    told = "; ".join(f"coverage {ratio(point.coverage)} precision {ratio(point.precision)}" for point in points) or "no mention to judge"
    return _svg("coverage", bottom + 48, "Precision by coverage", told, [*grid, line, *dots, *names])


def _limit(curve: Curve, limit: float) -> str:
    if curve.by == "verdict":
        return "strong" if limit else "strong and weak"
    return f"sum at least {limit:+.2f} from the threshold"


def _lowest(values: Iterable[float]) -> float:
    """A tenth below all values, at least one tenth below 1."""
    return min(0.9, floor(min(values, default=0.0) * 10) / 10)


def _steps(lowest: float) -> list[float]:
    """Where the axis from `lowest` to 1 has its lines, in hundredths: five to eleven of them."""
    step = 2 if lowest >= 0.9 else 5 if lowest >= 0.7 else 10
    return [number / 100 for number in range(round(lowest * 100), 101, step)]


def _tick(x: float, top: float, bottom: float, text: str) -> str:
    return f'<path class="grid" d="M{x:.1f} {top}V{bottom}"/>{_words(x, bottom + 16, text, "middle", "tick")}'


def _words(x: float, y: float, text: str, anchor: str, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>{escape(text)}</text>'


def _svg(name: str, height: float, title: str, told: str, parts: Sequence[str]) -> str:
    head = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(told)}</desc>'
    labelled = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    return f'<svg class="plot" viewBox="0 0 {_WIDTH} {height:g}" {labelled}>{head}{"".join(parts)}</svg>'
