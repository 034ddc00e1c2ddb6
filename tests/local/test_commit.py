"""What survives a commit: everything that staff made of the book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from sync.workspace.local import LocalWorkspace
from tests.local.office import NUMBER, STATUS, by_hand, column, commit, looked_at, part_of, register, rewrite, update

SHEET = "xl/worksheets/sheet1.xml"


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(old, new)


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
