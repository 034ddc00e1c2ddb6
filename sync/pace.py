"""How far a run goes before it records what it filed, and when it leaves: for its limit, or because it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

ItemT = TypeVar("ItemT")

LIMIT = "limit"
"""Why a run left, where nobody told it to."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``run_seconds`` is how long a run may take; None: as long as its work does."""

    portion: int = 100
    """Documents filed between two records, at most."""
    portion_seconds: float = 30
    """Between two records, at most (an upload that is on its way is waited for), and between two whole ones, at least:
    those cost as much as the book has rows."""
    run_seconds: float | None = None


USUAL = Limits()


def never() -> str:
    """Tell nobody to leave."""
    return ""


class Pace:
    """Watches one run. ``seconds`` is a clock that only goes forward; ``told`` names who tells the run to leave."""

    def __init__(self, limits: Limits, seconds: Callable[[], float], told: Callable[[], str]) -> None:
        self._limits, self._seconds, self._told = limits, seconds, told
        self._started = self._recorded_at = self._whole_at = seconds()
        self._longest_record = 0.0
        self.left = ""
        """Why documents were left to the next run: who told it to leave, or :data:`LIMIT`; ``""`` if none were."""

    @contextmanager
    def recording(self, *, whole: bool = True) -> Iterator[None]:
        """Measure a record (reading, deciding and committing): the last one has to fit into the limit too."""
        began = self._seconds()
        try:
            yield
        finally:
            self._recorded_at = self._seconds()
            self._whole_at = self._recorded_at if whole else self._whole_at
            self._longest_record = max(self._longest_record, self._recorded_at - began)

    def is_portion(self, unrecorded: int) -> bool:
        """Tell whether so many documents, filed since the last record, are to be recorded before the next."""
        waited = self._seconds() - self._recorded_at
        return unrecorded >= self._limits.portion or waited >= self._limits.portion_seconds

    def is_whole(self) -> bool:
        """Tell whether the next record is to be a whole one."""
        return self._seconds() - self._whole_at >= self._limits.portion_seconds

    def must_leave(self) -> str:
        """Return why the run begins nothing more, ``""`` while it may."""
        limit = self._limits.run_seconds
        spent = self._seconds() - self._started + self._longest_record
        return self._told() or (LIMIT if limit is not None and spent >= limit else "")

    def allowed(self, items: Iterable[ItemT]) -> Iterator[ItemT]:
        """Yield items until the run has to leave. One is begun under any limit: else a short one would end nothing."""
        for begun, item in enumerate(items):
            why = self.must_leave()
            if why and (begun or why != LIMIT):
                self.left = why
                return
            yield item
