"""Moments as a workbook stores them: days since an epoch, under a number format that shows them as dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from sync.domain.table import Cell
from sync.workspace.local.xml_tree import Element

EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""The day that serials count from; the later one in books of old Macs."""
_LAST_SERIAL = 2_958_466
"""The day after 31 December 9999."""
_LEAP_DAY = 60
"""Excel holds 1900 for a leap year: serials below this one are a day off."""
_MILLISECONDS = 86_400_000

_NOT_OF_THE_FORMAT = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_OF_A_DATE = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_DURATION = re.compile(r"\[(hh?|mm?|ss?)\]", re.IGNORECASE)
_DATE_FORMATS = frozenset({*range(14, 23), 45, 47})
"""Built-in number formats (ISO 29500-1, 18.8.30) that show a date or a time; 46 shows a duration."""
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)?T?(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?Z?")
_ISO_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?")


def moment_of(serial: int | float, epoch: datetime) -> Cell:
    """Return the moment that a serial shows, to the millisecond (the fraction of a day holds no more); a time below 1.

    A number that is no date (a phone number in a date column) stays the number it is.
    """
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    day, fraction = divmod(serial, 1)
    milliseconds = round(fraction * _MILLISECONDS)
    if serial < 1 and milliseconds < _MILLISECONDS:
        return (EPOCH + timedelta(0, 0, 0, milliseconds)).time()
    if 0 < serial < _LEAP_DAY and epoch == EPOCH:
        day += 1
    return epoch + timedelta(day, 0, 0, milliseconds)


def serial_of(moment: datetime | date | time, epoch: datetime) -> float | int:
    """Return the serial of a moment by the office's clock; of a time alone the fraction of a day."""
    if isinstance(moment, time):
        return _fraction(moment)
    if not isinstance(moment, datetime):
        return _day(moment, epoch)
    return _day(moment, epoch) + _fraction(moment.time())


def moment_styles(styles: Element) -> frozenset[bytes]:
    """Return the numbers of the cell styles of ``styles.xml`` that show a number as a moment.

    A duration ([h]:mm) is a number of days, not a moment.
    """
    own = {number.get("numFmtId"): number.get("formatCode", "") for number in styles.iterfind("{*}numFmts/{*}numFmt")}
    found = set()
    for index, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        number = style.get("numFmtId", "0")
        if is_moment_format(own[number]) if number in own else int(number) in _DATE_FORMATS:
            found.add(b"%d" % index)
    return frozenset(found)


def is_moment_format(code: str) -> bool:
    """Tell whether a number format's first part shows a date or a time, and no duration."""
    first = _NOT_OF_THE_FORMAT.sub("", code.split(";")[0])
    return _OF_A_DATE.search(first) is not None and _DURATION.search(code.split(";")[0]) is None


def read_iso(text: str) -> Cell:
    """Return a cell of the type ``d`` (ISO 8601), as Excel writes them into Strict files.

    Raises:
        ValueError: it is none.
    """
    if (found := _ISO.match(text)) and (found[1] or found[2]):
        if not found[2]:
            return date.fromisoformat(found[1])
        moment = time.fromisoformat(found[2])
        return datetime.combine(date.fromisoformat(found[1]), moment) if found[1] else moment
    if (found := _ISO_DURATION.match(text)) and any(found.groups()):
        hours, minutes, seconds = (float(number or 0) for number in found.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds() / 86_400
    raise ValueError("no moment in ISO 8601")


def _day(day: date, epoch: datetime) -> int:
    days = (date(day.year, day.month, day.day) - epoch.date()).days
    return days - 1 if 0 < days <= _LEAP_DAY and epoch == EPOCH else days


def _fraction(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1_000_000
    return seconds / 86_400
