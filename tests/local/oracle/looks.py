"""How a cell of each kind of column looks: in the book as it is made, and in the rows the job adds to it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any, cast

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from sync.domain.columns import Kind

MOMENT_FORMAT = "[<1]hh:mm;dd/mm/yyyy hh:mm"
"""Below 1 a number is a time of day: shown as a date it would fall on the 30th of December 1899."""
DATE_FORMAT = "dd/mm/yyyy"
_FORMATS = {
    Kind.MOMENT: MOMENT_FORMAT,
    Kind.DATE: DATE_FORMAT,
    Kind.DIGITS: "@",
}
LINK_FONT = Font(color="0563C1", underline="single")

_HEADER_FONT = Font(bold=True, color="FFFFFF")
_JOB_FONT = Font(bold=True, color="1F3864")
_STAFF_FILL = PatternFill("solid", fgColor="1F4E78")
_JOB_FILL = PatternFill("solid", fgColor="BDD7EE")
"""The job's own columns are headed lightly, those of staff and visitors darkly."""
_HEADER_BORDER = Border(bottom=Side("thin", color="1F3864"), right=Side("hair", color="8EA9DB"))
_HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center", horizontal="center")
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Look:
    """The format of a column's cells."""

    number_format: str
    alignment: Alignment
    font: Font | None


def look_of(kind: Kind) -> Look:
    wrapped = kind in {Kind.LONG, Kind.LINK}
    return Look(_FORMATS.get(kind, "General"), _WRAPPED if wrapped else _TOP, LINK_FONT if kind is Kind.LINK else None)


def dress(target: Any, look: Look) -> None:
    """Give ``target`` (a cell, or a column's dimension: both take styles) the look."""
    target.number_format = look.number_format
    target.alignment = look.alignment
    if look.font is not None:
        target.font = look.font


def dress_header(cell: SheetCell, *, job: bool) -> None:
    cell.font = _JOB_FONT if job else _HEADER_FONT
    cell.fill = _JOB_FILL if job else _STAFF_FILL
    cell.border = _HEADER_BORDER
    cell.alignment = _HEADER_ALIGNMENT


class RowDresser:
    """Dresses new cells of one tab: as their column is dressed in the book, else as their kind is."""

    def __init__(self, sheet: Worksheet, kinds: dict[int, Kind]) -> None:
        self._sheet = sheet
        self._kinds = kinds
        self._by_column: dict[int, Any] = {}

    def learn(self, column: int, kind: Kind) -> None:
        """Know of a column that was added since."""
        self._kinds[column] = kind

    def dress(self, cell: SheetCell) -> None:
        if cell.column not in self._by_column:
            column_style = self._column_style(cell.column)
            kind = self._kinds.get(cell.column)
            if column_style is not None:
                cast(Any, cell)._style = copy(column_style)
            elif kind is not None:
                dress(cell, look_of(kind))
            # A StyleArray, seven numbers: copying it is all that openpyxl's own style setters come down to.
            self._by_column[cell.column] = copy(cast(Any, cell)._style)
        cast(Any, cell)._style = copy(self._by_column[cell.column])

    def _column_style(self, column: int) -> Any:
        for dimension in self._sheet.column_dimensions.values():
            if (dimension.min or 0) <= column <= (dimension.max or 0) and dimension.has_style:
                return cast(Any, dimension)._style
        return None
