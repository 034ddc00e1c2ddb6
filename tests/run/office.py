"""An office in memory: the real plan and job over the fake workspace, with documents that are their own fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sync.domain.archive import Whereabouts
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from sync.domain.layout import book_layout
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.domain.table import Cell, Change, Revision, Snapshot
from sync.domain.tabs import Tab
from sync.job import RunReport, run
from sync.office import Office, no_progress
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
from tests import build
from tests.memory import Grid, MemoryWorkspace


class CutOff(BaseException):
    """The process died here. Not an ``Exception``: nothing in the job may catch it."""


@dataclass
class PlainDocuments:
    """A document maker whose documents are their fields as JSON: quick, and the same for the same inputs."""

    templates: dict[DocumentKind, str] = field(default_factory=lambda: dict.fromkeys(DocumentKind, "a" * 64))

    def digests(self) -> Mapping[DocumentKind, str]:
        return self.templates

    def make(
        self, kind: DocumentKind, fields: Fields, *, document_id: str, fingerprint: str, issued_at: datetime,
        revision: int, subject: str, dated: date | None = None, facts: str = "",
    ) -> bytes:  # fmt: skip
        day = dated.isoformat() if dated else None
        said = [kind.value, fields, document_id, fingerprint, issued_at.isoformat(), revision, subject, facts, day]
        return json.dumps(said, sort_keys=True).encode()

    def fields_of(self, content: bytes) -> Fields | None:
        fields: Fields = json.loads(content)[1]
        return fields


class CuttingWorkspace:
    """Passes calls on, counts the effects, and dies right before or right after the one it was told.

    ``between`` runs between any two calls: what staff do meanwhile.
    """

    def __init__(
        self, inner: Workspace, cut_at: int = 0, *, after: bool = False, between: Callable[[int], None] | None = None
    ) -> None:
        self._inner = inner
        self._cut_at = cut_at
        self._after = after
        self._between = between or (lambda call: None)
        self.effects = 0

    def _effect(self, carry_out: Callable[[], Any]) -> Any:
        self._between(self.effects)
        self.effects += 1
        if self.effects == self._cut_at and not self._after:
            raise CutOff
        result = carry_out()
        if self.effects == self._cut_at and self._after:
            raise CutOff
        return result

    def read(self, tabs: Sequence[str]) -> Snapshot:
        snapshot: Snapshot = self._effect(lambda: self._inner.read(tabs))
        return snapshot

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        revision: Revision = self._effect(lambda: self._inner.commit(changes, expected))
        return revision

    def allocate(self, count: int) -> tuple[DocumentId, ...]:
        ids: tuple[DocumentId, ...] = self._effect(lambda: self._inner.allocate(count))
        return ids

    def file(self, document: Document) -> Filed:
        filed: Filed = self._effect(lambda: self._inner.file(document))
        return filed

    def file_all(self, documents: Iterable[Document]) -> Iterator[Filed]:
        return file_one_by_one(self.file, documents)

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        found: Filed | None = self._effect(lambda: self._inner.find(document_id, path))
        return found

    def find_all(self, wanted: Mapping[DocumentId, str]) -> Iterator[Filed]:
        return find_one_by_one(self.find, wanted)

    def open(self, document_id: DocumentId, path: str) -> bytes:
        return self._inner.open(document_id, path)

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


@dataclass
class MemoryOffice:
    """A whole office in memory, and the hands of its people."""

    workspace: MemoryWorkspace = field(default_factory=lambda: MemoryWorkspace(empty_tabs()))
    documents: PlainDocuments = field(default_factory=PlainDocuments)

    def run(
        self,
        now: datetime = build.NOW,
        request: Request | None = None,
        accepted: Accepted | None = None,
        through: Workspace | None = None,
        **pace: Any,
    ) -> RunReport:
        """``pace``: the limits of :class:`Office`, its seconds, and who tells the run to leave."""
        inner = through or self.workspace
        pace.setdefault("seconds", lambda: 0.0)
        office = Office(inner, build.rules(), build.clock(), self.documents, lambda seconds: None, no_progress, **pace)
        return run(office, now, request or Request(), accepted or Accepted())

    def respond(self, **fields: Cell) -> None:
        """A visitor sends the form."""
        self.workspace.tabs["Respons"].append(list(build.response_cells(**fields)))

    def rows(self, tab: Tab) -> list[dict[str, Cell]]:
        """The rows of a tab by field, empty ones left out."""
        fields = {header: name for name, header in build.rules().columns.headers(tab).items()}
        grid = self.workspace.tabs[build.rules().tab_names[tab]]
        return [
            {fields[str(header)]: cell for header, cell in zip(grid[0], row, strict=False) if str(header) in fields}
            for row in grid[1:]
            if any(cell is not None for cell in row)
        ]

    def type_into(self, number: str, **fields: Cell) -> None:
        """An officer types into the row of ``number``, wherever it stands."""
        grid = self.workspace.tabs["Agenda"]
        headers = build.rules().columns.agenda.headers
        key = grid[0].index(headers["number"])
        for row in grid[1:]:
            if row[key] == number:
                for name, value in fields.items():
                    row[grid[0].index(headers[name])] = value

    def state(self) -> dict[str, object]:
        """The whole office with document ids (which differ from run to run) put as their paths."""
        paths = {str(document.id): document.path for document in self.workspace.documents.values()}
        tabs = {
            name: [[paths.get(str(cell), cell) for cell in row] for row in grid]
            for name, grid in self.workspace.tabs.items()
        }
        contents = {}
        for document in self.workspace.documents.values():
            facts = json.loads(document.content)
            contents[document.path] = [*facts[:2], *facts[3:]]
        # The digest of a document holds its id, so it is checked against the bytes instead of compared.
        for row in tabs["Arsip"][1:]:
            row[tabs["Arsip"][0].index("SHA-256")] = None
        return {"tabs": tabs, "documents": contents}


def empty_tabs() -> dict[str, Grid]:
    """The workbook as the layout makes it, with officers."""
    layout = book_layout(build.rules())
    tabs: dict[str, Grid] = {}
    for tab in layout.tabs:
        rows: Grid = [[cell or None for cell in row] for row in tab.rows]
        tabs[tab.name] = [[column.header for column in tab.columns], *rows]
    tabs["Petugas"] += [list(officer) for officer in build.OFFICERS]
    return tabs


def an_office_with_work() -> MemoryOffice:
    """Two responses of a running office: the first finished by now, the second just in."""
    office = MemoryOffice()
    office.respond()
    office.run(datetime(2026, 11, 2, 9, 0))
    office.type_into("KONS-2026-0001", **build.FINISHED)
    office.respond(timestamp=datetime(2026, 11, 24, 9, 12), name="Dayang Alkadrie", phone=81316523126)
    return office
