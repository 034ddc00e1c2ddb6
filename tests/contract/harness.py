"""What the contract suite needs of a backend besides the port: to be staff, who see cells and know nothing of ports.

A backend joins the suite with a subclass: the primitives at the top, and its :class:`Capabilities`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from sync.domain.table import Cell
from sync.workspace.local import LocalWorkspace
from sync.workspace.port import Workspace
from tests.contract.layout import a_layout
from tests.memory import Grid, MemoryWorkspace


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Where backends differ by nature. Declared here, never guessed by a test."""

    notices_edits: bool
    """The revision changes with every edit of staff, not with commits alone."""
    unique_paths: bool
    """Two documents cannot lie at one path."""


class WorkspaceHarness(ABC):
    """A workspace of the layout's tabs, all empty but ``Referensi``, and the hands of staff."""

    capabilities: Capabilities
    workspace: Workspace

    @abstractmethod
    def cells(self, tab: str) -> Grid:
        """Return what people see: the header row and the rows below, each as wide as the widest."""

    @abstractmethod
    def set_cells(self, tab: str, grid: Grid) -> None:
        """Make ``grid`` the whole content of the tab, made anew where there is none."""

    @abstractmethod
    def another(self) -> Workspace:
        """Return a second workspace on the same place, as another process would open it."""

    @abstractmethod
    def put_stray(self, path: str, content: bytes) -> None:
        """Put a file into the archive by hand."""

    def edit(self, tab: str, position: int, header: str, value: Cell) -> None:
        grid = self.cells(tab)
        column = grid[0].index(header)
        while len(grid) < position + 2:
            grid.append([None] * len(grid[0]))
        grid[position + 1][column] = value
        self.set_cells(tab, grid)

    def sort(self, tab: str, header: str, *, reverse: bool = False) -> None:
        grid = self.cells(tab)
        column = grid[0].index(header)
        rows = sorted(grid[1:], key=lambda row: str(row[column]), reverse=reverse)
        self.set_cells(tab, [grid[0], *rows])

    def insert_row(self, tab: str, position: int) -> None:
        grid = self.cells(tab)
        grid.insert(position + 1, [None] * len(grid[0]))
        self.set_cells(tab, grid)

    def delete_row(self, tab: str, position: int) -> None:
        grid = self.cells(tab)
        del grid[position + 1]
        self.set_cells(tab, grid)

    def rename_header(self, tab: str, header: str, new: str) -> None:
        grid = self.cells(tab)
        grid[0][grid[0].index(header)] = new
        self.set_cells(tab, grid)

    def move_column(self, tab: str, header: str, to: int) -> None:
        grid = self.cells(tab)
        column = grid[0].index(header)
        for row in grid:
            row.insert(to, row.pop(column))
        self.set_cells(tab, grid)

    def add_column(self, tab: str, header: str, values: list[Cell], at: int = 0) -> None:
        grid = self.cells(tab)
        for row, value in zip(grid, [header, *values, *[None] * len(grid)], strict=False):
            row.insert(at, value)
        self.set_cells(tab, grid)


class MemoryHarness(WorkspaceHarness):
    workspace: MemoryWorkspace

    def __init__(self, *, notices_edits: bool) -> None:
        self.capabilities = Capabilities(notices_edits=notices_edits, unique_paths=True)
        tabs: dict[str, Grid] = {
            tab.name: [
                list[Cell](column.header for column in tab.columns),
                *(list[Cell](c or None for c in row) for row in tab.rows),
            ]
            for tab in a_layout().tabs
        }
        self.workspace = MemoryWorkspace(tabs, notices_edits=notices_edits)

    def cells(self, tab: str) -> Grid:
        grid = self.workspace.tabs[tab]
        width = max(map(len, grid), default=0)
        return [[*row, *[None] * (width - len(row))] for row in grid]

    def set_cells(self, tab: str, grid: Grid) -> None:
        self.workspace.tabs[tab] = [list(row) for row in grid]

    def another(self) -> Workspace:
        return self.workspace

    def put_stray(self, path: str, content: bytes) -> None:
        self.workspace.strays[path] = content


class LocalHarness(WorkspaceHarness):
    """Staff with a spreadsheet program: here openpyxl, which reads and saves the whole file as theirs does."""

    capabilities = Capabilities(notices_edits=True, unique_paths=True)
    workspace: LocalWorkspace

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.book = folder / "agenda.xlsx"
        self.workspace = LocalWorkspace(folder, a_layout())
        self.workspace.read([])

    def cells(self, tab: str) -> Grid:
        sheet: Any = openpyxl.load_workbook(self.book, data_only=True)[tab]
        return [list(row) for row in sheet.iter_rows(values_only=True)]

    def set_cells(self, tab: str, grid: Grid) -> None:
        book: Any = openpyxl.load_workbook(self.book)
        if tab not in book.sheetnames:
            book.create_sheet(tab)
        sheet = book[tab]
        sheet.delete_rows(2, sheet.max_row)
        for number, row in enumerate(grid, 1):
            for column in range(1, max(len(row), sheet.max_column) + 1):
                cell = sheet.cell(number, column)
                value = row[column - 1] if column <= len(row) else None
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        book.save(self.book)

    def another(self) -> Workspace:
        return LocalWorkspace(self._folder, a_layout())

    def put_stray(self, path: str, content: bytes) -> None:
        target = self._folder / "arsip" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
