"""A whole file into memory, if it is a file and no larger than such a file ever is."""

from __future__ import annotations

import stat
from pathlib import Path


class Unfit(Exception):
    """What lies there is nothing to read in whole; the message says why, in English."""


def read_whole(path: Path, most: int) -> bytes:
    """Return the bytes of ``path``, ``most`` at most.

    Raises:
        Unfit: it is a device or a pipe, which might never end, or it is larger than ``most`` bytes.
        OSError: it cannot be read, or is a directory.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        # Opening a pipe that nobody writes into would wait for ever.
        raise Unfit("this is a device or a pipe, not a file")
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise Unfit(f"the file is larger than {most / 2**20:g} MB")
    return content
