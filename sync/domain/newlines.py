"""What of an imported file is new to the book: each visit comes in once, from whatever export, however often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sync.domain.book import Book, LedgerEntry
from sync.domain.edited import Visits, match_responses
from sync.domain.intake import ImportedLine
from sync.domain.registration import Response
from sync.domain.remembered import Parts, Remembered, exact_digest, parts_of, remember, remember_version, short_key
from sync.domain.rules import Rules
from sync.domain.table import AppendRows, Cell, CellError, Change, NewCell, RowUpdate, UpdateRows
from sync.domain.tabs import ResponseCells

_NEVER = -1
"""The row of a response that stands nowhere yet."""


@dataclass(frozen=True, slots=True)
class NewLines:
    """The lines of a file held against the book. Every line is in one of the four."""

    fresh: tuple[ImportedLine, ...]
    """Visits that the tab of responses does not have."""
    newer: tuple[tuple[ImportedLine, str, Remembered], ...]
    """Responses that were edited since they were registered: they come in beside, each with its number and what the
    ledger is to remember."""
    differing: tuple[tuple[ImportedLine, int], ...]
    """Not taken: another version of a response that stands in the tab, in that row, and has no number yet."""
    known: int
    """How many lines the tab has as they are, or in a later version."""


def new_lines(lines: Sequence[ImportedLine], book: Book, now: datetime) -> NewLines:
    """Return what of ``lines`` is new."""
    visits = match_responses(book, now)
    owner_of_row = {item.position: number for number, items in visits.versions.items() for item in items}
    entries = book.ledger_by_number()
    seen = _Seen(book, visits)
    rows = {line.line: seen.rows(line) for line in lines}
    unseen = list({line.key: line for line in reversed(lines) if rows[line.line] is None}.values())
    taken = frozenset(key for found in rows.values() if found for key in found)
    given = {entry.response_key for entry in book.ledger}
    asked = [line for line in unseen if line.key not in given]
    standing = _as_ledger(response for response in book.responses if response.content_key not in taken)
    by_row = match_responses(
        replace(book, ledger=standing, agenda=(), responses=tuple(_as_response(item) for item in asked)), now
    )
    by_line = {line.line: line for line in asked}
    # What has a number and is gone from the tab comes back as it was; the ledger knows whose it is.
    fresh = [line for line in unseen if line.key in given]
    fresh += [by_line[response.position] for response in by_row.pending]
    newer: list[tuple[ImportedLine, str, Remembered]] = []
    differing: list[tuple[ImportedLine, int]] = []
    for row, versions in by_row.versions.items():
        if row not in by_row.changed:
            continue
        position = int(row)
        number = owner_of_row.get(position)
        known = entries[number].remembered if number else None
        for response in versions:
            line = by_line[response.position]
            if number and known:
                kept = visits.remembered.get(number, known)
                newer.append((line, number, remember_version(kept, response, list(visits.versions[number]))))
            else:
                differing.append((line, position))
    fresh.sort(key=lambda line: line.line)
    known_lines = len(lines) - len(fresh) - len(newer) - len(differing)
    return NewLines(tuple(fresh), tuple(newer), tuple(differing), known_lines)


class _Seen:
    """What the tab has already, or had in an earlier version: exactly, in another writing, or to the minute."""

    def __init__(self, book: Book, visits: Visits) -> None:
        self._rows: dict[object, frozenset[str]] = {}
        self._minutes: dict[tuple[datetime | None, Parts], frozenset[str]] = {}
        for entry in book.ledger:
            if versions := visits.versions.get(entry.number):
                rows = frozenset(response.content_key for response in versions)
                self._rows[entry.response_key] = rows
                if entry.remembered:
                    self._rows.update(dict.fromkeys(entry.remembered.keys, rows))
                    self._rows[_second(entry.responded_at), entry.remembered.exact] = rows
        for response in book.responses:
            row = frozenset([response.content_key])
            self._rows.setdefault((response.second, exact_digest(response.cells)), row)
            self._rows.setdefault(response.content_key, row)
            self._minutes.setdefault((_minute(response.moment), parts_of(response.cells)), row)

    def rows(self, line: ImportedLine) -> frozenset[str] | None:
        """Return the keys of the rows that ``line`` is a version of, None if it is of none."""
        keys: list[object] = [line.key, short_key(line.key)]
        if line.moment is not None:
            keys.append((_second(line.moment), exact_digest(line.cells)))
        found = next((self._rows[key] for key in keys if key in self._rows), None)
        if found is None and line.to_the_minute:
            return self._minutes.get((_minute(line.moment), parts_of(line.cells)))
        return found


def _second(moment: datetime | None) -> datetime | None:
    return moment.replace(microsecond=0) if moment else None


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None


def _as_response(line: ImportedLine) -> Response:
    return Response(line.line, line.key, line.moment, line.cells)


def _as_ledger(responses: Iterable[Response]) -> tuple[LedgerEntry, ...]:
    """Take each row of the tab for a number of its own: a line of the file can be one row's only."""
    entries: dict[str, LedgerEntry] = {}
    for response in responses:
        known = replace(remember(response), row=_NEVER)
        entries.setdefault(
            response.content_key,
            LedgerEntry(
                position=response.position,
                number=str(response.position),
                response_key=response.content_key,
                responded_at=response.moment,
                recorded_at=datetime(1900, 1, 1),
                present=True,
                remembered=known,
            ),
        )
    return tuple(entries.values())


def known_in_book(lines: Iterable[ImportedLine], book: Book) -> int:
    """Return how many of ``lines`` are of a moment and a person that the book has: then their dates are read right."""
    persons: set[tuple[datetime | None, str]] = set()
    for moment, parts in (
        *((response.second, parts_of(response.cells)) for response in book.responses),
        *((entry.responded_at, entry.remembered.parts) for entry in book.ledger if entry.remembered),
    ):
        persons |= {(_minute(moment), part) for part in parts[:2] if part}
    return sum(
        line.moment is not None
        and any((_minute(line.moment), part) in persons for part in parts_of(line.cells)[:2] if part)
        for line in lines
    )


def import_changes(new: NewLines, book: Book, rules: Rules) -> list[Change]:
    """Return the one commit that takes the new lines in; empty when there are none."""
    rows = [line.cells for line in new.fresh] + [line.cells for line, _, _ in new.newer]
    if not rows:
        return []
    responses, register = rules.columns.responses, rules.columns.register
    changes: list[Change] = [AppendRows(responses.tab, tuple(responses.values(_stored(cells)) for cells in rows))]
    entries = book.ledger_by_number()
    updates = {
        number: RowUpdate(entries[number].position, number, register.values({"remembered": remembered.write()}))
        for _, number, remembered in new.newer
    }
    if updates:
        changes.append(UpdateRows(register.tab, register.header("number"), tuple(updates.values())))
    return changes


def _stored(cells: ResponseCells) -> dict[str, NewCell]:
    return {field: _new_cell(cell) for field, cell in zip(ResponseCells._fields, cells, strict=True)}


def _new_cell(cell: Cell) -> NewCell:
    return cell.code if isinstance(cell, CellError) else cell


def span_of(lines: Iterable[ImportedLine]) -> tuple[datetime, datetime] | None:
    """Return the first and the last moment, None where no line has one."""
    moments = [line.moment for line in lines if line.moment]
    return (min(moments), max(moments)) if moments else None
