"""The ordered list of stages, as spaCy components; the only module that writes to a Doc.

A document passes as one `Reading` from stage to stage: clean text -> page -> candidates -> facts. Each stage is a pure function
of find or link; the components only call it, keep its result in `doc.user_data` and mirror the mentions in span groups, so
that spaCy users see them: `doc.spans["OFFICIAL"]`, ..., `doc.spans["words"]`, `doc.spans["rejected"]`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from minutes_extract.find.candidate import Candidate, Rejected
from minutes_extract.find.dates import find_dates
from minutes_extract.find.organizations import find_organizations
from minutes_extract.find.people import find_people
from minutes_extract.find.people_addressed import find_addressed
from minutes_extract.find.titles import find_titles
from minutes_extract.find.trademarks import find_trademarks
from minutes_extract.link.bodies import Resolution, resolve_bodies
from minutes_extract.link.body_of_post import organization_name
from minutes_extract.link.counts import link_counts
from minutes_extract.link.dates import ResolvedDates, resolve_dates
from minutes_extract.link.directives import find_directives
from minutes_extract.link.facts import Facts
from minutes_extract.link.identity import gather_people
from minutes_extract.link.marks import link_marks
from minutes_extract.link.meeting import find_meeting
from minutes_extract.link.meeting_kind import Event, read_event
from minutes_extract.link.overlaps import drop_bare_bodies, drop_left_bodies, settle_overlaps
from minutes_extract.link.positions import Held, assign_positions, drop_lonely_titles, find_positions
from minutes_extract.link.roles import assign_roles
from minutes_extract.link.unlinked import unlinked_facts
from minutes_extract.parts import left_out
from minutes_extract.reading.source import SourceText, read_text
from minutes_extract.records import LABELS
from minutes_extract.rulebook.book import Rulebook, load_rulebook
from minutes_extract.rulebook.zone_rules import zone_rules
from minutes_extract.text.document import make_doc, make_spans
from minutes_extract.text.layout import lay_out
from minutes_extract.text.page import Page
from minutes_extract.text.words import segment_words, syllable_words

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = "minutes"
"""Where a Doc keeps its `Reading`: `doc.user_data["minutes"]`."""


@dataclass(slots=True)
class Reading:
    """One document on its way through the stages."""

    source: SourceText
    rulebook: Rulebook
    without: frozenset[str] = frozenset()
    """Parts that are left out (`parts.PARTS`)."""
    page: Page | None = None
    candidates: list[Candidate] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    resolution: Resolution | None = None
    dates: ResolvedDates | None = None
    held: Sequence[Held] | None = None
    """The posts beside names, where settling the mentions read them and dropped none of these mentions afterwards."""
    event: Event | None = None

    @property
    def laid_out(self) -> Page:
        """The page; a RuntimeError says which stage is missing."""
        return _needed(self.page, "minutes_page")


class PageTokenizer:
    """Makes the Doc: reads the text (clean form, offset map) and splits it into syllables and single marks.

    `doc.text` is the *clean* text (NFC, LF); the text as read and the map between the two are in the `Reading`. With `split=False`
    the Doc has one token, the whole text: the stages read the `Page`, and nobody looks at the tokens of a batch. That token is as long
    as the document, so run such a pipeline inside `Language.memory_zone`, as `assemble.analyse` does, or the vocabulary keeps it.
    """

    def __init__(self, vocab: Vocab, rulebook: Rulebook, without: frozenset[str] = frozenset(), *, split: bool = True) -> None:
        self.vocab = vocab
        self.rulebook = rulebook
        self.without = without
        self.split = split

    def __call__(self, text: str | SourceText) -> Doc:
        """The Doc of a text, or of one already read, with an empty `Reading`."""
        source = read_text(text) if isinstance(text, str) else text
        doc = make_doc(self.vocab, source.clean) if self.split else Doc(self.vocab, words=[source.clean], spaces=[False])
        doc.user_data[KEY] = Reading(source, self.rulebook, self.without)
        return doc


def tokenizer_of(nlp: Language) -> PageTokenizer:
    """The tokenizer of a pipeline made by `load`; a TypeError says that `nlp` is another one."""
    tokenizer: object = nlp.tokenizer
    if not isinstance(tokenizer, PageTokenizer):
        raise TypeError("this pipeline was not made by minutes_extract.load(); its tokenizer is " + type(tokenizer).__name__)
    return tokenizer


def reading_of(doc: Doc) -> Reading:
    """The `Reading` a Doc of this pipeline carries."""
    reading: Reading = doc.user_data[KEY]
    return reading


T = TypeVar("T")


def _needed(value: T | None, stage: str) -> T:
    if value is None:
        raise RuntimeError(f"the stage {stage} has not run; it comes earlier")
    return value


# stages


def lay_out_page(reading: Reading) -> None:
    """Page: tokens, lines, zones, and the words of the segmenter."""
    text = reading.source.clean
    words = syllable_words(text) if "words" in reading.without else segment_words(text)
    reading.page = lay_out(text, zone_rules(reading.rulebook), words=words, zones="zones" not in reading.without)


def find_mentions(reading: Reading) -> None:
    """Candidates of all five labels; those of a later finder may lean on those of an earlier one."""
    page, rulebook = reading.laid_out, reading.rulebook
    dates = find_dates(page, rulebook)
    marks = find_trademarks(page, rulebook)
    titles = find_titles(page, rulebook)
    addressed = find_addressed(page, rulebook)
    bodies = find_organizations(page, rulebook, titles=titles, people=addressed)
    people = find_people(page, rulebook, addressed=addressed, titles=titles, organizations=bodies, marks=marks)
    reading.candidates = [*dates, *marks, *titles, *bodies, *people]


def settle_mentions(reading: Reading) -> None:
    """Facts.mentions and Facts.rejected: overlaps settled, bare heads and lonely posts dropped."""
    standing, bare = drop_bare_bodies(reading.candidates)
    kept, overlapped = settle_overlaps(standing)
    held = find_positions(reading.laid_out, reading.rulebook, kept)
    kept, lonely = drop_lonely_titles(reading.laid_out, kept, held)
    kept, left = drop_left_bodies(kept, lonely)
    reading.held = None if lonely or left else held
    _refer(reading, kept, [*bare, *overlapped, *lonely, *left])


def _refer(reading: Reading, kept: Sequence[Candidate], rejected: Sequence[Rejected]) -> None:
    rejected = sorted(rejected, key=lambda r: r.candidate.key)
    reading.facts = replace(reading.facts, mentions=tuple(sorted(kept, key=lambda c: c.key)), rejected=tuple(rejected))


def keep_single(reading: Reading) -> None:
    """Facts of mentions that nothing links; stands for all that follows `minutes_find` where the part `link` is left out."""
    standing, bare = drop_bare_bodies(reading.candidates)
    kept, overlapped = settle_overlaps(standing)
    _refer(reading, kept, [*bare, *overlapped])
    reading.facts = unlinked_facts(reading.laid_out, reading.facts)


def link_dates(reading: Reading) -> None:
    """Values, roles, publication and meeting date."""
    resolved = resolve_dates(reading.laid_out, reading.rulebook, reading.facts.mentions)
    values = {mention.key: mention for mention in resolved.mentions}
    mentions = tuple(values.get(m.key, m) for m in reading.facts.mentions)
    reading.dates = resolved
    reading.facts = replace(
        reading.facts,
        mentions=mentions,
        dates=resolved.points,
        published=resolved.published,
        doubts=(*reading.facts.doubts, *resolved.doubts),
    )


def link_bodies(reading: Reading) -> None:
    """Bodies: one for each, however often named, under its fullest name."""
    facts, fuzzy = reading.facts, "fuzzy" not in reading.without
    resolution = resolve_bodies(reading.laid_out, reading.rulebook, facts.mentions, published=facts.published, fuzzy=fuzzy)
    reading.resolution = resolution
    reading.facts = replace(facts, bodies=resolution.bodies)


def link_people(reading: Reading) -> None:
    """People: one for each, with posts, the bodies of these, and roles."""
    page, rulebook, mentions = reading.laid_out, reading.rulebook, reading.facts.mentions
    resolution = _needed(reading.resolution, "minutes_bodies")
    held = find_positions(page, rulebook, mentions) if reading.held is None else reading.held
    names = {h.key: organization_name(page, rulebook, resolution, h.title, h.body, hint=h.hint) for h in held}
    people = assign_positions(rulebook, gather_people(page, rulebook, mentions), held, names)
    reading.event = read_event(page, rulebook, mentions)
    reading.facts = replace(reading.facts, people=assign_roles(page, rulebook, people, mentions, event=reading.event))


def link_marks_and_counts(reading: Reading) -> None:
    """Marks, and declared numbers beside what was listed."""
    page, rulebook, mentions = reading.laid_out, reading.rulebook, reading.facts.mentions
    marks = link_marks(page, rulebook, mentions)
    counts, doubts = link_counts(page, rulebook, mentions)
    reading.facts = replace(reading.facts, marks=marks, counts=counts, doubts=(*reading.facts.doubts, *doubts))


def link_meeting(reading: Reading) -> None:
    """The event, and who was told to do what."""
    page, rulebook, facts = reading.laid_out, reading.rulebook, reading.facts
    dates = _needed(reading.dates, "minutes_dates")
    meeting = find_meeting(page, rulebook, facts.people, facts.mentions, dates, event=reading.event)
    directives = find_directives(page, rulebook, facts.people, facts.mentions, meeting, facts.dates)
    reading.facts = replace(facts, meeting=meeting, directives=directives)


STAGES: tuple[tuple[str, Callable[[Reading], None]], ...] = (
    ("minutes_page", lay_out_page),
    ("minutes_find", find_mentions),
    ("minutes_settle", settle_mentions),
    ("minutes_dates", link_dates),
    ("minutes_bodies", link_bodies),
    ("minutes_people", link_people),
    ("minutes_marks", link_marks_and_counts),
    ("minutes_meeting", link_meeting),
)
"""Name of the spaCy component -> what it does, in order."""

UNLINKED = (*STAGES[:2], ("minutes_single", keep_single))
"""The stages where the part `link` is left out."""


class StageComponent:
    """A stage as a spaCy component."""

    def __init__(self, name: str, stage: Callable[[Reading], None]) -> None:
        self.name = name
        self.stage = stage

    def __call__(self, doc: Doc) -> Doc:
        """`doc`, with the stage's result in its `Reading`."""
        self.stage(reading_of(doc))
        return doc


def mirror_spans(doc: Doc) -> Doc:
    """Span groups for spaCy users: one a label, `words` and `rejected`."""
    reading = reading_of(doc)
    page = reading.laid_out
    groups: dict[str, Iterable[tuple[int, int, str]]] = {
        label: [(m.start, m.end, label) for m in reading.facts.mentions if m.label == label] for label in LABELS
    }
    groups["words"] = [(start, end, "WORD") for start, end in page.words]
    groups["rejected"] = [(r.candidate.start, r.candidate.end, r.candidate.label) for r in reading.facts.rejected]
    for name, spans in groups.items():
        doc.spans[name] = make_spans(doc, spans)
    return doc


def _register() -> None:
    for name, stage in (*STAGES, UNLINKED[-1]):
        if not Language.has_factory(name):
            Language.factory(name, func=_factory(stage))
    if not Language.has_factory("minutes_spans"):
        Language.component("minutes_spans", func=mirror_spans)


def _factory(stage: Callable[[Reading], None]) -> Callable[[Language, str], StageComponent]:
    def factory(nlp: Language, name: str) -> StageComponent:
        return StageComponent(name, stage)

    return factory


_register()


def load(rules: Path | None = None, *, words: bool = True, spans: bool = True, without: Iterable[str] = ()) -> Language:
    """The pipeline as a spaCy `Language`, with the built-in rules and those of the folder `rules` on top.

    `words=False` takes every syllable for a word instead of asking underthesea. `spans=False` is for callers that want
    the record only (faster): the Doc has no span groups and holds the text as one token. `without` leaves out parts to measure what
    they add (`parts.PARTS`; `words=False` is one of them).

    Raises:
        RuleError: a rule file is broken.
        UsageError: there is no such part to leave out.

    Example:
        >>> doc = load(words=False)("Ông Trần Khắc Nhựt, Giám đốc Sở Tư pháp phát biểu.")
        >>> [span.text for span in doc.spans["OFFICIAL"]]
        ['Trần Khắc Nhựt']
    """
    import spacy

    parts = left_out(without) | (frozenset() if words else {"words"})
    # A vocabulary without getters works out no `shape_`, `like_url`, ... of a token as long as the document.
    nlp = spacy.blank("xx", vocab=True if spans else Vocab(lex_attr_getters={}))
    nlp.tokenizer = PageTokenizer(nlp.vocab, load_rulebook(rules), parts, split=spans)
    for name, _ in UNLINKED if "link" in parts else STAGES:
        nlp.add_pipe(name)
    if spans:
        nlp.add_pipe("minutes_spans")
    return nlp
