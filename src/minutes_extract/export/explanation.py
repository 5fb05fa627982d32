"""Why a document was read as it was: every mention with its rule and the sum of its evidence, what lost to what, who holds which post.

Plain lines of text. Offsets are half-open code points into the text as read where they stand before a mention of the record,
and into the clean text (NFC, LF) everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from minutes_extract.errors import UsageError

if TYPE_CHECKING:
    from minutes_extract.assemble import Analysis
    from minutes_extract.find.candidate import Candidate, Rejected
    from minutes_extract.find.date_values import DateParts
    from minutes_extract.link.confidence import Sum
    from minutes_extract.link.facts import Body, DatePoint, Facts, Person, Position
    from minutes_extract.records import Mention, MinutesRecord
    from minutes_extract.rulebook.book import Rulebook
    from minutes_extract.text.page import Page

CUT = 60
"""Characters of a mention shown before it is cut."""
STEPS = 4
"""Characters of a bar for a weight of 1."""


def explanation(analysis: Analysis, *, person: str | None = None, brief: bool = False) -> list[str]:
    """The lines of the explanation; with `person`, only what concerns the people whose name holds that text.

    `brief`: one line a mention, without the sum of its evidence.

    Raises:
        UsageError: nobody of that name is in the document; names those who are.
    """
    if person is not None:
        return [line for someone in _chosen(analysis.facts, person) for line in _person_lines(analysis, someone, with_mentions=True)]
    return [
        *_title(analysis.record),
        *_mention_lines(analysis, brief=brief),
        *_rejected_lines(analysis.page, analysis.facts.rejected),
        *_people_lines(analysis),
        *_body_lines(analysis),
        *_date_lines(analysis),
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


# mentions and their sums


def _mention_lines(analysis: Analysis, *, brief: bool) -> Iterator[str]:
    record = analysis.record
    yield from ("", "MENTIONS (start..end, label, text, zone, rule; the sum of the evidence)")
    for mention, candidate in zip(record.mentions, analysis.facts.mentions, strict=True):
        yield _mention_line(mention)
        if not brief:
            yield from (f"       {line}" for line in waterfall(analysis.sums[candidate.key], analysis.rulebook))
    if not record.mentions:
        yield "  none"


def _mention_line(mention: Mention) -> str:
    value = f" = {mention.value}" if mention.value is not None else ""
    where = f"{mention.start}..{mention.end}"
    read = f"{_short(' '.join(mention.text.split()))!r}{value}  [{mention.zone}] {mention.rule}, {mention.confidence}"
    return f"  {mention.id:<5}{where:<13}{mention.label:<13}{read}"


def waterfall(total: Sum, rulebook: Rulebook) -> list[str]:
    """The sum of a mention, step by step: name, weight, a bar from the sum so far to the new one, what it means.

    base                           +0.00
    person.addressed               +1.00  ++++     an honorific, degree or rank opens the name
    person.full_name               +0.50      ++   the name has two syllables or more
    sum                             1.50  ======   1.00 or more is strong
    """
    steps = [("base", total.base), *total.weights]
    sums = list(accumulate(weight for _, weight in steps))
    lowest = min(0.0, *sums)
    width = round((max(0.0, *sums) - lowest) * STEPS) + 2
    meanings = rulebook.compiled(_meanings)
    lines = []
    for (name, weight), after in zip(steps, sums, strict=True):
        bar = _bar(min(after, after - weight) - lowest, abs(weight), "+" if weight >= 0 else "-")
        known = meanings.get(name, "" if name == "base" else "has no weight in weights.yaml")
        lines.append(f"{name:<29}{weight:>+7.2f}  {bar:<{width}}{known}".rstrip())
    bar = _bar(min(0.0, total.total) - lowest, abs(total.total), "=")
    verdict = f"{total.threshold:.2f} or more is strong" if total.verdict == "strong" else f"less than {total.threshold:.2f} is weak"
    return [*lines, f"{'sum':<29}{total.total:>7.2f}  {bar:<{width}}{verdict}"]


def _bar(start: float, length: float, sign: str) -> str:
    return " " * round(start * STEPS) + sign * round(length * STEPS)


def _meanings(rulebook: Rulebook) -> dict[str, str]:
    return {entry.id: entry.meaning for entry in rulebook["weights"].entries}


def _rejected_lines(page: Page, rejected: Sequence[Rejected]) -> Iterator[str]:
    yield from ("", "LOST (what another reading won over, and why)")
    for loser in sorted(rejected, key=lambda one: one.candidate.key):
        yield f"  {loser_line(page, loser)}"
    if not rejected:
        yield "  nothing"


def loser_line(page: Page, loser: Rejected) -> str:
    """A rejected candidate: where, what, by which rule, why, and what won."""
    candidate = loser.candidate
    where = f"{candidate.start}..{candidate.end}"
    winner = f"; won: {loser.winner.label} {_quote(page, loser.winner)} ({loser.winner.rule})" if loser.winner else ""
    return f"{where:<18}{candidate.label:<13}{_quote(page, candidate)}  {candidate.rule}: {loser.reason}{winner}"


# people

_JOINED = {
    "position.before_name": "the post stands right before the name",
    "position.behind_name": "the post stands behind the name, only separators between",
    "position.list_head": "the post heads the list that the name stands in",
    "position.signature": "the post stands above the name in the signature block",
    "position.recipient": "the post touches the name in the list of recipients",
}
"""Rule of `link.positions` -> what it saw."""


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
        yield from (f"    {line}" for line in _own_mentions(analysis, person.mentions))
        yield from (f"    lost: {line}" for line in _near_losers(analysis, person))


def _position_line(page: Page, position: Position) -> str:
    body = position.organization or "no body"
    read_from = f"; body read from {_quote(page, position.body)} at {position.body.start}" if position.body else ""
    saw = f" ({_JOINED[position.rule]})" if position.rule in _JOINED else ""
    why = f"; joined by {position.rule}{saw}" if position.rule else ""
    return f"post: {_quote(page, position.title)} of {body}, {position.status} (title at {position.title.start}{read_from}{why})"


def _own_mentions(analysis: Analysis, mentions: Iterable[Candidate]) -> Iterator[str]:
    page = analysis.page
    for mention in mentions:
        yield f"at {mention.start}..{mention.end} [{page.zone_at(mention.start)}] {mention.rule}"
        yield f"   {around(page, mention.start, mention.end)}"
        if mention.key in analysis.sums:
            yield from (f"     {line}" for line in waterfall(analysis.sums[mention.key], analysis.rulebook))


def _near_losers(analysis: Analysis, person: Person) -> Iterator[str]:
    for loser in analysis.facts.rejected:
        if any(loser.candidate.overlaps(mention) for mention in person.mentions):
            yield loser_line(analysis.page, loser)


# bodies and dates


def _body_lines(analysis: Analysis) -> Iterator[str]:
    yield from ("", "ORGANIZATIONS (name, how the name was found)")
    for number, body in enumerate(analysis.facts.bodies, 1):
        yield f"  g{number:<4}{body.name}: {_how_named(analysis.page, body)}"
        told = [f"{name} {value}" for name in ("kind", "level", "place") if (value := getattr(body, name))]
        told += [f"part of g{body.parent + 1}"] if body.parent is not None else []
        told += [f"also written {', '.join(body.aliases)}"] if body.aliases else []
        if told:
            yield f"       {'; '.join(told)}"
    if not analysis.facts.bodies:
        yield "  none"


def _how_named(page: Page, body: Body) -> str:
    """From which mention the name of a body comes, and what was added to it."""
    from minutes_extract.text.fold import fold_key

    times = f"named {len(body.mentions)} time{'s' if len(body.mentions) != 1 else ''}"
    if not body.mentions:
        return "named by no mention of its own"
    texts = [fold_key(page.text[mention.start : mention.end]) for mention in body.mentions]
    name = fold_key(body.name)
    if name in texts:
        return f"{times}; written so at {body.mentions[texts.index(name)].start}"
    at = max(range(len(texts)), key=lambda k: (name.startswith(texts[k]), len(texts[k])))
    mention = body.mentions[at]
    start = f"{times}; from {_quote(page, mention)} at {mention.start}"
    if name.startswith(texts[at]):
        return f"{start}, with {body.name[len(texts[at]) :].strip()!r} from the rest of the document"
    return f"{start}, abbreviations spelt out and the area added where the document tells it"


def _date_lines(analysis: Analysis) -> Iterator[str]:
    yield from ("", "DATES (value, role, how the value was found)")
    for point in analysis.facts.dates:
        where = f"{point.mention.start}..{point.mention.end}"
        yield f"  {where:<13}{_quote(analysis.page, point.mention)} = {point.value or 'no value'}, {point.role}: {_how_dated(point)}"
    if not analysis.facts.dates:
        yield "  none"


def _how_dated(point: DatePoint) -> str:
    parts: DateParts | None = point.mention.attrs.get("parts")
    if parts is None:
        return f"read by {point.mention.rule}"
    if point.value is None:
        told = not parts.lacks_year and not parts.deictic
        return "the parts make no calendar value" if told else "the document does not tell the year or day meant"
    if parts.year_text is not None:
        return f"the year is written {parts.year_text}; the plausible reading nearest to the other dates was taken"
    if parts.deictic is not None:
        return f"{parts.deictic.replace('_', ' ')}, counted from the day the document tells of"
    if not parts.lacks_year:
        return "all of it is written there"
    if point.value.startswith("XXXX"):
        return "the year is told nowhere in the document"
    return "the year is not written there; lent by the dates beside it, the meeting, the publication, or the year named most"


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
    return repr(_short(" ".join(page.text[candidate.start : candidate.end].split())))


def _short(text: str) -> str:
    return text if len(text) <= CUT else f"{text[: CUT - 1]}…"


def around(page: Page, start: int, end: int) -> str:
    """The characters `start`..`end` of the clean text, marked in their line, with up to `CUT` characters on either side."""
    line = page.lines[page.line_index(start)]
    first, last = max(line.start, start - CUT), min(max(line.end, end), end + CUT)
    return " ".join(f"{page.text[first:start]}>{page.text[start:end]}<{page.text[end:last]}".split())
