"""Which tagger segments: the cached one when it is proven for the model that is installed, else underthesea's own."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import yaml

from minutes_extract.text.cached_tagger import CachedTagger
from minutes_extract.text.crf_model import ModelFormatError, read_crf_model, read_strings
from minutes_extract.text.underthesea_tagger import Normalize, UndertheseaTagger

VARIABLE = "MINUTES_EXTRACT_SEGMENTER"
"""The environment variable that chooses: `cached` (as without it) or `underthesea`."""
_CACHED, _UNDERTHESEA = "cached", "underthesea"


class Tagger(Protocol):
    """Tells of each token of each line whether it continues the word before it."""

    def joins(self, lines: Sequence[Sequence[str]]) -> list[list[bool]]:
        """For each token of each line: does it continue the word before it?"""


class SegmenterWarning(UserWarning):
    """Segmentation is slower than it could be; the words are the same."""


def choose_tagger(folder: Path, normalize: Normalize) -> Tagger:
    """The tagger for the model in `folder`; a `SegmenterWarning` says why it is not the cached one, if nobody asked for the other."""
    reference = UndertheseaTagger(folder, normalize)
    chosen = os.environ.get(VARIABLE) or _CACHED
    if chosen == _UNDERTHESEA:
        return reference
    if chosen != _CACHED:
        _warn(f"{VARIABLE} is {chosen!r}, which is neither {_CACHED!r} nor {_UNDERTHESEA!r}; {_CACHED!r} is used")
    try:
        return proven_tagger(folder, reference, normalize)
    except (OSError, ModelFormatError) as error:
        _warn(f"{error}; underthesea's own tagger is used: the same words, several times slower (docs/segmentation.md)")
        return reference


def proven_tagger(folder: Path, reference: UndertheseaTagger, normalize: Normalize) -> CachedTagger:
    """The cached tagger of the model in `folder`, after it passed its check.

    The files must be those the tests compared the two taggers on, and the built-in sentences must come out as recorded; with
    an `underthesea_core` of another version they are tagged by both.

    Raises:
        ModelFormatError: the check fails; the message says where.
        OSError: a file cannot be read.
    """
    check = _check()
    contents = {name: (folder / name).read_bytes() for name in check["files"]}
    for name, digest in check["files"].items():
        if hashlib.sha256(contents[name]).hexdigest() != digest:
            raise ModelFormatError(f"the segmentation model of the installed underthesea is another one ({name})")
    templates, dictionary = read_strings(contents["features.bin"]), read_strings(contents["dictionary.bin"])
    model = read_crf_model(contents["models.bin"])
    tagger = CachedTagger(model, list(templates), set(dictionary), reference=reference, normalize=normalize)
    lines, wanted = _probes(check)
    if version("underthesea_core") not in check["core"]:
        wanted = reference.joins(lines)
    found = tagger.joins(lines)
    wrong = next((i for i, line in enumerate(lines, 1) if found[i - 1] != wanted[i - 1]), None)
    if wrong is not None:
        raise ModelFormatError(f"the cached segmenter fails its check on the built-in sentence {wrong}")
    return tagger


def _probes(check: dict[str, Any]) -> tuple[list[list[str]], list[list[bool]]]:
    """The tokens of the built-in sentences, which are written as `Sở Nội_vụ`, and for each: does it continue a word?"""
    sentences = [[word.split("_") for word in probe.split(" ")] for probe in check["probes"]]
    lines = [[token for word in words for token in word] for words in sentences]
    return lines, [[i > 0 for word in words for i in range(len(word))] for words in sentences]


@cache
def _check() -> dict[str, Any]:
    text = (files("minutes_extract.text") / "data" / "segmenter_check.yaml").read_text("utf-8")
    check: dict[str, Any] = yaml.safe_load(text)
    return check


def _warn(message: str) -> None:
    warnings.warn(message, SegmenterWarning, stacklevel=2)
