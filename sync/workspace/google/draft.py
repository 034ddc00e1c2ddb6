"""Changes as one batch: where each goes, by the book as it was read, and what to look at afterwards.

New rows are *inserted* under the last row that holds anything and written into exactly those rows: whatever people do
between read and write, nothing of theirs can be written over. Existing rows are written where they stood, columns
where their headers stood; the answer tells whether they still do (:mod:`sync.workspace.google.verification`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sync.domain.cells import read_text
from sync.domain.table import AddColumns, AppendRows, Change, NewCell, ReplaceRows, RowUpdate, UpdateRows
from sync.errors import BookChanged, TabMissing
from sync.workspace.google.blocks import Place, update_requests
from sync.workspace.google.cells import UNFORMATTED, stored_value, write_cell
from sync.workspace.google.grid import BookState, Grid
from sync.workspace.google.snapshot import PLACE


@dataclass(frozen=True, slots=True)
class Written:
    """One row as it was sent. ``key_column`` is None for a row of which only the columns can be in doubt."""

    tab: str
    row: int
    """From 0, the header's: where it was written."""
    key_column: int | None
    key: str
    values: Mapping[int, NewCell]
    """By column."""
    is_new: bool = False


@dataclass(slots=True)
class _Work:
    """A tab as it will be at this point of the batch."""

    grid: Grid
    keys: dict[int, list[str]] = field(default_factory=dict)
    """The texts of a key column, by position."""
    appended: list[dict[int, NewCell]] = field(default_factory=list)
    filled: int = 0
    row_count: int = 0


class Draft:
    """A batch in the making. Every ``add`` checks first: a change that cannot be carried out spoils the whole."""

    def __init__(self, state: BookState) -> None:
        self._state = state
        self._work: dict[str, _Work] = {}
        self.requests: list[dict[str, Any]] = []
        self.written: list[Written] = []

    def add(self, change: Change) -> None:
        """Add one change; it sees what those before it did.

        Raises:
            TabMissing, HeaderMissing, HeaderDoubled: a named place is not there.
            BookChanged: a row to update is not in the book as it was read.
        """
        work = self._tab(change.tab)
        match change:
            case AddColumns(headers=headers):
                self._add_columns(work, headers)
            case AppendRows(rows=rows):
                self._append(work, [self._by_column(work.grid, row) for row in rows])
            case UpdateRows(key_header=key_header, rows=updates):
                self._update(work, work.grid.column(key_header), updates)
            case ReplaceRows(rows=rows):
                self._replace(work, [self._by_column(work.grid, row) for row in rows])

    def _tab(self, tab: str) -> _Work:
        grid = self._state.grids.get(tab)
        if grid is None:
            raise TabMissing(tab, self._state.titles)
        if tab not in self._work:
            self._work[tab] = _Work(grid, filled=max(grid.filled, 1), row_count=grid.row_count)
        return self._work[tab]

    @staticmethod
    def _by_column(grid: Grid, values: Mapping[str, NewCell]) -> dict[int, NewCell]:
        return {grid.column(header): value for header, value in values.items()}

    def expected(self) -> BookState:
        """Return the book as it was read, with the columns that the batch adds: what it has to be compared with."""
        grids = {tab: self._work[tab].grid if tab in self._work else grid for tab, grid in self._state.grids.items()}
        return replace(self._state, grids=grids)

    def _add_columns(self, work: _Work, headers: Sequence[str]) -> None:
        """Insert columns right of the last header; what stands there without one moves to the right."""
        grid = work.grid
        new = [header for header in dict.fromkeys(headers) if not grid.table.has(header)]
        if not new:
            return
        left = len(grid.headers)
        span = {"sheetId": grid.sheet_id, "dimension": "COLUMNS", "startIndex": left, "endIndex": left + len(new)}
        self.requests.append({"insertDimension": {"range": span, "inheritFromBefore": left > 0}})
        values: dict[int, NewCell] = dict(enumerate(new, left))
        self.requests += update_requests(
            grid.sheet_id, {(0, column): write_cell(header) for column, header in values.items()}
        )
        empty = (None,) * len(new)
        work.grid = replace(grid, headers=(*grid.headers, *new), rows=tuple((*row, *empty) for row in grid.rows))
        self.written.append(Written(grid.tab, 0, None, "", values))

    def _append(self, work: _Work, rows: Sequence[dict[int, NewCell]]) -> None:
        if not rows:
            return
        top = work.filled
        self._insert(work, top, len(rows))
        while len(work.appended) + len(work.grid.rows) < top - 1:
            work.appended.append({})  # rows that hold something only right of the last header
        work.appended += rows
        work.filled += len(rows)
        for texts in work.keys.values():
            texts.clear()
        work.keys.clear()
        self._write(work, {top + offset: row for offset, row in enumerate(rows)}, key_column=None, is_new=True)

    def _insert(self, work: _Work, top: int, count: int) -> None:
        """Insert rows. Under the header they take the look of the row below, elsewhere that of the row above.

        At the very end of the grid there is no row below, and Google refuses to inherit from it ("startIndex must be
        less than the grid size if inheritFromBefore is false").
        """
        span = {"sheetId": work.grid.sheet_id, "dimension": "ROWS", "startIndex": top, "endIndex": top + count}
        before = top > 1 or top >= work.row_count
        self.requests.append({"insertDimension": {"range": span, "inheritFromBefore": before}})
        work.row_count += count

    def _update(self, work: _Work, key_column: int, updates: Sequence[RowUpdate]) -> None:
        keys = work.keys.setdefault(key_column, self._key_texts(work, key_column))
        rows: dict[int, dict[int, NewCell]] = {}
        for update in updates:
            position = update.position
            if not 0 <= position < len(keys) or keys[position] != update.key:
                if not update.key or update.key not in keys:
                    raise BookChanged(PLACE)
                position = keys.index(update.key)
            rows.setdefault(position + 1, {}).update(self._by_column(work.grid, update.values))
        self._write(work, rows, key_column=key_column)

    @staticmethod
    def _key_texts(work: _Work, column: int) -> list[str]:
        grid = work.grid
        texts = [grid.key(position, column) for position in range(len(grid.rows))]
        return texts + [read_text(stored_value(row.get(column))) for row in work.appended]

    def _replace(self, work: _Work, rows: Sequence[dict[int, NewCell]]) -> None:
        """Write every named cell of every row there was or will be; what people keep right of the headers stays."""
        named = [column for column, header in enumerate(work.grid.headers) if header.strip()]
        missing = len(rows) + 1 - work.row_count
        if missing > 0:
            self._insert(work, work.row_count, missing)
        height = max(len(rows), len(work.grid.rows) + len(work.appended))
        whole = {
            position + 1: dict.fromkeys(named) | (rows[position] if position < len(rows) else {})
            for position in range(height)
        }
        work.filled = max(work.filled, len(rows) + 1)
        self._write(work, whole, key_column=None)

    def _write(
        self, work: _Work, rows: Mapping[int, Mapping[int, NewCell]], *, key_column: int | None, is_new: bool = False
    ) -> None:
        keys = work.keys.get(key_column, []) if key_column is not None else []
        grid = work.grid
        cells = {
            (row, column): write_cell(
                value, had_link=not is_new and (row - 1, column) in grid.links, is_moment=column in grid.moments
            )
            for row, values in rows.items()
            for column, value in values.items()
            if not (is_new and stored_value(value) is None)
        }
        if is_new:
            cells |= {
                (row, column): UNFORMATTED for row in rows for column in grid.moments if (row, column) not in cells
            }
        self.requests += update_requests(work.grid.sheet_id, cells)
        for row, values in rows.items():
            key = keys[row - 1] if key_column is not None else ""
            self.written.append(Written(work.grid.tab, row, key_column, key, values, is_new))


def cell_writes(grid: Grid, cells: Mapping[Place, NewCell]) -> list[dict[str, Any]]:
    """Return requests that write single cells of a tab, each with its link or without one."""
    return update_requests(
        grid.sheet_id,
        {
            (row, column): write_cell(value, had_link=True, is_moment=column in grid.moments)
            for (row, column), value in cells.items()
        },
    )
