"""What people made, changed or took away is theirs: setup completes around it or tells, and makes nothing anew."""

from __future__ import annotations

from typing import Any

import pytest

from sync.errors import SafetyStop
from sync.workspace.google.admin.errors import LinkedElsewhere, MadeGone
from tests.google_admin.office import AdminOffice


def half_made(office: AdminOffice) -> None:
    """A spreadsheet that people began: an agenda with some columns, their own colours, rule, tab and rows."""
    staff = office.server.staff
    staff.add_tab("Agenda")
    staff.write(
        "Agenda", "A1", [["No. Registrasi", "Nama Lengkap", "Petugas", "Catatan kami"], ["K-1", "Ani", "Budi", "x"]]
    )
    staff.add_tab("Rapat")
    staff.write("Rapat", "A1", [["Senin"]])
    sheet = staff.book.by_title("Agenda")
    assert sheet is not None
    area = {"sheetId": sheet.sheet_id, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 3}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Budi"}]}, "strict": True}
    staff.requests({"setDataValidation": {"range": area, "rule": rule}})
    yellow = {"userEnteredFormat": {"backgroundColor": {"red": 1, "green": 1}}}
    staff.requests({"repeatCell": {"range": area, "cell": yellow, "fields": "userEnteredFormat.backgroundColor"}})


def people_made(office: AdminOffice) -> Any:
    sheets = {sheet.title: sheet for sheet in office.server.staff.book.sheets}
    agenda = sheets["Agenda"]
    return (
        [[agenda.cell(row, column) for column in range(4)] for row in range(0, 30)],
        sheets["Rapat"].rows,
        agenda.columns[:4],
        agenda.properties,
    )


def test_a_half_made_book_is_completed_around_what_people_made(empty: AdminOffice) -> None:
    """Missing columns come at the right; cells, formats, rules, tabs and settings of people stay."""
    half_made(empty)
    empty.configure(spreadsheet_id=empty.account.spreadsheet_id)
    before = people_made(empty)

    report = empty.setup()

    assert people_made(empty) == before
    headers = empty.server.staff.rows("Agenda")[0]
    assert headers[:4] == ["No. Registrasi", "Nama Lengkap", "Petugas", "Catatan kami"]
    assert set(headers[4:]) == set(empty.config().rules.columns.agenda.headers.values()) - set(headers[:3])
    assert any("'Status' added at the right" in line for line in report.done)
    assert "Sheet1" in [sheet.title for sheet in empty.server.staff.book.sheets]
    empty.writes()
    empty.setup()
    assert empty.writes() == []


def test_settings_of_a_book_with_entries_are_left_to_people(empty: AdminOffice) -> None:
    """Another time zone would read every moment in it differently."""
    half_made(empty)
    empty.server.staff.requests(
        {"updateSpreadsheetProperties": {"properties": {"timeZone": "Asia/Jayapura"}, "fields": "timeZone"}}
    )
    empty.configure(spreadsheet_id=empty.account.spreadsheet_id)

    report = empty.setup()

    assert empty.server.staff.book.properties["timeZone"] == "Asia/Jayapura"
    assert any("time zone Asia/Pontianak expected" in line for line in report.left)


def test_a_tab_without_any_of_its_headers_is_left_alone(empty: AdminOffice) -> None:
    staff = empty.server.staff
    staff.add_tab("Petugas")
    staff.write("Petugas", "A1", [["Daftar petugas"], ["Nama"]])
    empty.configure(spreadsheet_id=empty.account.spreadsheet_id)

    report = empty.setup()

    assert staff.rows("Petugas") == [["Daftar petugas"], ["Nama"]]
    assert any("'Petugas'" in line for line in report.left)


def test_a_form_that_people_made_keeps_its_questions(empty: AdminOffice) -> None:
    """Known by title; only what is missing is added, below."""
    with_name = {"title": "nama  lengkap", "questionItem": {"question": {"questionId": "0a", "textQuestion": {}}}}
    document = empty.google.state.forms[empty.account.form_id].document
    document["items"] = [{"itemId": "01", **with_name}]
    document["info"]["description"] = "Selamat datang"
    empty.configure(form_id=empty.account.form_id)

    empty.setup()

    form = empty.google.state.forms[empty.account.form_id].document
    assert form["items"][0] == {"itemId": "01", **with_name}
    assert form["info"]["description"] == "Selamat datang"
    assert len(form["items"]) == 13


@pytest.mark.parametrize("gone", ["trashed", "deleted"])
def test_what_setup_made_and_somebody_took_away_is_not_made_anew(empty: AdminOffice, gone: str) -> None:
    """A new, empty book would hide the loss of the old one."""
    empty.setup()
    spreadsheet_id = empty.config().google.spreadsheet_id
    if gone == "trashed":
        empty.server.staff.trash(spreadsheet_id)
    else:
        del empty.google.state.files[spreadsheet_id]
    empty.writes()

    with pytest.raises(MadeGone) as stopped:
        empty.setup()

    assert isinstance(stopped.value, SafetyStop)
    assert "spreadsheet_id" in str(stopped.value)
    assert empty.writes() == []


def test_a_form_linked_to_another_spreadsheet_is_told(empty: AdminOffice) -> None:
    empty.setup()
    empty.server.staff.link_form("Respons", empty.config().google.form_id)

    with pytest.raises(LinkedElsewhere):
        empty.setup()


def test_a_moment_headed_in_indonesian_is_told_with_the_line_for_config(empty: AdminOffice) -> None:
    empty.setup()
    empty.link()
    empty.staff.rename_column("Form Responses 1", "Timestamp", "Cap waktu")

    report = empty.setup()

    assert any("kolom, Respons: {Timestamp: Cap waktu}" in line for line in report.left)
