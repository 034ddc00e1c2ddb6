"""One cell: from the API's CellData to ours and back. Nothing is parsed, guessed or calculated on the way.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from sync.domain.clean import cut
from sync.domain.table import Cell, CellError, Link, NewCell

_EPOCH = datetime(1899, 12, 30)
"""Day 0 of serial numbers: https://developers.google.com/workspace/sheets/api/reference/rest/v4/DateTimeRenderOption"""
_ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "#LOADING!",
}
LONGEST_TEXT = 50_000
"""Of a cell. Longer text is refused with the whole batch ("Your input contains more than the maximum of 50000
characters in a single cell", github.com/freelabz/secator/issues/96), so it is cut here, whoever wrote it."""
_FORMATS = {
    datetime: {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"},
    date: {"type": "DATE", "pattern": "dd/mm/yyyy"},
    time: {"type": "TIME", "pattern": "hh:mm"},
}


class Part(Enum):
    """Which parts of a cell a write touches, as a field mask; whatever is not named keeps its value."""

    VALUE = "userEnteredValue"
    FORMAT = "userEnteredFormat.numberFormat"
    MOMENT = "userEnteredValue,userEnteredFormat.numberFormat"
    LINK = "userEnteredValue,userEnteredFormat.textFormat.link"


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """One cell as it is sent. ``data`` lacks what is to be emptied."""

    part: Part
    data: dict[str, Any]


def read_cell(data: dict[str, Any]) -> Cell:
    """Return the cell's effective value. A moment stays its serial number, in the book's time zone."""
    value = data.get("effectiveValue")
    if not value:
        return None
    if "stringValue" in value:
        return str(value["stringValue"]) or None
    if "boolValue" in value:
        return bool(value["boolValue"])
    if "numberValue" in value:
        number = value["numberValue"]
        return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < 1e15 else number
    if "errorValue" in value:
        return CellError(_ERRORS.get(str(value["errorValue"].get("type", "")), "#ERROR!"))
    return None


UNFORMATTED = WrittenCell(Part.FORMAT, {})
"""Leaves the cell's value alone and lets Sheets show what is typed as it was typed: 09:30 as a time, with its day as
both. The row above may have had it otherwise, and new rows inherit that."""


def write_cell(value: NewCell, *, had_link: bool = False, is_moment: bool = False) -> WrittenCell:
    """Return what makes the cell hold ``value``: text as text, never a formula; ``None`` and ``""`` empty it.

    Args:
        had_link: the cell's old link goes too, where the new value brings none.
        is_moment: a number is a serial one, as it was read from a moment's cell, and shown as a moment: below 1 as a
            time alone. (One pattern with conditions would do for both in Excel; for Google they are documented in
            patterns of numbers, not of dates: https://developers.google.com/workspace/sheets/api/guides/formats)
    """
    stored = stored_value(value)
    data: dict[str, Any] = {}
    if isinstance(stored, bool):
        data["userEnteredValue"] = {"boolValue": stored}
    elif isinstance(stored, int | float):
        data["userEnteredValue"] = {"numberValue": stored}
    elif isinstance(stored, str):
        data["userEnteredValue"] = {"stringValue": stored}
    if isinstance(value, Link) and value.text and value.target.startswith(("https://", "http://")):
        return WrittenCell(Part.LINK, data | {"userEnteredFormat": {"textFormat": {"link": {"uri": value.target}}}})
    if isinstance(value, datetime | date | time):
        return WrittenCell(Part.MOMENT, data | {"userEnteredFormat": {"numberFormat": _FORMATS[type(value)]}})
    if is_moment and isinstance(stored, int | float) and not isinstance(stored, bool):
        shown = _FORMATS[time if 0 <= stored < 1 else datetime]
        return WrittenCell(Part.MOMENT, data | {"userEnteredFormat": {"numberFormat": shown}})
    return WrittenCell(Part.LINK if had_link else Part.VALUE, data)


def stored_value(value: NewCell) -> Cell:
    """Return what a written value reads back as."""
    if isinstance(value, Link):
        return cut(value.text, LONGEST_TEXT) or None
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return (value - _EPOCH.date()).days
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / timedelta(days=1)
    if isinstance(value, str):
        return cut(value, LONGEST_TEXT) or None
    return value


def same(left: Cell, right: Cell) -> bool:
    """Tell whether two stored values are one; numbers may differ by what a serial loses on the way."""
    numbers = [cell for cell in (left, right) if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return abs(numbers[0] - numbers[1]) < 1e-7 if len(numbers) == 2 else left == right
