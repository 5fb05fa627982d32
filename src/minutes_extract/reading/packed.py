"""Files of lines that may be compressed: `.gz` and `.zst` by the ending of the name, anything else as it is."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import BinaryIO, cast

ENDINGS = {"zst": ".zst", "gz": ".gz", "none": ""}
"""Name of a compression -> what it adds to a file's name."""


def open_packed(file: Path) -> BinaryIO:
    """The decompressed bytes of `file`, as a stream.

    Raises:
        OSError: it cannot be opened. Reading on may raise `OSError` or `EOFError` where the file is damaged or cut off.
    """
    name = file.name.lower()
    if name.endswith(ENDINGS["gz"]):
        return cast(BinaryIO, gzip.open(file, "rb"))
    if name.endswith(ENDINGS["zst"]):
        return _open_zstandard(file)
    return file.open("rb")


def _open_zstandard(file: Path) -> BinaryIO:
    from zstandard import ZstdDecompressor

    return io.BufferedReader(_Zstandard(ZstdDecompressor().stream_reader(file.open("rb"), read_across_frames=True, closefd=True)))


class _Zstandard(io.RawIOBase):
    """A zstandard stream whose faults are `OSError`, as those of gzip are."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        from zstandard import ZstdError

        try:
            return cast(int, self._stream.readinto(buffer))  # type: ignore[attr-defined]
        except ZstdError as error:
            raise OSError(f"not a whole zstandard file: {error}") from None

    def close(self) -> None:
        self._stream.close()
        super().close()
