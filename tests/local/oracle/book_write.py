"""Changes → the loaded workbook. Nothing here touches the disk: a refusal leaves the book as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sync.domain.layout import BookLayout, TabLayout
from sync.domain.table import (
    AddColumns,
    AppendRows,
    Change,
    NewCell,
    ReplaceRows,
    RowUpdate,
    Table,
    UpdateRows,
    header_key,
)
from sync.errors import BookChanged, MergedCells, TabMissing
from tests.local.oracle.cell_write import put
from tests.local.oracle.extents import grow
from tests.local.oracle.formula_cache import Cached
from tests.local.oracle.looks import RowDresser, dress_header
from tests.local.oracle.text import from_stored


class BookWriter:
    """Carries out changes on one loaded workbook."""

    def __init__(
        self, book: str, workbook: Workbook, layout: BookLayout, caches: Mapping[str, Mapping[str, Cached]]
    ) -> None:
        """``book`` is what to call it in an error; ``caches`` the values of its formulas, by tab and cell."""
        self._book = book
        self._workbook = workbook
        self._layout = {tab.name: tab for tab in layout.tabs}
        self._caches = caches
        self._tabs: dict[str, _TabWriter] = {}

    def carry_out(self, changes: Sequence[Change]) -> None:
        """Carry out ``changes`` in their order.

        Raises:
            TabMissing, HeaderMissing, HeaderDoubled, MergedCells: a place named is not there or not writable.
            BookChanged: a row to be updated is not there.
        """
        for change in changes:
            tab = self._tab(change.tab)
            match change:
                case AddColumns(headers=headers):
                    tab.add_columns(headers)
                case AppendRows(rows=rows):
                    tab.append(rows)
                case ReplaceRows(rows=rows):
                    tab.replace(rows)
                case UpdateRows(key_header=key_header, rows=updates):
                    tab.update(key_header, updates)

    def _tab(self, name: str) -> _TabWriter:
        if name not in self._tabs:
            sheets = {sheet.title: sheet for sheet in self._workbook.worksheets}
            if name not in sheets:
                raise TabMissing(name, tuple(sheets))
            self._tabs[name] = _TabWriter(self._book, sheets[name], self._layout.get(name), self._caches.get(name, {}))
        return self._tabs[name]


class _TabWriter:
    def __init__(self, book: str, sheet: Worksheet, layout: TabLayout | None, caches: Mapping[str, Cached]) -> None:
        self._book = book
        self._sheet = sheet
        self._caches = caches
        width = max((column for row, column in self._cells if row == 1), default=0)
        self._headers = Table(sheet.title, tuple(self._text(1, column) for column in range(1, width + 1)), ())
        self._by_header = {header_key(column.header): column for column in layout.columns} if layout else {}
        kinds = {key: column.kind for key, column in self._by_header.items()}
        self._own = frozenset(kinds) if layout else None
        self._dresser = RowDresser(
            sheet,
            {
                index + 1: kinds[header_key(header)]
                for index, header in enumerate(self._headers.headers)
                if header_key(header) in kinds
            },
        )
        self._columns: dict[str, int] = {}

    @property
    def _cells(self) -> dict[tuple[int, int], SheetCell]:
        # Sheet.cell() makes a cell wherever it looks; what is there is only in here.
        return cast("dict[tuple[int, int], SheetCell]", cast(Any, self._sheet)._cells)

    def add_columns(self, headers: Sequence[str]) -> None:
        for header in dict.fromkeys(headers):
            if self._headers.has(header):
                continue
            # Right of everything, not only of the headers: what staff keep beside the table stays theirs.
            column = 1 + max(
                (column for (_, column), cell in self._cells.items() if cell.value is not None),
                default=len(self._headers.headers),
            )
            self._refuse_merged(1, column)
            cell = cast(SheetCell, self._sheet.cell(1, column))
            put(cell, header)
            layout = self._by_header.get(header_key(header))
            dress_header(cell, job=layout.job if layout else True)
            self._sheet.column_dimensions[get_column_letter(column)].width = layout.width if layout else 18
            gap = [""] * (column - 1 - len(self._headers.headers))
            self._headers = replace(self._headers, headers=(*self._headers.headers, *gap, header))
            if layout:
                self._dresser.learn(column, layout.kind)

    def append(self, rows: Sequence[Mapping[str, NewCell]]) -> None:
        last = self._last_row()
        for row, values in enumerate(rows, last + 1):
            for header, value in values.items():
                self._put(row, self._column(header), value)
        if rows:
            grow(self._sheet, last, last + len(rows))

    def replace(self, rows: Sequence[Mapping[str, NewCell]]) -> None:
        last = self._last_row()
        named = {self._column(header) for values in rows for header in values}
        columns = named | {
            index
            for index, header in enumerate(self._headers.headers, 1)
            if header.strip() and (self._own is None or header_key(header) in self._own)
        }
        for place in [place for place in self._cells if place[0] > 1 and place[1] in columns]:
            self._refuse_merged(*place)
            if place[0] > len(rows) + 1:
                del self._cells[place]
        for row, values in enumerate(rows, 2):
            by_column = {self._column(header): value for header, value in values.items()}
            for column in sorted(columns):
                self._put(row, column, by_column.get(column))
        grow(self._sheet, last, len(rows) + 1)

    def update(self, key_header: str, updates: Sequence[RowUpdate]) -> None:
        key_column = self._column(key_header)
        by_key: dict[str, int] | None = None
        for update in updates:
            row = update.position + 2
            if self._text(row, key_column).strip() != update.key.strip():
                if by_key is None:
                    by_key = self._rows_by_key(key_column)
                found = by_key.get(update.key.strip()) if update.key.strip() else None
                if found is None:
                    raise BookChanged(self._book)
                row = found
            for header, value in update.values.items():
                self._put(row, self._column(header), value)

    def _rows_by_key(self, key_column: int) -> dict[str, int]:
        rows = sorted((row for row, column in self._cells if column == key_column and row > 1), reverse=True)
        return {self._text(row, key_column).strip(): row for row in rows}

    def _column(self, header: str) -> int:
        column = self._columns.get(header)
        if column is None:
            column = self._columns[header] = self._headers.column(header) + 1
        return column

    def _put(self, row: int, column: int, value: NewCell) -> None:
        self._refuse_merged(row, column)
        cell = self._cells.get((row, column))
        if cell is None:
            if value is None or value == "":
                return
            cell = cast(SheetCell, self._sheet.cell(row, column))
            self._dresser.dress(cell)
        put(cell, value)

    def _refuse_merged(self, row: int, column: int) -> None:
        if not isinstance(self._cells.get((row, column)), MergedCell):
            return
        for merge in self._sheet.merged_cells.ranges:
            if merge.min_row <= row <= merge.max_row and merge.min_col <= column <= merge.max_col:
                raise MergedCells(self._sheet.title, str(merge.coord))

    def _last_row(self) -> int:
        """Return the last row that shows anything, at least 1. A prepared formula that shows nothing does not count."""
        last = 1
        for (row, column), cell in self._cells.items():
            if row > last and cell.value is not None and self._text(row, column):
                last = row
        for merge in self._sheet.merged_cells.ranges:
            top, left = merge.min_row, merge.min_col
            if merge.max_row > last >= top and self._text(top, left):
                last = merge.max_row
        return last

    def _text(self, row: int, column: int) -> str:
        """Return what the cell shows: of a formula the value it had when the book was read."""
        cell = self._cells.get((row, column))
        if cell is None or cell.value is None:
            return ""
        if cell.data_type == "f":
            cached = self._caches.get(cell.coordinate)
            return from_stored(cached.value) if cached else ""
        return from_stored(str(cell.value))
