"""The office on disk: effects are the steps of the local backend's file system."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import openpyxl

from sync.domain.layout import book_layout
from sync.domain.table import Cell
from sync.workspace.disk import FileSystem
from sync.workspace.local import LocalWorkspace
from sync.workspace.lock import LOCK_NAME, FolderLock
from sync.workspace.port import Workspace
from tests import build
from tests.prove.cells import Grid
from tests.prove.memory_world import GridHands
from tests.prove.seam import CutOff, Fault, Seam, Ways

ResultT = TypeVar("ResultT")
_DOCUMENT = re.compile(r"[^/]+\.docx")


class SeamDisk(FileSystem):
    """The real disk, one effect a step. ``unsynced`` are the inodes whose bytes may not have reached the disk."""

    def __init__(self, seam: Seam, root: Path, unsynced: set[int]) -> None:
        self._seam, self._root, self._unsynced = seam, root, unsynced

    def _step(
        self, name: str, path: Path, carry_out: Callable[[], ResultT], *, writes: bool = True, torn: Any = None
    ) -> ResultT:
        ways = Ways(
            lost=lambda: OSError(5, "Input/output error"),
            refused=lambda: OSError(28, "No space left on device"),
            torn=torn,
            power=self._power_lost,
        )
        relative = path.relative_to(self._root).as_posix() if path != self._root else "."
        return self._seam.effect(f"{name} {relative}", carry_out, ways, writes=writes)

    def _power_lost(self) -> None:
        for path in self._root.rglob("*"):
            if path.is_file() and path.stat().st_ino in self._unsynced:
                os.truncate(path, path.stat().st_size // 2)

    def read(self, path: Path) -> bytes:
        return self._step("read", path, lambda: FileSystem.read(self, path), writes=False)

    def make_folder(self, path: Path) -> None:
        self._step("make_folder", path, lambda: FileSystem.make_folder(self, path))

    def write(self, path: Path, content: bytes) -> None:
        def carry_out() -> None:
            FileSystem.write(self, path, content)
            self._unsynced.add(path.stat().st_ino)

        self._step("write", path, carry_out, torn=lambda: path.write_bytes(content[: len(content) // 2]))

    def copy_mode(self, source: Path, target: Path) -> None:
        self._step("copy_mode", target, lambda: FileSystem.copy_mode(self, source, target))

    def fsync(self, path: Path) -> None:
        def carry_out() -> None:
            FileSystem.fsync(self, path)
            self._unsynced.discard(path.stat().st_ino)

        self._step("fsync", path, carry_out)

    def fsync_folder(self, path: Path) -> None:
        self._step("fsync_folder", path, lambda: FileSystem.fsync_folder(self, path))

    def replace(self, source: Path, target: Path) -> None:
        self._step(f"replace {source.name} >", target, lambda: FileSystem.replace(self, source, target))

    def link(self, source: Path, target: Path) -> None:
        self._step(f"link {source.name} >", target, lambda: FileSystem.link(self, source, target))

    def rename(self, source: Path, target: Path) -> None:
        self._step(f"rename {source.name} >", target, lambda: FileSystem.rename(self, source, target))

    def unlink(self, path: Path) -> None:
        self._step("unlink", path, lambda: FileSystem.unlink(self, path))


class KilledLock(FolderLock):
    """A lock whose holder may be killed: the system lets the lock go, and its file stays."""

    was_held = False

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        try:
            with super().held(patience):
                yield
        except CutOff:
            self.was_held = True
            raise


class DiskWorld(GridHands):
    """A folder. Cells that staff move take their links along, as spreadsheet programs do."""

    name = "local"
    faults = (
        Fault.CRASH_BEFORE,
        Fault.CRASH_AFTER,
        Fault.REPLY_LOST,
        Fault.REFUSED,
        Fault.OUTAGE,
        Fault.TORN,
        Fault.POWER_LOST,
    )

    def __init__(self, folder: Path, *, empty: bool = True) -> None:
        self.folder = folder / "kantor"
        self.book = self.folder / "agenda.xlsx"
        self._unsynced: set[int] = set()
        self._locks: list[KilledLock] = []
        self._loaded: tuple[bytes, Any] | None = None
        if empty:
            LocalWorkspace(self.folder, book_layout(self.rules)).prepare()
            for officer in build.OFFICERS:
                self.append("Petugas", list(officer))

    def open(self, seam: Seam) -> Workspace:
        lock = KilledLock(self.folder, patience=0, pause=lambda seconds: None)
        self._locks.append(lock)
        disk = SeamDisk(seam, self.folder, self._unsynced)
        return LocalWorkspace(self.folder, book_layout(self.rules), disk=disk, lock=lock)

    def crashed(self) -> None:
        if any(lock.was_held for lock in self._locks):
            (self.folder / LOCK_NAME).touch()
        self._locks.clear()

    def is_too_late(self, effect: str) -> bool:
        """Between the last look at the book and its replacement no system call can tell what people save."""
        return effect.startswith("replace ")

    def snapshot(self) -> object:
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def restore(self, state: object) -> None:
        assert isinstance(state, dict)
        shutil.rmtree(self.folder)
        for path, content in state.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self._unsynced.clear()

    def _workbook(self) -> Any:
        content = self.book.read_bytes()
        if self._loaded is None or self._loaded[0] != content:
            self._loaded = (content, openpyxl.load_workbook(self.book))
        return self._loaded[1]

    def tabs(self) -> list[str]:
        return list(self._workbook().sheetnames)

    def grid(self, tab: str) -> Grid:
        return [list(row) for row in self._workbook()[tab].iter_rows(values_only=True)]

    def targets(self, tab: str) -> Mapping[tuple[int, int], str] | None:
        return {
            (cell.row - 1, cell.column - 1): str(cell.hyperlink.target or cell.hyperlink.location)
            for row in self._workbook()[tab].iter_rows()
            for cell in row
            if cell.hyperlink is not None
        }

    def load(self, tab: str) -> Grid:
        """Return the cells with their links bound to them, so that they move as one."""
        targets = self.targets(tab) or {}
        return [
            [
                _Linked(str(cell), targets[at, place]) if (at, place) in targets else cell
                for place, cell in enumerate(row)
            ]
            for at, row in enumerate(self.grid(tab))
        ]

    def save(self, tab: str, grid: Grid) -> None:
        book = openpyxl.load_workbook(self.book)
        sheet: Any = book[tab] if tab in book.sheetnames else book.create_sheet(tab)
        height, width = max(len(grid), sheet.max_row), max([sheet.max_column, *map(len, grid)])
        for at in range(height):
            row = grid[at] if at < len(grid) else []
            for place in range(width):
                _put(sheet.cell(at + 1, place + 1), row[place] if place < len(row) else None)
        book.save(self.book)

    def documents(self) -> dict[str, list[bytes]]:
        root = self.folder / "arsip"
        return {path.relative_to(root).as_posix(): [path.read_bytes()] for path in root.rglob("*.docx")}

    def resolve(self, link: str) -> bytes | None:
        target = self.folder / unquote(link)
        return target.read_bytes() if target.is_file() else None

    def litter(self) -> list[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in files
            if path != self.book and (not _DOCUMENT.fullmatch(path.name) or path.name.startswith("."))
        )

    def hide_row(self, tab: str, row: int) -> None:
        book = openpyxl.load_workbook(self.book)
        book[tab].row_dimensions[row + 1].hidden = True
        book.save(self.book)

    def add_tab(self, tab: str) -> None:
        if tab not in self.tabs():
            self.save(tab, [["Catatan"], ["milik staf"]])


class _Linked(str):
    """A text that leads somewhere."""

    def __new__(cls, text: str, target: str) -> _Linked:
        made = super().__new__(cls, text)
        made.target = target
        return made

    target: str


def _put(cell: Any, value: Cell) -> None:
    cell.hyperlink = None
    cell.value = str(value) if isinstance(value, _Linked) else value
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, _Linked):
        cell.hyperlink = value.target
