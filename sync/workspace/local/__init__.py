"""The local backend: the book is ``agenda.xlsx`` in a folder, the archive the tree ``arsip/`` beside it.

Staff open the book in Excel or LibreOffice whenever they like; a commit replaces it whole, and only if nobody has it
open and nobody has saved it since it was read.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sync.domain.archive import Whereabouts
from sync.domain.layout import BookLayout
from sync.domain.table import Change, Revision, Snapshot, Table
from sync.errors import AccessRefused, BookBusy, BookChanged, BookMissing, BookNotMade
from sync.workspace.disk import FileSystem, told
from sync.workspace.local.atomic import replace_book, temporary_of
from sync.workspace.local.open_elsewhere import OpenElsewhere
from sync.workspace.local.patch import completed_book, made_book, patched, refuse_unsupported
from sync.workspace.local.read import OpenedBook, opened
from sync.workspace.local.store import ArchiveStore
from sync.workspace.lock import FolderLock
from sync.workspace.port import (
    ApiCalls,
    ArchivedFile,
    Document,
    DocumentId,
    Filed,
    file_one_by_one,
    find_one_by_one,
)

BOOK_NAME = "agenda.xlsx"
ARCHIVE_NAME = "arsip"


class LocalWorkspace:
    """A :class:`sync.workspace.port.Workspace` on this computer's disk."""

    def __init__(
        self,
        folder: Path,
        layout: BookLayout,
        *,
        makes_book: bool = True,
        is_response_tab: Callable[[Sequence[str]], bool] | None = None,
        disk: FileSystem | None = None,
        lock: FolderLock | None = None,
        open_elsewhere: OpenElsewhere | None = None,
    ) -> None:
        """Nothing is touched before the first call.

        Args:
            makes_book: whether :meth:`read` makes the book on first use; commands that only look leave that.
            is_response_tab: tells by its headers a tab of responses; such tabs are read along with the whole book.
            open_elsewhere: who looks whether somebody has the book open, and how long is too long.
            disk, lock: for tests.
        """
        self._makes_book = makes_book
        self._is_response_tab = is_response_tab
        self._folder = folder
        self._book = folder / BOOK_NAME
        self._layout = layout
        self._disk = disk or FileSystem()
        self._lock = lock or FolderLock(folder)
        self._open_elsewhere = open_elsewhere or OpenElsewhere()
        self._known: tuple[Revision, OpenedBook] | None = None
        self._archive = ArchiveStore(folder / ARCHIVE_NAME, folder, self._lock, self._disk)

    def read(self, tabs: Sequence[str]) -> Snapshot:
        """See the port. On first use the book is made, with all its tabs.

        Raises:
            BookMissing: there is no book, but the archive holds documents.
            BookNotMade: there is no book yet, and this workspace is not to make it.
            BookUnreadable, AccessRefused, DiskFull, Unreachable.
            BookBusy: another run is just making the book.
        """
        content = self._content()
        if content is None and self._makes_book:
            self.prepare()
            content = self._content()
        if content is None:
            raise self._missing()
        if temporary_of(self._book).exists() or self._lock.is_there():
            self._sweep_book_if_free()
        revision, book = self._opened(content)
        tables = book.tables(tabs)
        unread = {} if len(tables) == len(set(tabs)) else book.other_headers(tabs)
        return Snapshot(revision, tables, self._others(book, tabs), unread)

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        """See the port. No changes write nothing.

        Raises:
            BookOpen, BookChanged, BookBusy: the three kinds of Conflict.
            BookMissing, BookUnreadable, UnsupportedContent, MergedCells, TabMissing, HeaderMissing, HeaderDoubled,
            AccessRefused, DiskFull, Unreachable.
        """
        if self._content() is None:
            raise self._gone()
        with self._lock.held():
            self._sweep_book()
            if changes:
                # Before the revision: who has it open has to be asked either way.
                self._open_elsewhere.refuse_if_open(self._book)
            content = self._expect(expected)
            if not changes:
                return expected
            book = patched(self._opened(content)[1], changes, self._layout)
            self._replace(book.content, expected)
            self._known = (_revision(book.content), book)
            return self._known[0]

    def prepare(self) -> list[str]:
        """Make the book, or add the tabs and charts that it lacks; return what was done, one phrase a step.

        What people made is not touched.

        Raises:
            BookMissing: there is no book, but the archive holds documents.
            BookOpen, BookBusy, BookChanged, BookUnreadable, UnsupportedContent, AccessRefused, DiskFull, Unreachable.
        """
        with told(str(self._folder)):
            self._disk.make_folder(self._folder)
        with self._lock.held():
            self._sweep_book()
            content = self._content()
            if content is None:
                if not self._archive.is_empty():
                    raise self._missing()
                self._replace(made_book(self._layout), None)
                return [f"made {self._book} with {len(self._layout.tabs)} tabs"]
            completed, added = completed_book(str(self._book), content, self._layout)
            if added:
                self._open_elsewhere.refuse_if_open(self._book)
                self._replace(completed, _revision(content))
            return [f"added {what} to {self._book}" for what in added]

    def check_writable(self) -> None:
        """Return if a commit could be made now; nothing is written.

        Raises:
            BookMissing, BookNotMade, BookOpen, BookUnreadable, UnsupportedContent, AccessRefused, Unreachable.
        """
        content = self._content()
        if content is None:
            raise self._missing()
        self._open_elsewhere.refuse_if_open(self._book)
        refuse_unsupported(self._opened(content)[1])

    def sweep(self) -> list[str]:
        """Remove the temporary files of runs that crashed, of the book and in the archive; return their paths.

        Raises:
            BookBusy, AccessRefused, Unreachable.
        """
        if not self._folder.exists():
            return []
        with self._lock.held():
            stale = temporary_of(self._book)
            found = [stale.name] if stale.exists() else []
            self._sweep_book()
            return found + [f"{ARCHIVE_NAME}/{path}" for path in self._archive.sweep()]

    def allocate(self, count: int) -> tuple[DocumentId, ...]:
        return tuple(DocumentId(str(uuid.uuid4())) for _ in range(count))

    def file(self, document: Document) -> Filed:
        return self._archive.file(document)

    def file_all(self, documents: Iterable[Document]) -> Iterator[Filed]:
        return file_one_by_one(self.file, documents)

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        return self._archive.find(document_id, path)

    def find_all(self, wanted: Mapping[DocumentId, str]) -> Iterator[Filed]:
        return find_one_by_one(self.find, wanted)

    def open(self, document_id: DocumentId, path: str) -> bytes:  # noqa: ARG002  # here a path is enough
        return self._archive.open(path)

    def whereabouts(self, document_id: DocumentId, path: str) -> Whereabouts:
        return self._archive.whereabouts(document_id, path)

    def holds_documents(self) -> bool:
        return not self._archive.is_empty()

    def search(self, concerning: Callable[[str], bool]) -> Iterator[ArchivedFile]:
        return self._archive.search(concerning)

    def version(self) -> str:
        """Return size and moment of the last save, ``""`` where there is no book yet."""
        with told(str(self._book)):
            try:
                state = self._book.stat()
            except FileNotFoundError:
                return ""
        return f"{state.st_ino}-{state.st_size}-{state.st_mtime_ns}"

    def api_calls(self) -> ApiCalls:
        return ApiCalls()

    def walk(self) -> Iterator[ArchivedFile]:
        return self._archive.walk()

    def _others(self, book: OpenedBook, tabs: Sequence[str]) -> tuple[Table, ...]:
        names = [tab.name for tab in self._layout.tabs]
        if self._is_response_tab is None or not set(names) <= set(tabs):
            return ()
        # By their headers first: people keep big tabs beside the job's.
        wanted = [name for name, headers in book.other_headers(names).items() if self._is_response_tab(headers)]
        return tuple(book.tables(wanted).values())

    def _content(self) -> bytes | None:
        with told(str(self._book)):
            try:
                return self._disk.read(self._book)
            except FileNotFoundError:
                return None

    def _opened(self, content: bytes) -> tuple[Revision, OpenedBook]:
        """Return the book taken apart: as this object took it apart, or wrote it, last, where it is the same one."""
        revision = _revision(content)
        if self._known is None or self._known[0] != revision:
            self._known = (revision, opened(str(self._book), content))
        return self._known

    def _expect(self, expected: Revision | None) -> bytes:
        """Return the book's bytes if they are at ``expected`` (None: if there is no book, and no bytes then)."""
        content = self._content()
        if (None if content is None else _revision(content)) != expected:
            raise BookChanged(str(self._book))
        return content or b""

    def _replace(self, content: bytes, expected: Revision | None) -> None:
        def last_look() -> None:
            # Saving takes seconds on a big book, and a spreadsheet program asks for no lock of ours.
            self._open_elsewhere.refuse_if_open(self._book)
            self._expect(expected)

        replace_book(self._disk, self._book, content, last_look)

    def _missing(self) -> BookMissing | BookNotMade:
        if self._archive.is_empty():
            return BookNotMade(str(self._book))
        return self._gone()

    def _gone(self) -> BookMissing:
        return BookMissing(str(self._book), f"{self._folder / ARCHIVE_NAME}")

    def _sweep_book(self) -> None:
        """Remove what a crash left of a book in the making. Only under the lock: else it may be in the making now."""
        temporary = temporary_of(self._book)
        if temporary.exists():
            with told(str(temporary)):
                self._disk.unlink(temporary)

    def _sweep_book_if_free(self) -> None:
        try:
            with self._lock.held(patience=0):
                self._sweep_book()
        except (BookBusy, AccessRefused):
            # It is not stale (the run that holds the lock is writing it), or this run may only read.
            return


def _revision(content: bytes) -> Revision:
    return Revision(hashlib.sha256(content).hexdigest())
