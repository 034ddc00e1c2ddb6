"""What people put into the book survives a commit untouched, whatever it is: only named rows are written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Pixels

from sync.errors import UnsupportedContent
from sync.workspace.local import LocalWorkspace
from tests.local.office import by_hand, part_of, register, relation, rewrite

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


def checksums(book: Path) -> Mapping[str, int]:
    with zipfile.ZipFile(book) as package:
        return {info.filename: info.CRC for info in package.infolist()}


def written_parts(workspace: LocalWorkspace, book: Path) -> set[str]:
    """Commit a row, and return the names of the parts that are not what they were (or came, or went)."""
    before = checksums(book)
    register(workspace, "Ani")
    after = checksums(book)
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


# The filter's hidden name stands in workbook.xml; a first link or date may need a style.
NAMED = {SHEET, "xl/workbook.xml", "xl/styles.xml"}


def test_pictures_and_charts_of_staff(workspace: LocalWorkspace, book: Path) -> None:
    """In whatever tab, that of the rows too."""
    with by_hand(book) as workbook:
        workbook["Agenda"].add_image(a_picture(), "C7")
        workbook["Petugas"].add_chart(a_chart(workbook["Petugas"]), "F2")
        workbook.create_chartsheet("Grafik").add_chart(a_chart(workbook["Agenda"]))

    assert written_parts(workspace, book) <= NAMED
    assert b"<drawing " in part_of(book, SHEET)


def test_whatever_is_drawn(workspace: LocalWorkspace, book: Path) -> None:
    """Shapes, groups, slicers, ink: not even looked at."""
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor>'
        "<xdr:sp><xdr:txBody/></xdr:sp><xdr:grpSp/><slicer/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    rewrite(book, {RELATIONS: relation("drawing", "../drawings/d.xml"), "xl/drawings/d.xml": drawing.encode()})

    assert written_parts(workspace, book) <= NAMED


def test_threaded_comments_and_form_controls(workspace: LocalWorkspace, book: Path) -> None:
    """Parts that a sheet refers to, and of which the rows say nothing."""
    vml = '<xml xmlns:x="urn:x"><x:ClientData ObjectType="Button"><x:Anchor>2, 1</x:Anchor><br></x:ClientData></xml>'
    rewrite(
        book,
        {
            RELATIONS: relation("threadedComment", "../threadedComments/t.xml", MICROSOFT),
            "xl/threadedComments/t.xml": b'<ThreadedComments><threadedComment ref="B2"/></ThreadedComments>',
            "xl/drawings/v.vml": vml.encode(),
        },
    )

    assert written_parts(workspace, book) <= NAMED


@pytest.mark.parametrize(
    ("uri", "content"),
    [
        (
            "05C60535-1F16-4fd2-B633-F4F36F0B64E0",
            "<x14:sparklineGroups><x14:sparkline><xm:f>A</xm:f><xm:sqref>C5</xm:sqref></x14:sparkline></x14:sparklineGroups>",
        ),
        (
            "78C0D931-6437-407d-A8EE-F0AAD7539E65",
            "<x14:conditionalFormattings><x14:conditionalFormatting><xm:sqref>C5:C9</xm:sqref>"
            "</x14:conditionalFormatting></x14:conditionalFormattings>",
        ),
        ("A8765BA9-456A-4dab-B4F3-ACF838C121DE", '<x14:slicerList><x14:slicer id="x"/></x14:slicerList>'),
    ],
)
def test_what_newer_excels_keep_in_extensions(workspace: LocalWorkspace, book: Path, uri: str, content: str) -> None:
    """Sparklines, formats, slicers: to the character."""
    rewrite(book, {SHEET: extension(uri, content)})

    assert written_parts(workspace, book) <= NAMED
    assert content.encode() in part_of(book, SHEET)


@pytest.mark.parametrize(
    "addition",
    [
        '<controls xmlns:mc="m"><control/></controls>',
        "<oleObjects><oleObject/></oleObjects>",
        '<picture xmlns:r="r" r:id="x"/>',
        '<ignoredErrors><ignoredError sqref="A1" numberStoredAsText="1"/></ignoredErrors>',
    ],
)
def test_other_things_of_a_sheet(workspace: LocalWorkspace, book: Path, addition: str) -> None:
    rewrite(book, {SHEET: before_end(addition)})

    assert written_parts(workspace, book) <= NAMED
    assert addition.encode() in part_of(book, SHEET)


def test_parts_of_the_whole_book(workspace: LocalWorkspace, book: Path) -> None:
    """Connections, a data model, something nobody thought of, in the order they lay in."""
    rewrite(book, {"xl/connections.xml": b"<x/>", "xl/model/item.data": b"\x00" * 999, "xl/novelty1.xml": b"<x/>"})
    order = list(checksums(book))

    assert written_parts(workspace, book) <= NAMED
    assert list(checksums(book)) == order


def test_cells_that_spill_or_hold_pictures(workspace: LocalWorkspace, book: Path) -> None:
    """Excel marks them by metadata; a row below leaves them alone."""
    register(workspace, "Siti")
    marked = b'<c r="B2" cm="1"><f t="array" ref="B2:C2">X()</f><v>1</v></c><c r="C2" vm="1" t="e"><v>#VALUE!</v></c>'
    rewrite(book, {SHEET: lambda xml: xml.replace(b'<c r="D2"', marked + b'<c r="D2"')})

    assert written_parts(workspace, book) <= NAMED
    assert marked in part_of(book, SHEET)


def test_notes_keep_their_size_and_colour(workspace: LocalWorkspace, book: Path) -> None:
    with by_hand(book) as workbook:
        workbook["Agenda"]["B1"].comment = Comment("catatan", "Ani", height=333, width=111)

    assert written_parts(workspace, book) <= NAMED


def test_a_signed_book_stops(workspace: LocalWorkspace, book: Path) -> None:
    """A change would void what somebody has vouched for."""
    kind = b'<Relationship Id="s" Type="http://x/relationships/digital-signature/origin" Target="_xmlsignatures/o"/>'
    rewrite(book, {"_rels/.rels": lambda xml: xml.replace(b"</Relationships>", kind + b"</Relationships>")})
    before = book.read_bytes()

    with pytest.raises(UnsupportedContent, match="digital signature") as refusal:
        register(workspace, "Ani")
    assert refusal.value.exit_code == 5
    assert book.read_bytes() == before
