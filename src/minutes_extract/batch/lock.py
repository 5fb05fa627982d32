"""One run at a time on an output folder."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from minutes_extract.batch.layout import LOCK
from minutes_extract.errors import OutputError

_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class FolderLock:
    """Holds a folder while a run goes on; the system lets go of it when the process ends, however that is.

    A record lock of POSIX is used, which worker processes do not inherit: a killed run does not leave the folder locked by a
    worker that is still busy.

    Raises:
        OutputError: another run holds the folder; names it and its process.
        OSError: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / LOCK
        self._descriptor = self._held(folder)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode())

    def _held(self, folder: Path) -> int:
        while True:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _lock(descriptor)
            except OSError as error:
                holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
                os.close(descriptor)
                if error.errno not in _HELD:
                    raise
                who = f"process {holder}" if holder.isdigit() else "another process"
                told = f"{folder}: another run is writing to this folder ({who}); wait for it, or name another with -o"
                raise OutputError(told) from None
            with suppress(OSError):
                if os.path.samestat(os.fstat(descriptor), self._file.stat()):
                    return descriptor
            os.close(descriptor)  # the run before removed the file between our opening and locking it

    def release(self) -> None:
        """Let go of the folder."""
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._descriptor)
        with suppress(OSError):
            self._file.unlink()
        if sys.platform != "win32":
            os.close(self._descriptor)


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        import msvcrt

        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # behind the process id, which others may read
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:

    def _lock(descriptor: int) -> None:
        import fcntl

        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
