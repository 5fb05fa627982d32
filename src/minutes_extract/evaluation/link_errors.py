"""Errors of what a record says of people: posts and roles given to the wrong one, one person told as two, two told as one.

Names, posts and bodies are compared by `evaluation.keys.key`, as in the scores. Gold tells people and posts without offsets: they are
looked up among its mentions, for the place of the card only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minutes_extract.evaluation.error_classes import ErrorCard, Told
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.keys import key
from minutes_extract.evaluation.matching import Span
from minutes_extract.records import Mention, MinutesRecord


class _Link(NamedTuple):
    """A post of a person as one side tells it, with its comparison keys."""

    keys: tuple[str, str, str]
    told: Told


def wrong_links(gold: GoldDocument, record: MinutesRecord) -> Iterator[ErrorCard]:
    """The person-title-organization triples, then the roles at the meeting, that only one side has.

    Two that share the person are one card (another body or another post), two that share post and body as well (another person).
    """
    wanted, given = _gold_links(gold), _record_links(record)
    missing = [link for keys, link in sorted(wanted.items()) if keys not in given]
    extra = [link for keys, link in sorted(given.items()) if keys not in wanted]
    for alike, note in (((0, 1), "another body"), ((1, 2), "another person"), ((0, 2), "another post"), ((0,), "another post and body")):
        for mine, yours in _matched(missing, extra, alike):
            yield ErrorCard(gold.doc_id, "wrong_link", (mine.told,), (yours.told,), note)
    known = {key(official.name) for official in record.officials}
    for link in missing:
        note = "the post is not in the record" if link.keys[0] in known else "the person is not in the record"
        yield ErrorCard(gold.doc_id, "wrong_link", (link.told,), note=note)
    for link in extra:
        yield ErrorCard(gold.doc_id, "wrong_link", (), (link.told,), "gold does not have this post")
    yield from _wrong_roles(gold, record)


def _matched(missing: list[_Link], extra: list[_Link], alike: Sequence[int]) -> Iterator[tuple[_Link, _Link]]:
    """Pairs with the same keys at the places `alike`; both are taken out of the lists."""
    for link in list(missing):
        same = [other for other in extra if all(link.keys[at] == other.keys[at] for at in alike)]
        if same:
            missing.remove(link)
            extra.remove(same[0])
            yield link, same[0]


def _told_link(name: str, title: str, organization: str | None, spans: tuple[Span, ...], rule: str | None = None) -> Told:
    return Told("OFFICIAL", f"{name} · {title} · {organization or 'no body'}", spans, rule=rule)


def _gold_links(gold: GoldDocument) -> dict[tuple[str, str, str], _Link]:
    links: dict[tuple[str, str, str], _Link] = {}
    for official in gold.officials:
        for position in official.positions:
            if position.title:
                keys = (key(official.name), key(position.title), key(position.organization))
                told = _told_link(official.name, position.title, position.organization, _places(gold, official.name, position.title))
                links.setdefault(keys, _Link(keys, told))
    return links


def _places(gold: GoldDocument, name: str, title: str) -> tuple[Span, ...]:
    """The mentions of a person and of a post that stand nearest to each other; those of one side alone where the other has none."""
    people, posts = _mentions(gold, "OFFICIAL", name), _mentions(gold, "TITLE", title)
    if people and posts:
        return min(((a, b) for a in people for b in posts), key=lambda two: (max(two).start - min(two).end, two))
    return (people or posts)[:1]


def _mentions(gold: GoldDocument, label: str, text: str) -> tuple[Span, ...]:
    return tuple(Span(m.start, m.end, m.label) for m in gold.mentions if m.label == label and key(m.text) == key(text))


def _record_links(record: MinutesRecord) -> dict[tuple[str, str, str], _Link]:
    mentions = {mention.id: mention for mention in record.mentions}
    links: dict[tuple[str, str, str], _Link] = {}
    for official in record.officials:
        for position in official.positions:
            if not position.title:
                continue
            keys = (key(official.name), key(position.title), key(position.organization))
            found = [mentions[identifier] for identifier in position.mentions if identifier in mentions]
            title = next((mention for mention in found if mention.label == "TITLE"), None)
            spans = tuple(_span(mention) for mention in [*_nearest(mentions, official.mentions, title), *found])
            told = _told_link(official.name, position.title, position.organization, spans, title.rule if title else None)
            links.setdefault(keys, _Link(keys, told))
    return links


def _nearest(mentions: Mapping[str, Mention], identifiers: Iterable[str], title: Mention | None) -> list[Mention]:
    """The one mention of a person that stands nearest to a post."""
    people = [mentions[identifier] for identifier in identifiers if identifier in mentions]
    if title is None:
        return people[:1]
    return sorted(people, key=lambda person: (max(person.start - title.end, title.start - person.end), person.start))[:1]


def _span(mention: Mention) -> Span:
    return Span(mention.start, mention.end, mention.label)


# roles at the meeting


def _wrong_roles(gold: GoldDocument, record: MinutesRecord) -> Iterator[ErrorCard]:
    for field, role in (("chairs", "chair"), ("delegation_heads", "delegation head")):
        wanted, given = ({key(name): name for name in getattr(side.meeting, field, ())} for side in (gold, record))
        for missing in sorted(wanted.keys() - given.keys()):
            told = Told("OFFICIAL", wanted[missing], _mentions(gold, "OFFICIAL", wanted[missing])[:1], remark=role)
            yield ErrorCard(gold.doc_id, "wrong_link", (told,), note=f"not told as {role}")
        for extra in sorted(given.keys() - wanted.keys()):
            spans = tuple(_span(m) for m in record.mentions if m.label == "OFFICIAL" and key(m.text) == extra)[:1]
            told = Told("OFFICIAL", given[extra], spans, remark=role)
            yield ErrorCard(gold.doc_id, "wrong_link", (), (told,), note=f"told as {role}; gold does not")


# one person or two


def duplicate_persons(gold: GoldDocument, record: MinutesRecord) -> Iterator[ErrorCard]:
    """People of gold whose mentions the record gives to several people, and people of the record with mentions of several of gold.

    A gold mention is that of the one person whose name it is, or ends (`ông Hiệp` for `Trần Hoàng Hiệp`); one that fits several
    is not asked.
    """
    owner = {identifier: official.id for official in record.officials for identifier in official.mentions}
    predicted = [(_span(m), owner[m.id]) for m in record.mentions if m.label == "OFFICIAL" and m.id in owner]
    shared: dict[tuple[str, str], tuple[Span, Span]] = {}  # a person of gold, one of the record -> their first mentions in one place
    for span, name in _named_mentions(gold):
        for other, identifier in predicted:
            if span.overlaps(other.start, other.end):
                shared.setdefault((name, identifier), (span, other))
    ours = {official.id: official.name for official in record.officials}
    theirs = {key(official.name): official.name for official in gold.officials}
    for name in dict.fromkeys(name for name, _ in shared):
        mine = {identifier: spans for (known, identifier), spans in shared.items() if known == name}
        if len(mine) > 1:
            told = tuple(Told("OFFICIAL", ours[identifier], (spans[1],), remark=identifier) for identifier, spans in sorted(mine.items()))
            whole = Told("OFFICIAL", theirs[name], tuple(spans[0] for spans in mine.values()))
            yield ErrorCard(gold.doc_id, "duplicate_person", (whole,), told, note="one person told as several")
    for identifier in dict.fromkeys(identifier for _, identifier in shared):
        yours = {name: spans for (name, known), spans in shared.items() if known == identifier}
        if len(yours) > 1:
            told = tuple(Told("OFFICIAL", theirs[name], (spans[0],)) for name, spans in sorted(yours.items()))
            whole = Told("OFFICIAL", ours[identifier], tuple(spans[1] for spans in yours.values()), remark=identifier)
            yield ErrorCard(gold.doc_id, "duplicate_person", told, (whole,), note="several people told as one")


def _named_mentions(gold: GoldDocument) -> Iterator[tuple[Span, str]]:
    """The mentions of people in gold with the key of the one person they name."""
    names = sorted({key(official.name) for official in gold.officials})
    for mention in gold.mentions:
        if mention.label == "OFFICIAL":
            short = key(mention.text)
            whose = [name for name in names if name == short] or [name for name in names if f" {name}".endswith(f" {short}")]
            if len(whose) == 1:
                yield Span(mention.start, mention.end, mention.label), whose[0]
