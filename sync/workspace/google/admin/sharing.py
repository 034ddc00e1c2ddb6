"""Access for the groups in config: given once, without an e-mail, and never taken away or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sync.config.schema_workspace import ShareSection
from sync.workspace.google.admin.calls import AdminDrive
from sync.workspace.google.admin.errors import SharingRefused
from sync.workspace.google.failures import CallFailed, Outcome, operator_error

_STRENGTH = ("reader", "commenter", "writer", "fileOrganizer", "organizer", "owner")


def share_all(drive: AdminDrive, objects: Mapping[str, str], share: Sequence[ShareSection]) -> Iterator[str]:
    """Give access to ``objects`` (ids by ``spreadsheet``, ``archive``, ``form``) and yield what was given.

    Who has access already keeps it as it is, stronger or weaker.

    Raises:
        SharingRefused, AccessRefused, TryLater.
    """
    for what, file_id in objects.items():
        wanted = [(number, entry) for number, entry in enumerate(share, 1) if what in _objects(entry)]
        if not wanted:
            continue
        try:
            there = {
                str(held.get("emailAddress", "")).casefold(): str(held.get("role", ""))
                for held in drive.permissions(file_id)
            }
        except CallFailed as failed:
            raise operator_error(failed.failure, f"the {what}", "workspace.google.share") from failed
        for number, entry in wanted:
            held = there.get(entry.email.casefold())
            if held is None:
                _share(drive, what, file_id, number, entry)
                yield f"{what}: shared with entry {number} of share as {entry.role}"
            elif _strength(held) < _strength(entry.role):
                yield f"{what}: entry {number} of share has the role {held} there, not {entry.role}; left as it is"


def _share(drive: AdminDrive, what: str, file_id: str, number: int, entry: ShareSection) -> None:
    try:
        drive.share(file_id, {"type": entry.type, "role": entry.role, "emailAddress": entry.email})
    except CallFailed as failed:
        if failed.failure.outcome is Outcome.REFUSED:
            raise SharingRefused(f"the {what}", number, failed.failure.short) from failed
        raise operator_error(failed.failure, f"the {what}", "workspace.google.share") from failed


def _objects(entry: ShareSection) -> Sequence[str]:
    """A form has an editor and nothing to read, so only writers get access to it by default."""
    if entry.what:
        return entry.what
    return ("spreadsheet", "archive", "form") if entry.role == "writer" else ("spreadsheet", "archive")


def _strength(role: str) -> int:
    return _STRENGTH.index(role) if role in _STRENGTH else len(_STRENGTH)
