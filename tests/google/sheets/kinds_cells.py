"""Request kinds that write single cells: values, formats, borders, validation, merges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google.errors import invalid, unimplemented
from tests.google.fieldmask import Mask
from tests.google.sheets.areas import Area, as_grid_range, exceeds, sheet_of
from tests.google.sheets.batch import Batch, Kind, mask_of
from tests.google.sheets.cells import write_cell
from tests.google.sheets.model import EMPTY_CELL, Cell, Sheet
from tests.google.sheets.protection import area_of, guard
from tests.google.sheets.tidy import proto, set_masked

JsonObject = dict[str, Any]


def update_cells(batch: Batch, request: JsonObject) -> JsonObject:
    """updateCells: from ``start`` as far as the rows reach, or over all of ``range`` (what is not given is cleared)."""
    mask, rows = mask_of(request, "CellData"), request.get("rows", [])
    if "start" in request:
        start = request["start"]
        sheet = sheet_of(batch.book, start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row.get("values", [])) for row in rows), default=0)
        area = Area(sheet.sheet_id, top, top + len(rows), left, left + width)
        if area.bottom > sheet.row_count or area.right > sheet.column_count:
            raise exceeds(sheet, area)
        guard(batch.book, sheet, area, batch.editor)
        for offset, row in enumerate(rows):
            _write_row(sheet, top + offset, left, row.get("values", []), mask)
        return {}
    if "range" not in request:
        raise invalid("one of 'start' or 'range' must be specified")
    sheet, area = batch.area(request["range"])
    if len(rows) > area.height:
        raise invalid(f"Attempting to write row: {area.bottom}, beyond the last requested row of: {area.bottom - 1}")
    for offset in range(area.height):
        given = rows[offset].get("values", []) if offset < len(rows) else []
        if len(given) > area.width:
            last = area.right - 1
            raise invalid(f"Attempting to write column: {area.right}, beyond the last requested column of: {last}")
        _write_row(sheet, area.top + offset, area.left, given + [{}] * (area.width - len(given)), mask)
    return {}


def _write_row(sheet: Sheet, index: int, left: int, given: list[JsonObject], mask: Mask) -> None:
    row = sheet.rows[index]
    changes = {left + i: write_cell(row.cells.get(left + i, EMPTY_CELL), data, mask) for i, data in enumerate(given)}
    if changes:
        sheet.rows[index] = row.put(changes)


def repeat_cell(batch: Batch, request: JsonObject) -> JsonObject:
    """repeatCell"""
    mask, data = mask_of(request, "CellData"), request.get("cell", {})
    sheet, area = batch.area(request["range"])
    for index in range(area.top, area.bottom):
        _write_row(sheet, index, area.left, [data] * area.width, mask)
    return {}


def append_cells(batch: Batch, request: JsonObject) -> JsonObject:
    """appendCells: "after the last row with data in a sheet, inserting new rows into the sheet if necessary"."""
    mask, rows = mask_of(request, "CellData"), request.get("rows", [])
    if request.get("tableId"):
        # Observers contradict each other: values dropped silently, or inserted at the table's end.
        raise unimplemented("appendCells with a tableId")
    sheet = sheet_of(batch.book, request.get("sheetId", 0))
    top = sheet.last_filled_row()
    width = max((len(row.get("values", [])) for row in rows), default=0)
    sheet.grow(top + len(rows), width)
    if rows and width:
        guard(batch.book, sheet, Area(sheet.sheet_id, top, top + len(rows), 0, width), batch.editor)
    for offset, row in enumerate(rows):
        _write_row(sheet, top + offset, 0, row.get("values", []), mask)
    return {}


def set_data_validation(batch: Batch, request: JsonObject) -> JsonObject:
    """setDataValidation: no rule means none from now on."""
    sheet, area = batch.area(request["range"])
    rule = proto(request["rule"]) if request.get("rule") else None
    for index in range(area.top, area.bottom):
        row = sheet.rows[index]
        cells: dict[int, Cell] = {}
        for column in range(area.left, area.right):
            cell = replace(row.cells.get(column, EMPTY_CELL), validation=rule)
            if rule and rule.get("condition", {}).get("type") == "BOOLEAN" and cell.value is None:
                cell = replace(cell, value=False)
            cells[column] = cell
        sheet.rows[index] = row.put(cells)
    return {}


def merge_cells(batch: Batch, request: JsonObject) -> JsonObject:
    """mergeCells: values under the merge are lost but for the first; merges inside the range are replaced (recorded).

    A range that only cuts through an existing merge is refused.
    """
    sheet, area = batch.area(request["range"])
    kind = request.get("mergeType", "MERGE_ALL")
    _drop_merges(batch, sheet, area, "You can't merge cells that partly overlap an existing merge")
    areas = [area]
    if kind == "MERGE_ROWS":
        areas = [replace(area, top=row, bottom=row + 1) for row in range(area.top, area.bottom)]
    elif kind == "MERGE_COLUMNS":
        areas = [replace(area, left=column, right=column + 1) for column in range(area.left, area.right)]
    for part in areas:
        if part.height == 1 and part.width == 1:
            continue
        sheet.objects["merges"].append(as_grid_range(part))
        for row in range(part.top, part.bottom):
            lost = {
                column: replace(cell, value=None, runs=None, chips=None)
                for column, cell in sheet.rows[row].cells.items()
                if part.left <= column < part.right and (row, column) != (part.top, part.left)
            }
            if lost:
                sheet.rows[row] = sheet.rows[row].put(lost)
    return {}


def unmerge_cells(batch: Batch, request: JsonObject) -> JsonObject:
    """unmergeCells"""
    sheet, area = batch.area(request["range"])
    _drop_merges(batch, sheet, area, "The range must not partially overlap any merge")
    return {}


def _drop_merges(batch: Batch, sheet: Sheet, area: Area, refusal: str) -> None:
    kept = []
    for entry in sheet.objects["merges"]:
        merged = area_of(batch.book, sheet, entry)
        if not merged.overlaps(area):
            kept.append(entry)
        elif not area.contains(merged):
            raise invalid(refusal)
    sheet.objects["merges"] = kept


def update_borders(batch: Batch, request: JsonObject) -> JsonObject:
    """updateBorders: outer edges, and the inner ones of the range."""
    sheet, area = batch.area(request["range"])
    for row in range(area.top, area.bottom):
        changes: dict[int, Cell] = {}
        for column in range(area.left, area.right):
            edges = {
                "top": "top" if row == area.top else "innerHorizontal",
                "bottom": "bottom" if row == area.bottom - 1 else "innerHorizontal",
                "left": "left" if column == area.left else "innerVertical",
                "right": "right" if column == area.right - 1 else "innerVertical",
            }
            given = {edge: request[source] for edge, source in edges.items() if source in request}
            cell = sheet.cell(row, column)
            drawn = {edge: border for edge, border in given.items() if border.get("style", "NONE") != "NONE"}
            mask: Mask = {"borders": {edge: {} for edge in given}}
            held = set_masked(cell.format or {}, {"borders": drawn}, mask) if given else cell.format
            changes[column] = replace(cell, format=held or None)
        sheet.rows[row] = sheet.rows[row].put(changes)
    return {}


KINDS: dict[str, Kind] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "setDataValidation": set_data_validation,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "updateBorders": update_borders,
}
