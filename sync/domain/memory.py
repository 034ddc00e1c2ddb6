"""What the ledger remembers of a row: a few characters a cell, enough to know again where a value stood.

Of each filled cell four characters are kept (24 bits of a digest of what it says, however it is stored), so nothing
can be read back: some hundred telephone numbers and some hundred thousand identity numbers share each. The check over
a whole row, which spares an unchanged row the work of its cells, takes the telephone only as those four characters.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

from sync.domain.book import DERIVED_FIELDS
from sync.domain.cells import read_moment, read_phone, read_text
from sync.domain.columns import COLUMNS, Kind
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, Tab

REMEMBERED = tuple(name for name in AgendaCells._fields if name != "number" and name not in DERIVED_FIELDS)
"""The agenda's fields that a row is known again by: everything but its number and what the job derives."""
PHONE = "phone"
MOMENTS = frozenset(spec.field for spec in COLUMNS[Tab.AGENDA] if spec.kind is Kind.MOMENT)

_VERSION = "1"
_CHECK, _CODE, _DIGEST = 5, 3, 4
"""Characters of the row's check, of a field's code, of a cell's digest."""
_EMPTY = "." * _DIGEST
_TOLD = re.compile(r"([\w-]{3})([+\-#])([\w.-]{4})(.*)", re.ASCII | re.DOTALL)
_PLACES = tuple(AgendaCells._fields.index(name) for name in REMEMBERED)
_PLACES_CHECKED = tuple(AgendaCells._fields.index(name) for name in REMEMBERED if name != PHONE)
_NO_DAY = date(1, 1, 1)
_SERIAL_DAY = date(1899, 12, 30)
"""The day of a time of day that a file stored as a date-time: day 0 of a spreadsheet."""


class Fate(Enum):
    """What became of a cell; the value is its mark in the memory."""

    HOLDS = "+"
    """Another registration's content stands in it."""
    LOST = "-"
    """Its content stands in another row, and it is empty or another's itself."""
    BROKEN = "#"
    """A formula's error stands where there was content."""


@dataclass(frozen=True, slots=True)
class Told:
    """A cell that was told as moved: what stood there then, and whose it is (or where its own content went).

    ``number`` is ``""`` for a row without one, and for an error, which is nobody's.
    """

    field: str
    fate: Fate
    digest: str
    number: str


@dataclass(frozen=True, slots=True)
class Memory:
    """One row as the last run saw it. ``check`` is ``""`` where the cells have to be compared one by one."""

    check: str
    cells: Mapping[str, str]
    """Digest by field; an empty cell is left out."""
    told: tuple[Told, ...] = ()


def canonical(name: str, cell: Cell) -> str:
    """Return what the cell of field ``name`` says, the same whatever program stored it; ``""`` if nothing.

    A time is the same as text, as a serial and as a cell of time; a telephone as text and as a number.
    """
    if cell is None:
        return ""
    if name == PHONE:
        return read_phone(cell) or _plain(read_text(cell))
    if name in MOMENTS:
        moment = read_moment(cell, _NO_DAY, timedelta(0))
        if isinstance(moment, datetime):
            whole = (moment + timedelta(milliseconds=500)).replace(microsecond=0) if moment.year < 9999 else moment
            return (whole.time() if whole.date() in (_NO_DAY, _SERIAL_DAY) else whole).isoformat()
    if isinstance(cell, datetime | time):
        return cell.isoformat()
    return _plain(read_text(cell))


def _plain(text: str) -> str:
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=65_536)
def digest(text: str) -> str:
    """Return the four characters that are kept of a cell's canonical text; ``""`` of nothing."""
    return _characters(text, 3)[:_DIGEST] if text else ""


def _characters(text: str, size: int) -> str:
    taken = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size, person=b"agenda-cell")
    return base64.urlsafe_b64encode(taken.digest()).decode("ascii")


_CODES: Mapping[str, str] = {name: _characters(name, 3)[:_CODE] for name in REMEMBERED}
_FIELDS: Mapping[str, str] = {code: name for name, code in _CODES.items()}


def digests(cells: AgendaCells) -> dict[str, str]:
    """Return the digest of each filled cell, by field."""
    found = {}
    for name, place in zip(REMEMBERED, _PLACES, strict=True):
        cell = cells[place]
        if cell is not None and (text := canonical(name, cell)):
            found[name] = digest(text)
    return found


def check(cells: AgendaCells) -> str:
    """Return the check over the whole row as it is stored: equal only for the very same cells."""
    own = [cells[place] for place in _PLACES_CHECKED]
    return _characters(f"{own!r}{digest(canonical(PHONE, cells.phone))}", 4)[:_CHECK]


def seen(cells: AgendaCells) -> Memory:
    """Return the memory of a row with which all is well."""
    return Memory(check(cells), digests(cells))


def write_memory(memory: Memory) -> str:
    """Return the memory as ``Register`` keeps it."""
    head = f"{_VERSION}:{memory.check or '.' * _CHECK}"
    cells = "".join(_CODES[name] + memory.cells[name] for name in REMEMBERED if memory.cells.get(name))
    told = "".join(
        f"!{_CODES[item.field]}{item.fate.value}{item.digest or _EMPTY}{item.number}" for item in memory.told
    )
    return f"{head}{cells}{told}"


def read_memory(text: str) -> Memory | None:
    """Return the memory that :func:`write_memory` wrote; None if there is none, or none that this version reads.

    A column that config.yaml no longer has is forgotten.
    """
    head = len(_VERSION) + 1
    if not text.startswith(f"{_VERSION}:") or len(text) < head + _CHECK:
        return None
    body, *told = text[head:].split("!")
    row_check, pairs = body[:_CHECK], body[_CHECK:]
    width = _CODE + _DIGEST
    if len(pairs) % width:
        return None
    cells = {
        name: pairs[at + _CODE : at + width]
        for at in range(0, len(pairs), width)
        if (name := _FIELDS.get(pairs[at : at + _CODE])) is not None
    }
    marks = tuple(mark for item in told if (mark := _read_told(item)) is not None)
    return Memory("" if row_check == "." * _CHECK else row_check, cells, marks)


def is_as_checked(text: str, cells: AgendaCells) -> bool:
    """Tell whether the row is stored as it was when this memory was written."""
    head = len(_VERSION) + 1
    return text.startswith(f"{_VERSION}:") and text[head : head + _CHECK] == check(cells)


def _read_told(text: str) -> Told | None:
    match = _TOLD.fullmatch(text)
    name = _FIELDS.get(match[1]) if match else None
    if match is None or name is None:
        return None
    return Told(name, Fate(match[2]), "" if match[3] == _EMPTY else match[3], match[4])
