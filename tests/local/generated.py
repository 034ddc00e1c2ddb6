"""Books as people and programs make them, and changes as the job makes them, all of a chance that can be repeated."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from random import Random
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table as SheetTable

from sync.domain.table import AddColumns, AppendRows, Change, Link, NewCell, ReplaceRows, RowUpdate, UpdateRows
from sync.workspace.local.patch import made_book
from tests.contract.layout import a_layout
from tests.hostile.corpus import values

TABS = {tab.name: [column.header for column in tab.columns] for tab in a_layout().tabs}
KEYS = {"Agenda": "No. Registrasi", "Register": "No. Registrasi", "Arsip": "ID Dokumen"}
_TEXTS = [value.text for value in values() if len(value.text) < 400] + ["Siti", "Budi & Co", "a\nb\nc", " x ", "12"]


def a_cell(chance: Random) -> Any:
    """What people type."""
    return chance.choice(
        [
            None,
            None,
            "Siti",
            "Jl. Merdeka 1",
            "baris\nbaris",
            "_x000D_",
            "<b>&amp;",
            chance.choice([chance.randint(-5, 99), 81234567890]),
            chance.random(),
            True,
            datetime(2026, 11, chance.randint(1, 30), 9, 30),
            date(2026, 1, 2),
            time(9, chance.randint(0, 59)),
            "=1+1",
            '=IF(A1="","",A1)',
            "#N/A",
        ]
    )


def a_value(chance: Random) -> NewCell:
    """What the job writes."""
    choices: list[NewCell] = [
        None,
        "",
        chance.choice(_TEXTS),
        chance.choice(_TEXTS),
        chance.choice([chance.randint(-99, 99), 81234567890, -81234567890]),
        chance.random() * 10 ** chance.randint(-9, 9),
        chance.random() < 0.5,
        datetime(2026, chance.randint(1, 12), 3, chance.randint(0, 23), 7, 9),
        date(2027, 2, chance.randint(1, 28)),
        time(chance.randint(0, 23), 30),
        Link("lihat", f"arsip/2026/a b {chance.randint(1, 9)}.docx"),
        Link("", "https://example.go.id/?a=b&c"),
    ]
    return chance.choice(choices)


def some_changes(chance: Random, keys: dict[str, list[str]]) -> list[Change]:
    """Changes to some tabs; ``keys`` are those that their rows bear, in order."""
    changes: list[Change] = []
    # A tab is replaced once: in the writer of 0.1 a number becomes a date where an earlier change had put one.
    for _ in range(chance.randint(1, 4)):
        tab = chance.choice(list(TABS))
        headers = TABS[tab]

        def row(headers: list[str] = headers) -> dict[str, NewCell]:
            return {header: a_value(chance) for header in chance.sample(headers, chance.randint(1, len(headers)))}

        kind = chance.random()
        if kind < 0.4:
            changes.append(AppendRows(tab, tuple(row() for _ in range(chance.randint(0, 3)))))
        elif kind < 0.75 and keys.get(tab):
            places = chance.sample(range(len(keys[tab])), chance.randint(1, min(4, len(keys[tab]))))
            updates = []
            for place in places:
                new = row()
                new.pop(KEYS[tab], None)
                # Now and then the row has moved since it was read.
                updates.append(RowUpdate(max(0, place + chance.choice([0, 0, 0, 1, -1])), keys[tab][place], new))
            changes.append(UpdateRows(tab, KEYS[tab], tuple(updates)))
        elif kind < 0.9 and not any(isinstance(change, ReplaceRows) and change.tab == tab for change in changes):
            changes.append(ReplaceRows(tab, tuple(row() for _ in range(chance.randint(0, 6)))))
        else:
            changes.append(AddColumns(tab, (f"Kolom {chance.randint(1, 3)}", chance.choice(headers))))
    return changes


def by_openpyxl(chance: Random) -> tuple[bytes, dict[str, list[str]]]:
    """A book of the job's with rows, as people dressed it in a program that writes as openpyxl does."""
    workbook = openpyxl.load_workbook(io.BytesIO(made_book(a_layout())))
    keys: dict[str, list[str]] = {}
    for tab, headers in TABS.items():
        sheet: Any = workbook[tab]
        rows = chance.randint(0, 8)
        keys[tab] = [f"{tab}-{number}" for number in range(rows)] if tab in KEYS else []
        for number in range(rows):
            for column in range(1, len(headers) + chance.randint(1, 3)):
                if chance.random() < 0.5:
                    sheet.cell(number + 2, column).value = a_cell(chance)
            if tab in KEYS:
                sheet.cell(number + 2, headers.index(KEYS[tab]) + 1).value = keys[tab][number]
        _dressed(chance, sheet, rows, len(headers))
    if chance.random() < 0.3:
        workbook.create_sheet("Tab Kami", 0)["A1"] = "=COUNTA(Agenda!A:A)"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue(), keys


def _dressed(chance: Random, sheet: Any, rows: int, width: int) -> None:
    last = rows + 1

    def sometimes(share: float = 0.15) -> bool:
        return chance.random() < share

    if sometimes():
        for row in range(last + 1, last + 5):
            sheet.cell(row, chance.randint(1, width)).fill = PatternFill("solid", fgColor="FFFF00")
    if sometimes():
        sheet.cell(chance.randint(2, last + 1), chance.randint(1, width)).font = Font(italic=True)
    if sometimes() and rows:
        sheet.cell(2, chance.randint(1, width)).comment = Comment("catatan", "Ani")
    if sometimes() and rows:
        cell = sheet.cell(chance.randint(2, last), chance.randint(1, width))
        cell.value, cell.hyperlink = "lihat", "https://example.go.id/x"
    if sometimes(0.1) and rows:
        left = chance.randint(1, width)
        row = chance.randint(2, last)
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=left, end_column=left + 1)
    if sometimes(0.1):
        sheet.auto_filter.ref = None
        if rows and width > 1 and not sheet.merged_cells.ranges:
            sheet.add_table(SheetTable(displayName=f"T{sheet.title.replace(' ', '')}", ref=f"A1:B{last}"))
    if sometimes():
        sheet.row_dimensions[chance.randint(1, last)].hidden = True
    if sometimes():
        sheet.column_dimensions["B"].width = 5


def by_xlsxwriter(chance: Random) -> tuple[bytes, dict[str, list[str]]]:
    """A book with the job's headers made by another program: charts, sparklines, rich text, formulas, notes."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold, dated = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    rich = chance.random() < 0.5
    keys: dict[str, list[str]] = {}
    for tab, headers in TABS.items():
        sheet = workbook.add_worksheet(tab)
        sheet.write_row(0, 0, headers, bold)
        rows = chance.randint(0, 8)
        keys[tab] = [f"{tab}-{number}" for number in range(rows)] if tab in KEYS else []
        for row in range(1, rows + 1):
            for column in range(len(headers)):
                cell = a_cell(chance) if chance.random() < 0.5 else None
                if isinstance(cell, datetime | date | time):
                    sheet.write_datetime(row, column, cell, dated)
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(row, column, cell, None, chance.choice([2, "teks", ""]))
                elif cell is not None:
                    sheet.write(row, column, cell)
            if tab in KEYS:
                sheet.write_string(row, headers.index(KEYS[tab]), keys[tab][row - 1])
        extras: list[Callable[[], object]] = [
            lambda: sheet.write_rich_string(rows + 2, 0, "biasa ", bold, "tebal"),  # noqa: B023  # called at once
            lambda: sheet.write_comment(1, 1, "catatan"),  # noqa: B023
            lambda: sheet.add_sparkline(1, 50, {"range": "A2:B2"}),  # noqa: B023
            lambda: sheet.insert_textbox(3, 3, "teks"),  # noqa: B023
            lambda: sheet.insert_button(3, 6, {"caption": "tombol"}),  # noqa: B023
            lambda: sheet.conditional_format(1, 0, 9, 2, {"type": "data_bar", "data_bar_2010": True}),  # noqa: B023
            lambda: sheet.data_validation(1, 3, rows + 1, 3, {"validate": "list", "source": ["a", "b"]}),  # noqa: B023
            lambda: sheet.write_dynamic_array_formula(rows + 4, 60, rows + 4, 60, "=UNIQUE(A2:A9)"),  # noqa: B023
            lambda: sheet.insert_chart(5, 60, _chart(workbook)),  # noqa: B023
            lambda: sheet.freeze_panes(1, 1),  # noqa: B023
            lambda: sheet.autofilter(0, 0, rows, 3),  # noqa: B023
            lambda: sheet.write_url(rows + 1, 2, "https://example.go.id/#x", None, "situs"),  # noqa: B023
            lambda: sheet.ignore_errors({"number_stored_as_text": "A1:A9"}),  # noqa: B023
        ]
        for extra in chance.sample(extras, chance.choice([0, 0, 0, 1, 5]) if rich else 0):
            extra()
    workbook.close()
    return stream.getvalue(), keys


def _chart(workbook: Any) -> Any:
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Agenda!$B$2:$B$5", "gradient": {"colors": ["red", "blue"]}})
    return chart


def otherwise_written(chance: Random, book: bytes) -> bytes:
    """The same book with its sheets' XML written as another program might."""
    way = chance.choice([_as_it_is, _as_it_is, _prefixed, _without_references, _spaced, _shared, _commented, _utf16])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, way(part) if re.fullmatch(r"xl/worksheets/\w+\.xml", name) else part)
    return stream.getvalue()


def _as_it_is(xml: bytes) -> bytes:
    return xml


def _prefixed(xml: bytes) -> bytes:
    """Every tag of the main name space with a prefix."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    if xml.count(main) != 1:
        return xml
    return re.sub(rb"<(/?)(?=[A-Za-z]+[\s/>])", rb"<\1x:", xml).replace(main, main.replace(b"xmlns=", b"xmlns:x="))


def _without_references(xml: bytes) -> bytes:
    """Rows and cells that follow each other say no place."""
    rows = re.findall(rb'<row r="(\d+)"', xml)
    if rows != [b"%d" % number for number in range(1, len(rows) + 1)]:
        return xml
    return re.sub(rb'<row r="\d+"', b"<row", xml)


def _spaced(xml: bytes) -> bytes:
    return re.sub(rb"(</?row\b[^>]*>|</c>|<sheetData>)", rb"\1\r\n  ", xml)


def _commented(xml: bytes) -> bytes:
    return xml.replace(b"</row>", b"<!-- <row> --></row><?x y?>")


def _shared(xml: bytes) -> bytes:
    """Formulas filled down share one."""
    return re.sub(rb"<f>1\+1</f>", b'<f t="shared" ref="A1:A1" si="7">1+1</f>', xml, count=1)


def _utf16(xml: bytes) -> bytes:
    if b"<f" in xml:
        return xml  # the writer of 0.1 loses what formulas showed there
    text = re.sub(r"^<\?xml[^>]*\?>\s*", "", xml.decode())
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")
