"""The other commands, as their users would type them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from sync.cli.stopping import Telling
from tests import build
from tests.endtoend.office import DiskOffice, agenda


def test_demo_builds_a_working_office_and_running_it_twice_is_harmless(tmp_path: Path) -> None:
    """A month and a half of visits, documents, findings; the second time nothing happens."""
    arguments = (
        "demo",
        str(tmp_path / "contoh"),
        "--config",
        str(build.ROOT / "config.yaml"),
        "--now",
        "2026-11-24T10:00",
    )

    first = agenda(*arguments)
    office = DiskOffice(tmp_path / "contoh")
    before = (office.files(), office.book.read_bytes())
    second = agenda(*arguments)

    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert re.search(r"form: \d\d responses arrived", first.out)
    assert any(path.endswith("_2026-10_rekap.docx") for path in office.files())
    assert (office.files(), office.book.read_bytes()) == before
    assert office.agenda("verify").code == 0
    assert {row["Status"] for row in office.rows("Agenda")} >= {"selesai", "belum-lengkap", "batal", "terdaftar"}


def test_setup_makes_an_office_that_doctor_finds_in_order(office: DiskOffice) -> None:
    """From a configuration to a book with its eight tabs; a second setup changes nothing."""
    made = office.agenda("setup")
    before = office.book.read_bytes()
    again = office.agenda("setup")

    assert (made.code, again.code) == (0, 0)
    assert openpyxl.load_workbook(office.book).sheetnames == [
        "Agenda", "Respons", "Agenda Keluar", "Rekap", "Petugas", "Referensi", "Register", "Arsip",
    ]  # fmt: skip
    assert office.book.read_bytes() == before
    doctor = office.agenda("doctor")
    assert doctor.code == 0
    assert "FAILED" not in doctor.out


def test_doctor_says_what_would_stop_a_run(office: DiskOffice) -> None:
    """A broken template is a failed line and the exit code a run would have."""
    office.agenda("setup")
    (office.folder / "templates" / "telaahan.docx").write_bytes(b"rusak")

    doctor = office.agenda("doctor")

    assert doctor.code == 2
    assert "FAILED" in doctor.out


def test_looking_never_makes_a_book(office: DiskOffice) -> None:
    """check, verify, doctor and a dry run leave an empty folder empty, and say what makes a book."""
    for command in ("check", "verify", "doctor"):
        assert office.agenda(command).code == 2
    assert office.agenda("run", "--dry-run").code == 2
    assert not office.book.parent.exists()


def test_watch_registers_what_arrives_and_rests_while_nothing_changes(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two looks a response arrives; the next look registers it, and the one after reads nothing."""
    visits = build.visits()[:2]
    office.import_visits(visits[:1])
    looks: list[int] = []

    def meanwhile(told: Telling, seconds: float) -> None:
        looks.append(len(office.rows("Agenda")))
        if len(looks) == 1:
            office.import_visits(visits)

    monkeypatch.setattr(Telling, "pause", meanwhile)
    outcome = office.agenda("watch", "--rounds", "3", "--every", "5")

    assert outcome.code == 0, outcome.err
    assert looks == [1, 2]
    assert len(office.rows("Agenda")) == 2


def test_watch_goes_on_after_what_passes_by_itself(office: DiskOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has the book open at the first look and closed it by the second."""
    office.import_visits(build.visits()[:1])
    lock = office.book.with_name(".~lock.agenda.xlsx#")
    lock.write_text(",rina,pc,24.11.2026,x;")
    monkeypatch.setattr(Telling, "pause", lambda told, seconds: lock.unlink())

    outcome = office.agenda("watch", "--rounds", "2")

    assert outcome.code == 0
    assert "try-later" in outcome.err
    assert len(office.rows("Agenda")) == 1


def test_every_document_of_a_period_can_be_asked_for(office: DiskOffice) -> None:
    """rekap, both agenda books and the contents list, for a month, a quarter, a half-year and a year."""
    office.import_visits(build.visits()[:10])

    month = office.agenda("recap", "2026-11", "--jenis", "semua", "--now", "2026-11-24T10:00", "--json").json()
    wider = [
        office.agenda("recap", period, "--now", "2026-11-24T10:00", "--json").json()["requested"]
        for period in ("2026-Q4", "2026-S2", "2026")
    ]

    assert [path.rpartition("_")[2] for path in month["requested"]] == [
        "rekap.docx", "agenda-masuk.docx", "agenda-keluar.docx", "daftar-isi-berkas.docx",
    ]  # fmt: skip
    assert [path.rpartition("/")[2] for (path,) in wider] == [
        "2026-11-24_2026-Q4-sementara_rekap.docx",
        "2026-11-24_2026-S2-sementara_rekap.docx",
        "2026-11-24_2026-sementara_rekap.docx",
    ]


def test_documents_lists_the_fields_of_every_template(office: DiskOffice) -> None:
    """How an officer learns what may stand between double braces."""
    outcome = office.agenda("documents")

    assert outcome.code == 0
    for tag in ("{{ nomor }}", "{{ persoalan }}", "{{ qr }}"):
        assert tag in outcome.out


def test_documents_fills_in_samples(office: DiskOffice) -> None:
    """How an officer tries an edited template."""
    outcome = office.agenda("documents", "--sample", str(office.folder / "contoh"))

    names = {path.name for path in (office.folder / "contoh").iterdir()}
    assert outcome.code == 0
    assert {"telaahan-contoh-lengkap.docx", "rekap-contoh-lengkap.docx"} <= names or len(names) >= 28


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_documents_makes_pdfs_beside_the_samples(office: DiskOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """On request, where LibreOffice is."""
    template = office.folder / "templates"
    monkeypatch.setattr("sync.cli.documents.render_samples", lambda *arguments: [template / "disposisi.docx"])

    outcome = office.agenda("documents", "--sample", str(office.folder / "contoh"), "--pdf")

    assert outcome.code == 0, outcome.err
    assert (template / "disposisi.pdf").read_bytes().startswith(b"%PDF")


def test_documents_explains_a_faulty_template_in_the_officers_words(office: DiskOffice) -> None:
    """A good one is called good; a broken one is explained, exit 2."""
    good = office.agenda("documents", "--check", str(office.folder / "templates" / "telaahan.docx"))
    broken_file = office.folder / "telaahan.docx"
    broken_file.write_bytes(b"bukan dokumen")
    broken = office.agenda("documents", "--check", str(broken_file))

    assert (good.code, good.out.strip()) == (0, "telaahan.docx: templat ini baik.")
    assert broken.code == 2
    assert "telaahan.docx" in broken.out


def test_receipts_come_on_the_paper_the_office_chose(office: DiskOffice) -> None:
    """80 mm for a receipt printer, by configuration."""
    text = office.config.read_text(encoding="utf-8")
    office.config.write_text(text.replace("tanda-registrasi: a5 ", "tanda-registrasi: 80mm "), encoding="utf-8")
    office.import_visits(build.visits()[:1])
    office.run()

    (receipt,) = office.archive.rglob("*.docx")
    width = Document(str(receipt)).sections[0].page_width
    assert width is not None
    assert round(width.mm) == 80


def test_python_m_sync_is_the_same_program() -> None:
    """For whoever has no console script on the path."""
    help_text = subprocess.run(
        [sys.executable, "-m", "sync", "--help"], cwd=build.ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert "recap" in help_text
