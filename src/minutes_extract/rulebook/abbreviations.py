"""Keys under which two spellings of a body's name are equal: abbreviations written out, joiners dropped (handbook 8.3, R-ABB-02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from minutes_extract.rulebook.book import Rulebook
from minutes_extract.rulebook.models.abbreviations import Expansion
from minutes_extract.text.fold import fold
from minutes_extract.text.page import TOKEN

_NAMES = ("sector", "body", "body_head", "party", "union")
_Form = tuple[str, ...]


class Abbreviations:
    """The table of short forms, by the folded tokens they consist of; build it with `abbreviations`."""

    def __init__(self, rulebook: Rulebook) -> None:
        table = rulebook["abbreviations"]
        self.joiners = frozenset(fold(word) for word in rulebook.words("abbreviations", "joiners"))
        self._by_first: dict[str, list[tuple[_Form, tuple[Expansion, ...]]]] = {}
        for entry in table.entries:
            for form in (entry.form, *entry.variants):
                tokens = tuple(TOKEN.findall(fold(form)))
                self._by_first.setdefault(tokens[0], []).append((tokens, entry.expansions))
        texts = {e.text for entry in table.entries for e in entry.expansions if e.kind in _NAMES}
        self._full_names = tuple(sorted(texts, key=lambda text: (-len(text), text)))
        for rows in self._by_first.values():
            rows.sort(key=lambda row: -len(row[0]))

    def expand(self, tokens: Sequence[str], local: Mapping[str, str] | None = None) -> list[str]:
        """Folded tokens with their short forms written out; `local` (short form -> full, both folded) wins (R-ABB-01)."""
        return [word for words in self._pieces(tokens, local or {}) for word in words]

    def key(self, text: str, local: Mapping[str, str] | None = None) -> str:
        """The comparison key of a name: expanded, without joiners and punctuation.

        >>> from minutes_extract.rulebook.book import load_rulebook
        >>> table = abbreviations(load_rulebook())
        >>> table.key("Sở KH&CN TP. Cần Thơ") == table.key("Sở Khoa học và Công nghệ thành phố Cần Thơ")
        True
        """
        return " ".join(word for word in self.expand(TOKEN.findall(fold(text)), local) if word not in self.joiners)

    def is_form(self, word: str) -> bool:
        """True for a short form in one piece that needs no neighbour to be one: `UBND`, `KH&CN`; not `TƯ`, which is a syllable too."""
        tokens = tuple(TOKEN.findall(fold(word)))
        forms = self._by_first.get(tokens[0], ()) if tokens else ()
        return any(form == tokens and not (full[0].after or full[0].before) for form, full in forms)

    def spell(self, text: str) -> str:
        """`text` with the full names of the table in their own capitals: `sở khoa học và công nghệ` -> `sở Khoa học và Công nghệ`."""
        folded = fold(text)
        for full in self._full_names:
            at = f" {folded} ".find(f" {fold(full)} ")
            if at >= 0:
                text = text[:at] + full + text[at + len(full) :]
        return text

    def _pieces(self, tokens: Sequence[str], local: Mapping[str, str]) -> Iterator[Sequence[str]]:
        i = 0
        while i < len(tokens):
            taken, words = self._at(tokens, i, local)
            yield words
            i += taken

    def _at(self, tokens: Sequence[str], i: int, local: Mapping[str, str]) -> tuple[int, Sequence[str]]:
        if tokens[i] in local:
            return 1, TOKEN.findall(local[tokens[i]])
        for form, expansions in self._by_first.get(tokens[i], ()):
            if tuple(tokens[i : i + len(form)]) == form:
                before, behind = " ".join(tokens[max(0, i - 3) : i]), " ".join(tokens[i + len(form) : i + len(form) + 3])
                for expansion in expansions:
                    if _holds(expansion, before, behind):
                        return len(form), TOKEN.findall(fold(expansion.text))
        return 1, tokens[i : i + 1]


def abbreviations(rulebook: Rulebook) -> Abbreviations:
    """The table of a rulebook, built once."""
    return rulebook.compiled(Abbreviations)


def expand_abbreviations(rulebook: Rulebook, text: str) -> str:
    """The comparison key of `text`: `Abbreviations.key`."""
    return abbreviations(rulebook).key(text)


def _holds(expansion: Expansion, before: str, behind: str) -> bool:
    if expansion.after and not any(_ends_with(before, fold(word)) for word in expansion.after):
        return False
    return not expansion.before or any((behind + " ").startswith(fold(word) + " ") for word in expansion.before)


def _ends_with(text: str, word: str) -> bool:
    return f" {text}".endswith(f" {word}")
