"""Fast look-ups over `places.yaml`: is there a place name at this token, what kind, and which province held it when.

Names are compared by folded syllables (`text.fold`), blind to apostrophes (`R’lấp`/`Rlấp`), to the spellings listed under
`odd_syllables` (`Đăk`/`Đak`/`Đắk`), to hyphens (`Bà Rịa - Vũng Tàu`) and to lost spaces (`CầnThơ`); handbook 4.7, 8.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.places import PlaceEntry
from minutes_extract.text.fold import fold
from minutes_extract.text.page import BREAK, CAP, DIGIT, GLUED, PUNCT, TOKEN, UPPER, Page

_LEAF = " "
"""Key of a name's end in the tree of syllables: no token is a space, but a lone apostrophe folds to nothing."""
_LONGEST_UNKNOWN = 4


class TypeWord(NamedTuple):
    """A word that tells the level of an area: `tokens` it takes (its dot included) and its full spelling."""

    tokens: int
    word: str


class Area(NamedTuple):
    """A type word with a name, `huyện Đắk Song`: half-open token range, type word in full, token index where the name starts."""

    first: int
    last: int
    word: str
    name_first: int
    known: bool


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A name of the index: canonical spelling and the kinds of place that bear it, in a fixed order."""

    name: str
    kinds: tuple[str, ...]
    capitals: tuple[bool, ...]


class PlaceIndex:
    """Look-ups by tokens of a page and by name; build it with `place_index`."""

    def __init__(self, rulebook: Rulebook) -> None:
        table = rulebook["places"]
        self._odd = dict(_pairs(rulebook.words("places", "odd_syllables")))
        self._roots: dict[str, Any] = {}
        self._by_name: dict[str, KnownPlace] = {}
        self._provinces: dict[str, list[PlaceEntry]] = {}
        self._by_id = {entry.id: entry for entry in table.entries}
        self._provinces_of: dict[tuple[str, str], list[str]] = {}
        self._types, self._short = self._type_words(rulebook)
        self.levels = {level: tuple(rulebook.words("places", f"{level}_words")) for level in ("province", "district", "commune", "village")}
        self._add_provinces(table.entries)
        for row in rulebook.words("places", "districts") + rulebook.words("places", "special_zones"):
            self._add_district(row)
        for kind, name in (("region", "regions"), ("country", "countries"), ("foreign", "foreign_places")):
            for word in rulebook.words("places", name):
                self._add(word, kind)
        self._not_types = frozenset(fold(word) for word in rulebook.words("places", "not_types"))
        self._not_after = frozenset(fold(word) for word in rulebook.words("places", "not_after"))
        self._numbered = frozenset(rulebook.words("places", "numbered_words"))
        self._zones = frozenset(row.split("|")[0].rsplit(" ", 1)[0][:7].strip() for row in rulebook.words("places", "special_zones"))
        self._whole: dict[str, str] = {}
        for form, name in _pairs(rulebook.words("places", "whole_names"), folded=False):
            self._add(form, "province", canonical=name)
            self._whole[self._key(folded_tokens(form))] = name
        odd = (form for form, plain in self._odd.items() if plain in self._roots)
        self._starts = frozenset([*self._roots, *self._types, *self._short, *odd])
        self._type_starts = frozenset([*self._types, *self._short])

    # look-ups on a page

    def may_start(self, key: str) -> bool:
        """False where no place name and no type word starts with this folded token; the quick test before the others."""
        return key in self._starts or "'" in key

    def openings(self, page: Page) -> list[int]:
        """The tokens of the page at which a place name or a type word may start, in order."""
        return page.opened_by({key for key in page.tokens_of if self.may_start(key)})

    def longest_at(self, page: Page, i: int, *, any_case: bool = False, stop: int | None = None) -> int | None:
        """Number of tokens of the longest known place name that starts at token `i` (type words not included), or None.

        The name must have its capitals (`hòa bình` is peace) unless `any_case`; it never crosses the end of a line of its own.
        """
        found = self._match(page, i, any_case=any_case, stop=stop)
        return found[0] if found else None

    def place_at(self, page: Page, i: int, *, any_case: bool = False, stop: int | None = None) -> KnownPlace | None:
        """The longest known place that starts at token `i`, with its canonical name (`CầnThơ` -> `Cần Thơ`) and kinds."""
        found = self._match(page, i, any_case=any_case, stop=stop)
        return found[1] if found else None

    def kind_of(self, page: Page, i: int, n: int) -> tuple[str, ...]:
        """The kinds of the place name in the `n` tokens from `i`: some of province, district, special_zone, region, country, foreign."""
        found = self._by_name.get(self._key(page.keys[i : i + n]))
        return found.kinds if found else ()

    def type_at(self, page: Page, i: int) -> TypeWord | None:
        """The area type word at token `i`: `huyện`, `thành phố`, `TP.`, `Q.`; `P` or `H` alone only with a dot glued to it."""
        if page.keys[i] not in self._type_starts:
            return None
        return self._short_type(page, i) or self._long_type(page, i)

    def area_at(self, page: Page, i: int, *, stop: int | None = None) -> Area | None:
        """The area that starts with a type word at token `i`: `huyện Đắk R’lấp`, `TP.HCM`, `Q. 1`, `phường Thới An Đông`.

        A province or district must be known, unless its type word is spelled out and up to four capitalized syllables follow;
        a commune is never looked up. `TP Kinh tế`, `xã hội`, `hợp tác xã` and `tỉnh 250` are none.
        """
        end = len(page) if stop is None else stop
        word = self.type_at(page, i)
        if word is None or (i and page.gaps[i] == GLUED and page.keys[i - 1] in ("&", "-", "/")):
            return None
        first = i + word.tokens
        if first >= end or page.gaps[first] >= BREAK or self.is_no_type(page, i, first):
            return None
        size = self._known_size(page, first, word.word, end)
        if size:
            return Area(i, first + size, word.word, first, True)
        if page.flags[first] & DIGIT:
            small = len(page.keys[first]) < 3 and word.word in self._numbered
            return Area(i, first + 1, word.word, first, False) if small else None
        return self._unknown_area(page, i, word, first, end)

    def _known_size(self, page: Page, first: int, word: str, end: int) -> int:
        """Tokens of the known place of this kind at token `first`; 0 for none."""
        if word in self.levels["village"] or (word in self.levels["commune"] and word not in self._zones):
            return 0
        found = self._match(page, first, True, end)
        if found is None:
            return 0
        kinds = set(found[1].kinds)
        fits = (word in self.levels["province"] and "province" in kinds) or (word in self.levels["district"] and "district" in kinds)
        return found[0] if fits or (word in self._zones and "special_zone" in kinds) else 0

    def _unknown_area(self, page: Page, i: int, word: TypeWord, first: int, end: int) -> Area | None:
        """An area whose name is in no table: capitalized syllables on the same line."""
        short = page.keys[i] in self._short
        if word.word == self.levels["province"][0] or (short and word.word in self.levels["district"]):
            return None
        if short and (page.keys[i + 1] != "." or page.flags[first] & UPPER):
            return None
        last = first
        while last < min(end, first + _LONGEST_UNKNOWN) and page.flags[last] & CAP and (last == first or page.gaps[last] < BREAK):
            last += 1
        return Area(i, last, word.word, first, False) if last > first else None

    def is_no_type(self, page: Page, i: int, first: int) -> bool:
        """True where the type word at tokens `i` to `first` belongs to another word: `xã hội`, `Quận ủy`, `hợp tác xã`."""
        if " ".join(page.keys[i : first + 1]) in self._not_types:
            return True
        return self.ends_word(page, i)

    def ends_word(self, page: Page, i: int) -> bool:
        """True where the type word at token `i` ends another word or names no one area: `hợp tác xã`, `cấp tỉnh`, `các huyện`."""
        if i and page.keys[i - 1] in self._not_after:
            return True
        return i >= 2 and " ".join(page.keys[i - 2 : i + 1]) in self._not_types

    # look-ups by name

    def find(self, name: str) -> KnownPlace | None:
        """The known place of this name in any spelling.

        >>> from minutes_extract.rulebook.book import load_rulebook
        >>> place_index(load_rulebook()).find("đăk rlấp").name
        'Đắk R’Lấp'
        """
        return self._by_name.get(self._key(folded_tokens(name)))

    def spell(self, text: str) -> str:
        """`text` with the capitals of the places in it: `đảng cộng sản việt nam` -> `đảng cộng sản Việt Nam`."""
        words = text.split()
        for i in range(len(words)):
            for size in range(min(5, len(words) - i), 1, -1):
                known = self.find(" ".join(words[i : i + size]))
                if known is not None and len(known.name.split()) == size:
                    words[i : i + size] = known.name.split()
                    break
        return " ".join(words)

    def key_of(self, name: str) -> str:
        """The form under which all spellings of `name` are equal."""
        found = self.find(name)
        return self._key(folded_tokens(found.name if found else name))

    def provinces_of(self, word: str, name: str) -> tuple[str, ...]:
        """The provinces that had a district of this type word and name: (`huyện`, `Đắk Song`) -> (`Đắk Nông`,)."""
        return tuple(self._provinces_of.get((word, self._key(folded_tokens(name))), ()))

    def province_on(self, name: str, day: str | None) -> PlaceEntry | None:
        """The province of this name in force on an EDTF `day`; None where no such province was, or where the day is unknown
        and the name has had several extents (R-PRO-01).

        >>> from minutes_extract.rulebook.book import load_rulebook
        >>> place_index(load_rulebook()).province_on("Lào Cai", "2023-08-07").id
        'place.lao_cai_old'
        """
        found = self.find(name)
        entries = self._provinces.get(self._key(folded_tokens(found.name if found else name)), [])
        if not day or not day[:4].isdigit():
            return entries[0] if len(entries) == 1 else None
        at = day[:10] if len(day) >= 10 else f"{day[:4]}-07-02"
        for entry in entries:
            if (entry.valid_from is None or entry.valid_from.isoformat() <= at) and (
                entry.valid_to is None or at <= entry.valid_to.isoformat()
            ):
                return entry
        return None

    def in_force_now(self, entry: PlaceEntry) -> PlaceEntry:
        """The unit that holds the territory today: the end of the chain of successors (R-PRO-02)."""
        seen: set[str] = set()
        while entry.successor and entry.id not in seen:
            seen.add(entry.id)
            entry = self._by_id[entry.successor]
        return entry

    def level_of(self, word: str, name: str, day: str | None = None) -> str | None:
        """The level of an area: `province`, `district`, `commune` or `village`; a `thành phố` is a province only by its name.

        `day` (EDTF) settles names that changed: `thành phố Huế` is of a province from 1 January 2025 on.

        >>> from minutes_extract.rulebook.book import load_rulebook
        >>> index = place_index(load_rulebook())
        >>> index.level_of("thành phố", "Cần Thơ"), index.level_of("thành phố", "Mỹ Tho")
        ('province', 'district')
        """
        levels = [level for level, words in self.levels.items() if word in words]
        if len(levels) < 2:
            return levels[0] if levels else None
        key = self.key_of(name)
        then = self.province_on(name, day)
        if then is not None and day:
            return "province" if then.type == word else "district"
        city = any(entry.type == word for entry in self._provinces.get(key, ()))
        return "province" if city and not self._provinces_of.get((word, key)) else "district" if name else None

    def type_of_province(self, name: str) -> str | None:
        """The type word of the province of this name: `tỉnh` for `Bến Tre`, `thành phố` for `Cần Thơ`; None for no province."""
        entries = self._provinces.get(self.key_of(name), ())
        return entries[0].type if entries else None

    def types_of_district(self, name: str) -> tuple[str, ...]:
        """The type words under which a district of this name is known, in the order of `district_words`."""
        key = self.key_of(name)
        return tuple(word for word in self.levels["district"] if (word, key) in self._provinces_of)

    def is_whole(self, name: str) -> bool:
        """True for a short form that holds its type word: `TPHCM`."""
        return self._key(folded_tokens(name)) in self._whole

    # building

    def _match(self, page: Page, i: int, any_case: bool = False, stop: int | None = None) -> tuple[int, KnownPlace] | None:
        keys = page.keys
        node = self._roots.get(self._syllable(keys[i])) if i < len(keys) else None
        if node is None:
            return None
        end = len(keys) if stop is None else stop
        best: tuple[int, KnownPlace] | None = None
        j = i
        while True:
            j += 1
            leaf = node.get(_LEAF)
            if leaf is not None and (any_case or _capitals_stand(page.flags, i, leaf.capitals if j - i > 1 else (True,))):
                best = (j - i, leaf)
            if j >= end or page.gaps[j] >= BREAK:
                return best
            node = node.get(self._syllable(keys[j]))
            if node is None:
                return best

    def _long_type(self, page: Page, i: int) -> TypeWord | None:
        for words, full in self._types.get(page.keys[i], ()):
            if page.keys[i : i + len(words)] == words and all(page.gaps[j] < BREAK for j in range(i + 1, i + len(words))):
                return TypeWord(len(words), full)
        return None

    def _short_type(self, page: Page, i: int) -> TypeWord | None:
        full = self._short.get(page.keys[i])
        if full is None:
            return None
        dotted = i + 1 < len(page) and page.keys[i + 1] == "." and page.gaps[i + 1] == 0
        if dotted:
            return TypeWord(2, full)
        return TypeWord(1, full) if len(page.keys[i]) > 1 else None

    def _type_words(self, rulebook: Rulebook) -> tuple[dict[str, list[tuple[tuple[str, ...], str]]], dict[str, str]]:
        long: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in ("province_words", "district_words", "commune_words", "village_words"):
            for word in rulebook.words("places", name):
                parts = tuple(fold(word).split())
                row = long.setdefault(parts[0], [])
                if (parts, word) not in row:
                    row.append((parts, word))
                    row.sort(key=lambda item: -len(item[0]))
        return long, dict(_pairs(rulebook.words("places", "short_words")))

    def _syllable(self, key: str) -> str:
        if "'" in key:
            key = key.replace("'", "")
        return self._odd.get(key, key)

    def _key(self, keys: Sequence[str]) -> str:
        return " ".join(self._syllable(key) for key in keys if key != "-")

    def _add_provinces(self, entries: Sequence[PlaceEntry]) -> None:
        for entry in entries:
            self._add(entry.name, "province")
            self._provinces.setdefault(self._key(folded_tokens(entry.name)), []).append(entry)
            for alias in entry.aliases:
                self._add(alias, "province", canonical=entry.name)

    def _add_district(self, row: str) -> None:
        place, province = (part.strip() for part in row.split("|"))
        words = place.split()
        size = next(n for n in (2, 1) if " ".join(words[:n]) in _all_words(self._types))
        word, name = " ".join(words[:size]), " ".join(words[size:])
        self._provinces_of.setdefault((word, self._key(folded_tokens(name))), []).append(province)
        if not name.isdigit():
            self._add(name, "district" if word in self.levels["district"] else "special_zone")

    def _add(self, name: str, kind: str, canonical: str | None = None) -> None:
        tokens = TOKEN.findall(name)
        syllables = [self._syllable(fold(token)) for token in tokens]
        bare = [part for part in syllables if part != "-"]
        key = " ".join(bare)
        old = self._by_name.get(key)
        kinds = old.kinds if old else ()
        capitals = tuple(token[0].isupper() or not token[0].isalpha() for token in tokens)
        place = KnownPlace(old.name if old else canonical or name, kinds if kind in kinds else (*kinds, kind), capitals)
        self._by_name[key] = place
        shapes = [(syllables, capitals)]
        if len(bare) < len(syllables):
            shapes.append((bare, tuple(c for c, part in zip(capitals, syllables, strict=True) if part != "-")))
        if len(bare) > 1:
            shapes.append((["".join(bare)], (True,)))
        for shape, needed in shapes:
            node = self._roots
            for part in shape:
                node = node.setdefault(part, {})
            node[_LEAF] = KnownPlace(place.name, place.kinds, needed)


@lru_cache(maxsize=8192)
def folded_tokens(text: str) -> tuple[str, ...]:
    """The folded tokens of a short text.

    >>> folded_tokens("Đăk R’lấp")
    ('đăk', "r'lấp")
    """
    return tuple(TOKEN.findall(fold(text)))


def place_index(rulebook: Rulebook) -> PlaceIndex:
    """The index of a rulebook, built once."""
    return rulebook.compiled(PlaceIndex)


def _all_words(types: dict[str, list[tuple[tuple[str, ...], str]]]) -> set[str]:
    return {full for rows in types.values() for _, full in rows}


def _pairs(rows: Sequence[str], *, folded: bool = True) -> Iterator[tuple[str, str]]:
    for row in rows:
        left, right = (part.strip() for part in row.split("=", 1))
        yield (fold(left) if folded else left), right


def _capitals_stand(flags: Sequence[int], i: int, needed: tuple[bool, ...]) -> bool:
    return all(flags[i + k] & (CAP | DIGIT) or not want or flags[i + k] & PUNCT for k, want in enumerate(needed))
