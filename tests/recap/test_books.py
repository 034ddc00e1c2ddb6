"""The prints of the two agenda books and the archive's lists of contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sync.domain.book import ArchiveEntry, OutgoingRow
from sync.domain.documents import DocumentKind
from sync.domain.fields.contents import filed_day, retention_text
from sync.domain.period import parse_period
from sync.domain.rules import Classification
from sync.domain.table import Cell
from sync.domain.tabs import OutgoingCells
from tests.recap.office import a_judged_book, a_row, fields_of, sample_office

MORNING = datetime(2026, 11, 3, 8, 26)


def lines(fields: Any) -> list[Any]:
    """The lines of a print, or of its one folder."""
    return (
        list(fields["baris"]) if "baris" in fields else [item for folder in fields["berkas"] for item in folder["item"]]
    )


def test_the_incoming_book_has_a_line_for_every_number_the_cancelled_ones_too() -> None:
    fields: Any = fields_of(DocumentKind.AGENDA_IN, sample_office())

    assert [line["nomor"] for line in lines(fields)] == sorted(line["nomor"] for line in lines(fields))
    assert (fields["jumlah"], fields["batal"], len(lines(fields))) == ("80", "2", 80)
    assert sum(line["keterangan"].startswith("BATAL") for line in lines(fields)) == 2


def test_a_telephone_number_is_masked_and_what_is_none_is_not_shown() -> None:
    cells: list[Cell] = ["081298187479", 81298187479, "6171015708900001", None]
    rows = [a_row(f"KONS-2026-{order:04d}", MORNING, phone=cell) for order, cell in enumerate(cells)]

    phones = [line["telepon"] for line in lines(fields_of(DocumentKind.AGENDA_IN, a_judged_book(rows)))]

    assert phones == ["0812****7479", "0812****7479", "–", "–"]


def test_blank_cells_leave_no_empty_bracket_or_stray_colon() -> None:
    judged = a_judged_book([a_row("KONS-2026-0001", MORNING), a_row("KONS-2026-0002", MORNING, acting_as="Anggota")])

    first, second = lines(fields_of(DocumentKind.AGENDA_IN, judged))

    assert (first["dari"], first["isi"], first["diteruskan"]) == ("Tanpa nama", "–", "–")
    assert second["dari"] == "Tanpa nama (Anggota)"


def an_outgoing_row(day: Cell, **cells: Cell) -> OutgoingRow:
    plain: dict[str, Cell] = dict.fromkeys(OutgoingCells._fields)
    plain |= {"date": day, "reference": "KONS-2026-0001", "kind": "Telaahan Staf"} | cells
    row = OutgoingCells(**plain)
    return OutgoingRow(0, str(row.reference), "telaahan", str(row.official_number or ""), "", row)


def test_the_outgoing_book_is_in_the_order_of_dates_and_leaves_blanks_for_the_clerk() -> None:
    outgoing = [
        an_outgoing_row(date(2026, 11, 20), official_number="000.8/15/DISKOPUKM.B", sent_on=date(2026, 11, 21)),
        an_outgoing_row("05/11/2026"),
        an_outgoing_row(date(2026, 12, 1)),
        an_outgoing_row("besok"),
    ]

    fields: Any = fields_of(DocumentKind.AGENDA_OUT, outgoing=outgoing)

    assert [line["tanggal"] for line in lines(fields)] == ["05/11/2026", "20/11/2026"]
    assert [line["nomor"] for line in lines(fields)] == ["..........", "000.8/15/DISKOPUKM.B"]
    assert [line["tanggal_kirim"] for line in lines(fields)] == ["–", "21/11/2026"]
    assert (fields["jumlah"], fields["belum_bernomor"]) == ("2", "1")
    assert fields["catatan"] == ["1 baris tidak dimuat karena tanggalnya tidak terbaca."]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("2026-10", "Oktober 2026"),
        ("2026-Q4", "Triwulan IV 2026"),
        ("2026-S2", "Semester II 2026"),
        ("2026", "Tahun 2026"),
        ("KONS-2026-0001", "KONS-2026-0001"),
        ("surat lain", "surat lain"),
        ("", "–"),
    ],
)
def test_the_outgoing_book_names_a_period_in_words(reference: str, said: str) -> None:
    """The key of a period is the program's own; what a clerk wrote stays."""
    row = replace(an_outgoing_row(date(2026, 11, 20)), reference=reference)

    (line,) = lines(fields_of(DocumentKind.AGENDA_OUT, outgoing=[row]))

    assert line["rujukan"] == said


def an_archived(path: str, kind: str = "telaahan", revision: int = 1, **changes: Any) -> ArchiveEntry:
    reference = path.rpartition("/")[2].split("_")[1]
    entry = ArchiveEntry(0, path, reference, kind, revision, "", path, MORNING, "sidik", "", "", filed=True)
    return replace(entry, **changes)


FOLDER = "2026/500.3.2.1/11 November"


def test_contents_are_listed_by_folder_in_the_order_of_paths() -> None:
    archive = [
        an_archived("2026/500.3.11/11 November/2026-11-30_2026-11_rekap.docx", "rekap"),
        an_archived(f"{FOLDER}/2026-11-04_KONS-2026-0002_telaahan.docx"),
        an_archived(f"{FOLDER}/2026-11-03_KONS-2026-0001_telaahan-r2.docx", revision=2),
        an_archived(f"{FOLDER}/2026-11-03_KONS-2026-0001_telaahan.docx"),
        an_archived("2026/500.3.2.1/10 Oktober/2026-10-03_KONS-2026-0000_telaahan.docx"),
    ]

    fields: Any = fields_of(DocumentKind.CONTENTS, archive=archive)

    assert [folder["kode"] for folder in fields["berkas"]] == ["500.3.11", "500.3.2.1"]
    assert [item["uraian"] for item in lines(fields)] == [
        "Rekap Telaahan Laporan November 2026",
        "Telaahan Staf konsultasi KONS-2026-0001",
        "Telaahan Staf konsultasi KONS-2026-0001",
        "Telaahan Staf konsultasi KONS-2026-0002",
    ]
    assert [item["keterangan"] for item in lines(fields)][1:3] == ["Revisi 2; Belum ditetapkan", "Belum ditetapkan"]
    assert fields["jumlah"] == "4"


def test_a_list_of_contents_does_not_list_lists_of_contents() -> None:
    own = an_archived(
        "2026/000.5.3.1/11 November/2026-11-30_2026-11_daftar-isi-berkas.docx", DocumentKind.CONTENTS.value
    )

    assert fields_of(DocumentKind.CONTENTS, archive=[own]) == fields_of(DocumentKind.CONTENTS, archive=[])


def test_the_fingerprint_does_not_depend_on_how_far_filing_has_come() -> None:
    entry = an_archived(f"{FOLDER}/2026-11-04_KONS-2026-0002_telaahan.docx")

    filed, pending = (fields_of(DocumentKind.CONTENTS, archive=[item]) for item in (entry, replace(entry, filed=False)))

    assert filed == pending


def test_a_document_is_listed_under_the_day_in_its_name() -> None:
    late = an_archived(f"{FOLDER}/2026-11-04_KONS-2026-0002_telaahan.docx", scheduled_at=datetime(2027, 1, 2, 9, 0))
    odd = an_archived("arsip/x_KONS-2026-0002_telaahan.docx", scheduled_at=datetime(2027, 1, 2, 9, 0))

    assert filed_day(late) == date(2026, 11, 4)
    assert filed_day(odd) == date(2027, 1, 2)
    assert fields_of(DocumentKind.CONTENTS, period=parse_period("2027-01"), archive=[late, odd])["jumlah"] == "1"


@pytest.mark.parametrize(
    ("classification", "said"),
    [
        (None, "belum ditetapkan"),
        (Classification("1", "x", None, None, "belum ditetapkan"), "belum ditetapkan"),
        (Classification("1", "x", 2, 3, "Permanen"), "aktif 2 tahun, inaktif 3 tahun; nasib akhir permanen"),
        (
            Classification("1", "x", 2, None, ""),
            "aktif 2 tahun, inaktif belum ditetapkan; nasib akhir belum ditetapkan",
        ),
    ],
)
def test_retention_in_words(classification: Classification | None, said: str) -> None:
    assert retention_text(classification) == said
