"""The layout → a workbook, or the tabs that a workbook lacks. What people made is never touched."""

from __future__ import annotations

import math
import re
from typing import cast

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sync.domain.layout import BookLayout, ColumnLayout, ListSource, TabLayout
from sync.domain.table import header_key
from tests.local.oracle.cell_write import put
from tests.local.oracle.looks import dress, dress_header, look_of

_LAST_ROW = 1_048_576
_PAGE_WIDTH = 200
"""Characters across one landscape page that can still be read."""
_LIST_ROWS = 2_000
"""How far down a list of choices is looked for."""
_LONGEST_ENTRIES = 255
"""Characters of a list of choices given in place (a limit of the format)."""
_NOT_IN_LIST = "Isian ini tidak ada dalam daftar. Tetap gunakan?"
_NOT_IN_LIST_TITLE = "Di luar daftar"


def new_workbook(layout: BookLayout) -> Workbook:
    """Return a workbook of all tabs."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_missing_tabs(workbook, layout)
    workbook.active = 0
    return workbook


def add_missing_tabs(workbook: Workbook, layout: BookLayout) -> list[str]:
    """Add the tabs of ``layout`` that ``workbook`` lacks; return their names.

    A tab whose name differs only in case cannot be added (spreadsheet programs take the two for one): it is left out.
    """
    there = {title.casefold() for title in workbook.sheetnames}
    missing = [tab for tab in layout.tabs if tab.name.casefold() not in there]
    for tab in missing:
        _make(workbook.create_sheet(tab.name), tab)
    names = _name_lists(workbook, layout)
    for tab in missing:
        sheet = cast(Worksheet, workbook[tab.name])
        _offer_choices(sheet, tab, names)
        if tab.name == layout.status_tab:
            _colour_status(sheet, tab, layout)
    return [tab.name for tab in missing]


def _make(sheet: Worksheet, tab: TabLayout) -> None:
    for index, column in enumerate(tab.columns, 1):
        cell = sheet.cell(1, index)
        put(cell, column.header)  # type: ignore[arg-type]  # the stubs allow a merged cell here; a new sheet has none
        dress_header(cell, job=column.job)  # type: ignore[arg-type]  # as above
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        # Given to the whole column, so that a row typed by hand looks like one the job added.
        dress(dimension, look_of(column.kind))
    for number, entries in enumerate(tab.rows, 2):
        for index, text in enumerate(entries, 1):
            if text:
                cell = sheet.cell(number, index)
                put(cell, text)  # type: ignore[arg-type]  # as above
                dress(cell, look_of(tab.columns[index - 1].kind))
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2" if tab.key_header and not tab.locked else "A2"
    last = get_column_letter(max(1, len(tab.columns)))
    if tab.columns:
        sheet.auto_filter.ref = f"A1:{last}{len(tab.rows) + 1}"
    _set_up_print(sheet, sum(column.width for column in tab.columns))
    if tab.locked:
        _lock(sheet)
        # Charts of the job are drawn anew at each save: what somebody changed in them would be lost.
        sheet.protection.objects = bool(tab.charts)


def _set_up_print(sheet: Worksheet, width: int) -> None:
    pages = math.ceil(width / _PAGE_WIDTH)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = max(1, pages)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # a new sheet has one
    sheet.print_title_rows = "1:1"
    if pages > 1:
        sheet.print_title_cols = "A:A"


def _lock(sheet: Worksheet) -> None:
    """Lock against accident: no password, and whatever only helps to read stays allowed."""
    protection = sheet.protection
    protection.sheet = True
    # Here True forbids.
    protection.autoFilter = protection.sort = protection.formatColumns = protection.formatRows = False


def _colour_status(sheet: Worksheet, tab: TabLayout, layout: BookLayout) -> None:
    for index, column in enumerate(tab.columns, 1):
        if column.header == layout.status_header:
            for text, colour in layout.status_colours.items():
                fill = PatternFill("solid", fgColor=colour, bgColor=colour)
                rule = CellIsRule("equal", [f'"{text}"'], fill=fill)  # type: ignore[no-untyped-call]  # of openpyxl
                sheet.conditional_formatting.add(_below_header(index), rule)


def _name_lists(workbook: Workbook, layout: BookLayout) -> dict[ListSource, str]:
    """Give every list of choices a name in the workbook, so that a drop-down follows it when its column moves."""
    names: dict[ListSource, str] = {}
    for source in _sources(layout):
        name = "Daftar_" + re.sub(r"\W+", "_", source.header).strip("_")
        if name not in workbook.defined_names:
            column = _column_headed(workbook, source)
            if column is None:
                continue
            area = f"{quote_sheetname(source.tab)}!${column}$2:${column}${_LIST_ROWS}"
            first = f"{quote_sheetname(source.tab)}!${column}$2"
            # As long as the list is: an empty entry in a drop-down would let everything pass.
            formula = f"{first}:INDEX({area},MAX(1,COUNTA({area})))"
            workbook.defined_names[name] = DefinedName(name, attr_text=formula)
        names[source] = name
    return names


def _sources(layout: BookLayout) -> list[ListSource]:
    found = (column.choices for tab in layout.tabs for column in tab.columns)
    return list(dict.fromkeys(choices for choices in found if isinstance(choices, ListSource)))


def _column_headed(workbook: Workbook, source: ListSource) -> str | None:
    for sheet in workbook.worksheets:
        if sheet.title == source.tab:
            for cell in next(sheet.iter_rows(min_row=1, max_row=1), ()):
                if header_key(str(cell.value or "")) == header_key(source.header):
                    return get_column_letter(int(cell.column or 1))
    return None


def _offer_choices(sheet: Worksheet, tab: TabLayout, names: dict[ListSource, str]) -> None:
    for index, column in enumerate(tab.columns, 1):
        formula = _choices_formula(column, names)
        if formula is None:
            continue
        validation = DataValidation(
            type="list",
            formula1=formula,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning",
            errorTitle=_NOT_IN_LIST_TITLE,
            error=_NOT_IN_LIST,
        )
        validation.add(_below_header(index))
        sheet.add_data_validation(validation)


def _choices_formula(column: ColumnLayout, names: dict[ListSource, str]) -> str | None:
    if isinstance(column.choices, ListSource):
        return names.get(column.choices)
    if not column.choices or any("," in entry for entry in column.choices):
        return None
    entries = ",".join(column.choices).replace('"', '""')
    return f'"{entries}"' if len(entries) <= _LONGEST_ENTRIES else None


def _below_header(column: int) -> str:
    letter = get_column_letter(column)
    return f"{letter}2:{letter}{_LAST_ROW}"
