"""The parts of an xlsx file: which part is which tab, and what each part refers to. Knows nothing of cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from sync.errors import BookUnreadable
from tests.local.oracle.xml_tree import Element, XmlError, parse

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData(?:\s[^>]*)?>(?<!/>)")
_SHEET_DATA_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")

# What openpyxl, lxml and zipfile raise on a file that is not what it says it is. Caught where a file made by
# somebody else is taken apart, and nowhere else.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    XmlError,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    EOFError,
    OSError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another: ``kind`` is the last word of its type, ``target`` a part's full name."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One tab and the part that holds it; ``kind`` is ``worksheet`` for a tab of cells."""

    name: str
    part: str
    kind: str


class Package:
    """An xlsx file in memory, opened for reading its parts."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self.names = frozenset(self._zip.namelist())

    def read(self, part: str) -> bytes:
        return self._zip.read(part)

    def tree(self, part: str) -> Element:
        return parse(self.read(part))

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what ``part`` (``""`` for the package itself) refers to."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self.names:
            return ()
        return tuple(_relation(element, folder) for element in self.tree(where) if isinstance(element.tag, str))

    @cached_property
    def workbook(self) -> str:
        """The name of the workbook part."""
        return next(relation.target for relation in self.relations("") if relation.kind == "officeDocument")

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The tabs, in the order people see them."""
        relations = {relation.id: relation for relation in self.relations(self.workbook)}
        found = []
        for sheet in self.tree(self.workbook).iterfind(f"{MAIN}sheets/{MAIN}sheet"):
            relation = relations.get(sheet.get(_RELATION_ID, ""))
            if relation is not None:
                found.append(SheetPart(sheet.get("name", ""), relation.target, relation.kind))
        return tuple(found)


def around_cells(xml: bytes) -> Element:
    """Return a sheet's tree without its rows, which are nearly all of it and slow to parse."""
    start = _SHEET_DATA.search(xml)
    if start is None:
        return parse(xml)
    *_, end = [None, *_SHEET_DATA_END.finditer(xml, start.end())]
    return parse(xml[: start.end()] + xml[end.start() :]) if end else parse(xml)


@contextmanager
def whole(book: str, content: bytes) -> Iterator[None]:
    """Run the block that takes ``content`` apart, and say why if it is not a whole workbook.

    Raises:
        BookUnreadable.
    """
    why = _what_else(content)
    if why:
        raise BookUnreadable(book, why)
    try:
        yield
    except _DAMAGE as error:
        raise BookUnreadable(book, _what_is_wrong(error)) from error


def _what_else(content: bytes) -> str:
    if not content:
        return "the file is empty"
    if content.startswith(_OLE):
        return "it is protected by a password, or an old .xls file under a new name"
    if not content.startswith(b"PK"):
        return "it is another kind of file"
    if content[30:38] == b"mimetype":
        return "it is an OpenDocument file under the name of an Excel file"
    return ""


def _what_is_wrong(error: BaseException) -> str:
    if isinstance(error, zipfile.BadZipFile | zlib.error | EOFError):
        return "it is cut off or damaged"
    if isinstance(error, StopIteration | KeyError):
        return "a part of it is missing"
    return f"a part of it is damaged: {type(error).__name__}"


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target, external)
