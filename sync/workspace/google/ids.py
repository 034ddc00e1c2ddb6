"""Ids for documents and folders: a few more than asked for, so that folders cost no call of their own."""

from __future__ import annotations

import threading

from sync.workspace.google.drive import MOST_IDS, Drive

_FOLDERS_A_DOCUMENT = 3
"""Year, classification, month: more than that a new document never needs."""
_MOST_SPARE = 240
"""Enough for the folders of twenty years of months: an import needs no second call either."""


class IdPool:
    """Hands out ids, none twice. An id that is never used costs nothing."""

    def __init__(self, drive: Drive) -> None:
        self._drive = drive
        self._spare: list[str] = []
        self._lock = threading.Lock()

    def allocate(self, count: int) -> list[str]:
        """Return ids for documents: one call for up to a thousand, spare ones for their folders included."""
        if count == 0:
            return []
        wanted_spare = max(0, min(count * _FOLDERS_A_DOCUMENT, _MOST_SPARE) - len(self._spare))
        room = -(-count // MOST_IDS) * MOST_IDS - count
        ids = self._drive.generate_ids(count + min(wanted_spare, room))
        with self._lock:
            self._spare += ids[count:]
        return ids[:count]

    def spare(self, count: int) -> list[str]:
        """Return ids for folders, from the spare ones as far as they go."""
        with self._lock:
            missing = count - len(self._spare)
            if missing > 0:
                self._spare += self._drive.generate_ids(missing)
            taken, self._spare = self._spare[:count], self._spare[count:]
        return taken
