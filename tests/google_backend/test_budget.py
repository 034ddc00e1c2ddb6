"""What a run costs, in calls. None of it depends on how many rows the book has."""

from __future__ import annotations

import pytest

from sync.errors import Unreachable
from sync.pace import Limits
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import a_run, submit

FOLDERS = 3
ROOT_CHECK = 1
LISTING = 1
"""Does the archive hold numbers that the book lacks? Asked whenever numbers are to be given."""


def test_an_idle_run_is_one_read(office: GoogleOffice) -> None:
    submit(office, 2)
    a_run(office)
    office.calls()
    report = a_run(office)

    assert (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0)
    assert office.calls() == {"sheets_read": 1}


def test_a_first_run_also_makes_the_folders_and_looks_at_the_archive_once(office: GoogleOffice) -> None:
    submit(office, 3)
    report = a_run(office)

    assert (report.registered, report.documents_filed) == (3, 3)
    assert office.calls() == {"sheets_read": 2, "sheets_write": 2, "drive": 1 + ROOT_CHECK + LISTING + FOLDERS + 3}


def test_a_new_book_without_visitors_is_one_read_too(office: GoogleOffice) -> None:
    """Nobody looks into the archive before there is a number to give."""
    a_run(office)
    office.calls()
    a_run(office)

    assert office.calls() == {"sheets_read": 1}


@pytest.mark.parametrize("count", [1, 25])
def test_new_registrations_cost_two_reads_two_writes_one_look_one_allocation_and_their_uploads(
    office: GoogleOffice, count: int
) -> None:
    submit(office, 1)
    a_run(office)
    submit(office, count, first=2)
    office.calls()
    report = a_run(office)

    assert (report.registered, report.documents_filed) == (count, count)
    methods = {name.removeprefix("sheets.").removeprefix("drive."): n for name, n in office.methods().items()}
    assert methods == {
        "spreadsheets.get": 2,
        "spreadsheets.batchUpdate": 2,
        "files.list": LISTING,
        "files.generateIds": 1,
        "files.create": count,
    }


def test_a_further_portion_costs_one_read_and_one_write(office: GoogleOffice) -> None:
    """The read is of the archive list alone."""
    submit(office, 1)
    a_run(office)
    submit(office, 5, first=2)
    office.calls()
    a_run(office, limits=Limits(portion=2))

    assert office.calls() == {"sheets_read": 4, "sheets_write": 4, "drive": 1 + 1 + 5}


def test_what_was_uploaded_and_not_recorded_is_recognised_by_one_listing(office: GoogleOffice) -> None:
    """Not by an upload each that is refused, and a question each what lies there."""
    submit(office, 6)
    office.google.faults.fail(503, kind="sheets_read", nth=2, times=0)
    with pytest.raises(Unreachable):
        a_run(office)
    office.google.faults.clear()
    office.calls()
    report = a_run(office)

    assert report.documents_filed == 6
    assert office.calls() == {"sheets_read": 2, "sheets_write": 1, "drive": 1}
    assert set(office.column("Arsip", "Keadaan")) == {"diarsipkan"}


def test_what_the_listing_does_not_show_yet_is_recognised_one_by_one(office: GoogleOffice) -> None:
    submit(office, 3)
    office.google.faults.fail(503, kind="sheets_read", nth=2, times=0)
    with pytest.raises(Unreachable):
        a_run(office)
    office.google.faults.clear()
    office.google.settings.list_lag_seconds = 3600
    report = a_run(office)

    assert report.documents_filed == 3
    assert len(office.files()) == 3


def test_a_book_of_ten_thousand_rows_costs_the_same_calls(office: GoogleOffice) -> None:
    submit(office, 1)
    a_run(office)
    rows = len(office.staff.rows("Agenda"))
    width = len(office.staff.rows("Agenda")[0])
    office.staff.write("Agenda", f"A{rows + 1}", [[""] * (width - 5) + ["lama"]] * 10_000, typed=False)
    a_run(office)
    submit(office, 2, first=2)
    office.calls()
    a_run(office)

    assert office.calls() == {"sheets_read": 2, "sheets_write": 2, "drive": LISTING + 1 + 2}


def test_a_run_with_many_uploads_does_not_wait_for_quota(office: GoogleOffice) -> None:
    submit(office, 10)
    a_run(office)

    assert office.clock.slept == []
