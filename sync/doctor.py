"""What a run needs, looked at one thing at a time; each look says what it found and what to do."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime

from sync.config import Config
from sync.documents.templates import load_templates
from sync.domain.archive import DocumentKind
from sync.domain.book import read_book, tabs_to_read
from sync.domain.rules import Rules
from sync.domain.worktime import national_holidays
from sync.errors import AgendaError
from sync.workspace.local import LocalWorkspace

_ENOUGH_SPACE = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One look: ``passed``, or not; ``error`` is set where a run would stop on it."""

    what: str
    passed: bool
    found: str
    error: AgendaError | None = None


def examine_calendar(rules: Rules, now: datetime) -> list[Check]:
    """Look whether holidays and Ramadan are known for this year and the next."""
    checks = []
    for year in (now.year, now.year + 1):
        known = len(national_holidays(year))
        checks.append(
            Check(
                f"holidays {year}", known > 0, f"{known} days" if known else "none known: update the package holidays"
            )
        )
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        fasting = any(period.first < after and period.last >= first for period in rules.calendar.ramadan_periods)
        step = (
            "known" if fasting else "add its dates to config.yaml (jam_kerja.tanggal_ramadan) once they are announced"
        )
        checks.append(Check(f"Ramadan {year}", fasting, step))
    return checks


def examine_templates(settings: Config) -> list[Check]:
    """Look whether every Word template can be filled."""
    try:
        load_templates(settings.templates, settings.rules, variants=papers_of(settings))
    except AgendaError as error:
        return [Check("templates", False, str(error), error)]
    return [Check("templates", True, str(settings.templates))]


def papers_of(settings: Config) -> dict[DocumentKind, str]:
    """Return the paper of each kind of document that is not printed on the usual one."""
    return {DocumentKind(kind): paper for kind, paper in settings.papers.items()}


def examine_local(settings: Config, workspace: LocalWorkspace) -> list[Check]:
    """Look at the folder, the workbook, its tabs and headers, the officers, and what saving would lose."""
    folder = settings.local_folder
    checks = [_folder(settings)]
    try:
        snapshot = workspace.read(tabs_to_read(settings.rules))
        book = read_book(snapshot, settings.rules, settings.utc_offset)
    except AgendaError as error:
        return [*checks, Check("agenda book", False, str(error), error)]
    checks.append(Check("agenda book", True, f"{folder / 'agenda.xlsx'}: {len(book.agenda)} rows"))
    active = sum(officer.active for officers in book.officers.values() for officer in officers)
    checks.append(
        Check(
            "officers",
            active > 0,
            f"{active} active" if active else "fill in the tab of officers, or every row is flagged",
        )
    )
    try:
        workspace.check_writable()
    except AgendaError as error:
        checks.append(Check("saving the book", False, str(error), error))
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
