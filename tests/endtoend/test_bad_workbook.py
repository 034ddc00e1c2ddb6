"""A workbook that is not whole, or holds what the job cannot carry, stops the run: exit 5, and it stays as it is."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from tests import build
from tests.endtoend.office import DiskOffice, headers

Change = Callable[[Any], None]


def _rename_header(book: Any, header: str, new: str | None) -> None:
    sheet = book["Agenda"]
    sheet.cell(1, headers(sheet)[header]).value = new


def _set(book: Any, tab: str, cell: str, value: object) -> None:
    book[tab][cell] = value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: book.remove(book["Register"]), "tab 'Register' is missing"),
        (lambda book: _rename_header(book, "Status", None), "tab 'Agenda', row 1: no column is headed 'Status'"),
        (lambda book: _set(book, "Agenda", "BA1", "STATUS "), "tab 'Agenda', row 1: 2 columns are headed 'Status'"),
        (lambda book: book["Agenda"].delete_rows(1, 500), "tab 'Agenda', row 1: no column is headed"),
        (lambda book: book["Agenda"].delete_rows(2, 500), "tab 'Agenda': 4 of 4 registered rows are gone"),
        (
            lambda book: book["Agenda"].merge_cells("A1:C1"),
            "tab 'Agenda', row 1: no column is headed 'Waktu Registrasi'",
        ),
        (lambda book: _set(book, "Register", "A3", "nomor lima"), "tab 'Register', row 3: no registration number"),
    ],
    ids=[
        "missing tab",
        "missing header",
        "doubled header",
        "empty book",
        "emptied agenda",
        "merged header",
        "edited ledger",
    ],
)
def test_a_workbook_that_is_not_whole_stops_the_run_and_stays_as_it_is(
    office: DiskOffice, change: Change, said: str
) -> None:
    """Exit 5, with the tab, the row and the header; not a byte is written."""
    office.import_visits(build.visits()[:4])
    office.run()
    office.edit(change)
    before = office.book.read_bytes()

    outcome = office.agenda("run", "--now", "2026-11-24T10:00")

    assert outcome.code == 5
    assert said in outcome.err
    assert office.book.read_bytes() == before


def test_a_merge_over_cells_the_job_writes_stops_the_run_with_its_place(office: DiskOffice) -> None:
    """Merged cells hold one value; the job will not choose whose."""
    office.import_visits(build.visits()[:3])
    office.run()

    def merge(book: Any) -> None:
        sheet = book["Agenda"]
        column = headers(sheet)["Status"]
        sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
        sheet.cell(3, headers(sheet)["Mulai Konsultasi"]).value = "09.30"

    office.edit(merge)
    outcome = office.agenda("run", "--now", "2026-11-24T10:00")

    assert outcome.code == 5
    assert "merged, so the job cannot write there. Unmerge them" in outcome.err


def test_a_half_written_workbook_is_left_as_it_is(office: DiskOffice) -> None:
    """Exit 5: it may be a copy under way, or broken; either way the job does not touch it."""
    office.import_visits(build.visits()[:2])
    half = office.book.read_bytes()[:5000]
    office.book.write_bytes(half)

    outcome = office.agenda("run")

    assert outcome.code == 5
    assert "not a whole Excel workbook" in outcome.err
    assert office.book.read_bytes() == half


def test_a_lost_workbook_beside_an_archive_is_not_made_anew(office: DiskOffice) -> None:
    """A new book would give the old numbers again."""
    office.import_visits(build.visits()[:2])
    office.run()
    office.book.unlink()

    outcome = office.agenda("run")

    assert outcome.code == 5
    assert "the agenda book is gone" in outcome.err
    assert not office.book.exists()


def test_a_picture_in_the_workbook_is_still_there_after_the_run(office: DiskOffice) -> None:
    """The book is changed in place: what the job knows nothing about stays, to the byte."""
    office.import_visits(build.visits()[:2])
    picture = office.folder / "foto.png"
    Picture.new("RGB", (20, 20), "red").save(picture)
    office.edit(lambda book: book["Petugas"].add_image(Image(str(picture)), "F3"))
    before = _pictures(office)

    outcome = office.agenda("run", "--now", "2026-11-24T10:00")

    assert outcome.code == 0
    assert len(before) == 1
    assert _pictures(office) == before


def _pictures(office: DiskOffice) -> dict[str, bytes]:
    with zipfile.ZipFile(office.book) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith("xl/media/")}
