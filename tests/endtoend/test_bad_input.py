"""What people and machines get wrong, through the command line: a clear sentence, the right exit code, nothing lost."""

from __future__ import annotations

import errno
import multiprocessing
import shutil
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from sync.workspace.disk import FileSystem
from tests import build
from tests.endtoend.office import DiskOffice, agenda, headers

Change = Callable[[Any], None]


def rewrite_config(office: DiskOffice, old: str, new: str) -> None:
    text = office.config.read_text(encoding="utf-8")
    assert old in text
    office.config.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_no_configuration_says_where_it_was_looked_for(tmp_path: Path) -> None:
    """Exit 2, and how to name one."""
    outcome = agenda("run", "--config", str(tmp_path / "config.yaml"))

    assert outcome.code == 2
    assert "config.yaml: no configuration here" in outcome.err
    assert "--config" in outcome.err


def test_broken_yaml_names_the_line(office: DiskOffice) -> None:
    """Exit 2; a parser's word is not enough without the place."""
    rewrite_config(office, "kantor:\n", "kantor: [\n")

    outcome = office.agenda("run")

    assert outcome.code == 2
    assert "config.yaml:6: not YAML" in outcome.err


def test_every_fault_of_the_configuration_is_told_at_once(office: DiskOffice) -> None:
    """Unknown key, missing key, wrong value, doubled key, unknown column: each with line, key path, found, expected."""
    rewrite_config(office, "hitung: jam-kerja", "hitung: jam-karet\nhitunng: jam-kerja")
    rewrite_config(office, "  kota: Pontianak\n", "")
    rewrite_config(office, "buka: 07.30", "buka: pagi")
    rewrite_config(office, "  angka: 4", "  angka: 4\n  angka: 5")

    outcome = office.agenda("check")

    assert outcome.code == 2
    assert "5 fault(s)" in outcome.err
    for said in (
        "config.yaml:4: kantor.kota: this key is missing",
        "hitung: found 'jam-karet', expected one of 'jam-kerja' or 'jam-dinding'",
        "hitunng: found 'jam-kerja', unknown key",
        "jam_kerja.biasa.0.buka: found 'pagi', expected a time of day such as 07.30",
        "nomor.angka: found '5', this key stands here a second time",
    ):
        assert said in outcome.err


def test_a_column_that_does_not_exist_is_a_fault_of_the_configuration(office: DiskOffice) -> None:
    """Renaming a header is for columns that are there; names are checked before the workbook is opened."""
    rewrite_config(office, "  Respons: {}   ", "  Respons: {Nama Lengkapp: Nama Anda}   ")
    rewrite_config(office, "kolom_wajib: [Ruangan Pelayanan]", "kolom_wajib: [Ruang Pelayanan]")

    outcome = office.agenda("run")

    assert outcome.code == 2
    assert "kolom.Respons.Nama Lengkapp: found 'Nama Anda', no such column" in outcome.err
    assert "'Ruang Pelayanan' is no column of Agenda" in outcome.err


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


def test_a_header_with_stray_spaces_in_a_moved_column_is_followed(office: DiskOffice) -> None:
    """People move and pad columns; a header is known by its words."""
    office.import_visits(build.visits()[:1])
    office.run()

    def move(book: Any) -> None:
        sheet = book["Agenda"]
        at = headers(sheet)["Mulai Konsultasi"]
        sheet.cell(1, at).value = None
        sheet.cell(1, sheet.max_column + 1).value = "  mulai   KONSULTASI "
        sheet.cell(2, sheet.max_column).value = "09.00"

    office.edit(move)

    assert office.check()["registrations"][0]["status"] == "konsultasi"


def test_odd_cells_are_findings_and_stop_nothing(office: DiskOffice) -> None:
    """A formula error for a time, a number for a phone, sixteen digits as a float, a time of another day."""
    visits = build.visits()[:4]
    office.import_visits(visits)
    office.run()

    def spoil(book: Any) -> None:
        sheet = book["Agenda"]
        column = headers(sheet)
        sheet.cell(2, column["Mulai Konsultasi"]).value = "#REF!"
        sheet.cell(2, column["Mulai Konsultasi"]).data_type = "e"
        sheet.cell(3, column["Nomor HP/WhatsApp"]).value = 81316523126
        sheet.cell(3, column["Nomor HP/WhatsApp"]).number_format = "General"
        sheet.cell(4, column["Nomor HP/WhatsApp"]).value = 6171015708900001.0
        sheet.cell(5, column["Mulai Konsultasi"]).value = datetime(2026, 11, 2, 15, 9)
        sheet.cell(5, column["Selesai Konsultasi"]).value = time(0, 30)

    office.edit(spoil)
    report = office.run()
    codes = {
        item["number"]: {finding["code"] for finding in item["findings"]} for item in office.check()["registrations"]
    }

    assert report["rows_updated"] == 3
    assert "time-unreadable" in codes["KONS-2026-0001"]
    assert "phone-unreadable" not in codes["KONS-2026-0002"]
    assert "phone-unreadable" in codes["KONS-2026-0003"]
    assert "step-out-of-order" in codes["KONS-2026-0004"]
    assert office.run()["rows_updated"] == 0


def test_a_consultation_over_midnight_is_judged_where_its_days_are_written(office: DiskOffice) -> None:
    """Two date-times on two days are in order; working time counts the mornings only."""
    office.import_visits(build.visits()[:1])
    office.run()

    def over_midnight(book: Any) -> None:
        column = headers(book["Agenda"])
        book["Agenda"].cell(2, column["Mulai Konsultasi"]).value = "02/11/2026 23.30"
        book["Agenda"].cell(2, column["Selesai Konsultasi"]).value = datetime(2026, 11, 3, 8, 0)

    office.edit(over_midnight)
    step = office.check()["registrations"][0]["steps"]["konsultasi"]

    assert (step["verdict"], step["working_minutes"], step["wall_minutes"]) == ("sesuai", 30.0, 510.0)


def test_a_visit_on_the_29th_of_february_is_filed_under_that_day(office: DiskOffice) -> None:
    """Leap days exist."""
    visit = build.visits()[0]
    visit["response"]["Timestamp"] = "2028-02-29T09:00:00"
    office.import_visits([visit])

    report = office.run("2028-02-29T10:00")

    assert report["documents"] == ["2028/500.3.2.1/02 Februari/2028-02-29_KONS-2028-0001_tanda-registrasi.docx"]


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


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".~lock.agenda.xlsx#", ",rina,pc-bidang,24.11.2026 09:58,file:///home/rina/.config/libreoffice/4;"),
        ("~$agenda.xlsx", "\x04rina" + " " * 50 + "\x04\x00r\x00i\x00n\x00a\x00" + " \x00" * 50),
    ],
    ids=["LibreOffice", "Excel"],
)
def test_a_workbook_open_elsewhere_is_a_conflict_that_says_whom_to_ask(
    office: DiskOffice, name: str, content: str
) -> None:
    """Exit 4; nothing is written over what they are typing, and the run after they close it does all of it."""
    office.import_visits(build.visits()[:2])
    lock = office.book.with_name(name)
    lock.write_bytes(content.encode("latin-1"))
    before = office.book.read_bytes()

    outcome = office.agenda("run", "--now", "2026-11-24T10:00")
    unchanged = office.book.read_bytes() == before
    lock.unlink()

    assert outcome.code == 4
    assert "rina" in outcome.err
    assert "close it" in outcome.err
    assert unchanged
    assert office.run()["registered"] == 2


def test_a_picture_in_the_workbook_stops_the_run_before_anything_is_written(office: DiskOffice) -> None:
    """What the library cannot carry is never dropped: exit 5 and the cell's place."""
    office.import_visits(build.visits()[:2])
    picture = office.folder / "foto.png"
    Picture.new("RGB", (20, 20), "red").save(picture)
    office.edit(lambda book: book["Petugas"].add_image(Image(str(picture)), "F3"))
    before = (office.files(), office.book.read_bytes())

    outcome = office.agenda("run", "--now", "2026-11-24T10:00")

    assert outcome.code == 5
    assert "picture at 'Petugas'!F3" in outcome.err
    assert (office.files(), office.book.read_bytes()) == before


def test_a_full_disk_is_told_and_the_next_run_finishes(office: DiskOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 4 in the middle of the documents; what was filed is filed, the rest follows when there is room."""
    office.import_visits(build.visits()[:4])
    write, written = FileSystem.write, []

    def full_after_two(self: FileSystem, path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) in (4, 5):
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, path, content)

    monkeypatch.setattr(FileSystem, "write", full_after_two)
    outcome = office.agenda("run", "--now", "2026-11-24T10:00")
    monkeypatch.undo()
    report = office.run()

    assert outcome.code == 4
    assert "the disk is full" in outcome.err
    assert report["documents_filed"] > 0
    assert office.agenda("verify").code == 0
    assert len(office.rows("Agenda")) == len(office.rows("Arsip")) == 4
    assert not [path for path in office.files() if "/." in path or path.startswith(".")]


def test_a_folder_that_may_not_be_written_is_access_refused(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3, with the place and the right to be given."""

    def refused(self: FileSystem, path: Path, content: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(FileSystem, "write", refused)
    outcome = office.agenda("setup")

    assert outcome.code == 3
    assert "permission denied" in outcome.err.lower()
    assert str(office.folder / "kantor") in outcome.err


@pytest.mark.parametrize("content", [b"", b"bukan dokumen", b"PK\x03\x04 rusak"], ids=["empty", "text", "broken zip"])
def test_a_template_that_is_no_word_document_is_refused_before_anything_is_written(
    office: DiskOffice, content: bytes
) -> None:
    """Exit 2, naming the file; no number is given for a receipt that cannot be made."""
    office.import_visits(build.visits()[:1])
    (office.folder / "templates" / "tanda-registrasi.docx").write_bytes(content)
    before = office.book.read_bytes()

    outcome = office.agenda("run")

    assert outcome.code == 2
    assert "tanda-registrasi.docx" in outcome.err
    assert office.book.read_bytes() == before


def test_a_clock_a_year_behind_stops_the_run(office: DiskOffice) -> None:
    """Exit 5 and the flag that goes on."""
    office.import_visits(build.visits()[:1])
    office.run()

    outcome = office.agenda("run", "--now", "2025-11-24T10:00")

    assert outcome.code == 5
    assert "--accept-clock" in outcome.err
    assert office.agenda("run", "--now", "2025-11-24T10:00", "--accept-clock").code == 0


@pytest.mark.parametrize("now", ["kemarin", "24/11/2026", "2026-13-01"])
def test_a_moment_that_is_none_is_refused(office: DiskOffice, now: str) -> None:
    """Exit 2, with an example."""
    outcome = office.agenda("run", "--now", now)

    assert outcome.code == 2
    assert "2026-11-24T10:00" in outcome.err


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "2026-S3", "november", "20261"])
def test_a_period_that_is_none_is_refused(office: DiskOffice, period: str) -> None:
    """Exit 2, with the four ways to write one."""
    outcome = office.agenda("recap", period)

    assert outcome.code == 2
    assert "2026-Q4 (quarter)" in outcome.err


def _run_in_a_process(config: str, start: Any) -> None:
    start.wait()
    outcome = agenda("run", "--config", config, "--now", "2026-11-24T10:00")
    assert outcome.code in (0, 4), outcome.err


def test_two_runs_at_once_register_everything_once(office: DiskOffice) -> None:
    """By hand and by schedule: one meets the other's commit, reads again, and nothing happens twice."""
    office.import_visits(build.visits()[:12])
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    runs = [context.Process(target=_run_in_a_process, args=(str(office.config), start)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(120)
    office.run()

    assert [run.exitcode for run in runs] == [0, 0]
    numbers = [row["No. Registrasi"] for row in office.rows("Agenda")]
    assert numbers == [f"KONS-2026-{index:04d}" for index in range(1, 13)]
    assert len(office.rows("Register")) == len(office.rows("Arsip")) == 12
    assert office.agenda("verify").code == 0


def test_an_internal_fault_tells_the_place_and_nothing_that_was_typed(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1; an exception's message could hold a name, so only its kind and place are printed."""
    office.import_visits(build.visits()[:1])

    def broken(*arguments: Any, **options: Any) -> None:
        raise KeyError("Petrus Santoso 081298187479")

    monkeypatch.setattr("sync.job.decide", broken)
    outcome = office.agenda("run")

    assert outcome.code == 1
    assert "KeyError at tests.endtoend.test_bad_input" in outcome.err
    assert "Petrus" not in outcome.err + outcome.out


def test_logs_and_output_of_a_run_name_nobody(office: DiskOffice) -> None:
    """No name, phone or address of any visitor in what a run prints, in either style of log."""
    visits = build.visits()
    office.import_visits(visits)
    printed = ""
    for style in ("text", "json"):
        outcome = office.agenda("run", "--log", style, "--now", "2026-11-24T10:00")
        printed += outcome.out + outcome.err
    printed += office.agenda("verify").out + office.agenda("check", "--now", "2026-11-24T10:00").out

    for visit in visits:
        for header in ("Nama Lengkap", "Nomor HP/WhatsApp", "Surel"):
            value = visit["response"][header]
            assert not value or value not in printed


def _rename_header(book: Any, header: str, new: str | None) -> None:
    sheet = book["Agenda"]
    sheet.cell(1, headers(sheet)[header]).value = new


def _set(book: Any, tab: str, cell: str, value: object) -> None:
    book[tab][cell] = value


def test_a_copy_of_the_workbook_elsewhere_is_not_touched(office: DiskOffice) -> None:
    """Staff keep copies beside the book; the job knows one file."""
    office.import_visits(build.visits()[:1])
    copy = office.book.with_name("agenda (salinan).xlsx")
    shutil.copyfile(office.book, copy)
    before = copy.read_bytes()

    office.run()

    assert copy.read_bytes() == before
    assert openpyxl.load_workbook(office.book)["Agenda"].cell(2, 1).value == "KONS-2026-0001"
