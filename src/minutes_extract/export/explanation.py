"""Why a document was read as it was: every mention with its rule, what lost to what, and who holds which post for which reason.

Plain lines of text. Offsets are half-open code points into the text as read where they stand before a mention of the record,
and into the clean text (NFC, LF) for candidates that lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from minutes_extract.assemble import Analysis
    from minutes_extract.find.candidate import Candidate, Rejected
    from minutes_extract.link.facts import Facts, Person, Position
    from minutes_extract.records import Mention, MinutesRecord
    from minutes_extract.text.page import Page

CUT = 60
"""Characters of a mention shown before it is cut."""


def explanation(analysis: Analysis, *, person: str | None = None) -> list[str]:
    """The lines of the explanation; with `person`, only what concerns the people whose name holds that text.

    Raises:
        UsageError: nobody of that name is in the document; names those who are.
    """
    if person is not None:
        return [line for someone in _chosen(analysis.facts, person) for line in _person_lines(analysis, someone, with_mentions=True)]
    return [
        *_title(analysis.record),
        *_mention_lines(analysis.record),
        *_rejected_lines(analysis.page, analysis.facts.rejected),
        *_people_lines(analysis),
        *_meeting_lines(analysis.record),
        *_warning_lines(analysis.record),
    ]


def _chosen(facts: Facts, name: str) -> list[Person]:
    from minutes_extract.text.fold import fold_key

    chosen = [person for person in facts.people if fold_key(name) in fold_key(person.name)]
    if not chosen:
        known = ", ".join(person.name for person in facts.people) or "nobody"
        raise UsageError(f"no person named {name!r} was found; found: {known}")
    return chosen


def _title(record: MinutesRecord) -> Iterator[str]:
    yield f"{record.doc_id}: {record.source.chars} characters, {len(record.mentions)} mentions, rules {record.tool.ruleset[:15]}"


def _mention_lines(record: MinutesRecord) -> Iterator[str]:
    yield from ("", "MENTIONS (start..end, label, text, zone, rule, evidence)")
    yield from (_mention_line(mention) for mention in record.mentions)
    if not record.mentions:
        yield "  none"


def _mention_line(mention: Mention) -> str:
    value = f" = {mention.value}" if mention.value is not None else ""
    evidence = f"; {', '.join(mention.evidence)}" if mention.evidence else ""
    where = f"{mention.start}..{mention.end}"
    return (
        f"  {mention.id:<5}{where:<13}{mention.label:<13}{_short(mention.text)!r}{value}"
        f"  [{mention.zone}] {mention.rule}, {mention.confidence}{evidence}"
    )


def _rejected_lines(page: Page, rejected: Sequence[Rejected]) -> Iterator[str]:
    yield from ("", "LOST (what another reading won over, and why)")
    for loser in sorted(rejected, key=lambda one: one.candidate.key):
        candidate = loser.candidate
        where = f"{candidate.start}..{candidate.end}"
        winner = f"; won: {loser.winner.label} {_quote(page, loser.winner)} ({loser.winner.rule})" if loser.winner else ""
        yield f"  {where:<18}{candidate.label:<13}{_quote(page, candidate)}  {candidate.rule}: {loser.reason}{winner}"
    if not rejected:
        yield "  nothing"


def _people_lines(analysis: Analysis) -> Iterator[str]:
    yield from ("", "PEOPLE")
    for person in analysis.facts.people:
        yield from _person_lines(analysis, person, with_mentions=False)
    if not analysis.facts.people:
        yield "  nobody"


def _person_lines(analysis: Analysis, person: Person, *, with_mentions: bool) -> Iterator[str]:
    page = analysis.page
    before = " ".join([*([person.honorific] if person.honorific else []), *person.degrees])
    yield f"  {person.name}{f' ({before})' if before else ''}: named {len(person.mentions)} time{'s' if len(person.mentions) != 1 else ''}"
    yield f"    roles: {', '.join(person.roles) or 'none'}"
    yield from (f"    {_position_line(page, position)}" for position in person.positions)
    if not person.positions:
        yield "    no post found"
    if with_mentions:
        yield from (f"    {line}" for line in _own_mentions(page, person.mentions))
        yield from (f"    lost:{line}" for line in _near_losers(analysis, person))


def _position_line(page: Page, position: Position) -> str:
    body = position.organization or "no body"
    read_from = f"; body read from {_quote(page, position.body)} at {position.body.start}" if position.body else ""
    why = f"; joined by {position.rule}" if position.rule else ""
    return f"post: {_quote(page, position.title)} of {body}, {position.status} (title at {position.title.start}{read_from}{why})"


def _own_mentions(page: Page, mentions: Iterable[Candidate]) -> Iterator[str]:
    for mention in mentions:
        line = page.lines[page.line_index(mention.start)]
        evidence = f"; {', '.join(mention.evidence)}" if mention.evidence else ""
        yield f"at {mention.start}..{mention.end} [{line.zone}] {mention.rule}{evidence}"
        yield f"   {_around(page, mention)}"


def _near_losers(analysis: Analysis, person: Person) -> Iterator[str]:
    losers = [loser for loser in analysis.facts.rejected if any(loser.candidate.overlaps(mention) for mention in person.mentions)]
    yield from list(_rejected_lines(analysis.page, losers))[2:] if losers else ()


def _meeting_lines(record: MinutesRecord) -> Iterator[str]:
    yield from ("", "MEETING")
    if record.meeting is None:
        yield "  no event told of"
        return
    for name, value in record.meeting.model_dump(exclude={"mentions"}).items():
        if value:
            yield f"  {name}: {', '.join(value) if isinstance(value, tuple) else value}"


def _warning_lines(record: MinutesRecord) -> Iterator[str]:
    yield from ("", "WARNINGS")
    yield from (f"  {warning.code}: {warning.message} ({', '.join(warning.mentions) or 'no mention'})" for warning in record.warnings)
    if not record.warnings:
        yield "  none"


def _quote(page: Page, candidate: Candidate) -> str:
    return repr(_short(page.text[candidate.start : candidate.end]))


def _short(text: str) -> str:
    return text if len(text) <= CUT else f"{text[: CUT - 1]}…"


def _around(page: Page, candidate: Candidate) -> str:
    """The mention in its line, with up to `CUT` characters on either side."""
    line = page.lines[page.line_index(candidate.start)]
    start, end = max(line.start, candidate.start - CUT), min(max(line.end, candidate.end), candidate.end + CUT)
    middle = page.text[candidate.start : candidate.end]
    whole = f"{page.text[start : candidate.start]}>{middle}<{page.text[candidate.end : end]}"
    return " ".join(whole.split())
