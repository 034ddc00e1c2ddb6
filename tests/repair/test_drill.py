"""The documented drill on disk: the book is gone, and is made again from the archive and the form's export."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from sync.domain.table import Cell
from tests import build
from tests.endtoend.office import DiskOffice, headers

STAFF = ("Petugas", "Mulai Konsultasi", "Selesai Konsultasi", "Disposisi", "Persoalan", "Analisis", "Saran")
"""Some of what officers type: the drill cannot bring it back."""
OFFICIAL = "000.8/17/DISKOPUKM.B"


def a_working_office(office: DiskOffice) -> list[dict[str, Any]]:
    """A month's visits in two batches, typed up, some finished, one with its official number, a recap issued."""
    visits = build.visits()[:30]
    office.import_visits(visits[:18])
    office.run("2026-11-10T10:00")
    office.import_visits(visits)
    office.run()
    office.type_visits(visits)
    office.run()

    def clerk(book: Any) -> None:
        sheet = book["Agenda Keluar"]
        sheet.cell(2, headers(sheet)["Nomor Naskah"]).value = OFFICIAL

    office.edit(clerk)
    office.run()
    assert office.agenda("recap", "2026-11", "--now", "2026-11-24T10:00").code == 0
    return visits


def drill(office: DiskOffice, visits: list[dict[str, Any]], *flags: str) -> None:
    """The page's steps, each as it is written there."""
    assert office.agenda("verify", "--rebuild", "--new-book", "--now", "2026-11-24T11:00").code == 0
    assert office.import_visits(visits).code == 0
    outcome = office.agenda("restore", "--from-archive", *flags)
    assert outcome.code == 0, outcome.out + outcome.err


def ledger(office: DiskOffice) -> dict[tuple[Cell, ...], dict[str, Cell]]:
    """The ledger without what it remembers of cells and rows: they are other ones after the drill."""
    kept = rows_by(office, "Register", "No. Registrasi")
    return {
        key: {header: cell for header, cell in row.items() if header not in ("Sidik Baris", "Sidik Respons")}
        for key, row in kept.items()
    }


def rows_by(office: DiskOffice, tab: str, *key: str) -> dict[tuple[Cell, ...], dict[str, Cell]]:
    return {tuple(row[header] for header in key): row for row in office.rows(tab)}


def archive(office: DiskOffice) -> dict[str, bytes]:
    return {path.relative_to(office.archive).as_posix(): path.read_bytes() for path in office.archive.rglob("*.docx")}


def test_a_lost_book_comes_back_with_the_same_numbers_and_the_same_documents(office: DiskOffice) -> None:
    """Same numbers, same responses, same ledger, same list, same files; what staff typed is lost, as documented."""
    visits = a_working_office(office)
    agenda = rows_by(office, "Agenda", "No. Registrasi")
    register = ledger(office)
    listed = rows_by(office, "Arsip", "ID Dokumen")
    outgoing = rows_by(office, "Agenda Keluar", "Rujukan", "Jenis")
    files = archive(office)
    office.book.unlink()

    drill(office, visits)
    report = office.run()

    assert (report["registered"], report["documents_filed"]) == (0, 0)
    assert ledger(office) == register
    now = rows_by(office, "Agenda", "No. Registrasi")
    job = ("No. Registrasi", "Waktu Registrasi", "Tanda Registrasi", "Telaahan")
    answered = [header for header in visits[0]["response"] if header != "Timestamp"]
    assert now.keys() == agenda.keys()
    for number, row in now.items():
        assert {header: row[header] for header in (*job, *answered)} == {
            header: agenda[number][header] for header in (*job, *answered)
        }
        assert all(row[header] is None for header in STAFF)
    assert {key: {**row, "Diarsipkan": None} for key, row in rows_by(office, "Arsip", "ID Dokumen").items()} == {
        key: {**row, "Diarsipkan": None} for key, row in listed.items()
    }
    assert rows_by(office, "Agenda Keluar", "Rujukan", "Jenis") == outgoing
    assert OFFICIAL in {row["Nomor Naskah"] for row in outgoing.values()}
    assert archive(office) == files


def test_after_the_drill_a_run_has_nothing_left_to_do_and_new_visitors_get_new_numbers(office: DiskOffice) -> None:
    """The ledger knows the highest number ever given again."""
    visits = a_working_office(office)
    office.book.unlink()
    drill(office, visits)
    office.run()
    before = office.book.read_bytes()

    idle = office.run()
    untouched = office.book.read_bytes() == before
    office.import_visits(build.visits()[30:31])

    assert (idle["registered"], idle["documents_filed"], idle["rows_updated"]) == (0, 0, 0)
    assert untouched
    assert office.run()["documents"][0].endswith("_KONS-2026-0031_tanda-registrasi.docx")
    assert office.agenda("verify", "--now", "2026-11-24T10:00").code == 0


@pytest.mark.parametrize("done", [0, 1, 2], ids=["after rebuild", "after import", "from the start"])
def test_a_run_between_the_steps_of_the_drill_stops_and_writes_nothing(office: DiskOffice, done: int) -> None:
    """Nobody gets a number again because a schedule was not switched off."""
    visits = build.visits()[:6]
    office.import_visits(visits)
    office.run()
    office.book.unlink()
    if done < 2:
        office.agenda("verify", "--rebuild", "--new-book")
    if done == 1:
        office.import_visits(visits)
    before = office.book.read_bytes() if office.book.exists() else b""

    outcome = office.agenda("run", "--now", "2026-11-24T10:00")

    assert outcome.code == 5
    assert (office.book.read_bytes() if office.book.exists() else b"") == before
    if done < 2:
        assert "agenda restore --from-archive" in outcome.err


def test_a_response_missing_from_the_export_is_named_and_its_number_is_never_given_again(office: DiskOffice) -> None:
    """Refused until somebody says so; then the number stays given, to nobody."""
    visits = build.visits()[:6]
    office.import_visits(visits)
    office.run()
    office.book.unlink()
    office.agenda("verify", "--rebuild", "--new-book")
    office.import_visits(visits[:2] + visits[3:])
    before = office.book.read_bytes()

    refused = office.agenda("restore", "--from-archive", "--json")
    untouched = office.book.read_bytes() == before
    done = office.agenda("restore", "--from-archive", "--accept-unmatched")
    office.import_visits(build.visits()[6:7])
    office.run()

    (lost,) = refused.json()["lost"]
    assert refused.code == 5
    assert "--accept-unmatched" in refused.err
    assert untouched
    assert done.code == 0
    numbers = [row["No. Registrasi"] for row in office.rows("Agenda")]
    assert lost not in numbers
    assert numbers[-1] == "KONS-2026-0007"
    assert {row["No. Registrasi"]: row["Keadaan"] for row in office.rows("Register")}[lost] == "hilang"


def test_a_ledger_that_stands_is_never_made_again(office: DiskOffice) -> None:
    """Also what a second `--from-archive` meets: nothing happens twice."""
    office.import_visits(build.visits()[:3])
    office.run()
    before = office.book.read_bytes()

    outcome = office.agenda("restore", "--from-archive")

    assert outcome.code == 5
    assert "tab 'Register' holds 3 numbers" in outcome.err
    assert office.book.read_bytes() == before


def test_a_new_book_is_never_made_in_the_place_of_one_that_is_there(office: DiskOffice) -> None:
    """The flag is for a book that is gone."""
    office.import_visits(build.visits()[:2])
    office.run()
    before = office.book.read_bytes()

    outcome = office.agenda("verify", "--rebuild", "--new-book")

    assert outcome.code == 5
    assert "Leave out --new-book" in outcome.err
    assert office.book.read_bytes() == before


def test_the_drill_tells_rows_and_moments_and_nobodys_name(office: DiskOffice) -> None:
    """A person who settles numbers looks into the tab; the log stays clean."""
    visits = build.visits()[:8]
    office.import_visits(visits)
    office.run()
    office.book.unlink()
    said = office.agenda("verify", "--rebuild", "--new-book")
    office.import_visits(visits[1:])
    told = office.agenda("restore", "--from-archive")

    printed = said.out + said.err + told.out + told.err
    for visit in visits:
        for header in ("Nama Lengkap", "Nomor HP/WhatsApp", "Surel"):
            value = visit["response"][header]
            assert not value or value not in printed


def test_an_emptied_register_alone_is_made_again_from_the_rows_that_stand(office: DiskOffice) -> None:
    """The agenda keeps every cell; only the ledger's rows come back."""
    office.import_visits(build.visits()[:6])
    office.run()
    register = ledger(office)
    agenda = office.rows("Agenda")
    office.edit(lambda book: book["Register"].delete_rows(2, 500))

    stopped = office.agenda("run", "--now", "2026-11-24T10:00")
    restored = office.agenda("restore", "--from-archive")

    assert stopped.code == 5
    assert restored.code == 0
    assert ledger(office) == register
    assert office.rows("Agenda") == agenda
    assert office.run()["rows_updated"] == 0
    assert openpyxl.load_workbook(office.book)["Agenda"].max_row == 7
