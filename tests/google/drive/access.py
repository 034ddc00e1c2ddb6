"""Who may do what with a file, and where it lies."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tests.google.errors import ApiError, file_not_found
from tests.google.state import EVERYONE, FOLDER_TYPE, DriveFile, State

if TYPE_CHECKING:
    from tests.google.calls import Call, Principal

_RANK = ("reader", "commenter", "writer", "fileOrganizer", "organizer", "owner")


def root_id(email: str) -> str:
    """The id of the account's My Drive folder."""
    return "0A" + hashlib.sha256(email.encode()).hexdigest()[:14] + "PVA"


def ancestors(state: State, entry: DriveFile) -> list[DriveFile]:
    """The file itself and the folders above it, as far as the stand-in holds them."""
    chain = [entry]
    while chain[-1].parents and (above := state.files.get(chain[-1].parents[0])) is not None and above not in chain:
        chain.append(above)
    return chain


def is_trashed(state: State, entry: DriveFile) -> bool:
    """Trashed "either explicitly or from a trashed parent folder" (discovery document)."""
    return any(above.trashed for above in ancestors(state, entry))


def role_of(state: State, entry: DriveFile, principal: Principal) -> str | None:
    """The caller's strongest role: as owner, as drive member, by sharing of the file or of a folder above it."""
    roles: list[str] = []
    if entry.owner == principal.email:
        roles.append("owner")
    if entry.drive_id is not None:
        members = state.drives[entry.drive_id].members
        roles += [members[name] for name in (principal.email, EVERYONE) if name in members]
    for above in ancestors(state, entry):
        for permission in above.permissions:
            shared_with_all = permission["type"] in ("anyone", "domain")
            if shared_with_all or permission.get("emailAddress", "").casefold() == principal.email.casefold():
                roles.append(permission["role"])
    return max(roles, key=_RANK.index, default=None)


def writes(role: str | None) -> bool:
    """True for the roles that change content."""
    return role is not None and _RANK.index(role) >= _RANK.index("writer")


def visible(call: Call, file_id: str) -> DriveFile:
    """The file, or Drive's 404.

    A file on a shared drive is "not found" to a call without ``supportsAllDrives``
    (https://developers.google.com/workspace/drive/api/guides/handle-errors).
    """
    if file_id == "root":
        file_id = ensure_root(call)
    entry = call.state.files.get(file_id)
    if entry is None or role_of(call.state, entry, call.principal) is None:
        raise file_not_found(file_id)
    if entry.drive_id is not None and not all_drives(call):
        raise file_not_found(file_id)
    return entry


def all_drives(call: Call) -> bool:
    """True when the caller says it knows about shared drives."""
    return call.flag("supportsAllDrives") or call.flag("supportsTeamDrives")


def writable(call: Call, file_id: str) -> DriveFile:
    """The file, if the caller may change it."""
    entry = visible(call, file_id)
    if not writes(role_of(call.state, entry, call.principal)):
        message = f"The user does not have sufficient permissions for file {file_id}."
        raise ApiError(403, message, "insufficientFilePermissions")
    return entry


def ensure_root(call: Call) -> str:
    """The caller's My Drive folder, made on first use."""
    email = call.principal.email
    found = root_id(email)
    if found not in call.state.files:
        call.state.files[found] = DriveFile(found, "My Drive", FOLDER_TYPE, [], call.now, call.now, email)
    return found
