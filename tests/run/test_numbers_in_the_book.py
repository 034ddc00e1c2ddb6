"""Numbers that people typed into the book are given to nobody, and no check complains of them for ever."""

from __future__ import annotations

from datetime import datetime

import pytest

from sync.domain.book import Book
from sync.domain.numbers import in_number_order
from sync.domain.passed_over import read_typed, unexplained_gaps
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.registration import NumberFormat
from sync.domain.table import Cell
from sync.domain.tabs import Tab
from tests import build
from tests.repair.office import delete_row
from tests.run.office import MemoryOffice

FORM = NumberFormat("KONS", 4)


def read(office: MemoryOffice) -> Book:
    return read_book(office.workspace.read(tabs_to_read(build.rules())), build.rules(), build.WIB)


def visit(office: MemoryOffice, order: int) -> None:
    office.respond(timestamp=datetime(2026, 11, 2, 8, order, 9), name=f"Tamu {order}", phone=f"0812981874{order:02d}")


def walk_in(office: MemoryOffice, number: str, name: str = "Datang langsung") -> None:
    """A clerk types a row at the end of the agenda, with a number of their own."""
    grid = office.workspace.tabs["Agenda"]
    row: list[Cell] = [None] * len(grid[0])
    grid.append(row)
    row[grid[0].index("No. Registrasi")] = number
    row[grid[0].index("Nama Lengkap")] = name


TYPED = [
    "KONS-2026-0002", "kons-2026-0002", " KONS - 2026 - 0002 ", "KONS-2026-2", "KONS 2026 0002", "KONS/2026/0002",
    "KONS–2026–0002", "kons2026-02",
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_number_typed_for_a_walk_in_is_not_given_to_the_next_visitor(typed: str) -> None:
    """The visitor gets the number after it, and the receipt."""
    office = MemoryOffice()
    visit(office, 1)
    office.run()
    walk_in(office, typed)
    visit(office, 2)

    report = office.run()

    assert (report.registered, report.documents_filed) == (1, 1)
    assert [row["number"] for row in office.rows(Tab.REGISTER)] == ["KONS-2026-0001", "KONS-2026-0003"]
    assert report.findings["number-unknown"] == 1
    assert office.run().rows_updated == 0


def test_no_check_complains_of_a_number_passed_over_even_once_its_row_is_put_right() -> None:
    """While a row bears it that is the finding; afterwards the ledger says why it was never given."""
    office = MemoryOffice()
    visit(office, 1)
    office.run()
    for number in ("KONS-2026-0002", "kons-2026-3", "KONS-2026-0005"):
        walk_in(office, number)
    visit(office, 2)
    visit(office, 3)
    office.run()
    assert [row.get("passed_over") for row in office.rows(Tab.REGISTER)] == [None, "2-3", "5"]
    assert unexplained_gaps(read(office), build.rules()) == []

    del office.workspace.tabs["Agenda"][3:6]

    assert unexplained_gaps(read(office), build.rules()) == []
    delete_row(office, Tab.REGISTER, "KONS-2026-0004")
    assert unexplained_gaps(read(office), build.rules())[-1:] == ["KONS-2026-0004"]


@pytest.mark.parametrize("number", ["KONS-2026-9999", "KONS-2026-999999999"])
def test_an_absurdly_high_number_typed_by_hand_costs_the_year_nothing(number: str) -> None:
    office = MemoryOffice()
    walk_in(office, number)
    for order in (1, 2):
        visit(office, order)
    office.run()

    assert [row["number"] for row in office.rows(Tab.REGISTER)] == ["KONS-2026-0001", "KONS-2026-0002"]
    assert unexplained_gaps(read(office), build.rules()) == []


def test_numbers_in_the_outgoing_book_are_not_given_either() -> None:
    office = MemoryOffice()
    grid = office.workspace.tabs["Agenda Keluar"]
    grid.append([None] * len(grid[0]))
    grid[1][grid[0].index("Rujukan")] = "KONS-2026-0001"
    visit(office, 1)

    office.run()

    assert [row["number"] for row in office.rows(Tab.REGISTER)] == ["KONS-2026-0002"]


@pytest.mark.parametrize("text", ["LAIN-2026-0002", "2", "KONS-0002", "KONS-2026-", "KONS-2026-2x", ""])
def test_what_is_no_number_of_the_office_passes_nothing_over(text: str) -> None:
    assert read_typed(text, FORM) is None


def test_a_prefix_with_a_dash_in_it_is_read_too() -> None:
    assert read_typed("kons-kb 2026 7", NumberFormat("KONS-KB", 4)) == (2026, 7)
    assert in_number_order(["KONS-KB-2026-0007"]) == ["KONS-KB-2026-0007"]
