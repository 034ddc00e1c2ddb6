"""Responses from the Forms API: a table like the linked tab's, with the response's own id."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sync.domain.agenda import judge_book
from sync.domain.compliance import Clock
from sync.domain.finding import Code
from sync.domain.reading import RESPONSE_ID, read_book, tabs_to_read
from sync.domain.table import AppendRows
from sync.errors import HeaderMissing
from sync.workspace.google.errors import NotThere
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import NOW, a_run

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


@pytest.mark.parametrize("letter", ["x", "\U0001f600"], ids=["letters", "emoji"])
def test_an_answer_longer_than_a_cell_is_registered_cut_and_told(office: GoogleOffice, letter: str) -> None:
    """One refused batch would be refused for ever, with everybody else's registrations in it."""
    make_form(office, *list(office.config().rules.columns.responses.headers.values())[1:])
    staff = office.staff
    staff.submit({"Nama Lengkap": "Ani", "Uraian Singkat": letter * 60_000}, datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    staff.submit({"Nama Lengkap": letter * 50_001}, datetime(2026, 11, 24, 1, 1, tzinfo=UTC))
    workspace = office.open(responses="forms-api")

    assert a_run(office, workspace).registered == 2

    written = [text for header in ("Uraian Singkat", "Nama Lengkap") for text in office.column("Agenda", header)]
    assert sum(str(text).endswith("[dipotong]") for text in written) == 2
    config = office.config()
    book = read_book(workspace.read(tabs_to_read(config.rules)), config.rules, config.utc_offset)
    clock = Clock(config.rules.calendar, config.rules.wall_clock, config.utc_offset)
    findings = [row.findings for row in judge_book(book, config.rules, clock, NOW).rows]
    assert [Code.TEXT_CLEANED in {finding.code for finding in found} for found in findings] == [True, True]
    assert a_run(office, office.open(responses="forms-api")).registered == 0


def test_no_text_of_whoever_spoils_a_batch(office: GoogleOffice) -> None:
    """A text of any length, in whatever column: cut where Google would refuse all that goes with it."""
    workspace = office.open()
    revision = workspace.read(["Agenda"]).revision
    rows = ({"No. Registrasi": "KONS-2026-0001", "Keterangan": "a" * 50_001, "Saran": "\U0001f600" * 25_001},)

    workspace.commit([AppendRows("Agenda", rows)], revision)

    assert len(office.column("Agenda", "Keterangan")[0]) == 50_000
    assert office.column("Agenda", "Saran")[0].endswith("[dipotong]")
