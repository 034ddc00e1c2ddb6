"""The book as it was read: enough to decide where a change has to go, and what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.domain.cells import read_text
from sync.domain.table import Cell, Link, NewCell, Revision, Row, Table
from sync.workspace.google.revision import Mark


@dataclass(frozen=True, slots=True)
class Grid:
    """One tab. ``rows`` are those below the header, each as wide as the header; a row's position is its index.

    ``filled`` counts the rows from the top, header included, down to the last in which anything stands, also right of
    the last header. ``links`` has the targets of linked cells by position and column. ``moments`` are the columns in
    which numbers are moments.
    """

    tab: str
    sheet_id: int
    row_count: int
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    filled: int
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    moments: frozenset[int] = frozenset()

    @property
    def table(self) -> Table:
        return Table(self.tab, self.headers, tuple(Row(position, cells) for position, cells in enumerate(self.rows)))

    def column(self, header: str) -> int:
        """Return the index of the column headed so.

        Raises:
            HeaderMissing, HeaderDoubled.
        """
        return Table(self.tab, self.headers, ()).column(header)

    def key(self, position: int, column: int) -> str:
        """Return the text that identifies the row; ``""`` past the last row."""
        return read_text(self.rows[position][column]) if 0 <= position < len(self.rows) else ""

    def value(self, position: int, column: int) -> NewCell:
        """Return what stood in the cell, as it would be written again; a failed formula's cell as empty."""
        cell = self.rows[position][column]
        target = self.links.get((position, column))
        if target and isinstance(cell, str):
            return Link(cell, target)
        return cell if isinstance(cell, str | int | float | bool) else None


@dataclass(frozen=True, slots=True)
class BookState:
    """What one read saw. ``register_id`` is None where there is no ledger tab; ``taken`` are protected ranges' ids."""

    mark: Mark | None
    grids: Mapping[str, Grid]
    register_id: int | None
    register_locked: bool = False
    """Somebody protected the ledger tab as a whole, not the job."""
    taken: frozenset[int] = frozenset()
    titles: tuple[str, ...] = ()
    """The tabs seen."""
    places: tuple[tuple[int, int], ...] = ()
    """Place among all tabs, and id, of each tab that was read; a place that is missing is a tab's that was not."""

    @property
    def revision(self) -> Revision:
        return Revision(str(self.mark.number) if self.mark else "0")

    @property
    def has_others_between(self) -> bool:
        """Tell whether a tab that was not asked for stands before the last one that was: a form's new tab does."""
        return bool(self.places) and self.places[-1][0] >= len(self.places)
