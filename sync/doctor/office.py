"""What every office needs, wherever it keeps its book: a calendar, templates, officers."""

from __future__ import annotations

from datetime import date, datetime

from sync.config import Config
from sync.doctor.check import Check, failed
from sync.documents.templates import load_templates
from sync.domain.book import Book
from sync.domain.rules import Rules
from sync.domain.worktime import national_holidays
from sync.errors import AgendaError


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
        load_templates(settings.templates, settings.rules, variants=settings.papers)
    except AgendaError as error:
        return [failed("templates", error)]
    return [Check("templates", True, str(settings.templates))]


def examine_officers(book: Book) -> Check:
    """Look whether anybody may serve, and whether the days they do can be read."""
    spells = [spell for spells in book.officers.values() for spell in spells]
    active = sum(spell.active for spell in spells)
    misdated = sum(spell.misdated for spell in spells)
    if misdated:
        found = f"{misdated} rows have a date that cannot be read and so limits nothing: write it as 31/01/2027"
        return Check("officers", False, found)
    found = f"{active} active" if active else "fill in the tab of officers, or every row is flagged"
    return Check("officers", active > 0, found)
