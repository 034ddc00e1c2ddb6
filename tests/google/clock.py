"""The stand-in's own time, which tests may set and move."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Real time until ``set``; from then on it stands still, but for ``advance``."""

    def __init__(self) -> None:
        self._fixed: datetime | None = None

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._fixed if self._fixed is not None else datetime.fromtimestamp(time.time(), UTC)

    def set(self, moment: datetime | str) -> None:
        """Stop the clock at an aware moment (or an ISO 8601 text with an offset)."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        if moment.tzinfo is None:
            raise ValueError("the clock needs a moment with a time zone")
        self._fixed = moment.astimezone(UTC)

    def advance(self, seconds: float) -> None:
        """Move a clock that was set, or set a running one ahead."""
        self._fixed = self.now() + timedelta(seconds=seconds)

    def run(self) -> None:
        """Back to real time."""
        self._fixed = None


def rfc3339(moment: datetime) -> str:
    """``2026-11-24T02:30:00.123Z``, the form Drive and Forms use."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
