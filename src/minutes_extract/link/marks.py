"""One record for each mark, however often and in whatever spelling it is named (handbook 6.5, R-IP-01, R-IP-15)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.mark_scope import Sentences, dotted_abbreviations
from minutes_extract.link.facts import Mark
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key, fold_spelling
from minutes_extract.text.page import Page


def link_marks(page: Page, rulebook: Rulebook, candidates: Sequence[Candidate]) -> tuple[Mark, ...]:
    """The marks of a document in order of their first mention. `candidates` are settled mentions of any label; TRADEMARK ones
    make the marks, ORGANIZATION ones may own them.

    Names equal in the folded view are one mark. Within one kind the bare place of a geographical indication joins the name
    that holds it (`“Suối Vàng”`, `Cam Suối Vàng`). The kind is that of the strongest cue (`marks.yaml`, list `kinds`), the
    name the form of the first mention.

        chỉ dẫn địa lý số 00062 "Suối Vàng" cho sản phẩm hạt điều -> kind geographical_indication, number 00062, product hạt điều
    """
    mentions = sorted((c for c in candidates if c.label == "TRADEMARK"), key=lambda c: c.key)
    if not mentions:
        return ()
    groups: dict[str, list[Candidate]] = {}
    for mention in mentions:
        groups.setdefault(fold_key(page.text[mention.start : mention.end]), []).append(mention)
    _join_places(groups)
    owners = _Owners(page, rulebook, mentions, [c for c in candidates if c.label == "ORGANIZATION"])
    kinds = rulebook.words("marks", "kinds")
    statuses = rulebook.words("marks", "statuses")
    marks = [
        Mark(
            name=_shown(page, group[0]),
            kind=_first(kinds, (c.attrs.get("kind") for c in group if not c.attrs.get("repeat"))) or kinds[-1],
            mentions=tuple(group),
            status=_first(statuses, (c.attrs.get("status") for c in group)),
            owner=next((owner for owner in map(owners.of, group) if owner), None),
            product=next((str(c.attrs["product"]) for c in group if c.attrs.get("product")), None),
            number=next((number for number in map(owners.number, group) if number), None),
        )
        for group in groups.values()
    ]
    return tuple(sorted(marks, key=lambda mark: mark.mentions[0].key))


def _join_places(groups: dict[str, list[Candidate]]) -> None:
    """`Suối Vàng` joins `Cam Suối Vàng` where both are geographical indications and only one name holds the place."""
    for key in sorted(groups):
        kind = groups[key][0].attrs.get("kind")
        if kind != "geographical_indication":
            continue
        holders = [other for other in groups if other != key and other.endswith(" " + key) and groups[other][0].attrs.get("kind") == kind]
        if len(holders) == 1:
            groups[holders[0]] = sorted(groups[holders[0]] + groups.pop(key), key=lambda c: (-(c.end - c.start), c.start))


def _shown(page: Page, mention: Candidate) -> str:
    return " ".join(page.text[mention.start : mention.end].split())


def _first(order: Sequence[str], values: Iterable[object]) -> str | None:
    """Of `values` the one that comes first in `order`."""
    there = {value for value in values if value}
    return next((value for value in order if value in there), None)


class _Owners:
    """Looks behind a mention for who owns it and under which number it is registered."""

    def __init__(self, page: Page, rulebook: Rulebook, mentions: Sequence[Candidate], bodies: Sequence[Candidate]) -> None:
        self._page = page
        self._starts = [m.start for m in mentions]
        self._group_ends: dict[object, int] = {}
        for m in mentions:
            if not m.attrs.get("repeat"):
                self._group_ends[m.attrs.get("group")] = m.end
        self._bodies = sorted(bodies, key=lambda c: c.key)
        self._sentences = page.once(Sentences, dotted_abbreviations(rulebook))
        before = "|".join(map(fold_spelling, rulebook.words("marks", "owner_before")))
        after = "|".join(map(fold_spelling, rulebook.words("marks", "owner_after")))
        self._before = re.compile(rf"[\"')]*\s*,?\s*(?:{before})\s+$")
        self._told = re.compile(rf"(?:{'|'.join(map(fold_spelling, rulebook.words('marks', 'owner_told')))})\s+$")
        self._bracket = re.compile(r"[\"']*\s*\(\s*$")
        frames = {entry.id: entry.pattern for entry in rulebook["marks"].entries}
        self._number_after = re.compile(fold_spelling(frames["mark.frame.number_after"]))
        self._after = re.compile(rf"\s*,?\s*(?:{after})")

    def _end_of_list(self, mention: Candidate) -> int:
        """End of the last name of the list that `mention` belongs to."""
        return max(self._group_ends.get(mention.attrs.get("group"), 0), mention.end)

    def of(self, mention: Candidate) -> str | None:
        """The owner: `“X” là của O`, `X (O đứng đơn)`, `chủ sở hữu là O`."""
        page = self._page
        scope = self._sentences.around(mention.start)
        last = self._end_of_list(mention)
        first = bisect_left(self._bodies, last, key=lambda b: b.start)
        for body in self._bodies[first : first + 8]:
            if body.start >= scope.end:
                break
            between = page.fold[last : body.start]
            right_behind = self._before.fullmatch(between)
            in_brackets = self._bracket.fullmatch(between) and self._after.match(page.fold, body.end)
            told = self._told.search(between)
            if right_behind or in_brackets or told:
                return " ".join(page.text[body.start : body.end].split())
        return None

    def number(self, mention: Candidate) -> str | None:
        """The number of the certificate: before the name (found with it), or behind it and before the next mark."""
        if mention.attrs.get("number"):
            return str(mention.attrs["number"])
        scope = self._sentences.around(mention.start)
        behind = bisect_right(self._starts, mention.start)
        end = min(scope.end, self._starts[behind] if behind < len(self._starts) else scope.end)
        match = self._number_after.search(self._page.fold, mention.end, max(end, mention.end))
        return match[1] if match else None
