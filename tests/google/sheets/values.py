"""Reading and writing plain values: what all ``spreadsheets.values`` methods have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.google.errors import invalid
from tests.google.sheets import patterns
from tests.google.sheets.a1 import Reference, a1_of
from tests.google.sheets.areas import Area, column_name, exceeds
from tests.google.sheets.cells import formatted, from_input, number_format
from tests.google.sheets.formulas import Evaluator
from tests.google.sheets.model import Cell, ErrorValue, Formula, Row, Sheet, Spreadsheet
from tests.google.sheets.protection import Editor, guard

JsonObject = dict[str, Any]


def read(evaluator: Evaluator, sheet: Sheet, area: Area, render: str, moments: str, dimension: str) -> JsonObject:
    """A ValueRange: trailing blanks dropped, and no ``values`` at all for a blank range (recorded)."""
    rows: list[list[Any]] = []
    locale = evaluator.book.locale
    for index in range(area.top, area.bottom):
        cells = sheet.rows[index].cells
        line: list[Any] = []
        if cells:
            for column in range(area.left, area.right):
                cell = cells.get(column)
                line.append(
                    "" if cell is None else _shown(evaluator, sheet, index, column, cell, render, moments, locale)
                )
            while line and line[-1] == "":
                line.pop()
        rows.append(line)
    while rows and not rows[-1]:
        rows.pop()
    if dimension == "COLUMNS":
        width = max((len(row) for row in rows), default=0)
        rows = [[row[column] if column < len(row) else "" for row in rows] for column in range(width)]
        for line in rows:
            while line and line[-1] == "":
                line.pop()
    answer: JsonObject = {"range": a1_of(sheet, area), "majorDimension": dimension}
    if rows:
        answer["values"] = rows
    return answer


def _shown(
    evaluator: Evaluator, sheet: Sheet, row: int, column: int, cell: Cell, render: str, moments: str, locale: str
) -> Any:
    if render == "FORMULA" and isinstance(cell.value, Formula):
        return cell.value.text
    value = evaluator.cell(sheet, row, column)
    if value is None:
        return ""
    if render == "FORMATTED_VALUE" or isinstance(value, ErrorValue):
        return formatted(value, cell, locale)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and moments == "FORMATTED_STRING" and patterns.is_date(number_format(cell)):
        return formatted(value, cell, locale)
    return value


def as_rows(values: list[list[Any]], dimension: str) -> list[list[Any]]:
    """Input values by rows; what a column does not reach is None, which writes nothing."""
    if dimension != "COLUMNS":
        return values
    height = max((len(column) for column in values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def check_types(values: list[list[Any]]) -> None:
    """Refuse cells that are lists or objects. Raises 400."""
    for row_index, row in enumerate(values):
        for column_index, value in enumerate(row):
            if isinstance(value, (list, dict)):
                kind = "list_value" if isinstance(value, list) else "struct_value"
                raise invalid(f"Invalid values[{row_index}][{column_index}]: {kind} {{\n}}\n")


def target(reference: Reference, rows: list[list[Any]]) -> Area:
    """Where the values go: a single cell is only the corner, a larger range a limit. Raises 400 past either."""
    height, width = len(rows), max((len(row) for row in rows), default=0)
    area = reference.area()
    # An open-ended or single-cell range takes all; the range answered covers the data (recorded).
    written = Area(area.sheet_id, area.top, area.top + max(height, 1), area.left, area.left + max(width, 1))
    if not reference.single_cell:
        within = f"Requested writing within range [{a1_of(reference.sheet, area)}], but tried writing to"
        if reference.bottom is not None and height > reference.bottom - area.top:
            raise invalid(f"{within} row [{reference.bottom + 1}]")
        if reference.right is not None and width > reference.right - area.left:
            raise invalid(f"{within} column [{column_name(reference.right)}]")
    sheet = reference.sheet
    if written.bottom > sheet.row_count or written.right > sheet.column_count:
        raise exceeds(sheet, written)
    return written


@dataclass(frozen=True, slots=True)
class Written:
    """What a write changed."""

    spreadsheet_id: str
    range: str
    rows: set[int]
    columns: set[int]
    cells: int

    def report(self) -> JsonObject:
        """The UpdateValuesResponse; zero counts are left out."""
        counts = {"updatedRows": len(self.rows), "updatedColumns": len(self.columns), "updatedCells": self.cells}
        report: JsonObject = {"spreadsheetId": self.spreadsheet_id, "updatedRange": self.range}
        return report | {name: count for name, count in counts.items() if count}


def write(
    book: Spreadsheet, sheet: Sheet, area: Area, rows: list[list[Any]], user_entered: bool, editor: Editor
) -> Written:
    """Write rows at the area's corner; null cells are left alone.

    Rows and columns in which every value was null do not count as updated (recorded).
    """
    touched_rows: set[int] = set()
    touched_columns: set[int] = set()
    cells = 0
    for offset, row in enumerate(rows):
        index = area.top + offset
        changes: dict[int, Cell] = {}
        for column, value in enumerate(row, area.left):
            if value is None:
                continue
            changes[column] = from_input(value, sheet.cell(index, column), user_entered, book.locale)
        if changes:
            for column in changes:
                guard_cell(book, sheet, index, column, editor)
            sheet.rows[index] = sheet.rows[index].put(changes)
            touched_rows.add(index)
            touched_columns.update(changes)
            cells += len(changes)
    return Written(book.spreadsheet_id, a1_of(sheet, area), touched_rows, touched_columns, cells)


def guard_cell(book: Spreadsheet, sheet: Sheet, row: int, column: int, editor: Editor) -> None:
    """Refuse a protected cell."""
    if sheet.objects["protectedRanges"]:
        guard(book, sheet, Area(sheet.sheet_id, row, row + 1, column, column + 1), editor)


def clear(book: Spreadsheet, reference: Reference, editor: Editor) -> str:
    """Clear values, keeping formats and notes; the range as answered. A range past the edge is clipped."""
    sheet, area = reference.sheet, reference.area()
    guard(book, sheet, area, editor)
    for index in range(area.top, area.bottom):
        row = sheet.rows[index]
        if row.cells:
            cells = {
                column: from_input("", cell, False, book.locale) if area.left <= column < area.right else cell
                for column, cell in row.cells.items()
            }
            sheet.rows[index] = Row({column: cell for column, cell in cells.items() if not cell.blank}, row.meta)
    return a1_of(sheet, area)
