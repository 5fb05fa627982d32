"""What an ORGANIZATION mention consists of: head, core, area, and the level word that waits for its name (handbook 4.1).

| mention | core | area | open | bare |
|---|---|---|---|---|
| `Sở KH&CN TP. Cần Thơ` | `Sở KH&CN` | `TP. Cần Thơ` | | |
| `UBND huyện` | `UBND` | | `huyện` | |
| `Ban Dân vận Tỉnh ủy` | `Ban Dân vận Tỉnh ủy` | | `tỉnh` | |
| `Văn phòng Sở` | `Văn phòng Sở` | | | `sở` |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minutes_extract.link.places import pairs, surface
from minutes_extract.rulebook.abbreviations import Abbreviations, abbreviations
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.place_index import PlaceIndex, folded_tokens, place_index
from minutes_extract.text.fold import fold
from minutes_extract.text.page import CAP, GLUED, Page

_LONGEST_AREA = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """A mention taken apart; offsets are those of the mention in the clean text.

    `name` is the surface with white space collapsed, `core` the surface without the area, `key` its comparison key.
    `area` is the surface of the area, `area_key` its key (equal for all spellings of the name), `area_word` its type word,
    `typed` true where that is written.
    `open_word` is the type word that waits for a name, `party` true where it is inside a word (`Tỉnh ủy`).
    `bare` is the folded head that stands without a name, alone or at the end; `first`/`last` are tokens.
    """

    start: int
    end: int
    first: int
    last: int
    name: str
    core: str
    key: str
    area: str | None
    area_key: str | None
    area_word: str | None
    typed: bool
    open_word: str | None
    party: bool
    bare: str | None
    head: str | None
    shouted: bool
    zone: str


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The word lists of `places.yaml` that concern bodies, folded once."""

    heads: frozenset[str]
    not_heads: frozenset[str]
    not_antecedents: tuple[str, ...]
    run_heads: frozenset[str]
    stands_alone: frozenset[str]
    block_posts: frozenset[str]
    house_posts: frozenset[str]
    offices: tuple[str, ...]
    council_posts: frozenset[str]
    council_heads: frozenset[str]
    member_posts: frozenset[str]
    bare: frozenset[str]
    official: tuple[str, ...]
    province_heads: frozenset[str]
    party: Mapping[str, str]
    party_level: frozenset[str]
    elided: Mapping[str, str]
    own: Mapping[str, str]
    with_type: frozenset[str]
    longest_head: int
    kinds: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)


def body_words(rulebook: Rulebook) -> BodyWords:
    """The lists of a rulebook, built once."""
    return rulebook.compiled(_body_words)


def _body_words(rulebook: Rulebook) -> BodyWords:
    def folded(name: str) -> frozenset[str]:
        return frozenset(fold(word) for word in rulebook.words("places", name))

    heads = folded("head_nouns")
    kinds = {fold(word.strip()): kind.strip() for kind, words in _split(rulebook, "body_kinds") for word in words.split(",")}
    ranks = {fold(word.strip()): int(rank) for rank, words in _split(rulebook, "ranks") for word in words.split(",")}
    party = dict(pairs(rulebook.words("places", "party_levels")))
    return BodyWords(
        heads=heads,
        not_heads=folded("not_heads"),
        not_antecedents=tuple(abbreviations(rulebook).key(word) for word in rulebook.words("places", "not_antecedents")),
        run_heads=folded("run_heads"),
        stands_alone=folded("stands_alone"),
        block_posts=folded("block_posts"),
        house_posts=folded("house_posts"),
        offices=rulebook.words("places", "offices"),
        council_posts=folded("council_posts"),
        council_heads=folded("council_heads"),
        member_posts=folded("member_posts"),
        bare=folded("bare_heads"),
        official=tuple(sorted(folded("official_heads"))),
        province_heads=folded("province_heads"),
        party=party,
        party_level=frozenset(party),
        elided=dict(pairs(rulebook.words("places", "elided_heads"))),
        own=dict(pairs(rulebook.words("places", "own_heads"))),
        with_type=folded("names_with_type"),
        longest_head=max(len(head.split()) for head in (*heads, *kinds, *ranks)),
        kinds=kinds,
        ranks=ranks,
    )


def _split(rulebook: Rulebook, name: str) -> list[tuple[str, str]]:
    return [(row.split("=", 1)[0], row.split("=", 1)[1]) for row in rulebook.words("places", name)]


def read_shape(page: Page, rulebook: Rulebook, start: int, end: int, local: Mapping[str, str]) -> Shape:
    """The parts of the mention at the clean offsets `start`..`end`; `local` holds the short forms the document defines."""
    index, words, table = place_index(rulebook), body_words(rulebook), abbreviations(rulebook)
    first, last = page.tokens_in(start, end)
    cut, area, area_word, name_first = _area(page, index, words, first, last)
    open_word, party = (None, False) if area else _open(page, index, words, first, last)
    core_last = last - _open_size(page, index, first, last) if open_word and not party else cut
    head = head_at(page.keys, first, core_last, words)
    return Shape(
        start=start,
        end=end,
        first=first,
        last=last,
        name=surface(page, first, last),
        core=surface(page, first, core_last),
        key=_key(page, table, first, core_last, local),
        area=area,
        area_key=index.key_of(surface(page, name_first, last)) if area else None,
        area_word=area_word,
        typed=name_first > cut,
        open_word=open_word,
        party=party,
        bare=None if area or open_word else _bare(page, words, first, core_last),
        head=head,
        shouted=page.text[start:end].isupper(),
        zone=page.lines[page.line_of[first]].zone,
    )


def _key(page: Page, table: Abbreviations, first: int, last: int, local: Mapping[str, str]) -> str:
    return " ".join(word for word in table.expand(page.keys[first:last], local) if word not in table.joiners)


def head_at(keys: tuple[str, ...] | list[str], first: int, last: int, words: BodyWords) -> str | None:
    """The longest head noun that starts at token `first`."""
    for size in range(min(words.longest_head, last - first), 0, -1):
        head = " ".join(keys[first : first + size])
        if head in words.heads:
            return None if " ".join(keys[first : first + size + 1]) in words.not_heads else head
    return None


def _area(page: Page, index: PlaceIndex, words: BodyWords, first: int, last: int) -> tuple[int, str | None, str | None, int]:
    """The area at the end of the mention: token where it starts, surface, type word, token where its name starts."""
    for i in range(max(first + 1, last - _LONGEST_AREA), last):
        area = index.area_at(page, i, stop=last)
        if area is not None and area.last == last:
            return i, surface(page, i, last), area.word, area.name_first
    for i in range(max(first + 1, last - _LONGEST_AREA), last):
        size = index.longest_at(page, i, stop=last)
        if size != last - i:
            continue
        if not {"province", "district"} & set(index.kind_of(page, i, size)):
            break
        name = surface(page, i, last)
        word = words.party.get(" ".join(page.keys[max(first, i - 2) : i])) or index.type_of_province(name)
        return i, name, word or next(iter(index.types_of_district(name)), None), i
    return last, None, None, last


def _open_size(page: Page, index: PlaceIndex, first: int, last: int) -> int:
    """Tokens of the bare type word at the end: 1 for `huyện`, 2 for `thành phố`; 0 for none."""
    for size in (2, 1):
        i = last - size
        if i <= first or page.gaps[i] == GLUED:
            continue
        word = index.type_at(page, i)
        if word is not None and word.tokens == size and word.word not in index.levels["village"] and not index.ends_word(page, i):
            return size
    return 0


def _open(page: Page, index: PlaceIndex, words: BodyWords, first: int, last: int) -> tuple[str | None, bool]:
    """The type word that waits for its name, and whether it is inside a Party word."""
    size = _open_size(page, index, first, last)
    if size:
        word = index.type_at(page, last - size)
        return (word.word if word else None), False
    party = words.party.get(" ".join(page.keys[max(first, last - 2) : last]))
    return (party, True) if party else (None, False)


def _bare(page: Page, words: BodyWords, first: int, last: int) -> str | None:
    """The head without a name that the mention is or ends in: `Sở`, `Văn phòng Sở`; not `HĐKHCN cấp cơ sở`."""
    whole = " ".join(page.keys[first:last])
    if whole in words.bare:
        return whole
    final = page.keys[last - 1]
    if last - first > 1 and final in words.bare and page.flags[last - 1] & CAP and head_at(page.keys, first, last, words):
        before = " ".join(page.keys[last - 2 : last])
        return None if before in words.heads else final
    return None


def tokens_of(text: str) -> list[str]:
    """The folded tokens of a text."""
    return list(folded_tokens(text))
