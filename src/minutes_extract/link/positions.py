"""Which posts a person holds, of which body: posts before a name, behind it, in a list under one head, and above a signature.

Each place of a post has a module: `posts_behind`, `posts_before`, `posts_listed`, `posts_signed`; what they give is a list of `Held`.
Handbook 2.3, 2.5: P01-P24, R-PER-08, R-PER-09, R-TIT-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from minutes_extract.find.candidate import Candidate, Rejected
from minutes_extract.link.facts import Person, Position
from minutes_extract.link.held import Held, HeldPosts
from minutes_extract.link.post_scene import post_scene
from minutes_extract.link.posts_before import hold_before
from minutes_extract.link.posts_behind import hold_behind
from minutes_extract.link.posts_listed import hold_listed
from minutes_extract.link.posts_signed import hold_signed
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key
from minutes_extract.text.page import Page

__all__ = ["Held", "assign_positions", "drop_lonely_titles", "find_positions"]


def find_positions(page: Page, rulebook: Rulebook, mentions: Sequence[Candidate]) -> list[Held]:
    """The posts that stand beside names, by the place of the name and then of the post, in clean offsets.

    `[Phó Bí thư] [Tỉnh ủy], [Chủ tịch] [UBND tỉnh] [A]` gives two for A. `mentions` are the settled candidates of all labels.
    A post goes to the name before it rather than to the one behind it. Rules: `posts.yaml`; handbook 2.3, 2.5.
    """
    scene = post_scene(page, rulebook, mentions)
    held = HeldPosts(scene)
    for person in scene.people:
        hold_behind(held, person)
    for person in scene.people:
        hold_before(held, person)
    hold_listed(held)
    hold_signed(held)
    return sorted(held.all, key=lambda h: h.key)


def drop_lonely_titles(page: Page, mentions: Sequence[Candidate], held: Iterable[Held]) -> tuple[list[Candidate], list[Rejected]]:
    """The mentions without the posts that need a holder's name or a body beside them and have none, and these posts with the reason.

    `chuyên viên Lê Văn Tám` is a post, `các chuyên viên` none; `TP Kinh tế` is one, `TP` alone none (`PostEntry.needs`; handbook 3.4).
    """
    with_person = {(h.title.start, h.title.end) for h in held}
    starts = {m.start for m in mentions if m.label in ("ORGANIZATION", "TITLE")}
    kept: list[Candidate] = []
    rejected: list[Rejected] = []
    for mention in mentions:
        if mention.label == "TITLE" and (mention.start, mention.end) not in with_person and _is_lonely(mention, starts):
            rejected.append(Rejected(mention, "a plain work title counts with a named holder only"))
        else:
            kept.append(mention)
    return kept, rejected


def _is_lonely(title: Candidate, starts: set[int]) -> bool:
    """Does a post without a holder lack what it needs: a holder, or a body or post that begins inside it or right behind it?"""
    needs = title.attrs.get("needs", "nothing")
    if needs != "name_or_body" or title.rule == "post.abbreviation_ambiguous":
        return bool(needs == "name")
    return not any(start in starts for start in range(title.start + 1, title.end + 2))


def assign_positions(
    rulebook: Rulebook, people: Sequence[Person], held: Sequence[Held], organization_of: Mapping[tuple[int, int], str | None]
) -> tuple[Person, ...]:
    """Each person with the distinct posts of all mentions; of two readings of one post the one with the fuller body stays.

    `Chủ tịch UBND tỉnh Bến Tre` and, later, `Chủ tịch` give one post. `organization_of` maps `Held.key` to the resolved name of the body.
    Rules: `posts.yaml: full_forms` (`PCT` is `Phó Chủ tịch`).
    """
    full = rulebook.compiled(_full_forms)
    by_mention: dict[tuple[int, int], list[Held]] = {}
    for one in sorted(held, key=lambda h: h.rule == "position.recipient"):
        by_mention.setdefault((one.person.start, one.person.end), []).append(one)
    return tuple(
        replace(
            person, positions=_distinct([h for m in person.mentions for h in by_mention.get((m.start, m.end), ())], organization_of, full)
        )
        for person in people
    )


def _distinct(held: Sequence[Held], organization_of: Mapping[tuple[int, int], str | None], full: Mapping[str, str]) -> tuple[Position, ...]:
    found: list[Position] = []
    for one in sorted(held, key=lambda h: h.rule == "position.recipient"):
        organization = organization_of.get(one.key)
        position = Position(one.title, one.body, organization, one.status, one.rule)
        at = next((k for k, old in enumerate(found) if _same_post(old, position, full)), None)
        if at is None:
            found.append(position)
        elif organization is not None and (found[at].organization is None or len(organization) > len(found[at].organization or "")):
            found[at] = replace(found[at], body=one.body, organization=organization)
    return tuple(found)


def _same_post(one: Position, other: Position, full: Mapping[str, str]) -> bool:
    """The same post words, abbreviated or not, of bodies that do not contradict: one unknown, or its name begun by the other's."""
    if _post_key(one, full) != _post_key(other, full):
        return False
    if one.organization is None or other.organization is None:
        return True
    a, b = fold_key(one.organization), fold_key(other.organization)
    return a.startswith(b) or b.startswith(a)


def _post_key(position: Position, full: Mapping[str, str]) -> str:
    written = fold_key(position.title.attrs["text"])
    return full.get(written.replace(".", "").replace(" ", ""), written)


def _full_forms(rulebook: Rulebook) -> dict[str, str]:
    """`pct` -> `phó chủ tịch`."""
    rows = (row.split("=", 1) for row in rulebook.words("posts", "full_forms"))
    return {fold_key(short).replace(".", "").replace(" ", ""): fold_key(long) for short, long in rows}
