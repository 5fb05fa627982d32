"""What each rule does: hits, how often they are right on gold, in how many documents, the last example; and the rules that do nothing.

Counted are the rules that read mentions, by the `rule` of each mention: posts, bodies, dates, cues of marks, and the ways a person is
found. Rules that link (roles, directives, counts) leave no mention and are not here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from minutes_extract.evaluation.judged import Judged
from minutes_extract.evaluation.table import ratio
from minutes_extract.rulebook.book import Rulebook

LONGEST_EXAMPLE = 48
COLUMNS = ("rule", "label", "hits", "judged", "right", "precision", "documents", "example", "example_document")


class RuleTally(BaseModel):
    """The hits of one rule. `judged` of them are right or wrong by gold; `documents` have at least one."""

    model_config = ConfigDict(extra="forbid")

    rule: str
    label: str
    hits: int = 0
    judged: int = 0
    right: int = 0
    documents: int = 0
    example: str = ""
    example_document: str = ""

    @property
    def precision(self) -> float | None:
        """The share of the judged hits that are right, None where none was judged."""
        return self.right / self.judged if self.judged else None


class RuleStats(BaseModel):
    """The tallies of all rules with a hit, most hits first, and the ids of the `dead` ones. `print(stats)` shows the table."""

    model_config = ConfigDict(extra="forbid")

    rules: list[RuleTally]
    dead: list[str]
    documents: int = 0

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def csv(self) -> str:
        """The table as CSV with a header; dead rules have 0 hits."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for tally in self.rules:
            writer.writerow([ratio(tally.precision) if name == "precision" else _plain(getattr(tally, name)) for name in COLUMNS])
        for rule in self.dead:
            writer.writerow([rule, "", 0, 0, 0, ratio(None), 0, "", ""])
        return out.getvalue()


def rule_stats(rulebook: Rulebook, judged: Iterable[Judged]) -> RuleStats:
    """The statistics of the rules of `rulebook` over mentions from `evaluation.judged`. The mentions are read once, as a stream."""
    tallies: dict[str, RuleTally] = {}
    last_document: dict[str, str] = {}
    documents: set[str] = set()
    for doc_id, mention, right in judged:
        documents.add(doc_id)
        tally = tallies.setdefault(mention.rule, RuleTally(rule=mention.rule, label=mention.label))
        tally.hits += 1
        if right is not None:
            tally.judged += 1
            tally.right += right
        if last_document.get(mention.rule) != doc_id:
            tally.documents += 1
            last_document[mention.rule] = doc_id
        tally.example, tally.example_document = _short(mention.text), doc_id
    order = sorted(tallies.values(), key=lambda tally: (-tally.hits, tally.rule))
    return RuleStats(rules=order, dead=[rule for rule in mention_rules(rulebook) if rule not in tallies], documents=len(documents))


def mention_rules(rulebook: Rulebook) -> list[str]:
    """The ids of the rules of `rulebook` that a mention may name, sorted."""
    posts_and_bodies = [entry.id for table in ("posts", "bodies") for entry in rulebook[table].entries]
    dates = [entry.id for entry in rulebook["dates"].entries if entry.kind == "date"]
    marks = [entry.id for entry in rulebook["marks"].entries if entry.part == "cue"]
    people = [f"person.{entry.kind}" for entry in rulebook["honorifics"].entries]
    return sorted({*posts_and_bodies, *dates, *marks, *people})


def _lines(stats: RuleStats) -> Iterator[str]:
    yield f"{'rule':<32}{'hits':>7}{'right':>7}{'precision':>11}{'documents':>11}  last example ({stats.documents} documents)"
    for tally in stats.rules:
        example = f"{tally.example} ({tally.example_document})"
        yield f"{tally.rule:<32}{tally.hits:>7}{tally.right:>7}{ratio(tally.precision):>11}{tally.documents:>11}  {example}"
    yield ""
    yield f"{len(stats.dead)} rules without a hit{':' if stats.dead else ''}"
    yield from (f"  {rule}" for rule in stats.dead)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1]}…"


def _plain(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
