"""Drive v3, the few calls the archive needs, each one request; shared drives throughout.

https://developers.google.com/workspace/drive/api/reference/rest/v3
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from sync.workspace.google.failures import CallFailed
from sync.workspace.google.pacing import Bucket
from sync.workspace.google.retry import Repeat
from sync.workspace.google.transport import Json, Transport, needed

FOLDER_TYPE = "application/vnd.google-apps.folder"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_IDS = 1000
"""In one call: https://developers.google.com/workspace/drive/api/reference/rest/v3/files/generateIds"""
_FILES = "https://www.googleapis.com/drive/v3/files"
_UPLOAD = "https://www.googleapis.com/upload/drive/v3/files"
PARENTS_ASKED = 30
"""Folders in one search."""


class Drive:
    """Calls on files and folders. All raise CallFailed; what it means is for those who know the path to say."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def generate_ids(self, count: int) -> list[str]:
        """Return new ids, in as few calls as there are thousands.

        An id given to a create call makes it safe to repeat: the repeat is refused with 409
        (https://developers.google.com/workspace/drive/api/guides/create-file).
        """
        ids: list[str] = []
        while len(ids) < count:
            asked = str(min(count - len(ids), MOST_IDS))
            answer = self._get(f"{_FILES}/generateIds", {"count": asked, "space": "drive", "type": "files"})
            ids += needed(answer, "ids")
        return ids

    def create_folder(self, file_id: str, name: str, parent: str) -> None:
        """Make a folder under its id; one that is already there is fine."""
        body = {"id": file_id, "name": name, "mimeType": FOLDER_TYPE, "parents": [parent]}
        try:
            self._transport.send(
                Bucket.DRIVE,
                "POST",
                _FILES,
                params={"supportsAllDrives": "true", "fields": "id"},
                body=body,
                repeat=Repeat.SAFE,
            )
        except CallFailed as failed:
            if failed.failure.status != 409:
                raise

    def upload(self, metadata: Json, content: bytes, fields: str) -> Json | None:
        """Make a file under ``metadata['id']`` in one call; None if the id has one already.

        The reason of the 409 goes by several names (``fileIdInUse``, ``duplicate``); the status says enough.
        https://developers.google.com/workspace/drive/api/guides/manage-uploads#multipart
        """
        boundary = f"agenda-{uuid.uuid4().hex}"
        head = (
            f"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{json.dumps(metadata)}\r\n"
            f"--{boundary}\r\nContent-Type: {metadata['mimeType']}\r\n\r\n"
        )
        try:
            reply = self._transport.send(
                Bucket.DRIVE,
                "POST",
                _UPLOAD,
                params={"uploadType": "multipart", "supportsAllDrives": "true", "fields": fields},
                data=head.encode() + content + f"\r\n--{boundary}--\r\n".encode(),
                headers={"Content-Type": f"multipart/related; boundary={boundary}"},
                repeat=Repeat.SAFE,
            )
        except CallFailed as failed:
            if failed.failure.status == 409:
                return None
            raise
        needed(reply.data, "id")
        return reply.data

    def get(self, file_id: str, fields: str) -> Json | None:
        """Return what ``fields`` names of a file; None if there is none to be seen under the id."""
        try:
            return self._get(_file(file_id), {"supportsAllDrives": "true", "fields": fields})
        except CallFailed as failed:
            if failed.failure.status == 404:
                return None
            raise

    def settle(self) -> None:
        """Give Drive a moment: what was made just now need not be seen at once; nothing promises that."""
        self._transport.retrier.pause(1)

    def download(self, file_id: str) -> bytes | None:
        """Return a file's bytes; None if there is none to be seen under the id."""
        params = {"alt": "media", "supportsAllDrives": "true"}
        try:
            return self._transport.send(
                Bucket.DRIVE, "GET", _file(file_id), params=params, repeat=Repeat.SAFE, is_json=False
            ).content
        except CallFailed as failed:
            if failed.failure.status == 404:
                return None
            raise

    def lock(self, file_id: str, reason: str) -> None:
        """Make a file's content and title read-only, until somebody lifts that.

        https://developers.google.com/workspace/drive/api/guides/content-restrictions
        """
        self._transport.send(
            Bucket.DRIVE,
            "PATCH",
            _file(file_id),
            params={"supportsAllDrives": "true", "fields": "id"},
            body={"contentRestrictions": [{"readOnly": True, "reason": reason}]},
            repeat=Repeat.SAFE,
        )

    def children(self, parents: Sequence[str], fields: str, *, folders_only: bool = False) -> Iterator[Json]:
        """Yield what ``fields`` names of every file and folder directly in ``parents`` that is not in the bin.

        The listing may lag behind for some minutes: it is for checking and for finding again what the book has lost,
        never for deciding what to create.
        """
        kind = f" and mimeType = '{FOLDER_TYPE}'" if folders_only else ""
        for start in range(0, len(parents), PARENTS_ASKED):
            any_of = " or ".join(f"'{parent}' in parents" for parent in parents[start : start + PARENTS_ASKED])
            params = {
                "q": f"({any_of}) and trashed = false{kind}",
                "pageSize": "1000",
                "fields": f"nextPageToken,files({fields})",
                "supportsAllDrives": "true",
                "includeItemsFromAllDrives": "true",
            }
            while True:
                page = self._get(_FILES, params)
                yield from page.get("files", ())
                if not page.get("nextPageToken"):
                    break
                params = {**params, "pageToken": page["nextPageToken"]}

    def newest(self, query: str, fields: str, most: int) -> list[Json]:
        """Return what ``fields`` names of the files that were made last and answer ``query``, newest first; one call.

        The listing may lag behind for some minutes.
        https://developers.google.com/workspace/drive/api/guides/search-files
        """
        params = {
            "q": query,
            "orderBy": "createdTime desc",
            "pageSize": str(most),
            "fields": f"files({fields})",
            "corpora": "allDrives",
            "supportsAllDrives": "true",
            "includeItemsFromAllDrives": "true",
        }
        return list(self._get(_FILES, params).get("files", ()))

    def _get(self, url: str, params: dict[str, str]) -> dict[str, Any]:
        return self._transport.send(Bucket.DRIVE, "GET", url, params=params, repeat=Repeat.SAFE).data


def _file(file_id: str) -> str:
    """Return a file's address. Its id stands in a cell of the archive list, where anybody can have typed anything."""
    return f"{_FILES}/{quote(file_id, safe='')}"
