"""One run at a time: a lock that the operating system lets go when the process that holds it dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sync.errors import BookBusy
from sync.workspace.disk import told

LOCK_NAME = ".agenda.kunci"
PATIENCE = 30.0
PAUSE = 0.1

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _remove_and_close(path: Path, descriptor: int) -> None:
        # Windows removes no file that somebody has open; whoever waits for it keeps it, and removes it in turn.
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _remove_and_close(path: Path, descriptor: int) -> None:
        # Removed while still locked, so that the name can only belong to this lock or to nobody.
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


class FolderLock:
    """The lock of one folder. Not re-entrant."""

    def __init__(
        self,
        folder: Path,
        *,
        patience: float = PATIENCE,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = folder / LOCK_NAME
        self._patience = patience
        self._pause = pause
        self._clock = clock

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock, waiting at most ``patience`` seconds for another run to let it go.

        Raises:
            BookBusy: another run still holds it.
            AccessRefused, DiskFull, Unreachable: the lock file cannot be made.
        """
        limit = self._clock() + (self._patience if patience is None else patience)
        while (descriptor := self._try()) is None:
            if self._clock() >= limit:
                raise BookBusy(str(self._path.parent))
            self._pause(PAUSE)
        try:
            yield
        finally:
            _remove_and_close(self._path, descriptor)

    def is_there(self) -> bool:
        """Tell whether the lock's file lies in the folder: held by a run, or left by one that was killed."""
        return self._path.exists()

    def _try(self) -> int | None:
        with told(str(self._path.parent)):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _take(descriptor)
                if _is_at(descriptor, self._path):
                    return descriptor
            except OSError as error:
                if error.errno not in _HELD:
                    os.close(descriptor)
                    raise
        os.close(descriptor)
        return None


def _is_at(descriptor: int, path: Path) -> bool:
    """Tell whether ``path`` still names the file that was locked.

    The holder before us removes the file when it is done: a lock on the removed file would exclude nobody.
    """
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
