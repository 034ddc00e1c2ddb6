"""Builders with plain defaults: the office's rules, responses, agenda rows, whole books, tables and snapshots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sync.config import Config, load_config
from sync.domain.compliance import Clock
from sync.domain.documents import DocumentKind
from sync.domain.fields.privacy import Words, words_of
from sync.domain.layout import book_layout
from sync.domain.rules import Rules
from sync.domain.table import Cell, Revision, Row, Snapshot, Table
from sync.domain.tabs import AgendaCells, ResponseCells, Tab

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
WIB = timedelta(hours=7)
NOW = datetime(2026, 11, 24, 10, 0)
OFFICERS = (
    ("Andi Saputra", "198001012005011001", "Staf", "Ya"),
    ("Rina Marlina", "198502022010012002", "Jafung", "Ya"),
    ("Yohanes Dodi", "197503032000031003", "Kepala Bidang", "Ya"),
    ("Siti Front", "199004042015042004", "Front Office", "Ya"),
    ("Budi Pensiun", "196005051985051005", "Staf", "Tidak"),
)

TRUE_CODES = {
    "time-unreadable",
    "future-time",
    "step-out-of-order",
    "step-missing-time",
    "requirement-missing",
    "output-missing",
    "step-over-standard",
    "overrun-reason-missing",
    "actor-not-allowed",
    "phone-unreadable",
}
"""The finding codes that the sample office's truth speaks of; others may come on top."""


@cache
def config() -> Config:
    """The project's own config.yaml."""
    return load_config(ROOT / "config.yaml")


def rules() -> Rules:
    return config().rules


def words(kind: DocumentKind, by: Rules | None = None) -> Words:
    """How a document of ``kind`` words what people typed."""
    return words_of(kind.spec.privacy, by or rules())


def clock() -> Clock:
    return Clock(rules().calendar, rules().wall_clock, WIB)


def visits() -> list[dict[str, Any]]:
    """The sample office: 80 visits with the truth, worked out by a separate program."""
    lines = (DATA / "visits.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def staff_cell(cell: Mapping[str, Any]) -> Cell:
    """What an officer's typing leaves in the cell, by its kind."""
    kind, value = cell["t"], cell["v"]
    if kind == "time":
        return time.fromisoformat(value)
    if kind == "datetime":
        return datetime.fromisoformat(value)
    return value  # type: ignore[no-any-return]  # text or number, as the file has it


def response_cells(**fields: Cell) -> ResponseCells:
    """A whole response, with what is given replaced."""
    plain: dict[str, Cell] = {
        "timestamp": datetime(2026, 11, 2, 8, 26, 5),
        "arrived": time(8, 25),
        "name": "Petrus Santoso",
        "acting_as": "Pengurus koperasi",
        "cooperative": "Koperasi Tani Makmur",
        "cooperative_kind": "Produsen",
        "regency": "Sambas",
        "phone": "081298187479",
        "email": "petrus@contoh.id",
        "service": "Kelembagaan",
        "topic": "Pendirian koperasi",
        "summary": "Mau tanya syarat & alur",
        "channel": "Front office",
        "consent": "Ya, saya setuju",
    }
    return ResponseCells(**(plain | fields))


def agenda_cells(**fields: Cell) -> AgendaCells:
    """An agenda row as it stands right after registration, with what is given replaced."""
    answers = response_cells()._asdict()
    moment = answers.pop("timestamp")
    plain = dict.fromkeys(AgendaCells._fields) | answers
    plain |= {"number": "KONS-2026-0001", "registered_at": moment}
    return AgendaCells(**(plain | fields))


FINISHED: Mapping[str, Cell] = {
    "directed": time(8, 27),
    "officer": "Andi Saputra",
    "room": "Ruang Konsultasi 1",
    "consultation_start": time(8, 30),
    "consultation_end": time(9, 30),
    "disposition": "Tindaklanjuti",
    "materials": "Permenkop 8/2023",
    "documentation_start": time(9, 40),
    "documentation_end": time(10, 5),
    "problem": "Persoalan",
    "facts": "Fakta",
    "analysis": "Analisis",
    "conclusion": "Simpulan",
    "advice": "Saran",
}
"""What officers type until a consultation is finished within the standards."""


def table(tab: Tab, rows: Iterable[Mapping[str, Cell]] = ()) -> Table:
    """A tab with its default columns; rows by field."""
    names = rules().tab_names
    if tab is Tab.LISTS:
        layout = book_layout(rules()).tab(names[tab])
        lists = tuple(Row(index, tuple(cell or None for cell in row)) for index, row in enumerate(layout.rows))
        return Table(names[tab], tuple(column.header for column in layout.columns), lists)
    headers = rules().columns.headers(tab)
    found = tuple(Row(index, tuple(row.get(field) for field in headers)) for index, row in enumerate(rows))
    return Table(names[tab], tuple(headers.values()), found)


def snapshot(**tabs: Iterable[Mapping[str, Cell]]) -> Snapshot:
    """A workbook: rows by field, for the tabs named by their ``Tab`` member in lower case; officers have a default."""
    given = {Tab[name.upper()]: list(rows) for name, rows in tabs.items()}
    given.setdefault(
        Tab.OFFICERS,
        [dict(zip(("name", "employee_number", "role", "active"), officer, strict=True)) for officer in OFFICERS],
    )
    tables = [table(tab, given.get(tab, ())) for tab in Tab]
    return Snapshot(Revision("1"), {item.tab: item for item in tables})
