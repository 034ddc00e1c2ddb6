"""What a workspace gives and takes: tables of typed cells, and the changes to be made to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType, TypeAlias

from sync.errors import HeaderDoubled, HeaderMissing, TabMissing

Revision = NewType("Revision", str)
"""What a workspace was when it was read; opaque, compared for equality only."""


@dataclass(frozen=True, slots=True)
class CellError:
    """A formula that failed, by the code the spreadsheet shows (``#REF!``, ``#N/A`` …)."""

    code: str


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that shows ``text`` and opens ``target``; read back it is only its text."""

    text: str
    target: str


Cell: TypeAlias = str | int | float | bool | datetime | date | time | CellError | None
"""A cell as stored: nothing is guessed or converted on the way in. An empty cell is ``None``, never ``""``."""

NewCell: TypeAlias = str | int | float | bool | datetime | date | time | Link | None
"""A cell to be written. Text is stored as text whatever it looks like; ``None`` empties the cell; a bare ``time`` or
``date`` is stored as one and shown as one (hh:mm, dd/mm/yyyy)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header.

    ``position`` is 0 for the row right under the header. It is where the row stood when it was read: a hint for the
    workspace, never an identity.
    """

    position: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One tab: its headers as found (empty ones as ``""``) and its rows, each exactly as wide as the header."""

    tab: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]

    def has(self, header: str) -> bool:
        """Tell whether a column is headed ``header`` (compared by :func:`header_key`)."""
        wanted = header_key(header)
        return any(header_key(name) == wanted for name in self.headers)

    def column(self, header: str) -> int:
        """Return the 0-based index of the one column headed ``header`` (compared by :func:`header_key`).

        Raises:
            HeaderMissing: no column is headed so.
            HeaderDoubled: more than one is.
        """
        wanted = header_key(header)
        found = [index for index, name in enumerate(self.headers) if header_key(name) == wanted]
        if not found:
            raise HeaderMissing(self.tab, header, tuple(name for name in self.headers if name.strip()))
        if len(found) > 1:
            raise HeaderDoubled(self.tab, header, tuple(index + 1 for index in found))
        return found[0]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that was read in one go, and the revision it was read at."""

    revision: Revision
    tables: Mapping[str, Table]

    def table(self, tab: str) -> Table:
        """Return the table of ``tab``.

        Raises:
            TabMissing: the workbook has no such tab.
        """
        try:
            return self.tables[tab]
        except KeyError:
            raise TabMissing(tab, tuple(self.tables)) from None


@dataclass(frozen=True, slots=True)
class AppendRows:
    """New rows under the last row of ``tab``; values by header, a header left out stays empty."""

    tab: str
    rows: tuple[Mapping[str, NewCell], ...]


@dataclass(frozen=True, slots=True)
class RowUpdate:
    """New values for some cells of one row, by header; the other cells of the row are left alone.

    ``position`` and ``key`` are as read: the row is the one at ``position`` as long as its key column still holds
    ``key`` (``""`` for a row without one).
    """

    position: int
    key: str
    values: Mapping[str, NewCell]


@dataclass(frozen=True, slots=True)
class UpdateRows:
    """Updates of existing rows of ``tab``, whose identity is the text in the column ``key_header``."""

    tab: str
    key_header: str
    rows: tuple[RowUpdate, ...]


@dataclass(frozen=True, slots=True)
class ReplaceRows:
    """The whole content of a tab that the job alone writes: every row under the header."""

    tab: str
    rows: tuple[Mapping[str, NewCell], ...]


@dataclass(frozen=True, slots=True)
class AddColumns:
    """New columns of ``tab``, headed so, right of its last header; a header that stands there already adds none."""

    tab: str
    headers: tuple[str, ...]


Change: TypeAlias = AppendRows | UpdateRows | ReplaceRows | AddColumns


def header_key(header: str) -> str:
    """Return what two equal headers have in common: NFKC, case folded, white space collapsed and trimmed."""
    return " ".join(unicodedata.normalize("NFKC", header).casefold().split())
