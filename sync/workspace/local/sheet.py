"""One sheet's part taken apart at its rows: where each row and each cell lies in the bytes. Nothing is guessed.

Rows and cells are cut out by their tags, which is several times as fast as parsing them. That is certain only where
tags are written one way, so a part written otherwise (another encoding, comments, ``CDATA``) is first put into that
form by lxml; and what then does not lie row beside row and cell beside cell is no sheet that we understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.workspace.local.xml_tree import Element, parse

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ATTRIBUTES = rb"""((?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*"""
_ATTRIBUTE = re.compile(rb"""([^\s=<>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData" + _ATTRIBUTES + rb"(/?)>")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]+)")


class NotUnderstood(ValueError):
    """The sheet is written in a way that this page does not know; the text says where."""


class RowSpan(NamedTuple):
    """One ``<row>``: its number, its attributes (``r`` may be missing), its cells as written, and where it lies."""

    number: int
    attributes: bytes
    cells: bytes
    start: int = 0
    end: int = 0


class CellSpan(NamedTuple):
    """One ``<c>``: its column from 1, its attributes as written, and what it holds as written."""

    column: int
    attributes: dict[bytes, bytes]
    content: bytes
    whole: bytes


@dataclass(frozen=True, slots=True)
class SheetXml:
    """A sheet's part: what stands before the rows (to the end of ``<sheetData>``), the rows, what stands after them.

    ``prefix`` is that of the tags, with its colon: ``b""`` or such as ``b"x:"``.
    """

    before: bytes
    data: bytes
    after: bytes
    prefix: bytes
    tab: str

    def rows(self) -> Iterator[RowSpan]:
        """Yield the rows in the order they stand, which is that of their numbers.

        Raises:
            NotUnderstood; ValueError: no spreadsheet has such a row.
        """
        opening = re.compile(rb'\s*<~row(?: r="([0-9]+)")?([^<>]*)>'.replace(b"~", self.prefix)).match
        closing = b"</" + self.prefix + b"row>"
        data, at, number = self.data, 0, 0
        while row := opening(data, at):
            start, at = at, row.end()
            named, more = row.groups()
            before, number = number, int(named) if named else _number(more, number)
            if number <= before or more.count(b'"') % 2:
                raise self._odd(f"rows out of order after row {before}")
            if number > LAST_ROW:
                raise ValueError(number)
            cells = b""
            if not more.endswith(b"/"):
                end = data.find(closing, at)
                if end < 0:
                    raise self._odd(f"row {number} without an end")
                cells, at = data[at:end], end + len(closing)
            yield RowSpan(number, more.rstrip(b"/"), cells, start, at)
        if data[at:].strip():
            raise self._odd(f"something else between the rows, after row {number}")

    def cells(self, row: RowSpan) -> list[CellSpan]:
        """Return the cells of one of the rows, in the order they stand, which is that of their columns.

        Raises:
            NotUnderstood; ValueError: no spreadsheet has such a column.
        """
        opening = re.compile(rb"\s*<" + self.prefix + rb"c" + _ATTRIBUTES + rb"(/?)>")
        closing = b"</" + self.prefix + b"c>"
        found: list[CellSpan] = []
        text, at, column = row.cells, 0, 0
        while cell := opening.match(text, at):
            start, at = at, cell.end()
            content = b""
            if not cell[2]:
                end = text.find(closing, at)
                if end < 0:
                    raise self._odd(f"cell without an end in row {row.number}")
                content, at = text[at:end], end + len(closing)
            named = attributes(cell[1])
            before, column = column, column_of(named[b"r"].decode()) if b"r" in named else column + 1
            if column > LAST_COLUMN:
                raise ValueError(column)
            if column <= before:
                raise self._odd(f"cells out of order in row {row.number}")
            found.append(CellSpan(column, named, content, text[start:at]))
        if text[at:].strip():
            raise self._odd(f"something else between the cells of row {row.number}")
        return found

    def _odd(self, what: str) -> NotUnderstood:
        return NotUnderstood(f"tab {self.tab!r}: {what}")

    def around(self) -> Element:
        """Return the tree of everything but the rows."""
        return parse(b"".join((self.before, b"</", self.prefix, b"sheetData>", self.after)))

    def with_after(self, after: bytes) -> SheetXml:
        return replace(self, after=after)

    def joined(self) -> bytes:
        """Return the part."""
        return b"".join((self.before, self.data, b"</", self.prefix, b"sheetData>", self.after))


def taken_apart(part: bytes, tab: str) -> SheetXml:
    """Return a sheet's part at its seams.

    Raises:
        NotUnderstood; XmlError: it is no XML.
    """
    if b"<!" in part or (b"encoding=" in part[:100] and not re.search(rb"encoding=.utf-8.", part[:100], re.IGNORECASE)):
        part = _normal(part)
    found = _DATA.search(part)
    if found is None:
        part = _normal(part)
        found = _DATA.search(part)
    if found is None:
        raise NotUnderstood(f"tab {tab!r}: no place for its rows")
    prefix = found[1]
    if found[3]:
        opened = part[: found.end() - 2].rstrip(b"/ ") + b">"
        return SheetXml(opened, b"", part[found.end() :], prefix, tab)
    end = part.rfind(b"</" + prefix + b"sheetData>")
    if end < 0:
        raise NotUnderstood(f"tab {tab!r}: its rows do not end")
    return SheetXml(part[: found.end()], part[found.end() : end], part[end + len(prefix) + 12 :], prefix, tab)


def attributes(written: bytes) -> dict[bytes, bytes]:
    """Return attributes as written (their values too) by name."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(written)}


def column_of(reference: str) -> int:
    """``AB12`` or ``AB`` → 28."""
    column = 0
    for letter in reference.rstrip("0123456789"):
        column = column * 26 + ord(letter.upper()) - 64
    return column


def letters_of(column: int) -> str:
    """28 → ``AB``."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


Area = tuple[int, int, int, int]
"""Left, top, right, bottom, each from 1."""


def area_of(reference: str) -> Area:
    """``$B$2:D9``, ``B2``, ``B:D`` or ``2:9`` → its corners.

    Raises:
        ValueError: it is no area.
    """
    first, _, second = reference.replace("$", "").partition(":")
    left, top = _corner(first, 1, 1)
    right, bottom = _corner(second or first, LAST_COLUMN, LAST_ROW)
    return left, top, right, bottom


def area_text(area: Area) -> str:
    left, top, right, bottom = area
    first, last = f"{letters_of(left)}{top}", f"{letters_of(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def _corner(reference: str, column: int, row: int) -> tuple[int, int]:
    if found := _REFERENCE.fullmatch(reference):
        return column_of(found[1]), int(found[2])
    if reference.isdigit():
        return column, int(reference)
    if reference.isascii() and reference.isalpha():
        return column_of(reference), row
    raise ValueError(f"no area: {len(reference)} characters")


def _number(written: bytes, before: int) -> int:
    number = attributes(written).get(b"r")
    return int(float(number)) if number else before + 1


def _normal(part: bytes) -> bytes:
    """Return the part as UTF-8 without comments, instructions and ``CDATA``."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(part, parser)
    if root.getroottree().docinfo.doctype:
        raise NotUnderstood("a document type")
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written
