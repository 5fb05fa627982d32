"""Which province, district and commune a document is about: what `UBND tỉnh` and `Huyện ủy` stand for in it.

Every area named in the text speaks for itself; a letterhead, a title line, a body (`UBND huyện Đắk Song`) and the place before
the date line speak louder. The best supported name of a type word wins when it leads clearly, else nothing is said
(handbook R-ORG-05, R-ANA-03).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from minutes_extract.find.candidate import Candidate
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.place_index import PlaceIndex, place_index
from minutes_extract.text.fold import fold
from minutes_extract.text.page import CAP, UPPER, Page


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the document.

    `word` is its type word in full (`huyện`), `level` province, district or commune, `name` as most often spelled in the document
    (`Đak Song`), `full` with the type word as spelled there (`huyện Đak Song`, `TPHCM`), `key` equal for all spellings,
    `weight` the support, `at` the offsets into the clean text where it was read, in order.
    """

    word: str
    level: str
    name: str
    full: str
    key: str
    weight: float
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentPlaces:
    """The areas of a document: `by_word` all of each type word, best supported first; `margin` how many
    times the support of the second the first must have, `least` the support it must have, `home` the
    province that holds the document's district, `in_order` each area where it was read, by type word."""

    by_word: dict[str, tuple[Place, ...]]
    margin: float
    least: float = 0.0
    home: Place | None = None
    in_order: Mapping[str, tuple[tuple[int, Place], ...]] = field(default_factory=dict)

    def best(self, word: str) -> Place | None:
        """The area that the bare word stands for (`huyện` -> huyện Đắk Song); None where none leads clearly.

        A `thành phố` may be a province or a district; where two are named, the one that is the document's own is meant.
        """
        leader = self._leader(self.by_word.get(word, ()))
        if leader is not None:
            return leader
        own = [place for place in (self.province, self.district) if place is not None and place.word == word]
        return own[0] if len(own) == 1 else None

    def near(self, word: str, start: int, end: int) -> Place | None:
        """The only area of this type word that is read between the offsets `start` and `end`; None for none or several."""
        read = self.in_order.get(word, ())
        found: Place | None = None
        for _, place in read[bisect_left(read, start, key=_offset) : bisect_left(read, end, key=_offset)]:
            if found is not None and place is not found:
                return None
            found = place
        return found

    def of_level(self, level: str) -> Place | None:
        """The best supported area of a level, whatever its type word; None where none leads clearly."""
        rivals = sorted(
            (place for places in self.by_word.values() for place in places if place.level == level),
            key=lambda place: (-place.weight, place.at),
        )
        return self._leader(rivals)

    def _leader(self, rivals: Sequence[Place]) -> Place | None:
        if not rivals or rivals[0].weight < self.least:
            return None
        clear = len(rivals) == 1 or rivals[0].weight >= self.margin * rivals[1].weight
        return rivals[0] if clear else None

    @property
    def province(self) -> Place | None:
        """The province or centrally run city of the document; where two are named alike, the one that holds its district."""
        return self.of_level("province") or self.home

    @property
    def district(self) -> Place | None:
        """The district, town or city of a province."""
        return self.of_level("district")

    @property
    def commune(self) -> Place | None:
        """The commune, ward or township."""
        return self.of_level("commune")


def _in_order(found: DocumentPlaces) -> dict[str, tuple[tuple[int, Place], ...]]:
    return {
        word: tuple(sorted(((at, place) for place in places for at in place.at), key=_offset)) for word, places in found.by_word.items()
    }


def _offset(read: tuple[int, Place]) -> int:
    return read[0]


def _province_of_district(found: DocumentPlaces, index: PlaceIndex) -> Place | None:
    """The named province that holds the document's district: huyện Mỹ Xuyên speaks for tỉnh Sóc Trăng."""
    district = found.district
    if district is None:
        return None
    holders = {index.key_of(name) for name in index.provinces_of(district.word, district.name)}
    named = [place for places in found.by_word.values() for place in places if place.level == "province" and place.key in holders]
    return named[0] if len(named) == 1 and named[0].weight >= found.least else None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One area read once: type word, level, name, first and last token (the type word included), kind of evidence."""

    word: str
    level: str
    name: str
    first: int
    last: int
    kind: str


def document_places(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate], *, published: str | None = None) -> DocumentPlaces:
    """The areas of the document, from its text and its ORGANIZATION mentions (offsets into the clean text).

    `published` (EDTF) tells which provinces were in force.

    Example:
        In `Chiều 8/8, Quận ủy họp. Quận Bình Thủy đã xác định ...` the `quận` is Bình Thủy.
    """
    index = place_index(rulebook)
    bodies = sorted((m.start, m.end) for m in mentions if m.label == "ORGANIZATION")
    readings = list(_areas(page, index, rulebook, bodies, published))
    settings = rulebook["places"].settings
    margin, least = float(settings["place_margin"]), float(settings["place_least"])
    found = DocumentPlaces(_weigh(page, index, rulebook, readings), margin, least)
    return replace(found, home=_province_of_district(found, index), in_order=_in_order(found))


def _areas(page: Page, index: PlaceIndex, rulebook: Rulebook, bodies: list[tuple[int, int]], day: str | None) -> Iterator[_Reading]:
    """Every area and every bare place name, in order."""
    party = rulebook.compiled(_party_levels)
    at_body = free = 0
    for i in index.openings(page):
        if i < free:
            continue
        start = page.starts[i]
        while at_body < len(bodies) and bodies[at_body][1] <= start:
            at_body += 1
        body = bodies[at_body] if at_body < len(bodies) and bodies[at_body][0] <= start else None
        area = index.area_at(page, i)
        if area is not None and not (body and body[1] < page.ends[area.last - 1]):
            name = surface(page, area.name_first, area.last)
            level = index.level_of(area.word, name, day)
            if level is not None and level != "village":
                yield _Reading(area.word, level, name, i, area.last, _kind(page, rulebook, body, area.word))
            free = area.last
            continue
        size = index.longest_at(page, i)
        if size is not None:
            reading = _named(page, index, rulebook, party, i, size, body)
            if reading is not None:
                yield reading
            free = i + size


def _kind(page: Page, rulebook: Rulebook, body: tuple[int, int] | None, word: str) -> str:
    """How an area speaks: a city in the name of a school or company is part of the name, a province seldom."""
    if body is None:
        return "place_in_text"
    if _is_official(page, rulebook, body):
        return "place_in_body"
    return "place_in_text" if word == place_index(rulebook).levels["province"][0] else "place_in_name"


def _named(
    page: Page,
    index: PlaceIndex,
    rulebook: Rulebook,
    party: dict[str, str],
    i: int,
    size: int,
    body: tuple[int, int] | None,
) -> _Reading | None:
    """A place name without a type word: `Tỉnh ủy Đắk Nông`, `UBND TPHCM`, `Bỉm Sơn, ngày 5 tháng 4`, `hồ tiêu của Đắk Nông`."""
    name = surface(page, i, i + size)
    kinds = index.kind_of(page, i, size)
    word = party.get(" ".join(page.keys[max(0, i - 2) : i]))
    if word is not None and index.level_of(word, name):
        return _Reading(word, index.level_of(word, name) or "", name, i, i + size, "place_in_body")
    dated = page.lines[page.line_of[i]].zone == "letterhead" and i + size < len(page) and page.keys[i + size] == ","
    if dated and "district" in kinds and "province" not in kinds:
        words = index.types_of_district(name)
        return _Reading(words[0], "district", name, i, i + size, "place_bare_dated") if len(words) == 1 else None
    province = index.type_of_province(name)
    if province is None:
        return None
    if body is not None and not index.is_whole(name):
        if not _is_official(page, rulebook, body):
            return None
        return _Reading(province, "province", name, i, i + size, "place_in_body")
    kind = "place_bare_dated" if dated else "place_in_body" if body else "place_in_text" if index.is_whole(name) else "place_bare"
    return _Reading(province, "province", name, i, i + size, kind)


def _is_official(page: Page, rulebook: Rulebook, body: tuple[int, int]) -> bool:
    """True where a place name closes the name of a body of that place: `Sở KH&CN Bến Tre`, not `Trường Đại học Cần Thơ`."""
    text = page.fold[body[0] : body[1]] + " "
    return text.startswith(rulebook.compiled(_official_heads))


def _party_levels(rulebook: Rulebook) -> dict[str, str]:
    return dict(pairs(rulebook.words("places", "party_levels")))


def _official_heads(rulebook: Rulebook) -> tuple[str, ...]:
    return tuple(fold(word) + " " for word in rulebook.words("places", "official_heads"))


def _weigh(page: Page, index: PlaceIndex, rulebook: Rulebook, readings: Sequence[_Reading]) -> dict[str, tuple[Place, ...]]:
    settings = rulebook["places"].settings
    groups: dict[tuple[str, str], list[_Reading]] = {}
    for reading in readings:
        groups.setdefault((reading.word, index.key_of(reading.name)), []).append(reading)
    places: dict[str, list[Place]] = {}
    for (word, key), group in groups.items():
        weight = sum(_weight(page, reading, settings) for reading in group)
        best = _best_spelled(page, group)
        known = index.find(best.name) if best.name.isupper() and not index.is_whole(best.name) else None
        name = known.name if known else best.name
        full = name if index.is_whole(name) else f"{word} {name}"
        at = tuple(page.starts[reading.first] for reading in group)
        places.setdefault(word, []).append(Place(word, best.level, name, full, key, weight, at))
    return {word: tuple(sorted(group, key=lambda place: (-place.weight, place.at))) for word, group in places.items()}


def _weight(page: Page, reading: _Reading, settings: Mapping[str, float | int | str | bool]) -> float:
    zone = page.lines[page.line_of[reading.first]].zone
    extra = settings.get(f"zone_{zone}", 0) if reading.kind not in ("place_bare", "place_in_name") else 0
    return float(settings[reading.kind]) + float(extra)


def _best_spelled(page: Page, group: Sequence[_Reading]) -> _Reading:
    """The spelling met most often, one in mixed case before one in capitals, one with its type word before one without."""
    counts: dict[str, int] = {}
    for reading in group:
        counts[reading.name] = counts.get(reading.name, 0) + 1

    def order(reading: _Reading) -> tuple[bool, bool, int, int]:
        shouted = all(page.flags[i] & UPPER for i in range(reading.first, reading.last) if page.flags[i] & CAP)
        whole = reading.last - reading.first == 1
        return (shouted and not whole, reading.kind.startswith("place_bare"), -counts[reading.name], reading.first)

    return min(group, key=order)


def surface(page: Page, first: int, last: int) -> str:
    """The text of the tokens `first` to `last` (half-open) with white space collapsed."""
    return " ".join(page.text[page.starts[first] : page.ends[last - 1]].split())


def pairs(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The two halves of list entries such as `tỉnh ủy = tỉnh`, the left one folded."""
    for row in rows:
        left, right = (part.strip() for part in row.split("=", 1))
        yield fold(left), right
