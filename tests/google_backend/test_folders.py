"""Folders whose rows the archive list has lost: found again in Drive, never made a second time, and asked for once."""

from __future__ import annotations

from datetime import datetime

from sync.domain.book import FOLDER
from sync.workspace.google.cells import stored_value
from tests.google.state import DriveFile
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import a_run, submit

PATHS = ["2026", "2026/500.3.2.1", "2026/500.3.2.1/11 November"]
NAMES = ["11 November", "2026", "500.3.2.1"]


def folder_rows(office: GoogleOffice) -> dict[str, str]:
    """Id by path, as the archive list has them."""
    rows = zip(
        office.column("Arsip", "Jenis"),
        office.column("Arsip", "Berkas"),
        office.column("Arsip", "ID Dokumen"),
        strict=True,
    )
    return {path: file_id for kind, path, file_id in rows if kind == FOLDER}


def lose(office: GoogleOffice, *paths: str) -> None:
    """Somebody deletes those folders' rows in the archive list."""
    for path in paths:
        office.staff.delete_rows("Arsip", office.staff.find("Arsip", "Berkas", path))


def double(office: GoogleOffice, file_id: str, years: int) -> DriveFile:
    """A second folder of that name in the same place, made so many years later (or earlier, below 0)."""
    state = office.google.state
    twin: DriveFile = state.files[file_id].copy()
    twin.file_id, twin.created = state.new_id(33), twin.created.replace(year=twin.created.year + years)
    state.files[twin.file_id] = twin
    return twin


def test_folders_without_rows_are_taken_over_with_the_ids_they_have(office: GoogleOffice) -> None:
    """Their documents are on the list still: that is what says that something was lost."""
    submit(office, 1)
    a_run(office)
    before = folder_rows(office)
    assert sorted(before) == PATHS
    lose(office, *PATHS)
    submit(office, 1, first=2)
    office.calls()
    a_run(office)

    assert folder_rows(office) == before
    assert office.folders() == NAMES
    assert set(office.column("Arsip", "Keadaan")) == {"diarsipkan"}
    look, ids, root, listings, uploads = 1, 1, 1, 3, 1
    assert office.calls() == {"sheets_read": 2, "sheets_write": 2, "drive": look + ids + root + listings + uploads}


def test_one_lost_row_among_others_is_found_too(office: GoogleOffice) -> None:
    submit(office, 1)
    a_run(office)
    before = folder_rows(office)
    lose(office, PATHS[2])
    submit(office, 1, first=2)
    a_run(office)

    assert folder_rows(office) == before
    assert office.folders() == NAMES


def test_of_two_folders_of_one_path_the_older_is_taken(office: GoogleOffice) -> None:
    """Whichever the listing names first, every run and every machine takes the same."""
    submit(office, 1)
    a_run(office)
    before = folder_rows(office)
    double(office, before[PATHS[2]], years=1)
    older = double(office, before[PATHS[0]], years=-1)
    lose(office, *PATHS)
    submit(office, 1, first=2)
    a_run(office)

    after = folder_rows(office)
    assert after[PATHS[0]] == older.file_id
    assert office.google.state.files[after[PATHS[1]]].parents == [older.file_id]
    assert office.folders() == sorted([*NAMES, "11 November", "2026", "500.3.2.1", "11 November"])


def test_a_new_month_in_a_book_in_order_asks_drive_for_nothing(office: GoogleOffice) -> None:
    """What was never made cannot have been lost: the listing, which may be old, decides nothing.

    The one listing is the look for numbers that the book lacks.
    """
    submit(office, 1)
    a_run(office)
    submit(office, 1, first=2)
    december = datetime(2026, 12, 1, 8, 0)
    for header in ("Timestamp", "Waktu Datang"):
        office.staff.edit("Respons", 3, header, stored_value(december), typed=False)
    office.calls()
    a_run(office, now=datetime(2026, 12, 1, 10, 0))

    names = office.folders()
    assert (names.count("12 Desember"), names.count("2026"), names.count("500.3.2.1")) == (1, 1, 1)
    assert office.methods()["drive.files.list"] == 1
