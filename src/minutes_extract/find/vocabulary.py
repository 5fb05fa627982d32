"""The word lists of posts, bodies, honorifics and names, compiled once for each rulebook.

Words come from `posts.yaml`, `bodies.yaml`, `honorifics.yaml` and `names.yaml`; places have an index of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.bodies import BodyEntry
from minutes_extract.rulebook.models.people import HonorificEntry
from minutes_extract.rulebook.models.posts import PostEntry
from minutes_extract.rulebook.phrases import PhraseTrie
from minutes_extract.rulebook.place_index import PlaceIndex, place_index
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import TOKEN, Page

_OPTIONAL = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class PostForm:
    """One phrase of a post: its entry, its spelling, and how many of its last tokens open the body's name (0: none)."""

    entry: PostEntry
    form: str
    unit_tokens: int
    unit_from: int
    """Tokens of the form before the unit words; the unit words may be followed by more (`Chánh Văn phòng Thường trực`)."""
    followed_by: PhraseTrie[str] | None
    not_before: frozenset[str]
    not_after: frozenset[str]
    not_followed_by: PhraseTrie[str]
    """The words and phrases of `not_after`."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the finders of posts, bodies and people look words up in. All sets hold folded keys."""

    posts: PhraseTrie[PostForm]
    heads: PhraseTrie[BodyEntry]
    fields: PhraseTrie[str]
    tail: PhraseTrie[str]
    tail_verbs: PhraseTrie[str]
    """Tail words that are verbs too (`tổ chức`, `hỗ trợ`)."""
    seat_words: frozenset[str]
    """Words between an office abroad and its seat (`Đại sứ quán Pháp | tại Việt Nam`)."""
    part_heads: frozenset[str]
    """Heads of parts of a body, which follows them at once (`Chi nhánh | Tổng công ty May`)."""
    regions: PhraseTrie[str]
    """Words that a number completes to a part of the country (`khu vực XIX`)."""
    counted: frozenset[str]
    """Words behind a number that counts (`5 chiếc`) and so is no part of a name."""
    tail_openers: frozenset[str]
    """Last syllables after which such a word still belongs to the name (`Ban Quản lý | dự án`)."""
    legal_forms: PhraseTrie[str]
    honorifics: PhraseTrie[HonorificEntry]
    plural_address: frozenset[str]
    """Words that make an address one of several people: `các đồng chí`."""
    places: PlaceIndex
    head_not_before: Mapping[str, frozenset[str]]
    head_not_after: Mapping[str, frozenset[str]]
    honorific_not_before: Mapping[str, frozenset[str]]
    honorific_not_after: Mapping[str, frozenset[str]]
    surnames: frozenset[str]
    surnames_common: frozenset[str]
    particles: frozenset[str]
    name_heads: frozenset[str]
    """Head nouns of bodies that are syllables of names, too: `Trường`."""
    not_in_names: PhraseTrie[str]
    not_person_before: PhraseTrie[str]
    streets: PhraseTrie[str]
    """Words that open a list of streets."""
    speech: PhraseTrie[str]
    """Verbs of speech, which a person stands before."""
    verbs_after: PhraseTrie[str]
    credits: PhraseTrie[str]
    capitals_stop: frozenset[str]
    joiners: frozenset[str]
    number_words: frozenset[str]
    task_openers: frozenset[str]
    place_openers: PhraseTrie[str]
    place_words: frozenset[str]
    function_words: frozenset[str]
    level_abbreviations: frozenset[str]
    """Abbreviated type words that stand for an area without its name: `UBND TP.`"""
    plural_after: frozenset[str]
    openers: PhraseTrie[str]
    """Words that open a sentence, caption or clause; written with a capital they end a name that runs into them."""
    post_outside: frozenset[str]
    """Words beside a post that stay outside its span: `nguyên`, `quyền`, `các`, `phụ trách`."""


def openings(page: Page, phrases: PhraseTrie[Any]) -> list[int]:
    """The tokens of the page with whose syllable some phrase begins, in order: all places where a look-up can succeed.

    `Ông Trần Khắc Nhựt` with the honorifics -> the token of `Ông`.
    """
    return page.opened_by(phrases.root.keys())


def expand_forms(form: str) -> Iterator[str]:
    """The phrases a form with optional parts stands for.

    >>> list(expand_forms("[Phó] Chủ tịch [Thường trực|danh dự]"))[:3]
    ['Chủ tịch', 'Chủ tịch Thường trực', 'Chủ tịch danh dự']
    """
    choices = [["", *match.split("|")] for match in _OPTIONAL.findall(form)]
    template = _OPTIONAL.sub("{}", form).replace("{{", "").replace("}}", "")
    for choice in product(*choices):
        yield " ".join(template.format(*choice).split())


def vocabulary(rulebook: Rulebook) -> Vocabulary:
    """The word lists of `rulebook`, compiled at the first call and kept with it.

    >>> from minutes_extract.rulebook.book import load_rulebook
    >>> "nguyễn" in vocabulary(load_rulebook()).surnames_common
    True
    """
    return rulebook.compiled(_build)


def _build(rulebook: Rulebook) -> Vocabulary:
    names = rulebook["names"].lists
    return Vocabulary(
        posts=PhraseTrie((form.form, form) for entry in rulebook["posts"].entries for form in _post_forms(entry)),
        heads=PhraseTrie((head, entry) for entry in rulebook["bodies"].entries for head in entry.heads),
        fields=_phrases(rulebook.words("bodies", "fields")),
        tail=_phrases(rulebook.words("bodies", "tail")),
        tail_verbs=_phrases(rulebook.words("bodies", "tail_verbs")),
        seat_words=_keys(rulebook.words("bodies", "seat_words")),
        part_heads=_keys(rulebook.words("bodies", "part_heads")),
        regions=_phrases(rulebook.words("bodies", "regions")),
        counted=_keys(rulebook.words("bodies", "counted")),
        tail_openers=_keys(rulebook.words("bodies", "tail_openers")),
        legal_forms=_phrases(rulebook.words("bodies", "legal_forms")),
        honorifics=PhraseTrie((form, entry) for entry in rulebook["honorifics"].entries for form in entry.forms),
        plural_address=_keys(rulebook.words("honorifics", "plural")),
        places=place_index(rulebook),
        head_not_before=_pairs(rulebook.words("bodies", "not_before")),
        head_not_after=_pairs(rulebook.words("bodies", "not_after")),
        honorific_not_before=_pairs(rulebook.words("honorifics", "not_before")),
        honorific_not_after=_pairs(rulebook.words("honorifics", "not_after")),
        surnames=_keys((*names["surnames"], *names["surnames_common"], *names["surnames_peoples"])),
        surnames_common=_keys(names["surnames_common"]),
        particles=_keys(names["particles"]),
        name_heads=_keys(names["name_heads"]),
        not_in_names=_phrases(names["not_in_names"]),
        not_person_before=_phrases(names["not_person_before"]),
        streets=_phrases(names["street_before"]),
        speech=_phrases(names["speech"]),
        verbs_after=_phrases(names["verbs_after"]),
        credits=_phrases(names["credit_before"]),
        capitals_stop=_keys(rulebook.words("bodies", "capitals_stop")),
        joiners=_keys(rulebook.words("bodies", "joiners")),
        number_words=_keys(rulebook.words("bodies", "number_words")),
        task_openers=_keys(rulebook.words("bodies", "task_openers")),
        place_openers=_phrases(rulebook.words("bodies", "place_openers")),
        place_words=_keys(rulebook.words("bodies", "place_openers")),
        function_words=_keys(rulebook.words("bodies", "function_words")),
        level_abbreviations=_keys(rulebook.words("bodies", "level_abbreviations")),
        plural_after=_keys(rulebook.words("bodies", "plural_after")),
        openers=_phrases(names["openers"]),
        post_outside=frozenset(token for phrase in _post_neighbours(rulebook) for token in phrase.split()),
    )


def _post_neighbours(rulebook: Rulebook) -> frozenset[str]:
    return _keys(word for name in ("former", "acting", "outside") for word in rulebook.words("posts", name))


def _post_forms(entry: PostEntry) -> Iterator[PostForm]:
    unit = TOKEN.findall(fold_key(entry.unit)) if entry.unit else []
    not_before, not_after = _keys(entry.not_before), _keys(entry.not_after)
    not_followed_by = _phrases(entry.not_after)
    followed_by = _phrases(entry.followed_by) if entry.followed_by else None
    for template in entry.forms:
        for form in expand_forms(template):
            tokens = TOKEN.findall(fold_key(form))
            at = next((k for k in range(len(tokens)) if unit and tokens[k : k + len(unit)] == unit), -1)
            yield PostForm(entry, form, len(unit) if at >= 0 else 0, max(at, 0), followed_by, not_before, not_after, not_followed_by)


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_key, words))


def _phrases(words: tuple[str, ...]) -> PhraseTrie[str]:
    return PhraseTrie((word, word) for word in words)


def _pairs(rows: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """`bộ: cán, nội` -> {"bộ": {"cán", "nội"}}."""
    return {fold_key(head): _keys(words.split(",")) for head, words in (row.split(":", 1) for row in rows)}
