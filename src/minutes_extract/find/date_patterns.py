"""The date rules of `dates.yaml`, compiled: atoms put in, lists spelt out, guards looked up.

A pattern names an atom as `{day:1}`: the number replaces `#` in the atom's group names, so that one pattern can hold two days.
`{@list}` becomes the words of a list, longest first, with any white space between their syllables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_extract.errors import RuleError
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.dates import DateEntry
from minutes_extract.text.fold import fold_spelling

_PIECE = re.compile(r"\{(@?[a-z][a-z0-9_]*)(?::([0-9#]+))?\}")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS_OF_DAY = ("morning", "noon", "afternoon", "evening")
_EDGES = ("start", "middle", "end")
_DEICTICS = ("today", "yesterday", "tomorrow", "same_day")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class DateRule:
    """One compiled date pattern. `after` must match (or the rule may chain); none of the guards may."""

    id: str
    form: str
    pattern: re.Pattern[str]
    after: re.Pattern[str] | None
    chain: bool
    not_after: tuple[re.Pattern[str], ...]
    not_before: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class DateCue:
    """Words beside a date (`side`: left, sentence, right or page) that speak for a role."""

    id: str
    side: str
    role: str
    score: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DateRules:
    """Everything of `dates.yaml` that the finder and the link stage use; built once for each rulebook."""

    trigger: re.Pattern[str]
    any_rule: re.Pattern[str]
    """Matches where some rule may: four of five places that the trigger finds open no date, and one step tells so."""
    rules: tuple[DateRule, ...]
    cues: tuple[DateCue, ...]
    joiner: re.Pattern[str]
    weekdays: dict[str, int]
    parts_of_day: dict[str, str]
    half_words: frozenset[str]
    tens: frozenset[str]
    silent: frozenset[str]
    months: dict[str, int]
    counts: dict[str, int]
    digits: dict[str, int]
    edges: dict[str, str]
    deictics: dict[str, str]
    before_noon: frozenset[str]
    after_noon: frozenset[str]
    settings: dict[str, int]

    def cue(self, name: str) -> re.Pattern[str]:
        """The pattern of the cue with that id."""
        return next(cue.pattern for cue in self.cues if cue.id == name)


def date_rules(rulebook: Rulebook) -> DateRules:
    """The compiled date rules of `rulebook`.

    Raises:
        RuleError: an unknown atom or list, or a pattern that is no regular expression; names the entry.
    """
    return rulebook.compiled(_build)


def _build(rulebook: Rulebook) -> DateRules:
    table = rulebook["dates"]
    entries: tuple[DateEntry, ...] = table.entries
    builder = _Builder({e.id: e.pattern for e in entries if e.kind == "atom"}, dict(table.lists))
    rules = tuple(builder.rule(e) for e in entries if e.kind == "date")
    cues = tuple(builder.cue(e) for e in entries if e.kind == "cue")
    words = {name: [fold_spelling(word) for word in rulebook.words("dates", name)] for name in table.lists}
    openers = "|".join(sorted((re.escape(word) for word in words["openers"]), key=len, reverse=True))
    return DateRules(
        trigger=re.compile(rf"(?<!\w)(?<!\w[/.-])(?<![0-9],)(?:[0-9]|t\.?[0-9]|(?:{openers})(?!\w))"),
        any_rule=_any_of(rules),
        rules=rules,
        cues=cues,
        joiner=builder.compile("joiner", "{joiner}"),
        weekdays={word: number for number, name in enumerate(_WEEKDAYS) for word in words[name]},
        parts_of_day={word: name for name in _PARTS_OF_DAY for word in words[name]},
        half_words=frozenset(words["half_words"]),
        tens=frozenset(words["ten_words"]),
        silent=frozenset(words["silent_words"]),
        months={word: number for number, word in enumerate(words["month_words"], 1)},
        counts={word: number for number, word in enumerate(words["count_words"], 1)},
        digits={word: n for n, word in enumerate(words["digit_words"])}
        | {word: n for n, word in enumerate(words["digit_words_other"]) if word not in words["digit_words"]},
        edges={word: name for name in _EDGES for word in words[f"edge_{name}"]},
        deictics={word: name for name in _DEICTICS for word in words[name]},
        before_noon=frozenset(words["clock_morning"]),
        after_noon=frozenset(words["clock_afternoon"]),
        settings={name: int(value) for name, value in table.settings.items()},
    )


_GROUP = re.compile(r"\(\?P<(\w+)>")
_GROUP_BY_NUMBER = re.compile(r"\\[1-9]|(?<!\\)\(\?\(")


def _any_of(rules: Sequence[DateRule]) -> re.Pattern[str]:
    """All patterns as alternatives of one. Groups are dropped, or renamed where their text is asked for again: no name may come twice."""
    alternatives: list[str] = []
    for number, rule in enumerate(rules):
        pattern = rule.pattern.pattern
        if _GROUP_BY_NUMBER.search(pattern):
            return re.compile("")  # numbers would change: try every rule everywhere
        for name in set(_GROUP.findall(pattern)):
            group = f"(?P<rule{number}_{name}>" if f"(?P={name})" in pattern else "(?:"
            pattern = pattern.replace(f"(?P<{name}>", group).replace(f"(?P={name})", f"(?P=rule{number}_{name})")
        alternatives.append(f"(?:{pattern})")
    return re.compile("|".join(alternatives))


class _Builder:
    """Puts atoms and lists into patterns; remembers what it has compiled."""

    def __init__(self, atoms: dict[str, str], lists: dict[str, tuple[str, ...]]) -> None:
        self._atoms = atoms
        self._lists = lists
        self._done: dict[str, re.Pattern[str]] = {}

    def rule(self, entry: DateEntry) -> DateRule:
        """The compiled form of an entry of kind `date`."""
        return DateRule(
            id=entry.id,
            form=entry.form or "day",
            pattern=self.compile(entry.id, entry.pattern),
            after=self.atom(entry.id, entry.after) if entry.after else None,
            chain=entry.chain,
            not_after=tuple(self.atom(entry.id, name) for name in entry.not_after),
            not_before=tuple(self.atom(entry.id, name) for name in entry.not_before),
        )

    def cue(self, entry: DateEntry) -> DateCue:
        """The compiled form of an entry of kind `cue`."""
        return DateCue(entry.id, entry.side or "left", entry.role or "other", entry.score, self.compile(entry.id, entry.pattern))

    def atom(self, user: str, name: str) -> re.Pattern[str]:
        if name not in self._done:
            self._done[name] = self.compile(user, f"{{{name}}}")
        return self._done[name]

    def compile(self, entry: str, pattern: str) -> re.Pattern[str]:
        full = self._expand(entry, fold_spelling(pattern), "", 0)
        try:
            return re.compile(full)
        except re.error as error:
            raise RuleError(f"dates.yaml: entry {entry}: not a regular expression: {error}") from None

    def _expand(self, entry: str, pattern: str, number: str, depth: int) -> str:
        if depth > _DEEPEST:
            raise RuleError(f"dates.yaml: entry {entry}: its atoms name each other in a circle")

        def put_in(match: re.Match[str]) -> str:
            name, own = match[1], (match[2] or "").replace("#", number)
            if name.startswith("@"):
                return self._words(entry, name[1:])
            if name not in self._atoms:
                raise RuleError(f"dates.yaml: entry {entry}: the atom {{{name}}} is missing; add an entry of kind `atom`")
            body = self._expand(entry, fold_spelling(self._atoms[name]).replace("#}", "\0}"), own, depth + 1)
            return f"(?:{body})" if "|" in body else body

        text = _PIECE.sub(put_in, pattern.replace("\0}", "#}"))
        return text.replace("#", number)

    def _words(self, entry: str, name: str) -> str:
        if name not in self._lists:
            raise RuleError(f"dates.yaml: entry {entry}: the list {name!r} is missing; add it under `lists:`")
        words = sorted({fold_spelling(word) for word in self._lists[name]}, key=lambda word: (-len(word), word))
        return "(?:" + "|".join(r"[ \n]{1,6}".join(re.escape(part) for part in word.split()) for word in words) + ")"
