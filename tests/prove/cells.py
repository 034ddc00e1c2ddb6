"""Cells as they compare on any backend: a moment is its serial number, an empty text nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sync.domain.table import Cell, CellError

Plain = str | float | bool | None
Grid = list[list[Cell]]
_EPOCH = datetime(1899, 12, 30)


def plain(cell: Cell) -> Plain:
    """Return what two stores of one cell have in common."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return round((cell - _EPOCH) / timedelta(days=1), 6)
    if isinstance(cell, date):
        return float((cell - _EPOCH.date()).days)
    if isinstance(cell, time):
        return round(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second) / timedelta(days=1), 6)
    if isinstance(cell, CellError):
        return cell.code
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(float(cell), 6)
    return cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab read back: headers, and each row that holds anything as plain cells by header, with its place."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, Plain]], ...]

    @classmethod
    def of(cls, grid: Grid) -> Sheet:
        headers = tuple("" if cell is None else str(cell) for cell in grid[0]) if grid else ()
        rows = []
        for index, row in enumerate(grid[1:], 1):
            cells = {header: plain(cell) for header, cell in zip(headers, row, strict=False) if header}
            if any(cell is not None for cell in cells.values()):
                rows.append((index, dict.fromkeys(filter(None, headers)) | cells))
        return cls(headers, tuple(rows))

    def column(self, header: str) -> list[Plain]:
        return [row.get(header) for _, row in self.rows]
