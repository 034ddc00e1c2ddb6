"""A mass import under a limit: how many runs it needs, by a clock that only calls move."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.table import Change, Revision, Snapshot
from sync.errors import LimitReached
from sync.pace import Limits
from sync.workspace.port import Document, DocumentId, Filed, find_one_by_one
from tests.memory import MemoryWorkspace
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice

LISTED_AT_ONCE = 1000
"""Files in a page of Drive's listing."""


@dataclass(frozen=True)
class Needed:
    """``by_uploads_alone``: if there were nothing to do but to upload."""

    runs: int
    by_uploads_alone: int


class SlowWorkspace(CuttingWorkspace):
    """Each call takes ``call`` seconds; looking for many documents is a call for a thousand of the archive's files.

    With ``killed_at`` the process dies at that second of its run.
    """

    def __init__(self, inner: MemoryWorkspace, call: float, killed_at: float | None) -> None:
        super().__init__(inner)
        self._memory, self._call, self._killed_at = inner, call, killed_at
        self.seconds = 0.0

    def _takes(self, calls: int = 1) -> None:
        self.seconds += calls * self._call
        if self._killed_at is not None and self.seconds > self._killed_at:
            raise CutOff

    def read(self, tabs: Sequence[str]) -> Snapshot:
        self._takes()
        return super().read(tabs)

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        self._takes()
        return super().commit(changes, expected)

    def allocate(self, count: int) -> tuple[DocumentId, ...]:
        self._takes(math.ceil(count / LISTED_AT_ONCE))
        return super().allocate(count)

    def file(self, document: Document) -> Filed:
        self._takes()
        return super().file(document)

    def find_all(self, wanted: Mapping[DocumentId, str]) -> Iterator[Filed]:
        self._takes(math.ceil((len(self._memory.documents) + 1) / LISTED_AT_ONCE))
        return find_one_by_one(self._memory.find, wanted)


def runs_needed(documents: int, limit: float, call: float, killed: bool) -> Needed:
    """Import ``documents`` visits and run until all their receipts are recorded.

    ``killed``: the process is killed at its limit, instead of being told of it.
    """
    office = MemoryOffice(workspace=MemoryWorkspace(MemoryOffice().workspace.tabs, notices_edits=False))
    first = datetime(2026, 1, 5, 8, 0)
    for order in range(documents):
        moment = first + timedelta(minutes=order)
        office.respond(timestamp=moment, name=f"Orang {order}", phone=f"0812{order:08}")
    now = datetime(2026, 1, 5, 8, 0) + timedelta(minutes=documents)
    runs = 0
    while True:
        runs += 1
        slow = SlowWorkspace(office.workspace, call, limit if killed else None)
        try:
            office.run(
                now,
                through=slow,
                seconds=lambda slow=slow: slow.seconds,
                limits=Limits(run_seconds=None if killed else limit),
            )
        except (CutOff, LimitReached):
            continue
        return Needed(runs, math.ceil(documents * call / limit))


def main() -> None:
    """5,000 documents, a minute a run, 300 ms a call."""
    for killed in (False, True):
        needed = runs_needed(documents=5000, limit=60, call=0.3, killed=killed)
        how = "killed at its limit" if killed else "leaves by its limit"
        by_uploads = f"{needed.by_uploads_alone} by the uploads alone"
        print(f"5,000 documents, 60 s a run, 300 ms a call, {how}: {needed.runs} runs ({by_uploads})")


if __name__ == "__main__":
    main()
