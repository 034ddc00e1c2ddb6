"""What survives a commit: everything that staff made of the book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as SheetTable

from sync.domain.table import AppendRows, Link, RowUpdate, UpdateRows
from sync.errors import BookChanged, BookMissing, BookOpen, MergedCells
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.looks import MOMENT_FORMAT
from tests.local.office import NAME, NUMBER, STATUS, by_hand, column, commit, looked_at, part_of, register, rewrite

SHEET = "xl/worksheets/sheet1.xml"


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(old, new)


def update(position: int, number: str, status: str = "selesai") -> UpdateRows:
    return UpdateRows("Agenda", NUMBER, (RowUpdate(position, number, {STATUS: status}),))


class TestSurvives:
    def test_layout_of_the_sheet(self, workspace: LocalWorkspace, book: Path) -> None:
        """Widths, hidden rows and columns, heights, freeze, filter criteria, zoom, print settings."""
        register(workspace, "Siti", "Budi")
        with by_hand(book) as workbook:
            sheet = workbook["Agenda"]
            sheet.column_dimensions["C"].width = 41.5
            sheet.column_dimensions["E"].hidden = True
            sheet.row_dimensions[3].hidden = True
            sheet.row_dimensions[2].height = 50
            sheet.freeze_panes = "D3"
            sheet.auto_filter.ref = "A1:AK3"
            sheet.auto_filter.add_filter_column(3, ["Siti"])
            sheet.sheet_view.zoomScale = 85
            sheet.print_area = "A1:F20"
            sheet.oddFooter.center.text = "Dinas Koperasi"
        register(workspace, "Ani", start=3)

        sheet = looked_at(book)["Agenda"]
        assert sheet.column_dimensions["C"].width == 41.5
        assert sheet.column_dimensions["E"].hidden
        assert sheet.row_dimensions[3].hidden
        assert sheet.row_dimensions[2].height == 50
        assert sheet.freeze_panes == "D3"
        assert sheet.auto_filter.filterColumn[0].filters.filter == ["Siti"]
        assert sheet.auto_filter.ref == "A1:AK4"
        assert sheet.sheet_view.zoomScale == 85
        assert sheet.print_area == "'Agenda'!$A$1:$F$20"
        assert sheet.oddFooter.center.text == "Dinas Koperasi"

    def test_formats_notes_and_rich_text(self, workspace: LocalWorkspace, book: Path) -> None:
        """Of cells that the job does not write, and the format and note of those it does."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            sheet = workbook["Agenda"]
            sheet["AH2"].fill = PatternFill("solid", fgColor="FFFF00")
            sheet["AH2"].comment = Comment("sudah ditelepon", "Ani")
            sheet["AF2"] = CellRichText("biasa ", TextBlock(InlineFont(b=True), "tebal"))
            sheet["W2"].font = Font(italic=True)
            sheet["W2"] = 0.1
            sheet["W2"].number_format = "0.00%"
        commit(workspace, update(0, "KONS-2026-0001"))

        sheet = looked_at(book, rich_text=True)["Agenda"]
        assert sheet["AH2"].fill.fgColor.rgb == "00FFFF00"
        assert sheet["AH2"].comment.text == "sudah ditelepon"
        assert sheet["AH2"].value == "selesai"
        assert [str(run) for run in sheet["AF2"].value] == ["biasa ", "tebal"]
        assert sheet["AF2"].value[1].font.b
        assert (sheet["W2"].font.i, sheet["W2"].number_format, sheet["W2"].value) == (True, "0.00%", 0.1)

    def test_tabs_names_validations_and_conditional_formats(self, workspace: LocalWorkspace, book: Path) -> None:
        """Those of staff beside those of the layout."""
        with by_hand(book) as workbook:
            extra = workbook.create_sheet("Tab Kami", 0)
            extra["A1"] = "=SUM(Agenda!AA2:AA9)"
            extra.sheet_state = "hidden"
            bold = Rule(type="cellIs", operator="lessThan", formula=["3"], dxf=DifferentialStyle(font=Font(b=True)))
            extra.conditional_formatting.add("B2:B9", bold)
            validation = DataValidation(type="whole", operator="between", formula1="1", formula2="9", sqref="C2:C9")
            extra.add_data_validation(validation)
            workbook.defined_names["NamaKami"] = DefinedName("NamaKami", attr_text="'Tab Kami'!$A$1")
        register(workspace, "Siti")

        workbook = looked_at(book)
        assert workbook.sheetnames[0] == "Tab Kami"
        extra = workbook["Tab Kami"]
        assert extra["A1"].value == "=SUM(Agenda!AA2:AA9)"
        assert extra.sheet_state == "hidden"
        assert [str(area.sqref) for area in extra.conditional_formatting] == ["B2:B9"]
        assert extra.data_validations.dataValidation[0].formula2 == "9"
        assert workbook.defined_names["NamaKami"].attr_text == "'Tab Kami'!$A$1"

    def test_a_number_in_a_date_column_stays_a_number(self, workspace: LocalWorkspace, book: Path) -> None:
        """openpyxl alone would save a phone number there as #VALUE!, for good."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            workbook["Agenda"]["C2"] = 81234567890
            workbook["Agenda"]["C2"].number_format = "dd/mm/yyyy"
            workbook["Agenda"]["R2"] = datetime(2026, 11, 24, 9, 30)
        commit(workspace, update(0, "KONS-2026-0001"))

        assert column(workspace, "Waktu Datang") == [81234567890]
        assert column(workspace, "Ruangan Pelayanan") == [datetime(2026, 11, 24, 9, 30)]

    def test_links_of_staff(self, workspace: LocalWorkspace, book: Path) -> None:
        """With their text; an empty linked cell stays empty."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            sheet = workbook["Agenda"]
            sheet["AG2"].hyperlink = "https://example.go.id/a?b=c"
            sheet["AG2"].value = "lihat"
            sheet["AF2"].hyperlink = "https://example.go.id/kosong"
            sheet["AF2"].value = None
        commit(workspace, update(0, "KONS-2026-0001"))

        assert column(workspace, "Keterangan") == ["lihat"]
        assert column(workspace, "Alasan Melewati Standar") == [None]
        assert looked_at(book)["Agenda"]["AG2"].hyperlink.target == "https://example.go.id/a?b=c"

    def test_links_over_ranges_and_merges(self, workspace: LocalWorkspace, book: Path) -> None:
        """As one link each, with tip and place inside the book."""
        register(workspace, "Siti")
        link = b'<hyperlink ref="AF2:AG3" location="Petugas!A1" tooltip="ke petugas" display="x"/>'
        rewrite(book, {SHEET: replaced(b"<pageMargins", b"<hyperlinks>" + link + b"</hyperlinks><pageMargins")})
        commit(workspace, update(0, "KONS-2026-0001"))

        xml = part_of(book, SHEET)
        assert xml.count(b"<hyperlink ") == 1
        for words in (b'ref="AF2:AG3"', b'location="Petugas!A1"', b'tooltip="ke petugas"'):
            assert words in xml
        assert column(workspace, "Keterangan") == [None]

    def test_numbers_to_the_last_digit(self, workspace: LocalWorkspace, book: Path) -> None:
        """And whole numbers with all of theirs."""
        register(workspace, "Siti")
        for value in (0.1 + 0.2, 198501012010011001, 1e-7, -3, 1e300):
            with by_hand(book) as workbook:
                workbook["Agenda"]["AG2"] = 7
            rewrite(book, {SHEET: replaced(b"<v>7</v>", f"<v>{value!r}</v>".encode())})
            commit(workspace, update(0, "KONS-2026-0001"))
            assert column(workspace, "Keterangan") == [value]

    def test_the_file_s_permissions(self, workspace: LocalWorkspace, book: Path) -> None:
        """A book shared by a group stays shared."""
        book.chmod(0o664)
        register(workspace, "Siti")

        assert book.stat().st_mode & 0o777 == 0o664


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


class TestRefuses:
    def test_while_libreoffice_has_it_open(self, workspace: LocalWorkspace, book: Path) -> None:
        """Naming who, and the lock to delete if nobody has."""
        before = book.read_bytes()
        lock = book.with_name(".~lock.agenda.xlsx#")
        lock.write_text("Siti Aminah,siti,pc-depan,24.11.2026 08:00,file:///home/siti;")

        with pytest.raises(BookOpen, match="Siti Aminah on pc-depan") as refusal:
            register(workspace, "Ani")
        assert lock.name in str(refusal.value)
        assert book.read_bytes() == before

        lock.write_text(",siti,pc-depan,24.11.2026 08:00,file:///home/siti;")
        with pytest.raises(BookOpen, match="siti on pc-depan"):
            register(workspace, "Ani")
        lock.unlink()
        register(workspace, "Ani")

    def test_while_excel_has_it_open(self, workspace: LocalWorkspace, book: Path) -> None:
        """Its owner file holds the name twice; what cannot be read is somebody."""
        lock = book.with_name("~$agenda.xlsx")
        name = "Budi Santoso"
        ansi = bytes([len(name)]) + name.encode().ljust(54)
        wide = len(name).to_bytes(2, "little") + name.encode("utf-16-le").ljust(108, b" ")
        for content, who in ((ansi + wide, name), (ansi, name), (b"", "somebody")):
            lock.write_bytes(content)
            with pytest.raises(BookOpen, match=who):
                register(workspace, "Ani")

    def test_a_book_that_was_saved_since(self, workspace: LocalWorkspace, book: Path) -> None:
        """Whatever was saved in it."""
        revision = workspace.read([]).revision
        with by_hand(book):
            pass

        with pytest.raises(BookChanged):
            workspace.commit([update(0, "x")], revision)

    def test_a_book_that_is_gone(self, workspace: LocalWorkspace, book: Path) -> None:
        """It is not made anew in the middle of a run."""
        revision = workspace.read([]).revision
        book.unlink()

        with pytest.raises(BookMissing):
            workspace.commit([update(0, "x")], revision)
        assert not book.exists()

    def test_cells_covered_by_a_merge(self, workspace: LocalWorkspace, book: Path) -> None:
        """Tab and cells are named; nothing is written."""
        register(workspace, "Siti", "Budi")
        with by_hand(book) as workbook:
            workbook["Agenda"].merge_cells("AH2:AI3")
        before = book.read_bytes()

        with pytest.raises(MergedCells, match=r"'Agenda', cells AH2:AI3"):
            commit(workspace, update(1, "KONS-2026-0002"))
        assert book.read_bytes() == before


def test_keys_may_be_formulas(workspace: LocalWorkspace, book: Path) -> None:
    """A row whose number staff replaced by a formula is known by what the formula shows."""
    register(workspace, "Siti")

    def as_formula(xml: bytes) -> bytes:
        start = xml.index(b'<c r="A2"')
        end = xml.index(b"</c>", start) + 4
        return xml[:start] + b'<c r="A2" t="str"><f>"KONS-"&amp;"7"</f><v>KONS-7</v></c>' + xml[end:]

    rewrite(book, {SHEET: as_formula})
    assert column(workspace, NUMBER) == ["KONS-7"]
    commit(workspace, update(0, "KONS-7"))

    assert column(workspace, STATUS) == ["selesai"]
    assert b'<f>"KONS-"&amp;"7"</f><v>KONS-7</v>' in part_of(book, SHEET)
