"""The rows of one sheet part → typed cells, in one pass over the XML.

The pass is by expat, whose callbacks cost about half of what walking lxml's elements costs (10,000 rows of 41 columns).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel, from_ISO8601

from sync.domain.table import Cell, CellError
from tests.local.oracle.text import from_stored

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW, _CELL, _VALUE, _TEXT, _SPOKEN = (f"{_MAIN} {name}" for name in ("row", "c", "v", "t", "rPh"))
_TEXTS = (_VALUE, _TEXT)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LAST_SERIAL = 2_958_466
"""The day after 31 December 9999."""

RowCells = dict[int, Cell]
"""The cells of one row that hold something, by 1-based column."""


@dataclass(frozen=True, slots=True)
class CellContext:
    """What a cell's XML refers to: shared strings, the styles that show a date, the day that serials count from."""

    strings: Sequence[str]
    date_styles: Collection[str]
    epoch: datetime


def sheet_rows(xml: bytes, context: CellContext) -> dict[int, RowCells]:
    """Return the rows of a sheet that hold something, by 1-based row number.

    Raises:
        SyntaxError, ValueError, LookupError: the part is damaged.
    """
    pass_over = _Pass(context)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = pass_over.start
    parser.EndElementHandler = pass_over.end
    parser.CharacterDataHandler = pass_over.characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise SyntaxError("not well-formed") from error
    return pass_over.rows


class _Pass:
    """The state of the pass: the row, the cell and the text that it is in."""

    __slots__ = (
        "_cells",
        "_columns",
        "_context",
        "_kind",
        "_number",
        "_parts",
        "_place",
        "_spoken",
        "_style",
        "_wanted",
        "rows",
    )

    def __init__(self, context: CellContext) -> None:
        self.rows: dict[int, RowCells] = {}
        self._context = context
        self._columns: dict[str, int] = {}
        self._number = 0
        self._cells: RowCells = {}
        self._place = 0
        self._kind: str | None = None
        self._style: str | None = None
        self._parts: list[str] = []
        self._wanted = False
        self._spoken = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _CELL:
            reference = attributes.get("r")
            self._place = self._column(reference) if reference else self._place + 1
            self._kind = attributes.get("t")
            self._style = attributes.get("s")
        elif name in _TEXTS:
            self._wanted = not self._spoken
        elif name == _ROW:
            number = attributes.get("r")
            self._number = int(number) if number else self._number + 1
            if not 0 < self._number <= _LAST_ROW:
                raise ValueError("a row beyond the last that a sheet can have")
            self._cells = {}
            self._place = 0
        elif name == _SPOKEN:
            self._spoken = True

    def characters(self, text: str) -> None:
        if self._wanted:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name == _CELL:
            if self._parts:
                cell = self._cell("".join(self._parts))
                if cell is not None:
                    self._cells[self._place] = cell
                self._parts.clear()
        elif name in _TEXTS:
            self._wanted = False
        elif name == _ROW:
            if self._cells:
                self.rows[self._number] = self._cells
        elif name == _SPOKEN:
            self._spoken = False

    def _cell(self, value: str) -> Cell:
        kind = self._kind
        if kind == "s":
            return self._context.strings[int(value)] or None
        if kind is None or kind == "n":
            return self._number_cell(value)
        if kind in {"inlineStr", "str"}:
            return from_stored(value)
        if kind == "b":
            return value.strip() in {"1", "true"}
        if kind == "e":
            return CellError(value)
        if kind == "d":
            moment = from_ISO8601(value)  # type: ignore[no-untyped-call]  # of openpyxl
            return moment.total_seconds() / 86400 if isinstance(moment, timedelta) else cast(Cell, moment)
        raise ValueError(f"unknown cell type {kind!r}")

    def _number_cell(self, text: str) -> Cell:
        number: int | float = float(text) if "." in text or "E" in text or "e" in text else int(text)
        # A number under a date format that is no date (a phone number in a date column) stays the number it is.
        if self._style in self._context.date_styles and 0 <= number < _LAST_SERIAL:
            # from_excel rounds to the millisecond: the fraction of a day holds no more than that.
            return cast(Cell, from_excel(number, self._context.epoch))
        return number

    def _column(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter.upper()) - 64
            if not 0 < column <= _LAST_COLUMN:
                raise ValueError("a column beyond the last that a sheet can have")
            self._columns[letters] = column
        return column
