"""A file as the API answers it."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.google.calls import Call
from tests.google.clock import rfc3339
from tests.google.drive.access import is_trashed, role_of, root_id, writes
from tests.google.state import FOLDER_TYPE, FORM_TYPE, NATIVE_PREFIX, SHEET_TYPE, DriveFile

JsonObject = dict[str, Any]

DEFAULT_FIELDS = ("kind", "id", "name", "mimeType", "teamDriveId", "driveId")
"""What Drive answers when no ``fields`` are asked for (recorded for My Drive: kind, id, name, mimeType)."""

_LINKS = {
    SHEET_TYPE: "https://docs.google.com/spreadsheets/d/{}/edit?usp=drivesdk",
    FORM_TYPE: "https://docs.google.com/forms/d/{}/edit?usp=drivesdk",
    FOLDER_TYPE: "https://drive.google.com/drive/folders/{}",
}


def user(email: str, me: bool) -> JsonObject:
    """A User message."""
    name = email.split("@")[0]
    return {
        "kind": "drive#user",
        "displayName": name,
        "me": me,
        "permissionId": permission_id(email),
        "emailAddress": email,
    }


def permission_id(email: str) -> str:
    """The stable id of an account as grantee: a long decimal number."""
    return str(int(hashlib.sha256(email.casefold().encode()).hexdigest()[:16], 16)).zfill(20)


def resource(call: Call, entry: DriveFile) -> JsonObject:
    """The whole File message."""
    role = role_of(call.state, entry, call.principal)
    can_edit, locked = writes(role), any(limit.get("readOnly") for limit in entry.restrictions)
    is_folder, strong = entry.mime_type == FOLDER_TYPE, role in ("owner", "organizer", "fileOrganizer")
    me = call.principal.email
    message: JsonObject = {
        "kind": "drive#file",
        "id": entry.file_id,
        "name": entry.name,
        "mimeType": entry.mime_type,
        "starred": False,
        "trashed": is_trashed(call.state, entry),
        "explicitlyTrashed": entry.trashed,
        "spaces": ["drive"],
        "version": str(entry.version),
        "webViewLink": _LINKS.get(entry.mime_type, "https://drive.google.com/file/d/{}/view?usp=drivesdk").format(
            entry.file_id
        ),
        "createdTime": rfc3339(entry.created),
        "modifiedTime": rfc3339(entry.modified),
        "shared": bool(entry.permissions) or entry.drive_id is not None,
        "capabilities": {
            "canEdit": can_edit and not locked,
            "canModifyContent": can_edit and not locked,
            "canModifyContentRestriction": can_edit,
            "canRename": can_edit and not locked,
            "canShare": can_edit,
            "canCopy": not is_folder,
            "canDownload": not is_folder,
            "canTrash": strong,
            "canUntrash": strong,
            "canDelete": role in ("owner", "organizer"),
            "canAddChildren": is_folder and can_edit,
            "canListChildren": is_folder,
            "canReadRevisions": not is_folder,
            "canComment": role is not None and role != "reader" and not locked,
        },
        "writersCanShare": True,
        "quotaBytesUsed": str(len(entry.content or b"")),
        **entry.metadata,
    }
    if entry.parents and (entry.parents[0] in call.state.files or entry.parents[0] == root_id(me)):
        message["parents"] = list(entry.parents)
    if entry.drive_id is not None:
        message |= {"driveId": entry.drive_id, "teamDriveId": entry.drive_id}
    else:
        message["ownedByMe"] = entry.owner == me
        if entry.owner is not None:
            message["owners"] = [user(entry.owner, entry.owner == me)]
            if can_edit:
                message["permissions"] = permissions_of(entry)
                message["permissionIds"] = [permission["id"] for permission in message["permissions"]]
    if entry.last_editor:
        message["lastModifyingUser"] = user(entry.last_editor, entry.last_editor == me)
    for name, held in (("appProperties", entry.app_properties), ("properties", entry.properties)):
        if held:
            message[name] = dict(held)
    if entry.restrictions:
        message["contentRestrictions"] = entry.restrictions
    if entry.content is not None and not entry.mime_type.startswith(NATIVE_PREFIX):
        message |= _blob(entry, entry.content)
    return message


def _blob(entry: DriveFile, content: bytes) -> JsonObject:
    extension = entry.name.rpartition(".")[2] if "." in entry.name else ""
    return {
        "size": str(len(content)),
        "md5Checksum": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "sha1Checksum": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        "sha256Checksum": hashlib.sha256(content).hexdigest(),
        "originalFilename": entry.metadata.get("originalFilename", entry.name),
        "fileExtension": extension,
        "fullFileExtension": extension,
        "headRevisionId": entry.head_revision,
        "webContentLink": f"https://drive.google.com/uc?id={entry.file_id}&export=download",
    }


def permissions_of(entry: DriveFile) -> list[JsonObject]:
    """The permissions list, the owner's own first."""
    owner: list[JsonObject] = []
    if entry.owner is not None:
        owner = [permission(entry.owner, "owner")]
    return owner + entry.permissions


def permission(email: str, role: str, kind: str = "user") -> JsonObject:
    """A Permission message for a user or group."""
    return {
        "kind": "drive#permission",
        "id": permission_id(email),
        "type": kind,
        "emailAddress": email,
        "role": role,
        "displayName": email.split("@")[0],
        "deleted": False,
        "pendingOwner": False,
    }
