"""How the name of a body may be spelled: typing errors, capitals, the head noun it starts with (handbook 8.3, 8.4)."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein

from minutes_extract.link.body_shapes import body_words, head_at, tokens_of
from minutes_extract.rulebook.abbreviations import abbreviations
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.place_index import place_index
from minutes_extract.text.fold import fold

LONG_NAME = 5
"""Syllables from which one typed edit may join two names."""


def is_typo(one: str, other: str) -> bool:
    """True for long names that differ by one lost syllable, or by the marks over one syllable; digits and heads must agree.

    >>> is_typo("trung tâm ứng dụng tiến khoa học công nghệ", "trung tâm ứng dụng tiến bộ khoa học công nghệ")
    True
    >>> is_typo("phòng quản lí khoa học", "phòng quản lí công nghệ")
    False
    """
    a, b = one.split(), other.split()
    if min(len(a), len(b)) < LONG_NAME or a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    if Levenshtein.distance(a, b, score_cutoff=1) != 1:
        return False
    edits = Levenshtein.editops(a, b).as_list()
    tag, src, dest = str(edits[0][0]), int(edits[0][1]), int(edits[0][2])
    if tag != "replace":
        lost = a[src] if tag == "delete" else b[dest]
        return lost.isalpha() and len(lost) > 1 and src not in (0, len(a)) and dest not in (0, len(b))
    return a[src].isalpha() and _letters(a[src]) == _letters(b[dest])


def _letters(syllable: str) -> str:
    """A syllable without the marks over and under its letters: `nhán`, `nhân` -> `nhan`."""
    return "".join(c for c in unicodedata.normalize("NFD", syllable) if not unicodedata.combining(c))


def quiet_name(name: str, rulebook: Rulebook) -> str:
    """A name in capitals as it is written in running text, as far as the rulebook knows its words.

    >>> from minutes_extract.rulebook.book import load_rulebook
    >>> quiet_name("SỞ KHOA HỌC VÀ CÔNG NGHỆ", load_rulebook())
    'Sở Khoa học và Công nghệ'
    """
    if not name.isupper() or " " not in name:
        return name
    table, index, heads = abbreviations(rulebook), place_index(rulebook), body_words(rulebook)
    words = [word if table.is_form(word) else word.lower() for word in name.split()]
    keys = [fold(word) for word in words]
    at = 0
    while at < len(words):
        head = head_at(keys, at, len(words), heads)
        words[at] = words[at][:1].upper() + words[at][1:]
        if head is None:
            break
        at += len(head.split())
    return index.spell(table.spell(" ".join(words)))


def head_of(text: str, rulebook: Rulebook) -> str | None:
    """The head noun a name starts with, folded: `sở` for `Sở Y tế tỉnh Hà Giang`."""
    tokens = tokens_of(text)
    return head_at(tokens, 0, len(tokens), body_words(rulebook))
