"""What lies in the archive's folders, whatever it is: files, and what is none or cannot be looked into, by its name."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_OF_ITS_PLACE = {
    errno.EACCES: "cannot be read (permission denied)",
    errno.EPERM: "cannot be read (permission denied)",
    errno.ELOOP: "a link that leads in a circle",
    errno.ENAMETOOLONG: "a path longer than this system can open",
}
"""Faults of one place; any other is of the disk, and concerns all that lies on it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is no folder. ``name`` is its path below the root as it can be shown: ``/`` between folders, what
    is no UTF-8 escaped. ``fault`` says why it was not looked into, ``""`` where it can be."""

    path: Path
    name: str
    fault: str = ""


def entries_below(root: Path) -> Iterator[Entry]:
    """Yield everything below ``root`` that is no folder, in no order. Links to folders are named, never followed.

    Raises:
        OSError: of the root itself, or of the whole disk.
    """
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                inside = list(found)
        except FileNotFoundError:
            if folder == root:
                raise
            continue  # it went while we looked
        except OSError as error:
            if folder == root:
                raise
            yield Entry(folder, _shown(root, folder), f"a folder: {fault_of(error)}")
            continue
        for item in inside:
            path = Path(item.path)
            if not item.is_dir(follow_symlinks=False):
                behind = item.is_symlink() and _leads_to_folder(path)
                yield Entry(path, _shown(root, path), "a link to a folder, not followed" if behind else "")
            else:
                folders.append(path)


def fault_of(error: OSError) -> str:
    """Return in words why one place could not be looked into.

    Raises:
        OSError: ``error`` itself, where it is not of that place alone.
    """
    if error.errno not in _OF_ITS_PLACE:
        raise error
    return _OF_ITS_PLACE[error.errno]


def _leads_to_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix().encode("utf-8", "backslashreplace").decode()
