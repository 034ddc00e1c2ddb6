"""Ranges that have to grow with the rows: a tab's filter, and the tables (ListObjects) that staff made."""

from __future__ import annotations

from typing import Any, cast

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

_FIRST_ROW, _LAST_ROW = 2, 1_048_576
_MARGIN = 1_000


def grow(sheet: Worksheet, last_before: int, last: int) -> None:
    """Let the filter over the header and every table that ended at row ``last_before`` reach row ``last``.

    Conditional formats are given on whole columns and need nothing. Drop-down lists were too, but LibreOffice cuts
    them off a thousand rows below the data when it saves: they are let down to the end again.
    """
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _grown(sheet.auto_filter.ref, last, only_if_header_at=1)
    for table in sheet.tables.values():
        _, _, _, bottom = _bounds(table.ref)
        # A table with a totals row ends below its data; only a spreadsheet program can move that.
        if bottom == last_before and last > bottom and not table.totalsRowCount:
            table.ref = _grown(table.ref, last)
            if table.autoFilter is not None:
                cast(Any, table.autoFilter).ref = table.ref
    for validation in sheet.data_validations.dataValidation:
        for area in validation.sqref.ranges:
            if area.min_row <= _FIRST_ROW and last_before <= area.max_row < last + _MARGIN:
                area.max_row = _LAST_ROW


def _grown(reference: str, last: int, only_if_header_at: int | None = None) -> str:
    left, top, right, bottom = _bounds(reference)
    if (only_if_header_at is not None and top != only_if_header_at) or bottom >= last:
        return reference
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{last}"


def _bounds(reference: str) -> tuple[int, int, int, int]:
    return cast("tuple[int, int, int, int]", range_boundaries(reference))
