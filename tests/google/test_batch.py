"""spreadsheets.batchUpdate: atomicity, ids, shifting, and each kind of request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.rest import Book, Rest
from tests.google.server import GoogleServer

JsonObject = dict[str, Any]


def area(top: int, bottom: int, left: int, right: int) -> JsonObject:
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    return {"sheetId": 0, **dict(zip(names, (top, bottom, left, right), strict=True))}


def rows(start: int, end: int) -> JsonObject:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def columns(start: int, end: int) -> JsonObject:
    return {"sheetId": 0, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}


def protect(number: int, **more: Any) -> JsonObject:
    protected = {"protectedRangeId": number, "range": area(0, 1, 0, 1), "warningOnly": True} | more
    return {"addProtectedRange": {"protectedRange": protected}}


def test_a_batch_is_applied_whole_or_not_at_all(book: Book) -> None:
    write = {"updateCells": {"range": area(0, 1, 0, 1), "rows": [{"values": [{"note": "n"}]}], "fields": "note"}}
    reply = book.batch(write, {"deleteProtectedRange": {"protectedRangeId": 9}})
    assert reply.status == 400
    assert reply.message == "Invalid requests[1].deleteProtectedRange: No protected range with id: 9"
    assert book.get(fields="sheets.data.rowData.values.note") == {"sheets": [{"data": [{}]}]}


def test_the_revision_by_protected_range_refuses_a_replay(book: Book) -> None:
    assert book.batch(protect(7)).status == 200
    step = [{"deleteProtectedRange": {"protectedRangeId": 7}}, protect(8)]
    assert book.batch(*step).status == 200
    again = book.batch(*step)
    assert again.message == "Invalid requests[0].deleteProtectedRange: No protected range with id: 7"
    held = book.get(fields="sheets.protectedRanges")["sheets"][0]["protectedRanges"]
    assert [entry["protectedRangeId"] for entry in held] == [8]
    assert "editors" not in held[0]


@pytest.mark.parametrize(
    ("kind", "request_"),
    [
        ("addSheet", {"properties": {"sheetId": 5, "title": "{}"}}),
        ("addProtectedRange", {"protectedRange": {"protectedRangeId": 5, "range": {"endRowIndex": 2}}}),
        ("addNamedRange", {"namedRange": {"namedRangeId": "5", "name": "nama_{}", "range": {}}}),
        ("addFilterView", {"filter": {"filterViewId": 5, "range": {}}}),
        ("addBanding", {"bandedRange": {"bandedRangeId": 5, "range": {"endRowIndex": 3}, "rowProperties": {}}}),
        ("addChart", {"chart": {"chartId": 5, "spec": {"title": "t", "basicChart": {}}}}),
    ],
)
def test_an_id_can_be_given_once(book: Book, kind: str, request_: JsonObject) -> None:
    def numbered(value: Any, number: int) -> Any:
        if isinstance(value, dict):
            return {name: numbered(entry, number) for name, entry in value.items()}
        return value.format(number) if isinstance(value, str) else value

    first = book.batch({kind: numbered(request_, 1)})
    assert first.status == 200, first.json
    second = book.batch({kind: numbered(request_, 2)})
    assert second.status == 400
    assert second.message.startswith(f"Invalid requests[0].{kind}: ")
    assert "already" in second.message


def test_a_name_can_be_given_once(book: Book) -> None:
    named = {"addNamedRange": {"namedRange": {"name": "Kunci", "namedRangeId": "a1", "range": area(0, 1, 0, 1)}}}
    assert book.batch(named).json["replies"][0]["addNamedRange"]["namedRange"]["namedRangeId"] == "a1"
    named["addNamedRange"]["namedRange"]["namedRangeId"] = "a2"
    assert book.batch(named).message == (
        "Invalid requests[0].addNamedRange: "
        "Cannot add named range with name Kunci, a named range with that name already exists."
    )


def test_a_tab_is_protected_as_a_whole_only_once(book: Book) -> None:
    whole = {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}, "warningOnly": True}}}
    assert book.batch(whole).status == 200
    message = book.batch({"addSheet": {}}, whole).message
    assert message == 'Invalid requests[1].addProtectedRange: Sheet "Sheet1" already has sheet protection.'


def test_warning_only_takes_no_editors(book: Book) -> None:
    """https://github.com/burnash/gspread/issues/1437"""
    reply = book.batch(protect(1, editors={"users": ["a@b.id"]}))
    assert "ProtectedRange is warningOnly. Editors cannot be set on it." in reply.message


def test_titles_are_unique_and_one_tab_stays(book: Book) -> None:
    reply = book.batch({"addSheet": {"properties": {"title": "sheet1"}}})
    assert 'A sheet with the name "sheet1" already exists' in reply.message
    assert "remove all the" in book.batch({"deleteSheet": {"sheetId": 0}}).message
    hide = {"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}}
    assert book.batch(hide).message == (
        "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document."
    )


def test_inserts_and_deletes_shift_what_refers_to_cells(book: Book) -> None:
    rule = {"ranges": [area(4, 6, 0, 2)], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    book.batch(
        protect(1, range=area(4, 6, 0, 2)),
        {"addNamedRange": {"namedRange": {"namedRangeId": "n", "name": "N", "range": area(4, 6, 0, 2)}}},
        {"addConditionalFormatRule": {"rule": rule}},
        {"mergeCells": {"range": area(4, 6, 0, 2)}},
        {"insertDimension": {"range": rows(2, 4)}},
        {"insertDimension": {"range": rows(7, 8)}},
        {"insertDimension": {"range": columns(0, 1)}},
        {"deleteDimension": {"range": rows(0, 1)}},
    )
    wanted = area(5, 8, 1, 3)
    del wanted["sheetId"]
    found = book.get()
    sheet = found["sheets"][0]
    assert sheet["protectedRanges"][0]["range"] == wanted
    assert sheet["conditionalFormats"][0]["ranges"] == [wanted]
    assert sheet["merges"] == [wanted]
    assert found["namedRanges"][0]["range"] == wanted
    book.batch({"deleteDimension": {"range": rows(5, 8)}})
    gone = book.get()
    assert not {"protectedRanges", "conditionalFormats", "merges"} & gone["sheets"][0].keys()
    assert "namedRanges" not in gone


def test_an_inserted_column_copies_format_and_a_checkbox_arrives_false(book: Book) -> None:
    box = {"condition": {"type": "BOOLEAN"}}
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch(
        {"repeatCell": {"range": area(0, 2, 0, 1), "cell": cell, "fields": "userEnteredFormat"}},
        {"setDataValidation": {"range": area(0, 2, 0, 1), "rule": box}},
    )
    book.write("A1", [[True], [True]])
    book.batch({"insertDimension": {"range": columns(1, 2), "inheritFromBefore": True}})
    assert book.read("A1:B2") == [[True, False], [True, False]]
    fields = "sheets.data.rowData.values(dataValidation,userEnteredFormat)"
    found = book.get(ranges="B1", fields=fields)["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert found == {"dataValidation": box, "userEnteredFormat": {"textFormat": {"bold": True}}}


def test_sort_puts_numbers_before_text_before_booleans_and_blanks_last(book: Book) -> None:
    book.write("A1", [["b"], [True], [""], [2], ["a"], [False], [1]])
    sort: JsonObject = {"range": area(0, 7, 0, 1), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}
    book.batch({"sortRange": sort})
    assert book.read("A1:A7") == [[1], [2], ["a"], ["b"], [False], [True]]
    sort["sortSpecs"][0]["sortOrder"] = "DESCENDING"
    book.batch({"sortRange": sort})
    assert book.read("A1:A7") == [[True], [False], ["b"], ["a"], [2], [1]]


def test_append_cells_goes_below_the_last_value_and_grows_the_grid(book: Book) -> None:
    size = {"properties": {"gridProperties": {"rowCount": 2, "columnCount": 2}}, "fields": "gridProperties"}
    book.batch({"updateSheetProperties": size})
    book.write("A1", [["x"], ["y"]])
    cells = [{"userEnteredValue": {"stringValue": text}} for text in ("p", "q", "r")]
    request = {"sheetId": 0, "rows": [{"values": cells}], "fields": "userEnteredValue"}
    assert book.batch({"appendCells": request}).status == 200
    assert book.read("Sheet1") == [["x"], ["y"], ["p", "q", "r"]]


def test_find_replace_counts_what_it_changed(book: Book) -> None:
    book.write("A1", [["PENDING 1", "PENDING 2"], ["done", "PENDING 1"]])
    request = {"find": "PENDING 1", "replacement": "ok", "matchEntireCell": True, "sheetId": 0}
    reply = book.batch({"findReplace": request}).json["replies"][0]["findReplace"]
    assert reply == {"valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1, "occurrencesChanged": 2}
    assert book.read("A1:B2") == [["ok", "PENDING 2"], ["done", "ok"]]
    assert book.batch({"findReplace": request}).json["replies"] == [{"findReplace": {}}]


def test_paste_cut_copy(book: Book) -> None:
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    book.batch({"pasteData": {"coordinate": start, "data": "a,1\nb,=B1+1", "type": "PASTE_NORMAL", "delimiter": ","}})
    assert book.read("A1:B2") == [["a", 1], ["b", 2]]
    book.batch({"copyPaste": {"source": area(0, 2, 1, 2), "destination": area(0, 4, 3, 4)}})
    assert book.read("D1:D4", "FORMULA") == [[1], ["=D1+1"], [1], ["=D3+1"]]
    move = {"source": area(0, 2, 0, 2), "destination": {"sheetId": 0, "rowIndex": 9, "columnIndex": 0}}
    book.batch({"cutPaste": {**move, "pasteType": "PASTE_NORMAL"}})
    assert book.read("A1:B2") == []
    assert book.read("A10:B11", "FORMULA") == [["a", 1], ["b", "=B1+1"]]


def test_move_dimension_takes_the_rows_along(book: Book) -> None:
    book.write("A1", [["a"], ["b"], ["c"], ["d"]])
    book.batch({"moveDimension": {"source": rows(0, 1), "destinationIndex": 3}})
    assert book.read("A1:A4") == [["b"], ["c"], ["a"], ["d"]]
    book.batch({"moveDimension": {"source": rows(2, 4), "destinationIndex": 0}})
    assert book.read("A1:A4") == [["a"], ["d"], ["b"], ["c"]]


def test_insert_and_delete_range_move_cells_only(book: Book) -> None:
    book.write("A1", [["a", "1"], ["b", "2"], ["c", "3"]])
    book.batch({"insertRange": {"range": area(1, 2, 0, 1), "shiftDimension": "ROWS"}})
    assert book.read("A1:B4") == [["a", "1"], ["", "2"], ["b", "3"], ["c"]]
    book.batch({"deleteRange": {"range": area(0, 1, 0, 1), "shiftDimension": "COLUMNS"}})
    assert book.read("A1:B4") == [["1"], ["", "2"], ["b", "3"], ["c"]]


def test_the_answer_can_carry_the_spreadsheet(book: Book) -> None:
    cell = {"userEnteredValue": {"stringValue": "KONS-2026-0001"}}
    write = {"updateCells": {"range": area(0, 1, 0, 1), "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    more = {"includeSpreadsheetInResponse": True, "responseRanges": ["A1:A2"], "responseIncludeGridData": True}
    reply = book.batch(write, **more).json["updatedSpreadsheet"]["sheets"][0]["data"][0]
    assert reply["rowData"][0]["values"][0]["effectiveValue"] == {"stringValue": "KONS-2026-0001"}
    assert len(reply["rowMetadata"]) == 2


def test_a_masked_write_clears_what_it_names_but_does_not_give(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True, "italic": True}, "backgroundColor": {"red": 0.5}}}
    book.batch({"repeatCell": {"range": area(0, 1, 0, 1), "cell": bold, "fields": "userEnteredFormat"}})
    fields = "userEnteredFormat.textFormat.bold,userEnteredFormat(backgroundColor)"
    book.batch({"repeatCell": {"range": area(0, 1, 0, 1), "cell": {}, "fields": fields}})
    found = book.get(ranges="A1", fields="sheets/data/rowData/values/userEnteredFormat")
    assert found["sheets"][0]["data"][0]["rowData"][0]["values"][0] == {
        "userEnteredFormat": {"textFormat": {"italic": True}}
    }


def test_a_basic_filter_hides_rows_but_not_values(book: Book) -> None:
    book.write("A1", [["h"], ["x"], ["y"]])
    given = {"range": area(0, 3, 0, 1), "criteria": {"0": {"hiddenValues": ["x"]}}}
    assert book.batch({"setBasicFilter": {"filter": given}}).status == 200
    assert book.read("A1:A3") == [["h"], ["x"], ["y"]]
    found = book.get(ranges="A1:A3", fields="sheets.data.rowMetadata.hiddenByFilter")
    assert found["sheets"][0]["data"][0]["rowMetadata"] == [{}, {"hiddenByFilter": True}, {}]
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    assert "basicFilter" not in book.get()["sheets"][0]


def test_requests_over_part_of_a_table_are_refused(book: Book) -> None:
    book.write("A1", [["No", "Nama"], [1, "a"]])
    table = {"name": "T", "range": area(0, 2, 0, 2)}
    added = book.batch({"addTable": {"table": table}}).json["replies"][0]["addTable"]["table"]
    assert [column["columnName"] for column in added["columnProperties"]] == ["No", "Nama"]
    reply = book.batch({"insertRange": {"range": area(1, 2, 0, 1), "shiftDimension": "ROWS"}})
    assert reply.message == "Invalid requests[0].insertRange: You cannot insert or delete cells over part of a table."


def test_metadata_follows_its_row_and_column(book: Book, rest: Rest) -> None:
    for span in (rows(2, 3), columns(1, 2)):
        entry = {
            "metadataKey": "k",
            "metadataValue": "v",
            "visibility": "DOCUMENT",
            "location": {"dimensionRange": span},
        }
        assert book.batch({"createDeveloperMetadata": {"developerMetadata": entry}}).status == 200
    book.batch({"insertDimension": {"range": rows(0, 1)}}, {"insertDimension": {"range": columns(0, 1)}})
    lookup = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "k"}}]}
    found = rest.post(f"{book.path}/developerMetadata:search", lookup).json["matchedDeveloperMetadata"]
    spots = [entry["developerMetadata"]["location"]["dimensionRange"]["startIndex"] for entry in found]
    assert spots == [3, 2]
    book.batch({"deleteDimension": {"range": rows(3, 4)}})
    assert len(rest.post(f"{book.path}/developerMetadata:search", lookup).json["matchedDeveloperMetadata"]) == 1


def test_duplicate_sheet_and_order_of_tabs(book: Book) -> None:
    book.write("A1", [["x"]])
    book.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetName": "Salinan", "insertSheetIndex": 1}})
    assert book.read("Salinan!A1") == [["x"]]
    book.batch({"addSheet": {"properties": {"title": "C", "sheetId": 3}}})
    move = {"properties": {"sheetId": 3, "index": 1}, "fields": "index"}
    book.batch({"updateSheetProperties": move})
    assert [sheet["properties"]["title"] for sheet in book.get()["sheets"]] == ["Sheet1", "C", "Salinan"]


def test_freeze_and_unfreeze(book: Book) -> None:
    freeze = {"properties": {"gridProperties": {"frozenRowCount": 1}}, "fields": "gridProperties.frozenRowCount"}
    book.batch({"updateSheetProperties": freeze})
    assert book.get()["sheets"][0]["properties"]["gridProperties"]["frozenRowCount"] == 1
    freeze["properties"] = {"gridProperties": {"frozenRowCount": 0}}
    book.batch({"updateSheetProperties": freeze})
    assert "frozenRowCount" not in book.get()["sheets"][0]["properties"]["gridProperties"]
    assert "At least one field" in book.batch({"updateSheetProperties": {"properties": {"title": "x"}}}).message
    misspelt = {"updateSheetProperties": {"properties": {"title": "x"}, "fields": "titel"}}
    assert book.batch(misspelt).message == "Invalid requests[0].updateSheetProperties: Invalid field: titel"


def test_ten_million_cells_are_the_limit(book: Book) -> None:
    reply = book.batch({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 400_000}})
    assert "above the limit of 10000000 cells" in reply.message


def test_borders_and_sizes(book: Book) -> None:
    line = {"style": "SOLID"}
    book.batch(
        {"updateBorders": {"range": area(0, 2, 0, 2), "top": line, "innerVertical": line}},
        {"updateDimensionProperties": {"range": columns(0, 1), "properties": {"pixelSize": 42}, "fields": "pixelSize"}},
    )
    found = book.get(ranges="A1", fields="sheets.data(columnMetadata.pixelSize,rowData.values.userEnteredFormat)")
    data = found["sheets"][0]["data"][0]
    assert data["columnMetadata"] == [{"pixelSize": 42}]
    assert data["rowData"][0]["values"][0]["userEnteredFormat"]["borders"].keys() == {"top", "right"}


@pytest.mark.parametrize("wanted", ["Indonesia", "id-ID", "xx_", "id_ID"])
def test_the_stand_in_refuses_what_is_no_locale(book: Book, wanted: str) -> None:
    change = {"updateSpreadsheetProperties": {"properties": {"locale": wanted}, "fields": "locale"}}

    assert book.batch(change).status == 400


def test_the_code_for_indonesia_is_refused_renamed_or_kept(book: Book, server: GoogleServer) -> None:
    """As a test chooses: nobody has documented what Google does with it."""
    change = {"updateSpreadsheetProperties": {"properties": {"locale": "id_ID"}, "fields": "locale"}}
    found = []
    for meaning in ("refused", "renamed", "kept"):
        server.google.settings.indonesian_locale = meaning
        status = book.batch(change).status
        found.append((status, server.google.state.spreadsheets[book.id].locale))

    assert found == [(400, "en_US"), (200, "in_ID"), (200, "id_ID")]


def test_a_cell_holds_fifty_thousand_characters(book: Book) -> None:
    def write(text: str) -> int:
        cell = {"userEnteredValue": {"stringValue": text}}
        update = {"rows": [{"values": [cell]}], "fields": "userEnteredValue", "start": {"sheetId": 0}}
        return book.batch({"updateCells": update}).status

    assert [write("a" * 50_000), write("a" * 50_001)] == [200, 400]
