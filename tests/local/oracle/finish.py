"""The loaded workbook → the bytes that go to the disk: openpyxl writes everything but the rows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any, cast

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_WORKBOOK_RELS

from tests.local.oracle.formula_cache import Caches
from tests.local.oracle.rows_write import RowsWriter, SharedStrings

_STRINGS_PART = "xl/sharedStrings.xml"
_STRINGS_RELATION = (
    b'<Relationship Id="strings" Target="/xl/sharedStrings.xml" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)


def saved_bytes(workbook: Workbook, caches: Caches) -> bytes:
    """Return ``workbook`` as a file, its formulas with the values in ``caches``."""
    stream = io.BytesIO()
    with _Archive(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _BookWriter(workbook, archive, caches).write_data()
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _StringsPart:
    """What openpyxl's list of parts asks of one."""

    path: str = f"/{_STRINGS_PART}"
    mime_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


class _Archive(zipfile.ZipFile):
    """Adds the shared strings to the workbook's relations, which openpyxl writes without asking.

    Parts are dated 1980: the same content is the same file.
    """

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        content = data.encode() if isinstance(data, str) else data
        if name == ARC_WORKBOOK_RELS:
            content = content.replace(b"</Relationships>", _STRINGS_RELATION)
        super().writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


class _BookWriter(ExcelWriter):
    """openpyxl's writer with our rows: nothing is written outside memory, either."""

    def __init__(self, workbook: Workbook, archive: zipfile.ZipFile, caches: Caches) -> None:
        super().__init__(workbook, archive)
        self._parts = archive
        self._caches = caches
        self._strings = SharedStrings()

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = _SheetWriter(ws, self._strings, self._caches)
        writer.write()
        ws._rels = cast(Any, writer)._rels
        self._parts.writestr(ws.path[1:], writer.xml())
        self.manifest.append(ws)

    def _write_worksheets(self) -> None:
        super()._write_worksheets()  # type: ignore[misc]  # openpyxl's own
        self._parts.writestr(_STRINGS_PART, self._strings.part())
        self.manifest.append(_StringsPart())


class _SheetWriter(WorksheetWriter):
    _PLACEHOLDER = b"<sheetData></sheetData>"

    def __init__(self, sheet: Worksheet, strings: SharedStrings, caches: Caches) -> None:
        self._around = io.BytesIO()
        super().__init__(sheet, self._around)
        self._rows = RowsWriter(sheet, strings, caches.get(sheet.title, {}))
        self._rows_xml = b""

    def write_rows(self) -> None:
        # Before what comes after the rows: links and comments are found on the way.
        self._rows_xml = self._rows.xml()
        stream = cast(Any, self.xf).send(True)
        with stream.element("sheetData"):
            pass
        cast(Any, self.xf).send(None)

    def xml(self) -> bytes:
        around = self._around.getvalue()
        before, after = around.split(self._PLACEHOLDER)
        return before + self._rows_xml + after
