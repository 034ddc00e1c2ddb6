"""A finished document read back: what its properties and its paragraphs say. For repair, when the list is lost."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.carried import read_carried
from sync.documents.issued import office_moment
from sync.domain.repair.rebuild import DocumentFacts

_CORE, _BODY = "docProps/core.xml", "word/document.xml"
_ON_PAGES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_LIMIT = 50_000_000
"""Bytes of one part that are read at most: a report of a year has a twentieth."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOTE = "{http://purl.org/dc/elements/1.1/}description"
_SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"
_CREATED = "{http://purl.org/dc/terms/}created"
_REVISION = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}revision"
_BLANKS = {f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t"}


def read_document(content: bytes) -> DocumentFacts | None:
    """Return what a document says of itself, or None for anything that is not a whole Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if max(package.getinfo(name).file_size for name in (_CORE, _BODY)) > _LIMIT:
                return None
            properties, body = (_parsed(package.read(name)) for name in (_CORE, _BODY))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, OSError, ValueError, etree.LxmlError):
        return None
    revision = properties.findtext(_REVISION) or ""
    return DocumentFacts(
        description=properties.findtext(_SUBJECT) or "",
        issued_at=office_moment(properties.findtext(_NOTE) or "", properties.findtext(_CREATED) or ""),
        revision=int(revision) if revision.isascii() and revision.isdigit() else None,
        paragraphs=tuple(text for paragraph in body.iter(f"{_WORD}p") if (text := _text(paragraph))),
        facts=carried.facts if (carried := read_carried(content)) else "",
    )


def read_pages(content: bytes) -> str:
    """Return all texts of a document that a page shows, in headers and footers too; ``""`` of what is no document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [name for name in package.namelist() if _ON_PAGES.fullmatch(name)]
            if sum(package.getinfo(name).file_size for name in names) > _LIMIT:
                return ""
            parts = [_parsed(package.read(name)) for name in names]
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, OSError, ValueError, etree.LxmlError):
        return ""
    return "\n".join(_text(paragraph) for part in parts for paragraph in part.iter(f"{_WORD}p"))


def _parsed(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _text(paragraph: etree._Element) -> str:
    return "".join(map(_piece, paragraph.iter(f"{_WORD}t", *_BLANKS))).strip()


def _piece(element: etree._Element) -> str:
    return _BLANKS.get(element.tag) or element.text or ""
