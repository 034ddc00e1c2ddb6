"""Responses and the numbers they are given: each response once, each number once, for ever."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.domain.cells import is_filled, name_key, read_moment, read_phone, read_text
from sync.domain.table import Cell
from sync.domain.tabs import ResponseCells

_NO_DAY = date(1899, 12, 30)
_NO_MOMENT = datetime(1899, 12, 30)
_YEARS = range(1900, 9999)
"""Years of which there can be a number and a report. A bare time is of 1899, the day 0 of a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Response:
    """One row of ``Respons``. ``position`` is its row below the header; ``moment`` is when the form recorded it.

    ``key`` is what the ledger knows it by: its content, or the id that its source gives it.
    """

    position: int
    key: str
    moment: datetime | None
    cells: ResponseCells
    content: str = ""
    """The fingerprint of its content where ``key`` is an id."""

    @property
    def content_key(self) -> str:
        return self.content or self.key

    @property
    def second(self) -> datetime | None:
        return self.moment.replace(microsecond=0) if self.moment else None


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """A number about to be given. ``moment`` is the response's own, or now where it recorded none."""

    number: str
    response: Response
    moment: datetime
    passed_over: str = ""
    """Orders of its year that were passed over before it because they stand in the book: ``8, 10-12``."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a registration number is written: ``KONS-2026-0001`` is prefix KONS, 4 digits (more if they are needed)."""

    prefix: str
    digits: int

    def write(self, year: int, order: int) -> str:
        return f"{self.prefix}-{year:04d}-{order:0{self.digits}d}"

    def read(self, number: str) -> tuple[int, int] | None:
        """Return (year, order) of a number written by :meth:`write`, else None."""
        match = re.fullmatch(rf"{re.escape(self.prefix)}-(\d{{4}})-(\d{{{self.digits},9}})", number, re.ASCII)
        return (int(match[1]), int(match[2])) if match else None


def read_responses(rows: Sequence[ResponseCells], utc_offset: timedelta) -> list[Response]:
    """Return the responses of a tab, in row order, empty rows left out."""
    responses = []
    for position, cells in enumerate(rows):
        if not any(map(is_filled, cells)):
            continue
        moment = read_moment(cells.timestamp, _NO_DAY, utc_offset)
        known = moment if isinstance(moment, datetime) and moment.year in _YEARS else None
        responses.append(Response(position, response_key(cells, known), known, cells))
    return responses


def response_key(cells: ResponseCells, moment: datetime | None) -> str:
    """Return a fingerprint of the response's content, the same wherever and however often the row is stored.

    The moment counts to the second (an exported file has no more), the arrival as its time however it is written, a
    phone as its number (a sheet drops the leading zero), text by its characters (NFC, white space collapsed); an
    empty answer counts like a question never asked.
    """
    parts = [moment.replace(microsecond=0).isoformat() if moment else key_text(cells.timestamp)]
    for field, cell in zip(ResponseCells._fields[1:], cells[1:], strict=True):
        if field == "phone":
            text = read_phone(cell) or key_text(cell)
        elif field == "arrived":
            text = _key_moment(cell, moment)
        else:
            text = key_text(cell)
        if text:
            parts.append(f"{field}={text}")
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:32]


def _key_moment(cell: Cell, day: datetime | None) -> str:
    """A time of day is the same as a cell of time, as text, or as a date-time of the response's own day."""
    read = read_moment(cell, (day or _NO_MOMENT).date(), timedelta(0))
    return read.isoformat(timespec="seconds") if isinstance(read, datetime) else key_text(cell)


def key_text(cell: Cell) -> str:
    """Return an answer as it counts in a key: NFC, white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", read_text(cell)).split())


def in_response_order(responses: Iterable[Response], now: datetime) -> list[Response]:
    """Return the responses by their moment (those without one count as now), then by row."""
    return sorted(responses, key=lambda response: (response.moment or now, response.position))


def highest_orders(numbers: Iterable[str], form: NumberFormat) -> dict[int, int]:
    """Return the highest order ever given, by year."""
    highest: dict[int, int] = {}
    for number in numbers:
        if read := form.read(number):
            year, order = read
            highest[year] = max(order, highest.get(year, 0))
    return highest


def give_numbers(
    pending: Iterable[Response],
    highest: Mapping[int, int],
    form: NumberFormat,
    now: datetime,
    standing: Container[tuple[int, int]] = frozenset(),
) -> list[NewRegistration]:
    """Give each pending response the next number of its year: the highest ever given plus one, never a count.

    ``standing`` are numbers, by year and order, that people have typed into the book: they are passed over, one by
    one, so that an odd high one costs the year no number but its own.
    """
    given = dict(highest)
    registrations = []
    for response in in_response_order(pending, now):
        moment = response.moment or now.replace(microsecond=0)
        order = given.get(moment.year, 0) + 1
        passed = []
        while (moment.year, order) in standing:
            passed.append(order)
            order += 1
        given[moment.year] = order
        number = form.write(moment.year, order)
        registrations.append(NewRegistration(number, response, moment, write_orders(passed)))
    return registrations


def write_orders(orders: Iterable[int]) -> str:
    """Return ascending orders as ``8, 10-12``."""
    spans: list[list[int]] = []
    for order in orders:
        if spans and order == spans[-1][1] + 1:
            spans[-1][1] = order
        else:
            spans.append([order, order])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def person_key(name: Cell, phone: Cell) -> tuple[str, str] | None:
    """Return what two visits of one person have in common, or None if name or phone is missing."""
    number = read_phone(phone) or read_text(phone)
    key = name_key(read_text(name))
    return (key, number) if key and number else None
