"""The rows of a sheet → typed cells; and what cells refer to: the shared strings, the styles that show a date.

Cells are split off by one pattern, rows that it does not cover wholly are parsed by expat: both read alike, the
pattern several times as fast (10,000 rows of 41 columns).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from xml.parsers import expat

from sync.domain.table import Cell, CellError
from sync.workspace.local.package import MAIN, Package
from sync.workspace.local.serials import EPOCH, EPOCH_1904, moment_of, moment_styles, read_iso
from sync.workspace.local.sheet import LAST_COLUMN, LAST_ROW, RowSpan, SheetXml, attributes, column_of
from sync.workspace.local.text import from_stored
from sync.workspace.local.xml_tree import Element, parse

RowCells = dict[int, Cell]
"""The cells of one row that hold something, by 1-based column."""
_NAMES = MAIN[1:-1]
_ROW, _CELL, _VALUE, _TEXT, _SPOKEN = (f"{_NAMES} {name}" for name in ("row", "c", "v", "t", "rPh"))
_TEXTS = (_VALUE, _TEXT)

_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|lt|gt|amp|quot|apos);")


@dataclass(frozen=True)
class CellContext:
    """What a cell's XML refers to: shared strings, the styles that show a date, the day that serials count from."""

    strings: Sequence[str]
    moment_styles: Collection[bytes]
    epoch: datetime

    @cached_property
    def by_index(self) -> Mapping[bytes | None, Cell]:
        """The shared strings by their number as written; of an empty one the cell is empty."""
        numbers = map(b"%d".__mod__, range(len(self.strings)))
        return {None: None, b"": None, **dict(zip(numbers, (text or None for text in self.strings), strict=True))}


def cell_context(package: Package) -> CellContext:
    """Return what the book's cells refer to."""
    parts = {relation.kind: relation.target for relation in package.relations(package.workbook)}
    strings, styles = parts.get("sharedStrings", ""), parts.get("styles", "")
    settings = package.tree(package.workbook).find(f"{MAIN}workbookPr")
    from_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    return CellContext(
        read_strings(package.read(strings)) if strings in package.names else (),
        moment_styles(package.tree(styles)) if styles in package.names else frozenset(),
        EPOCH_1904 if from_1904 else EPOCH,
    )


def read_strings(part: bytes) -> list[str]:
    """Return the shared strings as people see them."""
    found = re.search(rb"<((?:[\w.-]+:)?)sst\b[^>]*>", part)
    if found is None or b"<!" in part or b"\r" in part or not part.rstrip().endswith(b"sst>"):
        return [_string(element) for element in parse(part).iterchildren(f"{MAIN}si")]
    body = part[found.end() : part.rindex(b"</")]
    p = found[1]
    plain = re.compile(rb"<%bsi><%bt(?: xml:space=\"preserve\")?>([^<]*)</%bt></%bsi>" % (p, p, p, p))
    pieces = plain.split(body)
    strings: list[str] = []
    for index, piece in enumerate(pieces):
        if index % 2:
            strings.append(_text(piece))
        elif piece and not piece.isspace():
            # Rich text, pronunciations, empty ones: parsed, with the names that the part's first tag declares.
            strings += map(_string, parse(found[0] + piece + b"</" + p + b"sst>").iterchildren(f"{MAIN}si"))
    return strings


def _string(element: Element) -> str:
    """Return the text of a string element: of itself and of its runs, not of its pronunciation (``rPh``)."""
    runs = (run.text or "" for run in element.iterfind(f"{MAIN}r/{MAIN}t"))
    return from_stored((element.findtext(f"{MAIN}t") or "") + "".join(runs))


def _text(written: bytes) -> str:
    text = written.decode()
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    return from_stored(text) if "_x" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name[0] != "#":
        return _ENTITIES[name]
    return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))


class RowReader:
    """Reads rows of one sheet."""

    def __init__(self, sheet: SheetXml, context: CellContext) -> None:
        self._sheet = sheet
        self._context = context
        self._columns = _Columns()
        self._by_attributes = _ByAttributes(context)
        # One cell as nearly all programs write it; its parts are the three groups.
        self._split = re.compile(
            rb'<~c r="([A-Z]+)[0-9]+"([^<>/]*)(?:/>|>(?:<~f(?: [^<>]*)?(?:/>|>[^<]*</~f>))?(?:<~v ?/></~c>|'
            rb'(?:<~v>|<~is><~t(?: xml:space="preserve")?>)([^<]*)(?:</~v>|</~t></~is>)</~c>|</~c>))'.replace(
                b"~", sheet.prefix
            )
        ).split

    def read(self, rows: Iterable[RowSpan]) -> dict[int, RowCells]:
        """Return those of ``rows`` that hold something, by number.

        Raises:
            SyntaxError, ValueError, LookupError: the part is damaged.
        """
        columns, by_attributes, split = self._columns, self._by_attributes, self._split
        found: dict[int, RowCells] = {}
        odd = []
        for row in rows:
            pieces = split(row.cells)
            between = b"".join(pieces[::4])
            if (between and not between.isspace()) or b"\r" in row.cells:
                odd.append(row)
                continue
            cells: RowCells = {
                columns[letters]: by_attributes[attributes][content]
                for letters, attributes, content in zip(pieces[1::4], pieces[2::4], pieces[3::4], strict=True)
            }
            if None in cells.values():
                cells = {column: cell for column, cell in cells.items() if cell is not None}
            if cells:
                found[row.number] = cells
        return found | self._parsed(odd) if odd else found

    def _parsed(self, rows: Iterable[RowSpan]) -> dict[int, RowCells]:
        prefix = self._sheet.prefix.decode()
        # The tags before the rows declare the names that are used in them.
        written = [self._sheet.before]
        for row in rows:
            written += [f'<{prefix}row r="{row.number}">'.encode(), row.cells, f"</{prefix}row>".encode()]
        written.append(f"</{prefix}sheetData></{prefix}worksheet>".encode())
        return _parsed_rows(b"".join(written), self._context)


class _Columns(dict[bytes, int]):
    def __missing__(self, letters: bytes) -> int:
        column = column_of(letters.decode())
        if column > LAST_COLUMN:
            raise ValueError(column)
        self[letters] = column
        return column


class _ByContent(dict["bytes | None", Cell]):
    """The cells of one type and style by what they hold as written: the same contents stand in many cells."""

    def __init__(self, read: Callable[[bytes], Cell]) -> None:
        self._read = read
        self[None] = self[b""] = None

    def __missing__(self, content: bytes) -> Cell:
        cell = self[content] = self._read(content)
        return cell


class _ByAttributes(dict[bytes, Mapping["bytes | None", Cell]]):
    """Cells by their attributes and by what they hold, both as written."""

    def __init__(self, context: CellContext) -> None:
        self._context = context

    def __missing__(self, written: bytes) -> Mapping[bytes | None, Cell]:
        named = attributes(written)
        kind, context = named.get(b"t", b"n").decode(), self._context
        if kind == "s":
            made: Mapping[bytes | None, Cell] = context.by_index
        elif kind == "n" and named.get(b"s") in context.moment_styles:
            made = _ByContent(lambda content: moment_of(_number(content), context.epoch))
        elif kind == "n":
            made = _ByContent(_number)
        else:
            made = _ByContent(lambda content: _other(kind, _text(content)))
        self[written] = made
        return made


def _number(written: bytes) -> int | float:
    if b"." not in written and b"e" not in written.lower():
        return int(written)
    return float(written)


def _other(kind: str, value: str) -> Cell:
    if kind in {"inlineStr", "str"}:
        return value
    if kind == "b":
        return value.strip() in {"1", "true"}
    if kind == "e":
        return CellError(value)
    if kind == "d":
        return read_iso(value)
    raise ValueError(f"unknown cell type {kind!r}")


def read_whole(sheet: SheetXml, context: CellContext) -> dict[int, RowCells]:
    """Return the rows of a sheet that is written as no program would: rows out of order, other things between them."""
    return _parsed_rows(sheet.joined(), context)


def _parsed_rows(xml: bytes, context: CellContext) -> dict[int, RowCells]:
    """Return the rows of a sheet that hold something, by number, whatever way they are written."""
    reading = _Parsing(context)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise SyntaxError("not well-formed") from error
    return {number: cells for number, cells in reading.rows.items() if cells}


class _Parsing:
    """The state of a pass over the XML: the row, the cell and the text that it is in."""

    def __init__(self, context: CellContext) -> None:
        self.rows: dict[int, RowCells] = {}
        self._context = context
        self._columns = _Columns()
        self._number = 0
        self._cells: RowCells = {}
        self._place = 0
        self._kind = "n"
        self._style: bytes | None = None
        self._parts: list[str] = []
        self._wanted = False
        self._spoken = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _CELL:
            reference = attributes.get("r")
            self._place = column_of(reference) if reference else self._place + 1
            if self._place > LAST_COLUMN:
                raise ValueError(self._place)
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "").encode() or None
        elif name in _TEXTS:
            self._wanted = not self._spoken
        elif name == _ROW:
            self._number = int(float(attributes["r"])) if "r" in attributes else self._number + 1
            if self._number > LAST_ROW:
                raise ValueError(self._number)
            self._cells = self.rows[self._number] = {}
            self._place = 0
        elif name == _SPOKEN:
            self._spoken = True

    def characters(self, text: str) -> None:
        if self._wanted:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name == _CELL and self._parts:
            cell = self._cell("".join(self._parts))
            if cell is not None:
                self._cells[self._place] = cell
            self._parts.clear()
        elif name in _TEXTS:
            self._wanted = False
        elif name == _SPOKEN:
            self._spoken = False

    def _cell(self, value: str) -> Cell:
        if self._kind == "s":
            return self._context.strings[int(value)] or None
        if self._kind == "n":
            number = _number(value.encode())
            return moment_of(number, self._context.epoch) if self._style in self._context.moment_styles else number
        return _other(self._kind, from_stored(value))
