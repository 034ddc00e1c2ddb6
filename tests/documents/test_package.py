"""Every document is a package that Word opens without repair."""

from __future__ import annotations

import io
import posixpath
import zipfile

import pytest
from docx import Document
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.package import pack, write_package
from sync.documents.sample import Variety
from sync.domain.documents import DocumentKind
from tests.documents.office import EVERY_PAPER, document
from tests.documents.reading import parts_of

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLED = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
@pytest.mark.parametrize("variety", list(Variety))
def test_every_part_parses_and_has_a_content_type_and_every_relationship_leads_somewhere(
    kind: DocumentKind, variant: str, variety: Variety
) -> None:
    parts = parts_of(document(kind, variety, variant))
    types = etree.fromstring(parts["[Content_Types].xml"])
    defaults = {node.get("Extension") for node in types if node.get("Extension")}
    overrides = {node.get("PartName") for node in types if node.get("PartName")}
    assert {name.lstrip("/") for name in overrides} <= set(parts)
    for name, content in parts.items():
        if name != "[Content_Types].xml":
            assert f"/{name}" in overrides or name.rpartition(".")[2] in defaults, name
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in etree.fromstring(content).iter(RELATIONSHIP):
                if relation.get("TargetMode") != "External":
                    assert posixpath.normpath(posixpath.join(base, relation.get("Target"))) in parts


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
@pytest.mark.parametrize("variety", list(Variety))
def test_every_style_and_list_that_is_named_is_there(kind: DocumentKind, variant: str, variety: Variety) -> None:
    """Word falls back to its own styles without a word, and the office's look is gone."""
    parts = parts_of(document(kind, variety, variant))
    styles = {node.get(f"{WORD}styleId") for node in etree.fromstring(parts["word/styles.xml"]).iter(f"{WORD}style")}
    lists = {node.get(f"{WORD}numId") for node in etree.fromstring(parts["word/numbering.xml"]).iter(f"{WORD}num")}
    for name in parts:
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(parts[name])
            named = {node.get(f"{WORD}val") for tag in STYLED for node in root.iter(f"{WORD}{tag}")}
            numbered = {node.get(f"{WORD}val") for node in root.iter(f"{WORD}numId")}
            assert named <= styles, name
            assert numbered <= lists | {"0"}, name


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
@pytest.mark.parametrize("variety", [Variety.LONG, Variety.HOSTILE])
def test_every_row_fills_its_tables_grid(kind: DocumentKind, variant: str, variety: Variety) -> None:
    """A row with more or fewer cells than the grid has columns is what Word calls unreadable content."""
    body = etree.fromstring(parts_of(document(kind, variety, variant))["word/document.xml"])
    for table in body.iter(f"{WORD}tbl"):
        columns = len(table.find(f"{WORD}tblGrid"))
        for row in table.iter(f"{WORD}tr"):
            spans = [cell.find(f"{WORD}tcPr/{WORD}gridSpan") for cell in row.iter(f"{WORD}tc")]
            assert sum(1 if span is None else int(span.get(f"{WORD}val")) for span in spans) == columns


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
def test_drawings_have_different_ids_and_say_what_they_show(kind: DocumentKind, variant: str) -> None:
    body = etree.fromstring(parts_of(document(kind, Variety.FULL, variant))["word/document.xml"])
    drawings = [node for node in body.iter() if str(node.tag).endswith("}docPr")]
    assert len({node.get("id") for node in drawings}) == len(drawings)
    assert all(node.get("descr") for node in drawings)


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
def test_the_language_is_indonesian_and_header_rows_repeat(kind: DocumentKind, variant: str) -> None:
    parts = parts_of(document(kind, Variety.FULL, variant))
    assert b'w:lang w:val="id-ID"' in parts["word/styles.xml"]
    assert b"en-US" not in parts["word/styles.xml"] + parts["word/settings.xml"]
    for table in Document(io.BytesIO(document(kind, Variety.FULL, variant))).tables:
        if table.style is not None and table.style.name == "Tabel Kantor":
            assert b"tblHeader" in etree.tostring(table.rows[0]._tr)
            assert all(b"cantSplit" in etree.tostring(row._tr) for row in table.rows)


def test_a_package_is_a_zip_that_depends_on_its_content_alone() -> None:
    members = [pack("word/b.xml", b"<b/>" * 99), pack("[Content_Types].xml", b"<t/>"), pack("word/é.png", b"\x89PNG")]
    content = write_package(members)
    assert write_package(reversed(members)) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "word/b.xml", "word/é.png"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
