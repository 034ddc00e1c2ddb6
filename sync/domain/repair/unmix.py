"""Mixed rows put right: numbers back to the rows whose content is theirs, then cells back to the rows they are of.

A cell goes back only over what is empty, broken, or goes back itself: never over what somebody typed since. What was
overwritten and stands nowhere comes from the response where it is an answer; the rest is named, for people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sync.domain.book import AgendaRow, Book
from sync.domain.cells import is_filled, read_text
from sync.domain.memory import REMEMBERED, Fate, Memory, Told, digests, read_memory
from sync.domain.mixed import find_mixture
from sync.domain.newrow import new_agenda_cells
from sync.domain.registration import NewRegistration
from sync.domain.repair.restore import responses_by_key
from sync.domain.rules import Rules
from sync.domain.table import Cell, CellError, Change, NewCell, RowUpdate, UpdateRows
from sync.domain.tabs import AgendaCells, ResponseCells

_ANSWERS = frozenset(ResponseCells._fields[1:])
_WORDS = ("name", "phone", "summary", "email")
_LIKENESS = 0.75
"""The part of what is remembered of a number that a row has to hold to be the row of that number."""
Place = tuple[int, str]
"""A cell of the agenda: its row's position and its field."""


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A row that bears ``old`` (``""``: none) and holds what was written under ``new`` (``""``: nothing at all)."""

    position: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """A cell of ``number`` that gets its content again: from the row of ``source``, or from the response (``""``)."""

    number: str
    field: str
    source: str


@dataclass(frozen=True, slots=True)
class NotPutBack:
    """A cell of ``number`` whose own content does not come back, and why (for the operator)."""

    number: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Unmixing:
    renumbered: tuple[Renumbered, ...]
    cells: tuple[PutBack, ...]
    left: tuple[NotPutBack, ...]
    writes: Mapping[Place, Cell]
    """What each cell is to hold; None empties it."""


def unmix(book: Book) -> Unmixing:
    """Return what puts every moved cell back. Pure; empty when nothing is mixed."""
    renumbered = _renumbered(book)
    numbers = {item.position: item.new for item in renumbered}
    agenda = tuple(
        replace(row, number=numbers[row.position], cells=row.cells._replace(number=numbers[row.position] or None))
        if row.position in numbers
        else row
        for row in book.agenda
    )
    return _Cells(replace(book, agenda=agenda)).unmixing(renumbered)


def unmix_changes(unmixing: Unmixing, book: Book, rules: Rules) -> list[Change]:
    """Return the one commit; empty when there is nothing to write.

    A row that gets another number is known meanwhile by words of its own, which stay where they are.
    """
    columns = rules.columns.agenda
    numbers = {item.position: item.new for item in unmixing.renumbered}
    updates: dict[str, list[RowUpdate]] = {}
    cells: dict[int, dict[str, NewCell]] = {}
    for (position, field), cell in unmixing.writes.items():
        cells.setdefault(position, {})[field] = cell.code if isinstance(cell, CellError) else cell
    for row in book.agenda:
        values = cells.get(row.position, {})
        if row.position in numbers:
            values["number"] = numbers[row.position] or None
        if values:
            known_by = "number" if row.position not in numbers else _words(row.cells, values)
            key = read_text(getattr(row.cells, known_by))
            updates.setdefault(known_by, []).append(RowUpdate(row.position, key, columns.values(values)))
    return [UpdateRows(columns.tab, columns.header(field), tuple(rows)) for field, rows in updates.items()]


def _words(cells: AgendaCells, values: Collection[str]) -> str:
    """Return a field that is text in every file, and not written now."""
    return next(
        (
            field
            for field in _WORDS
            if field not in values and is_filled(cell := getattr(cells, field)) and isinstance(cell, str)
        ),
        _WORDS[0],
    )


def _renumbered(book: Book) -> tuple[Renumbered, ...]:
    """Return the rows whose content is another number's, where no row of that number has its content.

    The moment of registration says whose it may be, and :data:`_LIKENESS` of all that is remembered that it is.
    """
    memories = {entry.number: read_memory(entry.memory) for entry in book.ledger}
    by_moment: dict[str, list[str]] = {}
    for number, memory in memories.items():
        if memory is not None and (moment := memory.cells.get("registered_at")):
            by_moment.setdefault(moment, []).append(number)
    settled: set[str] = set()
    claims: dict[str, list[AgendaRow]] = {}
    empty: list[AgendaRow] = []
    for row in book.agenda:
        now = digests(row.cells)
        own = _likeness(now, memories.get(row.number))
        best, likeness = max(
            ((number, _likeness(now, memories[number])) for number in by_moment.get(now.get("registered_at", ""), ())),
            key=lambda item: item[1],
            default=("", 0.0),
        )
        if not now and row.number:
            empty.append(row)
        elif best and best != row.number and likeness >= _LIKENESS and likeness > own:
            claims.setdefault(best, []).append(row)
        elif row.number:
            settled.add(row.number)
    found = {
        rows[0].position: Renumbered(rows[0].position, rows[0].number, number)
        for number, rows in claims.items()
        if number not in settled and len(rows) == 1
    }
    given = {item.new for item in found.values()}
    left_out = {row.position for rows in claims.values() for row in rows} - found.keys()
    doubled = {row.number for row in book.agenda if row.position in left_out} & given
    found = {position: item for position, item in found.items() if item.new not in doubled}
    found |= {row.position: Renumbered(row.position, row.number, "") for row in empty if row.number in given}
    return tuple(found[position] for position in sorted(found))


def _likeness(now: Mapping[str, str], memory: Memory | None) -> float:
    if memory is None or not memory.cells:
        return 0.0
    return sum(now.get(field) == value for field, value in memory.cells.items()) / len(memory.cells)


class _Cells:
    """The told cells of a book whose numbers are right, and where each can go."""

    def __init__(self, book: Book) -> None:
        told = find_mixture(book).told
        self._rows = {row.position: row for row in book.agenda}
        self._told: dict[Place, Told] = {
            (position, item.field): item for position, items in told.items() for item in items
        }
        self._memories = {entry.number: read_memory(entry.memory) for entry in book.ledger}
        standing: dict[str, list[int]] = {}
        for row in book.agenda:
            standing.setdefault(row.number, []).append(row.position)
        self._now: dict[int, Mapping[str, str]] = {}
        self._given_by_key = responses_by_key(book)
        self._ledger = book.ledger_by_number()
        self._positions = {number: places[0] for number, places in standing.items() if number and len(places) == 1}

    def unmixing(self, renumbered: tuple[Renumbered, ...]) -> Unmixing:
        homes = {place: self._home(item) for place, item in self._told.items() if item.fate is Fate.HOLDS}
        stuck = self._stuck(homes)
        writes: dict[Place, Cell] = {}
        cells: list[PutBack] = []
        left: list[NotPutBack] = []
        for place, home in homes.items():
            if place not in stuck and home is not None and home not in writes and not self._has_its_own(home):
                writes[home] = self._cell(place)
                source = self._rows[place[0]].number
                cells.append(PutBack(self._rows[home[0]].number, home[1], source))
        for place, item in self._told.items():
            if place in stuck:
                left.append(NotPutBack(self._rows[place[0]].number, item.field, stuck[place]))
            elif place not in writes:
                self._without_own(place, writes, cells, left)
        return Unmixing(renumbered, _in_order(cells), tuple(left), writes)

    def _home(self, item: Told) -> Place | None:
        position = self._positions.get(item.number)
        return None if position is None else (position, item.field)

    def _has_its_own(self, place: Place) -> bool:
        """The cell that was copied is where it belongs, too."""
        row = self._rows[place[0]]
        memory = self._memories.get(row.number)
        return memory is not None and self._digest(row, place[1]) == memory.cells.get(place[1])

    def _stuck(self, homes: Mapping[Place, Place | None]) -> dict[Place, str]:
        """Return the cells that cannot go where they belong, and so what else has to stay where it is."""
        stuck: dict[Place, str] = {}
        for place, home in homes.items():
            if home is None:
                number = self._told[place].number
                stuck[place] = f"it holds what belongs to {number}, which has no one row: `agenda restore {number}`"
            elif home not in homes and not self._is_free(home) and not self._has_its_own(home):
                number = self._told[place].number
                stuck[place] = f"it holds what belongs to {number}, where something else was typed since"
        by_home: dict[Place, list[Place]] = {}
        for place, home in homes.items():
            if home is not None:
                by_home.setdefault(home, []).append(place)
        ahead = list(stuck)
        while ahead:
            blocked = ahead.pop()
            for place in by_home.get(blocked, ()):
                if place not in stuck:
                    stuck[place] = f"{self._told[place].number} cannot take it back before its own cell is settled"
                    ahead.append(place)
        return stuck

    def _is_free(self, place: Place) -> bool:
        told = self._told.get(place)
        return told is not None and (told.fate is Fate.BROKEN or not is_filled(self._cell(place)))

    def _cell(self, place: Place) -> Cell:
        cell: Cell = getattr(self._rows[place[0]].cells, place[1])
        return cell

    def _without_own(
        self, place: Place, writes: dict[Place, Cell], cells: list[PutBack], left: list[NotPutBack]
    ) -> None:
        """No cell goes back here: empty it if it was empty, find the same elsewhere, ask the response, or name it."""
        position, field = place
        row, item = self._rows[position], self._told[place]
        memory = self._memories.get(row.number)
        if memory is None or not memory.cells.get(field):
            writes[place] = None
            cells.append(PutBack(row.number, field, row.number))
            return
        if (same := self._same(field, memory.cells[field])) is not None:
            writes[place] = self._cell((same.position, field))
            cells.append(PutBack(row.number, field, same.number))
            return
        given = self._given(row.number)
        answer = getattr(given, field) if given is not None and field in _ANSWERS | {"registered_at"} else None
        if answer is not None:
            writes[place] = answer
            cells.append(PutBack(row.number, field, ""))
            return
        if item.fate is Fate.HOLDS:
            writes[place] = None  # what stood here is back where it belongs
        left.append(NotPutBack(row.number, field, "what it held is nowhere in the agenda: type it again"))

    def _same(self, field: str, digest: str) -> AgendaRow | None:
        """A row that has the very content that was lost: a drop-down's entry that many have."""
        return next((row for row in self._rows.values() if self._digest(row, field) == digest), None)

    def _digest(self, row: AgendaRow, field: str) -> str | None:
        if row.position not in self._now:
            self._now[row.position] = digests(row.cells)
        return self._now[row.position].get(field)

    def _given(self, number: str) -> AgendaCells | None:
        """The row as registration made it, if its response is there."""
        entry = self._ledger[number]
        response = self._given_by_key.get(entry.response_key)
        if response is None:
            return None
        return new_agenda_cells(NewRegistration(number, response, entry.responded_at or entry.recorded_at))


def _in_order(cells: Iterable[PutBack]) -> tuple[PutBack, ...]:
    order = {field: place for place, field in enumerate(REMEMBERED)}
    return tuple(sorted(cells, key=lambda cell: (cell.number, order[cell.field])))
