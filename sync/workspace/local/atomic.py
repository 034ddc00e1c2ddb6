"""The book's new bytes → the disk, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sync.errors import AgendaError, BookOpen
from sync.workspace.disk import FileSystem, told


def temporary_of(book: Path) -> Path:
    """Return the one name under which ``book`` is prepared: what a crash leaves is found there.

    A book that is a symbolic link is prepared beside the file that it leads to, on that file's disk.
    """
    target = target_of(book)
    return target.with_name(f".{target.name}.tmp")


def target_of(book: Path) -> Path:
    """Return what is replaced: a link stays a link."""
    return Path(os.path.realpath(book)) if book.is_symlink() else book


def replace_book(disk: FileSystem, book: Path, content: bytes, last_look: Callable[[], None]) -> None:
    """Give ``book`` the bytes ``content``; a crash at any point leaves the old book or the new one.

    ``last_look`` runs right before the replacement and may still refuse it by raising. The caller holds the lock.

    Raises:
        DiskFull, AccessRefused, Unreachable; BookOpen where the platform replaces no file that a program has open.
    """
    temporary = temporary_of(book)
    try:
        with told(str(book)):
            disk.write(temporary, content)
            if book.exists():
                disk.copy_mode(book, temporary)
            disk.fsync(temporary)
        last_look()
        _replace(disk, temporary, target_of(book))
    except AgendaError:
        with told(str(temporary)):
            disk.unlink(temporary)
        raise
    with told(str(book.parent)):
        disk.fsync_folder(temporary.parent)


def _replace(disk: FileSystem, temporary: Path, book: Path) -> None:
    with told(str(book)):
        try:
            disk.replace(temporary, book)
        except PermissionError as error:
            if os.name != "nt":
                raise
            # Windows replaces no file that a program has open, Excel first of all.
            raise BookOpen(str(book), "unknown", f"~${book.name}") from error
