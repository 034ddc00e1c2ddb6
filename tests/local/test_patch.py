"""A commit writes the rows it names, whatever way the sheet is written, and what stands around them follows."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openxml_audit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table as SheetTable

from sync.domain.table import AddColumns, AppendRows, Link, ReplaceRows, RowUpdate, UpdateRows
from sync.errors import UnsupportedContent
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.formulas import shifted
from sync.workspace.local.patch import made_book
from tests.contract.layout import a_layout
from tests.local.compare import compared
from tests.local.office import (
    NAME,
    NUMBER,
    STATUS,
    agenda,
    by_hand,
    column,
    commit,
    looked_at,
    part_of,
    register,
    rewrite,
    update,
)

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.filterwarnings("ignore")  # openpyxl's, on what it drops
@pytest.mark.parametrize("first", range(0, 40, 10))
def test_both_writers_come_to_the_same_cells(first: int) -> None:
    """Of books and changes of any kind; many more by ``python -m tests.local.compare --size full``."""
    for number in range(first, first + 10):
        compared(number)


def faults(book: bytes, folder: Path) -> list[str]:
    path = folder / "book.xlsx"
    path.write_bytes(book)
    validator = openxml_audit.OpenXmlValidator(file_format=openxml_audit.FileFormat.MICROSOFT_365)
    return [str(error) for error in validator.validate(str(path)).errors]


def test_the_schema_finds_no_fault(workspace: LocalWorkspace, book: Path, tmp_path: Path) -> None:
    """Neither in a book as it is made nor after changes of every kind."""
    assert faults(made_book(a_layout()), tmp_path) == []
    register(workspace, "Siti", "=1+1")
    commit(
        workspace,
        UpdateRows("Agenda", NUMBER, (RowUpdate(0, "KONS-2026-0001", {"Telaahan": Link("b", "https://x/y")}),)),
        ReplaceRows("Rekap", ({"Uraian": "a"},)),
        AddColumns("Register", ("Ringkasan",)),
    )

    assert faults(book.read_bytes(), tmp_path) == []


class TestWhereRowsAre:
    def test_a_stray_cell_in_the_last_row_stops_nothing(self, workspace: LocalWorkspace, book: Path) -> None:
        """Rows go under the last row of content that has room below it."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            workbook["Agenda"].cell(1_048_576, 60).value = "x"
        register(workspace, "Budi", "Ani", start=2)

        assert [looked_at(book)["Agenda"].cell(row, 4).value for row in (2, 3, 4)] == ["Siti", "Budi", "Ani"]

    def test_rows_go_between_rows(self, workspace: LocalWorkspace, book: Path) -> None:
        """The file keeps its rows in order: a cell of a row that is not there yet finds its place."""
        register(workspace, *(f"Nama {number}" for number in range(5)))
        rewrite(book, {SHEET: lambda xml: re.sub(rb'<row r="4".*?</row>', b"", xml)})
        commit(workspace, UpdateRows("Agenda", NUMBER, (RowUpdate(2, "", {STATUS: "selesai"}),)))

        rows = [int(number) for number in re.findall(rb'<row r="(\d+)"', part_of(book, SHEET))]
        assert rows == [1, 2, 3, 4, 5, 6]
        assert column(workspace, STATUS) == [None, None, "selesai", None, None]

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (lambda xml: xml.replace(b"</row>", b"</row><oops/>", 1), "between the rows"),
            (lambda xml: xml.replace(b'<row r="2"', b'<row r="9"'), "order"),
            (lambda xml: xml.replace(b"</c></row></sheetData>", b"</c><oops/></row></sheetData>"), "between the cells"),
        ],
    )
    def test_what_is_not_understood_stops(
        self, workspace: LocalWorkspace, book: Path, change: Callable[[bytes], bytes], place: str
    ) -> None:
        """With the place, and nothing is written."""
        register(workspace, "Siti", "Budi")
        rewrite(book, {SHEET: change})
        before = book.read_bytes()

        with pytest.raises(UnsupportedContent, match=f"'Agenda'.*{place}"):
            commit(workspace, update(1, "KONS-2026-0002"))
        assert book.read_bytes() == before


class TestFormulas:
    def test_cells_that_shared_a_formula_keep_it(self, workspace: LocalWorkspace, book: Path) -> None:
        """Where the cell that held it for all is written over."""
        register(workspace, "Siti", "Budi")
        first = b'<c r="AH2"><f t="shared" ref="AH2:AH3" si="0">A2&amp;$D$1</f><v>1</v></c>'
        second = b'<c r="AH3"><f t="shared" si="0"/><v>2</v></c>'

        def filled_down(xml: bytes) -> bytes:
            one, two = xml.split(b'<row r="3"')
            return (
                one.replace(b"</row>", b"</row>").rpartition(b"</row>")[0]
                + first
                + b'</row><row r="3"'
                + (two.replace(b"</row>", second + b"</row>", 1))
            )

        rewrite(book, {SHEET: filled_down})
        commit(workspace, update(0, "KONS-2026-0001"))

        sheet = looked_at(book)["Agenda"]
        assert (sheet["AH2"].value, sheet["AH3"].value) == ("selesai", "=A3&$D$1")

    def test_a_formula_that_fills_cells_is_not_cut(self, workspace: LocalWorkspace, book: Path) -> None:
        """Named by its place."""
        register(workspace, "Siti", "Budi")
        array = b'<c r="AH2"><f t="array" ref="AH2:AH3">A2:A3</f><v>1</v></c></row>'
        rewrite(book, {SHEET: lambda xml: re.sub(rb'(<row r="2".*?)</row>', rb"\1" + array, xml)})

        with pytest.raises(UnsupportedContent, match="'Agenda'!AH2:AH3"):
            commit(workspace, update(1, "KONS-2026-0002"))

    def test_the_chain_of_calculation_never_names_a_formula_that_is_gone(
        self, workspace: LocalWorkspace, book: Path
    ) -> None:
        """Excel repairs a file where it does; without one it makes it anew."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            workbook["Agenda"]["AH2"] = "=1+1"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
        rewrite(
            book,
            {
                "xl/calcChain.xml": b"<calcChain/>",
                "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                    b"</Relationships>",
                    f'<Relationship Id="cc" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode(),
                ),
            },
        )
        register(workspace, "Budi", start=2)
        assert part_of(book, "xl/calcChain.xml") == b"<calcChain/>"
        commit(workspace, update(0, "KONS-2026-0001"))

        with zipfile.ZipFile(book) as package:
            assert "xl/calcChain.xml" not in package.namelist()
        assert b"calcChain" not in part_of(book, "xl/_rels/workbook.xml.rels")

    def test_a_book_without_formulas_is_not_calculated(self, workspace: LocalWorkspace, book: Path) -> None:
        """Whoever only looks is not asked to save."""
        register(workspace, "Siti")

        assert b"fullCalcOnLoad" not in part_of(book, "xl/workbook.xml")

    @given(
        st.lists(
            st.sampled_from(
                [
                    "A1",
                    "$B$2",
                    "C$3",
                    "$D4",
                    "A1:B2",
                    "A:A",
                    "$1:2",
                    '"A1"',
                    "'Tab A1'!B2",
                    "LOG10(A1)",
                    "+",
                    "x_A1",
                    "&",
                ]
            ),
            min_size=1,
            max_size=6,
        ),
        st.integers(0, 9),
        st.integers(0, 9),
    )
    def test_formulas_move_as_in_openpyxl(self, pieces: list[str], rows: int, columns: int) -> None:
        """An independent reading of the same rule."""
        formula = " ".join(pieces)
        cell = f"{chr(65 + columns)}{1 + rows}"

        assert "=" + shifted(formula, rows, columns) == Translator("=" + formula, "A1").translate_formula(cell)


class TestAround:
    def test_ranges_that_ended_with_the_rows_grow(self, workspace: LocalWorkspace, book: Path) -> None:
        """The filter with its hidden name, a format, the dimension; a range that ended elsewhere does not."""
        register(workspace, "Siti")
        formats = (
            b'<conditionalFormatting sqref="A2:A2 B2:B9"><cfRule type="duplicateValues" priority="99"/>'
            b"</conditionalFormatting><conditionalFormatting"
        )
        rewrite(book, {SHEET: lambda xml: xml.replace(b"<conditionalFormatting", formats, 1)})
        register(workspace, "Budi", start=2)

        xml = part_of(book, SHEET)
        assert b'<autoFilter ref="A1:AK3"/>' in xml
        assert b'sqref="A2:A3 B2:B9"' in xml
        assert b'<dimension ref="A1:AK3"/>' in xml
        assert b"'Agenda'!$A$1:$AK$3" in part_of(book, "xl/workbook.xml")

    def test_rows_say_how_high_they_are(self, workspace: LocalWorkspace, book: Path) -> None:
        """LibreOffice shows one line else; a height that somebody chose stays."""
        commit(workspace, AppendRows("Agenda", ({"Uraian Singkat": "kata " * 30}, {"Uraian Singkat": "pendek"})))
        with by_hand(book) as workbook:
            workbook["Agenda"].row_dimensions[3].height = 20
        commit(workspace, UpdateRows("Agenda", NUMBER, (RowUpdate(1, "", {"Uraian Singkat": "a\n" * 9}),)))

        sheet = looked_at(book)["Agenda"]
        assert sheet.row_dimensions[2].height >= 60
        assert sheet.row_dimensions[3].height == 20

    def test_a_column_is_added_with_its_look(self, workspace: LocalWorkspace, book: Path) -> None:
        """Headed like its neighbours, as wide as it says."""
        commit(workspace, AddColumns("Register", ("Ringkasan",)))

        sheet = looked_at(book)["Register"]
        last = sheet[1][-1]
        assert last.value == "Ringkasan"
        assert last.fill.fgColor.rgb == sheet["A1"].fill.fgColor.rgb
        assert sheet.column_dimensions[last.column_letter].width == 18

    def test_new_rows_look_like_the_row_above(self, workspace: LocalWorkspace, book: Path) -> None:
        """Not where that would make a number a date."""
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            workbook["Agenda"]["D2"].font = Font(italic=True)
            workbook["Agenda"]["A2"].number_format = "dd/mm/yyyy"
        register(workspace, "Budi", start=2)

        sheet = looked_at(book)["Agenda"]
        assert sheet["D3"].font.italic
        assert sheet["A3"].number_format == "General"

    def test_links_are_replaced_and_taken_away(self, workspace: LocalWorkspace, book: Path) -> None:
        """With their references: none is left over."""
        commit(workspace, AppendRows("Agenda", ({NUMBER: "1", "Telaahan": Link("a", "https://a/")},)))
        commit(workspace, UpdateRows("Agenda", NUMBER, (RowUpdate(0, "1", {"Telaahan": Link("b", "https://b/")}),)))
        relations = "xl/worksheets/_rels/sheet1.xml.rels"
        assert (b"https://b/" in part_of(book, relations), b"https://a/" in part_of(book, relations)) == (True, False)
        commit(workspace, UpdateRows("Agenda", NUMBER, (RowUpdate(0, "1", {"Telaahan": "tidak ada"}),)))

        assert b"hyperlink" not in part_of(book, SHEET)
        assert b"https://" not in part_of(book, relations)

    def test_styles_do_not_pile_up(self, workspace: LocalWorkspace, book: Path) -> None:
        """The same kinds of cells need the same styles, however often they are written."""
        register(workspace, "=1", start=1)
        once = part_of(book, "xl/styles.xml")
        for start in range(2, 6):
            register(workspace, "=1", start=start)

        assert part_of(book, "xl/styles.xml") == once

    def test_tables_of_staff_keep_their_parts(self, workspace: LocalWorkspace, book: Path) -> None:
        register(workspace, "Siti")
        with by_hand(book) as workbook:
            workbook["Agenda"].auto_filter.ref = None
            workbook["Agenda"].add_table(SheetTable(displayName="TabelKami", ref="A1:AK2"))
        commit(workspace, update(0, "KONS-2026-0001"))

        assert looked_at(book)["Agenda"].tables["TabelKami"].ref == "A1:AK2"


@pytest.mark.skipif(os.name != "posix", reason="links and owners of Unix")
class TestFile:
    def test_a_link_stays_a_link(self, workspace: LocalWorkspace, book: Path, tmp_path: Path) -> None:
        """What it leads to is replaced, there where it is."""
        elsewhere = tmp_path / "server" / "buku.xlsx"
        elsewhere.parent.mkdir()
        book.rename(elsewhere)
        book.symlink_to(elsewhere)
        register(workspace, "Siti")

        assert book.is_symlink()
        assert column(LocalWorkspace(book.parent, a_layout()), NAME) == ["Siti"]
        assert [path.name for path in elsewhere.parent.iterdir()] == ["buku.xlsx"]

    def test_owner_group_and_mode_stay(self, workspace: LocalWorkspace, book: Path) -> None:
        """A book shared by a group stays shared; an account that may not give files away leaves them its own."""
        book.chmod(0o664)
        if os.geteuid() == 0:
            os.chown(book, 4321, 4322)
        before = book.stat()
        register(workspace, "Siti")

        after = book.stat()
        assert (after.st_uid, after.st_gid, after.st_mode) == (before.st_uid, before.st_gid, before.st_mode)


def test_a_read_after_a_commit_takes_nothing_apart_again(
    workspace: LocalWorkspace, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the commit wrote is known; a book that somebody saved meanwhile is read anew."""
    register(workspace, "Siti")
    agenda(workspace)
    register(workspace, "Budi", start=2)
    opened: list[str] = []
    monkeypatch.setattr("sync.workspace.local.opened", lambda name, content: opened.append(name))
    assert column(workspace, NAME) == ["Siti", "Budi"]
    assert opened == []

    with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as package:
        assert package.testzip() is None
