"""New rows look as their columns do, are reached by tables and lists, and no text in them breaks the book."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table as SheetTable

from sync.domain.table import AppendRows, Link, RowUpdate, UpdateRows
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.looks import MOMENT_FORMAT
from tests.local.office import NAME, NUMBER, by_hand, column, commit, looked_at, register


class TestNewRows:
    def test_cells_look_as_their_column_does(self, workspace: LocalWorkspace, book: Path) -> None:
        """Of the layout, or as staff have changed the column since."""
        with by_hand(book) as workbook:
            workbook["Agenda"].column_dimensions["D"].font = Font(color="FF0000")
        commit(
            workspace,
            AppendRows(
                "Agenda",
                (
                    {
                        NUMBER: "KONS-2026-0001",
                        NAME: "Siti",
                        "Nomor HP/WhatsApp": "0812",
                        "Waktu Datang": datetime(2026, 11, 24),
                    },
                ),
            ),
        )

        sheet = looked_at(book)["Agenda"]
        assert sheet["C2"].number_format == MOMENT_FORMAT
        assert sheet["I2"].number_format == "@"
        assert sheet["D2"].font.color.rgb == "00FF0000"

    def test_a_moment_gets_a_date_format_where_there_is_none(self, workspace: LocalWorkspace, book: Path) -> None:
        """A serial number would tell nobody anything."""
        moment = datetime(2026, 11, 24, 8, 5)
        commit(workspace, AppendRows("Agenda", ({"Keterangan": moment},)))

        assert looked_at(book)["Agenda"]["AG2"].number_format == MOMENT_FORMAT
        assert column(workspace, "Keterangan") == [moment]

    def test_a_link_shows_its_text_and_opens_the_file(self, workspace: LocalWorkspace, book: Path) -> None:
        """Relative to the book, quoted as an address has to be."""
        link = Link("lihat", "arsip/2026/500.3.2.1/11 November/a #1 é.docx")
        commit(workspace, AppendRows("Agenda", ({"Telaahan": link, "Tanda Registrasi": Link("b", "https://x/y?z=1")},)))

        sheet = looked_at(book)["Agenda"]
        assert sheet["AK2"].value == "lihat"
        assert sheet["AK2"].hyperlink.target == "arsip/2026/500.3.2.1/11%20November/a%20%231%20%C3%A9.docx"
        assert sheet["AJ2"].hyperlink.target == "https://x/y?z=1"
        assert sheet["AK2"].font.u == "single"

    def test_text_like_a_formula_is_marked_as_text(self, workspace: LocalWorkspace, book: Path) -> None:
        """So that it stays one when somebody edits the cell; a later plain text loses the mark."""
        register(workspace, "=1+1")
        cell = looked_at(book)["Agenda"]["D2"]
        assert (cell.data_type, cell.quotePrefix) == ("s", True)

        commit(workspace, UpdateRows("Agenda", NUMBER, (RowUpdate(0, "KONS-2026-0001", {NAME: "Siti"}),)))
        assert not looked_at(book)["Agenda"]["D2"].quotePrefix

    @pytest.mark.parametrize(
        ("text", "back"),
        [
            ("a\x00\x01\x0b\x1fb", "a\x00\x01\x0b\x1fb"),
            ("a\r\nb", "a\r\nb"),
            ("a\ud800b\ufffe", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"),
            ("x" * 32_767, "x" * 32_767),
            ("x" * 40_000, "x" * 32_766 + "…"),
            ("😀" * 20_000, "😀" * 16_383 + "…"),
        ],
    )
    def test_no_text_breaks_the_book(self, workspace: LocalWorkspace, text: str, back: str) -> None:
        """What a cell can hold comes back; what it cannot shows that it was there."""
        register(workspace, text)

        assert column(workspace, NAME) == [back]

    def test_tables_and_lists_reach_the_new_rows(self, workspace: LocalWorkspace, book: Path) -> None:
        """A table of staff around the data grows; so do drop-downs that LibreOffice had cut off."""
        register(workspace, "Siti", "Budi")
        with by_hand(book) as workbook:
            sheet = workbook["Agenda"]
            sheet.auto_filter.ref = None
            sheet.add_table(SheetTable(displayName="TabelKami", ref="A1:AK3"))
            for validation in sheet.data_validations.dataValidation:
                for area in validation.sqref.ranges:
                    area.max_row = 1003
        register(workspace, "Ani", start=3)

        sheet = looked_at(book)["Agenda"]
        assert sheet.tables["TabelKami"].ref == "A1:AK4"
        assert {area.max_row for v in sheet.data_validations.dataValidation for area in v.sqref.ranges} == {1_048_576}

    def test_a_table_with_totals_is_left_alone(self, workspace: LocalWorkspace, book: Path) -> None:
        """Its last row is no data."""
        register(workspace, "Siti", "Jumlah")
        with by_hand(book) as workbook:
            sheet = workbook["Agenda"]
            sheet.auto_filter.ref = None
            sheet.add_table(SheetTable(displayName="TabelKami", ref="A1:AK3", totalsRowCount=1))
        register(workspace, "Ani", start=3)

        assert looked_at(book)["Agenda"].tables["TabelKami"].ref == "A1:AK3"

    def test_prepared_formulas_that_show_nothing_are_no_rows(self, workspace: LocalWorkspace, book: Path) -> None:
        """Staff copied a formula down a hundred rows; the new row comes after the last that shows anything."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            for row in range(2, 100):
                workbook["Agenda"].cell(row, 40).value = f'=IF(D{row}="","",1)'
            workbook["Agenda"]["AN1"] = "Hitung"
        register(workspace, "Budi", start=2)

        assert column(workspace, NAME) == ["Siti", "Budi"]
        assert looked_at(book)["Agenda"]["AN3"].value == '=IF(D3="","",1)'
