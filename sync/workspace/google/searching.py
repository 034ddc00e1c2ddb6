"""Asking Drive for the documents that were filed last, in one call: what the archive knows and the book may not.

An older copy of the book lacks what was filed after it was made, and nothing else: so the newest are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sync.workspace.google.drive import Drive
from sync.workspace.google.failures import CallFailed
from sync.workspace.google.filing import ARCHIVE_LABEL, BOOK_LABEL, FINGERPRINT, OFFICE_LABEL
from sync.workspace.google.transport import Json
from sync.workspace.port import ArchivedFile

_FIELDS = "id,name,parents,sha256Checksum,appProperties"
_NEWEST = 100
_MOST_FOLDERS = 24
"""Folders named in the query: those of the last two years, for documents that bear no label of their archive."""


def newest_documents(
    drive: Drive,
    archive: str,
    book: str,
    folders: Mapping[str, str],
    kinds: Sequence[str],
    concerning: Callable[[str], bool],
) -> Iterator[ArchivedFile]:
    """Yield first issues of ``kinds`` that ``concerning`` accepts or that another book issued, newest first.

    Args:
        archive: the archive folder's id, and ``book`` the spreadsheet's, as documents bear them.
        folders: paths by id of the folders that documents lie in, as the archive list has them.

    Raises:
        CallFailed.
    """
    latest = sorted(folders, key=lambda folder_id: folders[folder_id], reverse=True)[:_MOST_FOLDERS]
    try:
        found = drive.newest(_query(archive, latest, kinds), _FIELDS, _NEWEST)
    except CallFailed as failed:
        if failed.failure.status != 404 or not latest:
            raise
        # One of the folders is gone for good.
        found = drive.newest(_query(archive, (), kinds), _FIELDS, _NEWEST)
    own_is_newer = False
    for item in found:
        labels = item.get("appProperties", {})
        own_is_newer = own_is_newer or labels.get(BOOK_LABEL) == book
        is_other = BOOK_LABEL in labels and not own_is_newer
        document = _document(item, folders, is_other)
        if is_other or concerning(document.path):
            yield document


def _query(archive: str, folders: Sequence[str], kinds: Sequence[str]) -> str:
    here = [_has(ARCHIVE_LABEL, archive), *(f"'{folder}' in parents" for folder in folders)]
    of_kinds = [_has("kind", kind) for kind in kinds]
    return f"({' or '.join(here)}) and ({' or '.join(of_kinds)}) and {_has('revision', '1')} and trashed = false"


def _has(key: str, value: str) -> str:
    return f"appProperties has {{ key='{key}' and value='{value}' }}"


def _document(item: Json, folders: Mapping[str, str], is_other: bool) -> ArchivedFile:
    folder = next((folders[parent] for parent in item.get("parents", ()) if parent in folders), "")
    labels = item.get("appProperties", {})
    return ArchivedFile(
        id=item["id"] if FINGERPRINT in labels else "",
        path=f"{folder}/{item['name']}".lstrip("/"),
        sha256=str(item.get("sha256Checksum", "")).lower(),
        office=labels.get(OFFICE_LABEL, ""),
        other_book=is_other,
    )
