"""``agenda doctor`` on Google: each fault has its line, with what to do; the exit code is of what would stop a run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync.config.made import MadeFile
from tests.google.faults import Rule
from tests.google.identity import ROBOT
from tests.google_admin.office import AdminOffice


def test_a_whole_office_has_nothing_that_stops_a_run(office: AdminOffice) -> None:
    office.staff.write("Petugas", "A2", [["Budi", "'1990", "Staf", "Ya"]])

    checks = office.doctor()

    assert [check.found for check in checks.values() if not check.passed] == []
    assert "on a shared drive" in checks["archive folder"].found
    assert "MiB free" in checks["storage"].found
    assert office.writes() == []


def rename_tab(office: AdminOffice) -> None:
    office.staff.rename_tab("Agenda", "Agenda lama")


def rename_header(office: AdminOffice) -> None:
    office.staff.rename_column("Agenda", "Status", "Keadaan")


def other_zone(office: AdminOffice) -> None:
    change = {"properties": {"timeZone": "Asia/Jayapura"}, "fields": "timeZone"}
    office.staff.requests({"updateSpreadsheetProperties": change})


def other_locale(office: AdminOffice) -> None:
    office.staff.requests({"updateSpreadsheetProperties": {"properties": {"locale": "en_US"}, "fields": "locale"}})


def locked_tab(office: AdminOffice) -> None:
    office.staff.protect("Petugas")
    sheet = office.staff.book.by_title("Agenda")
    assert sheet is not None
    area = {"sheetId": sheet.sheet_id, "startRowIndex": 0, "endRowIndex": 30}
    office.staff.requests(
        {"addProtectedRange": {"protectedRange": {"range": area, "editors": {"users": ["owner@example.com"]}}}}
    )


def trashed_folder(office: AdminOffice) -> None:
    office.server.staff.trash(office.config().google.archive_folder_id)


def trashed_book(office: AdminOffice) -> None:
    office.server.staff.trash(office.config().google.spreadsheet_id)


def read_only_drive(office: AdminOffice) -> None:
    office.google.state.drives[office.account.drive_id].members = {"*": "reader"}


def not_shared(office: AdminOffice) -> None:
    office.google.state.drives[office.account.drive_id].members = {}


def unlinked(office: AdminOffice) -> None:
    office.server.staff.unlink_form(office.config().google.form_id)


def linked_elsewhere(office: AdminOffice) -> None:
    office.server.staff.link_form("Lain", office.config().google.form_id)


def unpublished(office: AdminOffice) -> None:
    state = {"isPublished": False, "isAcceptingResponses": False}
    office.google.state.forms[office.config().google.form_id].document["publishSettings"] = {"publishState": state}


def closed(office: AdminOffice) -> None:
    state = {"isPublished": True, "isAcceptingResponses": False}
    office.google.state.forms[office.config().google.form_id].document["publishSettings"] = {"publishState": state}


def renamed_question(office: AdminOffice) -> None:
    office.google.state.forms[office.config().google.form_id].document["items"][1]["title"] = "Nama Anda"


def revoked(office: AdminOffice) -> None:
    office.google.tokens.disabled.add("user@example.com")


def clock_off(office: AdminOffice) -> None:
    office.configure(identity="service-account")
    office.google.tokens.clock_skew = 4800


def open_token(office: AdminOffice) -> None:
    office.write_secret("token.json", {}).chmod(0o644)


def open_key(office: AdminOffice) -> None:
    office.configure(identity="service-account")
    (office.folder / "credentials" / "service-account.json").chmod(0o640)


def no_key(office: AdminOffice) -> None:
    office.configure(identity="service-account")
    (office.folder / "credentials" / "service-account.json").unlink()


def my_drive_folder(office: AdminOffice) -> None:
    office.configure(identity="service-account")
    folder = office.google.state.files[office.config().google.archive_folder_id]
    folder.drive_id, folder.owner, folder.parents = None, "owner@example.com", []
    folder.permissions = [{"id": "1", "type": "user", "role": "writer", "emailAddress": ROBOT}]


def api_off(office: AdminOffice) -> None:
    office.google.faults.add(Rule(nth=1, times=0, status=403, kind="drive", reason="accessNotConfigured"))


def quota_gone(office: AdminOffice) -> None:
    office.google.faults.add(Rule(nth=1, times=0, status=429, kind="sheets_read", retry_after=300))


def no_ids(office: AdminOffice) -> None:
    MadeFile(office.config_path).put({"archive_folder_id": None})


FAULTS: list[tuple[Callable[[AdminOffice], None], str, str, int]] = [
    (rename_tab, "agenda book", "tab 'Agenda' is missing", 5),
    (rename_header, "agenda book", "no column is headed 'Status'", 5),
    (other_zone, "time zone", "Asia/Jayapura", 5),
    (other_locale, "locale", "set it to Indonesia", 0),
    (locked_tab, "protection", "tab 'Agenda'", 3),
    (trashed_folder, "archive folder", "lies in the bin", 5),
    (trashed_book, "spreadsheet", "lies in the bin", 5),
    (read_only_drive, "spreadsheet", "can only be read", 3),
    (not_shared, "spreadsheet", "not shared with the account", 3),
    (unlinked, "form linked", "Link to Sheets", 0),
    (linked_elsewhere, "form linked", "Unlink form", 0),
    (unpublished, "form published", "not published", 0),
    (closed, "form published", "closed for responses", 0),
    (renamed_question, "form questions", "'Nama Lengkap'", 0),
    (revoked, "signing in", "agenda login", 3),
    (clock_off, "signing in", "time synchronisation", 3),
    (open_token, "credentials", "chmod 600", 2),
    (open_key, "secret files", "chmod 600", 0),
    (no_key, "credentials", "service-account.json", 2),
    (my_drive_folder, "archive folder", "shared drive", 3),
    (api_off, "spreadsheet", "switched off in the Google Cloud project", 3),
    (quota_gone, "agenda book", "quota", 4),
    (no_ids, "archive folder", "agenda setup", 2),
]


@pytest.mark.parametrize(("break_it", "what", "words", "code"), FAULTS, ids=[fault[0].__name__ for fault in FAULTS])
def test_every_fault_has_its_line_and_its_exit_code(
    office: AdminOffice,
    monkeypatch: pytest.MonkeyPatch,
    break_it: Callable[[AdminOffice], None],
    what: str,
    words: str,
    code: int,
) -> None:
    """Through the command line, on a page wide enough not to be wrapped."""
    monkeypatch.setenv("COLUMNS", "2000")
    break_it(office)

    outcome = office.agenda("doctor")

    lines = [line for line in outcome.out.splitlines() if line.startswith(f"│ {what} ")]
    assert len(lines) == 1, outcome.out
    assert words in lines[0]
    assert ("FAILED" in lines[0]) == bool(code), lines[0]
    assert outcome.code == code
    assert "kantor.go.id" not in outcome.out


def test_scopes_that_were_not_granted_are_told(office: AdminOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person may untick a box; Google then answers with fewer scopes than were asked for."""
    issue = office.google.tokens._issue
    monkeypatch.setattr(
        office.google.tokens,
        "_issue",
        lambda principal, scopes: issue(principal, "https://www.googleapis.com/auth/drive"),
    )

    assert "spreadsheets" in office.doctor()["scopes"].found


def test_an_account_that_is_not_named_is_a_person(office: AdminOffice) -> None:
    """A service account's address is shown, since things have to be shared with it; a person's is not."""
    assert "user@example.com" not in office.doctor()["signing in"].found
    office.configure(identity="service-account")
    assert ROBOT in office.doctor()["signing in"].found


def test_a_book_without_a_revision_is_worth_a_look(office: AdminOffice) -> None:
    register = office.staff.book.by_title("Register")
    assert register is not None
    register.objects["protectedRanges"].clear()

    check = office.doctor()["revision"]

    assert (check.passed, check.error) == (False, None)


def test_probing_a_folder_is_refused(office: AdminOffice) -> None:
    text = office.config_path.read_text(encoding="utf-8").replace("backend: google", "backend: local")
    office.config_path.write_text(text, encoding="utf-8")

    assert office.agenda("doctor", "--probe").code == 2
