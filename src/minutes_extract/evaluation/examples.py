"""The rules' own examples, executed: a rule is what its examples say it is.

Tables that find mentions (`abbreviations`, `bodies`, `dates` of kind `date`, `honorifics`, `marks`, `names`, `places`, `posts`, `weights`)
are read by the whole pipeline: see `example_mentions`. In tables of cues (`counts`, cues of `dates`, `directives`, `meetings`, `zones`)
the marked spans are what the entry is given, and it must be met in each example and in no `not` text: see `example_cues`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from minutes_extract.errors import MinutesError
from minutes_extract.evaluation.example_cues import cue_in
from minutes_extract.evaluation.example_mentions import Finding, mentions_missed, mentions_too_many
from minutes_extract.rulebook.book import Rulebook, load_rulebook

if TYPE_CHECKING:
    from spacy.language import Language

    from minutes_extract.rulebook.models.base import Entry

CUE_TABLES = frozenset({"counts", "directives", "meetings", "zones"})
"""The tables all of whose entries are cues; of `dates` those of the kinds `cue` and `atom` are read like them."""


class ExampleFault(NamedTuple):
    """An example that does not hold. `table`: rule file without `.yaml`; `kind`: `example` or `not`; `number`: from 1."""

    table: str
    entry: str
    kind: str
    number: int
    expected: str
    happened: str

    def __str__(self) -> str:
        return f"{self.table}.yaml: entry {self.entry}: {self.kind} {self.number}: expected that {self.expected}; {self.happened}"


class Gaps(NamedTuple):
    """The entries, as `table: id`, that have no example, and those that have no near miss (`not`)."""

    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


def check_examples(rulebook: Rulebook, nlp: Language) -> list[ExampleFault]:
    """Every example and counter-example of `rulebook` that is not borne out, those of a user's own entries first.

    `nlp` is the pipeline, loaded with these rules.
    """
    own: list[ExampleFault] = []
    built_in: list[ExampleFault] = []
    for table, entry in _entries(rulebook):
        (own if is_own(rulebook, table, entry) else built_in).extend(entry_faults(rulebook, nlp, table, entry))
    return own + built_in


def entry_faults(rulebook: Rulebook, nlp: Language, table: str, entry: Entry) -> list[ExampleFault]:
    """The examples and counter-examples of one entry of `table` that are not borne out."""
    faults: list[ExampleFault] = []
    for kind, texts in (("example", entry.examples), ("not", entry.counter)):
        for number, marked in enumerate(texts, start=1):
            try:
                found = list(_findings(rulebook, nlp, table, entry, kind, marked))
            except MinutesError as error:
                found = [Finding("the text can be checked", str(error))]
            faults += [ExampleFault(table, entry.id, kind, number, *finding) for finding in found]
    return faults


def is_own(rulebook: Rulebook, table: str, entry: Entry) -> bool:
    """True where `entry` comes from a user's folder: the built-in rules have none of its id, or another."""
    return len(rulebook.sources) > 1 and entry not in load_rulebook()[table].entries


def gaps(rulebook: Rulebook) -> Gaps:
    """The entries without an example or without a near miss; weights and pieces of date patterns (`atom`) need neither."""
    needing = [(f"{table}: {entry.id}", entry) for table, entry in _entries(rulebook) if _needs_examples(table, entry)]
    return Gaps(
        tuple(name for name, entry in needing if not entry.examples),
        tuple(name for name, entry in needing if not entry.counter),
    )


def _entries(rulebook: Rulebook) -> Iterator[tuple[str, Entry]]:
    for table in sorted(rulebook.tables):
        for entry in rulebook[table].entries:
            yield table, entry


def _needs_examples(table: str, entry: Entry) -> bool:
    return table != "weights" and getattr(entry, "kind", None) != "atom"


def _is_cue(table: str, entry: Entry) -> bool:
    return table in CUE_TABLES or (table == "dates" and getattr(entry, "kind", None) != "date")


def _findings(rulebook: Rulebook, nlp: Language, table: str, entry: Entry, kind: str, marked: str) -> Iterator[Finding]:
    if not _is_cue(table, entry):
        yield from (mentions_missed if kind == "example" else mentions_too_many)(table, entry, marked, nlp)
        return
    met = cue_in(rulebook, entry, marked)
    if kind == "example" and not met.fully:
        yield Finding("the entry is met", met.seen)
    elif kind == "not" and met.fires:
        yield Finding("the entry is not met", met.seen)
