"""Periods of a calendar year: month, quarter (triwulan), half-year (semester), year. Half-open: [start, end)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from sync.errors import PeriodUnreadable


class PeriodKind(Enum):
    """The value is the word in config.yaml; ``months`` is the length."""

    MONTH = "bulan"
    QUARTER = "triwulan"
    HALF_YEAR = "semester"
    YEAR = "tahun"

    @property
    def months(self) -> int:
        return {"bulan": 1, "triwulan": 3, "semester": 6, "tahun": 12}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: the ``order``-th of its kind in ``year``, counted from 1."""

    year: int
    order: int
    kind: PeriodKind

    @property
    def key(self) -> str:
        """How the period is written in file names and on the command line: 2026-11, 2026-Q4, 2026-S2, 2026."""
        return {
            PeriodKind.MONTH: f"{self.year:04d}-{self.order:02d}",
            PeriodKind.QUARTER: f"{self.year:04d}-Q{self.order}",
            PeriodKind.HALF_YEAR: f"{self.year:04d}-S{self.order}",
            PeriodKind.YEAR: f"{self.year:04d}",
        }[self.kind]

    @property
    def start(self) -> date:
        return date(self.year, (self.order - 1) * self.kind.months + 1, 1)

    @property
    def end(self) -> date:
        """The first day after the period."""
        after = self.order * self.kind.months
        return date(self.year + after // 12, after % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def holds(self, moment: date | datetime) -> bool:
        day = moment.date() if isinstance(moment, datetime) else moment
        return self.start <= day < self.end

    def ended(self, now: datetime) -> bool:
        return now.date() >= self.end

    def previous(self) -> Period:
        """Return the period of the same kind right before this one."""
        return period_of(self.start - timedelta(days=1), self.kind)

    def year_before(self) -> Period:
        """Return the same period of the year before."""
        return Period(self.year - 1, self.order, self.kind)

    def months(self) -> list[Period]:
        """Return the months within, in order."""
        first = self.start.month
        return [Period(self.year, first + index, PeriodKind.MONTH) for index in range(self.kind.months)]


def parse_period(text: str) -> Period:
    """Return the period written as ``2026-11``, ``2026-Q4``, ``2026-S2`` or ``2026``.

    Raises:
        PeriodUnreadable: it is none of these, or the year is not within 1900-9998.
    """
    match = re.fullmatch(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|S([12])))?", text.strip().upper(), re.ASCII)
    if not match or not 1900 <= int(match[1]) <= 9998:
        raise PeriodUnreadable(text)
    year = int(match[1])
    if match[2]:
        return Period(year, int(match[2]), PeriodKind.MONTH)
    if match[3]:
        return Period(year, int(match[3]), PeriodKind.QUARTER)
    if match[4]:
        return Period(year, int(match[4]), PeriodKind.HALF_YEAR)
    return Period(year, 1, PeriodKind.YEAR)


def period_of(day: date, kind: PeriodKind) -> Period:
    """Return the period of ``kind`` that ``day`` lies in."""
    return Period(day.year, (day.month - 1) // kind.months + 1, kind)


def periods_ended(first: date, now: datetime, kinds: tuple[PeriodKind, ...]) -> list[Period]:
    """Return every period of ``kinds`` that has ended by ``now``, from the one holding ``first`` on, oldest first."""
    found = []
    for kind in kinds:
        period = period_of(first, kind)
        while period.ended(now):
            found.append(period)
            period = period_of(period.end, kind)
    return sorted(found, key=lambda period: (period.end, period.kind.months))
