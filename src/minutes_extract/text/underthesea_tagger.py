"""underthesea's own tagger: what the cached tagger must equal, and what stands in for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

Normalize = Callable[[str], str]
"""A token as the model knows it: `Hoà` -> `Hòa` (underthesea's `token_normalize`)."""


class UndertheseaTagger:
    """Tags lines with underthesea's model; it is loaded (0.3 s) when the first line asks for it."""

    def __init__(self, folder: Path, normalize: Normalize) -> None:
        """The tagger of the model in `folder`."""
        self._folder = folder
        self._normalize = normalize

    def joins(self, lines: Sequence[Sequence[str]]) -> list[list[bool]]:
        """For each token of each line: does it continue the word before it?"""
        return [self._joins_of(line) for line in lines]

    def features(self, token: str) -> dict[str, str]:
        """What the model is told of one normalized token: `T[0].istitle` -> `True`, ..."""
        (row,) = self._model.featurizer.process([[[token]]])[0]
        named = (feature.partition("=") for feature in row)
        return {template: value for template, _, value in named}

    def _joins_of(self, line: Sequence[str]) -> list[bool]:
        if not line:
            return []
        return [tag == "I-W" for tag in self._model.predict([[self._normalize(token)] for token in line])]

    @cached_property
    def _model(self) -> Any:
        from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger

        model = FastCRFSequenceTagger()
        model.load(str(self._folder))
        return model
