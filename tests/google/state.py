"""All that the stand-in remembers: spreadsheets, files, drives, forms. Cloning it is cheap."""

from __future__ import annotations

import copy
import random
import string
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from tests.google.sheets.model import Spreadsheet

JsonObject = dict[str, Any]

SHEET_TYPE = "application/vnd.google-apps.spreadsheet"
FORM_TYPE = "application/vnd.google-apps.form"
FOLDER_TYPE = "application/vnd.google-apps.folder"
SHORTCUT_TYPE = "application/vnd.google-apps.shortcut"
NATIVE_PREFIX = "application/vnd.google-apps."

EVERYONE = "*"
"""A member written so is whoever calls: the accounts the stand-in seeds are open to every caller."""


@dataclass
class DriveFile:
    """One file or folder. ``metadata`` holds the writable fields the stand-in only stores (description …)."""

    file_id: str
    name: str
    mime_type: str
    parents: list[str]
    created: datetime
    modified: datetime
    owner: str | None
    drive_id: str | None = None
    version: int = 1
    trashed: bool = False
    content: bytes | None = None
    app_properties: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    restrictions: list[JsonObject] = field(default_factory=list)
    permissions: list[JsonObject] = field(default_factory=list)
    metadata: JsonObject = field(default_factory=dict)
    last_editor: str = ""
    known_to: set[str] = field(default_factory=set)
    """Accounts that made or changed the file: for them a file on a shared drive counts as one of their own."""
    head_revision: str = ""

    def copy(self) -> DriveFile:
        """An independent copy; the content is shared, being immutable."""
        return replace(
            self,
            parents=list(self.parents),
            app_properties=dict(self.app_properties),
            properties=dict(self.properties),
            restrictions=copy.deepcopy(self.restrictions),
            permissions=copy.deepcopy(self.permissions),
            metadata=copy.deepcopy(self.metadata),
            known_to=set(self.known_to),
        )


@dataclass
class SharedDrive:
    """A shared drive; its root folder has the drive's own id."""

    drive_id: str
    name: str
    created: datetime
    members: dict[str, str] = field(default_factory=dict)

    def copy(self) -> SharedDrive:
        """An independent copy."""
        return replace(self, members=dict(self.members))


@dataclass
class FormState:
    """A form: its API document, its responses, and where the linked tab takes the next one."""

    document: JsonObject
    responses: list[JsonObject] = field(default_factory=list)
    linked_sheet: tuple[str, int] | None = None
    next_row: int = 1
    rows: dict[str, int] = field(default_factory=dict)

    def copy(self) -> FormState:
        """An independent copy."""
        return copy.deepcopy(self)


@dataclass
class Settings:
    """Knobs of the account's behaviour that tests turn."""

    accept_any_token: bool = True
    """A bearer token the stand-in did not issue is taken for ``unknown_caller``; else it is refused with 401."""
    unknown_caller: str = "user@example.com"
    list_lag_seconds: float = 0.0
    """How long a new file stays invisible to files.list (which Google keeps only eventually consistent)."""
    service_account_quota: bool = True
    """Service accounts own no storage: creating in My Drive answers 403 storageQuotaExceeded."""
    response_bumps_version: bool = True
    """Whether a form response changes its linked spreadsheet's version and modifiedTime (nobody has documented it)."""
    indonesian_locale: Literal["refused", "renamed", "kept"] = "refused"
    """What becomes of the locale ``id_ID``, whose code with Google is very probably ``in_ID`` (a public gspread program
    sets that and reads it back); nobody has documented whether ``id_ID`` is refused, renamed or kept."""
    locales_refused: bool = False
    """Every change of the locale is refused: "when updating this field, not all locales/languages are supported"
    (SpreadsheetProperties.locale)."""
    protected_ids: Literal["kept", "ignored"] = "kept"
    """Whether a protected range takes the id it is given. Documented, and never seen on a live account."""
    lock_on_create: str = ""
    """The reason of the 403 for a file created with contentRestrictions; ``""``: they are taken. Undocumented."""
    locks_refused: bool = False
    """A content restriction is refused afterwards, too (403 insufficientFilePermissions)."""
    drive_makes_forms: bool = False
    """Whether files.create makes a form (undocumented): one whose title, too, is the file's name then."""
    renames_headers: bool = False
    """Whether a question renamed in the form renames its column in the linked tab (undocumented)."""
    storage_full: bool = False
    """Every upload answers 403 storageQuotaExceeded, whoever owns the drive."""


@dataclass
class State:
    """The whole of it."""

    spreadsheets: dict[str, Spreadsheet] = field(default_factory=dict)
    files: dict[str, DriveFile] = field(default_factory=dict)
    drives: dict[str, SharedDrive] = field(default_factory=dict)
    forms: dict[str, FormState] = field(default_factory=dict)
    generated: dict[str, str] = field(default_factory=dict)
    """Ids handed out by files.generateIds and for whom."""
    spent: set[str] = field(default_factory=set)
    """Ids of files that were deleted for good: never given twice."""
    uploads: dict[str, JsonObject] = field(default_factory=dict)
    """Open resumable uploads by session id."""
    random: random.Random = field(default_factory=lambda: random.Random(20261124))

    def clone(self) -> State:
        """An independent copy of everything."""
        twin = random.Random()
        twin.setstate(self.random.getstate())
        return State(
            {key: book.copy() for key, book in self.spreadsheets.items()},
            {key: entry.copy() for key, entry in self.files.items()},
            {key: drive.copy() for key, drive in self.drives.items()},
            {key: form.copy() for key, form in self.forms.items()},
            dict(self.generated),
            set(self.spent),
            copy.deepcopy(self.uploads),
            twin,
        )

    def new_id(self, length: int = 33) -> str:
        """An opaque id of Google's look: 33 characters for a blob or folder, 44 for a Docs editors file."""
        letters = string.ascii_letters + string.digits + "-_"
        return "1" + "".join(self.random.choice(letters) for _ in range(length - 1))

    def new_number(self, taken: set[int]) -> int:
        """A random positive 31-bit id, as Google gives sheets and protected ranges."""
        while (number := self.random.randrange(1, 2**31)) in taken:
            pass
        return number

    def touch(self, file_id: str, now: datetime, editor: str) -> None:
        """The file changed: ``version`` and ``modifiedTime`` move at once (recorded for a title change)."""
        entry = self.files.get(file_id)
        if entry is not None:
            entry.version += 1
            entry.modified = max(now, entry.modified)
            entry.last_editor = editor
            entry.known_to.add(editor)
