"""The promises of a workspace: an agenda book (a workbook of tabs) and an archive (a tree of documents).

Terms: a *revision* is what the workbook was when it was read. To *commit* is to change the workbook, all or nothing.
To *file* a document is to put its bytes under an id that was allocated beforehand, once and for ever.

Any call may be cut off before or after its effect, and may be repeated by another process: that is why ids are
allocated first and recorded in the workbook, and why filing the same id again finds what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NewType, Protocol

from sync.domain.archive import Whereabouts
from sync.domain.table import Change, Revision, Snapshot
from sync.errors import DocumentStop

DocumentId = NewType("DocumentId", str)


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document on its way into the archive.

    ``path`` is relative to the archive's root, with ``/`` between folders, the file name last. ``labels`` are short
    facts kept beside the file where the backend can (never personal data): number, kind, revision, fingerprint.
    """

    id: DocumentId
    path: str
    content: bytes
    fingerprint: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filed:
    """What lies in the archive under an id. ``sha256`` is of the bytes that are there, in lower-case hexadecimal.

    ``fingerprint`` is the one the bytes were made from, which differs from the document's own where an earlier,
    interrupted run had already filed older inputs under the same id: the archive wins, and the list must say so.
    """

    id: DocumentId
    path: str
    sha256: str
    fingerprint: str
    link: str


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One file found in the archive, whoever put it there. ``id`` is ``""`` where it does not bear the job's mark."""

    id: str
    path: str
    sha256: str
    office: str = ""
    """The number prefix of the office that issued it, as its mark says; ``""`` where it says nothing."""
    fault: str = ""
    """What it is instead of a file that can be read (``a named pipe``); ``""`` for a file."""
    other_book: bool = False
    """Its mark says that it was issued from another workbook than this one, and none of this one's is newer."""


@dataclass(frozen=True, slots=True)
class ApiCalls:
    """Calls to remote services, by the bucket their quota is counted in."""

    sheets_read: int = 0
    sheets_write: int = 0
    drive: int = 0
    forms: int = 0


class Workspace(Protocol):
    """The port. Two backends and the tests' fake keep these promises, shown by one contract suite."""

    def read(self, tabs: Sequence[str]) -> Snapshot:
        """Return those tabs as they stand, with the revision; tabs that do not exist are left out.

        Cells keep their stored type. Rows that are wholly empty at the end are left out; empty rows between others
        stay. Changes nothing that anybody could see.

        Raises:
            BookMissing, BookUnreadable: there is no workbook, or it cannot be read.
            AccessRefused, Unreachable: the place says no, or says nothing.
        """

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        """Carry out all ``changes`` in their order, or none, and return the new revision.

        ``RowUpdate`` writes only where the row at its position still holds its key; a row that moved meanwhile is
        found by its key. Cells, columns and tabs that are not named stay as they are.

        Raises:
            Conflict: the workbook is not at ``expected`` any more, or is open elsewhere. Nothing was written.
            UnsupportedContent, MergedCells: writing would cost somebody's content. Nothing was written.
            TabMissing, HeaderMissing, HeaderDoubled: a named place is not there. Nothing was written.
            AccessRefused, DiskFull, Unreachable.
        """

    def allocate(self, count: int) -> tuple[DocumentId, ...]:
        """Return ``count`` new ids, never given before. Unused ids cost nothing."""

    def file(self, document: Document) -> Filed:
        """Put the document under its id and path, unless the id already has one; return what is there.

        Write-once: an existing document is never changed. Idempotent: a repeat, at once or after a crash, returns the
        same. Nobody ever sees a part of a document under its path.

        Raises:
            PathOccupied: something that is not this document lies at the path (where paths are unique).
            AccessRefused, DiskFull, Unreachable.
        """

    def file_all(self, documents: Iterable[Document]) -> Iterator[Filed]:
        """File the documents as they come, several at a time where that is quicker; yield each once it is there.

        In any order. What fails for one document leaves the others, and the first such fault is raised when all are
        done; what would fail for each (no disk, no access, no network) is raised at once.
        """

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        """Return what was filed under the id (recorded as meant for ``path``), or None if nothing was."""

    def find_all(self, wanted: Mapping[DocumentId, str]) -> Iterator[Filed]:
        """Yield what was filed under ``wanted`` ids (by the paths recorded for them), as cheaply as there is a way.

        What is yielded is there. What is not yielded may be there all the same (a listing can lag behind): filing it
        again, or asking for it alone, tells.
        """

    def open(self, document_id: DocumentId, path: str) -> bytes:
        """Return the bytes filed under the id (recorded as being at ``path``).

        Raises:
            DocumentMissing: nothing is there.
        """

    def whereabouts(self, document_id: DocumentId, path: str) -> Whereabouts:
        """Tell where the document of that id is now; never by a listing, which may lag behind."""

    def holds_documents(self) -> bool:
        """Tell whether anything lies in the archive; True where asking would cost a call to a remote service."""

    def search(self, concerning: Callable[[str], bool]) -> Iterator[ArchivedFile]:
        """Yield documents of the job's whose path ``concerning`` accepts, in any order; the path may be the name alone.

        A remote service is asked in one call once the workbook was read (more only for a workbook whose archive list is
        empty) and names those that were filed last; what was filed within minutes may be missing. There documents of
        another book (:attr:`ArchivedFile.other_book`) are yielded whether accepted or not.
        """

    def version(self) -> str:
        """Return a cheap hint: while it stays the same, the workbook very likely did too (not the other way round)."""

    def api_calls(self) -> ApiCalls:
        """Return how many calls this object has made so far; all zero where there is no remote service."""

    def walk(self) -> Iterator[ArchivedFile]:
        """Yield everything in the archive that is no folder, in path order, the job's or not, readable or not."""


def file_one_by_one(file: Callable[[Document], Filed], documents: Iterable[Document]) -> Iterator[Filed]:
    """Keep the promise of :meth:`Workspace.file_all` by way of :meth:`Workspace.file`."""
    first: DocumentStop | None = None
    for document in documents:
        try:
            yield file(document)
        except DocumentStop as error:
            first = first or error
    if first is not None:
        raise first


def find_one_by_one(
    find: Callable[[DocumentId, str], Filed | None], wanted: Mapping[DocumentId, str]
) -> Iterator[Filed]:
    """Keep the promise of :meth:`Workspace.find_all` by way of :meth:`Workspace.find`."""
    for document_id, path in wanted.items():
        found = find(document_id, path)
        if found is not None:
            yield found
