"""Which posts a person holds, of which body: posts before a name, behind it, in a list under one head, and above a signature.

The chain behind a name runs over separators, qualifiers and parent bodies until the next person or any other word:
`Bà Trần Hoài Phương- [Phó giám đốc] [Sở]`; `A, [Ủy viên] [Trung ương Đảng], nguyên [Phó Bí thư] [Tỉnh ủy] (Bộ X)`. The chain
before a name touches it: `[Phó Bí thư] [Tỉnh ủy], [Chủ tịch] [UBND tỉnh] A`. Handbook 2.3, 2.5: P01-P24, R-PER-08, R-PER-09, R-TIT-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from minutes_extract.find.candidate import Candidate, Rejected
from minutes_extract.find.vocabulary import Vocabulary, vocabulary
from minutes_extract.link.facts import Person, Position
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import ALPHA, BLANK, BREAK, CAP, DIGIT, Page

_LONGEST_BRIDGE = 7
_SEPARATORS = frozenset(",-:(/;.")


@dataclass(frozen=True, slots=True)
class Held:
    """One post at one mention of a person: `person` and `title` are mentions; `body` is the mention right behind the post, if any.

    `hint` is a field in brackets behind a name in a list under one head (`các Phó Giám đốc Sở: A (Công Thương)`).
    """

    person: Candidate
    title: Candidate
    body: Candidate | None
    status: str
    rule: str
    hint: str | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Where the person and the post stand: in a list under one head several people share one post."""
        return (self.person.start, self.title.start)


def find_positions(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> list[Held]:
    """The posts that stand beside names, in order of the text."""
    return _Chains(page, rulebook, mentions).read()


def drop_lonely_titles(page: Page, mentions: Sequence[Candidate], held: Iterable[Held]) -> tuple[list[Candidate], list[Rejected]]:
    """Posts that need a holder's name or a body beside them (`chuyên viên`, `TP`) and have none are no posts."""
    with_person = {(h.title.start, h.title.end) for h in held}
    bodies = {m.start for m in mentions if m.label == "ORGANIZATION"}
    titles = {m.start for m in mentions if m.label == "TITLE"}
    kept: list[Candidate] = []
    rejected: list[Rejected] = []
    for mention in mentions:
        needs = mention.attrs.get("needs", "nothing") if mention.label == "TITLE" else "nothing"
        named = (mention.start, mention.end) in with_person
        embodied = any(start in bodies or start in titles for start in range(mention.start + 1, mention.end + 2))
        if (needs == "name" and not named) or (
            needs == "name_or_body" and not named and not embodied and mention.rule != "post.abbreviation_ambiguous"
        ):
            rejected.append(Rejected(mention, "a plain work title counts with a named holder only"))
        else:
            kept.append(mention)
    return kept, rejected


def assign_positions(
    rulebook: Rulebook, people: Sequence[Person], held: Sequence[Held], organization_of: Mapping[tuple[int, int], str | None]
) -> tuple[Person, ...]:
    """Each person with the distinct posts of all mentions; of two readings of one post the one with the fuller body stays.

    `organization_of` maps `Held.key` to the resolved name of the body.
    """
    full = rulebook.compiled(_full_forms)
    by_mention: dict[tuple[int, int], list[Held]] = {}
    for one in sorted(held, key=lambda h: h.rule == "position.recipient"):
        by_mention.setdefault((one.person.start, one.person.end), []).append(one)
    return tuple(
        replace(
            person, positions=_distinct([h for m in person.mentions for h in by_mention.get((m.start, m.end), ())], organization_of, full)
        )
        for person in people
    )


def _distinct(held: Sequence[Held], organization_of: Mapping[tuple[int, int], str | None], full: Mapping[str, str]) -> tuple[Position, ...]:
    found: list[Position] = []
    for one in sorted(held, key=lambda h: h.rule == "position.recipient"):
        organization = organization_of.get(one.key)
        position = Position(one.title, one.body, organization, one.status, one.rule)
        at = next((k for k, old in enumerate(found) if _same_post(old, position, full)), None)
        if at is None:
            found.append(position)
        elif organization is not None and (found[at].organization is None or len(organization) > len(found[at].organization or "")):
            found[at] = replace(found[at], body=one.body, organization=organization)
    return tuple(found)


def _same_post(one: Position, other: Position, full: Mapping[str, str]) -> bool:
    """The same post words, abbreviated or not, of bodies that do not contradict: one unknown, or its name begun by the other's."""
    if _post_key(one, full) != _post_key(other, full):
        return False
    if one.organization is None or other.organization is None:
        return True
    a, b = fold_key(one.organization), fold_key(other.organization)
    return a.startswith(b) or b.startswith(a)


def _post_key(position: Position, full: Mapping[str, str]) -> str:
    written = fold_key(position.title.attrs["text"])
    return full.get(written.replace(".", "").replace(" ", ""), written)


def _full_forms(rulebook: Rulebook) -> dict[str, str]:
    """`pct` -> `phó chủ tịch`."""
    rows = (row.split("=", 1) for row in rulebook.words("posts", "full_forms"))
    return {fold_key(short).replace(".", "").replace(" ", ""): fold_key(long) for short, long in rows}


class _Chains:
    """Reads the chains of posts around the names of one page."""

    def __init__(self, page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> None:
        self.page = page
        self.words: Vocabulary = vocabulary(rulebook)
        self.between: PhraseTrie[str] = rulebook.compiled(_between)
        self.former = frozenset(map(fold_key, rulebook.words("posts", "former")))
        self.acting = frozenset(token for w in rulebook.words("posts", "acting") for token in fold_key(w).replace(".", "").split())
        self.concurrent = frozenset(map(fold_key, rulebook.words("posts", "concurrent")))
        self.of_body = frozenset(map(fold_key, rulebook.words("posts", "of_body")))
        self.copula = frozenset(map(fold_key, rulebook.words("posts", "copula")))
        self.term = frozenset(map(fold_key, rulebook.words("posts", "term")))
        self.people = [m for m in mentions if m.label == "OFFICIAL"]
        self.titles = {m.attrs["first"]: m for m in mentions if m.label == "TITLE"}
        self.bodies = {m.attrs["first"]: m for m in mentions if m.label == "ORGANIZATION"}
        self.title_of_end: dict[int, Candidate] = {}
        for title in self.titles.values():
            self.title_of_end[self._end_of(title)] = title
        self.person_at = {self._opens(p): p for p in self.people}
        self.dates = {page.token_at(m.start): page.token_at(m.end - 1) + 1 for m in mentions if m.label == "DATE"}
        self.claimed: set[int] = set()
        self.held: list[Held] = []

    def read(self) -> list[Held]:
        before = {id(p): self._before(p) for p in self.people}
        for person in self.people:
            if not self._is_recipient(person):
                self._behind(person)
        for person in self.people:
            recipient = self._is_recipient(person)
            for title, rule in before[id(person)][: 1 if recipient else None]:
                if title.attrs["first"] not in self.claimed:
                    self._hold(person, title, "position.recipient" if recipient else rule)
        self._lists()
        self._signatures()
        return sorted(self.held, key=lambda h: (h.person.start, h.title.start))

    # elements

    def _is_recipient(self, person: Candidate) -> bool:
        """In `Nơi nhận: Thủ tướng, PTTg A; PCN B` each name has only the post that touches it."""
        return self.page.zone_at(person.start) == "recipients"

    def _opens(self, person: Candidate) -> int:
        """The token where the mention begins, its honorific included."""
        return self.page.token_at(person.attrs.get("from", person.start))

    def _body_of(self, title: Candidate) -> Candidate | None:
        """The body right behind a post, or the one that shares its unit noun."""
        unit = title.attrs["unit"]
        if unit is not None and unit in self.bodies:
            return self.bodies[unit]
        last = title.attrs["last"]
        body = self.bodies.get(last)
        if body is not None and (self.page.gaps[last] < BREAK or self._column(last)):
            return body
        if last + 1 in self.bodies and self.page.keys[last] in self.of_body and self.page.gaps[last] < BREAK:
            return self.bodies[last + 1]
        if last + 2 in self.bodies and " ".join(self.page.keys[last : last + 2]) in self.of_body and self.page.gaps[last] < BREAK:
            return self.bodies[last + 2]
        if last < len(self.page) and self.page.keys[last] in (".", "-") and self.page.gaps[last] == 0 and last + 1 in self.bodies:
            return self.bodies[last + 1] if self.page.keys[last] == "." else None
        return None

    def _column(self, token: int) -> bool:
        """A column break inside one line (tables flattened to lines)."""
        return self.page.gaps[token] == BREAK and token > 0 and self.page.line_of[token] == self.page.line_of[token - 1]

    def _end_of(self, title: Candidate) -> int:
        """The token behind a post and its body."""
        body = self._body_of(title)
        return max(title.attrs["last"], body.attrs["last"]) if body is not None else int(title.attrs["last"])

    def _status(self, title: Candidate) -> str:
        """`former` behind nguyên, cựu, cố; `acting` behind quyền, Q.; R-TIT-01: the word governs the next post only."""
        page = self.page
        j = title.attrs["first"] - 1
        if j >= 0 and page.keys[j] == ".":
            j -= 1
        if j < 0 or page.gaps[j + 1] >= BREAK:
            return "current"
        if page.keys[j] in self.former or (page.keys[j] in self.copula and j and page.keys[j - 1] in self.former):
            return "former"
        return "acting" if page.keys[j] in self.acting else "current"

    def _hold(self, person: Candidate, title: Candidate, rule: str, hint: str | None = None) -> None:
        self.claimed.add(title.attrs["first"])
        self.held.append(Held(person, title, self._body_of(title), self._status(title), rule, hint))

    # behind a name

    def _behind(self, person: Candidate) -> None:
        j = person.attrs["last"]
        first = True
        while True:
            title_at = self._bridge(j, first)
            if title_at is None:
                return
            title = self.titles[title_at]
            if self._leads_to_other(title, person) or title_at in self.claimed or self._is_group(title) or self._speaks_of(j, title):
                return
            self._hold(person, title, "position.behind_name")
            j = self._past_parents(self._end_of(title))
            first = False

    def _is_group(self, title: Candidate) -> bool:
        """`; Chủ tịch UBND các huyện: ...`: holders of a post in several places, none of them named here."""
        j = self._end_of(title)
        head = self.words.heads.longest(self.page, j) if j < len(self.page) and j not in self.bodies else None
        j = head[0] if head is not None else j
        if j >= len(self.page) or self.page.gaps[j] >= BREAK or j in self.person_at:
            return False
        return self.page.keys[j] in self.words.plural_after or (head is not None and bool(self.page.flags[j] & DIGIT))

    def _speaks_of(self, j: int, title: Candidate) -> bool:
        """`Đ/c A: TP giao việc ...`: a colon opens what A says, and the post is its subject."""
        end = self._past_parents(self._end_of(title))
        page = self.page
        if page.keys[j] != ":" or end >= len(page) or page.gaps[end] >= BREAK:
            return False
        return bool(page.flags[end] & ALPHA) and self.between.longest(page, end) is None and end not in self.titles

    def _bridge(self, j: int, first: bool) -> int | None:
        """The token of the next post of a chain that goes on at `j`, or None where another word or person comes first."""
        page = self.page
        count = len(page)
        steps = 0
        crossed = False
        while j < count and steps < _LONGEST_BRIDGE:
            if page.gaps[j] >= BREAK and not self._column(j):
                if crossed or not self._dash_line(j):
                    return None
                crossed = True
            if j in self.titles:
                return j
            if j in self.person_at:
                return None
            if j in self.dates:
                j = self.dates[j]
            elif page.keys[j] in _SEPARATORS or page.keys[j] == ")":
                if page.keys[j] == "." and page.keys[j - 1] not in self.acting:
                    return None
                j += 1
            elif (match := self.between.longest(page, j)) is not None:
                j = match[0]
                if page.keys[j - 1] in self.term and j < count and page.flags[j] & CAP:
                    j += 1
            elif page.flags[j] & DIGIT and page.keys[j - 1] in ("(", ","):
                j += 1
            else:
                return None
            steps += 1
        return None

    def _dash_line(self, j: int) -> bool:
        """A post on the next line counts for the name that ends this one only behind a dash that no list item opens."""
        page = self.page
        return (
            page.keys[j] == "-" and j + 1 in self.titles and (j == 0 or page.keys[j - 1] not in (";", ".", ":")) and page.gaps[j] == BLANK
        )

    def _past_parents(self, j: int) -> int:
        """Past parent bodies and a term: `Vụ trưởng Vụ X[, Bộ Y]`, `Phó Viện trưởng [(Bộ Y)]`, `[khóa XIII]`."""
        page = self.page
        count = len(page)
        while j < count and page.gaps[j] < BREAK:
            if page.keys[j] in (",", "(", "-") and j + 1 in self.bodies and j + 1 not in self.titles:
                j = self.bodies[j + 1].attrs["last"]
                if j < count and page.keys[j] == ")":
                    j += 1
            elif j in self.bodies and j not in self.titles and page.gaps[j] < BREAK:
                j = self.bodies[j].attrs["last"]
            elif self.words.places.type_at(page, j) is not None and (area := self.words.places.area_at(page, j)) is not None:
                j = area.last
            elif (kind := self.words.places.type_at(page, j)) is not None:
                j += kind.tokens
            elif (place := self.words.places.longest_at(page, j)) is not None:
                j += place
            elif page.keys[j] == "," and (area := self.words.places.area_at(page, j + 1) if j + 1 < count else None) is not None:
                j = area.last
            else:
                break
        return j

    def _leads_to_other(self, title: Candidate, person: Candidate) -> bool:
        """True where the post and its body touch another person's name, so that it is that person's: `A, Chủ tịch UBND tỉnh B`."""
        j = self._end_of(title)
        place = self.words.places.area_at(self.page, j) if j < len(self.page) and self.page.gaps[j] < BREAK else None
        if place is not None and place.known:
            j = place.last
        other = self.person_at.get(j)
        return other is not None and other is not person and j < len(self.page) and self.page.gaps[j] < BREAK

    # before a name

    def _before(self, person: Candidate) -> list[tuple[Candidate, str]]:
        """The posts of the chain that ends at the name, last one first."""
        page = self.page
        opens = self._opens(person)
        title = self._title_ending_at(opens) or self._title_ending_at(self._past_copula(opens))
        if title is None:
            return []
        chain = [(title, "position.before_name")]
        while True:
            j = chain[-1][0].attrs["first"] - 1
            while j > 0 and page.gaps[j + 1] < BREAK and page.keys[j] in self.words.post_outside:
                j -= 1
            if (
                j < 1
                or page.gaps[j + 1] >= BREAK
                or (page.keys[j] not in (",", "-") and page.keys[j] not in self.concurrent and page.keys[j] not in self.words.joiners)
            ):
                return chain
            earlier = self._title_ending_at(j)
            if earlier is None or self._after_person(earlier, person):
                return chain
            chain.append((earlier, "position.before_name"))

    def _title_ending_at(self, i: int | None) -> Candidate | None:
        """The post that ends, with its body, at token `i` (across a place: `Chủ tịch tỉnh Quảng Nam | A`)."""
        if i is None or i < 1 or (i < len(self.page) and self.page.gaps[i] >= BREAK):
            return None
        title = self.title_of_end.get(i)
        if title is not None:
            return title
        for back in range(i - 1, max(i - 7, 0), -1):
            if back in self.title_of_end and self._past_parents(back) == i:
                return self.title_of_end[back]
        return None

    def _past_copula(self, i: int) -> int | None:
        """`Giám đốc Sở là ông A`, `Chủ tịch UBND huyện: ông A`: back over `là` or a colon."""
        page = self.page
        if i > 1 and page.gaps[i] < BREAK and (page.keys[i - 1] == ":" or page.keys[i - 1] in self.copula):
            return i - 1
        return None

    def _after_person(self, title: Candidate, person: Candidate) -> bool:
        """Is the post in the chain behind an earlier person? Then only what touches the next name is that one's."""
        page = self.page
        line = page.lines[page.line_of[title.attrs["first"]]]
        for other in self.people:
            last = other.attrs["last"]
            if other is person or last > title.attrs["first"] or last < line.first:
                continue
            at = self._bridge(last, False)
            for _ in range(8):
                if at is None:
                    break
                if at == title.attrs["first"]:
                    return True
                at = self._bridge(self._past_parents(self._end_of(self.titles[at])), False)
        return False

    # lists under one head

    def _lists(self) -> None:
        """`các Phó Thủ tướng Chính phủ: A, B, C`: the post of the head is everyone's until a person has one of their own (R-PER-08)."""
        page = self.page
        with_posts = {(h.person.start, h.person.end) for h in self.held}
        for k, person in enumerate(self.people):
            if (person.start, person.end) in with_posts:
                continue
            previous = self.people[k - 1] if k else None
            opens = self._opens(person)
            if opens < 1 or page.gaps[opens] >= BREAK:
                continue
            if page.keys[opens - 1] == ":":
                title = self._title_ending_at(opens - 1)
                if title is not None:
                    self._hold(person, title, "position.list_head", self._hint(person))
            elif previous is not None and page.keys[opens - 1] in (",", ";", *self.words.joiners):
                shared = next(
                    (h for h in self.held if h.person is previous and h.rule in ("position.list_head", "position.before_name")), None
                )
                if shared is not None and self._nothing_between(previous, opens) and self._plural(shared.title):
                    self.held.append(replace(shared, person=person, rule="position.list_head", hint=self._hint(person)))
        self.held = [
            replace(h, hint=self._hint(h.person)) if h.rule == "position.before_name" and self._plural(h.title) and h.hint is None else h
            for h in self.held
        ]

    def _nothing_between(self, previous: Candidate, opens: int) -> bool:
        """Only a bracket and separators stand between two names."""
        page = self.page
        j = previous.attrs["last"]
        if j < opens and page.keys[j] == "(":
            while j < opens and page.keys[j] != ")":
                j += 1
            j += 1
        return all(not page.flags[t] & (ALPHA | DIGIT) or page.keys[t] in self.words.joiners for t in range(j, opens))

    def _plural(self, title: Candidate) -> bool:
        i = title.attrs["first"]
        before = self.page.keys[max(0, i - 3) : i]
        return any(key in self.words.plural_after for key in before) or (
            self._end_of(title) < len(self.page) and self.page.keys[self._end_of(title)] == ":"
        )

    def _hint(self, person: Candidate) -> str | None:
        """The field in brackets behind a name: `A (Công Thương)`."""
        page = self.page
        j = person.attrs["last"]
        if j + 1 >= len(page) or page.keys[j] != "(":
            return None
        field = self.words.fields.longest(page, j + 1)
        if field is None or field[0] >= len(page) or page.keys[field[0]] != ")":
            return None
        return page.text[page.starts[j + 1] : page.ends[field[0] - 1]]

    # signature blocks

    def _signatures(self) -> None:
        """The post above a name in a signature block, column by column (handbook R-GEN-02)."""
        page = self.page
        with_posts = {(h.person.start, h.person.end) for h in self.held}
        for person in self.people:
            line_index = page.line_of[person.attrs["first"]]
            if page.lines[line_index].zone != "signature" or (person.start, person.end) in with_posts:
                continue
            title = self._title_above(person, line_index)
            if title is not None:
                self._hold(person, title, "position.signature")

    def _title_above(self, person: Candidate, line_index: int) -> Candidate | None:
        page = self.page
        columns = self._columns(person.attrs["first"])
        for above in range(line_index - 1, max(line_index - 6, -1), -1):
            line = page.lines[above]
            if line.zone != "signature":
                return None
            titles = [t for first, t in sorted(self.titles.items()) if line.first <= first < line.last]
            if any(self.page.line_of[p.attrs["first"]] == above for p in self.people):
                return None
            for title in titles:
                if (columns == 1 and len(titles) == 1) or self._near(person, title):
                    return title
        return None

    def _columns(self, token: int) -> int:
        page = self.page
        line = page.lines[page.line_of[token]]
        return 1 + sum(1 for j in range(line.first + 1, line.last) if page.gaps[j] >= BREAK)

    def _near(self, person: Candidate, title: Candidate) -> bool:
        """Do a name and a post stand in one column: their middles within 14 characters of each other?"""
        page = self.page

        def middle(c: Candidate) -> float:
            line = page.lines[page.line_of[c.attrs["first"]]]
            start = line.start
            while start > 0 and page.text[start - 1] != "\n":
                start -= 1
            return (c.start + c.end) / 2 - float(start)

        return abs(middle(person) - middle(title)) <= 14


def _between(rulebook: Rulebook) -> PhraseTrie[str]:
    return PhraseTrie((word, word) for word in rulebook.words("posts", "between"))
