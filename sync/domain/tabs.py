"""The workbook's tabs, the cells of their rows by field, and the columns these stand in.

Code speaks of columns by the field names of the ``…Cells`` tuples; sheets speak by header. ``Columns`` maps the two,
and lets config.yaml rename a header without a line of code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from sync.domain.table import Cell, NewCell, Table


class Tab(Enum):
    """The eight tabs; the value is the default name and the key under ``tab`` in config.yaml."""

    RESPONSES = "Respons"
    AGENDA = "Agenda"
    OUTGOING = "Agenda Keluar"
    REGISTER = "Register"
    ARCHIVE = "Arsip"
    RECAP = "Rekap"
    OFFICERS = "Petugas"
    LISTS = "Referensi"


class ResponseCells(NamedTuple):
    """One row of ``Respons``, as the form wrote it."""

    timestamp: Cell
    arrived: Cell
    name: Cell
    acting_as: Cell
    cooperative: Cell
    cooperative_kind: Cell
    regency: Cell
    phone: Cell
    email: Cell
    service: Cell
    topic: Cell
    summary: Cell
    channel: Cell
    consent: Cell


class AgendaCells(NamedTuple):
    """One row of ``Agenda``: from the job at registration, from staff, and the job's derived columns."""

    number: Cell
    registered_at: Cell
    arrived: Cell
    name: Cell
    acting_as: Cell
    cooperative: Cell
    cooperative_kind: Cell
    regency: Cell
    phone: Cell
    email: Cell
    service: Cell
    topic: Cell
    summary: Cell
    channel: Cell
    consent: Cell
    directed: Cell
    officer: Cell
    room: Cell
    consultation_start: Cell
    consultation_end: Cell
    disposition: Cell
    materials: Cell
    documentation_start: Cell
    documentation_end: Cell
    problem: Cell
    presumption: Cell
    facts: Cell
    analysis: Cell
    conclusion: Cell
    advice: Cell
    follow_up: Cell
    overrun_reason: Cell
    remarks: Cell
    status: Cell
    findings: Cell
    receipt: Cell
    telaahan: Cell


class OutgoingCells(NamedTuple):
    """One row of ``Agenda Keluar``: the job appends it, the clerk types ``official_number`` and what follows."""

    date: Cell
    reference: Cell
    kind: Cell
    addressee: Cell
    summary: Cell
    official_number: Cell
    sent_on: Cell
    remarks: Cell
    document: Cell


class RegisterCells(NamedTuple):
    """One row of ``Register``, the ledger: a number, the response it was given to, and whether its row still stands."""

    number: Cell
    response_key: Cell
    responded_at: Cell
    recorded_at: Cell
    presence: Cell


class ArchiveCells(NamedTuple):
    """One row of ``Arsip``: one revision of one document."""

    id: Cell
    reference: Cell
    kind: Cell
    revision: Cell
    classification: Cell
    description: Cell
    path: Cell
    scheduled_at: Cell
    filed_at: Cell
    fingerprint: Cell
    sha256: Cell
    link: Cell
    state: Cell


class RecapCells(NamedTuple):
    """One line of ``Rekap``."""

    subject: Cell
    this_month: Cell
    this_year: Cell


class OfficerCells(NamedTuple):
    """One row of ``Petugas``: one spell of an officer in a role."""

    name: Cell
    employee_number: Cell
    role: Cell
    active: Cell
    valid_from: Cell
    valid_until: Cell


CellsT = TypeVar("CellsT", bound=tuple[Cell, ...])


@dataclass(frozen=True, slots=True)
class Columns(Generic[CellsT]):
    """The columns of one tab: how to read a table's rows as ``CellsT``, and how to name a field's cell."""

    tab: str
    headers: Mapping[str, str]
    """Header by field, in the tab's default order."""
    make: Callable[[Iterable[Cell]], CellsT]
    later: frozenset[str] = frozenset()
    """Fields whose columns a book made by an earlier version may lack; their cells then read as empty."""

    def header(self, field: str) -> str:
        return self.headers[field]

    def read(self, table: Table) -> list[CellsT]:
        """Return each row's cells by field, wherever its column stands. Empty rows are kept, so positions hold.

        Raises:
            HeaderMissing, HeaderDoubled: the table's header row is not whole.
        """
        make = self.make
        lacking = frozenset(self.lacking(table))
        if lacking:
            beyond = len(table.headers)
            columns = [beyond if header in lacking else table.column(header) for header in self.headers.values()]
            return [make(map((*row.cells, None).__getitem__, columns)) for row in table.rows]
        pick = itemgetter(*(table.column(header) for header in self.headers.values()))
        return [make(pick(row.cells)) for row in table.rows]

    def lacking(self, table: Table) -> tuple[str, ...]:
        """Return the headers of later columns that the table does not have, in their order."""
        return tuple(header for field, header in self.headers.items() if field in self.later and not table.has(header))

    def values(self, cells: Mapping[str, NewCell]) -> dict[str, NewCell]:
        """Return the values by header, for a change."""
        return {self.headers[field]: value for field, value in cells.items()}
