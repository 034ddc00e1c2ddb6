"""A number that nothing tells for certain is left for a person, whose word is taken where it can be true."""

from __future__ import annotations

import pytest

from sync.domain.repair.errors import AssignmentRefused, NumbersUnsettled
from sync.domain.tabs import Tab
from sync.repair import rebuild
from tests import build
from tests.repair.office import an_office, bench, delete_row, empty, give, lose_the_book, numbers, twins


def test_two_responses_no_receipt_can_tell_apart_are_left_for_a_person() -> None:
    """Nothing is written until somebody says which is which; then exactly that is."""
    office = an_office(2)
    twins(office)
    before = numbers(office)
    lose_the_book(office)
    state = office.state()

    with pytest.raises(NumbersUnsettled, match="2 number"):
        give(office)
    unchanged = office.state() == state
    give(office, "KONS-2026-0003=4", "KONS-2026-0004=5")

    assert unchanged
    assert numbers(office) == before


def test_one_assignment_can_settle_both_sides_of_a_pair() -> None:
    """A response that a person gave away is no candidate any more."""
    office = an_office(2)
    twins(office)
    before = numbers(office)
    lose_the_book(office)

    give(office, "KONS-2026-0003=4")

    assert numbers(office) == before


@pytest.mark.parametrize(
    "assignments",
    [
        ("KONS-2026-0003",),
        ("KONS-2026-0003=",),
        ("KONS-2026-0003=99",),
        ("KONS-2026-0099=4",),
        ("KONS-2026-0003=4", "KONS-2026-0003=5"),
        ("KONS-2026-0003=4", "KONS-2026-0004=4"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused(assignments: tuple[str, ...]) -> None:
    """No number twice, no response twice, nothing that is not there."""
    office = an_office(2)
    twins(office)
    lose_the_book(office)
    state = office.state()

    with pytest.raises(AssignmentRefused):
        give(office, *assignments)

    assert office.state() == state


def test_a_number_without_a_document_was_given_and_is_asked_about() -> None:
    """The job skips none: below the highest every number was once somebody's."""
    office = an_office(4)
    delete_row(office, Tab.RESPONSES, "Pengunjung 2")
    lose_the_book(office)
    path = next(item.path for item in office.workspace.documents.values() if "KONS-2026-0002" in item.path)
    office.workspace.documents = {k: v for k, v in office.workspace.documents.items() if v.path != path}
    empty(office, Tab.ARCHIVE)
    rebuild(bench(office), build.NOW)

    with pytest.raises(NumbersUnsettled, match="no response"):
        give(office)
    found = give(office, "KONS-2026-0002=none")

    assert found.lost == ("KONS-2026-0002",)
    ledger = {row["number"]: row["presence"] for row in office.rows(Tab.REGISTER)}
    assert ledger["KONS-2026-0002"] == "hilang"
    assert len(ledger) == 4


def test_a_row_that_says_another_number_than_the_receipt_is_left_for_a_person() -> None:
    """Somebody swapped two numbers in the agenda before the ledger was lost: neither is believed."""
    office = an_office(3)
    empty(office, Tab.REGISTER)
    grid = office.workspace.tabs["Agenda"]
    column = grid[0].index("No. Registrasi")
    grid[2][column], grid[3][column] = grid[3][column], grid[2][column]

    with pytest.raises(NumbersUnsettled):
        give(office)
    assert office.rows(Tab.REGISTER) == []
