"""Sharing: the permissions of a file."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from tests.google.calls import Answer, Call, Handler
from tests.google.drive.access import visible, writable
from tests.google.drive.resource import permission, permissions_of
from tests.google.errors import ApiError, unimplemented
from tests.google.state import DriveFile

JsonObject = dict[str, Any]

_ROLES = ("owner", "organizer", "fileOrganizer", "writer", "commenter", "reader")


def _checked_role(call: Call, entry: DriveFile, role: str) -> str:
    if role not in _ROLES:
        raise ApiError(
            400, f"The specified role is invalid or not supported: {role}", "invalid", location="permission.role"
        )
    if role == "owner":
        if entry.drive_id is not None:
            raise ApiError(403, "Files on a shared drive have no owner.", "ownershipChangeAcrossDomainNotPermitted")
        if not call.flag("transferOwnership"):
            message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
            raise ApiError(403, message, "forbidden", location="transferOwnership")
    return role


def create(call: Call) -> JsonObject:
    """permissions.create"""
    entry = writable(call, call.path["fileId"])
    kind, role = call.body.get("type", ""), _checked_role(call, entry, call.body.get("role", ""))
    if kind in ("user", "group"):
        email = call.body.get("emailAddress", "")
        if "@" not in email:
            message = "The specified emailAddress is invalid or not applicable for the given permission type."
            raise ApiError(400, message, "invalidSharingRequest", location="permission.emailAddress")
        new = permission(email, role, kind)
    elif kind == "domain":
        new = {"kind": "drive#permission", "id": call.state.new_id(20) + "k", "type": kind, "role": role}
        new |= {"domain": call.body.get("domain", ""), "allowFileDiscovery": False}
    elif kind == "anyone":
        new = {"kind": "drive#permission", "id": "anyoneWithLink", "type": kind, "role": role}
        new["allowFileDiscovery"] = bool(call.body.get("allowFileDiscovery"))
    else:
        raise ApiError(400, "The permission type field is required.", "required", location="permission.type")
    if role == "owner":
        old = entry.owner
        entry.owner = new.get("emailAddress")
        entry.permissions = [held for held in entry.permissions if held["id"] != new["id"]]
        if old is not None:
            entry.permissions.append(permission(old, "writer"))
    else:
        entry.permissions = [held for held in entry.permissions if held["id"] != new["id"]] + [new]
    entry.version += 1
    return new


def list_permissions(call: Call) -> JsonObject:
    """permissions.list"""
    entry = visible(call, call.path["fileId"])
    members: list[JsonObject] = []
    if entry.drive_id is not None:
        people = call.state.drives[entry.drive_id].members
        members = [permission(email, role) for email, role in people.items() if "@" in email]
    return {"kind": "drive#permissionList", "permissions": members + permissions_of(entry)}


def _held(entry: DriveFile, permission_id: str) -> JsonObject:
    for held in permissions_of(entry):
        if held["id"] == permission_id:
            return held
    raise ApiError(404, f"Permission not found: {permission_id}.", "notFound", location="permissionId")


def get(call: Call) -> JsonObject:
    """permissions.get"""
    return _held(visible(call, call.path["fileId"]), call.path["permissionId"])


def update(call: Call) -> JsonObject:
    """permissions.update: a new role"""
    entry = writable(call, call.path["fileId"])
    held = _held(entry, call.path["permissionId"])
    role = _checked_role(call, entry, str(call.body.get("role", held["role"])))
    if role == "owner" or held["role"] == "owner":
        raise unimplemented("permissions.update of ownership")
    new = {**held, "role": role}
    entry.permissions = [new if known["id"] == held["id"] else known for known in entry.permissions]
    entry.version += 1
    return new


def delete(call: Call) -> Answer:
    """permissions.delete"""
    entry = writable(call, call.path["fileId"])
    held = _held(entry, call.path["permissionId"])
    if held["role"] == "owner":
        raise ApiError(403, "The owner of a file cannot be removed.", "cannotRemoveOwner")
    entry.permissions = [known for known in entry.permissions if known["id"] != held["id"]]
    entry.version += 1
    return Answer(status=204, content_type="text/html")


_ALL = {"supportsAllDrives", "supportsTeamDrives"}
_MAIL = {"sendNotificationEmail", "emailMessage"}

HANDLERS: dict[str, tuple[Handler, Set[str]]] = {
    "drive.permissions.create": (create, {*_ALL, *_MAIL, "transferOwnership"}),
    "drive.permissions.list": (list_permissions, {*_ALL, "pageSize", "pageToken"}),
    "drive.permissions.get": (get, _ALL),
    "drive.permissions.update": (update, {*_ALL, "transferOwnership"}),
    "drive.permissions.delete": (delete, _ALL),
}
