"""The same job as one would write it after the gspread, docxtpl and Drive tutorials: row by row, cell by cell.

What a careful beginner writes, no worse: tabs are read whole, never row by row; a response is known by its moment and
name; a cell is written only if it changes. It does less than the job: nothing guards against a second run or a lost
answer, times are not judged, and the month is not counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import gspread
from gspread.utils import ValueRenderOption

Record = dict[str, Any]
UPLOAD = "/upload/drive/v3/files?uploadType=multipart&supportsAllDrives=true&fields=id,webViewLink"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPOCH = datetime(1899, 12, 30)
MARKS = (
    ("Selesai Dokumentasi", "selesai"),
    ("Mulai Dokumentasi", "dokumentasi"),
    ("Selesai Konsultasi", "menunggu-dokumentasi"),
    ("Mulai Konsultasi", "konsultasi"),
)
OUTPUT = ("Persoalan", "Fakta yang Mempengaruhi", "Analisis", "Simpulan", "Saran")


@dataclass(frozen=True)
class Tutorial:
    """Where the script works. ``receipt`` fills in the Word template; ``host`` is where Drive is."""

    client: gspread.Client
    host: str
    spreadsheet_id: str
    folder_id: str
    receipt: Callable[[str, Mapping[str, Any]], bytes]

    def run(self, now: datetime) -> int:
        """Do the job once; return how many responses were registered."""
        book = self.client.open_by_key(self.spreadsheet_id)
        agenda = book.worksheet("Agenda")
        registered = self.register(book, agenda, now)
        self.check(agenda)
        return registered

    def register(self, book: gspread.Spreadsheet, agenda: gspread.Worksheet, now: datetime) -> int:
        """Give every response that is not in the agenda yet a number, a row and a receipt."""
        responses, ledger, archive = (book.worksheet(title) for title in ("Respons", "Register", "Arsip"))
        headers = agenda.row_values(1)
        known = {(row["Waktu Registrasi"], row["Nama Lengkap"]) for row in records(agenda)}
        last = max((int(str(number).rpartition("-")[2]) for number in ledger.col_values(1)[1:]), default=0)
        new = [row for row in records(responses) if (row["Timestamp"], row["Nama Lengkap"]) not in known]
        for order, answer in enumerate(new, last + 1):
            number, moment = f"KONS-{now.year}-{order:04}", answer["Timestamp"]
            ledger.append_row([number, f"{moment} {answer['Nama Lengkap']}", moment, serial(now), "di agenda"])
            row = {"No. Registrasi": number, "Waktu Registrasi": moment, **answer}
            agenda.append_row([row.get(header, "") for header in headers])
            name = f"{now:%Y-%m-%d}_{number}_tanda-registrasi.docx"
            filed = self.upload(name, self.receipt(number, answer))
            cell = agenda.find(number)
            assert cell is not None
            agenda.update_cell(cell.row, headers.index("Tanda Registrasi") + 1, filed["webViewLink"])
            archive.append_row([filed["id"], number, "tanda-registrasi", 1, "", "", name, "", serial(now)])
        return len(new)

    def check(self, agenda: gspread.Worksheet) -> None:
        """Write each row's status and what is missing in it, where it has changed."""
        headers = agenda.row_values(1)
        for line, row in enumerate(records(agenda), 2):
            for header, text in (("Status", status_of(row)), ("Temuan", missing_in(row))):
                if row[header] != text:
                    agenda.update_cell(line, headers.index(header) + 1, text)

    def upload(self, name: str, content: bytes) -> Record:
        """Create a file in the archive folder."""
        about = json.dumps({"name": name, "parents": [self.folder_id]})
        files: dict[str, tuple[str | None, str | bytes, str]] = {
            "metadata": (None, about, "application/json; charset=UTF-8"),
            "file": (name, content, DOCX),
        }
        answer = self.client.http_client.session.post(f"{self.host}{UPLOAD}", files=files)
        answer.raise_for_status()
        return dict(answer.json())


def records(tab: gspread.Worksheet) -> list[Record]:
    """Return a tab's rows by header; texts stay texts, so that phone numbers keep their zero."""
    found: list[Record] = tab.get_all_records(
        value_render_option=ValueRenderOption.unformatted, numericise_ignore=["all"]
    )
    return found


def status_of(row: Record) -> str:
    """Return how far a visit is, by the latest mark in its row."""
    if str(row["Keterangan"]).upper().startswith("BATAL"):
        return "batal"
    status = next((status for header, status in MARKS if row[header] != ""), "terdaftar")
    return "belum-lengkap" if status == "selesai" and missing_in(row) else status


def missing_in(row: Record) -> str:
    """Return what the finished row lacks."""
    empty = [header for header in OUTPUT if row["Selesai Dokumentasi"] != "" and row[header] == ""]
    return f"belum diisi: {', '.join(empty)}" if empty else ""


def serial(moment: datetime) -> float:
    """Return a moment as Sheets stores it."""
    return (moment - EPOCH) / timedelta(days=1)
