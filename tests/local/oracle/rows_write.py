"""The cells of one loaded sheet → the XML of its rows.

In place of openpyxl's own, which takes five times as long, writes every text into its cell, cuts numbers to 16 digits,
loses the link of an empty cell, and leaves formulas without the values they had.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from tests.local.oracle.formula_cache import Cached
from tests.local.oracle.xml_tree import as_text

_STRINGS_START = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)


class SharedStrings:
    """The texts of all sheets, each once, numbered in the order they are first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._items: list[str] = []

    def number(self, text: str | CellRichText) -> int:
        """Return the number of ``text``, which is as stored (see :mod:`tests.local.oracle.text`)."""
        if isinstance(text, CellRichText):
            item = "".join(as_text(run) for run in text.to_tree())
            key = f"<{item}"
        else:
            # `>` and `<` keep plain and rich text apart: a plain text that looks like a run is none.
            item, key = "", f">{text}"
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self._items)
            self._items.append(item or _plain(str(text)))
        return found

    def part(self) -> bytes:
        """Return the part that holds them all."""
        return f"{_STRINGS_START}{''.join(f'<si>{item}</si>' for item in self._items)}</sst>".encode()


class RowsWriter:
    """Writes the rows of one sheet, and notes its comments and links where openpyxl looks for them afterwards."""

    def __init__(self, sheet: Worksheet, strings: SharedStrings, caches: Mapping[str, Cached]) -> None:
        self._sheet = cast(Any, sheet)
        self._strings = strings
        self._caches = caches
        self._styles = self._sheet.parent._cell_styles
        self._style_numbers: dict[bytes, int] = {}
        self._letters: dict[int, str] = {}

    def xml(self) -> bytes:
        """Return the ``sheetData`` element."""
        dimensions = self._sheet.row_dimensions
        rows: dict[int, list[Any]] = {number: [] for number in dimensions}
        for (row, _), cell in sorted(self._sheet._cells.items()):
            rows.setdefault(row, []).append(cell)
        written = (self._row(number, dict(dimensions.get(number, {})), rows[number]) for number in sorted(rows))
        return f"<sheetData>{''.join(written)}</sheetData>".encode()

    def _row(self, number: int, attributes: dict[str, str], cells: list[Any]) -> str:
        attributes.pop("r", None)
        more = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        return f'<row r="{number}"{more}>{"".join(map(self._cell, cells))}</row>'

    def _cell(self, cell: Any) -> str:
        if cell._comment is not None:
            self._sheet._comments.append(CommentRecord.from_cell(cell))
        if cell.hyperlink:
            self._sheet._hyperlinks.append(cell.hyperlink)
        value = cell._value
        style = self._style(cell._style)
        if value is None and not style:
            return ""
        letters = self._letters.get(cell.column)
        if letters is None:
            letters = self._letters[cell.column] = get_column_letter(cell.column)
        place = f"{letters}{cell.row}"
        start = f'<c r="{place}" s="{style}"' if style else f'<c r="{place}"'
        return start + self._content(place, cell.data_type, value)

    def _content(self, place: str, kind: str, value: Any) -> str:
        if value is None or value == "":
            return "/>"
        if kind == "s":
            return f' t="s"><v>{self._strings.number(value)}</v></c>'
        if kind == "f":
            return self._formula(place, value)
        if isinstance(value, bool):
            return f' t="b"><v>{value:d}</v></c>'
        if kind == "e":
            return f' t="e"><v>{_escape(value)}</v></c>'
        if isinstance(value, datetime | date | time | timedelta):
            value = to_excel(value, self._sheet.parent.epoch)  # type: ignore[no-untyped-call]  # of openpyxl
        # repr is the shortest text that reads back as the same number.
        return f"><v>{value!r}</v></c>" if value == value and abs(value) != float("inf") else "/>"

    def _formula(self, place: str, value: Any) -> str:
        attributes = dict(value) if isinstance(value, ArrayFormula | DataTableFormula) else {}
        text = "" if isinstance(value, DataTableFormula) else getattr(value, "text", value) or ""
        more = "".join(f" {name}={quoteattr(setting)}" for name, setting in attributes.items())
        formula = f"<f{more}>{_escape(text.removeprefix('='))}</f>"
        cached = self._caches.get(place)
        if cached is None:
            return f">{formula}</c>"
        return f' t="{cached.kind}">{formula}<v>{_escape(cached.value)}</v></c>'

    def _style(self, style: Any) -> int:
        if style is None:
            return 0
        key = style.tobytes()
        number = self._style_numbers.get(key)
        if number is None:
            number = self._style_numbers[key] = self._styles.add(style)
        return number


def _plain(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{_escape(text)}</t>"


def _escape(text: str) -> str:
    # A bare carriage return would be read back as a line feed.
    return escape(text, {"\r": "&#13;"})
