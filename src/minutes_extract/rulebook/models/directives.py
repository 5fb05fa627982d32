"""The entries of `directives.yaml`."""

from __future__ import annotations

from typing import Literal

from minutes_extract.rulebook.models.base import Entry


class DirectiveEntry(Entry):
    """One rule of `directives.yaml`; `pattern` is matched against `Page.fold`.

    `part`: `order` words tell someone to do something (`kind` directive or petition, which rank may turn, R-DIR-01);
    `conclusion` opens the part in which each item is an order of the chair; `close` ends it; `deadline` leads to the date by
    which it is due (`cut`: the action ends before it); `collective` names a side that issues
    as one; `frame` is a fixed shape the code asks for by id.
    Examples mark the mentions that the words lead to: the addressee of an order, the date of a deadline. A frame stands right
    behind a marked mention (before it, where its pattern ends with `$`).
    """

    part: Literal["order", "conclusion", "close", "deadline", "collective", "frame"]
    pattern: str
    kind: Literal["directive", "petition"] = "directive"
    cut: bool = True
