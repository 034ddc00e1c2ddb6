"""Cell writes → a sheet's part: only the rows that are written are made anew, everything else keeps its bytes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.sax.saxutils import escape

from sync.domain.table import Link, NewCell
from sync.workspace.local.formulas import formula_in, freed
from sync.workspace.local.looks import DATE_FORMAT, LINK, MOMENT_FORMAT
from sync.workspace.local.read import Sheet
from sync.workspace.local.serials import serial_of
from sync.workspace.local.sheet import CellSpan, RowSpan, attributes, letters_of
from sync.workspace.local.styles import Look, Styles
from sync.workspace.local.text import to_stored

_LIKE_A_FORMULA = ("=", "+", "-", "@", "'")
_LINE, _HIGHEST = 15.0, 409.0
"""Points of a line of text, and of the highest row there is."""
_ROOM = 0.9
"""Characters that a column holds for each that it is wide: words are not broken."""


@dataclass
class SheetDraft:
    """What is to be written into one sheet. ``None`` for a cell empties it; one in ``gone`` loses its style too."""

    sheet: Sheet
    styles: Styles
    cells: dict[int, dict[int, NewCell]] = field(default_factory=dict)
    gone: set[tuple[int, int]] = field(default_factory=set)
    new_styles: dict[tuple[int, int], int] = field(default_factory=dict)
    """Styles of cells that are not there yet; of those that are, their own is kept."""
    formulas_gone: bool = False
    """A formula was written over: the chain of calculation names one cell too many."""
    _freed: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def written(self, widths: Mapping[int, float]) -> tuple[bytes, list[RowSpan]]:
        """Return the rows as bytes, and those that were made anew.

        ``widths`` are those of the columns, in characters.
        """
        over = {(row, column) for row, cells in self.cells.items() for column in cells} | self.gone
        self._freed = freed(self.sheet, over)
        spans, data = self.sheet.spans, self.sheet.xml.data
        numbers = iter(sorted(spans))
        following = next(numbers, None)
        pieces, at, anew = [], 0, []
        for number in sorted({*self.cells, *(row for row, _ in self.gone), *(row for row, _ in self._freed)}):
            while following is not None and following < number:
                following = next(numbers, None)
            old = spans.get(number)
            if old is None:
                start = end = spans[following].start if following is not None else len(data)
            else:
                start, end = old.start, old.end
            row = self._row(number, old, widths)
            if row is None:
                continue
            span, xml = row
            anew.append(span)
            pieces += [data[at:start], xml]
            at = end
        return b"".join([*pieces, data[at:]]), anew

    def _row(self, number: int, old: RowSpan | None, widths: Mapping[int, float]) -> tuple[RowSpan, bytes] | None:
        cells = {cell.column: cell for cell in self.sheet.xml.cells(old)} if old else {}
        xml = {column: _placed(cell, number, self.sheet.xml.prefix) for column, cell in cells.items()}
        for column in [column for row, column in self._freed if row == number]:
            xml[column] = self._with_formula(cells[column], xml[column], self._freed[number, column])
        styles = {column: int(cell.attributes.get(b"s", b"0")) for column, cell in cells.items()}
        for column in [column for row, column in self.gone if row == number and column in xml]:
            self._leave(cells[column])
            del xml[column], styles[column]
        for column, value in self.cells.get(number, {}).items():
            there = cells.get(column) if column in xml else None
            if there is None and (value is None or value == ""):
                continue
            if there is not None:
                self._leave(there)
            base = styles.get(column, self.new_styles.get((number, column), 0))
            styles[column] = self._style(base, value)
            xml[column] = self._cell(number, column, styles[column], value)
        if old is None and not xml:
            return None
        written = b"".join(xml[column] for column in sorted(xml))
        named = attributes(old.attributes) if old else {}
        named.pop(b"r", None)
        named.pop(b"spans", None)
        self._heighten(number, named, styles, widths)
        more = b"".join(b' %b="%b"' % (name, value.replace(b'"', b"&quot;")) for name, value in named.items())
        p = self.sheet.xml.prefix
        row = b'<%brow r="%d"%b>%b</%brow>' % (p, number, more, written, p)
        return RowSpan(number, more, written), row

    def _style(self, base: int, value: NewCell) -> int:
        if isinstance(value, Link):
            return self.styles.with_look(base, LINK)
        if isinstance(value, str):
            return self.styles.with_look(base, Look(text_mark=value.startswith(_LIKE_A_FORMULA)))
        look = Look(text_mark=False)
        if isinstance(value, datetime | date | time) and b"%d" % base not in self.styles.moments:
            moment = isinstance(value, datetime | time)
            look = Look(number_format=MOMENT_FORMAT if moment else DATE_FORMAT, text_mark=False)
        return self.styles.with_look(base, look)

    def _cell(self, row: int, column: int, style: int, value: NewCell) -> bytes:
        p = self.sheet.xml.prefix.decode()
        start = f'<{p}c r="{letters_of(column)}{row}"' + (f' s="{style}"' if style else "")
        if isinstance(value, Link):
            value = value.text or value.target
        if isinstance(value, str):
            stored = to_stored(value)
            if not stored:
                return f"{start}/>".encode()
            space = ' xml:space="preserve"' if stored != stored.strip() or "\n" in stored else ""
            # A bare carriage return would be read back as a line feed.
            text = escape(stored, {"\r": "&#13;"})
            return f'{start} t="inlineStr"><{p}is><{p}t{space}>{text}</{p}t></{p}is></{p}c>'.encode()
        if value is None:
            return f"{start}/>".encode()
        if isinstance(value, bool):
            return f'{start} t="b"><{p}v>{value:d}</{p}v></{p}c>'.encode()
        number = serial_of(value, self.sheet.context.epoch) if isinstance(value, datetime | date | time) else value
        if not math.isfinite(number):
            return f"{start}/>".encode()
        # repr is the shortest text that reads back as the same number.
        return f"{start}><{p}v>{number!r}</{p}v></{p}c>".encode()

    def _with_formula(self, cell: CellSpan, xml: bytes, formula: bytes) -> bytes:
        p = self.sheet.xml.prefix
        found = formula_in(cell, p)
        assert found is not None, "it was found there"
        return xml.replace(found[0], b"<%bf>%b</%bf>" % (p, formula, p), 1)

    def _leave(self, cell: CellSpan) -> None:
        """Note that what a cell holds is written over."""
        self.formulas_gone |= formula_in(cell, self.sheet.xml.prefix) is not None

    def _heighten(
        self, number: int, named: dict[bytes, bytes], styles: Mapping[int, int], widths: Mapping[int, float]
    ) -> None:
        """Let the row say how high it is: LibreOffice gives a row that does not the height of one line."""
        if named.get(b"customHeight") in {b"1", b"true"}:
            return
        lines = 1
        values = {**self.sheet.rows.get(number, {}), **self.cells.get(number, {})}
        for column, value in values.items():
            if isinstance(value, str | Link) and self.styles.wraps(styles.get(column, 0)):
                text = value.text if isinstance(value, Link) else value
                lines = max(lines, _lines(text, widths.get(column, 9)))
        stands = float(named.get(b"ht", b"0"))
        if lines > 1 and lines * _LINE > stands:
            named[b"ht"] = b"%g" % min(lines * _LINE, _HIGHEST)


def _placed(cell: CellSpan, row: int, prefix: bytes) -> bytes:
    """Return the cell as it is, with its reference where it had none: its neighbours may change."""
    if b"r" in cell.attributes:
        return cell.whole.lstrip()
    start = b"<" + prefix + b"c"
    return start + f' r="{letters_of(cell.column)}{row}"'.encode() + cell.whole.lstrip()[len(start) :]


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(line) / max(1.0, width * _ROOM))) for line in text.split("\n"))
