"""``recap --pdf``: a PDF beside each Word document that was asked for, made once, and never instead of the document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sync.cli import pdf_copies
from sync.cli.pdf_copies import copy_root
from sync.documents import pdf
from sync.errors import PdfUnavailable
from tests import build
from tests.endtoend.office import DiskOffice

RECAP = "2026/500.3.11/11 November/2026-11-24_2026-11-sementara_rekap"
NOW = "2026-11-24T10:00"


@pytest.fixture
def office(tmp_path: Path) -> DiskOffice:
    return DiskOffice.make(tmp_path)


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A stand-in for LibreOffice; the length of each document it was given."""
    seen: list[int] = []

    def convert(docx: bytes) -> bytes:
        assert docx.startswith(b"PK")
        seen.append(len(docx))
        return b"%PDF-1.7 salinan"

    monkeypatch.setattr(pdf_copies, "convert_to_pdf", convert)
    return seen


def test_the_copy_lies_beside_the_document(office: DiskOffice, converted: list[int]) -> None:
    """In the same folder of the archive, under the same name; nothing else is left there."""
    outcome = office.agenda("recap", "2026-11", "--now", NOW, "--pdf")

    assert outcome.code == 0, outcome.err
    copy = office.archive / f"{RECAP}.pdf"
    assert copy.read_bytes() == b"%PDF-1.7 salinan"
    assert sorted(path.name for path in copy.parent.iterdir()) == [
        f"{Path(RECAP).name}.docx",
        f"{Path(RECAP).name}.pdf",
    ]
    assert outcome.out.splitlines()[-2:] == [f"{RECAP}.docx", str(copy)]


def test_every_document_that_was_asked_for_gets_one(office: DiskOffice, converted: list[int]) -> None:
    office.agenda("recap", "2026-11", "--now", NOW, "--jenis", "semua", "--pdf")

    assert len(converted) == 4
    assert len(list(office.archive.rglob("*.pdf"))) == 4


def test_a_copy_that_is_there_is_not_made_again(office: DiskOffice, converted: list[int]) -> None:
    """The document beside it never changes; one that was thrown away comes back."""
    office.agenda("recap", "2026-11", "--now", NOW, "--pdf")
    office.agenda("recap", "2026-11", "--now", NOW, "--pdf")
    assert len(converted) == 1

    (office.archive / f"{RECAP}.pdf").unlink()
    office.agenda("recap", "2026-11", "--now", NOW, "--pdf")
    assert len(converted) == 2


def test_a_document_filed_long_ago_gets_its_copy_now(office: DiskOffice, converted: list[int]) -> None:
    """The Word file is read back from the archive, not made anew."""
    office.agenda("recap", "2026-11", "--now", NOW)
    filed = (office.archive / f"{RECAP}.docx").read_bytes()

    office.agenda("recap", "2026-11", "--now", NOW, "--pdf")

    assert converted == [len(filed)]
    assert (office.archive / f"{RECAP}.docx").read_bytes() == filed


def test_copies_are_no_documents_of_the_archive_list(office: DiskOffice, converted: list[int]) -> None:
    """The list does not name them, and the next run has nothing to do."""
    office.agenda("recap", "2026-11", "--now", NOW, "--pdf")

    report = office.run(NOW)
    documents = office.check(NOW)

    assert (report["documents_filed"], report["rows_updated"]) == (0, 0)
    assert ".pdf" not in str(documents)


def test_without_libreoffice_the_documents_are_filed_all_the_same(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what to install, and the exit code that the set-up is at fault."""
    monkeypatch.setattr(pdf, "find_office", lambda: None)

    outcome = office.agenda("recap", "2026-11", "--now", NOW, "--pdf")

    assert outcome.code == 2
    assert "install LibreOffice" in outcome.err
    assert (office.archive / f"{RECAP}.docx").is_file()
    assert list(office.archive.rglob("*.pdf")) == []


def test_a_conversion_that_fails_leaves_nothing_half_done(office: DiskOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """No part of a PDF under its name, no draft."""

    def fail(_docx: bytes) -> bytes:
        raise PdfUnavailable("LibreOffice made no PDF")

    monkeypatch.setattr(pdf_copies, "convert_to_pdf", fail)

    assert office.agenda("recap", "2026-11", "--now", NOW, "--pdf").code == 2
    assert [path.suffix for path in office.archive.rglob("*_rekap*")] == [".docx"]
    assert list(office.archive.rglob(".*")) == []


def test_json_stays_json(office: DiskOffice, converted: list[int]) -> None:
    """A collector reads the one object; the copies are made."""
    outcome = office.agenda("recap", "2026-11", "--now", NOW, "--pdf", "--json")

    assert outcome.json()["documents_filed"] == 1
    assert len(converted) == 1


def test_where_the_archive_is_elsewhere_copies_lie_beside_the_config() -> None:
    """Under the archive's own path, so that what belongs together is found together."""
    config = replace(build.config(), backend="google")

    assert copy_root(config) == config.path.resolve().parent / "pdf"


@pytest.mark.skipif(pdf.find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_a_real_copy(office: DiskOffice) -> None:
    assert office.agenda("recap", "2026-11", "--now", NOW, "--pdf").code == 0
    assert (office.archive / f"{RECAP}.pdf").read_bytes().startswith(b"%PDF-")
