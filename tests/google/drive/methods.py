"""The methods of Drive v3, by their discovery ids, with the parameters each one honours."""

from __future__ import annotations

import csv
import io
from collections.abc import Set
from datetime import timedelta
from typing import Any

from tests.google.calls import Answer, Call, Handler
from tests.google.clock import rfc3339
from tests.google.drive import files, permissions
from tests.google.drive.access import role_of, visible
from tests.google.drive.query import compile_query
from tests.google.drive.resource import resource, user
from tests.google.drive.upload import finish, media
from tests.google.errors import ApiError, file_not_found, unimplemented
from tests.google.sheets.areas import Area
from tests.google.sheets.formulas import Evaluator
from tests.google.sheets.values import read
from tests.google.state import NATIVE_PREFIX, SHEET_TYPE, DriveFile

JsonObject = dict[str, Any]


def create(call: Call) -> Answer | JsonObject:
    """files.create, with or without content"""
    return media(call) if call.method.upload else finish(call, call.body, None, "")


def update(call: Call) -> Answer | JsonObject:
    """files.update, with or without content"""
    return media(call) if call.method.upload else finish(call, call.body, None, "")


def get(call: Call) -> Answer | JsonObject:
    """files.get, and the download with alt=media"""
    entry = visible(call, call.path["fileId"])
    if call.text("alt") != "media":
        return resource(call, entry)
    if entry.mime_type.startswith(NATIVE_PREFIX):
        message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise ApiError(403, message, "fileNotDownloadable", location="alt")
    return Answer(content=entry.content or b"", content_type=entry.mime_type)


def list_files(call: Call) -> JsonObject:
    """files.list: newest change first, pages by offset; new files may show up late (see Settings).

    The default corpora ``user`` holds "files created by, opened by, or shared directly with the user", and "this can
    change depending on the filter": a query for a folder's children searches shared drives too
    (https://developers.google.com/drive/api/v3/reference/files/list).
    """
    test = compile_query(call, call.text("q")) if call.text("q") else None
    corpora, drive_id = call.text("corpora") or "user", call.text("driveId")
    if (corpora == "drive") != bool(drive_id):
        message = "The driveId parameter must be specified if and only if corpora is set to drive."
        raise ApiError(403, message, "teamDriveIdRequired" if not drive_id else "invalid", location="driveId")
    if corpora not in ("user", "drive", "allDrives"):
        raise unimplemented(f"files.list with corpora={corpora}")
    shared = call.flag("includeItemsFromAllDrives") and call.flag("supportsAllDrives")
    if corpora != "user" and not shared:
        message = "includeItemsFromAllDrives and supportsAllDrives must be true for this corpora."
        raise ApiError(403, message, "teamDrivesAccessRequired", location="includeItemsFromAllDrives")
    everywhere = corpora != "user" or (not call.text("corpora") and " in parents" in call.text("q"))
    if drive_id and drive_id not in call.state.drives:
        raise ApiError(404, f"Shared drive not found: {drive_id}", "notFound", location="driveId")
    known_since = call.now - timedelta(seconds=call.settings.list_lag_seconds)

    def listed(entry: DriveFile) -> bool:
        if not entry.parents or entry.created > known_since or role_of(call.state, entry, call.principal) is None:
            return False
        if (entry.drive_id is not None and not shared) or (drive_id and entry.drive_id != drive_id):
            return False
        if entry.drive_id is not None and not everywhere and not _own(call, entry):
            return False
        return test is None or test(entry)

    found = [entry for entry in call.state.files.values() if listed(entry)]
    found.sort(key=lambda entry: (entry.modified, entry.created), reverse=True)
    for key in reversed([part.strip() for part in call.text("orderBy").split(",") if part.strip()]):
        name, _, direction = key.partition(" ")
        found.sort(key=_order(name), reverse=direction.strip() == "desc")
    start, size = _page(call), call.number("pageSize", 100, 1, 1000)
    answer: JsonObject = {"kind": "drive#fileList", "incompleteSearch": False}
    answer["files"] = [resource(call, entry) for entry in found[start : start + size]]
    if start + size < len(found):
        answer["nextPageToken"] = f"~!!~{start + size}"
    return answer


def _own(call: Call, entry: DriveFile) -> bool:
    email = call.principal.email
    return email in entry.known_to or any(held.get("emailAddress") == email for held in entry.permissions)


def _order(name: str) -> Any:
    keys = {
        "name": lambda entry: entry.name.casefold(),
        "name_natural": lambda entry: entry.name.casefold(),
        "createdTime": lambda entry: entry.created,
        "modifiedTime": lambda entry: entry.modified,
        "folder": lambda entry: 0 if entry.mime_type.endswith("folder") else 1,
    }
    if name not in keys:
        raise unimplemented(f"files.list with orderBy={name}")
    return keys[name]


def _page(call: Call) -> int:
    token = call.text("pageToken")
    if token and not token.removeprefix("~!!~").isdigit():
        raise ApiError(400, "Invalid Value", "invalid", location="pageToken")
    return int(token.removeprefix("~!!~") or 0)


def generate_ids(call: Call) -> JsonObject:
    """files.generateIds: ten by default, a thousand at most."""
    count = call.number("count", 10, 1, 1000)
    space, kind = call.text("space") or "drive", call.text("type") or "files"
    if space not in ("drive", "appDataFolder"):
        raise ApiError(400, "Invalid Value", "invalid", location="space")
    if kind not in ("files", "shortcuts"):
        raise ApiError(400, "Invalid Value", "invalid", location="type")
    ids = [call.state.new_id() for _ in range(count)]
    call.state.generated.update(dict.fromkeys(ids, call.principal.email))
    return {"kind": "drive#generatedIds", "space": space, "ids": ids}


def copy(call: Call) -> JsonObject:
    """files.copy: named "Copy of …" unless told otherwise (recorded)."""
    source = visible(call, call.path["fileId"])
    metadata = {key: value for key, value in call.body.items() if value is not None}
    if metadata.get("mimeType", source.mime_type) != source.mime_type:
        raise unimplemented(f"a copy of {source.mime_type} converted to {metadata['mimeType']}")
    if source.mime_type.startswith(NATIVE_PREFIX) and source.mime_type != SHEET_TYPE:
        raise unimplemented(f"a copy of {source.mime_type}")
    metadata = {"name": f"Copy of {source.name}", "parents": list(source.parents), **metadata}
    parent = call.state.files.get(metadata["parents"][0]) if metadata["parents"] else None
    if parent is None or role_of(call.state, parent, call.principal) is None:
        metadata["parents"] = []
    entry = files.create(call, {**metadata, "mimeType": source.mime_type}, source.content, source.mime_type)
    if source.file_id in call.state.spreadsheets:
        book = call.state.spreadsheets[source.file_id].copy()
        book.spreadsheet_id = entry.file_id
        book.properties["title"] = entry.name
        for sheet in book.sheets:
            for protected in sheet.objects["protectedRanges"]:
                if "editors" in protected:
                    protected["editors"] = {"users": [call.principal.email]}
        call.state.spreadsheets[entry.file_id] = book
    return resource(call, entry)


def delete(call: Call) -> Answer:
    """files.delete: for good, with everything in the folder."""
    entry = visible(call, call.path["fileId"])
    if role_of(call.state, entry, call.principal) not in ("owner", "organizer"):
        message = f"The user does not have sufficient permissions for file {entry.file_id}."
        raise ApiError(403, message, "insufficientFilePermissions")
    gone = [entry.file_id]
    for file_id in gone:
        gone += [child_id for child_id, held in call.state.files.items() if file_id in held.parents]
    for file_id in gone:
        call.state.files.pop(file_id, None)
        call.state.spreadsheets.pop(file_id, None)
        call.state.forms.pop(file_id, None)
        call.state.spent.add(file_id)
    return Answer(status=204, content_type="text/html")


def export(call: Call) -> Answer:
    """files.export: a spreadsheet's first tab as CSV; nothing else."""
    # The method has no supportsAllDrives parameter, and reaches files on shared drives all the same.
    entry = call.state.files.get(call.path["fileId"])
    if entry is None or role_of(call.state, entry, call.principal) is None:
        raise file_not_found(call.path["fileId"])
    wanted = call.text("mimeType")
    if not entry.mime_type.startswith(NATIVE_PREFIX):
        raise ApiError(403, "Export only supports Docs Editors files.", "fileNotExportable")
    if entry.mime_type != SHEET_TYPE or wanted != "text/csv":
        raise unimplemented(f"files.export of {entry.mime_type} to {wanted}")
    book = call.state.spreadsheets[entry.file_id]
    sheet = book.sheets[0]
    area = Area(sheet.sheet_id, 0, sheet.row_count, 0, sheet.column_count)
    rows = read(Evaluator(book), sheet, area, "FORMATTED_VALUE", "SERIAL_NUMBER", "ROWS").get("values", [])
    width = max((len(row) for row in rows), default=0)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(row + [""] * (width - len(row)) for row in rows)
    return Answer(content=text.getvalue().removesuffix("\r\n").encode(), content_type="text/csv")


def about(call: Call) -> JsonObject:
    """about.get: "The fields parameter must be set" (discovery document)."""
    _fields_required(call)
    usage = sum(len(entry.content or b"") for entry in call.state.files.values() if entry.owner == call.principal.email)
    limit = "0" if call.principal.service_account else str(15 * 2**30)
    return {
        "kind": "drive#about",
        "user": user(call.principal.email, True),
        "storageQuota": {"limit": limit, "usage": str(usage), "usageInDrive": str(usage), "usageInDriveTrash": "0"},
        "maxUploadSize": "5242880000000",
        "appInstalled": False,
        "canCreateDrives": not call.principal.service_account,
    }


def _fields_required(call: Call) -> None:
    if not call.text("fields"):
        message = "The 'fields' parameter is required for this method."
        raise ApiError(400, message, "required", location="fields")


def comments(call: Call) -> JsonObject:
    """comments.list: nobody comments here; the fields must be named (comments guide), and the list is empty."""
    _fields_required(call)
    entry = call.state.files.get(call.path["fileId"])
    if entry is None or role_of(call.state, entry, call.principal) is None:
        raise file_not_found(call.path["fileId"])
    return {"kind": "drive#commentList", "comments": []}


def _drive(call: Call, drive_id: str) -> JsonObject:
    drive = call.state.drives[drive_id]
    role = drive.members.get(call.principal.email, drive.members.get("*"))
    message: JsonObject = {"kind": "drive#drive", "id": drive_id, "name": drive.name}
    manages = role == "organizer"
    capabilities = {"canAddChildren": role not in ("reader", "commenter"), "canManageMembers": manages}
    return {**message, "createdTime": rfc3339(drive.created), "hidden": False, "capabilities": capabilities}


def drives_list(call: Call) -> JsonObject:
    """drives.list"""
    mine = [key for key, drive in call.state.drives.items() if {call.principal.email, "*"} & drive.members.keys()]
    start, size = _page(call), call.number("pageSize", 10, 1, 100)
    answer: JsonObject = {
        "kind": "drive#driveList",
        "drives": [_drive(call, key) for key in mine[start : start + size]],
    }
    return answer | ({"nextPageToken": f"~!!~{start + size}"} if start + size < len(mine) else {})


def drives_get(call: Call) -> JsonObject:
    """drives.get"""
    drive = call.state.drives.get(call.path["driveId"])
    if drive is None or not {call.principal.email, "*"} & drive.members.keys():
        message = f"Shared drive not found: {call.path['driveId']}"
        raise ApiError(404, message, "notFound", location="driveId")
    return _drive(call, drive.drive_id)


_ALL = {"supportsAllDrives", "supportsTeamDrives", "enforceSingleParent", "keepRevisionForever"}
_LIST = {"q", "pageSize", "pageToken", "orderBy", "corpora", "driveId", "includeItemsFromAllDrives", "spaces"}

HANDLERS: dict[str, tuple[Handler, Set[str]]] = {
    "drive.files.create": (create, {*_ALL, "ignoreDefaultVisibility"}),
    "drive.files.update": (update, {*_ALL, "addParents", "removeParents"}),
    "drive.files.get": (get, {*_ALL, "acknowledgeAbuse"}),
    "drive.files.list": (list_files, {*_ALL, *_LIST}),
    "drive.files.generateIds": (generate_ids, {"count", "space", "type"}),
    "drive.files.copy": (copy, _ALL),
    "drive.files.delete": (delete, _ALL),
    "drive.files.export": (export, {"mimeType"}),
    "drive.about.get": (about, set()),
    "drive.comments.list": (comments, {"includeDeleted", "pageSize", "pageToken"}),
    "drive.drives.list": (drives_list, {"pageSize", "pageToken"}),
    "drive.drives.get": (drives_get, set()),
    **permissions.HANDLERS,
}
