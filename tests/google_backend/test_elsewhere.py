"""Responses that go elsewhere, and a book that lies in the bin: said, not passed over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sync.workspace.google import GoogleWorkspace
from sync.workspace.google.errors import BookTrashed
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import NOW, _response, a_run, submit

NEXT_DAY = NOW + timedelta(days=1)


def looking(office: GoogleOffice) -> GoogleWorkspace:
    """As the command line opens it."""
    return office.open(others="between")


def linked_anew(office: GoogleOffice, *numbers: int, tab: str = "Form Responses 2", index: int | None = 0) -> None:
    """A new tab in front of all, headed like the old one in the form's language, with these visitors in it."""
    headers = ["Stempel waktu", *office.staff.rows("Respons")[0][1:]]
    office.staff.add_tab(tab, index)
    office.staff.write(tab, "A1", [headers, *map(_response, numbers)], typed=False)


def test_a_form_linked_anew_is_told_by_every_run(office: GoogleOffice, caplog: pytest.LogCaptureFixture) -> None:
    submit(office, 2)
    a_run(office)
    linked_anew(office, 1, 2, 3)

    for _ in range(2):
        report = a_run(office, looking(office))
        assert [(place.tab, place.unread) for place in report.elsewhere] == [("Form Responses 2", 1)]
    assert any(record.message == "responses-elsewhere" for record in caplog.records)


def test_the_way_on_that_is_told_works_and_registers_nobody_twice(office: GoogleOffice) -> None:
    submit(office, 2)
    a_run(office)
    linked_anew(office, 1, 2, 3)
    office.staff.rename_tab("Respons", "Respons lama")
    office.staff.rename_tab("Form Responses 2", "Respons")
    office.staff.rename_column("Respons", "Stempel waktu", "Timestamp")

    report = a_run(office, looking(office))

    assert (report.registered, report.elsewhere) == (1, ())


def test_an_ordinary_office_pays_nothing_for_it(office: GoogleOffice) -> None:
    """Nor one with tabs of its own behind the job's."""
    office.staff.add_tab("Catatan")
    submit(office, 1)
    a_run(office, looking(office))
    office.calls()
    a_run(office, looking(office))

    assert office.calls() == {"sheets_read": 1}


def test_tabs_of_peoples_own_in_front_are_looked_at_once_a_process(office: GoogleOffice) -> None:
    office.staff.add_tab("Catatan", 0)
    workspace = looking(office)
    a_run(office, workspace)
    office.calls()
    a_run(office, workspace)

    assert office.calls() == {"sheets_read": 1}
    linked_anew(office, 1)
    assert [place.unread for place in a_run(office, workspace).elsewhere] == [1]


def test_responses_by_the_forms_api_come_wherever_the_form_is_linked(office: GoogleOffice) -> None:
    linked_anew(office, 1)
    workspace = office.open(responses="forms-api", others="everywhere")

    assert workspace.read(list(office.config().rules.tab_names.values())).others == ()


@pytest.mark.parametrize("later", [NOW + timedelta(minutes=61), NEXT_DAY], ids=str)
def test_a_book_in_the_bin_stops_the_next_numbers(office: GoogleOffice, later: datetime) -> None:
    """It would answer until it is deleted for good, 30 days later, with everything that was entered until then."""
    submit(office, 1)
    a_run(office)
    office.staff.trash(office.account.spreadsheet_id)
    submit(office, 1, first=2)

    with pytest.raises(BookTrashed, match="Restore it") as caught:
        a_run(office, now=later)

    assert caught.value.exit_code == 5
    assert len(office.column("Register", "No. Registrasi")) == 1
    office.staff.trash(office.account.spreadsheet_id, trashed=False)
    assert a_run(office, now=later).registered == 1


def test_the_look_at_the_bin_is_one_call_an_hour_at_most(office: GoogleOffice) -> None:
    submit(office, 1)
    a_run(office)
    looks = []
    for first, now in ((2, NEXT_DAY), (3, NEXT_DAY + timedelta(minutes=59)), (4, NEXT_DAY + timedelta(hours=3))):
        submit(office, 1, first=first)
        office.methods()
        a_run(office, now=now)
        looks.append(office.methods().get("drive.files.get", 0))

    assert looks == [1, 0, 1]
