"""The methods of ``spreadsheets.values``."""

from __future__ import annotations

from typing import Any

from tests.google.calls import Call
from tests.google.errors import ApiError, field_violations, invalid
from tests.google.sheets import tables, values
from tests.google.sheets.a1 import a1_of, parse
from tests.google.sheets.access import editor_of, open_book
from tests.google.sheets.areas import Area
from tests.google.sheets.batch import check_size
from tests.google.sheets.formulas import Evaluator
from tests.google.sheets.insertion import insert_rows
from tests.google.sheets.model import Spreadsheet
from tests.google.sheets.values import Written

JsonObject = dict[str, Any]


def _render(call: Call) -> tuple[str, str, str]:
    return (
        call.text("valueRenderOption", "FORMATTED_VALUE"),
        call.text("dateTimeRenderOption", "SERIAL_NUMBER"),
        _dimension(call.text("majorDimension")),
    )


def _dimension(given: str | None) -> str:
    return "COLUMNS" if given == "COLUMNS" else "ROWS"


def get(call: Call) -> JsonObject:
    """spreadsheets.values.get"""
    book = open_book(call, write=False)
    reference = parse(book, call.path["range"])
    return values.read(Evaluator(book), reference.sheet, reference.area(), *_render(call))


def batch_get(call: Call) -> JsonObject:
    """spreadsheets.values.batchGet"""
    book = open_book(call, write=False)
    evaluator = Evaluator(book)
    found = []
    for text in call.query.get("ranges", []):
        reference = parse(book, text)
        found.append(values.read(evaluator, reference.sheet, reference.area(), *_render(call)))
    answer: JsonObject = {"spreadsheetId": book.spreadsheet_id}
    return answer | ({"valueRanges": found} if found else {})


def _option(given: str, where: str) -> bool:
    if given in ("", "INPUT_VALUE_OPTION_UNSPECIFIED"):
        raise field_violations([("", f"'{where}' is required but not specified")])
    return given == "USER_ENTERED"


def _include(book: Spreadsheet, area: Area, render: str, moments: str, dimension: str) -> JsonObject:
    sheet = book.find(area.sheet_id)
    assert sheet is not None
    return values.read(Evaluator(book), sheet, area, render or "FORMATTED_VALUE", moments or "SERIAL_NUMBER", dimension)


def update(call: Call) -> JsonObject:
    """spreadsheets.values.update"""
    user_entered = _option(call.text("valueInputOption"), "valueInputOption")
    book = open_book(call, write=True)
    given = call.body.get("range")
    if given is not None and given != call.path["range"]:
        raise invalid(f"Request range[{call.path['range']}] does not match value's range[{given}]")
    written, area, dimension = _write_one(call, book, call.path["range"], call.body, user_entered)
    report = written.report()
    if call.flag("includeValuesInResponse"):
        options = call.text("responseValueRenderOption"), call.text("responseDateTimeRenderOption")
        report["updatedData"] = _include(book, area, *options, dimension)
    return report


def _write_one(
    call: Call, book: Spreadsheet, text: str, body: JsonObject, user_entered: bool
) -> tuple[Written, Area, str]:
    reference = parse(book, text)
    dimension = _dimension(body.get("majorDimension"))
    given = body.get("values", [])
    values.check_types(given)
    rows = values.as_rows(given, dimension)
    area = values.target(reference, rows)
    return values.write(book, reference.sheet, area, rows, user_entered, editor_of(call)), area, dimension


def batch_update(call: Call) -> JsonObject:
    """spreadsheets.values.batchUpdate: all ranges or none."""
    user_entered = _option(call.body.get("valueInputOption", ""), "valueInputOption")
    book = open_book(call, write=True)
    reports: list[JsonObject] = []
    sheets: set[int] = set()
    rows: set[tuple[int, int]] = set()
    columns: set[tuple[int, int]] = set()
    for index, data in enumerate(call.body.get("data", [])):
        try:
            written, area, dimension = _write_one(call, book, data.get("range", ""), data, user_entered)
        except ApiError as error:
            raise ApiError(error.code, f"Invalid data[{index}]: {error.message}", error.reason) from error
        report = written.report()
        if call.body.get("includeValuesInResponse"):
            render = call.body.get("responseValueRenderOption", "")
            moments = call.body.get("responseDateTimeRenderOption", "")
            report["updatedData"] = _include(book, area, render, moments, dimension)
        reports.append(report)
        sheets.add(area.sheet_id)
        rows.update((area.sheet_id, row) for row in written.rows)
        columns.update((area.sheet_id, column) for column in written.columns)
    answer: JsonObject = {"spreadsheetId": book.spreadsheet_id}
    totals = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(report.get("updatedCells", 0) for report in reports),
        "totalUpdatedSheets": len(sheets),
    }
    return answer | {name: total for name, total in totals.items() if total} | {"responses": reports}


def append(call: Call) -> JsonObject:
    """spreadsheets.values.append: find a table, write below it, grow the grid as far as needed."""
    user_entered = _option(call.text("valueInputOption"), "valueInputOption")
    book = open_book(call, write=True)
    reference = parse(book, call.path["range"])
    dimension = _dimension(call.body.get("majorDimension"))
    given = call.body.get("values", [])
    values.check_types(given)
    rows = values.as_rows(given, dimension)
    sheet, within = reference.sheet, reference.area()
    table = tables.find(sheet, within)
    top, left = (within.top, within.left) if table is None else (table.bottom, table.left)
    height, width = max(len(rows), 1), max((len(row) for row in rows), default=1)
    if call.text("insertDataOption") == "INSERT_ROWS" and rows and top < sheet.row_count:
        insert_rows(book, sheet, top, len(rows))
    sheet.grow(top + height, left + max(width, 1))
    check_size(book)
    area = Area(sheet.sheet_id, top, top + height, left, left + max(width, 1))
    report = values.write(book, sheet, area, rows, user_entered, editor_of(call)).report()
    if call.flag("includeValuesInResponse"):
        options = call.text("responseValueRenderOption"), call.text("responseDateTimeRenderOption")
        report["updatedData"] = _include(book, area, *options, dimension)
    answer: JsonObject = {"spreadsheetId": book.spreadsheet_id}
    if table is not None:
        answer["tableRange"] = a1_of(sheet, table)
    return answer | {"updates": report}


def clear(call: Call) -> JsonObject:
    """spreadsheets.values.clear"""
    book = open_book(call, write=True)
    cleared = values.clear(book, parse(book, call.path["range"]), editor_of(call))
    return {"spreadsheetId": book.spreadsheet_id, "clearedRange": cleared}


def batch_clear(call: Call) -> JsonObject:
    """spreadsheets.values.batchClear"""
    book = open_book(call, write=True)
    references = [parse(book, text) for text in call.body.get("ranges", [])]
    cleared = [values.clear(book, reference, editor_of(call)) for reference in references]
    return {"spreadsheetId": book.spreadsheet_id, "clearedRanges": cleared}
