"""One cell → one value, never guessed: moments, phones, texts, and the characters a cell may hold.

Reading rules are the design's (section 4): a date-time, a time (then its day is the registration's day), a spreadsheet
serial, or text in a few written forms, day before month always. Anything else that is not empty is unreadable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import phonenumbers

from sync.domain.table import Cell, CellError

_SERIAL_EPOCH = datetime(1899, 12, 30)
"""Day 0 of a spreadsheet serial (Sheets API, DateTimeRenderOption; Excel's 1900 system from March 1900 on)."""
_SERIAL_MIN, _SERIAL_MAX = 20_000, 2_958_466  # 1954-10-03 … 9999-12-31

_CLOCK = re.compile(r"(?:pukul )?(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?: ?wib)?", re.IGNORECASE | re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_ISO_LIKE = re.compile(r"\d{4}[\d-]*W?[\d-]*T\d{2}.*", re.ASCII)
_ISO_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})", re.ASCII)
_PLAIN_PHONE = re.compile(r"0[1-9]\d{5,14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that is filled, but not with a moment."""


UNREADABLE = Unreadable()


def read_moment(cell: Cell, day: date | None, utc_offset: timedelta) -> datetime | Unreadable | None:
    """Return the moment in ``cell``, None if it is empty, or ``UNREADABLE``.

    Args:
        cell: as stored.
        day: the registration's day, which a bare time belongs to; None makes a bare time unreadable.
        utc_offset: of the office's zone; an ISO text with an offset of its own is converted by it.
    """
    if cell is None:
        return None
    if type(cell) is datetime:
        return cell if cell.tzinfo is None else _to_local(cell, utc_offset)
    if type(cell) is time:
        return UNREADABLE if day is None else datetime.combine(day, cell.replace(tzinfo=None))
    if isinstance(cell, str):
        text = cell.strip()
        return _read_moment_text(text, day, utc_offset) if text else None
    if isinstance(cell, bool | CellError):
        return UNREADABLE
    if isinstance(cell, int | float):
        return _read_serial(cell, day)
    return UNREADABLE


def _read_serial(serial: float, day: date | None) -> datetime | Unreadable:
    if 0 <= serial < 1 and day is not None:
        return _whole_milliseconds(datetime.combine(day, time()), serial)
    if _SERIAL_MIN <= serial < _SERIAL_MAX:
        return _whole_milliseconds(_SERIAL_EPOCH, serial)
    return UNREADABLE


def _whole_milliseconds(start: datetime, days: float) -> datetime | Unreadable:
    """Add ``days``; a serial's fraction is exact to less than a millisecond, so the rest is noise."""
    try:
        return start + timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return UNREADABLE


@lru_cache(maxsize=4096)
def _read_moment_text(text: str, day: date | None, utc_offset: timedelta) -> datetime | Unreadable:
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    if _ISO_LIKE.fullmatch(folded) or _ISO_OFFSET.fullmatch(folded):
        try:
            moment = datetime.fromisoformat(folded)
        except ValueError:
            return UNREADABLE
        return moment if moment.tzinfo is None else _to_local(moment, utc_offset)
    head, _, rest = folded.partition(" ")
    on = _read_date_text(head)
    clock = _read_clock(rest if on else folded)
    on = on or day
    return UNREADABLE if clock is None or on is None else datetime.combine(on, clock)


def _to_local(moment: datetime, utc_offset: timedelta) -> datetime | Unreadable:
    offset = moment.utcoffset()
    assert offset is not None, "only called for an aware moment"
    try:
        return moment.replace(tzinfo=None) - offset + utc_offset
    except OverflowError:
        return UNREADABLE


def _read_clock(text: str) -> time | None:
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _read_date_text(text: str) -> date | None:
    if match := _DAY_FIRST.fullmatch(text):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_date(cell: Cell) -> date | None:
    """Return the day in ``cell``, or None if it holds none (a moment's day counts; never guessed)."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        return _read_date_text(cell.strip())
    if isinstance(cell, int | float) and not isinstance(cell, bool) and _SERIAL_MIN <= cell < _SERIAL_MAX:
        return (_SERIAL_EPOCH + timedelta(days=int(cell))).date()
    return None


def read_text(cell: Cell) -> str:
    """Return what the cell says, as text: trimmed, whole numbers without a fraction, ``""`` if empty."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H.%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, time):
        return cell.strftime("%H.%M")
    if isinstance(cell, CellError):
        return cell.code
    return str(cell)


def is_filled(cell: Cell) -> bool:
    """Tell whether anything stands in the cell; unreadable text counts, white space does not."""
    if isinstance(cell, str):
        return cell != "" and not cell.isspace()
    return cell is not None


def read_phone(cell: Cell) -> str | None:
    """Return the phone number as E.164 (``+62812…``), or None if it is no valid Indonesian number.

    A form's answer ``0812…`` may arrive as the number 812…, its leading zero lost: a number is read as national.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        if not 0 < cell < 1e15 or cell != int(cell):
            return None
        digits = str(int(cell))
        if digits.startswith("628") and len(digits) >= 11:
            return _read_phone_text("+" + digits)
        return _read_phone_text("0" + digits)
    if isinstance(cell, str):
        return _read_phone_text(cell.strip())
    return None


@lru_cache(maxsize=65_536)
def _read_phone_text(text: str) -> str | None:
    if _PLAIN_PHONE.fullmatch(text):
        # Parsing costs most of a row's check, and has nothing to find out about these.
        plain = phonenumbers.PhoneNumber(country_code=62, national_number=int(text))
        return f"+62{plain.national_number}" if phonenumbers.is_valid_number(plain) else None
    if not 6 <= len(text) <= 40:
        return None
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != 62 or number.extension or not phonenumbers.is_valid_number(number):
        return None
    return f"+62{number.national_number}"


def national_phone(e164: str) -> str:
    """Return ``+62812…`` as people write it: ``0812…``."""
    return "0" + e164.removeprefix("+62")


@lru_cache(maxsize=16_384)
def name_key(text: str) -> str:
    """Return what two spellings of one name have in common: NFKC, case folded, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
