"""A response whose moment is still to come: registered and told, and nothing is issued of it until that is right."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from sync.domain.tabs import Tab
from tests import build
from tests.run.office import MemoryOffice

TO_COME = datetime(2027, 3, 2, 8, 26, 5)


def an_office_with_a_date_to_come() -> MemoryOffice:
    office = MemoryOffice()
    office.respond(timestamp=TO_COME)
    report = office.run()
    assert (report.registered, report.documents_filed) == (1, 0)
    assert report.findings["future-time"] >= 1
    return office


def test_it_is_registered_and_told_and_has_no_document() -> None:
    office = an_office_with_a_date_to_come()

    assert office.run().documents_filed == 0
    assert "belum terjadi" in str(office.rows(Tab.AGENDA)[0]["findings"])
    assert office.rows(Tab.ARCHIVE) == []


def test_once_the_moment_is_past_the_receipt_is_issued() -> None:
    office = an_office_with_a_date_to_come()

    assert office.run(datetime(2027, 3, 2, 9, 0)).documents_filed == 1


@pytest.mark.parametrize("tab", ["Respons", "Agenda"])
def test_once_it_is_corrected_the_receipt_is_issued_under_the_right_day(tab: str) -> None:
    """In the response or in the row: and the wrong day, when it comes, changes nothing any more."""
    office = an_office_with_a_date_to_come()
    header = {"Respons": "Timestamp", "Agenda": "Waktu Registrasi"}[tab]
    grid = office.workspace.tabs[tab]
    grid[1][grid[0].index(header)] = datetime(2026, 11, 24, 8, 26, 5)

    report = office.run()

    assert (report.registered, report.documents_filed) == (0, 1)
    assert "future-time" not in report.findings
    assert "2026-11-24_KONS-2027-0001" in report.paths[0]
    later = office.run(datetime(2027, 4, 1, 9, 0))
    assert not [path for path in later.paths if "KONS-2027-0001" in path]


def test_it_makes_no_report_of_a_period() -> None:
    """Not of its own month, and not of the months until then."""
    office = MemoryOffice()
    office.respond(timestamp=TO_COME)
    office.respond(timestamp=datetime(2026, 11, 24, 8, 0), arrived=time(8, 0), name="Dayang", phone="081316523126")
    report = office.run()

    assert [path for path in report.paths if "rekap" in path] == []
    assert report.registered == 2


def test_all_others_go_on() -> None:
    office = an_office_with_a_date_to_come()
    office.respond(timestamp=build.NOW.replace(hour=9), name="Dayang", phone="081316523126")

    assert office.run().documents_filed == 1
