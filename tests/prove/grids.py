"""Hands on a grid of cells: what a spreadsheet program does to the rows and columns it shows."""

from __future__ import annotations

from typing import Any

Cells = list[list[Any]]
"""Cells of whichever kind a world stores: hands do not look at what they move."""


def widen(grid: Cells) -> int:
    """Make all rows as wide as the widest, and return that width."""
    width = max(map(len, grid), default=0)
    for row in grid:
        row.extend([None] * (width - len(row)))
    return width


def trim(grid: Cells) -> None:
    """Drop empty rows at the end."""
    while len(grid) > 1 and not any(cell is not None for cell in grid[-1]):
        grid.pop()


def sort_rows(grid: Cells, column: int, descending: bool) -> None:
    """Sort below the header: numbers before text, blanks last either way."""
    filled = [row for row in grid[1:] if row[column] is not None]
    blank = [row for row in grid[1:] if row[column] is None]
    filled.sort(key=lambda row: (isinstance(row[column], str), str(row[column])), reverse=descending)
    grid[1:] = filled + blank


def move_row(grid: Cells, row: int, above: int) -> None:
    """Drag a row to above another."""
    moved = grid.pop(row)
    grid.insert(above - 1 if above > row else above, moved)


def move_column(grid: Cells, column: int, before: int) -> None:
    """Drag a column to before another."""
    for row in grid:
        cell = row.pop(column)
        row.insert(before - 1 if before > column else before, cell)
