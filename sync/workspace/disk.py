"""Every step that the backend takes on the disk, one method a step, and what the operator is told when a step fails.

All writes go through :class:`FileSystem`, so that a test can count the steps, cut a run off at the n-th, or fail it.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sync.errors import AccessRefused, DiskFull, Unreachable

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class NotAFile(OSError):
    """What lies there is neither a file nor a folder; ``strerror`` says what."""

    def __init__(self, path: Path, mode: int) -> None:
        kinds = ((stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"))
        kind = next((name for test, name in kinds if test(mode)), "a device")
        super().__init__(errno.ENXIO, f"{kind}, not a file", str(path))


class FileSystem:
    """The real disk. Each method is one step that a crash can fall before or after."""

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file; of nothing else, which could be without end or never come.

        Raises:
            NotAFile, OSError.
        """
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise NotAFile(path, mode)
        return path.read_bytes()

    def make_folder(self, path: Path) -> None:
        """Make ``path`` and the folders above it, as far as they are missing."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Make or overwrite ``path``. What it holds after a crash is anybody's guess until :meth:`fsync`."""
        with path.open("wb") as stream:
            stream.write(content)

    def copy_mode(self, source: Path, target: Path) -> None:
        """Give ``target`` the owner, group and permissions of ``source``: a folder shared by a group must stay so.

        An owner that this account may not give away to is left; the group is tried alone then.
        """
        if os.name == "posix":
            state = source.stat()
            for owner in (state.st_uid, -1):
                with suppress(PermissionError):
                    os.chown(target, owner, state.st_gid)
                    break
        # After the owner: giving a file away takes some permissions from it.
        shutil.copymode(source, target)

    def fsync(self, path: Path) -> None:
        """Return once the bytes of the file ``path`` have reached the disk."""
        # Windows flushes only what was opened for writing; elsewhere any descriptor flushes the whole file.
        with path.open("r+b") as stream:
            os.fsync(stream.fileno())

    def fsync_folder(self, path: Path) -> None:
        """Return once the names in the folder ``path`` have reached the disk, where the platform can say so."""
        if os.name != "posix":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            # Some network disks refuse to flush a folder; the rename itself is still atomic there.
            with suppress(OSError):
                os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target``, whatever had it; atomic."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give ``source`` the second name ``target``; atomic, and never over an existing file."""
        target.hardlink_to(source)

    def rename(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target``, of which the caller knows that nobody has it."""
        source.rename(target)

    def unlink(self, path: Path) -> None:
        """Remove the file ``path`` if it is there."""
        path.unlink(missing_ok=True)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what the operating system says about ``place`` into what the operator has to do.

    Raises:
        DiskFull, AccessRefused, Unreachable.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        if error.errno in _FULL:
            raise DiskFull(place) from error
        if error.errno in _REFUSED:
            next_step = "Give the account that runs the job the right to read and write there, then run again."
            raise AccessRefused(place, why[:1].lower() + why[1:], next_step) from error
        raise Unreachable(place, why[:1].lower() + why[1:]) from error
