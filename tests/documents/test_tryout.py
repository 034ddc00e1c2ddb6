"""How an officer tries a template: fields, samples, explanations, and a PDF beside the Word file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sync.documents import pdf
from sync.documents.proposal import TEMPLATE as PROPOSAL
from sync.documents.sample import Variety
from sync.documents.tryout import describe_templates, explain_template, kind_of_file, render_samples
from sync.domain.documents import DocumentKind
from sync.errors import PdfUnavailable
from tests.build import rules
from tests.documents.office import FOLDER, OF_REGISTRATION, document


def test_every_field_is_listed_as_it_is_typed_with_a_sample() -> None:
    (info,) = describe_templates(rules(), (DocumentKind.TELAAHAN,))
    fields = {(field.tag, field.in_list): field for field in info.fields}
    assert info.title == "Telaahan Staf"
    assert info.files == ("telaahan.docx", "telaahan-f4.docx")
    assert fields["{{ nama }}", ""].sample == "Petrus Santoso, S.E."
    assert fields["{{ nama }}", ""].required
    assert not fields["{{ saluran }}", ""].required
    assert fields["{{ baris.standar }}", "tahap"].sample == "5 menit"
    assert fields["{{ baris }}", "bahan"].sample == "Anggaran dasar koperasi"
    assert fields["{{ kop.dinas }}", ""].sample == "DINAS KOPERASI, USAHA KECIL DAN MENENGAH"


def test_every_document_of_a_registration_is_made_with_every_variety(tmp_path: Path) -> None:
    written = render_samples(FOLDER, tmp_path / "baru", rules(), OF_REGISTRATION)
    assert len(written) == 5 * len(Variety)
    assert tmp_path / "baru" / "telaahan-f4-contoh-aneh.docx" in written
    assert all(path.read_bytes()[:2] == b"PK" for path in written)


def test_the_templates_of_the_project_have_nothing_to_explain() -> None:
    for path in set(FOLDER.glob("*.docx")) - {FOLDER / PROPOSAL}:
        assert explain_template(path, rules()) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("telaahan.docx", DocumentKind.TELAAHAN),
        ("Telaahan-F4.docx", DocumentKind.TELAAHAN),
        ("telaahan-perbaikan-budi.docx", DocumentKind.TELAAHAN),
        ("tanda-registrasi-80mm.docx", DocumentKind.RECEIPT),
        ("daftar-isi-berkas.docx", DocumentKind.CONTENTS),
        ("laporan.docx", None),
    ],
)
def test_a_file_is_known_by_its_name(name: str, kind: DocumentKind | None) -> None:
    assert kind_of_file(name) is kind


def test_an_unknown_file_name_is_explained(tmp_path: Path) -> None:
    (line,) = explain_template(tmp_path / "laporan.docx", rules())
    assert line.startswith("laporan.docx: nama berkas templat tidak dikenal.")


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "_MAC", "/nowhere")
    with pytest.raises(PdfUnavailable, match="install LibreOffice") as caught:
        pdf.convert_to_pdf(b"")
    assert caught.value.exit_code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "message"),
    [("exit 1", "made no PDF"), ("sleep 60", "within 0.2 seconds"), ("true", "made no PDF")],
)
def test_a_libreoffice_that_fails_or_hangs_is_told(
    script: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "find_office", lambda: str(program))
    monkeypatch.setattr(pdf, "TIMEOUT", 0.2)
    with pytest.raises(PdfUnavailable, match=message):
        pdf.convert_to_pdf(b"")


@pytest.mark.skipif(pdf.find_office() is None, reason="LibreOffice is not installed")
def test_a_document_becomes_a_pdf() -> None:
    assert pdf.convert_to_pdf(document(DocumentKind.RECEIPT)).startswith(b"%PDF-")
