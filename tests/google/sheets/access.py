"""May this caller read or write this spreadsheet?"""

from __future__ import annotations

from tests.google.calls import Call
from tests.google.drive.access import role_of, writes
from tests.google.errors import denied, not_found
from tests.google.sheets.model import Spreadsheet
from tests.google.sheets.protection import Editor


def open_book(call: Call, write: bool) -> Spreadsheet:
    """The spreadsheet, or for a write the call's own draft of it.

    Raises 404 when there is none (recorded), 403 when the caller may not.
    """
    file_id = call.path["spreadsheetId"]
    book, entry = call.state.spreadsheets.get(file_id), call.state.files.get(file_id)
    if book is None or entry is None:
        raise not_found()
    role = role_of(call.state, entry, call.principal)
    if role is None or (write and not writes(role)):
        raise denied()
    if write and any(limit.get("readOnly") for limit in entry.restrictions):
        raise denied()
    if write:
        call.draft = book = book.copy()
    return book


def editor_of(call: Call) -> Editor:
    """The caller as protections see it."""
    entry = call.state.files[call.path["spreadsheetId"]]
    return Editor(call.principal.email, role_of(call.state, entry, call.principal) in ("owner", "organizer"))
