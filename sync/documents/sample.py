"""An invented office's visits, to try templates with and to know which fields a document has.

Nobody here exists. ``Variety.FULL`` leaves no field and no list empty: it is what templates are checked against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from sync.documents.sample_visits import OFFICERS, visits
from sync.domain.agenda import JudgedBook, Registration, judge_book
from sync.domain.archive import DocumentKind
from sync.domain.book import AgendaRow, ArchiveEntry, Book, LedgerEntry, OutgoingRow
from sync.domain.cells import name_key
from sync.domain.compliance import Clock
from sync.domain.fields import Fields
from sync.domain.fields.agenda_in import agenda_in_fields
from sync.domain.fields.agenda_out import agenda_out_fields
from sync.domain.fields.contents import contents_fields
from sync.domain.fields.disposition import disposition_fields
from sync.domain.fields.recap import recap_fields
from sync.domain.fields.receipt import receipt_fields
from sync.domain.fields.telaahan import telaahan_fields
from sync.domain.officers import Officer
from sync.domain.period import Period, PeriodKind
from sync.domain.rules import Rules
from sync.domain.tabs import AgendaCells, OutgoingCells

SAMPLE_MOMENT = datetime(2026, 12, 1, 8, 15)
SAMPLE_PERIOD = Period(2026, 11, PeriodKind.MONTH)
SAMPLE_NUMBER = "000.8/1622.3/DISKOPUKM.B"


class Variety(Enum):
    """Which visits the sample has; the value is what people type."""

    FULL = "lengkap"
    SHORT = "ringkas"
    LONG = "panjang"
    HOSTILE = "aneh"


def sample_fields(kind: DocumentKind, rules: Rules, variety: Variety) -> Fields:
    """Return the fields of a sample document, made by the very builder that makes the real ones."""
    book, judged = sample_book(rules, variety)
    first, number = judged.rows[0], SAMPLE_NUMBER if variety is Variety.FULL else ""
    of_registration: Mapping[DocumentKind, Callable[[Registration], Fields]] = {
        DocumentKind.RECEIPT: lambda row: receipt_fields(row, rules),
        DocumentKind.TELAAHAN: lambda row: telaahan_fields(row, number, book.officers, rules),
        DocumentKind.DISPOSITION: lambda row: disposition_fields(row, number, book.officers, rules),
    }
    if kind in of_registration:
        return of_registration[kind](first)
    of_period: Mapping[DocumentKind, Callable[[], Fields]] = {
        DocumentKind.RECAP: lambda: {
            **recap_fields(SAMPLE_PERIOD, judged, rules), "nomor_naskah": number, "konsep": not number
        },
        DocumentKind.AGENDA_IN: lambda: agenda_in_fields(SAMPLE_PERIOD, judged, rules),
        DocumentKind.AGENDA_OUT: lambda: agenda_out_fields(SAMPLE_PERIOD, book.outgoing, rules),
        DocumentKind.CONTENTS: lambda: contents_fields(SAMPLE_PERIOD, book.archive, rules),
    }  # fmt: skip
    return of_period[kind]()


def sample_book(rules: Rules, variety: Variety) -> tuple[Book, JudgedBook]:
    """Return a book of invented visits, and what is said of it at :data:`SAMPLE_MOMENT`."""
    cells = visits(variety.value)
    ledger = tuple(_entry(position, row) for position, row in enumerate(cells))
    book = Book(
        responses=(),
        ledger=ledger,
        agenda=tuple(AgendaRow(position, str(row.number), row) for position, row in enumerate(cells)),
        archive=tuple(_filed(position, entry, rules) for position, entry in enumerate(ledger)),
        outgoing=tuple(_outgoing(position, entry) for position, entry in enumerate(ledger)),
        officers={name_key(name): (Officer(name, number, role, active=True),) for name, number, role in OFFICERS},
        choices={},
        recap=(),
    )
    offset = datetime(2026, 1, 1, tzinfo=_zone(rules.zone_name)).utcoffset() or timedelta(0)
    clock = Clock(rules.calendar, rules.wall_clock, offset)
    return book, judge_book(book, rules, clock, SAMPLE_MOMENT)


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _entry(position: int, row: AgendaCells) -> LedgerEntry:
    moment = row.registered_at
    assert isinstance(moment, datetime), "sample visits are registered at a date-time"
    return LedgerEntry(position, str(row.number), f"contoh-{position}", moment, moment, present=True)


def _filed(position: int, entry: LedgerEntry, rules: Rules) -> ArchiveEntry:
    kind = DocumentKind.TELAAHAN.value
    code = rules.archive.code_of_kind.get(kind, "500.3.2.1")
    return ArchiveEntry(
        position=position,
        id=f"contoh-{position}",
        reference=entry.number,
        kind=kind,
        revision=1,
        description=f"Telaahan Staf {entry.number}",
        path=f"2026/{code}/11 November/{entry.recorded_at:%Y-%m-%d}_{entry.number}_{kind}.docx",
        scheduled_at=entry.recorded_at,
        fingerprint="contoh",
        sha256="0" * 64,
        link="",
        filed=True,
    )


def _outgoing(position: int, entry: LedgerEntry) -> OutgoingRow:
    number = "" if position % 2 else f"000.8/{160 + position}/DISKOPUKM.B"
    cells = OutgoingCells(
        date=entry.recorded_at.date() if position != 2 else "belum ada",
        reference=entry.number,
        kind="Telaahan Staf",
        addressee="Kepala Dinas",
        summary=f"Telaahan Staf {entry.number}",
        official_number=number,
        sent_on=None,
        remarks=None,
        document="telaahan.docx",
    )
    return OutgoingRow(position, entry.number, "Telaahan Staf", number, "telaahan.docx", cells)
