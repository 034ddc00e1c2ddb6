"""Rows that hold each other's cells: the agenda against what the ledger remembers of it.

What is told stays told until the cell says something else, whatever happens in other rows meanwhile: the mark is kept
with the memory, and the memory of a marked cell stays what it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sync.domain.book import AgendaRow, Book
from sync.domain.cells import read_text
from sync.domain.memory import (
    REMEMBERED,
    Fate,
    Memory,
    Told,
    check,
    digests,
    is_as_checked,
    read_memory,
    seen,
    write_memory,
)
from sync.domain.moves import find_moves
from sync.domain.standing import Move, Standing
from sync.domain.table import CellError

_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!"})


@dataclass(frozen=True, slots=True)
class Mixture:
    """``told`` has the moved cells of each row concerned, by its position; ``memories`` what the ledger is to remember
    of a number from now on, where that is not what it remembers already."""

    told: Mapping[int, tuple[Told, ...]]
    memories: Mapping[str, str]


NOTHING_MIXED = Mixture({}, {})


def find_mixture(book: Book, accepted: Collection[str] = ()) -> Mixture:
    """Compare every row with its memory. ``accepted`` are numbers whose rows are taken as they stand.

    A row without a memory is only remembered. Pure; a row that nobody touched costs one digest.
    """
    ledger = {entry.number: entry for entry in book.ledger}
    counts = Counter(row.number for row in book.agenda if row.number)
    rows = [row for row in book.agenda if counts[row.number] == 1 and row.number in ledger]
    touched = [row for row in rows if not is_as_checked(ledger[row.number].memory, row.cells)]
    if not touched:
        return NOTHING_MIXED
    memories = {number: read_memory(entry.memory) for number, entry in ledger.items() if entry.memory}
    if all(memories.get(row.number) is None for row in touched):
        return Mixture({}, {row.number: write_memory(seen(row.cells)) for row in touched})
    standings = _standings(book, rows, touched, memories, counts)
    told = _told(standings, memories)
    by_key = {_key(row, ledger): row for row in book.agenda if counts[row.number] <= 1}
    told = {key: cells for key, cells in told.items() if key in by_key}
    now = {standing.key: standing.now for standing in standings}
    new: dict[str, str] = {}
    for row in touched:
        if row.number in accepted:
            told.pop(row.number, None)
        memory = _renewed(row, memories.get(row.number), now.get(row.number), told.get(row.number, ()))
        if (text := write_memory(memory)) != ledger[row.number].memory:
            new[row.number] = text
    return Mixture({by_key[key].position: tuple(cells) for key, cells in told.items() if cells}, new)


def _key(row: AgendaRow, ledger: Collection[str]) -> str:
    """A number is never like the key of a row without one: it begins with a letter."""
    return row.number if row.number in ledger else f"@{row.position}"


def _standings(
    book: Book,
    rows: Sequence[AgendaRow],
    touched: Sequence[AgendaRow],
    memories: Mapping[str, Memory | None],
    counts: Counter[str],
) -> list[Standing]:
    """Rows without a memory take no part: nothing is known of what they were."""
    changed = {row.number for row in touched}
    standings = []
    for row in rows:
        memory = memories.get(row.number)
        if memory is not None:
            now = digests(row.cells) if row.number in changed else memory.cells
            standings.append(Standing(row.number, memory.cells, now, row.cells))
    standing = {row.number for row in rows}
    copies: dict[str, list[AgendaRow]] = defaultdict(list)
    for row in book.agenda:
        if counts[row.number] > 1 and memories.get(row.number) is not None:
            copies[row.number].append(row)
    for number, several in copies.items():
        memory = memories[number]
        assert memory is not None
        standings.append(Standing(number, memory.cells, _of_copies(several, memory), several[0].cells))
        standing.add(number)
    present = {entry.number for entry in book.ledger if entry.present}
    standings += [
        Standing(number, memory.cells, None, None, vanished=counts[number] == 0 and number in present)
        for number, memory in memories.items()
        if number not in standing and memory is not None
    ]
    standings += [
        Standing(f"@{row.position}", {}, digests(row.cells), row.cells, numbered=False)
        for row in book.agenda
        if counts[row.number] <= 1 and row.number not in memories and row.number not in standing
    ]
    return standings


def _of_copies(copies: Sequence[AgendaRow], memory: Memory) -> dict[str, str]:
    """Return what a number that stands several times has: what one of its rows still has it has not lost.

    No document is made of such rows, but of the row that has got one of their cells one would be.
    """
    now: dict[str, str] = {}
    for found in (digests(row.cells) for row in copies):
        for field, value in found.items():
            if field not in now or memory.cells.get(field) == value:
                now[field] = value
    return now


def _told(standings: Sequence[Standing], memories: Mapping[str, Memory | None]) -> dict[str, list[Told]]:
    rows = {row.key: row for row in standings}
    told: dict[str, dict[str, Told]] = defaultdict(dict)
    for row in standings:
        if row.numbered and (memory := memories.get(row.key)) is not None:
            told[row.key] = {mark.field: mark for mark in memory.told if _stands(mark, row)}
    moves = find_moves(standings)
    for move in moves:
        source = move.source if rows[move.source].numbered else ""
        told[move.target].setdefault(move.field, Told(move.field, Fate.HOLDS, move.digest, source))
    for row in standings:
        for field in _broken(row):
            assert row.now is not None
            told[row.key].setdefault(field, Told(field, Fate.BROKEN, row.now[field], ""))
    known = {field: {row.was[field] for row in standings if field in row.was} for field in {m.field for m in moves}}
    for move in moves:
        if (loss := _loss(move, rows, known[move.field])) is not None:
            told[move.source].setdefault(move.field, loss)
    for key, cells in _strays(standings, told).items():
        told[key] = {**cells, **told[key]}
    order = {field: place for place, field in enumerate(REMEMBERED)}
    return {key: sorted(cells.values(), key=lambda item: order[item.field]) for key, cells in told.items() if cells}


def _stands(mark: Told, row: Standing) -> bool:
    """A cell is told as long as it says what it said when it was told."""
    return row.changed(mark.field) and row.now is not None and row.now.get(mark.field, "") == mark.digest


def _loss(move: Move, rows: Mapping[str, Standing], known: Collection[str]) -> Told | None:
    """The row that a cell left is told too, unless it has a content of its own there by now."""
    source, target = rows[move.source], rows[move.target]
    if not source.changed(move.field) or source.now is None:
        return None
    left = source.now.get(move.field, "")
    if left and left not in known:
        return None
    return Told(move.field, Fate.LOST, left, target.key if target.numbered else "")


def _broken(row: Standing) -> list[str]:
    if not row.numbered or row.now is None or row.now == row.was or row.cells is None:
        return []
    return [
        field
        for field in row.was
        if row.changed(field)
        and (isinstance(cell := getattr(row.cells, field), CellError) or read_text(cell).upper() in _ERRORS)
    ]


def _strays(standings: Sequence[Standing], told: Mapping[str, Mapping[str, Told]]) -> dict[str, dict[str, Told]]:
    """Return the cells in rows without a number that a registration is told to have lost to such a row."""
    lost = {
        (mark.field, row.was.get(mark.field)): row.key
        for row in standings
        if row.numbered
        for mark in told.get(row.key, {}).values()
        if mark.fate is Fate.LOST and not mark.number
    }
    found: dict[str, dict[str, Told]] = defaultdict(dict)
    for row in standings:
        if not row.numbered and lost:
            for field, value in (row.now or {}).items():
                if (owner := lost.get((field, value))) is not None:
                    found[row.key][field] = Told(field, Fate.HOLDS, value, owner)
    return found


def _renewed(row: AgendaRow, memory: Memory | None, now: Mapping[str, str] | None, told: Sequence[Told]) -> Memory:
    if memory is None or now is None:
        return seen(row.cells)
    if not told:
        return Memory(check(row.cells), now)
    marked = {mark.field for mark in told}
    cells = {field: memory.cells[field] for field in marked if field in memory.cells}
    cells |= {field: value for field, value in now.items() if field not in marked}
    return Memory("", cells, tuple(told))
