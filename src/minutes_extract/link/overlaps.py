"""Which candidates win where spans overlap, and which lack the neighbour they need; losers keep the reason (`Rejected`).

| overlap | who stays |
|---|---|
| a mark and anything inside it | the mark (`Làng nghề hoa kiểng Phó Thọ - Bà Bộ`) |
| a mark inside a body's name | the body (`Hội Điều Bình Phước`) |
| a date inside a body's or a mark's name | the name (`Công ty ... 2/9`) |
| a post inside a body's name | the body, unless the two share the unit noun (`Trưởng [Ban] Tuyên giáo`) |
| a person inside a body's name | the body |
| two of one label | the longer, then the earlier |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minutes_extract.find.candidate import Candidate, Rejected


def settle_overlaps(candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[Rejected]]:
    """The candidates that stand, in order of the text, and those that lost to one of them."""
    ordered = sorted(candidates, key=lambda c: (c.start, -c.end, _RANK[c.label], c.rule))
    kept: list[Candidate] = []
    rejected: list[Rejected] = []
    for candidate in ordered:
        start = candidate.start  # no earlier candidate starts behind it
        verdicts = [v for other in kept[-_NEAR:] if other.end > start and (v := _loser(other, candidate)) is not None]
        lost = next((v for v in verdicts if v[0] is candidate), None)
        if lost is not None:
            rejected.append(Rejected(candidate, lost[1], lost[2]))
            continue
        for loser, reason, winner in verdicts:
            kept.remove(loser)
            rejected.append(Rejected(loser, reason, winner))
        kept.append(candidate)
    return sorted(kept, key=lambda c: c.key), rejected


_NEAR = 12
"""Only this many of the candidates before can overlap one: spans of one label do not nest deeper."""
_RANK = {"TRADEMARK": 0, "ORGANIZATION": 1, "TITLE": 2, "OFFICIAL": 3, "DATE": 4}


def _loser(one: Candidate, other: Candidate) -> tuple[Candidate, str, Candidate] | None:
    """Of two overlapping candidates the one that must go, why, and the winner; None where both stand."""
    labels = {one.label, other.label}
    if one.label == other.label:
        loser, winner = (other, one) if one.end - one.start >= other.end - other.start else (one, other)
        return loser, "a longer mention of the same kind holds it", winner
    if "TRADEMARK" in labels:
        mark, rest = (one, other) if one.label == "TRADEMARK" else (other, one)
        if rest.label == "ORGANIZATION" and rest.covers(mark) and rest.end - rest.start > mark.end - mark.start:
            return mark, "it is part of a body's name", rest
        return rest, "it is part of a mark's name", mark
    if "ORGANIZATION" in labels:
        body, rest = (one, other) if one.label == "ORGANIZATION" else (other, one)
        if rest.label == "TITLE":
            if body.covers(rest) and not (body.attrs.get("after_post") and body.start == rest.start):
                return rest, "it is part of a body's name", body
            return None
        if rest.label == "OFFICIAL" and rest.covers(body):
            return body, "it is part of a person's name", rest
        return rest, "it is part of a body's name", body
    if labels == {"TITLE", "OFFICIAL"}:
        title, person = (one, other) if one.label == "TITLE" else (other, one)
        return (person, "it is a post", title) if title.covers(person) else (title, "it is part of a person's name", person)
    if "DATE" in labels:
        date, rest = (one, other) if one.label == "DATE" else (other, one)
        return (
            (rest, "it is part of a date", date)
            if date.covers(rest) and date.end - date.start > rest.end - rest.start
            else (date, "it is part of a name", rest)
        )
    return None


def drop_bare_bodies(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Rejected]]:
    """A bare head noun counts only right after a post (guidelines ORGANIZATION): `Phó giám đốc [Sở]`, but not `Sở đã tham mưu`."""
    kept: list[Candidate] = []
    rejected: list[Rejected] = []
    for candidate in candidates:
        if candidate.label == "ORGANIZATION" and candidate.attrs.get("bare") and not candidate.attrs.get("after_post"):
            rejected.append(Rejected(candidate, "a head noun alone counts only right after a post"))
        else:
            kept.append(candidate)
    return kept, rejected


def drop_left_bodies(candidates: Sequence[Candidate], lonely: Sequence[Rejected]) -> tuple[list[Candidate], list[Rejected]]:
    """A bare head noun goes with the post it stood behind: where `cán bộ` is no post of anyone, `Mặt trận` behind it is no body."""
    ends = {rejected.candidate.attrs.get("last") for rejected in lonely if rejected.candidate.label == "TITLE"}
    kept: list[Candidate] = []
    left: list[Rejected] = []
    for candidate in candidates:
        if candidate.label == "ORGANIZATION" and candidate.attrs.get("bare") and candidate.attrs.get("first") in ends:
            left.append(Rejected(candidate, "the post before it is nobody's"))
        else:
            kept.append(candidate)
    return kept, left
