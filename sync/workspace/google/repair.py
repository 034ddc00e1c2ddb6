"""Putting right what a batch wrote beside its mark: the book, read again, against what it was and was to become.

Rows are compared by number and columns by header, so nothing depends on where anything stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sync.domain.cells import read_text
from sync.domain.table import Cell, CellError, Link, NewCell, header_key
from sync.workspace.google.blocks import Place
from sync.workspace.google.cells import same, stored_value
from sync.workspace.google.draft import Written
from sync.workspace.google.grid import BookState, Grid


def repairs(
    before: BookState,
    now: BookState,
    written: Sequence[Written],
    sent: Sequence[Written],
    hit: Mapping[str, Collection[str]] | None,
) -> dict[str, dict[Place, NewCell]]:
    """Return, by tab, the cells to write so that the book is what the batch meant to make it; empty when it is.

    Args:
        before: the book that the batch was decided on.
        now: the book after it took effect, as no other commit has changed it since.
        written: what it wrote, and where.
        sent: all that was written since ``before``, earlier repairs too.
        hit: the numbers of the rows that were really written since ``before``, if they are known.
    """
    found: dict[str, dict[Place, NewCell]] = {}
    for tab in dict.fromkeys(row.tab for row in written):
        rows = [row for row in written if row.tab == tab]
        grid = now.grids.get(tab)
        if grid is None:
            continue  # renamed or deleted meanwhile: the next read says so
        strays = {_comparable(value) for row in sent if row.tab == tab for value in row.values.values()}
        cells = _TabRepair(before.grids[tab], grid, rows, strays, hit.get(tab, ()) if hit else None).cells()
        if cells:
            found[tab] = cells
    return found


class _TabRepair:
    """One tab: every cell that holds a value of the batch without being meant to gets back what it held."""

    def __init__(
        self,
        before: Grid,
        now: Grid,
        written: Sequence[Written],
        strays: Collection[Cell],
        hit: Collection[str] | None,
    ) -> None:
        self._before, self._now, self._written, self._strays, self._hit = before, now, written, strays, hit
        self._places = {header_key(header): column for column, header in enumerate(now.headers)}
        self._old_places = {header_key(header): column for column, header in enumerate(before.headers)}
        self._linked = {
            header_key(before.headers[column])
            for row in written
            for column, value in row.values.items()
            if isinstance(value, Link)
        }
        self._cells: dict[Place, NewCell] = {}

    def cells(self) -> dict[Place, NewCell]:
        new = [row for row in self._written if row.is_new]
        if any(self._moved(column) for row in new for column in row.values):
            for row in new:
                self._new_row(row)
        updates = [row for row in self._written if row.key_column is not None]
        for key_column in dict.fromkeys(row.key_column for row in updates):
            if key_column is not None:
                self._updates(key_column, [row for row in updates if row.key_column == key_column])
        return self._cells

    def _moved(self, column: int) -> bool:
        return self._now_column(column) != column

    def _now_column(self, column: int) -> int | None:
        """Where the column that stood at ``column`` stands now."""
        return self._places.get(header_key(self._before.headers[column]))

    def _new_row(self, written: Written) -> None:
        """A row of our own whose columns had moved: every value goes under its header. Nobody else wrote in it."""
        wanted = {column: stored_value(value) for column, value in written.values.items()}
        filled = {column: value for column, value in wanted.items() if value is not None}
        for position, cells in enumerate(self._now.rows):
            if all(column < len(cells) and same(cells[column], value) for column, value in filled.items()):
                # A header that is nowhere was renamed in place: what stands under it is its own, and stays.
                moved = [column for column in filled if self._now_column(column) not in (None, column)]
                self._cells |= {(position + 1, column): None for column in moved}
                for column, value in written.values.items():
                    now = self._now_column(column)
                    if now is not None:
                        self._cells[position + 1, now] = value
                return

    def _updates(self, key_column: int, written: Sequence[Written]) -> None:
        key_now = self._now_column(key_column)
        if key_now is None:
            return
        hit = {column for row in written for column in row.values}
        suspects = {now for column in hit if (now := self._now_column(column)) is not None}
        if any(self._moved(column) for column in [*hit, key_column]):
            self._hit = None  # what the answer has as keys is another column's
            suspects |= {column for column in hit if column < len(self._now.headers)}
        intended = self._intended(written, suspects)
        old = self._old_positions(key_column, suspects)
        for position, cells in enumerate(self._now.rows):
            key = read_text(cells[key_now])
            identity = self._identity(cells, key, suspects)
            queue = intended.get(identity, [])
            meant = queue.pop(0) if len(queue) > 1 else queue[0] if queue else {}
            for column in suspects:
                if column in meant:
                    if not self._holds(position, column, cells[column], meant[column]):
                        self._cells[position + 1, column] = meant[column]
                elif _comparable(cells[column]) in self._strays and (self._hit is None or key in self._hit):
                    self._restore(position, column, cells[column], old.get(identity))

    def _intended(self, written: Sequence[Written], suspects: set[int]) -> dict[object, list[dict[int, NewCell]]]:
        """What each row should have become, by its identity, in columns as they stand now."""
        meant: dict[object, list[dict[int, NewCell]]] = {}
        for row in written:
            values = {
                now: value for column, value in row.values.items() if (now := self._now_column(column)) is not None
            }
            meant.setdefault(self._old_identity(row.row - 1, row.key, suspects), []).append(values)
        return meant

    def _old_positions(self, key_column: int, suspects: set[int]) -> dict[object, int]:
        return {
            self._old_identity(position, self._before.key(position, key_column), suspects): position
            for position in reversed(range(len(self._before.rows)))
        }

    def _identity(self, cells: Sequence[Cell], key: str, suspects: set[int]) -> object:
        """The row's number; for a row without one, what people wrote in it."""
        if key:
            return key
        return frozenset(
            (header_key(self._now.headers[column]), read_text(cell))
            for column, cell in enumerate(cells)
            if cell is not None and column not in suspects
        )

    def _old_identity(self, position: int, key: str, suspects: set[int]) -> object:
        if key or position >= len(self._before.rows):
            return key
        left_out = {header_key(self._now.headers[column]) for column in suspects}
        return frozenset(
            (header_key(self._before.headers[column]), read_text(cell))
            for column, cell in enumerate(self._before.rows[position])
            if cell is not None and header_key(self._before.headers[column]) not in left_out
        )

    def _holds(self, position: int, column: int, found: Cell, value: NewCell) -> bool:
        """Two links may show one text: the target counts, where it can be read."""
        if not same(found, stored_value(value)):
            return False
        return not isinstance(value, Link) or self._now.links.get((position, column)) == value.target

    def _restore(self, position: int, column: int, found: Cell, old_position: int | None) -> None:
        """Give back what the cell held; nothing in a row that was not there, whose cells the next run derives.

        Nor a text whose link is not known: the next run would take it for right, and leave it without one.
        """
        old_column = self._old_places.get(header_key(self._now.headers[column]))
        value: NewCell = None
        if old_position is not None and old_column is not None:
            value = self._before.value(old_position, old_column)
        if isinstance(value, Link):
            if not self._holds(position, column, found, value):
                self._cells[position + 1, column] = value
            return
        if isinstance(value, str) and header_key(self._now.headers[column]) in self._linked:
            if self._hit is None and same(found, value):
                return  # nothing says that this row was written at all
            value = None
        if not same(found, stored_value(value)):
            self._cells[position + 1, column] = value


def _comparable(value: NewCell | Cell) -> Cell:
    stored = value if isinstance(value, CellError) else stored_value(value)
    return round(stored, 6) if isinstance(stored, float) else stored
