"""What a declared number announced beside what was listed; a doubt where the two differ (golden rule 17, R-VOT-02)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.counts import Declared, find_counts
from minutes_extract.link.facts import CountFact, Doubt
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import CAP, Page


def link_counts(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> tuple[tuple[CountFact, ...], tuple[Doubt, ...]]:
    """The declared numbers with the number of listed things, and a doubt `count_mismatch` for each that differs.

    `mentions` are all settled mentions. A list of people, bodies or marks is counted in mentions (one person named twice
    counts once), another in bullets, `(1)` marks or capitalised pieces. `như` announces examples: no doubt then. A number
    without a list gives no fact.

        02 doanh nghiệp (Công ty TNHH A và Công ty Cổ phần B) -> declared 2, listed 2
    """
    facts: list[CountFact] = []
    doubts: list[Doubt] = []
    for declared, listed, members in counted(page, rulebook, mentions):
        facts.append(CountFact(declared.number, declared.noun, listed, declared.start, declared.end, members))
        if listed != declared.number and not declared.partial:
            message = f"{page.text[declared.start : declared.end]!r} announces {declared.number}, {listed} are listed"
            doubts.append(Doubt("count_mismatch", " ".join(message.split()), members))
    return tuple(facts), tuple(doubts)


def counted(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> Iterator[tuple[Declared, int, tuple[Candidate, ...]]]:
    """Each declared number that a list follows, with the number of listed things and the mentions among them."""
    piece = rulebook.compiled(_piece)
    ordered = sorted(mentions, key=lambda m: m.key)
    for declared in find_counts(page, rulebook):
        listed, members = _listed(page, declared, ordered, piece)
        if listed:
            yield declared, listed, members


def _listed(page: Page, declared: Declared, mentions: Sequence[Candidate], piece: re.Pattern[str]) -> tuple[int, tuple[Candidate, ...]]:
    """How many things the list holds and the mentions among them."""
    first = bisect_left(mentions, declared.list_start, key=lambda m: m.start)
    last = bisect_left(mentions, declared.list_end, key=lambda m: m.start)
    inside = [m for m in mentions[first:last] if m.end <= declared.list_end]
    if declared.label:
        members = _distinct(page, [m for m in inside if m.label == declared.label])
        if declared.items and declared.label != "TRADEMARK" and len(members) != declared.number:
            return len(declared.items), tuple(members)
        return len(members), tuple(members)
    if declared.items:
        return len(declared.items), ()
    marks = [m for m in inside if m.label == "TRADEMARK"]
    if marks and not page.text[declared.list_start : marks[0].start].strip(" :\"“'"):  # `12 sản phẩm ... như: A, B`
        members = _distinct(page, marks)
        return len(members), tuple(members)
    if declared.direct:
        places = _places(page, declared, piece)
        return (places, ()) if places > 1 else (0, ())
    return 0, ()


def _distinct(page: Page, mentions: Sequence[Candidate]) -> list[Candidate]:
    """The first mention of each name; a mention inside a longer one of its label is no item of the list."""
    seen: dict[str, Candidate] = {}
    for mention in mentions:
        if not any(other is not mention and other.covers(mention) for other in mentions):
            seen.setdefault(fold_key(page.text[mention.start : mention.end]), mention)
    return list(seen.values())


def _piece(rulebook: Rulebook) -> re.Pattern[str]:
    words = "|".join(map(re.escape, rulebook.words("counts", "joints")))
    return re.compile(rf"\s*(?:[,;]|(?<!\w)(?:{words})(?!\w))\s*")


def _places(page: Page, declared: Declared, piece: re.Pattern[str]) -> int:
    """Length of `A, B, C`: pieces of capitalised words only, as many as stand together behind the noun."""
    count = 0
    at = declared.list_start
    while at < declared.list_end:
        i, j = page.tokens_in(at, declared.list_end)
        k = i
        while k < j and page.flags[k] & CAP and (k == i or page.gaps[k] < 3):
            k += 1
        if k == i:
            return count
        count += 1
        joint = piece.match(page.fold, page.ends[k - 1], declared.list_end)
        if not joint:
            return count
        at = joint.end()
    return count
