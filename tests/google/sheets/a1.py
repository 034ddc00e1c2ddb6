"""A1 notation: reading the ranges callers send, writing the ranges Google answers with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.google.errors import invalid
from tests.google.sheets.areas import Area, column_name, exceeds
from tests.google.sheets.model import Sheet, Spreadsheet

_CELL = re.compile(r"^\$?([A-Za-z]{1,3})?\$?(\d{1,8})?$")
_PLAIN_TITLE = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
_LOOKS_LIKE_CELL = re.compile(r"^[A-Za-z]{1,3}\d+$|^[Rr]\d*[Cc]\d*$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A range as written: bounds are None where the notation leaves them open."""

    sheet: Sheet
    top: int | None
    bottom: int | None
    left: int | None
    right: int | None

    @property
    def single_cell(self) -> bool:
        """True for ``B2`` (and ``B2:B2``)."""
        if self.top is None or self.left is None or self.bottom is None or self.right is None:
            return False
        return self.bottom == self.top + 1 and self.right == self.left + 1

    def area(self, clip: bool = True) -> Area:
        """The rectangle on the grid. Raises 400 when it starts past the grid (or, without ``clip``, ends past it)."""
        sheet = self.sheet
        area = Area(
            sheet.sheet_id,
            self.top or 0,
            sheet.row_count if self.bottom is None else self.bottom,
            self.left or 0,
            sheet.column_count if self.right is None else self.right,
        )
        inside = area.bottom <= sheet.row_count and area.right <= sheet.column_count
        if area.top >= sheet.row_count or area.left >= sheet.column_count or not (clip or inside):
            raise exceeds(sheet, area)
        return Area(
            sheet.sheet_id,
            area.top,
            min(area.bottom, sheet.row_count),
            area.left,
            min(area.right, sheet.column_count),
        )


def quoted(title: str) -> str:
    """The title as Google writes it in a range: quoted unless it is a plain word that cannot be read as a cell."""
    if _PLAIN_TITLE.match(title) and not _LOOKS_LIKE_CELL.match(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def a1_of(sheet: Sheet, area: Area) -> str:
    """``Sheet1!A1:B2``, or ``Sheet1!A1`` for a single cell (recorded)."""
    first = f"{column_name(area.left)}{area.top + 1}"
    last = f"{column_name(area.right - 1)}{area.bottom}"
    return f"{quoted(sheet.title)}!{first}" + ("" if first == last else f":{last}")


def column_index(letters: str) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def parse(book: Spreadsheet, text: str) -> Reference:
    """Read a range. Raises 400 ``Unable to parse range`` as Google does.

    Without a tab name the first visible tab is meant. A bare word is read as a cell first, then as a named range,
    then as a tab's name: a tab called "P1" has to be quoted (https://github.com/burnash/gspread/issues/652).
    """
    title, inner = _split(text)
    if title is not None:
        sheet = book.by_title(title)
        if sheet is None:
            raise invalid(f"Unable to parse range: {text}")
        if inner is None:
            return Reference(sheet, None, None, None, None)
        return _bounds(sheet, inner) or _named(book, inner) or _unable(text)
    if inner is None:
        raise invalid(f"Unable to parse range: {text}")
    first = next(sheet for sheet in book.sheets if not sheet.properties.get("hidden"))
    found = _bounds(first, inner) or _named(book, inner)
    if found is None and (named_sheet := book.by_title(inner)) is not None:
        return Reference(named_sheet, None, None, None, None)
    return found or _unable(text)


def _unable(text: str) -> Reference:
    raise invalid(f"Unable to parse range: {text}")


def _split(text: str) -> tuple[str | None, str | None]:
    if text.startswith("'"):
        found = re.match(r"^'((?:[^']|'')*)'(?:!(.*))?$", text, re.DOTALL)
        if found is None:
            raise invalid(f"Unable to parse range: {text}")
        return found.group(1).replace("''", "'"), found.group(2)
    if "!" in text:
        title, _, inner = text.rpartition("!")
        return title, inner
    return None, text or None


def _bounds(sheet: Sheet, text: str) -> Reference | None:
    parts = text.split(":")
    if len(parts) > 2:
        return None
    corners: list[tuple[int | None, int | None]] = []
    for part in parts:
        found = _CELL.match(part)
        if found is None or not part.strip("$") or found.group(2) == "0":
            return None
        letters, digits = found.groups()
        corners.append((int(digits) - 1 if digits else None, column_index(letters) if letters else None))
    if len(parts) == 1:
        row, column = corners[0]
        if row is None or column is None:
            return None
        return Reference(sheet, row, row + 1, column, column + 1)
    (row_a, column_a), (row_b, column_b) = corners
    top, bottom = _span(row_a, row_b)
    left, right = _span(column_a, column_b)
    return Reference(sheet, top, bottom, left, right)


def _span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is None and last is None:
        return None, None
    if first is None or last is None:
        # `A2:A` runs from row 2 to the end; `A:A2` is read the same way.
        return (first if last is None else last), None
    return min(first, last), max(first, last) + 1


def _named(book: Spreadsheet, name: str) -> Reference | None:
    for entry in book.named_ranges:
        if entry["name"].casefold() == name.casefold():
            grid_range = entry["range"]
            sheet = book.find(grid_range.get("sheetId", 0))
            if sheet is None:
                return None
            return Reference(
                sheet,
                grid_range.get("startRowIndex"),
                grid_range.get("endRowIndex"),
                grid_range.get("startColumnIndex"),
                grid_range.get("endColumnIndex"),
            )
    return None
