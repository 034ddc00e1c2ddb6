"""A ledger made again from archive and agenda: each response its old number, or a person is asked. Never a guess."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from sync.domain.renumber import Renumbering
from sync.domain.tabs import Tab
from sync.errors_repair import AssignmentRefused, LedgerStands, ListIncomplete, NumbersUnsettled
from sync.repair import rebuild, renumber
from tests import build
from tests.repair.office import an_office, bench, delete_row, empty, visitor
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice

BOOK = (Tab.AGENDA, Tab.REGISTER, Tab.ARCHIVE, Tab.OUTGOING, Tab.RECAP)
"""What a new book lacks, once the form's responses are in it again."""


def give(office: MemoryOffice, *assignments: str, accept: bool = False, write: bool = True) -> Renumbering:
    return renumber(
        bench(office),
        build.NOW,
        assignments,
        accept_unmatched=accept,
        write=write,
        show=lambda found: None,
    )


def numbers(office: MemoryOffice) -> dict[object, object]:
    """The number by the visitor's name and moment, as the agenda has it."""
    return {(row["name"], row["registered_at"]): row["number"] for row in office.rows(Tab.AGENDA)}


def lose_the_book(office: MemoryOffice) -> None:
    empty(office, *BOOK)
    rebuild(bench(office), build.NOW)


def twins(office: MemoryOffice) -> None:
    """One visitor sends the form twice within a minute: what the receipts say is the same but for the number."""
    moment = datetime(2026, 11, 2, 10, 0, 5)
    for seconds in (0, 30):
        office.respond(**visitor(9, moment, timestamp=moment + timedelta(seconds=seconds)))
    office.run()


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


def test_a_lost_ledger_beside_a_standing_agenda_tells_even_twins_apart() -> None:
    """A row has the moment to the second; nothing in the agenda is written."""
    office = an_office(2)
    twins(office)
    register = office.rows(Tab.REGISTER)
    agenda = [list(row) for row in office.workspace.tabs["Agenda"]]
    empty(office, Tab.REGISTER)

    give(office)

    assert office.rows(Tab.REGISTER) == register
    assert office.workspace.tabs["Agenda"] == agenda


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


def test_it_refuses_while_a_document_is_not_on_the_list() -> None:
    """Its number would be given again."""
    office = an_office(3)
    empty(office, *BOOK)

    with pytest.raises(ListIncomplete, match=f"{len(office.workspace.documents)} document"):
        give(office)


def test_a_second_one_at_once_is_refused() -> None:
    """Its commit meets the first one's; it reads again, and there is a ledger."""
    office = an_office(3)
    before = numbers(office)
    lose_the_book(office)
    done: list[int] = []

    def another(call: int) -> None:
        if call == 1 and not done:
            done.append(call)
            give(office)

    slow = bench(office, CuttingWorkspace(office.workspace, between=another))
    with pytest.raises(LedgerStands):
        renumber(slow, build.NOW, (), accept_unmatched=False, write=True, show=lambda found: None)

    assert numbers(office) == before
    assert len(office.rows(Tab.REGISTER)) == 3


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("cut", [1, 2])
def test_cut_off_anywhere_the_ledger_is_whole_or_empty(cut: int, after: bool) -> None:
    """One commit: numbers, rows and outgoing rows together."""
    office = an_office(3)
    before = numbers(office)
    lose_the_book(office)
    slow = bench(office, CuttingWorkspace(office.workspace, cut, after=after))
    with pytest.raises(CutOff):
        renumber(slow, build.NOW, (), accept_unmatched=False, write=True, show=lambda found: None)

    if not office.rows(Tab.REGISTER):
        give(office)

    assert numbers(office) == before


def test_a_dry_run_shows_and_writes_nothing() -> None:
    """Look first."""
    office = an_office(3)
    lose_the_book(office)
    state = office.state()

    assert len(give(office, write=False).given) == 3
    assert office.state() == state


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_missing_no_response_gets_two_numbers_and_no_number_two_responses(seed: int) -> None:
    """Random losses of responses and documents: what comes back is what it was, and later visitors get new numbers."""
    dice = random.Random(seed)
    office = MemoryOffice()
    for index in range(14):
        moment = datetime(2026, 11, 2, 8, dice.randrange(5), dice.randrange(60))
        office.respond(**visitor(dice.randrange(4), moment))
        if index % 4 == 3:
            office.run(datetime(2026, 11, 2, 9, index))
    office.run(datetime(2026, 11, 2, 10, 0))
    before = numbers(office)
    highest = max(map(str, before.values()))
    kept = [document for document in office.workspace.documents.values() if dice.random() < 0.9]
    office.workspace.documents = {document.id: document for document in kept}
    rows = [row for row in office.workspace.tabs["Respons"][1:] if dice.random() < 0.9]
    office.workspace.tabs["Respons"][1:] = rows
    lose_the_book(office)
    settled: list[str] = []
    try:
        give(office, accept=True, write=False)
    except NumbersUnsettled:
        shown: list[Renumbering] = []
        with pytest.raises(NumbersUnsettled):
            renumber(bench(office), build.NOW, (), accept_unmatched=True, write=True, show=shown.append)
        settled = [f"{item.number}=none" for item in shown[0].unsure]

    found = give(office, *settled, accept=True)

    given = {(item.cells.name, item.moment): number for number, item in found.given.items()}
    assert all(before[key] == number for key, number in given.items())
    assert len(set(given)) == len(given) == len(set(given.values()))
    office.respond(**visitor(77, datetime(2026, 11, 2, 12, 0)))
    office.run()
    everyone = [str(row["number"]) for row in office.rows(Tab.REGISTER)]
    keys = [row["response_key"] for row in office.rows(Tab.REGISTER)]
    assert len(everyone) == len(set(everyone))
    assert len(keys) == len(set(keys))
    newest = numbers(office)["Pengunjung 77", datetime(2026, 11, 2, 12, 0)]
    if any(highest in document.path for document in kept):
        assert str(newest) > highest
