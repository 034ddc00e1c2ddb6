"""Inserting, deleting and moving whole rows and columns, and what follows them.

"Inserts and deletes of rows/columns shift Tables, protected ranges, conditional-format ranges and hidden indexes.
With inheritFromBefore an inserted column copies its left neighbour's cell format and validation in every row; a
copied checkbox arrives false" (probed live: github.com/byronbroughten/sheets-framework, docs/testing.md). Formulas are
not rewritten here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.google.errors import invalid
from tests.google.sheets.areas import END, START, shift_delete, shift_insert, shift_move
from tests.google.sheets.model import EMPTY_ROW, Cell, Row, Sheet, Spreadsheet

JsonObject = dict[str, Any]
RangeMove = Callable[[JsonObject], JsonObject | None]

_RANGE_KEYS = frozenset({"sheetId", *START.values(), *END.values()})
_CORNER = {"ROWS": "rowIndex", "COLUMNS": "columnIndex"}


class _Gone:
    """Marks an object whose range was deleted."""


GONE = _Gone()


def insert_rows(book: Spreadsheet, sheet: Sheet, at: int, count: int) -> None:
    """Insert rows that take the format of the row above, as values.append with INSERT_ROWS does."""
    insert(book, sheet, "ROWS", at, count, before=at > 0)


def insert(book: Spreadsheet, sheet: Sheet, dimension: str, at: int, count: int, before: bool) -> None:
    """Insert rows or columns before index ``at``; ``before`` says from which neighbour they inherit."""
    if dimension == "ROWS":
        model = at - 1 if before else at
        source = sheet.rows[model] if 0 <= model < sheet.row_count else EMPTY_ROW
        row = Row({column: twin for column, cell in source.cells.items() if not (twin := _inherited(cell)).blank})
        sheet.rows[at:at] = [row] * count
    else:
        model = at - 1 if before else at
        for index, row in enumerate(sheet.rows):
            if row.cells:
                cells = {column + (count if column >= at else 0): cell for column, cell in row.cells.items()}
                twin = _inherited(row.cells.get(model, Cell()))
                if not twin.blank:
                    cells.update(dict.fromkeys(range(at, at + count), twin))
                sheet.rows[index] = Row(cells, row.meta)
        sheet.columns[at:at] = [{} for _ in range(count)]
    shift_all(book, sheet, dimension, lambda found: shift_insert(found, dimension, at, count))


def _inherited(cell: Cell) -> Cell:
    checkbox = (cell.validation or {}).get("condition", {}).get("type") == "BOOLEAN"
    return Cell(value=False if checkbox else None, format=cell.format, validation=cell.validation)


def delete(book: Spreadsheet, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Delete rows or columns [start, end)."""
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    noun = "rows" if dimension == "ROWS" else "columns"
    if start >= size:
        raise invalid(f"Cannot delete {noun} that don't exist: startIndex {start}, the sheet has {size} {noun}")
    end = min(end, size)
    if end - start >= size:
        raise invalid(f"You can't delete all the {noun} on the sheet.")
    frozen = sheet.properties["gridProperties"].get("frozenRowCount" if dimension == "ROWS" else "frozenColumnCount", 0)
    if start < frozen and size - (end - start) <= frozen - (min(end, frozen) - start):
        raise invalid("Sorry, it is not possible to delete all non-frozen rows.")
    if dimension == "ROWS":
        del sheet.rows[start:end]
    else:
        for index, row in enumerate(sheet.rows):
            if row.cells:
                cells = {
                    column - (end - start if column >= end else 0): cell
                    for column, cell in row.cells.items()
                    if not start <= column < end
                }
                sheet.rows[index] = Row(cells, row.meta)
        del sheet.columns[start:end]
    if frozen > start:
        name = "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"
        sheet.properties["gridProperties"][name] = frozen - (min(end, frozen) - start)
    shift_all(book, sheet, dimension, lambda found: shift_delete(found, dimension, start, end))


def move(book: Spreadsheet, sheet: Sheet, dimension: str, start: int, end: int, destination: int) -> None:
    """Move rows or columns [start, end) before ``destination``, counted before the move; metadata goes along."""
    if start < destination < end:
        raise invalid("destinationIndex cannot be within the source range")

    def moved(index: int) -> int:
        return shift_move(index, start, end, destination)

    if dimension == "ROWS":
        order = sorted(range(sheet.row_count), key=moved)
        sheet.rows = [sheet.rows[index] for index in order]
    else:
        for index, row in enumerate(sheet.rows):
            if row.cells:
                sheet.rows[index] = Row({moved(column): cell for column, cell in row.cells.items()}, row.meta)
        order = sorted(range(sheet.column_count), key=moved)
        sheet.columns = [sheet.columns[index] for index in order]
    first, last = START[dimension], END[dimension]

    def shift(found: JsonObject) -> JsonObject:
        if first not in found or last not in found:
            return found
        places = [moved(index) for index in range(found[first], found[last])]
        # A range torn apart by the move keeps its place.
        if max(places) - min(places) + 1 != len(places):
            return found
        return {**found, first: min(places), last: max(places) + 1}

    shift_all(book, sheet, dimension, shift)


def shift_all(book: Spreadsheet, sheet: Sheet, dimension: str, change: RangeMove) -> None:
    """Apply a shift to every range that refers to the tab; objects whose range is gone are gone too."""

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [new for entry in value if not isinstance(new := walk(entry), _Gone)]
        if not isinstance(value, dict) or not value:
            return value
        if value.keys() <= _RANGE_KEYS:
            if value.get("sheetId", 0) != sheet.sheet_id:
                return value
            moved = change(value)
            return GONE if moved is None else moved
        if _CORNER[dimension] in value and value.keys() <= {"sheetId", "rowIndex", "columnIndex"}:
            return _corner(value)
        if value.get("dimension") == dimension and "startIndex" in value:
            return _dimension_range(value)
        result = {name: walk(entry) for name, entry in value.items()}
        lost = isinstance(result.get("range"), _Gone) or (value.get("ranges") and not result.get("ranges"))
        return GONE if lost else {name: entry for name, entry in result.items() if not isinstance(entry, _Gone)}

    def _corner(value: JsonObject) -> JsonObject:
        if value.get("sheetId", 0) != sheet.sheet_id:
            return value
        index = value[_CORNER[dimension]]
        moved = change({START[dimension]: index, END[dimension]: index + 1})
        return value if moved is None else {**value, _CORNER[dimension]: moved[START[dimension]]}

    def _dimension_range(value: JsonObject) -> Any:
        if value.get("sheetId", 0) != sheet.sheet_id:
            return value
        moved = change({START[dimension]: value["startIndex"], END[dimension]: value["endIndex"]})
        if moved is None:
            return GONE
        return {**value, "startIndex": moved[START[dimension]], "endIndex": moved[END[dimension]]}

    for owner in book.sheets:
        for name, entries in owner.objects.items():
            if entries:
                owner.objects[name] = walk(entries)
    sheet.objects["merges"] = [entry for entry in sheet.objects["merges"] if not _single(entry)]
    if sheet.basic_filter is not None:
        kept = walk(sheet.basic_filter)
        sheet.basic_filter = None if isinstance(kept, _Gone) else kept
    book.named_ranges = walk(book.named_ranges)


def _single(merge: JsonObject) -> bool:
    return bool(
        merge["endRowIndex"] - merge["startRowIndex"] == 1 and merge["endColumnIndex"] - merge["startColumnIndex"] == 1
    )
