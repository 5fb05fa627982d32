"""Minutes that nobody has seen before, as many as wanted, the same on every machine.

Recombining whole lines of a few documents would flatter every cache. So the sentences of data/raw get other people, days and
numbers, and a share of their words is exchanged for words of the Vietnamese word list that underthesea carries; `novelty` says how
much of the result is new. The sense is lost; the shape, the length and the density of names, posts and bodies are those of minutes.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from random import Random

import yaml

ROOT = Path(__file__).parents[1]
SEED = 20260522
EXCHANGED = 0.8
"""Share of word pairs exchanged: with it documents bring as much that is new as collected ones do; see README.md."""
LENGTHS = (3000, 4000)
WRAPPED = 72
PERSON, DATE = "\ue000", "\ue001"  # where a sentence of data/raw had one; private use, so no text holds them

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_LIST_MARK = re.compile(r"^\s*(?:[-+*•]|\w{1,3}[.)/])\s*", re.MULTILINE)
_PAIR = re.compile(r"(?<![\w/])([^\W\d_]{2,}) ([^\W\d_]{2,})(?![\w/])")
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Corpus:
    """`document(n)` is minutes number `n`."""

    def document(self, number: int) -> str:
        """About 3,500 characters: letterhead, attendance, statements, conclusions, signatures."""
        return _Writer(self, Random(f"{SEED}-{number}")).document()  # noqa: S311

    def documents(self, numbers: Iterable[int]) -> Iterator[str]:
        return (self.document(number) for number in numbers)

    def write(self, folder: Path, count: int, *, per_folder: int = 1000) -> list[Path]:
        """Files for the documents 0 to `count`, in numbered folders; the first n thousand are the first n folders."""
        folders: list[Path] = []
        for number, text in enumerate(self.documents(range(count))):
            if number % per_folder == 0:
                folders.append(folder / f"{number // per_folder:03}")
                folders[-1].mkdir(parents=True)
            (folders[-1] / f"minutes_{number:05}.txt").write_text(text, "utf-8")
        return folders

    @cached_property
    def lists(self) -> Mapping[str, list[str]]:
        tables: dict[str, list[str]] = yaml.safe_load((ROOT / "benchmarks" / "corpus.yaml").read_text("utf-8"))
        return tables

    @cached_property
    def sentences(self) -> list[str]:
        """Sentences of data/raw with `PERSON` and `DATE` where the gold annotation has one."""
        found: list[str] = []
        for raw in sorted((ROOT / "data" / "raw").glob("*.txt")):
            text = _without_names(raw.read_text("utf-8"), json.loads((ROOT / "data" / "gold" / f"{raw.stem}.json").read_text("utf-8")))
            for paragraph in re.split(r"\n\s*\n", text):
                pieces = _SENTENCE.split(" ".join(_LIST_MARK.sub("", paragraph).split()))
                found.extend(piece for piece in pieces if 60 <= len(piece) <= 450)
        return list(dict.fromkeys(found))

    @cached_property
    def words(self) -> list[str]:
        """Words of two syllables from the list in underthesea's package, read without importing it."""
        spec = find_spec("underthesea")
        if spec is None or spec.origin is None:
            raise SystemExit("underthesea is not installed; run this with make bench")
        lines = (Path(spec.origin).parent / "corpus" / "data" / "Viet74K.txt").read_text("utf-8").splitlines()
        return [line for line in lines if line.islower() and _PAIR.fullmatch(line)]


class _Writer:
    """Writes one document."""

    def __init__(self, corpus: Corpus, chance: Random) -> None:
        self.corpus = corpus
        self.chance = chance
        self.year = chance.randint(2015, 2026)
        self.people = [self._name() for _ in range(chance.randint(6, 12))]
        self.province = self._draw("province")

    def document(self) -> str:
        length = self.chance.randint(*LENGTHS)
        head = [self._fill(self._draw(part)) for part in ("letterhead", "title", "opening", "attendance")]
        seats = [self._fill(self._draw("attendee").replace("{person}", person)) for person in self.people]
        end = [self._fill(self._draw("conclusions"))]
        end += [f"{number}. {self._fill(self._draw('directive'))}" for number in range(1, self.chance.randint(3, 5))]
        end += [self._fill(self._draw("closing")), self._fill(self._draw("signatures"))]
        middle = [self._fill(self._draw("proceedings"))]
        missing = length - sum(len(part) + 1 for part in (*head, *seats, *middle, *end))
        while missing > 0:
            middle.append(self._fill(self._draw("statement")))
            missing -= len(middle[-1]) + 2
        wrapped = self.chance.random() < 0.5
        body = [textwrap.fill(part, WRAPPED) if wrapped and "\n" not in part else part for part in (*seats, *middle)]
        return "\n\n".join(["\n\n".join(head), "\n".join(body[: len(seats)]), *body[len(seats) :], *end]) + "\n"

    def _draw(self, name: str) -> str:
        return self.chance.choice(self.corpus.lists[name])

    def _fill(self, template: str) -> str:
        while _SLOT.search(template):
            template = _SLOT.sub(lambda slot: self._slot(slot[1]), template)
        return template

    def _slot(self, name: str) -> str:
        match name:
            case "person" | "chair" | "secretary":
                return self.chance.choice(self.people)
            case "he":
                return self._draw("honorific")
            case "PROVINCE":
                return self.province.upper()
            case "place":
                return self.province.split(" ", 1)[1].removeprefix("phố ")
            case "date":
                return "{} tháng {} năm {}".format(*self._day())
            case "short_date":
                return "{}/{}/{}".format(*self._day())
            case "clock":
                return f"{self.chance.randint(7, 16)} giờ {self.chance.randint(0, 59):02}"
            case "number":
                return str(self.chance.randint(1, 999))
            case "code":
                return "".join(self.chance.choices("ABCDGHKLNSTVX", k=4))
            case "said":
                return " ".join(self._sentence() for _ in range(self.chance.randint(1, 3)))
        return self._draw(name)

    def _day(self) -> tuple[int, int, int]:
        return self.chance.randint(1, 28), self.chance.randint(1, 12), self.year

    def _name(self) -> str:
        return f"{self._draw('surname')} {self._draw('middle')} {self._draw('given')}"

    def _sentence(self) -> str:
        text = _PAIR.sub(self._other_word, self.chance.choice(self.corpus.sentences))
        text = _NUMBER.sub(lambda digits: self._other_number(digits[0]), text)
        text = re.sub(PERSON, lambda _: self.chance.choice(self.people), text)
        return re.sub(DATE, lambda _: self._slot("short_date"), text)

    def _other_word(self, pair: re.Match[str]) -> str:
        if self.chance.random() >= EXCHANGED or not pair[0].islower():
            return pair[0]
        return self.chance.choice(self.corpus.words)

    def _other_number(self, digits: str) -> str:
        first = self.chance.choice("123456789") if digits[0] != "0" else "0"
        return first + "".join(self.chance.choices("0123456789", k=len(digits) - 1))


def _without_names(text: str, gold: Mapping[str, list[dict[str, int | str]]]) -> str:
    signs = {"OFFICIAL": PERSON, "DATE": DATE}
    spans = [(int(m["start"]), int(m["end"]), signs[str(m["label"])]) for m in gold["mentions"] if m["label"] in signs]
    for start, end, sign in sorted(spans, reverse=True):
        text = text[:start] + sign + text[end:]
    return text


@dataclass(frozen=True)
class Novelty:
    """How much of some documents is in no earlier one: shares of lines, of syllables, and of runs of two and three syllables."""

    lines: float
    syllables: float
    pairs: float
    triples: float


def novelty(earlier: Iterable[str], documents: Iterable[str]) -> Novelty:
    """What `documents` bring that neither `earlier` nor the ones before them have."""
    seen: dict[str, set[object]] = {name: set() for name in ("lines", "syllables", "pairs", "triples")}
    total, new = dict.fromkeys(seen, 0), dict.fromkeys(seen, 0)
    for counted, text in [*((False, text) for text in earlier), *((True, text) for text in documents)]:
        for line in filter(str.strip, text.splitlines()):
            tokens = _TOKEN.findall(line)
            triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
            runs = {"lines": [line], "syllables": tokens, "pairs": pairwise(tokens), "triples": triples}
            for name, items in runs.items():
                for item in items:
                    total[name] += counted
                    new[name] += counted and item not in seen[name]
                    seen[name].add(item)
    return Novelty(**{name: round(new[name] / max(total[name], 1), 3) for name in seen})


def facts(count: int = 100) -> dict[str, object]:
    """What the results say of the corpus: mean length, and the novelty of the second half of its first `count` documents."""
    texts = list(Corpus().documents(range(count)))
    half = count // 2
    return {
        "characters": round(sum(map(len, texts)) / count),
        "documents_looked_at": count,
        "new_in_second_half": asdict(novelty(texts[:half], texts[half:])),
    }
