"""Responses from a CSV file, as Google Forms (or the Sheet's own download) writes it. Real input without an account."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from enum import Enum

from sync.domain.cells import Unreadable, read_moment
from sync.domain.registration import read_responses
from sync.domain.table import Cell, Row, Table
from sync.domain.tabs import Columns, ResponseCells
from sync.errors import HeaderDoubled, HeaderMissing, ImportUnreadable

_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
_STAMP = re.compile(
    r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})[,]? (\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.\d+)?)?(?: ?([AP])\.?M\.?)?"
    r"(?: ?(?:GMT|UTC)([+-]\d{1,2})(?::?(\d{2}))?| ?(?:WIB))?",
    re.IGNORECASE | re.ASCII,
)
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?: ?([AP])\.?M\.?)?", re.IGNORECASE | re.ASCII)


class DateOrder(Enum):
    """Which of a date's first two numbers is the day. Never guessed: the office's way is day first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class Intake:
    """Rows ready for the tab ``Respons``, and what was left out."""

    rows: tuple[ResponseCells, ...]
    keys: tuple[str, ...]
    """The response key of each row."""
    unknown_headers: tuple[str, ...]
    """Columns of the file that the tab does not have; their content was not taken."""


def parse_responses(
    content: bytes, place: str, columns: Columns[ResponseCells], order: DateOrder, utc_offset: timedelta
) -> Intake:
    """Return the responses of a CSV file, comma or semicolon or tab, with or without BOM.

    Timestamps become date-times and times of day times; what cannot be read as one stays text (and becomes a finding).

    Raises:
        ImportUnreadable: it is no CSV of these columns, or its dates are evidently of the other order.
    """
    grid = _grid(content, place)
    headers, records = tuple(grid[0]), grid[1:]
    width = len(headers)
    table = Table(
        place,
        headers,
        tuple(Row(index, tuple((*record, *[""] * width)[:width])) for index, record in enumerate(records)),
    )
    try:
        read = columns.read(table)
    except HeaderMissing as error:
        raise ImportUnreadable(place, f"line 1 has no column {error.header!r}") from None
    except HeaderDoubled as error:
        raise ImportUnreadable(place, f"line 1 has the column {error.header!r} twice") from None
    rows = []
    for index, cells in enumerate(read):
        if any(isinstance(cell, str) and cell.strip() for cell in cells):
            rows.append(_typed(cells, place, index + 2, order, utc_offset))
    keys = tuple(response.key for response in read_responses(rows, utc_offset))
    known = {columns.header(field) for field in ResponseCells._fields}
    unknown = tuple(header for header in headers if header.strip() and header not in known)
    return Intake(tuple(rows), keys, unknown)


def _grid(content: bytes, place: str) -> list[list[str]]:
    text = _decoded(content, place)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ImportUnreadable(place, f"not a CSV file ({error})") from None
    if not grid or not any(cell.strip() for cell in grid[0]):
        raise ImportUnreadable(place, "the file is empty")
    return grid


def _decoded(content: bytes, place: str) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportUnreadable(place, "its text is neither UTF-8, UTF-16 nor Windows-1252")


def _typed(cells: ResponseCells, place: str, line: int, order: DateOrder, utc_offset: timedelta) -> ResponseCells:
    texts: dict[str, Cell] = {
        field: cell if isinstance(cell, str) and cell.strip() else None
        for field, cell in zip(ResponseCells._fields, cells, strict=True)
    }
    texts["timestamp"] = _stamp(texts["timestamp"], place, line, order, utc_offset)
    texts["arrived"] = _arrival(texts["arrived"], place, line, order, utc_offset)
    return ResponseCells(**texts)


def _arrival(cell: Cell, place: str, line: int, order: DateOrder, utc_offset: timedelta) -> Cell:
    match = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return _stamp(cell, place, line, order, utc_offset)
    return _time(match[1], match[2], match[3], match[4]) or cell


def _stamp(cell: Cell, place: str, line: int, order: DateOrder, utc_offset: timedelta) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.split())
    match = _STAMP.fullmatch(text)
    if match is None:
        moment = read_moment(text, None, utc_offset)
        return cell if moment is None or isinstance(moment, Unreadable) else moment
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
    elif len(third) == 4:
        day, month, year = int(first), int(second), int(third)
        if order is DateOrder.MONTH_FIRST:
            day, month = month, day
        if month > 12 >= day:
            other = DateOrder.MONTH_FIRST if order is DateOrder.DAY_FIRST else DateOrder.DAY_FIRST
            raise ImportUnreadable(
                place, f"line {line}: {text!r} is not written {order.value}; try --date-order {other.value}"
            )
    else:
        return cell
    clock = _time(match[5], match[6], match[7], match[8])
    try:
        moment = datetime.combine(datetime(year, month, day), clock) if clock else None
    except ValueError:
        moment = None
    if moment is None:
        return cell
    if match[9]:
        offset = timedelta(hours=int(match[9]), minutes=int(match[10] or 0) * (-1 if match[9].startswith("-") else 1))
        try:
            moment = moment.replace(tzinfo=timezone(offset)).astimezone(timezone(utc_offset)).replace(tzinfo=None)
        except (ValueError, OverflowError):
            return cell  # GMT+99, or a year that has no next one
    return moment


def _time(hour: str, minute: str, second: str | None, half: str | None) -> time | None:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.upper() == "P" else 0)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    return time(hours, int(minute), int(second or 0))


def new_rows(intake: Intake, known_keys: Sequence[str]) -> list[ResponseCells]:
    """Return the rows whose content is not there yet, each once."""
    seen = set(known_keys)
    fresh = []
    for row, key in zip(intake.rows, intake.keys, strict=True):
        if key not in seen:
            seen.add(key)
            fresh.append(row)
    return fresh
