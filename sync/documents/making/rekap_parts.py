"""Small parts of the recap's template: tags on lines of their own, captioned tables, lists that start again at 1."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from sync.documents.making.style import (
    Paper,
    data_table,
    loop_rows,
    page_footer,
    paragraph,
    signature,
)

Column = tuple[str, float, str, str]
"""Header, width in mm, text with tags, style."""

TEXT, NUMBER, MIDDLE, DENSE = "Isi Tabel", "Angka Tabel", "Isi Tabel Tengah", "Isi Tabel Rapat"
NOTE = "Catatan Kecil"
_BOUND = " Terikat"
BOUND_NOTE = NOTE + _BOUND
_NUMBERED = "3"
_END = "Akhir Bagian"


def add_bound_styles(document: DocumentObject) -> None:
    """Add the styles of what stays with the next: of short tables, moved to the next page as a whole, not cut."""
    for name in (TEXT, NUMBER, MIDDLE, NOTE):
        style = document.styles.add_style(name + _BOUND, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[name]
        style.paragraph_format.keep_with_next = True


def tag(document: DocumentObject, text: str) -> None:
    """Add a tag on a line of its own; docxtpl takes the line away."""
    paragraph(document, f"{{%p {text} %}}")


def table(
    document: DocumentObject,
    caption: str,
    loop: str,
    columns: Sequence[Column],
    empty: str = "",
    whole: bool = True,
) -> None:
    """Add a captioned table with one row an item of ``loop``; ``empty`` is said where there is none.

    Dense tables are long and run over pages; the others are kept ``whole`` on one, unless they are as long as a list of
    choices: kept whole, those leave half of the page before them empty.
    """
    dense = columns[0][3] == DENSE
    bound = _BOUND if whole and not dense else ""
    if caption:
        paragraph(document, caption, "Caption")
    header_style = "Kepala Tabel Rapat" if dense else "Kepala Tabel"
    made = data_table(document, [width for _, width, _, _ in columns], [header for header, *_ in columns], header_style)
    loop_rows(made, loop, [(text, style + bound) for _, _, text, style in columns], empty, columns[0][3] + bound)
    paragraph(document, "", "Catatan Kecil")


def counts(document: DocumentObject, caption: str, header: str, loop: str, empty: str = "", whole: bool = True) -> None:
    """Add a table of values with their number and share."""
    name = loop.split()[0]
    columns = [
        (header, 100.0, f"{{{{ {name}.nama }}}}", TEXT),
        ("Jumlah", 30.0, f"{{{{ {name}.jumlah }}}}", NUMBER),
        ("Bagian", 30.0, f"{{{{ {name}.persen }}}}", NUMBER),
    ]
    table(document, caption, loop, columns, empty, whole)


def chart(document: DocumentObject, name: str, caption: str) -> None:
    """Add a chart, kept with its caption above."""
    paragraph(document, caption, "Caption")
    paragraph(document, f"{{{{ {name} }}}}", "Gambar")


def sentences(document: DocumentObject, loop: str, style: str = "List Bullet") -> Paragraph:
    """Add one list item for each text of ``loop``."""
    name = loop.split()[0]
    tag(document, f"for {loop}")
    item = paragraph(document, f"{{{{ {name} }}}}", style)
    tag(document, "endfor")
    return item


def numbered(document: DocumentObject, loop: str) -> None:
    """Add a numbered list that starts at 1, whatever lists came before it."""
    _number(sentences(document, loop, "List Number"), _restarted(document))


def unnumbered_heading(document: DocumentObject, text: str, style: str = "Heading 1") -> Paragraph:
    """Add a heading outside the report's own numbering (summary, annexes)."""
    added = paragraph(document, text, style)
    _number(added, "0")
    return added


def closing(document: DocumentObject, text: str, width: float) -> None:
    """Add the last sentence, place and date, and the signature, all kept together across ``width`` mm."""
    signature(document, width, [(text, "Isi Terikat"), ("{{ kota }}, {{ terbit.tanggal }}", "Tanda Tangan")])
    section_end(document)


def section_end(document: DocumentObject) -> None:
    """Add the paragraph that must follow a last table, too low to begin a page of its own."""
    paragraph(document, "", end_style(document))


def end_style(document: DocumentObject) -> str:
    """Return the style of a line that is there because Word's format wants one, and takes no room."""
    if _END not in document.styles:
        style = document.styles.add_style(_END, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(1)
        style.paragraph_format.line_spacing = Pt(1)
    return _END


def page_starts(added: Paragraph) -> None:
    """Begin a page with this paragraph."""
    added.paragraph_format.page_break_before = True


def new_section(document: DocumentObject, paper: Paper, footer: str) -> None:
    """Begin a section on ``paper``, whose footer reaches its own right margin."""
    # The section before ends with a line of its own, which can be one too many for its last page: it is made too low
    # for that, and takes the place of the line that sets off a table.
    if not document.paragraphs[-1].text:
        last = document.paragraphs[-1]._p
        last.getparent().remove(last)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = end_style(document)
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    page_footer(document, footer, paper.text_width)


def _number(item: Paragraph, number: str) -> None:
    numbering = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", "0"), ("w:numId", number)):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        numbering.append(child)
    item._p.get_or_add_pPr().insert_element_before(numbering, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _restarted(document: DocumentObject) -> str:
    """Add one more use of the office's numbered list, starting again at 1; return its number."""
    root = document.part.numbering_part.element
    number = str(max(int(item.get(qn("w:numId"))) for item in root.findall(qn("w:num"))) + 1)
    used, abstract = OxmlElement("w:num"), OxmlElement("w:abstractNumId")
    override, start = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
    used.set(qn("w:numId"), number)
    abstract.set(qn("w:val"), _NUMBERED)
    override.set(qn("w:ilvl"), "0")
    start.set(qn("w:val"), "1")
    override.append(start)
    used.extend((abstract, override))
    root.append(used)
    return number
