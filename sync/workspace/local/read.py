"""The book's bytes → tables of typed cells. Each part is taken apart once, however often it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sync.domain.table import Cell, CellError, Row, Table
from sync.workspace.local.bomb import refuse_bomb
from sync.workspace.local.cells import CellContext, RowCells, RowReader, cell_context, read_whole
from sync.workspace.local.package import MAIN, Package, SheetPart, whole
from sync.workspace.local.sheet import Area, NotUnderstood, RowSpan, SheetXml, area_of, taken_apart
from sync.workspace.local.xml_tree import Element


class Sheet:
    """One tab of cells, as it stands in an opened book."""

    def __init__(self, name: str, part: str, xml: SheetXml, context: CellContext) -> None:
        self.name = name
        self.part = part
        self.xml = xml
        self.context = context

    @cached_property
    def spans(self) -> dict[int, RowSpan]:
        """The rows as written, by number, in order.

        Raises:
            NotUnderstood: they can be read, but not written.
        """
        return {row.number: row for row in self.xml.rows()}

    @cached_property
    def around(self) -> Element:
        """The tree of everything but the rows and the links: not to be changed."""
        return self.xml.around()

    @cached_property
    def merges(self) -> tuple[Area, ...]:
        if b"mergeCell" not in self.xml.after:
            return ()
        return tuple(area_of(merge.get("ref", "")) for merge in self.around.iter(f"{MAIN}mergeCell"))

    @cached_property
    def rows(self) -> Mapping[int, RowCells]:
        """The cells that hold something, by row; those that a merge covers are empty, whatever was left in them."""
        try:
            return self.read(self.spans.values())
        except NotUnderstood:
            return self._merged(read_whole(self.xml, self.context))

    def read(self, spans: Iterable[RowSpan]) -> dict[int, RowCells]:
        """Return what some rows hold, which need not stand in this sheet yet."""
        return self._merged(RowReader(self.xml, self.context).read(spans))

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers alone: of a tab that nobody asked for no other row is read."""
        if "rows" in self.__dict__:
            return self.table.headers
        try:
            first = self.spans.get(1)
        except NotUnderstood:
            return self.table.headers
        return headers_of(self.read([first]).get(1, {})) if first else ()

    def _merged(self, rows: dict[int, RowCells]) -> dict[int, RowCells]:
        for merge in self.merges:
            _empty_covered(rows, merge)
        return rows

    @cached_property
    def table(self) -> Table:
        """The tab from its header down to the last row that holds something under a header."""
        headers = headers_of(self.rows.get(1, {}))
        width = len(headers)
        columns = range(1, width + 1)
        last = 1
        for number, cells in self.rows.items():
            if number > last and any(column <= width for column in cells):
                last = number
        nothing = (None,) * width
        rows = self.rows
        return Table(
            self.name,
            headers,
            tuple(
                Row(number - 2, tuple(map(rows[number].get, columns)) if number in rows else nothing)
                for number in range(2, last + 1)
            ),
        )

    def changed(
        self, xml: SheetXml, context: CellContext, anew: Iterable[RowSpan], rewritten: Collection[int]
    ) -> Sheet:
        """Return this sheet after rows ``rewritten`` were, now ``anew`` (or gone): all others are known already."""
        sheet = Sheet(self.name, self.part, xml, context)
        rows = {number: cells for number, cells in self.rows.items() if number not in rewritten}
        sheet.__dict__["rows"] = rows | sheet.read(anew)
        return sheet

    def under(self, context: CellContext) -> Sheet:
        """Return the sheet where styles were added to the book that none of its cells had."""
        sheet = Sheet(self.name, self.part, self.xml, context)
        sheet.__dict__ |= self.__dict__ | {"context": context}
        return sheet

    def with_xml(self, xml: SheetXml) -> Sheet:
        """Return the sheet with something else around the same rows."""
        sheet = Sheet(self.name, self.part, xml, self.context)
        sheet.__dict__ |= {name: self.__dict__[name] for name in ("rows", "table") if name in self.__dict__}
        return sheet


@dataclass
class OpenedBook:
    """A book taken apart, as far as it was asked for."""

    name: str
    """What to call it in an error."""
    content: bytes
    package: Package
    context: CellContext
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """Return the tab of that name, None if there is none of cells.

        Raises:
            BookUnreadable.
        """
        if name not in self.sheets:
            part = next((sheet for sheet in self.tabs if sheet.name == name), None)
            if part is None:
                return None
            with whole(self.name, self.content):
                xml = taken_apart(self.package.read(part.part), name)
                self.sheets[name] = Sheet(name, part.part, xml, self.context)
        return self.sheets[name]

    @cached_property
    def tabs(self) -> tuple[SheetPart, ...]:
        """The tabs of cells."""
        return tuple(sheet for sheet in self.package.sheets if sheet.kind == "worksheet")

    def tables(self, tabs: Sequence[str]) -> dict[str, Table]:
        """Return the tables of those of ``tabs`` that the book has.

        Cells hold what the file holds: a number under a date format is a moment rounded to the millisecond (a time
        alone below 1), under a duration format a number of days; a formula is the value it had when the book was last
        saved by a program that calculates, and empty if it never was.

        Raises:
            BookUnreadable.
        """
        found = {}
        for tab in self.tabs:
            sheet = self.sheet(tab.name) if tab.name in tabs else None
            if sheet is not None:
                with whole(self.name, self.content):
                    found[tab.name] = sheet.table
        return found

    def other_headers(self, known: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the headers of every tab of cells but the ``known`` ones, by its name.

        Raises:
            BookUnreadable.
        """
        found = {}
        for tab in self.tabs:
            sheet = self.sheet(tab.name) if tab.name not in known else None
            if sheet is not None:
                with whole(self.name, self.content):
                    found[tab.name] = sheet.headers
        return found


def opened(name: str, content: bytes) -> OpenedBook:
    """Open a book; ``name`` is what to call it in an error.

    Raises:
        BookUnreadable.
    """
    with whole(name, content):
        refuse_bomb(content)
        package = Package(content)
        book = OpenedBook(name, content, package, cell_context(package))
        package.check()
        return book


def headers_of(row: RowCells) -> tuple[str, ...]:
    """Return the headers in a first row, up to the last that shows anything; empty ones between as ``""``."""
    width = max((column for column, cell in row.items() if text_of(cell).strip()), default=0)
    return tuple(text_of(row.get(column)) for column in range(1, width + 1))


def text_of(cell: Cell) -> str:
    """Return what a cell shows, roughly: a header or a key is text, or a number that stands for it."""
    if cell is None:
        return ""
    return cell.code if isinstance(cell, CellError) else str(cell)


def _empty_covered(rows: dict[int, RowCells], merge: Area) -> None:
    """Empty the cells that a merge covers: all of it but its first. Other programs leave old values in them."""
    left, top, right, bottom = merge
    # A merge may be of whole columns: only rows that hold something are looked at.
    for number in range(top, bottom + 1) if bottom - top < len(rows) else tuple(rows):
        if top <= number <= bottom and number in rows:
            cells = rows[number]
            for column in [column for column in cells if left <= column <= right]:
                if (number, column) != (top, left):
                    del cells[column]
