"""The entries of `zones.yaml`."""

from __future__ import annotations

from typing import Literal

from minutes_extract.rulebook.models.base import Entry

Kind = Literal[
    "attendance", "caption", "clock", "closing", "counter", "footer", "furniture", "heading", "label", "legal", "motto", "note",
    "number", "party", "place_date", "recipients", "related", "rule", "sign", "site", "source", "stamp", "type_minutes", "type_notice",
]  # fmt: skip


class ZoneEntry(Entry):
    """One rule of `zones.yaml`: what a line of one `kind` looks like.

    `pattern` is a regular expression over the folded line (lower case, no white space around it), matched at its start.
    `capitals`: the line must be in capitals. `whole`: the pattern must reach to the end of the line. `examples` and `not`
    are lines that this rule reads and must not read.
    """

    kind: Kind
    pattern: str
    capitals: bool = False
    whole: bool = False
