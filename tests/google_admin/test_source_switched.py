"""The source of responses switched between the linked tab and the Forms API: each visit keeps its number."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_admin.office import AdminOffice
from tests.google_admin.test_form_faults import edit, numbers, run, submit

BOTH = ("sheet", "forms-api")
SITI = {"Waktu Datang": "07:55", "Uraian Singkat": "Tanya akta"}


def ledger(office: AdminOffice) -> list[dict[str, Any]]:
    rows = office.staff.rows("Register")
    return [dict(zip(rows[0], row, strict=False)) for row in rows[1:] if row and row[0]]


@pytest.mark.parametrize("first", BOTH)
def test_switching_the_source_and_back_is_nobody_s_news(office: AdminOffice, first: str) -> None:
    """No second number, no response-changed, and nothing to write once both have been seen."""
    other = next(source for source in BOTH if source != first)
    office.configure(responses=first)
    submit(office, "Siti", "01:00", **SITI)
    submit(office, "Budi", "02:00")
    assert run(office)["registered"] == 2
    before = [(row["No. Registrasi"], row["Kunci Respons"]) for row in ledger(office)]

    for source in (other, first, other):
        office.configure(responses=source)
        report = run(office)
        assert (report["registered"], report["documents_filed"]) == (0, 0)
        assert "response-changed" not in report["findings"]
        assert run(office)["rows_updated"] == 0

    assert [(row["No. Registrasi"], row["Kunci Respons"]) for row in ledger(office)] == before
    submit(office, "Ani", "03:00")
    assert run(office)["registered"] == 1
    assert list(numbers(office).values()) == ["Siti", "Budi", "Ani"]


@pytest.mark.parametrize("first", BOTH)
def test_an_edit_after_the_switch_is_told_once_and_gives_no_number(office: AdminOffice, first: str) -> None:
    """By its visitor through the form; afterwards the source is switched back once more."""
    other = next(source for source in BOTH if source != first)
    office.configure(responses=first)
    response = submit(office, "Siti", "01:00", **SITI)
    submit(office, "Budi", "02:00")
    run(office)
    office.configure(responses=other)
    run(office)
    edit(office, response, "03:00", **{**SITI, "Nama Lengkap": "Siti", "Uraian Singkat": "Tanya akta dan izin"})

    for source in (other, first):
        office.configure(responses=source)
        report = run(office)
        assert report["registered"] == 0
        assert report["findings"]["response-changed"] == 1
    assert len(ledger(office)) == 2


@pytest.mark.parametrize("source", BOTH)
def test_a_deleted_row_whose_visitor_edits_the_response_stays_deleted(office: AdminOffice, source: str) -> None:
    office.configure(responses=source)
    response = submit(office, "Siti", "01:00", **SITI)
    submit(office, "Budi", "02:00")
    submit(office, "Ani", "02:30")
    run(office)
    office.staff.delete_rows("Agenda", 2)
    run(office)
    edit(office, response, "03:00", **{**SITI, "Nama Lengkap": "Siti", "Uraian Singkat": "Lain"})

    report = run(office)

    assert report["registered"] == 0
    assert (report["findings"]["row-deleted"], report["findings"]["response-changed"]) == (1, 1)
    assert list(numbers(office).values()) == ["Budi", "Ani"]


@pytest.mark.parametrize("source", BOTH)
def test_a_number_typed_in_the_sheet_is_passed_over(office: AdminOffice, source: str) -> None:
    office.configure(responses=source)
    submit(office, "Siti", "01:00")
    run(office)
    office.staff.write("Agenda", "A3", [["KONS-2026-2"]], typed=False)
    submit(office, "Budi", "02:00")

    report = run(office)

    assert (report["registered"], report["documents_filed"]) == (1, 1)
    assert [row["No. Registrasi"] for row in ledger(office)] == ["KONS-2026-0001", "KONS-2026-0003"]


def test_a_timestamp_changed_or_emptied_in_the_linked_tab_gives_no_second_number(office: AdminOffice) -> None:
    office.configure(responses="sheet")
    submit(office, "Siti", "01:00", **SITI)
    run(office)
    for changed in (46300.25, "", "kemarin"):
        office.staff.write("Respons", "A2", [[changed]], typed=False)
        report = run(office)
        assert report["registered"] == 0
        assert report["findings"]["response-changed"] == 1
