"""A book or a clock that cannot be right stops the run before it writes anything, and says why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sync.domain.safety import Accepted
from sync.errors import AgendaEmptied, ClockWentBack, HeaderDoubled, HeaderMissing, LedgerBroken, TabMissing
from tests.run.office import an_office_with_work


def test_an_emptied_agenda_stops_the_run_and_a_flag_goes_on() -> None:
    """More than half of the rows gone is no edit but an accident, until somebody says otherwise."""
    office = an_office_with_work()
    office.run()
    del office.workspace.tabs["Agenda"][1:]
    before = office.state()

    with pytest.raises(AgendaEmptied, match="2 of 2 registered rows"):
        office.run()
    untouched = office.state() == before
    accepted = office.run(accepted=Accepted(missing_rows=True))

    assert untouched
    assert accepted.findings == {"row-deleted": 2}
    assert office.run().findings == {"row-deleted": 2}


def test_a_clock_that_went_back_stops_the_run() -> None:
    """A year rolled back would flag every moment as future; small corrections go on."""
    office = an_office_with_work()
    office.run()

    with pytest.raises(ClockWentBack, match="2025-11-24"):
        office.run(datetime(2025, 11, 24, 10, 0))
    assert office.run(datetime(2026, 11, 24, 9, 58)).registered == 0


@pytest.mark.parametrize(
    ("tab", "header", "becomes", "error"),
    [
        ("Agenda", "Status", "Keadaan Status", HeaderMissing),
        ("Agenda", "Surel", "Nama Lengkap", HeaderDoubled),
        ("Respons", "Timestamp", "Cap Waktu", HeaderMissing),
        ("Register", "Kunci Respons", None, HeaderMissing),
    ],
    ids=str,
)
def test_a_missing_or_doubled_header_stops_the_run_with_its_name(
    tab: str, header: str, becomes: str | None, error: type[Exception]
) -> None:
    """Never by position: a column is its header, and without it nothing is written."""
    office = an_office_with_work()
    grid = office.workspace.tabs[tab]
    grid[0][grid[0].index(header)] = becomes
    before = office.state()

    with pytest.raises(error, match=becomes if error is HeaderDoubled else header):
        office.run()
    assert office.state() == before


def test_a_missing_tab_stops_the_run_with_its_name() -> None:
    """And says how to get it back."""
    office = an_office_with_work()
    del office.workspace.tabs["Register"]

    with pytest.raises(TabMissing, match=r"'Register' is missing.*agenda setup"):
        office.run()


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("No. Registrasi", "0001", "never wrote"),
        ("Kunci Respons", None, "response key"),
        ("Dicatat", "kemarin", "moment"),
    ],
)
def test_a_ledger_edited_by_hand_stops_the_run(column: str, value: Any, why: str) -> None:
    """Numbers rest on the ledger; what the job did not write there it does not trust."""
    office = an_office_with_work()
    grid = office.workspace.tabs["Register"]
    grid[1][grid[0].index(column)] = value

    with pytest.raises(LedgerBroken, match=why):
        office.run()
