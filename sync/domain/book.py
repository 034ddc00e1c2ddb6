"""The workbook's tables as values: responses, ledger, agenda rows, archive list, officers, lists. No verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sync.domain.officers import Officer
from sync.domain.registration import Response
from sync.domain.remembered import Remembered
from sync.domain.response_tab import Elsewhere, MergedColumn, OtherResponses, elsewhere
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, OutgoingCells

PRESENT, GONE = "di agenda", "hilang"
SCHEDULED, FILED = "dijadwalkan", "diarsipkan"
DRAFT, NUMBERED = "konsep", "bernomor"
"""What ``Arsip`` calls a document that goes out, before and after the clerk has typed its official number."""
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
    memory: str = ""
    """What is remembered of the row (:mod:`sync.domain.memory`); ``""`` until a run has seen it."""
    remembered: Remembered | None = None
    """None in a book of an earlier version, until the first run has filled it in."""
    passed_over: str = ""
    """Orders of its year that were passed over before it, as people had typed them into the book: ``8, 10-12``."""


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
    official_number: str = ""
    """The clerk's number as the document itself bears it; only what goes out ever does."""
    draft: bool = False
    """It goes out, and bears no official number yet."""
    facts: str = ""
    """The digest of its facts (:mod:`sync.domain.facts`), ``""`` where version 0.1 or a rebuilt list knows none."""

    @property
    def closed(self) -> bool:
        """Whether it bears its official number: what people sign and send."""
        return bool(self.official_number)


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """A row of the archive list that was edited by hand: which document it is of can be told, the rest cannot."""

    position: int
    kind: str
    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One row of the outgoing book; ``official_number`` is what the clerk typed, ``""`` until then.

    ``kind`` is the key of the document's kind, ``""`` for a row of the clerk's own.
    """

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
    broken: tuple[BrokenEntry, ...] = ()
    """Rows of the archive list that were edited by hand: of their documents nothing is issued until they are mended."""
    merged: tuple[MergedColumn, ...] = ()
    """Columns of the tab of responses that were read as one."""
    others: tuple[OtherResponses, ...] = ()
    """Other tabs that look like the one of responses."""

    def elsewhere(self, now: datetime) -> tuple[Elsewhere, ...]:
        """Return the tabs in which responses stand that no run reads."""
        return elsewhere(self.others, self.responses, (entry.response_key for entry in self.ledger), now)

    def ledger_by_number(self) -> dict[str, LedgerEntry]:
        return {entry.number: entry for entry in self.ledger}


def with_filed(book: Book, entries: Mapping[str, ArchiveEntry]) -> Book:
    """Return the book as it will be once ``entries`` (by id) are recorded."""
    return replace(book, archive=tuple(entries.get(entry.id, entry) for entry in book.archive))
