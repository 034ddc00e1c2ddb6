"""Request kinds that move cells inside a tab: sortRange, insertRange, deleteRange; and named ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from tests.google.errors import invalid, unimplemented
from tests.google.sheets.areas import Area
from tests.google.sheets.batch import Batch, Kind, mask_of
from tests.google.sheets.formulas import Evaluator, Result
from tests.google.sheets.model import EMPTY_CELL, Cell, ErrorValue, Formula, Sheet
from tests.google.sheets.protection import area_of
from tests.google.sheets.relative import shifted
from tests.google.sheets.tidy import ranges_out, set_masked

JsonObject = dict[str, Any]


def sort_key(value: Result) -> tuple[int, float, str]:
    """Ascending: numbers, then text, then booleans, FALSE before TRUE (probed live, see insertion.py)."""
    if isinstance(value, bool):
        return (2, int(value), "")
    if isinstance(value, (int, float)):
        return (0, value, "")
    if isinstance(value, ErrorValue):
        return (3, 0, value.shown)
    return (1, 0, str(value).casefold())


def sort_rows(batch: Batch, sheet: Sheet, area: Area, specs: list[tuple[int, bool]]) -> None:
    """Sort the area's rows by columns (index, descending), stably; blanks last either way.

    Cells move with their format and note; validation stays where it is, and so do row properties and metadata.
    """
    evaluator = Evaluator(batch.book)
    order = list(range(area.top, area.bottom))
    for column, descending in reversed(specs):
        values = {row: evaluator.cell(sheet, row, column) for row in order}
        blank = [row for row in order if values[row] is None or values[row] == ""]
        full = [row for row in order if row not in set(blank)]
        order = sorted(full, key=lambda row: sort_key(values[row]), reverse=descending) + blank
    columns = range(area.left, area.right)
    old = {row: sheet.rows[row] for row in order}
    for row, source in enumerate(order, area.top):
        changes: dict[int, Cell] = {}
        for column in columns:
            cell = old[source].cells.get(column, EMPTY_CELL)
            if isinstance(cell.value, Formula):
                cell = replace(cell, value=shifted(cell.value, row - source, 0))
            validation = old[row].cells.get(column, EMPTY_CELL).validation
            changes[column] = replace(cell, validation=validation)
        sheet.rows[row] = sheet.rows[row].put(changes)


def sort_range(batch: Batch, request: JsonObject) -> JsonObject:
    """sortRange"""
    sheet, area = batch.area(request["range"])
    specs: list[tuple[int, bool]] = []
    for spec in request.get("sortSpecs", []):
        if {"foregroundColor", "backgroundColor", "foregroundColorStyle", "backgroundColorStyle"} & spec.keys():
            raise unimplemented("sorting by colour")
        column = spec.get("dimensionIndex", 0)
        if not area.left <= column < area.right:
            raise invalid(f"sortSpecs.dimensionIndex[{column}] is outside of the range")
        specs.append((column, spec.get("sortOrder") == "DESCENDING"))
    if not specs:
        raise invalid("Must specify at least one sort spec.")
    for entry in sheet.objects["merges"]:
        if area_of(batch.book, sheet, entry).overlaps(area):
            raise invalid("You can't sort a range with vertical merges.")
    sort_rows(batch, sheet, area, specs)
    return {}


def _not_over_table(batch: Batch, sheet: Sheet, area: Area) -> None:
    for table in sheet.objects["tables"]:
        held = area_of(batch.book, sheet, table["range"])
        if held.overlaps(area) and not area.contains(held):
            raise invalid("You cannot insert or delete cells over part of a table.")


def insert_range(batch: Batch, request: JsonObject) -> JsonObject:
    """insertRange: cells below or to the right move away; those pushed over the edge make the grid grow."""
    sheet, area = batch.area(request["range"])
    _not_over_table(batch, sheet, area)
    if request.get("shiftDimension", "ROWS") == "ROWS":
        last = sheet.last_filled_row()
        sheet.grow(max(sheet.row_count, last + area.height), 0)
        for row in range(sheet.row_count - 1, area.top - 1, -1):
            source = row - area.height
            _copy(sheet, row, source if source >= area.top else None, area)
    else:
        for row in range(area.top, area.bottom):
            cells = sheet.rows[row].cells
            moved = {column + (area.width if column >= area.left else 0): cell for column, cell in cells.items()}
            sheet.grow(0, max(moved, default=-1) + 1)
            sheet.rows[row] = replace(sheet.rows[row], cells=moved)
    return {}


def delete_range(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteRange: cells from below or from the right move in."""
    sheet, area = batch.area(request["range"])
    _not_over_table(batch, sheet, area)
    if request.get("shiftDimension", "ROWS") == "ROWS":
        for row in range(area.top, sheet.row_count):
            source = row + area.height
            _copy(sheet, row, source if source < sheet.row_count else None, area)
    else:
        for row in range(area.top, area.bottom):
            kept = {
                column - (area.width if column >= area.right else 0): cell
                for column, cell in sheet.rows[row].cells.items()
                if not area.left <= column < area.right
            }
            sheet.rows[row] = replace(sheet.rows[row], cells=kept)
    return {}


def _copy(sheet: Sheet, row: int, source: int | None, area: Area) -> None:
    columns = range(area.left, area.right)
    given = {column: EMPTY_CELL if source is None else sheet.cell(source, column) for column in columns}
    sheet.rows[row] = sheet.rows[row].put(given)


_NAME = re.compile(r"^(?!\d)(?!true$)(?!false$)[\w]{1,250}$", re.IGNORECASE)


def add_named_range(batch: Batch, request: JsonObject) -> JsonObject:
    """addNamedRange: name and id must both be new.

    The refusal of a repeated name was observed by the authors of a write guard that takes its lock this way; that of
    a repeated id is documented ("It is an error to specify the ID of a range that already exists"), its text is not.
    """
    named: JsonObject = dict(request.get("namedRange", {}))
    name = named.get("name", "")
    if not _NAME.match(name) or re.match(r"^([A-Za-z]{1,3}\d+|[Rr]\d+[Cc]\d+)$", name):
        raise invalid(f"Invalid name: {name}")
    for entry in batch.book.named_ranges:
        if entry["name"].casefold() == name.casefold():
            raise invalid(f"Cannot add named range with name {name}, a named range with that name already exists.")
        if entry["namedRangeId"] == named.get("namedRangeId"):
            raise invalid(
                f"Cannot add named range with id {named['namedRangeId']}, a named range with that id already exists."
            )
    batch.area(named.get("range", {}), write=False)
    taken = {int(entry["namedRangeId"]) for entry in batch.book.named_ranges if entry["namedRangeId"].isdigit()}
    stored = {"namedRangeId": named.get("namedRangeId") or str(batch.new_number(taken)), "name": name}
    stored["range"] = {"sheetId": 0, **named.get("range", {})}
    batch.book.named_ranges.append(stored)
    return {"addNamedRange": {"namedRange": ranges_out(stored)}}


def delete_named_range(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteNamedRange"""
    named_id = request.get("namedRangeId", "")
    kept = [entry for entry in batch.book.named_ranges if entry["namedRangeId"] != named_id]
    if len(kept) == len(batch.book.named_ranges):
        raise invalid(f"No named range with id: {named_id}")
    batch.book.named_ranges = kept
    return {}


def update_named_range(batch: Batch, request: JsonObject) -> JsonObject:
    """updateNamedRange"""
    mask, given = mask_of(request, "NamedRange"), request.get("namedRange", {})
    for index, entry in enumerate(batch.book.named_ranges):
        if entry["namedRangeId"] == given.get("namedRangeId"):
            held = {"name": {}, "range": {}} if "*" in mask else mask
            batch.book.named_ranges[index] = {**set_masked(entry, given, held), "namedRangeId": entry["namedRangeId"]}
            return {}
    raise invalid(f"No named range with id: {given.get('namedRangeId', '')}")


KINDS: dict[str, Kind] = {
    "sortRange": sort_range,
    "insertRange": insert_range,
    "deleteRange": delete_range,
    "addNamedRange": add_named_range,
    "deleteNamedRange": delete_named_range,
    "updateNamedRange": update_named_range,
}
