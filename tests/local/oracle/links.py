"""Hyperlinks of a sheet, loaded in place of openpyxl's way.

openpyxl looks each one up in a list of all (twenty thousand links take half a minute), writes the target into a linked
cell that is empty, and breaks a link over a range into one a cell.
"""

from __future__ import annotations

import re
from typing import Any, cast

from openpyxl.cell import MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from tests.local.oracle.package import MAIN, Package, around_cells

_LINKS = re.compile(rb"<(?:\w+:)?hyperlinks\b.*?</(?:\w+:)?hyperlinks\s*>", re.DOTALL)
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def without_links(sheet: bytes) -> bytes:
    """Return a sheet part without its hyperlinks, for openpyxl to load."""
    end = sheet.rfind(b"sheetData")
    return sheet[:end] + _LINKS.sub(b"", sheet[end:]) if end >= 0 else sheet


def load_links(package: Package, workbook: Workbook) -> None:
    """Give the cells of ``workbook`` their links."""
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    for part in package.sheets:
        xml = package.read(part.part) if part.name in sheets else b""
        if b"hyperlinks" not in xml:
            continue
        targets = {relation.id: relation.target for relation in package.relations(part.part)}
        for element in around_cells(xml).iterfind(f"{MAIN}hyperlinks/{MAIN}hyperlink"):
            reference = element.get("ref", "")
            link = Hyperlink(
                ref=reference,
                location=element.get("location"),
                tooltip=element.get("tooltip"),
                display=element.get("display"),
                target=targets.get(element.get(_RELATION_ID)),
            )
            _first_cell(sheets[part.name], reference)._hyperlink = link


def _first_cell(sheet: Any, reference: str) -> Any:
    left, top, _, _ = cast("tuple[int, int, int, int]", range_boundaries(reference))
    cell = sheet.cell(top, left)
    if isinstance(cell, MergedCell):
        # A merge holds its link, like its value, in its first cell.
        for merge in sheet.merged_cells.ranges:
            if merge.min_row <= top <= merge.max_row and merge.min_col <= left <= merge.max_col:
                return sheet.cell(merge.min_row, merge.min_col)
    return cell
