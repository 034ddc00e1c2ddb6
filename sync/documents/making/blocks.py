"""Blocks that several documents share: the kop, the signature, the footer with page numbers, pictures' descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sync.documents.making.tables import fix_widths, plain_table

CREST_TEXT = "Lambang Pemerintah Provinsi Kalimantan Barat (ganti gambar ini dengan lambang resmi)"


def kop(
    document: DocumentObject, width: float, crest_width: float = 19, division: bool = True, third_column: bool = True
) -> None:
    """Add the letterhead: crest at the left, centred lines, thick and thin closing line. ``width`` in mm.

    A third column keeps the text in the middle of the sheet although the crest stands at the left only; a small sheet
    has no room for it. An agency's letters bear the region's crest at the left (the state emblem is the governor's).
    """
    widths = (crest_width, width - 2 * crest_width, crest_width) if third_column else (crest_width, width - crest_width)
    table = document.add_table(rows=1, cols=len(widths))
    table.style = "Tabel Tanpa Garis"
    fix_widths(table, widths)
    left, middle = table.rows[0].cells[:2]
    crest(left, crest_width - 2)
    lines = [
        ("{{ kop.pemerintah }}", "Kop Pemerintah"),
        ("{{ kop.dinas }}", "Kop Dinas"),
        *([("{{ kop.bidang }}", "Kop Bidang")] if division else []),
        ("{{ kop.alamat_telepon }}", "Kop Alamat"),
        ("{{ kop.laman_pos_el }}", "Kop Alamat"),
    ]
    lines_of_tags(middle, lines)
    document.add_paragraph(style="Kop Garis")


def crest(cell: _Cell, width: float) -> None:
    """Put the placeholder of the crest into ``cell`` (Word: right click, Change Picture)."""
    spot = cell.paragraphs[0]
    with (resources.files(__package__) / "base" / "lambang.png").open("rb") as file:
        spot.add_run().add_picture(file, width=Mm(width))
    alternative_text(spot, CREST_TEXT)


def alternative_text(paragraph: Paragraph, text: str) -> None:
    """Describe the pictures of a paragraph for who cannot see them."""
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", text)
        properties.set("name", "Gambar")
    for inline in paragraph._p.iter(qn("wp:inline")):
        for side in "TBLR":  # LibreOffice takes a missing distance for 3 mm
            inline.set(f"dist{side}", "0")


def lines_of_tags(cell: _Cell, lines: list[tuple[str, str]]) -> None:
    """Fill a cell with paragraphs, each (text, style); the cell's own first paragraph is the first."""
    for index, (text, style) in enumerate(lines):
        spot = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        spot.style = style
        spot.add_run(text)


def signature(
    document: DocumentObject, width: float, before: Sequence[tuple[str, str]], with_next: bool = False
) -> None:
    """Add the lines ``before`` (text, style) and the signature: title, room, name, rank, NIP; never torn apart.

    All in one row that is never cut, ``width`` mm across: LibreOffice tears paragraphs that are only told to keep with
    the next when they follow a long table. The sentence before keeps the signature from standing alone on a page.
    ``with_next``: what follows must not be left alone on the next page either.
    """
    lines_of_tags(plain_table(document, [width]).rows[0].cells[0], signature_lines(before, with_next))


def signature_lines(before: Sequence[tuple[str, str]], with_next: bool = False) -> list[tuple[str, str]]:
    """Return the lines (text, style) of a signature, after those ``before`` it."""
    return [
        *before,
        ("{{ penanda_tangan.jabatan }},", "Tanda Tangan"),
        ("", "Ruang Tanda Tangan"),
        ("{{ penanda_tangan.nama }}", "Nama Penanda Tangan"),
        ("{{ penanda_tangan.pangkat }}", "Tanda Tangan"),
        ("NIP {{ penanda_tangan.nip }}", "Tanda Tangan" if with_next else "Tanda Tangan Akhir"),
    ]


def page_footer(document: DocumentObject, text: str, width: float) -> None:
    """Give the last section a footer: ``text`` at the left, "Halaman n dari m" at the right; ``width`` in mm."""
    footer = document.sections[-1].footer
    footer.is_linked_to_previous = False
    spot = footer.paragraphs[0]
    spot.style = _footer_style(document, width)
    spot.add_run(f"{text}\tHalaman ")
    field_code(spot.add_run(), "PAGE")
    spot.add_run(" dari ")
    field_code(spot.add_run(), "NUMPAGES")


def _footer_style(document: DocumentObject, width: float) -> str:
    """Return the style of footers that are ``width`` mm wide: Footer, or one that looks alike for another paper."""
    name = "Footer"
    while tabs := list(document.styles[name].paragraph_format.tab_stops):
        if tabs[-1].position == Mm(width):
            return name
        name += " Lebar"
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Header"]
    document.styles[name].paragraph_format.tab_stops.add_tab_stop(Mm(width), alignment=WD_TAB_ALIGNMENT.RIGHT)
    return name


def field_code(run: Run, code: str) -> None:
    """Make ``run`` a field that Word fills in, such as PAGE."""
    for kind, content in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        if kind is None or kind == "text":
            element = OxmlElement("w:instrText" if kind is None else "w:t")
            element.text = content
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
