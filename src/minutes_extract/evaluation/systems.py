"""Other systems on the same documents, so that a report can show what the rules add.

| system | what it is |
|---|---|
| `rules` | this program |
| `gazetteer` | the words of the rulebook looked up, longest first, without any condition: posts, heads of bodies, fields of work |
| `underthesea-ner` | underthesea's own recogniser, line by line: its PER as OFFICIAL, its ORG as ORGANIZATION |

The last two give spans only: no values, no positions, no meeting. Their records carry the name of the system as their version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from minutes_extract.batch.outcome import Failed
from minutes_extract.batch.plan import find_tasks
from minutes_extract.batch.worker import read_named
from minutes_extract.errors import MinutesError, UsageError
from minutes_extract.find.vocabulary import Vocabulary, vocabulary
from minutes_extract.reading.source import SourceText
from minutes_extract.records import Label, Mention, MinutesRecord, Source, Tool
from minutes_extract.rulebook.book import Rulebook, load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.layout import lay_out
from minutes_extract.text.page import CAP, Page

Spans: TypeAlias = Iterable[tuple[int, int, Label]]
"""Half-open spans of clean offsets, with their label."""

_LINE = re.compile(r"[^\n]+")
_NER_LABELS: dict[str, Label] = {"PER": "OFFICIAL", "ORG": "ORGANIZATION"}
_MAX_LINE = 2000


def gazetteer_spans(text: str, rulebook: Rulebook) -> Iterator[tuple[int, int, Label]]:
    """Posts, and heads of bodies with the field or area words right behind them, wherever their words stand in clean `text`.

    `Giám đốc Sở Nội vụ` -> a TITLE and an ORGANIZATION; so is `giám đốc thẩm` a TITLE, since nothing is asked of the context.
    """
    page, words = lay_out(text, zone_rules(rulebook)), vocabulary(rulebook)
    i = 0
    while i < len(page):
        post, head = words.posts.longest(page, i), words.heads.longest(page, i)
        if head is not None and page.flags[i] & CAP and (post is None or head[0] >= post[0]):
            end = _body_end(page, words, head[0])
            yield page.starts[i], page.ends[end - 1], "ORGANIZATION"
        elif post is not None:
            end = post[0]
            yield page.starts[i], page.ends[end - 1], "TITLE"
        else:
            end = i + 1
        i = end


def _body_end(page: Page, words: Vocabulary, end: int) -> int:
    while end < len(page):
        known = words.fields.longest(page, end) or words.tail.longest(page, end)
        place = words.places.longest_at(page, end)
        reach = max(known[0] if known else end, end + (place or 0))
        if reach == end:
            break
        end = reach
    return end


def ner_spans(text: str) -> Iterator[tuple[int, int, Label]]:
    """What `underthesea.ner` marks in clean `text`, line by line, with exact offsets: PER and ORG.

    Its words are looked up in order behind each other; a word that it altered is passed over with its entity.
    """
    from underthesea import ner

    for line in _LINE.finditer(text):
        for at in range(line.start(), line.end(), _MAX_LINE):
            end = min(at + _MAX_LINE, line.end())
            yield from _entities(text, at, end, ner(text[at:end]))


def _entities(text: str, at: int, end: int, tagged: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int, Label]]:
    open_label, start, stop = "", 0, 0
    for word, *_, tag in tagged:
        found = re.compile(r"\s+".join(map(re.escape, word.split()))).search(text, at, end) if word.strip() else None
        inside = tag.startswith("I-") and tag[2:] == open_label and found is not None
        if open_label and not inside:
            yield start, stop, _NER_LABELS[open_label]
            open_label = ""
        if found is None:
            continue
        at = found.end()
        if inside:
            stop = at
        elif tag[2:] in _NER_LABELS:
            open_label, start, stop = tag[2:], found.start(), at
    if open_label:
        yield start, stop, _NER_LABELS[open_label]


SYSTEMS: dict[str, Callable[[str, Rulebook], Spans]] = {
    "gazetteer": gazetteer_spans,
    "underthesea-ner": lambda text, rulebook: ner_spans(text),
}
"""Name of a system beside `rules` -> its spans of a clean text."""


def read_with(system: str, documents: str | Path | Iterable[str | Path], *, rules: Path | None = None) -> Iterator[MinutesRecord | Failed]:
    """What `system` marks in `documents` (paths and folders), in order, as records that hold mentions only.

    Raises:
        UsageError: there is no such system, or no document.
    """
    if system not in SYSTEMS:
        raise UsageError(f"there is no system {system!r}; the names are rules, {', '.join(sorted(SYSTEMS))}")
    rulebook = load_rulebook(rules)
    for task in find_tasks([documents] if isinstance(documents, (str, Path)) else documents):
        try:
            source = read_named(task)
            spans = sorted(set(SYSTEMS[system](source.clean, rulebook)))
        except MinutesError as error:
            yield Failed(doc_id=task.doc_id, path=task.path, stage="reading", reason=str(error))
        else:
            yield _record(source, system, spans, rulebook)


def _record(source: SourceText, system: str, spans: Spans, rulebook: Rulebook) -> MinutesRecord:
    mentions = []
    for number, (clean_start, clean_end, label) in enumerate(spans, 1):
        start, end = source.offsets.to_source(clean_start, clean_end)
        mentions.append(
            Mention(
                id=f"m{number}",
                label=label,
                start=start,
                end=end,
                text=source.text[start:end],
                zone="body",
                rule=system,
                confidence="strong",
            )
        )
    where = Source(path=source.path, media_type=source.media_type, encoding=source.encoding, sha256=source.sha256, chars=len(source.text))
    tool = Tool(version=system, ruleset=rulebook.hash)
    return MinutesRecord(doc_id=source.doc_id, source=where, tool=tool, published=None, meeting=None, mentions=tuple(mentions))
