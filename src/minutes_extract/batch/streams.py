"""Files of lines being written under a temporary name, plain or compressed."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias, cast

from minutes_extract.batch.layout import PART

Compression: TypeAlias = Literal["zst", "gz", "none"]

_ZSTANDARD_LEVEL = 3
_GZIP_LEVEL = 6


class LineFile:
    """A file being written under a temporary name. The same lines give the same bytes: no clock, no name inside.

    Attributes:
        lines: how many were written.
    """

    def __init__(self, target: Path, compression: Compression = "none") -> None:
        self._target = target
        self._part = target.with_name(f"{target.name}{PART}")
        self._raw = _Hashing(self._part.open("wb"))
        self._packed = _packing(self._raw, compression)
        self.lines = 0

    def write(self, line: bytes) -> None:
        """Add a line, with its line break."""
        (self._packed or self._raw).write(line)
        self.lines += 1

    def flush(self) -> None:
        """Hand what was written to the system, so that a killed process does not lose it."""
        self._raw.flush()

    def close(self) -> None:
        """End the file; it keeps its temporary name."""
        if self._raw.closed:
            return
        try:
            if self._packed is not None:
                self._packed.close()
            self._raw.flush()
            os.fsync(self._raw.fileno())
        finally:
            self._raw.close()

    def name_it(self, target: Path | None = None) -> None:
        """Give the closed file its name."""
        self._part.replace(target or self._target)

    def facts(self) -> dict[str, Any]:
        """What the manifest says of the file: lines, and the SHA-256 of its bytes."""
        return {"lines": self.lines, "sha256": self._raw.digest.hexdigest()}


class _Hashing(io.RawIOBase):
    """A file that knows the hash of what went into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()
        super().close()


def _packing(raw: _Hashing, compression: Compression) -> BinaryIO | None:
    if compression == "gz":
        return cast(BinaryIO, gzip.GzipFile("", "wb", _GZIP_LEVEL, cast(BinaryIO, raw), mtime=0))
    if compression == "zst":
        from zstandard import ZstdCompressor

        return cast(BinaryIO, ZstdCompressor(level=_ZSTANDARD_LEVEL, write_checksum=True).stream_writer(cast(BinaryIO, raw), closefd=False))
    return None
