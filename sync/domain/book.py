"""The workbook's tables as values: responses, ledger, agenda rows, archive list, officers, lists. No verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sync.domain.officers import Officer
from sync.domain.registration import Response
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, OutgoingCells

PRESENT, GONE = "di agenda", "hilang"
SCHEDULED, FILED = "dijadwalkan", "diarsipkan"
DERIVED_FIELDS = ("status", "findings", "receipt", "telaahan")
"""Agenda fields that the job works out anew in every run."""
FOLDER = "folder"
"""The kind of an archive row that a backend keeps for itself: a folder it allocated an id for."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One number ever given. ``responded_at`` is None where the form recorded no readable Timestamp."""

    position: int
    number: str
    response_key: str
    responded_at: datetime | None
    recorded_at: datetime
    present: bool


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One filled row of the agenda book. ``number`` is its text, ``""`` for a row typed by hand."""

    position: int
    number: str
    cells: AgendaCells


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One revision of one document, as the archive list has it."""

    position: int
    id: str
    reference: str
    kind: str
    revision: int
    description: str
    path: str
    scheduled_at: datetime
    fingerprint: str
    sha256: str
    link: str
    filed: bool


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One row of the outgoing book; ``official_number`` is what the clerk typed, ``""`` until then."""

    position: int
    reference: str
    kind: str
    official_number: str
    document: str
    cells: OutgoingCells


@dataclass(frozen=True, slots=True)
class Book:
    """Everything a decision looks at, as read in one go."""

    responses: tuple[Response, ...]
    ledger: tuple[LedgerEntry, ...]
    agenda: tuple[AgendaRow, ...]
    archive: tuple[ArchiveEntry, ...]
    outgoing: tuple[OutgoingRow, ...]
    officers: Mapping[str, tuple[Officer, ...]]
    """By :func:`~sync.domain.cells.name_key` of the name; a name may stand there for several spells."""
    choices: Mapping[str, frozenset[str]]
    """Known choices by agenda field, as :func:`~sync.domain.cells.name_key`; a field left out is not checked."""
    recap: tuple[tuple[Cell, ...], ...]
    """The tab ``Rekap`` as it stands, cells in the order of its columns."""
    leftovers: tuple[AgendaRow, ...] = ()
    """Agenda rows that hold nothing but derived cells: people emptied them, or they moved while they were written."""
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Headers of the job's columns, by tab, that this version knows and the book was made without."""

    def ledger_by_number(self) -> dict[str, LedgerEntry]:
        return {entry.number: entry for entry in self.ledger}


def with_filed(book: Book, entries: Mapping[str, ArchiveEntry]) -> Book:
    """Return the book as it will be once ``entries`` (by id) are recorded."""
    return replace(book, archive=tuple(entries.get(entry.id, entry) for entry in book.archive))
