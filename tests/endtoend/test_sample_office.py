"""The sample office through the command line: CSV → run → officers type → run → check → verify → recap."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from docx import Document

from tests import build
from tests.endtoend.office import DiskOffice


def a_full_office(office: DiskOffice) -> DiskOffice:
    visits = build.visits()
    office.import_visits(visits)
    office.run()
    office.type_visits(visits)
    office.run()
    return office


def test_the_sample_office_is_judged_like_the_truth_after_a_round_trip_through_excel(office: DiskOffice) -> None:
    """Every visit's status, verdicts, minutes and codes come out of ``check --json`` as the truth has them."""
    checked = a_full_office(office).check()

    by_visit = {(item["response"]["timestamp"], item["response"]["name"]): item for item in checked["registrations"]}
    assert (len(by_visit), checked["unregistered"], checked["now"]) == (80, 0, "2026-11-24T10:00:00")
    for visit in build.visits():
        found = by_visit[visit["response"]["Timestamp"], visit["response"]["Nama Lengkap"]]
        assert found["status"] == visit["truth"]["status"]
        assert sorted({item["code"] for item in found["findings"]} & build.TRUE_CODES) == visit["truth"]["findings"]
        for name, step in visit["truth"]["steps"].items():
            assert found["steps"][name]["verdict"] == step["verdict"]
            for measure in ("working_minutes", "wall_minutes"):
                minutes = found["steps"][name][measure]
                assert minutes == step[measure] or abs(minutes - step[measure]) < 0.01


def test_every_document_is_filed_once_and_the_archive_is_what_its_list_says(office: DiskOffice) -> None:
    """One receipt a visit that was not cancelled, one telaahan a finished one; each file's digest is in ``Arsip``."""
    a_full_office(office)

    listed = {str(row["Berkas"]): row for row in office.rows("Arsip")}
    on_disk = [path.removeprefix("arsip/") for path in office.files() if path.startswith("arsip/")]
    assert sorted(listed) == on_disk
    for path, row in listed.items():
        assert hashlib.sha256((office.archive / path).read_bytes()).hexdigest() == row["SHA-256"]
    kinds = [str(row["Jenis"]) for row in listed.values()]
    assert kinds.count("telaahan") == 48
    assert office.agenda("verify").code == 0


def test_names_of_folders_and_files_are_days_codes_numbers_and_fixed_words(office: DiskOffice) -> None:
    """``{tahun}/{kode}/{MM Bulan}/{YYYY-MM-DD}_{number}_{jenis}[-rN].docx``; nothing a visitor typed."""
    a_full_office(office)
    shape = re.compile(
        r"arsip/2026/500\.3\.2\.1/11 November/"
        r"2026-11-\d\d_KONS-2026-\d{4}_(tanda-registrasi|telaahan|disposisi)(-r\d)?\.docx"
    )

    assert all(shape.fullmatch(path) for path in office.files() if path.startswith("arsip/"))


def test_nothing_is_left_over_when_a_run_has_ended(office: DiskOffice) -> None:
    """The book and the archive; no temporary file, no lock."""
    a_full_office(office)

    assert [path for path in office.files() if not path.startswith("arsip/2026/")] == ["agenda.xlsx"]


def test_a_second_run_leaves_every_byte_of_the_book_alone(office: DiskOffice) -> None:
    """Idle means idle: not even the file's time changes."""
    a_full_office(office)
    before = (office.book.read_bytes(), office.book.stat().st_mtime_ns)

    report = office.run()

    assert (report["registered"], report["documents_filed"], report["rows_updated"]) == (0, 0, 0)
    assert (office.book.read_bytes(), office.book.stat().st_mtime_ns) == before


def test_importing_the_same_export_again_replays_nothing(office: DiskOffice) -> None:
    """A response is its content, however often the file comes."""
    visits = build.visits()[:5]
    office.import_visits(visits)
    office.run()

    again = office.import_visits(visits)

    assert again.out.startswith("0 new of 5 responses")
    assert office.run()["registered"] == 0
    assert len(office.rows("Respons")) == 5


def test_recap_files_the_periods_report_and_says_where(office: DiskOffice) -> None:
    """On demand for a month that has not ended yet; asked again, the same file."""
    a_full_office(office)

    outcome = office.agenda("recap", "2026-11", "--now", "2026-11-24T10:00")
    again = office.agenda("recap", "2026-11", "--now", "2026-11-24T10:05")

    path = "2026/500.3.11/11 November/2026-11-24_2026-11-sementara_rekap.docx"
    assert outcome.code == again.code == 0
    assert outcome.out.splitlines()[-1] == again.out.splitlines()[-1] == path
    text = "\n".join(paragraph.text for paragraph in Document(str(office.archive / path)).paragraphs)
    assert "November 2026" in text


def test_a_dry_run_prints_the_plan_and_writes_nothing(office: DiskOffice) -> None:
    """The same plan that the run then carries out."""
    office.import_visits(build.visits()[:3])
    before = office.book.read_bytes()

    outcome = office.agenda("run", "--dry-run", "--json", "--now", "2026-11-24T10:00")
    planned = outcome.json()
    untouched = office.book.read_bytes() == before
    report = office.run()

    assert untouched
    assert planned["register"] == ["KONS-2026-0001", "KONS-2026-0002", "KONS-2026-0003"]
    assert sorted(planned["file"]) == report["documents"]


def test_check_writes_nothing(office: DiskOffice) -> None:
    """It only looks."""
    office.import_visits(build.visits()[:3])
    before = (office.files(), office.book.read_bytes())

    assert office.check()["unregistered"] == 3
    assert (office.files(), office.book.read_bytes()) == before


def test_verify_names_what_is_missing_altered_moved_and_not_the_jobs(office: DiskOffice) -> None:
    """Exit 5, each file with its fault; the archive is left as it is."""
    office.import_visits(build.visits()[:4])
    office.run()
    missing, altered, moved, _ = sorted(office.archive.rglob("*.docx"))
    missing.unlink()
    altered.write_bytes(altered.read_bytes() + b"x")
    elsewhere = office.archive / "2026" / moved.name
    moved.rename(elsewhere)
    (office.archive / "catatan.txt").write_text("titipan")

    outcome = office.agenda("verify", "--json")

    assert outcome.code == 5
    found = {item["kind"]: Path(item["path"]).name for item in outcome.json()["differences"]}
    assert found == {
        "missing": missing.name,
        "altered": altered.name,
        "wrong-place": elsewhere.name,
        "orphan": "catatan.txt",
    }
