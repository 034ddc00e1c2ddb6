"""Offices to make recaps of: the sample's 80 visits, books of invented rows, and one with a few rows of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sync.documents.templates import RenderRequest, Templates, load_templates
from sync.domain.agenda import JudgedBook, judge_book
from sync.domain.archive import DocumentKind
from sync.domain.book import AgendaRow, Book, LedgerEntry
from sync.domain.cells import name_key
from sync.domain.compliance import Clock
from sync.domain.fields import Fields
from sync.domain.officers import Officer
from sync.domain.period import Period, PeriodKind
from sync.domain.rules import Rules
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells
from tests.build import NOW, OFFICERS, ROOT, WIB, rules, staff_cell, visits

NOVEMBER = Period(2026, 11, PeriodKind.MONTH)
PERIOD_KINDS = (DocumentKind.RECAP, DocumentKind.AGENDA_IN, DocumentKind.AGENDA_OUT, DocumentKind.CONTENTS)
DRAFT: Mapping[str, str | bool] = {"nomor_naskah": "", "konsep": True}
"""What the plan adds to a recap's fields as long as the clerk has given no number."""
_BLANK_ROW = AgendaCells(*(None,) * len(AgendaCells._fields))
Entry = tuple[AgendaRow, LedgerEntry | None]


def a_row(number: str, registered_at: datetime, **cells: Cell) -> Entry:
    """One registration as agenda row and ledger entry; ``cells`` by field, the rest blank."""
    row = _BLANK_ROW._replace(number=number, registered_at=registered_at, **cells)
    entry = LedgerEntry(0, number, f"kunci-{number}", registered_at, registered_at, present=True)
    return AgendaRow(0, number, row), entry


def a_stray_row(number: str, registered_at: datetime, **cells: Cell) -> Entry:
    """A row that nobody registered: its number is in no ledger."""
    row, _ = a_row(number, registered_at, **cells)
    return row, None


def a_judged_book(entries: Iterable[Entry], now: datetime = NOW, office_rules: Rules | None = None) -> JudgedBook:
    """Judge a book of these rows; a row without a ledger entry is one nobody registered."""
    used = office_rules or rules()
    rows = list(entries)
    ledger = {entry.number: entry for _, entry in rows if entry is not None}
    book = Book(
        responses=(),
        ledger=tuple(ledger.values()),
        agenda=tuple(row for row, _ in rows),
        archive=(),
        outgoing=(),
        officers={name_key(name): (Officer(name, nip, role, on == "Ya"),) for name, nip, role, on in OFFICERS},
        choices={field: frozenset(map(name_key, items)) for field, items in used.choices.items()},
        recap=(),
    )
    return judge_book(book, used, Clock(used.calendar, used.wall_clock, WIB), now)


@cache
def sample_office() -> JudgedBook:
    """The 80 visits of November 2026, judged at the moment their truth is given for."""
    return a_judged_book(_visit(order, visit) for order, visit in enumerate(visits(), start=1))


def _visit(order: int, visit: Mapping[str, Any]) -> Entry:
    columns = {header: field for field, header in rules().columns.agenda.headers.items()}
    cells: dict[str, Cell] = {
        columns[name]: text or None for name, text in visit["response"].items() if name in columns
    }
    cells |= {columns[name]: staff_cell(cell) for name, cell in visit["staff"].items()}
    return a_row(f"KONS-2026-{order:04d}", datetime.fromisoformat(visit["response"]["Timestamp"]), **cells)


@cache
def templates() -> Templates:
    """The committed templates of the period documents, checked as a run checks them."""
    return load_templates(ROOT / "templates", rules(), PERIOD_KINDS)


def rendered(kind: DocumentKind, fields: Fields) -> bytes:
    """One document as the job would file it on 1 December 2026."""
    moment = datetime(2026, 12, 1, 8, 0)
    return templates().render(RenderRequest(kind, fields, "uji", "sidik", moment, 1, "Judul", "Uji"))
