"""Rectangles of cells, and how inserts and deletes move them.

Indexes are zero-based and half open, as in the API's GridRange; an absent index leaves that side unbounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.google.errors import invalid
from tests.google.sheets.model import Sheet, Spreadsheet

JsonObject = dict[str, Any]

START = {"ROWS": "startRowIndex", "COLUMNS": "startColumnIndex"}
END = {"ROWS": "endRowIndex", "COLUMNS": "endColumnIndex"}


@dataclass(frozen=True, slots=True)
class Area:
    """A bounded rectangle on one tab."""

    sheet_id: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left

    def overlaps(self, other: Area) -> bool:
        """True when a cell lies in both."""
        return (
            self.sheet_id == other.sheet_id
            and self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def contains(self, other: Area) -> bool:
        """True when all of ``other`` lies inside."""
        return (
            self.sheet_id == other.sheet_id
            and self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


def column_name(index: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_of(book: Spreadsheet, sheet_id: int) -> Sheet:
    """The tab, or the refusal Google gives for an id that no tab has."""
    sheet = book.find(sheet_id)
    if sheet is None:
        raise invalid(f"No grid with id: {sheet_id}")
    return sheet


def resolve(book: Spreadsheet, grid_range: JsonObject) -> tuple[Sheet, Area]:
    """The GridRange with every side bounded by the grid. Raises 400 for a start past the grid or an empty range.

    A range that starts inside and only runs past the edge is clipped (probed on live spreadsheets by the authors of
    github.com/byronbroughten/sheets-framework, docs/testing.md).
    """
    sheet = sheet_of(book, grid_range.get("sheetId", 0))
    top = grid_range.get("startRowIndex", 0)
    left = grid_range.get("startColumnIndex", 0)
    bottom = grid_range.get("endRowIndex", sheet.row_count)
    right = grid_range.get("endColumnIndex", sheet.column_count)
    if min(top, left) < 0:
        raise invalid("GridRange indices must be zero or positive")
    if top >= sheet.row_count or left >= sheet.column_count:
        raise exceeds(sheet, Area(sheet.sheet_id, top, max(bottom, top + 1), left, max(right, left + 1)))
    if bottom <= top:
        raise invalid(f"range.endRowIndex[{bottom}] must be after range.startRowIndex[{top}]")
    if right <= left:
        raise invalid(f"range.endColumnIndex[{right}] must be after range.startColumnIndex[{left}]")
    return sheet, Area(sheet.sheet_id, top, min(bottom, sheet.row_count), left, min(right, sheet.column_count))


def exceeds(sheet: Sheet, area: Area) -> Exception:
    """Google's refusal of a range outside the grid (same source as ``resolve``)."""
    from tests.google.sheets.a1 import a1_of  # a1 needs this module too

    return invalid(
        f"Range ({a1_of(sheet, area)}) exceeds grid limits. "
        f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    )


def as_grid_range(area: Area) -> JsonObject:
    """The area as a GridRange."""
    return {
        "sheetId": area.sheet_id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def shift_insert(grid_range: JsonObject, dimension: str, at: int, count: int) -> JsonObject:
    """The range after ``count`` rows or columns were inserted before index ``at``: moved, grown or untouched."""
    moved = dict(grid_range)
    start, end = START[dimension], END[dimension]
    if start in moved and moved[start] >= at:
        moved[start] += count
    if end in moved and moved[end] > at:
        moved[end] += count
    return moved


def shift_delete(grid_range: JsonObject, dimension: str, start: int, end: int) -> JsonObject | None:
    """The range after rows or columns [start, end) were deleted; None when nothing of it is left."""
    moved = dict(grid_range)
    first, last = START[dimension], END[dimension]

    def new_index(index: int) -> int:
        return index - max(0, min(index, end) - start)

    if first in moved:
        moved[first] = new_index(moved[first])
    if last in moved:
        before = moved[last]
        moved[last] = new_index(before)
        if moved[last] <= moved.get(first, 0):
            return None
    return moved


def shift_move(index: int, start: int, end: int, destination: int) -> int:
    """Where the row or column ``index`` lies after [start, end) was moved before ``destination``."""
    count = end - start
    if start <= index < end:
        return index - start + (destination if destination <= start else destination - count)
    if destination <= index < start:
        return index + count
    if end <= index < destination:
        return index - count
    return index
