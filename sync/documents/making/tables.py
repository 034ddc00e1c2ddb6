"""Tables: fixed widths, header rows that repeat, rows that are never cut in two, and rows that a loop repeats."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart
from docx.shared import Mm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

Side = str


def plain_table(
    document: DocumentObject,
    widths: Sequence[float],
    rows: int = 1,
    style: str = "Tabel Tanpa Garis",
    whole_rows: bool = True,
) -> Table:
    """Add an empty table with fixed column ``widths`` (mm); ``whole_rows`` are never cut in two."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.style = style
    fix_widths(table, widths)
    for row in table.rows if whole_rows else ():
        never_cut(row)
    return table


def fact_table(
    document: DocumentObject,
    widths: tuple[float, float, float],
    facts: Sequence[tuple[str, str]],
    style: str = "Butir Kepala",
) -> Table:
    """Add lines of "label : value", without borders; a value longer than a page may run over to the next."""
    table = plain_table(document, widths, rows=len(facts), whole_rows=False)
    for row, (label, value) in zip(table.rows, facts, strict=True):
        for cell, text in zip(row.cells, (label, ":", value), strict=True):
            cell_text(cell, text, style)
    return table


def data_table(
    document: DocumentObject, widths: Sequence[float], headers: Sequence[str], header_style: str = "Kepala Tabel"
) -> Table:
    """Add a bordered table with a shaded header row that repeats on every page; rows follow by :func:`loop_rows`."""
    table = plain_table(document, widths, style="Tabel Kantor")
    row = table.rows[0]
    for cell, text in zip(row.cells, headers, strict=True):
        cell_text(cell, text, header_style)
    repeated = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(repeated)
    return table


def loop_rows(
    table: Table, loop: str, cells: Sequence[tuple[str, str]], empty: str = "", style: str = "Isi Tabel"
) -> None:
    """Repeat one row for every item: ``loop`` is ``baris in daftar``, ``cells`` are (text with tags, style).

    The tags ``{%tr … %}`` stand alone in rows of their own, as docxtpl wants them; those rows vanish. ``empty`` is the
    sentence printed across the table when there is no item.
    """
    _tag_row(table, f"{{%tr for {loop} %}}", style)
    row = _add_row(table)
    for cell, (text, cell_style) in zip(row.cells, cells, strict=True):
        cell_text(cell, text, cell_style)
    if empty:
        _tag_row(table, "{%tr else %}", style)
        spread = _add_row(table)
        cell_text(spread.cells[0].merge(spread.cells[-1]), empty, style)
    _tag_row(table, "{%tr endfor %}", style)


def cell_text(cell: _Cell, text: str, style: str) -> None:
    """Set the cell's one paragraph."""
    spot = cell.paragraphs[0]
    spot.style = style
    tagged_text(spot, text)


def tagged_text(spot: Paragraph, text: str) -> None:
    """Add ``text``, which may hold tags; ``**spans**`` of it get Word's own style Strong."""
    for index, piece in enumerate(text.split("**")):
        if piece:
            spot.add_run(piece, style=_strong(spot) if index % 2 else None)


def _strong(spot: Paragraph) -> str:
    assert isinstance(spot.part, DocumentPart), "only the text of a document has spans, its footers have none"
    styles = spot.part.styles
    if "Strong" not in styles:
        styles.add_style("Strong", WD_STYLE_TYPE.CHARACTER, builtin=True).font.bold = True
    return "Strong"


def fix_widths(table: Table, widths: Sequence[float]) -> None:
    """Fix the columns' widths (mm), in the grid and in each cell, as Word and LibreOffice want them."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def never_cut(row: _Row) -> None:
    """Keep the row whole on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def set_cell_borders(cell: _Cell, sides: Sequence[Side] = ("top", "left", "bottom", "right")) -> None:
    """Draw a thin line on ``sides`` of one cell."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
    after = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
    cell._tc.get_or_add_tcPr().insert_element_before(borders, *after)


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it without types
    never_cut(row)
    return row


def _tag_row(table: Table, tag: str, style: str) -> None:
    row = _add_row(table)
    cell_text(row.cells[0].merge(row.cells[-1]), tag, style)
