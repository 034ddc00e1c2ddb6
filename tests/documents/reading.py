"""Reading documents back: their text, their parts, and templates edited the way an officer edits them in Word."""

from __future__ import annotations

import io
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
