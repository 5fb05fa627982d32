"""People: names anchored by an honorific, a post, a list or an earlier mention (guidelines OFFICIAL; handbook section 2).

A run of capitals is a name only with evidence beside it: `ông A` (an address), `A, Phó Giám đốc ...` (a post after),
`Phó Chủ tịch UBND tỉnh A` (a post before), a place in a list of people, a line of a signature block, or the same full name
anchored elsewhere in the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.names import LONGEST_NAME, capital_line, capital_run, name_at, vietnamese_syllable
from minutes_extract.find.vocabulary import Vocabulary, vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.people import HonorificEntry
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.text.page import ALPHA, BLANK, BREAK, CAP, DIGIT, GLUED, SPACE, UPPER, Page


def find_addressed(page: Page, rulebook: Rulebook) -> list[Candidate]:
    """Names that an honorific, degree or rank opens: `ông [Tín]`, `PGS.TS. [Huỳnh Kim Thạch]`, `đ/c: [Y Thanh Niê Kđăm]`.

    `attrs`: `honorific` (`Ông`), `degrees` (as written), `kind` of the nearest word before, `gender`, `first`, `last` (token range).
    """
    words = vocabulary(rulebook)
    found: list[Candidate] = []
    i, count = 0, len(page)
    while i < count:
        address = _address_at(page, i, words)
        if address is None:
            i += 1
            continue
        last = _name_end(page, address, words)
        if last is None:
            i = max(address.first_end, i + 1)
            continue
        found.append(_addressed(page, address, last))
        i = last
    return found


@dataclass(slots=True)
class _Address:
    start: int
    end: int
    """The token where the name should begin."""
    first_end: int
    entries: list[HonorificEntry]
    degrees: list[str]


def _address_at(page: Page, i: int, words: Vocabulary) -> _Address | None:
    """The stack of honorific, rank and degrees that begins at `i`."""
    match = words.honorifics.longest(page, i)
    if match is None or not _honorific_stands(page, i, match[0], match[1], words):
        return None
    address = _Address(i, match[0], match[0], [match[1]], [])
    if match[1].kind in ("degree", "rank"):
        address.degrees.append(page.text[page.starts[i] : page.ends[match[0] - 1]])
    for _ in range(5):
        j = _past_separator(page, address.end, address.entries[-1].kind)
        more = words.honorifics.longest(page, j) if j < len(page) and page.gaps[j] < BREAK else None
        if more is None or not _honorific_stands(page, j, more[0], more[1], words):
            break
        if more[1].kind in ("degree", "rank"):
            address.degrees.append(page.text[page.starts[j] : page.ends[more[0] - 1]])
        elif page.flags[j] & CAP and more[1].kind == "civil" and name_at(page, j, words, at_least=3):
            break  # "đồng chí Ông Thị Hường": Ông is a surname here
        address.entries.append(more[1])
        address.end = more[0]
    address.end = _past_separator(page, address.end, address.entries[-1].kind)
    return address


def _past_separator(page: Page, j: int, kind: str) -> int:
    """Past the dot of `ThS.`, the colon of `ông:`, the comma of `Đại tá, TS.`; on the same line only."""
    while j < len(page) and page.gaps[j] < BREAK and page.keys[j] in (".", ":", ","):
        if (
            page.keys[j] != ":"
            and kind not in ("degree", "rank", "religious")
            and not (page.keys[j] == "." and page.gaps[j] == GLUED and page.ends[j - 1] - page.starts[j - 1] <= 2)
        ):
            break
        j += 1
    return j


def _honorific_stands(page: Page, i: int, end: int, entry: HonorificEntry, words: Vocabulary) -> bool:
    key = " ".join(page.keys[i:end])
    if i and page.gaps[i] < BREAK and page.keys[i - 1] in words.honorific_not_before.get(key, ()):
        return False
    if end < len(page) and page.gaps[end] < BREAK and page.keys[end] in words.honorific_not_after.get(key, ()):
        after = capital_run(page, end)
        if after - end < 3:
            return False
    if i and page.flags[i] & CAP and SPACE <= page.gaps[i] < BREAK and page.flags[i - 1] & CAP and page.keys[i - 1] in words.surnames:
        return False  # "Lê Anh Thuận": a syllable of a name
    if i and page.flags[i] & CAP and page.gaps[i] < BREAK and page.keys[i - 1] in words.place_words:
        return False  # "cầu Bà Cương"
    if entry.kind in ("degree", "rank", "religious") and not page.flags[i] & CAP and end - i == 1:
        return False
    if entry.kind == "degree" and end - i == 1 and not page.flags[i] & UPPER and page.ends[i] - page.starts[i] > 3:
        return False
    return not (page.gaps[i] == GLUED and i and page.flags[i - 1] & ALPHA)


def _name_end(page: Page, address: _Address, words: Vocabulary) -> int | None:
    """The token after the name that begins at `address.end`, or None where what follows is no name."""
    i = address.end
    if i >= len(page) or page.gaps[i] >= BREAK or not page.flags[i] & CAP:
        return None
    if words.posts.longest(page, i) or (words.heads.longest(page, i) and name_at(page, i, words, at_least=3) is None):
        return None
    end = _run_of_name(page, i, words)
    size = end - i
    if size == 0 or (size == 1 and not any(entry.short for entry in address.entries)):
        return None
    if size == 1 and not _may_be_given(page, i, address, words):
        return None
    last_kind = address.entries[-1].kind
    if last_kind in ("role", "trade") and not (page.keys[i] in words.surnames and size >= 2):
        return None
    return end


def _may_be_given(page: Page, i: int, address: _Address, words: Vocabulary) -> bool:
    """One syllable after an honorific is a given name: not an abbreviation, not an initial, not a number word."""
    if page.flags[i] & UPPER and not capital_line(page, i):
        return False
    if page.ends[i] - page.starts[i] < 2 and page.keys[i] not in words.particles:
        return False
    if i + 1 < len(page) and page.keys[i + 1] == "." and page.gaps[i + 1] == GLUED and page.ends[i] - page.starts[i] < 2:
        return False
    return words.not_in_names.longest(page, i) is None


def _run_of_name(page: Page, i: int, words: Vocabulary) -> int:
    """The end of the run of name syllables at `i` (handbook R-PER-07): capitals, up to a post, a head or five syllables.

    Foreign names and those of the Central Highlands may be longer; one lower-case syllable inside is accepted nowhere, since it cannot be
    told from a verb.
    """
    run = capital_run(page, i, 8)
    caps = capital_line(page, i)
    end = i
    while end < run:
        if end > i:
            if words.posts.longest(page, end) or words.not_in_names.longest(page, end) or _opens_clause(page, end, i, words):
                break
            if end - i >= 2 and end + 1 < run and (words.heads.longest(page, end) or words.honorifics.longest(page, end)):
                break
            head = words.heads.longest(page, end) if end - i >= 2 else None
            if head is not None and (head[0] > end + 1 or words.fields.longest(page, end + 1) or _area_follows(page, end + 1, words)):
                break
            if caps and page.keys[end] in words.capitals_stop:
                break
        if end - i >= LONGEST_NAME and page.keys[i] in words.surnames:
            break
        end += 1
    return _hyphenated(page, end, words)


def _opens_clause(page: Page, j: int, first: int, words: Vocabulary) -> bool:
    """`Trần Thanh Nam | Kết luận Hội nghị`: a capital that opens the next clause; one syllable only if the name is whole without it."""
    opener = words.openers.longest(page, j)
    if opener is None or (opener[0] == j + 1 and j - first < 3):
        return False
    after = opener[0]
    return opener[0] > j + 1 or (
        after < len(page) and page.gaps[after] < BREAK and not page.flags[after] & CAP and bool(page.flags[after] & ALPHA)
    )


def _area_follows(page: Page, j: int, words: Vocabulary) -> bool:
    return j < len(page) and page.gaps[j] < BREAK and words.places.type_at(page, j) is not None


def _hyphenated(page: Page, end: int, words: Vocabulary) -> int:
    """A foreign name may go on behind a glued hyphen (`Masao-Kenji`): only a capital that is no post and no surname."""
    while (
        end + 1 < len(page)
        and page.keys[end] == "-"
        and page.gaps[end] == GLUED
        and page.gaps[end + 1] == GLUED
        and page.flags[end + 1] & CAP
        and not words.posts.longest(page, end + 1)
        and not words.heads.longest(page, end + 1)
        and page.keys[end - 1] not in words.surnames
        and not any(c in "ăâđêôơưáàảãạ" for c in page.keys[end + 1])
    ):
        end += 2
    return end


def _addressed(page: Page, address: _Address, last: int) -> Candidate:
    first = address.end
    honorific = next((entry for entry in address.entries if entry.singular), None)
    gender = next((entry.gender for entry in address.entries if entry.gender), None)
    return Candidate(
        page.starts[first],
        page.ends[last - 1],
        "OFFICIAL",
        f"person.{address.entries[-1].kind}",
        ("person.addressed", "person.full_name" if last - first > 1 else "person.given_name"),
        attrs={
            "honorific": honorific.singular if honorific else None,
            "degrees": tuple(address.degrees),
            "kind": address.entries[-1].kind,
            "gender": gender,
            "first": first,
            "last": last,
            "from": page.starts[address.start],
        },
    )


def find_people(
    page: Page,
    rulebook: Rulebook,
    *,
    addressed: Sequence[Candidate],
    titles: Sequence[Candidate],
    organizations: Sequence[Candidate],
    marks: Sequence[Candidate] = (),
) -> list[Candidate]:
    """All people of the page in order, as OFFICIAL candidates: those of `find_addressed` and the names that other evidence anchors."""
    return _Finder(page, vocabulary(rulebook), addressed, titles, organizations, marks).read()


class _Finder:
    """Reads the names of one page that no honorific opens."""

    def __init__(
        self,
        page: Page,
        words: Vocabulary,
        addressed: Sequence[Candidate],
        titles: Sequence[Candidate],
        organizations: Sequence[Candidate],
        marks: Sequence[Candidate],
    ) -> None:
        self.page = page
        self.words = words
        self.found: dict[int, Candidate] = {c.attrs["first"]: c for c in addressed}
        self.title_starts = {c.attrs["first"]: c for c in titles}
        self.title_ends = {c.attrs["last"]: c for c in titles}
        self.body_starts = {c.attrs["first"]: c for c in organizations}
        self.body_ends = {c.attrs["last"]: c for c in organizations if not c.attrs["bare"] or c.attrs["after_post"]}
        self.covered = _Cover([(c.attrs.get("from", c.start), c.end) for c in (*addressed, *marks, *titles)])
        self.in_body = _Cover([(c.start, c.end) for c in organizations if not c.attrs["bare"]])
        self.known: PhraseTrie[str] = PhraseTrie()
        for candidate in addressed:
            self._know(candidate)

    def _know(self, candidate: Candidate) -> None:
        name = self.page.text[candidate.start : candidate.end]
        if candidate.attrs["last"] - candidate.attrs["first"] >= 2:
            self.known.add(name, candidate.rule)

    def read(self) -> list[Candidate]:
        self._anchored()
        self._listed()
        self._repeated()
        return sorted(self.found.values(), key=lambda c: c.key)

    # evidence beside the name

    def _anchored(self) -> None:
        page = self.page
        i, count = 0, len(page)
        while i < count:
            if not page.flags[i] & CAP or i in self.found or self.covered.holds(page.starts[i]):
                i += 1
                continue
            candidate = self._anchored_at(i)
            if candidate is None:
                i += 1
            else:
                self._keep(candidate)
                i = candidate.attrs["last"]

    def _anchored_at(self, i: int) -> Candidate | None:
        page = self.page
        before = self._before(i)
        if before:
            end = self._name_after_post(i)
            if end is not None and not self.in_body.inside(page.starts[i], page.ends[end - 1]):
                return self._candidate(i, end, "person.post_before", (before,))
        if self.in_body.holds(page.starts[i]):
            return None
        if not self._run_starts(i):
            return None
        end = name_at(page, i, self.words)
        if end is None:
            end = self._name_in_capitals(i)
        if end is None or self._not_person_before(i):
            return None
        if self._post_follows(end):
            return self._candidate(i, end, "person.post_after", ("person.post_after",))
        if self.words.verbs_after.longest(page, end) and page.gaps[end] < BREAK and end - i >= 3:
            return self._candidate(i, end, "person.verb_after", ("person.verb_after",))
        line = page.lines[page.line_of[i]]
        if self._alone_in_column(i, end) and (line.zone == "signature" or self._under_post(i)):
            return self._candidate(i, end, "person.signature", ("person.signature",))
        return None

    def _before(self, i: int) -> str | None:
        """The evidence of a post, or a post and its body, standing right before token `i`."""
        if self.page.gaps[i] >= BREAK:
            return None
        if i in self.title_ends:
            return "person.post_before"
        body = self.body_ends.get(i)
        if body is not None and (body.attrs["first"] in self.title_ends or body.attrs["after_post"]):
            return "person.post_and_body_before"
        return None

    def _name_after_post(self, i: int) -> int | None:
        """A name right behind a post: of any people, also foreign (`Tổng thống ... Emilie Laurent`)."""
        page, words = self.page, self.words
        if words.heads.longest(page, i) and name_at(page, i, words, at_least=3) is None:
            return None
        if i in self.body_starts and i not in self.title_ends:
            return None
        end = _run_of_name(page, i, words)
        size = end - i
        place = words.places.longest_at(page, i)
        if place is not None and place >= size and not (size >= 3 and i in self.title_ends and page.keys[i] in words.surnames_common):
            return None  # "Chủ tịch Hồ Chí Minh" is a person, "Chủ tịch Bình Dương" a place
        if page.keys[i] in words.surnames and size >= 2:
            return end
        if words.places.type_at(page, i) or words.fields.longest(page, i) or (page.flags[i] & UPPER and not capital_line(page, i)):
            return None
        if size == 1:
            return end if i in self.title_ends and self._given_known(i) else None
        if size > 4 or capital_line(page, i) or any(words.places.longest_at(page, j) for j in range(i, end)):
            return None
        return end if size >= 2 and any(not vietnamese_syllable(page.keys[j]) for j in range(i, end)) else None

    def _given_known(self, i: int) -> bool:
        """`Bộ trưởng [Đạt]`: one syllable that ends a known full name of the document."""
        key = self.page.keys[i]
        return any(self.page.keys[c.attrs["last"] - 1] == key for c in self.found.values() if c.attrs["last"] - c.attrs["first"] >= 2)

    def _name_in_capitals(self, i: int) -> int | None:
        page, words = self.page, self.words
        if not capital_line(page, i) or page.keys[i] not in words.surnames_common:
            return None
        end = i + 1
        while end < len(page) and page.gaps[end] < BREAK and page.flags[end] & CAP and end - i < 4:
            if page.keys[end] in words.capitals_stop or words.posts.longest(page, end) or words.heads.longest(page, end):
                break
            end += 1
        return end if end - i >= 3 else None

    def _run_starts(self, i: int) -> bool:
        """A name begins a run of capitals, or follows something that is no part of a name."""
        page = self.page
        if i == 0 or page.gaps[i] >= BREAK or not page.flags[i - 1] & CAP:
            return True
        return i in self.title_ends or i in self.body_ends

    def _not_person_before(self, i: int) -> bool:
        """`đường Lý Thường Kiệt`, `Ảnh: Lê Hoàng`: the words before make it a place or a credit."""
        page = self.page
        line = page.lines[page.line_of[i]]
        if line.zone in ("source", "furniture", "counter"):
            return True
        for start in range(max(line.first, i - 4), i):
            for trie in (self.words.not_person_before, self.words.credits):
                match = trie.longest(page, start)
                if match is None:
                    continue
                end = match[0]
                if end == i or (trie is self.words.credits and end == i - 1 and page.keys[end] in (":", ".")):
                    return True
        return False

    def _post_follows(self, end: int) -> bool:
        """`, Phó Giám đốc`, ` - Trưởng phòng`, ` (Chủ tịch`, `: Giám đốc`, ` nguyên Bí thư` right behind the name."""
        page = self.page
        j = end
        for _ in range(4):
            if j >= len(page) or page.gaps[j] >= BLANK:
                return False
            if j in self.title_starts:
                return True
            if page.flags[j] & ALPHA and page.keys[j] not in self.words.post_outside:
                return j in self.body_starts and j > end and page.keys[j - 1] in ("-", "(")
            if page.flags[j] & DIGIT or page.keys[j] in (";", "."):
                return False
            j += 1
        return False

    def _under_post(self, i: int) -> bool:
        """A name that fills its line, with a line of a post in capitals among the three before it, signs the document."""
        page = self.page
        at = page.line_of[i]
        return any(
            first in self.title_starts and page.flags[first] & UPPER
            for line in page.lines[max(0, at - 3) : at]
            for first in range(line.first, line.last)
        )

    def _alone_in_column(self, i: int, end: int) -> bool:
        page = self.page
        starts = page.gaps[i] >= BREAK or not page.flags[i - 1] & (CAP | ALPHA)
        return starts and (end >= len(page) or page.gaps[end] >= BREAK)

    # lists of people

    def _listed(self) -> None:
        """Names between commas and semicolons in a sentence that already names a person: `các đồng chí: A, ...; B, ...; C`."""
        page = self.page
        for line in page.lines:
            if line.zone in ("source", "furniture", "counter", "footer"):
                continue
            for first, last in _sentences(page, line.first, line.last):
                named = any(i in self.found for i in range(first, last))
                for i in range(first, last):
                    if page.flags[i] & CAP and (named or self._list_head(first, i)):
                        self._list_item(i)

    def _list_item(self, i: int) -> None:
        page = self.page
        if i in self.found or self.covered.holds(page.starts[i]) or self.in_body.holds(page.starts[i]) or not self._opens_item(i):
            return
        end = name_at(page, i, self.words)
        if end is None or not self._closes_item(end) or self._not_person_before(i):
            return
        if end - i >= 3 or page.keys[i] in self.words.surnames_common:
            self._keep(self._candidate(i, end, "person.listed", ("person.listed",)))

    def _list_head(self, first: int, stop: int) -> bool:
        return any(
            (match := self.words.honorifics.longest(self.page, j)) is not None and match[1].kind in ("civil", "comrade", "role")
            for j in range(first, stop)
        )

    def _opens_item(self, i: int) -> bool:
        page = self.page
        return i > 0 and (
            page.gaps[i] >= BREAK or page.keys[i - 1] in (",", ";", ":", "-", "(", ")") or page.keys[i - 1] in self.words.joiners
        )

    def _closes_item(self, end: int) -> bool:
        page = self.page
        return (
            end >= len(page)
            or page.gaps[end] >= BREAK
            or page.keys[end] in (",", ";", ":", "-", "(", ")", ".")
            or not page.flags[end] & CAP
        )

    # repeats

    def _repeated(self) -> None:
        """Full names anchored anywhere count everywhere."""
        page = self.page
        for candidate in list(self.found.values()):
            self._know(candidate)
        i, count = 0, len(page)
        while i < count:
            match = self.known.longest(page, i) if page.flags[i] & CAP and i not in self.found else None
            if match is None or self.covered.holds(page.starts[i]) or self._not_person_before(i) or self._is_place(i, match[0]):
                i += 1
                continue
            end = match[0]
            inside = self.in_body.inside(page.starts[i], page.ends[end - 1])
            longer = end < count and page.flags[end] & CAP and 0 < page.gaps[end] < BREAK and not self._breaks_name(end)
            preceded = (
                i > 0 and page.flags[i - 1] & CAP and 0 < page.gaps[i] < BREAK and i not in self.title_ends and i not in self.body_ends
            )
            if not inside and not longer and not (preceded and not capital_line(page, i)):
                self._keep(self._candidate(i, end, "person.repeated", ("person.repeated",)))
            i = end
        self._given_names()

    def _is_place(self, i: int, end: int) -> bool:
        """A city that bears a person's name counts as one only where a post or honorific says so."""
        place = self.words.places.longest_at(self.page, i)
        return place is not None and i + place >= end and i not in self.title_ends

    def _given_names(self) -> None:
        """`Đại biểu [Liên]`: after a role word one syllable counts where it ends a full name of the document."""
        page = self.page
        given = {page.keys[c.attrs["last"] - 1] for c in self.found.values() if c.attrs["last"] - c.attrs["first"] >= 2}
        for i in range(1, len(page)):
            if page.keys[i] not in given or not page.flags[i] & CAP or page.gaps[i] >= BREAK or self.covered.holds(page.starts[i]):
                continue
            if capital_run(page, i) != i + 1:
                continue
            for start in range(max(0, i - 3), i):
                match = self.words.honorifics.longest(page, start, i)
                if match is not None and match[0] == i and match[1].kind in ("role", "trade"):
                    self._keep(self._candidate(i, i + 1, "person.role", ("person.addressed",)))
                    break

    def _breaks_name(self, j: int) -> bool:
        page, words = self.page, self.words
        return words.posts.longest(page, j) is not None or words.heads.longest(page, j) is not None or capital_line(page, j)

    # keeping

    def _keep(self, candidate: Candidate) -> None:
        self.found[candidate.attrs["first"]] = candidate
        self.covered.add(candidate.start, candidate.end)

    def _candidate(self, first: int, last: int, rule: str, evidence: tuple[str, ...]) -> Candidate:
        return Candidate(
            self.page.starts[first],
            self.page.ends[last - 1],
            "OFFICIAL",
            rule,
            (*evidence, "person.full_name" if last - first > 1 else "person.given_name"),
            attrs={
                "honorific": None,
                "degrees": (),
                "kind": None,
                "gender": None,
                "first": first,
                "last": last,
                "from": self.page.starts[first],
            },
        )


def _sentences(page: Page, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Token ranges between full stops; the dot of an abbreviation (`TP.`, `ThS.`) is none."""
    start = first
    for i in range(first, last - 1):
        stops = page.keys[i] in ".!?" and page.gaps[i + 1] >= SPACE and page.flags[i + 1] & CAP
        if stops and (page.ends[i - 1] - page.starts[i - 1] > 3 or not page.flags[i - 1] & CAP):
            yield start, i + 1
            start = i + 1
    yield start, last


class _Cover:
    """Which characters are taken: disjoint or overlapping spans, asked many times."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._reach: list[int] = []
        self._build()

    def _build(self) -> None:
        self._starts = [start for start, _ in self._spans]
        self._reach = []
        far = -1
        for _, end in self._spans:
            far = max(far, end)
            self._reach.append(far)

    def add(self, start: int, end: int) -> None:
        at = bisect_left(self._spans, (start, end))
        self._spans.insert(at, (start, end))
        self._build()

    def holds(self, offset: int) -> bool:
        """Is character `offset` inside a span?"""
        at = bisect_left(self._starts, offset + 1) - 1
        return at >= 0 and self._reach[at] > offset

    def inside(self, start: int, end: int) -> bool:
        """Does one span hold all of `start`..`end`?"""
        at = bisect_left(self._starts, start + 1) - 1
        while at >= 0 and self._reach[at] >= end:
            if self._spans[at][1] >= end:
                return True
            at -= 1
        return False
