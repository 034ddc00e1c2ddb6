"""Request kinds that paste: pasteData, cutPaste, copyPaste, findReplace."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

from tests.google.errors import invalid, unimplemented
from tests.google.sheets.areas import Area, exceeds, sheet_of
from tests.google.sheets.batch import Batch, Kind
from tests.google.sheets.cells import formatted, from_input
from tests.google.sheets.formulas import Evaluator
from tests.google.sheets.model import EMPTY_CELL, Cell, Formula, Sheet
from tests.google.sheets.protection import guard
from tests.google.sheets.relative import shifted

JsonObject = dict[str, Any]


def _put(batch: Batch, sheet: Sheet, area: Area, cells: list[list[Cell]]) -> None:
    """Put a block of cells, refusing what lies past the grid or is protected."""
    if area.bottom > sheet.row_count or area.right > sheet.column_count:
        raise exceeds(sheet, area)
    guard(batch.book, sheet, area, batch.editor)
    for offset, line in enumerate(cells):
        sheet.rows[area.top + offset] = sheet.rows[area.top + offset].put(dict(enumerate(line, area.left)))


def paste_data(batch: Batch, request: JsonObject) -> JsonObject:
    """pasteData: text split by the delimiter and read as if typed. The grid grows as a paste by hand makes it grow."""
    if request.get("html"):
        raise unimplemented("pasteData with html")
    if request.get("type", "PASTE_NORMAL") not in ("PASTE_NORMAL", "PASTE_VALUES"):
        raise unimplemented(f"pasteData with {request['type']}")
    start = request.get("coordinate", {})
    sheet = sheet_of(batch.book, start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    delimiter = request.get("delimiter", "\t")
    rows = list(csv.reader(io.StringIO(request.get("data", "")), delimiter=delimiter))
    width = max((len(row) for row in rows), default=0)
    if not rows or not width:
        return {}
    sheet.grow(top + len(rows), left + width)
    area = Area(sheet.sheet_id, top, top + len(rows), left, left + width)
    block = [
        [
            from_input(
                row[column] if column < len(row) else "", sheet.cell(index, left + column), True, batch.book.locale
            )
            for column in range(width)
        ]
        for index, row in enumerate(rows, top)
    ]
    _put(batch, sheet, area, block)
    return {}


def _pasted(new: Cell, old: Cell, kind: str) -> Cell:
    if kind in ("PASTE_NORMAL", "PASTE_NO_BORDERS"):
        if kind == "PASTE_NO_BORDERS" and new.format:
            kept = {name: part for name, part in new.format.items() if name != "borders"}
            return replace(new, format=kept or None)
        return new
    if kind in ("PASTE_VALUES", "PASTE_FORMULA"):
        return replace(old, value=new.value, runs=new.runs, chips=new.chips)
    if kind == "PASTE_FORMAT":
        return replace(old, format=new.format)
    if kind == "PASTE_DATA_VALIDATION":
        return replace(old, validation=new.validation)
    raise unimplemented(f"a paste of type {kind}")


def copy_paste(batch: Batch, request: JsonObject) -> JsonObject:
    """copyPaste: a destination of several times the source's size is filled with copies."""
    source_sheet, source = batch.area(request["source"], write=False)
    kind = request.get("pasteType", "PASTE_NORMAL")
    evaluator = Evaluator(batch.book)
    block: list[list[Cell]] = []
    for row in range(source.top, source.bottom):
        line = [source_sheet.cell(row, column) for column in range(source.left, source.right)]
        if kind == "PASTE_VALUES":
            values = [evaluator.cell(source_sheet, row, column) for column in range(source.left, source.right)]
            pairs = zip(line, values, strict=True)
            line = [
                replace(cell, value=value if isinstance(value, (str, int, float)) else None) for cell, value in pairs
            ]
        block.append(line)
    transpose = request.get("pasteOrientation") == "TRANSPOSE"
    if transpose:
        block = [list(line) for line in zip(*block, strict=True)]
    sheet, given = batch.area(request["destination"], write=False)
    height, width = len(block), len(block[0])
    rows = height * max(1, given.height // height)
    columns = width * max(1, given.width // width)
    bottom, right = min(given.top + rows, sheet.row_count), min(given.left + columns, sheet.column_count)
    area = Area(sheet.sheet_id, given.top, bottom, given.left, right)
    pasted: list[list[Cell]] = []
    for row in range(area.top, area.bottom):
        line = []
        for column in range(area.left, area.right):
            up, across = (row - area.top) % height, (column - area.left) % width
            cell = block[up][across]
            if isinstance(cell.value, Formula) and not transpose:
                down = row - (source.top + up)
                cell = replace(cell, value=shifted(cell.value, down, column - (source.left + across)))
            line.append(_pasted(cell, sheet.cell(row, column), kind))
        pasted.append(line)
    _put(batch, sheet, area, pasted)
    return {}


def cut_paste(batch: Batch, request: JsonObject) -> JsonObject:
    """cutPaste: the source is left blank; formulas keep pointing where they did."""
    source_sheet, source = batch.area(request["source"])
    kind = request.get("pasteType", "PASTE_NORMAL")
    corner = request.get("destination", {})
    sheet = sheet_of(batch.book, corner.get("sheetId", 0))
    top, left = corner.get("rowIndex", 0), corner.get("columnIndex", 0)
    columns = range(source.left, source.right)
    block = [[source_sheet.cell(row, column) for column in columns] for row in range(source.top, source.bottom)]
    _put(batch, source_sheet, source, [[EMPTY_CELL] * source.width for _ in range(source.height)])
    area = Area(sheet.sheet_id, top, top + source.height, left, left + source.width)
    pasted = [
        [_pasted(cell, sheet.cell(top + row, left + column), kind) for column, cell in enumerate(line)]
        for row, line in enumerate(block)
    ]
    _put(batch, sheet, area, pasted)
    return {}


def find_replace(batch: Batch, request: JsonObject) -> JsonObject:
    """findReplace in a range, a tab or all tabs; the replacement is read as if typed (unverified)."""
    scopes = [name for name in ("range", "sheetId", "allSheets") if name in request]
    if len(scopes) != 1:
        raise invalid("exactly one of range, sheetId, or allSheets must be set")
    if not request.get("find"):
        raise invalid("find must not be empty")
    if scopes[0] == "range":
        places = [batch.area(request["range"], write=False)]
    else:
        sheets = batch.book.sheets if scopes[0] == "allSheets" else [sheet_of(batch.book, request["sheetId"])]
        places = [(sheet, Area(sheet.sheet_id, 0, sheet.row_count, 0, sheet.column_count)) for sheet in sheets]
    pattern = request["find"] if request.get("searchByRegex") else re.escape(request["find"])
    matcher = re.compile(pattern, 0 if request.get("matchCase") else re.IGNORECASE)
    replacement = request.get("replacement", "")
    if not request.get("searchByRegex"):
        replacement = replacement.replace("\\", r"\\")
    else:
        # Google's regular expressions write a captured group as $1.
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement)
    counts = dict.fromkeys(
        ("valuesChanged", "formulasChanged", "rowsChanged", "sheetsChanged", "occurrencesChanged"), 0
    )
    for sheet, area in places:
        changed_rows = 0
        for row in range(area.top, area.bottom):
            changes = _replaced(batch, sheet, row, area, matcher, replacement, request, counts)
            if changes:
                for column in changes:
                    spot = Area(sheet.sheet_id, row, row + 1, column, column + 1)
                    guard(batch.book, sheet, spot, batch.editor)
                sheet.rows[row] = sheet.rows[row].put(changes)
                changed_rows += 1
        counts["rowsChanged"] += changed_rows
        counts["sheetsChanged"] += bool(changed_rows)
    return {"findReplace": {name: count for name, count in counts.items() if count}}


def _replaced(
    batch: Batch,
    sheet: Sheet,
    row: int,
    area: Area,
    matcher: re.Pattern[str],
    replacement: str,
    request: JsonObject,
    counts: dict[str, int],
) -> dict[int, Cell]:
    changes: dict[int, Cell] = {}
    for column, cell in sheet.rows[row].cells.items():
        if not area.left <= column < area.right or cell.value is None:
            continue
        is_formula = isinstance(cell.value, Formula)
        if isinstance(cell.value, Formula):
            if not request.get("includeFormulas"):
                continue
            text = cell.value.text
        else:
            text = formatted(cell.value, cell, batch.book.locale)
        if request.get("matchEntireCell"):
            found = matcher.fullmatch(text)
            new, times = (found.expand(replacement), 1) if found else (text, 0)
        else:
            new, times = matcher.subn(replacement, text)
        if times:
            changes[column] = from_input(new, cell, True, batch.book.locale)
            counts["occurrencesChanged"] += times
            counts["formulasChanged" if is_formula else "valuesChanged"] += 1
    return changes


KINDS: dict[str, Kind] = {
    "pasteData": paste_data,
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "findReplace": find_replace,
}
