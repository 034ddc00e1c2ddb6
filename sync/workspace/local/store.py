"""The archive: a tree of files, each written once. A file knows its own id, so the folder needs no index."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from sync.domain.archive import Whereabouts
from sync.errors import (
    AccessRefused,
    AgendaError,
    BookBusy,
    DocumentMissing,
    DocumentUnreadable,
    PathOccupied,
    PathRefused,
)
from sync.workspace.disk import FileSystem, NotAFile, told
from sync.workspace.local.identity import Marks, embedded_identity, embedded_marks
from sync.workspace.local.listing import Entry, entries_below, fault_of
from sync.workspace.local.paths import inside, inside_or_none
from sync.workspace.lock import FolderLock
from sync.workspace.port import ArchivedFile, Document, DocumentId, Filed

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL})
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_TEMPORARY = re.compile(rf"\.{_UUID}\.tmp")
# What systems leave in any folder that somebody looks at.
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


class ArchiveStore:
    """The files under ``root``; links are given relative to ``base``, the book's folder.

    Documents are filed under ``lock``: a temporary file seen by whoever holds it was left by a crash.
    """

    def __init__(self, root: Path, base: Path, lock: FolderLock, disk: FileSystem) -> None:
        self._root = root
        self._base = base
        self._lock = lock
        self._disk = disk

    def file(self, document: Document) -> Filed:
        """See :meth:`sync.workspace.port.Workspace.file`.

        Raises:
            PathOccupied, PathRefused, DiskFull, AccessRefused, Unreachable, BookBusy.
        """
        target = inside(self._root, document.path)
        with told(str(self._base)):
            self._disk.make_folder(self._base)
        with self._lock.held():
            self._make_folders(target.parent, document.path)
            temporary = _temporary_of(target, document.id)
            if os.path.lexists(temporary):
                # Left by a crash. It may be a second name of a document that has since been moved: written to, it
                # would change that one.
                with told(str(temporary)):
                    self._disk.unlink(temporary)
            if not os.path.lexists(target):
                self._place(document, temporary, target)
            return self._found(document, target)

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        """Return what lies at ``path`` if it is the document of that id; what a torn upload left beside it goes."""
        target = inside_or_none(self._root, path)
        if target is not None:
            self._clear_up_if_free(_temporary_of(target, document_id))
        content = None if target is None else self._content(target)
        identity = None if content is None else embedded_identity(content)
        if content is None or identity is None or identity[0] != document_id:
            return None
        return self._filed(document_id, path, content, identity[1])

    def open(self, path: str) -> bytes:
        """Return the bytes at ``path``, whatever they are: whether they are the right ones is the list's to say.

        Raises:
            DocumentMissing, AccessRefused, Unreachable.
        """
        target = inside_or_none(self._root, path)
        content = None if target is None else self._content(target)
        if content is None:
            raise DocumentMissing(path)
        return content

    def walk(self) -> Iterator[ArchivedFile]:
        """Yield everything in path order, what cannot be read too; what vanishes meanwhile is left out."""
        for entry in self._entries():
            found = self._archived(entry)
            if found is not None:
                yield found

    def search(self, concerning: Callable[[str], bool]) -> Iterator[ArchivedFile]:
        """Yield the job's documents of the paths that ``concerning`` accepts; only these files are opened."""
        for entry in self._entries():
            found = self._archived(entry) if concerning(entry.name) else None
            if found is not None and found.id:
                yield found

    def whereabouts(self, document_id: DocumentId, path: str) -> Whereabouts:
        return Whereabouts.IN_PLACE if self.find(document_id, path) else Whereabouts.NOWHERE

    def is_empty(self) -> bool:
        """Tell whether nobody has put a file here; temporary files and what systems litter do not count."""
        return all(_TEMPORARY.fullmatch(name) or name.casefold() in _LITTER for name in self._names())

    def sweep(self) -> list[str]:
        """Remove temporary files that a crash left; return their paths. The caller holds the lock."""
        stale = [entry for entry in self._entries() if _TEMPORARY.fullmatch(entry.path.name)]
        for entry in stale:
            with told(str(entry.path)):
                self._disk.unlink(entry.path)
        return [entry.name for entry in stale]

    def _clear_up_if_free(self, temporary: Path) -> None:
        if not os.path.lexists(temporary):
            return
        try:
            with self._lock.held(patience=0), told(str(temporary)):
                self._disk.unlink(temporary)
        except (BookBusy, AccessRefused):
            # It is not stale (the run that holds the lock is writing it), or this run may only read.
            return

    def _entries(self) -> list[Entry]:
        with told(str(self._root)):
            found = list(entries_below(self._root)) if self._root.exists() else []
        return sorted(found, key=lambda entry: entry.name)

    def _names(self) -> Iterator[str]:
        """Yield names as they are found: who asks may have heard enough after the first."""
        with told(str(self._root)):
            if self._root.exists():
                yield from (entry.path.name for entry in entries_below(self._root))

    def _archived(self, entry: Entry) -> ArchivedFile | None:
        """Return what lies there; None if nothing does any more."""
        fault, content = entry.fault, b""
        if not fault:
            with told(str(entry.path)):
                try:
                    content = self._disk.read(entry.path)
                except FileNotFoundError:
                    if not entry.path.is_symlink():
                        return None
                    fault = "a link that leads nowhere"
                except (NotADirectoryError, IsADirectoryError):
                    return None  # what lay there a moment ago has made room for something else
                except NotAFile as error:
                    fault = str(error.strerror)
                except OSError as error:
                    fault = fault_of(error)
        if fault:
            return ArchivedFile("", entry.name, "", fault=fault)
        marks = embedded_marks(content) or Marks("", "", "")
        return ArchivedFile(marks.id, entry.name, hashlib.sha256(content).hexdigest(), marks.office)

    def _make_folders(self, folder: Path, path: str) -> None:
        with told(str(folder)):
            try:
                missing = [above for above in (folder, *folder.parents) if not above.exists()]
                self._disk.make_folder(folder)
            except (FileExistsError, NotADirectoryError) as error:
                raise PathOccupied(path) from error
            except OSError as error:
                if error.errno != errno.ENAMETOOLONG:
                    raise
                raise PathRefused(path, "it is longer than this system can open") from error
            if not folder.resolve().is_relative_to(self._root.resolve()):
                raise PathRefused(path, "a folder on the way is a link that leads out of the archive")
            for made in missing:
                self._disk.fsync_folder(made.parent)

    def _place(self, document: Document, temporary: Path, target: Path) -> None:
        try:
            with told(str(target)):
                self._disk.write(temporary, document.content)
                self._disk.fsync(temporary)
                try:
                    self._disk.link(temporary, target)
                except OSError as error:
                    # A file that somebody who does not know our lock put there just now is looked at next.
                    if error.errno not in _NO_LINKS | {errno.EEXIST}:
                        raise
                    # A disk without hard links (FAT, some network disks): the lock keeps our own runs apart.
                    if not os.path.lexists(target):
                        self._disk.rename(temporary, target)
                self._disk.unlink(temporary)
                self._disk.fsync_folder(target.parent)
        except AgendaError:
            with told(str(temporary)):
                self._disk.unlink(temporary)
            raise

    def _found(self, document: Document, target: Path) -> Filed:
        content = self._content(target)
        if content is not None:
            if content == document.content:
                return self._filed(document.id, document.path, content, document.fingerprint)
            identity = embedded_identity(content)
            if identity is not None and identity[0] == document.id:
                return self._filed(document.id, document.path, content, identity[1])
        raise PathOccupied(document.path)

    def _content(self, path: Path) -> bytes | None:
        with told(str(path)):
            try:
                return self._disk.read(path)
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError, NotAFile):
                return None
            except PermissionError as error:
                raise DocumentUnreadable(path.relative_to(self._root).as_posix(), "permission denied") from error
            except OSError as error:
                if error.errno in (errno.ELOOP, errno.ENAMETOOLONG):
                    return None
                raise

    def _filed(self, document_id: DocumentId, path: str, content: bytes, fingerprint: str) -> Filed:
        link = self._root.relative_to(self._base).joinpath(path).as_posix()
        return Filed(document_id, path, hashlib.sha256(content).hexdigest(), fingerprint, link)


def _temporary_of(target: Path, document_id: str) -> Path:
    # The id stands in a cell of the archive list, where anybody can have typed anything.
    name = document_id if re.fullmatch(_UUID, document_id) else uuid.uuid5(uuid.NAMESPACE_OID, document_id)
    return target.with_name(f".{name}.tmp")
