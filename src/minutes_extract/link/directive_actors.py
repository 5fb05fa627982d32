"""Who stands at an offset of the page: a person, a body, the holder of a post, a side of the talks or a group (R-DIR-02)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.facts import MeetingFacts, Person
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.text.fold import fold_key, fold_spelling
from minutes_extract.text.page import BREAK, CAP, PUNCT, Page


@dataclass(frozen=True, slots=True)
class Actor:
    """Names of those who stand at `start`..`end` (offsets into `Page.text`): one, or several with one post in common."""

    start: int
    end: int
    names: tuple[str, ...]
    kind: str
    """`person`, `body`, `post` or `group`."""


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The closed classes of `directives.yaml`, compiled."""

    honorific: re.Pattern[str]
    verbs: re.Pattern[str]
    groups: re.Pattern[str]
    roles: re.Pattern[str]
    bare: re.Pattern[str]
    definable: re.Pattern[str]
    chair: re.Pattern[str]
    speech: re.Pattern[str]
    concludes: re.Pattern[str]
    together: re.Pattern[str]
    lead: re.Pattern[str]
    modals: re.Pattern[str]
    past: re.Pattern[str]
    many: frozenset[str]
    members: re.Pattern[str]
    """Nouns for those who can be told: what stands behind `các`."""
    kinds: re.Pattern[str]
    """What may stand behind a head in lower case: `phòng chuyên môn`, `đơn vị trực thuộc`."""
    group_stops: re.Pattern[str]
    """Words with which a group ends and something else is said: `trong thời gian tới`, `để`."""
    group_asides: re.Pattern[str]
    """What may stand between a group and what it is told: `trong thời gian tới`."""
    after_comma: re.Pattern[str]
    """The verbs that a comma may part from a group; before others the comma goes on with a list."""
    open_ends: re.Pattern[str]
    """Words no group ends with: `các`, `cuộc`, `và`."""
    no_verb: re.Pattern[str]
    """What makes a verb part of a noun: `phiên | họp`, `các | cấp`, `quy | trình`."""
    first_named: frozenset[str]
    behind_post: re.Pattern[str]
    longest_group: int


def _alternatives(rulebook: Rulebook, name: str) -> str:
    words = sorted((fold_spelling(w) for w in rulebook.words("directives", name)), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, w.split())) for w in words) + r")(?!\w)"


def actor_words(rulebook: Rulebook) -> ActorWords:
    """The word classes that end and open actors and actions; build once with `rulebook.compiled(actor_words)`."""

    def of(name: str) -> str:
        return _alternatives(rulebook, name)

    return ActorWords(
        honorific=re.compile(rf"(?:(?:{of('honorifics')})[\s.]*)+"),
        verbs=re.compile(rf"(?<!\w)(?!{of('verb_nouns')}){of('verbs')}"),
        groups=re.compile(of("groups")),
        roles=re.compile(of("roles")),
        bare=re.compile(of("bare_heads")),
        definable=re.compile(f"{of('bare_heads')}|{of('roles')}|{of('sides')}"),
        chair=re.compile(of("chair_words")),
        speech=re.compile(of("speech")),
        concludes=re.compile(of("concludes")),
        together=re.compile(rf"\s*,?\s*{of('together')}\s*"),
        lead=re.compile(rf"\s*,?\s*{of('lead')}"),
        modals=re.compile(rf"\s*{of('modals')}\s*"),
        past=re.compile(rf"\s*{of('past')}"),
        many=frozenset(map(fold_spelling, rulebook.words("directives", "many"))),
        members=re.compile(rf"\s*{of('members')}"),
        kinds=re.compile(rf"\s*{of('group_kinds')}"),
        group_stops=re.compile(rf"(?:,\s*|\s+){of('group_stops')}"),
        group_asides=re.compile(rf",?\s+{of('group_asides')},?"),
        after_comma=re.compile(of("after_comma")),
        open_ends=re.compile(rf"(?:^|[\s,(-]+){of('open_ends')}$"),
        no_verb=re.compile(rf"(?<!\w){of('no_verb_after')}\s+$"),
        first_named=frozenset(map(fold_spelling, rulebook.words("directives", "first_named"))),
        behind_post=next(
            re.compile(fold_spelling(e.pattern)) for e in rulebook["directives"].entries if e.id == "directive.frame.behind_post"
        ),
        longest_group=int(rulebook["directives"].settings["longest_group"]),
    )


class Cast:
    """All who act on a page. Reads an actor from an offset; remembers who holds which post."""

    def __init__(
        self, page: Page, words: ActorWords, people: Sequence[Person], mentions: Sequence[Candidate], meeting: MeetingFacts | None
    ) -> None:
        self.page = page
        self.words = words
        self.people = people
        self.chairs = tuple(meeting.chairs) if meeting else ()
        self._person_at = {(m.start, m.end): person for person in people for m in person.mentions}
        wanted = ("OFFICIAL", "ORGANIZATION", "TITLE")
        self.mentions = [m for m in sorted(mentions, key=lambda m: m.key) if m.label in wanted]
        self._at: dict[int, list[Candidate]] = {}
        for mention in self.mentions:
            self._at.setdefault(mention.start, []).append(mention)
        self._starts = [m.start for m in self.mentions]
        self._officials = [m for m in self.mentions if m.label == "OFFICIAL"]
        self._bodies = [m for m in self.mentions if m.label == "ORGANIZATION"]
        self._named = {person.name: person for person in reversed(people)}
        self._meanings: dict[str, list[tuple[int, str]]] = {}
        self._holders: dict[str, list[Person]] = {}
        for person in people:
            for key in dict.fromkeys(self._key(p.title) for p in person.positions):
                self._holders.setdefault(key, []).append(person)

    def officials_in(self, start: int, end: int) -> list[Candidate]:
        """The mentions of people that begin in the range, in order."""
        first = bisect_left(self._officials, start, key=lambda m: m.start)
        return self._officials[first : bisect_left(self._officials, end, key=lambda m: m.start)]

    def person_named(self, name: str | None) -> Person | None:
        """The person of that full name."""
        return self._named.get(name) if name else None

    def name_of(self, mention: Candidate) -> str:
        """The person's fullest name, or the words of the mention with white space collapsed."""
        person = self._person_at.get((mention.start, mention.end))
        return person.name if person else self.shown(mention.start, mention.end)

    def shown(self, start: int, end: int) -> str:
        """The text of the range with white space collapsed."""
        return " ".join(self.page.text[start:end].split())

    def _key(self, mention: Candidate) -> str:
        return fold_key(self.page.text[mention.start : mention.end])

    def skip(self, at: int, end: int) -> int:
        """Past white space and honorifics."""
        page = self.page
        while at < end and page.text[at].isspace():
            at += 1
        match = self.words.honorific.match(page.fold, at, end)
        return match.end() if match else at

    def mention_at(self, at: int, *labels: str) -> Candidate | None:
        """The longest mention of one of `labels` that begins at `at`."""
        return next((m for m in self._at.get(at, ()) if m.label in labels), None)

    def actor_at(self, at: int, end: int) -> Actor | None:
        """The one actor that begins at `at` (honorifics are skipped), before `end`."""
        start = self.skip(at, end)
        person = self.mention_at(start, "OFFICIAL")
        if person and person.end <= end:
            return Actor(start, self.past_post(person.end, end), (self.name_of(person),), "person")
        title = self.mention_at(start, "TITLE")
        if title and title.end <= end:
            return self._post(title, end)
        body = self.mention_at(start, "ORGANIZATION")
        if body and body.end <= end and body.end - body.start > 4:
            return Actor(start, body.end, (self.shown(body.start, body.end),), "body")
        first = self.page.token_at(at)
        return self._group(self.page.starts[first], end) if first < len(self.page) and self.page.starts[first] < end else None

    def past_post(self, at: int, end: int) -> int:
        """Past `- Phó Giám đốc Sở` or `(Sở A)` behind a name: the post of the person, not another actor."""
        page = self.page
        while True:
            match = self.words.behind_post.match(page.fold, at, end)
            if not match:
                return at
            mention = self.mention_at(match.end(), "TITLE", "ORGANIZATION")
            if mention is None or mention.end > end:
                return at
            at = self._past_mentions(mention.end, end)
            if at < end and page.text[at] == ")":
                at += 1

    def _past_mentions(self, at: int, end: int) -> int:
        """Past TITLE and ORGANIZATION mentions that follow each other directly (they may overlap)."""
        while True:
            near = self.mentions[bisect_left(self._starts, at - 200) : bisect_left(self._starts, at)]
            reach = max((m.end for m in near if m.label != "OFFICIAL" and at < m.end <= end), default=at)
            nxt = self.page.token_at(reach)
            start = self.page.starts[nxt] if nxt < len(self.page) else end
            follow = self.mention_at(start, "ORGANIZATION", "TITLE") if start < end and not self.page.text[reach:start].strip() else None
            if follow is None or follow.end > end:
                return reach
            at = follow.end

    def _post(self, title: Candidate, end: int) -> Actor:
        """`Chủ tịch HĐND huyện Ngô Văn A`, `Chủ nhiệm`: the named holder, else the one known to hold the post, else the post."""
        reach = self._past_mentions(title.end, end)
        at = self.skip(reach, end)
        holder = self.mention_at(at, "OFFICIAL")
        if holder and holder.end <= end:
            return Actor(title.start, holder.end, (self.name_of(holder),), "person")
        key = fold_key(self.page.text[title.start : title.end])
        bare = reach <= title.end
        holders = self._holders.get(key, [])
        if not bare:
            body = fold_key(self.page.text[title.end : reach])
            holders = [
                p
                for p in holders
                if any(fold_key(q.organization or "").startswith(body) and self._key(q.title) == key for q in p.positions)
            ] or holders
        group = self._group(self.page.starts[self.page.token_at(title.end)], end) if self._goes_on(title.end, end) else None
        if group and group.end > reach:
            return Actor(title.start, group.end, (self.shown(title.start, group.end),), "post")
        if bare and len(holders) > 1:
            holders = [p for p in holders if any(q.organization is None for q in p.positions)] or holders
        if len(holders) == 1 or (bare and holders):
            return Actor(title.start, reach, (holders[0].name,), "person")
        return Actor(title.start, reach, (self.shown(title.start, reach),), "post")

    def _goes_on(self, at: int, end: int) -> bool:
        """True where a word follows directly on the same line."""
        token = self.page.token_at(at)
        return token < len(self.page) and self.page.starts[token] < end and not self.page.text[at : self.page.starts[token]].strip(" ")

    def _group(self, at: int, end: int) -> Actor | None:
        """`các phòng chức năng và các đơn vị trực thuộc Sở`: from a group word to the first verb; never across punctuation.

        What cannot be told (`các giải pháp`), ends in the middle of a phrase (`Các đại biểu tham dự cuộc | họp`) or is only half a
        word (`các công | trình`) is nobody.
        """
        page, words = self.page, self.words
        role = words.roles.match(page.fold, at, end)
        if role:
            shown = self.shown(*role.span())
            return Actor(at, role.end(), (self._defined(shown, at) or shown,), "group")
        opening = words.groups.match(page.fold, at, end)
        if not opening:
            return None
        near = self._head_of_group(at, opening.end(), end)
        if near is None:
            return None
        if near >= end or not page.text[near:end].strip(" .;,\n"):
            return self._bare_group(at, near)
        stop = self._group_end(at, near, end)
        if stop is None:
            return None
        shown = self.shown(at, stop)
        aside = words.group_asides.match(page.fold, stop, end)
        return Actor(at, aside.end() if aside else stop, (self._defined(shown, at) or shown,), "group")

    def _bare_group(self, at: int, end: int) -> Actor | None:
        """`với Sở.`: a head alone, with nothing behind it."""
        word = self.page.text[at:end].rstrip(" .;,\n")
        if not self.words.bare.fullmatch(fold_key(word)):
            return None
        return Actor(at, at + len(word), (self._defined(word, at) or word,), "group")

    def _head_of_group(self, at: int, end: int, limit: int) -> int | None:
        """The offset from which the first verb may follow, None where the words do not begin a group."""
        page, words = self.page, self.words
        word = page.fold[at:end]
        if word in words.many:
            member = words.members.match(page.fold, end, limit)
            return member.end() if member else None
        follow = page.token_at(end)
        if follow >= len(page) or page.starts[follow] >= limit:
            return end
        if page.flags[follow] & PUNCT:
            return end if not page.text[end:limit].strip(" .;,\n") else None
        kind = words.kinds.match(page.fold, end, limit)
        if kind:
            return kind.end()
        named = page.flags[follow] & CAP and not (words.verbs.match(page.fold, page.starts[follow], limit) and word == "ban")
        verb = words.verbs.match(page.fold, page.starts[follow], limit)
        modal = words.modals.match(page.fold, end, limit)
        if word == "ban" and not named:
            return None
        return end if named or verb or modal else None

    def _group_end(self, at: int, near: int, limit: int) -> int | None:
        """Where the group that begins at `at` ends: before the first verb, or before words that open another thought."""
        page, words = self.page, self.words
        i, j = page.tokens_in(at, limit)
        reach = page.ends[min(j, i + words.longest_group) - 1]
        stop = next((verb.start() for verb in words.verbs.finditer(page.fold, near, reach) if self._is_verb(verb.start(), at)), None)
        if stop is None or stop - at < 2:
            return None
        verb_start = stop
        thoughts = (words.group_stops.search(page.fold, near - 1, stop), words.group_asides.search(page.fold, near - 1, stop))
        stop = min((thought.start() for thought in thoughts if thought), default=stop)
        modal = re.compile(rf"{words.modals.pattern}$").search(page.fold, near - 1, stop)
        stop = modal.start() if modal else stop
        first, last = page.tokens_in(at, stop)
        if last <= first or any(page.gaps[k] >= BREAK for k in range(first + 1, last)):
            return None
        if any(page.flags[k] & PUNCT and page.keys[k] not in {",", "-", "&", "(", ")"} for k in range(first, last)):
            return None
        if page.keys[last - 1] == "," and last - 1 > first and words.after_comma.match(page.fold, verb_start):
            last -= 1
        if page.flags[last - 1] & PUNCT and page.keys[last - 1] != ")":
            return None
        stop = page.ends[last - 1]
        return None if words.open_ends.search(page.fold[at:stop]) else stop

    def _is_verb(self, start: int, at: int) -> bool:
        """False for a word with a capital (`Sở Xây dựng`) and for one that makes a noun with the word before it (`phiên họp`)."""
        page = self.page
        return not page.flags[page.token_at(start)] & CAP and not self.words.no_verb.search(page.fold, at, start)

    def _defined(self, phrase: str, at: int) -> str | None:
        """The body a phrase stands for: `Bên A`, `cơ quan chủ trì` (defined as `phrase: body`), or a bare `Sở` named before."""
        key = fold_key(phrase)
        meanings = self._meanings_of(key) if self.words.definable.fullmatch(key) else []
        before = [name for start, name in meanings if start < at]
        if before and key not in self.words.first_named:
            return before[-1]
        return meanings[0][1] if meanings and key in self.words.first_named else None

    def _meanings_of(self, key: str) -> list[tuple[int, str]]:
        """(offset from which it holds, name) for each body that a phrase stands for; worked out once for each phrase."""
        if key in self._meanings:
            return self._meanings[key]
        page = self.page
        defined = [self.mention_at(m.end(), "ORGANIZATION") for m in re.finditer(rf"(?<!\w){re.escape(key)}\s*:\s*", page.fold)]
        ends = {m.end: m for m in self._bodies}
        defined += [ends.get(m.start()) for m in re.finditer(rf"\s*\(\s*{re.escape(key)}\s*\)", page.fold)]
        found = [(-1, self.shown(body.start, body.end)) for body in defined if body][:1]
        if not found and self.words.bare.fullmatch(key):
            found = [(m.start, self.shown(m.start, m.end)) for m in self._bodies if page.fold.startswith(key + " ", m.start)]
        self._meanings[key] = found
        return found

    def chair(self, word: str) -> str | None:
        """The one chair of the meeting; with several, the word the page uses; None where nobody chairs."""
        if len(self.chairs) == 1:
            return self.chairs[0]
        return word if self.chairs else None
