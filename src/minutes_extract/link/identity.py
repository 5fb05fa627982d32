"""Who is who in one document: mentions of people gathered into persons (handbook 2.7).

Two full names are one person only when their folded keys are equal: a tone or a vowel that differs is another person
(anchors.md B1). A short mention (`ông Tín`, `TS. Lệ Thuỷ`) joins the person whose full name it ends, if the honorifics do not
contradict; of several the one named last before it, and none when nothing tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.facts import Person
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import Page


def gather_people(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> tuple[Person, ...]:
    """The persons of the OFFICIAL `mentions`, in order of first mention, without positions and roles yet."""
    officials = [m for m in mentions if m.label == "OFFICIAL"]
    keys = [_key(page, m) for m in officials]
    full = {key for key in keys if len(key) > 1}
    fullest = {key: key for key in full}
    for key in sorted(full, key=len):
        longer = [other for other in full if len(other) > len(key) and other[-len(key) :] == key and len(key) >= 2]
        if len(longer) == 1:
            fullest[key] = longer[0]
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    genders: dict[tuple[str, ...], str] = {}
    for mention, key in zip(officials, keys, strict=True):
        if len(key) > 1:
            _note_gender(genders, fullest[key], mention)
    for at, (mention, key) in enumerate(zip(officials, keys, strict=True)):
        home = fullest[key] if len(key) > 1 else _home(key, mention, keys[:at], keys, fullest, genders)
        groups.setdefault(home, []).append(mention)
    return tuple(sorted((_person(page, group) for group in groups.values()), key=lambda p: p.mentions[0].start))


def _key(page: Page, mention: Candidate) -> tuple[str, ...]:
    return tuple(fold_key(page.text[mention.start : mention.end]).split())


def _note_gender(genders: dict[tuple[str, ...], str], key: tuple[str, ...], mention: Candidate) -> None:
    gender = mention.attrs.get("gender")
    if gender and key not in genders:
        genders[key] = gender


def _home(
    key: tuple[str, ...],
    mention: Candidate,
    before: Sequence[tuple[str, ...]],
    everywhere: Sequence[tuple[str, ...]],
    fullest: dict[tuple[str, ...], tuple[str, ...]],
    genders: dict[tuple[str, ...], str],
) -> tuple[str, ...]:
    """The full name a given name belongs to, or itself where none fits."""
    gender = mention.attrs.get("gender")

    def fits(full: tuple[str, ...]) -> bool:
        known = genders.get(full)
        return len(full) > 1 and full[-1:] == key and (gender is None or known is None or known == gender)

    for pool in (reversed(before), everywhere):
        for other in pool:
            if len(other) > 1 and fits(fullest[other]):
                return fullest[other]
    return key


def _person(page: Page, group: Sequence[Candidate]) -> Person:
    """One person: the fullest spelling, mixed case before capitals; the first civil honorific before `Đồng chí`."""
    names = [" ".join(page.text[m.start : m.end].split()) for m in group]
    longest = max(len(name.split()) for name in names)
    best = next((n for n in names if len(n.split()) == longest and not n.isupper()), None) or next(
        n for n in names if len(n.split()) == longest
    )
    honorifics = [(m.attrs.get("kind"), m.attrs.get("gender"), m.attrs["honorific"]) for m in group if m.attrs.get("honorific")]
    civil = next((word for _, gender, word in honorifics if gender), None)
    degrees = tuple(dict.fromkeys(degree for m in group for degree in m.attrs.get("degrees", ())))
    return Person(best, tuple(group), civil or next((word for *_, word in honorifics), None), degrees)
