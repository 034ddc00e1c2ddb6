"""Formulas that reach over several cells, where one of these cells is to be written over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sync.errors import UnsupportedContent
from sync.workspace.local.read import Sheet
from sync.workspace.local.sheet import LAST_COLUMN, LAST_ROW, CellSpan, area_of, attributes, column_of, letters_of

Place = tuple[int, int]
"""Row and column, each from 1."""

_MASTER = rb'<~f\s[^<>]*\bt="(?:array|dataTable|shared)"[^<>]*>'
# Text and the names of tabs stand in quotes; a name may hold what looks like a reference, and so may a function's.
_REFERENCE = re.compile(
    r""""(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w.(!\[])"""
    r"|(?<![\w.$])(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w.(!\[])"
    r"|(?<![\w.$:])(\$?)([0-9]{1,7}):(\$?)([0-9]{1,7})(?![\w.(!\[])"
)


def has_formulas(sheet: Sheet) -> bool:
    return re.search(rb"<" + sheet.xml.prefix + rb"f[\s/>]", sheet.xml.data) is not None


def formula_in(cell: CellSpan, prefix: bytes) -> re.Match[bytes] | None:
    """Return the cell's formula: its attributes and its text (None where it has none of its own)."""
    return re.search(rb"<~f((?:\s[^<>]*?)?)(?:/>|>([^<]*)</~f>)".replace(b"~", prefix), cell.content)


def freed(sheet: Sheet, over: Collection[Place]) -> dict[Place, bytes]:
    """Return formulas, as stored, for cells that share the formula of one of ``over``, of which all are written over.

    Raises:
        UnsupportedContent: one of ``over`` belongs to a formula that fills several cells and cannot be parted.
    """
    prefix = sheet.xml.prefix
    if not re.search(_MASTER.replace(b"~", prefix), sheet.xml.data):
        return {}
    _refuse_arrays(sheet, over)
    masters: dict[bytes, tuple[Place, str]] = {}
    sharing: list[tuple[Place, bytes]] = []
    for number, span in sheet.spans.items():
        if b"shared" not in span.cells:
            continue
        for cell in sheet.xml.cells(span):
            found = formula_in(cell, prefix)
            named = attributes(found[1]) if found else {}
            if found is None or named.get(b"t") != b"shared":
                continue
            place, group = (number, cell.column), named.get(b"si", b"")
            if found[2] and b"ref" in named and place in over:
                masters[group] = (place, found[2].decode())
            elif not found[2] and place not in over:
                sharing.append((place, group))
    return {
        place: shifted(text, place[0] - row, place[1] - column).encode()
        for place, group in sharing
        if group in masters
        for (row, column), text in [masters[group]]
    }


def shifted(formula: str, rows: int, columns: int) -> str:
    """Return ``formula`` as it reads in a cell that lies so many rows and columns further; ``$`` stays."""

    def moved(found: re.Match[str]) -> str:
        groups = found.groups()
        if groups[1]:
            return _column(groups[0], groups[1], columns) + _row(groups[2], groups[3], rows)
        if groups[5]:
            return f"{_column(groups[4], groups[5], columns)}:{_column(groups[6], groups[7], columns)}"
        if groups[9]:
            return f"{_row(groups[8], groups[9], rows)}:{_row(groups[10], groups[11], rows)}"
        return found[0]

    return _REFERENCE.sub(moved, formula)


def _column(fixed: str, letters: str, columns: int) -> str:
    # Past an edge of the sheet a shared formula comes in again at the other (ISO 29500-1, 18.3.1.40).
    return fixed + (letters if fixed else letters_of((column_of(letters) - 1 + columns) % LAST_COLUMN + 1))


def _row(fixed: str, number: str, rows: int) -> str:
    return fixed + (number if fixed else str((int(number) - 1 + rows) % LAST_ROW + 1))


def _refuse_arrays(sheet: Sheet, over: Iterable[Place]) -> None:
    for found in re.finditer(rb"<~f\s([^<>]*)>".replace(b"~", sheet.xml.prefix), sheet.xml.data):
        named = attributes(found[1])
        if named.get(b"t") not in {b"array", b"dataTable"}:
            continue
        reference = named.get(b"ref", b"A1").decode()
        left, top, right, bottom = area_of(reference)
        several = (left, top) != (right, bottom)
        if several and any(top <= row <= bottom and left <= column <= right for row, column in over):
            raise UnsupportedContent(sheet.name, [f"a formula that fills {sheet.name!r}!{reference}"])
