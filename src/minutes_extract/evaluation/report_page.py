"""The HTML report: one file with everything in it, for a browser without a network.

Tables and plots are plain HTML and SVG and need no script. The error cards are data (`report_data`) that a small script shows page by
page. The page allows itself nothing but its own style and script, named by their hashes. Equal scores give equal bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes_extract.evaluation.error_cards import error_cards
from minutes_extract.evaluation.error_classes import ErrorCard
from minutes_extract.evaluation.error_reasons import Analyse, Reasons, reasons_by_document
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.precision_coverage import Curve, coverage_curve
from minutes_extract.evaluation.report_data import cards_as_data, script_json
from minutes_extract.evaluation.report_plots import coverage_plot, forest_plot
from minutes_extract.evaluation.report_tables import (
    confusion_table,
    figure_table,
    label_table,
    rule_table,
    schema_table,
    slice_tables,
    string_tables,
)
from minutes_extract.evaluation.schema_table import score_documents
from minutes_extract.evaluation.scores import Report
from minutes_extract.evaluation.table import ratio
from minutes_extract.evaluation.uncertainty import FIGURES, MICRO, Intervals, intervals
from minutes_extract.records import LABELS, MinutesRecord

if TYPE_CHECKING:
    from minutes_extract.rulebook.book import Rulebook

TITLE = "Evaluation report"
_TILES = ("persons", "positions", "date_values", "meeting_dates")


class Tile(NamedTuple):
    """A figure of the summary, with what stands below it."""

    name: str
    figure: str
    below: str


def write_report(
    path: Path,
    report: Report,
    gold: Sequence[GoldDocument],
    records: Mapping[str, MinutesRecord],
    *,
    analyse: Analyse | None = None,
    rulebook: Rulebook | None = None,
    title: str = TITLE,
    blind: Collection[str] = (),
) -> None:
    """Write the report of `evaluate(gold, records.values())` to `path`, whole or not at all.

    The lines of the errors are told where the text of a document is at hand (`load_gold` knows where). `analyse` reads documents
    with an error once more, for the candidates that lost there; `rulebook` has the weights for the curve of confidence.
    `blind`: documents that count in all figures, but of which no error is shown, nor any string of one, so that nobody writes rules
    on a test set.

    Raises:
        OSError: `path` cannot be written.

    Example:
        `write_report(Path("report.html"), report, gold, records, analyse=partial(analyse, load()), rulebook=load_rulebook())`
    """
    from minutes_extract.batch.output import replace_bytes

    page = report_html(report, gold, records, analyse=analyse, rulebook=rulebook, title=title, blind=blind)
    replace_bytes(path, page.encode("utf-8", "backslashreplace"))


def report_html(
    report: Report,
    gold: Sequence[GoldDocument],
    records: Mapping[str, MinutesRecord],
    *,
    analyse: Analyse | None = None,
    rulebook: Rulebook | None = None,
    title: str = TITLE,
    blind: Collection[str] = (),
) -> str:
    """The page as text; see `write_report`."""
    cards = error_cards(gold, records)
    shown = [card for card in cards if card.doc_id not in blind]
    reasons = {} if analyse is None else reasons_by_document(analyse, shown, gold, records)
    bounds, curve = intervals(report), coverage_curve(gold, records, rulebook)
    return _rendered(
        title=title,
        report=report,
        bounds=bounds,
        tiles=_tiles(report, bounds),
        tool=_tool(records),
        missing=[doc_id for doc_id in report.missing if doc_id not in report.failed],
        silences=_silences(reasons),
        hidden=len(cards) - len(shown),
        forest=forest_plot(bounds),
        curve=curve,
        curve_note=_curve_note(curve),
        coverage=coverage_plot(curve),
        tables=_tables(report, bounds, shown, gold, records, blind),
        cards=shown,
        data=script_json(cards_as_data(shown, gold, records, reasons)),
    )


def _rendered(**values: Any) -> str:
    """The template filled in. Everything is escaped but the plots, the data, the style and the script, which are made to be safe."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("minutes_extract.evaluation", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    style, script = (_asset(name) for name in ("report.css", "report.js"))
    safe = {name: Markup(values.pop(name)) for name in ("forest", "coverage", "data")}  # noqa: S704 - escaped by those who made them
    return environment.get_template("report.html").render(
        **values,
        **safe,
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - as above
        style_hash=_hash(style),
        script_hash=_hash(script),
        ratio=ratio,
        labels=LABELS,
    )


def _asset(name: str) -> str:
    return (files("minutes_extract.evaluation") / "templates" / name).read_text("utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _tables(
    report: Report,
    bounds: Intervals,
    cards: Sequence[ErrorCard],
    gold: Sequence[GoldDocument],
    records: Mapping[str, MinutesRecord],
    blind: Collection[str],
) -> dict[str, Any]:
    score = score_documents(gold, records)
    return {
        "labels": label_table(report, bounds),
        "figures": figure_table(report, bounds),
        "confusion": confusion_table(score),
        "schemas": schema_table(score),
        "slices": list(slice_tables(report, cards, blind)),
        "strings": list(string_tables(cards)),
        "rules": rule_table(gold, records),
    }


def _tiles(report: Report, bounds: Intervals) -> list[Tile]:
    overlap, macro = report.micro_overlap.f1, report.macro
    tiles = [
        Tile("F1 of spans, strict", ratio(report.micro.f1), _between(bounds, MICRO)),
        Tile("F1 of spans, overlap", ratio(overlap), "an overlap is enough"),
        Tile("F1 of spans, macro", ratio(macro.f1), f"mean of {macro.averaged} of {len(LABELS)} labels"),
    ]
    for name in _TILES:
        interval = bounds.figures[name]
        tiles.append(Tile(FIGURES[name].replace("+", ", "), ratio(interval.value if interval else None), _between(bounds, name)))
    return tiles


def _between(bounds: Intervals, name: str) -> str:
    interval = bounds.figures[name]
    return f"{ratio(interval.low)} – {ratio(interval.high)}" if interval else "no interval"


def _tool(records: Mapping[str, MinutesRecord]) -> list[str]:
    """Which system and rules made the records, each once."""
    tools = {f"{record.tool.name} {record.tool.version}, rules {record.tool.ruleset[:15]}" for record in records.values()}
    return sorted(tools)


def _silences(reasons: Mapping[str, Reasons]) -> list[tuple[str, list[str]]]:
    """Why losing candidates are not told, with the documents of which that is true."""
    told: dict[str, list[str]] = {}
    for doc_id, reason in sorted(reasons.items()):
        if reason.silence:
            told.setdefault(reason.silence, []).append(doc_id)
    return sorted(told.items())


def _curve_note(curve: Curve) -> str:
    how = {
        "sum": "Mentions are ordered by the sum of their evidence, less the threshold of their label.",
        "verdict": "The records tell no sums that these rules can make again: two points, strong, and strong with weak.",
    }[curve.by]
    return f"{how} {curve.mentions} mentions; area under the curve {ratio(curve.area)}."
