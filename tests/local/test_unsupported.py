"""What the xlsx library would drop is found before anything is written, with its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Pixels

from sync.errors import UnsupportedContent
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.book_edit import edited_book
from sync.workspace.local.package import Package
from sync.workspace.local.unsupported import lost_parts, unsupported
from tests.contract.layout import a_layout
from tests.local.office import by_hand, register, relation, rewrite

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
MICROSOFT = "http://schemas.microsoft.com/office/2017/10"
XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'


def a_picture() -> Image:
    stream = io.BytesIO()
    Pixels.new("RGB", (4, 4)).save(stream, "PNG")
    return Image(stream)


def a_chart(sheet: Any) -> BarChart:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=3))
    return chart


def before_end(addition: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</worksheet>", addition.encode() + b"</worksheet>")


def extension(uri: str, content: str) -> Callable[[bytes], bytes]:
    return before_end(f'<extLst><ext uri="{{{uri}}}" {X14} {XM}>{content}</ext></extLst>')


def places(workspace: LocalWorkspace, book: Path) -> str:
    """Return the refusal, having made sure that nothing was written."""
    before = book.read_bytes()
    with pytest.raises(UnsupportedContent) as refusal:
        register(workspace, "Ani")
    assert book.read_bytes() == before
    assert refusal.value.exit_code == 5
    return str(refusal.value)


def test_pictures_and_charts(workspace: LocalWorkspace, book: Path) -> None:
    """By the cell under their upper left corner, in whatever tab."""
    with by_hand(book) as workbook:
        workbook["Agenda"].add_image(a_picture(), "C7")
        workbook["Petugas"].add_chart(a_chart(workbook["Petugas"]), "F2")

    refusal = places(workspace, book)
    assert "picture at 'Agenda'!C7" in refusal
    assert "chart at 'Petugas'!F2" in refusal


def test_a_chart_sheet(workspace: LocalWorkspace, book: Path) -> None:
    """By its name."""
    with by_hand(book) as workbook:
        workbook.create_chartsheet("Grafik").add_chart(a_chart(workbook["Agenda"]))

    assert "chart sheet 'Grafik'" in places(workspace, book)


@pytest.mark.parametrize(
    ("drawn", "kind"),
    [
        ("<xdr:sp><xdr:txBody/></xdr:sp>", "shape"),
        ("<xdr:grpSp><xdr:pic/></xdr:grpSp>", "group of shapes"),
        ("<xdr:cxnSp/>", "line"),
        (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
            "<xdr:graphicFrame><slicer/></xdr:graphicFrame></mc:Choice><mc:Fallback><xdr:sp/></mc:Fallback>"
            "</mc:AlternateContent>",
            "slicer",
        ),
        ("<xdr:graphicFrame><timeslicer/></xdr:graphicFrame>", "timeline"),
    ],
)
def test_whatever_is_drawn(workspace: LocalWorkspace, book: Path, drawn: str, kind: str) -> None:
    """Shapes, lines, slicers: openpyxl keeps none of them."""
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor>'
        "<xdr:from><xdr:col>27</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:to/>"
        f"{drawn}</xdr:twoCellAnchor></xdr:wsDr>"
    )
    rewrite(book, {RELATIONS: relation("drawing", "../drawings/d.xml"), "xl/drawings/d.xml": drawing.encode()})

    assert f"{kind} at 'Agenda'!AB5" in places(workspace, book)


def test_threaded_comments(workspace: LocalWorkspace, book: Path) -> None:
    """Each by its cell; many of one kind are named in part."""
    thread = "".join(f'<threadedComment ref="B{row}"/>' for row in range(2, 10))
    rewrite(
        book,
        {
            RELATIONS: relation("threadedComment", "../threadedComments/t.xml", MICROSOFT),
            "xl/threadedComments/t.xml": f"<ThreadedComments>{thread}</ThreadedComments>".encode(),
        },
    )

    assert "threaded comment at 'Agenda'!B2, 'Agenda'!B3" in (refusal := places(workspace, book))
    assert "and 3 more" in refusal


@pytest.mark.parametrize(
    ("uri", "content", "kind"),
    [
        (
            "05C60535-1F16-4fd2-B633-F4F36F0B64E0",
            "<x14:sparklineGroups><x14:sparkline><xm:f>A</xm:f><xm:sqref>C5</xm:sqref></x14:sparkline></x14:sparklineGroups>",
            "sparkline at 'Agenda'!C5",
        ),
        (
            "78C0D931-6437-407d-A8EE-F0AAD7539E65",
            "<x14:conditionalFormatting><xm:sqref>C5:C9</xm:sqref></x14:conditionalFormatting>",
            "conditional format of a newer Excel at 'Agenda'!C5:C9",
        ),
        (
            "CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF",
            "<x14:dataValidation><xm:sqref>C5 D7</xm:sqref></x14:dataValidation>",
            "drop-down list of a newer Excel at 'Agenda'!C5",
        ),
    ],
)
def test_what_newer_excels_keep_in_extensions(
    workspace: LocalWorkspace, book: Path, uri: str, content: str, kind: str
) -> None:
    """Sparklines, and conditional formats and lists that refer to other tabs."""
    rewrite(book, {SHEET: extension(uri, content)})

    assert kind in places(workspace, book)


@pytest.mark.parametrize(
    ("addition", "kind"),
    [
        ("<controls/>", "form control in tab 'Agenda'"),
        ("<oleObjects/>", "embedded object in tab 'Agenda'"),
        ('<picture xmlns:r="r" r:id="x"/>', "background picture in tab 'Agenda'"),
        ("<customSheetViews/>", "custom view in tab 'Agenda'"),
    ],
)
def test_other_things_of_a_sheet(workspace: LocalWorkspace, book: Path, addition: str, kind: str) -> None:
    """Of which the file does not say at which cell they are."""
    rewrite(book, {SHEET: before_end(addition)})

    assert kind in places(workspace, book)


def test_form_controls_among_the_notes(workspace: LocalWorkspace, book: Path) -> None:
    """Both live in the same kind of part; notes are carried, buttons are not."""
    vml = (
        '<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><x:ClientData ObjectType="Note"/>'
        '<x:ClientData ObjectType="Button"><x:Anchor>2, 1, 3, 1, 4, 1, 5, 1</x:Anchor><br></x:ClientData></xml>'
    )
    rewrite(book, {RELATIONS: relation("vmlDrawing", "../drawings/v.vml"), "xl/drawings/v.vml": vml.encode()})

    assert "form control at 'Agenda'!C4" in places(workspace, book)


def test_macros_connections_and_models(workspace: LocalWorkspace, book: Path) -> None:
    """Things of the whole book."""

    def add(xml: bytes) -> bytes:
        kind = b'<Relationship Id="m" Type="x/relationships/%s" Target="x.bin"/>'
        return xml.replace(b"</Relationships>", kind % b"vbaProject" + kind % b"connections" + b"</Relationships>")

    rewrite(book, {"xl/_rels/workbook.xml.rels": add})

    assert "macros; connection to outside data" in places(workspace, book)


def test_cells_that_spill_or_hold_pictures(workspace: LocalWorkspace, book: Path) -> None:
    """Excel marks them by metadata that openpyxl drops."""
    register(workspace, "Siti")
    rewrite(
        book,
        {SHEET: lambda xml: xml.replace(b'<c r="A2"', b'<c r="A2" cm="1"').replace(b'<c r="D2"', b'<c r="D2" vm="1"')},
    )

    refusal = places(workspace, book)
    assert "spilling formula at 'Agenda'!A2" in refusal
    assert "picture or data type in a cell at 'Agenda'!D2" in refusal


def test_what_nobody_thought_of(workspace: LocalWorkspace, book: Path) -> None:
    """A kind of part that is not in the saved book any more is a loss, whatever it is."""
    rewrite(book, {"xl/novelty/novelty1.xml": b"<x/>"})

    assert "1 part(s) 'novelty.xml'" in places(workspace, book)


class TestNoFalseAlarm:
    def test_on_a_book_with_everything_that_is_carried(self, workspace: LocalWorkspace, book: Path) -> None:
        """Notes, in the place where Excel keeps them, tables, rich text, printer settings, a calculation chain."""
        with by_hand(book) as workbook:
            workbook["Agenda"]["B1"].comment = Comment("catatan", "Ani")
        rewrite(
            book,
            {
                "xl/calcChain.xml": b"<calcChain/>",
                "xl/printerSettings/printerSettings1.bin": b"x",
                "customXml/item1.xml": b"<x/>",
                "docMetadata/LabelInfo.xml": b"<x/>",
                SHEET: before_end('<extLst><ext uri="{01252117-D84E-4E92-8308-4BE1C098FCBB}"><x/></ext></extLst>'),
            },
        )

        register(workspace, "Ani")
        assert unsupported(Package(book.read_bytes()), {}) == []

    def test_the_place_of_notes_is_no_loss(self, book: Path) -> None:
        """Excel writes xl/comments1.xml, openpyxl xl/comments/comment1.xml."""
        rewrite(book, {"xl/comments1.xml": b"<x/>"})
        before = Package(book.read_bytes())
        rewrite(book, {"xl/comments/comment1.xml": b"<x/>"})

        assert lost_parts(before, Package(book.read_bytes())) == []

    def test_nothing_is_wrong_with_a_new_book(self, book: Path) -> None:
        """Nor with one that was committed to."""
        edited = edited_book("agenda.xlsx", book.read_bytes(), [], a_layout())

        assert unsupported(Package(edited), {}) == []
