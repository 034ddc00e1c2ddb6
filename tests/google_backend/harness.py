"""Google under the contract suite: staff are hands in the stand-in's spreadsheet."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sync.domain.table import Cell, CellError
from sync.workspace.google import GoogleWorkspace
from sync.workspace.google.cells import stored_value
from sync.workspace.port import Workspace
from tests.contract.harness import Capabilities, WorkspaceHarness
from tests.contract.layout import a_layout
from tests.google.state import DriveFile
from tests.google_backend.office import GoogleOffice
from tests.memory import Grid


class GoogleHarness(WorkspaceHarness):
    """Revisions are of the job's commits alone; Drive minds no second file of one name."""

    capabilities = Capabilities(notices_edits=False, unique_paths=False)
    workspace: GoogleWorkspace

    def __init__(self, folder: Path) -> None:
        self.office = GoogleOffice(folder, a_layout())
        self.workspace = self.office.open()

    def close(self) -> None:
        self.office.close()

    def cells(self, tab: str) -> Grid:
        rows = self.office.staff.rows(tab)
        width = max(map(len, rows), default=0)
        return [[None if cell == "" else cell for cell in [*row, *[None] * (width - len(row))]] for row in rows]

    def set_cells(self, tab: str, grid: Grid) -> None:
        staff = self.office.staff
        if staff.book.by_title(tab) is None:
            staff.add_tab(tab)
        old = staff.rows(tab)
        height, width = max(len(old), len(grid)), max(map(len, [*old, *grid]), default=0)
        if height and width:
            padded = [[*row, *[None] * (width - len(row))] for row in [*grid, *[[]] * (height - len(grid))]]
            staff.write(tab, "A1", [[_plain(cell) for cell in row] for row in padded], typed=False)

    def another(self) -> Workspace:
        return self.office.open()

    def put_stray(self, path: str, content: bytes) -> None:
        """Upload a file by hand, into the folder that is there or a new one."""
        state, account = self.office.google.state, self.office.account
        now, parent = self.office.google.clock.now(), account.folder_id
        *folders, name = path.split("/")
        for folder in folders:
            there = [entry for entry in state.files.values() if entry.name == folder and entry.parents == [parent]]
            if not there:
                kind = "application/vnd.google-apps.folder"
                made = DriveFile(state.new_id(33), folder, kind, [parent], now, now, None, account.drive_id)
                state.files[made.file_id] = made
                there = [made]
            parent = there[0].file_id
        stray = DriveFile(state.new_id(33), name, "text/plain", [parent], now, now, None, account.drive_id)
        stray.content = content
        state.files[stray.file_id] = stray


def _plain(cell: Cell) -> Any:
    if isinstance(cell, CellError):
        raise TypeError("people do not type errors")
    return "" if cell is None else stored_value(cell) if isinstance(cell, datetime | date | time) else cell
