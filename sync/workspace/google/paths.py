"""Which paths a document may have: those that every system the office may copy the archive to can hold."""

from __future__ import annotations

import re

from sync.errors import PathRefused

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|[\ud800-\udfff]')


def split_path(path: str) -> tuple[str, str]:
    """Return folder and file name; the folder is ``""`` for the archive's root.

    Raises:
        PathRefused: the path leads out of the archive, or names what no file can be called.
    """
    for part in path.split("/"):
        why = _fault(part)
        if why:
            raise PathRefused(path, why)
    folder, _, name = path.rpartition("/")
    return folder, name


def folders_of(path: str) -> list[str]:
    """Return the paths of all folders above a document, outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]


def _fault(part: str) -> str:
    if not part:
        return "it has an empty part"
    if part in {".", ".."}:
        return "it has a part that leads elsewhere"
    if _FORBIDDEN.search(part):
        return "a part has a character that no file name may hold"
    if part[-1] in " ." or part[0] == " ":
        return "a part begins or ends with a space, or ends with a full stop"
    return "a part is longer than a file name can be" if len(part.encode()) > 255 else ""
