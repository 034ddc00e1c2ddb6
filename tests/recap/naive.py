"""The recap's figures a second time: slowly, by counting, with nothing of the recap's own code."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from sync.domain.agenda import Registration
from sync.domain.worktime import WorkCalendar


def in_period(rows: Iterable[Registration], start: date, end: date) -> list[Registration]:
    """Known rows registered from ``start`` until before ``end``, each number once (here: all its rows are equal)."""
    chosen: list[Registration] = []
    for row in rows:
        if row.known and row.registered_at is not None and start <= row.registered_at.date() < end:
            seen = False
            for other in chosen:
                if other.number == row.number:
                    seen = True
            if not seen:
                chosen.append(row)
    return chosen


def not_cancelled(rows: Iterable[Registration]) -> list[Registration]:
    return [row for row in rows if not str(row.cells.remarks or "").strip().upper().startswith("BATAL")]


def count_text(rows: Iterable[Registration], field: str, choices: Sequence[str]) -> dict[str, int]:
    """How often each value of ``field`` stands there; values differ only by case and spaces are one."""
    counts = dict.fromkeys(choices, 0)
    for row in rows:
        text = " ".join(str(getattr(row.cells, field) or "").split())
        label = text or "Tidak diisi"
        for known in counts:
            if known.lower() == label.lower():
                label = known
        counts[label] = counts.get(label, 0) + 1
    return counts


def worked(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """Working time between two moments, day by day, interval by interval."""
    total = timedelta(0)
    day = start.date()
    while day <= end.date():
        hours = calendar.hours(day)
        for opens, closes in hours.intervals() if hours else ():
            first = max(start, datetime.combine(day, opens))
            last = min(end, datetime.combine(day, closes))
            if last > first:
                total += last - first
        day += timedelta(days=1)
    return total


def minutes(duration: timedelta) -> Fraction:
    return Fraction(duration.days * 86400 + duration.seconds, 60) + Fraction(duration.microseconds, 60_000_000)


def mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def median(values: Sequence[Fraction]) -> Fraction | None:
    if not values:
        return None
    low = [value for value in values if sum(other < value for other in values) <= (len(values) - 1) // 2]
    high = [value for value in values if sum(other > value for other in values) <= (len(values) - 1) // 2]
    return (max(low) + min(high)) / 2


def nearest_rank(values: Sequence[Fraction], percent: int) -> Fraction | None:
    """The smallest value that at least ``percent`` of the values do not exceed."""
    needed = math.ceil(Fraction(percent * len(values), 100))
    fits = [value for value in values if sum(other <= value for other in values) >= needed]
    return min(fits) if fits else None


def how_many(rows: Iterable[Registration], holds: Callable[[Registration], bool]) -> int:
    total = 0
    for row in rows:
        if holds(row):
            total += 1
    return total
