"""Marked text: what tests, rules and docs are written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_extract.records import LABELS
from minutes_extract.text.markup import Marked, parse_marked


@pytest.mark.parametrize(
    ("marked", "plain", "spans"),
    [
        pytest.param("ông Tín", "ông Tín", [], id="nothing marked"),
        pytest.param("ông [Tín](OFFICIAL) nói", "ông Tín nói", [("Tín", "OFFICIAL", None)], id="one span"),
        pytest.param(
            "[A](OFFICIAL)- [B](TITLE) [C](ORGANIZATION)",
            "A- B C",
            [("A", "OFFICIAL", None), ("B", "TITLE", None), ("C", "ORGANIZATION", None)],
            id="three in a row",
        ),
        pytest.param("[21/6](DATE=XXXX-06-21)", "21/6", [("21/6", "DATE", "XXXX-06-21")], id="a value"),
        pytest.param("[2021-2025](DATE=2021/2025)", "2021-2025", [("2021-2025", "DATE", "2021/2025")], id="a value with a slash"),
        pytest.param(
            "[Hội [Điều](TRADEMARK) X](ORGANIZATION)",
            "Hội Điều X",
            [("Hội Điều X", "ORGANIZATION", None), ("Điều", "TRADEMARK", None)],
            id="nested",
        ),
        pytest.param(
            "[Trưởng [Ban](TITLE^) Dân vận](ORGANIZATION)",
            "Trưởng Ban Dân vận",
            [("Trưởng Ban", "TITLE", None), ("Ban Dân vận", "ORGANIZATION", None)],
            id="crossing",
        ),
        pytest.param("[07/08/2023 17:32] [x](DATE)", "[07/08/2023 17:32] x", [("x", "DATE", None)], id="brackets of the text"),
        pytest.param("[[x](DATE)]", "[x]", [("x", "DATE", None)], id="brackets around a mark"),
        pytest.param("a ] b [ c", "a ] b [ c", [], id="loose brackets"),
        pytest.param("[x](PLACE)", "[x](PLACE)", [], id="no label of ours"),
        pytest.param("[Sở](ORGANIZATION) (KH&CN)", "Sở (KH&CN)", [("Sở", "ORGANIZATION", None)], id="brackets behind"),
        pytest.param("[một\nhai](OFFICIAL)", "một\nhai", [("một\nhai", "OFFICIAL", None)], id="over a line end"),
        pytest.param("", "", [], id="nothing at all"),
    ],
)
def test_marked_text_is_read(marked: str, plain: str, spans: list[tuple[str, str, str | None]]) -> None:
    text, found = parse_marked(marked)
    assert text == plain
    assert [(text[span.start : span.end], span.label, span.value) for span in found] == spans


plain_texts = st.text(st.characters(blacklist_characters="[]()^=", blacklist_categories=("Cs",)), max_size=8)


@given(st.lists(st.tuples(plain_texts, plain_texts.filter(bool), st.sampled_from(LABELS)), max_size=5))
def test_what_is_marked_is_found_again(parts: list[tuple[str, str, str]]) -> None:
    marked, plain, spans = "", "", []
    for before, inside, label in parts:
        marked += f"{before}[{inside}]({label})"
        plain += before
        spans.append(Marked(len(plain), len(plain) + len(inside), label, None))
        plain += inside
    assert parse_marked(marked) == (plain, spans)


@given(st.text("[]()^=ab DATEOFICL", max_size=40))
def test_any_text_is_read_without_a_crash(marked: str) -> None:
    text, spans = parse_marked(marked)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
