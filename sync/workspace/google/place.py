"""Where a Google office is, and whether anything can be filed in its archive folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from sync.config.schema_workspace import GoogleSection
from sync.domain.rules import Rules
from sync.workspace.google.drive import FOLDER_TYPE, Drive
from sync.workspace.google.errors import (
    FolderRefused,
    FolderTrashed,
    NoStorage,
    NotAFolder,
    NotThere,
    SettingMissing,
)
from sync.workspace.google.failures import CallFailed, operator_error
from sync.workspace.google.filing import ARCHIVE, ARCHIVE_KEY
from sync.workspace.google.identity import Identity

Others = Literal["unseen", "between", "everywhere"]
"""Which other tabs are looked at for responses: none, those that stand before the last of ours, or all."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the book, the archive and the form are, and by whose clock."""

    section: GoogleSection
    rules: Rules
    zone: ZoneInfo
    others: Others = "unseen"


class ArchiveFolder:
    """The folder that the archive lies in, as the configuration names it."""

    def __init__(self, drive: Drive, section: GoogleSection, identity: Identity) -> None:
        self._drive, self._section, self._identity = drive, section, identity
        self._checked = False

    def id(self) -> str:
        if not self._section.archive_folder_id:
            raise SettingMissing("archive_folder_id", "Put the last part of the archive folder's address there.")
        return self._section.archive_folder_id

    def check(self) -> None:
        """Before the first folder is recorded: can anything be filed there at all? One call, once a process.

        A service account owns no storage, so in somebody's My Drive every upload would fail, after numbers were given.
        """
        if self._checked:
            return
        fields = "id,mimeType,trashed,driveId,capabilities(canAddChildren)"
        try:
            found = self._drive.get(self.id(), fields)
        except CallFailed as failed:
            raise operator_error(failed.failure, ARCHIVE, ARCHIVE_KEY) from failed
        if found is None:
            raise NotThere(ARCHIVE, ARCHIVE_KEY)
        if found.get("mimeType", FOLDER_TYPE) != FOLDER_TYPE:
            raise NotAFolder
        if found.get("trashed"):
            raise FolderTrashed("/")
        if not found.get("driveId") and not self._identity.owns_storage:
            raise NoStorage(ARCHIVE)
        if not found.get("capabilities", {}).get("canAddChildren", True):
            raise FolderRefused(ARCHIVE)
        self._checked = True
