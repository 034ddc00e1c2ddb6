"""What a run needs of a book and an archive on this machine."""

from __future__ import annotations

import os
import shutil
from datetime import datetime

from sync.config import Config
from sync.doctor.check import Check, failed
from sync.doctor.office import examine_officers, examine_responses
from sync.domain.reading import read_book, tabs_to_read
from sync.errors import AgendaError
from sync.workspace.local import LocalWorkspace

_ENOUGH_SPACE = 200 * 1024 * 1024


def examine_local(settings: Config, workspace: LocalWorkspace, now: datetime) -> list[Check]:
    """Look at the folder, the workbook, its tabs and headers, the officers, and what saving would lose."""
    folder = settings.local_folder
    checks = [_folder(settings)]
    try:
        snapshot = workspace.read(tabs_to_read(settings.rules))
        book = read_book(snapshot, settings.rules, settings.utc_offset)
    except AgendaError as error:
        return [*checks, failed("agenda book", error)]
    checks.append(Check("agenda book", True, f"{folder / 'agenda.xlsx'}: {len(book.agenda)} rows"))
    checks.append(examine_officers(book))
    checks += examine_responses(book, settings.rules, now)
    try:
        workspace.check_writable()
    except AgendaError as error:
        checks.append(failed("saving the book", error))
    else:
        checks.append(Check("saving the book", True, "not open elsewhere, nothing in it would be lost"))
    return checks


def _folder(settings: Config) -> Check:
    place = settings.local_folder
    while not place.exists() and place != place.parent:
        place = place.parent
    if not os.access(place, os.W_OK):
        return Check("folder", False, f"{place}: not writable for this user; change its permissions")
    free = shutil.disk_usage(place).free
    enough = free >= _ENOUGH_SPACE
    return Check(
        "folder", enough, f"{settings.local_folder}: {free // 2**20} MiB free" + ("" if enough else "; make room")
    )
