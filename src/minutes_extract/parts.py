"""The parts of the program that can be left out, to measure what each adds (an ablation).

| part | left out |
|---|---|
| `words` | every syllable is a word of its own; the segmenter is not asked |
| `zones` | every line is in the zone `body`: no title, letterhead, attendance list, signature, footer or furniture is told apart |
| `fuzzy` | bodies are one only where their levelled names are equal: no typing error, no long name cut short |
| `link` | mentions stay single: see `link.unlinked` for what is left |

`words=False` of the pipeline is the same as leaving out `words`. Records made without a part say so in `tool.version`:
`0.1.0+without.fuzzy.zones`. The hash of the rules stays what it is: they are the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable

from minutes_extract.errors import UsageError

PARTS = ("fuzzy", "link", "words", "zones")
"""The names of the parts, sorted."""


def left_out(names: Iterable[str]) -> frozenset[str]:
    """The set of these parts.

    Raises:
        UsageError: there is no such part; lists those there are.

    >>> sorted(left_out(["zones", "link", "zones"]))
    ['link', 'zones']
    """
    parts = frozenset([names] if isinstance(names, str) else names)
    for name in sorted(parts.difference(PARTS)):
        raise UsageError(f"there is no part {name!r} to leave out; the parts are {', '.join(PARTS)}")
    return parts


def version_without(version: str, parts: Iterable[str]) -> str:
    """The version a record carries that was made without `parts`; `version` itself where none is left out.

    >>> version_without("0.1.0", {"zones", "fuzzy"}), version_without("0.1.0", ())
    ('0.1.0+without.fuzzy.zones', '0.1.0')
    """
    named = sorted(parts)
    return f"{version}+without.{'.'.join(named)}" if named else version
