"""What can be wrong with the spreadsheet and the way to it: each has its sentence and next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sync.domain.table import AppendRows, Revision, RowUpdate, UpdateRows
from sync.errors import AgendaError, BookChanged, HeaderMissing, SafetyStop, TabMissing, TryLater
from sync.workspace.google import GoogleWorkspace
from sync.workspace.google.errors import (
    BookTrashed,
    CellsProtected,
    NotShared,
    NotThere,
    QuotaExhausted,
    RequestRefused,
    ZoneDiffers,
)
from tests.google.faults import HTML_502
from tests.google.google import Reply, Request
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import a_run, submit


def add_one(workspace: GoogleWorkspace, number: str = "KONS-2026-0001") -> AppendRows:
    return AppendRows("Agenda", ({"No. Registrasi": number},))


def test_a_sheet_that_is_not_shared(office: GoogleOffice) -> None:
    office.google.faults.fail(403, kind="sheets", message="The caller does not have permission", reason="forbidden")
    with pytest.raises(NotShared, match="Share it with that account") as caught:
        office.open().read(["Agenda"])
    assert caught.value.exit_code == 3


def test_a_sheet_that_was_deleted(office: GoogleOffice) -> None:
    del office.google.state.spreadsheets[office.account.spreadsheet_id]
    del office.google.state.files[office.account.spreadsheet_id]
    workspace = office.open()
    with pytest.raises(NotThere, match=r"workspace\.google\.spreadsheet_id"):
        workspace.read(["Agenda"])
    with pytest.raises(NotThere):
        workspace.version()


def test_a_sheet_in_the_bin_is_not_watched_as_if_nothing_were(office: GoogleOffice) -> None:
    """It can be read and written there for weeks, and is then gone."""
    office.staff.trash(office.account.spreadsheet_id)
    with pytest.raises(BookTrashed, match="Restore it"):
        office.open().version()


def test_a_tab_that_was_renamed_is_left_out_and_the_job_stops(office: GoogleOffice) -> None:
    office.staff.rename_tab("Agenda", "Agenda Lama")
    workspace = office.open()
    assert "Agenda" not in workspace.read(["Agenda", "Petugas"]).tables
    with pytest.raises(TabMissing, match="'Agenda'"):
        a_run(office)


def test_no_ledger_tab_no_commit(office: GoogleOffice) -> None:
    office.staff.delete_tab("Register")
    workspace = office.open()
    snapshot = workspace.read(["Agenda"])
    with pytest.raises(TabMissing, match="Register"):
        workspace.commit([add_one(workspace)], snapshot.revision)


def test_a_header_that_was_moved_is_followed(office: GoogleOffice) -> None:
    """Columns are known by their headers; what stands in them goes with them."""
    submit(office, 1)
    a_run(office)
    office.staff.move_column("Agenda", "Status", "No. Registrasi")
    office.staff.move_column("Respons", "Nama Lengkap", "Timestamp")
    office.staff.move_column("Register", "No. Registrasi", "Waktu Respons")
    row = [[office.staff.rows("Respons")[1][0].replace("1", "2"), *office.staff.rows("Respons")[1][1:]]]
    office.staff.write("Respons", "A3", row, typed=False)
    a_run(office)

    assert office.column("Agenda", "No. Registrasi") == ["KONS-2026-0001", "KONS-2026-0002"]
    assert office.column("Agenda", "Nama Lengkap") == ["Pengunjung 1", "Pengunjung 2"]
    assert set(office.column("Agenda", "Status")) == {"terdaftar"}


def test_a_header_that_is_gone(office: GoogleOffice) -> None:
    office.staff.rename_column("Agenda", "Status", "Keadaan Kini")
    with pytest.raises(HeaderMissing, match="'Status'"):
        a_run(office)


def test_cells_that_their_owner_protects_against_us(office: GoogleOffice) -> None:
    office.staff.protect("Agenda")
    submit(office, 1)
    with pytest.raises(CellsProtected, match="Data, Protected sheets and ranges"):
        a_run(office)
    assert office.column("Register", "No. Registrasi") == []


def test_a_ledger_that_its_owner_locks_for_others_and_us_too(office: GoogleOffice) -> None:
    """The lock stays as it is; the revision moves beside it."""
    office.staff.protect("Register", editors=["agenda@stand-in.iam.gserviceaccount.com"])
    submit(office, 2)
    a_run(office)
    assert len(office.column("Register", "No. Registrasi")) == 2


def test_a_book_in_another_zone(office: GoogleOffice) -> None:
    office.staff.requests(
        {"updateSpreadsheetProperties": {"properties": {"timeZone": "America/New_York"}, "fields": "timeZone"}}
    )
    with pytest.raises(ZoneDiffers, match="America/New_York"):
        office.open().read(["Agenda"])


def test_another_name_of_the_same_zone_is_fine(office: GoogleOffice) -> None:
    office.staff.requests(
        {"updateSpreadsheetProperties": {"properties": {"timeZone": "Asia/Jakarta"}, "fields": "timeZone"}}
    )
    assert office.open().read(["Agenda"]).tables


@pytest.mark.parametrize("status", [501, 413])
@pytest.mark.parametrize("kind", ["sheets_read", "sheets_write", "drive"])
def test_what_can_never_succeed_is_not_asked_again(office: GoogleOffice, status: int, kind: str) -> None:
    """Once, with a word on it, and the run that follows goes on where this one stopped."""
    submit(office, 1)
    rule = office.google.faults.fail(status, nth=1, times=0, kind=kind)
    with pytest.raises(AgendaError) as caught:
        a_run(office)
    assert (rule.fired, office.clock.slept) == (1, [])
    assert caught.value.exit_code in (3, 5)
    office.google.faults.clear()
    assert a_run(office).documents_filed == 1


@pytest.mark.parametrize("body", [{}, {"status": "ok"}, ""], ids=str)
def test_an_answer_without_its_content_is_try_later_and_nothing_is_lost(office: GoogleOffice, body: Any) -> None:
    """What a proxy says in Google's place, at the allocation of ids and at an upload."""
    for method in ("generateIds", r"files\.create$"):
        submit(office, 1, first=len(office.files()) + 1)
        office.google.faults.fail(200, nth=0, method=method, body=body)
        with pytest.raises(TryLater):
            a_run(office)
        office.google.faults.clear()
        a_run(office)
    assert len(office.files()) == 2


def test_a_storm_of_429_ends(office: GoogleOffice) -> None:
    office.google.faults.fail(429, nth=0, kind="sheets_read")
    with pytest.raises(QuotaExhausted, match="Run again in a few minutes") as caught:
        office.open().read(["Agenda"])
    assert caught.value.exit_code == 4
    assert sum(office.clock.slept) < 160


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_stays_down(office: GoogleOffice, status: int) -> None:
    office.google.faults.fail(status, nth=0, html=status == 502)
    with pytest.raises(TryLater, match="Nothing is lost") as caught:
        office.open().read(["Agenda"])
    assert "<" not in str(caught.value)


def test_an_answer_that_is_no_json_is_asked_again(office: GoogleOffice) -> None:
    office.google.faults.fail(200, kind="sheets_read", body=HTML_502)
    assert office.open().read(["Agenda"]).tables


@pytest.mark.parametrize("body", [HTML_502, "", "[]", '"a text"', '{"access_token": "cut o'])
@pytest.mark.parametrize("kind", ["token", "sheets_read"])
def test_a_network_that_answers_in_googles_place_is_try_later(office: GoogleOffice, kind: str, body: str) -> None:
    """A hotel's log-in page, a proxy's error with status 200: exit 4, at the token as at any other call."""
    office.google.faults.fail(200, nth=0, kind=kind, body=body)
    with pytest.raises(TryLater) as caught:
        office.open().read(["Agenda"])
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("html", [False, True], ids=["json", "html"])
def test_a_token_service_that_is_down_is_try_later_and_no_refusal(
    office: GoogleOffice, status: int, html: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to look for a wrong key because a gateway had a bad minute."""
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", office.clock.sleep)
    office.google.faults.fail(status, nth=0, kind="token", html=html)
    with pytest.raises(TryLater):
        office.open().read(["Agenda"])


EDITS: dict[str, Callable[[GoogleOffice], object]] = {
    "rows deleted": lambda office: office.staff.delete_rows("Agenda", 3, 1000),
    "tab deleted": lambda office: office.staff.delete_tab("Agenda"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_place_that_went_away_between_read_and_write_is_a_conflict(office: GoogleOffice, edit: str) -> None:
    workspace = office.open()
    snapshot = workspace.read(["Agenda", "Register"])
    office.staff.write("Agenda", "A10", [["x"]])
    snapshot = workspace.read(["Agenda", "Register"])
    EDITS[edit](office)
    with pytest.raises(BookChanged):
        workspace.commit([add_one(workspace)], snapshot.revision)
    assert office.column("Register", "No. Registrasi") == []


@pytest.mark.parametrize("edit", [*EDITS, None])
def test_a_refusal_in_words_nobody_knows_is_a_conflict_if_the_book_is_not_as_it_was_read(
    office: GoogleOffice, edit: str | None
) -> None:
    """Google's sentence for a place beyond the grid differs from request to request, and is documented nowhere."""
    workspace = office.open()
    snapshot = workspace.read(["Agenda", "Register"])
    if edit:
        EDITS[edit](office)
    words = "GridCoordinate.rowIndex[9] is after last row in grid[9]"
    office.google.faults.fail(400, kind="sheets_write", message=words)
    with pytest.raises(BookChanged if edit else RequestRefused):
        workspace.commit([add_one(workspace)], snapshot.revision)


def test_a_refusal_that_is_no_conflict_is_not_taken_for_one(office: GoogleOffice) -> None:
    workspace = office.open()
    revision = workspace.read(["Agenda"]).revision
    message = 'Invalid requests[3].updateCells: "Budi" is not good'
    office.google.faults.fail(400, kind="sheets_write", message=message)
    with pytest.raises(SafetyStop, match="updateCells") as caught:
        workspace.commit([add_one(workspace)], revision)
    assert "Budi" not in str(caught.value)


def test_a_stale_revision_is_refused_by_google_itself(office: GoogleOffice) -> None:
    """Even where this process had no way to know."""
    one, two = office.open(), office.open()
    revision = one.read(["Agenda", "Register"]).revision
    two.read(["Agenda", "Register"])
    one.commit([add_one(one)], revision)
    with pytest.raises(BookChanged):
        two.commit([add_one(two, "KONS-2026-0002")], revision)
    assert office.column("Agenda", "No. Registrasi") == ["KONS-2026-0001"]


def test_a_full_grid_grows_and_an_update_clears_its_link(office: GoogleOffice) -> None:
    office.staff.delete_rows("Agenda", 2, 999)
    workspace = office.open()
    rows = AppendRows("Agenda", tuple({"No. Registrasi": f"KONS-2026-{n:04}"} for n in range(1, 6)))
    revision = workspace.commit([rows], workspace.read(["Agenda"]).revision)
    workspace.commit([add_one(workspace, "KONS-2026-0006")], revision)
    assert len(office.column("Agenda", "No. Registrasi")) == 6


def test_a_thousand_rows_are_one_batch_of_few_requests(office: GoogleOffice) -> None:
    workspace = office.open()
    rows = AppendRows("Agenda", tuple({"No. Registrasi": f"KONS-2026-{n:04}", "Status": "x"} for n in range(1, 1001)))
    workspace.commit([rows], workspace.read(["Agenda"]).revision)
    snapshot = workspace.read(["Agenda"])
    office.calls()
    updates = tuple(RowUpdate(n - 1, f"KONS-2026-{n:04}", {"Status": "y"}) for n in range(1, 1001))
    workspace.commit([UpdateRows("Agenda", "No. Registrasi", updates)], snapshot.revision)
    assert office.calls() == {"sheets_write": 1}
    assert set(office.column("Agenda", "Status")) == {"y"}


def test_an_unknown_revision_is_refused_without_a_call_that_writes(office: GoogleOffice) -> None:
    workspace = office.open()
    with pytest.raises(BookChanged):
        workspace.commit([add_one(workspace)], Revision("77"))
    assert office.calls() == {"sheets_read": 1}


def test_a_revision_number_that_a_range_on_another_tab_has_is_no_dead_end(office: GoogleOffice) -> None:
    """The job does not read tabs of staff, so it cannot know which numbers their protected ranges have."""
    submit(office, 1)
    a_run(office)
    office.staff.add_tab("Catatan Kami")
    taken = int(office.open().read(["Register"]).revision) + 1
    office.staff.protect_as("Catatan Kami", taken)
    submit(office, 1, first=2)
    a_run(office)
    assert office.column("Register", "No. Registrasi") == ["KONS-2026-0001", "KONS-2026-0002"]
    assert a_run(office).rows_updated == 0


def test_a_revision_that_is_gone_is_a_conflict_whatever_a_later_look_says(office: GoogleOffice) -> None:
    """A read that lags behind must not make a riddle of it."""
    workspace = office.open()
    snapshot = workspace.read(["Agenda", "Register"])
    words = "Invalid requests[0].deleteProtectedRange: No protected range with id: 1"
    office.google.faults.fail(400, kind="sheets_write", message=words)
    with pytest.raises(BookChanged):
        workspace.commit([add_one(workspace)], snapshot.revision)


def test_a_sending_that_arrives_late_in_a_book_without_revision_takes_effect_once(
    office: GoogleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody deleted the revision; the first sending seems lost and arrives right before the second."""
    workspace = office.open()
    number = int(workspace.read(["Register"]).revision)
    if number:
        office.staff.requests({"deleteProtectedRange": {"protectedRangeId": number}})
    snapshot = workspace.read(["Agenda", "Register"])
    office.google.faults.fail(503, kind="sheets_write")
    handle = office.google.handle
    sent: list[Request] = []

    def late(request: Request) -> Reply:
        if "batchUpdate" in request.target:
            sent.append(request)
            if len(sent) == 2:
                handle(sent[0])
        return handle(request)

    monkeypatch.setattr(office.google, "handle", late)
    workspace.commit([add_one(workspace)], snapshot.revision)

    assert len(sent) == 2
    assert office.column("Agenda", "No. Registrasi") == ["KONS-2026-0001"]
