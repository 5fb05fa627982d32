"""Which person holds which post, mention by mention: what the readers of positions hand on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.post_scene import PostScene


@dataclass(frozen=True, slots=True)
class Held:
    """One post at one mention of a person: `person` and `title` are mentions; `body` is the mention right behind the post, if any.

    `hint` is a field in brackets behind a name in a list under one head (`các Phó Giám đốc Sở: A (Công Thương)`).
    """

    person: Candidate
    title: Candidate
    body: Candidate | None
    status: str
    rule: str
    hint: str | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Where the person and the post stand: in a list under one head several people share one post."""
        return (self.person.start, self.title.start)


class HeldPosts:
    """The posts given to people so far on one page; it grows with each `hold`, stronger evidence first."""

    def __init__(self, scene: PostScene) -> None:
        self.scene = scene
        self.all: list[Held] = []
        self._claimed: set[int] = set()
        self._of: dict[int, list[Held]] = {}

    def is_claimed(self, title: Candidate) -> bool:
        """Has a person got this mention of a post already?"""
        return title.attrs["first"] in self._claimed

    def with_post(self) -> frozenset[tuple[int, int]]:
        """Clean offsets of the mentions of people that hold a post."""
        return frozenset((held.person.start, held.person.end) for held in self.all)

    def of(self, person: Candidate) -> list[Held]:
        """The posts of one mention of a person so far."""
        return self._of.get(person.start, [])

    def hold(self, person: Candidate, title: Candidate, rule: str, hint: str | None = None, *, status: str | None = None) -> Held:
        """`person` holds `title`, with its body and, where no other `status` is given, its own, as `rule` reads."""
        held = Held(person, title, self.scene.body_of(title), status or self.scene.status_of(title), rule, hint)
        self._claimed.add(title.attrs["first"])
        self.all.append(held)
        self._of.setdefault(person.start, []).append(held)
        return held

    def share(self, held: Held, person: Candidate, rule: str, hint: str | None) -> Held:
        """`person` holds the post of `held` too."""
        shared = replace(held, person=person, rule=rule, hint=hint)
        self.all.append(shared)
        self._of.setdefault(person.start, []).append(shared)
        return shared
