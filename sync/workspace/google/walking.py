"""Walking the archive: every file under the archive folder, the job's or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sync.workspace.google.drive import FOLDER_TYPE, Drive
from sync.workspace.google.filing import FINGERPRINT
from sync.workspace.port import ArchivedFile

_FIELDS = "id,name,mimeType,parents,sha256Checksum,appProperties"
_NATIVE = "application/vnd.google-apps."


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
            ours = FINGERPRINT in item.get("appProperties", {})
            files.append(ArchivedFile(item["id"] if ours else "", path, sha256))
        level = below
    yield from sorted(files, key=lambda file: file.path)
