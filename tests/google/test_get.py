"""spreadsheets.get and field masks; who may see and edit."""

from __future__ import annotations

import pytest

from tests.google import fieldmask
from tests.google.identity import gspread_client
from tests.google.rest import Book, Rest
from tests.google.server import GoogleServer


def test_one_typed_read_tells_text_from_numbers_and_errors(book: Book) -> None:
    book.write("A1", [["001", 1.5, True]])
    book.write("A2", [["=1+1", "=NOSUCH()"]], "USER_ENTERED")
    fields = (
        "properties(timeZone,locale),sheets(properties(sheetId,title),"
        "data(startRow,rowData.values(userEnteredValue,effectiveValue,formattedValue)))"
    )
    found = book.get(ranges="Sheet1!A1:C2", fields=fields)
    assert found["properties"] == {"timeZone": "Etc/GMT", "locale": "en_US"}
    first, second = found["sheets"][0]["data"][0]["rowData"]
    assert [cell["effectiveValue"] for cell in first["values"]] == [
        {"stringValue": "001"},
        {"numberValue": 1.5},
        {"boolValue": True},
    ]
    assert second["values"][0]["userEnteredValue"] == {"formulaValue": "=1+1"}
    assert second["values"][0]["effectiveValue"] == {"numberValue": 2}
    assert second["values"][1]["effectiveValue"]["errorValue"]["type"] == "NAME"
    assert second["values"][1]["formattedValue"] == "#NAME?"


def test_a_cell_leads_where_its_formula_or_the_link_of_the_whole_cell_leads(book: Book) -> None:
    """CellData.hyperlink, as the API's reference has it."""
    book.write("A1", [['=HYPERLINK("https://a.example/", "a")', "b", "c"]], "USER_ENTERED")
    link = {"userEnteredFormat": {"textFormat": {"link": {"uri": "https://b.example/"}}}}
    place = {"sheetId": 0, "rowIndex": 0, "columnIndex": 1}
    fields = "userEnteredFormat.textFormat.link"
    book.batch({"updateCells": {"start": place, "rows": [{"values": [link]}], "fields": fields}})

    (row,) = book.get(ranges="A1:C1", fields="sheets.data.rowData.values.hyperlink")["sheets"][0]["data"][0]["rowData"]

    assert [cell.get("hyperlink") for cell in row["values"]] == ["https://a.example/", "https://b.example/", None]


def test_ranges_limit_the_tabs_and_offsets_are_told(book: Book) -> None:
    book.batch({"addSheet": {"properties": {"title": "Lain"}}})
    book.write("Lain!C3", [["x"]])
    found = book.get(ranges=["Lain!B2:D4"], includeGridData="true")
    assert [sheet["properties"]["title"] for sheet in found["sheets"]] == ["Lain"]
    data = found["sheets"][0]["data"][0]
    assert (data["startRow"], data["startColumn"]) == (1, 1)
    assert len(data["rowMetadata"]) == len(data["columnMetadata"]) == 3
    assert data["rowData"][0] == {}
    cell = data["rowData"][1]["values"][1]
    assert cell["effectiveFormat"]["textFormat"]["fontSize"] == 10


def test_a_mask_makes_include_grid_data_pointless(book: Book) -> None:
    book.write("A1", [["x"]])
    assert "data" not in book.get(includeGridData="true", fields="sheets.properties")["sheets"][0]
    assert "data" in book.get(includeGridData="false", fields="sheets.data.rowData")["sheets"][0]
    assert "data" not in book.get()["sheets"][0]


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("a", {"a": {}}),
        ("a.b,a/c", {"a": {"b": {}, "c": {}}}),
        ("a(b,c(d.e)),f", {"a": {"b": {}, "c": {"d": {"e": {}}}}, "f": {}}),
        ("a(b),a", {"a": {}}),
        ("a,a(b)", {"a": {}}),
        ("*", {"*": {}}),
        ("a(*)", {"a": {"*": {}}}),
    ],
)
def test_masks_are_read(text: str, mask: dict[str, object]) -> None:
    assert fieldmask.parse(text) == mask


@pytest.mark.parametrize("text", ["a(", "a)", "a,,b", "a b", "(a)", "a..b", ",a"])
def test_bad_masks_are_refused(text: str, book: Book, rest: Rest) -> None:
    with pytest.raises(fieldmask.MaskError):
        fieldmask.parse(text)
    assert rest.get(book.path, fields=text).status == 400


def test_a_field_that_does_not_exist_is_refused_in_each_familys_way(book: Book, rest: Rest) -> None:
    reply = rest.get(book.path, fields="sheets.nothing")
    assert reply.status == 400
    assert "sheets.nothing" in reply.json["error"]["details"][0]["fieldViolations"][0]["description"]
    drive = rest.get(f"/drive/v3/files/{book.id}", fields="id,nothing")
    assert (drive.status, drive.reason) == (400, "invalidParameter")


def test_wildcards(book: Book) -> None:
    assert set(book.get(fields="*")) >= {"spreadsheetId", "sheets", "properties"}
    assert book.get(fields="sheets(*)")["sheets"][0]["properties"]["sheetId"] == 0


def test_a_stranger_is_refused_and_a_reader_may_not_write(server: GoogleServer, book: Book, rest: Rest) -> None:
    robot = gspread_client(server.url, "robot@x.iam.gserviceaccount.com").http_client.session
    url = f"{server.url}{book.path}"
    refused = robot.get(url)
    assert (refused.status_code, refused.json()["error"]["message"]) == (403, "The caller does not have permission")
    share = {"role": "reader", "type": "user", "emailAddress": "robot@x.iam.gserviceaccount.com"}
    assert rest.post(f"/drive/v3/files/{book.id}/permissions", share).status == 200
    assert robot.get(url).status_code == 200
    body: dict[str, object] = {"requests": [{"addSheet": {}}]}
    assert robot.post(f"{url}:batchUpdate", json=body).status_code == 403


def test_protected_cells_stop_everyone_but_their_editors(server: GoogleServer, book: Book, rest: Rest) -> None:
    email = "robot@x.iam.gserviceaccount.com"
    share = {"role": "writer", "type": "user", "emailAddress": email}
    rest.post(f"/drive/v3/files/{book.id}/permissions", share)
    robot = gspread_client(server.url, email).open_by_key(book.id).sheet1
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    protected = {"protectedRangeId": 1, "range": area, "editors": {"users": ["someone@example.com"]}}
    book.batch({"addProtectedRange": {"protectedRange": protected}})
    body = {"requests": [{"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}]}
    session = robot.client.session
    for reply in (
        session.put(f"{server.url}{book.path}/values/A1?valueInputOption=RAW", json={"values": [["x"]]}),
        session.post(f"{server.url}{book.path}:batchUpdate", json=body),
    ):
        assert reply.status_code == 400
        assert "You are trying to edit a protected cell or object" in reply.json()["error"]["message"]
    robot.update_acell("A2", "free")
    shown = robot.spreadsheet.fetch_sheet_metadata()["sheets"][0]["protectedRanges"][0]
    assert "requestingUserCanEdit" not in shown
    warning = {"protectedRangeId": 1, "warningOnly": True}
    request = {"protectedRange": warning, "fields": "warningOnly"}
    assert book.batch({"updateProtectedRange": request}).status == 200
    robot.update_acell("A1", "only warned")
    assert book.read("A1:A2") == [["only warned"], ["free"]]
