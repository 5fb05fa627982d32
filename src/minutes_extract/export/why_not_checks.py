"""The conditions of the rules, asked one by one about a span that was not read.

Each question is put to the very word lists and patterns that the finders use, so that an answer cannot drift from the rules.
`first`..`last` are tokens of the page (half-open), `start`..`end` characters of the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from minutes_extract.find.date_patterns import DateRule, DateRules, date_rules
from minutes_extract.find.mark_scope import Sentences, dotted_abbreviations
from minutes_extract.find.names import capital_run, name_at
from minutes_extract.find.vocabulary import Vocabulary, vocabulary
from minutes_extract.records import Label
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.dates import DateEntry
from minutes_extract.text.fold import fold_spelling
from minutes_extract.text.page import BREAK, CAP, Page


class Span(NamedTuple):
    """A string on a page: characters and tokens, both half-open."""

    start: int
    end: int
    first: int
    last: int


class Check(NamedTuple):
    """A condition: does it hold, and what it says. `opens`: without it no rule of the label even begins to read."""

    holds: bool
    told: str
    opens: bool = False


def span_of(page: Page, start: int, end: int) -> Span:
    """The span of the characters `start`..`end`."""
    first, last = page.tokens_in(start, end)
    return Span(start, end, first, max(last, first + 1))


def checks(page: Page, rulebook: Rulebook, span: Span, label: Label) -> list[Check]:
    """The conditions of `label`, in the order the finder asks them."""
    return list(_CHECKS[label](page, rulebook, span))


def _text(page: Page, first: int, last: int) -> str:
    return repr(" ".join(page.text[page.starts[first] : page.ends[last - 1]].split()))


def _before(page: Page, first: int) -> str | None:
    """The folded word before, on the same line."""
    return page.keys[first - 1] if first and page.gaps[first] < BREAK else None


def _behind(page: Page, last: int) -> str | None:
    return page.keys[last] if last < len(page) and page.gaps[last] < BREAK else None


# people


def _person(page: Page, rulebook: Rulebook, span: Span) -> Iterator[Check]:
    words = vocabulary(rulebook)
    first = span.first
    capital = bool(page.flags[first] & CAP)
    yield Check(capital, "it begins with a capital" if capital else "it does not begin with a capital", opens=True)
    known = page.keys[first] in words.surnames
    told = "is a known surname" if known else "is no known surname (names.yaml)"
    yield Check(known, f"{_text(page, first, first + 1)} {told}", opens=True)
    if capital and known:
        yield _name_shape(page, words, span)
    yield _no_place_word_before(page, words, first)


def _name_shape(page: Page, words: Vocabulary, span: Span) -> Check:
    first, last = span.first, span.last
    if name_at(page, first, words) == last:
        return Check(True, "it has the shape of a full name")
    if last - first == 1:
        return Check(False, "one syllable is a name only behind an honorific, or where it ends a full name of the document")
    for j in range(first + 1, last):
        bar = words.not_in_names.longest(page, j)
        if bar is not None:
            return Check(False, f"{_text(page, j, bar[0])} never stands in a name (names.yaml, not_in_names)")
    if (words.places.longest_at(page, first) or 0) >= last - first:
        return Check(False, "a known place bears the same name (places.yaml); it counts only behind an honorific or a post")
    run = capital_run(page, first)
    if run > last:
        return Check(False, f"the capitals go on behind it: {_text(page, first, run)}")
    if run < last:
        return Check(False, f"{_text(page, run, run + 1)} in it has no capital", opens=run == first + 1)
    return Check(False, "it has not the shape of a full name: a surname and one to four syllables more")


def _no_place_word_before(page: Page, words: Vocabulary, first: int) -> Check:
    for lists, name in ((words.not_person_before, "not_person_before"), (words.credits, "credit_before")):
        for start in range(max(0, first - 5), first):
            match = lists.longest(page, start)
            if match is not None and page.gaps[first] < BREAK and first - 1 <= match[0] <= first:
                if match[0] == first - 1 and page.keys[first - 1] not in (":", "."):
                    continue
                return Check(False, f"{_text(page, start, match[0])} before it says that it is no person to report (names.yaml, {name})")
    return Check(True, "no word before it makes it a street, a school, a credit line or the like")


# posts


def _post(page: Page, rulebook: Rulebook, span: Span) -> Iterator[Check]:
    words = vocabulary(rulebook)
    first, last = span.first, span.last
    match = words.posts.longest(page, first)
    if match is None:
        inside = next((m for j in range(first + 1, last) if (m := words.posts.longest(page, j)) is not None), None)
        more = f"; the known post in it is {inside[1].form!r} ({inside[1].entry.id})" if inside else ""
        yield Check(False, f"no known post begins here (posts.yaml){more}", opens=True)
        return
    form = match[1]
    same = match[0] == last
    end = "" if same else ", with another end"
    yield Check(same, f"{_text(page, first, match[0])} is a known post ({form.entry.id}){end}", opens=True)
    for word, forbidden, where in ((_before(page, first), form.not_before, "before"), (_behind(page, match[0]), form.not_after, "behind")):
        if word in forbidden:
            yield Check(False, f"{word!r} {where} it makes another word of it ({form.entry.id})")
    if form.followed_by is not None:
        there = form.followed_by.longest(page, match[0]) is not None if match[0] < len(page) else False
        yield Check(there, f"what this post needs behind it {'is' if there else 'is not'} there ({form.entry.id}, followed_by)")
    if form.entry.needs != "nothing":
        yield Check(False, f"this post counts only beside what it needs: {form.entry.needs.replace('_', ' ')} ({form.entry.id}, needs)")


# bodies


def _body(page: Page, rulebook: Rulebook, span: Span) -> Iterator[Check]:
    words = vocabulary(rulebook)
    first, last = span.first, span.last
    head = words.heads.longest(page, first, last)
    if head is None:
        at = next((j for j in range(first + 1, last) if words.heads.longest(page, j, last) is not None), None)
        more = f"; the first head noun in it is {_text(page, at, at + 1)}" if at is not None else ""
        yield Check(False, f"no known head noun opens it (bodies.yaml, heads){more}", opens=True)
        return
    end, entry = head
    yield Check(True, f"{_text(page, first, end)} is a known head noun ({entry.id})", opens=True)
    capital = bool(page.flags[first] & CAP)
    lower = "the head noun has no capital: it opens a body then only before a capital, a field or an area"
    yield Check(capital, "the head noun has a capital" if capital else lower)
    named = end < last
    yield Check(named, "a name stands behind the head noun" if named else "a head noun alone counts only right behind a post")
    yield from _words_beside_head(page, words, span, end)


def _words_beside_head(page: Page, words: Vocabulary, span: Span, end: int) -> Iterator[Check]:
    key = " ".join(page.keys[span.first : end])
    before, behind = _before(page, span.first), _behind(page, end)
    if before is not None and before in words.head_not_before.get(key, ()):
        yield Check(False, f"{before!r} before {key!r} makes another word of it (bodies.yaml, not_before)")
    if behind is not None and behind in words.head_not_after.get(key, ()):
        yield Check(False, f"{behind!r} behind {key!r} makes another word of it (bodies.yaml, not_after)")
    if before is not None and before in words.plural_after:
        yield Check(False, f"{before!r} before it: many bodies of a kind, not one (bodies.yaml, plural_after)")
    for start in range(max(0, span.first - 2), span.first):
        opener = words.place_openers.longest(page, start, span.first)
        if opener is not None and opener[0] == span.first and page.gaps[span.first] < BREAK:
            yield Check(False, f"{_text(page, start, span.first)} before it: the capital belongs to a place (bodies.yaml, place_openers)")


# dates


def _date(page: Page, rulebook: Rulebook, span: Span) -> Iterator[Check]:
    rules = date_rules(rulebook)
    opens = rules.trigger.match(page.fold, span.start) is not None
    may = "may" if opens else "cannot"
    yield Check(opens, f"a date {may} open here: a number or a word of time, not inside a longer number", opens=True)
    entries = {entry.id: entry for entry in rulebook["dates"].entries}
    fits = [(rule, match) for rule in rules.rules if (match := rule.pattern.match(page.fold, span.start)) is not None]
    whole = [rule for rule, match in fits if match.end() == span.end]
    if not whole:
        longest = max(fits, key=lambda pair: pair[1].end(), default=None)
        reads = f"; {longest[0].id} fits {page.text[span.start : longest[1].end()]!r}" if longest else ""
        yield Check(False, f"no pattern of dates.yaml fits it from end to end{reads}", opens=not fits)
        return
    for rule in whole:
        yield from _guards(page, rules, rule, entries[rule.id], span)


def _guards(page: Page, rules: DateRules, rule: DateRule, entry: DateEntry, span: Span) -> Iterator[Check]:
    """The conditions of a date rule whose pattern fits: words that must stand before, words that must not stand beside."""
    left = page.fold[max(0, span.start - rules.settings["left_window"]) : span.start]
    refused = False
    if rule.after is not None and not rule.after.search(left):
        refused = True
        yield Check(False, f"{rule.id} fits, but its words before are missing ({entry.after})")
    for name, guard in zip(entry.not_after, rule.not_after, strict=True):
        if (match := guard.search(left)) is not None:
            refused = True
            yield Check(False, f"{rule.id} fits, but {match[0].strip()!r} before it forbids it ({name})")
    for name, guard in zip(entry.not_before, rule.not_before, strict=True):
        if (match := guard.match(page.fold, span.end)) is not None:
            refused = True
            yield Check(False, f"{rule.id} fits, but {match[0].strip()!r} behind it forbids it ({name})")
    if not refused:
        yield Check(True, f"{rule.id} fits and nothing beside it forbids it")


# marks


def _mark(page: Page, rulebook: Rulebook, span: Span) -> Iterator[Check]:
    scope = Sentences(page, dotted_abbreviations(rulebook)).around(span.start)
    cue = rulebook.compiled(_cues).search(page.fold, scope.start, scope.end)
    yield Check(
        cue is not None,
        f"a cue stands in its sentence: {page.text[cue.start() : cue.end()]!r}"
        if cue
        else "no cue stands in its sentence (marks.yaml: nhãn hiệu, thương hiệu, chỉ dẫn địa lý ...)",
        opens=True,
    )
    capital = any(page.flags[j] & CAP for j in range(span.first, span.last))
    yield Check(capital, "a capital stands in it" if capital else "no capital stands in it; without quotation marks a name needs one")


def _cues(rulebook: Rulebook) -> re.Pattern[str]:
    patterns = "|".join(f"(?:{fold_spelling(entry.pattern)})" for entry in rulebook["marks"].entries if entry.part == "cue")
    return re.compile(rf"(?<![^\W\d_])(?:{patterns})(?![^\W\d_])")


_CHECKS: Mapping[Label, Callable[[Page, Rulebook, Span], Iterator[Check]]] = {
    "OFFICIAL": _person,
    "TITLE": _post,
    "ORGANIZATION": _body,
    "DATE": _date,
    "TRADEMARK": _mark,
}
