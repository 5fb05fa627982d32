"""Who told whom to do what, by when (handbook 7.1 to 7.4).

An order word with an addressee right behind it makes a directive; its issuer is the speaker in force. Under a conclusion
(`kết luận`, `HAI BÊN THỐNG NHẤT`) each item that begins with a body or a person is an order too. A semicolon keeps issuer and
addressee (R-DIR-03). The action is verbatim, without addressee and deadline (R-DIR-05).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from minutes_extract.find.candidate import Candidate
from minutes_extract.find.mark_scope import Scope, Sentences, dotted_abbreviations
from minutes_extract.link.directive_actors import Actor, ActorWords, Cast, actor_words
from minutes_extract.link.facts import DatePoint, DirectiveFact, MeetingFacts, Person
from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.directives import DirectiveEntry
from minutes_extract.text.fold import fold_key, fold_spelling
from minutes_extract.text.page import BREAK, Page

_BULLET = re.compile(r"[\s\-+*•–]*(?:(?:(?:[ivxlc]+|[a-zđ])\s*[.)]|\d{1,2}(?:\.\d{1,2})*\s*[.)/\-]|\(\w{1,2}\))+\s*)?[\s\-–]*")
_SILENT_ZONES = frozenset({"footer", "furniture", "counter", "banner", "source"})
_CREDIT = 250
"""Characters that the line of a picture may have."""
_BRACKET = re.compile(r"\s*\([^()\n]{1,60}\)")


@dataclass(frozen=True, slots=True)
class _Rules:
    words: ActorWords
    order: re.Pattern[str]
    kinds: dict[str, str]
    trap: re.Pattern[str]
    conclusion: re.Pattern[str]
    close: re.Pattern[str]
    collective: re.Pattern[str]
    cut: re.Pattern[str]
    keep: re.Pattern[str]
    collapse: re.Pattern[str]
    frames: dict[str, re.Pattern[str]]
    aside: re.Pattern[str]
    ranks: tuple[tuple[re.Pattern[str], int], ...]
    branch: re.Pattern[str]
    many: tuple[str, ...]
    tentative: re.Pattern[str]
    bare_order: re.Pattern[str]
    passive: re.Pattern[str]
    sent: re.Pattern[str]
    not_carried: re.Pattern[str]
    dotted: frozenset[str]


def _compile(rulebook: Rulebook) -> _Rules:
    entries = [entry for entry in rulebook["directives"].entries if isinstance(entry, DirectiveEntry)]

    def part(name: str, cut: bool | None = None) -> str:
        chosen = [e for e in entries if e.part == name and (cut is None or e.cut == cut)]
        return "|".join(f"(?P<{e.id.replace('.', '_')}>{fold_spelling(e.pattern)})" for e in chosen)

    def frame(name: str) -> re.Pattern[str]:
        return next(re.compile(fold_spelling(e.pattern)) for e in entries if e.id == f"directive.frame.{name}")

    traps = "|".join(map(fold_spelling, sorted(rulebook.words("directives", "traps_before"), key=lambda w: (-len(w), w))))
    collapse = "|".join(map(fold_spelling, rulebook.words("directives", "collapse")))
    return _Rules(
        words=rulebook.compiled(actor_words),
        order=re.compile(rf"(?<!\w)(?:{part('order')})(?!\w)\s*:?\s*"),
        kinds={e.id.replace(".", "_"): e.kind for e in entries if e.part == "order"},
        trap=re.compile(rf"(?<!\w)(?:{traps})\s+$"),
        conclusion=re.compile(rf"(?<!\w)(?:{part('conclusion')})(?!\w)"),
        close=re.compile(rf"(?:{part('close')})(?!\w)"),
        collective=re.compile(rf"(?:{part('collective')})(?!\w)"),
        cut=re.compile(rf"(?:{part('deadline', True)})\s*$"),
        keep=re.compile(rf"(?:{part('deadline', False)})\s*$"),
        collapse=re.compile(rf"\s*(?:{collapse})\s*,"),
        frames={e.id.rsplit(".", 1)[1]: re.compile(fold_spelling(e.pattern)) for e in entries if e.part == "frame"},
        aside=re.compile("|".join(rf",?\s+(?:{fold_spelling(w)})(?!\w)" for w in rulebook.words("directives", "asides"))),
        ranks=tuple((_opening(rulebook, f"rank_{rank}"), rank) for rank in (4, 3, 2, 1)),
        branch=_opening(rulebook, "branch"),
        many=tuple(fold_spelling(w) + " " for w in rulebook.words("directives", "many")),
        tentative=re.compile("|".join(fold_spelling(w) for w in rulebook.words("directives", "tentative"))),
        bare_order=_opening(rulebook, "bare_orders"),
        passive=frame("passive"),
        sent=frame("sent"),
        not_carried=_opening(rulebook, "not_carried"),
        dotted=dotted_abbreviations(rulebook),
    )


def _opening(rulebook: Rulebook, name: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(fold_spelling(w) for w in rulebook.words("directives", name)) + r")(?!\w)")


def find_directives(
    page: Page,
    rulebook: Rulebook,
    people: Sequence[Person],
    mentions: Sequence[Candidate],
    meeting: MeetingFacts | None,
    dates: Sequence[DatePoint],
) -> tuple[DirectiveFact, ...]:
    """The directives and petitions of a page in order of the text.

    `issuer` and persons among the assignees are `Person.name`, bodies as the text calls them; `start`/`end` hold the action
    in `Page.text`; `due` is the EDTF value of the deadline.

        Ông A kết luận: 1. Giao Phòng B chủ trì, phối hợp với Phòng C rà soát hồ sơ, hoàn thành trước ngày 15/4/2021;
        -> issuer A, assignees (Phòng B), co_assignees (Phòng C), action `rà soát hồ sơ`, due 2021-04-15
    """
    rules = rulebook.compiled(_compile)
    if not any(sign.search(page.fold) for sign in (rules.order, rules.conclusion, rules.passive, rules.sent)):
        return ()
    cast = Cast(page, rules.words, people, mentions, meeting)
    return tuple(_Reader(page, rules, cast, dates).read())


def directive_cue_is_met(
    page: Page, rulebook: Rulebook, entry: DirectiveEntry, people: Sequence[Person], mentions: Sequence[Candidate]
) -> bool:
    """True where `entry` alone is met in `page`, whoever has the floor.

    An `order` needs an addressee behind it and no trap before it, a `conclusion` must open one, a `close` a block; a `deadline`
    must lead to a date among `mentions`. A `frame` must stand right behind a mention, or before one where its pattern ends with
    `$`; anywhere in a page without mentions.
    """
    rules = rulebook.compiled(_compile)
    reader = _Reader(page, rules, Cast(page, rules.words, people, mentions, None), ())
    group = entry.id.replace(".", "_")
    if entry.part == "frame":
        return _frame_is_met(page, rules.frames[entry.id.rsplit(".", 1)[1]], mentions)
    if entry.part == "deadline":
        leads = rules.cut if entry.cut else rules.keep
        found = [leads.search(page.fold[: mention.start]) for mention in mentions if mention.label == "DATE"]
    elif entry.part == "collective":
        found = list(rules.collective.finditer(page.fold))
    else:
        found = [sign for block in reader.blocks() for sign in reader.signs(block, entry.part)]
    return any(match is not None and match[group] is not None for match in found)


def _frame_is_met(page: Page, frame: re.Pattern[str], mentions: Sequence[Candidate]) -> bool:
    if not mentions:
        found = [frame.search(page.fold)]
    elif frame.pattern.endswith("$"):
        found = [frame.search(page.fold[: mention.start]) for mention in mentions]
    else:
        found = [frame.match(page.fold, mention.end) for mention in mentions]
    return any(match is not None and match.group().strip() for match in found)


@dataclass(slots=True)
class _Floor:
    """Who has the floor: the issuer in force, whether each item is an order, and the addressee a semicolon hands on."""

    issuer: str | None = None
    concluding: bool = False
    last: DirectiveFact | None = None
    rank: int = 0


def _past_bullet(page: Page, scope: Scope) -> int:
    """The offset behind the list sign that opens `scope`, its start where there is none."""
    bullet = _BULLET.match(page.fold, scope.start, scope.end)
    return bullet.end() if bullet else scope.start


class _Reader:
    """One reading of one page from top to bottom."""

    def __init__(self, page: Page, rules: _Rules, cast: Cast, dates: Sequence[DatePoint]) -> None:
        self._page, self._rules, self._cast = page, rules, cast
        self._dates = sorted((d for d in dates if d.value), key=lambda d: d.mention.start)
        self._sentences = page.once(Sentences, rules.dotted)

    def read(self) -> Iterator[DirectiveFact]:
        floor = _Floor()
        for block in self.blocks():
            if self._page.zone_at(block.start) in _SILENT_ZONES or self._is_credit(block):
                continue
            self._open_block(block, floor)
            for sentence in self._sentences_of(block):
                yield from self._sentence(sentence, floor)
            if not floor.concluding and not self._page.text[block.start : block.end].rstrip().endswith((":", ";", ",")):
                floor.issuer = None

    def _is_credit(self, block: Scope) -> bool:
        """A short line with the credit of a picture."""
        short = block.end - block.start < _CREDIT
        return short and self._rules.frames["credit"].search(self._page.fold, block.start, block.end) is not None

    def signs(self, block: Scope, part: str) -> list[re.Match[str]]:
        """The words of `part` (`order`, `conclusion`, `close`) that count in `block`, if somebody had the floor."""
        page, rules = self._page, self._rules
        if part == "order":
            return [order for order, _ in self._orders(block, _Floor(issuer=""))]
        if part == "conclusion":
            floor = _Floor()
            self._open_block(block, floor)
            sign = rules.conclusion.search(page.fold, block.start, block.end)
            return [sign] if sign and floor.concluding else []
        start = _past_bullet(page, block)
        close = rules.close.match(page.fold, start, block.end)
        return [close] if close else []

    def blocks(self) -> list[Scope]:
        """The blocks of the page: paragraphs and list items."""
        page = self._page
        bounds = [page.starts[i] for i in range(len(page)) if i == 0 or page.gaps[i] >= BREAK]
        return [Scope(a, b) for a, b in zip(bounds, [*bounds[1:], len(page.text)], strict=False)]

    def _sentences_of(self, block: Scope) -> list[Scope]:
        found: list[Scope] = []
        at = block.start
        while at < block.end:
            scope = self._sentences.around(at)
            found.append(Scope(at, min(scope.end, block.end)))
            at = max(scope.end, at + 1)
        return found

    # --- the floor ------------------------------------------------------------------------------------------------------

    def _open_block(self, block: Scope, floor: _Floor) -> None:
        """A heading may open the conclusion or end it; the close of the meeting ends it too."""
        page, rules = self._page, self._rules
        start = _past_bullet(page, block)
        text = page.text[block.start : block.end].strip()
        floor.last = None
        if rules.close.match(page.fold, start, block.end):
            floor.concluding, floor.issuer = False, None
            return
        heading = len(text) < 90 and (text.upper() == text or text.endswith(":") or not re.search(r"[.;,]", text.rstrip(".;,")[4:]))
        sign = rules.conclusion.search(page.fold, start, min(block.end, start + 260))
        if sign and (sign.start() == start or heading or page.fold[sign.end() : sign.end() + 60].lstrip()[:1] == ":"):
            self._conclude(block, sign, floor)
        elif heading and text.upper() == text and re.search(r"[^\W\d_]{2}", text):
            floor.concluding, floor.issuer = False, None

    def _conclude(self, block: Scope, sign: re.Match[str], floor: _Floor) -> None:
        """The issuer of a conclusion: the person named before the word, the side that agrees, else the chair."""
        page, cast, rules = self._page, self._cast, self._rules
        named = cast.officials_in(block.start, min(block.end, sign.end() + 140))
        before = [m for m in named if m.end <= sign.start()]
        collective = rules.collective.search(page.fold, block.start, sign.end())
        chair = rules.words.chair.search(page.fold, block.start, block.end)
        if named and not before and sign.start() - block.start < 12 and not page.text[block.start : block.end].rstrip().endswith(":"):
            return  # the heading of a notice, "Kết luận của ... tại cuộc họp": who attended comes first
        floor.concluding = True
        if before:
            floor.issuer = cast.name_of(before[-1])
        elif named and sign.start() - block.start < 12:
            floor.issuer = cast.name_of(named[0])
        elif collective and not chair and sign.lastgroup == "directive_conclusion_agreed":
            word = " ".join(page.text[collective.start() : collective.end()].split())
            floor.issuer = word.lower() if word.isupper() else word
        elif floor.issuer is None or floor.issuer not in cast.chairs:
            floor.issuer = cast.chair(cast.shown(*chair.span()) if chair else "") or floor.issuer

    def _speaker(self, scope: Scope, floor: _Floor) -> Iterator[tuple[int, str]]:
        """Where in a sentence who takes the floor: a name (with post) before a colon or a verb of speech (R-SPK-01)."""
        page, cast, words = self._page, self._cast, self._rules.words
        for mention in cast.officials_in(scope.start, scope.end):
            at = cast.past_post(mention.end, scope.end)
            match = self._rules.frames["behind_name"].match(page.fold, at, scope.end)
            if match is None:
                continue
            verb = words.concludes if floor.concluding else words.speech
            if match["colon"] or verb.match(page.fold, match.end(), scope.end):
                yield mention.start, cast.name_of(mention)
        first = _past_bullet(page, scope)
        chair = words.chair.match(page.fold, first, scope.end)
        if chair and words.speech.match(page.fold, chair.end() + 1, scope.end):
            issuer = cast.chair(cast.shown(*chair.span()))
            if issuer:
                yield first, issuer
        title = cast.mention_at(cast.skip(first, scope.end), "TITLE")
        if title:
            actor = cast.actor_at(title.start, scope.end)
            if actor and words.speech.match(page.fold, actor.end + 1, scope.end):
                yield first, actor.names[0]

    # --- sentences and clauses --------------------------------------------------------------------------------------------

    def _sentence(self, scope: Scope, floor: _Floor) -> Iterator[DirectiveFact]:
        speakers = sorted(self._speaker(scope, floor))
        for clause in self._clauses(scope):
            for at, name in speakers[bisect_left(speakers, (clause.start, "")) : bisect_left(speakers, (clause.end, ""))]:
                if name != floor.issuer:
                    floor.last = None
                floor.issuer = name
                concluded = self._rules.conclusion.search(self._page.fold, at, min(clause.end, at + 160))
                if concluded:
                    floor.concluding = True
            for fact in self._clause(clause, floor):
                floor.last = fact
                yield fact

    def _clauses(self, scope: Scope) -> list[Scope]:
        """The parts between semicolons; `; hoàn thành, báo cáo ...` stays with the part before it."""
        page = self._page
        bounds = [scope.start]
        depth, at = 0, scope.start
        for match in self._rules.frames["semicolon"].finditer(page.fold, scope.start, scope.end):
            depth += page.fold.count("(", at, match.start()) - page.fold.count(")", at, match.start())
            at = match.start()
            if depth <= 0 and not self._rules.collapse.match(page.fold, match.end(), scope.end):
                bounds.append(match.end())
        return [Scope(a, b) for a, b in zip(bounds, [*bounds[1:], scope.end], strict=False) if b > a]

    def _clause(self, clause: Scope, floor: _Floor) -> Iterator[DirectiveFact]:
        page, rules = self._page, self._rules
        orders = list(self._orders(clause, floor))
        start = _past_bullet(page, clause)
        topic = rules.frames["topic"].match(page.fold, start, clause.end)
        body = topic.end() if topic else start
        if floor.concluding and floor.issuer and not any(o.start() <= body + 2 for o, _ in orders):
            limit = orders[0][0].start() if orders else clause.end
            actor = self._cast.actor_at(body, limit)
            if actor and page.fold[clause.end - 2 : clause.end].strip() != ":" and not rules.words.past.match(page.fold, actor.end, limit):
                fact = self._fact(actor, limit, "directive", floor)
                if fact:
                    yield fact
                    return
        if not orders and floor.last is not None:
            verb = rules.words.verbs.match(page.fold, start, clause.end)
            if verb and not rules.not_carried.match(page.fold, start) and not rules.words.past.match(page.fold, start, clause.end):
                yield from self._carried(start, clause.end, floor)
            return
        if not orders:
            yield from self._told(clause, start, floor)
        for k, (order, actor) in enumerate(orders):
            limit = orders[k + 1][0].start() if k + 1 < len(orders) else clause.end
            fact = self._fact(actor, limit, rules.kinds[order.lastgroup or ""], floor)
            if fact:
                yield fact

    def _told(self, clause: Scope, start: int, floor: _Floor) -> Iterator[DirectiveFact]:
        """What is told without an order word: `Trung tâm A được giao thực hiện ...` (A06), `Báo cáo gửi về Sở trước ngày D`."""
        page, rules = self._page, self._rules
        actor = self._cast.actor_at(start, clause.end)
        passive = rules.passive.match(page.fold, actor.end, clause.end) if actor else None
        if actor and passive and rules.words.verbs.match(page.fold, passive.end(), clause.end):
            fact = self._fact(replace(actor, end=passive.end()), clause.end, "directive", floor)
            if fact:
                yield fact
            return
        sent = rules.sent.match(page.fold, start, clause.end)
        if sent and self._cast.mention_at(self._cast.skip(sent.end(), clause.end), "ORGANIZATION", "TITLE"):
            action, due = self._action(sent.start("action"), clause.end)
            if action and due:
                yield DirectiveFact(floor.issuer, (), (), "directive", action.start, action.end, due)

    def _carried(self, start: int, end: int, floor: _Floor) -> Iterator[DirectiveFact]:
        """A clause that begins with a verb: another order to the same addressee (R-DIR-03)."""
        if floor.last is None:
            return
        action, due = self._action(start, end)
        if action:
            yield replace(floor.last, co_assignees=(), start=action.start, end=action.end, due=due)

    def _orders(self, clause: Scope, floor: _Floor) -> Iterator[tuple[re.Match[str], Actor]]:
        """The order words of a clause that an addressee follows; while nobody has the floor only `Giao Sở A ...`, which opens it."""
        page, rules = self._page, self._rules
        first = _past_bullet(page, clause)
        if floor.issuer is None and not page.text[first : first + 1].isupper():
            return
        for order in rules.order.finditer(page.fold, clause.start, clause.end):
            if floor.issuer is None and order.start() > first:
                return
            if floor.issuer is None and not (order.start() == first and rules.bare_order.match(order[0])):
                continue
            if rules.trap.search(page.fold, max(clause.start, order.start() - 24), order.start()):
                continue
            actor = self._cast.actor_at(order.end(), clause.end)
            if actor is not None:
                yield order, actor

    # --- one directive ----------------------------------------------------------------------------------------------------

    def _fact(self, actor: Actor, end: int, kind: str, floor: _Floor) -> DirectiveFact | None:
        lead, told = self._addressees(actor, end)
        if floor.issuer in lead and len(lead) == 1:
            return None
        together, at = self._together(told, end)
        at = self._past_modals(at, end)
        action, due = self._action(at, end)
        if action is None and together:  # `phối hợp chặt chẽ với Sở.` is itself what they are told
            action, due = self._action(self._past_modals(told, end), end)
        if action is None:
            return None
        if kind == "petition" and self._is_above(floor.issuer, actor):
            kind = "directive"
        return DirectiveFact(floor.issuer, lead, together, kind, action.start, action.end, due)

    def _addressees(self, actor: Actor, end: int) -> tuple[tuple[str, ...], int]:
        """`A (bên B) và C`: all who are told, and the offset behind them."""
        names = list(actor.names)
        at = actor.end
        while True:
            joint = self._rules.frames["joint"].match(self._page.fold, at, end)
            if not joint:
                break
            other = self._cast.actor_at(joint.end(), end)
            if other is None or other.kind == "post":
                break
            names += [name for name in other.names if name not in names]
            at = other.end
        bracket = _BRACKET.match(self._page.fold, at, end)
        return tuple(names), bracket.end() if bracket else at

    def _together(self, at: int, end: int) -> tuple[tuple[str, ...], int]:
        """`chủ trì, phối hợp với B, C và D`: those who help (R-DIR-04), and the offset behind them."""
        page, words = self._page, self._rules.words
        lead = words.lead.match(page.fold, at, end)
        after = lead.end() if lead else at
        sign = words.together.match(page.fold, after, end)
        if not sign:
            return (), after
        actor = self._cast.actor_at(sign.end(), end)
        if actor is None:
            return (), after
        return self._addressees(actor, end)

    def _past_modals(self, at: int, end: int) -> int:
        """Past `phải`, `cần`; past `chịu trách nhiệm` only where a verb follows."""
        page, words = self._page, self._rules.words
        space = re.compile(r"[\s,]*").match(page.fold, at, end)
        at = space.end() if space else at
        modal = words.modals.match(page.fold, at, end)
        if modal and (len(modal.group()) <= 9 or words.verbs.match(page.fold, modal.end(), end)):
            return modal.end()
        return at

    def _action(self, start: int, end: int) -> tuple[Scope | None, str | None]:
        """The action from `start`, without its deadline, and the deadline's value."""
        page, rules = self._page, self._rules
        stop, due = end, None
        first = bisect_right(self._dates, start, key=lambda d: d.mention.start)
        for point in self._dates[first:]:
            mention = point.mention
            if mention.start >= end:
                break
            before = page.fold[start : mention.start]
            cut, keep = rules.cut.search(before), rules.keep.search(before)
            whole = page.text[mention.end : end].strip(" .;,\n/") == ""
            if cut and len(before[: cut.start()].strip()) < 4:
                cut = re.search(r"\s+\S+\s*$", before)
            if cut:
                stop, due = start + cut.start(), None if rules.tentative.search(cut.group()) else point.value
                break
            if keep or (whole and "-" in (point.value or "") and not rules.frames["document"].search(before)):
                due = point.value
                if not keep and whole:
                    stop = mention.start
                break
        aside = rules.aside.search(page.fold, start, stop)
        stop = aside.start() if aside and aside.start() > start + 4 else stop
        vague = rules.frames["duration"].search(page.fold, start, stop)
        stop = vague.start() if vague else stop
        text = page.text[start:stop]
        stop = start + len(text.rstrip(" \n\t,.;:/-–…"))
        if stop - start < 4 or not (self._page.text[start].isalnum() or self._page.fold[start] in "\"'("):
            return None, None
        return Scope(start, stop), due

    def _is_above(self, issuer: str | None, actor: Actor) -> bool:
        """R-DIR-01: the issuer outranks the addressee, so that asking is ordering. A branch (`Sở`) has no say over a council."""
        chairs = self._cast.chairs
        presides = issuer in chairs or (issuer is not None and bool(self._rules.words.chair.fullmatch(fold_key(issuer))))
        own = self._bodies_of(issuer)
        if actor.kind == "person":
            higher = max(map(self._rank, self._bodies_of(actor.names[0])), default=0)
            return presides or higher <= max(map(self._rank, own), default=higher)
        if actor.kind == "group" and presides:
            return True
        told = fold_key(actor.names[0])
        if actor.kind == "group" and told.startswith(self._rules.many):
            return True
        rank = self._rank(told)
        if presides and rank == 1:
            return True
        return any(0 < rank < self._rank(body) and (rank == 1 or not self._rules.branch.match(body)) for body in own)

    def _bodies_of(self, name: str | None) -> list[str]:
        person = self._cast.person_named(name)
        return [fold_key(p.organization) for p in person.positions if p.organization] if person else []

    def _rank(self, key: str) -> int:
        """4 for the centre, 3 for a province, 2 for a district, 1 for a division or commune, 0 if unknown."""
        return next((rank for pattern, rank in self._rules.ranks if pattern.match(key)), 0)
