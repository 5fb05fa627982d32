"""Plots as SVG written by hand: no library, no script, readable on light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import floor, log10

WIDTH = 720
STYLE = """<style>
.back{fill:#fff}text{fill:#1f2328;font:13px system-ui,"Segoe UI","Noto Sans",sans-serif}.title{font-weight:600;font-size:15px}
.soft{fill:#59636e}.axis{stroke:#8c959f;fill:none}.grid{stroke:#d1d9e0;stroke-dasharray:2 3}
.a{fill:#0969da}.b{fill:#bc4c00}.line{fill:none;stroke-width:2.5}.line.a{stroke:#0969da;fill:none}.line.b{stroke:#bc4c00;fill:none}
@media (prefers-color-scheme:dark){.back{fill:#0d1117}text{fill:#f0f6fc}.soft{fill:#9198a1}.axis{stroke:#656c76}.grid{stroke:#3d444d}
.a{fill:#4493f8}.b{fill:#f0883e}.line.a{stroke:#4493f8}.line.b{stroke:#f0883e}}
</style>"""

Series = tuple[str, Sequence[tuple[float, float]]]
"""A name and points in order of x."""


def bars(title: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """Bars that lie: name, length, and what is written behind the bar. The first is set off by colour."""
    left, top, step = 170, 52, 28
    longest = max((value for _, value, _ in rows), default=0.0) or 1.0
    parts: list[str] = []
    for number, (name, value, label) in enumerate(rows):
        y, width = top + number * step, max(1.0, (WIDTH - left - 150) * value / longest)
        parts.append(_text(left - 10, y + 15, name, anchor="end"))
        parts.append(f'<rect class="{"a" if number == 0 else "b"}" x="{left}" y="{y}" width="{width:.1f}" height="20" rx="2"/>')
        parts.append(_text(left + width + 8, y + 15, label))
    return _figure(title, top + len(rows) * step + 12, parts)


def panels(title: str, figures: Sequence[tuple[str, Sequence[Series]]]) -> str:
    """Line plots side by side, each from zero up; the points of x stand at equal distances, as each is a multiple of the former."""
    height, width = 270, WIDTH / max(len(figures), 1)
    parts = [part for number, (name, series) in enumerate(figures) for part in _panel(name, series, number * width, width)]
    return _figure(title, height, parts)


def _panel(name: str, series: Sequence[Series], x0: float, width: float) -> list[str]:
    left, right, top, bottom = x0 + 56, x0 + width - 24, 96.0, 230.0
    points = [point for _, line in series for point in line]
    highest = _round_above(1.2 * max((y for _, y in points), default=1.0))
    places = sorted({x for x, _ in points})
    across = {x: left + (right - left) * (number + 0.5) / len(places) for number, x in enumerate(places)}
    parts = [_text(left, 62, name, kind="soft")]
    for share in (0.0, 0.5, 1.0):
        y = bottom - share * (bottom - top)
        parts.append(f'<path class="{"grid" if share else "axis"}" d="M{left:.1f} {y:.1f}H{right:.1f}"/>')
        parts.append(_text(left - 6, y + 4, _short(share * highest), anchor="end", kind="soft"))
    parts += [_text(x, bottom + 20, f"{place:,.0f}", anchor="middle", kind="soft") for place, x in across.items()]
    for number, (label, line) in enumerate(series):
        kind = "ab"[number % 2]
        spots = [(across[x], bottom - y / highest * (bottom - top)) for x, y in line]
        parts.append(f'<polyline class="line {kind}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in spots)}"/>')
        parts += [f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in spots]
        parts += [_text(x, y - 9, _short(value), anchor="middle") for (x, y), (_, value) in zip(spots, line, strict=True)]
        parts.append(f'<rect class="{kind}" x="{left + number * 120:.1f}" y="72" width="12" height="12" rx="2"/>')
        parts.append(_text(left + 18 + number * 120, 83, label))
    return parts


def _round_above(value: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10, 20, 40, ... above; an axis up to it has a round middle."""
    ten = 10.0 ** floor(log10(max(value, 1e-9)))
    return next(step * ten for step in (1, 2, 4, 6, 8, 10) if step * ten >= value)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def _text(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{attribute}>{escape(text)}</text>'


def _figure(title: str, height: float, parts: Sequence[str]) -> str:
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
    back = f'<rect class="back" width="{WIDTH}" height="{height:.0f}" rx="6"/>'
    return "\n".join([opening, STYLE, back, _text(20, 32, title, kind="title"), *parts, "</svg>", ""])
