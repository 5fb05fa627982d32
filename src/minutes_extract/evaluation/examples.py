"""The rules' own examples, executed: a rule is what its examples say it is.

Every span marked in an example must come out with its label (and value, where one is written). In a `not` text no marked span
may come out; where nothing is marked, the rule itself may find nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from minutes_extract.errors import MinutesError
from minutes_extract.text.markup import Marked, parse_marked

if TYPE_CHECKING:
    from spacy.language import Language

    from minutes_extract.records import Mention, MinutesRecord
    from minutes_extract.rulebook.book import Rulebook
    from minutes_extract.rulebook.models.base import Entry


class ExampleFault(NamedTuple):
    """An example that does not hold. `table`: rule file without `.yaml`; `kind`: `example` or `not`; `number`: from 1."""

    table: str
    entry: str
    kind: str
    number: int
    message: str

    def __str__(self) -> str:
        return f"{self.table}.yaml: entry {self.entry}: {self.kind} {self.number}: {self.message}"


_Check: TypeAlias = "Callable[[str, list[Marked], str, Language], Iterator[str]]"


def check_examples(rulebook: Rulebook, nlp: Language) -> list[ExampleFault]:
    """Every example and counter-example of `rulebook` that the pipeline `nlp`, loaded with these rules, does not bear out."""
    return [fault for table in sorted(rulebook.tables) for entry in rulebook[table].entries for fault in _entry_faults(table, entry, nlp)]


def _entry_faults(table: str, entry: Entry, nlp: Language) -> Iterator[ExampleFault]:
    for number, marked in enumerate(entry.examples, start=1):
        for message in _guarded(_example_faults, marked, entry.id, nlp):
            yield ExampleFault(table, entry.id, "example", number, message)
    for number, marked in enumerate(entry.counter, start=1):
        for message in _guarded(_counter_faults, marked, entry.id, nlp):
            yield ExampleFault(table, entry.id, "not", number, message)


def _guarded(check: _Check, marked: str, rule: str, nlp: Language) -> list[str]:
    text, spans = parse_marked(marked)
    try:
        return list(check(text, spans, rule, nlp))
    except MinutesError as error:
        return [str(error)]


def _example_faults(text: str, spans: list[Marked], _rule: str, nlp: Language) -> Iterator[str]:
    found = {(mention.start, mention.end, mention.label): mention for mention in _read(text, nlp).mentions}
    for span in spans:
        mention = found.get((span.start, span.end, span.label))  # type: ignore[arg-type]
        if mention is None:
            yield f"{_shown(text, span)} is not found; found: {_list(found.values())}"
        elif span.value is not None and (mention.value or "") != span.value:
            yield f"{_shown(text, span)} has the value {mention.value}, not {span.value}"


def _counter_faults(text: str, spans: list[Marked], rule: str, nlp: Language) -> Iterator[str]:
    for mention in _read(text, nlp).mentions:
        if any((mention.start, mention.end, mention.label) == span[:3] for span in spans):
            yield f"{mention.text!r} is found as {mention.label} by {mention.rule}; it must not be"
        elif not spans and mention.rule == rule:
            yield f"the rule finds {mention.text!r} ({mention.label}); it must find nothing"


def _read(text: str, nlp: Language) -> MinutesRecord:
    from minutes_extract.assemble import extract_record
    from minutes_extract.batch.one import read_document

    return extract_record(nlp, read_document(text=text))


def _shown(text: str, span: Marked) -> str:
    return f"{text[span.start : span.end]!r} ({span.label})"


def _list(mentions: Iterable[Mention]) -> str:
    return ", ".join(f"{mention.text!r} ({mention.label})" for mention in mentions) or "nothing"
