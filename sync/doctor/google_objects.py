"""The three objects of an office on Google, looked at: the spreadsheet, the archive folder, the form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sync.config import Config
from sync.config.made import MadeFile
from sync.doctor.check import Check, failed
from sync.doctor.office import examine_officers, examine_responses
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.table import header_key
from sync.domain.tabs import Tab
from sync.errors import AgendaError
from sync.workspace.google import open_google
from sync.workspace.google.admin.book_found import FoundBook, find_book
from sync.workspace.google.admin.calls import SPREADSHEET_TYPE, AdminDrive, Forms, form_link
from sync.workspace.google.admin.errors import LinkedElsewhere, MadeGone, QuestionRenamed
from sync.workspace.google.admin.form import publish_state
from sync.workspace.google.admin.form_plan import missing_questions
from sync.workspace.google.admin.renamed import renamed_questions
from sync.workspace.google.admin.session import Session
from sync.workspace.google.admin.words import is_indonesian
from sync.workspace.google.drive import FOLDER_TYPE
from sync.workspace.google.errors import (
    CellsProtected,
    FolderRefused,
    NoStorage,
    NotAFolder,
    NotShared,
    NotThere,
    SettingMissing,
    ZoneDiffers,
)
from sync.workspace.google.failures import CallFailed, operator_error
from sync.workspace.google.revision import find_mark
from sync.workspace.google.sheets import SheetClient

_CELLS = 10_000_000
"""In a spreadsheet, empty ones counted."""
_SETUP = "Put its id there, or run `agenda setup`."
_JOB_TABS = (Tab.AGENDA, Tab.OUTGOING, Tab.REGISTER, Tab.ARCHIVE, Tab.RECAP)


def examine_spreadsheet(settings: Config, drive: AdminDrive) -> list[Check]:
    """Look whether the spreadsheet is there and may be edited."""
    what, key = "spreadsheet", "workspace.google.spreadsheet_id"
    if not settings.google.spreadsheet_id:
        return [failed(what, SettingMissing("spreadsheet_id", _SETUP))]
    fields = "mimeType,trashed,driveId,capabilities(canEdit)"
    found = _object(drive, settings.google.spreadsheet_id, fields, what, key)
    if isinstance(found, Check):
        return [found]
    if found.get("mimeType", SPREADSHEET_TYPE) != SPREADSHEET_TYPE:
        return [failed(what, NotThere("a Google spreadsheet (an uploaded Excel file is none)", key))]
    if not found.get("capabilities", {}).get("canEdit", True):
        return [failed(what, NotShared("the spreadsheet (it can only be read)", key))]
    return [Check(what, True, f"can be edited; {_where(found)}")]


def examine_book(settings: Config, session: Session, now: datetime) -> list[Check]:
    """Look at what a run reads: zone, locale, tabs and headers, the ledger, protections, the revision."""
    if not settings.google.spreadsheet_id:
        return []
    try:
        found = find_book(SheetClient(session.transport, settings.google.spreadsheet_id))
    except CallFailed as error:
        key = "workspace.google.spreadsheet_id"
        return [failed("agenda book", operator_error(error.failure, "the spreadsheet", key))]
    checks = [_locale(found), _protection(settings, found), _revision(settings, found), _room(found)]
    try:
        workspace = open_google(settings, clock=session.clock, sleep=session.sleep, others="everywhere")
        book = read_book(workspace.read(tabs_to_read(settings.rules)), settings.rules, settings.utc_offset)
    except ZoneDiffers as error:
        return [failed("time zone", error), *checks]
    except AgendaError as error:
        return [failed("agenda book", error), *checks]
    rows = f"all tabs and headers there; {len(book.responses)} responses, {len(book.agenda)} rows"
    zone = Check("time zone", True, found.zone)
    answers = examine_responses(book, settings.rules, now) if settings.google.responses == "sheet" else []
    return [Check("agenda book", True, rows), examine_officers(book), *answers, zone, *checks]


def examine_archive(settings: Config, drive: AdminDrive, *, owns_storage: bool) -> list[Check]:
    """Look whether documents can be filed: the folder, and whose storage it is."""
    what, key = "archive folder", "workspace.google.archive_folder_id"
    if not settings.google.archive_folder_id:
        return [failed(what, SettingMissing("archive_folder_id", _SETUP))]
    fields = "mimeType,trashed,driveId,capabilities(canAddChildren)"
    found = _object(drive, settings.google.archive_folder_id, fields, what, key)
    if isinstance(found, Check):
        return [found]
    if found.get("mimeType", FOLDER_TYPE) != FOLDER_TYPE:
        return [failed(what, NotAFolder())]
    if not found.get("driveId") and not owns_storage:
        return [failed(what, NoStorage("the archive folder"))]
    if not found.get("capabilities", {}).get("canAddChildren", True):
        return [failed(what, FolderRefused("the archive folder"))]
    return [Check(what, True, f"files can be added; {_where(found)}")]


def examine_form(settings: Config, session: Session) -> list[Check]:
    """Look whether visitors can answer, and whether their answers arrive in the spreadsheet."""
    section, what, key = settings.google, "form", "workspace.google.form_id"
    if not section.form_id:
        if section.responses == "forms-api":
            return [failed(what, SettingMissing("form_id", _SETUP))]
        return [Check(what, False, "workspace.google.form_id is empty, so the form cannot be looked at")]
    try:
        form = Forms(session.transport).get(section.form_id)
    except CallFailed as error:
        found = failed(what, operator_error(error.failure, "the form", key))
        # A run with the linked tab does not ask the form anything.
        return [found if section.responses == "forms-api" else Check(what, False, found.found)]
    checks = [_published(form, section.form_id), _questions(settings, form)]
    return [*checks, _linked(settings, form)] if section.responses == "sheet" else checks


def _published(form: dict[str, Any], form_id: str) -> Check:
    published, accepting = publish_state(form)
    if published and accepting:
        return Check("form published", True, str(form.get("responderUri", "")) or "takes responses")
    state = "published, but closed for responses" if published else "not published: nobody can open it"
    return Check("form published", False, f"{state}. Open {form_link(form_id)}, Publish (or run `agenda setup`)")


def _questions(settings: Config, form: dict[str, Any]) -> Check:
    missing = missing_questions(settings.rules, form)
    if not missing:
        return Check("form questions", True, "all there")
    renamed = renamed_questions(settings.rules, form, MadeFile(settings.path).read())
    if renamed:
        return Check("form questions", False, str(QuestionRenamed(renamed, settings.rules)))
    listed = ", ".join(map(repr, missing))
    return Check(
        "form questions", False, f"missing: {listed}. Give the question its title back; `agenda setup` adds new ones"
    )


def _linked(settings: Config, form: dict[str, Any]) -> Check:
    linked = form.get("linkedSheetId", "")
    if linked == settings.google.spreadsheet_id:
        return Check("form linked", True, "responses go into the spreadsheet")
    link = form_link(settings.google.form_id) + "#responses"
    if linked:
        return Check("form linked", False, str(LinkedElsewhere(link)))
    step = f"responses go nowhere. Open {link}, Link to Sheets; `agenda setup` prints every click"
    return Check("form linked", False, step)


def _locale(found: FoundBook) -> Check:
    if is_indonesian(found.locale):
        return Check("locale", True, found.locale)
    return Check("locale", False, f"{found.locale}: set it to Indonesia (File, Settings), so that 24/11 is a date")


def _protection(settings: Config, found: FoundBook) -> Check:
    """Whether somebody locked against the job what it has to write; a locked header row is no hindrance."""
    names = {header_key(settings.rules.tab_names[tab]) for tab in _JOB_TABS}
    locked = [
        tab.title
        for tab in found.tabs
        if header_key(tab.title) in names
        for entry in tab.protected
        # Google leaves out what is false.
        if not entry.get("warningOnly") and not entry.get("requestingUserCanEdit")
        if entry.get("range", {}).get("endRowIndex", 2) > 1
    ]
    if locked:
        return failed("protection", CellsProtected(f"the spreadsheet, tab {locked[0]!r}"))
    return Check("protection", True, "nothing is locked against the job")


def _revision(settings: Config, found: FoundBook) -> Check:
    register = found.tab(settings.rules.tab_names[Tab.REGISTER])
    mark = find_mark(register.protected) if register else None
    if mark is None:
        return Check("revision", False, "none yet: `agenda setup` or the first run that writes starts it")
    return Check("revision", True, str(mark.number))


def _room(found: FoundBook) -> Check:
    cells = sum(tab.rows * tab.columns for tab in found.tabs)
    share = cells / _CELLS
    step = "" if share < 0.8 else ": delete empty rows and columns of the biggest tabs"
    return Check("room in the book", share < 0.8, f"{share:.1%} of Google's 10 million cells{step}")


def _object(drive: AdminDrive, file_id: str, fields: str, what: str, key: str) -> dict[str, Any] | Check:
    try:
        found = drive.get(file_id, fields)
    except CallFailed as error:
        return failed(what, operator_error(error.failure, f"the {what}", key))
    if found is None:
        return failed(what, NotThere(f"the {what}", key))
    if found.get("trashed"):
        return failed(what, MadeGone(f"the {what}", key.rpartition(".")[2], trashed=True))
    return found


def _where(found: dict[str, Any]) -> str:
    return "on a shared drive" if found.get("driveId") else "in My Drive"
