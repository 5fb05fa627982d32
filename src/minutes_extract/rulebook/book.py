"""The rulebook: all rule files, checked against their schema, layered and hashed.

The built-in files are in `rulebook/data/`. A user's folder may hold files of the same names: entries with a known id replace
the built-in one, new ids are added, `lists` are added to, `settings` override, and ids under `remove` are dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from minutes_extract.errors import RuleError
from minutes_extract.rulebook.models.base import Entry, Table

TABLES: Mapping[str, str] = {
    "abbreviations": "abbreviations:AbbreviationEntry",
    "bodies": "bodies:BodyEntry",
    "counts": "counts:CountEntry",
    "dates": "dates:DateEntry",
    "directives": "directives:DirectiveEntry",
    "honorifics": "people:HonorificEntry",
    "marks": "marks:MarkEntry",
    "meetings": "meetings:CueEntry",
    "names": "people:NameEntry",
    "places": "places:PlaceEntry",
    "posts": "posts:PostEntry",
    "weights": "weights:WeightEntry",
    "zones": "zones:ZoneEntry",
}
"""Rule file (without `.yaml`) -> the pydantic model of its entries, as `module:Class` under `rulebook.models`."""

T = TypeVar("T")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Rulebook:
    """All tables of rules, frozen; equal content has equal `hash`.

    Attributes:
        tables: name -> `Table`.
        hash: `sha256:` and the hex digest over the merged content; goes into each record.
        sources: the folders the rules come from, built-in first.
    """

    def __init__(self, tables: Mapping[str, Table[Any]], sources: tuple[str, ...]) -> None:
        self.tables = dict(tables)
        self.sources = sources
        digest = hashlib.sha256()
        for name in sorted(self.tables):
            digest.update(f"{name}\n{self.tables[name].model_dump_json(by_alias=True)}\n".encode())
        self.hash = f"sha256:{digest.hexdigest()}"
        self._compiled: dict[tuple[str, str], Any] = {}

    def __getitem__(self, name: str) -> Table[Any]:
        return self.tables[name]

    def compiled(self, build: Callable[[Rulebook], T]) -> T:
        """What `build(self)` returns, built once for each rulebook; for compiled patterns and look-up tables."""
        key = (build.__module__, build.__qualname__)
        if key not in self._compiled:
            self._compiled[key] = build(self)
        return self._compiled[key]  # type: ignore[no-any-return]

    def words(self, table: str, name: str) -> tuple[str, ...]:
        """The closed class `name` of `table`; a RuleError names the file if it is missing."""
        try:
            return self.tables[table].lists[name]
        except KeyError:
            raise RuleError(f"{table}.yaml: the list {name!r} is missing; add it under `lists:`") from None


@lru_cache(maxsize=8)
def load_rulebook(folder: Path | None = None) -> Rulebook:
    """The built-in rules, with those of `folder` layered on top.

    Raises:
        RuleError: names the file, the entry and what is wrong with it.

    Example:
        >>> load_rulebook().hash[:7]
        'sha256:'
    """
    builtin = files("minutes_extract.rulebook") / "data"
    tables: dict[str, Table[Any]] = {}
    for name in TABLES:
        raw = _parse(f"{name}.yaml", (builtin / f"{name}.yaml").read_bytes())
        top = None if folder is None else folder / f"{name}.yaml"
        if top is not None and top.is_file():
            raw = _layer(str(top), name, raw, _parse(str(top), top.read_bytes()))
        tables[name] = _check(f"{name}.yaml", name, raw)
    if folder is not None:
        _refuse_strangers(folder)
    return Rulebook(tables, ("built-in",) if folder is None else ("built-in", str(folder)))


def _refuse_strangers(folder: Path) -> None:
    if not folder.is_dir():
        raise RuleError(f"{folder}: the rules folder does not exist or is not a folder")
    for path in sorted(folder.glob("*.y*ml")):
        if path.name not in {f"{name}.yaml" for name in TABLES}:
            raise RuleError(f"{path}: not a rule file; the names are {', '.join(f'{name}.yaml' for name in sorted(TABLES))}")


def _parse(where: str, content: bytes) -> dict[str, Any]:
    try:
        raw = yaml.load(content.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a safe loader, in C where it is built
    except UnicodeDecodeError as error:
        raise RuleError(f"{where}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except yaml.YAMLError as error:
        raise RuleError(f"{where}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(raw, dict):
        raise RuleError(f"{where}: a rule file is a mapping with `entries:` and `lists:`, not {type(raw).__name__}")
    return raw


def _layer(where: str, name: str, base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """The raw table `name` with the user's file `where` on top; the user's part is checked by itself first, so that faults name it."""
    removed = top.pop("remove", None) or []
    if not isinstance(removed, list) or not all(isinstance(known, str) for known in removed):
        raise RuleError(f"{where}: remove: a list of ids, such as `remove: [post.head]`")
    unknown = sorted(set(removed) - {entry["id"] for entry in base["entries"]})
    if unknown:
        raise RuleError(f"{where}: remove: there is no rule {unknown[0]}; `minutes-extract rules list` names them all")
    top = {part: content for part, content in top.items() if content is not None}
    _check(where, name, top)
    ours = {entry["id"]: entry for entry in top.get("entries", ())}
    known = [entry for entry in base["entries"] if entry["id"] not in removed]
    entries = [ours.pop(entry["id"], entry) for entry in known] + list(ours.values())
    lists = {key: list(value) for key, value in base.get("lists", {}).items()}
    for key, words in top.get("lists", {}).items():
        lists[key] = lists.get(key, []) + [word for word in words if word not in lists.get(key, [])]
    settings = {**base.get("settings", {}), **top.get("settings", {})}
    return {"about": base.get("about", ""), "entries": entries, "lists": lists, "settings": settings}


def _check(where: str, name: str, raw: dict[str, Any]) -> Table[Any]:
    module, model_name = TABLES[name].split(":")
    model: type[Entry] = getattr(import_module(f"minutes_extract.rulebook.models.{module}"), model_name)
    try:
        table: Table[Entry] = Table[model].model_validate(raw)  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"])
        if len(first["loc"]) > 1 and first["loc"][0] == "entries" and isinstance(first["loc"][1], int):
            entry = raw["entries"][first["loc"][1]]
            known = entry.get("id") if isinstance(entry, dict) else None
            path = f"entry {known or first['loc'][1]}, field {'.'.join(str(part) for part in first['loc'][2:])}"
        raise RuleError(f"{where}: {path}: {first['msg']}") from None
    seen: set[str] = set()
    for entry in table.entries:
        if entry.id in seen:
            raise RuleError(f"{where}: entry {entry.id}: the id stands twice; each rule needs its own")
        seen.add(entry.id)
    return table
