"""underthesea's model as numbers: the weights in a CRFsuite file (`lCRF`), and the two small files beside it.

A file is data from outside: every place is checked before it is read, and nothing in a file can run code.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_HEADER = struct.Struct("<4sI4s9I")  # magic, size, type, version, features, labels, attributes, then where five tables start
_CHUNK = struct.Struct("<4sII")
_NAMES = struct.Struct("<4s5I")
_RECORD = struct.Struct("<II")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_BYTE_ORDER = 0x62445371
_STATE, _TRANSITION = 0, 1


class ModelFormatError(ValueError):
    """The file is not a model this reader understands; the message says what was expected."""


class CrfModel(NamedTuple):
    """A linear-chain CRF: `state_weights[attribute][label]` and `transitions[label before][label]`, zero where there is none."""

    labels: tuple[str, ...]
    attributes: tuple[str, ...]
    state_weights: NDArray[np.float64]
    transitions: NDArray[np.float64]


def read_crf_model(data: bytes) -> CrfModel:
    """The model in the bytes of an `lCRF` file.

    Raises:
        ModelFormatError: the bytes are cut short, point outside the file, or are something else.

    >>> read_crf_model(b"lCRF")
    Traceback (most recent call last):
    ...
    minutes_extract.text.crf_model.ModelFormatError: the header of the model reaches beyond the end of the file (4 bytes)
    """
    magic, _, kind, version, _, labels_count, attributes_count, features_at, labels_at, attributes_at, *_ = _unpack(
        _HEADER, data, 0, "the header of the model"
    )
    if (magic, kind, version) != (b"lCRF", b"FOMC", 100):
        raise ModelFormatError(f"not a CRFsuite model of version 100: {magic!r} {kind!r} {version}")
    labels = _read_names(data, labels_at, labels_count, "labels")
    attributes = _read_names(data, attributes_at, attributes_count, "attributes")
    features = _read_features(data, features_at)
    states = features[features["kind"] == _STATE]
    moves = features[features["kind"] == _TRANSITION]
    if len(states) + len(moves) != len(features):
        raise ModelFormatError("the model has features that are neither of a state nor of a transition")
    return CrfModel(
        labels,
        attributes,
        _matrix(states, len(attributes), len(labels)),
        _matrix(moves, len(labels), len(labels)),
    )


def read_strings(data: bytes) -> list[str] | set[str]:
    """The list or set of strings in a file of Python's pickle format; anything but strings and containers is refused.

    Raises:
        ModelFormatError: the file is broken, or holds something else.

    >>> sorted(read_strings(pickle.dumps({"sở", "tỉnh"})))
    ['sở', 'tỉnh']
    """
    try:
        value = _Plain(io.BytesIO(data)).load()
    except Exception as error:  # a broken pickle raises errors of many kinds
        raise ModelFormatError(f"not a file of strings: {error}") from error
    if not isinstance(value, list | set) or not all(isinstance(item, str) for item in value):
        raise ModelFormatError("not a file of strings: it holds other values")
    return value


class _Plain(pickle.Unpickler):
    """Reads values only: a file that names a class or a function, which is how a pickle runs code, is refused."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"it names {module}.{name}")


def _read_features(data: bytes, at: int) -> NDArray[Any]:
    magic, _, count = _unpack(_CHUNK, data, at, "the table of features")
    start = at + _CHUNK.size
    if magic != b"FEAT" or start + count * _FEATURE.itemsize > len(data):
        raise ModelFormatError("the features of the model are not where its header says")
    features = np.frombuffer(data, _FEATURE, count, start)
    if not np.isfinite(features["weight"]).all():
        raise ModelFormatError("the model has weights that are not numbers")
    return features


def _matrix(features: NDArray[Any], rows: int, columns: int) -> NDArray[np.float64]:
    if features.size and (features["source"].max() >= rows or features["target"].max() >= columns):
        raise ModelFormatError("the model has features of attributes or labels it does not name")
    matrix = np.zeros((rows, columns))
    np.add.at(matrix, (features["source"], features["target"]), features["weight"])
    return matrix


def _read_names(data: bytes, at: int, count: int, what: str) -> tuple[str, ...]:
    magic, size, _, order, found, table_at = _unpack(_NAMES, data, at, f"the table of {what}")
    if magic != b"CQDB" or order != _BYTE_ORDER or found != count or at + size > len(data):
        raise ModelFormatError(f"the {what} of the model are not where its header says")
    if table_at + 4 * count > size:
        raise ModelFormatError(f"the list of {what} reaches beyond its table")
    places = np.frombuffer(data, "<u4", count, at + table_at).tolist()
    return tuple(_names(data[at : at + size], places, what))


def _names(table: bytes, places: list[int], what: str) -> Iterator[str]:
    last = len(table) - _RECORD.size
    for number, place in enumerate(places):
        if place > last:
            raise ModelFormatError(f"the {what} reach beyond their table")
        identity, length = _RECORD.unpack_from(table, place)
        start = place + _RECORD.size
        if identity != number or not 0 < length <= len(table) - start:
            raise ModelFormatError(f"number {number} of the {what} is not where the table says")
        try:
            yield table[start : start + length - 1].decode()
        except UnicodeDecodeError as error:
            raise ModelFormatError(f"number {number} of the {what} is not UTF-8") from error


def _unpack(layout: struct.Struct, data: bytes, at: int, what: str) -> tuple[Any, ...]:
    if at + layout.size > len(data):
        raise ModelFormatError(f"{what} reaches beyond the end of the file ({len(data)} bytes)")
    return layout.unpack_from(data, at)
