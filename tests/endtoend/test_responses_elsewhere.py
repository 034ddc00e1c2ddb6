"""Responses in a tab that nobody reads: run, verify and doctor say so, on disk as on Google, and the run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.office import NOW, DiskOffice
from tests.google_admin.office import AdminOffice, opened

ANSWERS: dict[str, str | list[str]] = {"Waktu Datang": "08:05", "Persetujuan": "Ya, saya setuju"}


@pytest.fixture
def disk(tmp_path: Path) -> DiskOffice:
    office = DiskOffice.make(tmp_path)
    assert office.agenda("setup").code == 0
    return office


@pytest.fixture
def google(tmp_path: Path) -> Iterator[AdminOffice]:
    with opened(tmp_path) as office:
        office.setup()
        office.link()
        office.setup()
        office.google.state.drives[office.account.drive_id].members = {"*": "fileOrganizer"}
        yield office


def copied(workbook: Any, *moments: datetime) -> None:
    """Somebody opens the book and keeps responses in a tab of another name."""
    headers = [cell.value for cell in workbook["Respons"][1]]
    sheet = workbook.create_sheet("Form Responses 2")
    sheet.append(headers)
    for moment in moments:
        sheet.append([moment, moment, "Budi", *[None] * (len(headers) - 3)])


def test_on_disk(disk: DiskOffice) -> None:
    disk.edit(lambda workbook: copied(workbook, datetime(2026, 11, 24, 9, 0)))

    run = disk.agenda("run", "--json", "--now", NOW)
    assert run.code == 5
    assert json.loads(run.out)["registered"] == 0
    assert "'Form Responses 2'" in run.err
    assert "'Respons'" in run.err
    verify = disk.agenda("verify", "--json", "--now", NOW)
    assert [item["kind"] for item in verify.json()["differences"]] == ["responses-elsewhere"]
    assert disk.agenda("doctor").code == 5


def test_on_disk_everybody_else_is_served(disk: DiskOffice) -> None:
    def change(workbook: Any) -> None:
        moment = datetime(2026, 11, 24, 8, 0)
        workbook["Respons"].append([moment, moment, "Ani"])
        copied(workbook, datetime(2026, 11, 24, 9, 0))

    disk.edit(change)

    run = disk.agenda("run", "--json", "--now", NOW)

    assert (run.code, json.loads(run.out)["registered"]) == (5, 1)
    assert disk.agenda("run", "--json", "--now", NOW).code == 5


def test_an_old_tab_that_was_kept_is_no_alarm(disk: DiskOffice) -> None:
    def change(workbook: Any) -> None:
        moment = datetime(2026, 11, 24, 8, 0)
        workbook["Respons"].append([moment, moment, "Ani"])
        copied(workbook, datetime(2025, 3, 1, 9, 0))

    disk.edit(change)

    assert disk.run()["registered"] == 1
    assert disk.agenda("verify", "--now", NOW).code == 0


def test_a_book_with_big_tabs_beside_is_read_without_them(disk: DiskOffice) -> None:
    """By their first row alone, also where it is empty or the tab holds nothing."""

    def change(workbook: Any) -> None:
        workbook.create_sheet("Kosong")
        sheet = workbook.create_sheet("Catatan")
        for _ in range(50):
            sheet.append([None, "isi"])
        workbook.create_sheet("Lain")["C5"] = "isi"

    disk.edit(change)

    assert disk.run()["registered"] == 0


def test_on_google(google: AdminOffice) -> None:
    form_id = google.config().google.form_id
    google.google.clock.set("2026-11-24T01:10:00Z")
    google.staff.submit({**ANSWERS, "Nama Lengkap": "Ani"}, form_id=form_id)
    google.staff.unlink_form(form_id)
    google.staff.link_form("Form Responses 2", form_id)
    google.google.clock.set("2026-11-24T01:20:00Z")
    google.staff.submit({**ANSWERS, "Nama Lengkap": "Budi"}, form_id=form_id)

    run = google.agenda("run", "--json", "--now", NOW)

    assert (run.code, json.loads(run.out)["registered"]) == (5, 1)
    assert "'Form Responses 2'" in run.err
    verify = google.agenda("verify", "--json", "--now", NOW)
    assert "responses-elsewhere" in [item["kind"] for item in verify.json()["differences"]]
    error = google.doctor()["responses"].error
    assert error is not None
    assert error.exit_code == 5


def test_on_google_a_tab_behind_all_others_is_seen_by_doctor_and_verify(google: AdminOffice) -> None:
    headers = google.staff.rows("Respons")[0]
    google.staff.add_tab("Form Responses 2")
    google.staff.write("Form Responses 2", "A1", [headers, ["24/11/2026 08:20:00", "08:20", "Budi"]])

    assert google.doctor()["responses"].error is not None
    assert google.agenda("verify", "--now", NOW).code == 5


def test_on_google_a_book_in_the_bin_is_said_by_verify_and_doctor(google: AdminOffice) -> None:
    google.staff.trash(google.config().google.spreadsheet_id)

    verify = google.agenda("verify", "--now", NOW)

    assert verify.code == 5
    assert "bin" in verify.err
    assert google.doctor()["spreadsheet"].error is not None
