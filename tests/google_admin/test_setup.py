"""``agenda setup`` on an empty account makes a working office, and a second time changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from sync.errors import AccessRefused, AgendaError, SafetyStop
from sync.workspace.google.admin import words
from sync.workspace.google.admin.calls import AdminDrive
from sync.workspace.google.admin.errors import (
    FormByHand,
    LinkedElsewhere,
    MadeGone,
    NoPlace,
    SharingRefused,
)
from sync.workspace.google.errors import FolderRefused, NoStorage, NotAFolder, NotThere, ServiceDisabled
from tests.google.identity import ROBOT
from tests.google_admin.office import AdminOffice


def test_an_empty_account_gets_one_of_each(empty: AdminOffice) -> None:
    """Named as people know them, in the shared drive, the form too, which the Forms API makes in My Drive."""
    report = empty.setup()

    made = empty.made()
    assert made.spreadsheets == [words.SPREADSHEET_TITLE]
    assert made.folders == [words.FOLDER_TITLE]
    assert made.forms == [words.FORM_TITLE]
    picture = empty.picture()
    assert picture["places"] == [[empty.account.drive_id]] * 2
    assert picture["form place"] == [empty.account.drive_id]
    assert picture["settings"] == ("Asia/Pontianak", "id_ID")
    assert set(report.links) == {"spreadsheet", "archive", "form"}


def test_the_book_has_its_tabs_looks_and_rules(empty: AdminOffice) -> None:
    """All tabs but the form's own; drop-downs that offer and never refuse; warnings, never locks."""
    empty.setup()

    book = empty.staff.book
    assert [sheet.title for sheet in book.sheets] == [
        "Agenda", "Agenda Keluar", "Rekap", "Petugas", "Referensi", "Register", "Arsip",
    ]  # fmt: skip
    agenda = book.by_title("Agenda")
    assert agenda is not None
    assert agenda.properties["gridProperties"] == {"frozenRowCount": 1, "frozenColumnCount": 1}
    rule = agenda.cell(5, empty.staff.column("Agenda", "Petugas")).validation
    assert rule is not None
    assert rule["condition"] == {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='Petugas'!$A$2:$A$6"}]}
    assert not rule.get("strict")
    formats = {
        header: (agenda.cell(5, empty.staff.column("Agenda", header)).format or {}).get("numberFormat", {})
        for header in ("Waktu Registrasi", "Waktu Datang", "Nomor HP/WhatsApp", "Nama Lengkap")
    }
    assert formats["Waktu Registrasi"] == {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"}
    assert formats["Waktu Datang"] == {}
    assert formats["Nomor HP/WhatsApp"]["pattern"] == formats["Nama Lengkap"]["pattern"] == "@"
    protected = [entry for _, entry in book.objects("protectedRanges")]
    assert all(entry["warningOnly"] for entry in protected)
    register = book.by_title("Register")
    assert register is not None
    assert [entry["description"].split() for entry in register.objects["protectedRanges"]] == [
        ["agenda", "revision", "1"]
    ]
    assert len(agenda.objects["conditionalFormats"]) == 7
    assert empty.staff.rows("Referensi")[1][0] == "Pengurus koperasi"


def test_the_tab_rekap_has_its_charts_and_gets_back_one_that_was_deleted(empty: AdminOffice) -> None:
    """The same four as in the Excel book; the ones that are there are not drawn again."""
    empty.setup()
    recap = empty.staff.book.by_title("Rekap")
    assert recap is not None
    drawn = [chart["chartId"] for chart in recap.objects["charts"]]

    recap.objects["charts"].pop()
    empty.setup()

    recap = empty.staff.book.by_title("Rekap")
    assert recap is not None
    assert len(drawn) == 4
    assert sorted(chart["chartId"] for chart in recap.objects["charts"]) == sorted(drawn)


def test_the_form_asks_everything_and_insists_on_two(empty: AdminOffice) -> None:
    """Flag, never reject: only name and consent are required; the notice stands above; nobody has to sign in."""
    empty.setup()

    form = empty.google.state.forms[empty.config().google.form_id].document
    asked = {item["title"]: item["questionItem"]["question"] for item in form["items"]}
    headers = list(empty.config().rules.columns.responses.headers.values())
    assert list(asked) == headers[1:]
    assert [title for title, question in asked.items() if question.get("required")] == ["Nama Lengkap", "Persetujuan"]
    assert "timeQuestion" in asked["Waktu Datang"]
    assert asked["Topik Konsultasi"]["choiceQuestion"]["type"] == "DROP_DOWN"
    assert asked["Persetujuan"]["choiceQuestion"]["options"] == [{"value": "Ya, saya setuju"}]
    notice = form["info"]["description"]
    assert all(word in notice for word in ("UU Nomor 27 Tahun 2022", "Tujuan", "Penyimpanan", "Hak", "000.8 / 1622.3"))
    assert form["settings"]["emailCollectionType"] == "DO_NOT_COLLECT"
    assert form["publishSettings"]["publishState"] == {"isPublished": True, "isAcceptingResponses": True}


def test_access_is_given_as_config_says_and_once(empty: AdminOffice) -> None:
    """Writers everywhere, readers not in the form's editor; what somebody has already stays."""
    empty.setup()

    writer, reader = ("bidang@kantor.go.id", "writer"), ("pimpinan@kantor.go.id", "reader")
    anyone = ("", "reader")
    assert empty.picture()["shared"] == [[writer, reader], [writer, reader], [anyone, writer]]


def test_a_second_time_changes_nothing(empty: AdminOffice) -> None:
    """Not one call that writes; the same state to the last byte."""
    empty.setup()
    before = empty.google.snapshot()
    empty.writes()

    report = empty.setup()

    assert report.done == []
    assert empty.writes() == []
    state = empty.google.state
    assert {key: file.version for key, file in state.files.items()} == {
        key: file.version for key, file in before.files.items()
    }
    assert {key: form.document for key, form in state.forms.items()} == {
        key: form.document for key, form in before.forms.items()
    }


def test_the_linking_step_is_told_and_then_verified(empty: AdminOffice) -> None:
    """Every click with its link; afterwards the form's tab gets the name that config.yaml says."""
    report = empty.setup()
    assert any(empty.config().google.form_id in line for line in report.step)
    assert any("Tautkan ke Spreadsheet" in line for line in report.step)

    empty.link()
    again = empty.setup()

    assert (again.step, again.linked) == ((), True)
    assert empty.staff.book.sheets[0].title == "Respons"
    empty.writes()
    assert empty.setup().linked
    assert empty.writes() == []


def test_a_response_after_setting_up_is_registered_by_a_run(office: AdminOffice) -> None:
    """The whole of it through the command line: form, spreadsheet, receipt in the archive."""
    answers: dict[str, str | list[str]] = {
        "Waktu Datang": "08:05",
        "Nama Lengkap": "Siti",
        "Persetujuan": "Ya, saya setuju",
    }
    office.google.clock.set("2026-11-24T01:10:00Z")
    office.staff.submit(answers, form_id=office.config().google.form_id)

    outcome = office.agenda("run", "--json", "--now", "2026-11-24T10:00")

    assert outcome.code == 0, outcome.err
    assert (outcome.json()["registered"], outcome.json()["documents_filed"]) == (1, 1)
    row = office.staff.find("Agenda", "Nama Lengkap", "Siti")
    assert office.staff.rows("Agenda")[row - 1][0] == "KONS-2026-0001"
    office.writes()
    office.setup()
    assert office.writes() == []


def test_the_command_prints_what_it_did_and_the_step(empty: AdminOffice) -> None:
    outcome = empty.agenda("setup")

    assert outcome.code == 0, outcome.err
    assert "tab 'Agenda' made" in outcome.out
    assert "One step is left that only a person can do" in outcome.out
    again = empty.agenda("setup")
    assert "everything is there already" in again.out


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


class TestServiceAccount:
    def test_it_makes_all_but_the_form_and_says_how_to(self, empty: AdminOffice) -> None:
        """It owns no storage, and Google makes forms in My Drive: a person makes an empty one, setup fills it."""
        empty.configure(identity="service-account")

        with pytest.raises(FormByHand) as stopped:
            empty.setup()

        assert "form_id" in str(stopped.value)
        assert empty.made().spreadsheets == [words.SPREADSHEET_TITLE]
        assert empty.picture_of_sharing() == 4
        empty.configure(identity="service-account", form_id=empty.account.form_id)
        report = empty.setup()
        assert report.step
        assert len(empty.google.state.forms[empty.account.form_id].document["items"]) == 13
        assert empty.made().spreadsheets == [words.SPREADSHEET_TITLE]

    def test_without_a_shared_drive_nothing_is_begun(self, empty: AdminOffice) -> None:
        empty.configure(identity="service-account", shared_drive_id="")

        with pytest.raises(NoPlace):
            empty.setup()

        assert empty.writes() == []
        assert empty.google.counters.total == 0

    def test_a_my_drive_folder_is_no_place_for_it(self, empty: AdminOffice) -> None:
        folder = empty.google.state.files[empty.account.folder_id]
        folder.drive_id, folder.owner, folder.parents = None, "owner@example.com", []
        folder.permissions = [{"id": "1", "type": "user", "role": "writer", "emailAddress": ROBOT}]
        empty.configure(identity="service-account", shared_drive_id=empty.account.folder_id)

        with pytest.raises(NoStorage):
            empty.setup()

        assert empty.writes() == []


def test_a_shared_drive_that_does_not_name_itself_is_asked(empty: AdminOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which drive a file is in is an optional part of Google's answer."""
    get = AdminDrive.get

    def terse(self: AdminDrive, file_id: str, fields: str) -> Any:
        found = get(self, file_id, fields)
        if found and file_id == empty.account.drive_id:
            found.pop("driveId")
        return found

    monkeypatch.setattr(AdminDrive, "get", terse)
    empty.configure(identity="service-account", form_id=empty.account.form_id)

    assert empty.setup().step


def test_a_person_without_a_shared_drive_gets_all_in_my_drive(empty: AdminOffice) -> None:
    empty.configure(shared_drive_id="")

    empty.setup()

    state = empty.google.state
    section = empty.config().google
    for file_id in (section.spreadsheet_id, section.archive_folder_id, section.form_id):
        assert state.files[file_id].drive_id is None
        assert state.files[file_id].owner == "user@example.com"


@pytest.mark.parametrize(
    ("drive_id", "error"), [("1nothing", NotThere), ("form", NotAFolder)], ids=["nowhere", "no folder"]
)
def test_a_wrong_shared_drive_is_told_before_anything_is_made(
    empty: AdminOffice, drive_id: str, error: type[AgendaError]
) -> None:
    empty.configure(shared_drive_id=empty.account.form_id if drive_id == "form" else drive_id)

    with pytest.raises(error):
        empty.setup()

    assert empty.writes() == []


def test_a_drive_that_the_account_may_only_read_is_refused_at_once(empty: AdminOffice) -> None:
    empty.google.state.drives[empty.account.drive_id].members = {"*": "reader"}

    with pytest.raises(FolderRefused):
        empty.setup()

    assert empty.writes() == []


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


def test_an_address_that_google_refuses_is_named_by_its_place_alone(empty: AdminOffice) -> None:
    empty.google.faults.fail(
        400, method=r"permissions\.create$", path="permissions", nth=2, reason="invalidSharingRequest"
    )

    with pytest.raises(SharingRefused) as stopped:
        empty.setup()

    assert "entry" in str(stopped.value)
    assert "kantor.go.id" not in str(stopped.value)
    empty.google.faults.clear()
    empty.setup()


def test_an_api_that_is_switched_off_is_named(empty: AdminOffice) -> None:
    empty.google.faults.fail(403, kind="drive", reason="accessNotConfigured", times=0)

    with pytest.raises(AccessRefused) as stopped:
        empty.setup()

    assert isinstance(stopped.value, ServiceDisabled)


def test_a_form_that_may_not_be_opened_to_anyone_is_still_published(empty: AdminOffice) -> None:
    """An organisation may forbid it; then only those the form is shared with can answer."""
    empty.google.faults.fail(403, method=r"permissions\.create$", nth=1, reason="publishOutNotPermitted")

    report = empty.setup()

    assert any("did not open it to anyone" in line for line in report.left)
    form = empty.google.state.forms[empty.config().google.form_id].document
    assert form["publishSettings"]["publishState"]["isPublished"]


def test_responders_shared_opens_the_form_to_nobody_else(empty: AdminOffice) -> None:
    empty.configure(responders="shared")

    empty.setup()

    assert ("", "reader") not in empty.picture()["shared"][2]
