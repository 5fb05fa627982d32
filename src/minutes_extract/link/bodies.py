"""Which ORGANIZATION mentions are one body, what it is called in full, and which body a post belongs to (handbook 4).

Two mentions are one body when their cores agree after abbreviations, tone placement and joiners are levelled (exact keys
first, then one typed edit in a long name) and their areas agree (R-ORG-04). A level word without a name takes the document's
own area: `UBND tỉnh` -> `UBND tỉnh Đắk Nông`. A head without a name takes the body it stands for: `Phó giám đốc Sở` ->
`Sở Khoa học và Công nghệ thành phố Cần Thơ` (R-ANA-01, R-ANA-02); where two fit, nothing is said.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.body_aliases import local_aliases
from minutes_extract.link.body_shapes import BodyWords, Shape, body_words, read_shape, tokens_of
from minutes_extract.link.body_spelling import LONG_NAME, is_typo, quiet_name
from minutes_extract.link.facts import Body
from minutes_extract.link.places import DocumentPlaces, Place, document_places
from minutes_extract.rulebook.abbreviations import abbreviations
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.place_index import PlaceIndex, place_index
from minutes_extract.text.fold import fold_key as fold
from minutes_extract.text.page import Page

_FREE_KINDS = frozenset({"company", "cooperative", "school", "bank", "press"})
"""Kinds whose names differ by a syllable as two persons' names do."""

_NEAR = 14
"""Characters that may part a body from its parent: `, trực thuộc `."""

_LOOK_BACK = 40
"""Mentions before a bare head that are asked what it stands for."""

_MOST_RIVALS = 40
"""Bodies with one head that are compared with each other; a document with more is no record of a meeting."""


@dataclass(slots=True)
class _Group:
    """One body in the making: core key, key and type word of its area, its mentions taken apart."""

    key: str
    area_key: str | None
    place: Place | None
    shapes: list[Shape] = field(default_factory=list)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The bodies of a document.

    `bodies` in order of first mention. `of_span` maps a mention (clean offsets) to its index in `bodies`; a mention that
    stands for no known body (`Sở` where two fit) is not there. `in_order`: mentions by their ends, with the body.
    `places`: the areas of the document.
    """

    bodies: tuple[Body, ...]
    of_span: Mapping[tuple[int, int], int]
    places: DocumentPlaces
    in_order: tuple[tuple[Candidate, int], ...] = ()

    def index_of(self, mention: Candidate | None) -> int | None:
        """The index of the body of a mention."""
        return None if mention is None else self.of_span.get((mention.start, mention.end))

    def name_of(self, mention: Candidate | None) -> str | None:
        """The full name of the body of a mention."""
        at = self.index_of(mention)
        return None if at is None else self.bodies[at].name


def resolve_bodies(
    page: Page, rulebook: Rulebook, mentions: Sequence[Candidate], *, published: str | None = None, fuzzy: bool = True
) -> Resolution:
    """The bodies that the ORGANIZATION mentions name; TITLE mentions tell where a head is left out (`[TP] {Kinh tế}`).

    `published` (EDTF) tells which provinces were in force. `fuzzy=False` joins bodies by exact keys only. Offsets are those of
    the clean text.
    """
    places = document_places(page, rulebook, mentions, published=published)
    return _Resolver(page, rulebook, mentions, places, fuzzy=fuzzy).resolve()


class _Resolver:
    """The steps of `resolve_bodies`, in order."""

    def __init__(self, page: Page, rulebook: Rulebook, mentions: Sequence[Candidate], places: DocumentPlaces, *, fuzzy: bool) -> None:
        self.page, self.rulebook, self.places, self.fuzzy = page, rulebook, places, fuzzy
        self.words: BodyWords = body_words(rulebook)
        self.index: PlaceIndex = place_index(rulebook)
        self.table = abbreviations(rulebook)
        self.orgs = sorted({(m.start, m.end): m for m in mentions if m.label == "ORGANIZATION"}.values(), key=lambda m: m.key)
        self.titles = {m.end: m for m in mentions if m.label == "TITLE"}
        self.local = local_aliases(page, rulebook, self.orgs)
        self.groups: list[_Group] = []
        self.by_start: dict[str, list[_Group]] = {}
        self.by_key: dict[str, list[_Group]] = {}
        self.pools: dict[str, list[_Group]] = {}
        self.of_span: dict[tuple[int, int], _Group] = {}
        self.spans: list[tuple[int, int]] = []
        self.named: list[tuple[int, int]] = []

    def resolve(self) -> Resolution:
        shapes = [self._with_head(read_shape(self.page, self.rulebook, m.start, m.end, self.local.words)) for m in self.orgs]
        shapes = _share_areas(self.page, shapes, self.words, frozenset(self.rulebook.words("places", "run_joints")))
        named = [shape for shape in shapes if not shape.bare]
        acronyms = self._acronyms(named)
        named = [shape for shape in named if (shape.start, shape.end) not in acronyms]
        for shape in sorted(named, key=lambda s: (s.area is None, s.open_word is None, s.start)):
            self._file(shape)
        for group in self.groups:
            group.name = self._name(group)
        for span, (shape, owner) in acronyms.items():
            self.of_span[span] = group = self.of_span[owner.start, owner.end]
            group.shapes.append(shape)
        self.named = sorted(self.of_span)
        for shape in shapes:
            if shape.bare and fold(shape.core) != shape.bare:
                self._complete(shape)
        for shape in shapes:
            if shape.bare and (shape.start, shape.end) not in self.of_span:
                self._stand_for(shape)
        return self._finish()

    # one mention

    def _with_head(self, shape: Shape) -> Shape:
        """`TP [Kinh tế]`, `Thứ trưởng [Nội vụ]`: the head that the post implies is put before the name."""
        if shape.head is not None:
            return shape
        title = self.titles.get(shape.start) or self.titles.get(shape.start - 1)
        head = self.words.elided.get(" ".join(fold(self.page.text[title.start : title.end]).split())) if title else None
        if head is None:
            return shape
        key = f"{self.table.key(head)} {shape.key}"
        return replace(shape, name=f"{head} {shape.name}", core=f"{head} {shape.core}", key=key, head=fold(head))

    def _acronyms(self, shapes: Sequence[Shape]) -> dict[tuple[int, int], tuple[Shape, Shape]]:
        """Short names in brackets right behind the full one, `Liên đoàn Thương mại và Công nghiệp Việt Nam (VCCI)`, and all others
        of the same spelling: mention -> its shape and that of the full name."""
        owners: dict[str, Shape] = {}
        for full, short in pairwise(shapes):
            between = self.page.fold[full.end : short.start].strip()
            closed = self.page.fold[short.end : short.end + 1] == ")"
            if between == "(" and closed and short.head is None and short.name.isalpha() and short.name.isupper():
                owners.setdefault(short.name, full)
        return {
            (shape.start, shape.end): (shape, owners[shape.name])
            for shape in shapes
            if shape.name in owners and shape is not owners[shape.name]
        }

    def _place(self, shape: Shape) -> Place | None:
        """The area that a mention without one takes from the document."""
        if shape.open_word:
            line = self.page.lines[self.page.line_of[shape.first]]
            best = self.places.best(shape.open_word)
            return best or self.places.near(shape.open_word, line.start, shape.start)
        if shape.head in self.words.province_heads:
            return self.places.province
        return None

    def _file(self, shape: Shape) -> None:
        place = None if shape.area else self._place(shape)
        area_key = shape.area_key or (place.key if place else None) or (f"? {shape.open_word}" if shape.open_word else None)
        group = self._find(shape, area_key)
        if group is None:
            group = self._open(_Group(shape.key, area_key, place))
        group.place = group.place or place
        group.shapes.append(shape)
        self.of_span[shape.start, shape.end] = group

    def _open(self, group: _Group) -> _Group:
        self.groups.append(group)
        self.by_start.setdefault(group.key.split(" ", 1)[0], []).append(group)
        self.by_key.setdefault(group.key, []).append(group)
        return group

    def _exact(self, key: str, area_key: str | None) -> _Group | None:
        return next((group for group in self.by_key.get(key, ()) if group.area_key == area_key), None)

    def _find(self, shape: Shape, area_key: str | None) -> _Group | None:
        same = list(self.by_key.get(shape.key, ())) or (self._alike(shape) if self.fuzzy else [])
        fits = next((group for group in same if group.area_key == area_key), None)
        if fits is not None:
            return fits
        if area_key is None and len(same) == 1:
            return same[0]
        return None

    def _alike(self, shape: Shape) -> list[_Group]:
        """Bodies whose cores differ by a typed edit, where the name is not of a kind that everybody may choose, or by a cut end."""
        rivals = self.by_start.get(shape.key.split(" ", 1)[0], ())[:_MOST_RIVALS]
        free = self._kind_of_key(shape.key) in _FREE_KINDS
        return [group for group in rivals if (not free and is_typo(group.key, shape.key)) or self._is_cut(group.key, shape)]

    def _is_cut(self, key: str, shape: Shape) -> bool:
        """True for a council's long name beside its beginning: `Hội đồng tư vấn đánh giá` and `Hội đồng tư vấn đánh giá kết quả ...`."""
        if shape.head not in self.words.council_heads or any(key.startswith(word) for word in self.words.not_antecedents):
            return False
        short, long = sorted((key, shape.key), key=len)
        return len(short.split()) >= LONG_NAME and long.startswith(f"{short} ")

    def _complete(self, shape: Shape) -> None:
        """`Văn phòng Sở` -> `Văn phòng Sở Công Thương tỉnh Tiền Giang`."""
        target = self._antecedent(shape)
        bare = shape.bare or ""
        stem = shape.core[: len(shape.core) - len(bare)].rstrip()
        if fold(stem) not in self.words.heads:
            whole = replace(shape, bare=None)
            self._file(whole)
            filed = self.of_span[shape.start, shape.end]
            filed.name = filed.name or self._name(filed)
            return
        key = f"{self.table.key(stem)} {target.key}" if target else shape.key
        area_key = target.area_key if target else None
        group = self._exact(key, area_key)
        if group is None:
            group = self._open(_Group(key, area_key, None, [], f"{stem} {target.name}" if target else shape.name))
        group.shapes.append(shape)
        self.of_span[shape.start, shape.end] = group

    def _stand_for(self, shape: Shape) -> None:
        group = self._antecedent(shape)
        if group is None and shape.bare in self.words.stands_alone:
            group = self._exact(shape.key, None) or self._open(_Group(shape.key, None, None, [], shape.name))
        if group is not None:
            group.shapes.append(shape)
            self.of_span[shape.start, shape.end] = group

    def _antecedent(self, shape: Shape) -> _Group | None:
        """The body a bare head stands for: the only one of its kind; else the only one in the paragraph so far; else the one of
        the letterhead or the title; else None (R-ANA-01, R-ANA-02)."""
        head = self.table.key(shape.bare or "")
        if head not in self.pools:
            self.pools[head] = [group for group in self.by_start.get(head.split(" ", 1)[0], ()) if self._is_of_kind(group, head)]
        pool = self.pools[head][:_MOST_RIVALS]
        if len(pool) <= 1:
            return pool[0] if pool else None
        line = self.page.lines[self.page.line_of[shape.first]]
        here = self._here(pool, line.start, shape.start)
        if len(here) == 1:
            return here[0]
        above = [g for g in pool if any(s.zone in ("letterhead", "banner", "title") and not s.bare for s in g.shapes)]
        return above[0] if len(above) == 1 else None

    def _here(self, pool: Sequence[_Group], start: int, end: int) -> list[_Group]:
        """The bodies of `pool` that are named between two offsets, as far as the last few mentions tell."""
        last = bisect_left(self.named, (end, 0))
        near = self.named[max(0, last - _LOOK_BACK) : last]
        found = {id(group): group for span in near if span[0] >= start for group in (self.of_span[span],)}
        return [group for group in pool if id(group) in found]

    def _is_of_kind(self, group: _Group, head: str) -> bool:
        if not group.key.startswith(f"{head} ") and not (group.key == head and group.area_key):
            return False
        if any(group.key.startswith(word) for word in self.words.not_antecedents):
            return False
        return any(not other.bare for other in group.shapes)

    # naming

    def _name(self, group: _Group) -> str:
        best = max(group.shapes, key=lambda s: (len(s.key.split()), s.head is not None, not s.shouted, len(s.core), -s.start))
        core = quiet_name(best.core, self.rulebook) if best.shouted else best.core
        area = self._area(group)
        waiting = (f"{core} {best.open_word}" if best.shouted else best.name) if best.open_word and not best.party else None
        return f"{core} {area}" if area else waiting or core

    def _area(self, group: _Group) -> str | None:
        """The area in its fullest spelling; in capitals only where nothing better is known."""
        written = [shape for shape in group.shapes if shape.area]
        if written:
            best = max(written, key=lambda s: (not s.shouted, len(s.area or ""), -s.start))
            return self._quiet(best) if best.shouted else best.area
        place = group.place
        if place is None:
            return None
        party = any(shape.party for shape in group.shapes)
        return place.name if party and fold(place.name) not in self.words.with_type else place.full

    def _quiet(self, shape: Shape) -> str:
        """`TỈNH LẠNG SƠN` -> `tỉnh Lạng Sơn`, where the name is known."""
        tokens = tokens_of(shape.area or "")
        known = next((found for cut in range(len(tokens)) if (found := self.index.find(" ".join(tokens[cut:])))), None)
        if known is None or self.index.is_whole(shape.area or ""):
            return shape.area or ""
        return f"{shape.area_word} {known.name}" if shape.typed else known.name

    # the result

    def _finish(self) -> Resolution:
        live = sorted((g for g in self.groups if g.shapes), key=lambda g: min(s.start for s in g.shapes))
        at = {id(group): i for i, group in enumerate(live)}
        by_key = {_full_key(group): group for group in live if len(group.key) > 3}
        self.spans = sorted(self.of_span)
        parents = [self._parent(group, by_key, at) for group in live]
        by_span = {(m.start, m.end): m for m in self.orgs}
        bodies = tuple(
            Body(
                name=group.name,
                mentions=tuple(by_span[s.start, s.end] for s in sorted(group.shapes, key=lambda s: s.start)),
                aliases=self._aliases(group),
                kind=self._kind(group),
                level=self._level(group),
                place=self._place_name(group),
                parent=parent if parent != at[id(group)] else None,
            )
            for group, parent in zip(live, parents, strict=True)
        )
        of_span = {span: at[id(group)] for span, group in self.of_span.items()}
        in_order = sorted(((m, of_span[m.start, m.end]) for m in self.orgs if (m.start, m.end) in of_span), key=lambda p: p[0].end)
        return Resolution(bodies, of_span, self.places, tuple(in_order))

    def _aliases(self, group: _Group) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for shape in sorted(group.shapes, key=lambda s: s.start):
            written = " ".join(self.page.text[shape.start : shape.end].split())
            if fold(written) != fold(group.name) and not shape.bare and written not in found:
                found[written] = None
            for alias in self.local.of_span.get((shape.start, shape.end), ()):
                found[alias] = None
        return tuple(found)

    def _kind(self, group: _Group) -> str | None:
        return self._kind_of_key(group.key)

    def _kind_of_key(self, key: str) -> str | None:
        tokens = key.split(" ", self.words.longest_head)
        for size in range(min(self.words.longest_head, len(tokens)), 0, -1):
            kind = self.words.kinds.get(" ".join(tokens[:size]))
            if kind:
                return kind
        return None

    def _level(self, group: _Group) -> str | None:
        word = next((s.area_word or s.open_word for s in group.shapes if self._tells_level(s)), None)
        if word is None:
            if group.place:
                return group.place.level
            return "central" if self._kind(group) in ("ministry", "government", "national_assembly") else None
        name = next((s.area for s in group.shapes if s.area), None) or (group.place.name if group.place else "")
        tokens = name.split()
        known = next((found for cut in range(len(tokens)) if (found := self.index.find(" ".join(tokens[cut:])))), None)
        return self.index.level_of(word, known.name if known else name)

    def _place_name(self, group: _Group) -> str | None:
        if group.place:
            return group.place.full
        return self._area(group) if any(shape.area and self._tells_level(shape) for shape in group.shapes) else None

    def _tells_level(self, shape: Shape) -> bool:
        """True where the area says whose body it is: `UBND huyện X`, `Sở Y tế Bến Tre`; not `Trường THPT Thái Bình`."""
        if shape.open_word or shape.typed:
            return True
        if shape.area is None:
            return False
        core = f"{fold(shape.core)} "
        return (shape.head or "") in self.words.party_level or any(core.startswith(f"{head} ") for head in self.words.official)

    def _parent(self, group: _Group, by_key: Mapping[str, _Group], at: Mapping[int, int]) -> int | None:
        """The body whose name closes this one's (`Văn phòng Sở Y tế`), or that stands behind it after a comma or `thuộc`."""
        words = _full_key(group).split()
        for at_word in range(1, len(words)):
            other = by_key.get(" ".join(words[at_word:]))
            if other is not None and other is not group:
                return at[id(other)]
        rank = self._rank(group)
        for shape in group.shapes if rank is not None else ():
            behind = self._behind(shape)
            above = self._rank(behind) if behind is not None and behind is not group else None
            if behind is not None and above is not None and rank is not None and above < rank:
                return at[id(behind)]
        return None

    def _rank(self, group: _Group) -> int | None:
        tokens = group.key.split()
        if any(group.key.startswith(word) for word in self.words.not_antecedents):
            return None
        for size in range(min(self.words.longest_head, len(tokens)), 0, -1):
            rank = self.words.ranks.get(" ".join(tokens[:size]))
            if rank is not None:
                return rank
        return None

    def _behind(self, shape: Shape) -> _Group | None:
        """The body right behind a mention, parted by a comma, a bracket, `thuộc`, `trực thuộc` or `của` only."""
        next_at = bisect_left(self.spans, (shape.end + 1, 0))
        if next_at == len(self.spans) or self.spans[next_at][0] > shape.end + _NEAR:
            return None
        span = self.spans[next_at]
        between = self.page.fold[shape.end : span[0]].strip()
        return self.of_span[span] if between in self.rulebook.compiled(_parent_joints) else None


def _full_key(group: _Group) -> str:
    return f"{group.key} {group.area_key or ''}".rstrip()


def _parent_joints(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(fold(word) for word in rulebook.words("places", "parent_cues"))


def _share_areas(page: Page, shapes: list[Shape], words: BodyWords, joints: frozenset[str]) -> list[Shape]:
    """Backward distribution (R-ORG-09): in `HĐND, UBND huyện Đắk Song` both bodies are of the district."""
    shared = list(shapes)
    for i in range(len(shared) - 2, -1, -1):
        this, behind = shared[i], shared[i + 1]
        if this.area or this.open_word or this.head not in words.run_heads or this.key not in _plain_keys(words, this):
            continue
        between = page.fold[this.end : behind.start].strip()
        if between in joints and behind.head in words.run_heads and (behind.area or behind.open_word):
            shared[i] = replace(
                this,
                area=behind.area,
                area_key=behind.area_key,
                area_word=behind.area_word,
                open_word=None if behind.party else behind.open_word,
            )
    return shared


def _plain_keys(words: BodyWords, shape: Shape) -> tuple[str, ...]:
    """The mention's own key, where the mention is its head alone."""
    return (shape.key,) if fold(shape.core) == shape.head else ()


def bodies_before(resolution: Resolution, offset: int) -> Iterator[tuple[Candidate, Body]]:
    """The mentions that end at or before an offset with their bodies, nearest first."""
    last = bisect_right(resolution.in_order, offset, key=lambda pair: pair[0].end)
    for at in range(last - 1, -1, -1):
        mention, body = resolution.in_order[at]
        yield mention, resolution.bodies[body]
