"""What this machine knows of itself: when it was started, and whether a spreadsheet program runs on it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

_PROGRAMS = ("soffice", "oosplash", "localc", "libreoffice", "openoffice", "excel", "et.exe", "wps")
"""How the processes of LibreOffice, Excel and WPS Office are called, in part."""
_PROCESSES = Path("/proc")
_WAIT = 10.0


def started() -> float | None:
    """Return when this machine was started, in seconds since the epoch; None if it cannot say."""
    if sys.platform == "linux":
        return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform in ("win32", "darwin"):
        # There the monotonic clock counts from the start of the machine.
        return time.time() - time.monotonic()
    return None


def spreadsheet_runs() -> bool | None:
    """Tell whether a spreadsheet program runs here, whoever started it; None if this process may not see that."""
    names = _names_of_processes()
    return None if names is None else any(program in name.lower() for name in names for program in _PROGRAMS)


def _names_of_processes() -> list[str] | None:
    if sys.platform == "linux":
        return _names_on_linux()
    command = ["tasklist", "/fo", "csv", "/nh"] if sys.platform == "win32" else ["/bin/ps", "-axo", "comm="]
    try:
        listed = subprocess.run(command, capture_output=True, timeout=_WAIT, check=True)  # noqa: S603  # fixed words
    except (OSError, subprocess.SubprocessError):
        return None
    return listed.stdout.decode(errors="replace").splitlines()


def _names_on_linux(folder: Path = _PROCESSES) -> list[str] | None:
    try:
        # Where the processes of others are hidden (hidepid), that of the machine itself is hidden as well.
        (folder / "1" / "comm").read_text(errors="replace")
        numbers = [path for path in folder.iterdir() if path.name.isdigit()]
    except OSError:
        return None
    return list(_names(numbers))


def _names(processes: Iterable[Path]) -> Iterable[str]:
    for process in processes:
        try:
            yield (process / "comm").read_text(errors="replace")
        except OSError:
            continue  # it has just ended
