"""The laws of working time, on any calendar: by Hypothesis, and against a clock that counts minute by minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.worktime import ZERO, DayHours, WorkCalendar, national_holidays
from tests import build

OFFICE = build.rules().calendar
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31))
AMOUNTS = st.timedeltas(ZERO, timedelta(days=40))
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """The office's calendar with holidays added and removed, or an office that works at any odd hours."""
    added = draw(st.frozensets(DAYS, max_size=5))
    removed = draw(st.frozensets(DAYS, max_size=5))
    calendar = replace(OFFICE, added_holidays=added, removed_holidays=removed, _years={}, _hours={})
    if draw(st.booleans()):
        week = {}
        for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
            opens = draw(st.integers(0, 20 * 60))
            pause_from, pause_until, closes = sorted(opens + 60 + draw(st.integers(0, 170)) for _ in range(3))
            week[weekday] = DayHours(*(_clock(minute) for minute in (opens, closes, pause_from, pause_until)))
        calendar = replace(calendar, normal=week, _years={}, _hours={})
    return calendar


@given(calendars(), MOMENTS, AMOUNTS)
def test_elapsed_until_due_is_the_amount(calendar: WorkCalendar, start: datetime, amount: timedelta) -> None:
    """elapsed(start, due(start, t)) == t."""
    assert calendar.elapsed(start, calendar.due(start, amount)) == amount


@given(calendars(), MOMENTS, AMOUNTS)
def test_due_is_the_earliest_such_moment(calendar: WorkCalendar, start: datetime, amount: timedelta) -> None:
    """A microsecond earlier, the amount has not passed yet."""
    due = calendar.due(start, amount)

    assert due >= start
    if due > start:
        assert calendar.elapsed(start, due - timedelta(microseconds=1)) < amount


@given(calendars(), MOMENTS, MOMENTS, MOMENTS)
def test_elapsed_is_additive(calendar: WorkCalendar, first: datetime, second: datetime, third: datetime) -> None:
    """elapsed(a, b) + elapsed(b, c) == elapsed(a, c), in whatever order they stand."""
    assert calendar.elapsed(first, second) + calendar.elapsed(second, third) == calendar.elapsed(first, third)


@given(calendars(), MOMENTS, MOMENTS, AMOUNTS)
def test_elapsed_is_monotone_in_both_ends(
    calendar: WorkCalendar, start: datetime, end: datetime, later: timedelta
) -> None:
    """A later end never costs less, a later start never more, and work never exceeds the wall clock."""
    start, end = min(start, end), max(start, end)

    assert calendar.elapsed(start, end + later) >= calendar.elapsed(start, end)
    assert calendar.elapsed(min(start + later, end), end) <= calendar.elapsed(start, end)
    assert ZERO <= calendar.elapsed(start, end) <= end - start


@given(calendars(), MOMENTS, AMOUNTS, DAYS)
def test_a_holiday_never_shortens_a_deadline(
    calendar: WorkCalendar, start: datetime, amount: timedelta, holiday: date
) -> None:
    """With one more holiday the same amount runs out at the same moment or later, and the day itself adds nothing."""
    more = replace(calendar, added_holidays=calendar.added_holidays | {holiday}, _years={}, _hours={})
    midnight = datetime.combine(holiday, time())

    assert more.due(start, amount) >= calendar.due(start, amount)
    assert more.elapsed(midnight, midnight + timedelta(days=1)) == ZERO


@given(calendars(), MOMENTS, AMOUNTS)
def test_time_outside_hours_costs_nothing(calendar: WorkCalendar, moment: datetime, amount: timedelta) -> None:
    """From a moment outside the worked intervals to the next one inside, nothing is counted."""
    hours = calendar.hours(moment.date())
    worked = hours is not None and any(opens <= moment.time() < closes for opens, closes in hours.intervals())

    if not worked:
        end_of_day = datetime.combine(moment.date(), time.max)
        later = [
            datetime.combine(moment.date(), opens)
            for opens, _ in (hours.intervals() if hours else ())
            if opens > moment.time()
        ]
        assert calendar.elapsed(moment, min(later, default=end_of_day)) == ZERO


@given(st.datetimes(datetime(2026, 2, 10), datetime(2026, 4, 5)), st.integers(0, 6 * 24 * 60))
def test_elapsed_is_what_counting_minute_by_minute_gives(start: datetime, minutes: int) -> None:
    """Ramadan, Nyepi, Eid and cuti bersama lie in this span; a plain minute count knows no shortcut."""
    start = start.replace(second=0, microsecond=0)
    counted = 0
    for index in range(minutes):
        at = start + timedelta(minutes=index)
        hours = OFFICE.hours(at.date())
        counted += hours is not None and any(opens <= at.time() < closes for opens, closes in hours.intervals())

    assert OFFICE.elapsed(start, start + timedelta(minutes=minutes)) == timedelta(minutes=counted)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2026, 11, 23), 450),  # Monday
        (date(2026, 11, 27), 450),  # Friday, a pause of 90 minutes
        (date(2026, 11, 28), 0),  # Saturday
        (date(2026, 2, 19), 390),  # first day of Ramadan 1447, a Thursday
        (date(2026, 2, 18), 450),  # the day before it
        (date(2026, 12, 24), 0),  # cuti bersama
        (date(2026, 12, 25), 0),  # Christmas
        (date(2028, 2, 29), 450),  # a leap day, a Tuesday
    ],
    ids=str,
)
def test_a_day_has_the_minutes_of_the_regulation(day: date, minutes: int) -> None:
    """7.5 hours on a normal day, 6.5 in Ramadan, none on days off (Perpres 21/2023, SKB 3 Menteri)."""
    midnight = datetime.combine(day, time())

    assert OFFICE.elapsed(midnight, midnight + timedelta(days=1)) == timedelta(minutes=minutes)


def test_joint_holidays_come_from_the_government_category() -> None:
    """Cuti bersama is not in the package's default category."""
    assert {date(2026, 12, 24), date(2026, 12, 25), date(2026, 3, 20)} <= national_holidays(2026)


def test_a_removed_holiday_is_worked_and_an_added_one_is_not() -> None:
    """config.yaml has the last word over the package."""
    changed = replace(
        OFFICE,
        removed_holidays=frozenset({date(2026, 12, 24)}),
        added_holidays=frozenset({date(2026, 11, 24)}),
        _years={},
        _hours={},
    )

    assert changed.hours(date(2026, 12, 24)) is not None
    assert changed.hours(date(2026, 11, 24)) is None


def test_a_deadline_runs_over_years_end() -> None:
    """Two hours asked for on the last working afternoon of 2026 end in January."""
    assert OFFICE.due(datetime(2026, 12, 31, 15, 0), timedelta(hours=2)) == datetime(2027, 1, 4, 8, 30)
