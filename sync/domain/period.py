"""Periods of a calendar year: month, quarter (triwulan), half-year (semester), year. Half-open: [start, end)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from sync.errors import PeriodUnreadable

INTERIM = "sementara"
"""What marks the period of an interim report in file names and in the archive list."""


class PeriodKind(Enum):
    """The value is the word in config.yaml; ``months`` is the length."""

    MONTH = "bulan"
    QUARTER = "triwulan"
    HALF_YEAR = "semester"
    YEAR = "tahun"

    @property
    def months(self) -> int:
        return {"bulan": 1, "triwulan": 3, "semester": 6, "tahun": 12}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """One period: the ``order``-th of its kind in ``year``, counted from 1; or its beginning up to a cut-off.

    ``until`` is the cut-off, the last day that counts (inclusive): of an interim report's period, and of what that is
    compared with. Only the former is ``interim``.
    """

    year: int
    order: int
    kind: PeriodKind
    until: date | None = None
    interim: bool = False

    @property
    def key(self) -> str:
        """How the period is written in file names and on the command line: 2026-11, 2026-Q4, 2026-S2, 2026.

        Of an interim report: 2026-11-sementara.
        """
        return f"{self._whole_key}-{INTERIM}" if self.interim else self._whole_key

    @property
    def _whole_key(self) -> str:
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
        """The first day after the period, or after its cut-off."""
        return self.whole_end if self.until is None else self.until + timedelta(days=1)

    @property
    def whole_end(self) -> date:
        """The first day after the whole period."""
        after = self.order * self.kind.months
        return date(self.year + after // 12, after % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def holds(self, moment: date | datetime) -> bool:
        day = moment.date() if isinstance(moment, datetime) else moment
        return self.start <= day < self.end

    def ended(self, now: datetime) -> bool:
        return now.date() >= self.whole_end

    def cut_off(self, day: date) -> Period:
        """Return this period up to ``day`` (inclusive), for an interim report."""
        return replace(self, until=min(day, self.whole_end - timedelta(days=1)), interim=True)

    def previous(self) -> Period:
        """Return the period of the same kind right before this one; of one that is cut off, the same span of it."""
        return self._spanned(period_of(self.start - timedelta(days=1), self.kind))

    def year_before(self) -> Period:
        """Return the same period of the year before; of one that is cut off, the same span of it."""
        return self._spanned(Period(self.year - 1, self.order, self.kind))

    def _spanned(self, other: Period) -> Period:
        """Return ``other`` up to the same day of its same month: equal spans are what may be compared."""
        if self.until is None:
            return other
        months = (self.until.year - self.start.year) * 12 + self.until.month - self.start.month
        month = Period(other.start.year, other.start.month + months, PeriodKind.MONTH)
        last = min(self.until.day, month.last_day.day)
        return replace(other, until=month.start.replace(day=last))

    def months(self) -> list[Period]:
        """Return the months within that have begun by the cut-off, in order; the last one is cut off like this one."""
        first = self.start.month
        whole = [Period(self.year, first + index, PeriodKind.MONTH) for index in range(self.kind.months)]
        if self.until is None:
            return whole
        begun = [month for month in whole if month.start <= self.until]
        return [replace(month, until=self.until) if month.holds(self.until) else month for month in begun]


def parse_period(text: str) -> Period:
    """Return the period written as ``2026-11``, ``2026-Q4``, ``2026-S2`` or ``2026``.

    With ``-sementara`` behind it, it is what an interim report is about; its cut-off is not in the text.

    Raises:
        PeriodUnreadable: it is none of these, or the year is not within 1900-9998.
    """
    if text.endswith(f"-{INTERIM}"):
        return replace(parse_period(text.removesuffix(f"-{INTERIM}")), interim=True)
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
