"""Which paths a document may have: inside the archive, and legal on every system the office may copy it to."""

from __future__ import annotations

import re
from pathlib import Path

from sync.errors import PathRefused

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: what Windows takes in no name, and names of devices.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|[\ud800-\udfff]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
_LONGEST_NAME = 255


def inside(root: Path, path: str) -> Path:
    """Return where the document at ``path`` (relative, ``/`` between folders) lies under ``root``.

    Raises:
        PathRefused: the path leads out of the archive, or some system could not hold it.
    """
    for part in path.split("/"):
        why = _fault(part)
        if why:
            raise PathRefused(path, why)
    return root.joinpath(*path.split("/"))


def inside_or_none(root: Path, path: str) -> Path | None:
    """Return where ``path`` lies under ``root``, or None if nothing can have been filed there."""
    return None if any(_fault(part) for part in path.split("/")) else root.joinpath(*path.split("/"))


def _fault(part: str) -> str:
    if not part:
        return "it has an empty part"
    if part in {".", ".."}:
        return "it has a part that leads elsewhere"
    if _FORBIDDEN.search(part):
        return "a part has a character that no file name may hold"
    if part[-1] in " ." or part[0] == " ":
        return "a part begins or ends with a space, or ends with a full stop"
    if _DEVICES.match(part):
        return "a part is the name of a Windows device"
    if len(part.encode()) > _LONGEST_NAME:
        return "a part is longer than a file name can be"
    return ""
