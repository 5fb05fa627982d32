"""Where two candidates share characters: who stays, who goes, and the reason kept."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.overlaps import drop_bare_bodies, settle_overlaps


def span(start: int, end: int, label: str, **attrs: object) -> Candidate:
    return Candidate(start, end, label, "test", attrs=attrs)


MARK, BODY, POST, PERSON, DATE = "TRADEMARK", "ORGANIZATION", "TITLE", "OFFICIAL", "DATE"


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        pytest.param(span(0, 35, MARK), span(30, 35, PERSON), id="a person inside a mark"),
        pytest.param(span(0, 35, MARK), span(33, 35, BODY), id="a body inside a mark"),
        pytest.param(span(0, 20, MARK), span(0, 20, BODY), id="a body that is a mark"),
        pytest.param(span(0, 20, BODY), span(4, 20, MARK), id="a mark inside a body's name"),
        pytest.param(span(0, 20, MARK), span(15, 20, DATE), id="a date inside a mark"),
        pytest.param(span(0, 20, BODY), span(15, 20, DATE), id="a date inside a body's name"),
        pytest.param(span(0, 30, BODY), span(5, 13, POST), id="a post inside a body's name"),
        pytest.param(span(0, 30, BODY), span(15, 30, PERSON), id="a person inside a body's name"),
        pytest.param(span(0, 30, BODY), span(15, 36, PERSON), id="a person that a body's name runs into"),
        pytest.param(span(0, 20, PERSON), span(4, 8, BODY), id="a body inside a person's name"),
        pytest.param(span(0, 20, PERSON), span(0, 5, POST), id="a post inside a person's name"),
        pytest.param(span(0, 20, POST), span(5, 9, PERSON), id="a person inside a post"),
        pytest.param(span(0, 20, DATE), span(5, 9, PERSON), id="a person inside a date"),
        pytest.param(span(0, 20, BODY), span(0, 12, BODY), id="two bodies: the longer"),
        pytest.param(span(0, 10, BODY), span(5, 15, BODY), id="two bodies of one length: the earlier"),
        pytest.param(span(5, 20, PERSON), span(0, 8, PERSON), id="two people: the longer"),
    ],
)
def test_one_stays_and_the_other_keeps_the_reason(winner: Candidate, loser: Candidate) -> None:
    for order in permutations((winner, loser)):
        kept, rejected = settle_overlaps(order)
        assert kept == [winner]
        assert [r.candidate for r in rejected] == [loser]
        assert rejected[0].reason
        assert rejected[0].winner == winner


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(span(0, 10, POST), span(7, 30, BODY, after_post=True), id="Trưởng [Ban] Tuyên giáo: the unit noun is shared"),
        pytest.param(span(0, 10, POST), span(10, 30, BODY), id="touching is not sharing"),
        pytest.param(span(0, 10, PERSON), span(12, 30, POST), id="apart"),
    ],
)
def test_both_stay(one: Candidate, other: Candidate) -> None:
    kept, rejected = settle_overlaps([other, one])
    assert (kept, rejected) == ([one, other], [])


def test_a_bare_head_stays_right_after_a_post_only() -> None:
    after, alone, named = (
        span(14, 16, BODY, bare=True, after_post=True),
        span(30, 32, BODY, bare=True, after_post=False),
        span(40, 60, BODY),
    )
    kept, rejected = drop_bare_bodies([after, alone, named])
    assert kept == [after, named]
    assert [r.candidate for r in rejected] == [alone]


candidates = st.builds(
    lambda start, size, label: span(start, start + size, label),
    st.integers(0, 60),
    st.integers(1, 15),
    st.sampled_from([MARK, BODY, POST, PERSON, DATE]),
)


@given(st.lists(candidates, max_size=12, unique_by=lambda c: c.key))
def test_nothing_is_lost_and_the_order_of_the_finders_does_not_matter(found: list[Candidate]) -> None:
    kept, rejected = settle_overlaps(found)
    assert sorted([*kept, *(r.candidate for r in rejected)], key=lambda c: c.key) == sorted(found, key=lambda c: c.key)
    assert settle_overlaps(list(reversed(found))) == (kept, rejected)


@given(st.lists(candidates, max_size=12, unique_by=lambda c: c.key))
def test_what_stays_overlaps_only_as_a_post_and_a_body(found: list[Candidate]) -> None:
    kept, _ = settle_overlaps(found)
    for at, one in enumerate(kept):
        for other in kept[at + 1 :]:
            if one.overlaps(other):
                assert {one.label, other.label} in ({POST, BODY}, {DATE, POST}), (one, other)
