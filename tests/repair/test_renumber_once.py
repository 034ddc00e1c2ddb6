"""A ledger is made again wholly or not at all, and once: whatever happens meanwhile, no number is given twice."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from sync.domain.repair.errors import LedgerStands, ListIncomplete, NumbersUnsettled
from sync.domain.repair.renumber import Renumbering
from sync.domain.tabs import Tab
from sync.repair import renumber
from tests import build
from tests.repair.office import BOOK, an_office, bench, empty, give, lose_the_book, numbers, visitor
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice


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
