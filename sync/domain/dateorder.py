"""Which of a date's first two numbers is the day: decided by the whole file and by the book, or asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise

from sync.errors import DateOrderMixed, DateOrderUnsure

_A_CLOCK_S_ERROR = timedelta(days=1)


class DateOrder(Enum):
    """Day or month first; the value is what ``--date-order`` takes."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """The numbers of a date as they stand: ``first/second/year``, and whether it is a response's own moment."""

    line: int
    first: int
    second: int
    is_timestamp: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file's dates were read, and why (for the operator)."""

    order: DateOrder
    why: str


def decide_order(
    place: str,
    dates: Sequence[WrittenDate],
    moments: Callable[[DateOrder], Sequence[datetime]],
    known: Callable[[DateOrder], int],
    now: datetime,
) -> Reading:
    """Return the order of a file's dates.

    Args:
        dates: those whose order matters not of itself (``2026-11-02`` is not among them), in the order of the lines.
        moments: the file's timestamps as read in an order, in the order of the lines.
        known: how many of the file's responses the book has, as read in an order.

    Raises:
        DateOrderMixed: some dates can only be read one way, some only the other.
        DateOrderUnsure: nothing in file and book tells.
    """
    day_first = next((date.line for date in dates if date.first > 12), None)
    month_first = next((date.line for date in dates if date.second > 12), None)
    if day_first and month_first:
        raise DateOrderMixed(place, day_first, month_first)
    if day_first:
        return Reading(DateOrder.DAY_FIRST, f"line {day_first} has no other reading")
    if month_first:
        return Reading(DateOrder.MONTH_FIRST, f"line {month_first} has no other reading")
    if all(date.first == date.second for date in dates):
        return Reading(DateOrder.DAY_FIRST, "no date has another reading")
    seen = {order: known(order) for order in DateOrder}
    if (order := _alone({order for order, count in seen.items() if count})) is not None:
        return Reading(order, f"{seen[order]} of the responses stand in the book so")
    read = {order: moments(order) for order in DateOrder}
    past = {order for order, these in read.items() if all(moment - now <= _A_CLOCK_S_ERROR for moment in these)}
    sorted_so = {order for order, these in read.items() if _is_sorted(these)}
    by_past, by_order = _alone(past), _alone(sorted_so)
    if by_past is not None and by_order in (None, by_past):
        return Reading(by_past, "read otherwise, some would be still to come")
    if by_order is not None and by_past is None:
        return Reading(by_order, "so they stand in order, and otherwise not")
    spans = {order.value: _span(these) for order, these in read.items()}
    raise DateOrderUnsure(place, len(dates), spans["dmy"], spans["mdy"])


def _alone(orders: set[DateOrder]) -> DateOrder | None:
    return next(iter(orders)) if len(orders) == 1 else None


def _is_sorted(moments: Sequence[datetime]) -> bool:
    pairs = list(pairwise(moments))
    return all(one <= other for one, other in pairs) or all(one >= other for one, other in pairs)


def _span(moments: Sequence[datetime]) -> str:
    if not moments:
        return "no timestamp"
    return f"{min(moments):%Y-%m-%d} to {max(moments):%Y-%m-%d}"
