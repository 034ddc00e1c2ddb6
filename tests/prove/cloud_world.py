"""The office on Google: effects are the HTTP calls to the stand-in, made in this process, without a socket."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from unittest import mock

import requests
from google.auth.crypt import RSASigner
from requests.adapters import HTTPAdapter

from sync.domain.table import Cell
from sync.workspace.google import open_google
from sync.workspace.google.cells import stored_value
from sync.workspace.port import Workspace
from tests import build
from tests.google.state import FOLDER_TYPE, DriveFile, State
from tests.google_backend.office import GoogleOffice, emulator
from tests.prove.cells import Grid
from tests.prove.seam import Fault, Seam
from tests.prove.wire import exchange, signer
from tests.prove.world import ResultT, World


class CloudWorld(World):
    """One spreadsheet and one archive folder on a shared drive."""

    name = "google"
    columns_go_by_index = True
    faults = (
        Fault.CRASH_BEFORE,
        Fault.CRASH_AFTER,
        Fault.REPLY_LOST,
        Fault.REFUSED,
        Fault.QUOTA,
        Fault.OUTAGE,
        Fault.DELAYED,
    )

    def __init__(self, folder: Path) -> None:
        self.office = GoogleOffice(folder)
        self.google, self.staff = self.office.google, self.office.staff
        self._config = self.office.config(parallel_uploads=1)
        for officer in build.OFFICERS:
            self.append("Petugas", list(officer))

    def close(self) -> None:
        self.office.close()

    def at_work(self, seam: Seam, work: Callable[[Workspace], ResultT]) -> ResultT:
        """Its calls are handed over here instead of going through a socket."""

        def send(adapter: HTTPAdapter, request: requests.PreparedRequest, **options: object) -> requests.Response:
            return exchange(self.google, seam, request)

        with mock.patch.object(HTTPAdapter, "send", send):
            return super().at_work(seam, work)

    def open(self, seam: Seam) -> Workspace:
        with emulator(self.office.server.host), mock.patch.object(RSASigner, "from_service_account_info", signer):
            return open_google(self._config, clock=self.office.clock, sleep=self.office.clock.sleep)

    def snapshot(self) -> object:
        return self.google.snapshot()

    def restore(self, state: object) -> None:
        assert isinstance(state, State)
        self.google.restore(state)

    def tabs(self) -> list[str]:
        return [sheet.title for sheet in self.staff.book.sheets]

    def grid(self, tab: str) -> Grid:
        return [[None if cell == "" else cell for cell in row] for row in self.staff.rows(tab)]

    def targets(self, tab: str) -> Mapping[tuple[int, int], str] | None:
        sheet = self.staff.book.by_title(tab)
        assert sheet is not None
        found = {}
        for at, row in enumerate(sheet.rows):
            for place, cell in row.cells.items():
                link = ((cell.format or {}).get("textFormat") or {}).get("link") or {}
                if link.get("uri"):
                    found[at, place] = str(link["uri"])
        return found

    def _blobs(self) -> list[DriveFile]:
        return [entry for entry in self.google.state.files.values() if entry.content is not None and not entry.trashed]

    def _path(self, entry: DriveFile) -> str:
        names = [entry.name]
        while (parent := self.google.state.files.get(entry.parents[0])) and parent.file_id != self._root:
            entry = parent
            names.append(entry.name)
            if not entry.parents:
                break
        return "/".join(reversed(names))

    @property
    def _root(self) -> str:
        return self.office.account.folder_id

    def documents(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for entry in self._blobs():
            found.setdefault(self._path(entry), []).append(entry.content or b"")
        return found

    def resolve(self, link: str) -> bytes | None:
        match = re.search(r"/d/([\w-]+)", link)
        entry = self.google.state.files.get(match[1]) if match else None
        return entry.content if entry is not None and not entry.trashed else None

    def litter(self) -> list[str]:
        folders = [
            entry
            for entry in self.google.state.files.values()
            if entry.mime_type == FOLDER_TYPE and entry.parents and entry.file_id != self._root
        ]
        places = [(entry.parents[0], entry.name) for entry in folders]
        return sorted(f"folder {name} twice" for at, name in set(places) if places.count((at, name)) > 1)

    def _line(self, tab: str) -> int:
        return len(self.staff.rows(tab)) + 1

    def edit(self, tab: str, row: int, header: str, value: Cell) -> None:
        self.staff.edit(tab, row + 1, header, _typed(value), typed=False)

    def append(self, tab: str, cells: list[Cell]) -> None:
        self.staff.write(tab, f"A{self._line(tab)}", [[_typed(cell) for cell in cells]], typed=False)

    def sort(self, tab: str, header: str, *, descending: bool) -> None:
        self.staff.sort(tab, header, descending)

    def insert_row(self, tab: str, row: int) -> None:
        self.staff.insert_rows(tab, row + 1)

    def delete_row(self, tab: str, row: int) -> None:
        self.staff.delete_rows(tab, row + 1)

    def move_row(self, tab: str, row: int, above: int) -> None:
        self.staff.move_row(tab, row + 1, above + 1)

    def copy_row(self, tab: str, row: int) -> None:
        sheet = self.staff.book.by_title(tab)
        assert sheet is not None
        last, sheet_id = len(self.staff.rows(tab)), sheet.sheet_id
        width = {"startColumnIndex": 0, "endColumnIndex": len(sheet.columns)}
        source = {"sheetId": sheet_id, "startRowIndex": row, "endRowIndex": row + 1, **width}
        target = {"sheetId": sheet_id, "startRowIndex": last, "endRowIndex": last + 1, **width}
        if last >= sheet.row_count:
            self.staff.requests({"appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": 1}})
        self.staff.requests({"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_NORMAL"}})

    def move_column(self, tab: str, header: str, before: str) -> None:
        self.staff.move_column(tab, header, before)

    def add_column(self, tab: str, header: str, before: str) -> None:
        self.staff.insert_column(tab, before, header)

    def rename_header(self, tab: str, header: str, new: str) -> None:
        self.staff.rename_column(tab, header, new)

    def hide_row(self, tab: str, row: int) -> None:
        self.staff.hide_rows(tab, row + 1)

    def add_tab(self, tab: str) -> None:
        if tab not in self.tabs():
            self.staff.add_tab(tab)
            self.staff.write(tab, "A1", [["Catatan"], ["milik staf"]], typed=False)


def _typed(value: Cell) -> Any:
    return "" if value is None else stored_value(value) if isinstance(value, datetime | date | time) else value
