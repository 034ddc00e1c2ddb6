"""A real office on disk, driven through the command line as its people would: CSV in, Excel edited, Word out."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, cast
from unittest import mock

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from sync.cli import main
from sync.domain.table import Cell
from tests import build

NOW = "2026-11-24T10:00"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed and left with."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def agenda(*arguments: str) -> Outcome:
    """Run one command in this process, as the console script would."""
    out, err = StringIO(), StringIO()
    code = 0
    with mock.patch.object(sys, "argv", ["agenda", *arguments]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
    return Outcome(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True, slots=True)
class DiskOffice:
    """An office's folder: config.yaml, templates, kantor."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> DiskOffice:
        shutil.copyfile(build.ROOT / "config.yaml", folder / "config.yaml")
        shutil.copytree(build.ROOT / "templates", folder / "templates")
        return cls(folder)

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def book(self) -> Path:
        return self.folder / "kantor" / "agenda.xlsx"

    @property
    def archive(self) -> Path:
        return self.folder / "kantor" / "arsip"

    def agenda(self, command: str, *arguments: str) -> Outcome:
        return agenda(command, *arguments, "--config", str(self.config))

    def run(self, now: str = NOW, *arguments: str) -> Any:
        outcome = self.agenda("run", "--json", "--now", now, *arguments)
        assert outcome.code == 0, outcome.err
        return outcome.json()

    def check(self, now: str = NOW) -> Any:
        outcome = self.agenda("check", "--json", "--now", now)
        assert outcome.code == 0, outcome.err
        return outcome.json()

    def import_visits(self, visits: Sequence[Mapping[str, Any]]) -> Outcome:
        """Export the visits' responses as Google Forms does, and import the file."""
        path = self.folder / "jawaban.csv"
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, fieldnames=list(visits[0]["response"]))
            writer.writeheader()
            for visit in visits:
                writer.writerow({**visit["response"], "Timestamp": visit["response"]["Timestamp"].replace("T", " ")})
        return self.agenda("import", str(path))

    def edit(self, change: Any) -> None:
        """Open the book in a spreadsheet program, change something, save it."""
        workbook = openpyxl.load_workbook(self.book)
        change(workbook)
        workbook.save(self.book)

    def type_visits(self, visits: Sequence[Mapping[str, Any]]) -> None:
        """Type what the officers typed, each visit into the row that bears its name and moment."""

        def change(workbook: Any) -> None:
            sheet = workbook["Agenda"]
            columns = headers(sheet)
            rows = {}
            for row in range(2, sheet.max_row + 1):
                moment = sheet.cell(row, columns["Waktu Registrasi"]).value
                if moment is not None:
                    rows[moment.isoformat(), sheet.cell(row, columns["Nama Lengkap"]).value] = row
            for visit in visits:
                row = rows[visit["response"]["Timestamp"], visit["response"]["Nama Lengkap"]]
                for header, cell in visit["staff"].items():
                    sheet.cell(row, columns[header]).value = build.staff_cell(cell)
            for index, officer in enumerate(build.OFFICERS, start=2):
                for column, value in enumerate(officer, start=1):
                    workbook["Petugas"].cell(index, column).value = value

        self.edit(change)

    def rows(self, tab: str) -> list[dict[str, Cell]]:
        """The rows of a tab by header."""
        sheet = openpyxl.load_workbook(self.book, data_only=True)[tab]
        columns = headers(sheet)
        return [
            {header: cast(Cell, sheet.cell(row, column).value) for header, column in columns.items()}
            for row in range(2, sheet.max_row + 1)
            if any(sheet.cell(row, column).value is not None for column in columns.values())
        ]

    def files(self) -> list[str]:
        """Every file under the office's folder ``kantor``, hidden ones too."""
        kantor = self.folder / "kantor"
        return sorted(path.relative_to(kantor).as_posix() for path in kantor.rglob("*") if path.is_file())


def headers(sheet: Worksheet) -> dict[str, int]:
    """The 1-based column of each header."""
    return {str(cell.value): index for index, cell in enumerate(sheet[1], start=1) if cell.value is not None}
