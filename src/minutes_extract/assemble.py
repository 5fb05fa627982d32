"""Doc -> MinutesRecord: the only place where clean offsets become offsets of the text as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_extract import __version__
from minutes_extract.find.candidate import Candidate
from minutes_extract.link.bodies import Resolution
from minutes_extract.link.confidence import Key, Sum, gather_evidence
from minutes_extract.link.facts import Facts, MeetingFacts, Person
from minutes_extract.parts import version_without
from minutes_extract.pipeline import Reading, reading_of, tokenizer_of
from minutes_extract.reading.source import SourceText
from minutes_extract.records import (
    Count,
    DateFact,
    Directive,
    Meeting,
    Mention,
    MinutesRecord,
    Official,
    Organization,
    Position,
    Source,
    Tool,
    Trademark,
    Warning,
)
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.page import Page

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document read, with everything that led to its record: for `explain` and for the curious."""

    source: SourceText
    page: Page
    facts: Facts
    rulebook: Rulebook
    record: MinutesRecord
    sums: Mapping[Key, Sum]
    """How the confidence of each mention comes about, by `Candidate.key`."""


def load(rules: Path | None = None, *, words: bool = True) -> Language:
    """The spaCy pipeline whose Docs carry their record as `doc._.minutes`; see `pipeline.load` for the options."""
    from spacy.tokens import Doc

    from minutes_extract.pipeline import load as load_pipeline

    if not Doc.has_extension("minutes"):
        Doc.set_extension("minutes", getter=record_of)
    return load_pipeline(rules, words=words)


def extract_record(nlp: Language, source: SourceText) -> MinutesRecord:
    """The record of one document, read by the pipeline `nlp`."""
    return analyse(nlp, source).record


def analyse(nlp: Language, source: SourceText) -> Analysis:
    """The record of one document with its page, facts and losers. Nothing of spaCy stays in it."""
    with nlp.memory_zone():
        doc = tokenizer_of(nlp)(source)
        for _, component in nlp.pipeline:
            doc = component(doc)
        reading = reading_of(doc)
    assembler = _Assembler(reading)
    return Analysis(source, reading.laid_out, reading.facts, reading.rulebook, assembler.record(), assembler.sums)


def record_of(doc: Doc) -> MinutesRecord:
    """The record of a Doc that has passed the pipeline."""
    return _Assembler(reading_of(doc)).record()


class _Assembler:
    """Builds the record of one `Reading`."""

    def __init__(self, reading: Reading) -> None:
        self.source = reading.source
        self.facts = reading.facts
        self.page = reading.laid_out
        self.rulebook = reading.rulebook
        self.without = reading.without
        self.sums = gather_evidence(self.page, self.rulebook, self.facts)
        self.resolution: Resolution | None = reading.resolution
        self.ids = {mention.key: f"m{number}" for number, mention in enumerate(self.facts.mentions, 1)}

    def record(self) -> MinutesRecord:
        source = self.source
        return MinutesRecord(
            doc_id=source.doc_id,
            source=Source(
                path=source.path, media_type=source.media_type, encoding=source.encoding, sha256=source.sha256, chars=len(source.text)
            ),
            tool=Tool(version=version_without(__version__, self.without), ruleset=self.rulebook.hash),
            published=self.facts.published,
            meeting=self._meeting(self.facts.meeting),
            officials=tuple(self._official(number, person) for number, person in enumerate(self.facts.people, 1)),
            organizations=self._organizations(),
            dates=self._dates(),
            trademarks=self._trademarks(),
            directives=self._directives(),
            counts=tuple(
                Count(declared=c.declared, noun=c.noun, listed=c.listed, mentions=self._ids(c.mentions)) for c in self.facts.counts
            ),
            mentions=tuple(self._mention(m) for m in self.facts.mentions),
            warnings=tuple(Warning(code=d.code, message=d.message, mentions=self._ids(d.mentions)) for d in self.facts.doubts),
        )

    def _ids(self, mentions: Iterable[Candidate]) -> tuple[str, ...]:
        found = [self.ids[m.key] for m in mentions if m.key in self.ids]
        return tuple(sorted(dict.fromkeys(found), key=lambda identifier: int(identifier[1:])))

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self.source.offsets.to_source(start, end)

    def _mention(self, mention: Candidate) -> Mention:
        start, end = self._span(mention.start, mention.end)
        return Mention(
            id=self.ids[mention.key],
            label=mention.label,  # type: ignore[arg-type]
            start=start,
            end=end,
            text=self.source.text[start:end],
            value=mention.value,
            zone=self.page.zone_at(mention.start),
            rule=mention.rule,
            confidence=self.sums[mention.key].verdict,
            evidence=self.sums[mention.key].names,
        )

    def _meeting(self, meeting: MeetingFacts | None) -> Meeting | None:
        if meeting is None:
            return None
        return Meeting(
            title=meeting.title,
            kind=meeting.kind,  # type: ignore[arg-type]
            date=meeting.date,
            part_of_day=meeting.part_of_day,  # type: ignore[arg-type]
            time=meeting.time,
            place=meeting.place,
            chairs=meeting.chairs,
            delegation_heads=meeting.delegation_heads,
            secretaries=meeting.secretaries,
            hosts=meeting.hosts,
            mentions=self._ids(meeting.mentions),
        )

    def _official(self, number: int, person: Person) -> Official:
        mentions = self._ids(person.mentions)
        strong = any(self.sums[m.key].verdict == "strong" for m in person.mentions if m.key in self.sums)
        return Official(
            id=f"o{number}",
            name=person.name,
            honorific=person.honorific,
            degrees=person.degrees,
            roles=person.roles,  # type: ignore[arg-type]
            positions=tuple(
                Position(
                    title=self.page.text[p.title.start : p.title.end],
                    organization=p.organization,
                    organization_id=self._body_id(p.body, p.organization),
                    status=p.status,  # type: ignore[arg-type]
                    mentions=self._ids((p.title, p.body) if p.body is not None else (p.title,)),
                )
                for p in person.positions
            ),
            mentions=mentions,
            confidence="strong" if strong else "weak",
        )

    def _body_id(self, body: Candidate | None, name: str | None) -> str | None:
        at = self.resolution.index_of(body) if self.resolution is not None else None
        if at is None and name is not None:
            at = next((k for k, known in enumerate(self.facts.bodies) if known.name == name), None)
        return None if at is None else f"g{at + 1}"

    def _organizations(self) -> tuple[Organization, ...]:
        return tuple(
            Organization(
                id=f"g{number}",
                name=body.name,
                aliases=body.aliases,
                kind=body.kind,
                level=body.level,
                place=body.place,
                parent_id=None if body.parent is None else f"g{body.parent + 1}",
                mentions=self._ids(body.mentions),
            )
            for number, body in enumerate(self.facts.bodies, 1)
        )

    def _dates(self) -> tuple[DateFact, ...]:
        groups: dict[tuple[str | None, str | None, str, str], list[Candidate]] = {}
        for point in self.facts.dates:
            told = "" if point.value else self.page.fold[point.mention.start : point.mention.end]
            groups.setdefault((point.value, point.part_of_day, point.role, told), []).append(point.mention)
        return tuple(
            DateFact(value=value, part_of_day=part, role=role, mentions=self._ids(mentions))  # type: ignore[arg-type]
            for (value, part, role, _), mentions in groups.items()
        )

    def _trademarks(self) -> tuple[Trademark, ...]:
        return tuple(
            Trademark(
                name=mark.name,
                kind=mark.kind,  # type: ignore[arg-type]
                status=mark.status,
                owner=mark.owner,
                product=mark.product,
                number=mark.number,
                mentions=self._ids(mark.mentions),
            )
            for mark in self.facts.marks
        )

    def _directives(self) -> tuple[Directive, ...]:
        found: Sequence[Directive] = [
            Directive(
                issuer=d.issuer,
                assignees=d.assignees,
                co_assignees=d.co_assignees,
                kind=d.kind,  # type: ignore[arg-type]
                action=self.source.text[slice(*self._span(d.start, d.end))],
                due=d.due,
                start=self._span(d.start, d.end)[0],
                end=self._span(d.start, d.end)[1],
            )
            for d in self.facts.directives
        ]
        return tuple(found)
