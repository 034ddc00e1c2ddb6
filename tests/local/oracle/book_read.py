"""The book's bytes → tables of typed cells.

openpyxl reads the styles; the rows are taken from the XML directly, which is several times as fast as its read-only
mode and never trusts the stored ``dimension``, which other programs leave wrong or out.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Collection, Sequence
from typing import Any, cast

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries
from openpyxl.xml.constants import SHARED_STRINGS

from sync.domain.table import Cell, CellError, Row, Table
from tests.local.oracle.package import MAIN, Package, around_cells, whole
from tests.local.oracle.reader import read_strings
from tests.local.oracle.sheet_rows import CellContext, RowCells, sheet_rows
from tests.local.oracle.text import from_stored

_ROW_END = re.compile(rb"</((?:\w+:)?)row>")


class _ContextReader(ExcelReader):
    """openpyxl's reader, stopped before the rows."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]  # of openpyxl
        if part is not None:
            raw = read_strings(self.archive.read(part.PartName[1:]), rich=False)
            self.shared_strings = [from_stored(text) for text in raw]

    def read_worksheets(self) -> None:
        pass


def read_tables(book: str, content: bytes, tabs: Sequence[str]) -> dict[str, Table]:
    """Return the tables of those of ``tabs`` that the book has.

    Cells hold what the file holds: a number under a date format is a moment rounded to the millisecond (a time alone
    below 1), under a duration format a number of days; a formula is the value it had when the book was last saved by
    a program that calculates, and empty if it never was.

    Args:
        book: what to call the book in an error.

    Raises:
        BookUnreadable.
    """
    with whole(book, content):
        package = Package(content)
        context = cell_context(content)
        return {
            sheet.name: _table(sheet.name, package.read(sheet.part), context)
            for sheet in package.sheets
            if sheet.name in tabs and sheet.kind == "worksheet"
        }


def read_others(
    book: str, content: bytes, known: Sequence[str], wanted: Callable[[Sequence[str]], bool]
) -> tuple[Table, ...]:
    """Return the tabs beside ``known`` whose headers are ``wanted``.

    Raises:
        BookUnreadable.
    """
    with whole(book, content):
        package = Package(content)
        others = [sheet for sheet in package.sheets if sheet.name not in known and sheet.kind == "worksheet"]
        if not others:
            return ()
        context = cell_context(content)
        found = []
        for sheet in others:
            xml = package.read(sheet.part)
            if wanted(_table(sheet.name, _top(xml), context).headers):
                found.append(_table(sheet.name, xml, context))
        return tuple(found)


def _top(xml: bytes) -> bytes:
    """Return a sheet's part as if it had its first row alone: people keep big tabs beside the job's."""
    end = _ROW_END.search(xml)
    if end is None:
        return xml
    return xml[: end.end()] + b"</%ssheetData></%sworksheet>" % (end[1], end[1])


def other_headers(book: str, content: bytes, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the headers of every tab of cells but the ``known`` ones, by its name.

    Raises:
        BookUnreadable.
    """
    with whole(book, content):
        names = [sheet.name for sheet in Package(content).sheets if sheet.name not in known]
    return {name: table.headers for name, table in read_tables(book, content, names).items()}


def cell_context(content: bytes) -> CellContext:
    """Return what the book's cells refer to."""
    reader = _ContextReader(io.BytesIO(content), read_only=True, data_only=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader.read()
    book = cast(Any, reader.wb)
    # A duration ([h]:mm) is a number of days, not a moment.
    date_styles = frozenset(str(style) for style in set(book._date_formats) - set(book._timedelta_formats))
    return CellContext(reader.shared_strings, date_styles, book.epoch)


def _table(tab: str, xml: bytes, context: CellContext) -> Table:
    rows = sheet_rows(xml, context)
    _empty_covered(rows, xml)
    header = rows.pop(1, {})
    width = max((column for column, cell in header.items() if header_text(cell).strip()), default=0)
    headers = tuple(header_text(header.get(column)) for column in range(1, width + 1))
    columns = range(1, width + 1)
    last = max((number for number, cells in rows.items() if any(column <= width for column in cells)), default=1)
    # One for all empty rows: somebody may have typed a space into the very last row there can be.
    empty: tuple[Cell, ...] = (None,) * width
    return Table(
        tab,
        headers,
        tuple(
            Row(number - 2, tuple(map(rows[number].get, columns)) if number in rows else empty)
            for number in range(2, last + 1)
        ),
    )


def header_text(cell: Cell) -> str:
    """Return a cell of row 1 as a header."""
    if cell is None:
        return ""
    return cell.code if isinstance(cell, CellError) else str(cell)


def _empty_covered(rows: dict[int, RowCells], xml: bytes) -> None:
    """Empty the cells that a merge covers: all of it but its first. Other programs leave old values in them."""
    if b"mergeCell" not in xml:
        return
    for merge in around_cells(xml).iter(f"{MAIN}mergeCell"):
        left, top, right, bottom = cast("tuple[int, int, int, int]", range_boundaries(merge.get("ref", "")))
        # A merge may be of whole columns: only rows that hold something are looked at.
        for number in range(top, bottom + 1) if bottom - top < len(rows) else tuple(rows):
            if top <= number <= bottom and number in rows:
                for column in range(left, right + 1):
                    if (number, column) != (top, left):
                        rows[number].pop(column, None)
