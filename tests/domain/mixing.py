"""A small agenda book that remembers, and the hands of people in it: what the tests of mixed rows are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from sync.domain.book import AgendaRow, Book, LedgerEntry
from sync.domain.columns import COLUMNS, Kind
from sync.domain.memory import REMEMBERED, Told
from sync.domain.mixed import Mixture, find_mixture
from sync.domain.registration import Response
from sync.domain.repair.unmix import Unmixing, unmix
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, Tab
from tests import build

LISTED = tuple(spec.field for spec in COLUMNS[Tab.AGENDA] if spec.kind is Kind.CHOICE)
MOMENTS = tuple(spec.field for spec in COLUMNS[Tab.AGENDA] if spec.kind is Kind.MOMENT)
SAME = (*LISTED, "consent")
"""Columns whose few values come and go."""
OWN = tuple(name for name in REMEMBERED if name not in SAME)
"""Columns in which every row of :func:`visit` has a cell of its own."""


def number(index: int) -> str:
    return f"KONS-2026-{index + 1:04d}"


def visit(index: int) -> AgendaCells:
    """A finished visit; whatever is not chosen from a list or agreed to is its own."""
    moment = datetime(2026, 11, 2, 8, 26, 5) + timedelta(minutes=47 * index)
    cells: dict[str, Cell] = {name: f"{name} milik kunjungan {index + 1}" for name in REMEMBERED}
    cells |= {name: build.agenda_cells()._asdict()[name] or f"pilihan {index % 2}" for name in SAME}
    for place, name in enumerate(MOMENTS):
        cells[name] = (datetime(2026, 11, 2, 8, place) + timedelta(minutes=11 * index)).time()
    cells |= {"registered_at": moment, "number": number(index), "phone": f"0812981874{index:02d}"}
    return AgendaCells(**(dict.fromkeys(AgendaCells._fields) | cells))


@dataclass
class Desk:
    """Rows as they stand, top to bottom, and the ledger of the last run."""

    rows: list[AgendaCells]
    ledger: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, count: int, make: Callable[[int], AgendaCells] = visit) -> Desk:
        desk = cls([make(index) for index in range(count)])
        desk.ledger = {number(index): "" for index in range(count)}
        desk.look()
        return desk

    def look(self, accepted: Sequence[str] = ()) -> dict[str, tuple[Told, ...]]:
        """Do what a run does: compare, remember. Returns what is told, by number (``""``: rows without one)."""
        mixture = self.compare(accepted)
        self.ledger |= mixture.memories
        return {str(self.rows[position].number or ""): told for position, told in mixture.told.items()}

    def compare(self, accepted: Sequence[str] = ()) -> Mixture:
        return find_mixture(self.book(), accepted)

    def book(self) -> Book:
        ledger = tuple(
            LedgerEntry(place, key, f"kunci-{key}", build.NOW, build.NOW, present=True, memory=memory)
            for place, (key, memory) in enumerate(self.ledger.items())
        )
        agenda = tuple(
            AgendaRow(place, str(cells.number or ""), cells) for place, cells in enumerate(self.rows) if any(cells)
        )
        return Book((), ledger, agenda, (), (), {}, {}, ())

    def unmix(self, responses: Sequence[Response] = ()) -> Unmixing:
        """Do what ``restore --unmix`` does."""
        unmixing = unmix(replace(self.book(), responses=tuple(responses)))
        for item in unmixing.renumbered:
            self.type(item.position, "number", item.new or None)
        for (position, name), cell in unmixing.writes.items():
            self.type(position, name, cell)
        return unmixing

    def register(self, cells: AgendaCells) -> None:
        """A new visitor, as the job makes the row: remembered by the next look."""
        self.rows.append(cells)
        self.ledger[str(cells.number)] = ""

    def type(self, row: int, name: str, cell: Cell) -> None:
        self.rows[row] = self.rows[row]._replace(**{name: cell})

    def column(self, name: str) -> list[Cell]:
        return [getattr(cells, name) for cells in self.rows]

    def put(self, name: str, cells: Sequence[Cell], first: int = 0) -> None:
        """Let the column hold ``cells`` from row ``first`` on."""
        for row, cell in enumerate(cells, start=first):
            self.type(row, name, cell)

    def swap(self, first: int, second: int, *names: str) -> None:
        for name in names:
            ours, theirs = getattr(self.rows[first], name), getattr(self.rows[second], name)
            self.type(first, name, theirs)
            self.type(second, name, ours)

    def shift_up(self, row: int, *names: str) -> None:
        """Delete the cell and let those below move up."""
        for name in names:
            cells = self.column(name)
            self.put(name, [*cells[:row], *cells[row + 1 :], None])

    def shift_down(self, row: int, *names: str) -> None:
        """Insert a cell and let those below move down; the last one needs a row more."""
        self.rows.append(AgendaCells(*[None] * len(AgendaCells._fields)))
        for name in names:
            cells = self.column(name)
            self.put(name, [*cells[:row], None, *cells[row:-1]])

    def paste(self, source: int, target: int, *names: str) -> None:
        for name in names:
            self.type(target, name, getattr(self.rows[source], name))


def moved(told: dict[str, tuple[Told, ...]], row: int) -> dict[str, str]:
    """What is told in the row: the number each cell belongs to, by field."""
    return {item.field: item.number for item in told.get(number(row), ())}


def clock(hour: int, minute: int) -> time:
    return time(hour, minute)


def blank(cells: AgendaCells, *names: str) -> AgendaCells:
    return cells._replace(**dict.fromkeys(names))
