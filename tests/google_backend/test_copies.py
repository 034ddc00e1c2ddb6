"""A copy of the spreadsheet, or an older state of it, beside the one archive: no number is given a second time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sync.domain.safety import Accepted
from sync.domain.stops import BookCopied, NumbersInArchive
from tests.google.state import DriveFile
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import a_run, submit


def older_state(office: GoogleOffice) -> dict[str, list[list[Any]]]:
    return {tab: office.staff.rows(tab) for tab in ("Agenda", "Register", "Arsip", "Agenda Keluar", "Rekap")}


def put_back(office: GoogleOffice, state: dict[str, list[list[Any]]]) -> None:
    """Version history, restore: the rows are what they were."""
    for tab, rows in state.items():
        height = len(office.staff.rows(tab))
        if height > len(rows):
            office.staff.delete_rows(tab, len(rows) + 1, height)
        office.staff.write(tab, "A1", rows, typed=False)


def numbers(office: GoogleOffice) -> list[Any]:
    return [number for number in office.column("Register", "No. Registrasi") if number]


def documents(office: GoogleOffice) -> list[DriveFile]:
    return [entry for entry in office.google.state.files.values() if entry.content is not None]


def test_an_older_state_of_the_book_gives_no_number_again(office: GoogleOffice) -> None:
    """The stop names what lies there; it costs one call, and nothing is written."""
    submit(office, 2)
    a_run(office)
    state = older_state(office)
    submit(office, 2, first=3)
    a_run(office)
    put_back(office, state)
    office.calls()

    with pytest.raises(NumbersInArchive, match="KONS-2026-0003, KONS-2026-0004"):
        a_run(office)

    assert office.calls() == {"sheets_read": 2, "drive": 1}
    assert numbers(office) == ["KONS-2026-0001", "KONS-2026-0002"]
    assert len(documents(office)) == 4


def test_documents_of_before_there_was_a_label_are_found_by_their_folders(office: GoogleOffice) -> None:
    """The ones of version 0.1 do not say which archive they are of; the list has their folders."""
    submit(office, 2)
    a_run(office)
    state = older_state(office)
    submit(office, 1, first=3)
    a_run(office)
    for entry in documents(office):
        for label in ("archive", "book", "office"):
            del entry.app_properties[label]
    put_back(office, state)

    with pytest.raises(NumbersInArchive, match="KONS-2026-0003"):
        a_run(office)


def test_a_folder_that_is_gone_does_not_stop_the_look(office: GoogleOffice) -> None:
    """Drive then answers 404 to the whole query; the labels tell all the same."""
    submit(office, 2)
    a_run(office)
    state = older_state(office)
    submit(office, 1, first=3)
    a_run(office)
    put_back(office, state)
    header = office.staff.rows("Arsip")[0]
    row = office.staff.find("Arsip", "Berkas", "2026/500.3.2.1/11 November")
    office.staff.write("Arsip", f"{chr(65 + header.index('ID Dokumen'))}{row}", [["1" * 33]], typed=False)

    with pytest.raises(NumbersInArchive, match="KONS-2026-0003"):
        a_run(office)


def test_another_archive_of_the_same_account_is_not_looked_into(office: GoogleOffice) -> None:
    """A trial office with the same prefix, somewhere else in Drive, stops nobody."""
    submit(office, 1)
    a_run(office)
    for entry in documents(office):
        labels = {**entry.app_properties, "archive": "elsewhere", "reference": "KONS-2026-0009"}
        name = entry.name.replace("0001", "0009")
        other = replace(entry, file_id="other", name=name, parents=["elsewhere"], app_properties=labels)
        office.google.state.files[other.file_id] = other
    submit(office, 1, first=2)

    assert a_run(office).registered == 1


def copied_book(office: GoogleOffice) -> str:
    """Somebody makes a copy of the spreadsheet and puts its id into config.yaml."""
    state = office.google.state
    original = office.account.spreadsheet_id
    book, entry = state.spreadsheets[original].copy(), state.files[original]
    book.spreadsheet_id = "copy-of-the-book"
    state.spreadsheets[book.spreadsheet_id] = book
    state.files[book.spreadsheet_id] = replace(entry, file_id=book.spreadsheet_id)
    return str(book.spreadsheet_id)


def test_a_copied_book_is_told_from_its_original_before_it_gives_a_number(office: GoogleOffice) -> None:
    """By what the documents say of the book that issued them; with the flag it takes over, and then the other stops."""
    submit(office, 2)
    a_run(office)
    submit(office, 1, first=3)
    copy = copied_book(office)

    with pytest.raises(BookCopied):
        a_run(office, office.open(spreadsheet_id=copy))
    taken_over = a_run(office, office.open(spreadsheet_id=copy), accepted=Accepted(other_book=True))

    assert taken_over.registered == 1
    with pytest.raises(NumbersInArchive, match="KONS-2026-0003"):
        a_run(office)


def test_a_copied_book_that_took_over_needs_its_flag_once(office: GoogleOffice) -> None:
    """Its own documents are the newest then."""
    submit(office, 1)
    a_run(office)
    copy = copied_book(office)
    office.staff = office.staff.in_book(copy)  # the visitors' form writes where the job reads
    submit(office, 1, first=2)
    a_run(office, office.open(spreadsheet_id=copy), accepted=Accepted(other_book=True))
    office.google.clock.advance(60)
    submit(office, 1, first=3)

    assert a_run(office, office.open(spreadsheet_id=copy)).registered == 1
