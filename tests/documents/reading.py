"""Reading documents back: their text, their parts, and templates edited the way an officer edits them in Word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from docx import Document

from sync.documents.package import pack, write_package


def text_of(content: bytes) -> list[str]:
    """Return the text of every paragraph, in the document's order, tables, headers and footers included."""
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    parts = [document.element.body, section.header._element, section.footer._element]
    namespace = document.element.nsmap["w"]
    found = []
    for part in parts:
        for paragraph in part.iter(f"{{{namespace}}}p"):
            pieces = []
            for run in paragraph.iter(f"{{{namespace}}}r"):
                for node in run:
                    name = str(node.tag).rpartition("}")[2]
                    pieces.append({"br": "\n", "tab": "\t", "t": node.text or ""}.get(name, ""))
            found.append("".join(pieces))
    return found


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the members of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(content: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """Return the template with one part's XML changed."""
    members = parts_of(content)
    before = members[part].decode("utf-8")
    after = change(before)
    assert after != before, "the edit found nothing to change"
    members[part] = after.encode("utf-8")
    return write_package(pack(name, data) for name, data in members.items())


def saved_by_word(content: bytes) -> bytes:
    """Return the template as Word saves it after an officer clicked into every tag and stressed a word."""
    return edited(edited(content, _typed_over), _with_session, "word/settings.xml")


def _typed_over(xml: str) -> str:
    """Cut every tag into three runs, with marks of the spelling check, of the language and of the editing session."""

    def cut(run: re.Match[str]) -> str:
        properties, text = run[1] or "", run[2]
        middle = len(text) // 2
        language = '<w:lang w:val="id-ID"/></w:rPr>'
        noted = properties.replace("</w:rPr>", language) or f"<w:rPr>{language}"
        pieces = (text[:middle], text[middle : middle + 1], text[middle + 1 :])
        runs = [
            f'<w:r w:rsidR="00A1B2C3">{noted}<w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in pieces if piece
        ]
        return '<w:proofErr w:type="spellStart"/>'.join(runs) + '<w:proofErr w:type="spellEnd"/>'

    return re.sub(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>([^<]*\{[^<]*)</w:t></w:r>", cut, xml)


def _with_session(xml: str) -> str:
    session = '<w:rsids><w:rsidRoot w:val="00A1B2C3"/><w:rsid w:val="00A1B2C3"/></w:rsids>'
    return xml.replace("</w:compat>", f"</w:compat>{session}", 1)
