"""`minutes-extract evaluate`: predictions against gold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from minutes_extract.cli.screen import SOME_FAILED, note, write
from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from minutes_extract.evaluation.gold import GoldDocument
    from minutes_extract.evaluation.predictions import Prediction
    from minutes_extract.evaluation.scores import Report
    from minutes_extract.evaluation.span_schemas import SpanScore
    from minutes_extract.evaluation.uncertainty import Intervals
    from minutes_extract.records import MinutesRecord

RULES = "rules"
"""The name of this program among the systems."""


def command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold files (*.json).", show_default=False)],
    predictions: Annotated[
        Path | None,
        typer.Argument(metavar="[PREDICTIONS]", help="records.jsonl, or the folder it is in.", show_default=False),
    ] = None,
    raw: Annotated[Path | None, typer.Option("--raw", metavar="DIR", help="Extract these documents now, instead of PREDICTIONS.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="With --raw: rules laid over the built-in ones.")] = None,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, help="With --raw: worker processes.")] = 1,
    system: Annotated[
        str, typer.Option("--system", metavar="NAME", help="With --raw: rules, or to compare with them gazetteer or underthesea-ner.")
    ] = RULES,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="PART", help="With --raw: leave out fuzzy, link, words or zones (repeatable): what does it add?"),
    ] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="DIR", help="The documents (*.txt), if not in raw or text beside the gold.")
    ] = None,
    split: Annotated[
        Path | None, typer.Option("--split", metavar="FILE", help="A split of `gold split`; errors of its test part are not shown.")
    ] = None,
    part: Annotated[str, typer.Option("--part", metavar="PART", help="With --split: dev, test or all.")] = "all",
    unblind: Annotated[bool, typer.Option("--unblind", help="With --split: show the errors of the test part too.")] = False,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="WHAT", help="Print the scores by document, zone, genre or source (repeatable).")
    ] = None,
    schemas: Annotated[
        bool,
        typer.Option("--schemas", help="Print the spans on the schemas strict, exact, partial, partial_typed and type, and the confusion."),
    ] = False,
    intervals: Annotated[
        bool, typer.Option("--intervals", help="Print 95 % intervals of the figures (seeded bootstrap over documents).")
    ] = False,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="RECORDS", help="Other predictions for the same gold: is the difference chance?")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Print gains and losses against a report kept with --json.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with plots and every error, to look at in a browser.")
    ] = None,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the counts of each document to FILE.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write every figure as a row, for a spreadsheet.")] = None,
    markdown: Annotated[Path | None, typer.Option("--markdown", metavar="FILE", help="Write the tables of a paper.")] = None,
) -> None:
    """Compare records with gold annotations: precision, recall and F1 of spans and of what the records say."""
    _check_use(predictions, raw, system, without, split, part, unblind)
    from minutes_extract.batch.many import extract_many
    from minutes_extract.cli.progress import DocumentsTold
    from minutes_extract.evaluation.gold_loading import load_gold
    from minutes_extract.evaluation.predictions import read_records
    from minutes_extract.evaluation.regression import change_table, read_baseline
    from minutes_extract.evaluation.schema_table import schema_table, score_documents
    from minutes_extract.evaluation.scores import evaluate, records_by_document
    from minutes_extract.evaluation.slices import slice_table
    from minutes_extract.evaluation.systems import read_with
    from minutes_extract.evaluation.uncertainty import compare_systems
    from minutes_extract.evaluation.uncertainty import intervals as figure_intervals

    folder = texts if texts is not None else raw if raw is not None and raw.is_dir() else None
    chosen = _part_of(load_gold(gold, texts=folder), split, part, unblind)
    documents, blind = chosen.documents, chosen.blind
    before = None if baseline is None else read_baseline(baseline, apart_from=chosen.others)
    given: list[Prediction]
    if predictions is not None:
        given = list(read_records(predictions))
    elif system == RULES:
        given = list(DocumentsTold().each(extract_many(str(raw), rules=rules, processes=processes, without=without or ())))
    else:
        given = list(DocumentsTold().each(read_with(system, str(raw), rules=rules)))
    given = [one for one in given if one.doc_id not in chosen.others]
    report = evaluate(documents, given)
    records = records_by_document(given)
    spans = score_documents(documents, records) if schemas or csv or markdown else None
    bounds = figure_intervals(report) if intervals or csv or markdown else None
    tables = [str(report)]
    tables += [slice_table(report, one, blind) for one in by or ()]
    tables += [schema_table(spans)] if schemas and spans else []
    tables += [str(bounds)] if intervals else []
    tables += [str(compare_systems(report, evaluate(documents, against)))] if against is not None else []
    tables += [change_table(before, report, blind)] if before is not None else []
    write("\n\n".join(tables) + "\n")
    if html is not None:
        _write_page(html, report, documents, records, rules, system, without or (), blind)
    _write_files(report, records, spans, bounds, blind, json=json, csv=csv, markdown=markdown)
    if report.failed:
        raise typer.Exit(SOME_FAILED)


def _check_use(
    predictions: Path | None, raw: Path | None, system: str, without: list[str] | None, split: Path | None, part: str, unblind: bool
) -> None:
    if (predictions is None) == (raw is None):
        raise UsageError("give either PREDICTIONS (a records.jsonl) or --raw DIR (documents to extract now)")
    if raw is None and system != RULES:
        raise UsageError(f"--system {system} reads documents: give them with --raw DIR")
    if without and (raw is None or system != RULES):
        raise UsageError("--without leaves out parts of this program while it reads: give the documents with --raw DIR, and no --system")
    if split is None and (unblind or part != "all"):
        raise UsageError("--part and --unblind belong to a split: give it with --split FILE")


class _Chosen(NamedTuple):
    """The documents to score, the names of those whose errors are not shown, and of the other documents of the gold."""

    documents: list[GoldDocument]
    blind: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


def _part_of(documents: list[GoldDocument], split: Path | None, part: str, unblind: bool) -> _Chosen:
    if split is None:
        return _Chosen(documents)
    from minutes_extract.evaluation.splits import read_split

    frozen = read_split(split)
    for doc_id in frozen.unknown(documents):
        note(f"{doc_id}: not in {split}, not scored")
    chosen = frozen.part(documents, part)
    names = {document.doc_id for document in chosen}
    blind = frozenset() if unblind else frozenset(filter(frozen.is_blind, names))
    return _Chosen(chosen, blind, frozenset(document.doc_id for document in documents) - names)


def _write_page(
    html: Path,
    report: Report,
    documents: list[GoldDocument],
    records: Mapping[str, MinutesRecord],
    rules: Path | None,
    system: str,
    without: Collection[str],
    blind: Collection[str],
) -> None:
    from functools import partial

    from minutes_extract.assemble import analyse
    from minutes_extract.evaluation.report_page import write_report
    from minutes_extract.pipeline import load
    from minutes_extract.rulebook.book import load_rulebook

    again = partial(analyse, load(rules, without=without)) if system == RULES else None
    write_report(html, report, documents, records, analyse=again, rulebook=load_rulebook(rules), blind=blind)
    note(f"written to {html}: open it in a browser")


def _write_files(
    report: Report,
    records: Mapping[str, MinutesRecord],
    spans: SpanScore | None,
    bounds: Intervals | None,
    blind: Collection[str],
    *,
    json: Path | None,
    csv: Path | None,
    markdown: Path | None,
) -> None:
    from minutes_extract.batch.output import replace_bytes, told
    from minutes_extract.evaluation.report_files import write_csv, write_markdown

    if json is not None:
        with told(json):
            replace_bytes(json, f"{report.model_dump_json(indent=1)}\n".encode())
    if csv is not None:
        write_csv(csv, report, bounds, spans, blind)
    if markdown is not None:
        write_markdown(markdown, report, bounds, spans, next((record.tool for record in records.values()), None))
