"""The errors of minutes-extract: each message says what is wrong, where, and what to do.

Every error the package raises on purpose is a `MinutesError`; the command line and the batch catch these at the edge and
turn them into one clear line. Anything else that escapes is a fault of the program.
"""

from __future__ import annotations


class MinutesError(Exception):
    """Something the caller can understand and mend.

    Attributes:
        stage: the part of the house that raised it: `reading`, `rulebook`, `extract`, `gold`, `output` or `usage`.

    Example:
        >>> raise ReadingError("notes.txt: the file is empty; nothing to read")
        Traceback (most recent call last):
        ...
        minutes_extract.errors.ReadingError: notes.txt: the file is empty; nothing to read
    """

    stage = "extract"


class ReadingError(MinutesError):
    """A document cannot be turned into text: empty, binary, half a character, too large, unreadable."""

    stage = "reading"


class RuleError(MinutesError):
    """A rule file is broken: names the file, the entry and how to mend it."""

    stage = "rulebook"


class GoldError(MinutesError):
    """A gold file is broken: names the file, the span and how to mend it."""

    stage = "gold"


class OutputError(MinutesError):
    """Results cannot be written: the folder is a file, read-only, full or in use."""

    stage = "output"


class UsageError(MinutesError):
    """The call itself is wrong: no documents, an unknown name, options that exclude each other."""

    stage = "usage"
