"""Who has the book open: the lock files that LibreOffice and Excel leave beside a document while it is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sync.errors import BookOpen
from sync.workspace.local.atomic import target_of

UNKNOWN = "somebody"


def refuse_if_open(book: Path) -> None:
    """Go on only if no spreadsheet program has ``book`` open.

    Raises:
        BookOpen: one has, named by the user that its lock file names.
    """
    # Where the book is a link, people may have opened either name.
    for name in dict.fromkeys((book, target_of(book))):
        for lock, who in (
            (name.with_name(f".~lock.{name.name}#"), _libreoffice_user),
            (name.with_name(f"~${name.name}"), _excel_user),
        ):
            if lock.exists():
                raise BookOpen(str(book), _read(lock, who), lock.name)


def _read(lock: Path, who: Callable[[bytes], str]) -> str:
    try:
        content = lock.read_bytes()
    except OSError:
        # Excel on Windows lets nobody read its owner file.
        return UNKNOWN
    name = " ".join(who(content).split())
    return name[:80] or UNKNOWN


def _libreoffice_user(content: bytes) -> str:
    # `full name,login,host,date,profile;` with commas inside a field escaped; the full name is often left empty.
    name, login, host, *_ = [*content.decode("utf-8", "replace").split(","), "", "", ""]
    user = name.strip() or login.strip()
    return f"{user} on {host.strip()}" if user and host.strip() else user


def _excel_user(content: bytes) -> str:
    # 165 bytes: a length and the name in the machine's code page (1 + 54), a length and the name in UTF-16 (2 + 108).
    if len(content) >= 57:
        length = int.from_bytes(content[55:57], "little")
        if 0 < length <= 54:
            return content[57 : 57 + 2 * length].decode("utf-16-le", "replace")
    return content[1 : 1 + content[0]].decode("cp1252", "replace") if content else ""
