"""Even pacing under Google's per-minute quotas: a run never bursts into a 429 by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Bucket(Enum):
    """What a call's quota is counted in."""

    SHEETS_READ = "sheets_read"
    SHEETS_WRITE = "sheets_write"
    DRIVE = "drive"
    FORMS = "forms"


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` calls at once, then one every ``60 / steady`` seconds: ``burst + steady`` at most in any minute."""

    burst: int
    steady: int


RATES = {
    # 60 reads and 60 writes a minute a user: https://developers.google.com/workspace/sheets/api/limits
    Bucket.SHEETS_READ: Rate(burst=10, steady=50),
    Bucket.SHEETS_WRITE: Rate(burst=10, steady=50),
    # 325,000 units a minute a user, an edit costs 50: https://developers.google.com/workspace/drive/api/guides/limits
    # The pace is far below that; a mass import still files ten documents a second.
    Bucket.DRIVE: Rate(burst=20, steady=600),
    # No numbers are published for reading responses; the pace of Sheets is kept.
    Bucket.FORMS: Rate(burst=10, steady=50),
}


class Pacer:
    """Makes callers wait for their turn, by bucket. Safe to share between threads."""

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], None], rates: dict[Bucket, Rate] | None = None
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._rates = RATES if rates is None else rates
        self._full_at: dict[Bucket, float] = {}
        """When each bucket will have no call outstanding (the theoretical arrival time of the next call)."""
        self._lock = threading.Lock()

    def wait(self, bucket: Bucket) -> None:
        """Return when a call of ``bucket`` may go out."""
        rate = self._rates.get(bucket)
        if rate is None:
            return
        interval = 60 / rate.steady
        with self._lock:
            now = self._clock()
            arrival = max(now, self._full_at.get(bucket, now))
            self._full_at[bucket] = arrival + interval
            pause = arrival - (rate.burst - 1) * interval - now
        if pause > 0:
            self._sleep(pause)
