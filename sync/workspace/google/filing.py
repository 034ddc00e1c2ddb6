"""Filing: a finished document goes into Drive under the id that the archive list has for it, once and for ever."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from sync.domain.archive import Whereabouts
from sync.errors import AgendaError
from sync.events import log_event
from sync.workspace.google.drive import DOCX_TYPE, PARENTS_ASKED, Drive
from sync.workspace.google.errors import (
    DocumentRefused,
    DocumentTrashed,
    FolderGone,
    FolderTrashed,
    NoStorage,
    UploadDamaged,
)
from sync.workspace.google.failures import FULL_REASONS, CallFailed, Failure, Outcome, operator_error
from sync.workspace.google.paths import split_path
from sync.workspace.google.transport import Json
from sync.workspace.port import Document, DocumentId, Filed

ARCHIVE = "the archive folder"
ARCHIVE_KEY = "workspace.google.archive_folder_id"
FIELDS = (
    "id,name,mimeType,parents,trashed,size,md5Checksum,sha256Checksum,webViewLink,appProperties,"
    "contentRestrictions(readOnly)"
)
FINGERPRINT = "fingerprint"
ARCHIVE_LABEL, BOOK_LABEL, OFFICE_LABEL = "archive", "book", "office"
"""Labels that say where a document belongs: the archive folder's id, the spreadsheet's, the office's number prefix."""
UNKNOWN_FINGERPRINT = "tidak diketahui"
"""Of a file whose label cannot be read: another identity filed it (labels are private to the app that wrote them)."""
LOCK_REASON = "Arsip: dokumen sudah diberkaskan"
_LOCK_STEPS = {
    "lock-after-upload": "none: each document is locked by a call of its own",
    "lock-refused": "the documents are filed, but not read-only: let the job manage files, or set lock: off",
}
_LONGEST_LABEL = 124
"""Bytes of key and value together: https://developers.google.com/workspace/drive/api/guides/properties"""

Lock = Literal["on-upload", "ensured", "off"]


class Filing:
    """Puts documents under their ids. Safe to call from several threads."""

    def __init__(
        self, drive: Drive, *, owns_storage: bool, lock: Lock, archive_tab: str, home: Mapping[str, str]
    ) -> None:
        """``home`` are the labels that each document here bears beside its own."""
        self._drive, self._owns_storage, self._archive_tab = drive, owns_storage, archive_tab
        self._home = home
        self._lock: Lock = lock
        # The guide sets restrictions with files.update only; that files.create takes them too is what others do, and
        # nothing forbids. Where it is refused the upload goes without and the lock follows; no further one tries.
        self._lock_on_upload = lock != "off"
        self._locks = lock != "off"
        self._told: set[str] = set()
        self._telling = threading.Lock()

    def file(self, document: Document, parent: str) -> Filed:
        """Upload under the document's id, or return what is there already.

        Raises:
            FolderTrashed, FolderGone, DocumentTrashed, DocumentRefused, UploadDamaged.
            NoStorage, StorageFull, AccessRefused, Unreachable, QuotaExhausted.
        """
        folder, _ = split_path(document.path)
        try:
            found = self._upload_into(parent, document)
            is_new = found is not None
            if found is None:
                found = self._drive.get(document.id, FIELDS)
            if found is None:
                self._drive.settle()
                found = self._drive.get(document.id, FIELDS)
        except CallFailed as failed:
            if failed.failure.status == 400:
                raise DocumentRefused(document.path, self._archive_tab) from failed
            raise self.error(failed, folder) from failed
        if found is None:
            raise DocumentTrashed(document.path)  # the id is used up, but nothing is to be seen: deleted for good
        if found.get("trashed"):
            raise FolderTrashed(folder) if is_new else DocumentTrashed(document.path)
        equal = _equal(found, document.content)
        if is_new and equal is False:
            raise UploadDamaged(document.path)
        self._ensure_lock(found)
        return self._filed(found, document.id, document.path, document if equal or is_new else None)

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        """Return what was filed under the id, or None.

        Raises:
            DocumentTrashed, AccessRefused, Unreachable.
        """
        try:
            found = self._drive.get(document_id, FIELDS)
        except CallFailed as failed:
            raise self.error(failed, split_path(path)[0]) from failed
        if found is None:
            return None
        if found.get("trashed"):
            raise DocumentTrashed(path)
        return self._filed(found, document_id, path, None)

    def whereabouts(self, document_id: DocumentId, path: str, folder_id: str) -> Whereabouts:
        """Tell where the document is; ``folder_id`` is the folder of its path, ``""`` where that is not known.

        Raises:
            AccessRefused, Unreachable.
        """
        folder, name = split_path(path)
        try:
            found = self._drive.get(document_id, "name,parents,trashed")
        except CallFailed as failed:
            raise self.error(failed, folder) from failed
        if found is None:
            return Whereabouts.NOWHERE
        if found.get("trashed"):
            return Whereabouts.IN_BIN
        in_place = found.get("name") == name and folder_id in found.get("parents", ())
        return Whereabouts.IN_PLACE if in_place else Whereabouts.ELSEWHERE

    def find_all(self, wanted: Mapping[DocumentId, str], parents: Sequence[str]) -> Iterator[Filed]:
        """Yield those of ``wanted`` that the listing of ``parents`` shows: a call for a thousand files.

        Left to be asked for by id: what lies in the bin or elsewhere, was uploaded just now, or bears no label that
        this identity can read (its bytes have to be compared).

        Raises:
            AccessRefused, Unreachable.
        """
        for start in range(0, len(parents), PARENTS_ASKED):
            for found in self._listed(parents[start : start + PARENTS_ASKED]):
                path = wanted.get(DocumentId(found["id"]))
                if path is not None and found.get("appProperties", {}).get(FINGERPRINT):
                    self._ensure_lock(found)
                    yield self._filed(found, DocumentId(found["id"]), path, None)

    def _listed(self, parents: Sequence[str]) -> list[Json]:
        """Return what lies in ``parents``. One that was never made refuses the listing of all: then each alone."""
        try:
            return list(self._drive.children(parents, FIELDS))
        except CallFailed as failed:
            if failed.failure.status != 404:
                raise self.error(failed, "") from failed
        if len(parents) == 1:
            return []
        return [found for parent in parents for found in self._listed([parent])]

    def error(self, failed: CallFailed, folder: str) -> AgendaError:
        """Return what the operator has to do about a failed call in ``folder``."""
        failure = failed.failure
        if failure.reason in FULL_REASONS and not self._owns_storage:
            return NoStorage(ARCHIVE)
        if failure.status == 404 and folder:
            return FolderGone(folder, self._archive_tab)
        return operator_error(failure, f"archive folder {folder!r}" if folder else ARCHIVE, ARCHIVE_KEY)

    def _upload_into(self, parent: str, document: Document) -> Json | None:
        """Upload; once more where the folder is not there yet."""
        try:
            return self._upload(document, parent)
        except CallFailed as failed:
            if failed.failure.status != 404:
                raise
        self._drive.settle()
        return self._upload(document, parent)

    def _upload(self, document: Document, parent: str) -> Json | None:
        metadata: Json = {
            "id": document.id,
            "name": split_path(document.path)[1],
            "mimeType": DOCX_TYPE,
            "parents": [parent],
            "appProperties": {**labels(document), **self._home},
        }
        if self._lock_on_upload:
            locked = {**metadata, "contentRestrictions": [{"readOnly": True, "reason": LOCK_REASON}]}
            try:
                return self._drive.upload(locked, document.content, FIELDS)
            except CallFailed as failed:
                if not _may_be_the_lock(failed):
                    raise
                refused = failed.failure
            # What is refused without the lock, too, was not refused for it: that failure is the one to tell.
            found = self._drive.upload(metadata, document.content, FIELDS)
            self._lock_on_upload = False
            self._tell_once("lock-after-upload", refused)
            return found
        return self._drive.upload(metadata, document.content, FIELDS)

    def _ensure_lock(self, found: Json) -> None:
        """Lock what is not locked. Filed it is either way: a lock that Google refuses is told, and stops nothing."""
        if not self._locks or any(item.get("readOnly") for item in found.get("contentRestrictions", ())):
            return
        try:
            self._drive.lock(found["id"], LOCK_REASON)
        except CallFailed as failed:
            if failed.failure.outcome is not Outcome.REFUSED:
                if self._lock == "ensured":
                    raise self.error(failed, "") from failed
            else:
                self._locks = False
            self._tell_once("lock-refused", failed.failure)

    def _tell_once(self, event: str, failure: Failure) -> None:
        with self._telling:
            is_new = event not in self._told
            self._told.add(event)
        if is_new:
            log_event(event, level="warning", answer=failure.short, next_step=_LOCK_STEPS[event])

    def _filed(self, found: Json, document_id: DocumentId, path: str, sent: Document | None) -> Filed:
        """``sent`` is the document whose bytes are known to be there; else the file speaks for itself."""
        fingerprint = found.get("appProperties", {}).get(FINGERPRINT, "")
        return Filed(
            id=document_id,
            path=path,
            sha256=hashlib.sha256(sent.content).hexdigest() if sent else self._sha256(found, document_id),
            fingerprint=fingerprint or (sent.fingerprint if sent else UNKNOWN_FINGERPRINT),
            link=found.get("webViewLink") or f"https://drive.google.com/file/d/{document_id}/view",
        )

    def _sha256(self, found: Json, document_id: DocumentId) -> str:
        """Drive has the checksum "if available": else it is taken of the bytes."""
        known = found.get("sha256Checksum", "")
        return known.lower() if known else hashlib.sha256(self._drive.download(document_id) or b"").hexdigest()


def labels(document: Document) -> dict[str, str]:
    """Return the labels that lie beside the file, each as long as Drive takes it. None holds personal data."""
    wanted: Mapping[str, str] = {**document.labels, FINGERPRINT: document.fingerprint}
    return {key: _cut(value, _LONGEST_LABEL - len(key.encode())) for key, value in wanted.items()}


def _cut(value: str, most: int) -> str:
    return value.encode()[:most].decode(errors="ignore")


def _equal(found: Json, content: bytes) -> bool | None:
    """Compare by the best checksum there is; None where Drive gave none."""
    if found.get("sha256Checksum"):
        return str(found["sha256Checksum"]).lower() == hashlib.sha256(content).hexdigest()
    if found.get("md5Checksum"):
        return str(found["md5Checksum"]).lower() == hashlib.md5(content, usedforsecurity=False).hexdigest()
    return None


def _may_be_the_lock(failed: CallFailed) -> bool:
    """Tell whether an upload may be refused for the content restriction in its body: in whatever words.

    Nothing documents them: ``fieldNotWritable``, ``insufficientFilePermissions`` and a message without a reason are all
    possible. So only what surely has another cause is left out.
    """
    failure = failed.failure
    return failure.status in (400, 403) and failure.outcome is Outcome.REFUSED and failure.reason not in FULL_REASONS
