"""Request kinds about whole tabs and the spreadsheet's own properties."""

from __future__ import annotations

import re
from typing import Any

from tests.google.errors import invalid, unimplemented
from tests.google.fieldmask import Mask, child
from tests.google.sheets.batch import Batch, Kind, mask_of
from tests.google.sheets.insertion import delete
from tests.google.sheets.model import Sheet, new_sheet
from tests.google.sheets.render import sheet_properties
from tests.google.sheets.tidy import proto, set_masked

JsonObject = dict[str, Any]

_SIZE = ("rowCount", "columnCount")
_STRUCTURAL = ("index", "sheetId", "sheetType", "gridProperties")


def _sheet(batch: Batch, sheet_id: int) -> Sheet:
    sheet = batch.book.find(sheet_id)
    if sheet is None:
        raise invalid(f"No sheet with id: {sheet_id}")
    return sheet


def _free_title(batch: Batch, title: str, but: Sheet | None = None) -> None:
    if any(sheet.title.casefold() == title.casefold() and sheet is not but for sheet in batch.book.sheets):
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _default_title(batch: Batch) -> str:
    titles = {sheet.title for sheet in batch.book.sheets}
    number = len(titles) + 1
    while f"Sheet{number}" in titles:
        number += 1
    return f"Sheet{number}"


def add_sheet(batch: Batch, request: JsonObject) -> JsonObject:
    """addSheet"""
    properties = proto(request.get("properties", {}))
    if properties.get("sheetType", "GRID") != "GRID":
        raise unimplemented(f"a tab of type {properties['sheetType']}")
    taken = {sheet.sheet_id for sheet in batch.book.sheets}
    sheet_id = properties.pop("sheetId", None)
    if sheet_id is None:
        sheet_id = batch.new_number(taken)
    if sheet_id in taken:
        raise invalid(f"A sheet with id {sheet_id} already exists.")
    title = properties.pop("title", "") or _default_title(batch)
    _free_title(batch, title)
    grid = properties.pop("gridProperties", {})
    sheet = new_sheet(sheet_id, title, grid.pop("rowCount", 1000), grid.pop("columnCount", 26))
    index = properties.pop("index", len(batch.book.sheets))
    sheet.properties |= properties
    sheet.properties["gridProperties"] = grid
    batch.book.sheets.insert(min(index, len(batch.book.sheets)), sheet)
    return {"addSheet": {"properties": sheet_properties(batch.book, sheet)}}


def update_sheet_properties(batch: Batch, request: JsonObject) -> JsonObject:
    """updateSheetProperties"""
    mask, given = mask_of(request, "SheetProperties"), request.get("properties", {})
    sheet = _sheet(batch, given.get("sheetId", 0))
    if "title" in mask:
        _free_title(batch, given.get("title", ""), sheet)
    grid_mask = child(mask, "gridProperties")
    grid = sheet.properties["gridProperties"]
    if grid_mask is not None:
        _resize(batch, sheet, given.get("gridProperties", {}), grid_mask)
        grid = _grid(sheet, given.get("gridProperties", {}), grid_mask)
    if "*" in mask:
        mask = {name: {} for name in {*sheet.properties, *given}}
    # What is structural or worked out from the model is not set from here.
    plain = {name: inner for name, inner in mask.items() if name not in _STRUCTURAL}
    changed = set_masked(sheet.properties, given, plain) if plain else dict(sheet.properties)
    changed |= {"gridProperties": grid, "sheetType": sheet.properties["sheetType"]}
    changed.setdefault("title", sheet.title)
    sheet.properties = changed
    if all(entry.properties.get("hidden") for entry in batch.book.sheets):
        raise invalid("You can't hide all the sheets in a document.")
    if "index" in mask:
        _reorder(batch, sheet, given.get("index", 0))
    return {}


def _grid(sheet: Sheet, given: JsonObject, mask: Mask) -> JsonObject:
    """The grid's properties but for its size, after the masked ones were set."""
    wanted: Mask = {name: {} for name in mask if name not in _SIZE}
    held = sheet.properties["gridProperties"]
    rest = {name: entry for name, entry in given.items() if name not in _SIZE}
    grid = dict(held) if mask and not wanted else set_masked(held, rest, wanted)
    for name, size, noun in (
        ("frozenRowCount", sheet.row_count, "rows"),
        ("frozenColumnCount", sheet.column_count, "columns"),
    ):
        if not grid.get(name):
            grid.pop(name, None)
        elif grid[name] >= size:
            raise invalid(f"You can't freeze all visible {noun} on the sheet.")
    return grid


def _resize(batch: Batch, sheet: Sheet, given: JsonObject, mask: Mask) -> None:
    rows = given.get("rowCount", 0) if child(mask, "rowCount") is not None else None
    columns = given.get("columnCount", 0) if child(mask, "columnCount") is not None else None
    if mask == {}:
        rows, columns = given.get("rowCount"), given.get("columnCount")
    for size, dimension, held in ((rows, "ROWS", sheet.row_count), (columns, "COLUMNS", sheet.column_count)):
        if size is None:
            continue
        if size < 1:
            raise invalid(f"gridProperties.{'rowCount' if dimension == 'ROWS' else 'columnCount'} must be positive")
        if size < held:
            delete(batch.book, sheet, dimension, size, held)
    sheet.grow(rows or 0, columns or 0)


def _reorder(batch: Batch, sheet: Sheet, index: int) -> None:
    """The index counts before the move: one's own place and the next are no move (SheetProperties.index)."""
    sheets = batch.book.sheets
    now = sheets.index(sheet)
    if index in (now, now + 1):
        return
    sheets.pop(now)
    sheets.insert(index - 1 if index > now else index, sheet)


def delete_sheet(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteSheet"""
    sheet = _sheet(batch, request.get("sheetId", 0))
    others = [entry for entry in batch.book.sheets if entry is not sheet]
    if not any(not entry.properties.get("hidden") for entry in others):
        raise invalid("You can't remove all the visible sheets in a document.")
    batch.book.sheets = others
    named = batch.book.named_ranges
    batch.book.named_ranges = [entry for entry in named if entry["range"].get("sheetId", 0) != sheet.sheet_id]
    return {}


def duplicate_sheet(batch: Batch, request: JsonObject) -> JsonObject:
    """duplicateSheet"""
    source = _sheet(batch, request.get("sourceSheetId", 0))
    taken = {sheet.sheet_id for sheet in batch.book.sheets}
    sheet_id = request.get("newSheetId") or batch.new_number(taken)
    if sheet_id in taken:
        raise invalid(f"A sheet with id {sheet_id} already exists.")
    title = request.get("newSheetName") or f"Copy of {source.title}"
    _free_title(batch, title)
    copied = source.copy()
    copied.sheet_id = sheet_id
    copied.properties["title"] = title
    copied.objects["protectedRanges"] = []
    copied.objects.pop("_forms", None)
    for entries in copied.objects.values():
        entries[:] = [_moved(entry, source.sheet_id, sheet_id) for entry in entries]
    if copied.basic_filter is not None:
        copied.basic_filter = _moved(copied.basic_filter, source.sheet_id, sheet_id)
    batch.book.sheets.insert(request.get("insertSheetIndex", 0), copied)
    return {"duplicateSheet": {"properties": sheet_properties(batch.book, copied)}}


def _moved(value: Any, old: int, new: int) -> Any:
    if isinstance(value, list):
        return [_moved(entry, old, new) for entry in value]
    if not isinstance(value, dict):
        return value
    result = {name: _moved(entry, old, new) for name, entry in value.items()}
    refers = any(name.endswith(("RowIndex", "ColumnIndex", "startIndex")) or name == "sheetId" for name in result)
    if refers and result.get("sheetId", 0) == old:
        result["sheetId"] = new
    return result


_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def _locale(batch: Batch, wanted: str) -> str:
    """What the locale becomes: "an ISO 639-1 language code such as en, an ISO 639-2 language code such as fil, … a
    combination of the ISO language code and country code, such as en_US; not all are supported" (discovery document).

    The words of the refusal are not Google's: nobody has quoted one.
    """
    settings = batch.settings
    if settings.locales_refused or not _LOCALE.fullmatch(wanted):
        raise invalid(f"Unsupported locale: {wanted}")
    if wanted == "id_ID" and settings.indonesian_locale != "kept":
        if settings.indonesian_locale == "refused":
            raise invalid(f"Unsupported locale: {wanted}")
        return "in_ID"
    return wanted


def update_spreadsheet_properties(batch: Batch, request: JsonObject) -> JsonObject:
    """updateSpreadsheetProperties"""
    mask, given = mask_of(request, "SpreadsheetProperties"), request.get("properties", {})
    if "*" in mask:
        mask = {name: {} for name in given}
    if "title" in mask and not given.get("title"):
        raise invalid("The title of a spreadsheet cannot be empty.")
    for name in ("locale", "timeZone"):
        if name in mask and not given.get(name):
            raise invalid(f"{name} must be set")
    if "locale" in mask:
        given = {**given, "locale": _locale(batch, str(given["locale"]))}
    batch.book.properties = set_masked(batch.book.properties, given, mask)
    return {}


KINDS: dict[str, Kind] = {
    "addSheet": add_sheet,
    "updateSheetProperties": update_sheet_properties,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
