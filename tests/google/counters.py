"""What was called, how often, and how many bytes went back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

KINDS = ("sheets_read", "sheets_write", "drive", "forms", "token")


@dataclass(frozen=True, slots=True)
class Record:
    """One call that reached the stand-in, answered or not."""

    kind: str
    method: str
    verb: str
    path: str
    status: int
    sent: int


@dataclass
class Counters:
    """Counts since the last reset. ``status`` 0 in a record means the connection was dropped."""

    records: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count one call."""
        self.records.append(record)

    def reset(self) -> None:
        """Back to nothing."""
        self.records.clear()

    @property
    def kinds(self) -> dict[str, int]:
        """Calls by kind; every kind is there, if only as 0."""
        found = Counter(record.kind for record in self.records)
        return {kind: found[kind] for kind in KINDS}

    @property
    def methods(self) -> dict[str, int]:
        """Calls by discovery id, such as ``sheets.spreadsheets.values.append``."""
        return dict(Counter(record.method for record in self.records))

    @property
    def total(self) -> int:
        """API calls; asking for a token is not one."""
        return sum(record.kind != "token" for record in self.records)

    @property
    def bytes_sent(self) -> int:
        """Bytes of all answers' bodies, before any compression."""
        return sum(record.sent for record in self.records)

    def as_json(self) -> dict[str, object]:
        """For the control path."""
        kinds: dict[str, object] = dict(self.kinds)
        return {"kinds": kinds, "methods": self.methods, "total": self.total, "bytes_sent": self.bytes_sent}
