"""Which documents go to `test`: whole groups of those that belong together, drawn by name and seed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from minutes_extract.errors import UsageError


def names_for_test(sources: Mapping[str, str], cluster: Mapping[str, str], *, share: float, seed: int, whole: bool) -> set[str]:
    """The names of the documents for `test`: as many groups as fit in the share, at least one and not all.

    `sources` and `cluster` tell those of each document. `whole`: a group is all that sources and clusters tie together; else it is a
    cluster, and each source gives its share. With a single source, groups are clusters.

    Raises:
        UsageError: all documents are one group.

    >>> sources = {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}
    >>> sorted(names_for_test(sources, {name: name for name in sources}, share=0.5, seed=1, whole=True))
    ['b1', 'c1']
    """
    whole = whole and len(set(sources.values())) > 1
    groups = _tied(sources, cluster) if whole else _gathered(cluster)
    if len(groups) < 2:
        mend = "a higher --near or --by-source spread" if whole else "a higher --near"
        tied = "their sources are tied together by near duplicates" if whole else "they are near duplicates of each other"
        raise UsageError(f"{len(sources)} documents cannot be parted: {tied}; give {mend}")
    strata: dict[str, list[list[str]]] = {}
    for group in groups:
        strata.setdefault("" if whole else min(sources[name] for name in group), []).append(group)
    test: set[str] = set()
    seen = 0
    for _, stratum in sorted(strata.items()):
        seen += sum(map(len, stratum))
        goal = min(round(share * seen), len(sources) - 1)
        for group in sorted(stratum, key=lambda names: _drawn(names[0], seed)):
            if len(test) + len(group) <= goal:
                test.update(group)
    smallest: list[str] = min(sorted(groups, key=lambda names: _drawn(names[0], seed)), key=len)
    return test or set(smallest)


def _drawn(name: str, seed: int) -> str:
    """A place in the draw that depends on the name and the seed only."""
    return hashlib.sha256(f"{seed} {name}".encode("utf-8", "surrogatepass")).hexdigest()


def _gathered(key_of: Mapping[str, str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for name, key in sorted(key_of.items()):
        groups.setdefault(key, []).append(name)
    return list(groups.values())


def _tied(sources: Mapping[str, str], cluster: Mapping[str, str]) -> list[list[str]]:
    """Whole sources; those that share a cluster are one group."""
    group_of = {source: source for source in sources.values()}
    for names in _gathered(cluster):
        together = {group_of[sources[name]] for name in names}
        if len(together) > 1:
            group_of = {source: min(together) if group in together else group for source, group in group_of.items()}
    return _gathered({name: group_of[source] for name, source in sources.items()})
