"""Request kinds about whole rows and columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google.errors import invalid
from tests.google.sheets import insertion
from tests.google.sheets.areas import Area, sheet_of
from tests.google.sheets.batch import Batch, Kind, mask_of
from tests.google.sheets.model import Sheet
from tests.google.sheets.protection import guard
from tests.google.sheets.tidy import ranges_out, set_masked

JsonObject = dict[str, Any]


def _span(batch: Batch, dimension_range: JsonObject) -> tuple[Sheet, str, int, int]:
    sheet = sheet_of(batch.book, dimension_range.get("sheetId", 0))
    dimension = dimension_range.get("dimension", "ROWS")
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    start, end = dimension_range.get("startIndex", 0), dimension_range.get("endIndex", size)
    if start < 0 or end <= start:
        raise invalid(f"range.endIndex[{end}] must be after range.startIndex[{start}]")
    return sheet, dimension, start, end


def _guard(batch: Batch, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    rows = dimension == "ROWS"
    area = Area(
        sheet.sheet_id,
        start if rows else 0,
        end if rows else sheet.row_count,
        0 if rows else start,
        sheet.column_count if rows else end,
    )
    guard(batch.book, sheet, area, batch.editor)


def insert_dimension(batch: Batch, request: JsonObject) -> JsonObject:
    """insertDimension

    Google's answer to a start at the very edge of the grid was not found; without inheritFromBefore there is nothing
    there to inherit from, so it is refused, and appendDimension is the way.
    """
    sheet, dimension, start, end = _span(batch, request["range"])
    before = bool(request.get("inheritFromBefore"))
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    if before and start == 0:
        raise invalid("inheritFromBefore cannot be true if startIndex is 0")
    if start > size or (start == size and not before):
        raise invalid(f"range.startIndex[{start}] is beyond the grid of {size}")
    insertion.insert(batch.book, sheet, dimension, start, end - start, before)
    return {}


def delete_dimension(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteDimension"""
    sheet, dimension, start, end = _span(batch, request["range"])
    _guard(batch, sheet, dimension, start, end)
    insertion.delete(batch.book, sheet, dimension, start, end)
    return {}


def move_dimension(batch: Batch, request: JsonObject) -> JsonObject:
    """moveDimension"""
    sheet, dimension, start, end = _span(batch, request["source"])
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    destination = request.get("destinationIndex", 0)
    if end > size or destination > size:
        raise invalid(f"Cannot move {dimension.lower()} beyond the grid of {size}")
    _guard(batch, sheet, dimension, start, end)
    insertion.move(batch.book, sheet, dimension, start, end, destination)
    return {}


def append_dimension(batch: Batch, request: JsonObject) -> JsonObject:
    """appendDimension: adds past the edge and moves nothing."""
    sheet = sheet_of(batch.book, request.get("sheetId", 0))
    length = request.get("length", 0)
    if length < 1:
        raise invalid("length must be greater than 0")
    if request.get("dimension", "ROWS") == "ROWS":
        sheet.grow(sheet.row_count + length, 0)
    else:
        sheet.grow(0, sheet.column_count + length)
    return {}


def update_dimension_properties(batch: Batch, request: JsonObject) -> JsonObject:
    """updateDimensionProperties: width, height, hiding."""
    mask = mask_of(request, "DimensionProperties")
    sheet, dimension, start, end = _span(batch, request["range"])
    given = request.get("properties", {})
    for name in ("hiddenByFilter", "dataSourceColumnReference"):
        if name in mask:
            raise invalid(f"{name} is read only")
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    if start >= size:
        raise invalid(f"range.startIndex[{start}] is beyond the grid of {size}")
    for index in range(start, min(end, size)):
        if dimension == "ROWS":
            row = sheet.rows[index]
            sheet.rows[index] = replace(row, meta=_changed(row.meta, given, mask))
        else:
            sheet.columns[index] = _changed(sheet.columns[index], given, mask)
    return {}


def _changed(meta: JsonObject, given: JsonObject, mask: JsonObject) -> JsonObject:
    return set_masked(meta, given, mask if "*" not in mask else {key: {} for key in given})


def auto_resize_dimensions(batch: Batch, request: JsonObject) -> JsonObject:
    """autoResizeDimensions: about the width of the longest text; Google measures pixels, which nobody can here."""
    sheet, dimension, start, end = _span(batch, request["dimensions"])
    if dimension == "COLUMNS":
        for column in range(start, min(end, sheet.column_count)):
            texts = [str(row.cells[column].value or "") for row in sheet.rows if column in row.cells]
            longest = max((len(text) for text in texts), default=0)
            if longest:
                sheet.columns[column] = {**sheet.columns[column], "pixelSize": 10 + 7 * longest}
    return {}


def _groups(sheet: Sheet, dimension: str) -> list[JsonObject]:
    return sheet.objects["rowGroups" if dimension == "ROWS" else "columnGroups"]


def add_dimension_group(batch: Batch, request: JsonObject) -> JsonObject:
    """addDimensionGroup: a group inside another is one deeper. The control moves behind the group (recorded)."""
    sheet, dimension, start, end = _span(batch, request["range"])
    groups = _groups(sheet, dimension)
    depth = 1 + sum(
        1 for entry in groups if entry["range"]["startIndex"] <= start and end <= entry["range"]["endIndex"]
    )
    found = {"sheetId": sheet.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
    groups.append({"range": found, "depth": depth})
    name = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    sheet.properties["gridProperties"][name] = True
    return {"addDimensionGroup": {"dimensionGroups": ranges_out(groups)}}


def delete_dimension_group(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteDimensionGroup"""
    sheet, dimension, start, end = _span(batch, request["range"])
    groups = _groups(sheet, dimension)
    meant = [entry for entry in groups if (entry["range"]["startIndex"], entry["range"]["endIndex"]) == (start, end)]
    if not meant:
        raise invalid("Unable to delete group: no group with that range exists")
    groups.remove(max(meant, key=lambda entry: int(entry["depth"])))
    return {"deleteDimensionGroup": {"dimensionGroups": ranges_out(groups)} if groups else {}}


KINDS: dict[str, Kind] = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
}
