"""Offices to make recaps of: the sample's visits, one that Hypothesis or a loop fills in, and an empty one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from sync.config import load_config
from sync.domain.agenda import JudgedBook, judge_book
from sync.domain.book import AgendaRow, Book, LedgerEntry, Officer
from sync.domain.cells import name_key
from sync.domain.compliance import Clock
from sync.domain.rules import Rules
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 10, 0)
OFFICERS = ("Andi Saputra", "Rina Marlina", "Yohanes Dodi")
RESPONSE_FIELDS = AgendaCells._fields[2:15]
_BLANK_ROW = AgendaCells(*(None,) * len(AgendaCells._fields))


@lru_cache(maxsize=1)
def rules() -> Rules:
    return load_config(ROOT / "config.yaml").rules


def a_row(number: str, registered_at: datetime, **cells: Cell) -> tuple[AgendaRow, LedgerEntry]:
    """Return one registration as agenda row and ledger entry; ``cells`` by field, the rest blank."""
    row = _BLANK_ROW._replace(number=number, registered_at=registered_at, **cells)
    return AgendaRow(0, number, row), LedgerEntry(0, number, f"kunci-{number}", registered_at, registered_at, True)


def a_judged_book(
    entries: Iterable[tuple[AgendaRow, LedgerEntry | None]], now: datetime = NOW, office_rules: Rules | None = None
) -> JudgedBook:
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
        officers={name_key(name): (Officer(name, "", "Staf", True),) for name in OFFICERS},
        choices={field: frozenset(map(name_key, items)) for field, items in used.choices.items()},
        recap=(),
    )
    return judge_book(book, used, Clock(used.calendar, used.wall_clock, timedelta(hours=7)), now)


@lru_cache(maxsize=1)
def sample_office() -> JudgedBook:
    """The 80 visits of November 2026, judged at the moment their truth is given for."""
    lines = (ROOT / "tests/data/visits.jsonl").read_text(encoding="utf-8").splitlines()
    return a_judged_book(_visit(order, json.loads(line)) for order, line in enumerate(lines, start=1))


def _visit(order: int, visit: Mapping[str, Any]) -> tuple[AgendaRow, LedgerEntry]:
    columns = {header: field for field, header in rules().columns.agenda.headers.items()}
    answers = {header: value or None for header, value in visit["response"].items() if header in columns}
    cells: dict[str, Cell] = {columns[header]: value for header, value in answers.items()}
    cells |= {columns[header]: _staff_cell(cell) for header, cell in visit["staff"].items()}
    return a_row(f"KONS-2026-{order:04d}", datetime.fromisoformat(visit["response"]["Timestamp"]), **cells)


def _staff_cell(cell: Mapping[str, Any]) -> Cell:
    if cell["t"] == "time":
        return time.fromisoformat(cell["v"])
    if cell["t"] == "datetime":
        return datetime.fromisoformat(cell["v"])
    value: Cell = cell["v"]
    return value
