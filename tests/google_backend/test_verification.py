"""Rows that moved between read and write, and a batch whose answer was lost: the book is put right at once."""

from __future__ import annotations

from typing import Any

import pytest

from sync.domain.table import AppendRows, Link, NewCell, ReplaceRows, RowUpdate, UpdateRows
from sync.workspace.google import GoogleWorkspace
from tests.google_backend.office import GoogleOffice

NUMBER, NAME, STATUS, FINDINGS = "No. Registrasi", "Nama Lengkap", "Status", "Temuan"
NAMES = ("Siti", "Budi", "Ani", "Dewi", "Eko")
KEYS = [f"KONS-2026-{number:04}" for number in range(1, len(NAMES) + 1)]


@pytest.fixture
def workspace(office: GoogleOffice) -> GoogleWorkspace:
    opened = office.open()
    rows: tuple[dict[str, NewCell], ...] = tuple(
        {NUMBER: key, NAME: name, STATUS: f"lama {key[-1]}", "Saran": f"saran {name}"}
        for key, name in zip(KEYS, NAMES, strict=True)
    )
    opened.commit([AppendRows("Agenda", rows)], opened.read(["Agenda"]).revision)
    return opened


def update(workspace: GoogleWorkspace, **values: str) -> None:
    revision = workspace.read(["Agenda"]).revision
    rows = tuple(RowUpdate(KEYS.index(key), key, {STATUS: value}) for key, value in _keyed(values).items())
    workspace.commit([UpdateRows("Agenda", NUMBER, rows)], revision)


def _keyed(values: dict[str, str]) -> dict[str, str]:
    return {f"KONS-2026-000{name[-1]}": value for name, value in values.items()}


def column(office: GoogleOffice, header: str) -> dict[Any, Any]:
    return dict(zip(office.column("Agenda", NUMBER), office.column("Agenda", header), strict=False))


def as_meant(office: GoogleOffice) -> None:
    assert column(office, STATUS) == dict(zip(KEYS, ["baru 1", "lama 2", "lama 3", "baru 4", "lama 5"], strict=True))
    assert column(office, NAME) == dict(zip(KEYS, NAMES, strict=True))
    assert column(office, "Saran") == {key: f"saran {name}" for key, name in zip(KEYS, NAMES, strict=True)}


def test_rows_that_stood_still_cost_one_call(office: GoogleOffice, workspace: GoogleWorkspace) -> None:
    workspace.read(["Agenda"])
    office.calls()
    update(workspace, k1="baru 1", k4="baru 4")
    as_meant(office)
    assert office.calls() == {"sheets_read": 1, "sheets_write": 1}


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "answer lost"])
@pytest.mark.parametrize("times", [1, 3])
def test_the_wrong_row_gets_back_its_own_and_the_right_row_the_new(
    office: GoogleOffice, workspace: GoogleWorkspace, times: int, lost: bool
) -> None:
    """However often people sort: before the commit, and before its repairs."""
    for nth in range(1, times + 1):
        office.google.faults.before(
            lambda nth=nth: office.staff.sort("Agenda", NAME, descending=nth % 2 == 0),  # type: ignore[misc]
            kind="sheets_write",
            nth=nth,
        )
    if lost:
        office.google.faults.drop_after(kind="sheets_write")
    office.calls()
    update(workspace, k1="baru 1", k4="baru 4")

    as_meant(office)
    assert office.calls()["sheets_write"] == times + 1


def test_a_lost_answer_of_a_batch_that_held_still_costs_no_second_batch(
    office: GoogleOffice, workspace: GoogleWorkspace
) -> None:
    office.google.faults.drop_after(kind="sheets_write")
    office.calls()
    update(workspace, k1="baru 1", k4="baru 4")
    as_meant(office)
    assert office.calls() == {"sheets_read": 3, "sheets_write": 1}


def test_a_lost_batch_is_sent_again(office: GoogleOffice, workspace: GoogleWorkspace) -> None:
    office.google.faults.drop_before(kind="sheets_write")
    office.calls()
    update(workspace, k1="baru 1", k4="baru 4")
    as_meant(office)
    assert office.calls() == {"sheets_read": 2, "sheets_write": 2}


def test_a_row_without_a_number_is_known_by_what_people_wrote_in_it(
    office: GoogleOffice, workspace: GoogleWorkspace
) -> None:
    office.staff.write("Agenda", "D7", [["Tamu A"], ["Tamu B"]], typed=False)
    revision = workspace.read(["Agenda"]).revision
    rows = (RowUpdate(5, "", {FINDINGS: "tanpa nomor"}), RowUpdate(0, KEYS[0], {STATUS: "baru 1"}))
    office.google.faults.before(lambda: office.staff.sort("Agenda", NAME, descending=True), kind="sheets_write")
    workspace.commit([UpdateRows("Agenda", NUMBER, rows)], revision)

    found = dict(zip(office.column("Agenda", NAME), office.column("Agenda", FINDINGS), strict=False))
    assert {name for name, text in found.items() if text} == {"Tamu A"}
    assert column(office, STATUS)[KEYS[0]] == "baru 1"


def test_a_row_that_was_deleted_meanwhile_leaves_nothing_behind(
    office: GoogleOffice, workspace: GoogleWorkspace
) -> None:
    office.google.faults.before(lambda: office.staff.delete_rows("Agenda", 2), kind="sheets_write")
    update(workspace, k1="baru 1")
    assert column(office, STATUS) == dict(zip(KEYS[1:], ["lama 2", "lama 3", "lama 4", "lama 5"], strict=True))


def test_links_open_what_they_did(office: GoogleOffice, workspace: GoogleWorkspace) -> None:
    """A cell without a link loses none, one with a link is emptied with it."""
    link = Link("Tanda Registrasi", "https://drive.google.com/file/d/1/view")
    revision = workspace.read(["Agenda"]).revision
    revision = workspace.commit(
        [UpdateRows("Agenda", NUMBER, (RowUpdate(0, KEYS[0], {"Tanda Registrasi": link}),))], revision
    )
    sheet = office.staff.book.by_title("Agenda")
    assert sheet is not None
    cell = sheet.cell(1, office.staff.column("Agenda", "Tanda Registrasi"))
    assert (cell.value, (cell.format or {})["textFormat"]["link"]["uri"]) == (link.text, link.target)


def test_a_longer_tab_of_the_jobs_own_grows_and_shrinks(office: GoogleOffice, workspace: GoogleWorkspace) -> None:
    office.staff.delete_rows("Rekap", 4, 1000)
    for count in (30, 2):
        lines: tuple[dict[str, NewCell], ...] = tuple({"Uraian": f"baris {n}", "Bulan Ini": n} for n in range(count))
        workspace.commit([ReplaceRows("Rekap", lines)], workspace.read(["Rekap"]).revision)
        assert [cell for cell in office.column("Rekap", "Uraian") if cell] == [f"baris {n}" for n in range(count)]


def type_below(office: GoogleOffice, *rows: dict[str, str]) -> None:
    """Staff type rows without a number under the last one."""
    headers = office.staff.rows("Agenda")[0]
    typed = [[row.get(str(header), "") for header in headers] for row in rows]
    office.staff.write("Agenda", f"A{len(NAMES) + 2}", typed, typed=False)


def test_an_empty_row_is_never_taken_for_the_row_without_a_number_that_stood_there(
    office: GoogleOffice, workspace: GoogleWorkspace
) -> None:
    """The row above goes away right before the write: the finding follows its row, and nothing stays below it."""
    type_below(office, {NAME: "Tamu", "Saran": "datang lagi"})
    revision = workspace.read(["Agenda"]).revision
    office.google.faults.before(lambda: office.staff.delete_rows("Agenda", 2), kind="sheets_write")
    office.calls()
    rows = (RowUpdate(5, "", {FINDINGS: "tanpa nomor"}),)
    workspace.commit([UpdateRows("Agenda", NUMBER, rows)], revision)

    assert dict(zip(office.column("Agenda", NAME), office.column("Agenda", FINDINGS), strict=False)) == {
        **dict.fromkeys(NAMES[1:]),
        "Tamu": "tanpa nomor",
    }
    assert office.calls() == {"sheets_read": 1, "sheets_write": 2}


def test_a_formula_of_staff_that_shows_something_else_by_now_costs_no_repair(
    office: GoogleOffice, workspace: GoogleWorkspace
) -> None:
    """The row stood still; that one cell of it follows the clock, or the very cell that was written, says nothing."""
    type_below(office, {NAME: "Tamu", "Saran": "datang lagi"})
    office.staff.set_formula_value("=NOW()", 46350.1)
    office.staff.edit("Agenda", 7, "Tindak Lanjut", "=NOW()")
    revision = workspace.read(["Agenda"]).revision
    office.google.faults.before(lambda: office.staff.set_formula_value("=NOW()", 46350.2), kind="sheets_write")
    office.calls()
    workspace.commit([UpdateRows("Agenda", NUMBER, (RowUpdate(5, "", {FINDINGS: "tanpa nomor"}),))], revision)

    assert office.calls() == {"sheets_write": 1}
    assert office.column("Agenda", FINDINGS)[5] == "tanpa nomor"
