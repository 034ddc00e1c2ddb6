"""The whole job on Google, cut off at every call, twice at once, and with people at work in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sync.errors import AgendaError
from sync.workspace.google import GoogleWorkspace
from tests.google.faults import Rule
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import a_run, submit

NUMBERS = ["KONS-2026-0001", "KONS-2026-0002", "KONS-2026-0003"]


def whole(office: GoogleOffice) -> None:
    """Everything is there once: three rows in every tab, three files in one folder of each name."""
    assert office.column("Register", "No. Registrasi") == NUMBERS
    assert sorted(filter(None, office.column("Agenda", "No. Registrasi"))) == NUMBERS
    kinds = office.column("Arsip", "Jenis")
    assert (kinds.count("folder"), kinds.count("tanda-registrasi")) == (3, 3)
    assert set(office.column("Arsip", "Keadaan")) == {"diarsipkan"}
    assert office.folders() == ["11 November", "2026", "500.3.2.1"]
    assert [name.split("_")[1] for name in office.files()] == NUMBERS
    assert sorted(filter(None, office.column("Agenda", "Tanda Registrasi"))) == [
        f"Tanda Registrasi {number}" for number in NUMBERS
    ]


def test_one_run_does_everything_and_the_next_nothing(office: GoogleOffice) -> None:
    submit(office, 3)
    a_run(office)

    whole(office)
    before = office.google.snapshot().spreadsheets
    a_run(office)
    assert {key: book.sheets[0].rows for key, book in before.items()} == {
        key: book.sheets[0].rows for key, book in office.google.state.spreadsheets.items()
    }


def links(office: GoogleOffice) -> dict[str, str]:
    """What each row's receipt cell opens, by number."""
    sheet = office.staff.book.by_title("Agenda")
    assert sheet is not None
    number, receipt = (office.staff.column("Agenda", name) for name in ("No. Registrasi", "Tanda Registrasi"))
    found = {}
    for row in sheet.rows[1:]:
        if number in row.cells and row.cells[number].value:
            found[str(row.cells[number].value)] = (row.cells[receipt].format or {})["textFormat"]["link"]["uri"]
    return found


def filed(office: GoogleOffice) -> list[str]:
    """The receipts' addresses, by number."""
    receipts = [entry for entry in office.google.state.files.values() if entry.content is not None]
    return [
        f"https://drive.google.com/file/d/{entry.file_id}/view?usp=drivesdk"
        for entry in sorted(receipts, key=lambda entry: entry.name)
    ]


CALLS = range(1, 14)
"""A first run with three visitors: 2 reads, 2 writes, 2 listings, ids, the root, 3 folders, 3 uploads."""


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_a_connection_lost_once_at_any_call_changes_nothing(
    office: GoogleOffice, call: int, after_effect: bool
) -> None:
    """The run itself finds out what became of the call, and goes on."""
    submit(office, 3)
    rule = office.google.faults.add(Rule(nth=call, drop=True, after_effect=after_effect))
    a_run(office)

    assert rule.fired == 1
    whole(office)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_a_run_that_dies_at_any_call_is_finished_by_the_next(
    office: GoogleOffice, call: int, after_effect: bool
) -> None:
    """From that call on nothing gets through, or no answer comes back."""
    submit(office, 3)
    office.google.faults.add(Rule(nth=call, times=1, drop=True, after_effect=after_effect))
    office.google.faults.add(Rule(nth=call + 1, times=0, drop=True))
    with pytest.raises(AgendaError):
        a_run(office)
    office.google.faults.clear()
    a_run(office)

    whole(office)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_server_error_after_the_effect_is_no_second_effect(office: GoogleOffice, status: int) -> None:
    submit(office, 3)
    for method in ("batchUpdate$", r"files\.create$"):
        office.google.faults.fail(status, method=method, after_effect=True, html=status == 502)
    a_run(office)

    whole(office)


def test_a_storm_of_429_is_waited_out(office: GoogleOffice) -> None:
    submit(office, 3)
    office.google.faults.add(Rule(nth=1, times=3, status=429, kind="sheets_read", retry_after=7))
    office.google.faults.add(Rule(nth=1, times=3, status=429, kind="sheets_write"))
    office.google.faults.add(Rule(nth=1, times=3, status=403, kind="drive", reason="userRateLimitExceeded"))
    a_run(office)

    whole(office)
    assert sum(7 <= pause < 8.1 for pause in office.clock.slept) == 3


def test_a_token_that_dies_in_mid_run_is_renewed(office: GoogleOffice) -> None:
    submit(office, 3)
    for call in (2, 4, 7, 11):
        office.google.faults.before(office.google.tokens.expire, nth=call)
    a_run(office)

    whole(office)


def before_write(workspace: GoogleWorkspace, nth: int, action: Callable[[], object]) -> None:
    """Do something just before the workspace's n-th batch goes out. (The stand-in's own hook holds its lock.)"""
    send, count = workspace._sheets.write, iter(range(1, 100))

    def write(*arguments: Any) -> Any:
        if next(count) == nth:
            action()
        return send(*arguments)

    workspace._sheets.write = write  # type: ignore[method-assign,assignment]  # a test's hook


@pytest.mark.parametrize("commit", [1, 2])
def test_two_runs_at_once_do_the_work_once(office: GoogleOffice, commit: int) -> None:
    """A second machine does its whole run between this one's read and its commit."""
    submit(office, 3)
    workspace = office.open()
    before_write(workspace, commit, lambda: a_run(office))
    report = a_run(office, workspace)

    assert report.conflicts == 1
    whole(office)


STAFF: dict[str, Callable[[GoogleOffice], object]] = {
    "sort": lambda office: office.staff.sort("Agenda", "Nama Lengkap", descending=True),
    "insert": lambda office: office.staff.insert_rows("Agenda", 2, 2),
    "drag": lambda office: office.staff.move_row("Agenda", 2, 5),
    "move the status column": lambda office: office.staff.move_column("Agenda", "Status", "Nama Lengkap"),
    "add a column": lambda office: office.staff.insert_column("Agenda", "Waktu Datang", "Kolom Kami"),
    "sort the archive list": lambda office: office.staff.sort("Arsip", "ID Dokumen"),
    "add a tab": lambda office: office.staff.add_tab("Catatan", 0),
    "hide rows": lambda office: office.staff.hide_rows("Agenda", 2, 3),
}


@pytest.mark.parametrize("deed", STAFF)
@pytest.mark.parametrize("commit", [1, 2])
def test_people_at_work_between_read_and_write_cost_nothing(office: GoogleOffice, deed: str, commit: int) -> None:
    """After the run every row has its own cells, and what people typed stands in its row."""
    submit(office, 2)
    a_run(office)
    for number, note in zip(NUMBERS[:2], ("satu", "dua"), strict=True):
        office.staff.edit("Agenda", office.staff.find("Agenda", "No. Registrasi", number), "Saran", note, typed=False)
    submit(office, 1, first=3)
    office.google.faults.before(lambda: STAFF[deed](office), method="batchUpdate$", nth=commit)
    a_run(office)
    a_run(office)  # a link that the stand-in does not let be read back is derived anew by the next run

    whole(office)
    assert links(office) == dict(zip(NUMBERS, filed(office), strict=True))
    rows = dict(zip(office.column("Agenda", "No. Registrasi"), office.column("Agenda", "Saran"), strict=False))
    assert {number: rows[number] for number in NUMBERS} == dict(zip(NUMBERS, ("satu", "dua", None), strict=True))
    assert set(office.column("Agenda", "Nama Lengkap")) - {None} == {f"Pengunjung {n}" for n in (1, 2, 3)}
    status = dict(zip(office.column("Agenda", "No. Registrasi"), office.column("Agenda", "Status"), strict=False))
    assert {status[number] for number in NUMBERS} == {"terdaftar"}
    office.calls()
    a_run(office)
    assert office.calls() == {"sheets_read": 1}
