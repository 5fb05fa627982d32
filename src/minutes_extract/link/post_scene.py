"""What the readers of positions know of a page before they begin: people, posts, bodies and dates by token (handbook 2.3, 2.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.vocabulary import Vocabulary, vocabulary
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import ALPHA, BREAK, DIGIT, GLUED, Page

_PLURAL_REACH = 3
_BEHALF_REACH = 5


@dataclass(frozen=True, slots=True)
class PostWords:
    """The words around posts (lists of `posts.yaml`), as folded keys."""

    between: PhraseTrie[str]
    """What a chain of posts may run over: `kiêm`, `đồng thời là`, `nhiệm kỳ`."""
    former: frozenset[str]
    acting: frozenset[str]
    acting_behind: PhraseTrie[str]
    """What makes a post an acting one from behind: `Phó Giám đốc phụ trách [Sở]`."""
    on_behalf: PhraseTrie[str]
    """What stands before the post of whoever another acts for: `thừa ủy quyền của`."""
    concurrent: frozenset[str]
    of_body: frozenset[str]
    """What may stand between a post and its body: `thuộc`, `của`."""
    copula: frozenset[str]
    role_boards: PhraseTrie[str]
    """Boards of one meeting, whose head has a role and no post: `Ban kiểm phiếu`."""
    term: frozenset[str]


def post_words(rulebook: Rulebook) -> PostWords:
    """The words around posts, compiled at the first call and kept with `rulebook`.

    >>> from minutes_extract.rulebook.book import load_rulebook
    >>> "nguyên" in post_words(load_rulebook()).former
    True
    """
    return rulebook.compiled(_post_words)


def _post_words(rulebook: Rulebook) -> PostWords:
    def keys(name: str) -> frozenset[str]:
        return frozenset(map(fold_key, rulebook.words("posts", name)))

    return PostWords(
        between=PhraseTrie((word, word) for word in rulebook.words("posts", "between")),
        former=keys("former"),
        acting=frozenset(token for phrase in keys("acting") for token in phrase.replace(".", "").split()),
        acting_behind=PhraseTrie((word, word) for word in rulebook.words("posts", "acting_behind")),
        on_behalf=PhraseTrie((word, word) for word in rulebook.words("posts", "on_behalf")),
        concurrent=keys("concurrent"),
        of_body=keys("of_body"),
        copula=keys("copula"),
        role_boards=PhraseTrie((word, word) for word in rulebook.words("posts", "role_boards")),
        term=keys("term"),
    )


@dataclass(frozen=True, slots=True)
class PostScene:
    """One page with its mentions by first token; all positions are token indices. Build it with `post_scene`."""

    page: Page
    words: Vocabulary
    posts: PostWords
    people: Sequence[Candidate]
    titles: Mapping[int, Candidate]
    bodies: Mapping[int, Candidate]
    dates: Mapping[int, int]
    """First token of a date -> the token after it."""
    person_at: dict[int, Candidate] = field(default_factory=dict)
    """The token where a name or its address begins -> the person."""
    title_of_end: dict[int, Candidate] = field(default_factory=dict)
    """The token behind a post and its body -> the post."""

    def opens(self, person: Candidate) -> int:
        """The token where the mention begins, its honorific included."""
        return self.page.token_at(person.attrs.get("from", person.start))

    def is_recipient(self, person: Candidate) -> bool:
        """In `Nơi nhận: Thủ tướng, PTTg A; PCN B` each name has only the post that touches it."""
        return self.page.zone_at(person.start) == "recipients"

    def is_column(self, token: int) -> bool:
        """Does a column break inside one line stand before `token` (tables flattened to lines)?"""
        return self.page.gaps[token] == BREAK and token > 0 and self.page.line_of[token] == self.page.line_of[token - 1]

    def body_of(self, title: Candidate) -> Candidate | None:
        """The body of a post: of the unit words inside it, right behind it, in the next column, behind `thuộc`, or behind a glued dot.

        `Trưởng [ban Tuyên giáo]`, `Giám đốc [Sở Nội vụ]`, `Trưởng phòng thuộc [Sở Nội vụ]`, `TP.[Kinh tế]`.
        """
        page, last, unit = self.page, title.attrs["last"], title.attrs["unit"]
        if unit is not None and unit in self.bodies:
            return self.bodies[unit]
        if last >= len(page):
            return None
        if unit is not None and (shared := self._shared_body(title, unit)) is not None:
            return shared
        same_line = page.gaps[last] < BREAK
        if last in self.bodies and (same_line or self.is_column(last)):
            return self.bodies[last]
        for size in (1, 2):
            if same_line and last + size in self.bodies and " ".join(page.keys[last : last + size]) in self.posts.of_body:
                return self.bodies[last + size]
        return self.bodies.get(last + 1) if page.keys[last] == "." and page.gaps[last] == GLUED else None

    def _shared_body(self, title: Candidate, unit: int) -> Candidate | None:
        """`Phó Trưởng ban kiêm Chánh Thư ký [Ban Trị sự]`: the body of the next post, where its head noun is the unit of this one."""
        page, last = self.page, title.attrs["last"]
        for size in (1, 2):
            other = self.titles.get(last + size)
            if other is None or " ".join(page.keys[last : last + size]) not in self.posts.concurrent:
                continue
            body = self.bodies.get(other.attrs["last"])
            same = body is not None and page.keys[body.attrs["first"] : body.attrs["first"] + last - unit] == page.keys[unit:last]
            return body if same else None
        return None

    def end_of(self, title: Candidate) -> int:
        """The token behind a post and its body."""
        body = self.body_of(title)
        last: int = title.attrs["last"]
        if body is None or any(j in self.titles for j in range(last, body.attrs["first"])):
            return last
        return max(last, int(body.attrs["last"]))

    def is_plural(self, title: Candidate) -> bool:
        """`các Phó Giám đốc Sở: A, B`: a plural word before the post or a colon behind it: one post of several people."""
        page, first, end = self.page, title.attrs["first"], self.end_of(title)
        if any(key in self.words.plural_after for key in page.keys[max(0, first - _PLURAL_REACH) : first]):
            return True
        return end < len(page) and page.keys[end] == ":"

    def status_of(self, title: Candidate) -> str:
        """`former` behind nguyên, cựu, cố; `acting` behind quyền, Q.; else `current`. R-TIT-01: the word governs the next post only."""
        page, posts = self.page, self.posts
        j = title.attrs["first"] - 1
        if j >= 0 and page.keys[j] == ".":
            j -= 1
        if j < 0 or page.gaps[j + 1] >= BREAK:
            return "current"
        if page.keys[j] in posts.former or (page.keys[j] in posts.copula and j and page.keys[j - 1] in posts.former):
            return "former"
        return "acting" if page.keys[j] in posts.acting or self._is_in_charge(title) else "current"

    def _is_in_charge(self, title: Candidate) -> bool:
        """`Phó Giám đốc phụ trách Sở`, `Phó Giám đốc phụ trách,`; not `Phó Chủ tịch phụ trách kinh tế`, which is a field of work."""
        page = self.page
        match = self.posts.acting_behind.longest(page, title.attrs["last"]) if title.attrs["last"] < len(page) else None
        if match is None or page.gaps[title.attrs["last"]] >= BREAK:
            return False
        after = match[0]
        return after >= len(page) or page.gaps[after] >= BREAK or after in self.bodies or not page.flags[after] & (ALPHA | DIGIT)

    def is_on_behalf(self, title: Candidate) -> bool:
        """`Thừa ủy quyền của Thủ tướng, Bộ trưởng ... A`: the post of whom A acts for, not one of A's."""
        first = title.attrs["first"]
        starts = range(max(0, first - _BEHALF_REACH), first)
        return any((match := self.posts.on_behalf.longest(self.page, i)) is not None and match[0] == first for i in starts)


def post_scene(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> PostScene:
    """The scene of `page` and its settled `mentions` (candidates of all labels, in clean offsets)."""
    scene = PostScene(
        page,
        vocabulary(rulebook),
        post_words(rulebook),
        people=[m for m in mentions if m.label == "OFFICIAL"],
        titles={m.attrs["first"]: m for m in mentions if m.label == "TITLE"},
        bodies={m.attrs["first"]: m for m in mentions if m.label == "ORGANIZATION"},
        dates={page.token_at(m.start): page.token_at(m.end - 1) + 1 for m in mentions if m.label == "DATE"},
    )
    scene.person_at.update((scene.opens(person), person) for person in scene.people)
    scene.title_of_end.update((scene.end_of(title), title) for title in scene.titles.values())
    return scene
