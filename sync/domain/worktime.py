"""Working time: how much of it lies between two moments, and when a given amount of it runs out.

Moments are naive wall-clock datetimes of the office's zone. Amounts are ``timedelta``. Days are half-open intervals of
work: a moment outside them costs nothing. Both questions are answered from one running total, so that
``elapsed(start, due(start, t)) == t`` and ``elapsed`` is additive by construction.

Sources: Perpres 21/2023 (37.5 hours a week, in Ramadan 32.5; pauses 60 and 90, in Ramadan 30 and 60 minutes); the
SKB 3 Menteri on national holidays and *cuti bersama*, by way of the package ``holidays``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

ZERO = timedelta(0)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day's working hours; the pause is not worked and lies within them."""

    opens: time
    closes: time
    pause_from: time
    pause_until: time

    def intervals(self) -> tuple[tuple[time, time], ...]:
        """Return the worked intervals of the day, in order, half-open."""
        return ((self.opens, self.pause_from), (self.pause_until, self.closes))


WeekHours = Mapping[int, DayHours]
"""Hours by weekday, 0 = Monday; a weekday left out is not worked."""


@dataclass(frozen=True, slots=True)
class Ramadan:
    """One year's fasting month, both days inclusive (announced each year; it cannot be computed)."""

    first: date
    last: date


@dataclass(frozen=True)
class WorkCalendar:
    """The office's calendar. Equal settings give equal calendars; the running totals are only a cache."""

    normal: WeekHours
    ramadan: WeekHours
    ramadan_periods: tuple[Ramadan, ...]
    added_holidays: frozenset[date]
    removed_holidays: frozenset[date]
    _years: dict[int, _Year] = field(default_factory=dict, compare=False, repr=False)
    _hours: dict[date, DayHours | None] = field(default_factory=dict, compare=False, repr=False)

    def hours(self, day: date) -> DayHours | None:
        """Return the hours of ``day``, or None if it is not worked (weekend, holiday, *cuti bersama*)."""
        if self.is_holiday(day):
            return None
        fasting = any(period.first <= day <= period.last for period in self.ramadan_periods)
        return (self.ramadan if fasting else self.normal).get(day.weekday())

    def is_holiday(self, day: date) -> bool:
        if day in self.added_holidays:
            return True
        return day in national_holidays(day.year) and day not in self.removed_holidays

    def is_open(self, moment: datetime) -> bool:
        """Tell whether ``moment`` lies in the day's hours, its closing moment and its pause included."""
        day = moment.date()
        try:
            hours = self._hours[day]
        except KeyError:
            hours = self._hours[day] = self.hours(day)
        return hours is not None and hours.opens <= moment.time() <= hours.closes

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time in [start, end); negative if ``end`` is before ``start``."""
        if start.year == end.year:
            year = self._year(start.year)
            return (year.worked(end) - year.worked(start)) * _MICROSECOND
        if end < start:
            return -self.elapsed(end, start)
        first, last = self._year(start.year), self._year(end.year)
        between = sum(self._year(number).total for number in range(start.year + 1, end.year))
        return (first.total - first.worked(start) + between + last.worked(end)) * _MICROSECOND

    def due(self, start: datetime, amount: timedelta) -> datetime:
        """Return the earliest moment, not before ``start``, at which ``amount`` (>= 0) of working time has passed.

        Raises:
            OverflowError: the calendar never works enough (no working day in a whole century).
        """
        if amount <= ZERO:
            return start
        year = self._year(start.year)
        wanted = year.worked(start) + amount // _MICROSECOND
        number, idle = start.year, 0
        while wanted > year.total:
            wanted -= year.total
            number, idle = number + 1, idle + 1 if not year.total else 0
            if idle > 100 or number > date.max.year:
                raise OverflowError("no working time left in the calendar")
            year = self._year(number)
        return year.moment(wanted)

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = _Year.of(self, number)
        return year


@dataclass(frozen=True, slots=True)
class _Year:
    """One year's worked intervals as microseconds since its first midnight, with the running total before each."""

    midnight: datetime
    starts: Sequence[int]
    ends: Sequence[int]
    before: Sequence[int]
    total: int

    @classmethod
    def of(cls, calendar: WorkCalendar, number: int) -> _Year:
        midnight = datetime(number, 1, 1)
        starts: list[int] = []
        ends: list[int] = []
        before: list[int] = []
        total = 0
        day = midnight.date()
        while day.year == number:
            hours = calendar.hours(day)
            for opens, closes in hours.intervals() if hours else ():
                start = (datetime.combine(day, opens) - midnight) // _MICROSECOND
                end = (datetime.combine(day, closes) - midnight) // _MICROSECOND
                if start < end:
                    starts.append(start)
                    ends.append(end)
                    before.append(total)
                    total += end - start
            if day == date.max:
                break
            day += _DAY
        return cls(midnight, starts, ends, before, total)

    def worked(self, moment: datetime) -> int:
        """Return the microseconds worked in this year before ``moment``, a moment of this year."""
        since = moment - self.midnight
        at = since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return 0
        end = self.ends[index]
        return self.before[index] + (at if at < end else end) - self.starts[index]

    def moment(self, worked: int) -> datetime:
        """Return the earliest moment by which ``worked`` microseconds (> 0, at most the total) have been worked."""
        index = bisect_left(self.before, worked) - 1
        return self.midnight + (self.starts[index] + worked - self.before[index]) * _MICROSECOND


@cache
def national_holidays(year: int) -> frozenset[date]:
    """Return the national holidays and *cuti bersama* of ``year`` (the latter are in category ``government``)."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))
