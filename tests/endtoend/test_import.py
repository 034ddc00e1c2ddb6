"""`agenda import` on a real office: what comes in, what it says, and with which exit code it refuses."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests import build
from tests.endtoend.office import NOW, DiskOffice, Outcome, headers

HEADERS = list(build.visits()[0]["response"])


def save(office: DiskOffice, rows: list[dict[str, str]], name: str = "ekspor.csv", header: str = "Timestamp") -> Path:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([header if name_ == "Timestamp" else name_ for name_ in HEADERS])
    writer.writerows([row[name_] for name_ in HEADERS] for row in rows)
    path = office.folder / name
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


def responses(*stamps: str) -> list[dict[str, str]]:
    """The sample's first visitors, at ``stamps``."""
    visits = build.visits()[: len(stamps)]
    return [{**visit["response"], "Timestamp": stamp} for visit, stamp in zip(visits, stamps, strict=True)]


def take_in(office: DiskOffice, path: Path, *arguments: str) -> Outcome:
    return office.agenda("import", str(path), "--now", NOW, *arguments)


def set_cell(office: DiskOffice, tab: str, row: int, header: str, value: Any) -> None:
    def change(book: Any) -> None:
        book[tab].cell(row, headers(book[tab])[header]).value = value

    office.edit(change)


def test_a_response_corrected_in_the_book_and_the_forms_own_csv_keep_one_number(office: DiskOffice) -> None:
    """On disk, through the command line: the sheet's download, a correction, then the form's own CSV."""
    take_in(office, save(office, responses("13/11/2026 08:26:05", "13/11/2026 09:00:00")))
    office.run()
    set_cell(office, "Respons", 2, "Uraian Singkat", "Dikoreksi")
    again = take_in(
        office,
        save(office, responses("2026/11/13 8:26:05 AM GMT+7", "2026/11/13 9:00:00 AM GMT+7"), header="Cap waktu"),
    )
    report = office.run()

    assert again.out.startswith("0 new of 2 responses")
    assert report["registered"] == 0
    assert report["findings"]["response-changed"] == 1
    assert len(office.rows("Respons")) == len(office.rows("Register")) == 2


def test_month_first_dates_are_read_as_written_and_make_no_reports_of_periods_that_never_were(
    office: DiskOffice,
) -> None:
    """Read day first they would be of March, May and the year's end."""
    path = save(office, responses("11/03/2026 08:26:05", "11/05/2026 09:00:00", "11/12/2026 09:00:00"))

    shown = take_in(office, path, "--dry-run")
    assert (shown.code, office.book.exists()) == (0, False)
    assert "3 new of 3 responses from 2026-11-03 08:26 to 2026-11-12 09:00; nothing was written" in shown.out
    assert "dates read month first" in shown.out

    taken = take_in(office, path)
    office.run()

    assert taken.code == 0
    assert [row["Waktu Registrasi"].month for row in office.rows("Agenda")] == [11, 11, 11]  # type: ignore[union-attr]
    assert not [name for name in office.files() if "rekap" in name]


def test_dates_that_could_be_either_are_asked_for(office: DiskOffice) -> None:
    """Exit 2 and nothing written; with the option it goes in; and the book then knows the next export's order."""
    path = save(office, responses("03/04/2026 08:26:05", "03/05/2026 09:00:00"))

    refused = take_in(office, path)
    assert refused.code == 2
    assert "--date-order dmy" in refused.err
    assert not office.book.exists() or office.rows("Respons") == []

    assert take_in(office, path, "--date-order", "mdy").code == 0
    again = take_in(office, path)
    assert (again.code, again.out.split(" from")[0]) == (0, "0 new of 2 responses")


def test_a_dry_run_says_how_much_is_new_and_writes_nothing(office: DiskOffice) -> None:
    take_in(office, save(office, responses("13/11/2026 08:26:05")))
    before = office.book.read_bytes()

    shown = take_in(office, save(office, responses("13/11/2026 08:26:05", "14/11/2026 09:00:00")), "--dry-run")

    assert "1 new of 2 responses" in shown.out
    assert "day first" in shown.out
    assert office.book.read_bytes() == before


def test_a_response_still_to_come_gets_no_document_until_it_is_corrected(office: DiskOffice) -> None:
    take_in(office, save(office, responses("24/12/2026 08:26:05")))

    first = office.run()
    assert (first["registered"], first["documents_filed"]) == (1, 0)
    assert first["findings"]["future-time"] >= 1
    assert office.run("2026-11-24T10:05")["documents_filed"] == 0

    set_cell(office, "Respons", 2, "Timestamp", build.NOW.replace(hour=8))
    assert office.run("2026-11-24T10:10")["documents_filed"] == 1


def test_a_broken_line_is_named_and_the_others_go_in(office: DiskOffice) -> None:
    path = save(office, responses("2026-11-13 08:26:05", "2026-11-13 09:00:00"))
    with path.open("a", encoding="utf-8") as file:
        file.write("2026-11-13 09:30:00,terpotong\n")

    outcome = take_in(office, path)

    assert outcome.code == 0
    assert outcome.out.startswith("2 new of 2 responses")
    assert "line 4 was not taken: it has 2 fields, the header 14" in outcome.err


def test_headers_in_another_case_are_not_called_unknown(office: DiskOffice) -> None:
    path = save(office, responses("2026-11-13 08:26:05"))
    path.write_text(path.read_text("utf-8").replace("Nama Lengkap", "nama lengkap"), "utf-8")

    outcome = take_in(office, path)

    assert (outcome.code, "not taken" in outcome.err) == (0, False)


CAUSES = {
    "missing": (lambda folder: folder / "tidak-ada.csv", "no file here"),
    "folder": (lambda folder: folder, "Name the CSV file in it"),
    "workbook": (lambda folder: folder / "jawaban.xlsx", "Save it as CSV in Excel"),
    "archive": (lambda folder: folder / "jawaban.zip", "Unpack it"),
    "empty": (lambda folder: folder / "kosong.csv", "the file is empty"),
    "another table": (lambda folder: folder / "lain.csv", "names no column of the form"),
}


@pytest.mark.parametrize(("where", "step"), CAUSES.values(), ids=CAUSES)
def test_what_cannot_be_imported_says_what_fits_the_cause(office: DiskOffice, where: Any, step: str) -> None:
    """Exit 2; nothing is written, not even a first book."""
    (office.folder / "jawaban.xlsx").write_bytes(b"PK\x03\x04..xl/workbook.xml")
    (office.folder / "jawaban.zip").write_bytes(b"PK\x03\x04..Formulir.csv")
    (office.folder / "kosong.csv").write_bytes(b"")
    (office.folder / "lain.csv").write_bytes(b"Tanggal,Jumlah\n1,2\n")

    outcome = take_in(office, where(office.folder))

    assert outcome.code == 2
    assert step in outcome.err
    assert not office.book.exists()


def test_the_number_a_clerk_typed_is_not_given_to_the_next_visitor(office: DiskOffice) -> None:
    """On disk: the visitor gets the number after it and the receipt, and verify has no gap to complain of."""
    take_in(office, save(office, responses("13/11/2026 08:26:05")))
    office.run()
    set_cell(office, "Agenda", 3, "No. Registrasi", "kons-2026-2")
    set_cell(office, "Agenda", 3, "Nama Lengkap", "Datang langsung")
    take_in(office, save(office, responses("13/11/2026 08:26:05", "14/11/2026 09:00:00")))

    report = office.run()

    assert (report["registered"], report["documents_filed"]) == (1, 1)
    assert [row["No. Registrasi"] for row in office.rows("Register")] == ["KONS-2026-0001", "KONS-2026-0003"]
    assert "number-gap" not in office.agenda("verify", "--now", NOW).out


def test_verify_and_check_tell_of_a_deleted_row_whose_response_was_edited(office: DiskOffice) -> None:
    take_in(office, save(office, responses("13/11/2026 08:26:05", "13/11/2026 09:00:00", "14/11/2026 09:00:00")))
    office.run()
    office.edit(lambda book: book["Agenda"].delete_rows(2))
    set_cell(office, "Respons", 2, "Uraian Singkat", "Dikoreksi")

    assert office.run()["registered"] == 0
    verified = office.agenda("verify", "--now", NOW).out
    assert "response-changed" in verified
    assert "KONS-2026-0001" in verified
    deleted = next(row for row in office.check()["registrations"] if row["number"] == "KONS-2026-0001")
    assert [finding["code"] for finding in deleted["findings"]] == ["row-deleted", "response-changed"]


def test_an_answer_longer_than_a_cell_goes_in_cut_and_is_told(office: DiskOffice) -> None:
    """Longer than the limit of Python's own reader, too: the visit is registered like any other."""
    rows = responses("2026-11-24 08:15:00", "2026-11-24 08:25:00")
    rows[0]["Uraian Singkat"] = "x" * 200_000
    outcome = take_in(office, save(office, rows))

    assert outcome.code == 0
    assert "line 2: an answer is longer than a cell holds and is cut there" in outcome.err
    assert office.run()["registered"] == 2
    assert str(office.rows("Agenda")[0]["Uraian Singkat"]).endswith("[dipotong]")
