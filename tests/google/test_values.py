"""spreadsheets.values: what is written, what comes back."""

from __future__ import annotations

import pytest

from tests.google.rest import Book, Rest

FORMATTED = "FORMATTED_VALUE"


def test_trailing_blanks_go_and_a_blank_range_has_no_values(book: Book, rest: Rest) -> None:
    assert rest.get(f"{book.path}/values/Sheet1!A1:D6").json == {"range": "Sheet1!A1:D6", "majorDimension": "ROWS"}
    book.write("A1", [["a", "", "", ""], ["", "", "", ""], ["", "b", "", ""]])
    assert book.read("A1:D4") == [["a"], [], ["", "b"]]


def test_columns_as_major_dimension(book: Book) -> None:
    book.write("A1", [["a", "b"], ["", "d"], ["e"]])
    assert book.read("A1:C5", majorDimension="COLUMNS") == [["a", "", "e"], ["b", "d"]]


def test_null_leaves_a_cell_alone_and_an_empty_string_clears_it(book: Book) -> None:
    book.write("A1", [["a", "b", "c"]])
    reply = book.write("A1", [[None, "", "x"]])
    assert (reply.json["updatedCells"], reply.json["updatedColumns"]) == (2, 2)
    assert book.read("A1:C1") == [["a", "", "x"]]


def test_raw_keeps_a_formula_and_a_leading_zero_as_text(book: Book) -> None:
    book.write("A1", [["=1+1", "0812", "+62", "2026-01-02", "TRUE", True, 7, 1.5]])
    assert book.read("A1:H1") == [["=1+1", "0812", "+62", "2026-01-02", "TRUE", True, 7, 1.5]]


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("0812", 812, "812"),
        ("2,000,000.01", 2000000.01, "2,000,000.01"),
        ("2020-01-01", 43831, "2020-01-01"),
        ("1/2/2020", 43832, "1/2/2020"),
        ("9:30", 9.5 / 24, "9:30"),
        ("9:30 PM", 21.5 / 24, "9:30 PM"),
        ("2026-11-24 09:30", 46350 + 9.5 / 24, "2026-11-24 9:30"),
        ("50%", 0.5, "50%"),
        ("12.5%", 0.125, "12.50%"),
        ("true", True, "TRUE"),
        ("'0812", "0812", "0812"),
        ("'=1+1", "=1+1", "=1+1"),
        ("=1+1", 2, "2"),
        ("= 1 / 1024", 1 / 1024, "0.0009765625"),
        ("=1/3", 1 / 3, "0.3333333333"),
        ('="a"&"b"', "ab", "ab"),
        ('=HYPERLINK("https://x.id/1","KONS-1")', "KONS-1", "KONS-1"),
        ("=1/0", "#DIV/0!", "#DIV/0!"),
        ("=NOSUCH(1)", "#NAME?", "#NAME?"),
        ("jam sepuluh", "jam sepuluh", "jam sepuluh"),
        ("25:70", "25:70", "25:70"),
        ("1.5.2", "1.5.2", "1.5.2"),
        ("24 Nov 2026", 46350, "24 Nov 2026"),
        ("+62812345678", 62812345678, "62812345678"),
        ("+62-812", -750, "-750"),
        ("+62 812 3456", "#ERROR!", "#ERROR!"),
    ],
)
def test_user_entered(book: Book, typed: str, value: object, shown: str) -> None:
    book.write("A1", [[typed]], "USER_ENTERED")
    assert book.read("A1") == [[pytest.approx(value) if isinstance(value, float) else value]]
    assert book.read("A1", FORMATTED) == [[shown]]


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("2.000.000,01", 2000000.01, "2.000.000,01"),
        ("24/11/2026", 46350, "24/11/2026"),
        ("1,5", 1.5, "1,5"),
        ("0812", 812, "812"),
        ("1.5", "1.5", "1.5"),
    ],
)
def test_user_entered_in_indonesian(book: Book, typed: str, value: object, shown: str) -> None:
    change = {"updateSpreadsheetProperties": {"properties": {"locale": "in_ID"}, "fields": "locale"}}
    assert book.batch(change).status == 200
    book.write("A1", [[typed]], "USER_ENTERED")
    assert book.read("A1") == [[value]]
    assert book.read("A1", FORMATTED) == [[shown]]


def test_two_numbers_with_a_dash_are_a_day(book: Book) -> None:
    book.write("A1", [["1-2"]], "USER_ENTERED")
    assert isinstance(book.read("A1")[0][0], int)
    assert book.read("A1", FORMATTED) == [["1-2"]]


def test_a_text_format_keeps_what_is_typed(book: Book) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": "@"}}}
    area = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    book.batch({"repeatCell": {"range": area, "cell": text, "fields": "userEnteredFormat.numberFormat"}})
    book.write("A1", [["0812"]], "USER_ENTERED")
    assert book.read("A1") == [["0812"]]


def test_number_formats_show_numbers_as_moments(book: Book) -> None:
    book.write("A1", [[46350.396, 0.396, 1.005]])
    formats = [
        {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh.mm"},
        {"type": "TIME", "pattern": "hh:mm"},
        {"type": "NUMBER", "pattern": "0.00"},
    ]
    for column, number_format in enumerate(formats):
        area = {"sheetId": 0, "endRowIndex": 1, "startColumnIndex": column, "endColumnIndex": column + 1}
        cell = {"userEnteredFormat": {"numberFormat": number_format}}
        book.batch({"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat.numberFormat"}})
    assert book.read("A1:C1", FORMATTED) == [["24/11/2026 09.30", "09:30", "1.00"]]
    assert book.read("A1:C1", dateTimeRenderOption="FORMATTED_STRING") == [["24/11/2026 09.30", "09:30", 1.005]]
    assert book.read("A1:C1", "FORMULA") == [[46350.396, 0.396, 1.005]]


def test_formulas_come_back_as_typed_and_see_other_cells(book: Book) -> None:
    book.write("A1", [[2, 3, "=SUM(A1:B1)", "=C1*2", "=Sheet1!A1", "=F1"]], "USER_ENTERED")
    assert book.read("A1:F1") == [[2, 3, 5, 10, 2, "#REF!"]]
    assert book.read("C1", "FORMULA") == [["=SUM(A1:B1)"]]


def test_ranges_past_the_grid(book: Book, rest: Rest) -> None:
    reply = rest.get(f"{book.path}/values/Sheet1!A1001:B1002")
    assert reply.status == 400
    assert reply.message == "Range (Sheet1!A1001:B1002) exceeds grid limits. Max rows: 1000, max columns: 26"
    assert rest.get(f"{book.path}/values/Sheet1!Y999:AB1002").json["range"] == "Sheet1!Y999:Z1000"
    assert "exceeds grid limits" in book.write("Z1", [["a", "b"]]).message
    assert "exceeds grid limits" in book.write("A1000", [["a"], ["b"]]).message
    assert book.write("A1:B1", [["a", "b", "c"]]).message == (
        "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"
    )
    assert book.write("A1:B1", [["a"], ["b"]]).message == (
        "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"
    )
    assert book.read("A1:C2") == []


def test_unknown_ranges_and_missing_options(book: Book, rest: Rest) -> None:
    assert rest.get(f"{book.path}/values/Nowhere!A1").message == "Unable to parse range: Nowhere!A1"
    reply = rest.call("PUT", f"{book.path}/values/A1", {"values": [["x"]]})
    assert reply.status == 400
    assert "valueInputOption" in reply.message
    assert rest.get("/v4/spreadsheets/nope/values/A1").json["error"]["status"] == "NOT_FOUND"


def test_batch_update_of_values_is_all_or_nothing(book: Book, rest: Rest) -> None:
    good, bad = {"range": "A1", "values": [["x"]]}, {"range": "Z1", "values": [["x", "y"]]}
    body = {"valueInputOption": "RAW", "data": [good, bad]}
    reply = rest.post(f"{book.path}/values:batchUpdate", body)
    assert reply.status == 400
    assert reply.message.startswith("Invalid data[1]: Range (Sheet1!Z1:AA1) exceeds grid limits.")
    assert book.read("A1") == []


def test_append_starts_where_the_last_table_starts(book: Book) -> None:
    """Recorded: a gap in the first row makes two tables, and the second append goes under the right one."""
    assert book.append("Sheet1", [["v1", "", "v3"]]).json["updates"]["updatedRange"] == "Sheet1!A1:C1"
    second = book.append("Sheet1", [["v1", "", "v3"]]).json
    assert (second["tableRange"], second["updates"]["updatedRange"]) == ("Sheet1!C1", "Sheet1!C2:E2")


def test_append_with_a_start_cell_stays_in_its_table(book: Book) -> None:
    book.append("Sheet1!A1", [["v1", "", "v3"]])
    second = book.append("Sheet1!A1", [["v1", "", "v3"]]).json
    assert (second["tableRange"], second["updates"]["updatedRange"]) == ("Sheet1!A1", "Sheet1!A2:C2")


def test_append_by_the_guides_example(book: Book) -> None:
    """Tables at A1:C2 and B4:D6 (developers.google.com/workspace/sheets/api/guides/values#appending_values)."""
    rows = [["x", "y", "z"], ["x", "y", "z"], [], ["", "x", "y"], ["", "", "y", "z"], ["", "x", "y", "z"]]
    for a1, place in {
        "Sheet1": "Sheet1!B7",
        "B4": "Sheet1!B7",
        "C5:D5": "Sheet1!B7",
        "B2:D4": "Sheet1!B7",
        "A3:G10": "Sheet1!B7",
        "A1": "Sheet1!A3",
        "E4": "Sheet1!E4",
    }.items():
        book.rest.post(f"{book.path}/values/Sheet1:clear")
        book.write("A1", rows)
        assert book.append(a1, [["new"]]).json["updates"]["updatedRange"] == place, a1


def test_append_overwrites_or_inserts_and_grows_the_grid(book: Book) -> None:
    book.write("A1", [["h1"], ["a"], [], ["below"]])
    book.append("A1", [["b"], ["c"]], insertDataOption="INSERT_ROWS")
    assert book.read("A1:A6") == [["h1"], ["a"], ["b"], ["c"], [], ["below"]]
    assert book.append("A1", [["d"], ["e"]]).json["updates"]["updatedRange"] == "Sheet1!A5:A6"
    assert book.read("A1:A6") == [["h1"], ["a"], ["b"], ["c"], ["d"], ["e"]]
    size = {
        "properties": {"sheetId": 0, "gridProperties": {"rowCount": 6, "columnCount": 1}},
        "fields": "gridProperties",
    }
    book.batch({"updateSheetProperties": size})
    book.append("A1", [["f", "g"]])
    grid = book.get()["sheets"][0]["properties"]["gridProperties"]
    assert (grid["rowCount"], grid["columnCount"]) == (7, 2)


def test_answers_can_carry_the_values_written(book: Book) -> None:
    reply = book.write("A1", [["1/2/2020"]], "USER_ENTERED", includeValuesInResponse="true")
    assert reply.json["updatedData"]["values"] == [["1/2/2020"]]
    more = {"includeValuesInResponse": "true", "responseValueRenderOption": "UNFORMATTED_VALUE"}
    assert book.append("A1", [[5]], **more).json["updates"]["updatedData"]["values"] == [[5]]


def test_a_word_is_a_cell_before_it_is_a_tab(book: Book, rest: Rest) -> None:
    """https://github.com/burnash/gspread/issues/652"""
    book.batch({"addSheet": {"properties": {"title": "P1"}}})
    assert rest.get(f"{book.path}/values/P1").json["range"] == "Sheet1!P1"
    assert rest.get(f"{book.path}/values/'P1'").json["range"] == "'P1'!A1:Z1000"
    assert rest.get(f"{book.path}/values/Sheet1!D4:A1").json["range"] == "Sheet1!A1:D4"
    assert rest.get(f"{book.path}/values/A2:A").json["range"] == "Sheet1!A2:A1000"
    assert rest.get(f"{book.path}/values/2:3").json["range"] == "Sheet1!A2:Z3"


def test_clear_keeps_formats_and_notes(book: Book) -> None:
    cell = {"userEnteredValue": {"stringValue": "x"}, "note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    book.batch({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "*"}})
    book.rest.post(f"{book.path}/values:batchClear", {"ranges": ["A1:B2", "D4"]})
    found = book.get(ranges="A1", fields="sheets.data.rowData.values(note,userEnteredFormat,effectiveValue)")
    values = found["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert values == {"note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}
