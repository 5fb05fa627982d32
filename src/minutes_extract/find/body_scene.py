"""What the readers of bodies know of a page before they begin: the posts, the names of people and the segmented words by token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.vocabulary import Vocabulary
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.text.page import BREAK, Page


@dataclass(frozen=True, slots=True)
class BodyScene:
    """One page with its posts and names; all positions are token indices. Build it with `body_scene`."""

    page: Page
    words: Vocabulary
    after_post: Mapping[int, Candidate]
    """The token behind a post -> that post."""
    unit_at: Mapping[int, Candidate]
    """The token where the unit words inside a post begin (`Trưởng | phòng Kinh tế`) -> that post."""
    in_post: frozenset[int]
    names: PhraseTrie[int]
    """Full names known to be names."""
    word_end: Mapping[int, int]
    """First token of each segmented word of two syllables or more -> the token after it."""

    def goes_on(self, j: int) -> bool:
        """Is there a token `j` on the same line as the one before it (a wrapped line is one line)?"""
        return j < len(self.page) and self.page.gaps[j] < BREAK

    def inside_word(self, j: int) -> bool:
        """Is token `j` the second syllable of a segmented word, or a later one near its start (`yêu | cầu`, `cơ | Sở`)?"""
        return self.word_end.get(j - 1, 0) > j or self.word_end.get(j - 2, 0) > j

    def opens_other(self, j: int) -> bool:
        """Does a post, a head noun or an honorific begin at `j`?"""
        page, words = self.page, self.words
        return (
            words.posts.longest(page, j) is not None
            or words.heads.longest(page, j) is not None
            or words.honorifics.longest(page, j) is not None
        )


def body_scene(page: Page, words: Vocabulary, titles: Iterable[Candidate], people: Iterable[Candidate]) -> BodyScene:
    """The scene of `page`, of the posts `titles` and of the full names among `people` (candidates of earlier finders)."""
    posts = list(titles)
    return BodyScene(
        page,
        words,
        after_post={post.attrs["last"]: post for post in posts},
        unit_at={post.attrs["unit"]: post for post in posts if post.attrs["unit"] is not None},
        in_post=frozenset(token for post in posts for token in range(post.attrs["first"], post.attrs["last"])),
        names=_full_names(page, people),
        word_end=_word_ends(page),
    )


def _full_names(page: Page, people: Iterable[Candidate]) -> PhraseTrie[int]:
    names = (page.text[person.start : person.end] for person in people)
    return PhraseTrie((name, 0) for name in names if " " in name.strip())


def _word_ends(page: Page) -> dict[int, int]:
    ends: dict[int, int] = {}
    starts, token_ends = dict(zip(page.starts, range(len(page)), strict=True)), page.ends
    for start, end in page.words:
        first = starts.get(start)
        if first is not None and end > token_ends[first]:
            ends[first] = page.token_at(end - 1) + 1
    return ends
