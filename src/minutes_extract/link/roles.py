"""Who did what at the meeting: the roles of each person, read from the cues around the mentions (handbook 2.6 and 7.1).

Three readings are laid over each other: labels (`Chủ trì: ông A`, `Vắng mặt: bà B`), frames (`do bà A làm trưởng đoàn`,
`Phát biểu tại hội nghị, ông B`) and, where the person is known to be there, the side of the table (host or guest).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.facts import Person
from minutes_extract.link.meeting_kind import Event, read_event
from minutes_extract.link.role_cues import Cue, Cues, build_cues
from minutes_extract.link.role_scene import PERSON, Scene
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import Page

ROLES = ("chair", "delegation_head", "secretary", "attendee", "speaker", "host", "editor", "mentioned")
"""The order in which a person's roles are given."""

_GUEST_KINDS = frozenset({"visit", "working_session", "inspection"})
_COMMA = re.compile(r"[,;]")
_JOINED, _LISTED = 70, 90
"""Scene characters between two people that a word joins, or a comma lists."""
_ITEM_HEAD = 12
"""Scene characters within which an item of a list without marks names its person (`đồng chí @`)."""
_LIST_ITEM = re.compile(r"[ ]*(?:[-+*•–]|\d{1,2}[./)]|[a-zđ][./)])")


@dataclass
class Hearing:
    """What has been read of the roles so far: by person (index), and what is settled only at the end."""

    roles: dict[int, set[str]] = field(default_factory=dict)
    order: dict[str, dict[int, None]] = field(default_factory=dict)
    nameless_conclusion: bool = False

    def note(self, person: int, role: str) -> None:
        """Write down that `person` has `role`."""
        self.roles.setdefault(person, set()).add(role)
        self.order.setdefault(role, {})[person] = None

    def who(self, role: str) -> tuple[int, ...]:
        """The persons with `role`, in the order in which they were found."""
        return tuple(self.order.get(role, ()))

    def has(self, person: int, role: str) -> bool:
        """True where `person` has been given `role`."""
        return role in self.roles.get(person, ())


def assign_roles(
    page: Page, rulebook: Rulebook, people: Sequence[Person], mentions: Sequence[Candidate], *, event: Event | None = None
) -> tuple[Person, ...]:
    """`people` with their `roles`, in the order of `ROLES`; `mentioned` only where nothing else holds.

    `mentions`: all mentions of the document; the people's own are among them, posts and bodies help to see who belongs to a verb.
    `event`: what `read_event` has read, where the caller has it. A chair of another event (`trong khuôn khổ hội nghị do Thủ tướng A
    chủ trì`), an absent person, and one who only signs are `mentioned`.
    """
    if not people:
        return ()
    cues = rulebook.compiled(build_cues)
    event = event or read_event(page, rulebook, mentions)
    whose = {(m.start, m.end): i for i, person in enumerate(people) for m in person.mentions}
    owners = [whose.get((m.start, m.end), -1) for m in event.scene.people]
    most = int(rulebook["meetings"].settings["list_most"])
    heard = Hearing()
    for person, role in _from_labels(event.scene, owners, cues, event.genre):
        heard.note(person, role)
    for person, role in _from_frames(event.scene, owners, cues, event.genre, heard, most):
        heard.note(person, role)
    _settle_editors(page, heard, people, rulebook)
    _settle_heads(heard, event.kind)
    _settle_chairs(heard, event.kind)
    _settle_hosts(heard, people, event, _visited_names(page, event.scene, cues))
    _settle_secretaries(page, heard, people, rulebook, event.genre)
    return tuple(replace(person, roles=_final(heard.roles.get(i, set()), event.genre)) for i, person in enumerate(people))


def people_of_cue(scene: Scene, cue: Cue, cues: Cues) -> frozenset[int] | None:
    """The persons (indices into `scene.people`) to whom `cue` alone, a label or a frame, gives its role; None where it is not met.

    The genre of the document is not asked. A cue that is about no person (`visited`, a label that only ends a list) gives nobody.

        frame speech.quote, `Ông @: “Chúng tôi đã làm xong”.` -> {0}
    """
    if cue.entry.family == "label":
        read = [signs for other, signs in _labels_read(scene, cues, None) if other.entry.id == cue.entry.id]
        told: list[Iterable[int]] = [() if cue.entry.role in ("none", "visited") else signs for signs in read]
    else:
        hits = [match for match in cue.pattern.finditer(scene.text) if not _vetoed(cue, scene, match)]
        told = [_sharers(cue, scene, match, cues.joins, len(scene.people)) for match in hits]
        if cue.entry.role in ("visited", "chair_label"):
            told = [() for _ in hits]
    return frozenset(sign for signs in told for sign in signs) if told else None


def _from_labels(scene: Scene, owners: Sequence[int], cues: Cues, genre: str) -> Iterator[tuple[int, str]]:
    """Roles under a label: on its line, and on the list items below where the label ends its line or heads a list."""
    for cue, signs in _labels_read(scene, cues, genre):
        role = cue.entry.role or "none"
        if role in ("none", "visited"):
            continue
        for sign in signs:
            if owners[sign] >= 0:
                yield owners[sign], role


def _labels_read(scene: Scene, cues: Cues, genre: str | None) -> Iterator[tuple[Cue, range]]:
    """The labels that hold in documents of `genre` (None: all), in order of the text, each with the people under it."""
    labels = cues.of("label")
    allowed = {cue.entry.id for cue in cues.of("label", genre)}
    found: list[tuple[int, int, Cue]] = []
    for match in cues.labels.finditer(scene.text):
        cue = next(labels[i] for i in range(len(labels)) if match[f"g{i}"] is not None)
        if cue.entry.id in allowed:
            found.append((match.start(), match.end(), cue))
    for i, (_, end, cue) in enumerate(found):
        limit = found[i + 1][0] if i + 1 < len(found) else len(scene.text)
        reach = _label_reach(scene, end, limit, is_list=cue.entry.role == "attendee")
        yield cue, scene.persons_in(end, reach)


def _label_reach(scene: Scene, end: int, limit: int, *, is_list: bool) -> int:
    """Where the people under the label that ends at `end` stop."""
    _, line_end = scene.line(end)
    stop = min(line_end, limit)
    if scene.persons_in(end, stop) and not is_list:
        return stop
    while stop == line_end < limit:
        start, line_end = scene.line(line_end + 1)
        if start >= len(scene.text) or (not is_list and not _LIST_ITEM.match(scene.text, start)) or not scene.persons_in(start, line_end):
            break
        stop = min(line_end, limit)
    return stop


def _from_frames(scene: Scene, owners: Sequence[int], cues: Cues, genre: str, heard: Hearing, most: int) -> Iterator[tuple[int, str]]:
    """Roles from sentences: each cue that is met and not vetoed, for everybody who shares it."""
    for cue in cues.of("frame", genre):
        if cue.entry.role == "visited":
            continue
        for match in cue.pattern.finditer(scene.text):
            if _vetoed(cue, scene, match):
                continue
            if cue.entry.role == "chair_label":
                heard.nameless_conclusion = True
                continue
            for sign in _sharers(cue, scene, match, cues.joins, most):
                if owners[sign] >= 0:
                    yield owners[sign], cue.entry.role or "mentioned"


def _vetoed(cue: Cue, scene: Scene, match: re.Match[str]) -> bool:
    start, end = scene.sentence(match.start())
    if cue.before is not None and cue.before.search(scene.text, max(start, match.start() - 60), match.start()):
        return True
    if cue.inside is not None and cue.inside.search(match[0]):
        return True
    return cue.sentence is not None and cue.sentence.search(scene.text, start, end) is not None


def _sharers(cue: Cue, scene: Scene, match: re.Match[str], joins: re.Pattern[str], most: int) -> Iterable[int]:
    """The persons (indices into `scene.people`) that the cue is about, `most` at the most: a hostile list must not cost its square."""
    first = match[0].rfind(PERSON) if cue.entry.chain == "forward" else match[0].find(PERSON)
    if first < 0:
        return ()
    at = match.start() + first
    here = scene.persons_in(at, at + 1)
    start, end = scene.sentence(at)
    if cue.entry.chain == "back":
        return scene.persons_in(start, at + 1)[-most:]
    if cue.entry.chain == "forward":
        return scene.persons_in(at, _items_end(scene, end, most, items="\n" in match[0]))[:most]
    if cue.entry.chain == "linked":
        return range(_linked_from(scene, joins, here.start, start, most), here.stop)[-most:]
    return here


def _items_end(scene: Scene, end: int, most: int, *, items: bool) -> int:
    """The end of the list whose first item ends at `end`: lines below belong to it as `items` do, or after a comma or semicolon."""
    for _ in range(most):
        if end + 1 >= len(scene.text) or scene.text[end] != "\n":
            break
        start, line_end = scene.line(end + 1)
        is_item = items and (_LIST_ITEM.match(scene.text, start) or PERSON in scene.text[start : start + _ITEM_HEAD])
        if not (is_item or scene.text[end - 1] in ";,") or not scene.persons_in(start, line_end):
            break
        end = scene.sentence(start)[1]
    return end


def _linked_from(scene: Scene, joins: re.Pattern[str], sign: int, start: int, most: int) -> int:
    """Index of the first person of the coordination that ends with `sign`, within the sentence that begins at `start`."""
    joined = False
    first = max(sign - most, 0)
    while sign > first and scene.signs[sign - 1] >= start:
        between = scene.text[scene.signs[sign - 1] + 1 : scene.signs[sign]]
        if joins.search(between) and len(between) < _JOINED:
            joined = True
        elif not (joined or ";" in between) or not _COMMA.search(between) or len(between) > _LISTED:
            break
        sign -= 1
    return sign


def _settle_editors(page: Page, heard: Hearing, people: Sequence[Person], rulebook: Rulebook) -> None:
    """Who is named only in the page's footer answers for the page."""
    zones = rulebook.words("meetings", "editor_zones")
    for i, person in enumerate(people):
        if person.mentions and all(page.zone_at(mention.start) in zones for mention in person.mentions):
            heard.note(i, "editor")


def _settle_heads(heard: Hearing, kind: str | None) -> None:
    """The senior guest of a visit heads the delegation where nobody is said to; the others who came with them attended."""
    visitors = heard.who("visitor")
    if kind in _GUEST_KINDS and visitors and "delegation_head" not in heard.order:
        senior = next((p for p in visitors if not heard.has(p, "host") and not heard.has(p, "chair")), None)
        if senior is not None:
            heard.note(senior, "delegation_head")
    if kind in _GUEST_KINDS:
        for person in visitors:
            if not heard.has(person, "delegation_head"):
                heard.note(person, "attendee")


def _settle_chairs(heard: Hearing, kind: str | None) -> None:
    """Who concludes the meeting is its chair where nobody is said to chair it; who speaks the conclusion speaks."""
    conclusions = heard.who("conclusion")
    if "chair" not in heard.order and kind is not None:
        for person in conclusions:
            if not heard.has(person, "delegation_head"):
                heard.note(person, "chair")
    for speaker in conclusions:
        heard.note(speaker, "speaker")
    chairs = heard.who("chair")
    if heard.nameless_conclusion and len(chairs) == 1:
        heard.note(chairs[0], "speaker")


def _visited_names(page: Page, scene: Scene, cues: Cues) -> frozenset[str]:
    """Folded names of the bodies that were visited (`thăm và làm việc với Sở A`)."""
    at = dict(scene.bodies)
    found = [at[match.end() - 1] for cue in cues.of("frame") if cue.entry.role == "visited" for match in cue.pattern.finditer(scene.text)]
    return frozenset(fold_key(page.text[body.start : body.end]) for body in found)


def _settle_hosts(heard: Hearing, people: Sequence[Person], event: Event, visited: frozenset[str]) -> None:
    """Who belongs to the body that was visited is a host; in minutes of two sides, who chairs is host to the delegation."""
    if event.kind not in _GUEST_KINDS:
        return
    if event.genre == "minutes":
        for chair in heard.who("chair") if "delegation_head" in heard.order else ():
            heard.note(chair, "host")
        return
    for i, person in enumerate(people):
        bodies = {fold_key(position.organization) for position in person.positions if position.organization and position.status != "former"}
        if bodies & visited and not heard.has(i, "delegation_head") and (heard.has(i, "attendee") or heard.has(i, "speaker")):
            heard.note(i, "host")


def _settle_secretaries(page: Page, heard: Hearing, people: Sequence[Person], rulebook: Rulebook, genre: str) -> None:
    """In minutes without a secretary by label, the holder of a council's post of secretary is it, and attends as a member."""
    if genre != "minutes" or "secretary" in heard.order:
        return
    posts = {fold_key(word) for word in rulebook.words("meetings", "secretary_posts")}
    for i, person in enumerate(people):
        if any(fold_key(page.text[position.title.start : position.title.end]) in posts for position in person.positions):
            heard.note(i, "secretary")
            heard.note(i, "member")


def _final(roles: set[str], genre: str) -> tuple[str, ...]:
    """The roles to report. Leading a meeting implies being there; in minutes, so does speaking; the absent did neither."""
    if "absent" in roles:
        return ("mentioned",)
    if "editor" in roles:
        return ("editor",)
    kept = set(roles)
    if genre == "minutes" and "speaker" in kept:
        kept.add("attendee")
    if kept & {"chair", "delegation_head"} or ("secretary" in kept and "member" not in kept):
        kept.discard("attendee")
    return tuple(role for role in ROLES if role in kept) or ("mentioned",)
