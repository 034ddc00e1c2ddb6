"""A ledger made again from archive and agenda: each response its old number. Never a guess."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sync.domain.tabs import Tab
from tests.repair.office import an_office, empty, give, lose_the_book, numbers, twins, visitor
from tests.run.office import MemoryOffice


def test_responses_in_any_order_get_the_numbers_they_had() -> None:
    """The row in the tab of responses says nothing; the receipt does."""
    office = an_office(12)
    before = numbers(office)
    lose_the_book(office)
    rows = office.workspace.tabs["Respons"][1:]
    random.Random(5).shuffle(rows)
    office.workspace.tabs["Respons"][1:] = rows

    give(office)

    assert numbers(office) == before


def test_numbers_given_out_of_the_order_of_moments_come_back_as_they_were() -> None:
    """A response that came late to the tab has an earlier moment and a later number."""
    office = an_office(2)
    office.respond(**visitor(8, datetime(2026, 11, 2, 8, 0)))
    office.run()
    before = numbers(office)
    lose_the_book(office)

    give(office)

    assert numbers(office) == before
    assert before["Pengunjung 8", datetime(2026, 11, 2, 8, 0)] == "KONS-2026-0003"


def test_a_corrected_row_is_known_by_its_first_receipt() -> None:
    """An officer mended the name; revision 1 still has what the form said."""
    office = an_office(3)
    office.type_into("KONS-2026-0002", name="Pengunjung Dua")
    office.run()
    lose_the_book(office)

    found = give(office)

    assert [(number, item.cells.name) for number, item in found.given.items()][1] == ("KONS-2026-0002", "Pengunjung 2")


def test_receipts_of_another_version_are_known_by_what_they_say() -> None:
    """Fingerprints of fields that have changed since tell nothing; number, day, minute and name in the text do."""
    office = an_office(4)
    before = numbers(office)
    lose_the_book(office)
    grid = office.workspace.tabs["Arsip"]
    for row in grid[1:]:
        row[grid[0].index("Sidik Masukan")] = "0" * 32 + "-" + "0" * 16

    give(office)

    assert numbers(office) == before


def test_a_name_that_is_part_of_another_is_not_taken_for_it() -> None:
    """Ali and Alimin in one minute; Alimin's response is missing: Ali does not get his number."""
    office = MemoryOffice()
    moment = datetime(2026, 11, 2, 8, 0)
    office.respond(**visitor(1, moment, timestamp=moment, name="Alimin"))
    office.run(datetime(2026, 11, 2, 9, 0))
    empty(office, Tab.RESPONSES)
    office.respond(**visitor(2, moment, timestamp=moment + timedelta(seconds=20), name="Ali"))
    lose_the_book(office)
    grid = office.workspace.tabs["Arsip"]
    grid[1][grid[0].index("Sidik Masukan")] = "0" * 32 + "-" + "0" * 16

    found = give(office, accept=True)
    office.run()

    assert found.lost == ("KONS-2026-0001",)
    assert list(numbers(office).values()) == ["KONS-2026-0002"]


def test_a_lost_ledger_beside_a_standing_agenda_tells_even_twins_apart() -> None:
    """A row has the moment to the second; nothing in the agenda is written."""
    office = an_office(2)
    twins(office)
    register = [{**row, "memory": None} for row in office.rows(Tab.REGISTER)]
    agenda = [list(row) for row in office.workspace.tabs["Agenda"]]
    empty(office, Tab.REGISTER)

    give(office)

    # What it remembers of the cells comes with the next run, which only remembers.
    assert [{**row, "memory": None} for row in office.rows(Tab.REGISTER)] == register
    assert office.workspace.tabs["Agenda"] == agenda
