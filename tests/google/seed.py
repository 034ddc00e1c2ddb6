"""The account the stand-in starts with: a shared drive with an archive folder, an empty spreadsheet and a form.

All of it lies on the shared drive, where every caller may create and edit.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from tests.google.forms.methods import new_form
from tests.google.google import Google
from tests.google.sheets.model import new_spreadsheet
from tests.google.state import EVERYONE, FOLDER_TYPE, FORM_TYPE, SHEET_TYPE, DriveFile, SharedDrive

OWNER = "owner@example.com"
"""The person whose account it is; owns nothing on the shared drive, but manages it."""


@dataclass(frozen=True, slots=True)
class Account:
    """The ids of what was seeded."""

    spreadsheet_id: str
    drive_id: str
    folder_id: str
    form_id: str

    def as_json(self) -> dict[str, str]:
        """For the start-up message and the control path."""
        return asdict(self)


def seed(google: Google, locale: str = "in_ID", zone: str = "Asia/Pontianak") -> Account:
    """Make the account; the form is published and takes responses."""
    state, now = google.state, google.clock.now()
    drive_id = "0A" + state.new_id(14) + "PVA"
    state.drives[drive_id] = SharedDrive(drive_id, "Arsip", now, {OWNER: "organizer", EVERYONE: "fileOrganizer"})
    state.files[drive_id] = DriveFile(drive_id, "Arsip", FOLDER_TYPE, [], now, now, None, drive_id)

    def add(name: str, mime_type: str, length: int, parent: str) -> str:
        file_id = state.new_id(length)
        state.files[file_id] = DriveFile(file_id, name, mime_type, [parent], now, now, None, drive_id)
        return file_id

    folder_id = add("Arsip Konsultasi", FOLDER_TYPE, 33, drive_id)
    spreadsheet_id = add("Agenda", SHEET_TYPE, 44, drive_id)
    state.spreadsheets[spreadsheet_id] = new_spreadsheet(spreadsheet_id, "Agenda", locale, zone)
    form_id = add("Registrasi", FORM_TYPE, 44, drive_id)
    new_form(state, form_id, "Registrasi", "Registrasi", published=True)
    return Account(spreadsheet_id, drive_id, folder_id, form_id)
