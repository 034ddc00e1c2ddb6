"""How moments look to people: a time of day is never shown as one of the year 1899."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import a_run, submit

OLD_LOOK = {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"}
TYPED = {"08:30": "8:30", "24/11/2026 08:30": "24/11/2026 8:30"}
"""Each way to type a moment, and what Sheets makes of it in a cell without a look of its own."""


def dress_as_before(office: GoogleOffice, header: str) -> None:
    """Give a column of the agenda the look that it had in books of earlier versions."""
    agenda = office.staff.book.by_title("Agenda")
    assert agenda is not None
    column = office.staff.column("Agenda", header)
    below = {"sheetId": agenda.sheet_id, "startRowIndex": 1, "startColumnIndex": column, "endColumnIndex": column + 1}
    cell = {"userEnteredFormat": {"numberFormat": OLD_LOOK}}
    office.staff.requests({"repeatCell": {"range": below, "cell": cell, "fields": "userEnteredFormat.numberFormat"}})


def shown(office: GoogleOffice, header: str) -> list[str]:
    rows = office.staff.rows("Agenda", "FORMATTED_VALUE")
    return [row[rows[0].index(header)] for row in rows[1:] if row[0]]


def answer(office: GoogleOffice, header: str, value: float) -> None:
    """Change an answer in the form's tab, before it is registered."""
    office.staff.edit("Respons", 2, header, value, typed=False)


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        (timedelta(hours=8, minutes=30) / timedelta(days=1), "08:30"),
        ((datetime(2026, 11, 24, 8, 30) - datetime(1899, 12, 30)) / timedelta(days=1), "24/11/2026 08:30"),
    ],
)
def test_a_visitors_time_of_day_is_shown_as_one(office: GoogleOffice, serial: float, text: str) -> None:
    """The form's question is a time of day, and Sheets keeps it as a part of day 0; a full moment shows its day."""
    dress_as_before(office, "Waktu Datang")
    submit(office, 1)
    answer(office, "Waktu Datang", serial)
    a_run(office)

    assert shown(office, "Waktu Datang") == [text]
    assert office.column("Agenda", "Waktu Datang") == [pytest.approx(serial)]
    assert shown(office, "Waktu Registrasi") == ["24/11/2026 08:00"]


@pytest.mark.parametrize("typed", TYPED)
def test_a_moment_typed_into_a_new_row_is_shown_as_it_was_typed(office: GoogleOffice, typed: str) -> None:
    """Also where the column, or the row above, had a look of its own: new rows inherit it."""
    dress_as_before(office, "Mulai Konsultasi")
    submit(office, 1)
    a_run(office)
    submit(office, 1, first=2)
    a_run(office)
    for row in (2, 3):
        office.staff.edit("Agenda", row, "Mulai Konsultasi", typed, typed=True)

    assert shown(office, "Mulai Konsultasi") == [TYPED[typed]] * 2
