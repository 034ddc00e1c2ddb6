"""A spreadsheet as ``spreadsheets.get`` answers it."""

from __future__ import annotations

from typing import Any

from tests.google.fieldmask import Mask, apply, child
from tests.google.sheets.a1 import Reference
from tests.google.sheets.areas import Area
from tests.google.sheets.cells import cell_data, wanted_parts
from tests.google.sheets.formulas import Evaluator
from tests.google.sheets.model import OBJECT_LISTS, Sheet, Spreadsheet
from tests.google.sheets.protection import Editor, may_edit
from tests.google.sheets.tidy import ranges_out

JsonObject = dict[str, Any]

ROW_PIXELS, COLUMN_PIXELS = 21, 100


def spreadsheet(
    book: Spreadsheet, editor: Editor, mask: Mask, references: list[Reference], grid_data: bool
) -> JsonObject:
    """The Spreadsheet message. ``ranges`` limit it to the tabs they meet; cells come along if asked for."""
    wanted: list[Sheet] = book.sheets
    if references:
        wanted = [sheet for sheet in book.sheets if any(entry.sheet is sheet for entry in references)]
    data_mask = child(mask, "sheets", "data") if grid_data else None
    evaluator = Evaluator(book)
    sheets = []
    for sheet in wanted:
        answered = sheet_message(book, sheet, editor)
        if data_mask is not None:
            areas = [entry.area() for entry in references if entry.sheet is sheet]
            whole = Area(sheet.sheet_id, 0, sheet.row_count, 0, sheet.column_count)
            answered["data"] = [grid(sheet, area, evaluator, data_mask) for area in areas or [whole]]
        sheets.append(answered)
    message: JsonObject = {
        "spreadsheetId": book.spreadsheet_id,
        "properties": book.properties,
        "sheets": sheets,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.spreadsheet_id}/edit",
    }
    if book.named_ranges:
        message["namedRanges"] = ranges_out(book.named_ranges)
    if book.metadata:
        message["developerMetadata"] = book.metadata
    return dict(apply(mask, message))


def sheet_properties(book: Spreadsheet, sheet: Sheet) -> JsonObject:
    """The SheetProperties message, with the index and the grid's size worked out."""
    properties = {key: value for key, value in sheet.properties.items() if key != "gridProperties"}
    size = {"rowCount": sheet.row_count, "columnCount": sheet.column_count}
    return {
        "sheetId": sheet.sheet_id,
        "index": book.sheets.index(sheet),
        **properties,
        "gridProperties": {**size, **sheet.properties.get("gridProperties", {})},
    }


def protected_message(protected: JsonObject, editor: Editor) -> JsonObject:
    """The ProtectedRange message for this caller."""
    message: JsonObject = ranges_out(protected)
    if may_edit(editor, protected):
        message = {**message, "requestingUserCanEdit": True}
    else:
        # Who else may edit is shown only to those who may edit themselves (ProtectedRange.editors).
        message = {name: value for name, value in message.items() if name != "editors"}
    return message


def sheet_message(book: Spreadsheet, sheet: Sheet, editor: Editor) -> JsonObject:
    """The Sheet message without its cells."""
    message: JsonObject = {"properties": sheet_properties(book, sheet)}
    for name in OBJECT_LISTS:
        entries = sheet.objects[name]
        if name == "protectedRanges":
            entries = [protected_message(entry, editor) for entry in entries]
        if entries:
            message[name] = ranges_out(entries)
    if sheet.basic_filter is not None:
        message["basicFilter"] = ranges_out(sheet.basic_filter)
    return message


def grid(sheet: Sheet, area: Area, evaluator: Evaluator, mask: Mask) -> JsonObject:
    """The GridData of one area: trailing blank cells and rows are left out, a blank area has no rowData (recorded)."""
    message: JsonObject = {}
    if area.top:
        message["startRow"] = area.top
    if area.left:
        message["startColumn"] = area.left
    cell_mask = child(mask, "rowData", "values")
    if cell_mask is not None:
        wanted = wanted_parts(cell_mask)
        rows: list[JsonObject] = []
        for index in range(area.top, area.bottom):
            filled = [column for column in sheet.rows[index].cells if area.left <= column < area.right]
            columns = range(area.left, max(filled) + 1) if filled else ()
            cells = [cell_data(sheet, index, column, evaluator, wanted) for column in columns]
            rows.append({"values": cells} if cells else {})
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            message["rowData"] = rows
    if child(mask, "rowMetadata") is not None:
        metas = (sheet.rows[index].meta for index in range(area.top, area.bottom))
        message["rowMetadata"] = [{"pixelSize": ROW_PIXELS, **meta} for meta in metas]
    if child(mask, "columnMetadata") is not None:
        metas = (sheet.columns[index] for index in range(area.left, area.right))
        message["columnMetadata"] = [{"pixelSize": COLUMN_PIXELS, **meta} for meta in metas]
    return message
