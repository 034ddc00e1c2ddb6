"""Kill a run at any effect, before or after it, and the recovery too: started again, it ends where one run would."""

from __future__ import annotations

import itertools
from datetime import datetime

import pytest

from sync.domain.tabs import Tab
from sync.errors import BookChanged
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice, an_office_with_work

MONTHS_END = datetime(2026, 12, 4, 8, 0)


def _whole_run() -> tuple[dict[str, object], int]:
    office = an_office_with_work()
    counting = CuttingWorkspace(office.workspace)
    office.run(MONTHS_END, through=counting)
    return office.state(), counting.effects


WHOLE, EFFECTS = _whole_run()


def _cut(office: MemoryOffice, at: int, after: bool) -> None:
    try:
        office.run(MONTHS_END, through=CuttingWorkspace(office.workspace, at, after=after))
    except CutOff:
        return


def _check_quiet(office: MemoryOffice) -> None:
    office.run(MONTHS_END)
    office.run(MONTHS_END)
    quiet = office.state()
    report = office.run(MONTHS_END)

    assert (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0)
    assert office.state() == quiet
    assert quiet == WHOLE
    filed = {str(entry["id"]): entry for entry in office.rows(Tab.ARCHIVE)}
    assert filed.keys() == {str(document) for document in office.workspace.documents}


def test_a_run_has_enough_effects_to_be_cut() -> None:
    """Two reads, two commits, an allocation, a file for each document."""
    assert EFFECTS == 9


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, EFFECTS + 1))
def test_a_run_cut_at_any_effect_ends_like_one_that_was_not(at: int, after: bool) -> None:
    """No number lost or given twice, no document lost or filed twice, no row mixed up."""
    office = an_office_with_work()

    _cut(office, at, after)

    _check_quiet(office)


@pytest.mark.parametrize(("first_after", "second_after"), list(itertools.product([False, True], repeat=2)))
def test_a_recovery_cut_at_any_effect_ends_like_a_run_that_was_not(first_after: bool, second_after: bool) -> None:
    """Every pair of cuts: the run that was to mend the first is cut itself."""
    for first, second in itertools.product(range(1, EFFECTS + 1), repeat=2):
        office = an_office_with_work()
        _cut(office, first, first_after)
        _cut(office, second, second_after)

        _check_quiet(office)


@pytest.mark.parametrize("at", range(EFFECTS))
def test_a_second_runner_at_any_gap_changes_nothing_of_the_outcome(at: int) -> None:
    """Two at once, by hand and by schedule: one of them meets the other's commit, reads again, and agrees."""
    office = an_office_with_work()

    def second_runner(call: int) -> None:
        if call == at:
            office.run(MONTHS_END)

    office.run(MONTHS_END, through=CuttingWorkspace(office.workspace, between=second_runner))

    _check_quiet(office)


@pytest.mark.parametrize("at", range(EFFECTS))
def test_a_clerk_who_sorts_at_any_gap_mixes_up_nobody(at: int) -> None:
    """The agenda is turned upside down between two effects; every number still stands by its own name."""
    office = an_office_with_work()

    def clerk(call: int) -> None:
        if call == at:
            grid = office.workspace.tabs["Agenda"]
            grid[1:] = reversed(grid[1:])

    office.run(MONTHS_END, through=CuttingWorkspace(office.workspace, between=clerk))
    office.run(MONTHS_END)

    rows = {row["name"]: (row["number"], row["status"]) for row in office.rows(Tab.AGENDA)}
    assert rows == {
        "Petrus Santoso": ("KONS-2026-0001", "selesai"),
        "Dayang Alkadrie": ("KONS-2026-0002", "terdaftar"),
    }
    assert office.run(MONTHS_END).rows_updated == 0


def test_a_workspace_that_never_stands_still_is_left_to_the_next_run() -> None:
    """After a bounded number of conflicts the run gives up with nothing half done."""
    office = an_office_with_work()
    before = office.state()

    def restless(call: int) -> None:
        grid = office.workspace.tabs["Petugas"]
        grid.append([f"Orang {len(grid)}", None, None, None])

    with pytest.raises(BookChanged):
        office.run(MONTHS_END, through=CuttingWorkspace(office.workspace, between=restless))
    del office.workspace.tabs["Petugas"][len(before["tabs"]["Petugas"]) :]  # type: ignore[index]  # the state is plain

    assert office.state() == before
