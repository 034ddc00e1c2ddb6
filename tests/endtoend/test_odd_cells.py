"""Moved columns, odd cells and odd days stop nothing: what can be read is, and the rest is a finding."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from tests import build
from tests.endtoend.office import DiskOffice, headers


def test_a_header_with_stray_spaces_in_a_moved_column_is_followed(office: DiskOffice) -> None:
    """People move and pad columns; a header is known by its words."""
    office.import_visits(build.visits()[:1])
    office.run()

    def move(book: Any) -> None:
        sheet = book["Agenda"]
        at = headers(sheet)["Mulai Konsultasi"]
        sheet.cell(1, at).value = None
        sheet.cell(1, sheet.max_column + 1).value = "  mulai   KONSULTASI "
        sheet.cell(2, sheet.max_column).value = "09.00"

    office.edit(move)

    assert office.check()["registrations"][0]["status"] == "konsultasi"


def test_odd_cells_are_findings_and_stop_nothing(office: DiskOffice) -> None:
    """A formula error for a time, a number for a phone, sixteen digits as a float, a time of another day."""
    visits = build.visits()[:4]
    office.import_visits(visits)
    office.run()

    def spoil(book: Any) -> None:
        sheet = book["Agenda"]
        column = headers(sheet)
        sheet.cell(2, column["Mulai Konsultasi"]).value = "#REF!"
        sheet.cell(2, column["Mulai Konsultasi"]).data_type = "e"
        sheet.cell(3, column["Nomor HP/WhatsApp"]).value = 81316523126
        sheet.cell(3, column["Nomor HP/WhatsApp"]).number_format = "General"
        sheet.cell(4, column["Nomor HP/WhatsApp"]).value = 6171015708900001.0
        sheet.cell(5, column["Mulai Konsultasi"]).value = datetime(2026, 11, 2, 15, 9)
        sheet.cell(5, column["Selesai Konsultasi"]).value = time(0, 30)

    office.edit(spoil)
    report = office.run()
    codes = {
        item["number"]: {finding["code"] for finding in item["findings"]} for item in office.check()["registrations"]
    }

    assert report["rows_updated"] == 3
    assert "time-unreadable" in codes["KONS-2026-0001"]
    assert "phone-unreadable" not in codes["KONS-2026-0002"]
    assert "phone-unreadable" in codes["KONS-2026-0003"]
    assert "step-out-of-order" in codes["KONS-2026-0004"]
    assert office.run()["rows_updated"] == 0


def test_a_consultation_over_midnight_is_judged_where_its_days_are_written(office: DiskOffice) -> None:
    """Two date-times on two days are in order; working time counts the mornings only."""
    office.import_visits(build.visits()[:1])
    office.run()

    def over_midnight(book: Any) -> None:
        column = headers(book["Agenda"])
        book["Agenda"].cell(2, column["Mulai Konsultasi"]).value = "02/11/2026 23.30"
        book["Agenda"].cell(2, column["Selesai Konsultasi"]).value = datetime(2026, 11, 3, 8, 0)

    office.edit(over_midnight)
    step = office.check()["registrations"][0]["steps"]["konsultasi"]

    assert (step["verdict"], step["working_minutes"], step["wall_minutes"]) == ("sesuai", 30.0, 510.0)


def test_a_visit_on_the_29th_of_february_is_filed_under_that_day(office: DiskOffice) -> None:
    """Leap days exist."""
    visit = build.visits()[0]
    visit["response"]["Timestamp"] = "2028-02-29T09:00:00"
    office.import_visits([visit])

    report = office.run("2028-02-29T10:00")

    assert report["documents"] == ["2028/500.3.2.1/02 Februari/2028-02-29_KONS-2028-0001_tanda-registrasi.docx"]
