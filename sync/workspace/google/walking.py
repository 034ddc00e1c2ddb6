"""Walking the archive: every file under the archive folder, the job's or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sync.workspace.google.drive import FOLDER_TYPE, Drive
from sync.workspace.google.failures import CallFailed
from sync.workspace.google.filing import FINGERPRINT, OFFICE_LABEL
from sync.workspace.port import ArchivedFile

_FIELDS = "id,name,mimeType,parents,sha256Checksum,appProperties"
_NATIVE = "application/vnd.google-apps."


@dataclass(frozen=True, slots=True, order=True)
class FoundFolder:
    """A folder in Drive; folders sort by age. ``created`` is RFC 3339, in UTC."""

    created: str
    id: str
    name: str
    parent: str


def folders_below(drive: Drive, parents: Sequence[str]) -> list[FoundFolder]:
    """Return the folders directly in ``parents``, in one call for a level of the archive; a gone parent has none.

    Raises:
        CallFailed.
    """
    if not parents:
        return []
    try:
        listed = list(drive.children(parents, "id,name,parents,createdTime", folders_only=True))
    except CallFailed as failed:
        if failed.failure.status == 404:
            return []
        raise
    return [
        FoundFolder(str(item.get("createdTime", "")), item["id"], str(item["name"]), parent)
        for item in listed
        for parent in item.get("parents", ())
        if parent in parents
    ]


def walk(drive: Drive, root: str) -> Iterator[ArchivedFile]:
    """Yield the files below ``root`` in path order; ``id`` is ``""`` for a file that does not bear the job's label.

    Docs, Sheets and the like have no bytes, so their ``sha256`` is ``""``. A ``/`` in a name is shown as ``_``.

    Raises:
        CallFailed.
    """
    files: list[ArchivedFile] = []
    level = {root: ""}
    while level:
        below: dict[str, str] = {}
        for item in drive.children(list(level), _FIELDS):
            parent = next((level[above] for above in item.get("parents", ()) if above in level), "")
            path = parent + str(item["name"]).replace("/", "_")
            if item.get("mimeType") == FOLDER_TYPE:
                below[item["id"]] = f"{path}/"
                continue
            sha256 = str(item.get("sha256Checksum", "")).lower()
            if not sha256 and not str(item.get("mimeType", "")).startswith(_NATIVE):
                sha256 = hashlib.sha256(drive.download(item["id"]) or b"").hexdigest()
            labels = item.get("appProperties", {})
            ours = FINGERPRINT in labels
            files.append(ArchivedFile(item["id"] if ours else "", path, sha256, labels.get(OFFICE_LABEL, "")))
        level = below
    yield from sorted(files, key=lambda file: file.path)
