"""Why a string was not read: what took its place, which condition failed, and which small change would make it a mention.

For each occurrence, in this order:

1. the mentions that hold it or lie in it, with their rules: then it was read, or something else was read there;
2. the readings of it that lost, with the winner and the reason;
3. for each label it might have: the conditions of the rules (`why_not_checks`), and the changes that help: the document is read again
   with an honorific, a post, a cue put beside the string (`data/probes.yaml`), so that the answer is that of the rules themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from minutes_extract.errors import UsageError
from minutes_extract.export.explanation import around, loser_line
from minutes_extract.records import LABELS, Label
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import TOKEN

if TYPE_CHECKING:
    from spacy.language import Language

    from minutes_extract.assemble import Analysis
    from minutes_extract.export.why_not_checks import Check, Span
    from minutes_extract.find.candidate import Candidate
    from minutes_extract.text.page import Page

WINDOW = 1200
"""Characters of context on either side that a changed document keeps."""
SHOWN = 3
"""Occurrences explained unless more are asked for."""
HELPS = 3
"""Changes told of one label."""


_LONGEST_LOOK_ALIKE = 8
"""Syllables of a string that does not occur for which others are looked for."""


class Probe(BaseModel):
    """A change to try, see `data/probes.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label | Literal["any"]
    told: str
    before: str = ""
    after: str = ""
    capital: bool = False
    cut: Literal["left", "right", "both"] | None = None
    sure: bool = False
    """Nearly any string is read so: worth telling only of a label that is likely or asked for."""


class Help(NamedTuple):
    """A change after which the string is read, and the rule that reads it then."""

    told: str
    rule: str


def why_not(analysis: Analysis, nlp: Language, wanted: str, *, label: Label | None = None, limit: int = SHOWN) -> list[str]:
    """The lines of the answer for `wanted`; with `label`, why it is no mention of that label.

    `nlp` is the pipeline that read the document. Offsets are half-open code points into the text as read.

    Raises:
        UsageError: the string is empty or does not occur; names what looks like it.
    """
    places = occurrences(analysis.page, wanted)
    if not places:
        raise UsageError(f"{wanted!r} does not occur in {analysis.record.doc_id}{_look_alikes(analysis.page, wanted)}")
    times = f"{len(places)} time{'s' if len(places) != 1 else ''}"
    lines = [f"{wanted!r} occurs {times} in {analysis.record.doc_id}"]
    for start, end in places[:limit]:
        lines += ["", *_occurrence(analysis, nlp, start, end, label)]
    if len(places) > limit:
        lines += ["", f"and {len(places) - limit} more (--limit)"]
    return lines


def occurrences(page: Page, wanted: str) -> list[tuple[int, int]]:
    """Where the string stands, as spans of the clean text; case, tone placement and white space do not count, tones do.

    Raises:
        UsageError: the string has no letter or digit.
    """
    tokens = TOKEN.findall(fold_key(unicodedata.normalize("NFC", wanted)))
    if not any(token.isalnum() for token in tokens):
        raise UsageError("give a string with a letter or a digit in it")
    first = r"(?<!\w)" if tokens[0][0].isalnum() else ""
    last = r"(?!\w)" if tokens[-1][-1].isalnum() else ""
    pattern = re.compile(first + r"\s*".join(map(re.escape, tokens)) + last)
    found = [match.span() for match in pattern.finditer(page.fold)]
    as_written = [span for span in found if page.text[slice(*span)] == wanted]
    return as_written or found


def _look_alikes(page: Page, wanted: str) -> str:
    """What occurs with the same letters and other tones, for a message."""
    bare = _bare(page.fold)
    syllables = _bare(fold_key(wanted)).split()[:_LONGEST_LOOK_ALIKE]
    for size in range(len(syllables), 0, -1):
        for at in range(len(syllables) - size + 1):
            pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, syllables[at : at + size])) + r"(?!\w)"
            part = re.search(pattern, bare)
            if part is not None and part.end() - part.start() > 3:
                whole = size == len(syllables)
                shown = page.text[part.start() : part.end()] if whole else around(page, part.start(), part.end())
                return f"; {'it has' if whole else 'the nearest it has is'} {shown!r}"
    return ""


def _bare(folded: str) -> str:
    """Folded text without tones and vowel signs, character for character."""
    return "".join(unicodedata.normalize("NFD", c)[0] for c in folded.replace("đ", "d"))


# one occurrence


def _occurrence(analysis: Analysis, nlp: Language, start: int, end: int, label: Label | None) -> Iterator[str]:
    page, facts = analysis.page, analysis.facts
    first, last = analysis.source.offsets.to_source(start, end)
    read = [m for m in facts.mentions if m.start < end and start < m.end]
    same = [m for m in read if (m.start, m.end) == (start, end) and label in (None, m.label)]
    yield f"{first}..{last} [{page.zone_at(start)}] {around(page, start, end)}"
    yield from (f"  {_mention_line(analysis, mention, start, end)}" for mention in read)
    lost = [loser for loser in facts.rejected if loser.candidate.start < end and start < loser.candidate.end]
    yield from (f"  lost: {loser_line(page, loser)}" for loser in lost if label in (None, loser.candidate.label))
    inside = label is None and any(m.start <= start and end <= m.end for m in read)
    if not same and not inside:
        yield from _answers(analysis, nlp, start, end, label)


def _mention_line(analysis: Analysis, mention: Candidate, start: int, end: int) -> str:
    page = analysis.page
    text = " ".join(page.text[mention.start : mention.end].split())
    if (mention.start, mention.end) == (start, end):
        how = "read"
    elif mention.start <= start and end <= mention.end:
        how = "read as part of a longer mention"
    else:
        how = "read in it" if start <= mention.start and mention.end <= end else "read across its edge"
    return f"{how}: {mention.label} {text!r} by {mention.rule}, {analysis.sums[mention.key].verdict}"


def _answers(analysis: Analysis, nlp: Language, start: int, end: int, label: Label | None) -> Iterator[str]:
    from minutes_extract.export.why_not_checks import checks, span_of

    span = span_of(analysis.page, start, end)
    asked = {name: checks(analysis.page, analysis.rulebook, span, name) for name in ((label,) if label else LABELS)}
    likely = [name for name, found in asked.items() if all(check.holds for check in found if check.opens)]
    for name in likely if label is None else asked:
        yield from _answer(analysis, nlp, span, name, asked[name])
    if label is None and not likely:
        yield "  no rule begins to read here:"
        yield from (f"    {name:<13}{_first_failed(found)}" for name, found in asked.items())
        for name in LABELS:
            yield from (f"  would be {name} with {help_.told} (by {help_.rule})" for help_ in _helps(analysis, nlp, span, name, most=1))


def _first_failed(found: Sequence[Check]) -> str:
    return next(check.told for check in found if not check.holds)


def _answer(analysis: Analysis, nlp: Language, span: Span, label: Label, found: Sequence[Check]) -> Iterator[str]:
    helps = _helps(analysis, nlp, span, label)
    nearest = f", nearest rule {helps[0].rule}" if helps else ""
    yield f"  {label}: not read{nearest}"
    yield from (f"    {'ok' if check.holds else 'failed':<8}{check.told}" for check in found)
    yield from (f"    would be read with {help_.told} (by {help_.rule})" for help_ in helps)
    if not helps:
        yield "    no small change beside it would make a rule read it"


# changes that help


@lru_cache(maxsize=1)
def probes() -> tuple[Probe, ...]:
    """The changes to try, in order."""
    raw = yaml.safe_load((files("minutes_extract.export") / "data" / "probes.yaml").read_text("utf-8"))
    return tuple(Probe.model_validate(probe) for probe in raw["probes"])


def _helps(analysis: Analysis, nlp: Language, span: Span, label: Label, *, most: int = HELPS) -> list[Help]:
    """The changes after which the string is a mention of `label`, the smallest first."""
    found: list[Help] = []
    lower = analysis.page.text[span.start : span.start + 1].islower()
    for probe in probes():
        if probe.label not in (label, "any") or (found and probe.cut) or (probe.capital and not lower) or (probe.sure and most == 1):
            continue
        rule = _read_with(analysis.page, nlp, span, label, probe)
        if rule is not None:
            found.append(Help(probe.told, rule))
        if len(found) == most:
            break
    return found


def _read_with(page: Page, nlp: Language, span: Span, label: Label, probe: Probe) -> str | None:
    """The rule that reads the string as `label` once the document is changed, or None."""
    from minutes_extract.assemble import extract_record
    from minutes_extract.reading.source import read_text

    text = page.text[span.start : span.end]
    left = "" if probe.cut in ("left", "both") else _left(page, span.start)
    right = "" if probe.cut in ("right", "both") else _right(page, span.end)
    text = text[:1].upper() + text[1:] if probe.capital else text
    start = len(left) + len(probe.before)
    record = extract_record(nlp, read_text(f"{left}{probe.before}{text}{probe.after}{right}"))
    starts = (len(left), start) if label == "DATE" else (start,)  # the word before a date is part of it: `ngày 1/2`
    return next((m.rule for m in record.mentions if m.label == label and m.start in starts and m.end == start + len(text)), None)


def _left(page: Page, start: int) -> str:
    """The text before, from the start of a line."""
    return page.text[page.lines[page.line_index(max(0, start - WINDOW))].start : start] if page.lines else ""


def _right(page: Page, end: int) -> str:
    return page.text[end : max(page.lines[page.line_index(min(end + WINDOW, len(page.text)))].end, end)] if page.lines else ""
