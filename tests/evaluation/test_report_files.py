"""The report as CSV and as Markdown: every figure once, numbers as numbers, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from minutes_extract.errors import OutputError
from minutes_extract.evaluation.matching import Span
from minutes_extract.evaluation.report_files import COLUMNS, report_csv, report_markdown, write_csv, write_markdown
from minutes_extract.evaluation.scores import Report, evaluate
from minutes_extract.evaluation.span_schemas import SpanScore, score_spans
from minutes_extract.evaluation.uncertainty import Intervals, intervals
from minutes_extract.records import LABELS, Tool

from .conftest import make_gold, make_record

FORMULA = "=1+1"


@pytest.fixture
def report() -> Report:
    """Of three documents: one half right, one without a prediction, one that is empty."""
    gold = [
        make_gold((0, 4, "TITLE"), (5, 9, "OFFICIAL"), doc_id=FORMULA, source="Cổng A|B"),
        make_gold((0, 4, "DATE"), doc_id="d2", source="@portal"),
        make_gold(doc_id="d3"),
    ]
    return evaluate(gold, [make_record((0, 4, "TITLE"), (5, 8, "OFFICIAL"), doc_id=FORMULA), make_record(doc_id="d3")])


@pytest.fixture
def drawn(report: Report) -> Intervals:
    return intervals(report, draws=50)


@pytest.fixture
def schemas() -> SpanScore:
    return score_spans([Span(0, 4, "TITLE"), Span(5, 9, "OFFICIAL")], [Span(0, 4, "TITLE"), Span(5, 8, "OFFICIAL")], LABELS)


def rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content, newline="")))


def row(content: str, *key: str) -> dict[str, str]:
    (found,) = [one for one in rows(content) if (one["level"], one["slice_kind"], one["slice"], one["figure"]) == key]
    return found


def test_a_line_is_a_figure_of_a_slice_and_stands_once(report: Report, drawn: Intervals, schemas: SpanScore) -> None:
    content = report_csv(report, drawn, schemas)
    assert content.split("\r\n")[0].split(",") == list(COLUMNS)
    keys = Counter((one["level"], one["slice_kind"], one["slice"], one["figure"]) for one in rows(content))
    assert set(keys.values()) == {1}
    assert {key[1] for key in keys} == {"all", "label", "document", "zone", "genre", "source"}


def test_the_figures_are_those_of_the_report(report: Report, drawn: Intervals, schemas: SpanScore) -> None:
    content = report_csv(report, drawn, schemas)
    micro = row(content, "spans", "all", "", "strict")
    assert [micro[name] for name in COLUMNS[4:10]] == ["3", "2", "1", "0.500000", "0.333333", "0.400000"]
    interval = drawn.figures["micro"]
    assert interval is not None and (float(micro["low"]), float(micro["high"])) == pytest.approx((interval.low, interval.high), abs=1e-6)
    assert row(content, "spans", "all", "", "macro")["f1"] == f"{report.macro.f1:.6f}"
    assert [row(content, "spans", "label", "TRADEMARK", "strict")[name] for name in COLUMNS[4:]] == ["0", "0", "0", "", "", "", "", ""]
    assert row(content, "spans", "all", "", "partial")["correct"] == "1.500000"
    assert row(content, "spans", "source", "Cổng A|B", "strict")["gold"] == "2"


def test_the_slices_add_up(report: Report) -> None:
    for kind in ("label", "document", "zone", "genre", "source"):
        of_kind = [one for one in rows(report_csv(report)) if (one["slice_kind"], one["figure"]) == (kind, "strict")]
        assert sum(int(one["gold"]) for one in of_kind) == 3, kind


def test_dates_that_are_right_or_wrong_have_recall_only(report: Report) -> None:
    assert [row(report_csv(report), "records", "all", "", "meeting_dates")[name] for name in ("precision", "f1")] == ["", ""]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_no_name_is_a_formula(name: str) -> None:
    content = report_csv(evaluate([make_gold((0, 4, "DATE"), doc_id=name, source=name)], []))
    cells = [cell for one in csv.reader(io.StringIO(content, newline="")) for cell in one]
    assert f"'{name}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@pytest.mark.parametrize("name", ['a"b,c', "a\nb", "Sở\u2028", "😀", "a;b", "\udcff"])
def test_names_come_back_whole(name: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", evaluate([make_gold((0, 4, "DATE"), doc_id=name)], []))
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {one["slice"] for one in csv.DictReader(file) if one["slice_kind"] == "document"}
    assert names == {name.encode("utf-8", "backslashreplace").decode()}


def test_the_file_has_a_mark_and_crlf(report: Report, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", report)
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbflevel,") and content.count(b"\n") == content.count(b"\r\n") > 20


def test_pandas_reads_numbers_as_numbers(report: Report, drawn: Intervals, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    write_csv(tmp_path / "a.csv", report, drawn)
    table = pandas.read_csv(tmp_path / "a.csv")
    assert list(table.columns) == list(COLUMNS)
    assert {str(table[name].dtype) for name in COLUMNS[4:]} <= {"int64", "float64"}
    assert table[(table.slice_kind == "label") & (table.figure == "strict")].gold.sum() == 3


def test_blind_documents_count_but_have_no_lines(report: Report) -> None:
    content = report_csv(report, blind={"d2"})
    assert "d2" not in {one["slice"] for one in rows(content)}
    assert row(content, "spans", "all", "", "strict")["gold"] == "3"


def test_markdown_is_a_table_fit_for_a_paper(report: Report, drawn: Intervals) -> None:
    lines = report_markdown(report, drawn).split("\n")
    assert lines[:3] == [
        "| label | gold | P | R | F1 |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| OFFICIAL | 1 | .000 | .000 | .000 [.000, .000] |",
    ]
    assert "| TRADEMARK | 0 | n/a | n/a | n/a |" in lines
    assert any(re.fullmatch(r"\| micro \| 3 \| \.500 \| \.333 \| \.400 \[\.\d{3}, (\.\d|1\.0)\d\d\] \|", line) for line in lines)
    assert any(line.startswith("| macro (3 of 5 labels) |") for line in lines)


def test_every_row_of_a_markdown_table_has_as_many_cells_as_its_head(report: Report, schemas: SpanScore) -> None:
    for table in report_markdown(report, None, schemas).split("\n\n"):
        assert len({len(re.split(r"(?<!\\)\|", line)) for line in table.split("\n") if line.startswith("|")}) <= 1


def test_markdown_tells_how_it_was_reached(report: Report, drawn: Intervals) -> None:
    told = report_markdown(report, drawn, tool=Tool(version="1.2", ruleset="sha256:a|b"))
    assert "3 documents; spans count where" in told
    assert "95 % intervals, percentile bootstrap over documents, 50 draws, seed 20130901 (indicative only: 3 documents" in told
    assert "1 document without a prediction: all their gold counts as missed." in told
    assert "minutes-extract 1.2, ruleset `sha256:a\\|b`." in told


def test_markdown_without_intervals_speaks_of_none(report: Report, tmp_path: Path) -> None:
    write_markdown(tmp_path / "a.md", report)
    content = (tmp_path / "a.md").read_text("utf-8")
    assert content == report_markdown(report) and "[" not in content and "intervals" not in content


@pytest.mark.parametrize("write", [write_csv, write_markdown])
def test_a_file_that_cannot_be_written_is_told(write: Any, report: Report, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "none" / "a", report)
