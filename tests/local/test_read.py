"""Reading what spreadsheet programs and people make of a file."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sync.domain.table import Cell, CellError
from sync.errors import AccessRefused, BookUnreadable
from sync.workspace.disk import FileSystem
from sync.workspace.local import LocalWorkspace
from tests.contract.layout import a_layout
from tests.local.office import agenda, by_hand, column, register, rewrite, share_strings

SHEET = "xl/worksheets/sheet1.xml"


def read_cell(book: Path, workspace: LocalWorkspace, value: object, number_format: str = "General") -> Cell:
    with by_hand(book) as workbook:
        workbook["Agenda"]["D2"] = value
        workbook["Agenda"]["D2"].number_format = number_format
    return column(workspace, "Nama Lengkap")[0]


class TestTypes:
    @pytest.mark.parametrize(
        ("value", "number_format", "expected"),
        [
            (0.3958333333333333, "hh:mm", time(9, 30)),
            (0.3958333333333333, "General", 0.3958333333333333),
            (46350.395833333336, "dd/mm/yyyy hh:mm", datetime(2026, 11, 24, 9, 30)),
            (46350, "dd/mm/yyyy", datetime(2026, 11, 24)),
            (timedelta(hours=36), "[h]:mm", 1.5),
            (81234567890, "dd/mm/yyyy", 81234567890),
            (-1, "dd/mm/yyyy", -1),
            (6171012345678901, "0", 6171012345678901),
            ("", "General", None),
            (True, "General", True),
        ],
    )
    def test_a_cell_is_what_its_format_says(
        self, book: Path, workspace: LocalWorkspace, value: object, number_format: str, expected: Cell
    ) -> None:
        """A number is a moment only under a date format, and only where it can be one."""
        with by_hand(book) as workbook:
            workbook["Agenda"]["A2"] = "x"
        assert read_cell(book, workspace, value, number_format) == expected

    def test_moments_are_rounded_to_the_millisecond(self, book: Path, workspace: LocalWorkspace) -> None:
        """The fraction of a day holds no more; 08:00:01 is not 08:00:00.999998."""
        for second in range(60):
            moment = datetime(2026, 11, 24, 8, 0, second)
            assert read_cell(book, workspace, moment, "dd/mm/yyyy hh:mm:ss") == moment

    def test_errors_are_told_from_text(self, book: Path, workspace: LocalWorkspace) -> None:
        """A failed formula is no name of anybody."""
        assert read_cell(book, workspace, "#REF!") == CellError("#REF!")

    def test_books_of_the_1904_kind_are_read_by_their_own_days(self, book: Path, workspace: LocalWorkspace) -> None:
        """Excel on old Macs counts from another day."""
        with by_hand(book) as workbook:
            workbook.epoch = CALENDAR_MAC_1904
        moment = datetime(2026, 11, 24, 9, 30)

        assert read_cell(book, workspace, moment, "dd/mm/yyyy hh:mm") == moment

    def test_rich_text_is_its_text(self, book: Path, workspace: LocalWorkspace) -> None:
        """Without the pronunciation that some programs store beside it."""
        register(workspace, "Siti")
        share_strings(book)
        rich = b"<si><r><t>Siti </t></r><r><rPr><b/></rPr><t>Aminah</t></r><rPh sb='0' eb='1'><t>baca</t></rPh></si>"
        rewrite(book, {"xl/sharedStrings.xml": lambda xml: xml.replace(b"<si><t>Siti</t></si>", rich)})

        assert column(workspace, "Nama Lengkap") == ["Siti Aminah"]

    def test_escaped_characters_are_read_as_characters(self, book: Path, workspace: LocalWorkspace) -> None:
        """Excel stores a carriage return as `_x000D_`."""
        register(workspace, "Siti")
        share_strings(book)
        rewrite(book, {"xl/sharedStrings.xml": lambda xml: xml.replace(b">Siti<", b">Siti_x000D__x0041_<")})

        assert column(workspace, "Nama Lengkap") == ["Siti\rA"]

    def test_cells_covered_by_a_merge_are_empty(self, book: Path, workspace: LocalWorkspace) -> None:
        """Also where the program that merged them left the old values in."""
        register(workspace, "Siti", "Budi")
        merge = b'</sheetData><mergeCells count="1"><mergeCell ref="D2:E3"/></mergeCells>'
        rewrite(book, {SHEET: lambda xml: xml.replace(b"</sheetData>", merge)})

        assert column(workspace, "Nama Lengkap") == ["Siti", None]


class TestShape:
    @pytest.mark.parametrize("dimension", [b'<dimension ref="A1"/>', b"", b'<dimension ref="A1:XFD1048576"/>'])
    def test_the_stored_dimension_is_not_trusted(self, book: Path, workspace: LocalWorkspace, dimension: bytes) -> None:
        """Other programs leave it wrong, or out."""
        register(workspace, "Siti", "Budi")

        def wrong(xml: bytes) -> bytes:
            start = xml.index(b"<dimension")
            return xml[:start] + dimension + xml[xml.index(b"/>", start) + 2 :]

        rewrite(book, {SHEET: wrong})
        assert column(workspace, "Nama Lengkap") == ["Siti", "Budi"]

    def test_cells_without_a_reference_follow_each_other(self, book: Path, workspace: LocalWorkspace) -> None:
        """The reference is optional in the format."""
        register(workspace, "Siti")

        def bare(xml: bytes) -> bytes:
            head, tail = xml.split(b'<row r="2"')
            return head + b"<row" + tail.replace(b'<c r="A2"', b"<c").replace(b'<c r="D2"', b"<c/><c/><c")

        rewrite(book, {SHEET: bare})
        assert column(workspace, "Nama Lengkap") == ["Siti"]

    def test_empty_columns_after_the_last_header_are_cut(self, book: Path, workspace: LocalWorkspace) -> None:
        """Blank headers inside stay, as text without characters."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            workbook["Agenda"]["C1"] = None
            workbook["Agenda"]["AM1"] = "   "
            workbook["Agenda"]["AZ2"] = "catatan di luar"

        table = agenda(workspace)
        assert len(table.headers) == 37
        assert table.headers[2] == ""
        assert len(table.rows[0].cells) == 37

    def test_formats_below_the_data_are_no_rows(self, book: Path, workspace: LocalWorkspace) -> None:
        """Staff coloured a thousand empty rows."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            for row in range(3, 1000):
                workbook["Agenda"].cell(row, 4).font = Font(bold=True)

        assert len(agenda(workspace).rows) == 1


class TestUnreadable:
    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "empty"),
            (b"hello", "another kind"),
            (b"PK\x03\x04 cut", "cut off"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "password"),
        ],
    )
    def test_what_is_no_workbook_stops_with_a_reason(
        self, book: Path, workspace: LocalWorkspace, content: bytes, why: str
    ) -> None:
        """And is left as it is."""
        book.write_bytes(content)

        with pytest.raises(BookUnreadable, match=why):
            workspace.read(["Agenda"])
        assert book.read_bytes() == content

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
    def test_a_half_written_book_stops(self, book: Path, workspace: LocalWorkspace, share: float) -> None:
        """Somebody is copying it just now."""
        content = book.read_bytes()
        book.write_bytes(content[: int(len(content) * share)])

        with pytest.raises(BookUnreadable, match="cut off"):
            workspace.read(["Agenda"])

    @pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml", SHEET, "xl/styles.xml"])
    def test_a_damaged_part_stops(self, book: Path, workspace: LocalWorkspace, part: str) -> None:
        """Whole as a zip, broken inside."""
        rewrite(book, {part: lambda xml: xml[: len(xml) // 2]})

        with pytest.raises(BookUnreadable, match="damaged"):
            workspace.read(["Agenda"])

    def test_flipped_bytes_stop(self, book: Path, workspace: LocalWorkspace) -> None:
        """The checksum of a part is looked at."""
        register(workspace, "Siti")
        content = bytearray(book.read_bytes())
        with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
            offset = package.getinfo(SHEET).header_offset + 200
        content[offset] ^= 0xFF
        book.write_bytes(bytes(content))

        with pytest.raises(BookUnreadable):
            workspace.read(["Agenda"])

    def test_another_zip_file_stops(self, book: Path, workspace: LocalWorkspace) -> None:
        """A Word file under the wrong name, an OpenDocument sheet."""
        with zipfile.ZipFile(book, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

        with pytest.raises(BookUnreadable, match="OpenDocument"):
            workspace.read(["Agenda"])

        with zipfile.ZipFile(book, "w") as package:
            package.writestr("word/document.xml", "<x/>")
        with pytest.raises(BookUnreadable, match="missing"):
            workspace.read(["Agenda"])


def test_a_book_that_may_not_be_read_is_access_refused(folder: Path, book: Path) -> None:
    """The place is named and the next step too."""

    class Closed(FileSystem):
        def read(self, path: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(path))

    with pytest.raises(AccessRefused, match=r"agenda\.xlsx"):
        LocalWorkspace(folder, a_layout(), disk=Closed()).read(["Agenda"])
