"""Responses from the Forms API: a table like the linked tab's, with the response's own id."""

from __future__ import annotations

from datetime import datetime

import pytest

from sync.domain.reading import RESPONSE_ID
from sync.errors import HeaderMissing
from sync.workspace.google.errors import NotThere
from tests.google_backend.office import GoogleOffice

TITLES = ("Waktu Datang", "Nama Lengkap", "Nomor HP/WhatsApp", "Topik Konsultasi")


def make_form(office: GoogleOffice, *titles: str) -> None:
    form = office.google.state.forms[office.account.form_id]
    form.document["items"] = [
        {
            "itemId": f"i{number}",
            "title": title,
            "questionItem": {"question": {"questionId": f"q{number}", "textQuestion": {}}},
        }
        for number, title in enumerate(titles)
    ]


def test_answers_stand_under_their_questions_oldest_first(office: GoogleOffice) -> None:
    make_form(office, *TITLES)
    later, sooner = datetime.fromisoformat("2026-11-24T02:00:01Z"), datetime.fromisoformat("2026-11-24T01:30:00.5Z")
    office.staff.submit({"Nama Lengkap": "Budi", "Nomor HP/WhatsApp": "0812"}, at=later)
    first = office.staff.submit({"Nama Lengkap": "Siti", "Waktu Datang": "08:20"}, at=sooner)
    workspace = office.open(responses="forms-api")
    office.calls()
    table = workspace.read(["Respons", "Agenda"]).table("Respons")

    assert set(table.headers) == {"Timestamp", *TITLES, RESPONSE_ID}
    rows = [dict(zip(table.headers, row.cells, strict=True)) for row in table.rows]
    assert [row["Nama Lengkap"] for row in rows] == ["Siti", "Budi"]
    assert rows[0]["Timestamp"] == datetime(2026, 11, 24, 8, 30)
    assert (rows[0]["Waktu Datang"], rows[0][RESPONSE_ID]) == ("08:20", first)
    assert (rows[1]["Nomor HP/WhatsApp"], rows[1]["Waktu Datang"]) == ("0812", None)
    assert office.calls() == {"sheets_read": 1, "forms": 2}
    workspace.read(["Respons"])
    assert office.calls() == {"sheets_read": 1, "forms": 1}


def test_a_question_that_was_renamed_is_missed_by_its_header(office: GoogleOffice) -> None:
    make_form(office, "Nama")
    table = office.open(responses="forms-api").read(["Respons"]).table("Respons")
    with pytest.raises(HeaderMissing, match="Nama Lengkap"):
        table.column("Nama Lengkap")


def test_many_responses_come_in_pages(office: GoogleOffice) -> None:
    make_form(office, *TITLES)
    for _ in range(7):
        office.staff.submit({"Nama Lengkap": "Siti"})
    form = office.google.state.forms[office.account.form_id]
    form.responses = [{**form.responses[n % 7], "responseId": f"r{n}"} for n in range(5200)]
    workspace = office.open(responses="forms-api")
    office.calls()

    assert len(workspace.read(["Respons"]).table("Respons").rows) == 5200
    assert office.calls() == {"sheets_read": 1, "forms": 3}


def test_a_form_that_is_gone(office: GoogleOffice) -> None:
    with pytest.raises(NotThere, match="the form"):
        office.open(responses="forms-api", form_id="1nowhere").read(["Respons"])
