"""The house style: an empty document with the office's styles, and how it is saved. Blocks and tables build on it.

Layout: A4, margins top 2, bottom 2.5, left 3 (ordner holes), right 2 cm; Arial 12 (Permendagri 1/2023, Pasal 28 and
32, as offices quote it). Some regions prescribe F4, except for reports: hence :data:`F4`. Everything is a style of
``base/styles.xml``, so an officer restyles a template in Word by changing the style, not paragraph by paragraph.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from sync.documents.making.blocks import (
    alternative_text,
    crest,
    field_code,
    kop,
    lines_of_tags,
    page_footer,
    signature,
)
from sync.documents.making.tables import (
    cell_text,
    data_table,
    fact_table,
    loop_rows,
    plain_table,
    set_cell_borders,
    tagged_text,
)
from sync.documents.package import pack, write_package

__all__ = [
    "A4",
    "A5",
    "F4",
    "ROLL_80",
    "Paper",
    "alternative_text",
    "cell_text",
    "crest",
    "data_table",
    "fact_table",
    "field_code",
    "kop",
    "lines_of_tags",
    "loop_rows",
    "new_document",
    "number_headings",
    "page_footer",
    "paragraph",
    "plain_table",
    "save",
    "set_cell_borders",
    "signature",
]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and its margins, in millimetres."""

    width: float
    height: float
    top: float = 20
    bottom: float = 25
    left: float = 30
    right: float = 20

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    def turned(self) -> Paper:
        """The same sheet, landscape: the binding edge (30 mm) goes to the top."""
        return Paper(self.height, self.width, top=25, bottom=20, left=20, right=20)


A4 = Paper(210, 297)
F4 = Paper(215, 330)
A5 = Paper(148, 210, top=12, bottom=12, left=15, right=15)
ROLL_80 = Paper(80, 145, top=4, bottom=4, left=4, right=4)


class Container(Protocol):
    """Whatever takes paragraphs: a document, a cell, a header."""

    def add_paragraph(self, text: str = ..., style: Any = ...) -> Paragraph: ...


_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "rels.xml",
    "docProps/app.xml": "app.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document.xml.rels",
    "word/fontTable.xml": "fontTable.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/styles.xml": "styles.xml",
}


def new_document(paper: Paper = A4) -> DocumentObject:
    """Return an empty document with the office's styles on ``paper`` (landscape: ``A4.turned()``)."""
    base = resources.files(__package__) / "base"
    members = [pack(name, (base / source).read_bytes()) for name, source in _PARTS.items()]
    document = Document(BytesIO(write_package(members)))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.header_distance, section.footer_distance = Mm(min(10, paper.top)), Mm(min(10, paper.bottom))
    return document


def paragraph(container: Container, text: str, style: str = "Body Text") -> Paragraph:
    """Add one paragraph in ``style``; ``text`` may hold tags, ``**spans**`` of it get the style Strong."""
    added = container.add_paragraph(style=style)
    tagged_text(added, text)
    return added


def number_headings(document: DocumentObject, kind: str) -> None:
    """Number Heading 1 as ``roman`` (I. II.) or ``letter`` (A. B.), and Heading 2 as 1. 2. below it."""
    number = {"roman": "1", "letter": "2"}[kind]
    for level in (0, 1):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        numbering = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", str(level)), ("w:numId", number)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            numbering.append(child)
        properties.insert_element_before(numbering, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def save(document: DocumentObject, path: Path) -> None:
    """Write the template; the same document always gives the same bytes."""
    buffer = BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        members = [pack(name, archive.read(name)) for name in archive.namelist()]
    path.write_bytes(write_package(members))
