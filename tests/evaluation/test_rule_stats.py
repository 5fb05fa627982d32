"""Hits, precision, documents and last example of each rule, and the rules that do nothing."""

from __future__ import annotations

import csv
import io

from minutes_extract.evaluation.judged import judge
from minutes_extract.evaluation.rule_stats import COLUMNS, mention_rules, rule_stats
from minutes_extract.rulebook.book import load_rulebook

from .conftest import make_gold, make_record

DAY = {"rule": "date.day"}
RECORDS = [
    make_record((0, 4, "DATE", DAY), (5, 9, "DATE", DAY | {"text": "last"}), (20, 24, "TITLE", {"rule": "post.bi_thu"})),
    make_record((0, 4, "DATE", DAY | {"text": "=1+1"}), doc_id="d2"),
]
STATS = rule_stats(load_rulebook(), judge([make_gold((0, 4, "DATE"))], RECORDS))


def test_a_rule_has_its_hits_precision_documents_and_last_example() -> None:
    day, post = STATS.rules
    assert (day.rule, day.hits, day.judged, day.right, day.precision, day.documents) == ("date.day", 3, 2, 1, 0.5, 2)
    assert (day.example, day.example_document) == ("=1+1", "d2")
    assert (post.rule, post.precision) == ("post.bi_thu", 0.0)


def test_rules_without_a_hit_are_dead_and_those_that_link_are_not_asked() -> None:
    assert "date.month" in STATS.dead
    assert "date.day" not in STATS.dead
    assert set(STATS.dead) < set(mention_rules(load_rulebook()))
    assert not any(rule.startswith(("cue.", "zone.")) for rule in STATS.dead)
    assert f"{len(STATS.dead)} rules without a hit" in str(STATS)


def test_csv_has_every_rule_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(STATS.csv())))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(STATS.rules) + len(STATS.dead)
    assert rows[0]["example"] == "'=1+1"
    assert rows[-1]["hits"] == "0"


def test_every_rule_that_reads_the_documents_of_the_project_is_known(gold, raw) -> None:  # type: ignore[no-untyped-def]
    from minutes_extract.batch.many import extract_many
    from minutes_extract.evaluation.gold_loading import load_gold

    stats = rule_stats(load_rulebook(), judge(load_gold(gold), extract_many(raw)))
    known = set(mention_rules(load_rulebook()))
    strangers = {tally.rule for tally in stats.rules if tally.rule not in known}
    built = {"person.post_before", "person.post_after", "person.verb_after", "person.signature", "person.listed", "person.repeated"}
    assert strangers <= built | {"person.role", "body.of_post", "body.elided_head", "body.acronym"}
