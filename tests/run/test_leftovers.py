"""Rows that hold nothing but what the job derived: it takes its own cells back."""

from __future__ import annotations

import pytest

from sync.domain.tabs import Tab
from tests import build
from tests.run.office import MemoryOffice

DERIVED = ("status", "findings", "receipt", "telaahan")


def an_emptied_row(*kept: str) -> MemoryOffice:
    """Two visits; somebody empties the first row, all of it but the columns ``kept``."""
    office = MemoryOffice()
    for order in (1, 2):
        office.respond(name=f"Pengunjung {order}", phone=f"0812981800{order:02}")
    office.run()
    grid = office.workspace.tabs["Agenda"]
    grid[1] = [None for _ in grid[0]]
    headers = build.rules().columns.agenda.headers
    for field in kept:
        grid[1][grid[0].index(headers[field])] = "sisa"
    return office


@pytest.mark.parametrize("kept", [DERIVED, ("status",), ("findings",), ("receipt", "telaahan")], ids="-".join)
def test_a_row_that_people_emptied_keeps_no_status_finding_or_link(kept: tuple[str, ...]) -> None:
    """Nobody would look for them there again, and a link that stays in a free row leads to somebody's paper."""
    office = an_emptied_row(*kept)

    report = office.run()

    assert [row["number"] for row in office.rows(Tab.AGENDA)] == ["KONS-2026-0002"]
    assert report.rows_updated == 1
    assert office.run().rows_updated == 0


def test_a_row_in_which_somebody_wrote_anything_is_theirs_and_gets_its_finding() -> None:
    """A name alone makes it a row typed by hand."""
    office = an_emptied_row("name", *DERIVED)

    office.run()

    row = office.rows(Tab.AGENDA)[0]
    assert (row["name"], row["status"], row["receipt"]) == ("sisa", None, None)
    assert "tidak bernomor" in str(row["findings"])
