"""The entries of `marks.yaml`."""

from __future__ import annotations

from typing import Literal

from minutes_extract.rulebook.models.base import Entry


class MarkEntry(Entry):
    """One rule of `marks.yaml`; `pattern` is matched against `Page.fold` (lower case, one spelling).

    `part` says what the pattern does: `cue` announces a mark of `mark_kind` (`direct`: a name without quotation marks may
    follow it); `status` tells the `status` of the marks of its clause (handbook 6.2), not where `unless` matches what stands
    before it in the clause; `link` leads from a cue to its names,
    as a `list` or as one `name`; `block` right before a cue takes away its power over names without quotation marks; `lost`
    names the sentences where the marks stand before the cue; `case` leads to one name in a sentence that says "this mark";
    `frame` is a fixed shape the code asks for by id.
    """

    part: Literal["cue", "status", "link", "block", "lost", "case", "frame"]
    pattern: str
    mark_kind: Literal["trademark", "collective", "certification", "geographical_indication", "brand"] | None = None
    direct: bool = True
    status: str | None = None
    unless: str | None = None
    takes: Literal["list", "name"] = "list"
