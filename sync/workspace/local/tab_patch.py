"""Changes to one tab → what is to be written into its cells, and what around them goes with that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from sync.domain.layout import TabLayout
from sync.domain.table import Link, NewCell, RowUpdate, Table, header_key
from sync.errors import BookChanged, MergedCells
from sync.workspace.local.cells import CellContext
from sync.workspace.local.looks import header_look, look_of
from sync.workspace.local.package import Package
from sync.workspace.local.ranges import (
    column_styles,
    grown,
    grown_table,
    linked,
    reaching,
    widths_of,
    with_column,
)
from sync.workspace.local.read import Sheet, text_of
from sync.workspace.local.sheet import LAST_ROW, area_text, attributes
from sync.workspace.local.sheet_write import SheetDraft
from sync.workspace.local.styles import Styles


class TabPatch:
    """What is to be done to one tab; the changes see what those before them did."""

    def __init__(self, book: str, sheet: Sheet, layout: TabLayout | None, styles: Styles) -> None:
        self._book = book
        self._sheet = sheet
        self._styles = styles
        self.draft = SheetDraft(sheet, styles)
        self._before = sheet.xml.before
        self._grown: list[tuple[int, int]] = []
        self._links: dict[tuple[int, int], str | None] = {}
        header = sheet.rows.get(1, {})
        width = max(header, default=0)
        self._headers = Table(sheet.name, tuple(text_of(header.get(column)) for column in range(1, width + 1)), ())
        self._by_header = {header_key(column.header): column for column in layout.columns} if layout else {}
        self._own = frozenset(self._by_header) if layout else None
        self._columns: dict[str, int] = {}

    @property
    def writes_anything(self) -> bool:
        return bool(self.draft.cells or self.draft.gone)

    def add_columns(self, headers: Sequence[str]) -> None:
        for header in dict.fromkeys(headers):
            if self._headers.has(header):
                continue
            # Right of everything, not only of the headers: what staff keep beside the table stays theirs.
            filled = self._filled_columns | {column for cells in self.draft.cells.values() for column in cells}
            column = 1 + max(filled, default=len(self._headers.headers))
            layout = self._by_header.get(header_key(header))
            look = header_look(job=layout.job if layout else True)
            self.draft.new_styles[1, column] = self._styles.with_look(0, look)
            self._put(1, column, header)
            style = self._styles.with_look(0, look_of(layout.kind)) if layout else 0
            prefix = self._sheet.xml.prefix
            self._before = with_column(self._before, prefix, column, layout.width if layout else 18, style)
            self.__dict__.pop("_column_styles", None)
            gap = [""] * (column - 1 - len(self._headers.headers))
            self._headers = replace(self._headers, headers=(*self._headers.headers, *gap, header))

    def append(self, rows: Sequence[Mapping[str, NewCell]]) -> None:
        last = self._last_row(len(rows))
        for row, values in enumerate(rows, last + 1):
            for header, value in values.items():
                column = self._column(header)
                self.draft.new_styles[row, column] = self._style_below(last, column)
                self._put(row, column, value)
        if rows:
            self._grown.append((last, last + len(rows)))

    def replace(self, rows: Sequence[Mapping[str, NewCell]]) -> None:
        last = self._last_row(0)
        named = {self._column(header) for values in rows for header in values}
        columns = named | {
            index
            for index, header in enumerate(self._headers.headers, 1)
            if header.strip() and (self._own is None or header_key(header) in self._own)
        }
        for left, top, right, bottom in self._sheet.merges:
            if bottom > 1 and columns & set(range(left + (bottom == top), right + 1)):
                raise MergedCells(self._sheet.name, area_text((left, top, right, bottom)))
        for row, span in self._sheet.spans.items():
            for cell in self._sheet.xml.cells(span) if row > len(rows) + 1 else ():
                if cell.column in columns:
                    self.draft.gone.add((row, cell.column))
                    self._links[row, cell.column] = None
        for row in [row for row in self.draft.cells if row > len(rows) + 1]:
            for column in columns & self.draft.cells[row].keys():
                del self.draft.cells[row][column]
                self._links[row, column] = None
        for row, values in enumerate(rows, 2):
            by_column = {self._column(header): value for header, value in values.items()}
            for column in sorted(columns):
                self._put(row, column, by_column.get(column))
        self._grown.append((last, len(rows) + 1))

    def update(self, key_header: str, updates: Sequence[RowUpdate]) -> None:
        key_column = self._column(key_header)
        by_key: dict[str, int] | None = None
        for update in updates:
            row, key = update.position + 2, update.key.strip()
            if self._text(row, key_column).strip() != key:
                if by_key is None:
                    by_key = self._rows_by_key(key_column)
                found = by_key.get(key) if key else None
                if found is None:
                    raise BookChanged(self._book)
                row = found
            for header, value in update.values.items():
                self._put(row, self._column(header), value)

    def finish(self, package: Package) -> Sheet:
        """Return the sheet as it will be; tables and links go into ``package`` at once."""
        xml, draft = self._sheet.xml, self.draft
        data, anew = draft.written(widths_of(self._before, xml.prefix))
        right = max((column for cells in draft.cells.values() for column in cells), default=1)
        before = reaching(self._before, xml.prefix, right, max(draft.cells, default=1))
        after = xml.after
        for last_before, last in self._grown:
            after = grown(replace(xml, after=after), last_before, last)
            self._grow_tables(package, last_before, last)
        changed = replace(xml, before=before, data=data, after=after)
        if self._links and (any(self._links.values()) or b"hyperlink" in after):
            changed = replace(changed, after=linked(changed, package, self._sheet.part, self._links))
        rewritten = {*draft.cells, *(row for row, _ in draft.gone), *(span.number for span in anew)}
        context: CellContext = replace(self._sheet.context, moment_styles=frozenset(self._styles.moments))
        return self._sheet.changed(changed, context, anew, rewritten)

    def _grow_tables(self, package: Package, last_before: int, last: int) -> None:
        if b"tableParts" in self._sheet.xml.after:
            for relation in package.relations(self._sheet.part):
                if relation.kind == "table" and relation.target in package.names:
                    table = package.read(relation.target)
                    larger = grown_table(table, last_before, last)
                    if larger != table:
                        package.put(relation.target, larger)

    def _rows_by_key(self, key_column: int) -> dict[str, int]:
        rows = sorted({*self._sheet.rows, *self.draft.cells} - {1}, reverse=True)
        return {text: row for row in rows if (text := self._text(row, key_column).strip())}

    def _column(self, header: str) -> int:
        column = self._columns.get(header)
        if column is None:
            column = self._columns[header] = self._headers.column(header) + 1
        return column

    def _put(self, row: int, column: int, value: NewCell) -> None:
        self._refuse_merged(row, column)
        self.draft.cells.setdefault(row, {})[column] = value
        self._links[row, column] = value.target if isinstance(value, Link) else None
        if (row, column) not in self.draft.new_styles:
            self.draft.new_styles[row, column] = self._style_of_row(row, column)

    def _refuse_merged(self, row: int, column: int) -> None:
        for left, top, right, bottom in self._sheet.merges:
            if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                raise MergedCells(self._sheet.name, area_text((left, top, right, bottom)))

    def _last_row(self, count: int) -> int:
        """Return the last row that shows anything, at least 1. A prepared formula that shows nothing does not count.

        Nor does what strays so far down that ``count`` rows would not fit below it: they go where there is room.
        """
        filled = {row for row, cells in self._sheet.rows.items() if any(map(text_of, cells.values()))}
        for row in {*self.draft.cells, *(row for row, _ in self.draft.gone)}:
            filled.discard(row)
            columns = {*self._sheet.rows.get(row, {}), *self.draft.cells.get(row, {})}
            if any(self._text(row, column) for column in columns):
                filled.add(row)
        for left, top, _, bottom in self._sheet.merges:
            if self._text(top, left):
                filled.add(bottom)
        following = LAST_ROW + 1
        for row in sorted(filled | {1}, reverse=True):
            if row + count < following:
                return row
            following = row
        return 1

    def _text(self, row: int, column: int) -> str:
        """Return what the cell shows: of a formula the value it had when the book was last calculated."""
        if column in self.draft.cells.get(row, {}):
            value = self.draft.cells[row][column]
            return value.text or value.target if isinstance(value, Link) else "" if value is None else str(value)
        if (row, column) in self.draft.gone:
            return ""
        return text_of(self._sheet.rows.get(row, {}).get(column))

    def _style_below(self, last: int, column: int) -> int:
        """Return the style of a new cell below row ``last``: that of the cell above, else that of its column.

        Not where one shows numbers as moments and the other does not: somebody's odd cell would change what is read.
        """
        above = self._styles_in(last).get(column) if last > 1 else None
        usual = self._column_style(column)
        moments = self._styles.moments
        return usual if above is None or (b"%d" % above in moments) != (b"%d" % usual in moments) else above

    def _style_of_row(self, row: int, column: int) -> int:
        span = self._sheet.spans.get(row)
        named = attributes(span.attributes) if span else {}
        if named.get(b"customFormat") in {b"1", b"true"} and b"s" in named:
            return int(named[b"s"])
        return self._column_style(column)

    def _column_style(self, column: int) -> int:
        if column in self._column_styles:
            return self._column_styles[column]
        headers = self._headers.headers
        layout = self._by_header.get(header_key(headers[column - 1])) if column <= len(headers) else None
        return self._styles.with_look(0, look_of(layout.kind)) if layout else 0

    @cached_property
    def _filled_columns(self) -> set[int]:
        """The columns in which anything stands, formulas that show nothing too."""
        spans = self._sheet.spans.values()
        return {cell.column for span in spans for cell in self._sheet.xml.cells(span) if cell.content.strip()}

    @cached_property
    def _column_styles(self) -> dict[int, int]:
        return column_styles(self._before, self._sheet.xml.prefix)

    def _styles_in(self, row: int) -> dict[int, int]:
        if row not in self._row_styles:
            span = self._sheet.spans.get(row)
            cells = self._sheet.xml.cells(span) if span else ()
            self._row_styles[row] = {cell.column: int(cell.attributes.get(b"s", b"0")) for cell in cells}
        return self._row_styles[row]

    @cached_property
    def _row_styles(self) -> dict[int, dict[int, int]]:
        return {}
