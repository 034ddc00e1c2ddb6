"""Who has the book open: the lock files that LibreOffice and Excel leave beside a document while it is open.

A program that crashed leaves its lock behind. That is believed only where this machine can know it: the lock names this
machine as its own, and it is older than the machine's start, or no such program runs here.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from sync.errors import BookOpen, BookOpenLong
from sync.events import log_event
from sync.workspace.local.atomic import target_of
from sync.workspace.local.running import spreadsheet_runs, started

UNKNOWN = "somebody"
_LONGEST = 4096
"""Bytes of a lock that are read."""
_SAME_MOMENT = 60.0
"""Seconds between the two locks that LibreOffice makes of one book, and by which a clock may be off."""


@dataclass(frozen=True, slots=True)
class _Lock:
    path: Path
    who: str
    host: str
    """The machine it names, ``""`` if it names none."""
    since: float | None
    """When it was made, in seconds since the epoch."""


@dataclass(frozen=True)
class OpenElsewhere:
    """Looks for locks, and says from when on a book that stays open is somebody's to act on.

    Args:
        patience: minutes.
        clock: seconds since the epoch; it decides on nothing that is written.
        host, machine_started, program_runs: what this machine is asked, for tests; None where it cannot say.
    """

    patience: int = 15
    zone: tzinfo = UTC
    clock: Callable[[], float] = time.time
    host: Callable[[], str] = socket.gethostname
    machine_started: Callable[[], float | None] = started
    program_runs: Callable[[], bool | None] = spreadsheet_runs
    _stale: set[str] = field(default_factory=set)
    """The locks that were told already."""

    def refuse_if_open(self, book: Path) -> None:
        """Go on only if no spreadsheet program has ``book`` open. A lock left by a program that is gone is told.

        Raises:
            BookOpenLong: one has, for more than ``patience`` minutes.
            BookOpen: one has, named by the user that its lock file names.
        """
        # Where the book is a link, people may have opened either name.
        for name in dict.fromkeys((book, target_of(book))):
            self._refuse_if_locked(book, name)

    def _refuse_if_locked(self, book: Path, name: Path) -> None:
        writer, excel = _libreoffice_lock(name), _excel_lock(name)
        why = self._why_stale(writer) if writer else ""
        for lock in (writer, excel):
            if lock is None:
                continue
            if why and (lock is writer or _made_together(writer, lock)):
                if lock.path.name not in self._stale:
                    self._stale.add(lock.path.name)
                    log_event("stale-lock", level="warning", lock=lock.path.name, why=why)
                continue
            raise self._refusal(book, lock)

    def _refusal(self, book: Path, lock: _Lock) -> BookOpen:
        if lock.since is None:
            return BookOpen(str(book), lock.who, lock.path.name)
        minutes = max(0, int((self.clock() - lock.since) // 60))
        since = datetime.fromtimestamp(lock.since, self.zone).strftime("%Y-%m-%d %H:%M")
        if minutes < self.patience:
            return BookOpen(str(book), lock.who, lock.path.name, since)
        return BookOpenLong(str(book), lock.who, lock.path.name, since, minutes, self.patience)

    def _why_stale(self, lock: _Lock) -> str:
        """Return why the program that made ``lock`` is gone, ``""`` if it may still be there."""
        if not lock.host or lock.host.casefold().split(".")[0] != self.host().casefold().split(".")[0]:
            return ""
        start = self.machine_started()
        if lock.since is not None and start is not None and lock.since < start - _SAME_MOMENT:
            return "older-than-the-start-of-this-machine"
        return "no-such-program-runs" if self.program_runs() is False else ""


def _made_together(first: _Lock | None, second: _Lock) -> bool:
    """Tell whether LibreOffice made ``second``, in Excel's form, beside its own."""
    return (
        first is not None
        and first.since is not None
        and second.since is not None
        and abs(first.since - second.since) <= _SAME_MOMENT
    )


def _libreoffice_lock(book: Path) -> _Lock | None:
    # `full name,login,host,date,profile;` with commas inside a field escaped; the full name is often left empty.
    path = book.with_name(f".~lock.{book.name}#")
    content = _content(path)
    if content is None:
        return None
    name, login, host, *_ = [*content.decode("utf-8", "replace").split(","), "", "", ""]
    user, host = _shown(name) or _shown(login), _shown(host)
    return _Lock(path, f"{user} on {host}" if user and host else user or UNKNOWN, host, _made(path))


def _excel_lock(book: Path) -> _Lock | None:
    path = book.with_name(f"~${book.name}")
    content = _content(path)
    return None if content is None else _Lock(path, _shown(_excel_user(content)) or UNKNOWN, "", _made(path))


def _excel_user(content: bytes) -> str:
    # 165 bytes: a length and the name in the machine's code page (1 + 54), a length and the name in UTF-16 (2 + 108).
    if len(content) >= 57:
        length = int.from_bytes(content[55:57], "little")
        if 0 < length <= 54:
            return content[57 : 57 + 2 * length].decode("utf-16-le", "replace")
    return content[1 : 1 + content[0]].decode("cp1252", "replace") if content else ""


def _content(path: Path) -> bytes | None:
    """Return what a lock says, nothing if it lets nobody read it, None if there is none."""
    if not path.exists():
        return None
    try:
        with path.open("rb") as stream:
            return stream.read(_LONGEST)
    except FileNotFoundError:
        return None
    except OSError:
        # Excel on Windows lets nobody read its owner file.
        return b""


def _made(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _shown(name: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(printable.split())[:80]
