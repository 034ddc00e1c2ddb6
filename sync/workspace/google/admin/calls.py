"""The Drive and Forms calls that only setting up and diagnosing need, each one request; shared drives throughout.

https://developers.google.com/workspace/drive/api/reference/rest/v3,
https://developers.google.com/workspace/forms/api/reference/rest/v1/forms
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sync.workspace.google.drive import Drive
from sync.workspace.google.failures import CallFailed
from sync.workspace.google.pacing import Bucket
from sync.workspace.google.retry import Repeat
from sync.workspace.google.transport import Json, Transport, needed

SPREADSHEET_TYPE = "application/vnd.google-apps.spreadsheet"
FORM_TYPE = "application/vnd.google-apps.form"
_DRIVE = "https://www.googleapis.com/drive/v3"
_FORMS = "https://forms.googleapis.com/v1/forms"


class AdminDrive(Drive):
    """Drive, with what setting up needs besides. All raise CallFailed."""

    def create_native(self, name: str, mime_type: str, parent: str | None) -> str:
        """Make a spreadsheet or form and return its id. Google takes no id for these: never sent twice blindly."""
        body: Json = {"name": name, "mimeType": mime_type}
        if parent:
            body["parents"] = [parent]
        answer = self._send("POST", f"{_DRIVE}/files", {"fields": "id"}, body, Repeat.UNLESS_DONE)
        return str(needed(answer, "id"))

    def create_file(self, metadata: Json, fields: str = "id") -> Json:
        """Make a file without content under ``metadata['id']``; a repeat is refused with 409."""
        return self._send("POST", f"{_DRIVE}/files", {"fields": fields}, metadata, Repeat.UNLESS_DONE)

    def change(self, file_id: str, metadata: Json, **params: str) -> None:
        """Change metadata; ``addParents`` and ``removeParents`` go into ``params``. The same twice is as once."""
        self._send("PATCH", f"{_DRIVE}/files/{file_id}", {"fields": "id", **params}, metadata, Repeat.SAFE)

    def named(self, name: str, drive_id: str | None) -> list[Json]:
        """Return what bears exactly this name and is not in the bin, as far as the listing has it yet.

        Files on a shared drive are searched there alone, as Google advises for a complete answer.
        """
        escaped = name.replace("\\", "\\\\").replace("'", "\\'")
        params = {
            "q": f"name = '{escaped}' and trashed = false",
            "pageSize": "100",
            "fields": "nextPageToken,files(id,name,mimeType)",
            "includeItemsFromAllDrives": "true",
        }
        if drive_id:
            params |= {"corpora": "drive", "driveId": drive_id}
        return list(self._pages(f"{_DRIVE}/files", params, "files"))

    def permissions(self, file_id: str) -> list[Json]:
        """Return who has access to a file, by what is shared with them (and, on a shared drive, its members)."""
        params = {"pageSize": "100", "fields": "nextPageToken,permissions(id,type,role,emailAddress)"}
        return list(self._pages(f"{_DRIVE}/files/{file_id}/permissions", params, "permissions"))

    def share(self, file_id: str, permission: Json) -> None:
        """Give access without an e-mail. For somebody who has that access already it changes nothing."""
        params = {"fields": "id"}
        if permission["type"] in ("user", "group"):
            params["sendNotificationEmail"] = "false"
        self._send("POST", f"{_DRIVE}/files/{file_id}/permissions", params, permission, Repeat.SAFE)

    def is_shared_drive(self, drive_id: str) -> bool:
        """Tell whether the id is a shared drive's own, for a folder that does not say which drive it is in.

        https://developers.google.com/workspace/drive/api/reference/rest/v3/drives/get
        """
        try:
            url = f"{_DRIVE}/drives/{drive_id}"
            self._transport.send(Bucket.DRIVE, "GET", url, params={"fields": "id"}, repeat=Repeat.SAFE)
        except CallFailed as failed:
            if failed.failure.status == 404:
                return False
            raise
        return True

    def about(self, fields: str) -> Json:
        """Return facts on the account.

        https://developers.google.com/workspace/drive/api/reference/rest/v3/about/get
        """
        return self._transport.send(
            Bucket.DRIVE, "GET", f"{_DRIVE}/about", params={"fields": fields}, repeat=Repeat.SAFE
        ).data

    def _pages(self, url: str, params: dict[str, str], key: str) -> Iterator[Json]:
        token: dict[str, str] = {}
        while True:
            page = self._send("GET", url, {**params, **token}, None, Repeat.SAFE)
            yield from page.get(key, ())
            if not page.get("nextPageToken"):
                return
            token = {"pageToken": page["nextPageToken"]}

    def _send(self, method: str, url: str, params: dict[str, str], body: Json | None, repeat: Repeat) -> Json:
        whole = {"supportsAllDrives": "true", **params}
        return self._transport.send(Bucket.DRIVE, method, url, params=whole, body=body, repeat=repeat).data


class Forms:
    """The Forms API, for one account. All raise CallFailed."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, title: str, document_title: str) -> str:
        """Make an empty form in My Drive and return its id; nothing but the two titles can be given here."""
        body = {"info": {"title": title, "documentTitle": document_title}}
        return str(needed(self._send("POST", _FORMS, body, Repeat.UNLESS_DONE), "formId"))

    def get(self, form_id: str) -> Json:
        """Return the form: questions, publishing state, linked spreadsheet."""
        return self._send("GET", f"{_FORMS}/{form_id}", None, Repeat.SAFE)

    def update(self, form_id: str, requests: Sequence[Json], revision: str) -> None:
        """Change the form, all or nothing, and only if it is still at ``revision`` (``""``: whatever it is at)."""
        body: Json = {"requests": list(requests)}
        if revision:
            body["writeControl"] = {"requiredRevisionId": revision}
        self._send("POST", f"{_FORMS}/{form_id}:batchUpdate", body, Repeat.UNLESS_DONE)

    def publish(self, form_id: str) -> None:
        """Let the form be seen and take responses.

        A form made by the API is unpublished since 2026-06-30:
        https://developers.google.com/workspace/forms/api/guides/api-changes-to-google-forms
        """
        state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
        url = f"{_FORMS}/{form_id}:setPublishSettings"
        self._send("POST", url, {"publishSettings": state}, Repeat.SAFE)

    def _send(self, method: str, url: str, body: Json | None, repeat: Repeat) -> Json:
        return self._transport.send(Bucket.FORMS, method, url, body=body, repeat=repeat).data


def form_link(form_id: str) -> str:
    return f"https://docs.google.com/forms/d/{form_id}/edit"


def spreadsheet_link(spreadsheet_id: str) -> str:
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit"


def folder_link(folder_id: str) -> str:
    return f"https://drive.google.com/drive/folders/{folder_id}"
