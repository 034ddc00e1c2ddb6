"""``agenda retensi``: what passed its years, and the list for the archivist. Nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests import build
from tests.endtoend.office import NOW, DiskOffice

LATER = "2032-01-02T09:00"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> DiskOffice:
    """An office with three receipts, whose archivist has decided about one code."""
    office = DiskOffice.make(tmp_path_factory.mktemp("kantor"))
    text = office.config.read_text(encoding="utf-8")
    undecided = "Organisasi dan Badan Hukum Koperasi, aktif: , inaktif: , nasib_akhir: belum ditetapkan"
    assert undecided in text
    decided = "Organisasi dan Badan Hukum Koperasi, aktif: 2, inaktif: 3, nasib_akhir: Musnah"
    office.config.write_text(text.replace(undecided, decided), encoding="utf-8")
    office.import_visits(build.visits()[:3])
    office.run(NOW)
    return office


def everything(office: DiskOffice) -> dict[str, bytes]:
    return {name: (office.folder / "kantor" / name).read_bytes() for name in office.files()}


def test_what_passed_its_years_is_listed_and_nothing_is_touched(office: DiskOffice) -> None:
    before = everything(office)

    report = office.agenda("retensi", "--now", LATER, "--json").json()
    told = office.agenda("retensi", "--now", LATER)

    due = [file for file in report["files"] if file["proposal"] == "usul musnah"]
    assert [(file["code"], file["year"], len(file["documents"])) for file in due] == [("500.3.2.1", 2026, 3)]
    assert all(file["proposal"] == "belum ditetapkan" for file in report["files"] if file not in due)
    assert "nothing was changed" in told.out
    assert everything(office) == before


def test_the_list_is_a_word_document_of_that_proposal(office: DiskOffice, tmp_path: Path) -> None:
    """With its title, each document's place, and who signs."""
    path = tmp_path / "usul-musnah.docx"

    outcome = office.agenda("retensi", "--now", LATER, "--usul", "musnah", "--berkas", str(path))

    assert outcome.code == 0, outcome.err
    document = Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "DAFTAR ARSIP USUL MUSNAH" in lines
    assert any(line.startswith("Berkas 1: Organisasi dan Badan Hukum Koperasi 2026") for line in lines)
    assert sum(cell.endswith("_tanda-registrasi.docx") for cell in cells) == 3
    assert "31 Desember 2031" in cells
    assert any("1 berkas, 3 naskah" in cell for cell in cells)


def test_nothing_to_propose_writes_no_file(office: DiskOffice, tmp_path: Path) -> None:
    path = tmp_path / "usul.docx"

    outcome = office.agenda("retensi", "--now", NOW, "--usul", "musnah", "--berkas", str(path))

    assert (outcome.code, path.exists()) == (0, False)
    assert "nothing to propose" in outcome.out


@pytest.mark.parametrize("usul", ["pindah", "serah", "nilai-kembali"])
def test_each_proposal_lists_its_own_alone(office: DiskOffice, usul: str) -> None:
    assert office.agenda("retensi", "--now", LATER, "--usul", usul, "--json").json()["files"] == []


def test_a_list_is_never_written_over_a_file(office: DiskOffice, tmp_path: Path) -> None:
    path = tmp_path / "ada.docx"
    path.write_bytes(b"milik orang")

    outcome = office.agenda("retensi", "--now", LATER, "--usul", "musnah", "--berkas", str(path))

    assert outcome.code == 2
    assert "there is a file of this name already" in outcome.err
    assert path.read_bytes() == b"milik orang"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--berkas", "x.docx"], "add --usul"),
        (["--usul", "musnah", "--berkas", "x.pdf"], "ends with .docx"),
        (["--usul", "musnah", "--berkas", "tiada/x.docx"], "cannot be written"),
    ],
)
def test_a_list_that_cannot_be_written_is_refused_with_a_sentence(
    office: DiskOffice, arguments: list[str], words: str
) -> None:
    outcome = office.agenda("retensi", "--now", LATER, *arguments)

    assert outcome.code == 2
    assert words in outcome.err


def test_a_template_that_is_missing_or_spoilt_is_named(office: DiskOffice, tmp_path: Path) -> None:
    template = office.folder / "templates" / "daftar-usul.docx"
    whole = template.read_bytes()
    arguments = ("retensi", "--now", LATER, "--usul", "musnah", "--berkas", str(tmp_path / "x.docx"))
    try:
        template.write_bytes(b"bukan dokumen")
        assert "daftar-usul.docx" in office.agenda(*arguments).err
        template.unlink()
        outcome = office.agenda(*arguments)
        assert (outcome.code, "daftar-usul.docx" in outcome.err) == (2, True)
    finally:
        template.write_bytes(whole)
    assert not (tmp_path / "x.docx").exists()
