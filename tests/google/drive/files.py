"""Making and changing files: the rules behind files.create, files.update and files.copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.google.calls import Call
from tests.google.drive.access import all_drives, ensure_root, role_of, visible, writes
from tests.google.errors import ApiError, file_not_found, unimplemented
from tests.google.sheets.model import new_spreadsheet
from tests.google.state import (
    FOLDER_TYPE,
    FORM_TYPE,
    NATIVE_PREFIX,
    SHEET_TYPE,
    SHORTCUT_TYPE,
    DriveFile,
)

JsonObject = dict[str, Any]

_STORED = frozenset(
    {"description", "starred", "originalFilename", "folderColorRgb", "writersCanShare", "copyRequiresWriterPermission"}
)
_SILENT = frozenset({"kind", "contentHints", "modifiedTime", "createdTime", "viewedByMeTime", "modifiedByMeTime"})
_HANDLED = frozenset(
    {"id", "name", "mimeType", "parents", "trashed", "appProperties", "properties", "contentRestrictions"}
)

NO_QUOTA = (
    "Service Accounts do not have storage quota. Leverage shared drives "
    "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), "
    "or use OAuth delegation (http://support.google.com/a/answer/7281227) instead."
)


def check_quota(call: Call, drive_id: str | None) -> None:
    """A service account owns nothing: what it makes outside a shared drive is refused.

    The text is quoted in https://github.com/n8n-io/n8n/issues/26050.
    """
    if call.settings.storage_full:
        message = "The user's Drive storage quota has been exceeded."
        raise ApiError(403, message, "storageQuotaExceeded")
    if drive_id is None and call.principal.service_account and call.settings.service_account_quota:
        raise ApiError(403, NO_QUOTA, "storageQuotaExceeded", domain="usageLimits")


def place_new(call: Call, mime_type: str, name: str, parents: list[str], file_id: str) -> str:
    """Register a new file under its parent (My Drive by default). Raises 404 or 403 for a parent out of reach."""
    if len(parents) > 1:
        raise ApiError(400, "A file can only have a single parent.", "multipleParentsNotSupported")
    drive_id: str | None = None
    if parents and parents[0] != "root":
        folder = call.state.files.get(parents[0])
        if folder is None or role_of(call.state, folder, call.principal) is None:
            raise file_not_found(parents[0])
        if folder.drive_id is not None and not all_drives(call):
            raise file_not_found(parents[0])
        if not writes(role_of(call.state, folder, call.principal)):
            message = "Insufficient permissions for the specified parent."
            raise ApiError(403, message, "insufficientParentPermissions")
        if folder.mime_type != FOLDER_TYPE:
            raise ApiError(403, "The specified parent is not a folder.", "parentNotAFolder")
        drive_id = folder.drive_id
    check_quota(call, drive_id)
    placed = parents if parents and parents[0] != "root" else [ensure_root(call)]
    owner = None if drive_id else call.principal.email
    entry = DriveFile(file_id, name, mime_type, list(placed), call.now, call.now, owner, drive_id)
    entry.last_editor = call.principal.email
    entry.known_to.add(call.principal.email)
    call.state.files[file_id] = entry
    return file_id


def claim_id(call: Call, metadata: JsonObject) -> str | None:
    """A pre-generated id: usable once, and never for Docs editors files.

    https://developers.google.com/workspace/drive/api/guides/create-file: a retry "returns a 409 Conflict", and
    "pre-generated IDs aren't supported for the creation of Google Workspace files" but folders. The reason
    ``fileIdInUse`` is what third parties have seen.
    """
    wanted: str | None = metadata.get("id")
    if wanted is None:
        return None
    mime_type = metadata.get("mimeType", "")
    if mime_type.startswith(NATIVE_PREFIX) and mime_type not in (FOLDER_TYPE, SHORTCUT_TYPE):
        raise ApiError(400, "Generated IDs are not supported for Docs Editors formats.", "invalid", location="file.id")
    if wanted in call.state.files or wanted in call.state.spent:
        message = "A file already exists with the provided ID."
        raise ApiError(409, message, "fileIdInUse", location="file.id", location_type="other")
    if call.state.generated.get(wanted) != call.principal.email:
        # Generated "for the requesting user": whether another account may use the id is not documented.
        message = "The provided file ID is not usable."
        raise ApiError(400, message, "invalid", location="file.id", location_type="other")
    return wanted


def check_metadata(metadata: JsonObject, creating: bool) -> None:
    """Refuse read-only fields and over-long properties."""
    if not creating and "parents" in metadata:
        message = (
            "The parents field is not directly writable in update requests. "
            "Use the addParents and removeParents parameters instead."
        )
        raise ApiError(403, message, "fieldNotWritable")
    read_only = metadata.keys() - _STORED - _SILENT - _HANDLED
    if read_only:
        message = "The resource body includes fields which are not directly writable."
        raise ApiError(403, message, "fieldNotWritable")
    for name in ("appProperties", "properties"):
        held = metadata.get(name) or {}
        for key, value in held.items():
            # "Maximum of 124 bytes per property string (including both key and value)", the properties guide says.
            if value is not None and len(f"{key}{value}".encode()) > 124:
                message = f"The property with key {key} is too long: key and value may have 124 bytes in UTF-8."
                raise ApiError(400, message, "invalid", location=name)
        if len(held) > 30:
            raise ApiError(400, f"A file may have at most 30 {name}.", "invalid", location=name)


def apply_metadata(call: Call, entry: DriveFile, metadata: JsonObject) -> None:
    """Write the metadata of a create or update into the file."""
    if "name" in metadata:
        entry.name = metadata["name"]
    if metadata.get("mimeType") and entry.mime_type != metadata["mimeType"]:
        if metadata["mimeType"].startswith(NATIVE_PREFIX) or entry.mime_type.startswith(NATIVE_PREFIX):
            raise unimplemented(f"converting {entry.mime_type} to {metadata['mimeType']}")
        entry.mime_type = metadata["mimeType"]
    if "trashed" in metadata:
        entry.trashed = bool(metadata["trashed"])
    for name, held in (("appProperties", entry.app_properties), ("properties", entry.properties)):
        for key, value in (metadata.get(name) or {}).items():
            if value is None:
                held.pop(key, None)
            else:
                held[key] = value
    if "contentRestrictions" in metadata:
        entry.restrictions = [
            {
                "readOnly": True,
                "type": "globalContentRestriction",
                "restrictingUser": {"kind": "drive#user", "emailAddress": call.principal.email},
                **{key: value for key, value in limit.items() if key in ("reason", "ownerRestricted")},
            }
            for limit in metadata["contentRestrictions"]
            if limit.get("readOnly")
        ]
    for name in ("createdTime", "modifiedTime"):
        if name in metadata:
            moment = datetime.fromisoformat(metadata[name])
            entry.created, entry.modified = (
                (moment, entry.modified) if name == "createdTime" else (entry.created, moment)
            )
    entry.metadata |= {name: metadata[name] for name in _STORED & metadata.keys()}


def create(call: Call, metadata: JsonObject, content: bytes | None, content_type: str) -> DriveFile:
    """A new file from metadata and perhaps content."""
    check_metadata(metadata, creating=True)
    claimed = claim_id(call, metadata)
    mime_type = metadata.get("mimeType") or content_type or "application/octet-stream"
    if content is not None and mime_type.startswith(NATIVE_PREFIX):
        raise unimplemented(f"an upload converted to {mime_type}")
    if mime_type == SHORTCUT_TYPE or (mime_type == FORM_TYPE and not call.settings.drive_makes_forms):
        raise unimplemented(f"files.create of {mime_type}")
    if call.settings.lock_on_create and "contentRestrictions" in metadata:
        message = "The user does not have sufficient permissions for this file."
        raise ApiError(403, message, call.settings.lock_on_create)
    native = mime_type.startswith(NATIVE_PREFIX) and mime_type != FOLDER_TYPE
    file_id = claimed or call.state.new_id(44 if native else 33)
    name = metadata.get("name", "Untitled")
    place_new(call, mime_type, name, metadata.get("parents", []), file_id)
    entry = call.state.files[file_id]
    if not mime_type.startswith(NATIVE_PREFIX):
        entry.content = content or b""
        entry.head_revision = "0B" + call.state.new_id(40)
    if mime_type == SHEET_TYPE:
        call.state.spreadsheets[file_id] = new_spreadsheet(file_id, name)
    if mime_type == FORM_TYPE:
        from tests.google.forms.methods import new_form  # the forms need this module

        new_form(call.state, file_id, name, name, published=False)
    apply_metadata(call, entry, {key: value for key, value in metadata.items() if key != "mimeType"})
    return entry


def locked(entry: DriveFile) -> bool:
    """True while a content restriction is set: no new title, no new content."""
    return any(limit.get("readOnly") for limit in entry.restrictions)


def update(call: Call, entry: DriveFile, metadata: JsonObject, content: bytes | None, content_type: str) -> DriveFile:
    """Change a file; a content restriction stops a new title or content, and can be lifted in the same call."""
    check_metadata(metadata, creating=False)
    lifting = "contentRestrictions" in metadata and not any(
        limit.get("readOnly") for limit in metadata["contentRestrictions"]
    )
    if locked(entry) and not lifting and (content is not None or "name" in metadata):
        raise ApiError(403, "The file is locked by a content restriction.", "fileContentRestricted")
    if call.settings.locks_refused and "contentRestrictions" in metadata:
        message = f"The user does not have sufficient permissions for file {entry.file_id}."
        raise ApiError(403, message, "insufficientFilePermissions")
    moved = _new_parents(call, entry)
    if content is not None:
        if entry.mime_type.startswith(NATIVE_PREFIX):
            raise unimplemented(f"an upload into {entry.mime_type}")
        if call.settings.storage_full:
            check_quota(call, entry.drive_id)
    apply_metadata(call, entry, metadata)
    if content is not None:
        entry.content = content
        entry.head_revision = "0B" + call.state.new_id(40)
        if "mimeType" not in metadata and content_type:
            entry.mime_type = content_type
    if "name" in metadata and entry.file_id in call.state.spreadsheets:
        book = call.state.spreadsheets[entry.file_id]
        book.properties = {**book.properties, "title": entry.name}
    if "name" in metadata and entry.file_id in call.state.forms:
        # Info.documentTitle: "The title of the document which is visible in Drive"; the form's own title stays.
        info = call.state.forms[entry.file_id].document["info"]
        call.state.forms[entry.file_id].document["info"] = {**info, "documentTitle": entry.name}
    if moved is not None:
        entry.parents = moved
    if "modifiedTime" in metadata:
        entry.version += 1
    elif metadata.keys() - {"trashed", "contentRestrictions", "appProperties", "properties"} or content is not None:
        call.state.touch(entry.file_id, call.now, call.principal.email)
    else:
        entry.version += 1
    return entry


def _new_parents(call: Call, entry: DriveFile) -> list[str] | None:
    added = [part for part in call.text("addParents").split(",") if part]
    removed = [part for part in call.text("removeParents").split(",") if part]
    if not added and not removed:
        return None
    for parent in added:
        folder = visible(call, parent)
        if not writes(role_of(call.state, folder, call.principal)):
            message = "Insufficient permissions for the specified parent."
            raise ApiError(403, message, "insufficientParentPermissions")
        if entry.mime_type == FOLDER_TYPE and folder.drive_id != entry.drive_id:
            message = "Moving folders into shared drives is not supported."
            raise ApiError(403, message, "teamDrivesFolderMoveInNotSupported")
        entry.drive_id = folder.drive_id
        if folder.drive_id is not None:
            entry.owner = None
    added = [ensure_root(call) if parent == "root" else parent for parent in added]
    kept = [parent for parent in entry.parents if parent not in removed]
    if added and kept and kept != added:
        message = "Increasing the number of parents is not allowed"
        raise ApiError(403, message, "cannotAddParent")
    return added or kept
