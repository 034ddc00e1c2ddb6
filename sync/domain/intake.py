"""Responses from a CSV file, as Google Forms (or the Sheet's own download) writes it. Real input without an account."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sync.domain.cells import Unreadable, is_filled, read_moment
from sync.domain.clean import clean
from sync.domain.csvlines import UnreadableLine, read_csv
from sync.domain.dateorder import DateOrder, WrittenDate
from sync.domain.registration import read_responses
from sync.domain.table import Cell, Row, Table, header_key
from sync.domain.tabs import Columns, ResponseCells
from sync.errors import HeaderDoubled, HeaderMissing, ImportUnreadable

TIMESTAMP_HEADERS = ("Timestamp", "Cap waktu", "Stempel waktu")
"""What Google calls the moment of a response, in the languages an office here uses."""
_STAMP = re.compile(
    r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})[,]? (\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.\d+)?)?(?: ?([AP])\.?M\.?)?"
    r"(?: ?(?:GMT|UTC)([+-]\d{1,2})(?::?(\d{2}))?| ?(?:WIB))?",
    re.IGNORECASE | re.ASCII,
)
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?: ?([AP])\.?M\.?)?", re.IGNORECASE | re.ASCII)
_FARTHEST_OFFSET = timedelta(hours=15)


@dataclass(frozen=True, slots=True)
class ResponseFile:
    """The lines of a file by the columns of the tab ``Respons``, their dates not yet read."""

    place: str
    lines: tuple[tuple[int, ResponseCells], ...]
    unknown_headers: tuple[str, ...]
    """Columns of the file that the tab does not have; their content was not taken."""
    unreadable: tuple[UnreadableLine, ...]

    def dates(self) -> list[WrittenDate]:
        """Return the dates that day and month first read differently, or only one of them reads."""
        return [
            WrittenDate(line, int(match[1]), int(match[3]), field == "timestamp")
            for line, cells in self.lines
            for field in ("timestamp", "arrived")
            if (match := _stamp_match(getattr(cells, field))) and len(match[1]) < 4 and len(match[4]) == 4
        ]


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A response of a file as it would stand in the tab. ``to_the_minute``: its moment was written without seconds."""

    line: int
    cells: ResponseCells
    key: str
    moment: datetime | None
    to_the_minute: bool


def read_file(content: bytes, place: str, columns: Columns[ResponseCells]) -> ResponseFile:
    """Return the lines of a CSV file; one that cannot be read is named, and the others are there all the same.

    Raises:
        ImportUnreadable: it is no CSV file of these columns.
    """
    wanted = {header_key(columns.header(field)) for field in ResponseCells._fields}
    lines = read_csv(content, place, lambda headers: sum(header_key(header) in wanted for header in headers))
    headers = _with_timestamp(lines.headers, columns)
    table = Table(place, headers, tuple(Row(index, record) for index, (_, record) in enumerate(lines.records)))
    try:
        read = columns.read(table)
    except HeaderMissing as error:
        known = sum(header_key(header) in wanted for header in headers)
        if not known:
            why = "its first line names no column of the form: it is another table, or has no header"
            raise ImportUnreadable(place, why) from None
        step = (
            f"Give the question its name back, or say in config.yaml under kolom.{columns.tab} what it is called now."
        )
        raise ImportUnreadable(place, f"line 1 has no column {error.header!r}", step) from None
    except HeaderDoubled as error:
        step = "Rename all but one in the file, then import it again."
        raise ImportUnreadable(place, f"line 1 has the column {error.header!r} twice", step) from None
    unknown = tuple(header for header in headers if header.strip() and header_key(header) not in wanted)
    numbered = zip((line for line, _ in lines.records), read, strict=True)
    return ResponseFile(
        place,
        tuple((line, cells) for line, cells in numbered if any(map(is_filled, cells))),
        unknown,
        lines.unreadable,
    )


def _with_timestamp(headers: Sequence[str], columns: Columns[ResponseCells]) -> tuple[str, ...]:
    """Give the moment's column the office's own name where Google named it in another language."""
    own = columns.header("timestamp")
    names = {header_key(header) for header in TIMESTAMP_HEADERS}
    if any(header_key(header) == header_key(own) for header in headers):
        return tuple(headers)
    return tuple(own if header_key(header) in names else header for header in headers)


def read_lines(file: ResponseFile, order: DateOrder, utc_offset: timedelta) -> list[ImportedLine]:
    """Return the responses, dates read in ``order``, as they would be stored.

    Timestamps become date-times and times of day times; what cannot be read as one stays text (and becomes a finding).

    Raises:
        ImportUnreadable: the order was said, and a date can only be read in the other.
    """
    for date in file.dates():
        month = date.second if order is DateOrder.DAY_FIRST else date.first
        if month > 12:
            other = DateOrder.MONTH_FIRST if order is DateOrder.DAY_FIRST else DateOrder.DAY_FIRST
            step = f"Try --date-order {other.value}, or leave the option out."
            raise ImportUnreadable(file.place, f"line {date.line}: its date is not written {order.value}", step)
    rows = [_typed(cells, order, utc_offset) for _, cells in file.lines]
    responses = {response.position: response for response in read_responses(rows, utc_offset)}
    return [
        ImportedLine(line, rows[index], response.key, response.moment, _lacks_seconds(written.timestamp))
        for index, (line, written) in enumerate(file.lines)
        if (response := responses.get(index))
    ]


def moments_of(file: ResponseFile, order: DateOrder, utc_offset: timedelta) -> list[datetime]:
    """Return the timestamps of the file as read in an order, those that can be, in the order of the lines."""
    stamps = (_stamp(cells.timestamp, order, utc_offset) for _, cells in file.lines)
    return [stamp for stamp in stamps if isinstance(stamp, datetime)]


def _stamp_match(cell: Cell) -> re.Match[str] | None:
    return _STAMP.fullmatch(" ".join(cell.split())) if isinstance(cell, str) else None


def _lacks_seconds(cell: Cell) -> bool:
    match = _stamp_match(cell)
    return match is not None and match[7] is None


def _typed(cells: ResponseCells, order: DateOrder, utc_offset: timedelta) -> ResponseCells:
    texts: Mapping[str, Cell] = {
        field: clean(cell) if isinstance(cell, str) and cell.strip() else None
        for field, cell in zip(ResponseCells._fields, cells, strict=True)
    }
    typed = ResponseCells(**texts)
    return typed._replace(
        timestamp=_stamp(typed.timestamp, order, utc_offset), arrived=_arrival(typed.arrived, order, utc_offset)
    )


def _arrival(cell: Cell, order: DateOrder, utc_offset: timedelta) -> Cell:
    match = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return _stamp(cell, order, utc_offset)
    return _time(match[1], match[2], match[3], match[4]) or cell


def _stamp(cell: Cell, order: DateOrder, utc_offset: timedelta) -> Cell:
    if not isinstance(cell, str):
        return cell
    match = _stamp_match(cell)
    if match is None:
        moment = read_moment(" ".join(cell.split()), None, utc_offset)
        return cell if moment is None or isinstance(moment, Unreadable) else moment
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
    elif len(third) == 4:
        day, month, year = int(first), int(second), int(third)
        if order is DateOrder.MONTH_FIRST:
            day, month = month, day
    else:
        return cell
    clock = _time(match[5], match[6], match[7], match[8])
    offset = _offset(match[9], match[10]) if match[9] else utc_offset
    if clock is None or abs(offset) > _FARTHEST_OFFSET:
        return cell
    try:
        return datetime.combine(datetime(year, month, day), clock) - offset + utc_offset
    except (ValueError, OverflowError):
        return cell


def _offset(hours: str, minutes: str | None) -> timedelta:
    return timedelta(hours=int(hours), minutes=int(minutes or 0) * (-1 if hours.startswith("-") else 1))


def _time(hour: str, minute: str, second: str | None, half: str | None) -> time | None:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.upper() == "P" else 0)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    return time(hours, int(minute), int(second or 0))
