"""An office on 0.1 upgrades by running this version: its book, archive, config.yaml and templates as 0.1 left them.

``tests/data/office/office-0.1.zip`` was made by version 0.1: eight visits, 28 documents, one official number typed.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import build
from tests.endtoend.office import DiskOffice

AFTER = "2026-10-05T10:00"


@pytest.fixture
def office_of_01(tmp_path: Path) -> DiskOffice:
    with zipfile.ZipFile(build.ROOT / "tests" / "data" / "office" / "office-0.1.zip") as office:
        office.extractall(tmp_path)
    return DiskOffice(tmp_path)


def _documents(office: DiskOffice) -> dict[str, bytes]:
    return {
        path.relative_to(office.archive).as_posix(): path.read_bytes()
        for path in office.archive.rglob("*.docx")
        if path.is_file()
    }


def _new_visitor(office: DiskOffice) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Respons"]
        columns = {str(cell.value): index for index, cell in enumerate(sheet[1], 1)}
        row = 2 + sum(sheet.cell(number, 1).value is not None for number in range(2, sheet.max_row + 1))
        answers = {
            "Timestamp": datetime(2026, 10, 5, 9, 30),
            "Nama Lengkap": "Dewi",
            "Nomor HP/WhatsApp": "08125550001",
        }
        for header, value in answers.items():
            sheet.cell(row, columns[header]).value = value

    office.edit(change)


def test_the_first_run_of_this_version_issues_nothing_again(office_of_01: DiskOffice) -> None:
    """What 0.1 filed stands as it is; rows, numbers and official numbers are read as 0.1 wrote them."""
    documents = _documents(office_of_01)
    numbers = [row["No. Registrasi"] for row in office_of_01.rows("Register")]
    outcome = office_of_01.run(AFTER)

    assert (outcome["registered"], outcome["documents_filed"]) == (0, 0)
    assert _documents(office_of_01) == documents
    assert [row["No. Registrasi"] for row in office_of_01.rows("Register")] == numbers


def test_a_visitor_after_the_upgrade_gets_the_next_number_and_a_receipt(office_of_01: DiskOffice) -> None:
    """Also where the visitor comes before the first run of this version."""
    _new_visitor(office_of_01)
    outcome = office_of_01.run(AFTER)

    assert (outcome["registered"], outcome["documents_filed"]) == (1, 1)
    assert office_of_01.rows("Register")[-1]["No. Registrasi"] == "KONS-2026-0009"
    again = office_of_01.run(AFTER)
    assert (again["registered"], again["documents_filed"], again["rows_updated"]) == (0, 0, 0)


def test_setup_adds_the_columns_of_staff_that_01_did_not_know(office_of_01: DiskOffice) -> None:
    """Right of what stands there, once; the officers stay who they are."""
    officers = [list(row.values()) for row in office_of_01.rows("Petugas")]
    first = office_of_01.agenda("setup")
    again = office_of_01.agenda("setup")

    assert "added the column 'Berlaku Sejak' to the tab 'Petugas'" in first.out
    assert "everything is there already" in again.out
    assert list(office_of_01.rows("Petugas")[0]) == ["Nama", "NIP", "Peran", "Aktif", "Berlaku Sejak", "Berlaku Sampai"]
    assert [list(row.values())[:4] for row in office_of_01.rows("Petugas")] == officers


def test_book_and_archive_of_01_are_whole_for_this_version(office_of_01: DiskOffice) -> None:
    """Before its first run and after it."""
    before = office_of_01.agenda("verify", "--json", "--now", AFTER)
    office_of_01.run(AFTER)
    after = office_of_01.agenda("verify", "--json", "--now", AFTER)

    assert before.code == 0, before.out
    assert after.code == 0, after.out
    assert after.json()["differences"] == []
    assert after.json()["notes"] == []
