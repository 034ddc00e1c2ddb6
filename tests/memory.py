"""MemoryWorkspace: the tests' fake of a workspace, held to the same contract suite as the real ones."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy

from sync.domain.table import (
    AddColumns,
    AppendRows,
    Cell,
    CellError,
    Change,
    Link,
    NewCell,
    ReplaceRows,
    Revision,
    Row,
    RowUpdate,
    Snapshot,
    Table,
    UpdateRows,
)
from sync.errors import BookChanged, DocumentMissing, PathOccupied, PathRefused, TabMissing
from sync.workspace.port import ApiCalls, ArchivedFile, Document, DocumentId, Filed, file_one_by_one

Grid = list[list[Cell]]
"""A tab as people see it: the header row first."""


class MemoryWorkspace:
    """A workspace that lives as long as the test.

    ``tabs`` and ``strays`` are open to tests: what people do to the book and the archive, tests do to them.
    """

    def __init__(self, tabs: Mapping[str, Grid], *, notices_edits: bool = True) -> None:
        """``notices_edits``: whether the revision is of the content (as of a file) or of the job's commits alone."""
        self.tabs: dict[str, Grid] = {name: [list(row) for row in grid] for name, grid in tabs.items()}
        self.strays: dict[str, bytes] = {}
        self.documents: dict[DocumentId, Document] = {}
        self._notices_edits = notices_edits
        self._commits = 0
        self._ids = itertools.count(1)

    def read(self, tabs: Sequence[str]) -> Snapshot:
        return Snapshot(self._revision(), {name: _table(name, self.tabs[name]) for name in tabs if name in self.tabs})

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        if self._revision() != expected:
            raise BookChanged("memory")
        if not changes:
            return expected
        work = deepcopy(self.tabs)
        for change in changes:
            if change.tab not in work:
                raise TabMissing(change.tab, tuple(work))
            _carry_out(change, work[change.tab])
        self.tabs = work
        self._commits += 1
        return self._revision()

    def allocate(self, count: int) -> tuple[DocumentId, ...]:
        return tuple(DocumentId(f"00000000-0000-4000-8000-{next(self._ids):012}") for _ in range(count))

    def file(self, document: Document) -> Filed:
        parts = document.path.split("/")
        if "\\" in document.path or any(part in {"", ".", ".."} for part in parts):
            raise PathRefused(document.path, "it leads out of the archive")
        taken = {there.path for there in self.documents.values()} | set(self.strays)
        if document.id not in self.documents:
            if document.path in taken:
                raise PathOccupied(document.path)
            self.documents[document.id] = document
        return _filed(self.documents[document.id])

    def file_all(self, documents: Iterable[Document]) -> Iterator[Filed]:
        return file_one_by_one(self.file, documents)

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        document = self.documents.get(document_id)
        return None if document is None else _filed(document)

    def open(self, document_id: DocumentId, path: str) -> bytes:
        if document_id not in self.documents:
            raise DocumentMissing(path)
        return self.documents[document_id].content

    def version(self) -> str:
        return self._revision()

    def api_calls(self) -> ApiCalls:
        return ApiCalls()

    def walk(self) -> Iterator[ArchivedFile]:
        found = [ArchivedFile(d.id, d.path, _sha256(d.content)) for d in self.documents.values()]
        found += [ArchivedFile("", path, _sha256(content)) for path, content in self.strays.items()]
        return iter(sorted(found, key=lambda file: file.path))

    def _revision(self) -> Revision:
        seen = repr(sorted(self.tabs.items())) if self._notices_edits else ""
        return Revision(_sha256(f"{self._commits} {seen}".encode("utf-8", "surrogatepass")))


def _table(name: str, grid: Grid) -> Table:
    headers = [_header(cell) for cell in grid[0]] if grid else []
    while headers and not headers[-1].strip():
        headers.pop()
    width = len(headers)
    rows = [tuple((*row, *[None] * width)[:width]) for row in grid[1:]]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return Table(name, tuple(headers), tuple(Row(position, cells) for position, cells in enumerate(rows)))


def _header(cell: Cell) -> str:
    return cell.code if isinstance(cell, CellError) else "" if cell is None else str(cell)


def _carry_out(change: Change, grid: Grid) -> None:
    header = _table(change.tab, grid)

    def put(row: int, values: Mapping[str, NewCell]) -> None:
        columns = {header.column(name): value for name, value in values.items()}
        while len(grid) <= row:
            grid.append([])
        for column, value in columns.items():
            grid[row].extend([None] * (column + 1 - len(grid[row])))
            grid[row][column] = _stored(value)

    match change:
        case AddColumns(headers=headers):
            if not grid:
                grid.append([])
            new = [name for name in dict.fromkeys(headers) if not header.has(name)]
            del grid[0][len(header.headers) :]
            grid[0] += new
            for row in grid[1:]:
                row[len(header.headers) : len(header.headers)] = [None] * len(new)
        case AppendRows(rows=rows):
            while grid and not any(cell is not None for cell in grid[-1]):
                grid.pop()
            for number, values in enumerate(rows, max(1, len(grid))):
                put(number, values)
        case ReplaceRows(rows=rows):
            named = [name for name in header.headers if name.strip()]
            for number in range(1, len(grid)):
                put(number, dict.fromkeys(named))
            for number, values in enumerate(rows, 1):
                put(number, values)
        case UpdateRows(key_header=key_header, rows=updates):
            column = header.column(key_header)
            for update in updates:
                put(_row_of(update, grid, column), update.values)


def _row_of(update: RowUpdate, grid: Grid, column: int) -> int:
    def key(row: int) -> str:
        cell = grid[row][column] if row < len(grid) and column < len(grid[row]) else None
        return "" if cell is None else str(cell)

    if key(update.position + 1) == update.key:
        return update.position + 1
    found = next((row for row in range(1, len(grid)) if update.key and key(row) == update.key), None)
    if found is None:
        raise BookChanged("memory")
    return found


def _stored(value: NewCell) -> Cell:
    text = value.text if isinstance(value, Link) else value
    return None if text == "" else text


def _filed(document: Document) -> Filed:
    return Filed(document.id, document.path, _sha256(document.content), document.fingerprint, f"memory/{document.path}")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
