"""The office in memory: effects are the port's own calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TypeVar

from sync.domain.archive import Whereabouts
from sync.domain.table import Cell, Change, Revision, Snapshot
from sync.errors import Unreachable
from sync.workspace.port import (
    ApiCalls,
    ArchivedFile,
    Document,
    DocumentId,
    Filed,
    Workspace,
    file_one_by_one,
    find_one_by_one,
)
from tests.memory import MemoryWorkspace
from tests.prove import grids
from tests.prove.cells import Grid
from tests.prove.seam import Fault, Seam, Ways
from tests.prove.world import World
from tests.run.office import empty_tabs

ResultT = TypeVar("ResultT")
_WAYS = Ways(
    lost=lambda: Unreachable("the seam", "no answer"),
    refused=lambda: Unreachable("the seam", "refused"),
)


class SeamPort:
    """A workspace whose calls go through a seam."""

    def __init__(self, inner: Workspace, seam: Seam) -> None:
        self._inner, self._seam = inner, seam

    def _call(self, name: str, carry_out: Callable[[], ResultT], *, writes: bool) -> ResultT:
        return self._seam.effect(name, carry_out, _WAYS, writes=writes)

    def read(self, tabs: Sequence[str]) -> Snapshot:
        return self._call("read", lambda: self._inner.read(tabs), writes=False)

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        return self._call("commit", lambda: self._inner.commit(changes, expected), writes=True)

    def allocate(self, count: int) -> tuple[DocumentId, ...]:
        return self._call("allocate", lambda: self._inner.allocate(count), writes=True)

    def file(self, document: Document) -> Filed:
        return self._call("file", lambda: self._inner.file(document), writes=True)

    def file_all(self, documents: Iterable[Document]) -> Iterator[Filed]:
        return file_one_by_one(self.file, documents)

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        return self._call("find", lambda: self._inner.find(document_id, path), writes=False)

    def find_all(self, wanted: Mapping[DocumentId, str]) -> Iterator[Filed]:
        return find_one_by_one(self.find, wanted)

    def open(self, document_id: DocumentId, path: str) -> bytes:
        return self._call("open", lambda: self._inner.open(document_id, path), writes=False)

    def whereabouts(self, document_id: DocumentId, path: str) -> Whereabouts:
        return self._inner.whereabouts(document_id, path)

    def holds_documents(self) -> bool:
        return self._inner.holds_documents()

    def search(self, concerning: Callable[[str], bool]) -> Iterator[ArchivedFile]:
        return self._inner.search(concerning)

    def version(self) -> str:
        return self._inner.version()

    def api_calls(self) -> ApiCalls:
        return self._inner.api_calls()

    def walk(self) -> Iterator[ArchivedFile]:
        return self._inner.walk()


class GridHands(World):
    """Hands for backends whose tabs can be loaded and saved whole as grids of values."""

    def load(self, tab: str) -> Grid:
        return self.grid(tab)

    def save(self, tab: str, grid: Grid) -> None:
        raise NotImplementedError

    def _column(self, grid: Grid, header: str) -> int:
        grids.widen(grid)
        return grid[0].index(header)

    def edit(self, tab: str, row: int, header: str, value: Cell) -> None:
        grid = self.load(tab)
        grid[row][self._column(grid, header)] = value
        self.save(tab, grid)

    def sort(self, tab: str, header: str, *, descending: bool) -> None:
        grid = self.load(tab)
        grids.sort_rows(grid, self._column(grid, header), descending)
        self.save(tab, grid)

    def insert_row(self, tab: str, row: int) -> None:
        grid = self.load(tab)
        grid.insert(row, [None] * grids.widen(grid))
        self.save(tab, grid)

    def delete_row(self, tab: str, row: int) -> None:
        grid = self.load(tab)
        del grid[row]
        self.save(tab, grid)

    def move_row(self, tab: str, row: int, above: int) -> None:
        grid = self.load(tab)
        grids.move_row(grid, row, above)
        self.save(tab, grid)

    def copy_row(self, tab: str, row: int) -> None:
        grid = self.load(tab)
        grids.trim(grid)
        grid.append(list(grid[row]))
        self.save(tab, grid)

    def move_column(self, tab: str, header: str, before: str) -> None:
        grid = self.load(tab)
        grids.move_column(grid, self._column(grid, header), self._column(grid, before))
        self.save(tab, grid)

    def add_column(self, tab: str, header: str, before: str) -> None:
        grid = self.load(tab)
        place = self._column(grid, before)
        for index, row in enumerate(grid):
            row.insert(place, None if index else header)
        self.save(tab, grid)

    def rename_header(self, tab: str, header: str, new: str) -> None:
        grid = self.load(tab)
        grid[0][self._column(grid, header)] = new
        self.save(tab, grid)

    def append(self, tab: str, cells: list[Cell]) -> None:
        grid = self.load(tab)
        grids.trim(grid)
        grid.append(cells)
        self.save(tab, grid)


class MemoryWorld(GridHands):
    """Revisions are of the whole content, as of a file; with ``notices_edits=False`` of commits alone, as on Google."""

    name = "memory"
    faults = (
        Fault.CRASH_BEFORE,
        Fault.CRASH_AFTER,
        Fault.REPLY_LOST,
        Fault.REFUSED,
        Fault.OUTAGE,
        Fault.DELAYED,
    )

    def __init__(self, *, notices_edits: bool = True) -> None:
        self._workspace = MemoryWorkspace(empty_tabs(), notices_edits=notices_edits)

    def open(self, seam: Seam) -> Workspace:
        return SeamPort(self._workspace, seam)

    def snapshot(self) -> object:
        return deepcopy(self._workspace.__dict__)

    def restore(self, state: object) -> None:
        assert isinstance(state, dict)
        self._workspace.__dict__.update(deepcopy(state))

    def tabs(self) -> list[str]:
        return list(self._workspace.tabs)

    def grid(self, tab: str) -> Grid:
        return [list(row) for row in self._workspace.tabs[tab]]

    def save(self, tab: str, grid: Grid) -> None:
        self._workspace.tabs[tab] = grid

    def targets(self, tab: str) -> Mapping[tuple[int, int], str] | None:
        return None

    def documents(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for document in self._workspace.documents.values():
            found.setdefault(document.path, []).append(document.content)
        return found

    def resolve(self, link: str) -> bytes | None:
        return next(iter(self.documents().get(link.removeprefix("memory/"), [])), None)

    def litter(self) -> list[str]:
        return sorted(self._workspace.strays)

    def hide_row(self, tab: str, row: int) -> None:
        """Nothing in memory is ever hidden."""

    def add_tab(self, tab: str) -> None:
        self._workspace.tabs.setdefault(tab, [["Catatan"], ["milik staf"]])
