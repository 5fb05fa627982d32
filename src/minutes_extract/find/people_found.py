"""The people found so far on a page, and what else is taken there: what the finders of names without an honorific share."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.cover import Cover
from minutes_extract.find.vocabulary import Vocabulary
from minutes_extract.text.page import CAP, DIGIT, Page

_CREDIT_REACH = 4
"""Tokens before a name that are looked at for a word that makes it none."""
_STREET_REACH = 60
"""Tokens of a list of streets at most."""
_NO_PEOPLE = ("source", "furniture", "counter")
"""Zones whose names are those of authors and web pages."""


class PeopleFound:
    """The names of one page so far, by first token, beside its posts and bodies; positions are token indices.

    It grows with each `keep`: a name found by stronger evidence is not read again by weaker.
    """

    def __init__(
        self,
        page: Page,
        words: Vocabulary,
        *,
        addressed: Sequence[Candidate],
        titles: Sequence[Candidate],
        organizations: Sequence[Candidate],
        marks: Sequence[Candidate],
    ) -> None:
        self.page = page
        self.words = words
        self.by_token: dict[int, Candidate] = {c.attrs["first"]: c for c in addressed}
        self.title_starts = frozenset(c.attrs["first"] for c in titles)
        self.title_ends = {c.attrs["last"]: c for c in titles}
        self.body_starts = {c.attrs["first"]: c for c in organizations}
        self.body_ends = {c.attrs["last"]: c for c in organizations if not c.attrs["bare"] or c.attrs["after_post"]}
        self._taken = Cover((c.attrs.get("from", c.start), c.end) for c in (*addressed, *marks, *titles))
        self._bodies = Cover((c.start, c.end) for c in organizations if not c.attrs["bare"])

    def is_taken(self, i: int) -> bool:
        """Does token `i` belong to a name with its address, a post or a mark?"""
        return self._taken.holds(self.page.starts[i])

    def is_in_body(self, i: int) -> bool:
        """Does token `i` belong to a body with a name: `Trường THPT Châu Văn Liêm`?"""
        return self._bodies.holds(self.page.starts[i])

    def is_all_in_body(self, first: int, last: int) -> bool:
        """Does one named body hold all tokens `first` to `last`?"""
        return self._bodies.inside(self.page.starts[first], self.page.ends[last - 1])

    def is_no_person(self, i: int) -> bool:
        """`đường Lý Thường Kiệt`, `Ảnh: Lê Hoàng`: the words before token `i` make it a place or a credit (handbook 2.8, 2.9)."""
        page, words = self.page, self.words
        line = page.lines[page.line_of[i]]
        if line.zone in _NO_PEOPLE:
            return True
        for start in range(max(line.first, i - _CREDIT_REACH), i):
            match = words.not_person_before.longest(page, start)
            if match is not None and match[0] == i:
                return True
            credit = words.credits.longest(page, start)
            if credit is not None and (credit[0] == i or (credit[0] == i - 1 and page.keys[i - 1] in (":", "."))):
                return True
        return False

    def is_street(self, i: int) -> bool:
        """`tuyến đường Lê Lợi, Nguyễn Huệ và Lý Thái Tổ`: does a list of streets run up to token `i`?"""
        page, words = self.page, self.words
        line = page.lines[page.line_of[i]]
        j = i - 1
        while (
            j > line.first
            and i - j < _STREET_REACH
            and (page.flags[j] & (CAP | DIGIT) or page.keys[j] == "," or page.keys[j] in words.joiners)
        ):
            j -= 1
        return any(
            (match := words.streets.longest(page, start)) is not None and match[0] == j + 1
            for start in range(max(line.first, j - 2), j + 1)
        )

    def full_names(self) -> list[Candidate]:
        """The names of two syllables or more, in the order they were found."""
        return [c for c in self.by_token.values() if c.attrs["last"] - c.attrs["first"] >= 2]

    def given_names(self) -> frozenset[str]:
        """The folded last syllables of the full names: `tín` of `Lê Văn Tín`."""
        return frozenset(self.page.keys[c.attrs["last"] - 1] for c in self.full_names())

    def keep(self, first: int, last: int, rule: str, evidence: str) -> None:
        """Tokens `first` to `last` are a name that `rule` reads on this evidence."""
        page = self.page
        name = Candidate(
            page.starts[first],
            page.ends[last - 1],
            "OFFICIAL",
            rule,
            (evidence, "person.full_name" if last - first > 1 else "person.given_name"),
            attrs={
                "honorific": None,
                "degrees": (),
                "kind": None,
                "gender": None,
                "first": first,
                "last": last,
                "from": page.starts[first],
            },
        )
        self.by_token[first] = name
        self._taken.add(name.start, name.end)
