"""Hands on a grid of cells: what a spreadsheet program does to the rows and columns it shows."""

from __future__ import annotations

from typing import TypeVar

CellT = TypeVar("CellT")
Cells = list[list[CellT | None]]


def widen(grid: Cells[CellT]) -> int:
    """Make all rows as wide as the widest, and return that width."""
    width = max(map(len, grid), default=0)
    for row in grid:
        row.extend([None] * (width - len(row)))
    return width


def trim(grid: Cells[CellT]) -> None:
    """Drop empty rows at the end."""
    while len(grid) > 1 and not any(cell is not None for cell in grid[-1]):
        grid.pop()


def sort_rows(grid: Cells[CellT], column: int, descending: bool) -> None:
    """Sort below the header: numbers before text, blanks last either way."""
    filled = [row for row in grid[1:] if row[column] is not None]
    blank = [row for row in grid[1:] if row[column] is None]
    filled.sort(key=lambda row: (isinstance(row[column], str), str(row[column])), reverse=descending)
    grid[1:] = filled + blank


def move_row(grid: Cells[CellT], row: int, above: int) -> None:
    """Drag a row to above another."""
    moved = grid.pop(row)
    grid.insert(above - 1 if above > row else above, moved)


def move_column(grid: Cells[CellT], column: int, before: int) -> None:
    """Drag a column to before another."""
    for row in grid:
        cell = row.pop(column)
        row.insert(before - 1 if before > column else before, cell)
