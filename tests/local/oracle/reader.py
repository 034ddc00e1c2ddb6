"""openpyxl's reader, made faithful: dates stay the numbers they are, and strings stay the characters they are."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any

from openpyxl.cell.rich_text import CellRichText
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import SHARED_STRINGS

from tests.local.oracle.links import load_links, without_links
from tests.local.oracle.package import MAIN, Package
from tests.local.oracle.xml_tree import Element, each

_STRING, _TEXT, _RUN, _RUN_TEXT = f"{MAIN}si", f"{MAIN}t", f"{MAIN}r", f"{MAIN}r/{MAIN}t"

_INLINE = re.compile(rb"<(?:\w+:)?is>.*?</(?:\w+:)?is>", re.DOTALL)
_DROPPED = b"x005F_"


class FaithfulReader(ExcelReader):
    """Loads a workbook for changing and saving it again.

    openpyxl turns a number under a date format into a date, and where it is none (a phone number in a date column)
    into ``#VALUE!``, which saving would make permanent: here numbers stay numbers. It also drops ``x005F_`` out of
    every string, which turns the text ``_x000D_`` into a line break at the next save.
    """

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]  # of openpyxl
        if part is not None:
            self.shared_strings = read_strings(self.archive.read(part.PartName[1:]), rich=self.rich_text)

    def read_worksheets(self) -> None:
        book: Any = self.wb
        book._date_formats = set()
        book._timedelta_formats = set()
        super().read_worksheets()


_NOTHING_DRAWN = b'<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'


class _Plain(zipfile.ZipFile):
    """A workbook's file as it would be without hyperlinks, which are loaded apart, and without the job's charts.

    Nothing else is drawn in a book that is loaded (:mod:`tests.local.oracle.unsupported`).
    """

    sheets: frozenset[str] = frozenset()
    drawings: frozenset[str] = frozenset()

    def open(self, name: Any, *arguments: Any, **options: Any) -> Any:
        if name in self.drawings:
            return io.BytesIO(_NOTHING_DRAWN)
        stream = super().open(name, *arguments, **options)
        return io.BytesIO(_guarded(without_links(stream.read()))) if name in self.sheets else stream


def _guarded(sheet: bytes) -> bytes:
    """Return a sheet whose own strings, those that are not among the shared ones, survive what openpyxl drops."""
    if _DROPPED not in sheet:
        return sheet
    return _INLINE.sub(lambda found: found[0].replace(_DROPPED, b"x00x005F_5F_"), sheet)


def load_for_saving(content: bytes, package: Package) -> Workbook:
    """Return the workbook with its formulas, formats, links and rich text, ready to be changed and saved."""
    reader = FaithfulReader(io.BytesIO(content), rich_text=True)
    reader.archive = _Plain(io.BytesIO(content))
    reader.archive.sheets = frozenset(sheet.part for sheet in package.sheets)
    reader.archive.drawings = frozenset(
        relation.target
        for sheet in package.sheets
        for relation in package.relations(sheet.part)
        if relation.kind == "drawing"
    )
    with warnings.catch_warnings():
        # Each warning is of something that would be lost; tests.local.oracle.unsupported looked for those before.
        warnings.simplefilter("ignore")
        reader.read()
    load_links(package, reader.wb)
    return reader.wb


def read_strings(xml: bytes, *, rich: bool) -> list[Any]:
    """Return the shared strings as stored; ``rich`` ones as openpyxl's rich text, else as their text alone."""
    strings: list[Any] = []
    for element in each(xml, _STRING):
        if len(element) == 1 and element[0].tag == _TEXT:
            strings.append(element[0].text or "")
        elif rich and element.find(_RUN) is not None:
            strings.append(_rich_text(element))
        else:
            strings.append(plain_text(element))
    return strings


def plain_text(element: Element) -> str:
    """Return the text of a string element: of itself and of its runs, not of its pronunciation (``rPh``)."""
    whole = element.findtext(_TEXT) or ""
    return whole + "".join(run.text or "" for run in element.iterfind(_RUN_TEXT))


def _rich_text(element: Element) -> Any:
    for text in element.iterfind(_RUN_TEXT):
        # CellRichText.from_tree drops this, see above; put into itself, what is left is what was there.
        text.text = (text.text or "").replace("x005F_", "x00x005F_5F_")
    runs = CellRichText.from_tree(element)
    return runs if len(runs) else ""
