"""When a run must not go on: what the book has lost, or a clock that cannot be right. The operator may override."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.agenda import JudgedBook
from sync.domain.book import Book
from sync.domain.rules import Rules
from sync.domain.tabs import Tab
from sync.errors import AgendaEmptied, ClockWentBack

CLOCK_TOLERANCE = timedelta(days=1)
"""A clock set back by less mends itself: at worst a few moments count as future until it has caught up."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the operator has looked at and accepts for this run."""

    missing_rows: bool = False
    clock: bool = False


def check_safety(book: Book, judged: JudgedBook, rules: Rules, now: datetime, accepted: Accepted) -> None:
    """Stop where going on could cost data.

    Raises:
        AgendaEmptied: more than half of the rows that stood in the agenda at the last run are gone.
        ClockWentBack: the ledger or the archive list has entries more than a day after ``now``.
    """
    standing = sum(entry.present for entry in book.ledger)
    gone = sum(entry.present for entry in judged.deleted)
    if gone * 2 > standing and not accepted.missing_rows:
        raise AgendaEmptied(rules.tab_names[Tab.AGENDA], gone, standing)
    last = max(
        (*(entry.recorded_at for entry in book.ledger), *(entry.scheduled_at for entry in book.archive)),
        default=now,
    )
    if last - now > CLOCK_TOLERANCE and not accepted.clock:
        raise ClockWentBack(now.isoformat(timespec="minutes"), last.isoformat(timespec="minutes"))
