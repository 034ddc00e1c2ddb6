"""The book in the hands of a real spreadsheet program: opened and saved by LibreOffice, then committed to."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime, time
from pathlib import Path

import pytest

from sync.domain.table import AppendRows, Link
from sync.workspace.local import LocalWorkspace
from tests.local.office import NAME, NUMBER, STATUS, by_hand, column, commit, looked_at, register

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def saved_by_libreoffice(book: Path, folder: Path) -> None:
    """Open and save the book in LibreOffice."""
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(book),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shutil.copyfile(folder / book.name, book)


def test_a_round_trip(workspace: LocalWorkspace, book: Path, tmp_path: Path) -> None:
    """Formulas come back calculated, and what the book offers is still there."""
    commit(
        workspace,
        AppendRows(
            "Agenda",
            (
                {
                    NUMBER: "KONS-2026-0001",
                    NAME: "=1+1",
                    "Waktu Datang": datetime(2026, 11, 24, 8, 5),
                    "Nomor HP/WhatsApp": "081234567890",
                    "Uraian Singkat": "baris\nbaris & <tanda>",
                    STATUS: "selesai",
                    "Telaahan": Link("lihat", "arsip/2026/a b.docx"),
                },
            ),
        ),
    )
    with by_hand(book) as workbook:
        workbook["Agenda"]["P2"] = "=TIME(9,30,0)"
        workbook["Agenda"]["P2"].number_format = "hh:mm"
    saved_by_libreoffice(book, tmp_path / "lo")

    register(workspace, "Budi", start=2)
    saved_by_libreoffice(book, tmp_path / "lo")
    register(workspace, "Ani", start=3)

    assert column(workspace, NAME) == ["=1+1", "Budi", "Ani"]
    assert column(workspace, "Waktu Datang")[0] == datetime(2026, 11, 24, 8, 5)
    assert column(workspace, "Nomor HP/WhatsApp")[0] == "081234567890"
    assert column(workspace, "Uraian Singkat")[0] == "baris\nbaris & <tanda>"
    assert column(workspace, "Diarahkan")[0] == time(9, 30)
    assert column(workspace, "Telaahan")[0] == "lihat"
    sheet = looked_at(book)["Agenda"]
    assert len(sheet.data_validations.dataValidation) == 9
    assert sheet.conditional_formatting
    assert looked_at(book)["Register"].protection.sheet
