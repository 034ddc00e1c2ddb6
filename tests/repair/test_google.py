"""The same repairs on Google: the port is all they know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.domain.compliance import Clock
from sync.domain.stops import ArchiveListLost, LedgerLost
from sync.repair import Bench, rebuild, renumber, restore, verify
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import NOW, a_run, submit

NUMBERS = ["KONS-2026-0001", "KONS-2026-0002", "KONS-2026-0003"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[GoogleOffice]:
    """Three visitors, registered."""
    opened = GoogleOffice(tmp_path)
    submit(opened, 3)
    a_run(opened)
    yield opened
    opened.close()


def bench(office: GoogleOffice) -> Bench:
    config = office.config()
    clock = Clock(config.rules.calendar, config.rules.wall_clock, config.utc_offset)
    return Bench(office.open(), config.rules, clock, lambda content: None, office.clock.sleep)


def empty(office: GoogleOffice, *tabs: str) -> None:
    for tab in tabs:
        office.staff.delete_rows(tab, 2, len(office.staff.rows(tab)))


def test_verify_finds_an_office_in_order(office: GoogleOffice) -> None:
    """Folders are the backend's own and no difference."""
    assert verify(bench(office), NOW).errors == ()
    assert verify(bench(office), NOW).archive.whole == 3


def test_restore_puts_a_deleted_row_back(office: GoogleOffice) -> None:
    """From the ledger and the form's tab; the run after it issues nothing."""
    office.staff.delete_rows("Agenda", office.staff.find("Agenda", "No. Registrasi", NUMBERS[1]))

    restore(bench(office), NUMBERS[1])
    report = a_run(office)

    assert sorted(filter(None, office.column("Agenda", "No. Registrasi"))) == NUMBERS
    assert report.documents_filed == 0
    assert len(office.files()) == 3


def test_rebuild_lists_the_archive_again(office: GoogleOffice) -> None:
    """Ids, fingerprints and links come from Drive; nothing is issued twice."""
    ids = sorted(office.column("Arsip", "ID Dokumen"))
    empty(office, "Arsip")
    with pytest.raises(ArchiveListLost):
        a_run(office)

    rebuilt = rebuild(bench(office), NOW)
    report = a_run(office)

    assert len(rebuilt.entries) == 3
    assert {entry.id for entry in rebuilt.entries} <= set(ids)
    assert (report.registered, report.documents_filed) == (0, 0)
    assert len(office.files()) == 3


def test_a_rebuilt_list_leads_new_documents_into_the_folders_that_are_there(office: GoogleOffice) -> None:
    """One folder of each name, before and after."""
    empty(office, "Arsip")
    rebuild(bench(office), NOW)
    submit(office, 1, first=4)
    a_run(office)

    assert office.folders() == ["11 November", "2026", "500.3.2.1"]
    assert len(office.files()) == 4


def test_a_lost_book_gets_its_numbers_again(office: GoogleOffice) -> None:
    """The form's tab is there still; the rest is made again from Drive."""
    before = dict(zip(office.column("Agenda", "Nama Lengkap"), office.column("Agenda", "No. Registrasi"), strict=True))
    empty(office, "Agenda", "Register", "Arsip")
    rebuild(bench(office), NOW)
    with pytest.raises(LedgerLost):
        a_run(office)

    renumber(bench(office), NOW, (), accept_unmatched=False, write=True, show=lambda found: None)
    report = a_run(office)

    after = dict(zip(office.column("Agenda", "Nama Lengkap"), office.column("Agenda", "No. Registrasi"), strict=True))
    assert after == before
    assert (report.registered, report.documents_filed) == (0, 0)
