"""A number is given once, a row is known by its number and a column by its header, whatever staff move."""

from __future__ import annotations

from datetime import datetime, time

from sync.domain.tabs import Tab
from tests.run.office import MemoryOffice, an_office_with_work


def test_numbers_follow_the_moment_of_the_response_not_the_row() -> None:
    """Within a run in response order, whatever order the rows stand in."""
    office = MemoryOffice()
    office.respond(timestamp=datetime(2026, 11, 3, 9, 0), name="Kedua")
    office.respond(timestamp=datetime(2026, 11, 2, 9, 0), name="Pertama")

    office.run()

    assert {row["name"]: row["number"] for row in office.rows(Tab.AGENDA)} == {
        "Pertama": "KONS-2026-0001",
        "Kedua": "KONS-2026-0002",
    }


def test_a_december_response_registered_in_january_keeps_decembers_year() -> None:
    """The number's year is the response's; January's own begin at one."""
    office = MemoryOffice()
    office.respond(timestamp=datetime(2026, 12, 31, 15, 50), name="Desember")
    office.respond(timestamp=datetime(2027, 1, 4, 8, 0), name="Januari")

    office.run(datetime(2027, 1, 4, 9, 0))

    numbers = {row["name"]: row["number"] for row in office.rows(Tab.AGENDA)}
    assert numbers == {"Desember": "KONS-2026-0001", "Januari": "KONS-2027-0001"}


def test_a_number_is_the_highest_ever_given_plus_one_though_its_row_is_deleted() -> None:
    """Never a count: a deleted row does not free its number."""
    office = MemoryOffice()
    for minute in (0, 20, 40):
        office.respond(timestamp=datetime(2026, 11, 2, 9, minute), name=f"Tamu {minute}")
    office.run()
    del office.workspace.tabs["Agenda"][3]
    office.respond(timestamp=datetime(2026, 11, 2, 10, 0), name="Berikut")

    report = office.run()

    assert [row["number"] for row in office.rows(Tab.AGENDA)] == ["KONS-2026-0001", "KONS-2026-0002", "KONS-2026-0004"]
    assert report.findings["row-deleted"] == 1


def test_a_sorted_book_keeps_every_cell_with_its_number() -> None:
    """Rows are known by number: sorting by name between two runs moves nothing to another's row."""
    office = MemoryOffice()
    for index, name in enumerate(("Wahyu", "Abdul", "Maria")):
        office.respond(timestamp=datetime(2026, 11, 2, 9, index * 20), name=name, phone=f"08129818747{index}")
    office.run()
    office.type_into("KONS-2026-0001", consultation_start=time(9, 5), officer="Andi Saputra")
    grid = office.workspace.tabs["Agenda"]
    grid[1:] = sorted(grid[1:], key=lambda row: str(row[grid[0].index("Nama Lengkap")]))

    office.run()

    rows = {row["name"]: (row["number"], row["status"]) for row in office.rows(Tab.AGENDA)}
    assert rows == {
        "Abdul": ("KONS-2026-0002", "terdaftar"),
        "Maria": ("KONS-2026-0003", "terdaftar"),
        "Wahyu": ("KONS-2026-0001", "konsultasi"),
    }


def test_a_row_pasted_twice_is_flagged_and_makes_no_competing_documents() -> None:
    """Until staff have settled which row is right, no document is made of either."""
    office = an_office_with_work()
    office.run()
    grid = office.workspace.tabs["Agenda"]
    grid.append([*grid[1]])
    grid[-1][grid[0].index("Saran")] = "Saran lain"

    report = office.run()

    assert report.findings["number-duplicate"] == 2
    assert report.documents_filed == 0
    assert office.run().rows_updated == 0


def test_a_row_typed_by_hand_is_flagged_and_never_numbered() -> None:
    """Numbers come from responses alone; what was typed stays."""
    office = MemoryOffice()
    office.workspace.tabs["Agenda"].append([None, None, None, "Tamu", *[None] * 33])

    report = office.run()

    (row,) = office.rows(Tab.AGENDA)
    assert report.findings["row-without-number"] == 1
    assert (row["number"], row["name"]) == (None, "Tamu")
    assert "tidak bernomor" in str(row["findings"])


def test_a_number_that_was_never_given_is_flagged() -> None:
    """A mistyped number is nobody's registration."""
    office = MemoryOffice()
    office.respond()
    office.run()
    office.workspace.tabs["Agenda"].append(["KONS-2026-0999", None, None, "Tamu", *[None] * 33])

    report = office.run()

    assert report.findings["number-unknown"] == 1
    assert office.run().documents_filed == 0


def test_a_header_with_stray_spaces_and_another_case_is_found_wherever_it_stands() -> None:
    """Headers match after NFKC, case folding and collapsing spaces; a moved column is followed."""
    office = an_office_with_work()
    grid = office.workspace.tabs["Agenda"]
    at = grid[0].index("Nama Lengkap")
    for row in grid:
        row.append(row.pop(at))
    grid[0][-1] = "  NAMA\u00a0lengkap "

    report = office.run()

    assert report.registered == 1
    assert str(grid[0][-1]) == "  NAMA\u00a0lengkap "
    assert office.workspace.tabs["Agenda"][2][-1] == "Dayang Alkadrie"
